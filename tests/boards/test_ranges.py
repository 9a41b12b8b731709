"""A box holds the extremes of everything, exactly."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boards.worlds import ENTERED, SEEDS, Shape, sample, tried, world

from detente.boards import Box, Deals, box, deals, ranges, with_modes
from detente.boards.scoring import distance_score
from detente.errors import BoardError
from detente.situation.paths import inputs, value_at, with_value
from detente.situation.values import Range


def holds(found: Box, drawn: Deals) -> bool:
    """Whether every number of the drawn board lies between those of the box."""
    low, high = found.low, found.high
    inside = [
        ((low.score[i] <= drawn.score[i]) & (drawn.score[i] <= high.score[i])).all() for i in range(len(low.issues))
    ]
    inside += [
        ((low.admits[i] <= drawn.admits[i]) & (drawn.admits[i] <= high.admits[i])).all() for i in range(len(inside))
    ]
    inside += [
        ((low.meets[i] <= drawn.meets[i]) & (drawn.meets[i] <= high.meets[i])).all() for i in range(len(low.issues))
    ]
    inside.append(((high.floor() <= drawn.floor()) & (drawn.floor() <= low.floor())).all())
    return all(bool(i) for i in inside)


@tried
@given(seed=SEEDS)
def test_no_sampled_value_lies_outside_the_box(seed: int) -> None:
    situation = world(seed)
    drawn = deals(situation, "hall", draws=sample(situation, seed))
    everything = {i.id: ("declaratory", None) for i in situation.issues}
    found = box(situation, "hall")
    assert holds(found, drawn)
    assert holds(
        Box(with_modes(found.low, everything), with_modes(found.high, everything)), with_modes(drawn, everything)
    )


@tried
@given(seed=SEEDS)
def test_every_extreme_score_is_attained(seed: int) -> None:
    situation = world(seed, Shape(parties=2, issues=2))
    found = box(situation, "hall")
    entered = {(s.party, s.issue) for s in situation.scores}
    for i, issue in enumerate(found.low.issues):
        now = situation.issue(issue).status_quo
        for p, party in enumerate(found.low.parties):
            stance = situation.stance(party, issue)
            if stance is None or (party, issue) in entered:
                continue
            turns = [x for x in (stance.position.low, stance.position.high) if now.low <= x <= now.high]
            grid = itertools.product(
                (stance.position.low, stance.position.high),
                (stance.salience.low, stance.salience.high),
                (now.low, now.high, *turns),
            )
            scores = []
            for x, s, q in grid:
                level = found.low.levels[i].copy()
                level[found.low.status_quo[i]] = q
                at, cares, today = np.array(x), np.array(s), np.array(q)
                scores.append(distance_score(at, cares, status_quo=today, level=level, width=100.0))
            assert (found.low.score[i][p] == np.min(scores, axis=0)).all()
            assert (found.high.score[i][p] == np.max(scores, axis=0)).all()


@tried
@given(seed=SEEDS, share=st.floats(0, 1))
def test_pinning_an_input_is_narrowing_its_range(seed: int, share: float) -> None:
    situation = world(seed, Shape(issues=2))
    compiled = ranges(situation, "hall")
    rng = np.random.default_rng(seed)
    path = str(rng.choice([p for p in compiled.paths if not p.endswith(".position")]))
    old = value_at(situation, path)
    low, high = old.low + share * (old.best - old.low), old.high - share * (old.high - old.best)
    low, high = min(low, old.best), max(high, old.best)
    narrowed = with_value(situation, path, Range(low=low, best=old.best, high=high, basis=ENTERED))
    pinned, built = compiled.box({path: (low, high)}), box(narrowed, "hall")
    for a, b in ((pinned.low, built.low), (pinned.high, built.high)):
        for i in range(2):
            assert (a.score[i] == b.score[i]).all()
            assert (a.admits[i] == b.admits[i]).all()
            assert (a.meets[i] == b.meets[i]).all()
        assert (a.no_deal == b.no_deal).all()
        assert (a.listing_cost == b.listing_cost).all()


@tried
@given(seed=SEEDS)
def test_pins_leave_the_compiled_ranges_as_they_were(seed: int) -> None:
    situation = world(seed)
    compiled = ranges(situation, "hall")
    before = [s.tobytes() for s in compiled.whole.low.score + compiled.whole.high.score]
    compiled.box({path: (compiled.spans[path][0],) * 2 for path in compiled.paths})
    assert before == [s.tobytes() for s in compiled.whole.low.score + compiled.whole.high.score]


@tried
@given(seed=SEEDS)
def test_pinning_everything_to_its_best_value_is_the_single_case(seed: int) -> None:
    situation = world(seed)
    compiled = ranges(situation, "hall")
    best = {put.path: (put.value.best, put.value.best) for put in inputs(situation)}
    found, single = compiled.box(best), deals(situation, "hall", red_lines="ignore")
    for side in (found.low, found.high):
        assert all((side.score[i] == single.score[i]).all() for i in range(3))
        assert (side.floor() == single.floor()).all()


def test_a_pin_on_no_input_is_refused() -> None:
    with pytest.raises(BoardError, match=r"'p0\.i0\.mood' is not an input"):
        box(world(1), "hall", pins={"p0.i0.mood": (0.0, 1.0)})


def test_a_pin_upside_down_is_refused() -> None:
    situation = world(1)
    path = ranges(situation, "hall").paths[0]
    with pytest.raises(BoardError, match="upside down"):
        box(situation, "hall", pins={path: (1.0, 0.0)})
