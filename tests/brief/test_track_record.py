"""How right forecasts were, told: counts, scores beside everybody else's, what was made after the fact apart."""

import datetime as dt
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from tests.brief.ledgers import ANN, BEN, NOW, entries, rows, sample

from detente.brief import as_json, html
from detente.brief.document import Block, Brief, Figure, Grid, block_sentences, known_ids, sentences
from detente.brief.forecast_changes import AnswerChange, ForecastChange, Part
from detente.brief.register import Register
from detente.brief.sections.record.changed import in_words
from detente.brief.sections.record.scores import Tried, judged
from detente.brief.sections.record.telling import Telling
from detente.brief.track_record import TrackRecord, in_brief, told
from detente.desk.lint import lint
from detente.ledger.book import Book, book
from detente.ledger.columns import Moment, columns
from detente.ledger.entries import Entry, Forecast
from detente.ledger.scoring import score
from detente.scores import Estimate

SPLIT = ForecastChange(
    question="deal", text="Will a deal be signed by 30 June?", by=ANN, rows=(2, 9),
    days=(dt.date(2026, 2, 8), dt.date(2026, 3, 8)), versions=("0.1", "0.1"),
    answers=(AnswerChange(answer="yes", before=2500, after=4000,
                          parts=(Part("version", 500), Part("time", -700), Part("documents", 2000),
                                 Part("edits", -300))),),
    unsplit=None, documents=("Second round ends",), differs=("new: party: Delta",),
)  # fmt: skip
WHOLE = replace(
    SPLIT, answers=(AnswerChange(answer="yes", before=2500, after=4000),), unsplit="a person cannot be asked again",
    documents=(), differs=(),
)  # fmt: skip
DRAWS = 200


def tried(held: Book, *, late: bool = False, at: Moment = "first") -> Tried | None:
    found = columns(held, at=at, retrospective=late)
    return Tried(columns=found, scored=score(found, draws=DRAWS)) if found.questions else None


def record(held: Book, *changes: ForecastChange, at: Moment = "first") -> TrackRecord:
    return TrackRecord(
        name="harbour", book=held, in_time=tried(held, at=at), retrospective=tried(held, late=True, at=at),
        changes=changes, version="0", seed=1, draws=DRAWS,
    )  # fmt: skip


@pytest.fixture(scope="module")
def found() -> TrackRecord:
    return record(sample(), SPLIT, WHOLE)


@pytest.fixture(scope="module")
def brief(found: TrackRecord) -> Brief:
    return told(found)


def section(brief: Brief, id: str) -> tuple[Block, ...]:
    return next(s.blocks for s in brief.sections if s.id == id)


def said(*blocks: Block) -> str:
    return " ".join(s.text for block in blocks for s in block_sentences(block))


def grid(blocks: tuple[Block, ...], head: str) -> list[list[str]]:
    """The rows of the first table with such a column."""
    one = next(b for b in blocks if isinstance(b, Grid) and head in b.columns)
    return [[cell.text for cell in row] for row in one.rows]


def test_the_counts_are_those_of_the_book(brief: Brief) -> None:
    text = said(*section(brief, "ledger"))
    assert "30 questions on 18 events: 1 open, 1 due, 1 waiting, 25 resolved, 1 ambiguous and 1 void." in text
    assert "46 forecasts were made of them, 8 of them recorded after the day" in text
    assert "Due since 2026-03-31: “Will visit happen by 2026-03-31?” (visit)." in text


def test_every_question_stands_with_its_last_forecast_and_outcome(brief: Brief) -> None:
    by_text = {row[0]: row[1:] for row in grid(section(brief, "ledger"), "last forecast")}
    assert len(by_text) == 30
    assert by_text["Will visit happen by 2026-03-31?"] == ["due", "2026-03-31", f"0.35, {ANN}", ""]
    assert by_text["Will event 0 1 happen by 2026-03-31?"][2:] == ["0.10, C. Coder*", "no, 2026-04-01"]
    assert by_text["Will answer happen by 2026-03-31?"][0] == "void"


def test_scores_stand_beside_crowd_climatology_and_one_half(found: TrackRecord, brief: Brief) -> None:
    rows = {row[0]: row for row in grid(section(brief, "in-time"), "Brier score")}
    assert set(rows) == {ANN, BEN, "crowd", "one half", "climatology"}
    assert rows["one half"][3:5] == ["0.250 (0.250 to 0.250)", "0.693"]
    assert found.in_time is not None
    own = found.in_time.scored.track(ANN)
    assert own is not None
    mean = own.of("brier")
    assert mean is not None
    assert rows[ANN][1:4] == ["24", "12", f"{mean.mean.value:.3f} ({mean.mean.low:.3f} to {mean.mean.high:.3f})"]


def test_differences_are_on_the_questions_of_both(brief: Brief) -> None:
    rows = {row[0]: row for row in grid(section(brief, "in-time"), "difference")}
    assert rows[f"{BEN} beside crowd"][1] == "12"
    assert rows[f"{ANN} beside crowd"][1] == "24"
    assert rows[f"{ANN} beside crowd"][-1] == "not told apart"
    assert rows[f"{ANN} beside one half"][-1] == "better, as a hint"


def test_what_was_recorded_later_is_never_among_the_others(brief: Brief) -> None:
    assert "C. Coder" not in said(*section(brief, "in-time"))
    late = said(*section(brief, "retrospective"))
    assert "what would have been said, not what was said before the event" in late
    assert ANN not in late
    assert {row[0] for row in grid(section(brief, "retrospective"), "Brier score")} >= {"C. Coder", "one half"}


def test_few_events_are_said_to_be_few_before_any_number(brief: Brief) -> None:
    late = section(brief, "retrospective")
    assert "With 4 events the scores are an anecdote" in said(late[0])
    assert {row[-1] for row in grid(late, "difference")} == {"too few events to tell"}
    assert "With 12 events the intervals are too narrow" in said(section(brief, "in-time")[0])
    one = record(sample(1))
    assert one.in_time is not None
    alone = said(*section(told(one), "in-time"))
    assert "All questions hang on one event" in alone
    assert " to 0." not in said(*(b for b in section(told(one), "in-time") if isinstance(b, Grid) and not b.fold))


def test_many_events_need_no_warning() -> None:
    many = record(sample(36))
    text = said(*section(told(many), "in-time"))
    assert "anecdote" not in text
    assert "too narrow" not in text
    assert "as a hint" not in text


@pytest.mark.parametrize(
    ("ends", "clusters", "tells"),
    [
        ((-0.2, -0.1), 40, "better"),
        ((0.1, 0.2), 40, "worse"),
        ((-0.1, 0.1), 40, "not told apart"),
        ((-0.2, -0.1), 12, "better, as a hint"),
        ((-0.2, -0.1), 9, "too few events to tell"),
    ],
)
def test_a_difference_is_judged_by_its_interval_and_its_events(
    found: TrackRecord, ends: tuple[float, float], clusters: int, tells: str
) -> None:
    assert found.in_time is not None
    one = found.in_time.scored.differences[0]
    made = Estimate(value=sum(ends) / 2, low=ends[0], high=ends[1])
    assert judged(replace(one, difference=made, clusters=clusters)) == tells


def test_the_parts_of_a_brier_score_add_up_to_it(brief: Brief) -> None:
    for row in grid(section(brief, "in-time"), "reliability"):
        reliability, resolution, uncertainty, within, whole = (float(c.replace("−", "-")) for c in row[1:6])
        assert reliability - resolution + uncertainty + within == pytest.approx(whole, abs=2.5e-4)


def test_a_picture_holds_the_bins_that_its_table_lists(brief: Brief) -> None:
    for id in ("in-time", "retrospective"):
        figure, apart = (b for b in section(brief, id) if isinstance(b, Figure))
        hints = [e.text or "" for e in ElementTree.fromstring(f"<b>{figure.svg}</b>").iter() if e.tag.endswith("title")]
        for row in figure.grid.rows:
            _, ends, n, mean, rate, _ = (cell.text for cell in row)
            assert any(
                h.startswith(f"{ends}: {n} question") and f"forecast {mean}, happened {rate}" in h for h in hints
            )
        assert [int(row[1].text) + int(row[2].text) for row in apart.grid.rows]
        assert figure.lines
        assert apart.lines


def test_the_bounds_of_log_scores_and_the_head_can_be_read(brief: Brief, found: TrackRecord) -> None:
    facts = {fact.name: fact.value for fact in brief.facts}
    assert facts["bounds of what log scores take"] == "0.01 to 0.99"
    assert facts["head of the ledger"] == f"{found.book.rows}:{found.book.head}"


def test_over_time_says_how_long_a_forecaster_stood() -> None:
    rows = grid(section(told(record(sample(), at="over-time")), "in-time"), "coverage")
    assert {row[0] for row in rows} >= {ANN, BEN}
    assert all(0 < float(row[-1]) <= 1 for row in rows)


def knowing_more(entry: Entry) -> Entry:
    """A crowd that is asked a month later than the analyst, on one question."""
    if not isinstance(entry, Forecast) or not entry.comparisons or entry.question != "event-0-1":
        return entry
    crowd = entry.comparisons[0].model_copy(update={"as_of": dt.date(2026, 2, 1)})
    return entry.model_copy(update={"comparisons": (crowd,)})


def test_a_comparison_that_knew_more_is_marked() -> None:
    written = sorted(((day, knowing_more(entry)) for day, entry in entries()), key=lambda pair: pair[0])
    held = book(tuple(rows(written)), now=NOW)
    table = next(b for b in section(told(record(held)), "in-time") if isinstance(b, Grid) and "peer" in b.columns)
    assert "crowd*" in [cells[0].text for cells in table.rows]
    assert "knew more" in table.caption.text


def test_the_parts_of_a_change_stand_in_their_order_and_add_up(brief: Brief) -> None:
    blocks = section(brief, "changes")
    table = next(b for b in blocks if isinstance(b, Grid))
    assert table.columns[3:] == ("version", "passing time", "documents", "edits")
    (row,) = grid(blocks, "edits")
    whole, *each = (float(cell.replace("−", "-")) for cell in row[2:])
    assert whole == sum(each) == 15.0
    assert "always in this order" in said(*blocks)
    assert "“Second round ends”" in said(*blocks)


def test_a_change_that_is_not_split_says_why(brief: Brief) -> None:
    assert "0.25 and then 0.40; a person cannot be asked again." in said(*section(brief, "changes"))
    sentences_of = in_words(WHOLE, Telling(Register()))
    assert sentences_of[-1].text == "A person cannot be asked again."
    split = in_words(SPLIT, Telling(Register()))[-1].text
    assert split.startswith("Of the +15.00 points between them are +5.00 another version of the program, −7.00 passing")


def test_an_empty_ledger_says_so() -> None:
    nothing = told(record(book((), now=NOW)))
    assert [s.id for s in nothing.sections] == ["ledger"]
    assert said(*section(nothing, "ledger")) == "The ledger holds no question yet."


def test_every_sentence_leads_back_to_something(brief: Brief) -> None:
    known = known_ids(brief)
    assert all(s.refs and set(s.refs) <= known for s in sentences(brief))


def test_a_score_is_never_called_a_probability_and_nothing_is_a_percentage(brief: Brief) -> None:
    text = " ".join(s.text for s in sentences(brief))
    assert "%" not in text
    assert not re.search(r"\b(probab\w+|likel\w+|chances?)\b", text)


def test_the_rules_of_estimative_language_hold(brief: Brief) -> None:
    page = html.render(brief)
    assert [str(remark) for remark in lint(page, form="html")] == []
    assert as_json.render(brief) == as_json.render(brief)


def test_a_brief_has_room_for_counts_and_scores(found: TrackRecord) -> None:
    register = Register()
    blocks = in_brief(found, register)
    text = said(*blocks)
    assert "The ledger holds 30 questions" in text
    assert f"{ANN}: Brier score" in text
    assert "an anecdote" in text
    known = {note.id for note in register.notes.values()}
    assert all(set(s.refs) <= known for block in blocks for s in block_sentences(block))
    assert not any(isinstance(block, Figure) for block in blocks)
