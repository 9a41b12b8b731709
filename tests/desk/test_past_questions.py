"""Past questions from a file, beside a case: what is used, what is left out, and what the case may speak of."""

import json
from pathlib import Path

import pytest

from detente.backtest.questions import CASE_CLASSES, CASE_SPOKEN, CLASSES, CLIMATOLOGY, HALF, MODEL_SPOKEN, Said
from detente.desk.past_questions import TriedQuestions, as_json, ask_past_questions, in_words
from detente.errors import FormatError, UsageError

CASE = Path(__file__).resolve().parents[2] / "examples" / "us-iran-2026"
HEADS = "source,id,question,freeze_date,crowd_value_at_freeze,market_close,resolution_date,resolved_to,resolved"
ROWS = (
    "shop,deal,US x Iran peace deal by June 30?,2026-02-09,0.2,2026-06-30,2026-06-17,1.0,True",
    "shop,early,US x Iran peace deal by May 1?,2026-02-01,0.3,2026-05-01,2026-05-01,0.0,True",
    "shop,blow,Will Iran strike Israel by March 31?,2026-02-09,0.4,2026-03-31,2026-03-31,0.0,True",
    "shop,away,Will Chile strike Peru by March 31?,2026-02-09,0.05,2026-03-31,2026-03-31,0.0,True",
    "shop,cup,Will Iran win the cup?,2026-02-09,0.01,2026-07-19,2026-07-19,0.0,True",
    "shop,open,US x Iran peace deal by July 31?,2026-02-09,0.2,2026-07-31,,,False",
)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("questions") / "asked.csv"
    file.write_text("\n".join([HEADS, *ROWS]) + "\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def tried(table: Path) -> TriedQuestions:
    return ask_past_questions(table, case=CASE, draws=64)


def said(tried: TriedQuestions, name: str) -> Said:
    return next(one for one in tried.found.said if one.question.id == f"shop:{name}")


def test_what_has_not_come_out_is_left_out_and_counted(tried: TriedQuestions) -> None:
    assert len(tried.found.said) == 5
    assert "1 of 6 rows are left out" in in_words(tried)


def test_the_case_speaks_of_its_own_parties_from_its_day_on(tried: TriedQuestions) -> None:
    about = {one.question.id.removeprefix("shop:"): one.question.case for one in tried.found.said}
    assert about == {"deal": True, "early": False, "blow": True, "away": False, "cup": False}
    assert CASE_CLASSES in said(tried, "deal").chance
    assert CASE_CLASSES not in said(tried, "early").chance


def test_the_last_day_of_the_text_holds_over_that_of_the_market(tmp_path: Path) -> None:
    file = tmp_path / "asked.csv"
    rows = (ROWS[0].replace("2026-06-30", "2026-03-31"), ROWS[4])
    file.write_text("\n".join([HEADS, *rows]) + "\n", encoding="utf-8")
    found = {one.question.id: str(one.question.closes) for one in ask_past_questions(file).found.said}
    assert found == {"shop:deal": "2026-06-30", "shop:cup": "2026-07-19"}


def test_classes_speak_where_the_text_is_plain(tried: TriedQuestions) -> None:
    speaking = {one.question.id.removeprefix("shop:") for one in tried.found.said if CLASSES in one.chance}
    assert speaking == {"deal", "early", "blow", "away"}


def test_the_model_stands_apart_world_by_world_and_weighs_nothing(tried: TriedQuestions) -> None:
    chance = said(tried, "deal").chance
    worlds = [name for name in chance if name.startswith("model, ")]
    assert len(worlds) > 1
    for name in worlds:
        assert chance[name.replace("model", "classes and model")] == pytest.approx(chance[CASE_CLASSES])
    assert {one.weight for one in tried.found.path} == {0.0}
    assert tried.found.of(MODEL_SPOKEN) is not None
    assert "is 0 throughout" in " ".join(in_words(tried).split())


def test_the_data_hold_every_row_with_what_was_said_of_it(tried: TriedQuestions, table: Path) -> None:
    found = json.loads(as_json(tried))
    assert found["schema"] == "detente.backtest-questions/1"
    assert (found["case"], found["files"][0]["name"]) == ("us-iran-2026", table.name)
    rows = {row["id"]: row for row in found["rows"]}
    assert rows["shop:blow"]["event"] == "force"
    assert rows["shop:cup"]["chances"].keys() == {"crowd", CLIMATOLOGY, HALF}
    assert {one["group"] for one in found["groups"]} >= {"every row", "iran", CASE_SPOKEN}
    first = found["groups"][0]["forecasters"][0]
    assert first["brier"]["value"] == pytest.approx((0.8**2 + 0.3**2 + 0.4**2 + 0.05**2 + 0.01**2) / 5)


def test_a_question_that_was_settled_before_it_was_asked_is_left_out(shared_dir: Path) -> None:
    record = shared_dir / "data" / "record" / "questions.jsonl"
    if not record.exists():
        pytest.skip("the dated record is not here")
    found = ask_past_questions(record)
    assert [one.question.id for one in found.found.said if one.question.id.endswith("Q30")] == []
    assert len(found.found.said) == 29
    assert "settled before the day they are asked on: 1 (Q30)" in in_words(found)
    assert "crowd" not in {name for one in found.found.said for name in one.chance}


def test_without_a_case_nothing_of_one_is_told(table: Path) -> None:
    found = ask_past_questions(table)
    assert (found.case, found.features, found.found.path) == (None, None, ())
    assert "The model was asked about none" in in_words(found)


def test_a_case_without_a_day_is_refused(table: Path, tmp_path: Path) -> None:
    case = tmp_path / "situation.yaml"
    case.write_text("title: t\n", encoding="utf-8")
    with pytest.raises(UsageError, match="Give it 'as_of'"):
        ask_past_questions(table, case=case)


def test_a_folder_without_question_sets_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="Give a file of questions"):
        ask_past_questions(tmp_path)


def test_questions_that_are_all_open_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "asked.csv"
    file.write_text("\n".join([HEADS, ROWS[-1]]) + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match="None of the questions has come out"):
        ask_past_questions(file)
