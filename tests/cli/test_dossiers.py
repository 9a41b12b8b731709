"""A kept article: what `check` and `brief` say of it, of hand edits, and of damage."""

import json
import re
from pathlib import Path

import pytest
from tests.cli.samples import refused, run

from detente.desk.case import open_case
from detente.situation.store import load


def edited(dossier: Path, pattern: str, new: str) -> None:
    """Change the situation by hand, at the first place that fits."""
    file = dossier / "situation.yaml"
    text, count = re.subn(pattern, new, file.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert count == 1
    file.write_text(text, encoding="utf-8")


def test_an_article_becomes_a_dossier_and_a_brief(read_once: Path) -> None:
    assert (read_once.parent / "brief.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert (read_once / "documents" / "dam.txt").read_bytes() == (read_once.parent / "dam.txt").read_bytes()
    assert not [p.name for p in read_once.parent.iterdir() if p.name.startswith(".")]


def test_what_was_drafted_has_no_fault(dossier: Path) -> None:
    listed = json.loads(run("check", dossier, "--json").stdout)
    assert [p for p in listed if p["severity"] == "fault"] == []


def test_the_draft_holds_what_the_article_says(dossier: Path) -> None:
    situation = load(dossier / "situation.yaml")
    assert {"uzbekistan", "kyrgyzstan", "kazakhstan", "russia"} <= {p.id for p in situation.parties}
    line = situation.stance("kyrgyzstan", "water")
    assert line is not None
    assert line.red_line is not None
    assert any(d.by == "uzbekistan" and d.issue == "water" for d in situation.demands)
    assert [(t.by, t.against) for t in situation.threats] == [("kyrgyzstan", "uzbekistan")]
    assert any(set(t.consent) == {"uzbekistan", "kyrgyzstan"} for t in situation.tables)
    assert len(situation.incidents) >= 2


def test_a_dossier_gives_the_same_brief_as_its_article(dossier: Path, read_once: Path) -> None:
    assert run("brief", dossier, "-o", "again.html").exit_code == 0
    assert Path("again.html").read_bytes() == (read_once.parent / "brief.html").read_bytes()


def test_a_hand_edit_is_entered_and_changes_the_answer(dossier: Path, read_once: Path) -> None:
    before = (read_once.parent / "brief.txt").read_text(encoding="utf-8")
    edited(
        dossier,
        r"(  uzbekistan:\n    water:\n      position: )\S[^\n]*",
        r"\g<1>{low: 61, best: 62, high: 63, basis: {entered: A. Reader, date: 2026-03-01}}",
    )
    edited(
        dossier,
        r"(  kyrgyzstan:\n    water:.*?at_most: )0\n",
        r"\g<1>{best: 64, basis: {entered: A. Reader, note: heard from both sides}}\n",
    )
    after = run("brief", dossier, "-o", "edited.html", "--draws", "16").stdout
    assert "red line: nothing above 64 (entered)." in " ".join(after.split())
    assert "A. Reader" in after
    assert "A. Reader" not in before
    assert gap(before) == "100%"
    assert gap(after) == "62%"
    assert "A. Reader" in Path("edited.html").read_text(encoding="utf-8")


def gap(shown: str) -> str:
    """The widest gap on water, as a share of its scale, as the brief tells it."""
    found = re.search(r"On water sharing the widest gap .*? (\d+%) of", " ".join(shown.split()), re.IGNORECASE)
    assert found is not None
    return found[1]


def test_a_number_changed_without_a_signature_is_not_passed_off_as_read(dossier: Path) -> None:
    assert "unsigned" not in run("check", dossier).stdout
    edited(dossier, r"(  uzbekistan:\n    water:\n      position: )\S[^\n]*", r"\g<1>62")
    assert "uzbekistan.water.position: the value was changed by hand" in run("check", dossier).stdout
    assert "an unsigned hand edit" in run("brief", dossier, "--draws", "16").stdout


def test_a_slip_in_an_edit_is_found_by_line_and_stops_the_brief(dossier: Path) -> None:
    edited(dossier, "position: 0\n", "position: nought\n")
    lines = (dossier / "situation.yaml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "nought" in text)
    done = run("check", dossier)
    assert done.exit_code == 1
    assert f"line {line}, " in done.stdout
    assert f"line {line}, " in refused(3, "brief", dossier)


def test_a_quote_that_is_not_in_its_document_is_found_and_refused(dossier: Path) -> None:
    edited(dossier, r"quote: Kyrgyzstan refused to discuss", "quote: Kyrgyzstan offered to discuss")
    done = run("check", dossier)
    assert done.exit_code == 1
    assert "does not stand at" in done.stdout
    assert "offered to discuss" in refused(3, "brief", dossier)


def test_a_changed_document_is_found_and_refused(dossier: Path) -> None:
    document = dossier / "documents" / "dam.txt"
    document.write_text("First, a word. " + document.read_text(encoding="utf-8"), encoding="utf-8")
    found = run("check", dossier).stdout
    assert "its SHA-256 differs" in found
    assert "does not stand at" in found
    assert "Restore the document" in refused(3, "brief", dossier)


def test_a_missing_document_is_found_and_refused(dossier: Path) -> None:
    (dossier / "documents" / "dam.txt").unlink()
    done = run("check", dossier)
    assert done.exit_code == 1
    assert "dam: the document is not in 'documents'" in done.stdout
    assert "Put the file back" in refused(3, "brief", dossier)


def test_a_situation_without_a_folder_of_documents_stands_alone(dossier: Path) -> None:
    alone = Path("alone.yaml")
    alone.write_bytes((dossier / "situation.yaml").read_bytes())
    assert open_case(alone).texts == ()
    assert [p for p in json.loads(run("check", alone, "--json").stdout) if p["severity"] == "fault"] == []


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\x00" + b"\xff" * 5000, b"no database at all" * 100])
def test_a_damaged_database_is_refused(dossier: Path, damage: bytes) -> None:
    (dossier / "dossier.sqlite").write_bytes(damage)
    for command in ("check", "brief"):
        done = run(command, dossier)
        assert (done.exit_code, done.stdout) == (3, "")
        assert "dossier.sqlite" in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_dossier_without_its_situation_is_not_read_as_articles(dossier: Path) -> None:
    (dossier / "situation.yaml").unlink()
    assert "situation.yaml" in refused(3, "check", dossier)
    assert "situation.yaml" in refused(3, "brief", dossier)


def test_a_lost_situation_is_not_found_through_a_broken_link(dossier: Path) -> None:
    (dossier / "situation.yaml").unlink()
    (dossier / "situation.yaml").symlink_to("nowhere.yaml")
    assert "situation.yaml" in refused_again("brief", dossier)


def refused_again(command: str, dossier: Path) -> str:
    done = run(command, dossier)
    assert (done.exit_code, done.stdout) == (3, "")
    return done.stderr
