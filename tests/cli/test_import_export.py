"""`import` and `export` at the command line: what is written, what is said where, and what is refused."""

from pathlib import Path

import pytest
from tests.cli.samples import SITUATION, contents, refused, run, situation

CSV = "issue,option,North,South\nFund,small,5,1\n,large,2,9\nthreshold,,2,1\n"


@pytest.fixture
def table() -> Path:
    Path("fund.csv").write_text(CSV, encoding="utf-8")
    return Path("fund.csv")


def test_a_table_becomes_a_case_that_other_commands_take(table: Path) -> None:
    done = run("import", table, "-o", "fund.yaml", "--title", "The fund")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("fund.yaml: 2 parties, 1 issue, 2 options.")
    assert run("check", "fund.yaml").stdout == "fund.yaml: nothing to cure.\n"
    assert "title: The fund" in Path("fund.yaml").read_text(encoding="utf-8")


def test_a_case_is_never_replaced_unless_told(table: Path) -> None:
    Path("fund.yaml").write_text("title: Mine\n", encoding="utf-8")
    assert "'fund.yaml' exists already" in refused(2, "import", table, "-o", "fund.yaml")
    assert run("import", table, "-o", "fund.yaml", "--force").exit_code == 0


def test_what_cannot_be_carried_over_is_said_beside_the_output() -> None:
    done = run("export", situation(SITUATION), "--format", "csv", "-o", "dam.csv")
    assert (done.exit_code, done.stdout) == (0, "dam.csv\n")
    assert "Red lines are left out: 'lower.filling.red_line'." in done.stderr
    assert (
        Path("dam.csv").read_text(encoding="utf-8-sig").startswith("issue,option,status quo,Upper state,Lower state\n")
    )


@pytest.mark.parametrize(("kind", "names"), [("genius", "xml"), ("geniusweb", "json")])
def test_utilities_go_into_a_folder_of_their_own_and_come_back(kind: str, names: str) -> None:
    case = situation(SITUATION)
    assert run("export", case, "--format", kind, "-o", "out").exit_code == 0
    found = [f"out/{n}.{names}" for n in ("Lower state", "Upper state", "domain")]
    assert sorted(contents(Path.cwd())) == ["dam.yaml", "out", *found]
    assert run("import", "out", "-o", "back.yaml").exit_code == 0
    assert run("check", "back.yaml").exit_code == 0


def test_a_whole_case_goes_out_unchanged() -> None:
    case = situation(SITUATION)
    assert run("export", case, "--format", "yaml", "-o", "one.yaml").exit_code == 0
    assert run("export", case, "--format", "json", "-o", "two.yaml").exit_code == 0
    assert run("export", "two.yaml", "--format", "yaml", "-o", "three.yaml").exit_code == 0
    assert Path("one.yaml").read_bytes() == Path("three.yaml").read_bytes()


def test_a_table_to_fill_in_is_written() -> None:
    assert run("import", "--template", "-o", "scores.xlsx").exit_code == 0
    assert run("import", "scores.xlsx", "-o", "case.yaml").exit_code == 0
    assert "--template reads nothing" in refused(2, "import", "scores.xlsx", "--template", "-o", "a.csv")


def test_what_is_put_wrongly_is_refused(table: Path) -> None:
    assert "Nothing says where the case goes" in refused(2, "import", table)
    assert "nothing to import" in refused(2, "import", "-o", "case.yaml")
    assert "would not be taken for a case" in refused(2, "import", table, "-o", "case.json")
    assert "--points and --no-agreement" in refused(2, "import", table, "-o", "case.yaml", "--points", "10")
    assert "is not a table of" in refused(
        3, "export", situation(SITUATION), "--format", "csv", "-o", "a.csv", "--table", "x"
    )


def test_a_broken_file_is_refused_with_its_place(table: Path) -> None:
    table.write_text(CSV.replace("5,1", "five,1"), encoding="utf-8")
    said = refused(3, "import", table, "-o", "case.yaml")
    assert said == "detente: fund.csv: line 2, column 3 ('North'): 'five' is not a number. Give one, such as 12.5.\n"


def test_a_hostile_name_does_not_reach_the_terminal(table: Path) -> None:
    table.write_text(CSV.replace("North", "No\x1b[31mrth\nx").replace("5,1", "a,1"), encoding="utf-8")
    assert "\x1b" not in refused(3, "import", table, "-o", "case.yaml")


def test_actors_become_a_case_with_what_was_taken_for_granted_beside_it() -> None:
    Path("war.csv").write_text("name,power,position,salience\nAUH,68,1,0.95\nSRB,2,0,0.95\n", encoding="utf-8")
    done = run("import", "war.csv", "-o", "war.yaml")
    assert done.stdout == "war.yaml: a body of 2 actors, 1 issue. `detente positions` asks who prevails in it.\n"
    assert "0 to 1 is taken, as all of them lie there. State it with --scale LOW HIGH" in done.stderr
    stated = run("import", "war.csv", "-o", "war.yaml", "--scale", "0", "2", "--force")
    assert "--scale" not in stated.stderr
    assert run("check", "war.yaml").stdout == "war.yaml: nothing to cure.\n"


def test_a_table_of_actors_to_fill_in_is_written_and_goes_out_for_ktab() -> None:
    assert run("import", "--template", "--format", "actors", "-o", "actors.xlsx").exit_code == 0
    assert run("import", "actors.xlsx", "-o", "case.yaml").exit_code == 0
    done = run("export", "case.yaml", "--format", "ktab", "-o", "case.csv")
    assert done.exit_code == 0
    assert "Of ranges the best values alone are written: 1 of them." in done.stderr
    assert Path("case.csv").read_text(encoding="utf-8").splitlines()[0] == "actors,,3,2,"
    assert run("export", "case.yaml", "--format", "actors", "-o", "back.xlsx").exit_code == 0
    assert Path("back.xlsx").read_bytes()[:2] == b"PK"
