"""What is scored: resolved questions only, what was said before the outcome, each with its time, kinds kept apart."""

from typing import get_args

import numpy as np
import pytest
from tests.ledger.written import LATE, again, at, back, beside, came, day, if_so, kept, opened, quantiles, rows, said

from detente.ledger.book import Book, book
from detente.ledger.columns import CLIMATOLOGY, ONE_HALF, Columns, Moment, columns, statements
from detente.ledger.entries import Comparison, Entry, Forecast


def in_time(*entries: Entry, moment: Moment = "first") -> Columns:
    return columns(kept(*entries), at=moment, retrospective=False)


def of(found: Columns, name: str, question: str = "deal") -> np.ndarray:
    """The rows of a forecaster on a question."""
    who, what = found.forecasters.index(name), found.questions.index(question)
    return np.flatnonzero((found.forecaster == who) & (found.question == what))


def only(found: Columns, name: str, question: str = "deal") -> int:
    (row,) = of(found, name, question)
    return int(row)


def test_nothing_comes_of_a_ledger_without_a_resolution() -> None:
    found = in_time(opened(), said())
    assert (found.questions, found.forecasters, found.left_out.unresolved) == ((), (), 1)


def test_a_forecast_stands_beside_what_happened() -> None:
    found = in_time(opened(topics=("table", "talks"), cluster="summit"), said(0.3, as_of=2), came("yes", on=20))
    row = only(found, "Ann")
    assert (found.yes[row], found.chance[row], found.brier[row]) == pytest.approx((0.3, 0.3, 0.49))
    assert (found.horizon[row], found.weight[row], found.later[row]) == (58, 1.0, False)
    assert (found.happened.tolist(), found.clusters, found.topics) == ([True], ("summit",), ("table", "talks"))
    assert found.marks.tolist() == [[0, 0], [0, 1]]
    assert np.isnan([found.rps[row], found.crps[row], found.interval[row], found.density[row]]).all()


def test_of_what_did_not_happen_the_chance_of_no_counts() -> None:
    found = in_time(opened(), said(0.3), came("no"))
    row = only(found, "Ann")
    assert (found.yes[row], found.chance[row], found.brier[row]) == pytest.approx((0.3, 0.7, 0.09))


@pytest.mark.parametrize(("moment", "p"), [("first", 0.2), ("last", 0.6)])
def test_the_first_or_the_last_that_an_author_said_is_scored(moment: Moment, p: float) -> None:
    found = in_time(opened(), said(0.2), said(0.4, as_of=5), said(0.6, as_of=9), came("yes", on=20), moment=moment)
    assert found.yes[only(found, "Ann")] == p


def test_the_last_that_stood_is_scored_though_it_lapsed() -> None:
    found = in_time(opened(), said(0.2, lapses=3), came("yes", on=20), moment="last")
    assert found.yes[only(found, "Ann")] == 0.2


def test_over_time_each_forecast_weighs_the_share_of_the_life_for_which_it_stood() -> None:
    # Open from 0.25, and over with the end of day 20: 20.75 days. Each entry is recorded a quarter into its day.
    found = in_time(opened(), said(0.2), said(0.4, as_of=5), back(3, as_of=10), came("yes", on=20), moment="over-time")
    rows_of = of(found, "Ann")
    assert found.yes[rows_of].tolist() == [0.2, 0.4]
    assert found.weight[rows_of] == pytest.approx([5 / 20.75, 5 / 20.75])


def test_over_time_a_reaffirmed_forecast_covers_more() -> None:
    lapsed = in_time(opened(), said(0.2, lapses=4), came("yes", on=9), moment="over-time")
    longer = in_time(opened(), said(0.2, lapses=4), again(2, as_of=4, lapses=30), came("yes", on=9), moment="over-time")
    assert lapsed.weight[only(lapsed, "Ann")] == pytest.approx(4.75 / 9.75)
    assert longer.weight[only(longer, "Ann")] == pytest.approx(1.0)


def test_a_retrospective_forecast_can_cover_the_whole_life_of_its_question() -> None:
    written = rows((200, opened()), (200, said(0.2)), (200, came("yes", on=20)))
    found = columns(book(written, now=LATE), at="over-time", retrospective=True)
    assert found.weight[only(found, "Ann")] == pytest.approx(1.0)


def test_retrospective_forecasts_are_columns_of_their_own() -> None:
    written = rows((0.5, opened()), (0.5, said(0.2)), (30, said(0.9, as_of=3, by="Bob")), (40, came("yes", on=20)))
    held = book(written, now=LATE)
    assert columns(held, retrospective=False).forecasters == ("Ann", ONE_HALF, CLIMATOLOGY)
    assert columns(held, retrospective=True).forecasters == ("Bob", ONE_HALF, CLIMATOLOGY)


def test_an_author_cannot_replace_what_was_said_in_time_by_what_was_said_later() -> None:
    written = rows((0.5, opened()), (0.5, said(0.2)), (30, said(0.9, as_of=0)), (40, came("yes", on=20)))
    held = book(written, now=LATE)
    for moment in get_args(Moment)[:2]:
        found = columns(held, at=moment, retrospective=False)
        assert found.yes[only(found, "Ann")] == 0.2


def test_what_was_said_on_the_day_of_the_outcome_may_have_known_it() -> None:
    found = in_time(opened(), said(0.2, as_of=19), said(0.99, as_of=20, by="Bob"), came("yes", on=20))
    assert (found.forecasters[:1], found.left_out.knew) == (("Ann",), 1)
    assert "Bob" not in found.forecasters


@pytest.mark.parametrize("outcome", ["ambiguous", "annulled"])
def test_what_is_not_decided_is_not_scored(outcome: str) -> None:
    found = in_time(opened(), said(), came(outcome))
    assert found.question.size == 0
    assert getattr(found.left_out, outcome) == 1


def test_only_the_resolution_that_holds_counts() -> None:
    found = in_time(opened(), said(0.3), came("yes", on=20), came("no", on=60, supersedes=3))
    assert found.brier[only(found, "Ann")] == pytest.approx(0.09)
    found = in_time(opened(), said(0.3), came("yes", on=20), came("annulled", on=60, supersedes=3))
    assert found.question.size == 0


def test_of_branches_only_the_one_that_came_is_scored() -> None:
    found = in_time(
        opened("strike", cluster="war"),
        opened("answer", given=if_so("strike")),
        opened("calm", given=if_so("strike", "no")),
        said(0.6, of="answer"),
        said(0.9, of="calm"),
        came("yes", of="strike", on=9),
        came("yes", of="answer", on=12),
    )
    assert (found.questions, found.left_out.void) == (("answer",), 1)
    assert found.clusters == ("war",), "a question hangs on the same event as its condition"


def test_a_question_without_a_cluster_hangs_on_nothing_else() -> None:
    found = in_time(opened("a"), opened("b"), said(of="a"), said(of="b"), came("yes", of="a"), came("no", of="b"))
    assert found.cluster.tolist() == [0, 1]


def test_an_author_who_used_several_analyses_is_several_forecasters() -> None:
    found = in_time(opened(), said(0.2), said(0.4, analysis="crisis"), said(0.5, by="Bob"), came("yes"))
    assert set(found.forecasters) == {"Ann (judgement)", "Ann (crisis)", "Bob", ONE_HALF, CLIMATOLOGY}


def test_a_comparison_is_a_forecaster_and_says_whether_it_knew_more() -> None:
    written = said(0.2, comparisons=(beside("crowd", 0.4), beside("platform", 0.7, as_of=3)))
    found = in_time(opened(), written, came("yes", on=20))
    assert found.forecasters == ("Ann", "crowd", "platform", ONE_HALF, CLIMATOLOGY)
    assert found.references.tolist() == [1, 2, 3, 4]
    assert found.computed.tolist() == [3, 4]
    assert [found.yes[only(found, name)] for name in ("crowd", "platform")] == [0.4, 0.7]
    assert [found.later[only(found, name)] for name in ("Ann", "crowd", "platform")] == [False, False, True]


def test_the_comparison_that_was_recorded_first_is_the_first() -> None:
    found = in_time(
        opened(),
        said(0.2, comparisons=(beside("crowd", 0.4),)),
        said(0.2, as_of=4, by="Bob", comparisons=(beside("crowd", 0.6, as_of=4),)),
        came("yes", on=20),
    )
    assert found.yes[only(found, "crowd")] == 0.4


def test_over_time_comparisons_of_one_name_follow_one_another() -> None:
    found = in_time(
        opened(),
        said(0.2, comparisons=(beside("crowd", 0.4),)),
        said(0.2, as_of=4, by="Bob", comparisons=(beside("crowd", 0.6, as_of=4),)),
        came("yes", on=9),
        moment="over-time",
    )
    assert found.weight[of(found, "crowd")] == pytest.approx([4 / 9.75, 5.75 / 9.75])
    assert found.weight[of(found, "Ann")] == pytest.approx([1.0])


def test_a_comparison_of_the_day_of_the_outcome_may_have_known_it() -> None:
    found = in_time(opened(), said(0.2, comparisons=(beside("crowd", 0.99, as_of=20),)), came("yes", on=20))
    assert ("crowd" in found.forecasters, found.left_out.knew) == (False, 1)


def test_a_comparison_with_the_name_of_an_author_stays_apart() -> None:
    found = in_time(opened(), said(0.2, by="crowd", comparisons=(beside("crowd", 0.4),)), came("yes", on=20))
    assert found.forecasters[:2] == ("crowd", "crowd (as compared)")


def test_climatology_counts_what_came_out_before() -> None:
    entries: list[Entry] = [opened(name) for name in ("a", "b", "c", "late")]
    entries += [came("yes", of="a", on=5), came("yes", of="b", on=8), came("no", of="c", on=9)]
    entries += [said(0.5, of="late", as_of=9), came("no", of="late", on=40)]
    found = in_time(*entries)
    # a and b came out before the tenth day, both as yes; c came out on it.
    assert found.yes[only(found, CLIMATOLOGY, "late")] == pytest.approx(3 / 4)
    assert found.yes[only(found, ONE_HALF, "late")] == 0.5


def test_climatology_knows_nothing_at_first() -> None:
    found = in_time(opened(), said(0.5), came("no"))
    assert found.yes[only(found, CLIMATOLOGY)] == 0.5


def test_climatology_is_that_of_the_first_forecast_of_a_question_not_of_an_older_comparison() -> None:
    written = said(0.5, of="late", as_of=9, comparisons=(beside("crowd", 0.5, as_of=2),))
    found = in_time(opened("a"), opened("late"), came("yes", of="a", on=5), written, came("no", of="late"))
    assert found.yes[only(found, CLIMATOLOGY, "late")] == pytest.approx(2 / 3)


def mixed() -> Book:
    """One question of each kind, each with one forecast."""
    choices = ("agree", "talk", "fight")
    return kept(
        opened("path", kind="multiple_choice", choices=choices),
        opened("steps", kind="ordered", choices=choices),
        opened("price", kind="continuous", low=50, high=150),
        said((0.5, 0.3, 0.2), of="path"),
        said((0.5, 0.3, 0.2), of="steps"),
        quantiles((0.1, 60), (0.5, 100), (0.9, 140)),
        came("talk", of="path"),
        came("fight", of="steps"),
        came("value", of="price", value=150),
    )


def test_choices_are_scored_by_all_their_chances() -> None:
    found = columns(mixed(), retrospective=False)
    path, steps = only(found, "Ann", "path"), only(found, "Ann", "steps")
    # Half of .5^2 + .7^2 + .2^2, and half of .5^2 + .3^2 + .8^2.
    assert found.brier[[path, steps]] == pytest.approx([0.39, 0.49])
    assert found.chance[[path, steps]] == pytest.approx([0.3, 0.2])
    # Cumulated .5 and .8 against 0 and 0, over two steps; a choice without order has no such score.
    assert (np.isnan(found.rps[path]), found.rps[steps]) == (True, pytest.approx((0.25 + 0.64) / 2))
    assert np.isnan(found.yes[[path, steps]]).all()
    assert found.choices.tolist() == [3, 3, 0]


def test_a_value_is_scored_on_its_scale() -> None:
    found = columns(mixed(), retrospective=False)
    row = only(found, "Ann", "price")
    # On 0 to 1: quantiles at .1, .5, .9, so that F(x) = x, and the outcome is 1: the integral of x^2.
    assert found.crps[row] == pytest.approx(1 / 3)
    assert found.density[row] == pytest.approx(1.0)
    # From .1 to .9, missed by .1, of a share of 0.8.
    assert found.interval[row] == pytest.approx(0.8 + 0.1 * 2 / 0.2)
    assert np.isnan([found.brier[row], found.chance[row]]).all()


def test_knowing_nothing_spreads_chance_over_the_answers_and_the_scale() -> None:
    found = columns(mixed(), retrospective=False)
    path, price = only(found, ONE_HALF, "path"), only(found, ONE_HALF, "price")
    assert (found.chance[path], found.brier[path]) == pytest.approx((1 / 3, 1 / 3))
    assert (found.crps[price], found.density[price]) == pytest.approx((1 / 3, 1.0))
    assert np.isnan(found.interval[price])
    assert CLIMATOLOGY not in found.forecasters, "no rate of yes speaks of choices or values"


def test_quantiles_that_face_no_other_make_no_interval() -> None:
    found = in_time(
        opened("price", kind="continuous", low=0, high=1),
        Forecast(question="price", as_of=day(0), by="Ann", quantiles=((0.2, 0.3),), lapses=day(9), version="1"),
        said_of_price("Bob", (0.05, 0.2), (0.25, 0.4), (0.75, 0.6)),
        came("value", of="price", value=0.5),
    )
    assert np.isnan(found.interval[only(found, "Ann", "price")])
    assert found.interval[only(found, "Bob", "price")] == pytest.approx(0.2)


def said_of_price(by: str, *told: tuple[float, float]) -> Forecast:
    return quantiles(*told, by=by)


def test_a_comparison_of_a_value_gives_quantiles_too() -> None:
    crowd = Comparison(name="crowd", quantiles=((0.5, 0.5),), as_of=day(0))
    written = quantiles((0.5, 0.4)).model_copy(update={"comparisons": (crowd,)})
    found = in_time(opened("price", kind="continuous", low=0, high=1), written, came("value", of="price", value=0.5))
    assert found.crps[only(found, "crowd", "price")] == pytest.approx(2 * 0.5**3 / 3)


def test_a_forecast_that_never_stood_is_not_the_last() -> None:
    written = rows((200, opened()), (200, said(0.2, as_of=3)), (201, said(0.7, as_of=3)), (202, came("yes", on=20)))
    chosen, knew = statements(book(written, now=at(210)), at="last", retrospective=True)
    assert ([one.number for one in chosen], knew) == ([3], 0)
