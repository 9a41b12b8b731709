"""What stands in a file written by hand, as plain values, and on which line does each of them stand?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from detente.formats.safe_json import Json, json_in, lines_in, text_in
from detente.formats.score_table import Source, refuse
from detente.situation.store.scalars import is_null
from detente.situation.store.tree import Broken, Node, Scalar, parse
from detente.situation.store.tree import Mapping as Keys

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """Values of a file; `lines` holds the line of each path that has one."""

    value: Json
    lines: Mapping[Path, int]

    def place(self, path: Path) -> str:
        """Say where a path is: the line of it or of what holds it, and the path as people write it."""
        line = next((self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), None)
        told = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
        return ", ".join(part for part in (f"line {line}" if line else "", told) if part) or "the file"


def plain_of(source: Source) -> Plain:
    """Return what a file holds: YAML 1.2, JSON (`.json`), or JSON lines (`.jsonl`), which count as one list.

    Every scalar of YAML is a text, and what it means is for its field to say.

    Raises FormatError where it is not what its name says.

    >>> plain_of(Source("a.yaml", b"by: A\\nchoices: [yes, no]")).value
    {'by': 'A', 'choices': ['yes', 'no']}
    """
    name = source.name.lower()
    if name.endswith(".jsonl"):
        lines = lines_in(source)
        return Plain([found for _, found in lines], {(at,): line for at, (line, _) in enumerate(lines)})
    if name.endswith(".json"):
        return Plain(json_in(source), {})
    tree = parse(text_in(source))
    refuse(source.name, (str(fault) for fault in tree.faults))
    places: dict[Path, int] = {}
    return Plain(None if tree.root is None else _plain(tree.root, (), places), places)


def _plain(node: Node, path: Path, places: dict[Path, int]) -> Any:
    """Turn a node into plain values; the tree is never deeper than what its reader allows."""
    places[path] = node.line
    if isinstance(node, Scalar):
        return None if node.plain and is_null(node.text) else node.text
    if isinstance(node, Broken):
        return None
    if isinstance(node, Keys):
        return {entry.key.text: _plain(entry.value, (*path, entry.key.text), places) for entry in node.entries}
    return [_plain(item, (*path, at), places) for at, item in enumerate(node.items)]
