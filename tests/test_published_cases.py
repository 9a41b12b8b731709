"""Every number that was published and Detente recomputes. To add one, add a file under `cases/`."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.analyses.linked_case import check_linked
from tests.analyses.published.conflicts import CONFLICT_CHECKS
from tests.analyses.published.tables import described, loaded, names, numbers, reference, ruled, scorable, slug, tabled

from detente.analyses.agenda import agenda
from detente.analyses.challenge import challenge
from detente.analyses.compromise import compromise
from detente.analyses.median import median
from detente.analyses.packages import Packages, packages
from detente.analyses.winner import winner
from detente.boards import Modes, Rule, positions
from detente.search.packages.consent import passes
from detente.search.packages.frontier import frontier
from detente.search.packages.terms import terms

ROOT = Path(__file__).resolve().parents[1]
# Cases under `history` are whole situations with an outcome beside them: tests/backtest/test_history.py.
CASES = sorted(p for p in (ROOT / "cases").rglob("*.yaml") if "history" not in p.parts)
POINT = 100  # basis points


@pytest.mark.parametrize("path", CASES, ids=lambda p: str(p.relative_to(ROOT / "cases")))
def test_the_published_number_comes_back(path: Path) -> None:
    case = loaded(path)
    assert str(case["source"]).strip()
    wanted = case["expect"]
    assert isinstance(wanted, dict)
    assert wanted, "a case without an expectation shows nothing"
    for name, expected in wanted.items():
        CHECKS[str(name)](case, expected)


def check_compromise(case: Mapping[str, object], expected: Mapping[str, object]) -> None:
    found = compromise(positions(described(case)))
    rtol = expected["rtol"]
    assert isinstance(rtol, float)
    np.testing.assert_allclose(found.decision.point, numbers(expected["point"]), rtol=rtol)


def check_challenge(case: Mapping[str, object], expected: Mapping[str, object]) -> None:
    found = challenge(positions(described(case)))
    atol = expected["atol"]
    assert isinstance(atol, float)
    np.testing.assert_allclose(found.median[:, 0], numbers(expected["medians"]), atol=atol, rtol=0)
    np.testing.assert_allclose(found.mean[:, 0], numbers(expected["means"]), atol=atol, rtol=0)
    assert found.certificate.holds


def check_median(case: Mapping[str, object], expected: Mapping[str, object]) -> None:
    found = median(positions(described(case)))
    assert found.decision.point.tolist() == numbers(expected["point"])
    assert sorted(p for p, stands in zip(found.parties, found.unbeaten[:, 0], strict=True) if stands) == sorted(
        slug(name) for name in names(expected["unbeaten"])
    )
    assert found.certificate.holds


def check_packages(case: Mapping[str, object], expected: Mapping[str, object]) -> None:
    found = packages(tabled(case))
    parties = names(case["parties"])
    assert found.packages == expected["packages"]
    assert found.gains.tolist() == expected["gains"]
    assert found.tied == expected["tied"]
    assert [parties[o - 1] for o in found.chosen.tolist()] == expected["winners"]
    assert found.certificate.holds


def check_winner(case: Mapping[str, object], expected: Mapping[str, object]) -> None:
    found = winner(tabled(case))
    share = expected["share"]
    assert isinstance(share, dict)
    assert [*found.initial] == numbers(expected["initial"])
    assert [*found.order] == names(expected["order"])
    assert {i: part for i, (part, _) in zip(found.issues, found.share, strict=True)} == {
        issue: Fraction(str(part)) for issue, part in share.items()
    }
    assert found.totals == (Fraction(str(expected["totals"])),) * 2
    assert found.certificate.holds


def check_counts(case: Mapping[str, object], expected: Mapping[str, object]) -> None:
    board = ruled(case)
    found, count = packages(board), len(board.parties)
    lenient = passes(Rule(weights=(1.0,) * count, need=count - 1), count)
    assert found.accepted is not None
    assert (found.packages, found.accepted.number) == (expected["packages"], expected["all"])
    assert found.acceptable == expected["rule"]
    assert int(found.accepted_by[lenient].sum()) == expected["all_but_one"]
    assert found.passed is not None
    assert found.passed.number == expected["rule"]
    assert [c.number for c in found.accepts] == expected["accepts"]
    assert len(found.frontier) == expected["frontier_of_deals"]
    assert len(frontier(terms(board), must=(), ties=True).packages) == expected["frontier"]


def check_solutions(case: Mapping[str, object], expected: Mapping[str, object]) -> None:
    found = packages(tabled(case), ideal="all")
    for concept, wanted in expected.items():
        assert isinstance(wanted, dict)
        chosen = found.solution(concept)
        assert in_points(case, found, concept) == Fraction(str(wanted["value"]))
        assert [list(tie) for tie in chosen.ties] == wanted["packages"]
        assert list(chosen.package) in wanted["packages"]
        assert chosen.certificate.holds
        assert chosen.bound == chosen.value


def in_points(case: Mapping[str, object], found: Packages, concept: str) -> Fraction:
    """A solution's value as the games count it: points, and for welfare the scores themselves."""
    value = Fraction(found.solution(concept).value)
    if concept == "kalai_smorodinsky":
        return value
    unit = Fraction(POINT ** len(found.parties)) if concept == "nash" else Fraction(POINT)
    return value / unit + (Fraction(sum(numbers(case["threshold"]))) if concept == "utilitarian" else 0)


CHECKS = {
    **CONFLICT_CHECKS,
    "challenge": check_challenge,
    "compromise": check_compromise,
    "counts": check_counts,
    "linked": check_linked,
    "median": check_median,
    "packages": check_packages,
    "solutions": check_solutions,
    "winner": check_winner,
}


# From here on: reference tables whose licences do not let them travel with the project.


def test_who_could_open_the_blocked_game_alone_comes_back(shared_dir: Path) -> None:
    board = scorable(reference(shared_dir, "llm_deliberation", "base.json"), {"Environmental League": 80})
    base: Modes = {i: ("in", None) for i in board.issues}
    blocked = agenda(board, base=base, issues=["a"], modes=["in"]).row("in").first.blocked
    alone = {sides[0].party for sides in blocked if len(sides) == 1}
    assert alone == {"local-labour-union", "sportco", "department-of-tourism", "environmental-league"}
