"""Value of information: what is worth knowing is told apart from what is not, and tied to the silences."""

import numpy as np
import pytest

from detente.errors import AnalysisError
from detente.levers.claim import Open
from detente.levers.factors import Scalar
from detente.levers.silence import Silence
from detente.levers.worth import filled, together, worth
from detente.situation.nouns import Situation

DEAL, GAIN = Scalar("deal", "holds"), Scalar("gain.iran", "points", "iran")
NAMES = ("a.cap.position", "b.cap.position", "talks.no_deal.a", "c.move.effect")


def inputs(*names: str) -> list[Open]:
    return [Open(name, 0, 0.5, 1, "assumed") for name in names]


def drawn(count: int = 4000, seed: int = 1) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {name: rng.random(count) for name in NAMES}


def test_the_share_of_a_sum_is_that_of_its_variances() -> None:
    draws = drawn()
    gain = 3 * draws[NAMES[0]] + draws[NAMES[1]]
    told = worth((GAIN,), gain[:, None], inputs(*NAMES), draws)[0]
    by_path = {k.path: k for k in told.known}
    assert by_path[NAMES[0]].variance == pytest.approx(0.9, abs=0.02)
    assert by_path[NAMES[1]].variance == pytest.approx(0.1, abs=0.02)
    assert by_path[NAMES[0]].spread == pytest.approx(told.spread * 0.1**0.5, rel=0.1)
    assert told.known[0].right is None
    assert [k.is_seen for k in told.known] == [True, True, False, False]


def test_nothing_that_has_no_bearing_is_called_worth_anything() -> None:
    rng, many = np.random.default_rng(7), 120
    draws = {f"x{k}": rng.random(1500) for k in range(many)}
    told = worth((DEAL,), (rng.random((1500, 1)) < 0.3).astype(float), inputs(*draws), draws)[0]
    assert not any(k.is_seen for k in told.known)
    assert max(k.right or 0.0 for k in told.known) < 0.03


def test_a_verdict_that_one_input_decides_is_named_rightly_once_it_is_known() -> None:
    draws = drawn()
    told = worth((DEAL,), (draws[NAMES[1]] > 0.4).astype(float)[:, None], inputs(*NAMES), draws)[0]
    assert told.frequent == pytest.approx(0.6, abs=0.03)
    assert told.known[0].path == NAMES[1]
    assert told.known[0].right == pytest.approx(0.4, abs=0.06)


def test_what_only_two_inputs_decide_is_worth_something_only_together() -> None:
    draws = drawn()
    either = ((draws[NAMES[0]] > 0.5) ^ (draws[NAMES[1]] > 0.5)).astype(float)
    alone = worth((DEAL,), either[:, None], inputs(*NAMES), draws)[0]
    assert alone.known[0].variance < 0.02
    share, right = together(DEAL, either, inputs(*NAMES[:2]), draws)
    assert share > 0.8
    assert right is not None
    assert right > 0.4


def test_a_verdict_seen_too_rarely_tells_nothing() -> None:
    draws = drawn(500)
    rare = np.zeros((500, 1))
    rare[:3] = 1
    assert {k.by_chance for k in worth((DEAL,), rare, inputs(*NAMES), draws)[0].known} == {1.0}


def test_a_value_that_fills_a_silence_ranks_it() -> None:
    draws = drawn()
    deal = ((draws["talks.no_deal.a"] < 0.6) & (draws[NAMES[0]] > 0.2)).astype(float)
    told = worth((DEAL,), deal[:, None], inputs(*NAMES), draws)[0]
    slots = (
        Silence("verifier", None, "silent", (), None),
        Silence("benefit", "b", "silent", (), None),
        Silence("walk_away", "a", "silent", (), None),
    )
    rows = filled(slots, Situation(title="t"), table="talks", told=told)
    assert (rows[0].silence.slot, rows[0].paths) == ("walk_away", ("talks.no_deal.a",))
    assert {r.silence.slot: r.variance for r in rows}["verifier"] is None


def test_draws_without_an_answer_do_not_count() -> None:
    draws = drawn()
    gain = np.where(draws[NAMES[2]] < 0.5, np.nan, draws[NAMES[0]])
    told = worth((GAIN,), gain[:, None], inputs(*NAMES), draws)[0]
    assert told.draws == int((draws[NAMES[2]] >= 0.5).sum())
    assert told.known[0].variance > 0.98


def test_too_few_draws_and_too_many_inputs_are_refused() -> None:
    draws = drawn(20)
    with pytest.raises(AnalysisError, match="too few"):
        worth((DEAL,), np.zeros((20, 1)), inputs(*NAMES), draws)
    with pytest.raises(AnalysisError, match="one to 3"):
        together(DEAL, np.zeros(200), inputs(*NAMES), drawn(200))
