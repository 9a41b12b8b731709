"""From when to when did a forecast stand, and why did it end?

A day ends at midnight in UTC. A forecast is ended by the first of these, and if several come at once, by the one named
first here:

    closed, resolved, void   the end of the question's last day, of the day it came out, of the day it became void
    withdrawn                the moment of the withdrawal
    superseded               the start of the next forecast of the same author by the same analysis
    lapsed                   the end of its last day, which a reaffirmation made while it stood has moved

Retrospective forecasts and those recorded in time are two records: neither supersedes the other. A withdrawal or a
reaffirmation of a forecast that was recorded in time counts from when it was itself recorded, never from before.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from detente.ledger.book.shapes import Change, Ending, Standing
from detente.ledger.entries import Forecast, Reaffirmed, Withdrawn

_DAY: Final = dt.timedelta(days=1)
_Changes: TypeAlias = Sequence[tuple[int, dt.datetime, Reaffirmed | Withdrawn]]
_End: TypeAlias = tuple[dt.datetime, Ending]


@dataclass(frozen=True, slots=True)
class Settled:
    """The last day of a question, and the one on which it came out or became void, where it did."""

    closes: dt.date
    on: dt.date | None
    void: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A forecast as it lies in its row, with what was written about it later."""

    number: int
    recorded: dt.datetime
    forecast: Forecast
    changes: _Changes = ()

    @property
    def retrospective(self) -> bool:
        """Whether it was recorded after the day it claims."""
        return self.recorded.date() > self.forecast.as_of

    @property
    def record(self) -> tuple[str, str, bool]:
        """What has to be alike for a later forecast to supersede it."""
        return self.forecast.by, self.forecast.analysis, self.retrospective


def end_of(day: dt.date) -> dt.datetime:
    """Return the moment at which a day is over in UTC.

    >>> end_of(dt.date(2026, 2, 28)).isoformat()
    '2026-03-01T00:00:00+00:00'
    """
    if day == dt.date.max:
        return dt.datetime.max.replace(tzinfo=dt.UTC)
    return dt.datetime.combine(day + _DAY, dt.time(), tzinfo=dt.UTC)


def moment_of(recorded: dt.datetime, as_of: dt.date) -> dt.datetime:
    """Return from when something counts: when it was recorded, or the end of its day where that came later.

    >>> moment_of(dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC), dt.date(2026, 2, 8)).isoformat()
    '2026-02-09T00:00:00+00:00'
    """
    return min(recorded, end_of(as_of))


def standings(said: Sequence[Said], settled: Settled, *, now: dt.datetime) -> tuple[Standing, ...]:
    """Return the forecasts of one question with the time for which each stood, in the order of their rows."""
    last = _last_moment(settled)
    starts = {one.number: moment_of(one.recorded, one.forecast.as_of) for one in said}
    following: dict[int, dt.datetime] = {}
    latest: dict[tuple[str, str, bool], int] = {}
    for one in sorted(said, key=lambda s: (starts[s.number], s.number)):
        before = latest.get(one.record)
        if before is not None:
            following[before] = starts[one.number]
        latest[one.record] = one.number
    return tuple(_standing(one, following.get(one.number), last, now) for one in said)


def _last_moment(settled: Settled) -> _End:
    """Return when the question itself puts an end to its forecasts."""
    closed: _End = (end_of(settled.closes), "closed")
    if settled.on is None:
        return closed
    return min(closed, (end_of(settled.on), "void" if settled.void else "resolved"), key=lambda end: end[0])


def _standing(said: Said, following: dt.datetime | None, last: _End, now: dt.datetime) -> Standing:
    starts = moment_of(said.recorded, said.forecast.as_of)
    changes = _changes(said)
    lapses, withdrawn = _changed(said.forecast.lapses, changes)
    ends: list[_End] = [last]
    if withdrawn is not None:
        ends.append((withdrawn, "withdrawn"))
    if following is not None:
        ends.append((following, "superseded"))
    ends.append((end_of(lapses), "lapsed"))
    end, why = min(ends, key=lambda one: one[0])
    over = end <= now
    return Standing(
        number=said.number,
        recorded=said.recorded,
        forecast=said.forecast,
        lapses=lapses,
        starts=starts,
        ends=max(starts, end) if over else None,
        why=why if over else None,
        retrospective=said.retrospective,
        changes=changes,
    )


def _changes(said: Said) -> tuple[Change, ...]:
    """Return what was written about a forecast later, in the order in which it counts."""
    found = [
        Change(
            number=number,
            recorded=recorded,
            counts=moment_of(recorded, entry.as_of) if said.retrospective else recorded,
            entry=entry,
        )
        for number, recorded, entry in said.changes
    ]
    return tuple(sorted(found, key=lambda change: (change.counts, change.number)))


def _changed(lapses: dt.date, changes: Sequence[Change]) -> tuple[dt.date, dt.datetime | None]:
    """Return the last day of a forecast by its reaffirmations in time, and when it was withdrawn."""
    for change in changes:
        if change.counts > end_of(lapses):
            break
        if isinstance(change.entry, Withdrawn):
            return lapses, change.counts
        lapses = max(lapses, change.entry.lapses)
    return lapses, None
