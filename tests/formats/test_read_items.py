"""What was read goes out to other programs, and every quote is found again in the text by what went out."""

import csv as table
import functools
import io
import json
import re
import tempfile
from pathlib import Path

import duckdb
import pytest
from tests.cli.samples import ARTICLE

from detente.brief.highlighted import highlighted
from detente.brief.html import render
from detente.desk.read import read
from detente.formats.dna import dna
from detente.formats.parquet import parquet
from detente.formats.plover import events, is_fact, plover
from detente.formats.read_items import COLUMNS, csv, jsonl
from detente.read.items import Item, Reading, verified

# Quotes that begin like a formula, with marks of CSV, HTML and JSON, line breaks, and characters of other planes.
NASTY = (
    "Published: 2 March 2026\n\nEnvoys <b>meet</b> & talk 🕊\n\n"
    "=Iran demanded that Oman discuss \"the water\"; it said, 'no', Iran\rrefused to discuss\u2028missiles with "
    "Oman.\n\n"
    "-Oman struck an Iranian base on Sunday. +Iran warned that it would strike Oman if Oman </script> attacked.\n\n"
    "\u202eIran met Oman in Muscat on Monday.\u202c\n"
)


@functools.cache
def readings() -> tuple[Reading, ...]:
    with tempfile.TemporaryDirectory() as place:
        for name, text in (("dam.txt", ARTICLE), ("nasty.txt", NASTY)):
            Path(place, name).write_bytes(text.encode())
        return read(Path(place))


def texts() -> dict[str, str]:
    return {reading.document.sha256: reading.document.text for reading in readings()}


def rows(content: bytes) -> list[dict[str, str]]:
    """The rows as the documentation says they are read back: an apostrophe before a formula taken away."""
    found = list(table.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return [{k: v[1:] if re.match(r"''*[=+\-@]", v) else v for k, v in row.items()} for row in found]


def test_there_is_something_to_write() -> None:
    assert all(len(reading.items) > 3 for reading in readings())
    assert any(e["quote"][0] in "=-+" for reading in readings() for e in events(reading)) or any(
        item.clause().quote[0] in "=-+" for reading in readings() for item in reading.items
    )


def test_jsonl_gives_every_item_back_and_its_quotes_stand_in_the_text() -> None:
    lines = b"".join(jsonl(readings())).decode().split("\n")[:-1]
    found = [json.loads(line) for line in lines]
    back = [Item.model_validate(row["item"]) for row in found]
    assert back == [item for reading in readings() for item in reading.items]
    for row, item in zip(found, back, strict=True):
        assert verified(item, texts()[row["document"]["sha256"]]) == item
        assert "text" not in row["document"]


def test_csv_gives_every_quote_back_in_its_place() -> None:
    found = rows(b"".join(csv(readings())))
    assert tuple(found[0]) == COLUMNS
    assert [row["item"] for row in found] == [item.id for reading in readings() for item in reading.items]
    for row in found:
        assert texts()[row["sha256"]][int(row["start"]) : int(row["end"])] == row["quote"]


def test_parquet_gives_every_quote_back_in_its_place_and_numbers_as_numbers(tmp_path: Path) -> None:
    (tmp_path / "items.parquet").write_bytes(b"".join(parquet(readings())))
    found = duckdb.read_parquet(str(tmp_path / "items.parquet"))
    assert tuple(found.columns) == COLUMNS
    back = [dict(zip(COLUMNS, row, strict=True)) for row in found.fetchall()]
    assert [row["item"] for row in back] == [item.id for reading in readings() for item in reading.items]
    for row in back:
        assert texts()[row["sha256"]][int(row["start"]) : int(row["end"])] == row["quote"]


@pytest.mark.parametrize("write", [csv, dna])
def test_no_cell_is_a_formula(write: object) -> None:
    content = b"".join(write(readings()))  # type: ignore[operator]
    cells = [cell for row in table.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_events_are_facts_with_their_sentences() -> None:
    found = json.loads(b"".join(plover(readings())))
    facts = {item.id for reading in readings() for item in reading.items if is_fact(item)}
    assert {event["id"] for event in found} == facts
    assert {"CONSULT", "MOBILIZE"} <= {event["event_type"] for event in found}
    assert not {"WANT", "ASSESS"} & {event["event_type"] for event in found}
    for event in found:
        text = texts()[event["document"]["sha256"]]
        for part in (event["sentence"], *event["actor"], *event["recipient"]):
            assert text[part["start"] : part["end"]] == part["text"]
        assert text[event["start"] : event["end"]] == event["quote"]
        assert event["actor"] or event["recipient"]


def test_an_event_has_a_day_and_says_how_it_is_known() -> None:
    (dated,) = (e for e in events(readings()[1]) if e["event_type"] == "CONSULT")
    assert (dated["date"], dated["date_basis"]) == ("2026-03-02", "document-date")
    undated = {e["date_basis"] for e in events(readings()[0]) if e["date"] is None}
    assert undated <= {"unknown"}


def test_what_somebody_claims_is_no_event() -> None:
    (told,) = read(b"Egypt said that Kenya had attacked Ghana. Iran struck Oman on Monday.")
    struck = [event for event in events(told) if event["event_type"] == "ASSAULT"]
    assert [item.act for item in told.items].count("ASSAULT") == 2
    assert [event["actor"][0]["name"] for event in struck] == ["Iran"]


def test_a_statement_agrees_or_disagrees_and_stands_in_its_text() -> None:
    found = rows(b"".join(dna(readings())))
    by_file = {r.document.sha256: r for r in readings()}
    texts_of = {item.id: by_file[item.doc_sha256].document.text for r in readings() for item in r.items}
    assert {row["agreement"] for row in found} == {"0", "1"}
    for row in found:
        assert texts_of[row["item"]][int(row["start"]) : int(row["stop"])] == row["text"]
    refused = [row for row in found if "refused to discuss water" in row["text"]]
    assert {(r["organisation"], r["concept"], r["agreement"]) for r in refused} == {
        ("Kyrgyzstan", "water (on the agenda)", "0")
    }


def test_the_page_shows_every_text_whole_with_its_quotes_in_place_and_asks_nothing_of_others() -> None:
    page = render(highlighted(readings(), title="Two <reports>"))
    assert page.count('id="in-text-e') == sum(len(reading.items) for reading in readings())
    assert "This quote does not stand" not in page
    assert "<title>Two &lt;reports&gt;</title>" in page
    assert not re.search(r"<(?:script|img|link|iframe)[^>]+(?:src|href)=", page)
    assert "attacked.</script>" not in page
    assert page == render(highlighted(readings(), title="Two <reports>"))
