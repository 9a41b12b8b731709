"""What levels are worth together is added where a package takes both, and nowhere else."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boards.rich import rich, together
from tests.boards.worlds import SEEDS, Shape, sample, span, tried

from detente.boards import Deals, Rule, Watchers, box, deals, ranges, scored, with_modes
from detente.errors import BoardError
from detente.search.packages import space as spaces
from detente.search.packages.space import chunks, space
from detente.situation.nouns import Interaction, Situation
from detente.situation.paths import at_values, inputs, value_at, with_value


def sums(board: Deals, package: tuple[int, ...], draw: tuple[int, ...] = ()) -> list[int]:
    """What a package adds up to for every party, in plain loops."""
    totals = []
    for p in range(len(board.parties)):
        alone = sum(int(score[(*draw, p, o)]) for score, o in zip(board.score, package, strict=True))
        pairs = [int(c.score[(*draw, p, package[c.first], package[c.second])]) for c in board.interactions]
        totals.append(alone + sum(pairs))
    return totals


def every(board: Deals) -> list[tuple[int, ...]]:
    return list(itertools.product(*(range(at.size) for at in board.levels)))


def optional(board: Deals) -> Deals:
    return with_modes(board, {i: ("option", None) for i in board.issues})


@tried
@given(seed=SEEDS)
def test_a_package_is_worth_its_levels_and_what_they_are_worth_together(seed: int) -> None:
    situation = rich(seed)
    board = deals(situation, "hall")
    alone = deals(situation.model_copy(update={"interactions": ()}), "hall")
    assert [at.tolist() for at in board.levels] == [at.tolist() for at in alone.levels]
    for package in every(board):
        taken = {i: float(at[o]) for i, at, o in zip(board.issues, board.levels, package, strict=True)}
        expected = [
            s + 100 * together(situation, p, taken) for p, s in zip(board.parties, sums(alone, package), strict=True)
        ]
        assert sums(board, package) == expected


@tried
@given(seed=SEEDS, split=st.sampled_from([1, 8, 4096]))
def test_an_enumeration_counts_them_however_it_is_cut(seed: int, split: int) -> None:
    inner, block = spaces.INNER, spaces.BLOCK
    drawn = optional(deals(rich(seed), "hall", draws=sample(rich(seed), seed, 3)))
    try:
        spaces.INNER, spaces.BLOCK = split, split * 4
        laid = space(drawn, red_lines=False)
        met = np.concatenate([c.gains for c in chunks(laid)], axis=-1)
    finally:
        spaces.INNER, spaces.BLOCK = inner, block
    packages = laid.decode(np.arange(laid.size))
    for draw, number in itertools.product(range(3), range(laid.size)):
        expected = np.array(sums(drawn, tuple(packages[number]), (draw,))) - drawn.floor()[draw]
        assert met[draw, :, number].tolist() == expected.tolist()


@tried
@given(seed=SEEDS)
def test_a_draw_is_the_board_of_its_values(seed: int) -> None:
    situation = rich(seed, Shape(issues=2))
    draws = sample(situation, seed, 4)
    drawn = deals(situation, "hall", draws=draws, red_lines="ignore")
    for k in range(4):
        values = {put.path: float(draws[put.path][k]) for put in inputs(situation) if "status_quo" not in put.path}
        single = deals(at_values(situation, values), "hall", red_lines="ignore")
        for a, b in zip(drawn.interactions, single.interactions, strict=True):
            assert (a.first, a.second) == (b.first, b.second)
            assert (a.score[k] == b.score).all()
        assert drawn.watchers is not None
        assert single.watchers is not None
        assert (drawn.watchers.no_deal[k] == single.watchers.no_deal).all()


@tried
@given(seed=SEEDS)
def test_no_package_of_a_draw_is_worth_less_or_more_than_the_box_says(seed: int) -> None:
    situation = rich(seed)
    found, drawn = box(situation, "hall"), deals(situation, "hall", draws=sample(situation, seed, 12))
    packages = every(drawn)
    chosen = np.random.default_rng(seed).choice(len(packages), 12)
    for draw, number in enumerate(chosen):
        low, worth, high = (
            np.array(sums(board, packages[number], at))
            for board, at in ((found.low, ()), (drawn, (draw,)), (found.high, ()))
        )
        assert (low <= worth).all()
        assert (worth <= high).all()
    for least, one, most in zip(found.low.interactions, drawn.interactions, found.high.interactions, strict=True):
        assert (least.score <= one.score).all()
        assert (one.score <= most.score).all()


@tried
@given(seed=SEEDS)
def test_watchers_of_a_draw_lie_in_the_box(seed: int) -> None:
    situation = rich(seed)
    found, drawn = box(situation, "hall"), deals(situation, "hall", draws=sample(situation, seed))
    low, high, one = found.low.watchers, found.high.watchers, drawn.watchers
    assert low is not None
    assert high is not None
    assert one is not None
    assert low.parties == one.parties == high.parties
    for i in range(len(drawn.issues)):
        assert ((low.score[i] <= one.score[i]) & (one.score[i] <= high.score[i])).all()
        assert ((low.admits[i] <= one.admits[i]) & (one.admits[i] <= high.admits[i])).all()
    assert ((high.no_deal <= one.no_deal) & (one.no_deal <= low.no_deal)).all()


@tried
@given(seed=SEEDS)
def test_pinning_any_input_is_narrowing_its_range(seed: int) -> None:
    situation = rich(seed, Shape(issues=2))
    compiled, rng = ranges(situation, "hall"), np.random.default_rng(seed)
    known = [p for p in compiled.paths if ".with." in p or p.startswith("house.") or p.endswith("no_deal.house")]
    path = str(rng.choice([p for p in known if not p.endswith(".position")]))
    old = value_at(situation, path)
    pinned = compiled.box({path: (old.best, old.best)})
    built = box(with_value(situation, path, span(old.best)), "hall")
    for a, b in ((pinned.low, built.low), (pinned.high, built.high)):
        assert all((x.score == y.score).all() for x, y in zip(a.interactions, b.interactions, strict=True))
        assert a.watchers is not None
        assert b.watchers is not None
        assert all((x == y).all() for x, y in zip(a.watchers.score, b.watchers.score, strict=True))
        assert all((x == y).all() for x, y in zip(a.watchers.admits, b.watchers.admits, strict=True))
        assert (a.watchers.no_deal == b.watchers.no_deal).all()


def pair(**row: object) -> Situation:
    situation = rich(3, Shape(issues=2, costs=False))
    written = {"party": "p0", "issue": "i0", "at": 33.0, "other": "i1", "other_at": 66.0, "value": span(5)}
    return situation.model_copy(update={"interactions": (Interaction.model_validate({**written, **row}),)})


def test_the_levels_of_an_interaction_are_levels_of_its_issues() -> None:
    board = deals(pair(), "hall")
    assert 33.0 in board.levels[0]
    assert 66.0 in board.levels[1]


def test_which_issue_is_named_first_does_not_matter() -> None:
    one, other = deals(pair(), "hall"), deals(pair(issue="i1", at=66.0, other="i0", other_at=33.0), "hall")
    assert (one.interactions[0].score == other.interactions[0].score).all()
    assert (one.interactions[0].first, one.interactions[0].second) == (0, 1)


def test_an_issue_that_is_not_on_the_board_brings_no_pair() -> None:
    assert deals(pair(other="oil"), "hall").interactions == ()
    assert 33.0 not in deals(pair(other="oil"), "hall").levels[0]


def test_an_issue_together_with_itself_is_refused() -> None:
    with pytest.raises(BoardError, match="together with itself"):
        deals(pair(other="i0"), "hall")


def test_the_path_of_an_interaction_says_who_and_which_levels() -> None:
    assert value_at(pair(at=2.5), "p0.i0.2.5.with.i1.66") == span(5)
    moved = with_value(pair(), "p0.i0.33.with.i1.66", span(7))
    assert deals(moved, "hall").interactions[0].score.max() == 700


def test_a_table_of_scores_takes_pairs_in_either_order() -> None:
    scores = {"cap": [[0, 40], [0, -10]], "relief": [[0, 1, 2], [0, 3, 4]]}
    worth = [[[0, 0, 0], [0, 5, 9]], [[0, 0, 0], [0, -5, -9]]]
    one = scored(scores, parties=("usa", "iran"), interactions={("cap", "relief"): worth})
    turned = np.array(worth).transpose(0, 2, 1).tolist()
    other = scored(scores, parties=("usa", "iran"), interactions={("relief", "cap"): turned})
    assert sums(one, (1, 2)) == sums(other, (1, 2)) == [51, -15]


def test_what_does_not_fit_a_table_of_scores_is_said() -> None:
    scores = {"cap": [[0, 40], [0, -10]], "relief": [[0, 1], [0, 3]]}
    both = ("usa", "iran")
    with pytest.raises(BoardError, match="not two issues"):
        scored(scores, parties=both, interactions={("cap", "oil"): [[[0]]]})
    with pytest.raises(BoardError, match="2 tables of 2 rows and 2 columns"):
        scored(scores, parties=both, interactions={("cap", "relief"): [[[0]]]})
    zero = [[[0, 0], [0, 0]]] * 2
    with pytest.raises(BoardError, match="valued together twice"):
        scored(scores, parties=both, interactions={("cap", "relief"): zero, ("relief", "cap"): zero})
    with pytest.raises(BoardError, match="weighs 3 parties"):
        scored(scores, parties=both, rule=Rule((1.0, 1.0, 1.0), 2.0))
    watching = Watchers(("house",), (np.zeros((1, 2), dtype=int),), np.zeros(1, dtype=int), (True,))
    with pytest.raises(BoardError, match="one row per watcher"):
        scored(scores, parties=both, watchers=watching)


@tried
@given(seed=SEEDS)
def test_what_bears_on_a_watcher_alone_is_told_apart(seed: int) -> None:
    compiled = ranges(rich(seed), "hall")
    assert "lobby.i0.salience" in compiled.watched
    assert "house.i0.salience" in compiled.paths
    assert not set(compiled.watched) & set(compiled.paths)
    found = compiled.box({path: (compiled.spans[path][0],) * 2 for path in compiled.watched})
    for side, whole in ((found.low, compiled.whole.low), (found.high, compiled.whole.high)):
        assert all((a == b).all() for a, b in zip(side.score, whole.score, strict=True))
        assert all((a == b).all() for a, b in zip(side.admits, whole.admits, strict=True))
        assert (side.floor() == whole.floor()).all()
