"""The coverage matrix tells what a threat answers from what none does, in words and not in colour alone."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from detente.errors import UsageError
from detente.figures.coverage import Act, Answer, Coverage, StatedThreat, coverage
from detente.figures.no_deal_text import coverage_as_text

SVG = "{http://www.w3.org/2000/svg}"


def drawn(matrix: Coverage, width: float = 720) -> ElementTree.Element:
    return ElementTree.fromstring(coverage(matrix, id="c", title="Threats", desc="What they cover.", width=width))


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def told(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}title")]


def test_an_act_that_no_threat_answers_is_called_uncovered(matrix: Coverage) -> None:
    picture = drawn(matrix)
    assert matrix.uncovered() == (2,)
    assert sum(word.startswith("uncovered") for word in words(picture)) == 2  # the row, and the legend
    assert "Upland Farmers' Front, shuts the gates before a deal: no stated threat answers it" in told(picture)


def test_an_answered_cell_says_whether_it_deters_in_every_world(matrix: Coverage) -> None:
    found = told(drawn(matrix))
    assert any("drift: it deters; squeeze: whether it deters depends; force: it does not deter" in t for t in found)
    assert words(drawn(matrix)).count("answers") == 2


def test_who_could_do_it_is_marked_by_how_that_is_known(matrix: Coverage) -> None:
    known = replace(matrix, acts=tuple(replace(act, basis="read") for act in matrix.acts))
    threats = tuple(replace(threat, basis="read") for threat in matrix.threats)
    said = words(drawn(replace(known, threats=threats)))
    assert "read in a source" in said
    assert "assumed by default" not in said
    assert "assumed by default" in words(drawn(matrix))


@pytest.mark.parametrize("width", [360, 720])
def test_columns_too_narrow_for_their_words_go_by_number(matrix: Coverage, width: float) -> None:
    long = StatedThreat("Democratic Republic of the Congo", "closes the strait to everybody's shipping")
    many = replace(matrix, threats=(long,) * 6)
    said = words(drawn(many, width))
    assert {"1", "6"} <= set(said)
    assert any("Democratic Republic of the Congo: closes" in word for word in said)
    assert float(drawn(many, width).get("width", "0")) == width


def test_many_threats_widen_the_picture_rather_than_crowd_it(matrix: Coverage) -> None:
    assert float(drawn(replace(matrix, threats=matrix.threats * 10)).get("width", "0")) > 720


def test_an_answer_outside_the_matrix_is_refused(matrix: Coverage) -> None:
    for wrong in (Answer(9, 0), Answer(0, -1), Answer(0, 0, ("yes",))):
        with pytest.raises(UsageError, match="matrix has not"):
            drawn(replace(matrix, answers=(wrong,)))
        with pytest.raises(UsageError, match="matrix has not"):
            coverage_as_text(replace(matrix, answers=(wrong,)))


def test_an_empty_matrix_and_the_same_matrix_twice(matrix: Coverage) -> None:
    assert drawn(Coverage((), ())) is not None
    assert drawn(Coverage((Act("Karun", "fills"),), ())) is not None
    assert coverage(matrix, id="c", title="t", desc="d") == coverage(matrix, id="c", title="t", desc="d")


@pytest.mark.parametrize("name", ["<script>&amp;]]>", "x" * 500, "", "\x00‮"])
def test_hostile_names_stay_text(name: str) -> None:
    matrix = Coverage((Act(name, name),), (StatedThreat(name, name),), (Answer(0, 0, ("yes",)),), (name,))
    for width in (360, 720):
        assert not [e for e in drawn(matrix, width).iter() if e.tag.endswith("script")]
    assert max(map(len, coverage_as_text(matrix))) <= 80


def test_in_characters_columns_stand_under_their_numbers(matrix: Coverage) -> None:
    lines = coverage_as_text(matrix)
    assert lines[0].index("2") == lines[2].index("✓nnn")
    assert lines[0].index("1") == lines[1].index("✓y?n") == lines[3].index("!")
    assert lines[3].endswith("(assumed):")
    assert lines[4].strip() == "UNCOVERED"


def test_in_characters_many_threats_are_told_in_words(matrix: Coverage) -> None:
    lines = coverage_as_text(replace(matrix, threats=matrix.threats * 10))
    assert max(map(len, lines)) <= 80
    assert any("; ✓y?n 1" in line for line in lines)
