r"""Who challenges whom inside a body that decides, who gives way, and where does that leave the decision?

Party i expects of challenging j, with d = |x_i - x_j| / R, R the range of the positions before the first round,
salience s between 0 and 1, and the chance P that i prevails, by the influence times salience of who is nearer to which:

    E_i(ij) = s_j (P U_s + (1 - P) U_f) + (1 - s_j) U_s - Q U_q - (1 - Q) U_m                                      (1)
    U_s = 2 - 4 (1/2 - d/2)^r,   U_f = 2 - 4 (1/2 + d/2)^r,   U_q = 2 - 4 (1/2)^r                                  (2)
    r_i = (1 - R_i/3) / (1 + R_i/3),   R_i = (2 T_i - max T - min T) / (max T - min T)                             (3)

T_i is what all others together expect of challenging i with r = 1; U_m is what i expects of the other's move to the
median. A party gives way to one that expects to gain, and more than it does itself: all the way where it hoped for a
gain (confrontation) or has more to lose than the other to win (capitulation), else by |E / E'| of it (compromise).
Everybody takes one offer a round, and all move at once.

The model was never published as a program, and those who wrote it anew differ. A `dialect` is one of these readings:
what P divides by, whose r counts, and which offer is taken (see `search.positions.challenge`).

Source: Bueno de Mesquita (1994), in European Community Decision Making, and (1997), "A decision making model: its
structure and form", International Interactions 23(3-4); as read by Scholz, Calbert and Smith (2011), "Unravelling Bueno
de Mesquita's group decision model", ICAART, and by Masad (2014), whose program is the third reading. It holds, if it
does, where everybody knows what all want and weigh, and nobody can leave. On decisions of the European Union it does
worse than the weighted mean.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.decision import Decision, Shift
from detente.boards.position_board import Positions
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.positions.challenge.offers import octants
from detente.search.positions.challenge.rounds import Move, Run, run
from detente.search.positions.challenge.worth import DIALECTS, Dialect, Standing, weighted_median
from detente.search.positions.sound import require_body

Cases: TypeAlias = Int[np.ndarray, " case"]
Members: TypeAlias = Int[np.ndarray, " member"]
Pairs: TypeAlias = Float[np.ndarray, "*draw party other issue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """Equations (1) to (3) round by round, and where everybody stands at the end.

    ========  ==============================  =======================================================================
    risk      *draw round party issue         exponents in each round, 1/2 (shuns risk) to 2; 1 without a stance
    median    *draw turn issue                weighted median before the first and after each round, the issue's unit
    mean      *draw turn issue                weighted mean, likewise
    own       *draw party other issue         what a party expects of challenging the other in the first round, -4 to 4
    their     *draw party other issue         what the other expects of challenging it, as the dialect sees it
    octant    *draw party other issue         what that makes of the pair, a number of `OCTANTS`; 0 without a stance
    moving    *draw issue                     whether somebody moved in the last round: the model has not come to rest
    ========  ==============================  =======================================================================

    `decision.point` is the weighted median after the last round, the lower where two would do; the levels are
    everybody's last positions, weighted by influence times salience. In `shifts`, `won` is what who pressed expects
    and `lost` what who moved does.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    decision: Decision
    risk: Float[np.ndarray, "*draw round party issue"]
    median: Float[np.ndarray, "*draw turn issue"]
    mean: Float[np.ndarray, "*draw turn issue"]
    own: Pairs
    their: Pairs
    octant: Int[np.ndarray, "*draw party other issue"]
    moving: Bool[np.ndarray, "*draw issue"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def challenge(positions: Positions, *, dialect: str = "scholz-code", rounds: int = 10, quiet: float = 1.0) -> Challenge:
    """Let everybody challenge everybody, round after round; `quiet` is Q, the chance that nothing changes otherwise.

    Raises AnalysisError for a dialect it does not know, fewer than one round, a `quiet` off 0 to 1 (other than 1 in
    `masad-2014`, which was run at 1 alone), and a body that no model can say anything about.

    >>> one = np.ones((3, 1))
    >>> board = Positions(parties=("a", "b", "c"), issues=("cap",), at=np.array([[0.0], [40.0], [100.0]]),
    ...     salience=np.array([[90.0], [20.0], [60.0]]), influence=np.array([[3.0], [1.0], [2.0]]), low=np.zeros(1),
    ...     high=np.full(1, 100.0), status_quo=np.zeros(1), stated=one > 0)
    >>> [(s.party, s.kind, s.by, round(s.end, 1)) for s in challenge(board, rounds=1).decision.shifts]
    [('b', 'confrontation', 'c', 100.0)]
    """
    reading = _reading(dialect, rounds, quiet)
    require_body(positions)
    start = _standing(positions)
    told = _untold(start, rounds)
    shifts: list[Shift] = []
    for members, cases in _groups(positions):
        single = positions.at.ndim == positions.stated.ndim
        part = run(_among(start, members, cases), dialect=reading, rounds=rounds, quiet=quiet, told=single)
        _put(told, part, members, cases)
        shifts += [_shift(positions, move, members, cases) for move in part.moves]
    path, own, their = (_by_draw(values, positions) for values in (told.path, told.own, told.their))
    median, mean = _middle(path, positions.weight)
    return Challenge(
        parties=positions.parties,
        issues=positions.issues,
        decision=_decision(positions.weight, path, median, shifts),
        risk=_by_draw(told.risk, positions),
        median=median,
        mean=mean,
        own=own,
        their=their,
        octant=octants(own, their, _differ(positions)),
        moving=_by_draw(told.moving, positions),
        method="expected-utility-challenges",
        parameters={"dialect": dialect, "rounds": rounds, "quiet": quiet},
        certificate=_certificate(path, positions.stated),
    )


def _reading(dialect: str, rounds: int, quiet: float) -> Dialect:
    known = next((d for d in DIALECTS if d == dialect), None)
    if known is None:
        raise AnalysisError(f"'{dialect}' is no dialect of the challenge model. Choose one of: {', '.join(DIALECTS)}.")
    if rounds < 1:
        raise AnalysisError(f"The challenge model cannot be run for {rounds} rounds. Give it at least 1.")
    if not 0 <= quiet <= 1:
        raise AnalysisError(
            f"The chance that nothing changes in the challenge model, {quiet:g}, is none. Give 0 to 1; 1 is usual."
        )
    if dialect == "masad-2014" and quiet != 1:
        raise AnalysisError(
            "The dialect masad-2014 was only ever run where nothing changes otherwise: leave quiet at 1, or choose "
            "scholz-paper."
        )
    return known


def _groups(positions: Positions) -> list[tuple[Members, Cases]]:
    """Put together what the same parties have a stance on, over all draws: it is worked out side by side."""
    kinds, kind = np.unique(positions.stated.T, axis=0, return_inverse=True)
    of_case = np.repeat(kind.ravel(), positions.status_quo.size // len(positions.issues))
    return [(np.flatnonzero(row), np.flatnonzero(of_case == k)) for k, row in enumerate(kinds)]


def _standing(positions: Positions) -> Standing:
    """Lay out the board party first; a case is an issue in a draw, the draws of an issue side by side."""
    at, salience, weight = (
        np.moveaxis(values.reshape(-1, *values.shape[-2:]), 0, -1).reshape(len(positions.parties), -1)
        for values in (positions.at, positions.salience / 100, positions.weight / 100)
    )
    return Standing(at=at, salience=salience, weight=weight, width=np.ones(at.shape[1]))


def _among(start: Standing, members: Members, cases: Cases) -> Standing:
    at, salience, weight = (v[np.ix_(members, cases)] for v in (start.at, start.salience, start.weight))
    width = np.ptp(at, axis=0)
    return Standing(at=at, salience=salience, weight=weight, width=np.where(width > 0, width, 1.0))


def _untold(start: Standing, rounds: int) -> Run:
    """Lay out what will be found as it is for a party without a stance, which stays and expects nothing."""
    pairs = (len(start.at), *start.at.shape)
    return Run(
        path=np.repeat(start.at[None], rounds + 1, axis=0),
        risk=np.ones((rounds, *start.at.shape)),
        own=np.zeros(pairs),
        their=np.zeros(pairs),
        moving=np.zeros(start.at.shape[1], dtype=bool),
    )


def _put(told: Run, part: Run, members: Members, cases: Cases) -> None:
    told.path[:, members[:, None], cases] = part.path
    told.risk[:, members[:, None], cases] = part.risk
    told.own[np.ix_(members, members, cases)] = part.own
    told.their[np.ix_(members, members, cases)] = part.their
    told.moving[cases] = part.moving


def _by_draw(values: np.ndarray, positions: Positions) -> np.ndarray:
    """Turn the last axis, issues by draws, into draws first and issues last."""
    lead, issues = positions.status_quo.shape[:-1], len(positions.issues)
    apart = np.moveaxis(values.reshape(*values.shape[:-1], issues, -1), -1, 0)
    return np.ascontiguousarray(apart.reshape(*lead, *apart.shape[1:]))


def _middle(
    path: Float[np.ndarray, "*draw turn party issue"], weight: Float[np.ndarray, "*draw party issue"]
) -> tuple[Float[np.ndarray, "*draw turn issue"], Float[np.ndarray, "*draw turn issue"]]:
    at, heavy = path.swapaxes(-1, -2), weight.swapaxes(-1, -2)[..., None, :, :]
    mean = (at * heavy).sum(axis=-1) / heavy.sum(axis=-1)
    return weighted_median(at, np.broadcast_to(heavy, at.shape)), np.asarray(mean)


def _decision(
    weight: Float[np.ndarray, "*draw party issue"],
    path: Float[np.ndarray, "*draw turn party issue"],
    median: Float[np.ndarray, "*draw turn issue"],
    shifts: list[Shift],
) -> Decision:
    last, share = path[..., -1, :, :].swapaxes(-1, -2), (weight / weight.sum(axis=-2, keepdims=True)).swapaxes(-1, -2)
    order = np.argsort(last, axis=-1, kind="stable")
    return Decision(
        levels=np.take_along_axis(last, order, axis=-1),
        weight=np.take_along_axis(share, order, axis=-1),
        point=median[..., -1, :],
        path=path,
        shifts=tuple(sorted(shifts, key=lambda shift: shift.round)),
    )


def _shift(positions: Positions, move: Move, members: Members, cases: Cases) -> Shift:
    less = "compromise" if -move.own < move.their else "capitulation"
    return Shift(
        round=move.round,
        issue=positions.issues[cases[move.case]],
        party=positions.parties[members[move.party]],
        by=positions.parties[members[move.by]],
        kind="confrontation" if move.own > 0 else less,
        start=move.start,
        end=move.end,
        won=move.their,
        lost=move.own,
    )


def _differ(positions: Positions) -> Bool[np.ndarray, "*draw party other issue"]:
    both = positions.stated[:, None] & positions.stated
    return np.asarray(both & (positions.at[..., :, None, :] != positions.at[..., None, :, :]))


def _certificate(
    path: Float[np.ndarray, "*draw turn party issue"], stated: Bool[np.ndarray, "party issue"]
) -> Certificate:
    """Check that every round leaves the range as wide as it was, or narrower: a challenge moves nobody past anybody."""
    top = path.max(axis=-2, where=stated, initial=-np.inf)
    bottom = path.min(axis=-2, where=stated, initial=np.inf)
    room = 1e-9 * (top - bottom)[..., :1, :]
    wider = (np.diff(top, axis=-2) > room) | (np.diff(bottom, axis=-2) < -room)
    return Certificate(claim="no-round-widens-the-range", checked=wider.size, holds=not wider.any())
