"""Which board is it with other no-deal values, or after a first package was agreed?"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Int

from detente.boards.deal_board import Cross, Deals, Watchers
from detente.errors import BoardError


def with_no_deal(deals: Deals, values: Int[np.ndarray, "*draw party"]) -> Deals:
    """What would be at stake if the parties had something else without a deal? The kind becomes "computed".

    ======  =============  ==========================================================
    values  *draw party    basis points beside the status quo, one per party or that per draw
    ======  =============  ==========================================================

    Raises BoardError where the values are neither one per consenting party nor that per draw.

    >>> from detente.boards.scored import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    >>> with_no_deal(board, np.array([5, -20])).floor()
    array([  5, -20])
    """
    given = np.asarray(values)
    if given.shape not in (deals.no_deal.shape, deals.no_deal.shape[-1:]):
        each = ", ".join(deals.parties)
        raise BoardError(
            f"The no-deal values given for table '{deals.table}' have shape {given.shape}. "
            f"Give one per consenting party ({each}), or that per draw."
        )
    no_deal = np.broadcast_to(given, deals.no_deal.shape).astype(np.int64)
    return replace(deals, no_deal=no_deal, no_deal_kind="computed")


def with_status_quo(deals: Deals, package: Sequence[int]) -> Deals:
    r"""What is at stake at the same table once a first package is agreed and stays if nothing more is?

    `package` holds one option index per issue. Its levels become the status quo, and every score is measured from them:

        score'_i(p, o) = score_i(p, o) - score_i(p, k_i),    no_deal'(p) = 0                                      (1)

    and likewise for interactions and watchers. A gain on this board is thus what a party gains *beyond the first
    deal*: 0 is the first deal as it stands, without whatever was gained or paid to get there (first gains and the
    listing costs of the first agenda are spent, and bind nobody any more). Red lines and conditions stay where they
    are on the scale. As on a new board, every level is open and nothing is listed; `with_modes` sets the second
    agenda, on which an issue left out stays where the first deal put it, and listing an issue costs what it did.

    Not for the two sides of a `Box`: a difference of two least values is not the least difference.

    Raises BoardError where the package has not one of the levels of each issue.

    >>> from detente.boards.scored import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"), no_deal=[5, -20])
    >>> with_status_quo(board, (1,)).score[0], with_status_quo(board, (1,)).floor()
    (array([[-40,   0],
           [ 10,   0]]), array([0, 0]))
    """
    first = _checked(deals, package)
    watchers = deals.watchers
    if watchers is not None:
        watchers = _rebased_watchers(watchers, first)
    return replace(
        deals,
        status_quo=first,
        score=tuple(_from(score, at) for score, at in zip(deals.score, first, strict=True)),
        interactions=tuple(_cross_from(cross, first) for cross in deals.interactions),
        watchers=watchers,
        no_deal=np.zeros_like(deals.no_deal),
        no_deal_kind="status-quo",
        open=tuple(np.ones_like(levels) for levels in deals.open),
        spared=(False,) * len(deals.issues),
        listed=(False,) * len(deals.issues),
    )


def _checked(deals: Deals, package: Sequence[int]) -> tuple[int, ...]:
    first = tuple(int(o) for o in package)
    if len(first) != len(deals.issues):
        raise BoardError(
            f"The first package at table '{deals.table}' has {len(first)} levels. "
            f"Give one option index for each of {', '.join(deals.issues)}."
        )
    for issue, at, levels in zip(deals.issues, first, deals.levels, strict=True):
        if not 0 <= at < levels.size:
            raise BoardError(f"'{issue}' has no level number {at} at table '{deals.table}': 0 to {levels.size - 1}.")
    return first


def _from(score: Int[np.ndarray, "*draw party _option"], at: int) -> Int[np.ndarray, "*draw party _option"]:
    return np.asarray(score - score[..., [at]])


def _cross_from(cross: Cross, first: tuple[int, ...]) -> Cross:
    agreed = cross.score[..., [first[cross.first]], :][..., [first[cross.second]]]
    return replace(cross, score=cross.score - agreed)


def _rebased_watchers(watchers: Watchers, first: tuple[int, ...]) -> Watchers:
    return replace(
        watchers,
        score=tuple(_from(score, at) for score, at in zip(watchers.score, first, strict=True)),
        no_deal=np.zeros_like(watchers.no_deal),
        interactions=tuple(_cross_from(cross, first) for cross in watchers.interactions),
    )
