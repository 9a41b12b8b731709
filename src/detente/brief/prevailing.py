"""What was found out about a body that decides together, before it is put into words."""

from dataclasses import dataclass

from detente.boards.decision import Shift
from detente.levers.agreement import Agreement
from detente.situation.nouns import Situation
from detente.situation.values import Range


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one member stands on an issue, how much it cares, and what it weighs; influence is 1 where none is said."""

    party: str
    position: Range
    salience: Range
    influence: Range | None


@dataclass(frozen=True, slots=True)
class Band:
    """A distribution in short, in the issue's unit: its median, and the ends of an 80 % interval.

    That is the middle 80 % of a model's weight; of the default forecast, the middle part that 80 % of past decisions
    fell into (`detente.analyses.prevails.INTERVAL`).
    """

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Lens:
    """What one model says of one issue over the draws: the mean of its one value, and a band; or why it says nothing.

    `name` is the analysis; `band` is None for a model that only names a value.
    """

    name: str
    point: float | None
    band: Band | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class OnIssue:
    """Where the decision of a body lies on one issue.

    `shares` is the share of the forecast at each of evenly spread levels of the scale, both ends included, adding up to
    1, over all draws; `forecast` sums it up. `compromise` is the mean and `climatology` what past decisions elsewhere
    would say: they stand beside every finer model. `lenses` are all the models, the default first. `agreed` is
    whether everybody stands at one place, whatever the draw.
    """

    issue: str
    standings: tuple[Standing, ...]
    shares: tuple[float, ...]
    forecast: Band
    compromise: float
    climatology: Band
    lenses: tuple[Lens, ...]
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Rounds:
    """How one model's bargaining goes at the best guess: `path[round][party][issue]`, first row as given.

    `settled` says whether it came to rest before the last round that was allowed.
    """

    model: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    path: tuple[tuple[tuple[float, ...], ...], ...]
    shifts: tuple[Shift, ...]
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevailing:
    """Who prevails inside one body, issue by issue.

    `body` is the party that decides by its members, None where the parties of `table` are looked at as if they did;
    `veto` says that each of them can say no, so that this is one lens on them and no forecast. `chosen` is the model
    whose rounds are shown. `unheard` are members without a stance on any issue, `left_out` issues that nobody, or only
    one member, cares about, with that member. `remarks` are what a file of actors was read in another way than it
    stands.
    """

    situation: Situation
    body: str | None
    table: str | None
    members: tuple[str, ...]
    veto: bool
    chosen: str
    issues: tuple[OnIssue, ...]
    rounds: Rounds | None
    agreement: Agreement | None
    unheard: tuple[str, ...]
    left_out: tuple[tuple[str, str | None], ...]
    draws: int
    seed: int
    version: str
    fingerprint: str
    remarks: tuple[str, ...] = ()
