"""Decisions stay, proposals come to their end, and a dossier of an older version takes both."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from detente import dossier
from detente.dossier import DATABASE, DOCUMENTS, SITUATION, Dossier, NewDecision, NewReading, standing
from detente.errors import DossierError
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Party, Situation
from detente.situation.store import to_yaml

GULF = Situation(title="Gulf talks")
WIDER = Situation(title="Gulf talks", parties=(Party(id="oman", name="Oman"),))
MINE = Situation(title="Mine")
REPORT = NewReading(b"Talks go on.", "report.txt", "1", "{}")


@pytest.fixture
def gulf(tmp_path: Path) -> Dossier:
    return dossier.create(tmp_path / "gulf", GULF)


def run_sql(made: Dossier, *statements: str) -> None:
    with closing(sqlite3.connect(made.folder / DATABASE)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def made_older(made: Dossier) -> None:
    """Take from a dossier what the first version did not have."""
    run_sql(
        made,
        "DROP TABLE decisions",
        "DROP TABLE proposals",
        "DROP TABLE edits",
        "DROP TABLE scenarios",
        "DROP TABLE ledger",
        "PRAGMA user_version = 1",
    )


def version(made: Dossier) -> int:
    with closing(sqlite3.connect(made.folder / DATABASE)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_decisions_come_back_in_order_with_who_and_when(gulf: Dossier) -> None:
    gulf.decide(NewDecision("a", "accepted", "Ann"), NewDecision("b", "edited", "Ben", change="{}"))
    first, second = gulf.decisions()
    assert (first.number, first.item, first.verdict, first.by, first.change) == (1, "a", "accepted", "Ann", None)
    assert (second.number, second.verdict, second.change) == (2, "edited", "{}")
    assert first.made.startswith("20")


def test_the_last_decision_that_was_not_taken_back_stands(gulf: Dossier) -> None:
    gulf.decide(NewDecision("a", "accepted", "Ann"))
    gulf.decide(NewDecision("a", "rejected", "Ann"))
    assert standing(gulf.decisions())["a"].verdict == "rejected"
    gulf.decide(NewDecision("a", "undone", "Ann", undoes=2))
    assert standing(gulf.decisions())["a"].verdict == "accepted"
    gulf.decide(NewDecision("a", "undone", "Ann", undoes=1))
    assert standing(gulf.decisions()) == {}
    assert len(gulf.decisions()) == 4


@pytest.mark.parametrize("statement", ["UPDATE decisions SET by = 'Eve'", "DELETE FROM decisions"])
def test_a_decision_can_neither_be_edited_nor_deleted(gulf: Dossier, statement: str) -> None:
    gulf.decide(NewDecision("a", "accepted", "Ann"))
    with pytest.raises(sqlite3.IntegrityError, match="decisions stay"):
        run_sql(gulf, statement)
    assert gulf.decisions()[0].by == "Ann"


def test_an_older_dossier_is_looked_at_as_it_is_and_brought_up_to_date_by_a_change(gulf: Dossier) -> None:
    gulf.save_situation(WIDER)
    made_older(gulf)
    older = dossier.open(gulf.folder)
    assert (older.decisions(), older.proposed(), older.situation()) == ((), None, WIDER)
    assert version(older) == 1
    older.decide(NewDecision("a", "accepted", "Ann"))
    assert version(older) == 4
    assert [d.item for d in dossier.open(gulf.folder).decisions()] == ["a"]
    assert older.kept(fingerprint(GULF)) == GULF


def test_the_first_situation_is_what_was_proposed_first(gulf: Dossier) -> None:
    assert gulf.proposed() is None
    stored = gulf.add_document(b"Talks.", name="a.txt")
    gulf.save_reading(stored.sha256, reader="1", text="{}")
    gulf.save_situation(WIDER)
    found = gulf.proposed()
    assert found is not None
    assert (found.situation, found.decision) == (GULF, 0)


def test_a_proposal_keeps_documents_readings_and_all_three_situations(gulf: Dossier) -> None:
    gulf.decide(NewDecision("a", "accepted", "Ann"))
    assert gulf.propose(WIDER, merged=MINE, seen=GULF, new=[REPORT]) == fingerprint(GULF)
    assert gulf.situation() == MINE
    assert [r.json for r in gulf.readings()] == ["{}"]
    assert (gulf.folder / DOCUMENTS / "report.txt").read_bytes() == REPORT.content
    assert {fingerprint(s) for s in (GULF, WIDER, MINE)} == set(gulf.kept_hashes())
    found = gulf.proposed()
    assert found is not None
    assert (found.situation, found.decision) == (WIDER, 1)


def test_a_situation_that_was_edited_meanwhile_is_not_written_over(gulf: Dossier) -> None:
    (gulf.folder / SITUATION).write_text(to_yaml(MINE))
    with pytest.raises(DossierError, match="was changed meanwhile"):
        gulf.propose(WIDER, merged=WIDER, seen=GULF, new=[REPORT])
    assert (gulf.situation(), gulf.documents(), gulf.readings()) == (MINE, (), ())


def test_a_file_of_somebody_elses_is_not_taken_for_a_document(gulf: Dossier) -> None:
    (gulf.folder / DOCUMENTS / "report.txt").write_bytes(b"mine")
    with pytest.raises(DossierError, match="is in the way"):
        gulf.propose(WIDER, merged=WIDER, seen=GULF, new=[REPORT])
    assert (gulf.situation(), gulf.documents()) == (GULF, ())


def test_a_copy_that_an_interrupted_adding_left_is_taken_up(gulf: Dossier) -> None:
    (gulf.folder / DOCUMENTS / "report.txt").write_bytes(REPORT.content)
    gulf.propose(WIDER, merged=WIDER, seen=GULF, new=[REPORT])
    assert [d.path.name for d in gulf.documents()] == ["report.txt"]


def reopened(gulf: Dossier, situation: Situation) -> Dossier:
    """Put a dossier where a crash leaves it: the proposal written down, this situation in the file."""
    gulf.propose(WIDER, merged=WIDER, seen=GULF)
    run_sql(gulf, "UPDATE proposals SET state = 'open'")
    (gulf.folder / SITUATION).write_text(to_yaml(situation))
    return dossier.open(gulf.folder)


@pytest.mark.parametrize("left", [GULF, WIDER])
def test_what_a_crash_interrupted_is_brought_to_its_end(gulf: Dossier, left: Situation) -> None:
    found = reopened(gulf, left)
    assert found.situation() == WIDER
    last = found.proposed()
    assert last is not None
    assert last.situation == WIDER


def test_what_was_edited_after_a_crash_stands_and_the_proposal_is_dropped(gulf: Dossier) -> None:
    found = reopened(gulf, MINE)
    assert found.situation() == MINE
    assert found.proposed() is None
    assert dossier.open(gulf.folder).situation() == MINE


def test_a_file_in_mid_edit_keeps_neither_the_dossier_closed_nor_is_written_over(gulf: Dossier) -> None:
    gulf.propose(WIDER, merged=WIDER, seen=GULF)
    run_sql(gulf, "UPDATE proposals SET state = 'open'")
    (gulf.folder / SITUATION).write_text("title: [half")
    dossier.open(gulf.folder)
    assert (gulf.folder / SITUATION).read_text() == "title: [half"


def test_a_situation_comes_back_with_what_was_proposed_when_it_stood(gulf: Dossier) -> None:
    gulf.save_reading(gulf.add_document(b"x", name="a.txt").sha256, reader="1", text="{}")
    gulf.propose(WIDER, merged=MINE, seen=GULF)
    assert gulf.restore(fingerprint(GULF)) == fingerprint(MINE)
    again = gulf.proposed()
    assert again is not None
    assert (gulf.situation(), again.situation) == (GULF, GULF)
    gulf.restore(fingerprint(MINE))
    again = gulf.proposed()
    assert again is not None
    assert (gulf.situation(), again.situation) == (MINE, WIDER)


def test_the_last_reading_of_each_document_counts(gulf: Dossier) -> None:
    for name in ("a", "b"):
        stored = gulf.add_document(name.encode(), name=f"{name}.txt")
        gulf.save_reading(stored.sha256, reader="1", text=f'"{name}1"')
    gulf.save_reading(gulf.documents()[0].sha256, reader="2", text='"a2"')
    assert [r.json for r in gulf.readings()] == ['"a2"', '"b1"']
    gulf.save_reading(gulf.documents()[0].sha256, reader="1", text='"a1"')
    assert [r.json for r in gulf.readings()] == ['"a1"', '"b1"']
