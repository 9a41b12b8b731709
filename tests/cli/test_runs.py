"""`detente read` with --to and --format: what may be asked together, what is written, what is refused."""

import json
from pathlib import Path

import pytest
from tests.cli.samples import ARTICLE, refused, run


@pytest.fixture
def press() -> Path:
    folder = Path("press")
    folder.mkdir()
    (folder / "dam.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "again.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def test_a_folder_is_read_into_a_run_and_written_from_it(press: Path) -> None:
    done = run("read", press, "--to", "kept", "--jobs", "1")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "kept: 1 of 3 documents read, in readings/",
        "  1 not read because another one says the same: duplicates.jsonl",
        "  1 cannot be read: errors.jsonl",
        "    'empty.txt' is empty. Give a file with at least one sentence of text.",
    ]
    assert json.loads(Path("kept/duplicates.jsonl").read_text(encoding="ascii")) == {
        "number": 1, "file": "dam.txt", "repeats": "again.txt", "resemblance": 1.0,
    }  # fmt: skip
    again = json.loads(run("read", press, "--to", "kept", "--json").stdout)
    assert (again["documents"], again["read"], again["duplicates"], again["broken"]) == (3, 1, 1, 1)
    for kind in ("jsonl", "csv", "parquet", "plover", "dna", "html"):
        written = run("read", "kept", "--format", kind, "-o", f"out.{kind}")
        assert written.exit_code == 0, written.output
        assert f"out.{kind}: " in written.stdout
        assert "of 1 document\n" in written.stdout
        read = run("read", "press/again.txt", "--format", kind, "-o", "one", "--force")
        assert read.exit_code == 0, read.output
        if kind != "html":  # its title is what was asked for
            assert Path("one").read_bytes() == Path(f"out.{kind}").read_bytes()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--to", "kept", "--into", "dossier"], "--into and --to are two things"),
        (["--to", "kept", "--format", "csv", "-o", "a"], "--to and --format are two things"),
        (["--format", "csv"], "belong together"),
        (["-o", "a.csv"], "belong together"),
        (["--force"], "belong together"),
        (["--format", "csv", "-o", "a.csv", "--json"], "--json prints"),
        (["--jobs", "2"], "--jobs is for --to"),
        (["--to", "kept", "--model", "m", "--endpoint", "http://localhost:1"], "--to reads with rules alone"),
        (["--to", "press/kept"], "lies inside"),
        (["--format", "csv", "-o", "nowhere/a.csv"], "no folder"),
        (["--format", "csv", "-o", "-"], "does not go to standard output"),
    ],
)
def test_what_does_not_go_together_is_refused(press: Path, options: list[str], says: str) -> None:
    assert says in refused(2, "read", press, *options)


def test_a_run_is_of_a_folder(press: Path) -> None:
    assert "--to reads a folder" in refused(2, "read", press / "dam.txt", "--to", "kept")
    assert "--to reads a folder" in refused(2, "read", "--to", "kept", given=ARTICLE.encode())


def test_what_is_there_is_not_replaced_unasked(press: Path) -> None:
    Path("a.csv").write_text("mine", encoding="utf-8")
    assert "exists already" in refused(2, "read", press / "dam.txt", "--format", "csv", "-o", "a.csv")
