"""Which situation does a file describe, and if none, what exactly is wrong with it, line by line?

The walk follows the fields of the nouns: each field decides what its scalar means. All faults are collected in one
pass; a value that is at fault is left out of its record, and the other values of the record are still checked.
"""

import difflib
import types
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Final, TypeAlias, Union, get_args, get_origin

from pydantic import ValidationError

from detente.situation.nouns import RedLine, Situation
from detente.situation.store.layout import BASIS_HEADS, KEYS, SHORT
from detente.situation.store.leaves import Misfit, leaf, misfit_of, number
from detente.situation.store.notes import noted_fields
from detente.situation.store.scalars import is_null
from detente.situation.store.tree import Broken, Entry, Fault, Mapping, Node, Scalar, Sequence, Tree
from detente.situation.values import Basis, Noun, Range, Record

FAILED: Final = object()
ABSENT: Final = object()
Preset: TypeAlias = tuple[tuple[str, Scalar], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands: the path, its line, and the basis that bare values take on there."""

    path: str
    line: int
    scope: Basis | None = None

    def under(self, key: str, line: int) -> "_Place":
        return replace(self, path=f"{self.path}.{key}" if self.path else key, line=line)

    def item(self, index: int, line: int) -> "_Place":
        return replace(self, path=f"{self.path}[{index}]", line=line)


def decode(tree: Tree) -> tuple[Situation | None, tuple[Fault, ...]]:
    """Return the situation that a tree describes, or None with everything that is wrong, in the order of the lines.

    >>> from detente.situation.store.tree import parse
    >>> decode(parse("title: Gulf"))[0]
    Situation(title='Gulf', as_of=None, note=None, ...)
    """
    walk = _Walk(faults=list(tree.faults))
    found: Any = None
    if isinstance(tree.root, Mapping):
        found = walk.file(tree.root)
    elif not tree.faults:
        walk.fault(_Place("", 1), "this is not a situation.", "Begin with 'title:' and the name of the dispute.")
    faults = tuple(sorted(walk.faults, key=lambda f: f.line))
    return (None, faults) if faults or not isinstance(found, Situation) else (found, ())


@dataclass(slots=True)
class _Walk:
    """Follows the nouns through the nodes and collects what is wrong."""

    faults: list[Fault] = field(default_factory=list)
    unsigned: list[_Place] = field(default_factory=list)

    def fault(self, place: _Place, message: str, cure: str) -> Any:
        self.faults.append(Fault(place.line, place.path, message, cure))
        return FAILED

    def file(self, root: Mapping) -> Any:
        """Read the whole file; the author at its top signs every value that has no other basis."""
        place = _Place("", root.line)
        author = next((e for e in root.entries if e.key.text == "author"), None)
        if author is not None and not _is_empty(author.value):
            signed = self.author(author.value, place.under("author", author.key.line))
            place = replace(place, scope=signed if isinstance(signed, Basis) else Basis(kind="entered", by="?"))
        rest = Mapping(tuple(e for e in root.entries if e is not author), root.line)
        found = self.record(rest, Situation, place, ())
        if self.unsigned:
            first = self.unsigned[0]
            count = (
                "1 value has" if len(self.unsigned) == 1 else f"{len(self.unsigned)} values (this is the first) have"
            )
            cure = "Put 'author: your name' at the top of the file, or say where they come from: {assumed: why}."
            self.fault(first, f"{count} no basis.", cure)
        return found

    def author(self, node: Node, place: _Place) -> Any:
        """Read `author: name` or `author: {by: name, date: day}`."""
        if isinstance(node, Scalar):
            return Basis(kind="entered", by=node.text)
        if not isinstance(node, Mapping):
            return self._misplaced(node, place, Misfit("this is not a name.", "Give 'author: your name'."))
        headed = tuple(
            replace(e, key=replace(e.key, text="entered")) if e.key.text == "by" else e for e in node.entries
        )
        if not any(e.key.text == "entered" for e in headed):
            return self.fault(place, "it does not say by whom.", "Give 'author: {by: your name, date: YYYY-MM-DD}'.")
        return self.basis(Mapping(headed, node.line), place)

    # -- records ------------------------------------------------------------------------------------------------

    def record(self, node: Node, model: type[Record], place: _Place, preset: Preset) -> Any:
        """Read one record; `preset` are the fields that stand as its keys."""
        node = _spelled_out(node, model)
        if not isinstance(node, Mapping):
            keys = ", ".join(k for k in noted_fields(model) if k not in dict(preset))
            return self._misplaced(node, place, Misfit("this is not a set of fields.", f"Give fields such as {keys}."))
        allowed = tuple(n for n in model.model_fields if n not in dict(preset))
        given = {e.key.text: e for e in self._known(node, allowed, place)}
        if issubclass(model, Noun):
            place = self._scoped(given, place)
        values = {name: leaf_key for name, leaf_key in self._presets(model, preset, place)}
        for name in allowed:
            if name in given:
                at = place.under(name, given[name].key.line)
                value = self.value(given[name].value, model.model_fields[name].annotation, at, (model, name))
                if value is not ABSENT:
                    values[name] = value
        if issubclass(model, Noun) and place.scope is not None:
            values.setdefault("basis", place.scope)
        return self._built(model, values, place, given)

    def _scoped(self, given: dict[str, Entry], place: _Place) -> _Place:
        """Let the values of a noun take on its basis."""
        if "basis" not in given or _is_empty(given["basis"].value):
            return place
        quiet = _Walk()
        found = quiet.basis(given["basis"].value, place)
        return replace(place, scope=found if isinstance(found, Basis) else Basis(kind="entered", by="?"))

    def _presets(self, model: type[Record], preset: Preset, place: _Place) -> list[tuple[str, Any]]:
        return [(n, self.value(key, model.model_fields[n].annotation, place, (model, n))) for n, key in preset]

    def _known(self, node: Mapping, allowed: tuple[str, ...], place: _Place) -> list[Entry]:
        """Return the entries whose keys exist; report the others with the nearest key that does."""
        known = []
        for entry in node.entries:
            if entry.key.text in allowed:
                known.append(entry)
                continue
            near = difflib.get_close_matches(entry.key.text, allowed, n=1, cutoff=0.5)
            cure = f"Did you mean '{near[0]}'?" if near else f"The keys here are {', '.join(allowed)}."
            self.fault(place.under(entry.key.text, entry.key.line), "there is no such key.", cure)
        return known

    def _built(self, model: type[Record], values: dict[str, Any], place: _Place, given: dict[str, Entry]) -> Any:
        """Build the record, or report every field that keeps it from being built."""
        kept = {name: value for name, value in values.items() if value is not FAILED}
        try:
            built = model(**kept)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                name = str(one["loc"][0]) if one["loc"] else ""
                if one["type"] == "missing" and name in values:
                    continue
                self._refused(model, place, name, given.get(name), one)
            return FAILED
        return built if len(kept) == len(values) else FAILED

    def _refused(self, model: type[Record], place: _Place, name: str, entry: Entry | None, error: Any) -> None:
        if error["type"] == "missing":
            note = noted_fields(model).get(name, "")
            self.fault(place, f"'{name}' is missing.", f"Give '{name}': {note}.")
            return
        at = place if entry is None else place.under(name, entry.key.line)
        if len(error["loc"]) > 1 and isinstance(error["loc"][1], int):
            at = at.item(error["loc"][1], at.line)
        found = misfit_of(error)
        self.fault(at, found.message, found.cure)

    # -- values -------------------------------------------------------------------------------------------------

    def value(self, node: Node, kind: Any, place: _Place, where: tuple[type[Record], str]) -> Any:
        """Read what a field holds; ABSENT where it says nothing and may."""
        if isinstance(node, Broken):
            return FAILED
        inner, optional = _without_none(kind)
        repeated = get_origin(inner) is tuple
        if _is_empty(node) and (optional or repeated or not where[0].model_fields[where[1]].is_required()):
            return ABSENT
        if repeated:
            return self._rows(node, inner, place, where)
        if inner is Range:
            return self.range(node, place)
        if inner is Basis:
            return self.basis(node, place)
        if inner is RedLine:
            return self.red_line(node, place)
        if isinstance(inner, type) and issubclass(inner, Record):
            return self.record(node, inner, place, ())
        return self._leaf(node, inner, place)

    def _leaf(self, node: Node, kind: Any, place: _Place) -> Any:
        found = leaf(node, kind)
        return self.fault(place, found.message, found.cure) if isinstance(found, Misfit) else found

    def _rows(self, node: Node, kind: Any, place: _Place, where: tuple[type[Record], str]) -> Any:
        arguments = get_args(kind)
        item = arguments[0]
        if isinstance(node, Mapping) and where in KEYS:
            return self._keyed(node, item, place, KEYS[where], ())
        if not isinstance(node, Sequence):
            shape = "keys with fields under them, or a list" if where in KEYS else "a list, such as [a, b]"
            return self._misplaced(node, place, Misfit("this is not a list.", f"Give {shape}."))
        if arguments[-1] is not Ellipsis and len(arguments) != len(node.items):
            count = "1 entry" if len(node.items) == 1 else f"{len(node.items)} entries"
            return self.fault(place, f"it has {count}.", f"Give {len(arguments)}: [low, high].")
        items = []
        for index, one in enumerate(node.items):
            at = place.item(index, one.line)
            is_record = isinstance(item, type) and issubclass(item, Record)
            read = self.record(one, item, at, ()) if is_record and not isinstance(one, Broken) else None
            items.append(read if is_record else self._leaf(one, _bare(item), at))
        return FAILED if any(i is FAILED or i is None for i in items) else tuple(items)

    def _keyed(self, node: Mapping, model: Any, place: _Place, keys: tuple[str, ...], preset: Preset) -> Any:
        """Read rows that stand under their keys, however deep."""
        rows: list[Any] = []
        for entry in node.entries:
            at = place.under(entry.key.text, entry.key.line)
            known: Preset = (*preset, (keys[0], entry.key))
            if len(keys) == 1:
                rows.append(FAILED if isinstance(entry.value, Broken) else self.record(entry.value, model, at, known))
            elif isinstance(entry.value, Mapping):
                inner = self._keyed(entry.value, model, at, keys[1:], known)
                rows.extend([FAILED] if inner is FAILED else inner)
            elif not _is_empty(entry.value):
                names = " -> ".join(keys[1:])
                shape = Misfit("this is not a set of keys.", f"Give {names} under it.")
                rows.append(self._misplaced(entry.value, at, shape))
        return FAILED if any(r is FAILED for r in rows) else tuple(rows)

    def _misplaced(self, node: Node, place: _Place, misfit: Misfit) -> Any:
        """Report a value of the wrong shape, unless it is reported already."""
        if isinstance(node, Broken):
            return FAILED
        shown = f"'{node.text[:60]}' stands here; " if isinstance(node, Scalar) else ""
        return self.fault(place, shown + misfit.message, misfit.cure)

    # -- ranges, bases, red lines -------------------------------------------------------------------------------

    def range(self, node: Node, place: _Place) -> Any:
        """Read `5`, `[0, 5, 10]` or `{low: 0, best: 5, high: 10, basis: ...}`."""
        if isinstance(node, Scalar):
            return self._range((self._number(node, place),) * 3, place, place.scope)
        if isinstance(node, Sequence):
            if len(node.items) != 3:
                return self.fault(place, f"a range has 3 numbers, not {len(node.items)}.", "Give [low, best, high].")
            return self._range(tuple(self._number(n, place) for n in node.items), place, place.scope)
        if not isinstance(node, Mapping):
            return FAILED
        given = {e.key.text: e for e in self._known(node, ("low", "best", "high", "basis"), place)}
        if "best" not in given or ("low" in given) != ("high" in given):
            return self.fault(place, "the range is incomplete.", "Give low, best and high, or best alone for a point.")
        basis: Any = place.scope
        if "basis" in given and not _is_empty(given["basis"].value):
            basis = self.basis(given["basis"].value, place.under("basis", given["basis"].key.line))
        ends = ("low", "best", "high") if "low" in given else ("best",) * 3
        numbers = {e: self._number(given[e].value, place.under(e, given[e].key.line)) for e in dict.fromkeys(ends)}
        return self._range(tuple(numbers[e] for e in ends), place, basis)

    def _number(self, node: Node, place: _Place) -> Any:
        found = number(node)
        return self.fault(place, found.message, found.cure) if isinstance(found, Misfit) else found

    def _range(self, numbers: tuple[Any, ...], place: _Place, basis: Any) -> Any:
        if any(n is FAILED for n in numbers):
            # A bare word fails once, not three times.
            self.faults = list(dict.fromkeys(self.faults))
            return FAILED
        if basis is None:
            self.unsigned.append(place)
            return FAILED
        low, best, high = numbers
        if not low <= best <= high:
            message = f"a range needs low <= best <= high, not {low:g}, {best:g}, {high:g}."
            return self.fault(place, message, "Put the three numbers in order.")
        return FAILED if basis is FAILED else Range(low=low, best=best, high=high, basis=basis)

    def basis(self, node: Node, place: _Place) -> Any:
        """Read `{read: [e7], rule: r}`, `{entered: by, date: day}`, `{supplied: rule}` or `{assumed: rule}`."""
        cure = "Give {read: [evidence], rule: why}, {entered: who}, {supplied: rule} or {assumed: rule}."
        if not isinstance(node, Mapping):
            return self._misplaced(node, place, Misfit("this does not say where the value comes from.", cure))
        heads = [e for e in node.entries if e.key.text in BASIS_HEADS]
        if len(heads) != 1:
            said = "nothing" if not heads else " and ".join(f"'{e.key.text}'" for e in heads)
            return self.fault(place, f"a basis has one of read, entered, supplied, assumed; here is {said}.", cure)
        kind = heads[0].key.text
        named = BASIS_HEADS[kind]
        rest = tuple(n for n in Basis.model_fields if n not in ("kind", named))
        given = {e.key.text: e for e in self._known(node, (kind, *rest), place)}
        values: dict[str, Any] = {"kind": kind}
        for key, entry in given.items():
            name = named if key == kind else key
            at = place.under(key, entry.key.line)
            one = isinstance(entry.value, Scalar) and name == "evidence" and not _is_empty(entry.value)
            value = Sequence((entry.value,), entry.value.line) if one else entry.value
            values[name] = self.value(value, Basis.model_fields[name].annotation, at, (Basis, name))
        kept = {name: value for name, value in values.items() if value is not ABSENT}
        return self._built(Basis, kept, place, given)

    def red_line(self, node: Node, place: _Place) -> Any:
        """Read `{at_most: 25, hardness: [0, 0.5, 1]}` or `{at_least: ...}`."""
        cure = "Give {at_most: level, hardness: 0 to 1} or {at_least: level, hardness: 0 to 1}."
        if not isinstance(node, Mapping):
            return self._misplaced(node, place, Misfit("this is not a red line.", cure))
        given = {e.key.text: e for e in self._known(node, ("at_most", "at_least", "hardness"), place)}
        sides = [s for s in ("at_most", "at_least") if s in given]
        if len(sides) != 1 or "hardness" not in given:
            return self.fault(place, "a red line has one level and a hardness.", cure)
        read = {k: self.range(e.value, place.under(k, e.key.line)) for k, e in given.items()}
        if any(v is FAILED for v in read.values()):
            return FAILED
        return self._built(
            RedLine, {"at": read[sides[0]], "accepts": sides[0], "hardness": read["hardness"]}, place, given
        )


def _spelled_out(node: Node, model: type[Record]) -> Node:
    """Turn the short form of a record, or nothing at all, into fields."""
    short = SHORT.get(model)
    if _is_empty(node):
        return Mapping((), node.line)
    if short is not None and isinstance(node, Scalar | Sequence):
        return Mapping((Entry(Scalar(short, True, node.line), node),), node.line)
    return node


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and is_null(node.text)


def _without_none(kind: Any) -> tuple[Any, bool]:
    """Take `| None` off a type, and say whether it was there."""
    if get_origin(kind) in (Union, types.UnionType):
        rest = [a for a in get_args(kind) if a is not type(None)]
        return _bare(rest[0]), True
    return _bare(kind), False


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind
