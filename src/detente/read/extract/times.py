"""When is it, in the words of a sentence, and between which days, seen from the day the document was published?

A weekday or a day without a year lies before that day for what is told as done and after it for what is to come.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from detente.read.extract.words import Line, Word, bag

_WEEKDAYS = {name.lower(): k for k, name in enumerate(calendar.day_name)}
_MONTHS = {name.lower(): k for k, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): k for k, name in enumerate(calendar.month_abbr) if name and name != "May"}
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "overnight": 0}
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14, "hours": 0, "hour": 0}
_NUMBERS = {
    name: k
    for k, name in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
}
_NUMBERS |= {"a": 1, "an": 1, "several": 3, "few": 3, "twelve": 12, "fourteen": 14, "thirty": 30, "sixty": 60}
_LEADS = bag("on by until till before since next last this coming late early mid the end of in within")
_AHEAD = bag("next coming by until till within")
_AFTERWARDS = bag("since after following")
_PURSUING = bag("go goes going gone went come comes coming came")  # "went after": no time
_BREAKS = bag(", ; : . ( ) \u2013 \u2014 --")
# Nouns that tell a time themselves: "since the start of last year", "after dark on Monday".
_TIMELY = bag("start beginning middle half end dawn dusk dark noon midnight nightfall sunset sunrise a.m. p.m. am pm")
_TIMELY |= bag("morning afternoon evening night day days week weeks month months year years hours")
_Days = tuple[datetime.date, datetime.date] | None


@dataclass(frozen=True, slots=True)
class Moment:
    """Which words tell a time, between which days, and are the days stated or reckoned from the document's date?"""

    first: int
    last: int
    days: _Days = None
    stated: bool = False


def moment(
    line: Line, start: int, stop: int, *, event: int, published: datetime.date | None, ahead: bool
) -> Moment | None:
    """Which is the first time told between these words that can date the event told by the word `event`?

    `ahead`: what happens then is still to come.
    """
    told = _moments(line, start, stop, published, ahead)
    return next((found for found in told if not _of_another_event(line, found, event)), None)


def _of_another_event(line: Line, found: Moment, event: int) -> bool:
    """Does the time date what went before the event: "since the war last year", "after Monday's vote"?"""
    since = next((i for i in range(found.last, -1, -1) if line.low(i) in _BREAKS or _afterwards(line, i)), -1)
    if since < 0 or line.low(since) in _BREAKS:
        return False
    between = line.words[since + 1 : found.first]
    if line.tag(found.last + 1) != "POS" and not any(_happens(w) for w in between):
        return False
    inside = event > since and not any(w.low in _BREAKS for w in line.words[since:event])
    return not inside


def _afterwards(line: Line, i: int) -> bool:
    """A word that puts one event after another; not "the following day", nor "went after them"."""
    before = line.low(i - 1)
    return (
        line.low(i) in _AFTERWARDS and before not in _PURSUING and not (line.low(i) == "following" and before == "the")
    )


def _happens(word: Word) -> bool:
    return (word.tag in ("NN", "NNS") and word.low not in _TIMELY) or word.tag.startswith("VB")


def _moments(line: Line, start: int, stop: int, published: datetime.date | None, ahead: bool) -> Iterator[Moment]:
    i = max(start, 0)
    while i <= min(stop, len(line.words) - 1):
        first = _lead(line, i, start)
        toward = ahead or bool(_AHEAD & set(line.lows(first, i - 1).split()))
        found = _day(line, i, published, toward) or _span(line, i, published)
        if found is not None:
            yield Moment(min(first, found.first), found.last, found.days, found.stated)
            i = found.last
        i += 1


def _lead(line: Line, i: int, floor: int) -> int:
    """Where do the words that introduce a time begin ("by the end of July", "on Monday")?"""
    k = i
    while k > floor and line.low(k - 1) in _LEADS and i - k < 4:
        k -= 1
    return k


def _day(line: Line, i: int, published: datetime.date | None, ahead: bool) -> Moment | None:
    """A weekday, a day of a month, or a month."""
    low = line.low(i)
    if low in _WEEKDAYS and line.tag(i).startswith("N"):
        return Moment(i, i, _weekday(_WEEKDAYS[low], published, ahead, line.low(i - 1)))
    if low in _DAYS:
        day = published + datetime.timedelta(days=_DAYS[low]) if published is not None else None
        return Moment(i, i, (day, day) if day is not None else None)
    if low in _MONTHS and line.words[i].text[:1].isupper() and line.tag(i) != "MD":
        return _month(line, i, published, ahead)
    return None


def _weekday(day: int, published: datetime.date | None, ahead: bool, before: str) -> _Days:
    if published is None:
        return None
    behind = (published.weekday() - day) % 7
    if before == "last" or not (ahead or before in ("next", "coming")):
        found = published - datetime.timedelta(days=behind or (7 if before == "last" else 0))
    else:
        found = published + datetime.timedelta(days=(7 - behind) % 7 or (7 if before == "next" else 0))
    return found, found


def _month(line: Line, i: int, published: datetime.date | None, ahead: bool) -> Moment:
    month = _MONTHS[line.low(i)]
    before, after = _number(line.low(i - 1), 31), _number(line.low(i + 1), 31)
    first, last = (i - 1, i) if before else (i, i + 1) if after else (i, i)
    beyond = last + 1 + (line.tag(last + 1) == ",")
    year = _number(line.low(beyond), 2100) if line.low(beyond).isdigit() and len(line.low(beyond)) == 4 else 0
    stated = bool(year)
    year = year or _year(month, before or after, published, ahead)
    return Moment(first, beyond if stated else last, _dates(year, month, before or after) if year else None, stated)


def _year(month: int, day: int, published: datetime.date | None, ahead: bool) -> int:
    """The year that brings the day nearest on the side on which it lies; 0 where the document has no date."""
    if published is None:
        return 0
    here = (published.month, published.day)
    if ahead and (month, day or 31) < here:
        return published.year + 1
    return published.year - 1 if not ahead and (month, day or 1) > here else published.year


def _dates(year: int, month: int, day: int) -> _Days:
    last = calendar.monthrange(year, month)[1]
    if day > last:
        return None
    return datetime.date(year, month, day or 1), datetime.date(year, month, day or last)


def _number(low: str, highest: int) -> int:
    digits = low.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return int(digits) if digits.isdecimal() and 0 < int(digits) <= highest else 0


def _span(line: Line, i: int, published: datetime.date | None) -> Moment | None:
    """'last week', 'next month', 'two weeks ago', 'within 30 days'."""
    before, low = line.low(i - 1), line.low(i)
    if before in ("last", "next", "this") and low in ("week", "month", "year"):
        return Moment(i - 1, i, None if published is None else _stretch(low, before, published))
    size, lead = _NUMBERS.get(before, 0) or _number(before, 400), line.low(i - 2)
    if low not in _UNITS or not size:
        return None
    length = datetime.timedelta(days=size * _UNITS[low] or max(size // 24, 1))
    if line.low(i + 1) in ("ago", "earlier"):
        return Moment(i - 1, i + 1, None if published is None else (published - length, published - length))
    if lead in ("within", "in"):
        return Moment(i - 2, i, None if published is None else (published, published + length))
    return None


def _stretch(unit: str, which: str, published: datetime.date) -> _Days:
    step = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "week":
        monday = published - datetime.timedelta(days=published.weekday() - 7 * step)
        return monday, monday + datetime.timedelta(days=6)
    if unit == "year":
        return datetime.date(published.year + step, 1, 1), datetime.date(published.year + step, 12, 31)
    months = published.year * 12 + published.month - 1 + step
    return _dates(months // 12, months % 12 + 1, 0)
