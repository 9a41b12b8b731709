"""What `read` gives back, in words and as JSON."""

import json
from pathlib import Path

import pytest
from tests.cli.samples import ARTICLE

from detente.desk.read import as_json, as_text, read
from detente.errors import DocumentError
from detente.read.items import Reading


def test_every_line_of_the_short_form_has_its_quote(reading: Reading) -> None:
    head, *lines = as_text((reading,)).splitlines()
    assert head == f"Dam talks resume in Astana as Uzbekistan presses Kyrgyzstan: {len(reading.items)} items"
    assert len(lines) == 2 * len(reading.items)
    for line in lines[1::2]:
        assert line.strip(" “”") in " ".join(ARTICLE.split())


def test_one_document_is_an_object_and_several_are_a_list(reading: Reading) -> None:
    assert json.loads(as_json((reading,)))["id"] == "standard-input"
    assert [row["id"] for row in json.loads(as_json((reading, reading)))] == ["standard-input"] * 2


def test_the_summary_finds_what_the_article_is_about(reading: Reading) -> None:
    summary = json.loads(as_json((reading,)))["summary"]
    assert {p["name"] for p in summary["parties"]} >= {"Uzbekistan", "Kyrgyzstan", "Kazakhstan", "Russia"}
    stances = {(s["party"], s["issue"], s["stance"]) for s in summary["stances"]}
    assert {("Uzbekistan", "water", "demand"), ("Kyrgyzstan", "water", "refuse")} <= stances
    (threat,) = summary["threats"]
    assert (threat["by"], threat["against"]) == ("Kyrgyzstan", "Uzbekistan")
    assert "closed the border" in threat["condition"]
    assert {m["name"] for m in summary["mediators"]} == {"Kazakhstan"}
    assert {"MOBILIZE", "ASSAULT", "SUPPORT", "CONSULT"} <= {e["act"] for e in summary["events"]}
    assert all(ARTICLE[e["start"] : e["end"]] == e["quote"] for group in summary.values() for e in group)


def test_progress_names_what_is_being_read() -> None:
    said: list[str] = []
    read(b"The two sides met.", progress=said.append)
    assert said[-1] == "reading standard input (1 of 1)"


def test_a_folder_gives_each_text_once_and_keeps_its_order() -> None:
    for name, text in (("a", "Talks went on."), ("b", "Talks ended."), ("c", "Talks went on.")):
        Path(f"{name}.txt").write_text(text, encoding="utf-8")
    assert [r.document.name for r in read(Path())] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("name", ["nowhere.txt", "x" * 300, "a\0b.txt"])
def test_a_path_that_leads_nowhere_is_refused(name: str) -> None:
    with pytest.raises(DocumentError):
        read(Path(name))
