"""A backtest on questions in words: what it comes to first, how few there are, and what follows from no difference."""

import datetime as dt
from dataclasses import replace

import pytest

from detente.backtest.questions import PastQuestion, backtest_questions
from detente.brief.past_questions import WIDEST, told
from detente.outlook.classes import Features

DAY = dt.date(2026, 1, 1)


def questions(count: int, *, crowd: bool = True) -> list[PastQuestion]:
    """A crowd that is always nearly right, about agreements of which every third comes about."""
    return [
        PastQuestion(
            id=f"q{k}",
            text="",
            frozen=DAY + dt.timedelta(days=k),
            closes=DAY + dt.timedelta(days=k + 90),
            resolved=DAY + dt.timedelta(days=k + 1),
            happened=k % 3 == 0,
            crowd=(0.9 if k % 3 == 0 else 0.1) if crowd else None,
            event="agreement",
        )
        for k in range(count)
    ]


def words(rows: list[PastQuestion]) -> str:
    return " ".join(told(backtest_questions(rows, case=Features(), draws=200)).split())


def test_what_it_comes_to_stands_before_the_tables() -> None:
    text = words(questions(40))
    verdict = text.index("Brier of crowd 0.0100, better than climatology and one half.")
    assert verdict < text.index("who had known that rate beforehand")


def test_few_events_are_said_to_be_few() -> None:
    assert "That is too few to say much." in words(questions(5))
    assert "That is too few to say much." not in words(questions(40))


def test_without_a_crowd_none_is_told_of() -> None:
    assert "crowd" not in words(questions(5, crowd=False))


def test_where_no_class_speaks_it_says_so() -> None:
    rows = [replace(one, event="other") for one in questions(5)]
    assert "Of none of these questions a class speaks" in words(rows)


def test_a_weight_that_is_never_earned_is_told_in_one_sentence() -> None:
    rows = [replace(one, case=True, model=(("drift", 0.5),)) for one in questions(5)]
    text = words(rows)
    assert "they must hang on at least 10 events; there were at most 3." in text
    assert "classes and model, drift" not in text


def test_a_weight_that_is_earned_is_told_day_by_day() -> None:
    rows = [replace(one, case=True, model=(("drift", 0.95 if one.happened else 0.05),)) for one in questions(14)]
    text = words(rows)
    assert "The model's weight by day" in text
    assert "classes and model, drift" in text


@pytest.mark.parametrize("count", [1, 2, 40])
def test_no_line_is_too_wide(count: int) -> None:
    lines = told(backtest_questions(questions(count), draws=50)).splitlines()
    assert max(map(len, lines)) <= WIDEST + 10


def test_one_question_is_no_questions() -> None:
    assert "1 question on 1 event" in words(questions(1))
