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
    """A party whose consent alone stands in the way: its red line, or that it is better off without a deal."""

    party: str
    reason: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """One agenda: the contested issues added to it, how, and what follows.

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
    gains: tuple[Gain, ...]
    blockers: tuple[Blocker, ...]
    worse_off: tuple[str, ...]
    listing_cost: tuple[tuple[str, float | None], ...]
    share: float | None


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
    """Every answer for one reading of the situation; `table` is the first table, None where there is none."""

    situation: Situation
    table: str | None
    gaps: tuple[Gap, ...] = ()
    bodies: tuple[Body, ...] = ()
    agendas: tuple[Agenda, ...] = ()
    coverage: tuple[Covered, ...] = ()


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
