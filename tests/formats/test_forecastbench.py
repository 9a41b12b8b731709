"""ForecastBench: what its tables and sets say is found again, and what is wrong with them is named."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.ledgers import text

from detente.errors import DetenteError, FormatError
from detente.formats import forecastbench
from detente.formats.question_rows import QuestionRow
from detente.formats.row_entries import entries_of, rows_of
from detente.formats.score_table import Source

HEAD = "forecast_due_date,source,id,freeze_date,crowd_value_at_freeze,resolution_date,resolved_to\n"
GOOD = "2026-02-15,infer,17,2026-02-05,0.25,2026-03-01,0.0\n"


def table(*lines: str, head: str = HEAD) -> Source:
    return text("table.csv", head + "".join(f"{line}\n" for line in lines))


def refused(*lines: str, head: str = HEAD) -> str:
    with pytest.raises(FormatError) as error:
        forecastbench.read([table(*lines, head=head)])
    return str(error.value)


@pytest.fixture(scope="module")
def resolved(shared_dir: Path) -> tuple[QuestionRow, ...]:
    path = shared_dir / "data" / "product" / "forecastbench_crowd_resolved.csv"
    if not path.exists():
        pytest.skip("forecastbench_crowd_resolved.csv is not there")
    return forecastbench.read([Source(path.name, path.read_bytes())]).rows


def test_the_published_crowd_is_found_again(resolved: tuple[QuestionRow, ...]) -> None:
    errors = [(row.crowd - row.outcome) ** 2 for row in resolved if row.crowd is not None and row.outcome is not None]
    assert len(errors) == len(resolved) == 1958
    assert round(sum(errors) / len(errors), 4) == 0.0916
    assert all(row.resolved is not None and row.resolved >= row.frozen for row in resolved)


def test_questions_about_iran_are_82_at_their_first_freeze(shared_dir: Path) -> None:
    path = shared_dir / "data" / "product" / "forecastbench_geopolitics_questions.csv"
    if not path.exists():
        pytest.skip("forecastbench_geopolitics_questions.csv is not there")
    rows = forecastbench.read([Source(path.name, path.read_bytes())]).rows
    told = [row for row in rows if any(w in row.text.lower() for w in ("iran", "khamenei", "hormuz"))]
    scored = [row for row in told if row.outcome is not None and row.crowd is not None]
    first: dict[tuple[str, str], float] = {}
    for row in sorted(scored, key=lambda row: row.frozen):
        first.setdefault((row.source, row.id), ((row.crowd or 0.0) - (row.outcome or 0)) ** 2)
    assert len(first) == 82
    assert round(sum(first.values()) / 82, 4) == 0.1636


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2026-02-15,infer,17,2026-02-05,1.25,,", "line 2, column 'crowd_value_at_freeze': '1.25' is no chance"),
        ("2026-02-15,infer,17,2026-02-05,-0.1,,", "'-0.1' is no chance"),
        ("2026-02-15,infer,17,2026-02-05,1e999,,", "'1e999' is no chance"),
        ("2026-02-15,infer,17,2026-02-05,half,,", "'half' is no chance"),
        ("2026-02-15,infer,17,,0.5,,", "column 'freeze_date': there is no day"),
        ("2026-02-15,infer,17,2026-02-30,0.5,,", "'2026-02-30' is no day of the calendar"),
        ("2026-02-15,infer,17,8.2.2026,0.5,,", "'8.2.2026' is no day. Write 2026-02-08"),
        ("2026-02-15,,17,2026-02-05,0.5,,", "column 'source': there is nothing here"),
        ("2026-02-15,infer,17,2026-02-05,0.5,2026-03-01", "6 columns, not 7"),
    ],
)
def test_a_fault_is_named_by_line_and_column(line: str, says: str) -> None:
    assert says in refused(line)


def test_every_fault_is_told_at_once() -> None:
    told = refused("2026-02-15,infer,17,2026-02-05,2,,", "2026-02-15,infer,18,soon,0.5,,")
    assert "2 faults" in told
    assert "line 2" in told
    assert "line 3" in told


def test_nan_is_no_value_and_never_a_number() -> None:
    rows = forecastbench.read([table("2026-02-15,infer,17,2026-02-05,nan,,NaN")]).rows
    assert rows[0].crowd is None
    assert rows[0].outcome is None


def test_a_question_twice_at_one_freeze_is_refused() -> None:
    assert "stand in line 2 already" in refused(GOOD.strip(), GOOD.strip())


def test_a_time_without_its_offset_is_refused_and_the_mixture_is_named() -> None:
    head = HEAD.replace("freeze_date,", "freeze_datetime,")
    told = refused(
        "2026-02-15,infer,17,2026-02-05T00:00:00+00:00,0.5,,",
        "2026-02-15,infer,18,2026-02-05 23:00:00,0.5,,",
        head=head,
    )
    assert "times with an offset (line 2, column 'freeze_datetime')" in told
    assert "without one (line 3, column 'freeze_datetime') are mixed" in told
    assert "2026-02-05T23:00:00Z if it is UTC" in told


def test_a_time_counts_as_the_day_it_is_in_utc() -> None:
    head = HEAD.replace("freeze_date,", "freeze_datetime,")
    rows = forecastbench.read([table("2026-02-15,infer,17,2026-02-05T23:30:00-05:00,0.5,,", head=head)]).rows
    assert str(rows[0].frozen) == "2026-02-06"


def test_a_table_that_lacks_a_column_says_which() -> None:
    assert "no column 'freeze_date'" in refused("infer,17,0.5", head="source,id,crowd_value_at_freeze\n")
    assert "'id' heads two columns" in refused("a,b,c,0.5,2026-02-05", head=HEAD[:18].replace("forecast_due_date,", "")
                                               + "source,id,id,crowd_value_at_freeze,freeze_date\n")  # fmt: skip


def question_set(*questions: object, due: str = "2026-02-15") -> Source:
    return text("2026-02-15-llm.json", json.dumps({"forecast_due_date": due, "questions": questions}))


def market(**given: object) -> dict[str, object]:
    return {
        "id": "m1", "source": "polymarket", "question": "Will it?", "freeze_datetime": "2026-02-05T00:00:00+00:00",
        "freeze_datetime_value": "0.35", "market_info_close_datetime": "2026-06-30T23:59:00+00:00",
        "market_info_resolution_criteria": "As two agencies say.", "resolution_criteria": "As the market says.",
        "resolution_dates": "N/A", "url": "https://example.org/m1",
    } | given  # fmt: skip


def resolution_set(*resolutions: object) -> Source:
    content = {"forecast_due_date": "2026-02-15", "question_set": "x", "resolutions": resolutions}
    return text("2026-02-15_resolution_set.json", json.dumps(content))


def came(to: object, on: str = "2026-03-01", *, resolved: object = True) -> dict[str, object]:
    return {"id": "m1", "source": "polymarket", "direction": None, "resolution_date": on, "resolved_to": to,
            "resolved": resolved}  # fmt: skip


def test_a_question_set_is_joined_to_its_resolutions() -> None:
    read = forecastbench.read([question_set(market()), resolution_set(came(1.0))])
    row = read.rows[0]
    assert (row.crowd, row.outcome, str(row.resolved), row.criteria) == (0.35, 1, "2026-03-01", "As two agencies say.")
    assert (str(row.frozen), str(row.closes), str(row.due)) == ("2026-02-05", "2026-06-30", "2026-02-15")


def test_what_is_not_resolved_has_no_outcome_whatever_stands_there() -> None:
    assert (
        forecastbench.read([question_set(market()), resolution_set(came(1.0, resolved=False))]).rows[0].resolved is None
    )


def test_of_several_resolutions_the_first_counts() -> None:
    sets = [
        question_set(market()),
        resolution_set(came(1, "2026-04-01"), came(1, "2026-03-01"), came(0.4, resolved=False)),
    ]
    assert str(forecastbench.read(sets).rows[0].resolved) == "2026-03-01"


def test_a_market_that_pays_a_share_came_out_as_neither_and_is_not_scored() -> None:
    read = forecastbench.read([question_set(market()), resolution_set(came(0.4))])
    assert read.rows[0].outcome is None
    assert "1 of 1 questions came out as neither yes nor no" in read.remarks[0]


def test_questions_without_a_crowd_are_left_out_and_said() -> None:
    series = market(id="s", resolution_dates=["2026-03-01"], freeze_datetime_value="12345.6")
    both = market(id=["m1", "m2"])
    read = forecastbench.read([question_set(market(), series, both)])
    assert len(read.rows) == 1
    assert len(read.remarks) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'{"questions": 1}', b"\xff\xfe\x00", b"[" * 100_000, b'{"questions": [], "questions": []}',
     b"1" * 5000,
     b'{"forecast_due_date": "2026-02-15", "questions": [NaN]}', b'{"forecast_due_date": null, "questions": [null, 1]}',
     b'{"resolutions": [], "forecast_due_date": "2026-02-15"}', b'"' + b"x" * 10_000_001 + b'"'],
    ids=range(11),
)  # fmt: skip
def test_hostile_json_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(FormatError) as error:
        forecastbench.read([Source("set.json", content)])
    assert len(str(error.value)) < 2_000


@given(st.binary(max_size=300))
def test_no_table_ends_in_anything_but_rows_or_a_sentence(content: bytes) -> None:
    try:
        forecastbench.read([Source("a.csv", HEAD.encode() + content)])
    except DetenteError:
        return


def test_rows_become_entries_and_rows_again() -> None:
    rows = forecastbench.read([table(GOOD.strip(), "2026-03-01,infer,17,2026-02-20,0.5,2026-03-01,0.0")]).rows
    entries, remarks = entries_of(rows, version="1")
    assert [entry.kind for entry in entries] == ["question", "forecast", "forecast", "resolution"]
    assert remarks == ()
    again = rows_of(entries, source="infer").rows
    assert [(row.crowd, row.frozen, row.outcome) for row in again] == [(0.25, rows[0].frozen, 0)]


def test_a_resolution_whose_day_has_not_come_is_left_out() -> None:
    rows = forecastbench.read([table(GOOD.strip())]).rows
    entries, remarks = entries_of(rows, version="1", today=rows[0].frozen)
    assert [entry.kind for entry in entries] == ["question", "forecast"]
    assert remarks == ("1 resolutions are left out: their day has not come yet.",)


def test_what_was_settled_before_it_was_asked_is_left_out_of_a_ledger() -> None:
    rows = forecastbench.read([table("2026-02-15,infer,17,2026-02-05,0.25,2026-02-01,0.0")]).rows
    entries, remarks = entries_of(rows, version="1")
    assert entries == ()
    assert "settled before" in remarks[0]


def test_two_questions_that_would_share_an_id_are_refused() -> None:
    rows = forecastbench.read(
        [table("2026-02-15,manifold,aB,2026-02-05,0.25,,", "2026-02-15,manifold,ab,2026-02-05,0.5,,")]
    )
    with pytest.raises(FormatError, match="would get the same id"):
        entries_of(rows.rows, version="1")
