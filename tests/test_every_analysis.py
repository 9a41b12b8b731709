"""What every analysis owes: inputs untouched, the same answer twice, plain data, a source, a page, and its laws."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.analyses.ways import WAYS, dispute

from detente.analyses import CATALOGUE, LAWS, Record
from detente.boards import plain

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "analyses"

every = pytest.mark.parametrize("record", CATALOGUE, ids=lambda r: r.name)


def test_the_catalogue_is_in_order_and_has_every_file() -> None:
    names = [r.name for r in CATALOGUE]
    assert names == sorted(names)
    assert set(names) == {p.stem for p in (ROOT / "src" / "detente" / "analyses").glob("*.py")} - {"__init__"}
    assert set(WAYS) == set(names)


def test_one_analysis_does_not_load_the_others() -> None:
    code = (
        "import sys, detente.analyses.compromise\n"
        "print(*(m for m in sys.modules if m.startswith(('detente.analyses.', 'scipy'))))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.split() == ["detente.analyses.compromise"]


@every
def test_every_law_is_claimed_or_excused(record: Record) -> None:
    excused = dict(record.exempt)
    assert sorted([*record.laws, *excused]) == sorted(LAWS)
    assert all(len(reason.split()) > 3 for reason in excused.values())


@every
def test_inputs_are_untouched_and_the_answer_is_the_same_twice(record: Record) -> None:
    way = WAYS[record.name]
    board = way.board(dispute(5), None)
    before = json.dumps(plain(board))
    first, second = way.ask(board), way.ask(board)
    assert json.dumps(plain(board)) == before
    assert json.dumps(plain(first)) == json.dumps(plain(second))


@every
def test_the_answer_is_plain_data_with_method_and_certificate(record: Record) -> None:
    answer = plain(WAYS[record.name].ask(WAYS[record.name].board(dispute(5), None)))
    assert isinstance(answer, dict)
    assert answer["method"]
    assert isinstance(answer["parameters"], dict)
    certificate = answer["certificate"]
    assert isinstance(certificate, dict)
    assert certificate["holds"] is True
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


@every
def test_it_is_cited_where_it_is_written_and_where_it_is_explained(record: Record) -> None:
    written = sys.modules[record.ask.__module__].__doc__ or ""
    assert "Source:" in written
    assert written.split("\n")[0].endswith("?")
    page = (PAGES / f"{record.name}.md").read_text(encoding="utf-8")
    for word in [w for w in record.source.replace(";", " ").split() if w[0].isupper() or w.isdigit()]:
        assert word in written, f"{word} is not in the docstring of {record.name}"
        assert word in page, f"{word} is not on the page of {record.name}"


@every
def test_its_page_answers_what_a_reader_asks(record: Record) -> None:
    page = (PAGES / f"{record.name}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {record.question}\n")
    for heading in ("## How it is computed", "## Source", "## When it holds", "## What it does not say", "## Ask it"):
        assert f"\n{heading}\n" in page
