"""How right forecasts were, drawn: what happened beside what was said, with N and band; outcomes told apart."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.figures.calibration import CalibrationBin, CalibrationPanel, calibration
from detente.figures.discrimination import HIGHEST, DiscriminationRow, discrimination, per_sign, piles
from detente.figures.record_text import COLUMNS, calibration_as_text, discrimination_as_text
from detente.figures.text import text_width

SVG = "{http://www.w3.org/2000/svg}"
RIGHT = CalibrationBin(0.0, 0.1, 12, 0.04, 0.08, (0.0, 0.17))
WRONG = CalibrationBin(0.6, 0.7, 30, 0.64, 0.3, (0.5, 0.77))
EMPTY = CalibrationBin(0.3, 0.4, 0, 0.35, 0.0, (0.0, 1.0))
PANEL = CalibrationPanel("A. Analyst", "42 questions in 9 clusters", (RIGHT, EMPTY, WRONG))
ROW = DiscriminationRow("A. Analyst", (0.7, 0.9), (0.1, 0.1, 0.2), "5 questions")
FORECASTS = st.lists(st.floats(0, 1), max_size=60).map(tuple)


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def hints(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}title")]


def squares(*panels: CalibrationPanel, width: float = 720) -> ElementTree.Element:
    return tree(calibration(panels, id="c", title="Calibration", desc="What happened.", width=width))


def strips(*rows: DiscriminationRow, width: float = 720) -> ElementTree.Element:
    return tree(discrimination(rows, id="d", title="Apart", desc="What was said.", width=width))


def test_a_picture_has_a_name_a_description_and_the_role_of_an_image() -> None:
    for picture in (squares(PANEL), strips(ROW)):
        assert picture.get("role") == "img"
        assert picture.findtext(f"{SVG}title")
        assert picture.findtext(f"{SVG}desc")
        named = (picture.get("aria-labelledby") or "").split()
        assert named == [picture.find(f"{SVG}{part}").get("id") for part in ("title", "desc")]  # type: ignore[union-attr]


def test_every_bin_says_how_many_questions_are_in_it() -> None:
    picture = squares(PANEL)
    assert {"12", "30"} <= set(words(picture))
    assert "0.60 to 0.70: 30 questions, mean forecast 0.64, happened 0.30; expected 0.50 to 0.77" in hints(picture)


def test_a_bin_without_questions_is_not_drawn() -> None:
    assert not any(told.startswith("0.30 to 0.40") for told in hints(squares(PANEL)))


def test_what_was_not_to_be_expected_has_another_form_and_not_just_another_colour() -> None:
    circles = [len(list(squares(replace(PANEL, bins=(one,))).iter(f"{SVG}circle"))) for one in (RIGHT, WRONG)]
    # One is in the pattern of dots, which is no sign; the others are the ring and its sample in the legend.
    assert circles == [1, 3]


def test_the_sign_stands_where_it_happened_as_often() -> None:
    (ring,) = [c for c in squares(PANEL).iter(f"{SVG}circle") if c.get("r") == "6" and float(c.get("cx", "0")) > 20]
    box = next(r for r in squares(PANEL).iter(f"{SVG}rect") if r.get("width") == r.get("height"))
    side, top = float(box.get("height", "0")), float(box.get("y", "0"))
    assert float(ring.get("cy", "0")) == pytest.approx(top + side * (1 - WRONG.rate), abs=0.1)
    assert float(ring.get("cx", "0")) == pytest.approx(float(box.get("x", "0")) + side * WRONG.mean, abs=0.1)


def test_forecasters_stand_two_in_a_row_or_one_under_the_other() -> None:
    several = (PANEL, replace(PANEL, name="crowd"), replace(PANEL, name="one half"))
    for width, columns in ((720, 2), (328, 1)):
        names = [t for t in squares(*several, width=width).iter(f"{SVG}text") if t.get("font-weight")]
        assert len({t.get("x") for t in names}) == columns


def test_nothing_is_drawn_outside_of_the_picture() -> None:
    for width in (720, 328):
        for picture in (squares(PANEL, PANEL, PANEL, width=width), strips(ROW, ROW, width=width)):
            tall = float(picture.get("height", "0"))
            for element in picture.iter(f"{SVG}text"):
                if "transform" not in element.attrib and element.get("x") != "38":
                    assert 0 <= float(element.get("x", "0")) <= width
                    assert 0 <= float(element.get("y", "0")) <= tall


def test_the_meanings_of_the_signs_fit_a_telephone() -> None:
    many = replace(ROW, no=(0.5,) * 700)
    for picture in (squares(PANEL, width=328), strips(ROW, many, width=328)):
        meanings = [t.text or "" for t in picture.iter(f"{SVG}text") if t.get("x") == "38"]
        assert len(meanings) >= 4
        assert all(38 + text_width(told, 11.5) <= 318 for told in meanings), meanings


def test_a_forecaster_nobody_can_score_is_drawn_as_nothing() -> None:
    assert "nothing was forecast here" in words(squares(replace(PANEL, bins=())))
    assert "  nothing was forecast here" in calibration_as_text((replace(PANEL, bins=()),))


@pytest.mark.parametrize("panels", [(), (replace(PANEL, bins=(replace(RIGHT, rate=1.2),)),)])
def test_what_is_no_share_is_refused(panels: tuple[CalibrationPanel, ...]) -> None:
    with pytest.raises(UsageError, match="no share"):
        calibration(panels, id="c", title="t", desc="d")
    with pytest.raises(UsageError, match="no share"):
        discrimination((replace(ROW, yes=(1.5,)),), id="d", title="t", desc="d")


def test_each_side_says_its_mean() -> None:
    told = hints(strips(ROW))
    assert "A. Analyst, happened: 2 questions, mean 0.80" in told
    assert "A. Analyst, did not happen: 3 questions, mean 0.13" in told


def test_where_nothing_happened_there_is_one_side_only() -> None:
    told = hints(strips(replace(ROW, yes=())))
    assert not any("A. Analyst, happened" in one for one in told)
    assert ROW.means[0] == pytest.approx(0.8)
    assert replace(ROW, yes=()).means[0] is None


@settings(max_examples=40, deadline=None)
@given(yes=FORECASTS, no=FORECASTS)
def test_every_question_is_in_one_pile_and_no_pile_is_too_high(yes: tuple[float, ...], no: tuple[float, ...]) -> None:
    row = DiscriminationRow("A", yes, no)
    assert sum(piles(yes).values()) == len(yes)
    assert all(n <= HIGHEST * per_sign(row) for some in (yes, no) for n in piles(some).values())


def test_a_row_of_many_questions_does_not_blur_one_of_few() -> None:
    many = DiscriminationRow("crowd", (0.5,) * 700, ())
    picture = strips(ROW, many)
    rings = [c for c in picture.iter(f"{SVG}circle") if c.get("r") == "2.8"]
    assert len(rings) - 1 == len(ROW.no)  # and the one of the legend
    assert "a sign: up to 117 questions" in words(picture)


def test_lines_of_a_terminal_hold_the_same() -> None:
    lines = calibration_as_text((PANEL,)) + discrimination_as_text((ROW,))
    assert all(len(line) <= COLUMNS for line in lines)
    (wrong,) = [line for line in lines if line.startswith("  0.60 to 0.70")]
    assert wrong.split()[3:6] == ["30", "0.64", "0.30"]
    drawn = wrong.split("│")[1]
    assert drawn.index("✗") == round(0.3 * 30)
    assert drawn.index("▒") == 15
    assert any("mean 0.80" in line for line in lines)
