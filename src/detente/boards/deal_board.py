"""What is every level of every issue worth to every party whose consent a table needs?"""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.drawn import Draws, draw_shape, drawn
from detente.boards.frame import Frame, NoDealChoice, empty_pairs, frame, no_deal_kind, no_deal_rows
from detente.boards.scoring import Condition, accepts, distance_score, rounded
from detente.boards.votes import Rule
from detente.errors import BoardError
from detente.situation.nouns import Situation
from detente.situation.paths import score_path, together_path

__all__ = ["RED_LINES", "Cross", "Deals", "Rule", "Watchers", "Worth", "board", "deals"]

RED_LINES = ("bind", "ignore")


@dataclass(frozen=True, slots=True)
class Cross:
    """What the levels of two issues are worth together, beyond what each is worth alone; `first` < `second`."""

    first: int
    second: int
    score: Int[np.ndarray, "*draw party _first _second"]


@dataclass(frozen=True, slots=True)
class Watchers:
    """Parties that do not bargain at a table but have a stake in it: those that press, are consulted, or ratify.

    Who leans on a party at the table, as its ally or as a lobby, is one of them too.

    ============  ================================  ===================================================
    score         per issue: *draw watcher option   basis points beside the status quo
    no_deal       *draw watcher                     what a watcher has without a deal
    ratifies      per watcher                       it must not lose by a package, or there is no deal
    interactions  pairs of issues                   what their levels are worth together, to watchers
    admits        per issue: *draw watcher option   the watcher's red line leaves the level acceptable
    ============  ================================  ===================================================

    Of the red lines of watchers, those of ratifiers bind.
    """

    parties: tuple[str, ...]
    score: tuple[Int[np.ndarray, "*draw watcher _option"], ...]
    no_deal: Int[np.ndarray, "*draw watcher"]
    ratifies: tuple[bool, ...]
    interactions: tuple[Cross, ...] = ()
    admits: tuple[Bool[np.ndarray, "*draw watcher _option"], ...] = ()

    def in_draws(self, rows: Int[np.ndarray, " row"]) -> "Watchers":
        """Return the watchers in some of the draws only."""
        return replace(
            self,
            score=tuple(s[rows] for s in self.score),
            no_deal=self.no_deal[rows],
            interactions=tuple(replace(c, score=c.score[rows]) for c in self.interactions),
            admits=tuple(a[rows] for a in self.admits),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Deals:
    """One table as arrays of whole basis points (10 000 = a full-scale move on an issue of salience 100).

    ============  ==================================  =====================================================
    levels        per issue: option                   in the issue's unit, ascending, with the status quo
    status_quo    per issue                           index of the level where things stand
    score         per issue: *draw party option       beside the status quo
    no_deal       *draw party                         what a party has without a deal
    admits        per issue: *draw party option       the party's red line leaves the level acceptable
    listing_cost  *draw party issue                   what merely listing an issue costs a party
    meets         per issue: *draw presser option     the level meets the presser's condition
    open          per issue: *draw option             the agenda leaves the level open
    spared        per issue                           red lines do not bind the status quo
    listed        per issue                           the listing costs count
    interactions  pairs of issues: *draw party a b    what levels a and b are worth together, beyond each alone
    rule          -                                   whose acceptance carries a package; None: everybody's
    watchers      -                                   who has a stake without a seat; None: nobody
    ============  ==================================  =====================================================

    As built, every level is open, red lines bind all of them and nothing is listed; `with_modes` sets an agenda.
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    levels: tuple[Float[np.ndarray, " _option"], ...]
    status_quo: tuple[int, ...]
    score: tuple[Int[np.ndarray, "*draw party _option"], ...]
    no_deal: Int[np.ndarray, "*draw party"]
    admits: tuple[Bool[np.ndarray, "*draw party _option"], ...]
    listing_cost: Int[np.ndarray, "*draw party issue"]
    pressers: tuple[str, ...]
    pressed: tuple[tuple[str, ...], ...]
    conditions: tuple[tuple[Condition, ...], ...]
    meets: tuple[Bool[np.ndarray, "*draw presser _option"], ...]
    no_deal_kind: str
    open: tuple[Bool[np.ndarray, "*draw _option"], ...]
    spared: tuple[bool, ...]
    listed: tuple[bool, ...]
    interactions: tuple[Cross, ...] = ()
    rule: Rule | None = None
    watchers: Watchers | None = None

    @property
    def draws(self) -> tuple[int, ...]:
        """The leading axes: none for one case, one for an ensemble."""
        return self.no_deal.shape[:-1]

    def admissible(self, issue: int) -> Bool[np.ndarray, "*draw party _option"]:
        """Return which levels each party's red line leaves acceptable on this agenda."""
        admits = self.admits[issue]
        if self.spared[issue]:
            admits = admits.copy()
            admits[..., self.status_quo[issue]] = True
        return admits

    def valued(self) -> tuple[Cross, ...]:
        """Return what levels are worth together to the parties, then to the ratifiers: one axis for all of them."""
        seen = self.watchers
        if seen is None or not any(seen.ratifies):
            return self.interactions
        rows, count = np.flatnonzero(seen.ratifies), len(self.parties)
        own = {(c.first, c.second): c.score for c in self.interactions}
        theirs = {(c.first, c.second): c.score[..., rows, :, :] for c in seen.interactions}
        found = []
        for pair in sorted({*own, *theirs}):
            like = own[pair] if pair in own else theirs[pair]
            score = np.zeros((*like.shape[:-3], count + rows.size, *like.shape[-2:]), dtype=np.int64)
            score[..., :count, :, :] = own.get(pair, 0)
            score[..., count:, :, :] = theirs.get(pair, 0)
            found.append(Cross(*pair, score=score))
        return tuple(found)

    def floor(self) -> Int[np.ndarray, "*draw party"]:
        """Return what a package's scores must reach for each party: its no-deal value and its listing costs."""
        if not any(self.listed):
            return self.no_deal
        return np.asarray(self.no_deal + self.listing_cost[..., np.array(self.listed)].sum(axis=-1))


def deals(
    situation: Situation,
    table: str,
    *,
    draws: Draws | None = None,
    no_deal: NoDealChoice = "auto",
    red_lines: str = "bind",
) -> Deals:
    """Set out what is at stake at a table, at the best values or one case per draw.

    Without draws `red_lines` says whether every red line is taken as real ("bind") or none ("ignore"). With draws a
    line is real where the draw of `party.issue.real` lies below the draw of its hardness. `no_deal` is "auto"
    (entered values where every consenting party has one, else the status quo), "status-quo", "entered", or an array.
    A watcher's entered value counts unless the status quo is asked for.

    Raises BoardError where the table is unknown, has nothing to bargain over, or lacks the values asked for.
    """
    if red_lines not in RED_LINES:
        raise BoardError(f"Red lines cannot be '{red_lines}'. Choose one of: {', '.join(RED_LINES)}.")
    laid = frame(situation, table)
    shape = draw_shape(draws)
    levels = _levels_drawn(laid, draws, shape)
    score, admits = [], []
    for i, at in enumerate(levels):
        cells = [(p, i) for p in range(len(laid.voices))]
        score.append(np.stack([_score(laid, draws, cell, at) for cell in cells], axis=-2))
        admits.append(np.stack([_admits(laid, draws, cell, at, red_lines) for cell in cells], axis=-2))
    for p, i, option, row in laid.scores:
        score[i][..., p, option] = rounded(drawn(score_path(row), row.value, draws))
    worth = Worth(
        score=tuple(score),
        admits=tuple(admits),
        meets=_meets(laid, draws, levels),
        no_deal=_no_deal(laid, draws, no_deal, shape),
        listing_cost=_listing_cost(laid, draws, shape),
        together=_together(laid, draws, shape),
    )
    return board(laid, no_deal_kind(laid.table, no_deal), worth)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """The numbers of a `Deals` board, without its names; the voices are the parties, then the watchers."""

    score: tuple[Int[np.ndarray, "*draw voice _option"], ...]
    admits: tuple[Bool[np.ndarray, "*draw voice _option"], ...]
    meets: tuple[Bool[np.ndarray, "*draw presser _option"], ...]
    no_deal: Int[np.ndarray, "*draw voice"]
    listing_cost: Int[np.ndarray, "*draw party issue"]
    together: tuple[Int[np.ndarray, "*draw voice _first _second"], ...]


def board(laid: Frame, kind: str, worth: Worth) -> Deals:
    """Put names and numbers together: every level open, nothing listed."""
    count, seats = len(laid.issues), slice(0, len(laid.parties))
    return Deals(
        table=laid.table.id,
        parties=laid.parties,
        issues=tuple(i.id for i in laid.issues),
        levels=laid.levels,
        status_quo=laid.status_quo,
        score=tuple(s[..., seats, :] for s in worth.score),
        no_deal=worth.no_deal[..., seats],
        admits=tuple(a[..., seats, :] for a in worth.admits),
        listing_cost=worth.listing_cost,
        pressers=laid.pressers,
        pressed=laid.pressed,
        conditions=laid.conditions,
        meets=worth.meets,
        no_deal_kind=kind,
        open=tuple(np.ones((*worth.no_deal.shape[:-1], len(at)), dtype=bool) for at in laid.levels),
        spared=(False,) * count,
        listed=(False,) * count,
        interactions=_crosses(laid, worth, seats),
        rule=laid.rule,
        watchers=_watchers(laid, worth),
    )


def with_worth(deals: Deals, laid: Frame, worth: Worth) -> Deals:
    """Put other numbers on a board of the same frame; its agenda stays."""
    seats = slice(0, len(laid.parties))
    return replace(
        deals,
        score=tuple(s[..., seats, :] for s in worth.score),
        no_deal=worth.no_deal[..., seats],
        admits=tuple(a[..., seats, :] for a in worth.admits),
        listing_cost=worth.listing_cost,
        meets=worth.meets,
        interactions=_crosses(laid, worth, seats),
        watchers=_watchers(laid, worth),
    )


def _crosses(laid: Frame, worth: Worth, whose: slice) -> tuple[Cross, ...]:
    """Return the pairs of issues that some of these voices value together."""
    among = range(len(laid.voices))[whose]
    used = sorted({k for voice, k, _, _ in laid.together if voice in among})
    return tuple(Cross(*laid.pairs[k], score=worth.together[k][..., whose, :, :]) for k in used)


def _watchers(laid: Frame, worth: Worth) -> Watchers | None:
    if not laid.watchers:
        return None
    rest = slice(len(laid.parties), None)
    return Watchers(
        parties=laid.watchers,
        score=tuple(s[..., rest, :] for s in worth.score),
        no_deal=worth.no_deal[..., rest],
        ratifies=tuple(w in laid.table.ratifiers for w in laid.watchers),
        interactions=_crosses(laid, worth, rest),
        admits=tuple(a[..., rest, :] for a in worth.admits),
    )


def _levels_drawn(
    laid: Frame, draws: Draws | None, shape: tuple[int, ...]
) -> tuple[Float[np.ndarray, "*draw _option"], ...]:
    """Return the levels per draw: the status-quo level is wherever a draw puts the status quo, the others stay."""
    drawn_levels = []
    for issue, at, now in zip(laid.issues, laid.levels, laid.status_quo, strict=True):
        levels = np.broadcast_to(at, (*shape, at.size)).copy()
        levels[..., now] = drawn(f"{issue.id}.status_quo", issue.status_quo, draws)
        drawn_levels.append(levels)
    return tuple(drawn_levels)


def _score(
    laid: Frame, draws: Draws | None, cell: tuple[int, int], levels: Float[np.ndarray, "*draw _option"]
) -> Int[np.ndarray, "*draw _option"]:
    p, i = cell
    party, issue = laid.voices[p], laid.issues[i]
    stance = laid.stances.get((party, issue.id))
    if stance is None:
        return np.zeros(levels.shape, dtype=np.int64)
    path = f"{party}.{issue.id}"
    return distance_score(
        drawn(f"{path}.position", stance.position, draws)[..., None],
        drawn(f"{path}.salience", stance.salience, draws)[..., None],
        status_quo=levels[..., [laid.status_quo[i]]],
        level=levels,
        width=max(issue.scale) - min(issue.scale),
    )


def _admits(
    laid: Frame,
    draws: Draws | None,
    cell: tuple[int, int],
    levels: Float[np.ndarray, "*draw _option"],
    red_lines: str,
) -> Bool[np.ndarray, "*draw _option"]:
    p, i = cell
    path = f"{laid.voices[p]}.{laid.issues[i].id}"
    stance = laid.stances.get((laid.voices[p], laid.issues[i].id))
    line = stance.red_line if stance is not None else None
    if line is None or red_lines == "ignore":
        return np.ones(levels.shape, dtype=bool)
    within = accepts(line, drawn(f"{path}.red_line", line.at, draws)[..., None], levels)
    if not draws or f"{path}.real" not in draws:
        return within
    real = draws[f"{path}.real"] < drawn(f"{path}.hardness", line.hardness, draws)
    return np.asarray(within | ~real[..., None])


def _meets(
    laid: Frame, draws: Draws | None, levels: tuple[Float[np.ndarray, "*draw _option"], ...]
) -> tuple[Bool[np.ndarray, "*draw presser _option"], ...]:
    rows = []
    for issue, asked, at in zip(laid.issues, laid.conditions, levels, strict=True):
        met = np.ones((*at.shape[:-1], len(asked), at.shape[-1]), dtype=bool)
        for k, (presser, asks) in enumerate(zip(laid.pressers, asked, strict=True)):
            stance = laid.stances.get((presser, issue.id))
            if stance is not None and stance.red_line is not None:
                line = drawn(f"{presser}.{issue.id}.red_line", stance.red_line.at, draws)
                met[..., k, :] = accepts(stance.red_line, line[..., None], at)
            else:
                met[..., k, :] = asks.met(at)
        rows.append(met)
    return tuple(rows)


def _no_deal(
    laid: Frame, draws: Draws | None, choice: NoDealChoice, shape: tuple[int, ...]
) -> Int[np.ndarray, "*draw voice"]:
    seats = len(laid.parties)
    values = np.zeros((*shape, len(laid.voices)), dtype=np.int64)
    for voice, row in no_deal_rows(laid, choice):
        path = f"{laid.table.id}.no_deal.{row.party}"
        values[..., voice] = rounded(drawn(path, row.value, draws))
    if not isinstance(choice, str):
        if choice.shape[-1:] != (seats,) or choice.shape[:-1] not in ((), shape):
            raise BoardError(
                f"The no-deal values given for table '{laid.table.id}' have shape {choice.shape}. "
                f"Give one per consenting party ({', '.join(laid.parties)}), or that per draw."
            )
        values[..., :seats] = choice
    return values


def _together(
    laid: Frame, draws: Draws | None, shape: tuple[int, ...]
) -> tuple[Int[np.ndarray, "*draw voice _first _second"], ...]:
    worth = empty_pairs(laid, shape)
    for voice, pair, (a, b), row in laid.together:
        worth[pair][..., voice, a, b] = rounded(drawn(together_path(row), row.value, draws))
    return worth


def _listing_cost(laid: Frame, draws: Draws | None, shape: tuple[int, ...]) -> Int[np.ndarray, "*draw party issue"]:
    names = [i.id for i in laid.issues]
    cost = np.zeros((*shape, len(laid.parties), len(names)), dtype=np.int64)
    for row in laid.table.listing_costs:
        if row.party in laid.parties and row.issue in names:
            path = f"{laid.table.id}.{row.issue}.listing_cost.{row.party}"
            drawn_cost = rounded(drawn(path, row.cost, draws))
            cost[..., laid.parties.index(row.party), names.index(row.issue)] = drawn_cost
    return cost
