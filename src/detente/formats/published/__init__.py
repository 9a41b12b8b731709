"""Which situation does a published case describe: a table of points, a division, linked tables, or positions?

A published case is a YAML mapping with `source`, `board` and `expect`; what is expected is for the tests of the
project. Names are slugs, shown as words. But for positions every issue must be settled: what stands is none of its
levels, worth nothing.

>>> text = "{source: A book, board: division, parties: [ana, bob], points: {the-home: [60, 40]}, expect: {}}"
>>> is_published(text)
True
>>> made = situation_of(read(text, name="split.yaml"), title="Split")
>>> [(mark.at, mark.name) for mark in made.issue("the-home").landmarks]
[(-1.0, 'not settled'), (0.0, 'to Ana'), (1.0, 'to Bob')]
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from detente.errors import SituationError
from detente.formats.conflict_model import Model
from detente.formats.published.disputed import Disputed, model_of
from detente.formats.published.made import called, situation_of
from detente.formats.published.shape import KINDS, Division, Linked, Placed, Published, Scorable
from detente.situation.store import told
from detente.situation.store.tree import Fault, Mapping, Node, Scalar, Sequence, parse

__all__ = [
    "Disputed",
    "Division",
    "Linked",
    "Placed",
    "Published",
    "Scorable",
    "called",
    "faults",
    "is_conflict",
    "is_published",
    "read",
    "read_conflict",
    "situation_of",
]

_SIGNS = ("source", "board", "expect")
_CASE: TypeAdapter[Published] = TypeAdapter(Published)
_CONFLICT: TypeAdapter[Disputed] = TypeAdapter(Disputed)
_SAYS_CONFLICT = re.compile(r"""\bboard["']?\s*:\s*["']?conflict\b""")
T = TypeVar("T")


def is_published(text: str | bytes) -> bool:
    """Whether a YAML text is a published case: a mapping that names its source, its board and what is expected.

    >>> is_published("title: Gulf talks")
    False
    """
    written = b"board" in text if isinstance(text, bytes) else "board" in text
    if not written:  # as in most situations, which are then not read twice
        return False
    root = parse(text).root
    return isinstance(root, Mapping) and {e.key.text for e in root.entries} >= {*_SIGNS}


def read(text: str | bytes, *, name: str) -> Published:
    """Return the published case that a YAML text holds.

    Raises SituationError with every fault of the text, one line each: where, what, cure.

    >>> read("{source: A book, board: division, parties: [ana, bob], points: {car: [40]}}", name="split.yaml")
    Traceback (most recent call last):
    detente.errors.SituationError: split.yaml has 1 fault: line 1, points.car.1: it is missing. Give it.
    """
    held, found = _decoded(text, _CASE.validate_python, tagged=True)
    if not held:
        raise SituationError(told(name, found))
    return held[0]


def is_conflict(text: str | bytes) -> bool:
    """Whether a YAML text is a conflict: a mapping whose board is `conflict`, published or somebody's own.

    >>> is_conflict("{board: conflict, choices: []}"), is_conflict("title: Gulf talks")
    (True, False)
    """
    written = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if not _SAYS_CONFLICT.search(written):  # as in most situations, which are then not read twice
        return False
    root = parse(text).root
    return isinstance(root, Mapping) and any(
        e.key.text == "board" and isinstance(e.value, Scalar) and e.value.text == "conflict" for e in root.entries
    )


def read_conflict(text: str | bytes, *, name: str, title: str) -> Model:
    """Return the conflict that a YAML text holds; `title` is what it is called where it does not say so itself.

    Raises SituationError with every fault of its form, BoardError where it is no conflict.

    >>> text = "{board: conflict, choices: [{owner: a, label: strike}], preferences: {a: [2, 1]}, today: N}"
    >>> model = read_conflict(text, name="a.yaml", title="A")
    >>> model.conflict.preference.tolist(), model.today
    ([[0, 1]], 0)
    """
    held, found = _decoded(text, _CONFLICT.validate_python, tagged=False)
    if not held:
        raise SituationError(told(name, found))
    return model_of(held[0], title=title)


def faults(text: str | bytes) -> tuple[Fault, ...]:
    """List what is wrong with the shape of a published case, in the order of its lines.

    >>> [str(f) for f in faults("board: duel")]
    ["line 1, board: there is no situation to make of the kind 'duel'. Give scorable, division, linked or positions."]
    """
    return _decoded(text, _CASE.validate_python, tagged=True)[1]


def _decoded(
    text: str | bytes, form: Callable[[object], T], *, tagged: bool
) -> tuple[tuple[T, ...], tuple[Fault, ...]]:
    """Return the one case that a text holds, or none and what is wrong with it.

    `tagged`: there are several forms, and the place of a fault begins with which it is.
    """
    tree = parse(text)
    if tree.faults or tree.root is None:
        return (), tree.faults or (Fault(1, "", "the file is empty.", "Give a published case."),)
    try:
        case = form(_plain(tree.root))
    except ValidationError as error:
        found = [
            _wrong_board(tree.root, one.get("ctx", {}).get("tag"))
            if one["type"].startswith("union_tag")
            else _fault(tree.root, one["loc"][tagged:], kind=one["type"], said=one["msg"])
            for one in error.errors(include_url=False)
        ]
        return (), tuple(sorted(dict.fromkeys(found), key=lambda fault: fault.line))
    return (case,), ()


def _plain(node: Node) -> object:
    """Return what a node holds; a scalar stays text until the field that it stands in says what it means."""
    match node:
        case Scalar():
            return node.text
        case Mapping():
            return {entry.key.text: _plain(entry.value) for entry in node.entries}
        case Sequence():
            return [_plain(item) for item in node.items]
        case _:
            return None


def _wrong_board(root: Node, given: str | None) -> Fault:
    what = "it is missing." if given is None else f"there is no situation to make of the kind '{given}'."
    cure = "Ask it with `detente nodeal`." if given == "conflict" else f"Give {KINDS}."
    return Fault(_line(root, ("board",)), "board", what, cure)


def _fault(root: Node, loc: Iterable[str | int], *, kind: str, said: str) -> Fault:
    at = [part for part in loc if part != "[key]"]
    line, path = _line(root, at), ".".join(str(part) for part in at)
    if kind == "missing":
        return Fault(line, path, "it is missing.", "Give it.")
    if kind == "extra_forbidden":
        return Fault(line, path, "there is no such key.", "Take it out, or correct it.")
    if kind == "value_error":
        what, _, cure = said.removeprefix("Value error, ").partition(". ")
        return Fault(line, path, f"{what}.", f"{cure}.")
    return Fault(line, path, f"{said[:1].lower()}{said[1:]}.", "Correct it.")


def _line(node: Node, at: Iterable[str | int]) -> int:
    """Return the line of what stands at a path, or of the last part of the path that is there."""
    line = node.line
    for part in at:
        found = next(_inside(node, part), None)
        if found is None:
            return line
        line, node = found
    return line


def _inside(node: Node, part: str | int) -> Iterator[tuple[int, Node]]:
    if isinstance(node, Mapping):
        yield from ((e.key.line, e.value) for e in node.entries if e.key.text == part)
    elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
        yield node.items[part].line, node.items[part]
