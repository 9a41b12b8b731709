"""What changed since a day is told with the sentences, and nothing that was known later is told."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from tests.desk.articles import CALMER, FIRST, LATER, added, readings_of

from detente.desk import review
from detente.desk.changes import Change, Changes, as_json, as_text, changes
from detente.desk.record import opened
from detente.errors import UsageError
from detente.read.items import Item, Reading
from detente.read.turns import breaks_off, takes_back

HARBOUR = Path("harbour")
DAY = dt.date


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of three documents, made once; not to be changed."""
    folder = tmp_path_factory.mktemp("grown")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        added(FIRST)
        added(LATER, name="later.txt")
        added(CALMER, name="calmer.txt")
    return folder / HARBOUR


@pytest.fixture
def harbour(grown: Path) -> Path:
    shutil.copytree(grown, HARBOUR)
    return HARBOUR


def texts(rows: tuple[Change, ...]) -> str:
    return "\n".join(r.text for r in rows)


def test_who_moved_is_told_with_both_sentences(harbour: Path) -> None:
    found = changes(harbour, since=DAY(2026, 3, 10))
    (moved,) = [c for c in found.moved if "Kyrgyzstan" in c.text]
    assert moved.text == "Kyrgyzstan takes up water sharing; before: Kyrgyzstan refuses to discuss water sharing"
    assert [q.day for q in moved.before] == [DAY(2026, 3, 2)]
    assert moved.before[0].sentence.startswith("Kyrgyzstan refused to discuss water releases and said")
    assert any("is ready to discuss" in q.sentence for q in moved.since)


def test_threats_made_withdrawn_and_carried_out_are_told_apart(harbour: Path) -> None:
    found = changes(harbour, since=DAY(2026, 3, 10))
    assert texts(found.made).startswith("threat: Kazakhstan to Uzbekistan, sanction")
    assert len(found.made) == 1
    assert [q.document for c in found.withdrawn for q in c.before] == ["dam"]
    assert "Kyrgyzstan to Uzbekistan, strike" in texts(found.withdrawn)
    (done,) = found.carried_out
    assert "then incident: assault by Kyrgyzstan" in done.text
    assert [q.document for q in done.since] == ["later"]


def test_an_act_reported_with_a_threat_does_not_carry_it_out(harbour: Path) -> None:
    assert changes(harbour, since=DAY(2026, 3, 1), as_of=DAY(2026, 3, 5)).carried_out == ()


def test_tables_that_opened_and_talks_that_collapsed_are_told(harbour: Path) -> None:
    found = changes(harbour, since=DAY(2026, 3, 10))
    assert "Uzbekistan" in texts(found.collapsed)
    assert any("collapsed on Tuesday" in q.sentence for c in found.collapsed for q in c.since)
    assert "Turkmenistan" in texts((*found.opened, *found.met))


def test_what_was_published_later_is_left_out(harbour: Path) -> None:
    found = changes(harbour, since=DAY(2026, 3, 10), as_of=DAY(2026, 3, 15))
    assert (found.documents, found.left_out) == (("later.txt",), ("calmer.txt",))
    assert found.withdrawn == ()
    assert "step" not in as_text(found).replace("calmer.txt", "")
    assert "Left out, published or reported later: calmer.txt" in as_text(found)


def test_a_day_without_documents_changes_nothing(harbour: Path) -> None:
    found = changes(harbour, since=DAY(2027, 1, 1))
    assert as_text(found) == "harbour since 2027-01-01: 0 documents\nNothing changed."


def test_days_the_wrong_way_round_are_refused(harbour: Path) -> None:
    with pytest.raises(UsageError, match="lies before --since"):
        changes(harbour, since=DAY(2026, 3, 10), as_of=DAY(2026, 3, 9))


def test_a_rejected_item_is_no_change(harbour: Path) -> None:
    (made,) = [e for e in opened(harbour).entries if "Kazakhstan threatened" in e.read.clause().quote]
    review.decide(harbour, by="Ann", reject=(made.id,))
    assert changes(harbour, since=DAY(2026, 3, 10)).made == ()


def test_an_undated_document_counts_from_the_day_it_was_added() -> None:
    added(FIRST.split("\n\n", 1)[1])
    today = dt.datetime.now(dt.UTC).date()
    found = changes(HARBOUR, since=today)
    assert (found.documents, found.undated) == (("dam.txt",), ("dam.txt",))
    assert changes(HARBOUR, since=today + dt.timedelta(1)).documents == ()
    assert changes(HARBOUR, since=DAY(2020, 1, 1), as_of=DAY(2020, 1, 2)).left_out == ("dam.txt",)


def test_two_statements_of_one_office_are_one_source() -> None:
    added(FIRST)
    said = "Iran is ready to discuss missiles, Foreign Minister Abbas Araghchi said."
    for day in (5, 6):
        added(f"Published: {day} March 2026\n\n{said} It was day {day}.\n", name=f"d{day}.txt")
    found = changes(HARBOUR, since=DAY(2026, 3, 4))
    (moved,) = [c for c in found.moved if "Iran" in c.text]
    assert moved.sources == 1


def test_the_changes_in_json_say_the_same(harbour: Path) -> None:
    found: Changes = changes(harbour, since=DAY(2026, 3, 10))
    told = json.loads(as_json(found))
    assert (told["schema"], told["since"]) == ("detente.changes/1", "2026-03-10")
    assert [c["text"] for c in told["moved"]] == [c.text for c in found.moved]


def read_one(text: str) -> list[tuple[Item, Reading]]:
    Path("one.txt").write_text(text, encoding="utf-8")
    (reading,) = readings_of(text, "one.txt")
    return [(i, reading) for i in reading.items]


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Talks between Iran and the United States collapsed on Tuesday.", True),
        ("Iran walked out of the talks with the United States.", True),
        ("Negotiations between Iran and the United States broke down.", True),
        ("Talks between Iran and the United States did not collapse.", False),
        ("Iran and the United States resumed talks in Muscat.", False),
        ("Iran and the United States will hold talks in Muscat.", False),
    ],
)
def test_talks_that_broke_off_are_told_from_those_that_go_on(text: str, ended: bool) -> None:
    assert any(breaks_off(i, r) for i, r in read_one(text)) is ended


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Iran withdrew its threat to strike Israel.", True),
        ("Israel lifted the threat of sanctions against Iran.", True),
        ("Iran threatened to strike Israel.", False),
        ("Iran repeated its threat to strike Israel.", False),
    ],
)
def test_a_threat_taken_back_is_told_from_one_that_is_made(text: str, back: bool) -> None:
    assert any(takes_back(i, r) for i, r in read_one(text)) is back
