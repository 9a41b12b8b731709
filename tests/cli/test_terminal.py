"""How `detente` behaves as a program: what it loads, how it is stopped, and which terminals it can write to."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cli.samples import ARTICLE, SITUATION, run, situation

from detente.cli import main

PROGRAM = [sys.executable, "-m", "detente"]
HEAVY = ("spacy", "numpy", "pydantic", "rich", "ruamel", "jinja2", "trafilatura", "pypdf", "sqlite3")


def environment(**changed: str | None) -> Mapping[str, str]:
    """The environment with something set or, where it is None, unset; the same modules are found."""
    new = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), **changed}
    return {name: value for name, value in new.items() if value is not None}


def program(*arguments: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=env or environment(), stdin=subprocess.DEVNULL, check=False)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom detente.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        f"sys.stderr.write(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)
    assert done.stderr == ""
    assert "Usage:" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["no-such"], ["read", "--no-such"], ["read", "a", "b"], ["check"], ["schema", "x"]]
)
def test_a_command_put_wrongly_shows_how_it_is_used(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")
    assert done.stderr.count("Error: ") == 1


@pytest.mark.parametrize("command", ["brief", "deals"])
@pytest.mark.parametrize("draws", ["0", "-3", "100001", "many", "1e9", "1.5", ""])
def test_draws_out_of_bounds_are_put_wrongly(command: str, draws: str) -> None:
    done = run(command, situation(SITUATION), "--draws", draws)
    assert done.exit_code == 2
    assert f"--draws {draws} is not a whole number from 1 to 100,000. Write it in digits" in done.stderr


def test_a_brief_on_a_case_loads_no_language_pipeline() -> None:
    situation(SITUATION)
    code = (
        "import sys\nfrom detente.cli import main\n"
        "try:\n    main(['brief', 'dam.yaml', '--draws', '1'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "sys.stderr.write(' '.join(m for m in ('spacy', 'detente.desk.draft') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)
    assert done.stderr == ""


class Full(io.StringIO):
    """A disk without room: what is written waits, and cannot be passed on."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("arguments", [["schema"], ["--help"]])
def test_output_that_finds_no_room_ends_in_one_line(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 3
    said = capsys.readouterr().err
    assert said.startswith("detente: What was found cannot be written out: No space left on device.")
    assert len(said.splitlines()) == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs the full device of Linux")
def test_a_full_device_ends_the_program_in_one_line() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PROGRAM, "schema"], stdout=full, stderr=subprocess.PIPE, text=True, env=environment(), check=False
        )
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)


def test_a_fault_with_a_file_of_its_own_is_not_taken_for_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "gone", "schema.json")

    monkeypatch.setattr("detente.desk.check.schema", missing)
    with pytest.raises(FileNotFoundError):
        run("schema")


def test_without_standard_input_the_program_says_so() -> None:
    closed = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *PROGRAM, "read"],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert closed.returncode == 2
    assert closed.stderr == (
        "detente: Nothing is piped to standard input. Name a file or a folder, or pipe a text in.\n"
    )


def stopped_after(seconds: float) -> subprocess.Popen[str]:
    started = subprocess.Popen(
        [*PROGRAM, "brief", "a.txt", "--into", "kept", "-o", "out.html"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    time.sleep(seconds)
    started.send_signal(signal.SIGINT)
    return started


def test_an_interrupt_ends_in_one_line_and_leaves_nothing_half_written() -> None:
    Path("a.txt").write_text(ARTICLE * 20, encoding="utf-8")
    started = stopped_after(1.5)
    told, said = started.communicate()
    # Python itself may pass the signal on, which a shell shows as 130 too.
    assert started.returncode in (130, -signal.SIGINT)
    assert (told, said) == ("", "detente: stopped.\n")
    assert sorted(p.name for p in Path.cwd().iterdir() if p.name != "kept") == ["a.txt"]
    assert not Path("kept").exists() or Path("kept/dossier.sqlite").is_file()


def test_an_interrupt_in_the_middle_of_a_command_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.situation.store.emit", interrupted)
    monkeypatch.setattr("detente.desk.check.schema", interrupted)
    done = run("schema")
    assert (done.exit_code, done.stdout, done.stderr) == (130, "", "detente: stopped.\n")


def test_a_closed_pipe_ends_in_silence() -> None:
    situation(SITUATION)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*PROGRAM, "brief", "dam.yaml", "--draws", "16"],
        stdout=writer,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 141
    assert Path("dam-brief.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


@pytest.mark.parametrize(
    "changed",
    [
        {"LC_ALL": "C", "LANG": "C", "TERM": None, "HOME": None},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252:strict"},
    ],
    ids=["C, no TERM, no HOME", "ASCII", "Windows"],
)
def test_a_poor_terminal_is_written_to(changed: dict[str, str | None]) -> None:
    situation(SITUATION.replace("The dam", "Плотина"))
    shown = program("brief", "dam.yaml", "--draws", "16", env=environment(**changed))
    assert (shown.returncode, shown.stderr) == (0, b"")


def test_json_is_utf_8_whatever_the_terminal_is() -> None:
    situation(SITUATION.replace("The dam", "Плотина"))
    ascii_only = environment(PYTHONIOENCODING="ascii:strict")
    as_json = program("brief", "dam.yaml", "--json", "--draws", "16", env=ascii_only)
    assert json.loads(as_json.stdout.decode("utf-8"))["title"] == "Плотина"


@pytest.mark.parametrize("width", [40, 200])
def test_no_line_is_wider_than_the_terminal(width: int, dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = run("brief", dossier, "--draws", "16").stdout.splitlines()
    assert max(len(line.rstrip()) for line in lines) <= width


@pytest.mark.parametrize("width", ["0", "1", "wide"])
def test_a_width_that_is_none_does_no_harm(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert run("brief", situation(SITUATION), "--draws", "16").exit_code == 0


@pytest.mark.parametrize("name", ["NO_COLOR", "FORCE_COLOR"])
def test_colour_is_for_terminals_only(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    assert "\x1b" not in run("brief", situation(SITUATION), "--draws", "16").stdout
