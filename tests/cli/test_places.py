"""Where `brief` may write: refused before the long work, and never over what is read."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.samples import ARTICLE, SITUATION, contents, refused, run, situation


@pytest.fixture
def case() -> Path:
    return situation(SITUATION)


def test_without_a_place_the_brief_lies_here_under_the_name_of_the_case(case: Path) -> None:
    done = run("brief", case, "--draws", "16")
    assert done.stdout.splitlines()[-1] == "Brief: dam-brief.html"
    assert sorted(contents(Path.cwd())) == ["dam-brief.html", "dam.yaml"]


def test_json_alone_writes_no_file(case: Path) -> None:
    done = run("brief", case, "--json", "--draws", "16")
    assert json.loads(done.stdout)["title"] == "The dam"
    assert sorted(contents(Path.cwd())) == ["dam.yaml"]


def test_an_old_brief_is_replaced_whole(case: Path) -> None:
    Path("out.html").write_text("old", encoding="utf-8")
    assert run("brief", case, "-o", "out.html", "--draws", "16").exit_code == 0
    assert Path("out.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert sorted(contents(Path.cwd())) == ["dam.yaml", "out.html"]


def test_a_folder_is_no_place_for_the_file(case: Path) -> None:
    Path("folder").mkdir()
    assert "'folder' is a folder. Name a file" in refused(2, "brief", case, "-o", "folder")


def test_a_missing_folder_is_named(case: Path) -> None:
    said = refused(2, "brief", case, "-o", "nowhere/brief.html")
    assert "There is no folder" in said
    assert "nowhere" in said


def test_a_file_holds_no_files(case: Path) -> None:
    assert "There is no folder" in refused(2, "brief", case, "-o", "dam.yaml/brief.html")


def test_a_name_that_is_too_long_is_refused(case: Path) -> None:
    assert "too long a name" in refused(2, "brief", case, "-o", "x" * 300)
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    assert "cannot be used" in refused(2, "brief", "a.txt", "--into", "x" * 300)


def test_a_link_to_itself_is_no_place(case: Path) -> None:
    Path("loop").symlink_to("loop")
    done = run("brief", case, "-o", "loop")
    assert done.exit_code == 2
    assert "leads back to itself" in done.stderr


def test_the_brief_is_not_written_over_what_it_is_made_from(case: Path, dossier: Path) -> None:
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    Path("also.txt").symlink_to("a.txt")
    assert "is what the brief is made from" in refused(2, "brief", case, "-o", "dam.yaml")
    assert "is what the brief is made from" in refused(2, "brief", "a.txt", "-o", "./a.txt")
    assert "is what the brief is made from" in refused(2, "brief", "a.txt", "-o", "also.txt")
    assert "is what the brief is made from" in refused(2, "brief", dossier, "-o", dossier / "situation.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs the pipes of a Unix system")
@pytest.mark.parametrize(
    "command",
    [
        ("brief", "dam.yaml"),
        ("deals", "dam.yaml"),
        ("export", "dam.yaml", "--format", "json", "--force"),
        ("import", "dam.yaml", "--force"),
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("linked", [False, True], ids=["itself", "by a link"])
def test_what_is_no_file_is_never_replaced(case: Path, command: tuple[str, ...], linked: bool) -> None:
    os.mkfifo("pipe.yaml")
    Path("link.yaml").symlink_to("pipe.yaml")
    target = "link.yaml" if linked else "pipe.yaml"
    done = run(*command, "-o", target)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is a device, a pipe or a socket, not a file. Name a file" in done.stderr
    assert stat.S_ISFIFO(os.stat("pipe.yaml").st_mode)
    assert Path("link.yaml").is_symlink()


@pytest.mark.parametrize("command", ["brief", "deals"])
def test_standard_output_and_nothing_are_no_places_for_a_page(case: Path, command: str) -> None:
    assert "does not go to standard output" in refused(2, command, case, "-o", "-")
    assert "The name that was given is empty" in refused(2, command, case, "-o", "")
    assert "The name that was given is empty" in refused(2, command, "")


def test_a_page_of_deals_is_not_called_a_brief(case: Path) -> None:
    Path("folder").mkdir()
    for target in ("folder", "dam.yaml", "-", "nowhere/deals.html"):
        assert "brief" not in refused(2, "deals", case, "-o", target)


def test_any_ending_will_do_for_a_page(case: Path) -> None:
    assert run("deals", case, "-o", "deals.txt", "--draws", "16").exit_code == 0
    assert Path("deals.txt").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_dossier_is_not_made_where_something_is() -> None:
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    Path("full").mkdir()
    Path("full/mine").write_text("mine", encoding="utf-8")
    assert "'full' exists already. Name a new folder" in refused(3, "brief", "a.txt", "--into", "full")
    assert "'a.txt' exists already. Name a new folder" in refused(3, "brief", "a.txt", "--into", "a.txt")


def test_a_dossier_is_not_made_inside_the_articles() -> None:
    Path("articles").mkdir()
    Path("articles/a.txt").write_text(ARTICLE, encoding="utf-8")
    assert "lies inside 'articles'" in refused(2, "brief", "articles", "--into", "articles/kept")
    assert "lies inside '.'" in refused(2, "brief", ".", "--into", "kept")


def test_a_dossier_below_a_file_cannot_be_made() -> None:
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    assert "'a.txt/kept' cannot be made" in refused(3, "brief", "a.txt", "--into", "a.txt/kept")


def test_a_case_is_not_kept_again(case: Path) -> None:
    assert "is a case already" in refused(2, "brief", case, "--into", "kept")


AS_NOBODY = """
import json, os, sys
from click.testing import CliRunner
import encodings.idna, encodings.unicode_escape, multiprocessing, tempfile, sqlite3
import detente.desk.brief, detente.desk.check, detente.desk.draft, detente.desk.read
import detente.cli.brief, detente.cli.check, detente.cli.read
from detente.cli import main
if os.getuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
told = []
for arguments in json.loads(sys.argv[1]):
    done = CliRunner().invoke(main, arguments)
    fault = done.exception
    told.append([done.exit_code, done.stdout, done.stderr, "" if isinstance(fault, SystemExit) else repr(fault)])
sys.stdout.write(json.dumps(told))
"""


def as_nobody(*calls: list[str]) -> list[tuple[int, str]]:
    """Run commands, one after the other, as somebody to whom files can be closed; root can read everything."""
    ran = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, json.dumps(calls)], capture_output=True, text=True, check=True
    )
    results = []
    for code, stdout, stderr, fault in json.loads(ran.stdout):
        assert fault in ("", "None"), fault
        assert stdout == ""
        results.append((code, stderr))
    return results


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs the users of a Unix system")
def test_what_may_not_be_read_or_written_is_refused(case: Path, dossier: Path) -> None:
    for folder in (Path.cwd(), *list(Path.cwd().parents)[:4]):
        folder.chmod(0o755)
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    Path("closed.txt").write_text(ARTICLE, encoding="utf-8")
    Path("closed.yaml").write_text(SITUATION, encoding="utf-8")
    Path("vault").mkdir()
    for name in ("closed.txt", "closed.yaml", "vault", "harbour/dossier.sqlite"):
        Path(name).chmod(0)
    Path.cwd().chmod(0o555)
    before = sorted(os.listdir())
    article, *rest = as_nobody(
        ["read", "closed.txt"],
        ["check", "closed.yaml"],
        ["brief", "closed.yaml", "--json"],
        ["read", "vault"],
        ["check", "vault/dam.yaml"],
        ["brief", "harbour", "--json"],
        ["brief", "dam.yaml"],
        ["brief", "dam.yaml", "-o", "new.html"],
        ["brief", "a.txt", "--into", "vault/kept", "-o", "new.html"],
    )
    Path.cwd().chmod(0o755)
    assert article == (
        3,
        "detente: 'closed.txt' may not be read by you. Change its permissions, or copy it to a place of your own.\n",
    )
    codes = [code for code, _ in rest]
    assert codes == [3, 3, 3, 3, 3, 2, 2, 2], rest
    assert all(said.startswith("detente: ") and len(said.splitlines()) == 1 for _, said in rest), rest
    assert sorted(os.listdir()) == before
