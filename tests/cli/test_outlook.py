"""`detente outlook`: what is kept is gone on with, rows go out on request, and what cannot be is said with the cure."""

import json
from pathlib import Path

import duckdb
import pytest
from tests.cli.samples import SITUATION, run, situation

FEW = ("--draws", "48", "--json")


def test_a_run_that_is_kept_says_the_same_and_is_not_done_again() -> None:
    case = situation(SITUATION)
    plain, kept = run("outlook", case, *FEW), run("outlook", case, *FEW, "--keep", "draws")
    assert kept.exit_code == 0, kept.output
    assert json.loads(kept.stdout) == json.loads(plain.stdout)
    (part,) = Path("draws").iterdir()
    before = part.stat().st_mtime_ns
    assert run("outlook", case, *FEW, "--keep", "draws").stdout == kept.stdout
    assert part.stat().st_mtime_ns == before


def test_every_draw_goes_out_as_parquet_with_what_came_of_it() -> None:
    done = run("outlook", situation(SITUATION), *FEW, "--keep", "draws", "--rows")
    assert done.exit_code == 0, done.output
    with duckdb.connect() as table:
        told = table.execute("select * from 'draws/draws-*.parquet' order by draw")
        names = {column[0] for column in told.description or ()}
        assert [row[0] for row in told.fetchall()] == list(range(48))
    assert {"table.drift", "force.force", "mode.squeeze"} <= names


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--rows",), "Name one, such as --keep draws"),
        (("--together", "a,b"), "Write PATH,PATH=RANK"),
        (("--together", "nobody.water.position,a.b.c=0.5"), "not an input that is drawn"),
        (("--class", "weather=fine"), "is no feature of a case"),
        (("--class", "mediated=perhaps"), "is no value of mediated"),
        (("--hold", "rupture=often"), "Write NAME=VALUE or NAME=LOW,BEST,HIGH"),
        (("--hold", "rupture=0.2,9,12"), "Give a range within 0 and 1"),
        (("--confidence", "low"), "is signed by somebody"),
        (("--executor", "abacus", "--workers", "2"), "is nobody who could work"),
        (("--table", "kitchen"), "is not a table of"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_cure(options: tuple[str, ...], said: str) -> None:
    done = run("outlook", situation(SITUATION), "--draws", "8", *options)
    assert done.exit_code in (2, 3)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
