"""An ensemble of one draw gives the answer of that one case."""

import json

import numpy as np
from hypothesis import given
from tests.analyses.laws.claimed import claiming, tried
from tests.analyses.ways import dispute, said
from tests.boards.worlds import SEEDS

from detente.analyses import Record
from detente.situation.paths import inputs


@tried
@claiming("draws")
@given(seed=SEEDS)
def test_an_ensemble_of_one_draw_is_that_case(record: Record, seed: int) -> None:
    situation = dispute(seed)
    best = {put.path: np.array([put.value.best]) for put in inputs(situation)}
    one = json.loads(json.dumps(said(record, situation, best)))
    single = json.loads(json.dumps(said(record, situation)))
    assert flat(_without_blocked(one)) == flat(_without_blocked(single))


def _without_blocked(said: object) -> object:
    """Blockades are told for one case only."""
    if isinstance(said, dict):
        return {k: _without_blocked(v) for k, v in said.items() if k != "blocked"}
    return [_without_blocked(v) for v in said] if isinstance(said, list) else said


def flat(said: object) -> list[object]:
    """The values in order, without the brackets that a draw axis of length one adds."""
    if isinstance(said, dict):
        return [x for key in sorted(said) for x in [key, *flat(said[key])]]
    return [x for value in said for x in flat(value)] if isinstance(said, list) else [said]
