"""Who must accept a package, by value and by red line, and which sets of parties carry one?

A *deal* is a package that changes something, crosses no red line of anybody who must accept, and is *carried*: those
who lose nothing by it are enough under the rule of the table, and everybody who ratifies is among them. Without a rule
it takes everybody. A red line of somebody who can be outvoted excludes a package all the same.

Whoever must accept is numbered alike everywhere: the parties that bargain, then those that ratify.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.deal_board import Deals, Rule
from detente.errors import AnalysisError

MOST = 20  # who must accept, up to how many all sets of them are gone through
EXACT = 2.0**53  # sums of whole numbers below are exact in whatever order


def ratifiers(deals: Deals) -> list[int]:
    """Which of the watchers ratify?"""
    return [] if deals.watchers is None else [k for k, yes in enumerate(deals.watchers.ratifies) if yes]


def needed(deals: Deals) -> tuple[str, ...]:
    """Who must accept: the parties that bargain, then those that ratify?

    >>> from detente.boards import scored
    >>> needed(scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran")))
    ('usa', 'iran')
    """
    if deals.watchers is None:
        return deals.parties
    return (*deals.parties, *(deals.watchers.parties[k] for k in ratifiers(deals)))


def admitted(deals: Deals, issue: int) -> Bool[np.ndarray, "*draw needed _option"]:
    """Which levels of an issue does the red line of each who must accept leave on this agenda?"""
    own, rows = deals.admissible(issue), ratifiers(deals)
    if not rows:
        return own
    assert deals.watchers is not None
    if deals.watchers.admits:
        theirs = deals.watchers.admits[issue][..., rows, :]
        if deals.spared[issue]:
            theirs[..., deals.status_quo[issue]] = True
    else:
        theirs = np.ones((*deals.draws, len(rows), own.shape[-1]), dtype=bool)
    return np.concatenate([own, theirs], axis=-2)


def red_lines(deals: Deals) -> tuple[tuple[int, int], ...]:
    """Which red lines exclude a level that the agenda leaves open, as (who must accept, issue)?"""
    out = [(deals.open[i][..., None, :] & ~admitted(deals, i)).any(axis=-1) for i in range(len(deals.issues))]
    return tuple(
        (p, i) for p in range(len(needed(deals))) for i in range(len(deals.issues)) if bool(out[i][..., p].any())
    )


def without_lines(deals: Deals, lines: Collection[tuple[int, int]]) -> Deals:
    """Take red lines away, given as (who must accept, issue)."""
    admits, seen, rows = list(deals.admits), deals.watchers, ratifiers(deals)
    theirs = [] if seen is None else list(seen.admits)
    for p, i in lines:
        ratifying = p - len(deals.parties)
        if ratifying < 0:
            admits[i] = admits[i].copy()
            admits[i][..., p, :] = True
        elif theirs:
            theirs[i] = theirs[i].copy()
            theirs[i][..., rows[ratifying], :] = True
    return replace(deals, admits=tuple(admits), watchers=None if seen is None else replace(seen, admits=tuple(theirs)))


def by_votes(deals: Deals) -> bool:
    """Does the table decide otherwise than by everybody's consent, so that somebody can be outvoted?

    >>> from detente.boards import scored
    >>> [by_votes(scored({"cap": [[0, 1]] * 2}, parties="ab", rule=Rule((1.0, 1.0), need))) for need in (1.0, 2.0)]
    [True, False]
    """
    rule = deals.rule
    return rule is not None and (not rule.unanimous or math.fsum(rule.weights) < rule.need)


def passes(rule: Rule | None, parties: int, *, ratifiers: Sequence[int] = ()) -> Bool[np.ndarray, " mask"]:
    """Which sets of parties carry a package under a rule? Without a rule it takes everybody.

    `parties` counts all the bits, those of `ratifiers` too, who must accept in any case.

    >>> passes(Rule(weights=(1.0, 1.0, 1.0), need=2.0), 3).nonzero()[0].tolist()
    [3, 5, 6, 7]
    """
    masks = np.arange(1 << parties)
    if rule is None:
        return np.asarray(masks == masks[-1])
    has = (masks[:, None] >> np.arange(parties)) & 1 == 1
    must = [*rule.vetoes, *ratifiers]
    return np.asarray(has[:, must].all(axis=1) & (_votes(rule, has[:, : len(rule.weights)]) >= rule.need))


def _votes(rule: Rule, has: Bool[np.ndarray, "mask party"]) -> np.ndarray:
    """Add up the weights of each set, as exactly as they are held."""
    if all(w == int(w) for w in rule.weights) and math.fsum(map(abs, rule.weights)) < EXACT:
        return np.asarray(has @ np.array(rule.weights))
    return np.array([math.fsum(w for w, yes in zip(rule.weights, row, strict=True) if yes) for row in has])


def carrying(deals: Deals) -> Bool[np.ndarray, " mask"]:
    """Which sets of those who must accept carry a package at this table? Party p is bit p.

    Raises AnalysisError where they are more than 20.
    """
    count = len(needed(deals))
    if count > MOST:
        raise AnalysisError(
            f"At table '{deals.table}' {count} parties must accept or ratify, and under its rule every set of them is "
            f"gone through, which is done for at most {MOST}. Merge parties that vote alike, or ask under unanimity."
        )
    return passes(deals.rule, count, ratifiers=range(len(deals.parties), count))


def carriers(deals: Deals) -> tuple[tuple[int, ...], ...]:
    """Which parties together carry a package, and nobody of them could be spared? Under unanimity all of them.

    Whoever ratifies is in each. The smallest sets come first.

    >>> from detente.boards import scored
    >>> board = scored({"cap": [[0, 1]] * 3}, parties="abc", rule=Rule(weights=(1.0, 1.0, 1.0), need=2.0))
    >>> carriers(board)
    ((0, 1), (0, 2), (1, 2))
    """
    count = len(needed(deals))
    if deals.rule is None:
        return (tuple(range(count)),)
    enough = carrying(deals)
    masks = np.flatnonzero(enough)
    spare = np.zeros(masks.size, dtype=bool)
    for p in range(count):
        spare |= (masks >> p & 1 == 1) & enough[masks & ~(1 << p)]
    least = sorted(masks[~spare].tolist(), key=lambda m: (m.bit_count(), m))
    return tuple(tuple(p for p in range(count) if m >> p & 1) for m in least)


def carried(deals: Deals, gains: Int[np.ndarray, "*package needed"]) -> Bool[np.ndarray, "*package"]:
    """Which packages do those carry who gain no less than nothing by them? Red lines are not looked at here.

    ========  ================  ==========================================
    gains     *package needed   basis points beyond no deal
    result    *package          whether the rule of the table carries it
    ========  ================  ==========================================
    """
    if deals.rule is None:
        return np.asarray((gains >= 0).all(axis=-1))
    sets = ((gains >= 0) << np.arange(gains.shape[-1])).sum(axis=-1)
    return np.asarray(carrying(deals)[sets])


def margin(deals: Deals, gains: Int[np.ndarray, "needed *package"]) -> Int[np.ndarray, "*package"]:
    """What does the worst-off of those who carry a package gain by it, in the set that is best for that?

    ========  ================  ==========================================
    gains     needed *package   basis points beyond no deal
    result    *package          0 or more where the package is carried
    ========  ================  ==========================================
    """
    if deals.rule is None:
        return np.asarray(gains.min(axis=0))
    least = [gains[list(who)].min(axis=0) for who in carriers(deals)]
    return np.asarray(np.max(least, axis=0)) if least else np.full(gains.shape[1:], np.iinfo(np.int64).min)
