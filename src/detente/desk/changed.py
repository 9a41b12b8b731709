"""What changed since a day, as data: for whoever shows it without drafting anything."""

import datetime as dt
from dataclasses import dataclass

SECTIONS = {
    "moved": "Who moved",
    "made": "Threats made",
    "withdrawn": "Threats withdrawn",
    "carried_out": "Threats carried out: an act of the kind that was threatened, by who threatened it",
    "opened": "Tables opened",
    "collapsed": "Talks that collapsed or were broken off",
    "met": "Meetings",
    "done": "Done outside the table",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a document, and the day on which they could be known."""

    document: str
    day: dt.date
    speaker: str | None
    quote: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: in words, with the quotes before and since.

    sources  how many sources say so since: statements of one office are one, as are the reports of one publisher
    """

    text: str
    before: tuple[Quote, ...]
    since: tuple[Quote, ...]
    sources: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a day; documents that are `undated` count from the day they were added."""

    place: str
    since: dt.date
    as_of: dt.date | None
    documents: tuple[str, ...]
    left_out: tuple[str, ...]
    undated: tuple[str, ...]
    moved: tuple[Change, ...]
    made: tuple[Change, ...]
    withdrawn: tuple[Change, ...]
    carried_out: tuple[Change, ...]
    opened: tuple[Change, ...]
    collapsed: tuple[Change, ...]
    met: tuple[Change, ...]
    done: tuple[Change, ...]
