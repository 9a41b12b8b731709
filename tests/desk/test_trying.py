"""What stands on sliders: how an address is read and written, and on which scale an input is moved."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.desk.pieces import read_range
from detente.desk.session import Session
from detente.desk.trying import FIRST, Slider, ready, sliders, trying, turned, written
from detente.desk.whatif import TRIED
from detente.errors import UsageError
from detente.situation.values import Range

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "us-iran-2026"
ENDS = st.floats(-1e6, 1e6).map(lambda x: float(f"{x:.8g}"))


@pytest.fixture(scope="module")
def session() -> Session:
    return Session(EXAMPLE)


@given(st.lists(ENDS, min_size=3, max_size=3).map(sorted))
def test_a_range_is_written_as_it_is_read(ends: list[float]) -> None:
    value = Range(low=ends[0], best=ends[1], high=ends[2], basis=TRIED)
    assert read_range(written(value), path="a.b", basis=TRIED) == value


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=8))
def test_any_address_is_understood_or_refused(items: list[tuple[str, str]]) -> None:
    with suppress(UsageError):
        found = trying(items)
        assert trying(found.parameters.items()) == replace(found, view="completed")


def test_handles_that_crossed_have_changed_places() -> None:
    assert trying([("a.b", "60"), ("a.b", "0"), ("a.b", "40")]).edits == (("a.b", "0,40,60"),)
    assert trying([("a.b", "60,0")]).edits == (("a.b", "60,0"),)


def test_every_input_can_be_put_on_a_slider_that_shows_it_as_it_is(session: Session) -> None:
    held = ready(session, trying([]), draws=FIRST["deals"])
    paths = [path for path in held.asked.side.ranges]
    for begin in range(0, len(paths), 24):
        pairs = [(path, written(held.asked.side.ranges[path])) for path in paths[begin : begin + 24]]
        for one in sliders(session, trying(pairs)):
            assert not one.changed, one.path
            assert one.then == one.now
            _stands_on_its_scale(one)


def _stands_on_its_scale(one: Slider) -> None:
    low, high = float(one.low), float(one.high)
    assert low < high
    for text in one.now:
        assert low <= float(text) <= high, one.path
        if one.step != "any":
            steps = (float(text) - low) / float(one.step)
            assert abs(steps - round(steps)) < 1e-6, one.path
    if one.step != "any":
        assert 100 <= (high - low) / float(one.step) <= 1000, one.path
    assert 0 <= one.band[0] <= one.band[1] <= one.band[2] <= 1


def test_what_is_held_to_one_value_can_be_spread_again(session: Session) -> None:
    path = "iran.sanctions.position"
    start = trying([(path, "10,25,40")])
    held = turned(session, start, "hold", path)
    assert dict(held.edits)[path] == "25"
    assert dict(turned(session, held, "spread", path).edits)[path] == "0,25,50"
    assert dict(turned(session, held, "reset", path).edits)[path] == "0,25,50"


def test_too_many_are_refused(session: Session) -> None:
    with pytest.raises(UsageError, match="At most 24"):
        trying([(f"a.b{k}", "1") for k in range(25)])


def test_a_name_that_several_have_is_not_guessed(session: Session) -> None:
    with pytest.raises(UsageError, match="Several inputs"):
        turned(session, trying([("iran.sanctions.position", "25")]), "add", "sanctions")
