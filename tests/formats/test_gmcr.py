"""Conflicts come in from the files of GMCR+, and go out as graphs."""

import json
import xml.etree.ElementTree as ET

import pytest

from detente.analyses.stability import stability
from detente.boards.conflict import conflict
from detente.boards.states import Choice
from detente.boards.wishes import Ranking
from detente.errors import FormatError
from detente.formats import graphml
from detente.formats.gmcr import read
from detente.formats.score_table import Source

WATERS: dict[str, object] = {
    "program": "gmcr-py",
    "options": [{"name": n, "permittedDirection": "both"} for n in ("Let through", "Raise", "Strike")],
    "decisionMakers": [
        {
            "name": "Upstream",
            "options": [0, 1],
            "preferences": [[[0, "N"], [1, "N"], [2, "N"]], [[1, "Y"]], [[2, "N"]], [[0, "N"]]],
        },
        {"name": "Downstream", "options": [2], "preferenceRanking": [2, 4, 6, 1, 5, 3]},
    ],
    "infeasibles": [[[0, "Y"], [1, "Y"]]],
    "useManualPreferenceRanking": False,
}


def saved(**changes: object) -> Source:
    return Source("waters.gmcr", json.dumps({**WATERS, **changes}).encode())


def test_a_saved_model_comes_in_with_its_statements() -> None:
    model = read(saved())
    assert model.title == "waters"
    assert model.conflict.count == 6
    order = sorted(range(6), key=lambda s: -int(model.conflict.preference[0, s]))
    assert [s + 1 for s in order] == [1, 3, 6, 2, 4, 5]
    assert len(set(model.conflict.preference[1].tolist())) == 1  # a ranking by hand counts where the file says so


def test_a_ranking_by_hand_counts_where_the_file_says_so() -> None:
    makers = [
        {"name": "Upstream", "options": [0, 1], "preferenceRanking": [1, 3, 6, 2, [4, 5]]},
        {"name": "Downstream", "options": [2], "preferenceRanking": [2, 4, 6, 1, 5, 3]},
    ]
    model = read(saved(decisionMakers=makers, useManualPreferenceRanking=True))
    assert model.conflict.preference.tolist() == [[4, 1, 3, 0, 0, 2], [2, 5, 0, 4, 1, 3]]


def test_one_of_several_conditions_may_hold_and_states_may_be_unseen() -> None:
    either = {"compound": True, "members": [[[0, "Y"]], [[2, "Y"]]]}
    makers = [
        {"name": "Upstream", "options": [0, 1], "preferences": [either], "misperceptions": [[[0, "Y"], [1, "N"]]]},
        {"name": "Downstream", "options": [2], "payoffs": [3, 6, 1, 5, 2, 4]},
    ]
    board = read(saved(decisionMakers=makers)).conflict
    assert board.preference.tolist() == [[0, 1, 0, 1, 1, 1], [3, 6, 1, 5, 2, 4]]
    assert board.unseen is not None
    assert board.unseen[0].tolist() == [False, True, False, False, True, False]


def test_all_faults_of_a_model_are_named_at_once() -> None:
    options = [{"name": "Let through", "permittedDirection": "sideways"}, {"name": "Raise"}, {"name": "Strike"}]
    makers = [{"name": "Upstream", "options": [0]}, {"name": "Upstream", "options": [7]}]
    with pytest.raises(FormatError) as told:
        read(saved(options=options, decisionMakers=makers))
    for part in ("'sideways'", "option 2 ('Raise') is not owned", "owns option 7", "'Upstream' has no name of its own"):
        assert part in str(told.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "empty"), (b"{", "not JSON"), (b"[]", "no decisionMakers"), (b"\xff\xfe", "not UTF-8")],
)
def test_what_is_no_model_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        read(Source("x.gmcr", content))


def test_a_condition_that_is_none_is_refused() -> None:
    with pytest.raises(FormatError, match="infeasibles hold"):
        read(saved(infeasibles=[[[0, "maybe"]]]))


def test_a_graph_goes_out_with_every_state_and_every_move() -> None:
    choices = [Choice("a", "strike & run", direction="up"), Choice("b", "yield")]
    board = conflict(choices, {"a": Ranking((3, 1, 4, 2)), "b": Ranking((1, 4, 3, 2))})
    held = [s - 1 for s in stability(board).labels("nash")]
    root = ET.fromstring(graphml.write(board, equilibria={"nash": held}, title="Gulf").content)
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    keys = {k.get("id"): k.get("attr.name") for k in root.findall("g:key", space)}
    nodes = root.findall(".//g:node", space)
    told = [{keys[d.get("key")]: d.text for d in n.findall("g:data", space)} for n in nodes]
    assert [t["pattern"] for t in told] == ["NN", "YN", "NY", "YY"]
    assert told[1]["taken"] == "a: strike & run"
    assert [t["rank a"] for t in told] == ["2", "4", "1", "3"]
    assert [k for k, t in enumerate(told) if t["equilibrium nash"] == "true"] == held
    edges = {(e.get("source"), e.get("target")) for e in root.findall(".//g:edge", space)}
    assert edges == {("s1", "s2"), ("s3", "s4"), ("s1", "s3"), ("s3", "s1"), ("s2", "s4"), ("s4", "s2")}
