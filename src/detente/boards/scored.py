"""Which board is it when all that is known is a table of scores, as in a published case?"""

from collections.abc import Mapping, Sequence

import numpy as np

from detente.boards.deal_board import Cross, Deals, Rule, Watchers
from detente.errors import BoardError


def scored(  # noqa: PLR0913  what a published table may hold, each by its name
    scores: Mapping[str, Sequence[Sequence[int]]],
    *,
    parties: Sequence[str],
    status_quo: Mapping[str, int] | None = None,
    no_deal: Sequence[int] | None = None,
    table: str = "table",
    interactions: Mapping[tuple[str, str], Sequence[Sequence[Sequence[int]]]] | None = None,
    rule: Rule | None = None,
    watchers: Watchers | None = None,
) -> Deals:
    """Set out a board from whole-number scores per issue, party and level; the status quo is level 0 unless told.

    `interactions` holds, per pair of issues, one table per party: a row per level of the first, a column per level of
    the second. Nobody has a red line, nothing costs anything to list, and nobody outside the table presses.

    Raises BoardError where a table has not one row per party, or rows of different length, where the rule or the
    watchers do not fit the table, and where an interaction is not one table of the two issues' levels per party.

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
    sizes = {issue: t.shape[1] for issue, t in zip(scores, tables, strict=True)}
    _check_fit(sizes, len(parties), rule, watchers)
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
        interactions=_crosses(interactions or {}, sizes, len(parties)),
        rule=rule,
        watchers=watchers,
    )


def _crosses(
    interactions: Mapping[tuple[str, str], Sequence[Sequence[Sequence[int]]]], sizes: Mapping[str, int], parties: int
) -> tuple[Cross, ...]:
    issues = list(sizes)
    found: dict[tuple[int, int], Cross] = {}
    for (first, second), rows in interactions.items():
        if first not in issues or second not in issues or first == second:
            raise BoardError(f"'{first}' and '{second}' are not two issues of this table: {', '.join(issues)}.")
        worth = np.array(rows, dtype=np.int64)
        if worth.shape != (parties, sizes[first], sizes[second]):
            raise BoardError(
                f"What '{first}' and '{second}' are worth together has shape {worth.shape}. "
                f"Give {parties} tables of {sizes[first]} rows and {sizes[second]} columns."
            )
        pair = issues.index(first), issues.index(second)
        if pair in found or pair[::-1] in found:
            raise BoardError(f"'{first}' and '{second}' are valued together twice. Add the two tables up.")
        ordered = pair[0] < pair[1]
        found[pair] = Cross(min(pair), max(pair), worth if ordered else worth.transpose(0, 2, 1))
    return tuple(sorted(found.values(), key=lambda cross: (cross.first, cross.second)))


def _check_fit(sizes: Mapping[str, int], parties: int, rule: Rule | None, watchers: Watchers | None) -> None:
    if rule is not None and len(rule.weights) != parties:
        raise BoardError(f"The rule weighs {len(rule.weights)} parties, the table has {parties}. Give one weight each.")
    if watchers is None:
        return
    wanted = [(len(watchers.parties), size) for size in sizes.values()]
    if [s.shape for s in watchers.score] != wanted or len(watchers.ratifies) != len(watchers.parties):
        raise BoardError(
            f"The scores of {', '.join(watchers.parties)} do not fit the table. "
            f"Give, for each of {', '.join(sizes)}, one row per watcher and one column per level."
        )
