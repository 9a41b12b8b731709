"""What was found out about a situation, before it is put into words: names instead of indices, results of the analyses.

The desk fills these in; the sections read them. A `View` holds the answers for one reading of the situation: as
completed, or from the text alone.
"""

from dataclasses import dataclass

from detente.levers import Silence, Verdict
from detente.situation.nouns import Situation


@dataclass(frozen=True, slots=True)
class Gap:
    """The two parties farthest apart on an issue, and how far, as a share of its scale."""

    issue: str
    one: str
    other: str
    share: float


@dataclass(frozen=True, slots=True)
class Body:
    """The compromise mean of one issue inside a body that decides together."""

    party: str
    issue: str
    members: tuple[str, ...]
    mean: float


@dataclass(frozen=True, slots=True)
class Gain:
    """What a consenting party gets from the chosen deal, and what it loses or wins against the narrow agenda.

    Both in points: one full-scale move on an issue of salience 100 is 100 points. `change` is None where one of the
    two agendas has no deal.
    """

    party: str
    points: float
    change: float | None


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that stands in the way: a party's "red_line", or its "value": that it is better off without a deal."""

    party: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a precondition asks of an issue: at least or at most a level, by its red line or the near end of its range.

    `met` says that how things stand meets it already, so that it asks nothing.
    """

    issue: str
    by: str
    at: float
    accepts: str
    from_red_line: bool
    met: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """One agenda: the contested issues added to it, how, and what follows.

    `tied` packages share the greatest Nash product, `chosen` is the first of them. Each set in `blocked` would open a
    deal if all that is in it were set aside. `asks` is what the one who sets a precondition asks, and from where.
    Figures at the best guess take red lines at their word; `share` is the share of draws in which a deal exists (a
    share of the model's draws, not a probability), None where nothing is open.
    """

    name: str
    issues: tuple[str, ...]
    mode: str
    by: str | None
    verdict: Verdict
    packages: int
    deals: int
    chosen: tuple[tuple[str, float], ...] | None
    tied: int
    gains: tuple[Gain, ...]
    blocked: tuple[tuple[Blocker, ...], ...]
    worse_off: tuple[str, ...]
    listing_cost: tuple[tuple[str, float | None], ...]
    share: float | None
    asks: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Covered:
    """One action by one actor, and the threats that answer it."""

    action: str
    actor: str
    against: str | None
    assumed: bool
    answered_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Every answer for one reading of the situation; `table` is the first table, None where there is none.

    `unbound` are threats whose condition names no act by anybody, `blocs` the parties that stand close together, per
    issue.
    """

    situation: Situation
    table: str | None
    gaps: tuple[Gap, ...] = ()
    bodies: tuple[Body, ...] = ()
    agendas: tuple[Agenda, ...] = ()
    coverage: tuple[Covered, ...] = ()
    unbound: tuple[str, ...] = ()
    blocs: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a brief is written from."""

    completed: View
    text_only: View
    silences: tuple[Silence, ...]
    texts: tuple[tuple[str, str], ...]  # document id, its text
    version: str
    fingerprint: str
    no_deal: str
    draws: int
    seed: int
