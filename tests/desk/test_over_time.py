"""A dossier grows: what is new comes in, what a person put stays, and a crash leaves the state before or after."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.samples import contents
from tests.desk.articles import CALMER, FIRST, LATER, added

from detente import dossier
from detente.desk import over_time
from detente.desk.case import open_case
from detente.desk.check import check
from detente.desk.over_time import as_json, as_text
from detente.desk.read import read
from detente.desk.record import opened
from detente.desk.restored import listed, restored
from detente.errors import DossierError, UsageError
from detente.situation.fingerprint import fingerprint
from detente.situation.store import load

HARBOUR = Path("harbour")
FILE = HARBOUR / "situation.yaml"
ENV = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


def edited(pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, FILE.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert count == 1
    FILE.write_text(text, encoding="utf-8")


def test_the_first_document_begins_a_dossier() -> None:
    found = added(FIRST)
    assert (found.begun, found.documents, found.kept) == (True, ("dam",), "")
    assert open_case(HARBOUR).situation.threats
    assert as_text(found).startswith("harbour: begun with 1 document\nAdded\n")


def test_a_later_document_adds_changes_and_takes_away() -> None:
    added(FIRST)
    found = added(LATER, name="later.txt")
    assert found.documents == ("later",)
    assert any("threat: Kazakhstan to Uzbekistan" in row for row in found.differences.added)
    assert any("Kyrgyzstan takes up" in row and "refuses" in row for row in found.differences.changed)
    assert found.conflicts == ()
    case = open_case(HARBOUR)
    assert len(case.texts) == 2
    assert [p for p in check(HARBOUR) if p.severity == "fault"] == []
    stance = case.situation.stance("kyrgyzstan", "water")
    assert stance is not None
    assert stance.red_line is None


def test_what_was_there_keeps_its_ids() -> None:
    added(FIRST)
    before = load(FILE)
    added(LATER, name="a-name-that-comes-first.txt")
    after = load(FILE)
    quotes = {e.id: e for e in after.evidence}
    assert all(quotes[e.id].quote == e.quote for e in before.evidence if e.id in quotes)
    assert {t.id: t.by for t in before.threats}.items() <= {t.id: t.by for t in after.threats}.items()


def test_an_entry_stays_and_the_difference_is_told() -> None:
    added(FIRST)
    edited(
        r"(  kyrgyzstan:\n    water:\n.*?at_most: )0\n",
        r"\g<1>{best: 30, basis: {entered: A. Reader, date: 2026-03-02}}\n",
    )
    found = added(LATER, name="later.txt")
    stance = load(FILE).stance("kyrgyzstan", "water")
    assert stance is not None
    assert stance.red_line is not None
    assert (stance.red_line.at.best, stance.red_line.at.basis.by) == (30, "A. Reader")
    assert [c.path for c in found.conflicts] == ["stances.kyrgyzstan.water.red_line"]
    assert "Left as you put it" in as_text(found)


def test_an_unsigned_edit_stays_and_is_still_shown_as_one() -> None:
    added(FIRST)
    edited(r"(  uzbekistan:\n    water:\n      position: )\S[^\n]*", r"\g<1>62")
    added(LATER, name="later.txt")
    stance = open_case(HARBOUR).situation.stance("uzbekistan", "water")
    assert stance is not None
    assert (stance.position.best, stance.position.basis.kind) == (62, "entered")
    assert "unsigned" in (stance.position.basis.by or "")


def test_the_same_text_is_no_second_source() -> None:
    added(FIRST)
    before = contents(HARBOUR)
    found = added(FIRST, name="copy.txt")
    assert (found.documents, found.copies, found.kept) == ((), ("copy.txt",), "")
    assert as_text(found) == "harbour: nothing new; 1 document here already."
    assert contents(HARBOUR) == before


def test_a_document_of_the_same_name_gets_a_name_of_its_own() -> None:
    added(FIRST)
    found = added(LATER)
    assert len(found.documents) == 1
    assert found.documents[0].startswith("dam-")
    assert len(open_case(HARBOUR).texts) == 2


def test_one_event_in_two_documents_is_one_event() -> None:
    added(FIRST)
    strikes = [i for i in load(FILE).incidents if i.actor == "kyrgyzstan" and i.act == "assault"]
    text = "Published: 4 March 2026\n\nKyrgyz guards shot down an Uzbek drone over the valley, Kyrgyzstan said.\n"
    added(text, name="again.txt")
    after = [i for i in load(FILE).incidents if i.actor == "kyrgyzstan" and i.act == "assault"]
    assert len(after) == len(strikes)
    assert {e.document for e in load(FILE).evidence if e.id in after[0].evidence} == {"dam", "again"}


def test_a_situation_in_mid_edit_is_left_alone() -> None:
    added(FIRST)
    FILE.write_text("title: [half", encoding="utf-8")
    before = contents(HARBOUR)
    with pytest.raises((DossierError, Exception), match="not YAML"):
        added(LATER, name="later.txt")
    assert contents(HARBOUR) == before


def test_the_situation_before_comes_back() -> None:
    added(FIRST)
    before = load(FILE)
    found = added(LATER, name="later.txt")
    assert found.kept == fingerprint(before)
    _, replaced = restored(HARBOUR, found.kept[:12])
    assert load(FILE) == before
    restored(HARBOUR, replaced)
    assert any(t.by == "kazakhstan" for t in load(FILE).threats)
    assert listed(HARBOUR).count("(in the file)") == 1
    for wrong in ("ffff", "", found.kept[:3]):
        with pytest.raises(UsageError, match="Give more of it"):
            restored(HARBOUR, wrong)


def test_what_comes_after_a_restored_situation_is_no_conflict() -> None:
    added(FIRST)
    restored(HARBOUR, added(LATER, name="later.txt").kept)
    found = added(CALMER, name="calmer.txt")
    assert found.conflicts == ()
    assert any(t.by == "kazakhstan" for t in load(FILE).threats)


def test_a_dossier_made_by_hand_takes_a_document() -> None:
    file = Path("own.yaml")
    file.write_text(
        "title: Mine\nauthor: {by: Ann, date: 2026-01-01}\nparties:\n  kyrgyzstan: {name: My name}\n", encoding="utf-8"
    )
    dossier.create(HARBOUR, load(file))
    found = added(FIRST)
    after = load(FILE)
    assert (after.title, after.party("kyrgyzstan").name) == ("Mine", "My name")
    assert after.threats
    assert any(c.path == "parties.kyrgyzstan.name" for c in found.conflicts)


def test_a_silence_that_the_text_fills_is_named() -> None:
    added(FIRST)
    text = "Published: 9 March 2026\n\nInspectors of the IAEA will visit the dam in Kyrgyzstan, the IAEA said.\n"
    assert "who checks compliance" in added(text, name="inspectors.txt").closed


def test_the_report_in_json_says_the_same() -> None:
    added(FIRST)
    found = json.loads(as_json(added(LATER, name="later.txt")))
    assert (found["schema"], found["documents"]) == ("detente.added/1", ["later"])
    assert found["differences"]["added"]


def test_documents_in_the_way_are_left_alone() -> None:
    added(FIRST)
    (HARBOUR / "documents" / "later.txt").write_text("mine", encoding="utf-8")
    before = contents(HARBOUR)
    with pytest.raises(DossierError, match="is in the way"):
        added(LATER, name="later.txt")
    assert {k: v for k, v in contents(HARBOUR).items() if "sqlite" not in k} == {
        k: v for k, v in before.items() if "sqlite" not in k
    }
    assert len(opened(HARBOUR).readings) == 1


GROWING = """
import sys
from pathlib import Path
from detente.desk import over_time
from detente.desk.read import read
press = Path(sys.argv[2])
readings = read(press)
print("ready", flush=True)
for one in readings:
    over_time.into(Path(sys.argv[1]), (one,), press)
print("done", flush=True)
sys.stdin.read()
"""


def test_a_killed_reader_leaves_each_document_in_or_out() -> None:
    press = Path("press")
    press.mkdir()
    for day in range(1, 17):
        text = f"Published: {day} April 2026\n\nUzbekistan and Kyrgyzstan met in Astana. Kyrgyzstan refused to discuss "
        (press / f"d{day:02}.txt").write_text(f"{text}water on day {day}.\n", encoding="utf-8")
    added(FIRST)
    pause = random.Random(11)
    sizes: list[int] = []
    # On a busy machine a reader may be killed before it has done anything: then the next one gets more time.
    while len(sizes) < 3 or (sizes[-1] == 1 and len(sizes) < 12):
        command = [sys.executable, "-c", GROWING, str(HARBOUR), str(press)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, env=ENV) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"ready\n"
            time.sleep(pause.uniform(0.05, 0.7) * 1.5 ** len(sizes))
            other.send_signal(signal.SIGKILL)
        case, record = open_case(HARBOUR), opened(HARBOUR)
        here = {r.document.sha256 for r in record.readings}
        assert {d.sha256 for d in case.situation.documents} == here
        assert len(case.texts) == len(record.readings) == len(record.made.documents())
        sizes.append(len(here))
    assert sizes == sorted(sizes)
    assert sizes[-1] > 1
    assert over_time.into(HARBOUR, read(press), press).conflicts == ()
    assert len(open_case(HARBOUR).texts) == 17
