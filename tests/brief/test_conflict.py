"""What is told of a conflict: states by the moves in force, every sentence with what it rests on, in plain words."""

import functools
import re
from pathlib import Path

import pytest

from detente.brief.document import Brief, Grid, block_sentences, known_ids, sentences
from detente.desk.conflict import ask_conflict, write
from detente.desk.conflict_file import open_conflict

CASES = Path(__file__).resolve().parents[2] / "cases"
CONFLICTS = sorted(p for folder in ("kinsara2014", "jacobi2017") for p in (CASES / folder).glob("*.yaml"))


@functools.cache
def told_in(path: Path) -> Brief:
    """What is told of a file from its first state, written once for all who read it."""
    return write(ask_conflict(open_conflict(path), start=1))


@functools.cache
def told_of(name: str, *, start: int | str | None = None, concept: str | None = None) -> Brief:
    return write(ask_conflict(open_conflict(CASES / "kinsara2014" / f"{name}.yaml"), start=start, concept=concept))


def words(brief: Brief, section: str) -> str:
    found = next(s for s in brief.sections if s.id == section)
    return " ".join(s.text for block in found.blocks for s in block_sentences(block))


@pytest.mark.parametrize("path", CONFLICTS, ids=lambda p: p.stem)
def test_every_sentence_leads_back_to_the_file(path: Path) -> None:
    brief = told_in(path)
    known = known_ids(brief)
    for sentence in sentences(brief):
        assert sentence.refs, sentence.text
        assert set(sentence.refs) <= known, sentence.text
    assert any(note.kind == "entry" and path.name in note.text for note in brief.notes)


@pytest.mark.parametrize("path", CONFLICTS, ids=lambda p: p.stem)
def test_no_state_is_told_by_its_number_or_its_pattern(path: Path) -> None:
    brief = told_in(path)
    for sentence in sentences(brief):
        assert not re.search(r"\bstate \d|\b[YN-]{3,}\b", sentence.text), sentence.text
        assert "nan" not in sentence.text.lower().split()


def test_a_gain_is_told_with_what_answers_it() -> None:
    why = words(told_of("cuban-missiles", start=1), "why")
    assert (
        "USSR would gain by an end to “take missiles out”; USA with “bomb the sites” can answer, "
        "which leaves USSR worse off than before." in why
    )


def test_who_leaves_is_named_with_the_move_that_nobody_answers() -> None:
    why = words(told_of("syria-iraq", start="NNN"), "why")
    assert "“no move in force”, where it starts, does not hold, because of Iraq." in why
    assert "Iraq would gain by “strike”, and nobody has an answer" in why


def test_the_way_is_told_step_by_step() -> None:
    ways = words(told_of("syria-iraq", start="NNN"), "ways")
    assert "in 2 steps, each a gain for who takes it: Iraq with “strike”, then Syria with “raise tension”." in ways


def test_a_step_that_cannot_be_taken_back_is_named() -> None:
    ways = words(told_of("elmira", start="NYNNN"), "ways")
    assert "can pass a point of no return with “change the order”" in ways


def test_a_coalition_is_told_with_whom_it_costs() -> None:
    together = words(told_of("elmira", start="NYNNN"), "together")
    assert "Ministry and Plant would both gain by acting together" in together
    assert "at the expense of the Local Government" in together


def test_two_moves_of_one_name_are_told_apart() -> None:
    assert "“stay silent (First) + stay silent (Second)”" in words(told_of("prisoners-dilemma", start=1), "holds")


def test_orders_are_counted_and_not_called_probable() -> None:
    brief = told_of("syria-iraq", start="YNN")
    assert "Of all 720 orders that Syria could have, 384 make “let water through” hold" in words(brief, "changes")


def test_each_idea_of_holding_is_named_once_with_its_meaning_and_has_a_column() -> None:
    brief = told_of("elmira", start=1)
    holds = next(s for s in brief.sections if s.id == "holds")
    grid = next(b for b in holds.blocks if isinstance(b, Grid) and b.fold is None)
    assert grid.columns == ("state", "Nash", "SEQ", "SIM", "SMR", "GMR")
    for name in grid.columns[1:]:
        assert sum(s.text.startswith(f"{name}:") for s in sentences(brief)) == 1
    marks = {row[0].text: tuple(cell.text for cell in row[1:]) for row in grid.rows}
    assert marks["“delay the appeal” (start)"] == ("–", "–", "–", "yes", "yes")
    assert marks["“delay the appeal + press for the first order”"] == ("yes",) * 5


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq", "sim", "l1", "l3"])
def test_every_idea_of_holding_can_be_told_alone(concept: str) -> None:
    brief = told_of("cuban-missiles", start=1, concept=concept)
    holds = next(s for s in brief.sections if s.id == "holds")
    assert len(next(b for b in holds.blocks if isinstance(b, Grid)).columns) == 2


def test_what_a_player_does_not_see_is_said() -> None:
    assert "Syria does not reckon with" in words(told_of("syria-iraq-misperceived"), "holds")
