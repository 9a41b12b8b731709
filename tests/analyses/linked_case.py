"""What a published case of linked tables must come out at, and how the laws ask about linked tables."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from tests.analyses.published.tables import described
from tests.boards.linked_worlds import with_alliance

from detente.analyses.linked import Linked, linked
from detente.boards import Draws, Modes, Plain, deals, plain, with_modes
from detente.boards.linked import Tables
from detente.boards.linked import linked as linked_tables
from detente.search.tables.hub import Hub, hub_of
from detente.search.tables.pulled import Pulled, pulled
from detente.situation.nouns import Situation


def check_linked(case: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """The deals under every mandate, what every mandate leads to, and which one is agreed in either reading.

    All parties care about all issues, so that each board has the five of them; those of the alliance come last.
    """
    board = linked_tables(described(case))
    found = linked(board)
    talks, alliance = (list(table["issues"].values()) for table in case["tables"].values())
    _check_given(found, expected["given"], talks, list(case["tables"]["talks"]["no_deal"].values()))
    assert [
        [*_named(alliance, r.package[3:]), _named(talks, r.after[0].package), *(v // 100 for v in r.values)]
        for r in found.induced
        if r.package
    ] == expected["induced"]
    for reading, deal in expected["agreed"].items():
        assert _named(alliance, linked(board, without=reading).agreed[1].package.tolist()[3:]) == deal
    assert found.certificate.holds


def _check_given(found: Linked, expected: Mapping[str, Any], talks: Sequence[Sequence[str]], no_deal: Any) -> None:
    """`nuclear-only` asks nothing, the next asks for one thing, the last for two; so they stand in this order."""
    rows = sorted((row for row in found.given if not row.shut), key=lambda row: len(row.held))
    assert len(rows) == len(expected)
    for row, wanted in zip(rows, expected.values(), strict=True):
        shown = [
            _named(talks, package) + [gain // 100 + d for gain, d in zip(gains, no_deal, strict=False)]
            for package, gains in zip(row.packages, row.gains, strict=True)
        ]
        assert row.deals == len(wanted)
        assert sorted(shown) == sorted(wanted)
        assert _named(talks, row.package) == (wanted[0][:3] if wanted else [])


def _named(levels: Sequence[Sequence[str]], package: Sequence[int]) -> list[Any]:
    """Level 0 of every issue of a case is its status quo, which has no name."""
    return [row[k - 1] for row, k in zip(levels, package, strict=False)]


def tables_of(situation: Situation, draws: Draws | None) -> Tables:
    """The dispute with an alliance that binds its table."""
    return linked_tables(with_alliance(situation), draws=draws)


def linked_said(found: Linked, scale: float = 1.0) -> Plain:
    """Table by table what is agreed, and party by party what it has."""
    rows = [plain((row.found, row.package, row.acceptable, row.apart, row.apart_found)) for row in found.agreed]
    values = {p: plain(np.stack([found.values, found.change])[..., k]) for k, p in enumerate(found.parties)}
    return {"agreed": rows, "values": values, "converged": plain(found.converged)}


def hub_at(situation: Situation, draws: Draws | None) -> Hub:
    """The party that sits at both tables."""
    return hub_of(tables_of(situation, None), situation.demands[1].by)


def hub_said(found: Any, scale: float = 1.0) -> Plain:
    return plain((found.nash, found.nash_hub, found.shapley, found.shapley_hub, found.decreasing))


def pull_at(situation: Situation, draws: Draws | None) -> Pulled:
    """The ally that presses leans on the party that presses, too, and sits at the table."""
    modes: Modes = {"i0": ("option", None), "i1": ("option", None), "i2": ("in", None)}
    board = with_modes(deals(situation, "hall"), modes)
    return pulled(board, principal=situation.demands[1].by, ally=situation.demands[0].by)


def pull_said(found: Any, scale: float = 1.0) -> Plain:
    return [
        plain((step.start, step.stop, step.package, step.ally, dict(zip(found.parties, step.gains, strict=True))))
        for step in found.swept[0].steps
    ]
