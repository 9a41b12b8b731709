"""Where does everybody stand after each round of challenges?"""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.search.positions.challenge.offers import Taken, taken
from detente.search.positions.challenge.worth import Dialect, Standing, expected, risks

# Cases at a time: tables of parties by parties by cases that nearly stay in the second-level cache.
_CELLS = 32_000


@dataclass(frozen=True, slots=True)
class Move:
    """One party's step in one round of one case, and what both expected of the challenge; parties by number."""

    round: int
    case: int
    party: int
    by: int
    own: float
    their: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All rounds of many cases.

    =======  ==================  ==============================================================================
    path     round party case    where everybody stands before the first and after each round, in the issue's unit
    risk     round party case    risk exponents in each round, 1/2 to 2
    own      party other case    what party expects of challenging other in the first round
    their    party other case    what, in its view or by the other's own count, the other expects of challenging it
    moving   case                whether somebody moved in the last round
    =======  ==================  ==============================================================================
    """

    path: Float[np.ndarray, "turn party case"]
    risk: Float[np.ndarray, "round party case"]
    own: Float[np.ndarray, "party other case"]
    their: Float[np.ndarray, "party other case"]
    moving: Bool[np.ndarray, " case"]
    moves: tuple[Move, ...] = ()


def run(start: Standing, *, dialect: Dialect, rounds: int, quiet: float, told: bool = False) -> Run:
    """Run the rounds of every case; a case in which nobody moves any more is left as it is.

    Each round first finds the risk exponents with everybody's at 1, then what everybody expects with these, then all
    move at once. The range that distances are measured by is the one before the first round. `told` lists the moves.
    What comes out of a case does not depend on the cases beside it. In the example the heavier of two gives in: it is
    the less threatened, so that its exponent is 2, with which quiet is worth most and a challenge less than nothing.

    >>> start = Standing(at=np.array([[0.0], [1.0]]), salience=np.ones((2, 1)), weight=np.array([[2.0], [1.0]]),
    ...     width=np.ones(1))
    >>> run(start, dialect="scholz-paper", rounds=1, quiet=1.0).path[:, :, 0].tolist()
    [[0.0, 1.0], [1.0, 1.0]]
    """
    parties, cases = start.at.shape
    found = Run(
        path=np.empty((rounds + 1, parties, cases)),
        risk=np.empty((rounds, parties, cases)),
        own=np.empty((parties, parties, cases)),
        their=np.empty((parties, parties, cases)),
        moving=np.zeros(cases, dtype=bool),
    )
    found.path[0] = start.at
    moves: list[Move] = []
    size = max(_CELLS // parties**2, 2)
    for first in range(0, cases, size):
        live = np.arange(first, min(first + size, cases))
        for turn in range(rounds):
            # Who no longer moves stays as in the round before.
            block = slice(first, first + size)
            found.path[turn + 1, :, block] = found.path[turn, :, block]
            found.risk[turn, :, block] = found.risk[max(turn - 1, 0), :, block]
            if live.size:
                live = _round(start, found, live, turn, (dialect, quiet), moves if told else None)
        found.moving[live] = True
    return replace(found, moves=tuple(moves))


def _round(
    start: Standing,
    found: Run,
    live: Int[np.ndarray, " live"],
    turn: int,
    rule: tuple[Dialect, float],
    moves: list[Move] | None,
) -> Int[np.ndarray, " still"]:
    """Play one round of the cases that still move, write it down, and return those that do after it."""
    dialect, quiet = rule
    # One case alone is added up in another order than among others, so it is never alone.
    cases = np.repeat(live, 2) if live.size == 1 else live
    standing = Standing(
        at=found.path[turn].take(cases, axis=1),
        salience=start.salience.take(cases, axis=1),
        weight=start.weight.take(cases, axis=1),
        width=start.width[cases],
    )
    apart = standing.apart
    risk = risks(standing, apart, dialect=dialect, quiet=quiet)
    own, their = expected(standing, apart, risk, dialect=dialect, quiet=quiet)
    chosen = taken(standing, apart, own, their, dialect)
    found.risk[turn][:, cases] = risk
    found.path[turn + 1][:, cases] = chosen.to
    if turn == 0:
        found.own[..., cases] = own
        found.their[..., cases] = their
    if moves is not None:
        moves.extend(_listed(turn + 1, live, standing, chosen, (own, their)))
    still = np.asarray(chosen.moves.any(axis=0))
    return np.asarray(live[still[: live.size]])


def _listed(
    turn: int,
    live: Int[np.ndarray, " live"],
    standing: Standing,
    chosen: Taken,
    worth: tuple[Float[np.ndarray, "party other case"], Float[np.ndarray, "party other case"]],
) -> list[Move]:
    own, their = worth
    return [
        Move(
            round=turn,
            case=int(live[case]),
            party=int(party),
            by=int(chosen.by[party, case]),
            own=float(own[party, chosen.by[party, case], case]),
            their=float(their[party, chosen.by[party, case], case]),
            start=float(standing.at[party, case]),
            end=float(chosen.to[party, case]),
        )
        for case in range(live.size)
        for party in np.flatnonzero(chosen.moves[:, case])
    ]
