"""What makes a body unsound, each said by name and with a cure."""

from dataclasses import replace

import numpy as np
import pytest
from tests.search.positions.boards import body

from detente.boards import Positions
from detente.errors import AnalysisError
from detente.search.positions.sound import require_body


def with_one(board: Positions, what: str, value: float) -> Positions:
    values = getattr(board, what).copy()
    values[..., 1, 0] = value
    return replace(board, **{what: values})


GOOD = body([[0.0, 30.0, 100.0], [10.0, 30.0, 90.0]])


@pytest.mark.parametrize(
    ("what", "value", "said"),
    [
        ("at", np.nan, "The position of p1 on cap in the council is no finite number"),
        ("at", 101.0, "The position of p1 on cap in the council lies off the scale, which goes from 0 to 100. Move it"),
        ("salience", -1.0, "The salience of p1 on cap in the council is negative. Enter zero"),
        ("salience", np.nan, "The salience of p1 on cap in the council is no finite number. Enter one"),
        ("influence", np.inf, "The influence of p1 on cap in the council is no finite number"),
        ("influence", -0.1, "The influence of p1 on cap in the council is negative"),
    ],
)
def test_a_bad_number_is_named_with_its_cure(what: str, value: float, said: str) -> None:
    with pytest.raises(AnalysisError, match=said):
        require_body(with_one(GOOD, what, value), name="the council")


def test_a_body_of_sound_numbers_passes_also_where_all_stand_at_one_place() -> None:
    require_body(GOOD)
    require_body(body([40.0, 40.0]))
    require_body(with_one(GOOD, "at", 100.0 + 1e-8))


@pytest.mark.parametrize("idle", ["salience", "influence"])
def test_a_body_in_which_nobody_weighs_anything_in_some_draw_is_refused(idle: str) -> None:
    values = np.ones_like(GOOD.at)
    values[1] = 0.0
    some = replace(GOOD, salience=values) if idle == "salience" else replace(GOOD, influence=values)
    with pytest.raises(AnalysisError, match=r"No party carries weight on cap in this body.*above zero"):
        require_body(some)


@pytest.mark.parametrize(("stated", "said"), [((0, 1, 0), "Only p1 has a stance on cap"), ((0, 0, 0), "Nobody has")])
def test_one_voice_is_no_body(stated: tuple[int, ...], said: str) -> None:
    with pytest.raises(AnalysisError, match=said):
        require_body(replace(GOOD, stated=np.array(stated, dtype=bool)[:, None]))


def test_a_scale_needs_a_width_and_ends() -> None:
    with pytest.raises(AnalysisError, match="The scale of cap in this body has no width"):
        require_body(replace(GOOD, high=np.zeros(1)))
    with pytest.raises(AnalysisError, match="The upper end of cap"):
        require_body(replace(GOOD, high=np.full(1, np.inf)))


def test_what_a_party_without_a_stance_is_filled_up_with_does_not_matter() -> None:
    off = with_one(GOOD, "at", 500.0)
    require_body(replace(off, stated=np.array([[True], [False], [True]])))
