"""Which board is it when all that is known is a table of scores, as in a published case?"""

from collections.abc import Mapping, Sequence

import numpy as np

from detente.boards.deal_board import Deals
from detente.errors import BoardError


def scored(
    scores: Mapping[str, Sequence[Sequence[int]]],
    *,
    parties: Sequence[str],
    status_quo: Mapping[str, int] | None = None,
    no_deal: Sequence[int] | None = None,
    table: str = "table",
) -> Deals:
    """Set out a board from whole-number scores per issue, party and level; the status quo is level 0 unless told.

    Nobody has a red line, nothing costs anything to list, and nobody outside the table presses.

    Raises BoardError where a table has not one row per party, or rows of different length.

    >>> scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran")).score[0]
    array([[  0,  40],
           [  0, -10]])
    """
    faulty = [i for i, rows in scores.items() if len(rows) != len(parties) or len({len(r) for r in rows}) != 1]
    if faulty:
        raise BoardError(
            f"The scores of '{faulty[0]}' are not one row per party of the same length. "
            f"Give {len(parties)} rows, for {', '.join(parties)}."
        )
    now = status_quo or {}
    tables = tuple(np.array(rows, dtype=np.int64) for rows in scores.values())
    return Deals(
        table=table,
        parties=tuple(parties),
        issues=tuple(scores),
        levels=tuple(np.arange(t.shape[1], dtype=np.float64) for t in tables),
        status_quo=tuple(now.get(issue, 0) for issue in scores),
        score=tables,
        no_deal=np.array(no_deal or [0] * len(parties), dtype=np.int64),
        admits=tuple(np.ones(t.shape, dtype=bool) for t in tables),
        listing_cost=np.zeros((len(parties), len(tables)), dtype=np.int64),
        pressers=(),
        pressed=((),) * len(tables),
        conditions=((),) * len(tables),
        meets=tuple(np.ones((0, t.shape[1]), dtype=bool) for t in tables),
        no_deal_kind="status-quo" if no_deal is None else "entered",
        open=tuple(np.ones(t.shape[1], dtype=bool) for t in tables),
        spared=(False,) * len(tables),
        listed=(False,) * len(tables),
    )
