import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analyses.mediator import mediator
from detente.boards.counsel import counsel
from detente.errors import BoardError

part = st.floats(0, 1)


def test_the_reference_threshold_comes_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())["mediator_threshold"]
    shares = (told["x_tough"], told["x_soft"], told["war_share"])
    found = mediator(counsel(("m", "a"), shares=shares, risk=told["eps"], cost=told["cM"]))
    assert float(found.least_lean) == pytest.approx(told["beta_star"], abs=1e-15)
    assert not found.believed
    assert found.certificate.holds


@settings(max_examples=40, deadline=None)
@given(st.tuples(part, part, part), part, st.floats(0, 2), st.floats(0, 3))
def test_at_the_least_lean_either_advice_is_as_good(
    shares: tuple[float, float, float], risk: float, cost: float, lean: float
) -> None:
    found = mediator(counsel(("m", "a"), shares=shares, risk=risk, cost=cost, lean=lean))
    assert found.certificate.holds
    assert bool(found.believed) == (float(found.lacks) == 0)
    if found.worth < 0:
        assert not found.believed


def test_a_neutral_mediator_that_fears_war_is_not_believed_and_one_that_does_not_is() -> None:
    found = mediator(counsel(("m", "a"), shares=(0.8, 0.5, 0.4), risk=0.1, cost=[0.3, 0.0]))
    assert found.believed.tolist() == [False, True]
    assert found.lacks[1] == 0


def test_the_more_war_costs_it_the_further_it_must_lean() -> None:
    found = mediator(counsel(("m", "a"), shares=(0.8, 0.5, 0.4), risk=0.1, cost=np.linspace(0, 1, 9), lean=0.2))
    assert (np.diff(found.least_lean) > 0).all()
    assert found.believed.tolist() == (np.linspace(0, 1, 9) <= found.bears).tolist()


def test_what_is_no_mediator_is_refused() -> None:
    with pytest.raises(BoardError, match="for itself"):
        counsel(("a", "a"), shares=(0.8, 0.5, 0.4), risk=0.1, cost=0.3)
    with pytest.raises(BoardError, match="not between 0 and 1"):
        counsel(("m", "a"), shares=(1.8, 0.5, 0.4), risk=0.1, cost=0.3)
    with pytest.raises(BoardError, match="is below 0"):
        counsel(("m", "a"), shares=(0.8, 0.5, 0.4), risk=0.1, cost=-1.0)
