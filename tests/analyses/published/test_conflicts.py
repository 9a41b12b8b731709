"""Every published conflict comes back: stability by all concepts, printed sets, coalitions, inverse counts."""

from pathlib import Path

import numpy as np
import pytest
from tests.analyses.published.conflicts import CONFLICT_CHECKS, Case, disputed, mapping, ranking
from tests.analyses.published.tables import loaded

from detente.boards.conflict import Conflict
from detente.boards.states import Choice, States
from detente.boards.wishes import Statements, dense, worth

CASES = Path(__file__).resolve().parents[3] / "cases"
CONFLICTS = sorted(p for folder in ("jacobi2017", "kinsara2014") for p in (CASES / folder).glob("*.yaml"))
every = pytest.mark.parametrize("path", CONFLICTS, ids=lambda p: p.stem)


def test_all_thirteen_are_here() -> None:
    assert len(CONFLICTS) == 13


@every
def test_the_published_conflict_comes_back(path: Path) -> None:
    case = loaded(path)
    for name, expected in mapping(case["expect"]).items():
        CONFLICT_CHECKS[name](case, expected)


@every
def test_statements_in_order_give_the_ranking(path: Path) -> None:
    case = loaded(path)
    board = disputed(case)
    for p, name in enumerate(board.players):
        rows = mapping(case.get("statements", {})).get(name)
        if rows is not None:
            assert isinstance(rows, list)
            wish = Statements(tuple(r if isinstance(r, str) else tuple(r) for r in rows))
            said = dense(worth(wish, board.states, name))
            assert said.tolist() == dense(board.preference[p]).tolist()


def test_the_tables_agree_with_those_they_were_typed_from(shared_dir: Path) -> None:
    cells = 0
    theirs = {str(c["name"]): c for c in _reference(shared_dir)}
    for path, name in zip(CONFLICTS, _NAMES, strict=True):
        case, given = loaded(path), theirs[name]
        for key, part in (("stability", "expected_standard_definitions"), ("stability_once", "gmcr_py_0_4_1_as_run")):
            tables = mapping(mapping(given[part])["per_dm_stability_by_state"])
            for concept, rows in mapping(mapping(case["expect"])[key]).items():
                there = list(mapping(tables[concept]).values())
                here = [[int(sign) for sign in str(row)] for row in mapping(rows).values()]
                assert here == there
                cells += sum(map(len, here))
    assert cells == 2360 + 1888


_NAMES = (
    "NorthKorea2017_base",
    "NorthKorea2017_bloodthirsty",
    "NorthKorea2017_deterrence",
    "NorthKorea2017_invasion_irreversible",
    "NorthKorea2017_pacifist_invasion_irreversible",
    "NorthKorea2017_pacifist_reversible",
    "Cuban",
    "Elmira",
    "Garrison",
    "MilkRiver",
    "Prisoners",
    "SI_misp",
    "SyriaIraq",
)


def _reference(shared_dir: Path) -> list[Case]:
    cases = loaded(shared_dir / "data" / "conflict" / "gmcr_cases.json")["cases"]
    assert isinstance(cases, list)
    return cases


def test_a_ranking_that_is_typed_is_the_ranking_of_the_board() -> None:
    two = States((Choice("a", "strike"),), np.array([0, 1]))
    assert worth(ranking([2, 1]), two, "a").tolist() == [0, 1]
    assert Conflict(players=("a",), states=two, preference=np.array([[0, 1]])).count == 2
