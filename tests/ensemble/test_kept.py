"""An interrupted request goes on where it was, and a file that cannot be trusted is done again."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial, reduce
from operator import add
from pathlib import Path

import duckdb
import numpy as np
import pytest

from detente.ensemble import Chunk, Count, Kept, Moments, Part, chunks, digest, gathered, request_key, uniform
from detente.ensemble.packed import packed, unpacked
from detente.errors import FormatError, UsageError
from detente.formats.draw_rows import as_parquet, draw_rows
from detente.situation.nouns import Situation

ENV = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
CUT = chunks(1000, 100)
Sums = dict[str, Moments | Count]


def work(chunk: Chunk) -> Sums:
    u = uniform("a.b", chunk.draws, seed=1, chunk=chunk.index)
    return {"level": Moments.of(u), "high": Count.of(u > 0.5)}


def with_rows(chunk: Chunk) -> Part:
    return Part(work(chunk), {"a.b": uniform("a.b", chunk.draws, seed=1, chunk=chunk.index)})


def slow(chunk: Chunk) -> Sums:
    """For the process that is killed in the middle of its work."""
    time.sleep(0.05)
    return work(chunk)


def kept(folder: Path, key: str = "k") -> Kept:
    return Kept(folder, key, (Moments, Count))


def summed(parts: list[Sums]) -> str:
    return digest({name: reduce(add, [part[name] for part in parts]) for name in parts[0]})


def watched(seen: list[int]) -> Callable[[Chunk], Sums]:
    def noted(chunk: Chunk) -> Sums:
        seen.append(chunk.index)
        return work(chunk)

    return noted


WHOLE = summed([work(chunk) for chunk in CUT])


def test_what_is_kept_is_not_done_again_and_gives_the_same_bytes(tmp_path: Path) -> None:
    seen: list[int] = []
    told: list[tuple[int, int]] = []
    first = list(gathered(watched(seen), CUT, kept=kept(tmp_path)))
    again = list(gathered(watched(seen), CUT, kept=kept(tmp_path), progress=lambda *at: told.append(at)))
    assert seen == list(range(10))
    assert summed(first) == summed(again) == WHOLE
    assert told == [(k, 10) for k in range(1, 11)]


def test_two_folders_of_one_request_are_the_same_to_the_last_byte(tmp_path: Path) -> None:
    for name, workers in (("one", 1), ("two", 3)):
        list(gathered(work, CUT, kept=kept(tmp_path / name), workers=workers, executor="threads"))
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 10
    assert [(tmp_path / "one" / n).read_bytes() for n in names] == [(tmp_path / "two" / n).read_bytes() for n in names]


@pytest.mark.parametrize("executor", ["serial", "threads"])
def test_an_interrupt_keeps_what_is_done_and_what_is_being_done(tmp_path: Path, executor: str) -> None:
    def interrupt(done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(gathered(work, CUT, kept=kept(tmp_path), workers=2, executor=executor, progress=interrupt))
    missing = kept(tmp_path).missing(CUT)
    assert 0 < len(missing) <= 6
    seen: list[int] = []
    assert summed(list(gathered(watched(seen), CUT, kept=kept(tmp_path)))) == WHOLE
    assert seen == [chunk.index for chunk in missing]


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from tests.ensemble.test_kept import *\n"
        f"list(gathered(slow, CUT, kept=kept(Path({str(tmp_path)!r}))))"
    )
    run = subprocess.Popen([sys.executable, "-c", program], env=ENV)
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob("*.npz"))) < 3 and run.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    missing = kept(tmp_path).missing(CUT)
    assert 0 < len(missing) <= 7
    seen: list[int] = []
    assert summed(list(gathered(watched(seen), CUT, kept=kept(tmp_path)))) == WHOLE
    assert seen == [chunk.index for chunk in missing]


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def changed(path: Path) -> None:
    """Write another sum under the old hashes, as an archive that is whole."""
    with np.load(path) as file:
        members = {name: file[name] for name in file.files}
    members["sums/0"] = members["sums/0"] + 1.0
    np.savez(path, **members)


def retold(path: Path) -> None:
    """Change what the file says of itself."""
    with np.load(path) as file:
        members = {name: file[name] for name in file.files}
    members["about"] = np.array(str(members["about"]).replace('"chunk": [3', '"chunk": [4'))
    np.savez(path, **members)


def pickled(path: Path) -> None:
    np.savez(path, about=np.array([{"a": 1}], dtype=object), check=np.array("x"))


def of_another_chunk(path: Path) -> None:
    path.write_bytes(kept(path.parent).path(CUT[4]).read_bytes())


@pytest.mark.parametrize("harm", [cut_off, emptied, changed, retold, pickled, of_another_chunk])
def test_a_file_that_cannot_be_trusted_is_done_again(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    list(gathered(work, CUT, kept=kept(tmp_path)))
    harm(kept(tmp_path).path(CUT[3]))
    seen: list[int] = []
    assert summed(list(gathered(watched(seen), CUT, kept=kept(tmp_path)))) == WHOLE
    assert seen == [3]
    assert kept(tmp_path).missing(CUT) == ()


def test_another_request_finds_nothing_of_this_one(tmp_path: Path) -> None:
    long = "0123456789abcdef"  # the part of a key that names the file
    list(gathered(work, CUT, kept=kept(tmp_path, f"{long}-one")))
    assert kept(tmp_path, f"{long}-two").missing(CUT) == CUT
    assert kept(tmp_path, f"{long}-one").missing(chunks(1001, 100)) == chunks(1001, 100)[-1:]


def test_only_the_named_classes_come_back(tmp_path: Path) -> None:
    list(gathered(work, CUT[:1], kept=kept(tmp_path)))
    narrow = Kept(tmp_path, "k", (Moments,))
    for ask in (partial(narrow.load, CUT[0]), partial(narrow.store, CUT[0], work(CUT[0]))):
        with pytest.raises(UsageError, match=r"a detente\.ensemble\.reducers\.Count, which is not expected here"):
            ask()


def test_rows_are_kept_with_the_sums_and_go_out_as_one_table(tmp_path: Path) -> None:
    found = list(gathered(with_rows, CUT, kept=kept(tmp_path / "kept")))
    assert summed([part.sums for part in found]) == WHOLE
    assert {len(part.rows) for part in found} == {0}
    for name, content in draw_rows(kept(tmp_path / "kept"), CUT):
        (tmp_path / name).write_bytes(content)
    with duckdb.connect() as table:
        rows = table.execute(f"SELECT * FROM '{tmp_path}/draws-*.parquet' ORDER BY draw").fetchall()
    whole = np.concatenate([uniform("a.b", 100, seed=1, chunk=k) for k in range(10)])
    assert rows == list(enumerate(whole.tolist()))


def test_rows_that_were_asked_for_come_back_as_parts(tmp_path: Path) -> None:
    seen: list[int] = []
    for _ in range(2):
        found = list(gathered(with_rows, CUT, kept=kept(tmp_path), progress=lambda done, _: seen.append(done)))
        assert summed([part.sums for part in found]) == WHOLE
    assert next(gathered(with_rows, CUT)).rows["a.b"].tobytes() == kept(tmp_path).rows(CUT[0])["a.b"].tobytes()


def test_rows_are_only_there_on_request(tmp_path: Path) -> None:
    list(gathered(work, CUT[:1], kept=kept(tmp_path)))
    with pytest.raises(UsageError, match="No rows of chunk 0 are kept"):
        kept(tmp_path).rows(CUT[0])


@pytest.mark.parametrize(
    "columns", [{}, {"a": np.ones(2), "b": np.ones(3)}, {"a": np.ones((2, 2))}, {"draw": np.ones(2)}]
)
def test_what_is_no_table_of_draws_is_refused(columns: dict[str, np.ndarray]) -> None:
    with pytest.raises(FormatError, match="no table of draws"):
        as_parquet(columns)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match=r"Chunk 0 cannot be kept in .*Name another folder"):
        list(gathered(work, CUT, kept=kept(tmp_path / "file")))


def test_values_come_back_as_they_were() -> None:
    value = {"a": (1, 2.5, None, True, "ü", [0.1, float("inf")]), "b": Moments.of(np.ones((2, 3))), "c": np.int8(3)}
    text, arrays = packed(value)
    found = unpacked(text, arrays, (Moments,))
    assert digest(found) == digest(value)
    assert type(found["c"]) is np.int8
    assert json.loads(text)


@pytest.mark.parametrize("value", [object(), {1: 2}, np.array([object()]), Path("x")])
def test_what_is_no_data_cannot_be_kept(value: object) -> None:
    with pytest.raises(UsageError, match="cannot be kept"):
        packed(value)


def test_a_request_is_its_situation_its_parameters_and_the_program() -> None:
    one = Situation(title="t")
    keys = {
        request_key(one, {"seed": 1}),
        request_key(one, {"seed": 2}),
        request_key(Situation(title="u"), {"seed": 1}),
    }
    assert len(keys) == 3
    assert request_key(one, {"seed": 1, "size": (1, 2)}) == request_key(one, {"size": (1, 2), "seed": 1})
