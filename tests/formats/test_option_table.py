"""Conflicts come in from plain tables of options, and from YAML: the same conflict either way."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.boards.conflict import Conflict
from detente.errors import DetenteError, FormatError, SituationError
from detente.formats.option_table import read
from detente.formats.published import is_conflict, is_published, read_conflict
from detente.formats.score_table import Source
from detente.formats.sheet import write_xlsx

HEAD = "player,option,direction,today\n"
OPTIONS = "usa,strike,up,\nusa,sanction,,x\niran,yield,,\ninfeasible,Y-Y,,\n"
USA = "usa prefers,NNY > NYY > NYN = NNN > YNN > YYN,,\n"
IRAN = "iran prefers,NNN > NYN > NNY > NYY > YNN > YYN,,\n"


def table(text: str, name: str = "gulf.csv") -> Conflict:
    return read(Source(name, text.encode())).conflict


def test_options_directions_and_rankings_come_in() -> None:
    model = read(Source("gulf.csv", (HEAD + OPTIONS + USA + IRAN).encode()))
    board = model.conflict
    assert [(c.owner, c.label, c.direction) for c in board.states.choices] == [
        ("usa", "strike", "up"),
        ("usa", "sanction", "both"),
        ("iran", "yield", "both"),
    ]
    assert [board.states.pattern(s) for s in range(board.count)] == ["NNN", "YNN", "NYN", "YYN", "NNY", "NYY"]
    assert board.preference[0].tolist() == [2, 1, 2, 0, 4, 3]
    assert board.unknown is None
    assert model.today == board.states.index("NYN")


def test_a_workbook_says_the_same_as_csv() -> None:
    lines = [line.split(",") for line in (HEAD + OPTIONS + USA + IRAN).splitlines()]
    book = write_xlsx([[cell or None for cell in line] for line in lines], title="Options")
    found = read(Source("gulf.xlsx", book))
    same = table(HEAD + OPTIONS + USA + IRAN)
    assert found.conflict.preference.tolist() == same.preference.tolist()
    assert found.today == 2


def test_what_an_option_is_worth_is_a_preference_too() -> None:
    text = "player;option;worth to usa;worth to iran\nusa;strike;-2,5;-10\niran;yield;4;-1\n"
    assert table(text).preference.tolist() == [[0.0, -2.5, 4.0, 1.5], [0.0, -10.0, -1.0, -11.0]]


def test_a_number_that_can_be_read_in_two_ways_is_refused() -> None:
    with pytest.raises(FormatError, match="read in two ways"):
        table('player,option,worth to usa\nusa,strike,"1,000"\n')


def test_what_does_not_follow_is_not_known() -> None:
    board = table(HEAD + OPTIONS + "usa prefers,NNY > NYN,,\nusa prefers,NYN > YNN = YYN,,\n" + IRAN)
    assert board.unknown is not None
    nny, ynn, nyy = (board.states.index(p) for p in ("NNY", "YNN", "NYY"))
    assert not board.unknown[0, nny, ynn]
    assert board.unknown[0, nny, nyy]
    assert not board.unknown[1].any()


def test_all_faults_of_a_table_are_named_at_once() -> None:
    with pytest.raises(FormatError) as told:
        table("player,option,direction,colour,worth to oman\nusa,strike,sideways,,x\n,yield,,,\nusa prefers,Y > ,,,\n")
    for part in ("no column 'colour'", "'worth to oman' names nobody", "'sideways'", "line 3 lacks", "no chain of"):
        assert part in str(told.value)


def test_yaml_says_the_same_as_a_table() -> None:
    text = """board: conflict
choices: [{owner: usa, label: strike, direction: up}, {owner: usa, label: sanction}, {owner: iran, label: yield}]
infeasible: ["Y-Y"]
preferences: {usa: [5, 6, [3, 1], 2, 4], iran: [NNN, NYN, NNY, NYY, YNN, YYN]}
today: NYN
"""
    model = read_conflict(text, name="gulf.yaml", title="Gulf")
    same = read(Source("gulf.csv", (HEAD + OPTIONS + USA + IRAN).encode()))
    assert model.conflict.preference.tolist() == same.conflict.preference.tolist()
    assert (model.today, model.title) == (same.today, "Gulf")
    assert is_conflict(text)
    assert not is_published(text)


def test_a_choice_may_have_several_levels() -> None:
    text = "{board: conflict, choices: [{owner: a, label: raid, levels: [none, one, many]}], pairs: {a: [[1, 3]]}}"
    board = read_conflict(text, name="a.yaml", title="A").conflict
    assert board.count == 3
    assert board.unknown is not None


def test_a_faulty_conflict_names_every_fault_with_its_line() -> None:
    text = "board: conflict\nchoices:\n  - {owner: a, label: b, direction: sideways}\n  - {owner: a}\nfoo: 1\n"
    with pytest.raises(SituationError) as told:
        read_conflict(text, name="a.yaml", title="A")
    for part in ("line 3, choices.0.direction", "line 4, choices.1.label: it is missing", "line 5, foo: there is no"):
        assert part in str(told.value)
    with pytest.raises(SituationError, match="nothing says what 'a' prefers"):
        read_conflict("{board: conflict, choices: [{owner: a, label: b}]}", name="a.yaml", title="A")


@given(st.text(alphabet="player,option\nYN>=*-x;\t\"'0 prefsinable", max_size=120))
def test_no_text_ends_in_anything_but_a_conflict_or_a_refusal(text: str) -> None:
    with contextlib.suppress(DetenteError):
        assert read(Source("a.csv", b"player,option\n" + text.encode())).conflict.count
