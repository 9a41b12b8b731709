"""Hypotheses by evidence: every cell is read by its sign, not by its colour, and told in words."""

from xml.etree import ElementTree

import pytest

from detente.figures.evidence_matrix import EvidenceCell, EvidenceMatrix, evidence_matrix, evidence_matrix_as_text

SVG = "{http://www.w3.org/2000/svg}"
MATRIX = EvidenceMatrix(
    (("A deal on the dam", "87% of draws"), ("Karun challenges the Delta Republic: a concession", "9% of draws")),
    ("Ministers meet (2025-03-01)", "Farmers march <again>"),
    (
        (EvidenceCell(-13.2, turned=True), EvidenceCell(0)),
        (EvidenceCell(0.2), EvidenceCell(0, raised=True)),
    ),
)


def drawn(width: float = 720) -> ElementTree.Element:
    return ElementTree.fromstring(evidence_matrix(MATRIX, id="f", title="t", desc="d", width=width))


@pytest.mark.parametrize("width", [720, 328])
def test_every_cell_carries_its_sign(width: float) -> None:
    said = [e.text for e in drawn(width).iter(f"{SVG}text")]
    assert [s for s in said if s in ("\u221213\u2260", "\u00b7", "~", "\u25c7")][:4] == [
        "\u221213\u2260",
        "\u00b7",
        "~",
        "\u25c7",
    ]


def test_a_cell_says_in_words_what_it_shows() -> None:
    told = [e.text or "" for e in drawn().iter(f"{SVG}title")]
    assert any("A deal on the dam; Ministers meet (2025-03-01): 13 fewer of 100 draws with it" in t for t in told)
    assert any("nobody would ask" in t for t in told)


def test_nothing_stands_outside_the_picture() -> None:
    for width in (720.0, 328.0):
        picture = drawn(width)
        right, low = float(picture.get("width", 0)), float(picture.get("height", 0))
        for box in picture.iter(f"{SVG}rect"):
            if box.get("transform") is None and float(box.get("y", 0)) > 0:
                assert float(box.get("x", 0)) + float(box.get("width", 0)) <= right
                assert float(box.get("y", 0)) + float(box.get("height", 0)) <= low


def test_there_is_no_style_and_no_script() -> None:
    svg = evidence_matrix(MATRIX, id="f", title="t", desc="d")
    assert "style=" not in svg
    assert "<script" not in svg
    assert "&lt;again&gt;" in svg


def test_in_characters_no_line_is_too_long() -> None:
    lines = evidence_matrix_as_text(MATRIX, columns=60)
    assert all(len(line) <= 60 for line in lines)
    assert any("\u221213\u2260" in line for line in lines)
