r"""Who presses whom towards what inside a body that decides, round by round, and where does it rest?

All issues at once: positions are points in a space whose axes each party weighs by its salience. In a round

    u = (1 - d)(1 + R d)        what a position at distance d is worth to a party with attitude R to risk
    gain = (1 - S) 2 u_i + S (p 2 u_i + (1 - p) 2 u_j) - (u_i + u_j)

says what i expects of contesting j, which fights with its attention S, p being i's chance when all others may take
sides. Everybody contests whoever promises it most; the two would meet where salience and chances put them; and every
party takes, of the bargains that it is part of, the one that comes out on top in a vote of all. The rounds end when
hardly anybody moves. How strong a position is, says an election between all positions that differ.

Source: the Spatial Model of Politics of KAPSARC (2019), KAPSARC Toolkit for Behavioral Analysis (KTAB), version 1.4.
Its floors, ties and rounding are kept, and what its program does counts where its papers say something else; each such
reading is named in `Settings`. Ours: issues on which only two poles are held, and saliences of zero, are no error; a
party with several influences has their mean over the issues that it has a stance on; where a party's saliences add up
to more than 100, everybody's are divided alike until the largest sum is 100; a party without a stance on an issue
starts from the status quo there, and is no candidate. It holds where members give way to pressure rather than leave.
It does not say whether a decision is taken at all.
"""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.decision import Decision, Shift
from detente.boards.position_board import Positions
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.positions.sound import require_body
from detente.search.positions.spatial.played import Played, played
from detente.search.positions.spatial.settings import Settings
from detente.search.positions.spatial.turns import LEAST_ROUNDS, QUIET, SLACK, Turn
from detente.search.positions.spatial.views import Members, members

_STANDARD = Settings()
_WHOLE = 100.0  # percent
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class SpatialBargaining:
    """Who moves where, how strong everybody is on the way, and where it ends.

    ========  ===================  ============================================================================
    decision                       levels: the last positions; point: their mean by chance; shifts: who moved whom
    mode      *draw issue          the position with the greatest chance at the end, in the issue's unit
    risk      *draw round party    attitude to risk: -1/2 cautious to 1 daring, unless the range says otherwise
    chance    *draw round party    of the last position closer than 0.001 to the party's; may add up to more than 1
    rounds    *draw                how many rounds there were
    settled   *draw                whether they ended because hardly anybody moved any more
    ========  ===================  ============================================================================

    In a shift, `by` is the party at the other side of the bargain. It is "pressed" when that party proposed the
    bargain, and "meeting" when the one that moves did, on its way to meet whom it contests. `won` is what that is worth
    to `by` and `lost` what it is worth to the one that moves, below 0 for a loss: to the one that proposed, what it
    expects of the contest; to the other, by how much the mean worth of all positions changes if both keep to it.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    decision: Decision
    mode: Float[np.ndarray, "*draw issue"]
    risk: Float[np.ndarray, "*draw round party"]
    chance: Float[np.ndarray, "*draw round party"]
    rounds: Int[np.ndarray, "*draw"]
    settled: Bool[np.ndarray, "*draw"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class _Body:
    """The parties that have a stance, on scales from 0 to 1."""

    who: Int[np.ndarray, " actor"]
    stated: Bool[np.ndarray, "actor issue"]
    members: Members
    start: Float[np.ndarray, "draw actor issue"]
    affinity: Float[np.ndarray, "actor actor"] | None


def spatial_bargaining(
    positions: Positions,
    *,
    settings: Settings = _STANDARD,
    affinity: Float[np.ndarray, "party party"] | None = None,
    rng: np.random.Generator | None = None,
    rounds: int = 100,
) -> SpatialBargaining:
    """Play the rounds of the body on all its issues at once, at most `rounds` of them.

    `affinity` says how far the ideal of each party (row) follows the new positions of each other (column): from 0 to
    1, at most 1 over a row; what is missing to 1 stays with its old ideal. Without any, ideals follow one's own
    position. `rng` is needed where bargains are taken by lot.

    Raises AnalysisError for a body about which nothing can be said, an affinity that is none, lots without an `rng`,
    and fewer than one round.

    >>> one = np.ones((3, 1))
    >>> board = Positions(parties=("a", "b", "c"), issues=("cap",), at=np.array([[0.0], [40.0], [100.0]]),
    ...     salience=one * 50, influence=one, low=np.zeros(1), high=np.full(1, 100.0), status_quo=np.zeros(1),
    ...     stated=one > 0)
    >>> found = spatial_bargaining(board)
    >>> found.decision.point.round(2), found.rounds, found.settled
    (array([40.46]), array(3), array(True))
    """
    require_body(positions)
    if rounds < 1:
        raise AnalysisError(f"Bargaining takes at least one round, not {rounds}. Ask for 1 or more.")
    if settings.transitions == "stochastic" and rng is None:
        raise AnalysisError("Bargains taken by lot need random numbers. Give an rng, or ask for deterministic ones.")
    body = _body(positions, affinity)
    done = played(body.members, body.start, settings=settings, rounds=rounds, affinity=body.affinity, rng=rng)
    draws = positions.at.shape[:-2]
    decision, mode = _decision(positions, body, done)
    return SpatialBargaining(
        parties=positions.parties,
        issues=positions.issues,
        decision=decision,
        mode=mode.reshape(*draws, -1),
        risk=_everybody(positions, body, done.risk),
        chance=_everybody(positions, body, done.chance),
        rounds=done.rounds.reshape(draws),
        settled=done.settled.reshape(draws),
        method="spatial-model-of-politics",
        parameters={**dict(settings.pairs), "affinity": affinity is not None, "rounds": rounds},
        certificate=_certificate(done, rounds),
    )


def _body(positions: Positions, affinity: Float[np.ndarray, "party party"] | None) -> _Body:
    who = np.flatnonzero(positions.stated.any(axis=1))
    size = (-1, len(positions.parties), len(positions.issues))
    stated = positions.stated[who]
    at, salience, influence = (a.reshape(size)[:, who] for a in (positions.at, positions.salience, positions.influence))
    salience = np.where(stated, salience, 0.0) / _WHOLE
    most = salience.sum(axis=2).max(axis=1)
    salience = salience / np.where(most > 1 + _ROUNDING, most, 1.0)[:, None, None]
    # The mean as the first and what the others are above it, so that equal influences keep their value to the bit.
    first = influence[:, np.arange(len(who)), stated.argmax(axis=1)]
    above = np.where(stated, influence - first[..., None], 0.0).sum(axis=2) / stated.sum(axis=1)
    start = np.clip((at - positions.low) / (positions.high - positions.low), 0.0, 1.0)
    return _Body(who, stated, members(first + above, salience), start, _affinity(positions, affinity, who))


def _affinity(
    positions: Positions, affinity: Float[np.ndarray, "party party"] | None, who: Int[np.ndarray, " actor"]
) -> Float[np.ndarray, "actor actor"] | None:
    """Check an affinity, and keep what is between parties that have a stance."""
    if affinity is None:
        return None
    count = len(positions.parties)
    if affinity.shape != (count, count):
        raise AnalysisError(
            f"The affinity has the shape {affinity.shape} for {count} parties. Give one row and one column for each."
        )
    for party, row in zip(positions.parties, affinity, strict=True):
        if not np.isfinite(row).all() or (row < 0).any() or row.sum() > 1 + _ROUNDING:
            raise AnalysisError(
                f"The affinities of {party} are {', '.join(f'{a:g}' for a in row)}. Give numbers from 0 to 1 that add "
                "up to at most 1."
            )
    return np.ascontiguousarray(affinity[np.ix_(who, who)], dtype=np.float64)


def _decision(positions: Positions, body: _Body, done: Played) -> tuple[Decision, Float[np.ndarray, "draw issue"]]:
    """Share the chance at the end out over the last positions, issue by issue."""
    width = positions.high - positions.low
    draws = positions.at.shape[:-2]
    # A position that several hold is a candidate on an issue if one of them has a stance there.
    counts = (done.near[..., None] & body.stated[:, None]).any(axis=1)
    weight = np.where(counts, done.share[..., None], 0.0)
    whole = weight.sum(axis=1, keepdims=True)
    weight = np.where(whole > 0, weight, counts)
    weight = np.swapaxes(weight / weight.sum(axis=1, keepdims=True), 1, 2)
    levels = np.swapaxes(positions.low + done.at[:, -1] * width, 1, 2)
    order = np.argsort(levels, axis=2, kind="stable")
    levels, weight = np.take_along_axis(levels, order, axis=2), np.take_along_axis(weight, order, axis=2)
    mode = np.take_along_axis(levels, weight.argmax(axis=2)[..., None], axis=2)[..., 0]
    shape = (*draws, *levels.shape[1:])
    told = Decision(
        levels=levels.reshape(shape),
        weight=weight.reshape(shape),
        point=positions.low + 0.0 * mode.reshape(*draws, -1),
        path=_path(positions, body, done),
        shifts=_shifts(positions, body, done.turns) if not draws else (),
    )
    return replace(told, point=told.mean), mode


def _path(positions: Positions, body: _Body, done: Played) -> Float[np.ndarray, "*draw round party issue"]:
    """Say where everybody stands in the issue's unit; who has not moved stands exactly where it was said to."""
    count, issues = len(positions.parties), len(positions.issues)
    given = positions.at.reshape(-1, 1, count, issues)
    path = np.repeat(given, done.at.shape[1], axis=1)
    here = positions.low + done.at * (positions.high - positions.low)
    path[:, :, body.who] = np.where(done.at == done.at[:, :1], path[:, :, body.who], here)
    return path.reshape(*positions.at.shape[:-2], *path.shape[1:])


def _everybody(
    positions: Positions, body: _Body, values: Float[np.ndarray, "draw round actor"]
) -> Float[np.ndarray, "*draw round party"]:
    """Put a zero for whoever has no stance at all."""
    found = np.zeros((*values.shape[:2], len(positions.parties)))
    found[:, :, body.who] = values
    return found.reshape(*positions.at.shape[:-2], *found.shape[1:])


def _shifts(positions: Positions, body: _Body, turns: tuple[Turn, ...]) -> tuple[Shift, ...]:
    """Tell the rounds: who moved, by whose doing, and what it was worth to both."""
    names = [positions.parties[w] for w in body.who]
    width = positions.high - positions.low
    before, told = body.start[0], []
    for number, step in enumerate(turns, start=1):
        after = step.at[0]
        for actor, issue in zip(*np.nonzero(after != before), strict=True):
            option = int(step.chosen[0, actor])
            who, whom = int(step.bargains.who[option]), int(step.bargains.whom[0, option])
            pressed = whom == actor
            expects = float(step.gain[0, who])
            means = float(step.worth[0, whom, option] - step.worth[0, whom, 0])
            told.append(
                Shift(
                    round=number,
                    issue=positions.issues[issue],
                    party=names[actor],
                    by=names[who if pressed else whom],
                    kind="pressed" if pressed else "meeting",
                    start=float(positions.low[issue] + before[actor, issue] * width[issue]),
                    end=float(positions.low[issue] + after[actor, issue] * width[issue]),
                    won=expects if pressed else means,
                    lost=means if pressed else expects,
                )
            )
        before = after
    return tuple(told)


def _certificate(done: Played, rounds: int) -> Certificate:
    """Check anew, from the positions alone, that every draw ends where the rule says, with shares of one whole."""
    moved = np.sqrt(((done.at[:, 1:] - done.at[:, :-1]) ** 2).sum(axis=3)).sum(axis=2)
    ratio = moved / (moved[:, :1] + SLACK)
    number = np.arange(1, moved.shape[1] + 1)
    played_on = (number >= LEAST_ROUNDS) & (number < done.rounds[:, None])
    last = ratio[np.arange(len(ratio)), done.rounds - 1]
    ends = np.where(done.settled, last < QUIET + _ROUNDING, done.rounds == rounds)
    whole = np.abs(done.share.sum(axis=1) - 1) <= _ROUNDING
    holds = bool(ends.all() and whole.all() and (ratio[played_on] >= QUIET - _ROUNDING).all())
    return Certificate(claim="ends-when-all-is-quiet", checked=int(done.rounds.sum()), holds=holds)
