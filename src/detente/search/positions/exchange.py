"""Who trades a move on one issue for a move on another, trade by trade, until no pair of parties gains by any more?

A round is a loop over trades: in every pass each draw makes the trade that gains its two parties most, and all trades
are reckoned anew. Of equal gains the one that moves the outcomes least is made, and then the first by issue and party.
For the next round a party keeps a part of what it moved: `FIXED`, and the more of `YIELD` the less it cares.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.search.positions.exchange_limits import Crossing, Offers, Seen, Tally, rooms
from detente.search.positions.exchange_rows import ALIKE, Rows, Weights, pairs, rows

YIELD, FIXED = 0.4, 0.1  # of a move: kept for the next round by one that does not care at all, and by everybody
TINY = 1e-9  # percent of a scale times salience: a gain below it is none


@dataclass(frozen=True, slots=True)
class Trades:
    """The trades of one round, in order, in every draw; a draw that makes fewer than another has idle ones at the end.

    =========================  ==================  ================================================================
    made                       trade draw          whether the draw makes it; elsewhere every other number is idle
    first, second              trade draw          the slots in which the two give
    first_start, second_start  trade draw          percent of the scale
    first_move, second_move    trade draw          percent of the scale
    shift                      trade draw issue    what the outcomes move, percent of the scale
    gain                       trade draw          what both gain by it: percent of a scale times salience
    uneven                     trade draw          by how much the two gains differ, relative; infinite for a loss
    external                   trade draw party    what it does to the others, in the unit of the gain
    =========================  ==================  ================================================================
    """

    made: Bool[np.ndarray, "trade draw"]
    first: Int[np.ndarray, "trade draw"]
    second: Int[np.ndarray, "trade draw"]
    first_start: Float[np.ndarray, "trade draw"]
    second_start: Float[np.ndarray, "trade draw"]
    first_move: Float[np.ndarray, "trade draw"]
    second_move: Float[np.ndarray, "trade draw"]
    shift: Float[np.ndarray, "trade draw issue"]
    gain: Float[np.ndarray, "trade draw"]
    uneven: Float[np.ndarray, "trade draw"]
    external: Float[np.ndarray, "trade draw party"]


@dataclass(frozen=True, slots=True)
class Rounds:
    """What the rounds came to, for some draws.

    ========  ======================  ===================================================================
    path      draw time party issue   percent of the scale, before the first and after each round
    voted     draw round issue        percent of the scale: the outcome at the positions traded to
    gained    draw party              what each gained by trades of its own
    external  draw party              what the trades of others did to it
    traded    draw round              how many trades
    uneven    draw                    the greatest difference between the two gains of a trade, relative
    ========  ======================  ===================================================================
    """

    path: Float[np.ndarray, "draw time party issue"]
    voted: Float[np.ndarray, "draw round issue"]
    gained: Float[np.ndarray, "draw party"]
    external: Float[np.ndarray, "draw party"]
    traded: Int[np.ndarray, "draw round"]
    uneven: Float[np.ndarray, " draw"]
    told: tuple[Trades, ...]


def rounds(
    weights: Weights, at: Float[np.ndarray, "draw slot"], *, count: int, crossing: Crossing, offers: Offers, tell: bool
) -> Rounds:
    """Let a body trade for some rounds from the positions `at`; `tell` keeps every trade of the first draw.

    >>> half = np.full((1, 4), 0.5)
    >>> weights = Weights(2, 2, np.array([[0.2, 0.8, 0.8, 0.2]]), half, np.ones(4, dtype=bool))
    >>> at = np.array([[0.0, 0.0, 100.0, 100.0]])
    >>> rounds(weights, at, count=1, crossing="outcome", offers="free", tell=False).voted
    array([[[100.,   0.]]])
    """
    draws, n, k = len(at), weights.parties, weights.issues
    listed = pairs(n, k, weights.stated)
    path, voted = np.empty((draws, count + 1, n, k)), np.empty((draws, count, k))
    path[:, 0] = at.reshape(draws, n, k)
    gained, external, uneven = np.zeros((draws, n)), np.zeros((draws, n)), np.zeros(draws)
    traded = np.zeros((draws, count), dtype=np.int64)
    kept = (1 - weights.salience) * YIELD + FIXED
    told: list[Trades] = []
    for number in range(count):
        now = at.copy()
        trades = _round(weights, listed, at, now, crossing, offers)
        if trades is not None:
            traded[:, number] = trades.made.sum(axis=0)
            external += trades.external.sum(axis=0)
            uneven = np.maximum(uneven, trades.uneven.max(axis=0))
            for slot in (trades.first, trades.second):
                np.add.at(gained, (np.arange(draws), slot // k), trades.gain)
            if tell:
                told.append(trades)
        voted[:, number] = weights.outcome(now)
        at = at + kept * (now - at)
        path[:, number + 1] = at.reshape(draws, n, k)
    return Rounds(path, voted, gained, external, traded, uneven, tuple(told))


def _round(
    weights: Weights,
    listed: Int[np.ndarray, "4 listed"],
    start: Float[np.ndarray, "draw slot"],
    at: Float[np.ndarray, "draw slot"],
    crossing: Crossing,
    offers: Offers,
) -> Trades | None:
    """Make trades until none is left in any draw, moving `at`; return what they were, None where there was none."""
    laid = rows(weights, listed, start)
    seen = Seen(np.zeros((*start.shape, weights.parties))) if crossing == "partner" else None
    tally = _empty_tally(laid) if offers == "counted" else None
    draw, worth = np.arange(len(at)), laid.worth.copy()
    made: list[_Made] = []
    while worth.size:
        step = _reach(laid, at)
        if tally is not None:
            worth[tally.exceeded(_offers(laid, step))] = 0.0
        step = _within(step, weights, laid, (start, at), crossing, seen)
        gain = step * worth
        if tally is not None:
            tally.add(_offers(laid, step))
            worth[gain <= TINY] = 0.0
        best = gain.max(axis=1)
        if not (best > TINY).any():
            break
        chosen = _first_best(gain, best, step * (1 + laid.rate))
        one = _made(laid, at, chosen, (step[draw, chosen], best))
        made.append(one)
        worth[draw[one.gain > 0], chosen[one.gain > 0]] = 0.0
        if seen is not None:
            _shown(seen, weights.share * (at - start), laid, one)
        if tally is not None:
            tally.kept = _touched(laid, one)
    return _reckoned(weights, laid, start, made) if made else None


def _reach(laid: Rows, at: Float[np.ndarray, "draw slot"]) -> Float[np.ndarray, "draw row"]:
    """How far the outcome of the first issue can move before one of the two has come all the way to the other."""
    first = (laid.first_goal - at.take(laid.first_at)) * laid.first_up * laid.first_share
    second = (laid.second_goal - at.take(laid.second_at)) * laid.second_up * laid.second_share
    return np.asarray(np.minimum(first, second))


def _within(
    step: Float[np.ndarray, "draw row"],
    weights: Weights,
    laid: Rows,
    places: tuple[Float[np.ndarray, "draw slot"], Float[np.ndarray, "draw slot"]],
    crossing: Crossing,
    seen: Seen | None,
) -> Float[np.ndarray, "draw row"]:
    """Shorten the steps that would carry an outcome past the party that wants it moved."""
    if crossing == "none":
        return step
    first, second = rooms(weights, laid, *places, seen)
    return np.asarray(np.minimum(step, np.minimum(first, second / laid.rate)))


def _first_best(
    gain: Float[np.ndarray, "draw row"], best: Float[np.ndarray, " draw"], moved: Float[np.ndarray, "draw row"]
) -> Int[np.ndarray, " draw"]:
    """Return the row with the greatest gain, of equal ones the first of those that move the outcomes least."""
    moved = np.where(gain >= best[:, None] * (1 - ALIKE), moved, np.inf)
    return np.asarray((moved <= moved.min(axis=1, keepdims=True) * (1 + ALIKE)).argmax(axis=1))


@dataclass(frozen=True, slots=True)
class _Made:
    """One trade in every draw: its row, where both stand before it, what they move and gain; no gain where none is."""

    chosen: Int[np.ndarray, " draw"]
    starts: Float[np.ndarray, "2 draw"]
    moves: Float[np.ndarray, "2 draw"]
    gain: Float[np.ndarray, " draw"]


def _made(
    laid: Rows,
    at: Float[np.ndarray, "draw slot"],
    chosen: Int[np.ndarray, " draw"],
    size: tuple[Float[np.ndarray, " draw"], Float[np.ndarray, " draw"]],
) -> _Made:
    """Move both parties of the chosen rows."""
    draw, (step, best) = np.arange(len(at)), size
    step = np.where(best > TINY, step, 0.0)
    slots = np.stack([laid.first[draw, chosen], laid.second[draw, chosen]])
    first = step / laid.first_share[draw, chosen] * laid.first_up[draw, chosen]
    second = step / laid.second_share[draw, chosen] * laid.second_up[draw, chosen]
    starts, moves = at[draw, slots], np.stack([first, second])
    at[draw, slots] += moves
    return _Made(chosen=chosen, starts=starts, moves=moves, gain=np.where(best > TINY, best, 0.0))


def _reckoned(weights: Weights, laid: Rows, start: Float[np.ndarray, "draw slot"], made: Sequence[_Made]) -> Trades:
    """Reckon what trades do to the two and to everybody else, from the outcomes as they moved one after another."""
    n, k, draw = weights.parties, weights.issues, np.arange(len(start))
    chosen, gain = np.stack([one.chosen for one in made]), np.stack([one.gain for one in made])
    starts, moves = (np.stack(what, axis=1) for what in zip(*((one.starts, one.moves) for one in made), strict=True))
    slots = [side[draw, chosen] for side in (laid.first, laid.second, laid.first_wants, laid.second_wants)]
    shift = np.zeros((*chosen.shape, k))
    trade = np.arange(len(made))[:, None]
    for slot, move in zip(slots, moves, strict=False):
        shift[trade, draw, slot % k] = weights.share[draw, slot] * move
    before = weights.outcome(start) + np.cumsum(shift, axis=0) - shift
    away = start.reshape(-1, n, k) - before[..., None, :]
    closer = np.abs(away) - np.abs(away - shift[..., None, :])
    external = (closer * weights.salience.reshape(-1, n, k)).sum(axis=-1)
    for slot in slots[:2]:
        external[trade, draw, slot // k] = 0.0
    gives, gets = (np.abs(shift[trade, draw, slot % k]) for slot in slots[:2])
    care = [weights.salience[draw, slot] for slot in slots]
    return Trades(
        made=gain > 0,
        first=slots[0],
        second=slots[1],
        first_start=starts[0],
        second_start=starts[1],
        first_move=moves[0],
        second_move=moves[1],
        shift=shift,
        gain=gain,
        uneven=_uneven(gets * care[2] - gives * care[0], gives * care[3] - gets * care[1], gain > 0),
        external=external,
    )


def _uneven(
    one: Float[np.ndarray, "trade draw"], other: Float[np.ndarray, "trade draw"], made: Bool[np.ndarray, "trade draw"]
) -> Float[np.ndarray, "trade draw"]:
    least = np.minimum(one, other)
    apart = np.abs(one - other) / np.where(least > 0, least, 1.0)
    return np.where(made, np.where(least > 0, apart, np.inf), 0.0)


def _shown(seen: Seen, moved: Float[np.ndarray, "draw slot"], laid: Rows, one: _Made) -> None:
    """Let each of the two see all that the other has given on the issue it wanted moved."""
    draw = np.flatnonzero(one.gain > 0)
    chosen = one.chosen[draw]
    for gave, wants in ((laid.first, laid.second_wants), (laid.second, laid.first_wants)):
        slot = gave[draw, chosen]
        seen.show(draw, slot, wants[draw, chosen], moved[draw, slot])


def _empty_tally(laid: Rows) -> Tally:
    size = (2, *laid.worth.shape)
    return Tally(np.zeros(size), np.zeros(size), np.zeros(size, dtype=bool))


def _offers(laid: Rows, step: Float[np.ndarray, "draw row"]) -> Float[np.ndarray, "2 draw row"]:
    return np.stack([step / laid.first_share * laid.first_up, step / laid.second_share * laid.second_up])


def _touched(laid: Rows, one: _Made) -> Bool[np.ndarray, "2 draw row"]:
    """Say where a party gives that has just moved there: its last offer in other rows stays on the tally."""
    draw = np.arange(len(one.chosen))
    slots = [np.where(one.gain > 0, gave[draw, one.chosen], -1)[:, None] for gave in (laid.first, laid.second)]
    return np.stack([(own == slots[0]) | (own == slots[1]) for own in (laid.first, laid.second)])
