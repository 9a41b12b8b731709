"""What does the head of a Markdown file state, and where does its text begin?"""

import re

from detente.read.documents.byline import first_date
from detente.read.documents.document import Extract

_HEAD = re.compile(r"\A---[ \t]*\r?\n(?P<fields>.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]+)[ \t]*:[ \t]*(\S.*?)[ \t]*\r?$", re.MULTILINE)
_QUOTED = re.compile(r"^([\"'])(.*)\1$")


def front_matter(text: str) -> tuple[int, Extract]:
    """Where does the text begin after its front matter, and what does that state? Offset 0 where there is none.

    >>> front_matter("---\\ntitle: Talks\\ndate: 2026-02-07\\n---\\nText.")[1].published
    datetime.date(2026, 2, 7)
    """
    head = _HEAD.match(text)
    if head is None:
        return 0, Extract("")
    stated = {name.lower(): _QUOTED.sub(r"\2", value) for name, value in reversed(_FIELD.findall(head["fields"]))}

    def first(*names: str) -> str | None:
        return next((stated[name] for name in names if name in stated), None)

    return head.end(), Extract(
        text="",
        title=first("title", "headline"),
        publisher=first("publisher", "outlet", "source"),
        published=first_date(first("published", "date") or ""),
        reported=first_date(first("updated", "modified", "lastmod") or ""),
        url=first("url", "link", "canonical"),
    )
