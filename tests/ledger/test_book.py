"""A forecast stands from when it was recorded until something ends it, and a question is what its rows make of it."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.written import LATE, again, at, back, came, day, if_so, kept, opened, rows, said

from detente.dossier import ZERO, Row
from detente.errors import LedgerError
from detente.ledger.book import Book, Standing, book, end_of, fold, stood, with_entry
from detente.ledger.entries import Entry, Forecast, Reaffirmed, Resolution, Withdrawn, decode


def only(held: Book) -> Standing:
    (one,) = held.questions[0].forecasts
    return one


def test_an_empty_ledger_stands_with_no_question() -> None:
    held = book((), now=LATE)
    assert (held.questions, held.rows, held.head) == ((), 0, ZERO)


def test_a_book_knows_its_head_and_how_many_rows_it_has() -> None:
    held = kept(opened(), said())
    assert (held.rows, held.head) == (2, "hash-2")
    assert held.question("deal") is held.questions[0]
    assert held.question("war") is None
    assert held.forecast(1) is None
    assert held.forecast(2) == (held.questions[0], held.questions[0].forecasts[0])


def test_a_forecast_recorded_in_time_stands_from_its_moment() -> None:
    held = book(rows((0.5, opened()), (3.25, said(as_of=3))), now=at(5))
    one = only(held)
    assert (one.starts, one.ends, one.why, one.retrospective) == (at(3.25), None, None, False)


def test_a_retrospective_forecast_stands_from_the_end_of_the_day_it_claims() -> None:
    one = only(book(rows((200, opened()), (200.5, said(as_of=3, lapses=33))), now=LATE))
    assert (one.starts, one.ends, one.why, one.retrospective) == (at(4), at(34), "lapsed", True)


def test_a_forecast_lapses_at_the_end_of_its_last_day() -> None:
    written = rows((0.5, opened()), (0.75, said(lapses=30)))
    assert only(book(written, now=at(30.999))).ends is None
    assert (only(book(written, now=at(31))).ends, only(book(written, now=at(31))).why) == (at(31), "lapsed")


def test_a_forecast_ends_with_its_question_rather_than_lapsing_with_it() -> None:
    assert only(kept(opened(), said(lapses=60))).why == "closed"


def test_an_author_supersedes_what_they_said_before() -> None:
    first, second = kept(opened(), said(0.2), said(0.4, as_of=9)).questions[0].forecasts
    assert (first.ends, first.why) == (second.starts, "superseded")
    assert second.why == "closed"


def test_another_author_and_another_analysis_supersede_nothing() -> None:
    forecasts = kept(opened(), said(0.2), said(0.4, as_of=9, by="Bob"), said(0.4, as_of=9, analysis="crisis"))
    assert [f.why for f in forecasts.questions[0].forecasts] == ["closed"] * 3


def test_what_is_recorded_later_than_its_day_never_cuts_short_what_was_recorded_in_time() -> None:
    held = book(rows((0.5, opened()), (0.75, said(0.9)), (40.5, said(0.1, as_of=5))), now=LATE)
    early, late = held.questions[0].forecasts
    assert (early.retrospective, late.retrospective) == (False, True)
    assert (early.why, late.why) == ("closed", "closed")


def test_retrospective_forecasts_follow_one_another_by_the_days_they_claim() -> None:
    held = book(rows((200, opened()), (200.1, said(0.9, as_of=20)), (200.2, said(0.1, as_of=5))), now=LATE)
    later, earlier = held.questions[0].forecasts
    assert (earlier.starts, earlier.ends, earlier.why) == (at(6), at(21), "superseded")
    assert later.why == "closed"


def test_a_withdrawn_forecast_stood_until_then() -> None:
    one = only(kept(opened(), said(), back(2, as_of=10)))
    assert (one.ends, one.why) == (at(10.25), "withdrawn")
    assert [change.number for change in one.changes] == [3]


def test_a_withdrawal_never_reaches_back_before_it_was_recorded() -> None:
    one = only(book(rows((0.5, opened()), (0.75, said()), (50.5, back(2, as_of=10))), now=LATE))
    assert (one.ends, one.why) == (at(50.5), "withdrawn")


def test_a_retrospective_forecast_is_withdrawn_as_of_the_day_that_is_claimed() -> None:
    one = only(book(rows((200, opened()), (200.1, said()), (200.2, back(2, as_of=10))), now=LATE))
    assert (one.ends, one.why) == (at(11), "withdrawn")


def test_a_reaffirmed_forecast_stands_on() -> None:
    one = only(kept(opened(), said(lapses=30), again(2, as_of=29, lapses=45)))
    assert (one.lapses, one.ends, one.why) == (day(45), at(46), "lapsed")


def test_what_has_lapsed_is_not_brought_back() -> None:
    one = only(kept(opened(), said(lapses=30), again(2, as_of=35, lapses=45)))
    assert (one.lapses, one.ends) == (day(30), at(31))


def test_a_resolution_ends_what_stood_at_the_end_of_the_day_of_the_outcome() -> None:
    one = only(book(rows((0.5, opened()), (0.75, said()), (40.5, came("yes", on=20))), now=LATE))
    assert (one.ends, one.why) == (at(21), "resolved")


def test_what_was_said_after_the_outcome_never_stood() -> None:
    written = rows((0.5, opened()), (30.5, said(as_of=30)), (40.5, came("yes", on=20)))
    one = only(book(written, now=LATE))
    assert (one.starts, one.ends, one.why) == (at(30.5), at(30.5), "resolved")


def test_a_question_is_open_until_the_end_of_its_last_day_and_then_due() -> None:
    written = rows((0.5, opened()))
    assert book(written, now=at(60.99)).questions[0].state == "open"
    assert book(written, now=at(61)).questions[0].state == "due"


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("yes", "resolved"), ("no", "resolved"), ("ambiguous", "ambiguous"), ("annulled", "annulled")],
)
def test_a_resolved_question_is_as_its_resolution_has_it(outcome: str, state: str) -> None:
    asked = kept(opened(), came(outcome)).questions[0]
    assert (asked.state, asked.settled) == (state, day(60))


def test_the_last_resolution_holds_and_the_others_stay() -> None:
    asked = kept(opened(), said(), came("yes", on=20), came("no", on=60, supersedes=3)).questions[0]
    assert [r.superseded for r in asked.resolutions] == [True, False]
    assert asked.resolution is not None
    assert (asked.resolution.outcome, asked.forecasts[0].ends) == ("no", at(61))


def test_a_conditional_question_waits_then_lives_or_is_void() -> None:
    pair = (opened("strike"), opened("answer", given=if_so("strike")), opened("calm", given=if_so("strike", "no")))
    assert [q.state for q in kept(*pair, now=at(1)).questions] == ["open", "waiting", "waiting"]
    assert [q.state for q in kept(*pair, came("yes", of="strike", on=9), now=at(10)).questions] == [
        "resolved",
        "open",
        "void",
    ]


def test_what_was_said_of_a_void_question_ends_as_it_becomes_void() -> None:
    held = kept(
        opened("strike"), opened("calm", given=if_so("strike", "no")), said(of="calm"), came("yes", of="strike", on=9)
    )
    one = held.questions[1].forecasts[0]
    assert (held.questions[1].settled, one.ends, one.why) == (day(9), at(10), "void")


@pytest.mark.parametrize("outcome", ["ambiguous", "annulled"])
def test_a_condition_that_is_not_decided_makes_void_whatever_hangs_on_it(outcome: str) -> None:
    chain = (opened("a"), opened("b", given=if_so("a")), opened("c", given=if_so("b", "no")))
    assert [q.state for q in kept(*chain, came(outcome, of="a", on=9)).questions] == [outcome, "void", "void"]


def test_a_corrected_condition_brings_the_other_branch_to_life() -> None:
    pair = (opened("strike"), opened("answer", given=if_so("strike")), opened("calm", given=if_so("strike", "no")))
    held = kept(*pair, came("yes", of="strike", on=9), came("no", of="strike", on=9, supersedes=4), now=at(10))
    assert [q.state for q in held.questions] == ["resolved", "void", "open"]


def test_a_question_that_hangs_on_another_closes_so_many_days_after_it() -> None:
    pair = (opened("strike"), opened("answer", closes=None, given=if_so("strike", within=7)))
    assert kept(*pair, now=at(1)).questions[1].closes == day(67)
    asked = kept(*pair, said(of="answer"), came("yes", of="strike", on=9)).questions[1]
    assert (asked.closes, asked.state, asked.forecasts[0].ends) == (day(16), "due", at(17))


def test_a_question_asked_later_than_its_day_is_retrospective() -> None:
    late, early = (book(rows((when, opened())), now=LATE).questions[0] for when in (1.5, 0.5))
    assert (late.retrospective, early.retrospective) == (True, False)


def test_a_clock_that_went_back_loses_nothing() -> None:
    held = book(rows((0.5, opened()), (70.5, said(as_of=70))), now=at(10))
    assert (held.now, held.questions[0].state) == (at(70.5), "due")


def test_days_are_those_of_utc_whatever_the_offset_of_a_time() -> None:
    (first,) = rows((0.5, opened()))
    (second,) = rows((0.0, said()))
    # Half past one in the morning of the second day, two hours east of Greenwich: still the first day.
    local = Row(2, "2026-01-02T01:30:00+02:00", second.body, "", "")
    one = only(book((first, local), now=LATE))
    assert (one.retrospective, one.starts) == (False, at(23.5 / 24))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ([(0.5, said())], "Row 1 of the ledger speaks of the question 'deal', which no row before it asks"),
        ([(0.5, opened()), (0.6, opened())], "Row 2 of the ledger asks 'deal', which row 1 asked already"),
        ([(0.5, opened()), (0.6, back(1, as_of=0))], "speaks of a forecast in row 1, which holds none"),
        ([(0.5, opened(closes=None))], "Row 1 of the ledger asks 'deal' without a closing day"),
        ([(0.5, opened(given=if_so("war")))], "speaks of the question 'war', which no row before it asks"),
        ([(0.5, opened(given=if_so("deal")))], "speaks of the question 'deal', which no row before it asks"),
    ],
)
def test_rows_that_do_not_hang_together_are_refused_by_number(written: list[tuple[float, Entry]], message: str) -> None:
    with pytest.raises(LedgerError, match="restore a copy") as error:
        book(rows(*written), now=LATE)
    assert message in str(error.value)


@pytest.mark.parametrize("recorded", ["yesterday", "2026-01-01T09:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_row_that_was_recorded_at_no_moment_is_refused(recorded: str) -> None:
    (row,) = rows((0.5, opened()))
    with pytest.raises(LedgerError, match=r"Row 1 of the ledger was recorded at .* which is no moment"):
        book([Row(1, recorded, row.body, "", "")], now=LATE)


def test_a_row_that_is_no_entry_is_refused_by_number() -> None:
    with pytest.raises(LedgerError, match=r"Row 1: A row of the ledger is no entry"):
        book([Row(1, at(0).isoformat(), '{"kind":"rumour"}', "", "")], now=LATE)


def test_a_moment_without_an_offset_is_none() -> None:
    with pytest.raises(LedgerError, match=r"has no offset, so it is no moment\. Give it with one"):
        book((), now=dt.datetime(2026, 1, 1))


def test_a_day_at_the_end_of_time_ends_there() -> None:
    assert end_of(dt.date.max).year == 9999
    held = kept(opened("a"), opened("b", closes=None, given=if_so("a", within=10**9)))
    assert held.questions[1].closes == day(60) + dt.timedelta(days=36_525)


def test_adding_an_entry_is_folding_all_rows_again() -> None:
    entries: list[tuple[float, Entry]] = [
        (300, opened("a")),
        (300, opened("b", closes=None, given=if_so("a", within=9))),
        (300, said(of="b", as_of=2)),
        (300, came("yes", of="a", on=20)),
        (300, back(3, as_of=4)),
        (300, came("no", of="a", on=20, supersedes=4)),
    ]
    folded = fold((), now=at(300))
    for n, (_, entry) in enumerate(entries, start=1):
        with_entry(folded, entry)
        assert stood(folded).questions == book(rows(*entries[:n]), now=at(300)).questions


# --- against a slow reading, moment by moment -------------------------------------------------------------------------


def slow_record(written: Sequence[Row]) -> tuple[list[tuple[int, dt.datetime, Entry]], dict[int, Forecast]]:
    every = [(row.number, dt.datetime.fromisoformat(row.recorded), decode(row.body)) for row in written]
    return every, {number: entry for number, _, entry in every if isinstance(entry, Forecast)}


def counts_from(recorded: dt.datetime, as_of: dt.date, *, late: bool) -> dt.datetime:
    return end_of(as_of) if late and recorded.date() > as_of else recorded


def stands(written: Sequence[Row], number: int, moment: dt.datetime, closes: dt.date) -> bool:
    """Whether a forecast stands at a moment, by asking everything anew of all rows."""
    every, forecasts = slow_record(written)
    recorded = {n: when for n, when, _ in every}
    own = forecasts[number]
    late = recorded[number].date() > own.as_of
    start = counts_from(recorded[number], own.as_of, late=True)
    if moment < start or moment.date() > closes:
        return False
    outcomes = [entry for _, _, entry in every if isinstance(entry, Resolution)]
    if outcomes and moment.date() > outcomes[-1].on:
        return False
    for n, other in forecasts.items():
        same = (other.by, other.analysis, recorded[n].date() > other.as_of) == (own.by, own.analysis, late)
        other_start = counts_from(recorded[n], other.as_of, late=True)
        if same and (start, number) < (other_start, n) and other_start <= moment:
            return False
    return slow_changes(every, number, own, moment, late=late)


def slow_changes(
    every: Sequence[tuple[int, dt.datetime, Entry]], number: int, own: Forecast, moment: dt.datetime, *, late: bool
) -> bool:
    """Whether the changes up to a moment leave a forecast standing at it."""
    changes = [
        (counts_from(when, entry.as_of, late=late), n, entry)
        for n, when, entry in every
        if isinstance(entry, Reaffirmed | Withdrawn) and entry.forecast == number
    ]
    last = own.lapses
    for counts, _, entry in sorted(changes, key=lambda change: change[:2]):
        if counts > moment or counts > end_of(last):
            break
        if isinstance(entry, Withdrawn):
            return False
        last = max(last, entry.lapses)
    return moment < end_of(last)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Row, ...]:
    """Rows about one question, recorded at any time from its day on, in any order of the days they claim."""
    written: list[tuple[float, Entry]] = [(0.0, opened(closes=12))]
    when, forecasts = 0.0, list[int]()
    for _ in range(draw(st.integers(1, 9))):
        when += draw(st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.25]))
        as_of = draw(st.integers(0, int(when))) if draw(st.booleans()) else int(when)
        lapses = as_of + draw(st.integers(0, 6))
        kind = draw(st.sampled_from(["said", "said", "again", "back", "came"])) if forecasts else "said"
        if kind == "said":
            author = draw(st.sampled_from(["Ann", "Bob"]))
            forecasts.append(len(written) + 1)
            written.append((when, said(as_of=as_of, by=author, lapses=lapses)))
        elif kind == "came":
            written.append((when, came("yes", on=as_of)))
        else:
            number = draw(st.sampled_from(forecasts))
            change = again(number, as_of=as_of, lapses=lapses) if kind == "again" else back(number, as_of=as_of)
            written.append((when, change))
    return rows(*written)


@settings(max_examples=60, deadline=None)
@given(written=ledgers())
def test_a_forecast_stands_at_a_moment_as_a_slow_reading_has_it(written: tuple[Row, ...]) -> None:
    (asked,) = book(written, now=at(60)).questions
    for one in asked.forecasts:
        assert one.ends is not None
        for step in range(0, 15 * 4):
            moment = at(step / 4 + 1 / 16)
            assert (one.starts <= moment < one.ends) == stands(written, one.number, moment, day(12)), (one, moment)


@settings(max_examples=40, deadline=None)
@given(written=ledgers())
def test_of_an_author_no_two_forecasts_stand_at_once(written: tuple[Row, ...]) -> None:
    (asked,) = book(written, now=at(60)).questions
    for one in asked.forecasts:
        for other in asked.forecasts:
            same = (one.forecast.by, one.retrospective) == (other.forecast.by, other.retrospective)
            if one.number < other.number and same and one.ends is not None and other.ends is not None:
                assert max(one.starts, other.starts) >= min(one.ends, other.ends)
