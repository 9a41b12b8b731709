"""Which deal does the Nash product choose, and how far could each party get with the others' consent?

Among the packages that gain no party less than nothing, the Nash product chooses the one with the greatest product of
gains (Nash 1950). Where some party can gain nothing in any of them, the product runs over those who do gain, after the
greatest possible number of them; the choice then is still undominated. Ratifiers must not lose, but do not bargain:
the product does not run over them.

Where the table has a rule of its own, the packages that it carries are the deals, and the choice is the one that most
of those who bargain accept, then the one with the greatest product over those of them who gain.

Floats only narrow the field: whatever comes close to the greatest product is compared again as whole numbers.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.errors import AnalysisError
from detente.search.packages.blocks import CELLS, Block, blocks, precision
from detente.search.packages.consent import by_votes, carrying
from detente.search.packages.sets import accepted_by_all_of, by_exactly, ones
from detente.search.packages.space import LIMIT, Space
from detente.search.packages.stakes import Stakes, stakes

PER_PARTY = 1e4  # one more party that gains outweighs every sum of logarithms of gains
PER_VOTE = 1e6  # and one more that accepts outweighs both
CLOSE = 1e-9  # logarithms closer than this are compared again as exact products
CLOSE_VOTES = 1e-6  # the same beside counts of those who accept
SETS = 12  # parties whose sets of acceptors are counted
NEVER = -(1 << 62)  # below any score


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What one pass over the packages finds.

    ===========  ==================  ===================================================================
    needed       per party           whose acceptance is needed: the consenting parties, then the ratifiers
    acceptable   *draw               admissible packages that gain none of them less than nothing, or under a rule
                                     that it carries: the deals
    found        *draw               whether there is one
    chosen       *draw issue         the choice, first of equals; the status quo where there is none
    gains        *draw party         at the choice, basis points; 0 where there is none
    tied         *draw               packages that are as good
    ties         tie issue           those packages (one case only)
    reachable    *draw party         whether some package is a deal once the party accepts it
    spared       *draw party         whether some package is one without it; never under unanimity
    reach        *draw party         the most it gains in one of those, however little that is; 0 where none
    reached      *draw party issue   that package; the status quo where none
    accepted_by  *draw set           packages on the agenda accepted by exactly this set of `needed` (its bit mask)
    accepted_in  everyone package    draws in which the package is on the agenda and accepted: by each of `needed`,
                                     and, the last row, in which it is a deal
    ===========  ==================  ===================================================================

    For `accepted_by` and `accepted_in` a party accepts what gains it no less than nothing and crosses no red line of
    its own; the space should keep the levels that red lines exclude. Under a rule only packages within all red lines
    count there, because these bind whoever is outvoted.
    `reachable`, `spared`, `reach` and `reached` are empty (no party) where they were not asked for, and so are
    `accepted_by` and `accepted_in`.
    """

    needed: tuple[str, ...]
    acceptable: Int[np.ndarray, "*draw"]
    found: Bool[np.ndarray, "*draw"]
    chosen: Int[np.ndarray, "*draw issue"]
    gains: Int[np.ndarray, "*draw party"]
    tied: Int[np.ndarray, "*draw"]
    ties: Int[np.ndarray, "tie issue"]
    reachable: Bool[np.ndarray, "*draw reacher"]
    spared: Bool[np.ndarray, "*draw reacher"]
    reach: Int[np.ndarray, "*draw reacher"]
    reached: Int[np.ndarray, "*draw reacher issue"]
    accepted_by: Int[np.ndarray, "*draw set"]
    accepted_in: Int[np.ndarray, "everyone package"]


def choose(
    packages: Space, *, limit: int = LIMIT, reach: bool = True, sets: bool = False, shares: bool = False
) -> Choice:
    """Find the choice in one pass, for one case or per draw.

    With `reach` also the most each party could get with the others' consent; with `sets` also how many packages each
    set of parties accepts; with `shares` also in how many draws each package is accepted, and by whom.

    Raises AnalysisError where there are more packages x draws than `limit`, where scores are too great to be held
    exactly, and for `sets` where acceptance of more than 12 parties is needed.
    """
    held = stakes(packages.deals)
    _check(packages, held, limit, sets)
    seen = _Seen.nothing(
        held, sets=sets, reachers=held.bargaining if reach else 0, packages=packages.size if shares else 0
    )
    exactly, rows = precision(held), np.arange(held.draws)
    cells = max(1 << 10, CELLS >> max(0, len(held.parties) - 6)) if sets else CELLS
    if by_votes(packages.deals):
        seen.top[:] = -np.inf
        enough = carrying(packages.deals)
        for block in blocks(packages, held, rows, kind="float64", cells=cells):
            _look_at_votes(seen, block, enough, held.bargaining)
        return _choice(packages, held, seen)
    idle = _idle(packages, held)
    for block in blocks(packages, held, rows, kind=exactly.kind, cells=cells, lines=sets or shares):
        _look(seen, block, idle if exactly.products else None)
    if sets:
        seen.acceptable[:] = seen.accepted[-1]
    again = rows[(seen.acceptable > 0) & (seen.top <= 0)]
    seen.top[again] = -np.inf
    for block in blocks(packages, held, again, kind="float64"):
        _look_at_logarithms(seen, block, held.bargaining)
    return _choice(packages, held, seen)


def _check(packages: Space, held: Stakes, limit: int, sets: bool) -> None:
    table = packages.deals.table
    if packages.size * held.draws > limit:
        raise AnalysisError(
            f"Table '{table}' has {packages.size:,} packages in {held.draws:,} draws, more than the {limit:,} "
            "that are enumerated. Take levels or issues off, or ask for fewer draws."
        )
    if sets and len(held.parties) > SETS:
        raise AnalysisError(
            f"At table '{table}' the acceptance of {len(held.parties)} parties is needed; who accepts what is "
            f"counted for at most {SETS}. Ask without the sets of parties, or about a table of fewer parties."
        )


def _idle(packages: Space, held: Stakes) -> Bool[np.ndarray, "draw party"]:
    """Return who can gain nothing in any package of a draw, and so has no part in the product."""
    most = -held.floor
    for score, kept in zip(held.score, packages.kept, strict=True):
        most = most + score[:, :, kept].max(axis=-1, initial=NEVER)
    for cross in held.crosses:
        most = most + cross.score.max(axis=(-2, -1), initial=0)
    return np.asarray(most[:, : held.bargaining] <= 0)


@dataclass(slots=True)
class _Seen:
    """What the pass has seen so far; the only thing here that changes.

    `top` is the greatest product so far (0: none, or somebody gains nothing), or its logarithm in the draws that need
    it; `low` the least that may still be the greatest once compared exactly; `near` whatever was above it: draws,
    package numbers and values.
    """

    acceptable: Int[np.ndarray, " draw"]
    top: Float[np.ndarray, " draw"]
    low: Float[np.ndarray, " draw"]
    accepted: Int[np.ndarray, "set draw"]
    shares: Int[np.ndarray, "everyone package"]
    reach: Float[np.ndarray, "draw reacher"]
    reached: Int[np.ndarray, "draw reacher"]
    spared: Bool[np.ndarray, "draw reacher"]
    near: list[tuple[Int[np.ndarray, " near"], Int[np.ndarray, " near"], Float[np.ndarray, " near"]]]

    @staticmethod
    def nothing(held: Stakes, *, sets: bool, reachers: int, packages: int) -> "_Seen":
        """Return what is seen before the first block."""
        return _Seen(
            acceptable=np.zeros(held.draws, dtype=np.int64),
            top=np.zeros(held.draws),
            low=np.full(held.draws, -np.inf),
            accepted=np.zeros((1 << len(held.parties) if sets else 0, held.draws), dtype=np.int64),
            shares=np.zeros((len(held.parties) + 1 if packages else 0, packages), dtype=np.int64),
            reach=np.full((held.draws, reachers), -np.inf),
            reached=np.zeros((held.draws, reachers), dtype=np.int64),
            spared=np.zeros((held.draws, reachers), dtype=bool),
            near=[],
        )

    def note(self, block: Block, value: Float[np.ndarray, "row package"], slack: tuple[float, float]) -> None:
        """Keep what comes as close to the greatest value as `slack`: a share of it, and an amount."""
        rows = block.draws
        self.top[rows] = np.maximum(self.top[rows], value.max(axis=1))
        self.low[rows] = self.top[rows] * (1 - slack[0]) - slack[1]
        open_rows = self.top[rows] > (0 if slack[0] else -np.inf)
        least = np.where(open_rows, self.low[rows], np.inf).astype(value.dtype)
        row, at = np.divmod(np.flatnonzero(value >= least[:, None]), value.shape[1])
        self.near.append((rows[row], block.start + at, value[row, at].astype(np.float64)))


def _look(seen: _Seen, block: Block, idle: Bool[np.ndarray, "draw party"] | None) -> None:
    """Count who accepts what in a block, and note what comes close to the greatest product, where it is held."""
    kind, shape = block.first.dtype, block.fine.shape
    flat = (shape[0], shape[1] * shape[2])
    gains, content = [], []
    everyone = block.fine.reshape(flat).copy()
    product, own = np.ones(flat, dtype=kind), np.empty(shape, dtype=kind)
    for p in range(len(block.first)):
        if seen.reach.size:
            own = np.empty(shape, dtype=kind)
            gains.append(own.reshape(flat))
        gained = block.gains(p, own).reshape(flat)
        content.append(gained >= 0)
        everyone &= content[p]
        if idle is not None and p < idle.shape[1]:
            out = idle[block.draws, p]
            product *= gained + out[:, None].astype(kind) if out.any() else gained
    if not seen.accepted.size:
        seen.acceptable[block.draws] += ones(everyone)
    if seen.accepted.size or seen.shares.size:
        agenda = (block.fine if block.agenda is None else block.agenda).reshape(flat)
        accepts = [c if w is None else c & w.reshape(flat) for c, w in zip(content, block.within, strict=True)]
        _look_at_acceptance(seen, block, agenda, [*accepts, everyone])
    if idle is not None:
        product *= everyone
        seen.note(block, product, (4 * len(block.first) * float(np.finfo(kind).eps), 0.0))
    if seen.reach.size:
        fine = block.fine.reshape(flat)
        before = list(accumulate(content, np.logical_and, initial=fine))
        after = list(accumulate(reversed(content), np.logical_and, initial=fine))[::-1]
        _look_for_reach(seen, block, gains, (before[p] & after[p + 1] for p in range(len(gains))))


def _look_at_votes(seen: _Seen, block: Block, enough: Bool[np.ndarray, " mask"], bargaining: int) -> None:
    """Do the same where those sets are `enough` that a rule lets carry a package: more acceptors come first."""
    shape = (len(block.fine), -1)
    gains = [block.gains(p, np.empty(block.fine.shape)).reshape(shape) for p in range(len(block.first))]
    content = [own >= 0 for own in gains]
    key, fine = np.zeros(gains[0].shape), block.fine.reshape(shape)
    sets = np.zeros(key.shape, dtype=np.int64)
    for p, own in enumerate(gains):
        sets |= content[p].astype(np.int64) << p
        if p < bargaining:
            key += np.where(own > 0, np.log(np.maximum(own, 1)) + PER_PARTY, 0.0) + PER_VOTE * content[p]
    deal = fine & enough[sets]
    seen.acceptable[block.draws] += ones(deal)
    if seen.accepted.size or seen.shares.size:
        _look_at_acceptance(seen, block, fine, [*content, deal])
    key[~deal] = -np.inf
    seen.note(block, key, (0.0, CLOSE_VOTES))
    if seen.reach.size:
        _look_for_reach(seen, block, gains, (fine & enough[sets | 1 << p] for p in range(bargaining)))
        for p in range(bargaining):
            seen.spared[block.draws, p] |= (fine & enough[sets & ~(1 << p)]).any(axis=1)


def _look_at_acceptance(
    seen: _Seen, block: Block, agenda: Bool[np.ndarray, "row package"], accepts: list[Bool[np.ndarray, "row package"]]
) -> None:
    """Count what each set of parties accepts, and in how many draws each package is accepted; the last: a deal."""
    rows, count = agenda.shape
    if seen.accepted.size:
        seen.accepted[:, block.draws] += accepted_by_all_of(agenda, accepts[:-1])
    if seen.shares.size:
        small = np.uint8 if rows < 256 else np.uint32  # sums of bytes are quick where they fit
        for k, flags in enumerate(accepts):
            total = np.add.reduce((flags & agenda).view(np.uint8), axis=0, dtype=small)
            seen.shares[k, block.start : block.start + count] += total


def _look_for_reach(
    seen: _Seen,
    block: Block,
    gains: list[Float[np.ndarray, "row package"]],
    left: Iterable[Bool[np.ndarray, "row package"]],
) -> None:
    """Find the most each party gains among the packages that are left to it, because the others accept them."""
    rows, row = block.draws, np.arange(block.draws.size)
    for p, allowed in zip(range(seen.reach.shape[1]), left, strict=False):
        own = np.where(allowed, gains[p], -np.inf)
        at = own.argmax(axis=1)
        better = own[row, at] > seen.reach[rows, p]
        seen.reach[rows[better], p] = own[row, at][better]
        seen.reached[rows[better], p] = block.start + at[better]


def _look_at_logarithms(seen: _Seen, block: Block, bargaining: int) -> None:
    """Note what comes close to the greatest product over those who gain, more of them counting first."""
    everyone = block.fine.copy()
    key, own = np.zeros(everyone.shape), np.empty(everyone.shape)
    for p in range(len(block.first)):
        block.gains(p, own)
        everyone &= own >= 0
        if p < bargaining:
            key += np.where(own > 0, np.log(np.maximum(own, 1)) + PER_PARTY, 0.0)
    key[~everyone] = -np.inf
    seen.note(block, key.reshape(len(key), -1), (0.0, CLOSE))


def _choice(packages: Space, held: Stakes, seen: _Seen) -> Choice:
    deals = packages.deals
    shape, issues = deals.draws, len(deals.issues)
    draw, number, gained = _greatest(packages, held, seen)
    having, first = np.unique(draw, return_index=True)
    gains = np.zeros((held.draws, held.bargaining), dtype=np.int64)
    gains[having] = gained[first]
    chosen = np.tile(np.array(deals.status_quo, dtype=np.int64), (held.draws, 1))
    chosen[having] = packages.decode(number[first])
    reachable = seen.reach > -np.inf
    reached = np.tile(np.array(deals.status_quo, dtype=np.int64), (*reachable.shape, 1))
    reached[reachable] = packages.decode(seen.reached[reachable])
    return Choice(
        needed=held.parties,
        acceptable=seen.acceptable.reshape(shape),
        found=(seen.acceptable > 0).reshape(shape),
        chosen=chosen.reshape(*shape, issues),
        gains=gains.reshape(*shape, held.bargaining),
        tied=np.bincount(draw, minlength=held.draws).reshape(shape),
        ties=packages.decode(number if not shape else number[:0]),
        reachable=reachable.reshape(*shape, -1),
        spared=seen.spared.reshape(*shape, -1),
        reach=np.where(reachable, seen.reach, 0).astype(np.int64).reshape(*shape, -1),
        reached=reached.reshape(*shape, -1, issues),
        accepted_in=seen.shares,
        accepted_by=np.ascontiguousarray(by_exactly(seen.accepted).T).reshape(*shape, -1),
    )


def _greatest(
    packages: Space, held: Stakes, seen: _Seen
) -> tuple[Int[np.ndarray, " best"], Int[np.ndarray, " best"], Int[np.ndarray, "best party"]]:
    """Compare what came close as whole numbers; return the greatest: draws, in order, package numbers and gains."""
    draw, number, value = (np.concatenate(c) for c in zip(*seen.near, strict=True)) if seen.near else _no_one()
    close = value >= seen.low[draw].astype(np.float64)
    draw, number = draw[close], number[close]
    order = np.lexsort((number, draw))
    draw, number = draw[order], number[order]
    gained = held.gains(draw, packages.decode(number))[:, : held.bargaining]
    best = np.ones(draw.size, dtype=bool)
    rivals = np.flatnonzero(np.bincount(draw, minlength=held.draws)[draw] > 1)
    if rivals.size:
        rank = _ranks(gained[rivals])
        most = np.full(held.draws, -1)
        np.maximum.at(most, draw[rivals], rank)
        best[rivals] = rank == most[draw[rivals]]
    return draw[best], number[best], gained[best]


def _no_one() -> tuple[Int[np.ndarray, " none"], Int[np.ndarray, " none"], Float[np.ndarray, " none"]]:
    return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)


def _ranks(gained: Int[np.ndarray, "near party"]) -> Int[np.ndarray, " near"]:
    """Rank gains by how many parties lose nothing, how many gain, and by the exact product; equal ones rank alike."""
    rows, which = np.unique(gained, axis=0, return_inverse=True)
    worth = []
    for row in rows.tolist():
        positive = [g for g in row if g > 0]
        worth.append((sum(g >= 0 for g in row), len(positive), math.prod(positive)))
    place = {key: k for k, key in enumerate(sorted(set(worth)))}
    return np.array([place[key] for key in worth], dtype=np.int64)[which.reshape(-1)]
