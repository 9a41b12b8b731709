"""A dossier keeps what it is given, loses nothing in a crash, and says what is wrong with it."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from detente import dossier
from detente.dossier import DATABASE, DOCUMENTS, SITUATION, Dossier, database
from detente.errors import DossierError, SituationError
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Party, Situation
from detente.situation.store import to_yaml

# Another process finds the package where this one does, installed or not.
ENV = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
GULF = Situation(title="Gulf talks")


@pytest.fixture
def gulf(tmp_path: Path) -> Dossier:
    return dossier.create(tmp_path / "gulf", GULF)


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_new_dossier_holds_three_things(gulf: Dossier) -> None:
    assert names(gulf.folder) == [DOCUMENTS, DATABASE, SITUATION]
    assert names(gulf.folder.parent) == ["gulf"]
    assert dossier.open(gulf.folder).situation() == GULF


def test_a_dossier_is_never_made_over_something(gulf: Dossier, tmp_path: Path) -> None:
    with pytest.raises(DossierError, match="exists already"):
        dossier.create(gulf.folder, GULF)
    (tmp_path / "empty").mkdir()
    assert dossier.create(tmp_path / "empty", GULF).situation() == GULF
    (tmp_path / "file").write_text("x")
    with pytest.raises(DossierError, match="exists already"):
        dossier.create(tmp_path / "file", GULF)
    with pytest.raises(DossierError, match="cannot be made"):
        dossier.create(tmp_path / "file" / "gulf", GULF)


def test_a_temporary_dossier_is_gone_afterwards() -> None:
    with dossier.temporary(GULF) as kept:
        assert kept.situation() == GULF
        folder = kept.folder
    assert not folder.exists()


def test_every_saved_situation_can_be_brought_back(gulf: Dossier) -> None:
    later = Situation(title="Gulf talks", parties=(Party(id="no", name="NO"),))
    assert gulf.save_situation(later) == fingerprint(later)
    assert gulf.situation() == later
    assert gulf.kept_hashes() == (fingerprint(GULF), fingerprint(later))
    assert gulf.kept(fingerprint(GULF)) == GULF
    assert gulf.kept(fingerprint(later)) == later


def test_an_edit_by_hand_is_kept_before_it_is_replaced(gulf: Dossier) -> None:
    edited = Situation(title="Edited by hand")
    (gulf.folder / SITUATION).write_text(to_yaml(edited))
    assert gulf.situation() == edited
    gulf.save_situation(Situation(title="Third"))
    assert gulf.kept(fingerprint(edited)) == edited


def test_a_file_in_mid_edit_is_not_written_over(gulf: Dossier) -> None:
    (gulf.folder / SITUATION).write_text("title: [half a tho")
    with pytest.raises(DossierError, match=r"was edited and has faults.*Cure them"):
        gulf.save_situation(GULF)
    assert (gulf.folder / SITUATION).read_text() == "title: [half a tho"
    with pytest.raises(SituationError, match="not YAML"):
        gulf.situation()


def test_documents_are_kept_untouched_and_once(gulf: Dossier) -> None:
    content = b"\xef\xbb\xbfTalks\r\ngo on\x00"
    first = gulf.add_document(content, name="article.txt")
    again = gulf.add_document(content, name="copy of article.txt")
    other = gulf.add_document(b"other", name="ARTICLE.txt")
    assert first == again
    assert first.path.read_bytes() == content == gulf.content(first.sha256)
    assert first.path.name == "article.txt"
    assert other.path.name != first.path.name
    assert [d.sha256 for d in gulf.documents()] == [first.sha256, other.sha256]
    assert names(gulf.folder / DOCUMENTS) == sorted([first.path.name, other.path.name])


@pytest.mark.parametrize(
    "name",
    ["../../evil.sh", "/etc/passwd", "C:\\temp\\x.txt", "..", "", ".", "a\x00b", "é" * 300 + ".txt", "a/", "-rf", "\n"],
)
def test_no_name_leaves_the_folder(gulf: Dossier, name: str) -> None:
    stored = gulf.add_document(b"x", name=name)
    assert stored.path.parent == gulf.folder / DOCUMENTS
    assert stored.path.is_file()
    assert not stored.path.name.startswith((".", "-"))
    assert gulf.content(stored.sha256) == b"x"


def test_a_changed_or_missing_document_is_noticed(gulf: Dossier) -> None:
    stored = gulf.add_document(b"x", name="a.txt")
    stored.path.write_bytes(b"y")
    with pytest.raises(DossierError, match=r"a\.txt' was changed after it was added"):
        gulf.content(stored.sha256)
    stored.path.unlink()
    with pytest.raises(DossierError, match=r"a\.txt' is missing"):
        gulf.content(stored.sha256)
    assert gulf.add_document(b"x", name="b.txt").path == stored.path
    assert gulf.content(stored.sha256) == b"x"
    with pytest.raises(DossierError, match="has no document 00000"):
        gulf.content("0" * 64)


def test_a_stray_file_is_not_written_over(gulf: Dossier) -> None:
    (gulf.folder / DOCUMENTS / "a.txt").write_bytes(b"mine")
    stored = gulf.add_document(b"x", name="a.txt")
    assert (gulf.folder / DOCUMENTS / "a.txt").read_bytes() == b"mine"
    assert stored.path.read_bytes() == b"x"


def test_readings_are_kept_by_document_and_version(gulf: Dossier) -> None:
    sha256 = gulf.add_document(b"x", name="a.txt").sha256
    assert gulf.reading(sha256, reader="1") is None
    gulf.save_reading(sha256, reader="1", text='{"items":[]}')
    gulf.save_reading(sha256, reader="2", text='{"items":[1]}')
    gulf.save_reading(sha256, reader="1", text='{"items":[2]}')
    assert gulf.reading(sha256, reader="1") == '{"items":[2]}'
    assert gulf.reading(sha256, reader="2") == '{"items":[1]}'
    with pytest.raises(DossierError, match="is not JSON"):
        gulf.save_reading(sha256, reader="1", text="{")
    with pytest.raises(DossierError, match="Add it before its reading"):
        gulf.save_reading("0" * 64, reader="1", text="{}")


def test_a_missing_dossier_is_named(tmp_path: Path, gulf: Dossier) -> None:
    with pytest.raises(DossierError, match="There is no folder"):
        dossier.open(tmp_path / "none")
    with pytest.raises(DossierError, match="is not a dossier"):
        dossier.open(tmp_path)
    (gulf.folder / SITUATION).unlink()
    with pytest.raises(DossierError, match=r"has no situation\.yaml"):
        dossier.open(gulf.folder).situation()
    with pytest.raises(DossierError, match="keeps no situation 0000"):
        gulf.kept("0" * 64)
    (gulf.folder / DATABASE).unlink()
    with pytest.raises(DossierError, match="has lost its"):
        gulf.kept_hashes()


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100, None])
def test_a_damaged_database_is_said_in_words(gulf: Dossier, damage: bytes | None) -> None:
    path = gulf.folder / DATABASE
    content = path.read_bytes()
    path.write_bytes(content[:4096] + os.urandom(len(content) - 4096) if damage is None else damage)
    with pytest.raises(DossierError, match=r"is damaged|another program's database") as caught:
        dossier.open(gulf.folder)
    assert DATABASE in str(caught.value)


def test_a_newer_dossier_is_left_alone(gulf: Dossier) -> None:
    with closing(sqlite3.connect(gulf.folder / DATABASE)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(DossierError, match="newer version"):
        dossier.open(gulf.folder)


def test_changed_bytes_of_a_kept_situation_are_noticed(gulf: Dossier) -> None:
    with closing(sqlite3.connect(gulf.folder / DATABASE)) as db:
        db.execute("UPDATE situations SET bytes = ?", (b'{"title":"forged"}',))
        db.commit()
    with pytest.raises(DossierError, match="was changed after it was kept"):
        gulf.kept(fingerprint(GULF))


def test_a_locked_dossier_says_so(gulf: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    with closing(sqlite3.connect(gulf.folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DossierError, match="in use by another program"):
            gulf.save_situation(Situation(title="other"))
        assert gulf.situation() == GULF
        assert gulf.kept_hashes() == (fingerprint(GULF),)
        other.execute("ROLLBACK")
    gulf.save_situation(Situation(title="other"))


def test_a_failed_save_leaves_everything_as_it_was(gulf: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises((DossierError, SituationError), match="No space left on device"):
        gulf.save_situation(Situation(title="other"))
    with pytest.raises(DossierError, match="No space left on device"):
        gulf.add_document(b"x", name="a.txt")
    monkeypatch.undo()
    assert gulf.situation() == GULF
    assert gulf.kept_hashes() == (fingerprint(GULF),)
    assert gulf.documents() == ()
    assert names(gulf.folder) == [DOCUMENTS, DATABASE, SITUATION]
    assert names(gulf.folder / DOCUMENTS) == []


WRITER = """
import sys
from pathlib import Path
from detente import dossier
from detente.situation.nouns import Party, Situation
kept = dossier.open(Path(sys.argv[1]))
print("ready", flush=True)
for n in range(10**6):
    parties = tuple(Party(id=f"p{i}", name=f"Party {n}") for i in range(200))
    kept.save_situation(Situation(title=f"version {n}", parties=parties))
    kept.add_document(b"document %d " % n * 5000, name=f"d{n}.txt")
"""


def test_a_killed_writer_leaves_a_whole_dossier(gulf: Dossier) -> None:
    pause = random.Random(8)
    for _ in range(6):
        command = [sys.executable, "-c", WRITER, str(gulf.folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENV) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(pause.uniform(0.05, 0.6))
            writer.send_signal(signal.SIGKILL)
        reopened = dossier.open(gulf.folder)
        situation = reopened.situation()
        assert len({p.name for p in situation.parties}) <= 1
        assert len(situation.parties) in (0, 200)
        assert all(reopened.kept(h) for h in reopened.kept_hashes()[-5:])
        for stored in reopened.documents():
            reopened.content(stored.sha256)
    assert gulf.kept_hashes()[1:]
    gulf.save_situation(GULF)
    assert names(gulf.folder) == [DOCUMENTS, DATABASE, SITUATION]
