"""The docs are complete, and they tell the truth: what is shown there is run here."""

import inspect
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from detente import errors
from detente.analyses import CATALOGUE, Record
from detente.cli import main

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md")) + sorted(ROOT.glob("*.md"))
# What a page calls by a general name.
STAND_INS = {"CASE": "examples/us-iran-2026", "ARTICLE": "article.txt"}
COMMANDS = main.list_commands(click.Context(main))
FENCE = re.compile(r"^```(?P<language>\w*)[^\n]*\n(?P<body>.*?)^```\s*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)|(?:src|srcset)=\"(?P<picture>[^\"\s]+)\"")
# What the pages call article.txt, harbour and so on; invented, so that it may stand here.
ARTICLE = """Harbour talks to widen, Norland says

The government of Iran said on Monday that it will not discuss its missile programme in the talks with the United
States. Washington demands that the missile programme be included in the nuclear talks, which Oman hosts in Muscat.
Iran warned that it would strike American bases in the region if the United States attacked its territory.
"""


@dataclass(frozen=True)
class Block:
    """One fenced block of a page."""

    page: Path
    line: int
    language: str
    body: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> Iterator[Block]:
    text = text_of(page)
    for found in FENCE.finditer(text):
        yield Block(page, text.count("\n", 0, found.start()) + 1, found["language"], found["body"])


def links(page: Path) -> Iterator[str]:
    prose = FENCE.sub("", text_of(page))
    yield from (found["target"] or found["picture"] for found in LINK.finditer(prose))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    headings = re.findall(r"^#{1,6} +(.*)$", FENCE.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def options(name: str) -> list[list[str]]:
    """The spellings of every option of one command."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    verbs = list(command.commands.values()) if isinstance(command, click.Group) else []
    return [param.opts for one in (command, *verbs) for param in one.params if isinstance(param, click.Option)]


def shown_commands(page: Path) -> list[str]:
    lines = (line for block in blocks(page) if block.language == "console" for line in block.body.splitlines())
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def section(page: Path, heading: str) -> str:
    """The text under one heading, down to the next of its rank."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text_of(page), re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for target in links(page):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


def test_every_page_can_be_reached_from_the_index() -> None:
    seen: set[Path] = set()
    waiting = [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        waiting += [(page.parent / target.partition("#")[0]).resolve() for target in links(page) if "://" not in target]
    assert set(DOCS.rglob("*.md")) - seen == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_described_with_all_its_options(name: str) -> None:
    described = section(DOCS / "commands.md", f"`detente {name}`")
    assert described, f"docs/commands.md has no section on {name}"
    assert [names for names in options(name) if not any(f"`{flag}" in described for flag in names)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_described_option_exists(name: str) -> None:
    table = re.findall(r"^\| .*?`(--[a-z-]+)", section(DOCS / "commands.md", f"`detente {name}`"), re.MULTILINE)
    assert set(table) - {flag for spellings in options(name) for flag in spellings} == set()


def test_no_command_is_described_that_does_not_exist() -> None:
    described = set(re.findall(r"^## `detente ([a-z-]+)`", text_of(DOCS / "commands.md"), re.MULTILINE))
    assert described == set(COMMANDS)


def test_every_error_is_described_with_its_exit_code() -> None:
    table = dict(re.findall(r"^\| `(\w+)` \| (\d) \|", text_of(DOCS / "errors.md"), re.MULTILINE))
    classes = [value for value in vars(errors).values() if inspect.isclass(value)]
    kinds = [value for value in classes if issubclass(value, errors.DetenteError) and value is not errors.DetenteError]
    assert table == {kind.__name__: str(kind.exit_code) for kind in kinds}


def test_every_analysis_has_a_page_and_every_page_an_analysis() -> None:
    assert {page.stem for page in (DOCS / "analyses").glob("*.md")} == {record.name for record in CATALOGUE}


@pytest.mark.parametrize("record", CATALOGUE, ids=lambda record: record.name)
def test_the_page_of_an_analysis_asks_its_question_and_names_its_source(record: Record) -> None:
    prose = " ".join(text_of(DOCS / "analyses" / f"{record.name}.md").split())
    assert record.question in prose
    years = re.findall(r"\b(?:1[89]|20)\d\d\b", record.source)
    assert [year for year in years if year not in prose] == []


def test_every_target_of_make_is_described() -> None:
    offered = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert offered - {"help"} <= set(re.findall(r"`make ([a-z-]+)`", text_of(ROOT / "CONTRIBUTING.md")))
    used = {name for page in PAGES for name in re.findall(r"make ([a-z-]+)`|^\$ make ([a-z-]+)", text_of(page), re.M)}
    assert {name for pair in used for name in pair if name} - offered == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_python_block_is_an_example_that_runs(page: Path) -> None:
    # Those with a prompt are collected as doctests; one without would be shown and never run.
    assert [
        str(block) for block in blocks(page) if block.language in ("python", "py") and ">>>" not in block.body
    ] == []


Run = Callable[[Path, list[str]], tuple[int, str]]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Run commands in one process of their own, without the checks of shapes and types that tests add.

    That the program starts and ends well by itself is shown in tests/cli/test_terminal.py.
    """
    command = [sys.executable, str(ROOT / "tests" / "running.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        asked, answered = program.stdin, program.stdout

        def one(folder: Path, words: list[str]) -> tuple[int, str]:
            asked.write(json.dumps([str(folder), *words]) + "\n")
            asked.flush()
            code, shown = json.loads(answered.readline())
            return code, shown

        yield one
        asked.close()


@pytest.fixture(scope="module")
def seen_to_run() -> set[str]:
    """Commands that ran on another page already, and need not run once more."""
    return set()


# The page of all commands first: what it writes into files, others show with the same words and without a file.
SHOWING = sorted((page for page in PAGES if shown_commands(page)), key=lambda page: page.name != "commands.md")


@pytest.mark.parametrize("page", SHOWING, ids=lambda page: page.name)
def test_what_a_page_shows_runs(page: Path, tmp_path: Path, run: Run, seen_to_run: set[str]) -> None:
    for folder in ("cases", "examples"):
        (tmp_path / folder).symlink_to(ROOT / folder, target_is_directory=True)
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    failed = []
    for shown in shown_commands(page):
        words = [STAND_INS.get(word, word) for word in shlex.split(shown, comments=True)]
        put = shlex.join(words)
        if words[0].removeprefix(".venv/bin/") != "detente" or put in seen_to_run:
            continue
        code, said = run(tmp_path, words[1:])
        if code not in ((0, 1) if words[1] == "check" else (0,)):
            failed.append((shown, code, said))
        elif "harbour" not in put:  # what a page keeps, it keeps for itself
            seen_to_run |= {put, re.sub(r" -o \S+", "", put)}
    assert failed == []
