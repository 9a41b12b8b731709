"""That the short form says what the items say, each row once and with its quote."""

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.read.items import Reading
from detente.read.summary import Summary, summarise

ROOT = Path(__file__).resolve().parents[2]
Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def short(story: Reading) -> Summary:
    return summarise(story)


def events(short: Summary) -> set[tuple[str, str | None, str | None]]:
    return {(row["act"], row["source"], row["target"]) for row in short["events"]}


def test_the_summary_has_exactly_its_eight_parts(short: Summary) -> None:
    assert list(short) == ["parties", "issues", "mediators", "hosts", "venues", "stances", "threats", "events"]
    assert set(short["stances"][0]) == {"party", "issue", "stance", "to", "about", "quote", "start", "end"}
    assert set(short["threats"][0]) == {"by", "against", "condition", "quote", "start", "end"}
    assert set(short["events"][0]) == {"act", "source", "target", "quote", "start", "end"}


def test_every_quote_is_the_documents_own_and_lies_in_one_sentence(short: Summary, story: Reading) -> None:
    text = story.document.text
    rows = [*short["parties"], *short["issues"], *short["hosts"], *short["venues"]]
    cited = [*rows, *short["stances"], *short["threats"], *short["events"]]
    for row in cited:
        assert text[row["start"] : row["end"]] == row["quote"]
        assert [s for s in story.sentences if s.start <= row["start"] and row["end"] <= s.end], row["quote"]


def test_the_six_parties_and_three_issues_of_the_article_are_there(short: Summary) -> None:
    assert {row["name"] for row in short["parties"]} == {
        "Israel",
        "United States",
        "Iran",
        "Oman",
        "Hezbollah",
        "Hamas",
    }
    assert {"nuclear", "missiles", "proxies"} <= {row["name"] for row in short["issues"]}


def test_the_articles_events_are_there_and_no_strike_is(short: Summary) -> None:
    found = events(short)
    assert ("CONSULT", "United States", "Iran") in found
    assert ("CONSULT", "Israel", "United States") in found
    assert ("AGREE", "United States", "Iran") in found
    assert ("COERCE", "United States", "Iran") in found
    assert [row for row in found if row[:2] == ("MOBILIZE", "United States")]
    assert [row for row in found if row[0] == "ASSAULT"] == [("ASSAULT", None, "Iran")]
    assert not [row for row in found if row[:2] == ("THREATEN", "United States")]


def test_no_row_stands_twice(short: Summary) -> None:
    assert len(events(short)) == len(short["events"])
    told = [(s["party"], s["issue"], s["stance"], s["to"]) for s in short["stances"]]
    assert len(set(told)) == len(told)


def test_a_meeting_is_one_row_whichever_side_is_named_first(reader: Read) -> None:
    short = summarise(reader("France met Germany on Monday. On Friday, Germany met France."))
    assert [(e["act"], {e["source"], e["target"]}) for e in short["events"]] == [("CONSULT", {"France", "Germany"})]


def test_a_condition_is_cited_whole(reader: Read) -> None:
    (threat,) = summarise(reader("Should Israel annex the valley, Jordan would suspend the treaty."))["threats"]
    assert threat["condition"] == "Should Israel annex the valley"
    assert (threat["by"], threat["against"]) == ("Jordan", "Israel")


def test_a_text_about_nothing_gives_empty_lists(reader: Read) -> None:
    assert not any(summarise(reader("The weather was mild and the garden full of roses.")).values())


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Thailand and Cambodia extended a ceasefire after talks in Kuala Lumpur mediated by Malaysia.", {"Malaysia"}),
        ("Chad and Sudan signed an accord on Friday in talks brokered by Qatar and Egypt.", {"Qatar", "Egypt"}),
        ("Chad and Sudan held talks on Friday. Qatar was represented by its ambassador.", set()),
    ],
)
def test_who_mediates_is_who_the_text_says_does(reader: Read, text: str, want: set[str]) -> None:
    assert {row["name"] for row in summarise(reader(text))["mediators"]} == want


def test_the_deployments_are_not_quoted_with_the_interception(short: Summary) -> None:
    moved = [row["quote"] for row in short["events"] if row["act"] == "MOBILIZE"]
    assert moved
    assert all("interception" not in quote for quote in moved)
