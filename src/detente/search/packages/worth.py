"""What is one package worth to every party, added up from the board anew, and which board is it in some draws only?

Whoever finds a package by a quick method has it checked here by the plain one.
"""

from dataclasses import replace

import numpy as np
from jaxtyping import Int

from detente.boards.deal_board import Deals


def worth(deals: Deals, package: Int[np.ndarray, "*draw issue"]) -> Int[np.ndarray, "*draw party"]:
    """What do a package's levels add up to for each party, interactions included, before any floor?

    ========  ============  ==================================
    package   *draw issue   option indices, one per issue
    result    *draw party   basis points
    ========  ============  ==================================

    >>> from detente.boards.scored import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> worth(board, np.array([1, 1]))
    array([20, 50])
    """
    total = np.zeros_like(deals.no_deal)
    for i, score in enumerate(deals.score):
        total = total + _taken(score, np.asarray(package[..., i]))
    for cross in deals.interactions:
        flat = cross.score.reshape(*cross.score.shape[:-2], -1)
        cell = package[..., cross.first] * cross.score.shape[-1] + package[..., cross.second]
        total = total + _taken(flat, np.asarray(cell))
    return np.asarray(total, dtype=np.int64)


def _taken(score: Int[np.ndarray, "*draw party _option"], option: Int[np.ndarray, "*draw"]) -> Int[np.ndarray, "..."]:
    at = np.broadcast_to(option[..., None, None], (*score.shape[:-1], 1))
    return np.asarray(np.take_along_axis(score, at, axis=-1)[..., 0])


def in_draws(deals: Deals, rows: Int[np.ndarray, " row"]) -> Deals:
    """Which board is it in these draws only? A board without draws stays as it is.

    >>> from detente.boards.scored import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    >>> in_draws(board, np.array([0])) is board
    True
    """
    if not deals.draws:
        return deals
    return replace(
        deals,
        score=tuple(s[rows] for s in deals.score),
        no_deal=deals.no_deal[rows],
        admits=tuple(a[rows] for a in deals.admits),
        listing_cost=deals.listing_cost[rows],
        meets=tuple(m[rows] for m in deals.meets),
        open=tuple(o[rows] for o in deals.open),
        interactions=tuple(replace(c, score=c.score[rows]) for c in deals.interactions),
        watchers=None if deals.watchers is None else deals.watchers.in_draws(rows),
    )
