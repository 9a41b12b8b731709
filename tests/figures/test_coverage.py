"""The coverage matrix tells what a threat answers from what none does, in words and not in colour alone."""

from dataclasses import replace
from xml.etree import ElementTree

from detente.figures.coverage import Coverage, coverage

SVG = "{http://www.w3.org/2000/svg}"


def drawn(matrix: Coverage) -> ElementTree.Element:
    return ElementTree.fromstring(coverage(matrix, id="c", title="Threats", desc="What they cover."))


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def test_every_cell_says_covered_or_open(matrix: Coverage) -> None:
    said = words(drawn(matrix))
    assert said.count("covered") == 2
    assert said.count("open") == 1
    assert said.count("–") == 6


def test_a_covered_cell_names_who_answers_and_how_it_is_known(matrix: Coverage) -> None:
    told = [element.text for element in drawn(matrix).iter(f"{SVG}title")]
    assert "the gates are shut before a deal, by Karun: covered by Delta Republic (read)" in told
    assert "filling without notice, by Karun: no threat covers it" in told


def test_many_actors_widen_the_picture_rather_than_crowd_it(matrix: Coverage) -> None:
    wide = drawn(replace(matrix, actors=tuple(f"Actor {at}" for at in range(14))))
    assert float((wide.get("viewBox") or "").split()[2]) > 720


def test_an_empty_matrix_and_the_same_matrix_twice(matrix: Coverage) -> None:
    assert drawn(Coverage((), (), ())) is not None
    assert coverage(matrix, id="c", title="t", desc="d") == coverage(matrix, id="c", title="t", desc="d")
