"""Which deal does the Nash product choose, and how far could each party get with the others' consent?

Among the packages that gain no party less than nothing, the Nash product chooses the one with the greatest product of
gains (Nash 1950). Where some party can gain nothing in any of them, the product runs over those who do gain, after the
greatest possible number of them; the choice then is still undominated.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.space import LIMIT, Chunk, Space, chunks

NEVER = np.iinfo(np.int64).min  # below any gain
PER_PARTY = 1e4  # one more party that gains outweighs every sum of logarithms of gains
CLOSE = 1e-9  # logarithms closer than this are compared again as exact products


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What one pass over the packages finds.

    ===========  ==================  ===================================================================
    acceptable   *draw               admissible packages that gain no party less than nothing
    found        *draw               whether there is one
    chosen       *draw issue         the Nash choice, first of equals; the status quo where there is none
    gains        *draw party         at the choice, basis points; 0 where there is none
    tied         *draw               packages with the same, greatest product
    ties         tie issue           those packages (one case only)
    reachable    *draw party         whether some package is acceptable to all the others
    reach        *draw party         the most it gains in one of those, however little that is; 0 where none
    reached      *draw party issue   that package; the status quo where none
    ===========  ==================  ===================================================================
    """

    acceptable: Int[np.ndarray, "*draw"]
    found: Bool[np.ndarray, "*draw"]
    chosen: Int[np.ndarray, "*draw issue"]
    gains: Int[np.ndarray, "*draw party"]
    tied: Int[np.ndarray, "*draw"]
    ties: Int[np.ndarray, "tie issue"]
    reachable: Bool[np.ndarray, "*draw party"]
    reach: Int[np.ndarray, "*draw party"]
    reached: Int[np.ndarray, "*draw party issue"]


def choose(packages: Space, *, limit: int = LIMIT) -> Choice:
    """Find the Nash choice and each party's reach in one pass, for one case or per draw.

    Raises AnalysisError where there are more packages x draws than `limit`.
    """
    deals = packages.deals
    draws, parties = math.prod(deals.draws), len(deals.parties)
    seen = _Seen(
        acceptable=np.zeros(draws, dtype=np.int64),
        key=np.full(draws, -np.inf),
        exact=[(-1, 0)] * draws,
        numbers=[[] for _ in range(draws)],
        gains=np.zeros((draws, parties), dtype=np.int64),
        reach=np.full((draws, parties), NEVER),
        reached=np.zeros((draws, parties), dtype=np.int64),
    )
    for chunk in chunks(packages, limit=limit):
        _look(seen, chunk, draws)
    return _choice(packages, seen)


@dataclass(slots=True)
class _Seen:
    """What the pass has seen so far; the only thing here that changes."""

    acceptable: Int[np.ndarray, " draw"]
    key: Float[np.ndarray, " draw"]
    exact: list[tuple[int, int]]
    numbers: list[list[int]]
    gains: Int[np.ndarray, "draw party"]
    reach: Int[np.ndarray, "draw party"]
    reached: Int[np.ndarray, "draw party"]
    rows: Int[np.ndarray, " draw"] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = np.arange(self.acceptable.size)


def _look(seen: _Seen, chunk: Chunk, draws: int) -> None:
    gains = chunk.gains.reshape(draws, -1, chunk.gains.shape[-1])
    fine = chunk.admissible.reshape(draws, -1)
    content = gains >= 0
    refusing = gains.shape[1] - content.sum(axis=1)
    everyone = fine & (refusing == 0)
    seen.acceptable += everyone.sum(axis=1)
    for p in range(gains.shape[1]):
        others = fine & (refusing == ~content[:, p])
        own = np.where(others, gains[:, p], NEVER)
        at = own.argmax(axis=1)
        most = own[seen.rows, at]
        better = most > seen.reach[:, p]
        seen.reach[better, p], seen.reached[better, p] = most[better], at[better] + chunk.start
    _look_for_nash(seen, chunk.start, gains, everyone)


def _look_for_nash(
    seen: _Seen, start: int, gains: Int[np.ndarray, "draw party package"], everyone: Bool[np.ndarray, "draw package"]
) -> None:
    draw, at = np.nonzero(everyone)
    if not draw.size:
        return
    gained = gains[draw, :, at]
    key = np.log(np.maximum(gained, 1)).sum(axis=1) + PER_PARTY * (gained > 0).sum(axis=1)
    first = np.flatnonzero(np.diff(draw, prepend=-1))
    top = np.maximum.reduceat(key, first)
    seen.key[draw[first]] = np.maximum(seen.key[draw[first]], top)
    for k in np.flatnonzero(key >= seen.key[draw] - CLOSE):
        vector = gained[k].tolist()
        exact = (sum(g > 0 for g in vector), math.prod(g for g in vector if g > 0))
        d = int(draw[k])
        if exact > seen.exact[d]:
            seen.exact[d], seen.numbers[d], seen.gains[d] = exact, [], gained[k]
        if exact == seen.exact[d]:
            seen.numbers[d].append(start + int(at[k]))


def _choice(packages: Space, seen: _Seen) -> Choice:
    deals = packages.deals
    shape, parties, issues = deals.draws, len(deals.parties), len(deals.issues)
    found = np.array([bool(n) for n in seen.numbers])
    reachable = seen.reach > NEVER
    now = np.array(deals.status_quo, dtype=np.int64)
    chosen = np.broadcast_to(now, (found.size, issues)).copy()
    chosen[found] = packages.decode(np.array([n[0] for n in seen.numbers if n], dtype=np.int64))
    reached = np.broadcast_to(now, (found.size, parties, issues)).copy()
    reached[reachable] = packages.decode(seen.reached[reachable])
    ties = np.array(seen.numbers[0] if not shape else [], dtype=np.int64)
    return Choice(
        acceptable=seen.acceptable.reshape(shape),
        found=found.reshape(shape),
        chosen=chosen.reshape(*shape, issues),
        gains=seen.gains.reshape(*shape, parties),
        tied=np.array([len(n) for n in seen.numbers], dtype=np.int64).reshape(shape),
        ties=packages.decode(ties),
        reachable=reachable.reshape(*shape, parties),
        reach=np.where(reachable, seen.reach, 0).reshape(*shape, parties),
        reached=reached.reshape(*shape, parties, issues),
    )
