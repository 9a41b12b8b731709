"""Who gives a ledger away, under which title and licence, and how is it cited?"""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from detente.errors import FormatError
from detente.formats.score_table import clean, shown
from detente.ledger.book import Book

_LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{1,60}")
_MEDIA = {
    ".csv": "text/csv", ".json": "application/json", ".jsonl": "application/jsonl", ".cff": "application/yaml",
    ".txt": "text/plain", ".md": "text/markdown",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is said of a ledger that is given away.

    by       who made it
    licence  its SPDX identifier, such as CC-BY-4.0
    version  1.N.0 with N rows: every row is an addition, and none is ever changed
    url      where it is published, or a name for its head where it is not
    """

    title: str
    by: tuple[str, ...]
    licence: str
    version: str
    published: dt.date
    url: str
    description: str = ""

    @property
    def licence_url(self) -> str:
        """Where the text of the licence stands."""
        return f"https://spdx.org/licenses/{self.licence}.html"

    @property
    def summary(self) -> str:
        """What it is, in a sentence or two."""
        return self.description or (
            f"{self.title}: questions about the future, what was said of them before they were settled, and how they "
            "came out, from an append-only ledger whose rows are chained by hashes."
        )

    @property
    def citation(self) -> str:
        """How it is cited, in one line."""
        return f"{', '.join(self.by)} ({self.published.year}): {self.title}, version {self.version}. {self.url}"


def described(
    book: Book, *, title: str, by: tuple[str, ...], licence: str, url: str | None = None, description: str = ""
) -> Described:
    """Return what is said of a ledger, as it stood at its moment.

    Raises FormatError without a title, without anybody who made it, and for a licence that is no SPDX identifier.

    >>> empty = Book(questions=(), rows=0, head="0" * 64, now=dt.datetime(2026, 2, 8, tzinfo=dt.UTC))
    >>> described(empty, title="Talks", by=("A. Analyst",), licence="CC-BY-4.0").version
    '1.0.0'
    """
    names = tuple(name for given in by if (name := clean(given)))
    if not clean(title) or not names:
        raise FormatError(
            "A data package says what it is called and who made it. Give a title, and at least one name that is not "
            "empty."
        )
    if not _LICENCE.fullmatch(licence):
        raise FormatError(f"'{shown(licence)}' is no licence. Give its SPDX identifier, such as CC-BY-4.0 or CC0-1.0.")
    return Described(
        title=clean(title),
        by=names,
        licence=licence,
        version=f"1.{book.rows}.0",
        published=book.now.date(),
        url=clean(url or "") or f"urn:sha256:{book.head}",
        description=clean(description),
    )


def media_type(name: str) -> str:
    """Return the media type of a file by the ending of its name.

    >>> media_type("questions.csv"), media_type("head.txt")
    ('text/csv', 'text/plain')
    """
    return _MEDIA.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
