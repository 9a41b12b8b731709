"""Divisions of several issues between two parties: adjusted winner, and what linking the issues is worth."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.analyses.published.tables import reference, tabled

from detente.analyses.packages import packages
from detente.analyses.winner import winner
from detente.boards import Deals

POINTS = {
    "panama": ("aw_panama", ("us", "panama")),
    "campdavid": ("aw_campdavid", ("egypt", "israel")),
}


def table(tests: Any, case: str) -> Deals:
    name, sides = POINTS[case]
    rows = [[float(n) for n in tests[name][side]] for side in sides]
    points = {f"i{k}": list(row) for k, row in enumerate(zip(*rows, strict=True))}
    return tabled({"board": "division", "source": "reference", "parties": list(sides), "points": points})


@pytest.mark.parametrize("case", POINTS)
def test_the_shares_and_points_of_adjusted_winner_come_back(case: str, shared_dir: Path) -> None:
    tests: Any = reference(shared_dir, "reference_tests.json", of="outlook")
    name, sides = POINTS[case]
    found = winner(table(tests, case))
    assert [float(a) for a, _ in found.share] == pytest.approx(tests[name][f"own_{sides[0]}"], abs=1e-14)
    assert [float(t) for t in found.totals] == pytest.approx([tests[name][f"{s}_points"] for s in sides], abs=1e-13)


def test_linking_issues_gives_the_published_points(shared_dir: Path) -> None:
    """Issue by issue each would get half; over all divisible issues the Nash product, without a deal worth 0, chooses.

    On Camp David every issue goes whole to whoever values it more, which the packages hold; in the Panama talks one
    issue that is worth the same to both is shared, where adjusted winner reaches the same point.
    """
    tests: Any = reference(shared_dir, "reference_tests.json", of="outlook")
    camp = packages(table(tests, "campdavid"))
    assert (camp.gains / 100).tolist() == tests["linkage_campdavid"]["linked_nbs"]
    panama = winner(table(tests, "panama"))
    assert [*panama.totals] == [Fraction(n) for n in tests["linkage_panama"]["linked_nbs"]]
