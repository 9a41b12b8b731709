r"""Which weights of the parties bound an aim best?

With weights w of equation (1) in `cuts`, no package is worth more than

    D(w)  =  sum over clusters of max over choices of w . T(choice)  -  w . floor  +  c(w)                        (2)

which is convex in w. Each maximum is softened, t log sum exp(./t), which makes (2) smooth, and t is lowered step by
step; Newton's method then needs a few steps each time. Whatever comes out are valid weights, good or less good: they
are rounded to whole numbers afterwards, and the bound they give is computed exactly.

Source: Lagrangian duality (Everett 1963); smoothing by entropy (Nesterov 2005).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.search.packages.optimum.aims import Aim, Search

SOFT = (0.03, 3e-3, 3e-4, 3e-5)  # of the spread of gains; the last are worth it in large spaces only
HARD = 0.05  # how much harder a border is than a maximum is soft
STEPS = 6  # of Newton's method at one softness
FAR = 50.0  # the greatest price of a condition, in values per spread of gains


@dataclass(frozen=True, slots=True)
class Weighed:
    """Weights per party, and the choice of each cluster that is best under them."""

    weights: Float[np.ndarray, " party"]
    digits: Int[np.ndarray, " cluster"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dual:
    """Equation (2) in convenient units, over the weights that are free to move.

    ==========  ============  =================================================================
    table       free column   a choice's worth beside the least of its cluster
    base        column        what the weights that are fixed make of it
    floor       free
    starts      cluster       the first column of each
    column_of   column        its cluster
    log         free          1 where the aim itself has a logarithm of the weight
    top         free          the greatest weight
    even        free          what weights add up to 1 with; all 0 where they need not
    ==========  ============  =================================================================
    """

    table: Float[np.ndarray, "free column"]
    base: Float[np.ndarray, " column"]
    floor: Float[np.ndarray, " free"]
    starts: Int[np.ndarray, " cluster"]
    column_of: Int[np.ndarray, " column"]
    log: Float[np.ndarray, " free"]
    top: Float[np.ndarray, " free"]
    even: Float[np.ndarray, " free"]

    def value(self, y: Float[np.ndarray, " free"], soft: float) -> float:
        worth = (self.base + (y[:, None] * self.table).sum(axis=0)) / soft
        most = np.maximum.reduceat(worth, self.starts)
        parts = np.add.reduceat(np.exp(worth - most[self.column_of]), self.starts)
        total = soft * float((most + np.log(parts)).sum()) - float((y * self.floor).sum())
        hard = soft * HARD
        logs = np.maximum(self.log, hard) * np.log(y) + hard * np.where(self.top < np.inf, np.log(self.top - y), 0.0)
        return total - float(logs.sum())

    def step(self, y: Float[np.ndarray, " free"], soft: float) -> tuple[Float[np.ndarray, " free"], float]:
        """Return Newton's step and how much the value should fall by it."""
        worth = (self.base + (y[:, None] * self.table).sum(axis=0)) / soft
        parts = np.exp(worth - np.maximum.reduceat(worth, self.starts)[self.column_of])
        shares = parts / np.add.reduceat(parts, self.starts)[self.column_of]
        chosen = self.table * shares
        mean = np.add.reduceat(chosen, self.starts, axis=1)
        hard = soft * HARD
        logs, over = np.maximum(self.log, hard), hard / (self.top - y)
        slope = mean.sum(axis=1) - self.floor - logs / y + over
        bend = (np.einsum("pk,qk->pq", chosen, self.table) - np.einsum("pj,qj->pq", mean, mean)) / soft
        bend[np.diag_indices(len(y))] += logs / y**2 + over**2 / hard + 1e-12
        try:
            move = self._solved(bend, slope)
        except np.linalg.LinAlgError:  # as good as flat: these weights will do
            return np.zeros_like(y), 0.0
        return move, -float((slope * move).sum())

    def _solved(
        self, bend: Float[np.ndarray, "free free"], slope: Float[np.ndarray, " free"]
    ) -> Float[np.ndarray, " free"]:
        if not self.even.any():
            return np.linalg.solve(bend, -slope)
        whole = np.vstack([np.column_stack([bend, self.even]), np.append(self.even, 0.0)])
        return np.linalg.solve(whole, np.append(-slope, 0.0))[:-1]

    def best(self, y: Float[np.ndarray, " free"]) -> Int[np.ndarray, " cluster"]:
        worth = self.base + (y[:, None] * self.table).sum(axis=0)
        ends = np.append(self.starts[1:], worth.size)
        return np.array([int(worth[a:b].argmax()) for a, b in zip(self.starts, ends, strict=True)], dtype=np.int64)


def weigh(search: Search) -> Iterator[Weighed]:
    """Find weights that bound well, and better ones each time the next is asked for."""
    start = _start(search)
    dual, fixed, unit, y, free = start.dual, start.fixed, start.unit, start.y, start.free
    if search.aim == "sum":  # often no condition binds
        yield Weighed(fixed, dual.best(np.zeros(free.size)))
    if not free.size:
        return
    for soft in SOFT:
        value = dual.value(y, soft)
        for _ in range(STEPS):
            move, fall = dual.step(y, soft)
            y, value = _moved(dual, (y, value), move, fall, soft)
            if fall < 0.1 * soft:
                break
        weights = fixed.copy()
        weights[free] += y * unit
        yield Weighed(weights, dual.best(y))


def _moved(
    dual: _Dual,
    here: tuple[Float[np.ndarray, " free"], float],
    move: Float[np.ndarray, " free"],
    fall: float,
    soft: float,
) -> tuple[Float[np.ndarray, " free"], float]:
    """Go as far along the step as stays inside and lowers the value."""
    y, before = here
    ahead = np.where(move < 0, y, dual.top - y) / np.maximum(np.abs(move), 1e-300)
    length = min(1.0, 0.95 * float(ahead.min()))
    while True:
        to = y + length * move
        value = dual.value(to, soft)
        if value <= before - 0.1 * length * fall + 1e-12 * abs(before) or length < 1e-3:
            return to, value
        length /= 2


@dataclass(frozen=True, slots=True)
class _Start:
    """The equation, the weights that stay as they are, and the free ones: which, in what unit, and where they begin."""

    dual: _Dual
    fixed: Float[np.ndarray, " party"]
    free: Int[np.ndarray, " free"]
    unit: Float[np.ndarray, " free"]
    y: Float[np.ndarray, " free"]


def _start(search: Search) -> _Start:
    terms, parties = search.terms, len(search.terms.parties)
    sizes = [t.shape[1] for t in terms.tables]
    starts = np.cumsum([0, *sizes[:-1]])
    column_of = np.repeat(np.arange(len(sizes)), sizes)
    table = np.concatenate(terms.tables, axis=1).astype(np.float64)
    least = np.minimum.reduceat(table, starts, axis=1)
    table -= least[:, column_of]
    spread = np.maximum(np.maximum.reduceat(table, starts, axis=1).sum(axis=1), 1.0)
    over, bound = np.zeros(parties, dtype=bool), np.zeros(parties, dtype=bool)
    over[list(search.over)], bound[list(search.must)] = True, True
    fixed, factor = np.zeros(parties), np.ones(parties)
    if search.aim == "sum":
        fixed[list(search.over)] = search.weights
    if search.aim == "least":
        factor[list(search.over)] = search.scale
    value = _value(search, spread, fixed, factor)
    free = np.flatnonzero(bound if search.aim == "sum" else over | bound)
    unit = value / spread[free]
    log, top, even, y = _borders(search.aim, over[free], bound[free], factor[free] * unit, unit)
    dual = _Dual(
        table=table[free] / spread[free, None],
        base=(fixed[:, None] * table).sum(axis=0) / value,
        floor=(terms.floor - least.sum(axis=1))[free] / spread[free],
        starts=starts,
        column_of=column_of,
        log=log,
        top=top,
        even=even,
    )
    return _Start(dual=dual, fixed=fixed, free=free, unit=unit, y=y)


def _borders(
    aim: Aim,
    over: Bool[np.ndarray, " free"],
    bound: Bool[np.ndarray, " free"],
    shares: Float[np.ndarray, " free"],
    unit: Float[np.ndarray, " free"],
) -> tuple[
    Float[np.ndarray, " free"], Float[np.ndarray, " free"], Float[np.ndarray, " free"], Float[np.ndarray, " free"]
]:
    """Return, per free weight, its logarithm in the aim, its greatest value, its share in a sum of 1, and a start."""
    none, far, some = np.zeros(over.size), np.full(over.size, FAR), np.full(over.size, 0.3)
    if aim == "nash":
        return over.astype(np.float64), np.where(over, np.inf, far), none, np.where(over, 3.0, some)
    if aim == "least":
        even = np.where(over, shares, 0.0)
        begin = 1.0 / np.maximum(shares * max(1, int(over.sum())), 1e-300)
        return none, np.where(over, np.inf, far), even, np.where(over, begin, some)
    if aim == "shortfall":
        top = np.where(bound, far, 1.0 / unit)
        return none, top, none, top / 2
    return none, far, none, some


def _value(
    search: Search,
    spread: Float[np.ndarray, " party"],
    fixed: Float[np.ndarray, " party"],
    factor: Float[np.ndarray, " party"],
) -> float:
    """Return what one unit of value is: about what separates the best package from the worst."""
    own = list(search.over)
    if search.aim == "nash" or not own:
        return 1.0
    if search.aim == "sum":
        return max(float((fixed * spread).sum()), 1.0)
    return max(float((spread[own] / factor[own]).mean()), 1e-9)
