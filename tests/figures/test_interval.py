"""A level is written as fine as its scale asks for, and no finer than needed on a wide one."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from detente.figures.interval import Interval, numbered, span_of, written
from detente.figures.landmarks import Landmark

WIDTHS = st.floats(1e-3, 1e6)
SHARES = st.floats(0, 1)
LOWS = st.sampled_from([-50.0, 0.0, 4.0, 12.85, 1990.0])


def read(told: str) -> float:
    return float(told.replace(",", ""))


@settings(max_examples=60, deadline=None)
@given(low=LOWS, width=WIDTHS, share=SHARES)
@example(low=12.85, width=1.4, share=0.286)
def test_writing_loses_no_more_than_a_hundredth_of_the_scale(low: float, width: float, share: float) -> None:
    value = low + share * width
    assert abs(read(written(value, width)) - value) <= width / 100 * (1 + 1e-6)


@settings(max_examples=40, deadline=None)
@given(width=st.floats(50, 1e6), share=SHARES)
def test_on_a_wide_scale_numbers_read_as_without_one(width: float, share: float) -> None:
    assert written(share * width, width) == written(share * width)


def test_places_of_a_narrow_scale_are_told_apart() -> None:
    assert [written(at, 1.4) for at in (12.85, 13.25, 13.5, 14.0, 14.004)] == ["12.85", "13.25", "13.5", "14", "14"]
    assert span_of(Interval(13.12, 13.6, 14.04), 1.4) == "13.12 to 14.04"
    assert span_of(Interval(13.12, 13.6, 14.04)) == "13 to 14"


def test_ends_and_landmarks_of_a_narrow_scale_keep_their_decimals() -> None:
    assert [m.name for m in numbered((Landmark(13.25, "quota"),), (12.85, 14.25))] == ["12.85", "13.25: quota", "14.25"]
    assert [m.name for m in numbered((), (12.85, 14.25))] == ["12.85", "13", "13.5", "14", "14.25"]


def test_a_scale_without_a_width_is_written_as_usual() -> None:
    assert written(13.25, 0.0) == written(13.25) == "13"
