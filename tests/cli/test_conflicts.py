"""`detente nodeal` on a conflict that somebody brings: words, a page, data or a graph out, else a clear refusal."""

import json
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from tests.cli.samples import refused, run

CASES = Path(__file__).resolve().parents[2] / "cases"
WATERS = CASES / "kinsara2014" / "syria-iraq.yaml"
GULF = """player,option,direction,today,worth to iran
usa,strike,up,,-5
usa,sanction,,x,-2
iran,yield,,,-3
infeasible,Y*Y,,,
usa prefers,NNY > NYY > NYN = NNN > YNN > YYN,,,
"""


def test_a_published_conflict_is_told() -> None:
    done = run("nodeal", WATERS, "--start", "NNN", "-o", "waters.html")
    assert done.exit_code == 0, done.output
    words = " ".join(done.stdout.split())
    assert "Iraq would gain by “strike”" in words
    assert "Iraq with “strike”, then Syria with “raise tension”" in words
    assert done.stdout.splitlines()[-1] == "Page: waters.html"
    assert "raise tension + strike" in Path("waters.html").read_text(encoding="utf-8")


def test_a_conflict_as_data() -> None:
    found = json.loads(run("nodeal", WATERS, "--json").stdout)
    assert found["schema"] == "detente.conflict/1"
    assert found["equilibria"]["nash"] == found["equilibria"]["smr"]
    held = found["states"][found["equilibria"]["seq"][0]]
    assert [m["move"] for m in held["in_force"]] == ["raise-tension", "strike"]


def test_a_table_of_options_says_what_stands_today() -> None:
    Path("gulf.csv").write_text(GULF, encoding="utf-8")
    words = " ".join(run("nodeal", "gulf.csv").stdout.split())
    assert "The state at the start, “sanction”, holds" in words
    assert "USA can pass a point of no return with “strike”" in words


def test_one_idea_of_holding_alone() -> None:
    words = " ".join(run("nodeal", WATERS, "--concept", "gmr", "--start", "1").stdout.split())
    assert "The state at the start, “no move in force”, holds." in words
    assert "SEQ" not in words


def test_a_graph_of_a_conflict_goes_out() -> None:
    done = run("export", WATERS, "--format", "graphml", "-o", "waters.graphml")
    assert done.exit_code == 0, done.output
    root = ET.parse("waters.graphml").getroot()
    assert len(root.findall(".//{http://graphml.graphdrawing.org/xmlns}node")) == 6


def test_what_does_not_fit_a_conflict_is_refused() -> None:
    assert "without scores" in refused(2, "export", WATERS, "--format", "csv", "-o", "x.csv")
    emissions = CASES / "scholz2011" / "emissions.yaml"
    assert "without a deal" in refused(3, "export", emissions, "--format", "graphml", "-o", "x")
    assert "Leave it out" in refused(2, "export", WATERS, "--format", "graphml", "-o", "x", "--table", "t")
    assert "`detente nodeal`" in refused(3, "deals", WATERS)
    assert "numbered from 1 to 6" in refused(3, "nodeal", WATERS, "--start", "7")
    assert "fits 3 states" in refused(3, "nodeal", WATERS, "--start", "--Y")
    assert "no idea of stability" in refused(3, "nodeal", WATERS, "--concept", "peace")


def _gmcr(**changes: object) -> str:
    options = [{"name": "Strike", "permittedDirection": "fwd"}, {"name": "Yield"}]
    makers = [{"name": "One", "options": [0]}, {"name": "Two", "options": [1]}]
    model: dict[str, object] = {"options": options, "infeasibles": [], "decisionMakers": makers}
    return json.dumps(model | changes)


THIRTY = {"options": [{"name": f"o{k}"} for k in range(30)], "decisionMakers": [{"name": "A", "options": [*range(30)]}]}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.gmcr", _gmcr(infeasibles=[[[0, "Y"]], [[0, "N"]]]), "Take out at least one pattern"),
        ("a.gmcr", _gmcr(**THIRTY), "The conflict has 30 choices"),
        ("a.gmcr", '{"options": [', "is not JSON at line 1"),
        ("a.gmcr", "[" * 100_000, "nested too deeply"),
        ("a.gmcr", _gmcr(infeasibles=[[[0, "Y"]]] * 1001), "1,001 infeasibles, and at most 1,000"),
        ("a.csv", "issue,option\na,b\n", "is no table of options"),
        ("a.csv", "", "is empty"),
        ("a.csv", "player,option\na,strike\n", "nothing says what 'a' prefers"),
        ("a.csv", "player,option,worth to a\na,strike,x\n", "line 2, 'worth to a': 'x' is not a number"),
        ("a.csv", "player,option\na,strike\na prefers,Y > N\na prefers,N > Y\n", "go round in a circle"),
        ("a.yaml", "board: conflict\nchoices: []\n", "Say who decides what"),
        ("a.yaml", "board: conflict\nchoices: [{owner: a, label: b}]\npreferences: {a: [1, 1]}\n", "has state 1 twice"),
        ("a.yaml", "board: conflict\nchoices: [{owner: a}]\n", "line 2, choices.0.label: it is missing"),
    ],
)
def test_a_file_that_is_no_conflict_is_refused_with_its_cure(name: str, content: str, told: str) -> None:
    Path(name).write_text(content, encoding="utf-8")
    said = refused(3, "nodeal", name)
    assert told in said
    assert name in said


def test_a_file_that_is_too_large_is_refused_without_reading_it_all() -> None:
    with Path("large.gmcr").open("wb") as stream:
        stream.truncate(100_000_000)
    assert "larger than 10 MB" in refused(3, "nodeal", "large.gmcr")
    with zipfile.ZipFile("bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", "0" * 40_000_000)
    assert "unpacks to more than 30 MB" in refused(3, "nodeal", "bomb.xlsx")
