"""A proved verdict is never contradicted by values inside the ranges."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from tests.boards.worlds import SEEDS, Shape, case, sample, tried, world

from detente.analyses.zone import zone
from detente.boards import Box, Modes, Watchers, box, box_with_modes, deals, scored, with_modes
from detente.errors import AnalysisError

MODES: dict[str, Modes] = {
    "options": {f"i{k}": ("option", None) for k in range(4)},
    "condition": {"i0": ("precondition", "ally"), "i1": ("in", None), "i2": ("option", None)},
}


def boxed(seed: int, modes: Modes, shape: Shape = Shape()) -> Box:  # noqa: B008
    return box_with_modes(box(world(seed, shape), "hall"), {i: m for i, m in modes.items() if int(i[1]) < shape.issues})


@tried
@pytest.mark.parametrize("agenda", ["options", "condition"])
@given(seed=SEEDS)
def test_folding_finds_what_scanning_finds(agenda: str, seed: int) -> None:
    both = boxed(seed, MODES[agenda], Shape(issues=4, levels=4))
    answers = [zone(both, method=method) for method in ("scan", "fold", "halves")]
    assert len({(found.verdict, found.certain_margin, found.possible_margin) for found in answers}) == 1
    assert all(found.certificate.holds for found in answers)


@tried
@pytest.mark.parametrize("agenda", ["options", "condition"])
@given(seed=SEEDS)
def test_the_margins_are_those_of_a_plain_loop(agenda: str, seed: int) -> None:
    both = boxed(seed, MODES[agenda])
    found = zone(both)
    assert found.certain_margin == case(both.low, 0).margin()
    assert found.possible_margin == case(both.high, 0).margin()


@tried
@pytest.mark.parametrize("agenda", ["options", "condition"])
@given(seed=SEEDS)
def test_certain_means_everywhere_and_none_means_nowhere(agenda: str, seed: int) -> None:
    situation = world(seed)
    modes = {i: m for i, m in MODES[agenda].items() if i != "i3"}
    found = zone(box_with_modes(box(situation, "hall"), modes))
    drawn = with_modes(deals(situation, "hall", draws=sample(situation, seed, 12)), modes)
    for k in range(12):
        accepted = case(drawn, k).deals()
        assert found.possible or not accepted
        if found.certain:
            assert found.package in accepted


@tried
@given(seed=SEEDS)
def test_the_witness_gains_what_it_says(seed: int) -> None:
    both = boxed(seed, MODES["options"])
    found = zone(both)
    if found.certain:
        assert list(found.low) == case(both.low, 0).gains(found.package)
        assert min(found.low) == found.certain_margin
        assert min(found.low) >= 0
    elif found.possible:
        assert list(found.high) == case(both.high, 0).gains(found.package)
        assert min(found.high) == found.possible_margin
        assert min(found.high) >= 0
    else:
        assert (found.package, found.low, found.high) == ((), (), ())


def test_nothing_on_the_agenda_leaves_no_zone_and_no_margin() -> None:
    found = zone(boxed(4, {}))
    assert (found.verdict, found.certain_margin, found.possible_margin) == ("none", None, None)


def test_a_space_too_large_to_scan_is_folded() -> None:
    shape = Shape(issues=9, levels=6, costs=False)
    everything: Modes = {f"i{k}": ("option", None) for k in range(9)}
    both = box_with_modes(box(world(2, shape), "hall"), everything)
    found = zone(both)
    assert found.method == "fold"
    assert found.certificate.holds
    assert found.certificate.checked > 2**18


def test_whoever_ratifies_is_asked_too() -> None:
    board = scored({"cap": [[0, 10], [0, 20]]}, parties=("usa", "iran"))
    score = (np.array([[0, -5], [0, -9]]),)
    watched = Watchers(
        parties=("congress", "ally"), score=score, no_deal=np.zeros(2, dtype=int), ratifies=(True, False)
    )
    found = zone(Box(*(replace(board, watchers=watched),) * 2))
    assert (found.parties, found.verdict, found.possible_margin) == (("usa", "iran", "congress"), "none", -5)
    assert zone(Box(board, board)).certain


def test_draws_are_refused() -> None:
    situation = world(1)
    drawn = deals(situation, "hall", draws={"p0.i0.salience": np.ones(2)})
    with pytest.raises(AnalysisError, match="not over draws"):
        zone(Box(drawn, drawn))
