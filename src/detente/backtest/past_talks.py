"""What is known of a negotiation that is over: how it stood as of a day before its end, and what came of it?"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.errors import UsageError
from detente.situation.nouns import Situation
from detente.situation.values import Record, Slug

Event: TypeAlias = Literal["agreement", "force", "war"]
PAST_EVENTS: tuple[Event, ...] = ("agreement", "force", "war")


class Terms(Record):
    """What was agreed on one issue: the level, and the interval where accounts of it differ."""

    issue: Slug
    at: float
    low: float | None = None
    high: float | None = None
    note: str

    @property
    def interval(self) -> tuple[float, float]:
        """Its ends, one and the same level where accounts agree."""
        return (self.at if self.low is None else self.low, self.at if self.high is None else self.high)


class Outcome(Record):
    """What came of a negotiation; `event` says what counted as agreement, `force` covers coding day to end.

    `crisis` is its number in the data set of crises and `classes` the conditions there whose cases it is among.
    """

    event: str
    agreed: bool
    ended: dt.date
    what: str
    blocked_by: tuple[Slug, ...] = ()
    blocked_on: tuple[Slug, ...] = ()
    force: Literal["none", "limited", "war"]
    force_by: Slug | None = None
    force_note: str
    settled: tuple[Terms, ...] = ()
    crisis: int | None = None
    classes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...]

    def happened(self, event: Event) -> bool:
        """Return whether an event came about."""
        return {"agreement": self.agreed, "force": self.force != "none", "war": self.force == "war"}[event]


@dataclass(frozen=True, slots=True)
class PastTalks:
    """One negotiation that is over: the situation as of a day before its end, and its outcome."""

    name: str
    situation: Situation
    outcome: Outcome

    @property
    def table(self) -> str:
        """The table that is asked about: the first at which several must consent."""
        found = next((t.id for t in self.situation.tables if len(t.consent) > 1), None)
        if found is None:
            raise UsageError(f"'{self.name}' has no table at which several must consent. Add one, or leave it out.")
        return found
