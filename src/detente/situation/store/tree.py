"""What does a YAML text say, scalar by scalar, and on which line?

Only the plain part of YAML 1.2 is read: one document of mappings, sequences and scalars. Anchors, aliases, tags,
repeated keys and a second document are faults. Scalars keep the characters they were written with; what they mean is
decided by the field they stand in, so that `NO` is a country, `012` may be a name, and no text turns into a date.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

MAX_BYTES = 5_000_000
MAX_DEPTH = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file: on which line, at which path, what it is, and how to cure it."""

    line: int
    path: str
    message: str
    cure: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.path}" if self.path else f"line {self.line}"
        return f"{where}: {self.message} {self.cure}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One scalar as it was written; `plain` says that it stood without quotes."""

    text: str
    plain: bool
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping, and what stands under it."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file."""

    entries: tuple[Entry, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """Values in a row."""

    items: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that is already reported as a fault."""

    line: int


Node: TypeAlias = Scalar | Mapping | Sequence | Broken


@dataclass(frozen=True, slots=True)
class Tree:
    """What a text holds, and what is wrong with it as YAML; `root` is None where nothing could be made of it."""

    root: Node | None
    faults: tuple[Fault, ...]


def parse(text: str | bytes) -> Tree:
    """Read a YAML text into nodes that know their lines.

    >>> parse("title: NO").root.entries[0].value.text
    'NO'
    >>> print(parse("a: &x 1").faults[0])
    line 1, a: an anchor ('&x') is not read here. Write the value out where it is needed.
    """
    decoded = _decoded(text)
    if isinstance(decoded, Fault):
        return Tree(None, (decoded,))
    builder = _Builder()
    try:
        for event in _events(decoded):
            builder.take(event)
    except _TooDeepError as stop:
        builder.faults.append(stop.fault)
    except MarkedYAMLError as error:
        builder.faults.append(_syntax(error))
        return Tree(None, tuple(builder.faults))
    except YAMLError as error:
        builder.faults.append(Fault(1, "", f"this is not YAML: {_first_line(str(error))}.", "Remove that character."))
        return Tree(None, tuple(builder.faults))
    return Tree(builder.root, tuple(builder.faults))


def _events(text: str) -> Iterator[Any]:
    yield from YAML(typ="safe", pure=True).parse(text)


def _decoded(text: str | bytes) -> str | Fault:
    if len(text) > MAX_BYTES:
        limit = f"{MAX_BYTES / 1e6:g} MB"
        return Fault(1, "", f"the file is larger than {limit}.", "Keep documents beside the situation, not in it.")
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        return Fault(line, "", f"the file is not UTF-8 (byte {error.start}).", "Save it as UTF-8.")


def _syntax(error: MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    problem = _first_line(error.problem or error.context or "it cannot be read")
    cure = "Check the indentation, the colons and the quote marks there and on the line before."
    return Fault(mark.line + 1 if mark else 1, "", f"this is not YAML: {problem}.", cure)


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0].rstrip(".") if text.strip() else "it cannot be read"


class _TooDeepError(Exception):
    """Stops the reading of a text that nests without end; never leaves this module."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


@dataclass(slots=True)
class _Open:
    """A mapping or sequence whose end has not been reached."""

    line: int
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    key: Scalar | None = None
    skip: bool = False

    def at(self) -> str:
        """Name the place where the next value goes."""
        if not self.is_mapping:
            return f"[{len(self.items)}]"
        return self.key.text if self.key else ""


@dataclass(slots=True)
class _Builder:
    """Builds nodes from events without recursion, so that depth costs nothing."""

    root: Node | None = None
    faults: list[Fault] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0

    def take(self, event: Any) -> None:
        """Take the next event of the text."""
        line = event.start_mark.line + 1
        match event:
            case DocumentStartEvent():
                self._document(event, line)
            case AliasEvent():
                self._refuse(line, f"an alias ('*{event.anchor}')", "Write the value out where it is needed.")
                self._put(Broken(line))
            case ScalarEvent():
                self._put(self._checked(event, Scalar(str(event.value), bool(event.implicit[0]), line)))
            case MappingStartEvent() | SequenceStartEvent():
                self._opened(event, line)
            case MappingEndEvent() | SequenceEndEvent():
                self._closed()
            case _:
                pass

    def _document(self, event: Any, line: int) -> None:
        self.documents += 1
        if self.documents == 2:
            self._refuse(line, "a second document ('---')", "Keep one situation in one file.")
        if event.version is not None and tuple(event.version) != (1, 2):
            self._refuse(line, "a %YAML line other than 1.2", "Remove it; the file is read as YAML 1.2.")

    def _checked(self, event: Any, node: Node) -> Node:
        """Return the node, or a broken one where it carries an anchor or a tag."""
        if event.anchor is not None:
            self._refuse(node.line, f"an anchor ('&{event.anchor}')", "Write the value out where it is needed.")
        if event.tag is not None:
            self._refuse(node.line, f"a tag ('{event.tag}')", "Remove it; the field decides what the value is.")
        return node if event.anchor is None and event.tag is None else Broken(node.line)

    def _opened(self, event: Any, line: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            message = f"the nesting is deeper than {MAX_DEPTH} levels; reading stops here."
            raise _TooDeepError(Fault(line, "", message, "Look for a bracket that is never closed."))
        self._checked(event, Broken(line))
        self.stack.append(_Open(line, isinstance(event, MappingStartEvent)))

    def _closed(self) -> None:
        done = self.stack.pop()
        node = Mapping(tuple(done.entries), done.line) if done.is_mapping else Sequence(tuple(done.items), done.line)
        self._put(node)

    def _put(self, node: Node) -> None:
        if not self.stack:
            self.root = node if self.documents == 1 else self.root
            return
        top = self.stack[-1]
        if not top.is_mapping:
            top.items.append(node)
        elif top.key is None:
            self._key(top, node)
        else:
            if not top.skip:
                top.entries.append(Entry(top.key, node))
            top.key = None

    def _key(self, top: _Open, node: Node) -> None:
        top.skip = not isinstance(node, Scalar)
        top.key = node if isinstance(node, Scalar) else Scalar("", False, node.line)
        if top.skip:
            if not isinstance(node, Broken):
                self._refuse(node.line, "a mapping or list as a key", "Give a simple name as key.")
            return
        first = top.seen.get(top.key.text)
        top.seen.setdefault(top.key.text, top.key.line)
        if first is not None:
            top.skip = True
            message = f"the key '{top.key.text}' stands here a second time (first on line {first})."
            self.faults.append(Fault(top.key.line, self._where(), message, "Keep one of the two."))

    def _refuse(self, line: int, what: str, cure: str) -> None:
        self.faults.append(Fault(line, self._where(), f"{what} is not read here.", cure))

    def _where(self) -> str:
        return ".".join(part for part in (o.at() for o in self.stack) if part).replace(".[", "[")
