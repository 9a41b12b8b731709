"""How does a situation look as a file: which lines, in which order, in how little space?

Short rows stand on one line, `{best: 10, basis: {assumed: sq}}`; what is longer gets a line per field, so that a change
of one value is a change of one line.
"""

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from detente.situation.store.scalars import quoted, string_text

WIDTH: Final = 100


@dataclass(frozen=True, slots=True)
class Bare:
    """A scalar that is written as it stands: a number, a day, true or false."""

    text: str


Key: TypeAlias = str | Bare
# Lists and mappings hold the same again; the check of types at run time cannot follow an alias that names itself.
Plain: TypeAlias = str | Bare | list[Any] | dict[Key, Any]


def emit(sections: dict[Key, Plain]) -> str:
    """Write the sections of a file; a section that takes several lines stands apart.

    >>> print(emit({"title": "Gulf", "parties": {"iran": {"name": "Iran"}}}), end="")
    title: Gulf
    <BLANKLINE>
    parties:
      iran: {name: Iran}
    """
    blocks = [_entry(name, value, 0) for name, value in sections.items()]
    text = ""
    for previous, lines in zip([[""], *blocks], blocks, strict=False):
        apart = text and (len(lines) > 1 or len(previous) > 1)
        text += ("\n" if apart else "") + "\n".join(lines) + "\n"
    return text


def _entry(key: Key, value: Plain, indent: int) -> list[str]:
    """Write one key with what stands under it."""
    lead = " " * indent + _scalar(key, in_flow=True) + ":"
    if isinstance(value, str):
        return _text(lead, value, indent)
    if isinstance(value, Bare):
        return [f"{lead} {value.text}"]
    flow = _flow(value)
    if _fits(value) and len(lead) + 1 + len(flow) <= WIDTH:
        return [f"{lead} {flow}"]
    return [lead, *_block(value, indent + 2)]


def _text(lead: str, value: str, indent: int) -> list[str]:
    """Write a text; several lines of it stay several lines where YAML can keep them as they are."""
    if not _keeps_its_lines(value):
        return [f"{lead} {_scalar(value, in_flow=False)}"]
    mark = "|" if value.endswith("\n") else "|-"
    kept = value.removesuffix("\n").split("\n")
    return [f"{lead} {mark}", *(" " * (indent + 2) + line if line else "" for line in kept)]


def _keeps_its_lines(value: str) -> bool:
    lines = value.removesuffix("\n").split("\n")
    if len(lines) < 2 or not lines[0].strip() or not lines[-1]:
        return False
    return all(line.isprintable() and line == line.rstrip() and not line[:1].isspace() for line in lines)


def _block(value: list[Plain] | dict[Key, Plain], indent: int) -> list[str]:
    if isinstance(value, dict):
        return [line for key, inner in value.items() for line in _entry(key, inner, indent)]
    return [line for item in value for line in _item(item, indent)]


def _item(item: Plain, indent: int) -> list[str]:
    """Write one entry of a list, with its first field beside the hyphen."""
    lead = " " * indent + "- "
    flow = _flow(item)
    if not isinstance(item, dict) or (_fits(item) and len(lead) + len(flow) <= WIDTH):
        return [lead + flow]
    first, *rest = _block(item, indent + 2)
    return [lead + first.lstrip(" "), *rest]


def _fits(value: Plain) -> bool:
    """Tell whether a value is simple enough for one line: fields and lists of words, but for its basis."""
    if isinstance(value, str | Bare):
        return True
    if isinstance(value, list):
        return all(isinstance(v, str | Bare) for v in value)
    return all(_fits(v) and (not isinstance(v, dict) or k == "basis") for k, v in value.items())


def _flow(value: Plain) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_scalar(k, in_flow=True)}: {_flow(v)}" for k, v in value.items())
        return "{" + inner + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(v) for v in value) + "]"
    return _scalar(value, in_flow=True)


def _scalar(value: Key, *, in_flow: bool) -> str:
    if isinstance(value, Bare):
        return value.text
    return string_text(value, in_flow=in_flow) if len(value) <= WIDTH else quoted(value)
