"""What one agenda of a table comes to, beside the others: names instead of indices, points instead of basis points."""

from dataclasses import dataclass

from detente.levers import Verdict


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
class Clash:
    """A precondition that a red line rules out whatever else is on the table: what is asked, and the line against it.

    The red line points the other way: at most `line` where at least `at` is asked.
    """

    issue: str
    by: str
    accepts: str
    at: float
    against: str
    line: float | None


@dataclass(frozen=True, slots=True)
class Second:
    """A second package that takes a first deal as its status quo; gains and listing costs are beyond that deal.

    `chosen` is None where there is no second deal. Without a first deal `packages` is 0: nothing can start.
    """

    packages: int
    deals: int
    chosen: tuple[tuple[str, float], ...] | None
    gains: tuple[Gain, ...]
    blocked: tuple[tuple[Blocker, ...], ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """One agenda: the contested issues added to it, how, and what follows.

    `tied` packages share the greatest Nash product, `chosen` is the first of them. Each set in `blocked` would open a
    deal if all that is in it were set aside. `asks` is what the one who sets a precondition asks, and from where.
    Figures at the best guess take red lines at their word; `share` is the share of draws in which a deal exists (a
    share of the model's draws, not a probability), None where nothing is open.

    `asked_of` says of what the verdict, the packages, the blockades and the share speak: the "table", the "first stage"
    of two, the "own table" of the issues, or the id of the linked table at which they are settled. `gains` are totals
    over both stages and all tables. `linkage` is what the same issues as options at this table would give each party
    beyond this, `held_up` who, with the first deal banked, gains less than with everything at once. `clashes` are the
    preconditions that a red line rules out. `same_as` names the row of these issues with the same outcome, if any.
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
    asked_of: str = "table"
    stage_two: Second | None = None
    clashes: tuple[Clash, ...] = ()
    linkage: tuple[tuple[str, float], ...] = ()
    held_up: tuple[str, ...] = ()
    same_as: str | None = None
