r"""Which quantal response does a game come to, as its players choose ever more precisely, starting from chance?

The principal branch starts at lambda = 0, where every action is as frequent as any other, and is followed upwards:
each draw with a step of its own, a secant's guess, and Newton's corrections. A step counts only if the corrections are
small and the determinant of dF/dtheta stays above nought. Where none does, the branch turns back or splits there; it is
then followed by its own length (theta and lambda together), through a turn, to where it first comes to the lambda asked
for. Turns and splits are told.

Source: Turocy (2005), "A dynamic homotopy interpretation of the logistic quantal response equilibrium correspondence",
Games and Economic Behavior 51(2); Allgower and Georg (1990), Numerical Continuation Methods.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.search.crises.agents import Plan, by_precision, linearised, residual, still

CLOSE = 1e-12  # of F, relative to 1 + |theta|
BLOCK = 2_048  # draws followed at a time, so that what is in work stays in the cache
_NEWTON = 8
_ON_THE_WAY = 1e-6  # likewise, where the branch is only passed
_GUESS = 0.7  # how far the corrections may lead away from the guess
_SMALLEST = 1e-5  # step in lambda, relative to the lambda asked for
_ARC_STEPS = 4_000
_ARC_GUESS = 0.1


@dataclass(frozen=True, slots=True)
class Branch:
    """Where the principal branch comes to the lambda asked for.

    ========  ==============  ====================================================================
    theta     unknown x draw  equation (3) of `detente.search.crises.agents`
    residual  draw            |F|, the greatest
    turned    draw            the branch turned back on the way: lambda fell for a while
    split     draw            another branch crosses it on the way
    reached   draw            whether it got there
    steps     draw            how many steps it took
    ========  ==============  ====================================================================
    """

    theta: Float[np.ndarray, "unknown draw"]
    residual: Float[np.ndarray, " draw"]
    turned: Bool[np.ndarray, " draw"]
    split: Bool[np.ndarray, " draw"]
    reached: Bool[np.ndarray, " draw"]
    steps: Int[np.ndarray, " draw"]


def follow(plan: Plan, payoff: Float[np.ndarray, "outcome player draw"], precision: float) -> Branch:
    """Follow every draw's principal branch from 0 to `precision`."""
    parts = [_follow(plan, payoff[..., at : at + BLOCK], precision) for at in range(0, payoff.shape[-1], BLOCK)]
    found = Branch(
        theta=np.concatenate([p.theta for p in parts], axis=1),
        residual=np.concatenate([p.residual for p in parts]),
        turned=np.concatenate([p.turned for p in parts]),
        split=np.concatenate([p.split for p in parts]),
        reached=np.concatenate([p.reached for p in parts]),
        steps=np.concatenate([p.steps for p in parts]),
    )
    return found if found.reached.all() else _mended(plan, payoff, precision, found)


def corrected(
    plan: Plan,
    payoff: Float[np.ndarray, "outcome player draw"],
    at: tuple[np.ndarray, np.ndarray],
    close: float | np.ndarray = CLOSE / 10,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Correct guesses of theta at a fixed lambda by Newton's steps; return theta, the greatest |F| and det dF."""
    theta, precision = at
    given = still(plan, payoff, precision)
    theta, size, sign = theta.copy(), np.full(theta.shape[1], np.inf), np.zeros(theta.shape[1])
    for _ in range(_NEWTON):
        value, slope = linearised(plan, payoff, (theta, precision), given)
        sign, step = _solved(slope, value)
        size = np.abs(value).max(axis=0) / (1 + np.abs(theta).max(axis=0))
        step = np.clip(step, -30.0, 30.0)
        open_ = size > close
        if not open_.any():
            break
        theta = np.where(open_, theta - step, theta)
    return theta, size, sign


def _solved(slope: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return det and slope^-1 value, unknown x draw; a singular slope gives a step of nought."""
    if slope.shape[-1] == 1:
        det = slope[:, 0, 0]
        return det, np.where(det == 0, 0.0, value[0] / np.where(det == 0, 1.0, det))[None]
    det = np.linalg.det(slope)
    sound = np.abs(det) > 1e-300
    safe = np.where(sound[:, None, None], slope, np.eye(slope.shape[-1]))
    step = np.linalg.solve(safe, value.T[..., None])[..., 0]
    return det, np.where(sound[:, None], step, 0.0).T


def _follow(plan: Plan, payoff: np.ndarray, precision: float) -> Branch:
    count = payoff.shape[-1]
    theta, there = np.zeros((plan.size, count)), np.zeros(count)
    steps, size = np.zeros(count, dtype=np.int64), np.zeros(count)
    if plan.size == 0 or precision == 0:
        no = np.zeros(count, dtype=bool)
        return Branch(theta, size, no, no, ~no, steps)
    trend = -by_precision(plan, payoff, (theta, there))  # dF/dtheta is 1 at lambda 0
    spread = payoff.max(axis=(0, 1)) - payoff.min(axis=(0, 1))
    step = np.minimum(precision, 1.0 / np.maximum(spread, 1e-12))
    lost = np.zeros(count, dtype=bool)
    while (on := np.flatnonzero((there < precision) & ~lost)).size:
        to = np.where(there[on] + 1.001 * step[on] >= precision, precision, there[on] + step[on])
        guess = theta[:, on] + trend[:, on] * (to - there[on])
        close = np.where(to >= precision, CLOSE / 10, _ON_THE_WAY)
        new, off, det = corrected(plan, payoff[..., on], (guess, to), close)
        moved = np.abs(new - guess).max(axis=0)
        good = (off < close * 10) & (moved < _GUESS) & (det > 1e-3)
        ok = on[good]
        trend[:, ok] = (new[:, good] - theta[:, ok]) / (to[good] - there[ok])
        theta[:, ok], there[ok], size[ok] = new[:, good], to[good], off[good]
        steps[on] += 1
        step[on] *= np.where(good, np.where(moved < _GUESS / 3, 2.0, 1.0), 0.35)
        lost[on] = ~good & (step[on] < _SMALLEST * precision)
    return Branch(theta, size, np.zeros(count, bool), np.zeros(count, bool), ~lost, steps)


def _mended(plan: Plan, payoff: np.ndarray, precision: float, found: Branch) -> Branch:
    """Follow the draws that stopped again, by length along the branch."""
    rows = np.flatnonzero(~found.reached)
    again = _by_length(plan, payoff[..., rows], precision)
    theta, size, steps = found.theta.copy(), found.residual.copy(), found.steps.copy()
    turned, split, reached = found.turned.copy(), found.split.copy(), found.reached.copy()
    theta[:, rows], size[rows], steps[rows] = again.theta, again.residual, steps[rows] + again.steps
    turned[rows], split[rows], reached[rows] = again.turned, again.split, again.reached
    return Branch(theta, size, turned, split, reached, steps)


def _by_length(plan: Plan, payoff: np.ndarray, precision: float) -> Branch:
    """Follow branches by their length, lambda measured in units of the payoffs' spread."""
    count, m = payoff.shape[-1], plan.size
    spread = np.maximum(payoff.max(axis=(0, 1)) - payoff.min(axis=(0, 1)), 1e-12)
    unit = 1.0 / spread
    x = np.zeros((count, m + 1))
    ahead = np.zeros((count, m + 1))
    ahead[:, -1] = 1.0
    ahead, sign = _tangent(plan, payoff, x, unit, ahead)
    length, steps = np.full(count, 0.05), np.zeros(count, dtype=np.int64)
    turned, split = np.zeros(count, bool), np.zeros(count, bool)
    done, failed = np.zeros(count, bool), np.zeros(count, bool)
    theta, size = np.zeros((m, count)), np.full(count, np.inf)
    for _ in range(_ARC_STEPS):
        on = np.flatnonzero(~done & ~failed)
        if not on.size:
            break
        part = payoff[..., on]
        guess = x[on] + length[on, None] * ahead[on]
        new, good = _on_branch(plan, part, guess, ahead[on], unit[on])
        good &= (np.abs(new - guess).max(axis=1) < _ARC_GUESS) & (new[:, -1] > 0)
        along, side = _tangent(plan, part, new, unit[on], ahead[on])
        good &= (along * ahead[on]).sum(axis=1) > 0.8
        ok = on[good]
        turned[ok] |= along[good, -1] < 0
        split[ok] |= (side[good] != sign[ok]) & (np.abs(along[good]).max(axis=1) > 0)
        over = good & (new[:, -1] * unit[on] >= precision)
        if over.any():
            at = on[over]
            weight = ((precision / unit[at]) - x[at, -1]) / (new[over, -1] - x[at, -1])
            start = (x[at, :-1] + weight[:, None] * (new[over, :-1] - x[at, :-1])).T
            theta[:, at], size[at], _ = corrected(plan, payoff[..., at], (start, np.full(len(at), precision)))
            done[at] = True
        x[ok], ahead[ok], sign[ok] = new[good], along[good], side[good]
        steps[on] += 1
        length[on] = np.minimum(length[on] * np.where(good, 1.4, 0.4), 1.0)
        failed[on] |= length[on] < 1e-9
    return Branch(theta, size, turned, split, done & (size < CLOSE * 10), steps)


def _on_branch(
    plan: Plan, payoff: np.ndarray, guess: np.ndarray, ahead: np.ndarray, unit: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Correct guesses at right angles to the way ahead."""
    x = guess.copy()
    good = np.zeros(len(x), dtype=bool)
    for _ in range(6):
        value, slope = _all_slopes(plan, payoff, x, unit)
        off = ((x - guess) * ahead).sum(axis=1)
        system = np.concatenate([slope, ahead[:, None, :]], axis=1)
        right = np.concatenate([value.T, off[:, None]], axis=1)
        good = np.abs(value).max(axis=0) < CLOSE * 10 * (1 + np.abs(x).max(axis=1))
        if good.all():
            break
        sound = np.abs(np.linalg.det(system)) > 1e-14
        system = np.where(sound[:, None, None], system, np.eye(x.shape[1]))
        x = x - np.clip(np.linalg.solve(system, right[..., None])[..., 0], -1.0, 1.0) * sound[:, None]
    return x, good


def _tangent(
    plan: Plan, payoff: np.ndarray, x: np.ndarray, unit: np.ndarray, before: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the direction of the branch, on from `before`, and on which side of a split it is."""
    _, slope = _all_slopes(plan, payoff, x, unit)
    along = np.linalg.svd(slope)[2][:, -1, :]
    along = along * np.where((along * before).sum(axis=1) < 0, -1.0, 1.0)[:, None]
    side = np.sign(np.linalg.det(np.concatenate([slope, along[:, None, :]], axis=1)))
    return along, side


def _all_slopes(plan: Plan, payoff: np.ndarray, x: np.ndarray, unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return F and its derivatives by theta and by lambda in units of 1 / spread: draw x unknown x (unknown + 1)."""
    theta, precision = x[:, :-1].T, x[:, -1] * unit
    value, slope = linearised(plan, payoff, (theta, precision), still(plan, payoff, precision))
    last = by_precision(plan, payoff, (theta, precision)) * unit
    return value, np.concatenate([slope, last.T[..., None]], axis=2)


def checked(plan: Plan, payoff: np.ndarray, theta: np.ndarray, precision: float) -> np.ndarray:
    """Return |F|, the greatest of each draw, anew from the tree."""
    if plan.size == 0:
        return np.zeros(payoff.shape[-1])
    each = np.full(payoff.shape[-1], precision)
    return np.asarray(np.abs(residual(plan, payoff, (theta, each), still(plan, payoff, each))).max(axis=0))
