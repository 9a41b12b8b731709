"""How is a brief written as JSON, with everything that it says and nothing about how it looks?

The pictures as SVG are left out: their content is in their tables. `schema` names the shape; a change that breaks a
reader changes its number.
"""

import json
import re
from dataclasses import fields, is_dataclass

from detente.brief.document import Brief, Figure, Grid, Listing, Paragraph

SCHEMA = "detente.brief/1"
LEFT_OUT = frozenset({"svg", "lines"})

BLOCK_TYPES: dict[type, str] = {Paragraph: "paragraph", Listing: "listing", Grid: "grid", Figure: "figure"}


def render(brief: Brief) -> str:
    """Write a brief as JSON, the same bytes for the same brief.

    >>> from detente.brief.document import Brief
    >>> json.loads(render(Brief("Dam talks", "Two states", (), (), (), ())))["schema"]
    'detente.brief/1'
    """
    told = plain(brief)
    written = json.dumps({"schema": SCHEMA, **(told if isinstance(told, dict) else {})}, ensure_ascii=False, indent=2)
    # Half of a surrogate pair cannot be encoded; inside a JSON string its escape says the same.
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", written) + "\n"


def plain(value: object) -> object:
    """Turn records and tuples into objects and lists; a block says of which type it is.

    >>> from detente.brief.document import Sentence
    >>> plain(Sentence("No release.", ("e1",)))
    {'text': 'No release.', 'refs': ['e1'], 'mark': None}
    """
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"a brief holds records, tuples, text and numbers, not {type(value).__name__}")
    kept = {each.name: plain(getattr(value, each.name)) for each in fields(value) if each.name not in LEFT_OUT}
    kind = BLOCK_TYPES.get(type(value))
    return {"type": kind, **kept} if kind else kept
