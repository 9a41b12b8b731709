"""A package is judged as the most obvious code would, and what is called nearest is: nothing nearer does."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.boards.drawn_boards import Size, random_board
from tests.boards.standoffs import Slow, board
from tests.boards.worlds import SEEDS

from detente.boards import Deals, scored
from detente.errors import AnalysisError
from detente.search.packages.around import Near, ground, judged, kept


def packages(deals: Deals) -> list[tuple[int, ...]]:
    return list(itertools.product(*(range(at.size) for at in deals.levels)))


def is_deal(slow: Slow, package: tuple[int, ...]) -> bool:
    return all(slow.deals.open[i][x] for i, x in enumerate(package)) and (
        package != slow.deals.status_quo and slow.is_deal(package)
    )


def improves(slow: Slow, package: tuple[int, ...], other: tuple[int, ...]) -> bool:
    change = [b - a for a, b in zip(slow.gains(package), slow.gains(other), strict=True)]
    return min(change) >= 0 and max(change[: len(slow.deals.parties)]) > 0


def apart(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def told_right(slow: Slow, near: Near, package: tuple[int, ...], locked: tuple[int, ...]) -> bool:
    """Is what is said of a package near this one so?"""
    before, after = slow.gains(package), slow.gains(near.package)
    return (
        is_deal(slow, near.package)
        and near.gains == tuple(after)
        and near.change == tuple(b - a for a, b in zip(before, after, strict=True))
        and all(near.package[i] == package[i] for i in locked)
        and len(near.moved) == apart(near.package, package)
    )


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_every_package_is_judged_as_by_slow_code(seed: int) -> None:
    slow = Slow(board(seed))
    on, rng = ground(slow.deals), np.random.default_rng(seed)
    every = packages(slow.deals)
    deals = [o for o in every if is_deal(slow, o)]
    for k in rng.choice(len(every), size=4):
        package = every[int(k)]
        locked = tuple(i for i in range(len(package)) if rng.random() < 0.3)
        found = judged(on, package, locked=locked)
        assert found.is_deal == (package in deals)
        assert found.gains == tuple(slow.gains(package))
        better = [o for o in deals if improves(slow, package, o)]
        wanted = [o for o in (better if found.is_deal else deals) if all(o[i] == package[i] for i in locked)]
        near = found.better if found.is_deal else found.unblocked
        assert (near is not None) == bool(wanted)
        if near is not None:
            assert told_right(slow, near, package, locked)
        if found.unblocked is not None:
            assert len(found.unblocked.moved) == min(apart(package, o) for o in wanted)
        assert found.on_frontier == (found.is_deal and min(slow.gains(package)) >= 0 and not better)
        assert found.beyond_locks is None or locked


@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_where_deals_are_not_kept_the_answers_are_the_same(seed: int) -> None:
    slow = Slow(replace(board(seed), rule=None))
    small, large = ground(slow.deals), ground(slow.deals, most=0)
    assert small.complete
    assert not large.complete or not len(small.options)
    for package in packages(slow.deals)[::11]:
        one, other = judged(small, package), judged(large, package)
        assert (one.is_deal, one.on_frontier, one.gains) == (other.is_deal, other.on_frontier, other.gains)
        assert (one.unblocked is None, one.better is None) == (other.unblocked is None, other.better is None)
        for near in (other.better, other.unblocked):
            assert near is None or told_right(slow, near, package, ())


def test_a_deal_that_everybody_prefers_goes_before_a_nearer_one_that_only_some_do() -> None:
    rows = {"a": [[0, 1, 0], [0, 0, 0]], "b": [[0, 9, 0], [0, -1, 1]], "c": [[0, -1, 0], [0, 9, 1]]}
    on = ground(scored(rows, parties=("usa", "iran")))
    found = judged(on, (0, 0, 2))
    assert found.better is not None
    assert min(found.better.change) > 0


def test_a_locked_issue_is_named_where_it_stands_in_the_way() -> None:
    on = ground(scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran")))
    found = judged(on, (1, 0), locked=(1,))
    assert found.unblocked is None
    assert found.beyond_locks is not None
    assert found.beyond_locks.moved == (1,)
    assert [at.tolist() for at in kept(on.deals, (1, 0), (1,)).open] == [[True, True], [True, False]]


def test_the_shorter_way_is_the_smaller_change() -> None:
    rows = {"cap": [[0, 1, 2, 3], [0, -1, -2, -3]], "relief": [[0, -1, -2, -9], [0, 9, 9, 9]]}
    found = judged(ground(scored(rows, parties=("usa", "iran"))), (3, 0))
    assert found.unblocked is not None
    assert found.unblocked.package == (3, 1)


def test_how_things_stand_is_no_deal_and_nothing_to_refuse() -> None:
    found = judged(ground(scored({"cap": [[0, 4], [0, 1]]}, parties=("usa", "iran"))), (0,))
    assert found.unchanged
    assert not found.is_deal
    assert (found.closed, found.crossed, found.losers) == ((), (), ())


@pytest.mark.parametrize("package", [(), (2,), (-1,), (0, 0)])
def test_what_is_no_package_is_refused(package: tuple[int, ...]) -> None:
    on = ground(scored({"cap": [[0, 4], [0, 1]]}, parties=("usa", "iran")))
    with pytest.raises(AnalysisError, match="is no package"):
        judged(on, package)


def test_a_board_with_draws_is_refused() -> None:
    with pytest.raises(AnalysisError, match="has 3 draws"):
        ground(random_board(1, Size(draws=3)))
