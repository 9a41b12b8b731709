"""Adjusted winner: equal, efficient, one issue shared; the same as a linear programme says."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.boards.worlds import Shape, sample, tried, world

from detente.analyses.winner import winner
from detente.boards import Deals, deals, plain, scored, with_modes
from detente.errors import AnalysisError

POINTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=7).filter(
    lambda rows: all(any(row[p] for row in rows) for p in (0, 1))
)


def board(points: list[tuple[int, int]], no_deal: list[int] | None = None) -> Deals:
    """Level 0 is where things stand, level 1 the first party's win, level 2 the second's."""
    issues = {f"i{k}": [[0, a, 0], [0, 0, b]] for k, (a, b) in enumerate(points)}
    table = scored(issues, parties=("first", "second"), no_deal=no_deal)
    return with_modes(table, {i: ("in", None) for i in issues})


def levels(rows: list[list[int]]) -> Deals:
    """One issue with these levels beside one that is worth the same to both."""
    table = scored({"a": rows, "b": [[0, 50, 0], [0, 0, 50]]}, parties=("first", "second"))
    return with_modes(table, {"a": ("option", None), "b": ("in", None)})


def floats(rows: Sequence[tuple[Fraction, Fraction]]) -> list[list[float]]:
    return [[float(n) for n in row] for row in rows]


@tried
@given(points=POINTS)
def test_both_win_as_much_and_at_least_half_and_one_issue_is_shared(points: list[tuple[int, int]]) -> None:
    found = winner(board(points))
    assert found.totals[0] == found.totals[1] >= 50
    assert sum(1 for a, b in found.share if a and b) <= 1
    assert all(a + b == (1 if any(row) else 0) for (a, b), row in zip(found.share, found.points, strict=True))
    assert [sum(row[p] for row in found.points) for p in (0, 1)] == [100, 100]
    assert found.certificate.holds


@tried
@given(points=POINTS)
def test_no_division_gives_the_one_that_gets_less_more(points: list[tuple[int, int]]) -> None:
    """The egalitarian point of shares in [0, 1], which is Kalai-Smorodinsky's too: both could win 100 at most."""
    found = winner(board(points))
    a, b = (np.array([float(row[p]) for row in found.points]) for p in (0, 1))
    aim = np.array([0.0] * len(points) + [-1.0])
    above = np.array([[*-a, 1.0], [*b, 1.0]])
    best = linprog(aim, A_ub=above, b_ub=[0.0, b.sum()], bounds=[(0, 1)] * len(points) + [(None, None)])
    assert float(found.totals[0]) == pytest.approx(-best.fun, abs=1e-7)


@tried
@given(points=POINTS)
def test_who_first_gets_a_tied_issue_decides_no_total(points: list[tuple[int, int]]) -> None:
    assert winner(board(points), ties="first").totals == winner(board(points)).totals


@tried
@given(points=POINTS, factor=st.integers(1, 9))
def test_points_are_shares_of_what_a_party_has_at_stake(points: list[tuple[int, int]], factor: int) -> None:
    larger = [(a * factor, b) for a, b in points]
    assert winner(board(larger)).share == winner(board(points)).share


def test_a_tied_issue_goes_to_the_party_that_trails_or_to_the_first() -> None:
    points = [(60, 30), (20, 20), (20, 50)]
    trailing, first = winner(board(points)), winner(board(points), ties="first")
    assert floats([trailing.initial, first.initial]) == [[60, 70], [80, 50]]
    assert trailing.share[1] == first.share[1] == (Fraction(1, 4), Fraction(3, 4))
    assert trailing.order == first.order == ("i1",)


def test_the_shares_of_tied_issues_depend_on_who_first_gets_them() -> None:
    points = [(40, 40), (40, 40), (20, 20)]
    assert winner(board(points)).share != winner(board(points), ties="first").share


def test_an_issue_is_worth_the_difference_between_winning_and_losing_it() -> None:
    """Both want the middle, not quite the same middle: the ends of the scale are at stake for nobody."""
    middle = levels([[0, 40, 60, 20, 0], [0, 20, 60, 70, 0]])
    stakes, spread = winner(middle), winner(middle, points="spread")
    assert stakes.best[0] == spread.best[0] == (2, 3)
    assert stakes.points[0] == (Fraction(4000, 90), Fraction(1000, 60))
    assert spread.points[0] == (Fraction(6000, 110), Fraction(7000, 120))
    assert stakes.certificate.holds
    assert spread.certificate.holds


def test_an_issue_on_which_both_like_one_level_best_is_not_divided() -> None:
    found = winner(levels([[0, 30, 10], [0, 20, 5]]))
    assert found.agreed == ("a",)
    assert not any(found.share[0])
    assert [*found.gains] == [30 + 25, 20 + 25]


def test_an_issue_that_the_other_does_not_care_about_counts_for_the_one_that_does() -> None:
    found = winner(board([(40, 0), (60, 100)]))
    assert floats(found.points) == [[40, 0], [60, 100]]
    assert floats(found.share) == [[1, 0], [3 / 8, 5 / 8]]
    assert found.agreed == ()


def test_two_levels_read_the_same_either_way() -> None:
    points = [(10, 30), (50, 20), (40, 50), (7, 0)]
    assert winner(board(points)).points == winner(board(points), points="spread").points


def test_the_gains_are_beside_no_deal_which_the_points_do_not_see() -> None:
    found = winner(board([(60, 30), (40, 70)], no_deal=[50, 90]))
    assert found.totals == (Fraction(700, 11), Fraction(700, 11))
    assert found.gains == (found.totals[0] - 50, found.totals[1] - 90)
    assert found.gains[1] < 0


def test_parties_with_nothing_at_stake_are_named_and_nothing_divided() -> None:
    found = winner(board([(0, 0), (0, 0)]))
    assert (found.found, found.reason, found.of) == (False, "nothing-at-stake", ("first", "second"))
    assert (found.share, found.points) == ((), ())
    assert winner(board([(10, 0), (20, 0)])).of == ("second",)


def test_an_issue_that_red_lines_close_is_named() -> None:
    base = board([(10, 20), (30, 40)])
    shut = (np.zeros_like(base.admits[0]), base.admits[1])
    closed = Deals(**{**{n: getattr(base, n) for n in Deals.__slots__}, "admits": shut})
    found = winner(closed)
    assert (found.found, found.reason, found.of) == (False, "no-level-open", ("i0",))


def test_a_fixed_issue_shifts_what_the_other_is_worth() -> None:
    """What two issues are worth together counts for the open one when the other has one level left."""
    joint = [[[0, 0, 0], [0, 30, 0]], [[0, 0, 0], [0, 0, 0]]]
    table = scored(
        {"fixed": [[0, 0], [0, 0]], "open": [[0, 10, 0], [0, 0, 20]]},
        parties=("first", "second"),
        status_quo={"fixed": 1},
        interactions={("fixed", "open"): joint},
    )
    found = winner(with_modes(table, {"open": ("in", None)}))
    assert [*found.gains] == [20, 10]


def test_what_cannot_be_divided_says_why() -> None:
    three = scored({"a": [[0, 1], [0, 2], [0, 3]]}, parties=("x", "y", "z"))
    with pytest.raises(AnalysisError, match="between two parties; table 'table' has 3: x, y, z"):
        winner(three)
    joint = [[[0, 0], [0, 5]], [[0, 0], [0, 0]]]
    linked = scored(
        {"a": [[0, 1], [0, 2]], "b": [[0, 1], [0, 2]]}, parties=("x", "y"), interactions={("a", "b"): joint}
    )
    with pytest.raises(AnalysisError, match="'a' and 'b' of table 'table' are worth something together"):
        winner(linked)
    with pytest.raises(AnalysisError, match="knows no ties 'second'"):
        winner(board([(1, 2)]), ties="second")


def test_it_divides_one_case_and_not_draws() -> None:
    situation = world(3, Shape(parties=2))
    with pytest.raises(AnalysisError, match="divides one case"):
        winner(deals(situation, "hall", draws=sample(situation, 3, 5)))


def test_fractions_stay_exact_in_plain_data() -> None:
    said = plain(winner(board([(60, 30), (40, 70)])))
    assert isinstance(said, dict)
    assert said["totals"] == [{"numerator": 700, "denominator": 11}] * 2
