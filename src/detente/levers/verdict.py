r"""Is there a deal, whatever the open inputs turn out to be?

With one article almost every number is assumed, so the first form of an answer is a verdict over ranges:

    holds     some package is accepted by every consenting party, for all values in the ranges
    none      no package is accepted by all, for any values in the ranges
    depends   neither: which input decides, from which value on, with a case on each side

A party's gain from a fixed package is a sum over issues of terms that each depend on that party's own inputs on that
issue, are monotone in the position and linear in the salience; so the extremes over the box of all ranges lie at its
corners and are exact (`detente.boards.box`). `none` is therefore proved: it means that no package reaches everybody's
no-deal value even when all inputs favour it. `holds` is proved when one package survives the least favourable values.
Where neither is proved and no counter-example turns up among the corners and `draws` random points, the verdict is
`holds` with proof "sampled".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.analyses.zone import Zone, zone
from detente.boards import Box, Modes, Ranges, box_with_modes, ranges
from detente.ensemble import uniform
from detente.situation.nouns import Situation
from detente.situation.paths import Input, at_values, inputs
from detente.situation.values import BasisKind

Pins: TypeAlias = Mapping[str, tuple[float, float]]
BISECTIONS = 14


@dataclass(frozen=True, slots=True)
class Deciding:
    """One open input that decides: what it is, and from which value on a deal exists, the others at their best guess.

    `threshold` is None for an input whose ends agree at the best guess but which settles the verdict when it is
    pinned to the end named in `settles` ("low" or "high") while everything else stays open.
    """

    path: str
    low: float
    best: float
    high: float
    basis: BasisKind
    threshold: float | None
    deal_side: Literal["above", "below"] | None
    settles: Literal["low", "high"] | None
    settled_as: Literal["holds", "none"] | None


@dataclass(frozen=True, slots=True)
class Witness:
    """A case: the value of every open input, and the package that all accept there, where there is one."""

    values: tuple[tuple[str, float], ...]
    package: tuple[tuple[str, float], ...] | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a deal exists at a table on an agenda, over the ranges of all inputs."""

    table: str
    modes: tuple[tuple[str, str], ...]
    kind: Literal["holds", "depends", "none"]
    proof: Literal["proved", "sampled"]
    draws: int
    seed: int
    at_best: bool
    deciding: tuple[Deciding, ...]
    case_for: Witness | None
    case_against: Witness | None
    open_inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict in short: over the ranges, and at the best guess with red lines taken at their word."""

    kind: Literal["holds", "depends", "none"]
    at_best: bool


@dataclass(frozen=True, slots=True)
class _Open:
    """An input that can still take several values: its ends, its best guess, where it comes from.

    Of a red line only one thing is open: whether it is real (1) or not (0), whatever probability stands in the file.
    """

    path: str
    low: float
    guess: float
    high: float
    basis: BasisKind

    @property
    def is_hardness(self) -> bool:
        return self.path.endswith(".hardness")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A situation, a table and an agenda, ready to be asked under any pins."""

    ranges: Ranges
    guess: Ranges
    modes: Modes
    open: tuple[_Open, ...]

    def box(self, pins: Pins) -> Box:
        return box_with_modes(self.ranges.box(pins), self.modes)

    def ask(self, pins: Pins) -> Zone:
        return zone(self.box(pins))

    def at(self, values: Mapping[str, float]) -> Zone:
        return self.ask({path: (value, value) for path, value in values.items()})

    def at_best(self, *but: tuple[str, float]) -> Zone:
        pins = {path: (value, value) for path, value in but}
        return zone(box_with_modes(self.guess.box(pins), self.modes))


def _open(one: Input) -> _Open | None:
    """What is open about an input; a red line that may be real is taken at its word at the best guess."""
    value = one.value
    if one.path.endswith(".hardness"):
        return _Open(one.path, 0, 1, 1, value.basis.kind) if value.high > 0 and value.low < 1 else None
    return None if value.is_point else _Open(one.path, value.low, value.best, value.high, value.basis.kind)


def verdict(situation: Situation, table: str, modes: Modes, *, draws: int = 256, seed: int = 0) -> Verdict:
    """Decide whether a deal exists for all, for some or for no values of the open inputs.

    `draws` and `seed` are those of the random points that are tried where nothing is proved.

    Raises BoardError where the situation cannot be put on a board.
    """
    claim = _claim(situation, table, modes)
    whole, deal_at_best = claim.ask({}), claim.at_best().possible
    kind: Literal["holds", "depends", "none"] = "holds" if whole.certain else "depends" if whole.possible else "none"
    sampled = False
    case_for = case_against = None
    if whole.possible:
        case_for = _fixed(claim, lambda z: z.possible) or _found(claim, deal=True, draws=draws, seed=seed)
    if kind == "depends":
        case_against = _fixed(claim, lambda z: not z.certain) or _found(claim, deal=False, draws=draws, seed=seed)
        sampled = case_for is None or case_against is None
        kind = "holds" if case_against is None else kind
    return Verdict(
        table=table,
        modes=tuple((issue, mode) for issue, (mode, _) in modes.items()),
        kind=kind,
        proof="sampled" if sampled else "proved",
        draws=draws if sampled else 0,
        seed=seed,
        at_best=deal_at_best,
        deciding=_deciding(claim, deal_at_best) if kind == "depends" else (),
        case_for=case_for,
        case_against=case_against,
        open_inputs=tuple(i.path for i in claim.open),
    )


def answer(situation: Situation, table: str, modes: Modes) -> Answer:
    """Decide as `verdict` does, without saying why: what comparisons of many situations need.

    A verdict that only sampling could turn from "depends" into "holds" stays "depends" here.
    """
    claim = _claim(situation, table, modes)
    whole = claim.ask({})
    kind: Literal["holds", "depends", "none"] = "holds" if whole.certain else "depends" if whole.possible else "none"
    return Answer(kind, claim.at_best().possible)


def _claim(situation: Situation, table: str, modes: Modes) -> _Claim:
    compiled = ranges(situation, table)
    bearing = set(compiled.paths)
    opened = tuple(o for i in inputs(situation) if i.path in bearing and (o := _open(i)) is not None)
    guess = ranges(at_values(situation, {o.path: o.guess for o in opened}), table)
    return _Claim(compiled, guess, modes, opened)


def _fixed(claim: _Claim, keep: Callable[[Zone], bool]) -> Witness | None:
    """Fix the open inputs one by one, at the best guess where that keeps the property, otherwise at an end.

    Once all are fixed the box is a point, so keeping "possible" ends at a case with a deal, and keeping "not certain"
    at a case without one. Returns None where every choice for some input loses the property.
    """
    if keep(claim.at_best()):
        return _witness(claim, {o.path: o.guess for o in claim.open})
    pins: dict[str, tuple[float, float]] = {}
    for one in claim.open:
        for value in (one.guess, one.low, one.high):
            if keep(claim.ask({**pins, one.path: (value, value)})):
                pins[one.path] = (value, value)
                break
        else:
            return None
    return _witness(claim, {path: low for path, (low, _) in pins.items()})


def _found(claim: _Claim, *, deal: bool, draws: int, seed: int) -> Witness | None:
    """Look for a case with or without a deal among random points of the box; each input has a stream of its own."""
    columns = {o.path: uniform(f"{o.path}.verdict", draws, seed=seed) for o in claim.open}
    for n in range(draws):
        values = {o.path: _at(o, float(columns[o.path][n])) for o in claim.open}
        if claim.at(values).possible == deal:
            return _witness(claim, values)
    return None


def _at(one: _Open, u: float) -> float:
    return float(u >= 0.5) if one.is_hardness else one.low + u * (one.high - one.low)


def _witness(claim: _Claim, values: Mapping[str, float]) -> Witness:
    """A case in short: only the inputs that had to leave their best guess, and the package accepted there."""
    moved = tuple((o.path, values[o.path]) for o in claim.open if values[o.path] != o.guess)
    board = claim.box({path: (value, value) for path, value in values.items()}).high
    found = claim.at(values)
    if not found.possible:
        return Witness(moved, None)
    package = found.package
    levels = tuple((issue, float(board.levels[k][package[k]])) for k, issue in enumerate(board.issues))
    return Witness(moved, levels)


def _deciding(claim: _Claim, deal_at_best: bool) -> tuple[Deciding, ...]:
    found = [_decides(claim, one, deal_at_best) for one in claim.open]
    kept = [d for d in found if d.threshold is not None or d.settles is not None]
    return tuple(sorted(kept, key=lambda d: (d.settles is None, d.threshold is None, d.path)))


def _decides(claim: _Claim, one: _Open, deal_at_best: bool) -> Deciding:
    settles: Literal["low", "high"] | None = None
    settled_as: Literal["holds", "none"] | None = None
    ends: tuple[tuple[Literal["low", "high"], float], ...] = (("low", one.low), ("high", one.high))
    for end, value in ends:
        pinned = claim.ask({one.path: (value, value)})
        if pinned.certain or not pinned.possible:
            settles, settled_as = end, "holds" if pinned.certain else "none"
    threshold, side = _threshold(claim, one, deal_at_best)
    return Deciding(one.path, one.low, one.guess, one.high, one.basis, threshold, side, settles, settled_as)


Side = Literal["above", "below"]


def _threshold(claim: _Claim, one: _Open, deal_at_best: bool) -> tuple[float | None, Side | None]:
    """Where the answer flips as this input moves and the others stay at their best guess; None where it does not.

    Looked for between the best guess and the ends: a deal that only an inner value opens or closes is not found.
    """

    def deal(value: float) -> bool:
        return claim.at_best((one.path, value)).possible

    if one.is_hardness:
        return (1.0, "below" if not deal_at_best else "above") if deal(0.0) != deal_at_best else (None, None)
    for end in (one.low, one.high):
        if deal(end) != deal_at_best:
            edge = _bisect(deal, one.guess, end, deal_at_best)
            return edge, ("above" if (end > one.guess) != deal_at_best else "below")
    return None, None


def _bisect(deal: Callable[[float], bool], inside: float, outside: float, answer: bool) -> float:
    for _ in range(BISECTIONS):
        middle = (inside + outside) / 2
        if deal(middle) == answer:
            inside = middle
        else:
            outside = middle
    return (inside + outside) / 2
