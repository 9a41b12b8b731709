"""What does every foreign table of past questions come down to: asked when, what the crowd said, how it came out?

A row is one question as of one day; the same question asked on two days is two rows. Every day is one in UTC: a time
counts as the day that it is in UTC, and one without its offset is refused, because its day cannot be known.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from detente.formats.score_table import refuse, shown

Outcome: TypeAlias = Literal[0, 1]

NOTHING = frozenset({"", "n/a", "na", "none", "null", "nan", "nat"})  # how exporters write that there is no value
_TIME = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<clock>\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?\s?(?P<offset>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_SHARE = re.compile(r"\d*\.?\d+(?:e-?\d{1,3})?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """One yes-or-no question as it was asked as of one day.

    source    where it was asked, such as polymarket
    frozen    the day as of which it is asked: what came later was not known, and `crowd` is what was said on it
    crowd     the chance of yes that the crowd or the market gave, 0 to 1
    closes    its last day, where one is known
    resolved  the day on which it came out; with `outcome` None it came out as neither yes nor no
    cluster   the event that it hangs on, where the file says so
    sources   what says how it came out
    due       the day on which forecasts were due, in ForecastBench
    """

    source: str
    id: str
    text: str
    frozen: dt.date
    crowd: float | None = None
    closes: dt.date | None = None
    resolved: dt.date | None = None
    outcome: Outcome | None = None
    cluster: str | None = None
    topics: tuple[str, ...] = ()
    criteria: str = ""
    url: str | None = None
    sources: tuple[str, ...] = ()
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class QuestionRows:
    """The rows in the order of the file, and what of the file is not in them."""

    rows: tuple[QuestionRow, ...]
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Findings:
    """What comes to light while one file is read: every fault, so that all can be told at once.

    `zoned` and `bare` are where the first time with and the first without an offset stand.
    """

    name: str
    faults: list[str] = field(default_factory=list)
    zoned: str | None = None
    bare: str | None = None

    def fault(self, at: str, what: str) -> None:
        """Take a fault down: where, what, and how to cure it."""
        self.faults.append(f"{at}: {what}")

    def refuse(self) -> None:
        """Raise FormatError where there are faults, and say first where times with and without offsets stand."""
        if self.zoned and self.bare:
            mixed = f"times with an offset ({self.zoned}) and without one ({self.bare}) are mixed"
            self.faults.insert(0, f"{mixed}. Give every time its offset, such as Z or +03:30.")
        refuse(self.name, self.faults)

    def day(self, value: object, at: str) -> dt.date | None:
        """Return the day in UTC of a day or a time; None where there is none, or where it is a fault."""
        text = plain(value)
        if text is None:
            return None
        found = _TIME.fullmatch(text)
        if found is None:
            self.fault(at, f"'{shown(text)}' is no day. Write 2026-02-08, or a time such as 2026-02-08T17:00:00Z.")
            return None
        if found["clock"] is None:
            return self._day(text, at)
        if found["offset"] is None:
            self.bare = self.bare or at
            self.fault(at, f"'{text}' has no offset, so its day in UTC is unknown. Write it as {_example(found)}.")
            return None
        self.zoned = self.zoned or at
        return self._day(f"{found['day']}T{found['clock']}{found['offset']}", at)

    def needed_day(self, value: object, at: str) -> dt.date:
        """Return a day; that there is none is a fault, and the first of all days stands in."""
        before = len(self.faults)
        found = self.day(value, at)
        if found is None and len(self.faults) == before:
            self.fault(at, "there is no day. Write one, such as 2026-02-08.")
        return found or dt.date.min

    def share(self, value: object, at: str) -> float | None:
        """Return a chance from 0 to 1; None where there is none, or where it is a fault."""
        text = plain(value)
        if text is None:
            return None
        if not _SHARE.fullmatch(text) or len(text) > 40 or not 0 <= float(text) <= 1:
            self.fault(at, f"'{shown(text)}' is no chance. Write one from 0 to 1, such as 0.35, or leave it empty.")
            return None
        return float(text)

    def of_epoch(self, value: object, at: str) -> dt.date | None:
        """Return the day in UTC of a time in seconds since 1970; a time that is written out counts as well."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self.day(value, at)
        try:
            return dt.datetime.fromtimestamp(value, dt.UTC).date()
        except (ValueError, OverflowError, OSError):
            self.fault(at, f"{value:g} seconds since 1970 is no day of the calendar. Correct it.")
            return None

    def words(self, value: object, at: str, *, most: int) -> str:
        """Return a text on one line; one that is longer than `most` characters is a fault."""
        text = plain(value) or ""
        if len(text) > most:
            self.fault(at, f"the text has {len(text):,} characters. Shorten it to {most:,}.")
        return " ".join(text.split())[:most]

    def _day(self, text: str, at: str) -> dt.date | None:
        try:
            found = dt.datetime.fromisoformat(text)
            return (found.astimezone(dt.UTC) if found.tzinfo else found).date()
        except (ValueError, OverflowError):
            self.fault(at, f"'{shown(text)}' is no day of the calendar. Correct it.")
            return None


def plain(value: object) -> str | None:
    """Return what a cell or a JSON value says as text, None where it says nothing.

    >>> plain(" N/A "), plain(None), plain(0.5), plain(True), plain("yes")
    (None, None, '0.5', 'true', 'yes')
    """
    text = str(value).lower() if isinstance(value, bool) else "" if value is None else str(value).strip()
    return None if text.lower() in NOTHING else text


def repeated(places: Iterable[tuple[tuple[object, ...], str]]) -> tuple[tuple[str, str], ...]:
    """Return where something stands again, each with where it stood first.

    >>> repeated([(("q1",), "line 2"), (("q2",), "line 3"), (("q1",), "line 4")])
    (('line 4', 'line 2'),)
    """
    first: dict[tuple[object, ...], str] = {}
    return tuple((at, first[key]) for key, at in places if first.setdefault(key, at) != at)


def _example(found: re.Match[str]) -> str:
    return f"{found['day']}T{found['clock']}Z if it is UTC"
