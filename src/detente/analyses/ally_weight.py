r"""How much weight would the principal have to give its ally before the deal is another one?

    g_p(k; w) = g_p(k) + w * g_ally(k)         what the principal weighs, other parties' gains as they are           (1)
    k*(w) = argmax_k  g_p(k; w) * prod_{q != p} g_q(k)      over k with g_p(k; w) >= 0 and g_q(k) >= 0               (2)

For every package (2) is a straight line in w, so that the deal as a function of w is the highest of many lines: a step
function with exact breakpoints, found without trying any w. Where some party can gain nothing, most gainers come first,
as in every Nash choice here. The weight acts on the principal's mandate only, and nowhere else.

On one issue with quadratic losses the mandate is the weighted mean of the points of the principal and its lobbies,
(s_0 x_0 + sum theta_j s_j x_j) / (s_0 + sum theta_j s_j): `mandate_point`.

Source: truthful lobbying as a weighted sum, Bernheim and Whinston (1986), "Menu auctions", Quarterly Journal of
Economics 101(1), and Grossman and Helpman (1994), "Protection for sale", American Economic Review 84(4). How large the
weight is, no reporting says: it is swept, and the point where the answer flips is the answer.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.tables.envelope import Line, Piece, envelope, positive
from detente.search.tables.pulled import NONE, Pulled


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From weight `start` to `stop`: the package agreed, empty for no deal, and what it gains, own scores alone.

    At an end that two steps share both hold: the two packages are then equally good, or the principal indifferent.
    """

    start: Fraction
    stop: Fraction
    package: tuple[int, ...]
    gains: tuple[int, ...]
    ally: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """The weight at which the answer changes, from which package to which, and what that is worth to everybody."""

    at: Fraction
    before: tuple[int, ...]
    after: tuple[int, ...]
    change: tuple[int, ...]
    ally: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """The deal on one agenda as a function of the weight."""

    agenda: str
    steps: tuple[Step, ...]
    flips: tuple[Flip, ...]


@dataclass(frozen=True, slots=True)
class Preferred:
    """From weight `start` to `stop`: the agenda at which the principal, the ally's gains weighed in, has most."""

    start: Fraction
    stop: Fraction
    agenda: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllyWeight:
    """What equation (2) says for every weight from `low` to `high`; gains in basis points beyond no deal."""

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    principal: str
    ally: str
    low: Fraction
    high: Fraction
    swept: tuple[Swept, ...]
    preferred: tuple[Preferred, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def ally_weight(
    pull: Pulled,
    *,
    against: Sequence[Pulled] = (),
    low: Fraction = Fraction(0),
    high: Fraction = Fraction(1),
) -> AllyWeight:
    """Sweep the ally's weight from `low` to `high` and find every point at which the deal, or the agenda, flips.

    `against` are the same table, principal and ally on other agendas; then the agenda that the principal prefers is
    told for every weight.

    Raises AnalysisError for a range upside down, and for agendas of different tables or pairs of parties.

    >>> from detente.boards import scored
    >>> from detente.search.tables.pulled import pulled
    >>> board = scored({"cap": [[0, 40, 10], [0, 30, 20], [0, -20, 60]]}, parties=("usa", "iran", "israel"))
    >>> found = ally_weight(pulled(board, principal="usa", ally="iran"))
    >>> [(str(s.start), s.package) for s in found.swept[0].steps]
    [('0', (2,))]
    """
    if not 0 <= low <= high:
        raise AnalysisError(f"The weight cannot run from {low} to {high}. Give a range upwards from nought.")
    pulls = (pull, *against)
    other = next((p for p in against if (p.table, p.parties, p.ally) != (pull.table, pull.parties, pull.ally)), None)
    if other is not None:
        raise AnalysisError(
            f"The pull at '{other.table}' is not that of '{pull.ally}' at '{pull.table}'. Compare agendas of one table."
        )
    swept = tuple(_swept(p, low, high) for p in pulls)
    return AllyWeight(
        table=pull.table,
        parties=pull.parties,
        issues=pull.issues,
        principal=pull.parties[pull.principal],
        ally=pull.ally,
        low=low,
        high=high,
        swept=swept,
        preferred=_preferred(swept, pull.principal, low, high),
        method="envelope-of-lines",
        parameters={"no_deal": pull.no_deal_kind},
        certificate=_certificate(pulls, swept),
    )


def mandate_point(points: Sequence[float], weights: Sequence[float]) -> float:
    """Where does a principal with quadratic losses stand once lobbies are weighed in? The principal comes first.

    `weights` are s_0 for the principal and theta_j s_j for lobby j.

    Raises AnalysisError where the weights do not match the points, or add up to nothing.

    >>> mandate_point([0.0, 1.0, 0.2], [1.0, 0.4, 0.2])
    0.275
    """
    if len(points) != len(weights) or min(weights, default=-1) < 0 or not sum(weights) > 0:
        raise AnalysisError("A mandate needs one weight per point, none below nought and one above. Give those.")
    return math.fsum(x * w for x, w in zip(points, weights, strict=True)) / math.fsum(weights)


def _swept(pull: Pulled, low: Fraction, high: Fraction) -> Swept:
    if low == high:
        steps: tuple[Step, ...] = (_step(pull, low, high, pull.best(low)),)
    else:
        steps = tuple(_merged(_steps(pull, low, high, len(pull.parties))))
    flips = tuple(
        Flip(
            at=a.stop,
            before=a.package,
            after=b.package,
            change=tuple(y - x for x, y in zip(a.gains, b.gains, strict=True)),
            ally=b.ally - a.ally,
        )
        for a, b in itertools.pairwise(steps)
    )
    return Swept(agenda=pull.agenda, steps=steps, flips=flips)


def _steps(pull: Pulled, low: Fraction, high: Fraction, gaining: int) -> list[Step]:
    """Where can this many parties gain, and by which package? What is left open goes to one party fewer."""
    if gaining < 0:
        return [_step(pull, low, high, None)]
    pieces = positive(envelope(pull.lines(gaining), low, high)) if gaining else _idle(pull, low, high)
    steps: list[Step] = []
    at = low
    for piece in pieces:
        if piece.start > at:
            steps += _steps(pull, at, piece.start, gaining - 1)
        steps.append(_step(pull, piece.start, piece.stop, piece.line.of))
        at = piece.stop
    if at < high or not pieces:
        steps += _steps(pull, at, high, gaining - 1)
    return steps


def _idle(pull: Pulled, low: Fraction, high: Fraction) -> tuple[Piece, ...]:
    """A package by which nobody gains anything, and nobody loses."""
    nobody = pull.lines(0)
    return (Piece(low, high, nobody[0]),) if nobody else ()


def _step(pull: Pulled, start: Fraction, stop: Fraction, k: int | None) -> Step:
    if k is None:
        return Step(start=start, stop=stop, package=(), gains=(0,) * len(pull.parties), ally=0)
    return Step(
        start=start,
        stop=stop,
        package=tuple(pull.options[k].tolist()),
        gains=tuple(pull.gains[:, k].tolist()),
        ally=int(pull.pulls[k]),
    )


def _merged(steps: Sequence[Step]) -> list[Step]:
    """Join neighbours with the same package, and leave out steps of no width."""
    joined: list[Step] = []
    for step in steps:
        if joined and joined[-1].package == step.package:
            joined[-1] = replace(joined[-1], stop=step.stop)
        elif step.start < step.stop:
            joined.append(step)
    return joined


def _preferred(swept: Sequence[Swept], principal: int, low: Fraction, high: Fraction) -> tuple[Preferred, ...]:
    """Compare what the principal weighs at the deal of every agenda, between one flip of any of them and the next."""
    cuts = sorted({low, high, *(s.stop for sweep in swept for s in sweep.steps)})
    found: list[Preferred] = []
    for start, stop in itertools.pairwise(cuts) if low < high else [(low, high)]:
        lines = [
            Line(step.gains[principal], step.ally, k)
            for k, sweep in enumerate(swept)
            for step in sweep.steps
            if step.start <= start and stop <= step.stop
        ]
        for piece in envelope(lines, start, stop):
            name = swept[piece.line.of].agenda
            if found and found[-1].agenda == name:
                found[-1] = Preferred(found[-1].start, piece.stop, name)
            elif piece.start < piece.stop or low == high:
                found.append(Preferred(piece.start, piece.stop, name))
    return tuple(found)


def _certificate(pulls: Sequence[Pulled], swept: Sequence[Swept]) -> Certificate:
    """Look through all packages in the middle of every step for one with more gainers, or a greater product."""
    checked, holds = 0, True
    for pull, sweep in zip(pulls, swept, strict=True):
        for step in sweep.steps:
            middle = (step.start + step.stop) / 2
            best = pull.best(middle)
            checked += len(pull.options)
            holds &= pull.worth(step.package, middle) == (pull.worth_of(best, middle) if best is not None else NONE)
    return Certificate(claim="no-package-is-worth-more-in-between", checked=checked, holds=holds)
