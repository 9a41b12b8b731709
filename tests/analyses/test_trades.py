"""What can be traded: the same as loops over parties, issues, levels and packages find."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boards.drawn_boards import Plain, Size, random_board
from tests.boards.worlds import SEEDS, tried

from detente.analyses.trades import trades
from detente.boards import scored
from detente.errors import AnalysisError
from detente.search.packages.space import allowed_levels

SIZES = st.sampled_from([Size(draws=0), Size(draws=0, parties=2, issues=4), Size(draws=0, ratifiers=0)])


def start(seed: int, one: Plain) -> tuple[int, ...]:
    rng = np.random.default_rng(seed)
    return tuple(int(rng.integers(at.size)) for at in one.board.levels)


def moved(package: tuple[int, ...], *moves: tuple[int, int]) -> tuple[int, ...]:
    changed = list(package)
    for i, x in moves:
        changed[i] = x
    return tuple(changed)


def levels(one: Plain, issue: int, now: int) -> list[int]:
    return [x for x in np.flatnonzero(allowed_levels(one.board, issue)).tolist() if x != now]


def less(one: Plain, package: tuple[int, ...], than: tuple[int, ...]) -> list[int]:
    return [a - b for a, b in zip(one.gains(package), one.gains(than), strict=True)]


@tried
@given(seed=SEEDS, size=SIZES)
def test_an_improvement_is_found_exactly_where_there_is_one(seed: int, size: Size) -> None:
    one = Plain(random_board(seed, size), 0)
    package = start(seed, one)
    found = trades(one.board, package=package)
    changes = {k: less(one, k, package) for k in one.admissible()}
    better = {k: c for k, c in changes.items() if min(c) >= 0 and max(c[: size.parties]) > 0}
    assert found.improvements == len(better)
    assert found.improved == bool(better)
    if better:
        worth = {k: [g for g in c[: size.parties] if g > 0] for k, c in better.items()}
        keys = {k: (len(w), math.prod(w)) for k, w in worth.items()}
        assert keys[found.better] == max(keys.values())
        assert list(found.better_change) == better[found.better]
    else:
        assert found.better == package
    assert found.certificate.holds


@tried
@given(seed=SEEDS, size=SIZES)
def test_every_costly_move_is_told_with_the_best_that_makes_it_good(seed: int, size: Size) -> None:
    one = Plain(random_board(seed, size), 0)
    found = trades(one.board, package=start(seed, one))
    package = found.package
    told = {(row.party, row.issue, row.level): row for row in found.concessions}
    for p, i in itertools.product(range(size.parties), range(size.issues)):
        for x in levels(one, i, package[i]):
            alone = less(one, moved(package, (i, x)), package)
            name = (one.board.parties[p], one.board.issues[i], x)
            assert (name in told) == (alone[p] < 0)
            if name not in told:
                continue
            row = told.pop(name)
            assert list(row.alone) == alone
            kept = [less(one, k, package) for k in one.admissible() if k[i] == x]
            fine = [c[p] for c in kept if min(c[:p] + c[p + 1 :], default=0) >= 0]
            assert row.found == bool(fine)
            assert row.net == max(fine, default=0)
    assert not told


@tried
@given(seed=SEEDS, size=SIZES)
def test_exchanges_are_the_best_of_all_pairs_of_moves(seed: int, size: Size) -> None:
    one = Plain(random_board(seed, size), 0)
    origin = start(seed, one)
    expected: dict[tuple[str, ...], tuple[int, int]] = {}
    for (i, j), (a, b) in itertools.product(
        itertools.combinations(range(size.issues), 2), itertools.permutations(range(size.parties), 2)
    ):
        names = (one.board.parties[a], one.board.parties[b], one.board.issues[i], one.board.issues[j])
        for x, y in itertools.product(levels(one, i, origin[i]), levels(one, j, origin[j])):
            first, second = less(one, moved(origin, (i, x)), origin), less(one, moved(origin, (j, y)), origin)
            both = less(one, moved(origin, (i, x), (j, y)), origin)
            if first[a] < 0 < first[b] and second[b] < 0 < second[a] and min(both[a], both[b]) > 0:
                key = min(both[a], both[b]), both[a] + both[b]
                expected[names] = max(expected.get(names, key), key)
    found = trades(one.board, package=origin).exchanges
    assert {(e.giver, e.taker, e.issue, e.back): (e.least, e.total) for e in found} == expected
    order = [(bool(e.losers), -e.least, -e.total) for e in found]
    assert order == sorted(order)
    for e in found:
        i, j = one.board.issues.index(e.issue), one.board.issues.index(e.back)
        assert list(e.change) == less(one, moved(origin, (i, e.level), (j, e.back_level)), origin)


@tried
@given(seed=SEEDS, size=SIZES)
def test_the_exact_search_says_what_looking_at_every_package_says(seed: int, size: Size) -> None:
    board = random_board(seed, size)
    looked, searched = trades(board), trades(board, scan=0)
    assert searched.certificate.holds
    assert (searched.package, searched.gains) == (looked.package, looked.gains)
    assert searched.improved == looked.improved
    assert searched.exchanges == looked.exchanges
    assert [(c.party, c.issue, c.level, c.found, c.net) for c in searched.concessions] == [
        (c.party, c.issue, c.level, c.found, c.net) for c in looked.concessions
    ]


@tried
@given(seed=SEEDS, size=SIZES)
def test_from_the_nash_choice_no_concession_is_made_good_with_gain(seed: int, size: Size) -> None:
    found = trades(random_board(seed, size))
    assert not found.improved or found.chosen_by == "status-quo"
    if found.chosen_by == "nash":
        assert all(c.net <= 0 for c in found.concessions)


def test_a_swing_counts_one_issue_in_another() -> None:
    board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    found = trades(board)
    assert found.rate("usa", "cap", "relief") == 2
    assert found.rate("iran", "cap", "relief") * 6 == 1
    with pytest.raises(AnalysisError, match="'oil' is not at table"):
        found.rate("usa", "oil", "cap")
    flat = scored({"cap": [[0, 4], [0, 1]], "flag": [[0, 0], [0, 1]]}, parties=("usa", "iran"))
    with pytest.raises(AnalysisError, match="makes no difference to 'usa'"):
        trades(flat).rate("usa", "cap", "flag")


def test_what_is_no_package_is_refused_in_words() -> None:
    board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    for wrong in ((2,), (0, 0), (-1,), ()):
        with pytest.raises(AnalysisError, match=r"cap \(0 to 1\)"):
            trades(board, package=wrong)
    with pytest.raises(AnalysisError, match="told for one case"):
        trades(random_board(1))
