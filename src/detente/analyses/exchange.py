r"""Which trades across issues would members of a deciding body make, where does that take it, and at whose cost?

The outcome of an issue is the weighted mean position; weights c s stay as they are. Two members can trade when they are
on opposite sides of the outcome on two issues and differ in which matters more: each moves on the one that matters less
to it, and gets the other moved. With dO what the outcome moves, gains are equal where

    s_1q dO_q - s_1p dO_p = s_2p dO_p - s_2q dO_q,  so  dO_q = dO_p (s_1p + s_2p) / (s_1q + s_2q)                  (1)

for a first party that gives on p and a second that gives on q. One of them goes all the way to the other, or the
outcome goes to where the one stands that wants it moved. The trade that gains most is made, all are reckoned anew, and
so on until none is left. What it does to a third party k, on both issues, is its externality:

    s_k (|O - x_k| - |O' - x_k|)                                                                                   (2)

A round ends at the positions traded to, y; the next one begins at x + (0.4 (1 - s) + 0.1) (y - x).

Source: Stokman and Van Oosten (1994), "The exchange of voting positions: an object-oriented model of policy networks",
in Bueno de Mesquita and Stokman, European Community Decision Making, 105-127; Arregui, Stokman and Thomson (2004),
"Bargaining in the European Union and shifts in actors' policy positions", European Union Politics 5(1), 47-72, and Van
Assen, Stokman and Van Oosten (2003), "Conflict measures in cooperative exchange models of collective decision-making",
Rationality and Society 15(1), 85-112. It holds where nobody has a veto, and moves on different issues can be promised
to one another. It does not say that the trades will be found, nor how many rounds there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from detente.boards.decision import Decision, Shift
from detente.boards.position_board import Positions
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.positions.exchange import FIXED, YIELD, Rounds, Trades, rounds
from detente.search.positions.exchange_limits import Crossing, Offers
from detente.search.positions.exchange_rows import Weights
from detente.search.positions.sound import require_body

BLOCK = 2**18  # pairs of parties and of issues, over all draws, that are traded between at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """One trade of a single case: who gave what, what both gain, and what it did to each other party.

    `first` gives on `first_issue` and wants `second_issue` moved. Starts and ends are in the issue's unit, as are the
    shifts: what the outcomes moved. `gain` is what each of the two gains and `external` what each other party gains or
    loses, in percent of a scale times salience from 0 to 1.
    """

    round: int
    first: str
    second: str
    first_issue: str
    second_issue: str
    first_start: float
    first_end: float
    second_start: float
    second_end: float
    first_shift: float
    second_shift: float
    gain: float
    external: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What the trades come to. `decision.point` is the outcome after the last round, a mean.

    The levels of the decision are where everybody stands then, weighted by its share of the weight.

    ========  ==================  =====================================================================
    outcome   *draw time issue    in the issue's unit: before the first and after each round
    voted     *draw round issue   in the issue's unit: at the positions traded to in each round
    gained    *draw party         what each gained by its own trades, over all rounds
    external  *draw party         what the trades of others did to it, over all rounds
    traded    *draw round         how many trades were made
    ========  ==================  =====================================================================

    Gains are in percent of a scale times salience from 0 to 1. `trades` tells those of a single case, in order.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    decision: Decision
    outcome: Float[np.ndarray, "*draw time issue"]
    voted: Float[np.ndarray, "*draw round issue"]
    gained: Float[np.ndarray, "*draw party"]
    external: Float[np.ndarray, "*draw party"]
    traded: Int[np.ndarray, "*draw round"]
    trades: tuple[Trade, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def exchange(
    positions: Positions, *, rounds: int = 10, crossing: Crossing = "outcome", offers: Offers = "free"
) -> Exchange:
    """Let the members of a body trade for some rounds, best trade first, equations (1) and (2).

    `crossing` and `offers` are definitions in doubt (`detente.search.positions.exchange_limits`).

    Raises AnalysisError where nothing can be said about the body, and for less than one round.

    >>> board = Positions(parties=("a", "b"), issues=("cap", "relief"), at=np.array([[0.0, 0.0], [100.0, 100.0]]),
    ...     salience=np.array([[20.0, 80.0], [80.0, 20.0]]), influence=np.ones((2, 2)), low=np.zeros(2),
    ...     high=np.full(2, 100.0), status_quo=np.zeros(2), stated=np.ones((2, 2), dtype=bool))
    >>> found = exchange(board, rounds=1)
    >>> [(t.first, t.first_issue, t.first_end, t.second, t.second_issue, t.second_end) for t in found.trades]
    [('a', 'cap', 100.0, 'b', 'relief', 0.0)]
    >>> found.voted.tolist(), round(found.trades[0].gain, 6)
    ([[100.0, 0.0]], 12.0)
    """
    require_body(positions)
    if rounds < 1:
        raise AnalysisError(f"{rounds} rounds of exchange were asked for. Ask for one or more.")
    single = positions.at.ndim == 2
    done = _played(positions, rounds, crossing, offers)
    shape = positions.at.shape[:-2]
    path = _unit(positions, done.path).reshape(*shape, *done.path.shape[1:])
    share = _share(positions)
    outcome = (share[..., None, :, :] * path).sum(axis=-2)
    voted = _unit(positions, done.voted).reshape(*shape, *done.voted.shape[1:])
    trades = tuple(trade for number, round in enumerate(done.told, 1) for trade in _told(positions, round, number))
    last = path[..., -1, :, :]
    order = np.argsort(last, axis=-2, kind="stable")
    levels, weight = (np.swapaxes(np.take_along_axis(a, order, axis=-2), -1, -2) for a in (last, share))
    return Exchange(
        parties=positions.parties,
        issues=positions.issues,
        decision=Decision(
            levels=levels,
            weight=weight,
            point=outcome[..., -1, :],
            path=path,
            shifts=tuple(_shifts(positions, trades)) if single else (),
        ),
        outcome=outcome,
        voted=voted,
        gained=done.gained.reshape(*shape, -1),
        external=done.external.reshape(*shape, -1),
        traded=done.traded.reshape(*shape, -1),
        trades=trades,
        method="equal-gain",
        parameters={"rounds": rounds, "crossing": crossing, "offers": offers, "yield": YIELD, "fixed": FIXED},
        certificate=Certificate(
            claim="both-sides-of-every-trade-gain-alike",
            checked=int(done.traded.sum()),
            holds=bool((done.uneven <= 1e-6).all()),
        ),
    )


def _played(positions: Positions, count: int, crossing: Crossing, offers: Offers) -> Rounds:
    """Play all draws, in blocks that stay in the cache."""
    n, k = len(positions.parties), len(positions.issues)
    at = (100 * (positions.at - positions.low) / (positions.high - positions.low)).reshape(-1, n * k)
    share = _share(positions).reshape(-1, n * k)
    salience = np.where(positions.stated, positions.salience / 100, 0.0).reshape(-1, n * k)
    size = max(1, BLOCK // max(1, n * (n - 1) * k * (k - 1) // 2))
    stated, single = positions.stated.ravel(), positions.at.ndim == 2
    blocks = [
        rounds(
            Weights(n, k, salience[i : i + size], share[i : i + size], stated),
            at[i : i + size],
            count=count,
            crossing=crossing,
            offers=offers,
            tell=single,
        )
        for i in range(0, len(at), size)
    ]
    return Rounds(
        path=np.concatenate([b.path for b in blocks]),
        voted=np.concatenate([b.voted for b in blocks]),
        gained=np.concatenate([b.gained for b in blocks]),
        external=np.concatenate([b.external for b in blocks]),
        traded=np.concatenate([b.traded for b in blocks]),
        uneven=np.concatenate([b.uneven for b in blocks]),
        told=blocks[0].told,
    )


def _share(positions: Positions) -> Float[np.ndarray, "*draw party issue"]:
    weight = positions.weight
    return np.asarray(weight / weight.sum(axis=-2, keepdims=True))


def _unit(positions: Positions, percent: Float[np.ndarray, "... issue"]) -> Float[np.ndarray, "... issue"]:
    return np.asarray(positions.low + percent * (positions.high - positions.low) / 100)


def _told(positions: Positions, trades: Trades, number: int) -> Iterator[Trade]:
    """Put names and units to the trades of a round of a single case."""
    names, k = positions.parties, len(positions.issues)
    one, p = np.divmod(trades.first[:, 0], k)
    other, q = np.divmod(trades.second[:, 0], k)
    start, end = trades.first_start[:, 0], trades.first_start[:, 0] + trades.first_move[:, 0]
    begin, stop = trades.second_start[:, 0], trades.second_start[:, 0] + trades.second_move[:, 0]
    width = (positions.high - positions.low) / 100
    low, row = positions.low, np.arange(len(one))
    numbers = np.stack(
        [
            low[p] + start * width[p],
            low[p] + end * width[p],
            low[q] + begin * width[q],
            low[q] + stop * width[q],
            trades.shift[row, 0, p] * width[p],
            trades.shift[row, 0, q] * width[q],
            trades.gain[:, 0],
        ],
        axis=1,
    ).tolist()
    for t, told in enumerate(numbers):
        external = zip(names, trades.external[t, 0].tolist(), strict=True)
        yield Trade(
            round=number,
            first=names[one[t]],
            second=names[other[t]],
            first_issue=positions.issues[p[t]],
            second_issue=positions.issues[q[t]],
            first_start=told[0],
            first_end=told[1],
            second_start=told[2],
            second_end=told[3],
            first_shift=told[4],
            second_shift=told[5],
            gain=told[6],
            external=tuple(pair for x, pair in enumerate(external) if x not in (one[t], other[t])),
        )


def _shifts(positions: Positions, trades: tuple[Trade, ...]) -> Iterator[Shift]:
    """Tell each trade as two moves: what each is worth to the one it is made for, and costs the one that makes it."""
    for t in trades:
        sides = (
            (t.first, t.second, t.first_issue, t.first_start, t.first_end, t.first_shift),
            (t.second, t.first, t.second_issue, t.second_start, t.second_end, t.second_shift),
        )
        for party, by, issue, start, end, shift in sides:
            won, lost = (_worth(positions, who, issue, shift) for who in (by, party))
            places = {"start": start, "end": end, "won": won, "lost": lost}
            yield Shift(round=t.round, issue=issue, party=party, by=by, kind="exchange", **places)


def _worth(positions: Positions, party: str, issue: str, shift: float) -> float:
    p, i = positions.parties.index(party), positions.issues.index(issue)
    return float(positions.salience[p, i] * abs(shift) / (positions.high[i] - positions.low[i]))
