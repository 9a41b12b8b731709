"""Long work goes on without whoever began it, ends at once when it is told to, and loses nothing that was finished."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.samples import SITUATION, run
from tests.conftest import ROOT

from detente import dossier
from detente.desk import brief, levers, run_kinds, runs
from detente.desk.case import open_case
from detente.desk.runs import Run, Settings
from detente.dossier.runs import RunFolder, new_run, run_folder, run_folders, wait_for_place
from detente.ensemble import Chunk, Kept
from detente.errors import DetenteError, DossierError, UsageError
from detente.situation.store import from_yaml

WAITING = {"state": "waiting"}
ASKED: dict[str, object] = {
    "kind": "brief",
    "slug": "dam",
    "settings": {},
    "review": None,
    "fingerprint": "",
    "begun": "",
}


@pytest.fixture
def dam(tmp_path: Path) -> Path:
    return dossier.create(tmp_path / "dam", from_yaml(SITUATION)).folder


@pytest.fixture
def gulf(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "us-iran-2026", tmp_path / "gulf")
    return dossier.adopt(tmp_path / "gulf").folder


def made_run(folder: Path, **news: object) -> RunFolder:
    """A run as a process would have left it."""
    made = new_run(folder, dossier.open(folder).situation(), ASKED, WAITING)
    made.put_state({**made.state(), **news})
    return made


def until(folder: Path, id: str, so: Callable[[Run], bool], *, seconds: float = 120.0) -> Run:
    """Wait until a run stands as it should."""
    end = time.monotonic() + seconds
    while not so(found := runs.run(folder, id)):
        assert time.monotonic() < end, found
        time.sleep(0.02)
    return found


def members(group: int) -> list[int]:
    """The processes of a group that are more than an entry."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state, _, of = (place / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of) == group and state != "Z":
            found.append(int(place.name))
    return found


class Silent:
    """Writes down what a process would, and says nothing."""

    def __init__(self, made: RunFolder) -> None:
        self.made = made

    def put(self, **news: object) -> None:
        self.made.put_state({**self.made.state(), **news})

    def say(self, doing: str) -> None: ...


class Stopping:
    """Keeps parts on disk, and is interrupted after so many."""

    def __init__(self, kept: Kept, most: int) -> None:
        self.kept, self.most, self.stored, self.found = kept, most, 0, 0

    def load(self, chunk: Chunk) -> object:
        known: object = self.kept.load(chunk)
        self.found += known is not None
        return known

    def store(self, chunk: Chunk, found: object) -> None:
        self.kept.store(chunk, found)
        self.stored += 1
        if self.stored == self.most:
            raise KeyboardInterrupt


def test_a_run_says_what_was_asked_about_what_and_where_it_stands(dam: Path) -> None:
    made = made_run(dam, state="done", of=1, started="a", ended="b")
    (found,) = runs.runs(dam)
    assert (found.id, found.kind, found.state, found.of, found.done) == (made.id, "brief", "done", 1, 0)
    assert json.loads(runs.as_json(found))["settings"]["seed"] == Settings().seed


def test_a_run_whose_process_is_gone_is_broken_off_and_one_that_lives_is_not(dam: Path) -> None:
    made = made_run(dam, state="running")
    assert runs.run(dam, made.id).state == "broken off"
    lock = made.seized()
    assert lock is not None
    assert made.seized() is None, "one process at most"
    assert runs.run(dam, made.id).state == "running"
    with pytest.raises(UsageError, match="Only one that failed, was cancelled or broke off"):
        runs.resume(dam, made.id)
    os.close(lock)
    assert runs.run(dam, made.id).state == "broken off"


def test_what_a_broken_process_said_last_is_told(dam: Path) -> None:
    made = made_run(dam, state="running")
    (made.folder / "said.log").write_text("Traceback\nMemoryError: no room\n", encoding="utf-8")
    assert runs.run(dam, made.id).message == "MemoryError: no room"


def test_at_most_two_work_at_once_and_the_next_comes_when_one_is_over(dam: Path) -> None:
    made_run(dam)
    (first,), (second,) = wait_for_place(dam), wait_for_place(dam)
    third: list[int] = []
    waiting = threading.Thread(target=lambda: third.extend(wait_for_place(dam)))
    waiting.start()
    waiting.join(0.15)
    assert third == []
    os.close(first)
    waiting.join(5)
    assert len(third) == 1
    for place in (second, *third):
        os.close(place)


@pytest.mark.parametrize(
    "id", ["", "..", "../../x", "0001/../0001", "/etc/passwd", "1", "9999", "٠٠٠١", "0001\n", "0001\0"]
)
def test_no_name_leads_out_of_the_dossier(dam: Path, id: str) -> None:
    made_run(dam)
    for verb in (runs.run, runs.cancel, runs.resume):
        with pytest.raises(UsageError, match="is no run of 'dam'"):
            verb(dam, id)


def test_no_link_leads_out_of_the_dossier(dam: Path, tmp_path: Path) -> None:
    made = made_run(dam, state="done")
    for name in runs.RESULTS:
        (made.folder / name).symlink_to(ROOT / "README.md")
        with pytest.raises(UsageError, match="has no"):
            runs.result(dam, made.id, name)
    with pytest.raises(UsageError, match="has no"):
        runs.result(dam, made.id, "../../situation.yaml")
    (dam / "runs" / "0002").symlink_to(made.folder)
    assert [one.id for one in run_folders(dam)] == ["0001"]
    (dam / "runs").rename(tmp_path / "elsewhere")
    (dam / "runs").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DossierError, match="no folder of this dossier"):
        runs.runs(dam)


def test_a_damaged_run_does_not_hide_the_others(dam: Path) -> None:
    bad, _ = made_run(dam), made_run(dam)
    (bad.folder / "state.json").write_bytes(b"{")
    assert [one.id for one in runs.runs(dam)] == ["0002"]
    with pytest.raises(DossierError, match="cannot be read"):
        runs.run(dam, bad.id)


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        ("outlook", Settings(draws=100_000_001), "not from 1 to 100,000,000"),
        ("levers", Settings(draws=-1), "not from 1 to"),
        ("brief", Settings(workers=0), "Workers are from 1"),
        ("outlook", Settings(agenda=("a", "b")), "holds one agenda"),
    ],
)
def test_settings_that_cannot_be_begin_nothing(dam: Path, kind: runs.Kind, asked: Settings, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        runs.start(dam, kind, asked)
    assert not (dam / "runs").exists()


def test_settings_are_written_as_commands_take_them() -> None:
    asked = runs.settings_from(["draws=9", "held=rupture=0.5", "held=spoil=0.1", "answer=gain.upper"])
    assert asked == Settings(draws=9, held=("rupture=0.5", "spoil=0.1"), answer="gain.upper")
    for row in ("draws", "draws=-1", "draws=many", "colour=red"):
        with pytest.raises(UsageError, match=row.partition("=")[0]):
            runs.settings_from([row])
    assert runs.settings_of(json.loads(json.dumps({"draws": 9, "agenda": ["a"], "later": 1}))) == Settings(
        draws=9, agenda=("a",)
    )


def test_a_run_that_is_cancelled_while_it_loads_is_gone_within_a_second(dam: Path) -> None:
    begun = runs.start(dam, "brief")
    assert begun.state in ("waiting", "running")
    group = run_folder(dam, begun.id).process()
    assert group is not None
    asked = time.monotonic()
    assert runs.cancel(dam, begun.id).state == "cancelled"
    assert time.monotonic() - asked < 1.0
    assert members(group) == []
    with pytest.raises(UsageError, match="over already"):
        runs.cancel(dam, begun.id)


def test_levers_that_were_interrupted_do_the_rest_alone_and_end_alike(dam: Path, tmp_path: Path) -> None:
    case = open_case(dam)
    asked = levers.LeversAsked(draws=128, effort=replace(levers.SLOW, rows=16, swept=16))
    whole = levers.as_json(levers.ask_levers(case, asked))
    kept = Kept(tmp_path / "chunks", "k")
    first = Stopping(kept, 3)
    with pytest.raises(KeyboardInterrupt):
        levers.ask_levers(case, asked, kept=first)
    second = Stopping(kept, 0)
    assert levers.as_json(levers.ask_levers(case, asked, kept=second)) == whole
    assert second.found == 3
    assert second.stored > 3
    third = Stopping(kept, 0)
    assert levers.as_json(levers.ask_levers(case, asked, kept=third)) == whole
    assert (third.found, third.stored) == (second.found + second.stored, 0)


def test_a_run_is_about_the_situation_it_was_begun_on(dam: Path) -> None:
    made = new_run(dam, dossier.open(dam).situation(), {**ASKED, "settings": {"draws": 16}}, WAITING)
    before = run_kinds.done(dam, made, Silent(made))
    dossier.open(dam).save_situation(from_yaml(SITUATION.replace("position: 80", "position: 20")))
    for one in made.chunks.iterdir():
        one.unlink()
    assert run_kinds.done(dam, made, Silent(made)) == before


def test_a_brief_that_is_kept_is_not_written_again(dam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_run(dam, dossier.open(dam).situation(), {**ASKED, "settings": {"draws": 16}}, WAITING)
    before = run_kinds.done(dam, made, Silent(made))
    monkeypatch.setattr(brief, "write", lambda *_, **__: pytest.fail("written again"))
    assert run_kinds.done(dam, made, Silent(made)) == before
    assert made.done() == 1


def test_parts_of_another_version_do_not_count_as_finished(dam: Path) -> None:
    made = new_run(dam, dossier.open(dam).situation(), {**ASKED, "settings": {"draws": 16}}, WAITING)
    (made.chunks / "0123456789abcdef-0000007.npz").write_bytes(b"of before")
    made.put_state({**made.state(), "program": "another"})
    run_kinds.done(dam, made, Silent(made))
    assert made.done() == 1


def test_the_command_lists_runs_and_refuses_what_does_not_belong_together(dam: Path) -> None:
    assert "No runs" in run("runs", dam).stdout
    made_run(dam, state="done", of=1)
    assert "0001  brief  done" in run("runs", dam).stdout
    assert json.loads(run("runs", dam, "--show", "0001", "--json").stdout)["state"] == "done"
    for given in (["--wait"], ["--set", "draws=1"], ["--show", "0001", "--cancel", "0001"]):
        assert run("runs", dam, *given).exit_code == 2


@pytest.fixture
def undisturbed(gulf: Path) -> tuple[Run, tuple[bytes, ...]]:
    begun = runs.start(gulf, "outlook", Settings(draws=40_000))
    done = until(gulf, begun.id, lambda r: r.is_over)
    assert done.state == "done", done
    return done, tuple(runs.result(gulf, done.id, name) for name in runs.RESULTS)


@pytest.mark.slow
def test_a_killed_run_is_broken_off_and_ends_with_the_same_bytes(
    gulf: Path, undisturbed: tuple[Run, tuple[bytes, ...]]
) -> None:
    begun = runs.start(gulf, "outlook", Settings(draws=40_000, workers=2))
    until(gulf, begun.id, lambda r: 0 < r.done < 5)
    group = run_folder(gulf, begun.id).process()
    assert group is not None
    os.kill(group, signal.SIGKILL)  # its leader alone: those that work for it are to leave by themselves
    broken = until(gulf, begun.id, lambda r: r.state == "broken off")
    end = time.monotonic() + 5
    while members(group) and time.monotonic() < end:
        time.sleep(0.02)
    assert members(group) == []
    again = {p.name: p.stat().st_mtime_ns for p in (gulf / "runs" / begun.id / "chunks").glob("*.npz")}
    runs.resume(gulf, begun.id)
    done = until(gulf, begun.id, lambda r: r.is_over)
    assert (done.state, done.done, done.of) == ("done", 5, 5)
    assert broken.done <= len(again) < 5
    kept = {p.name: p.stat().st_mtime_ns for p in (gulf / "runs" / begun.id / "chunks").glob("*.npz")}
    assert {name: kept[name] for name in again} == again, "what was finished is not done again"
    assert tuple(runs.result(gulf, done.id, name) for name in runs.RESULTS) == undisturbed[1]


@pytest.mark.slow
def test_a_run_with_workers_is_cancelled_with_all_of_them_and_can_go_on(gulf: Path) -> None:
    begun = runs.start(gulf, "outlook", Settings(draws=40_000, workers=2))
    until(gulf, begun.id, lambda r: r.done > 0)
    group = run_folder(gulf, begun.id).process()
    assert group is not None
    assert len(members(group)) >= 3
    asked = time.monotonic()
    runs.cancel(gulf, begun.id)
    assert time.monotonic() - asked < 1.0
    assert members(group) == []
    runs.resume(gulf, begun.id)
    assert until(gulf, begun.id, lambda r: r.is_over).state == "done"


@pytest.mark.slow
def test_a_run_outlives_whoever_began_it(dam: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from detente.desk import runs\n"
        "print(runs.start(Path(sys.argv[1]), 'brief').id, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(dam)], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert until(dam, done.stdout.strip(), lambda r: r.is_over).state == "done"


@pytest.mark.slow
def test_a_third_run_waits_and_what_cannot_be_answered_fails_with_its_reason(dam: Path) -> None:
    begun = [runs.start(dam, "levers", Settings(answer="gain.nobody")) for _ in range(3)]
    seen = set()
    while not all((now := runs.run(dam, one.id)).is_over for one in begun):
        seen.add(sum(r.state == "running" for r in runs.runs(dam)))
    over = [runs.run(dam, one.id) for one in begun]
    assert {one.state for one in over} == {"failed"}, now
    assert all("'gain.nobody' is not an answer here" in one.message for one in over)
    assert max(seen) <= 2
    assert issubclass(UsageError, DetenteError)
