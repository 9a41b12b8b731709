"""Negotiation domains of the ANAC competitions and of NegoLog: sizes, frontiers and every solution.

The domains' licences are not stated or do not let them travel with the project: the tests run where they are.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.analyses.published.tables import unit, utilities
from tests.conftest import shared_or_none

from detente.analyses.packages import Packages, packages
from detente.boards import Deals
from detente.search.packages.frontier import frontier
from detente.search.packages.terms import terms

CLOSE = 1e-5  # utilities are rounded to 1e-7, with many parties to 1e-6, and products of nine of them are compared


def domains() -> list[Path]:
    shared = shared_or_none()
    return sorted((shared / "data" / "deals" / "genius_anac").glob("*.json")) if shared is not None else []


def floor(board: Deals) -> Any:
    return board.no_deal / unit(len(board.parties))


def opposition(board: Deals) -> tuple[float, int]:
    """The least distance of any outcome to utility 1 for everybody, and how many points the frontier has."""
    whole = frontier(terms(board), must=())
    reached = whole.gains / unit(len(board.parties)) + floor(board)
    return float(np.sqrt(((1 - reached) ** 2).sum(axis=1)).min()), whole.distinct


def values(board: Deals, found: Packages) -> dict[str, float]:
    """Each solution's value as the domains count it: utilities, and gains beyond the reservation in them."""
    scale = unit(len(found.parties))
    return {
        "nash": found.solution("nash").value / scale ** len(found.parties),
        "kalai_egalitarian": found.solution("egalitarian").value / scale,
        "ks_maxmin": float(found.solution("kalai_smorodinsky").value),
        "welfare": found.solution("utilitarian").value / scale + float(floor(board).sum()),
    }


@pytest.mark.parametrize("path", domains(), ids=lambda p: p.stem)
def test_the_solutions_of_a_competition_domain_come_back(path: Path) -> None:
    model = json.loads(path.read_text(encoding="utf-8"))
    people, expected = model["parties"], model["expected"]
    board = utilities([p["scores"] for p in people], [p["reservation"] or 0.0 for p in people])
    found = packages(board, ideal="all")  # the published ideal point is over all outcomes
    assert found.packages == expected["n_outcomes"]
    assert found.acceptable == expected["individually_rational"]
    distance, distinct = opposition(board)
    assert distinct == expected["pareto_size_distinct_utility"]
    assert distance == pytest.approx(expected["opposition_min_dist_to_ones"], abs=CLOSE)
    assert all(s.certificate.holds for s in found.solutions)
    if "nash" not in expected:
        assert not any(s.found or s.package for s in found.solutions)
        return
    for concept, value in values(board, found).items():
        assert value == pytest.approx(expected[concept]["value"], abs=CLOSE)
    if found.tied is not None:
        assert found.tied == expected["nash"]["ties"]


def test_there_are_45_competition_domains_and_one_has_no_zone(shared_dir: Path) -> None:
    """Read on the scale its reservation is given in, "Lunch" leaves nobody anything to agree on."""
    found = domains()
    assert len(found) == 45
    without = [p.stem for p in found if "nash" not in json.loads(p.read_text(encoding="utf-8"))["expected"]]
    assert without == ["anac__y2013__Lunch"]


def test_the_published_values_of_the_negolog_domains_come_back(shared_dir: Path) -> None:
    """Its "Kalai" point is one of greatest welfare, and its "Opposition" that point's distance to (1, 1)."""
    path = shared_dir / "data" / "deals" / "negolog_domains.json"
    if not path.is_file():
        pytest.skip("negolog_domains.json is not among the reference material here")
    listed = json.loads(path.read_text(encoding="utf-8"))
    assert len(listed) == 62
    told = [row for row in listed if "profiles" in row]
    assert len(told) == 37
    for row in told:
        board = profiled(row["profiles"])
        found, published, ours = packages(board), row["published"], row["ours"]
        worth = values(board, found)
        assert found.packages == row["n"]
        assert worth["nash"] == pytest.approx(published["Nash Product"], abs=CLOSE)
        assert worth["welfare"] == pytest.approx(published["Social Welfare"], abs=CLOSE)
        assert worth["kalai_egalitarian"] == pytest.approx(min(ours["maxmin"]), abs=CLOSE)
        distance, distinct = opposition(board)
        assert distance == pytest.approx(ours["opposition_min_dist_to_ones"], abs=CLOSE)
        assert distinct == ours["pareto_distinct"] - (row["domain"] == "domain12")  # 35 there by the noise of floats
        named = [published["Kalai_A"], published["Kalai_B"]]
        assert sum(named) == pytest.approx(worth["welfare"], abs=CLOSE)
        assert math.dist(named, (1, 1)) == pytest.approx(published["Opposition"], abs=CLOSE)


def profiled(profiles: Any) -> Deals:
    tables = [
        [[weight * value for value in side["v"][issue].values()] for issue, weight in side["w"].items()]
        for side in (profiles["A"], profiles["B"])
    ]
    return utilities(tables, [0.0, 0.0])


def test_the_distance_to_full_utility_is_least_on_the_frontier() -> None:
    board = utilities([[[0.2, 0.6, 1.0]], [[1.0, 0.7, 0.1]]], [0.0, 0.0])
    distance, distinct = opposition(board)
    assert distance == pytest.approx(0.5)
    assert distinct == 3
