"""A strip of now and then: where a number stands on its scale, and that a strip has no words of its own."""

import re

from hypothesis import given
from hypothesis import strategies as st

from detente.figures.beside import EDGE, WIDE, Axis, beside, swing

NUMBERS = st.floats(-1e9, 1e9)


def centres(svg: str) -> list[float]:
    return [float(x) for x in re.findall(r'<circle cx="([^"]*)"', svg)]


@given(NUMBERS, NUMBERS, st.tuples(NUMBERS, NUMBERS).map(sorted))
def test_a_strip_keeps_within_its_ends(now: float, then: float, ends: list[float]) -> None:
    for x in centres(beside(now, then, Axis(ends[0], ends[1]))):
        assert EDGE - 0.1 <= x <= WIDE - EDGE + 0.1


def test_now_is_hollow_and_comes_first_and_then_is_to_its_right_where_it_is_more() -> None:
    now, then = centres(beside(0.25, 0.75, Axis(0, 1)))
    assert now < then
    assert now - EDGE == (WIDE - EDGE) - then


def test_what_stays_where_it_is_has_no_way_between() -> None:
    axis = Axis(0, 1)
    assert 'stroke-width="3"' not in beside(0.5, 0.5, axis)
    assert 'stroke-width="3"' in beside(0.2, 0.8, axis)


def test_bars_begin_where_the_answer_stands() -> None:
    axis = Axis(0, 1)
    x, width = re.findall(r'<rect x="([^"]*)" y="[^"]*" width="([^"]*)"', swing(0.2, 0.9, 0.5, axis))[0]
    assert float(x) + float(width) == axis.x(0.5)
    assert swing(None, None, 0.5, axis).count("<rect") == 0


def test_a_strip_is_for_the_eye_alone() -> None:
    for svg in (beside(1, 2, Axis(0, 3)), swing(1, 2, 1.5, Axis(0, 3))):
        assert 'aria-hidden="true"' in svg
        assert "<text" not in svg
        assert " id=" not in svg
        assert " style=" not in svg
