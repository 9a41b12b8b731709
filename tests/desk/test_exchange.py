"""A case made of foreign files, and a case written out for other programs."""

import json
from pathlib import Path

import pytest
from tests.cli.samples import SITUATION, situation

from detente.desk import exchange
from detente.desk.case import open_case
from detente.errors import FormatError, UsageError
from detente.formats import Source
from detente.situation.check import check
from detente.situation.nouns import Interaction, Situation
from detente.situation.store import from_yaml, load
from detente.situation.values import Basis, Range

CSV = "issue,option,North,South\nFund,small,5,1\n,large,2,9\nthreshold,,2,1\n"


def table(text: str = CSV, name: str = "fund.csv") -> Path:
    Path(name).write_text(text, encoding="utf-8")
    return Path(name)


@pytest.mark.parametrize("kind", ["genius", "geniusweb", "csv", "xlsx"])
def test_what_is_written_can_be_read_again_as_a_sound_case(kind: str) -> None:
    made = exchange.read([table()])
    exchange.save_case(made, Path("fund.yaml"))
    written = exchange.export(Path("fund.yaml"), kind=kind)
    place = Path("out") if written.folder else Path(f"out.{kind}")
    exchange.save(written, place)
    back = exchange.read([place]).situation
    assert [p for p in check(back) if p.severity == "fault"] == []
    assert [p.name for p in back.parties] == ["North", "South"]
    assert [m.name for m in back.issues[0].landmarks] == ["not settled", "small", "large"]


def test_a_case_is_called_like_its_file_unless_told() -> None:
    assert exchange.read([table()]).situation.title == "fund"
    assert exchange.read([table()], title=" The  fund ").situation.title == "The fund"


def test_the_example_goes_out_as_json_and_comes_back_whole(tmp_path: Path) -> None:
    example = Path(__file__).resolve().parents[2] / "examples" / "us-iran-2026"
    (written,) = exchange.export(example, kind="json").files
    assert json.loads(written.content)["issues"]["enrichment"]["landmarks"][0]["at"] == 0
    assert from_yaml(written.content) == open_case(example).situation


def test_rows_with_numbers_for_keys_come_back_from_json() -> None:
    basis = Basis(kind="entered", by="ana")
    scored = load(_case(exchange.read([table()]).situation))
    wide = Range(low=-1, best=0.5, high=2, basis=Basis(kind="assumed", rule="swept"))
    extra = Interaction(
        party="north", issue="fund", at=0, other="tax", other_at=1.5, value=wide, basis=basis, note="both"
    )
    tax = scored.issues[0].model_copy(update={"id": "tax", "name": "Tax", "options": (), "scale": (-1, 2)})
    both = scored.model_copy(update={"issues": (*scored.issues, tax), "interactions": (extra,)})
    (written,) = exchange.export(_case(both), kind="json").files
    assert from_yaml(written.content) == both


def _case(made: Situation) -> Path:
    exchange.save_case(exchange.Imported(made, ()), Path("case.yaml"), force=True)
    return Path("case.yaml")


def test_files_of_two_kinds_and_of_none_are_refused() -> None:
    Path("a.xml").write_text("<a/>", encoding="utf-8")
    with pytest.raises(UsageError, match="of several kinds: genius and csv"):
        exchange.read([Path("a.xml"), table()])
    with pytest.raises(UsageError, match=r"What 'fund\.ods' is cannot be told by its ending"):
        exchange.read([table(name="fund.ods")])
    with pytest.raises(UsageError, match="nothing to import"):
        exchange.read([])
    with pytest.raises(FormatError, match=r"'nowhere\.csv' does not exist"):
        exchange.read([Path("nowhere.csv")])
    Path("empty").mkdir()
    with pytest.raises(FormatError, match="'empty' holds no file that ends in"):
        exchange.read([Path("empty")])


def test_a_kind_that_is_told_is_believed() -> None:
    assert exchange.read([table(name="fund.data")], kind="csv").situation.parties[0].name == "North"


def test_points_and_values_for_no_agreement_are_for_utilities() -> None:
    with pytest.raises(UsageError, match="--points and --no-agreement are for utilities"):
        exchange.read([table()], points=10)


def test_only_tables_of_scores_are_of_one_table() -> None:
    with pytest.raises(UsageError, match="json holds the whole case"):
        exchange.export(situation(SITUATION), kind="json", table="talks")
    alone = situation(SITUATION.split("tables:")[0])
    with pytest.raises(FormatError, match="has no table at which two parties must consent"):
        exchange.export(alone, kind="csv")


def test_nothing_is_replaced_unless_told() -> None:
    made = exchange.Exported((Source("a.xml", b"new"), Source("b.xml", b"new")), True, ())
    place = Path("out")
    assert exchange.save(made, place) == (place / "a.xml", place / "b.xml")
    (place / "a.xml").unlink()
    (place / "b.xml").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"b\.xml' exists already"):
        exchange.save(made, place)
    assert sorted(f.name for f in place.iterdir()) == ["b.xml"]
    exchange.save(made, place, force=True)
    assert (place / "b.xml").read_bytes() == b"new"


def test_a_place_that_cannot_be_written_to_is_refused() -> None:
    made = exchange.Exported((Source("a.csv", b"new"),), False, ())
    folder = exchange.Exported((Source("a.xml", b"new"),), True, ())
    with pytest.raises(UsageError, match="cannot be written"):
        exchange.save(made, Path("nowhere/a.csv"))
    with pytest.raises(UsageError, match="cannot be written"):
        exchange.save(folder, Path("nowhere/out"))
    Path("out").mkdir()
    with pytest.raises(UsageError, match=r"'out' is a folder\. Name a file"):
        exchange.save(made, Path("out"), force=True)
    Path("file").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="'file' is no folder"):
        exchange.save(folder, Path("file"), force=True)
    with pytest.raises(UsageError, match="would not be taken for a case"):
        exchange.save_case(exchange.read([table()]), Path("case.txt"))


def test_the_template_is_a_case_as_it_stands() -> None:
    for name in ("scores.csv", "scores.xlsx"):
        exchange.save(exchange.template(Path(name)), Path(name))
        assert len(exchange.read([Path(name)]).situation.parties) == 3
    with pytest.raises(UsageError, match="neither CSV nor a workbook"):
        exchange.template(Path("scores.ods"))
