r"""In which corner of the inputs does something hold much more often: which few inputs, between which values?

From the box of all inputs a thin slice is taken off, again and again: of all inputs and both ends the one that raises
the share of draws in which it holds most for what it costs. With N draws in a box, H of them holding,

    density = H / N        of the draws in the box, how many hold                                                   (1)
    coverage = H / H_all   of the draws that hold, how many lie in the box                                          (2)
    gain = (density after - density before) / (draws taken off)                                                     (3)

Peeling is patient, a twentieth of the box at a time, and stops at a least size. The box that is told is the one on the
way in which most draws hold beyond what its size alone would give, N / N_all (density - density overall); the whole way
is told with it, for another trade-off. At most so many inputs are restricted: those whose restriction matters most in a
first pass, then all is done again with these alone. Half of the draws find the box and the other half says how good it
is; where they do not bear it out, no box is told. The quasi-p of a restriction is the chance of as
many draws that hold, with the share found in the box without that restriction:

    q_r = P( Binomial(N, H_r / N_r) >= H )                                                                          (4)

Source: PRIM, Friedman and Fisher (1999), Statistics and Computing 9(2); (2) and (4) Bryant and Lempert (2010),
Technological Forecasting and Social Change 77(1); which box, the weighted relative accuracy of Lavrac, Flach and Zupan
(1999), Inductive Logic Programming; (3) Kwakkel and Jaxa-Rozen (2016), Environmental Modelling and
Software 79.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int
from scipy.special import bdtrc

from detente.boards import Draws
from detente.errors import AnalysisError
from detente.levers.claim import Open
from detente.levers.factors import Scalar, taken

SLICE = 0.05
LEAST = 0.05  # of the draws, in the smallest box
INPUTS = 3
FEWEST = 40  # draws, and of those that hold and that do not at least
HOLDING = 8
CLEAR = 0.05  # quasi-p


@dataclass(frozen=True, slots=True)
class Bound:
    """One restriction: an input between two values, None where that end is open, and its quasi-p (4).

    Of a red line `low` 1 says that it is real, and `high` 0 that it is not.
    """

    path: str
    low: float | None
    high: float | None
    quasi_p: float


@dataclass(frozen=True, slots=True)
class Step:
    """One box on the way, in the draws that find it: its size as a share of them, (1), (2), inputs restricted."""

    share: float
    density: float
    coverage: float
    inputs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A corner of the inputs in which an answer holds more often, judged on draws that did not find it.

    `overall` is the share of draws in which it holds at all; `share` how many draws lie in the box, `density` and
    `coverage` are (1) and (2). `holds` False: the box is of the draws in which the answer does not hold. No `bounds`:
    no corner was found that is denser than the whole.
    """

    answer: Scalar
    holds: bool
    draws: int
    overall: float
    bounds: tuple[Bound, ...]
    share: float
    density: float
    coverage: float
    way: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Data:
    """Inputs and whether it holds, draw by draw."""

    x: Float[np.ndarray, "draw factor"]
    y: Bool[np.ndarray, " draw"]

    def rows(self, kept: Int[np.ndarray, " row"] | Bool[np.ndarray, " draw"]) -> "_Data":
        return _Data(self.x[kept], self.y[kept])

    def columns(self, kept: Sequence[int]) -> "_Data":
        return _Data(self.x[:, list(kept)], self.y)


@dataclass(frozen=True, slots=True)
class _Box:
    low: Float[np.ndarray, " factor"]
    high: Float[np.ndarray, " factor"]

    @staticmethod
    def whole(factors: int) -> "_Box":
        return _Box(np.full(factors, -np.inf), np.full(factors, np.inf))

    def inside(self, x: Float[np.ndarray, "draw factor"]) -> Bool[np.ndarray, " draw"]:
        return np.asarray(((x >= self.low) & (x <= self.high)).all(axis=1))

    def without(self, factor: int) -> "_Box":
        low, high = self.low.copy(), self.high.copy()
        low[factor], high[factor] = -np.inf, np.inf
        return _Box(low, high)

    def cut(self, factor: int, low: float | None, high: float | None) -> "_Box":
        lows, highs = self.low.copy(), self.high.copy()
        if low is not None:
            lows[factor] = low
        if high is not None:
            highs[factor] = high
        return _Box(lows, highs)

    @property
    def restricted(self) -> tuple[int, ...]:
        return tuple(np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)).tolist())


def scenario(
    answer: Scalar,
    values: Float[np.ndarray, " draw"],
    factors: Sequence[Open],
    draws: Draws,
    *,
    holds: bool = True,
    inputs: int = INPUTS,
) -> Scenario:
    """Find the corner in which an answer holds (with `holds` False: does not) much more often than overall.

    `values` are the answers in these very draws: above a half it holds.

    Raises AnalysisError where there are too few draws, no input, or hardly a draw in which it holds or does not.

    >>> a = np.linspace(0, 1, 400)
    >>> told = Scalar("deal", "holds"), (a > 0.7).astype(float), (Open("a.cap.position", 0, 0.5, 1, "read"),)
    >>> found = scenario(*told, {"a.cap.position": a})
    >>> [(b.path, round(b.low, 1), b.high) for b in found.bounds], found.density > 0.95
    ([('a.cap.position', 0.7, None)], True)
    """
    there = np.isfinite(values)
    held = np.asarray(values[there] > 0.5) == holds
    _check(answer, held, factors, inputs)
    data = _Data(np.stack([taken(one, draws)[there] for one in factors], axis=1), held)
    finding, judging = data.rows(np.arange(0, len(held), 2)), data.rows(np.arange(1, len(held), 2))
    kept = _mattering(finding, inputs)
    boxes = list(_peeled(finding.columns(kept)))
    box = _pruned(_pasted(_best(finding.columns(kept), boxes), finding.columns(kept)), finding.columns(kept))
    judged = judging.columns(kept)
    if not _borne_out(box, judged):
        box = _Box.whole(len(kept))
    inside = box.inside(judged.x)
    bounds = tuple(_bound(factors[kept[k]], box, k, judged) for k in box.restricted)
    return Scenario(
        answer=answer,
        holds=holds,
        draws=len(held),
        overall=float(held.mean()),
        bounds=bounds,
        share=float(inside.mean()),
        density=_density(judged.y[inside]),
        coverage=float(judged.y[inside].sum() / max(1, judged.y.sum())),
        way=tuple(_step(finding.columns(kept), one) for one in boxes),
    )


def _check(answer: Scalar, held: Bool[np.ndarray, " draw"], factors: Sequence[Open], inputs: int) -> None:
    if not factors or inputs < 1:
        raise AnalysisError("There is no input that a corner could be of. Widen the range of one, and allow one.")
    many = int(held.sum())
    if len(held) < FEWEST or min(many, len(held) - many) < HOLDING:
        raise AnalysisError(
            f"'{answer.name}' is so in {many} of {len(held)} draws: too few, or too nearly all, to find where. "
            f"Ask for more draws: {HOLDING} each way are the least."
        )


def _density(y: Bool[np.ndarray, " draw"]) -> float:
    return float(y.mean()) if y.size else 0.0


def _mattering(data: _Data, inputs: int) -> tuple[int, ...]:
    """Which inputs does a first pass restrict to most effect? Those whose restriction, lifted, costs most density."""
    box = _best(data, list(_peeled(data)))
    here = _density(data.y[box.inside(data.x)])
    lost = {k: here - _density(data.y[box.without(k).inside(data.x)]) for k in box.restricted}
    order = sorted(lost, key=lambda k: (-lost[k], k))[:inputs]
    return tuple(sorted(order)) or (0,)


def _peeled(data: _Data) -> Iterator[_Box]:
    """Yield the boxes from the whole on, each a slice smaller than the one before."""
    box = _Box.whole(data.x.shape[1])
    inside = data
    least = max(2, int(LEAST * len(data.y)))
    while True:
        yield box
        found = _slice(inside, least)
        if found is None:
            return
        box = box.cut(*found)
        inside = inside.rows(_within(inside.x[:, found[0]], found[1], found[2]))


def _within(column: Float[np.ndarray, " draw"], low: float | None, high: float | None) -> Bool[np.ndarray, " draw"]:
    return np.asarray(column >= low if low is not None else column <= high)


def _slice(data: _Data, least: int) -> tuple[int, float | None, float | None] | None:
    """Choose the slice with the greatest gain (3), the first of equals; None where no slice raises the density."""
    best, chosen = 0.0, None
    here = _density(data.y)
    for factor in range(data.x.shape[1]):
        column = np.sort(data.x[:, factor])
        for low, high in _cuts(column):
            kept = _within(data.x[:, factor], low, high)
            many = int(kept.sum())
            if many < least or many == len(kept):
                continue
            gained = (_density(data.y[kept]) - here) / (len(kept) - many)
            if gained > best + 1e-12:
                best, chosen = gained, (factor, low, high)
    return chosen


def _cuts(column: Float[np.ndarray, " draw"]) -> Iterator[tuple[float | None, float | None]]:
    """Yield the lower and the upper slice; of an input with few values at least one value is taken off."""
    if column[0] == column[-1]:
        return
    off = max(1, int(SLICE * len(column)))
    low, high = float(column[off]), float(column[-1 - off])
    if low == column[0]:
        low = float(column[np.searchsorted(column, low, side="right")])
    if high == column[-1]:
        high = float(column[np.searchsorted(column, high, side="left") - 1])
    yield low, None
    yield None, high


def _step(data: _Data, box: _Box) -> Step:
    inside = box.inside(data.x)
    covered = float(data.y[inside].sum() / max(1, data.y.sum()))
    return Step(float(inside.mean()), _density(data.y[inside]), covered, len(box.restricted))


def _best(data: _Data, boxes: Sequence[_Box]) -> _Box:
    steps = [_step(data, box) for box in boxes]
    beyond = [s.share * (s.density - steps[0].density) for s in steps]
    return boxes[int(np.argmax(np.array(beyond)))]


def _pasted(box: _Box, data: _Data) -> _Box:
    """Widen the box again, slice by slice, where that does not thin it."""
    for k in box.restricted:
        for low in (True, False):
            end = box.low[k] if low else box.high[k]
            if not np.isfinite(end):
                continue
            box = _widened(box, data, k, low=low)
    return box


def _widened(box: _Box, data: _Data, factor: int, *, low: bool) -> _Box:
    here = _density(data.y[box.inside(data.x)])
    size = max(1, int(SLICE * box.inside(data.x).sum()))
    while True:
        rest = box.without(factor).inside(data.x)
        column = data.x[rest, factor]
        beyond = np.sort(column[column < box.low[factor]])[::-1] if low else np.sort(column[column > box.high[factor]])
        if not beyond.size:
            return box
        to = float(beyond[min(size, beyond.size) - 1])
        wider = box.cut(factor, to, None) if low else box.cut(factor, None, to)
        if _density(data.y[wider.inside(data.x)]) < here:
            return box
        box = wider


def _pruned(box: _Box, data: _Data) -> _Box:
    """Drop, one at a time, what might as well be chance in the draws that found the box."""
    while box.restricted:
        chances = {k: _quasi_p(box, k, data) for k in box.restricted}
        worst = max(chances, key=lambda k: (chances[k], k))
        if chances[worst] <= CLEAR:
            return box
        box = box.without(worst)
    return box


def _borne_out(box: _Box, data: _Data) -> bool:
    """Whether the box is denser than all draws by more than twice the error of that, in draws that did not find it."""
    inside = data.y[box.inside(data.x)]
    here, overall = _density(inside), _density(data.y)
    return bool(here - overall > 2 * (overall * (1 - overall) / max(1, inside.size)) ** 0.5)


def _quasi_p(box: _Box, factor: int, data: _Data) -> float:
    """Equation (4)."""
    inside, wider = box.inside(data.x), box.without(factor).inside(data.x)
    many, holding = int(inside.sum()), int(data.y[inside].sum())
    if not many or not holding:
        return 1.0
    return float(bdtrc(holding - 1, many, _density(data.y[wider])))


def _bound(factor: Open, box: _Box, k: int, data: _Data) -> Bound:
    ends = [float(end) if np.isfinite(end) else None for end in (box.low[k], box.high[k])]
    return Bound(factor.path, ends[0], ends[1], _quasi_p(box, k, data))
