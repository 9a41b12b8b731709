"""What may not be written is refused in a sentence that says what, where and what to do instead."""

import datetime as dt

import pytest
from tests.ledger.written import (
    LATE,
    again,
    at,
    back,
    beside,
    came,
    day,
    if_so,
    in_time,
    kept,
    opened,
    quantiles,
    rows,
    said,
)

from detente.errors import LedgerError
from detente.ledger.allowed import admitted, allowed
from detente.ledger.book import Book, book
from detente.ledger.entries import Comparison, Entry, Reference, decode

CHOICES = ("agree", "talk", "fight")


def refused(held: Book, entry: Entry, *, now: dt.datetime = LATE) -> str:
    with pytest.raises(LedgerError) as error:
        allowed(held, entry, now=now)
    return str(error.value)


@pytest.fixture
def deal() -> Book:
    return kept(opened(), now=at(5))


@pytest.fixture
def several() -> Book:
    return kept(opened("path", kind="multiple_choice", choices=CHOICES))


@pytest.fixture
def price() -> Book:
    return kept(opened("price", kind="continuous", low=0, high=100))


# --- questions --------------------------------------------------------------------------------------------------------


def test_a_question_that_can_be_resolved_may_be_asked(deal: Book) -> None:
    for entry in (
        opened("war"),
        opened("path", kind="ordered", choices=CHOICES),
        opened("price", kind="continuous", low=-5.5, high=100),
        opened("answer", closes=None, given=if_so("deal", within=7)),
    ):
        allowed(deal, entry, now=at(5))


def test_an_id_is_given_once(deal: Book) -> None:
    assert refused(deal, opened()) == "'deal' was asked already, in row 1. Give this question another id."


def test_a_question_does_not_close_before_it_is_asked(deal: Book) -> None:
    assert refused(deal, opened("war", as_of=9, closes=8)) == (
        "The question 'war' closes on 2026-01-09, before 2026-01-10, the day as of which it is asked. "
        "Give a later closing day, or ask it as of an earlier one."
    )


def test_a_question_has_a_closing_day(deal: Book) -> None:
    cure = "The question 'war' has no closing day. Say until when it is open."
    assert refused(deal, opened("war", closes=None)) == cure
    assert refused(deal, opened("war", closes=None, given=if_so())) == cure


def test_a_question_has_criteria_and_a_text(deal: Book) -> None:
    entry = opened("war")
    bare = entry.model_copy(update={"question": entry.question.model_copy(update={"criteria": " ", "text": ""})})
    assert refused(deal, bare).split("\n") == [
        "The question 'war' has no text. Write down what is asked.",
        "The question 'war' has no criteria. Say what has to be seen for which outcome.",
    ]


def test_a_question_opens_before_it_closes(deal: Book) -> None:
    message = refused(deal, opened("war", opens=day(70)))
    assert message.endswith("Give an opening day that is not after the closing day.")
    assert "opens on 2026-03-12 and closes on 2026-03-02" in message


def test_nothing_is_claimed_of_a_day_that_has_not_come(deal: Book) -> None:
    assert refused(deal, opened("war", as_of=6), now=at(5)) == (
        "It is made as of 2026-01-07, but today is 2026-01-06 (UTC). Give a day that has come."
    )
    allowed(deal, opened("war", as_of=5), now=at(5))


def test_today_is_the_day_in_utc(deal: Book) -> None:
    half_past_one = dt.datetime(2026, 1, 7, 1, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert "today is 2026-01-06 (UTC)" in refused(deal, opened("war", as_of=6), now=half_past_one)
    assert "has no offset" in refused(deal, opened("war"), now=dt.datetime(2026, 1, 7))


def test_somebody_stands_behind_an_entry(deal: Book) -> None:
    cure = "Nobody stands behind this entry. Say by whom it is."
    assert refused(deal, opened("war", by=" ")) == cure
    assert cure in refused(deal, said(by=""), now=at(5))
    assert cure in refused(deal, came("yes", on=2, by=""), now=at(5))


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        (("agree",), "The question 'path' has 1 of the choices that it needs. Give at least two."),
        (("agree", "agree"), "The question 'path' has two choices of one name, or one without. Name each differently."),
        (
            ("agree", "value"),
            "The question 'path' has a choice 'value', which stands for something else in a resolution. "
            "Name it otherwise.",
        ),
    ],
)
def test_choices_can_be_told_apart(deal: Book, choices: tuple[str, ...], message: str) -> None:
    assert refused(deal, opened("path", kind="ordered", choices=choices)) == message


def test_only_a_question_with_choices_has_some(deal: Book) -> None:
    assert refused(deal, opened("war", choices=CHOICES)) == (
        "The question 'war' is binary, and has no choices. Leave them out, or ask it as multiple_choice."
    )


def test_a_value_is_asked_on_a_scale(deal: Book) -> None:
    assert refused(deal, opened("price", kind="continuous", low=3)) == (
        "The question 'price' is continuous, and lacks an end of its scale. Give both low and high."
    )
    assert refused(deal, opened("price", kind="continuous", low=3, high=3)) == (
        "The question 'price' has a scale from 3 to 3. Give a low that is less than high."
    )
    assert refused(deal, opened("war", low=0, high=1)) == (
        "The question 'war' is binary, and has no scale. Leave low and high out, or ask it as continuous."
    )


def test_a_condition_is_a_question_that_is_there(deal: Book) -> None:
    assert refused(deal, opened("answer", given=if_so("answer"))) == (
        "The question 'answer' is asked under a condition on itself. Name the question it hangs on."
    )
    assert refused(deal, opened("answer", given=if_so("deals"))) == (
        "The question 'answer' is asked under a condition that is not there: 'deals' is no question of this ledger. "
        "Did you mean 'deal'?"
    )


def test_a_condition_is_an_outcome_that_can_be(several: Book, price: Book) -> None:
    assert refused(several, opened("answer", given=if_so("path", "yes"))) == (
        "The question 'answer' is asked if 'path' comes out as 'yes', which it cannot. It has agree, talk, fight."
    )
    allowed(several, opened("answer", given=if_so("path", "talk")), now=LATE)
    assert "which comes out as a value. Ask a yes or no question" in refused(
        price, opened("answer", given=if_so("price", "value"))
    )


@pytest.mark.parametrize("within", [0, -3, 40_000])
def test_a_conditional_question_is_open_for_some_days(deal: Book, within: int) -> None:
    assert refused(deal, opened("answer", closes=None, given=if_so(within=within))) == (
        f"The question 'answer' closes {within} days after its condition. Give 1 to 36525 of them."
    )


def test_a_question_is_not_asked_once_its_condition_came_out_otherwise() -> None:
    held = kept(opened(), came("no", on=20))
    assert refused(held, opened("answer", as_of=20, given=if_so())) == (
        "The question 'answer' is asked if 'deal' comes out as 'yes', but that came out as 'no' on 2026-01-21. "
        "Leave the question out."
    )
    allowed(held, opened("answer", as_of=19, given=if_so()), now=LATE)
    allowed(held, opened("answer", as_of=30, given=if_so("deal", "no")), now=LATE)


def test_a_question_is_not_asked_after_the_days_it_had() -> None:
    held = kept(opened(), came("yes", on=20))
    assert "closed 7 days after 'deal' came out on 2026-01-21, before 2026-01-29" in refused(
        held, opened("answer", as_of=28, closes=None, given=if_so(within=7))
    )
    allowed(held, opened("answer", as_of=27, closes=None, given=if_so(within=7)), now=LATE)


# --- forecasts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("p", [0.0, 0.3, 1.0])
def test_a_share_is_a_forecast(deal: Book, p: float) -> None:
    allowed(deal, said(p, as_of=5), now=at(5))


@pytest.mark.parametrize(
    ("p", "message"),
    [
        (-0.1, "gives a probability of -0.1. Give shares from 0 to 1."),
        (1.2, "gives a probability of 1.2. Give shares from 0 to 1, 0.012 for 1.2 in a hundred."),
        (70, "gives a probability of 70. Give shares from 0 to 1, 0.7 for 70 in a hundred."),
        (700, "gives a probability of 700. Give shares from 0 to 1."),
        ((0.3, 0.7), "gives 2 probabilities. Give 1: of yes."),
        ((), "gives 0 probabilities. Give 1: of yes."),
    ],
)
def test_a_probability_is_a_share(deal: Book, p: float | tuple[float, ...], message: str) -> None:
    assert refused(deal, said(p)) == f"The forecast of 'deal' {message}"


def test_probabilities_of_choices_add_up(several: Book) -> None:
    where = "The forecast of 'path' gives"
    assert refused(several, said((0.5, 0.3, 0.1), of="path")) == (
        f"{where} probabilities that add up to 0.9. Divide each by that, so that they make 1."
    )
    assert refused(several, said((0.5, 0.5), of="path")) == (
        f"{where} 2 probabilities. Give 3: one for each choice, in their order."
    )
    assert refused(several, said((1.5, -0.5, 0), of="path")).startswith(f"{where} a probability of 1.5.")
    allowed(several, said((1 / 3, 1 / 3, 1 / 3), of="path"), now=LATE)


def test_quantiles_ascend_on_the_scale(price: Book) -> None:
    where = "The forecast of 'price' gives"
    allowed(price, quantiles((0.1, 0), (0.5, 35), (0.9, 100)), now=LATE)
    assert refused(price, quantiles((0.1, 20), (0.5, 20))) == (
        f"{where} quantiles that do not ascend: (0.1, 20) and then (0.5, 20). "
        "Give both shares and values in ascending order."
    )
    assert "(0.5, 20) and then (0.5, 30)" in refused(price, quantiles((0.5, 20), (0.5, 30)))
    assert refused(price, quantiles((0.1, 20), (0.9, 101))) == (
        f"{where} a quantile at 101, outside its scale from 0 to 100. Give values on the scale."
    )
    assert refused(price, quantiles((0, 20), (0.9, 40))) == (
        f"{where} a quantile for the share 0. Give shares between 0 and 1."
    )
    assert refused(price, quantiles()).startswith(f"{where} no quantiles. Give some")


def test_a_value_is_forecast_by_quantiles_and_an_answer_by_probabilities(price: Book, deal: Book) -> None:
    assert "gives probabilities, but it asks for a value. Give quantiles" in refused(price, said(0.3, of="price"))
    assert "gives quantiles, but it asks for no value. Give probabilities." in refused(
        deal, quantiles((0.5, 3), of="deal")
    )


def test_a_question_that_nobody_asked_is_not_forecast(deal: Book) -> None:
    assert refused(deal, said(of="deel")) == "'deel' is no question of this ledger. Did you mean 'deal'?"
    assert refused(deal, said(of="x")) == (
        "'x' is no question of this ledger. It has deal. Ask the question first, or name one of these."
    )
    assert refused(book((), now=LATE), said()).endswith("It has none yet: ask the question first.")


def test_nothing_is_said_of_a_question_before_it_is_asked_or_open() -> None:
    held = kept(opened(as_of=10, opens=day(20)))
    assert refused(held, said(as_of=9)) == (
        "It is made as of 2026-01-10, but 'deal' was asked as of 2026-01-11. "
        "Give that day or a later one; nobody could answer it before."
    )
    assert refused(held, said(as_of=15)) == (
        "It is made as of 2026-01-16, but 'deal' opens on 2026-01-21. Give that day or a later one."
    )


def test_nothing_is_said_after_the_last_day(deal: Book) -> None:
    assert refused(deal, said(as_of=61, lapses=61)).split("\n") == [
        "'deal' closed on 2026-03-02, before 2026-03-03. Resolve it, or ask anew with a later closing day.",
        "The forecast lapses on 2026-03-03, after 'deal' closes. Give 2026-03-02 or an earlier last day.",
    ]
    allowed(deal, said(as_of=60), now=LATE)


def test_nothing_is_said_from_the_day_of_the_outcome_on() -> None:
    held = kept(opened(), came("yes", on=20))
    assert refused(held, said(as_of=20)) == (
        "'deal' came out on 2026-01-21, so nothing said as of 2026-01-21 is a forecast. Give an earlier day."
    )
    allowed(held, said(as_of=19), now=LATE)


def test_nothing_is_said_of_a_question_that_is_void() -> None:
    held = kept(opened(), opened("answer", given=if_so()), came("no", on=20))
    assert refused(held, said(of="answer", as_of=25)) == (
        "'answer' became void, as its condition did not come true, on 2026-01-21, "
        "so nothing said as of 2026-01-26 is a forecast. Give an earlier day."
    )


def test_a_question_can_be_forecast_while_it_waits() -> None:
    allowed(kept(opened(), opened("answer", given=if_so()), now=at(3)), said(of="answer", as_of=3), now=at(3))


def test_a_forecast_lapses_between_its_day_and_the_close(deal: Book) -> None:
    assert refused(deal, said(as_of=4, lapses=3), now=at(5)) == (
        "The forecast lapses on 2026-01-04, before 2026-01-05, the day as of which it is made. Give a later last day."
    )


def test_a_weight_is_a_share_and_a_class_is_counted(deal: Book) -> None:
    assert refused(deal, said(weight=1.5)) == "The weight of the model is 1.5. Give a share from 0 to 1."
    wrong = Reference(id="wars", words="wars", event="end", definition="it ends", k=5, n=3, low=0.9, high=0.2)
    assert refused(deal, said(reference=wrong)).split("\n") == [
        "The reference class 'wars' had the event in 5 of 3 cases. Count the cases again.",
        "The reference class 'wars' has an interval from 0.9 to 0.2. Give shares from 0 to 1, the lower end first.",
    ]


def test_a_comparison_answers_the_same_question(deal: Book) -> None:
    assert refused(deal, said(comparisons=(beside("crowd", 7.0),))) == (
        "The comparison 'crowd' for 'deal' gives a probability of 7. Give shares from 0 to 1, 0.07 for 7 in a hundred."
    )
    assert refused(deal, said(comparisons=(beside("crowd", 0.2), beside("crowd", 0.3)))) == (
        "Two comparisons have one name. Name each differently, or give one of them."
    )
    assert refused(deal, said(comparisons=(beside("", 0.2),))) == "A comparison has no name. Say whose it is."
    assert "is as of 2026-01-10, but today is 2026-01-06 (UTC)" in refused(
        deal, said(comparisons=(beside("crowd", 0.2, as_of=9),)), now=at(5)
    )
    assert "gives 0 probabilities" in refused(deal, said(comparisons=(Comparison(name="crowd", as_of=day(0)),)))


@pytest.mark.parametrize("name", ["climatology", "One half"])
def test_nobody_takes_the_name_of_what_is_worked_out(deal: Book, name: str) -> None:
    cure = (
        f"'{name}' is what a score table calls a forecaster that it works out by itself. "
        f"Say whose it is, such as '{name} of the platform'."
    )
    assert refused(deal, said(by=name)) == cure
    assert refused(deal, said(comparisons=(beside(name, 0.2),))) == cure


# --- reaffirming and withdrawing --------------------------------------------------------------------------------------


def test_a_forecast_that_stands_is_reaffirmed_or_withdrawn() -> None:
    held = kept(opened(), said(lapses=30), now=at(10))
    allowed(held, again(2, as_of=10, lapses=40), now=at(10))
    allowed(held, back(2, as_of=10), now=at(10))


def test_what_is_no_forecast_cannot_be_withdrawn() -> None:
    assert refused(kept(opened(), said()), back(1, as_of=0)) == (
        "Row 1 holds no forecast. Give the number of a row that does; near it: 2."
    )
    assert refused(kept(opened()), again(9, as_of=0, lapses=1)) == (
        "Row 9 holds no forecast, and there are none yet. Record one first."
    )


def test_only_its_author_withdraws_a_forecast() -> None:
    assert refused(kept(opened(), said(), now=at(1)), back(2, as_of=1, by="Bob"), now=at(1)) == (
        "The forecast in row 2 is by 'Ann', not by 'Bob'. Nobody else can withdraw it: record a forecast of your own."
    )


def test_what_was_recorded_in_time_is_not_withdrawn_as_of_an_earlier_day() -> None:
    held = kept(opened(), said(), now=at(10))
    assert refused(held, back(2, as_of=9), now=at(10)) == (
        "The forecast in row 2 was recorded in time, so it stands until today, 2026-01-11 (UTC). "
        "You can withdraw it as of today, not as of 2026-01-10."
    )


def test_nothing_is_withdrawn_before_it_was_said() -> None:
    held = book(rows((200, opened()), (200, said(as_of=9))), now=at(201))
    assert refused(held, back(2, as_of=8), now=at(201)) == (
        "The forecast in row 2 was made as of 2026-01-10, after 2026-01-09. "
        "You can withdraw it as of that day or a later one."
    )
    allowed(held, back(2, as_of=9), now=at(201))


def test_what_no_longer_stands_is_neither_reaffirmed_nor_withdrawn() -> None:
    lapsed = kept(opened(), said(lapses=30), now=at(40))
    assert refused(lapsed, again(2, as_of=40, lapses=50), now=at(40)) == (
        "The forecast in row 2 does not stand as of 2026-02-10: it lapsed at 2026-02-01 00:00 UTC. "
        "Record a new forecast instead."
    )
    twice = kept(opened(), said(), back(2, as_of=3), now=at(3.5))
    assert refused(twice, back(2, as_of=3), now=at(3.5)) == (
        "The forecast in row 2 does not stand as of 2026-01-04: it was withdrawn at 2026-01-04 06:00 UTC. "
        "There is nothing to withdraw any more."
    )
    replaced = kept(opened(), said(), said(0.5, as_of=3), now=at(4))
    assert "it was superseded at" in refused(replaced, back(2, as_of=4), now=at(4))
    over = kept(opened(), said(), came("yes", on=3), now=at(4))
    assert "it ended with its question, which came out, at 2026-01-05" in refused(over, back(2, as_of=4), now=at(4))


def test_a_retrospective_forecast_is_withdrawn_as_of_a_day_on_which_it_stood() -> None:
    held = book(rows((200, opened()), (200, said(lapses=30))), now=at(201))
    allowed(held, back(2, as_of=30), now=at(201))
    assert "does not stand as of 2026-02-01" in refused(held, back(2, as_of=31), now=at(201))


def test_reaffirming_never_shortens_and_never_outlives_the_question() -> None:
    held = kept(opened(), said(lapses=30), now=at(10))
    assert refused(held, again(2, as_of=10, lapses=20), now=at(10)) == (
        "It would lapse on 2026-01-21, earlier than without being reaffirmed (2026-01-31). "
        "Give a later last day, or withdraw the forecast on the day on which it shall end."
    )
    assert refused(held, again(2, as_of=10, lapses=61), now=at(10)) == (
        "It would lapse on 2026-03-03, after 'deal' closes. Give 2026-03-02 or an earlier last day."
    )


# --- resolutions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["yes", "no", "ambiguous", "annulled"])
def test_a_question_comes_out_as_one_of_its_answers(outcome: str) -> None:
    allowed(kept(opened()), came(outcome), now=LATE)


def test_a_question_does_not_come_out_before_it_is_asked() -> None:
    held = kept(opened(as_of=10, opens=day(12)))
    assert refused(held, came("yes", on=9)) == (
        "'deal' cannot have come out on 2026-01-10: it was asked as of 2026-01-11, and was settled by then. "
        "Annul it, or ask it as of a day before it was settled."
    )
    assert refused(held, came("yes", on=11)) == (
        "'deal' cannot have come out on 2026-01-12: it opens on 2026-01-13. "
        "Give the day of an event that counts, or annul it."
    )
    allowed(held, came("annulled", on=9), now=LATE)
    allowed(held, came("yes", on=12), now=LATE)


def test_a_question_does_not_come_out_tomorrow(deal: Book) -> None:
    assert refused(deal, came("yes", on=6), now=at(5)) == (
        "'deal' cannot have come out on 2026-01-07: today is 2026-01-06 (UTC). Give a day that has come."
    )


def test_an_outcome_is_one_that_can_be(deal: Book, several: Book) -> None:
    assert refused(deal, came("Yes")) == ("'deal' cannot come out as 'Yes'. It can as: yes, no, ambiguous, annulled.")
    assert refused(several, came("yes", of="path")) == (
        "'path' cannot come out as 'yes'. It can as: agree, talk, fight, ambiguous, annulled."
    )
    assert refused(several, came("value", of="path", value=3)).startswith("'path' cannot come out as 'value'.")
    allowed(several, came("talk", of="path"), now=LATE)


def test_a_value_is_given_on_the_scale(price: Book, deal: Book) -> None:
    assert refused(price, came("value", of="price")) == "'price' comes out as a value, and none is given. Give it."
    assert refused(price, came("value", of="price", value=101)) == (
        "'price' cannot come out as 101: its scale is from 0 to 100. "
        "Give a value on it (its end, where the scale says 'or beyond'), or annul the question."
    )
    assert refused(price, came("ambiguous", of="price", value=3)) == (
        "'price' is ambiguous, so it has no value. Leave the value out."
    )
    assert refused(deal, came("yes", value=3)) == (
        "'deal' comes out as one of its answers, not as a value. Leave the value out."
    )
    allowed(price, came("value", of="price", value=100), now=LATE)


def test_what_was_never_asked_is_not_resolved(deal: Book) -> None:
    assert refused(deal, came("yes", of="dael")) == "'dael' is no question of this ledger. Did you mean 'deal'?"


def test_a_later_resolution_names_the_one_it_supersedes() -> None:
    held = kept(opened(), came("yes", on=20), came("no", on=60, supersedes=2))
    assert refused(held, came("yes")) == (
        "'deal' was resolved in row 3 as 'no'. To correct that, say that this one supersedes row 3."
    )
    assert refused(held, came("yes", supersedes=2)) == (
        "It supersedes row 2, but the resolution of 'deal' that holds is in row 3. Name that row."
    )
    assert refused(kept(opened()), came("yes", supersedes=2)) == (
        "It supersedes row 2, but 'deal' has no resolution yet. Leave `supersedes` out."
    )
    allowed(held, came("yes", supersedes=3), now=LATE)


def test_a_conditional_question_is_resolved_after_its_condition() -> None:
    waiting = kept(opened(), opened("answer", given=if_so()))
    assert refused(waiting, came("yes", of="answer")) == (
        "'answer' is asked only if 'deal' comes out as 'yes', and nobody has said yet whether it did. "
        "Resolve 'deal' first."
    )
    allowed(waiting, came("annulled", of="answer"), now=LATE)
    live = kept(opened(), opened("answer", given=if_so()), came("yes", on=20))
    assert refused(live, came("yes", of="answer", on=19)) == (
        "'answer' cannot have come out on 2026-01-20, before its condition 'deal' did on 2026-01-21. "
        "Give that day or a later one, or annul it."
    )
    allowed(live, came("yes", of="answer", on=20), now=LATE)


def test_a_void_question_needs_no_resolution() -> None:
    held = kept(opened(), opened("answer", given=if_so()), came("no", on=20))
    assert refused(held, came("no", of="answer")) == (
        "'answer' is void since 2026-01-21: 'deal' did not come out as 'yes'. It needs no resolution."
    )


# --- several at once --------------------------------------------------------------------------------------------------


def test_several_faults_are_told_at_once(deal: Book) -> None:
    assert len(refused(deal, said(7.0, as_of=9, lapses=3, weight=2), now=at(5)).split("\n")) == 4


def test_entries_are_admitted_each_after_those_before_it() -> None:
    bodies = admitted((), [opened(), said(), came("yes", on=20), came("no", on=60, supersedes=3)], now=LATE)
    assert [decode(body).kind for body in bodies] == ["question", "forecast", "resolution", "resolution"]
    assert admitted(in_time([opened()]), [said()], now=LATE) == bodies[1:2]


def test_what_is_not_admitted_is_told_by_its_place() -> None:
    with pytest.raises(LedgerError) as error:
        admitted((), [opened(), said(7.0), opened()], now=LATE)
    assert [line.split(":")[0] for line in str(error.value).split("\n")] == ["Entry 2", "Entry 3"]


def test_of_many_that_are_not_admitted_ten_are_told() -> None:
    with pytest.raises(LedgerError) as error:
        admitted((), [said()] * 14, now=LATE)
    assert (len(str(error.value).split("\n")), str(error.value).split("\n")[-1]) == (11, "... and 4 more.")


def test_a_refused_question_is_not_there_for_those_after_it() -> None:
    with pytest.raises(LedgerError, match=r"Entry 2: 'war' is no question of this ledger"):
        admitted((), [opened("war", closes=None), said(of="war")], now=LATE)
