"""What is a document, once read: its text, where it is from, and the blocks it falls into."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.errors import DocumentError
from detente.situation.values import slug as readable

BlockKind = Literal["headline", "byline", "dateline", "text"]


@dataclass(frozen=True, slots=True)
class Block:
    """Which stretch of a document belongs together: a headline, a byline, a dateline or a paragraph.

    start, end  offsets into `Document.text`, in code points; no white space at either edge
    """

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Document:
    """What was read, from where, and when did it say it was published?

    text       the decoded text, untouched; every offset of the reader counts its code points
    published  the date the document itself states in a byline or its metadata; None where it states none
    reported   the date the document says it was last updated; None where it says nothing
    sha256     of the text in UTF-8
    kind       text, markdown, html or pdf
    """

    id: str
    name: str
    text: str
    title: str | None
    publisher: str | None
    published: date | None
    reported: date | None
    url: str | None
    sha256: str
    kind: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """What was taken out of a page or a PDF: its text, and what the file states about itself."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    reported: date | None = None
    url: str | None = None


def slug(name: str) -> str:
    """Which id does a document of this name get: lower-case ASCII words joined by hyphens.

    >>> slug("Résumé of 2nd round.txt"), slug("???.md")
    ('resume-of-2nd-round', 'document')
    """
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", name)
    return readable(stem) or "document"


def shown(name: str) -> str:
    r"""How can a file name stand in a message or a result without breaking it?

    >>> print(shown("a\nb\x1b[31m.txt"))
    a\nb\x1b[31m.txt
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)


def digest(text: str, name: str) -> str:
    """Which SHA-256 does the text have in UTF-8?

    Raises DocumentError when the text holds half characters that no file can store.
    """
    try:
        return hashlib.sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError as fault:
        raise DocumentError(
            f"'{name}' holds bytes that are not text at character {fault.start:,}. Save it as UTF-8 and read it again."
        ) from None
