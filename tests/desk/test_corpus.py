"""Folders of any size: whatever interrupts a run, it goes on, and the same bytes come out."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.samples import contents
from tests.desk.breaking import breaking

from detente.desk import corpus as desk
from detente.desk.corpus import SHARD, Done, as_text, corpus, readings_in
from detente.desk.corpus.places import READINGS, shard_file, shards_in
from detente.desk.corpus.stages import Order
from detente.desk.corpus.workers import finish, hands
from detente.errors import DocumentError, UsageError

PARTIES = ("Iran", "Oman", "France", "Turkey", "Egypt", "Kenya", "Chile", "Japan", "Norway", "Peru", "Ghana", "Nepal")
TOPICS = ("water", "prisoners", "the border", "tariffs", "the ceasefire", "missiles", "fishing", "grain", "the dam")
ACTS = ("demanded that {b} discuss {t}", "refused to discuss {t} with {b}", "met {b} for talks on {t}")


def report(number: int) -> str:
    """A short report that no other one resembles."""
    a, b = PARTIES[number % 12], PARTIES[(number // 12 + number + 1) % 12]
    acts = [ACTS[(number + k) % 3].format(b=b, t=TOPICS[(number // 3 + 2 * k) % 9]) for k in range(2)]
    told = " ".join(
        f"{a} {act} on day {number + k} of the talks in hall {number * 7 + k}." for k, act in enumerate(acts)
    )
    return f"Report number {number}\n\nPublished: {1 + number % 28} January 2026\n\n{told}\n"


def folder(place: Path, count: int) -> Path:
    """A folder of reports, every twentieth a repeat, some of them broken."""
    place.mkdir()
    for number in range(count):
        told = report(number - 1 if number % 20 == 19 else number)
        (place / f"{number:04}.txt").write_text(told, encoding="utf-8")
    for number, broken in ((3, b""), (11, b"\x89PNG\r\n\x1a\n\x00\x00")):
        if number < count:
            (place / f"{number:04}.txt").write_bytes(broken)
    return place


def files_of(run: Path) -> dict[str, bytes | None]:
    return contents(run)


def files_read(run: Path) -> list[str]:
    return [reading.document.name for reading in readings_in(run)]


@pytest.mark.parametrize(("count", "jobs"), [(120, 1), pytest.param(300, 2, marks=pytest.mark.slow)])
def test_a_run_killed_in_the_middle_goes_on_and_nothing_is_lost_or_doubled(
    tmp_path: Path, count: int, jobs: int
) -> None:
    source, whole, killed = folder(tmp_path / "press", count), tmp_path / "whole", tmp_path / "killed"
    command = [sys.executable, "-m", "detente", "read", str(source), "--to", str(killed), "--jobs", str(jobs)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not (killed / READINGS).is_dir() or not shards_in(killed, READINGS):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.005)
    found = Path(f"/proc/{process.pid}/task").glob("*/children")
    working = [child for file in found for child in file.read_text(encoding="ascii").split()]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    until = time.monotonic() + 10
    while any(Path("/proc", child).exists() for child in working):  # nobody goes on for a run that was killed
        assert time.monotonic() < until
        time.sleep(0.05)
    done_before = {n: shard_file(killed, READINGS, n).stat().st_mtime_ns for n in shards_in(killed, READINGS)}
    assert 0 < len(done_before) < count / SHARD
    assert not (killed / "done.json").exists()

    done = corpus(source, killed, jobs=2)
    assert (done.counted.documents, done.counted.broken, done.counted.duplicates) == (count, 2, count // 20)
    for shard, when in done_before.items():
        assert shard_file(killed, READINGS, shard).stat().st_mtime_ns == when  # what was finished is not done again
    assert corpus(source, whole, jobs=1).counted == done.counted
    assert files_of(killed) == files_of(whole)
    names = files_read(whole)
    assert len(set(names)) == len(names) == done.counted.read == count - 2 - count // 20


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Done]:
    """A folder with everything in it that may be in a folder, read into a run."""
    place = tmp_path_factory.mktemp("small")
    source = folder(place / "press", 8)
    (source / "deep" / "er").mkdir(parents=True)
    (source / "deep" / "er" / "0001.txt").write_text(report(40), encoding="utf-8")
    (source / "with\nnewline \u202edecalp.txt").write_text(report(41), encoding="utf-8")
    (source / "controls.txt").write_text(report(42).replace("talks", "\u202etalks\u202c") + "\x07", encoding="utf-8")
    (source / os.fsdecode(b"not-utf-\xff.txt")).write_text(report(43), encoding="utf-8")
    (source / "large.html").touch()
    os.truncate(source / "large.html", 30_000_000)
    (source / "deep.html").write_bytes(b"<html><body>" + b"<div>" * 100_000 + b"<p>Iran met Oman in Muscat.</p>")
    (source / "scan.pdf").write_bytes(b"%PDF-1.4\nnot one\n%%EOF")
    (source / "gone.txt").symlink_to("nowhere.txt")
    os.mkfifo(source / "pipe.html")
    (source / "zero.txt").symlink_to("/dev/zero")
    return source, place / "run", corpus(source, place / "run")


def test_what_is_broken_or_hostile_is_named_and_the_rest_is_read(small: tuple[Path, Path, Done]) -> None:
    _, run, done = small
    errors = [json.loads(line) for line in (run / "errors.jsonl").read_text(encoding="ascii").splitlines()]
    says = {row["file"]: row["says"] for row in errors}
    assert set(says) == {"0003.txt", "large.html", "scan.pdf", "gone.txt", "pipe.html", "zero.txt", "deep.html"}
    assert "is empty" in says["0003.txt"]
    assert "is 30.0 MB; the limit is 5 MB; raise it with --limit" in says["large.html"]
    assert "is a page without an article" in says["deep.html"]
    assert "is a broken PDF" in says["scan.pdf"]
    assert "does not exist" in says["gone.txt"]
    assert "is a named pipe, not a file" in says["pipe.html"]
    assert "is a device, not a file" in says["zero.txt"]
    read = files_read(run)
    assert len(read) == done.counted.read == 11
    assert {"deep/er/0001.txt", "controls.txt", "with\\nnewline \\u202edecalp.txt"} < set(read)
    assert done.counted.broken == 7


def test_every_document_has_an_id_of_its_own(small: tuple[Path, Path, Done]) -> None:
    ids = [reading.document.id for reading in readings_in(small[1])]
    assert len(set(ids)) == len(ids)
    assert "0001-2" in ids


def test_the_words_on_a_run_fit_on_their_lines(small: tuple[Path, Path, Done]) -> None:
    said = as_text(small[2]).splitlines()
    assert said[0] == "run: 11 of 18 documents read, in readings/"
    assert said[1] == "  7 cannot be read: errors.jsonl"
    assert said[-1] == "    ..."


def test_a_finished_run_is_left_as_it_is(small: tuple[Path, Path, Done]) -> None:
    source, run, done = small
    before = {file: file.stat().st_mtime_ns for file in run.rglob("*")}
    assert corpus(source, run, jobs=2) == done
    assert {file: file.stat().st_mtime_ns for file in run.rglob("*")} == before


def test_a_run_goes_on_only_with_what_it_was_begun_with(small: tuple[Path, Path, Done], tmp_path: Path) -> None:
    source, run, _ = small
    with pytest.raises(UsageError, match="begun with another limit_bytes"):
        corpus(source, run, limit_bytes=10)
    with pytest.raises(UsageError, match="begun with a folder 'press' with other files, 18 of them"):
        corpus(folder(tmp_path / "press", 4), run)
    with pytest.raises(UsageError, match="is there already and is no run"):
        corpus(tmp_path / "press", source)


def test_a_run_without_documents_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DocumentError, match="holds no document"):
        corpus(tmp_path / "empty", tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_run_that_is_not_finished_gives_no_readings(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not finished"):
        next(readings_in(tmp_path))


def test_a_document_that_breaks_its_reader_is_left_out_and_the_rest_is_read(tmp_path: Path) -> None:
    source, run = folder(tmp_path / "press", 60), tmp_path / "run"
    desk._begun(source, run, 5_000_000, (), lambda _: None)
    order = Order("open", run, source, 5_000_000, ())
    with hands(2) as lent:
        finish(order, 2, lent=lent, tick=lambda: None, work=breaking)
    assert shards_in(run, order.part) == {0, 1}
    done = corpus(source, run)
    errors = [json.loads(line) for line in (run / "errors.jsonl").read_text(encoding="ascii").splitlines()]
    assert [row["file"] for row in errors] == ["0003.txt", "0006.txt", "0011.txt", "0013.txt"]
    assert "ended its process. Split it" in errors[1]["says"]
    assert "(ValueError). That is a fault of ours" in errors[3]["says"]
    assert (done.counted.broken, done.counted.read) == (4, 53)


def test_a_run_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    source = folder(tmp_path / "press", 2)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="is there already and is no run"):
        corpus(source, tmp_path / "file")
    with pytest.raises(UsageError, match="cannot be written"):
        corpus(source, tmp_path / "file" / "run")
