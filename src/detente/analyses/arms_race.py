r"""Does an arms race come to rest, and where, when each side answers the other and tires of its own?

    dx/dt = k y - a x + g,       dy/dt = l x - b y + h                                                              (1)
    x* = (k h + b g) / (ab - kl),    y* = (l g + a h) / (ab - kl)                                                   (2)
    roots  -(a + b)/2 +- sqrt((a - b)^2 / 4 + k l)                                                                  (3)

x and y are arms, or any tension that the other answers; k and l the reactions, a and b the fatigues, g and h the
grievances. It comes to rest just where ab > kl: where each tires more than they stir each other. Else it runs away,
upwards or downwards by where it starts; what is left of a disturbance after a time t is exp(root t) of it.

Source: Richardson (1960), Arms and Insecurity. Amounts may fall below 0 here, which stands for goodwill; reactions are
not known from text, and arms that were bought were rarely bought for the neighbour alone: sweep them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.boards.armament import Armament
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError

CLOSE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmsRace:
    """What equations (1) to (3) say.

    =======  =================  =============================================================================
    stable   *draw              whether it comes to rest, wherever it starts
    rest     *draw party        equation (2): where nothing moves; NaN where there is no such place, or a line
    roots    *draw, 2           equation (3), the lower first, per unit of time
    course   *draw time party   where both stand at each time asked for
    runs     *draw              1 upwards, -1 downwards without end, 0 to rest or not at all
    halved   *draw              how long until half of a disturbance is gone; NaN where it does not go
    =======  =================  =============================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    stable: Bool[np.ndarray, "*draw"]
    rest: Float[np.ndarray, "*draw party"]
    roots: Float[np.ndarray, "*draw 2"]
    course: Float[np.ndarray, "*draw time party"]
    runs: Float[np.ndarray, "*draw"]
    halved: Float[np.ndarray, "*draw"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def arms_race(armament: Armament, *, times: Sequence[float] = (1.0, 2.0, 5.0, 10.0)) -> ArmsRace:
    """Find where two sides that answer each other come to rest, and where they stand until then.

    Raises AnalysisError for a time below 0 or not finite.

    >>> from detente.boards.armament import armament
    >>> found = arms_race(armament(("a", "b"), reaction=(0.8, 0.6), fatigue=(1, 1), grievance=(0.5, 0.3)))
    >>> bool(found.stable), found.rest.round(4).tolist(), found.roots.round(4).tolist()
    (True, [1.4231, 1.1538], [-1.6928, -0.3072])
    """
    when = np.asarray(times, dtype=float)
    if not (np.isfinite(when) & (when >= 0)).all():
        raise AnalysisError("A time to look at is below 0, or without end. Give times from 0 on.")
    (k, other), (a, b) = _sides(armament.reaction), _sides(armament.fatigue)
    spread = np.sqrt((a - b) ** 2 / 4 + k * other)
    roots = np.stack([-(a + b) / 2 - spread, -(a + b) / 2 + spread], axis=-1)
    room = a * b - k * other
    with np.errstate(divide="ignore", invalid="ignore"):
        g, h = _sides(armament.grievance)
        rest = np.stack([k * h + b * g, other * g + a * h], axis=-1) / np.where(room == 0, np.nan, room)[..., None]
    stable = np.asarray(room > 0)
    return ArmsRace(
        table=armament.table,
        parties=armament.parties,
        issues=(),
        stable=stable,
        rest=rest,
        roots=roots,
        course=_course(armament, roots, when),
        runs=np.where(stable, 0.0, np.sign(_pushed(armament, roots))),
        halved=np.where(stable, -np.log(2) / np.where(stable, roots[..., 1], -1.0), np.nan),
        method="closed-form",
        parameters={},
        certificate=_certificate(armament, rest),
    )


def _sides(pair: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return pair[..., 0], pair[..., 1]


def _moves(armament: Armament, at: np.ndarray) -> np.ndarray:
    """Return the right side of equation (1)."""
    return np.asarray(armament.reaction * at[..., ::-1] - armament.fatigue * at + armament.grievance)


def _pushed(armament: Armament, roots: np.ndarray) -> np.ndarray:
    """Return how the first movement looks along the direction that grows: above 0 where both grow in the end."""
    moves = _moves(armament, armament.start)
    upper = roots[..., 1]
    # The other root's part is taken out: (A - lower) v is along the direction of the upper root, both signs alike.
    first = armament.reaction * moves[..., ::-1] - armament.fatigue * moves - roots[..., :1] * moves
    grown = np.where(np.abs(first[..., 0]) >= np.abs(first[..., 1]), first[..., 0], first[..., 1])
    return np.asarray(np.where(upper >= 0, np.where(np.abs(grown) > CLOSE, grown, 0.0), 0.0))


def _course(armament: Armament, roots: np.ndarray, when: np.ndarray) -> np.ndarray:
    """Return start + (integral of exp(A s) ds) times the first movement, with A split into its two roots."""
    lower, upper = roots[..., 0, None], roots[..., 1, None]
    moves = _moves(armament, armament.start)
    turned = armament.reaction * moves[..., ::-1] - armament.fatigue * moves
    part = turned - roots[..., :1] * moves
    low, high, apart = _grown(lower, when), _grown(upper, when), upper - lower
    alike = apart < CLOSE  # only where a is b and nobody answers, so that the root is not 0
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        slope = np.where(alike, (when * np.exp(lower * when) - low) / lower, (high - low) / apart)
    along = low[..., None] * moves[..., None, :] + slope[..., None] * part[..., None, :]
    return np.asarray(armament.start[..., None, :] + along)


def _grown(root: np.ndarray, when: np.ndarray) -> np.ndarray:
    """Return (exp(root t) - 1) / root, which is t where the root is 0."""
    flat = np.abs(root) < 1e-300
    with np.errstate(over="ignore"):
        return np.asarray(np.where(flat, when, np.expm1(root * when) / np.where(flat, 1.0, root)))


def _certificate(armament: Armament, rest: np.ndarray) -> Certificate:
    """Does nothing move where it rests?"""
    there = np.isfinite(rest).all(axis=-1)
    at = np.where(there[..., None], rest, 0.0)
    size = 1 + np.abs(armament.reaction * at[..., ::-1]) + np.abs(armament.fatigue * at) + np.abs(armament.grievance)
    still = (np.abs(_moves(armament, at)) <= CLOSE * size).all(axis=-1)
    return Certificate(claim="nothing-moves-at-rest", checked=int(there.sum()), holds=bool(still[there].all()))
