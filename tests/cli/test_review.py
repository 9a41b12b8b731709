"""Reviewing at the keyboard and from a script, and what is said where neither is possible."""

import json
import os
import pty
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.samples import ARTICLE, refused, run

ENV = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "TERM": "dumb"}
PROGRAM = [sys.executable, "-m", "detente"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of the article, made by reading alone. Not to be changed."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "dam.txt").write_text(ARTICLE, encoding="utf-8")
    done = run("read", folder / "dam.txt", "--into", folder / "harbour")
    assert done.exit_code == 0, done.output
    return folder / "harbour"


@pytest.fixture
def dossier(kept: Path) -> Path:
    shutil.copytree(kept, "harbour")
    return Path("harbour")


def items(dossier: Path) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = json.loads(run("review", dossier, "--list", "--json").stdout)["record"]
    return listed


def test_the_list_shows_every_item_with_its_id(dossier: Path) -> None:
    shown = run("review", dossier, "--list").stdout
    assert shown.startswith(f"harbour: {len(items(dossier))} items, {len(items(dossier))} unreviewed\n")
    assert all(f"{row['id']}  unreviewed  " in shown for row in items(dossier))


def test_decisions_from_a_script_are_kept_and_taken_back(dossier: Path) -> None:
    first, second = (str(row["id"]) for row in items(dossier)[:2])
    done = run("review", dossier, "--accept", first, "--reject", second, "--by", "Ann")
    assert done.exit_code == 0, done.output
    assert "1 accepted, 1 rejected" in done.stdout
    assert [row["state"].split(" on ")[0] for row in items(dossier)[:2]] == ["accepted by Ann", "rejected by Ann"]  # type: ignore[attr-defined]
    assert "Taken back" in run("review", dossier, "--undo", "--by", "Ann").stdout
    assert sum(row["decision"] is not None for row in items(dossier)) == 1


def test_what_is_put_wrongly_is_refused_and_nothing_changes(dossier: Path) -> None:
    one = str(items(dossier)[0]["id"])
    assert "is no item of 'harbour'" in refused(2, "review", dossier, "--accept", "no-such-id")
    assert "do not go together" in refused(2, "review", dossier, "--list", "--accept", one)
    assert "but not where" in refused(2, "review", dossier, "--set", "negated=yes")
    assert "needs a change" in refused(2, "review", dossier, "--edit", one)
    assert "that could be taken back" in refused(2, "review", dossier, "--undo")
    assert "There is no folder" in refused(3, "review", "nowhere", "--list")


def test_without_a_keyboard_the_way_by_script_is_named(dossier: Path) -> None:
    assert "--accept ID" in refused(2, "review", dossier)
    closed = subprocess.run(
        ["/bin/sh", "-c", f"exec {' '.join(PROGRAM)} review harbour <&-"],
        capture_output=True,
        text=True,
        env=ENV,
        check=False,
    )
    assert (closed.returncode, closed.stderr.count("\n")) == (2, 1)
    assert "--accept ID" in closed.stderr


def pressed(dossier: Path, keys: str) -> str:
    """Press keys one after the other at a terminal of its own, and return what was shown."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, "review", str(dossier), "--by", "Ann"], stdin=theirs, stdout=theirs, stderr=theirs, env=ENV
    ) as program:
        os.close(theirs)
        shown = b""
        waiting, until = list(keys), time.monotonic() + 60
        while time.monotonic() < until:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            shown += piece
            if waiting and shown.rstrip().endswith(b"[q]uit"):
                time.sleep(0.5)  # what is typed before the program listens is thrown away
                os.write(ours, waiting.pop(0).encode())
        program.terminate() if time.monotonic() > until else None
        assert program.wait() == 0, shown.decode()
    os.close(ours)
    return shown.decode()


def test_at_the_keyboard_one_key_decides_and_another_takes_it_back(dossier: Path) -> None:
    shown = pressed(dossier, "asruq")
    assert [row["decision"] for row in items(dossier)][1:] == [None] * (len(items(dossier)) - 1)
    assert str(items(dossier)[0]["state"]).startswith("accepted by Ann")
    assert "[a]ccept" in shown
    assert f"harbour: {len(items(dossier))} items" in shown


@pytest.mark.parametrize("option", [("--since", "soon"), ("--since", "2026-03-02", "--as-of", "2026-03-01")])
def test_days_that_are_none_or_the_wrong_way_round_are_refused(dossier: Path, option: tuple[str, ...]) -> None:
    assert "2026" in refused(2, "changes", dossier, *option)


def test_changes_and_restore_work_from_the_command_line(dossier: Path) -> None:
    told = json.loads(run("changes", dossier, "--since", "2026-01-01", "--json").stdout)
    assert told["moved"]
    assert "(in the file)" in run("restore", dossier).stdout
    assert "Give more of it" in refused(2, "restore", dossier, "ffff")


def test_a_document_read_into_a_dossier_says_what_it_changes(dossier: Path) -> None:
    Path("new.txt").write_text("Kazakhstan threatened to impose sanctions on Uzbekistan.", encoding="utf-8")
    done = run("read", "new.txt", "--into", dossier)
    assert done.exit_code == 0, done.output
    assert "threat: Kazakhstan to Uzbekistan" in done.stdout
    assert "1 document here already" in run("read", "new.txt", "--into", dossier).stdout
