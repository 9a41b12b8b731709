r"""Is there a deal, whatever the open inputs turn out to be?

With one article almost every number is assumed, so the first form of an answer is a verdict over ranges:

    holds     some package is a deal, for all values in the ranges
    none      no package is one, for any values in the ranges
    depends   neither: which input decides, from which value on, with a case on each side

A party's gain from a fixed package is a sum over issues of terms that each depend on that party's own inputs on that
issue, are monotone in the position and linear in the salience; so the extremes over the box of all ranges lie at its
corners and are exact (`detente.boards.box`). A deal is a package that the rule of the table carries, which takes
everybody where it has none (`detente.search.packages.consent`). `none` is therefore proved: no package reaches the
no-deal values of enough parties even when all inputs favour it. `holds` is proved when one package survives the least
favourable values. Where different packages are needed for different values, the box is cut into smaller ones until each
is settled or holds a counter-example (`detente.levers.claim.search`). Only where that takes more than `budget` boxes is
the verdict `holds` with proof "sampled": no counter-example among the corners, `draws` random points and the boxes
looked at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

from detente.analyses.zone import Zone
from detente.boards import Modes
from detente.boards.frame import NoDealChoice
from detente.ensemble import uniform
from detente.levers.claim import Claim, Open, claim, search
from detente.situation.nouns import Situation
from detente.situation.values import BasisKind

BISECTIONS = 14
Kind: TypeAlias = Literal["holds", "depends", "none"]


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to look for a case that is not near the best guess.

    `draws` random points from `seed`, then `budget` boxes that the ranges are cut into.
    """

    draws: int = 256
    seed: int = 0
    budget: int = 1500


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
    """A case: the value of every open input, and the package that is carried there, where there is one."""

    values: tuple[tuple[str, float], ...]
    package: tuple[tuple[str, float], ...] | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a deal exists at a table on an agenda, over the ranges of all inputs."""

    table: str
    modes: tuple[tuple[str, str], ...]
    kind: Kind
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


def verdict(
    situation: Situation,
    table: str,
    modes: Modes,
    *,
    no_deal: NoDealChoice = "auto",
    effort: Effort | None = None,
) -> Verdict:
    """Decide whether a deal exists for all, for some or for no values of the open inputs.

    Raises BoardError where the situation cannot be put on a board.
    """
    asked, effort = claim(situation, table, modes, no_deal=no_deal), effort or Effort()
    whole, deal_at_best = asked.ask({}), asked.at_best().possible
    kind: Kind = "holds" if whole.certain else "depends" if whole.possible else "none"
    with_deal, without = _Looked(None, True), _Looked(None, True)
    if whole.possible:
        with_deal = _look(asked, effort, deal=True)
    if kind == "depends":
        without = _look(asked, effort, deal=False)
        if without.case is None:
            kind = "holds"
        elif with_deal.case is None and with_deal.complete:
            kind = "none"
    sampled = not (with_deal.complete and without.complete)
    return Verdict(
        table=table,
        modes=tuple((issue, mode) for issue, (mode, _) in modes.items()),
        kind=kind,
        proof="sampled" if sampled else "proved",
        draws=effort.draws if sampled else 0,
        seed=effort.seed,
        at_best=deal_at_best,
        deciding=_deciding(asked, deal_at_best) if kind == "depends" else (),
        case_for=with_deal.case,
        case_against=without.case if kind == "depends" else None,
        open_inputs=tuple(i.path for i in asked.open),
    )


def answer(situation: Situation, table: str, modes: Modes, *, no_deal: NoDealChoice = "auto") -> Answer:
    """Decide as `verdict` does, without saying why: what comparisons of many situations need.

    A verdict that only cutting up the box could turn from "depends" into "holds" stays "depends" here.
    """
    asked = claim(situation, table, modes, no_deal=no_deal)
    whole = asked.ask({})
    kind: Kind = "holds" if whole.certain else "depends" if whole.possible else "none"
    return Answer(kind, asked.at_best().possible)


@dataclass(frozen=True, slots=True)
class _Looked:
    """A case that was looked for; where there is none, whether everything was looked through."""

    case: Witness | None
    complete: bool


def _look(asked: Claim, effort: Effort, *, deal: bool) -> _Looked:
    """Look for a case with or without a deal: near the best guess first, then anywhere, then everywhere."""
    found = _fixed(asked, (lambda z: z.possible) if deal else (lambda z: not z.certain))
    found = found or _found(asked, deal=deal, effort=effort)
    if found is not None:
        return _Looked(found, True)
    through = search(asked, deal=deal, budget=effort.budget)
    return _Looked(_witness(asked, through.case) if through.case is not None else None, through.complete)


def _fixed(asked: Claim, keep: Callable[[Zone], bool]) -> Witness | None:
    """Fix the open inputs one by one, at the best guess where that keeps the property, otherwise at an end.

    Once all are fixed the box is a point, so keeping "possible" ends at a case with a deal, and keeping "not certain"
    at a case without one. Returns None where every choice for some input loses the property.
    """
    if keep(asked.at_best()):
        return _witness(asked, {o.path: o.guess for o in asked.open})
    pins: dict[str, tuple[float, float]] = {}
    for one in asked.open:
        for value in (one.guess, one.low, one.high):
            if keep(asked.ask({**pins, one.path: (value, value)})):
                pins[one.path] = (value, value)
                break
        else:
            return None
    return _witness(asked, {path: low for path, (low, _) in pins.items()})


def _found(asked: Claim, *, deal: bool, effort: Effort) -> Witness | None:
    """Look for a case with or without a deal among random points of the box; each input has a stream of its own."""
    columns = {o.path: uniform(f"{o.path}.verdict", effort.draws, seed=effort.seed) for o in asked.open}
    for n in range(effort.draws):
        values = {o.path: _at(o, float(columns[o.path][n])) for o in asked.open}
        if asked.at(values).possible == deal:
            return _witness(asked, values)
    return None


def _at(one: Open, u: float) -> float:
    return float(u >= 0.5) if one.is_hardness else one.low + u * (one.high - one.low)


def _witness(asked: Claim, values: Mapping[str, float]) -> Witness:
    """A case in short: only the inputs that had to leave their best guess, and the package carried there."""
    moved = tuple((o.path, values[o.path]) for o in asked.open if values[o.path] != o.guess)
    board = asked.box({path: (value, value) for path, value in values.items()}).high
    found = asked.at(values)
    if not found.possible:
        return Witness(moved, None)
    package = found.package
    levels = tuple((issue, float(board.levels[k][package[k]])) for k, issue in enumerate(board.issues))
    return Witness(moved, levels)


def _deciding(asked: Claim, deal_at_best: bool) -> tuple[Deciding, ...]:
    found = [_decides(asked, one, deal_at_best) for one in asked.open]
    kept = [d for d in found if d.threshold is not None or d.settles is not None]
    return tuple(sorted(kept, key=lambda d: (d.settles is None, d.threshold is None, d.path)))


def _decides(asked: Claim, one: Open, deal_at_best: bool) -> Deciding:
    settles: Literal["low", "high"] | None = None
    settled_as: Literal["holds", "none"] | None = None
    ends: tuple[tuple[Literal["low", "high"], float], ...] = (("low", one.low), ("high", one.high))
    for end, value in ends:
        pinned = asked.ask({one.path: (value, value)})
        if pinned.certain or not pinned.possible:
            settles, settled_as = end, "holds" if pinned.certain else "none"
    threshold, side = _threshold(asked, one, deal_at_best)
    return Deciding(one.path, one.low, one.guess, one.high, one.basis, threshold, side, settles, settled_as)


Side = Literal["above", "below"]


def _threshold(asked: Claim, one: Open, deal_at_best: bool) -> tuple[float | None, Side | None]:
    """Where the answer flips as this input moves and the others stay at their best guess; None where it does not.

    Looked for between the best guess and the ends: a deal that only an inner value opens or closes is not found.
    """
    margin = partial(_margin, asked, one.path)
    if one.is_hardness:
        return (1.0, "below" if not deal_at_best else "above") if _deal(margin(0.0)) != deal_at_best else (None, None)
    for end in (one.low, one.high):
        if _deal(margin(end)) != deal_at_best:
            return _edge(margin, one.guess, end), ("above" if (end > one.guess) != deal_at_best else "below")
    return None, None


def _margin(asked: Claim, path: str, value: float) -> float | None:
    found = asked.at_best((path, value)).possible_margin
    return None if found is None else found + 0.5  # whole basis points, and nought is a deal


def _deal(margin: float | None) -> bool:
    return (margin or -1.0) > 0


def _edge(margin: Callable[[float], float | None], one: float, other: float) -> float:
    """Find where a margin changes its sign between two values: false position, where it is a number at both ends.

    The Illinois rule, Dowell and Jarratt (1971), BIT 11; a margin that jumps, or is none, is halved instead.
    """
    ends, values = [one, other], [margin(one), margin(other)]
    narrow = abs(other - one) / 2**BISECTIONS
    kept = -1
    for _ in range(2 * BISECTIONS):
        if abs(ends[1] - ends[0]) <= narrow:
            break
        first, second = values
        share = 0.5 if first is None or second is None else first / (first - second)
        at = ends[0] + (ends[1] - ends[0]) * min(max(share, 0.02), 0.98)
        found = margin(at)
        side = int(_deal(found) != _deal(values[0]))  # which end it takes the place of
        if side == kept and values[1 - side] is not None:
            values[1 - side] = (values[1 - side] or 0.0) / 2
        ends[side], values[side], kept = at, found, side
    return (ends[0] + ends[1]) / 2
