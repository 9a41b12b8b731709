"""Metaculus: a ledger that goes out in its form comes in again, and what its own files say is found."""

import ast
import csv
import io
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.ledgers import CROWD, ENTRIES, FORMULA, NOW, ledger, text

from detente.errors import DetenteError, FormatError
from detente.formats import metaculus
from detente.formats.metaculus.columns import FORECASTS, OUR_FORECASTS, OUR_QUESTIONS, QUESTIONS
from detente.formats.metaculus.distribution import cdf_of, percentiles_of, quantiles_of
from detente.formats.row_entries import Written
from detente.formats.score_table import Source, clean
from detente.ledger.allowed import admitted
from detente.ledger.entries import Comparison, Forecast, Opened, Resolution

QUESTION = "17,Will it?,binary,2026-02-01 12:00:00+00:00,2026-02-28 12:00:00+00:00,yes,2026-02-17 09:30:00.123456+00:00"
QUESTION_HEAD = (
    "Question ID,Question Title,Question Type,Open Time,Scheduled Close Time,Resolution,Resolution Known Time\n"
)
FORECAST_HEAD = "Question ID,Forecaster ID,Forecaster Username,Start Time,End Time,Probability Yes\n"


def tables(questions: str = QUESTION, forecasts: str = "") -> list[Source]:
    asked, said = QUESTION_HEAD + questions + "\n", FORECAST_HEAD + forecasts + "\n"
    return [text("question_data.csv", asked), text("forecast_data.csv", said)]


def post(**given: object) -> dict[str, object]:
    asked = {
        "id": 17, "title": "Will it?", "type": "binary", "open_time": "2026-02-01T12:00:00Z",
        "scheduled_close_time": "2026-02-28T12:00:00Z", "actual_resolve_time": None, "resolution": None,
        "resolution_criteria": "As two agencies say.", "fine_print": "",
    } | given  # fmt: skip
    return {"id": 3, "title": "Will it?", "question": asked}


def read(*posts: object) -> metaculus.Entries:
    return metaculus.read([text("posts.json", json.dumps({"results": posts}))], version="0.1.0")


def refused(sources: list[Source]) -> str:
    with pytest.raises(FormatError) as error:
        metaculus.read(sources, version="0.1.0")
    return str(error.value)


def expected() -> list[object]:
    """What of the full ledger comes back: comparisons as forecasts of their own, and texts on one line."""
    found: list[object] = []
    for entry in ENTRIES:
        if isinstance(entry, Opened):
            asked = entry.question.model_copy(update={"text": clean(entry.question.text)})
            found.append((asked, entry.as_of, entry.by))
        if isinstance(entry, Forecast):
            found += [_said(entry, entry.by, entry.analysis)]
            found += [_said(compared, compared.name, "crowd") for compared in entry.comparisons]
        if isinstance(entry, Resolution):
            found.append((entry.question, entry.outcome, entry.value, entry.on))
    return found


def _said(said: Forecast | Comparison, by: str, analysis: str) -> object:
    return (by, said.as_of, said.probabilities, said.quantiles, analysis)


def given_back(entries: tuple[Written, ...]) -> list[object]:
    found: list[object] = []
    for entry in entries:
        if isinstance(entry, Opened):
            found.append((entry.question, entry.as_of, entry.by))
        elif isinstance(entry, Forecast):
            found.append(_said(entry, entry.by, entry.analysis))
        else:
            found.append((entry.question, entry.outcome, entry.value, entry.on))
    return found


def test_a_ledger_comes_back_from_tables_and_from_posts() -> None:
    book = ledger()
    from_tables = metaculus.read([Source(*file) for file in metaculus.written_csv(book)], version="0.1.0")
    from_posts = metaculus.read([Source("posts.json", metaculus.written_json(book))], version="0.1.0")
    assert sorted(map(repr, given_back(from_tables.entries))) == sorted(map(repr, expected()))
    assert sorted(map(repr, given_back(from_posts.entries))) == sorted(map(repr, expected()))
    assert len(admitted((), from_tables.entries, now=NOW)) == len(from_tables.entries)


def test_the_tables_have_their_columns_and_then_ours() -> None:
    files = dict(metaculus.written_csv(ledger()))
    for name, columns in (
        ("question_data.csv", (*QUESTIONS, *OUR_QUESTIONS)),
        ("forecast_data.csv", (*FORECASTS, *OUR_FORECASTS)),
    ):
        assert tuple(next(csv.reader(io.StringIO(files[name].decode("utf-8-sig"))))) == columns


def test_a_formula_is_disarmed_in_cells_and_whole_in_json() -> None:
    book = ledger()
    asked = metaculus.written_csv(book)[0][1].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(asked)))
    assert f"'{FORMULA}" in [row["Question Title"] for row in rows]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@", "\t", "\r"))]
    assert FORMULA in [one["title"] for one in json.loads(metaculus.written_json(book))["results"]]


def test_lists_in_cells_are_read_by_python_too() -> None:
    rows = list(csv.DictReader(io.StringIO(metaculus.written_csv(ledger())[0][1].decode("utf-8-sig"))))
    assert ast.literal_eval(rows[1]["MC Options"]) == ["Muscat", "Geneva, or elsewhere"]


def test_what_came_has_the_chance_that_was_given_to_it() -> None:
    said = list(csv.DictReader(io.StringIO(metaculus.written_csv(ledger())[1][1].decode("utf-8-sig"))))
    by_name = {(row["Slug"], row["Forecaster Username"]): row["Probability of Resolution"] for row in said}
    assert by_name["round", "A. Analyst"] == "0.8"
    assert by_name["venue", "A. Analyst"] == "0.75"
    assert by_name["round", "crowd"] == str(CROWD.probabilities[0])
    assert by_name["strike", "A. Analyst"] == ""


def test_a_download_is_read() -> None:
    lines = (
        "17,,recency_weighted,2026-02-02 00:00:00+00:00,2026-02-03 00:00:00+00:00,0.3\n"
        "17,,recency_weighted,2026-02-02 18:00:00+00:00,,0.4\n17,5,ann,2026-02-03 00:00:00+00:00,,0.9\n"
        "17,5,ann,2026-02-04 00:00:00+00:00,,"
    )
    entries = metaculus.read(tables(forecasts=lines), version="1").entries
    opened, crowd, ann, came = entries
    assert isinstance(opened, Opened)
    assert opened.question.id == "metaculus-17"
    assert isinstance(crowd, Forecast)
    assert (crowd.by, crowd.analysis, crowd.probabilities) == ("Metaculus recency_weighted", "crowd", (0.4,))
    assert isinstance(ann, Forecast)
    assert (ann.by, ann.analysis) == ("ann", "judgement")
    assert isinstance(came, Resolution)
    assert (came.outcome, str(came.on)) == ("yes", "2026-02-17")


def test_lists_are_read_as_python_writes_them() -> None:
    questions = '18,Where?,multiple_choice,2026-02-01,2026-02-28,,,"[\'Muscat\', ""O\'Hare (US)"", \'None\']"'
    said = '18,,mean,2026-02-02,,,"[0.25, 0.5, 0.25]"'
    sources = [
        text("question_data.csv", QUESTION_HEAD.strip() + ",MC Options\n" + questions),
        text("forecast_data.csv", FORECAST_HEAD.strip() + ",Probability Yes Per Category\n" + said),
    ]
    opened, crowd = metaculus.read(sources, version="1").entries
    assert isinstance(opened, Opened)
    assert opened.question.choices == ("Muscat", "O'Hare (US)", "None")
    assert isinstance(crowd, Forecast)
    assert crowd.probabilities == (0.25, 0.5, 0.25)


@pytest.mark.parametrize(
    ("sources", "says"),
    [
        (tables(forecasts="17,,mean,2026-02-02 00:00:00,,0.3"), "without one (forecast_data.csv, line 2"),
        (tables(forecasts="17,,mean,2026-02-02,,1.3"), "'1.3' is no chance"),
        (tables(forecasts="99,,mean,2026-02-02,,0.3"), "there is no question '99'"),
        (tables(forecasts="17,,mean,,,0.3"), "there is no day"),
        (tables(QUESTION + "\n" + QUESTION), "stands there twice"),
        (tables(QUESTION.replace(",yes,", ",perhaps,")), "'perhaps' is no resolution of it"),
        (tables(QUESTION.replace(",2026-02-17 09:30:00.123456+00:00", ",")), "it came out, and not when"),
        (tables(QUESTION.replace("2026-02-28 12:00:00+00:00", "")), "does not say when it closes"),
        (tables("18,,binary,,,,"), "has no id or no title"),
        (tables("18,How much?,numeric,2026-02-01,2026-02-28,,"), "its lower bound is missing"),
        (tables()[1:], "Give question_data.csv of the same download too"),
        ([text("a.csv", FORECAST_HEAD), text("q.csv", QUESTION_HEAD)], "holds no question"),
        ([text("posts.json", '{"results": [{"id": 1}]}')], "post 1: it holds no question"),
        ([text("posts.json", '{"results": []}')], "holds no question"),
    ],
)  # fmt: skip
def test_a_fault_is_named(sources: list[Source], says: str) -> None:
    assert says in refused(sources)


def test_a_post_is_read_with_its_history() -> None:
    history = [
        {"start_time": 1769990400.5, "end_time": 1770000000, "forecast_values": None, "centers": [0.25]},
        {"start_time": 1770249600.0, "end_time": None, "forecast_values": [0.25, 0.75], "centers": None},
        {"start_time": 1770349600.0, "end_time": None, "forecast_values": None, "centers": None},
    ]
    opened, first, second = read(post(aggregations={"recency_weighted": {"history": history}})).entries
    assert isinstance(opened, Opened)
    assert opened.question.sources == ("https://www.metaculus.com/questions/3/",)
    assert isinstance(first, Forecast)
    assert (str(first.as_of), first.probabilities) == ("2026-02-02", (0.25,))
    assert isinstance(second, Forecast)
    assert second.probabilities == (0.75,)


def test_both_branches_of_a_pair_hang_on_its_condition() -> None:
    pair = {name: post(id=at)["question"] for at, name in enumerate(("condition", "question_yes", "question_no"), 1)}
    asked = [entry.question for entry in read({"id": 9, "conditional": pair}).entries if isinstance(entry, Opened)]
    hangs = [(one.given.question, one.given.outcome) if one.given else None for one in asked]
    assert hangs == [None, ("metaculus-1", "yes"), ("metaculus-1", "no")]


def test_the_criteria_of_a_group_hold_for_each_of_its_questions() -> None:
    group = {"resolution_criteria": "As both say.", "questions": [post(id=1, resolution_criteria=None)["question"]]}
    opened = read({"id": 9, "group_of_questions": {"id": 4} | group}).entries[0]
    assert isinstance(opened, Opened)
    assert opened.question.id == "metaculus-1"


def test_a_question_about_a_day_is_left_out_and_said() -> None:
    read_in = read(post(), post(id=18, type="date"))
    assert len(read_in.entries) == 1
    assert "1 of 2 questions are left out" in read_in.remarks[0]


def test_a_value_beyond_the_scale_is_left_out_and_said() -> None:
    numbers = {"type": "numeric", "scaling": {"range_min": 0, "range_max": 10, "zero_point": None}}
    found = read(post(**numbers, resolution="above_upper_bound", actual_resolve_time="2026-02-20T00:00:00Z"))
    assert len(found.entries) == 1
    assert "outside the scale" in found.remarks[0]


@pytest.mark.parametrize(
    "content",
    [b"[]", b"{}", b'{"results": 7}', b'[{"question": {"id": 1}}]', b'[{"question": {"title": []}}]',
     b'[{"conditional": {}}]', b'{"results": [{"question": {"id": "' + b"x" * 10_000 + b'", "title": "a"}}]}'],
)  # fmt: skip
def test_hostile_posts_are_refused_with_a_sentence(content: bytes) -> None:
    assert len(refused([Source("posts.json", content)])) < 3_000


FIELDS = st.sampled_from(
    ["id", "title", "type", "options", "scaling", "aggregations", "m", "history", "centers", "detente", "given",
     "about", "forecast_values", "open_time", "scheduled_close_time", "start_time", "resolution", "quantiles",
     "range_min"]
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.sampled_from(["numeric", "binary"]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(FIELDS, inside, max_size=6),
    max_leaves=20,
)


@given(ANYTHING)
def test_no_post_ends_in_anything_but_entries_or_a_sentence(value: object) -> None:
    given_question = value if isinstance(value, dict) else {}
    try:
        read({"id": 1, "question": post()["question"] | given_question})  # type: ignore[operator]
    except DetenteError:
        return


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=5, unique=True),
       st.lists(st.floats(-50, 50), min_size=5, max_size=5, unique=True))  # fmt: skip
def test_a_distribution_through_quantiles_rises_from_end_to_end(shares: list[float], values: list[float]) -> None:
    quantiles = tuple(zip(sorted(shares), sorted(values)[: len(shares)], strict=True))
    cdf = cdf_of(quantiles, -60.0, 60.0)
    assert cdf[0] == 0
    assert cdf[-1] == 1
    assert all(later >= earlier for earlier, later in itertools.pairwise(cdf))
    ends = percentiles_of(quantiles, -60.0, 60.0)
    assert list(ends) == sorted(ends)


def test_quantiles_come_back_from_their_distribution() -> None:
    told = ((0.05, 10.0), (0.25, 20.0), (0.5, 30.0), (0.75, 60.0), (0.95, 90.0))
    found = quantiles_of(cdf_of(told, 0.0, 100.0), 0.0, 100.0)
    assert [value for _, value in found] == pytest.approx([value for _, value in told])


def test_a_scale_in_equal_ratios_is_read_as_such() -> None:
    # Halfway along a scale from 1 to 100 around zero lies ten.
    assert quantiles_of([0.0, 0.5, 1.0], 1.0, 100.0, zero=0.0)[2] == pytest.approx((0.5, 10.0))
