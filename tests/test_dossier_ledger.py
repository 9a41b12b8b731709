"""What was acknowledged stays, what is done to it is found, and where it cannot be kept that is said."""

import datetime as dt
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from detente import dossier
from detente.dossier import (
    DATABASE,
    ZERO,
    Dossier,
    NewDecision,
    Row,
    canonical,
    database,
    faults,
    hash_of,
    head,
    place,
    rows,
)
from detente.errors import DossierError, LedgerError
from detente.situation.fingerprint import canonical_bytes, fingerprint
from detente.situation.nouns import Situation

# Another process finds the package where this one does, installed or not.
ENV = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
GULF = Situation(title="Gulf talks")
WIDER = Situation(title="Wider talks")
BODIES = tuple(canonical(json.dumps({"kind": "withdrawn", "note": f"Größe {n}"})) for n in range(1, 7))


@pytest.fixture
def gulf(tmp_path: Path) -> Dossier:
    return dossier.create(tmp_path / "gulf", GULF)


@pytest.fixture
def kept(gulf: Dossier) -> Dossier:
    for _ in BODIES:
        gulf.append(lambda rows: [BODIES[len(rows)]])
    return gulf


def run_sql(made: Dossier, *statements: str) -> None:
    with closing(sqlite3.connect(made.folder / DATABASE)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def tampered(made: Dossier, *statements: str) -> list[str]:
    """Do what somebody does who has the file and a program for databases."""
    run_sql(made, *(f"DROP TRIGGER ledger_{name}" for name in ("stays", "lasts", "grows")), *statements)
    return [fault.what for fault in faults(dossier.open(made.folder).ledger())]


def test_what_is_appended_comes_back_sealed_and_in_order(gulf: Dossier) -> None:
    assert gulf.ledger() == ()
    before = dt.datetime.now(dt.UTC)
    (first,) = gulf.append(lambda rows: [BODIES[len(rows)]])
    two = gulf.append(lambda rows: BODIES[len(rows) : 3])
    after = dt.datetime.now(dt.UTC)
    assert (first, *two) == gulf.ledger()
    assert [row.body for row in gulf.ledger()] == list(BODIES[:3])
    assert [row.number for row in gulf.ledger()] == [1, 2, 3]
    assert first.previous == ZERO
    assert all(before <= dt.datetime.fromisoformat(row.recorded) <= after for row in gulf.ledger())
    assert faults(gulf.ledger(), head=head(two)) == ()


def test_nothing_is_written_where_what_makes_the_rows_refuses(kept: Dossier) -> None:
    def refuse(rows: Sequence[Row]) -> list[str]:
        raise LedgerError(f"There are {len(rows)} rows. Open the question first.")

    with pytest.raises(LedgerError, match="There are 6 rows"):
        kept.append(refuse, situations=[WIDER])
    assert len(kept.ledger()) == 6
    assert fingerprint(WIDER) not in kept.kept_hashes()
    assert kept.append(lambda _: []) == ()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("no", "Expecting value"),
        ("[1]", "not a JSON object"),
        ('{"b":1, "a":2}', "one way of writing"),
        ("{}\n", "one"),
    ],
)
def test_a_body_in_another_form_is_refused(kept: Dossier, body: str, why: str) -> None:
    with pytest.raises(LedgerError, match=rf"{why}.*Give what `encode` returns"):
        kept.append(lambda _: [BODIES[0], body])
    assert len(kept.ledger()) == 6


def test_the_situations_a_row_speaks_of_are_kept_with_it(gulf: Dossier) -> None:
    gulf.append(lambda _: [BODIES[0]], situations=[WIDER, WIDER])
    assert gulf.kept(fingerprint(WIDER)) == WIDER
    assert gulf.kept_bytes(fingerprint(WIDER)) == canonical_bytes(WIDER)
    assert gulf.situation() == GULF


def test_the_time_never_goes_back_and_nobody_can_give_it(kept: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    last = kept.ledger()[-1].recorded

    monkeypatch.setattr(rows, "clock", lambda: "2001-01-01T00:00:00.000000+00:00")
    (row,) = kept.append(lambda _: [BODIES[0]])
    monkeypatch.undo()
    assert row.recorded == last
    assert faults(kept.ledger()) == ()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE ledger SET body = '{}'", "the ledger stays"),
        ("UPDATE ledger SET number = 9 WHERE number = 6", "the ledger stays"),
        ("DELETE FROM ledger WHERE number = 6", "the ledger stays"),
        (
            "REPLACE INTO ledger SELECT 6, recorded, '{}', previous, hash FROM ledger WHERE number = 6",
            "grows at its end",
        ),
        ("INSERT INTO ledger SELECT 8, recorded, body, hash, hash FROM ledger WHERE number = 6", "grows at its end"),
        (
            "INSERT INTO ledger SELECT 7, recorded, body, previous, hash FROM ledger WHERE number = 6",
            "grows at its end",
        ),
        ("INSERT INTO ledger SELECT NULL, recorded, body, previous, hash FROM ledger LIMIT 1", "grows at its end"),
        (
            "INSERT INTO ledger SELECT 6, recorded, body, previous, hash FROM ledger WHERE number = 6 "
            "ON CONFLICT DO UPDATE SET body = '{}'",
            "grows at its end",
        ),
    ],
)
def test_the_database_itself_refuses_to_change_what_stands(kept: Dossier, statement: str, said: str) -> None:
    before = kept.ledger()
    with pytest.raises(sqlite3.IntegrityError, match=said):
        run_sql(kept, statement)
    assert kept.ledger() == before


CHANGED = "is not what its hash was taken of: it was changed after it was written."
SWAP = (
    "UPDATE ledger SET number = -1 WHERE number = 3",
    "UPDATE ledger SET number = 3 WHERE number = 4",
    "UPDATE ledger SET number = 4 WHERE number = -1",
)
TAMPERINGS = {
    "a flipped byte": (("UPDATE ledger SET body = replace (body, '4', '5') WHERE number = 4",), [f"Row 4 {CHANGED}"]),
    "bytes that are no text": (
        ("UPDATE ledger SET body = CAST (x'7b22ff227d' AS TEXT) WHERE number = 4",),
        [f"Row 4 {CHANGED}"],
    ),
    "another type": (("UPDATE ledger SET body = x'00ff' WHERE number = 4",), [f"Row 4 {CHANGED}"]),
    "a number for a hash": (
        ("UPDATE ledger SET hash = 12 WHERE number = 4",),
        ["The hash of row 4 is not 64 digits from 0 to 9 and a to f."],
    ),
    "a deleted row": (("DELETE FROM ledger WHERE number = 2",), ["Row 2 is missing."]),
    "a deleted row and the rest renumbered": (
        (
            "DELETE FROM ledger WHERE number = 2",
            *(f"UPDATE ledger SET number = {n} - 1 WHERE number = {n}" for n in (3, 4, 5, 6)),
        ),
        ["Row 2 is missing.", "What stands as rows 2 to 5 was written as rows 3 to 6."],
    ),
    "a reordered pair": (SWAP, ["Rows 3 and 4 changed places."]),
    "a pair of contents": (
        (
            "CREATE TEMP TABLE was AS SELECT * FROM ledger",
            "UPDATE ledger SET (body, recorded) = "
            "(SELECT body, recorded FROM was WHERE was.number = 7 - ledger.number) WHERE number IN (3, 4)",
        ),
        ["Rows 3 and 4 changed places."],
    ),
    "a removed tail": (("DELETE FROM ledger WHERE number > 4",), []),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_each_tampering_with_the_database_is_named(kept: Dossier, name: str) -> None:
    statements, told = TAMPERINGS[name]
    was = kept.ledger()
    assert tampered(kept, *statements) == told
    if told:
        with pytest.raises(LedgerError, match="is not whole, and nothing is written") as caught:
            kept.append(lambda _: [BODIES[0]])
        assert told[0] in str(caught.value)
    else:
        assert [fault.what for fault in faults(kept.ledger(), head=head(was))] == [
            "Rows 5 and 6 are missing from the end: the head was taken of row 6, and the last one here is row 4."
        ]


def test_a_byte_that_flips_on_the_disk_is_named(kept: Dossier) -> None:
    path = kept.folder / DATABASE
    content = path.read_bytes()
    assert content.count(b" 4") == 1
    path.write_bytes(content.replace(b" 4", b"\xa04"))
    assert [fault.what for fault in faults(dossier.open(kept.folder).ledger())] == [f"Row 4 {CHANGED}"]


def test_many_faults_are_said_in_few_words(kept: Dossier) -> None:
    tampered(kept, "UPDATE ledger SET body = '{}'")
    with pytest.raises(LedgerError, match=r"Row 1 .* Row 2 .* Row 3 .* There are 3 more faults\. Restore it"):
        kept.append(lambda _: [BODIES[0]])


def test_a_whole_ledger_is_taken_over_to_the_letter(kept: Dossier, tmp_path: Path) -> None:
    other = dossier.create(tmp_path / "other", WIDER)
    other.adopt(kept.ledger(), situations=[(fingerprint(GULF), canonical_bytes(GULF))])
    assert other.ledger() == kept.ledger()
    assert other.kept(fingerprint(GULF)) == GULF
    (row,) = other.append(lambda rows: [BODIES[0]])
    assert (row.number, row.previous) == (7, kept.ledger()[-1].hash)
    with pytest.raises(LedgerError, match=r"has a ledger of its own.*Take it into a new dossier"):
        other.adopt(kept.ledger())


def sealed_rows(*contents: tuple[str, str]) -> list[Row]:
    rows: list[Row] = []
    for n, (recorded, body) in enumerate(contents, start=1):
        previous = rows[-1].hash if rows else ZERO
        rows.append(Row(n, recorded, body, previous, hash_of(n, recorded, body, previous)))
    return rows


NOON = "2026-02-08T12:00:00.000000+00:00"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (sealed_rows((NOON, "{}"), (NOON, "{}"))[1:], r"Row 1 is missing\. Restore it from a copy"),
        ([replace(sealed_rows((NOON, "{}"))[0], body='{"a":1}')], "changed after it was written"),
        (sealed_rows(("2999-01-01T00:00:00.000000+00:00", "{}")), "still to come. Set the clock of this machine"),
        (sealed_rows((NOON, '{"a": 1}')), "Row 1 of the ledger in 'theirs' cannot be taken over"),
    ],
)
def test_a_ledger_that_is_not_whole_is_not_taken_over(gulf: Dossier, rows: list[Row], why: str) -> None:
    with pytest.raises(LedgerError, match=why) as caught:
        gulf.adopt(rows, name="theirs")
    assert "'theirs'" in str(caught.value)
    assert gulf.ledger() == ()


def test_a_situation_that_is_not_what_its_fingerprint_says_is_not_taken_over(gulf: Dossier) -> None:
    with pytest.raises(LedgerError, match=r"The bytes of situation [0-9a-f]{12} are not what its fingerprint"):
        gulf.adopt(sealed_rows((NOON, "{}")), situations=[(fingerprint(GULF), b"{}")])
    assert gulf.ledger() == ()


def test_a_dossier_of_an_older_version_takes_a_ledger(gulf: Dossier) -> None:
    gulf.decide(NewDecision("a", "accepted", "Ann"))
    run_sql(gulf, "DROP TABLE scenarios", "DROP TABLE edits", "DROP TABLE ledger", "PRAGMA user_version = 2")
    older = dossier.open(gulf.folder)
    assert older.ledger() == ()
    assert len(older.append(lambda _: BODIES)) == 6
    assert [decision.item for decision in older.decisions()] == ["a"]
    with pytest.raises(sqlite3.IntegrityError, match="the ledger stays"):
        run_sql(older, "DELETE FROM ledger")


def test_a_dossier_of_the_first_version_takes_a_ledger(gulf: Dossier) -> None:
    run_sql(
        gulf,
        *(f"DROP TABLE {name}" for name in ("scenarios", "edits", "ledger", "proposals", "decisions")),
        "PRAGMA user_version = 1",
    )
    assert dossier.open(gulf.folder).ledger() == ()
    assert [row.number for row in gulf.append(lambda _: BODIES[:2])] == [1, 2]
    assert gulf.decisions() == ()


def test_a_dossier_that_a_newer_version_brought_up_meanwhile_is_left_alone(kept: Dossier) -> None:
    run_sql(kept, "PRAGMA user_version = 99")
    with pytest.raises(DossierError, match=r"newer version of Detente. Use that version"):
        kept.append(lambda _: [BODIES[0]])


WRITER = """
import json, os, sys
from pathlib import Path
from detente import dossier
from detente.dossier import canonical
from detente.errors import DossierError
kept, name = dossier.open(Path(sys.argv[1])), sys.argv[2]
said = os.open(sys.argv[3], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
while True:
    body = canonical(json.dumps({"by": name, "note": "x" * 200}))
    try:
        made = kept.append(lambda rows: [body])
    except DossierError as error:
        if "in use by another program" not in str(error):
            raise
        continue
    os.write(said, b"".join(b"%d %s\\n" % (row.number, row.hash.encode()) for row in made))
"""


def acknowledged(folder: Path) -> list[tuple[int, str]]:
    lines = [line.split() for path in sorted(folder.glob("said-*")) for line in path.read_text().splitlines()]
    return [(int(number), said) for number, said in lines]


def killed_writers(gulf: Dossier, appends: int, *, kills: int, seed: int) -> None:
    """Have four processes write, and kill and follow one at random, until both numbers are reached."""
    said, pause = gulf.folder.parent, random.Random(seed)

    def started(name: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", WRITER, str(gulf.folder), str(name), str(said / f"said-{name}")]
        return subprocess.Popen(command, env=ENV, stderr=subprocess.PIPE)

    writers = [started(name) for name in range(4)]
    deadline = time.monotonic() + 300
    try:
        while kills > 0 or len(acknowledged(said)) < appends:
            assert time.monotonic() < deadline
            time.sleep(pause.uniform(0.2, 0.7))
            chosen = pause.randrange(4)
            assert writers[chosen].poll() is None, writers[chosen].communicate()
            writers[chosen].send_signal(signal.SIGKILL)
            writers[chosen].communicate()
            kills -= 1
            writers[chosen] = started(chosen)
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()


def require_nothing_lost(gulf: Dossier, appends: int) -> None:
    told = acknowledged(gulf.folder.parent)
    assert len(told) >= appends
    assert len({number for number, _ in told}) == len(told)
    stored = dossier.open(gulf.folder).ledger()
    assert faults(stored) == ()
    held = {(row.number, row.hash) for row in stored}
    assert set(told) <= held
    # A writer that is killed between its commit and its word leaves one row that it never spoke of.
    gulf.append(lambda _: [BODIES[0]])
    assert faults(gulf.ledger(), head=head(stored)) == ()


def test_killed_writers_lose_nothing_that_was_acknowledged(gulf: Dossier) -> None:
    killed_writers(gulf, 60, kills=2, seed=8)
    require_nothing_lost(gulf, 60)


@pytest.mark.slow
def test_a_thousand_appends_of_four_processes_survive_every_kill(gulf: Dossier) -> None:
    killed_writers(gulf, 1000, kills=25, seed=9)
    require_nothing_lost(gulf, 1000)


def test_the_log_goes_into_the_database_when_nobody_else_has_it_open(gulf: Dossier) -> None:
    path, long = gulf.folder / DATABASE, canonical(json.dumps({"note": "x" * 900_000}))
    before = path.read_bytes()
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT count(*) FROM ledger").fetchone()
        for _ in range(6):
            gulf.append(lambda _: [long])
        assert path.read_bytes() == before
        assert other.execute("SELECT count(*) FROM ledger").fetchone() == (6,)
    gulf.append(lambda _: [BODIES[0]])
    assert path.stat().st_size > 5_000_000
    assert sorted(found.name for found in gulf.folder.glob(f"{DATABASE}*")) == [DATABASE]
    assert faults(gulf.ledger()) == ()


def mounted(monkeypatch: pytest.MonkeyPatch, folder: Path, *mounts: tuple[str, str]) -> None:
    table = folder / "mountinfo"
    lines = [f"{n} 1 0:{n} / {at} rw,relatime shared:{n} - {kind} some rw" for n, (at, kind) in enumerate(mounts)]
    table.write_text("\n".join(lines))
    monkeypatch.setattr(place, "MOUNTS", table)


NETWORK = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "fuse.sshfs",
    "afs",
    "ceph",
    "fuse.glusterfs",
    "lustre",
    "9p",
    "virtiofs",
]


@pytest.mark.parametrize("kind", NETWORK)
def test_a_network_file_system_is_refused_with_the_cure(
    kept: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mounted(monkeypatch, tmp_path, ("/", "ext4"), (str(tmp_path), kind))
    (tmp_path / "link").symlink_to(kept.folder)
    doings: list[Callable[[], object]] = [
        lambda: dossier.create(tmp_path / "new", GULF),
        lambda: dossier.open(kept.folder),
        lambda: dossier.open(tmp_path / "link"),
        lambda: kept.append(lambda _: [BODIES[0]]),
        lambda: kept.save_situation(WIDER),
    ]
    for do in doings:
        with pytest.raises(DossierError) as caught:
            do()
        assert f"lies on a network file system ({kind}, mounted at '{tmp_path}')" in str(caught.value)
        assert "copy it there, or make it there" in str(caught.value)
    assert not (tmp_path / "new").exists()
    assert len(kept.ledger()) == 6


@pytest.mark.parametrize(
    "kind", ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fuseblk", "fuse.mergerfs", "vfat"]
)
def test_a_disk_of_this_machine_is_not_refused(
    kept: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mounted(monkeypatch, tmp_path, ("/", "nfs"), (str(tmp_path), kind))
    assert len(dossier.open(kept.folder).append(lambda _: BODIES)) == 6


@pytest.mark.parametrize("kind", ["9p", "virtiofs"])
def test_a_sandbox_may_have_its_own_root_from_its_host(
    kept: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mounted(monkeypatch, tmp_path, ("/", kind))
    assert dossier.open(kept.folder).ledger() == kept.ledger()


def test_this_machine_can_keep_a_dossier(kept: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dossier.open(kept.folder) == kept
    monkeypatch.setattr(place, "MOUNTS", tmp_path / "none")
    assert dossier.open(kept.folder) == kept


def test_the_mount_that_is_seen_counts(tmp_path: Path) -> None:
    def kind(folder: str, *mounts: tuple[str, str]) -> str | None:
        lines = [f"1 1 0:1 / {at} rw - {kind} some rw" for at, kind in mounts]
        found = place.mount_of(Path(folder), "\n".join(["no line", "1 2 - x", *lines]))
        return found.kind if found else None

    assert kind("/net/a b/c", ("/", "ext4"), ("/net/a\\040b", "nfs")) == "nfs"
    assert kind("/net/ab", ("/", "ext4"), ("/net/a", "nfs")) == "ext4"
    assert kind("/data/ann", ("/", "ext4"), ("/data", "autofs"), ("/data", "nfs4")) == "nfs4"
    assert kind("/data/ann/x", ("/data", "nfs4"), ("/data/ann", "ext4"), ("/", "ext4")) == "ext4"
    assert kind("/data/ann") is None


def refused(*, limit: int) -> Callable[..., sqlite3.Connection]:
    """A database that may not grow beyond so many pages, as on a disk that is full."""
    connect = sqlite3.connect

    def limited(*args: Any, **named: Any) -> sqlite3.Connection:
        db: sqlite3.Connection = connect(*args, **named)
        db.execute(f"PRAGMA max_page_count = {limit}")
        return db

    return limited


def test_a_full_disk_is_said_and_loses_nothing(kept: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "connect", refused(limit=1))
    long = canonical(json.dumps({"note": "x" * 100_000}))
    for do in (lambda: kept.append(lambda _: [long]), lambda: dossier.create(tmp_path / "new", GULF)):
        with pytest.raises(DossierError, match=r"no space left.*nothing was changed. Make space, and do it again"):
            do()
    monkeypatch.undo()
    assert len(kept.ledger()) == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gulf"]


def test_a_disk_that_stops_taking_bytes_is_said_and_loses_nothing(kept: Dossier) -> None:
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from detente import dossier\n"
        "from detente.errors import DossierError\n"
        "kept = dossier.open(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n"
        "    for n in range(100): kept.append(lambda _: ['{\"note\":\"' + 'x' * 3000 + '\"}'])\n"
        "except DossierError as error: print(error)\n"
    )
    command = [sys.executable, "-c", program, str(kept.folder)]
    said = subprocess.run(command, env=ENV, capture_output=True, text=True, check=True).stdout
    assert "cannot be read or written: disk I/O error. Check the space and the quota on its disk" in said
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 20_000
    stored = dossier.open(kept.folder).ledger()
    assert [row.body for row in stored[:6]] == list(BODIES)
    assert faults(stored) == ()
    assert len(kept.append(lambda _: [BODIES[0]])) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever may do everything can write everywhere")
def test_a_folder_that_cannot_be_written_is_said(kept: Dossier) -> None:
    kept.folder.chmod(0o500)
    (kept.folder / DATABASE).chmod(0o400)
    try:
        with pytest.raises(DossierError, match=r"cannot be used.*Check the rights of the file.*or copy the dossier"):
            kept.append(lambda _: [BODIES[0]])
    finally:
        (kept.folder / DATABASE).chmod(0o600)
        kept.folder.chmod(0o700)


def test_a_database_that_may_only_be_read_is_said(kept: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **named: connect(f"file:{path}?mode=ro", uri=True, **named))
    with pytest.raises(DossierError, match=r"cannot be used: attempt to write a readonly database. Check the rights"):
        kept.append(lambda _: [BODIES[0]])
    assert len(kept.ledger()) == 6


def test_a_ledger_in_use_says_so(kept: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    with closing(sqlite3.connect(kept.folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DossierError, match=r"in use by another program. Wait until it is done"):
            kept.append(lambda _: [BODIES[0]])
        assert len(kept.ledger()) == 6
