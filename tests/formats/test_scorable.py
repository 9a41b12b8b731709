"""Tables of scores in CSV files and workbooks: one plain layout, every fault by its place, nothing executed."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.workbook.workbook import Workbook
from tests.formats.tables import Parts, built, tables

from detente.errors import FormatError
from detente.formats import Matter, ScoreTable, Source, scorable, situation_of

TABLE = """issue,option,status quo,North,South
Tolls,halved,,40,-10
,as today,x,0,0
Fleet,smaller,,-2.5,30
Fleet,larger,,20,-15
threshold,,,5,1
veto,,,yes,
rule,majority,,,
"""
WHOLE = ScoreTable(
    title="talks",
    parties=("North", "South"),
    matters=(
        Matter(name="Tolls", options=("halved", "as today"), worth=((40.0, -10.0), (0.0, 0.0)), today=1),
        Matter(name="Fleet", options=("smaller", "larger"), worth=((-2.5, 30.0), (20.0, -15.0))),
    ),
    threshold=(5.0, 1.0),
    rule="majority",
    vetoes=(0,),
    origins=("talks.csv", "talks.csv"),
)


def read(text: str | bytes, name: str = "talks.csv") -> ScoreTable:
    return scorable.read([Source(name, text.encode() if isinstance(text, str) else text)])


def refused(text: str | bytes, name: str = "talks.csv") -> str:
    with pytest.raises(FormatError) as caught:
        read(text, name)
    return str(caught.value)


def spoiled(old: str, new: str) -> str:
    assert old in TABLE
    return refused(TABLE.replace(old, new, 1))


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    """A workbook with the table on the sheet 'Scores', changed by `fill`."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Scores"
    for line in TABLE.splitlines():
        cells = line.split(",")
        sheet.append([c or None if k < 3 or c in ("", "yes") else _number(c) for k, c in enumerate(cells)])
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number(text: str) -> float | str:
    return float(text) if text.lstrip("-").replace(".", "").isdigit() else text


def untouched(_: Workbook) -> None:
    return


def test_the_layout_is_read() -> None:
    assert read(TABLE) == WHOLE


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + TABLE,
        TABLE.replace(",", ";"),
        TABLE.replace(",", ";").replace("-2.5", "-2,5"),
        TABLE.replace(",", "\t"),
        TABLE.replace("\n", "\r\n"),
        TABLE.replace("\n", "\n\n"),
        TABLE.replace("-10", "−10"),
        TABLE.replace("issue,option,status quo", "Issue, OPTION ,Status Quo"),
        TABLE.replace("rule,majority,,,", "Rule,MAJORITY"),
        TABLE.encode("utf-16"),
    ],
    ids=[
        "bom",
        "semicolons",
        "decimal commas",
        "tabs",
        "crlf",
        "empty lines",
        "minus",
        "capitals",
        "short row",
        "utf-16",
    ],
)
def test_it_is_read_however_a_program_saves_it(content: str | bytes) -> None:
    assert read(content) == WHOLE


def test_a_workbook_says_the_same() -> None:
    assert read(workbook(untouched), "talks.xlsx").matters == WHOLE.matters


@settings(deadline=None, max_examples=40)
@given(tables())
def test_csv_written_and_read_again_is_the_same_table(parts: Parts) -> None:
    table = built(parts)
    back = scorable.read([Source("t.csv", scorable.to_csv(table))], title=table.title)
    assert situation_of(back).model_dump() == situation_of(_signed(table, "t.csv")).model_dump()


@settings(deadline=None, max_examples=40)
@given(tables())
def test_a_workbook_written_and_read_again_is_the_same_table(parts: Parts) -> None:
    table = built(parts)
    back = scorable.read([Source("t.xlsx", scorable.to_xlsx(table))], title=table.title)
    assert situation_of(back).model_dump() == situation_of(_signed(table, "t.xlsx")).model_dump()


def _signed(table: ScoreTable, name: str) -> ScoreTable:
    return ScoreTable(
        title=table.title,
        parties=table.parties,
        matters=table.matters,
        threshold=table.threshold,
        rule=table.rule,
        quorum=table.quorum,
        vetoes=table.vetoes,
        weights=table.weights,
        origins=(name,) * len(table.parties),
    )


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-x", "@SUM(A1)", "'=1", "''+1", "＝1"])
def test_a_name_that_a_spreadsheet_would_run_is_written_as_text(name: str) -> None:
    fund = Matter(name=name, options=(name,), worth=((-5.0, 1.0),))
    table = ScoreTable(title="T", parties=(name, "South"), matters=(fund,))
    cells = [c for line in scorable.to_csv(table).decode("utf-8-sig").splitlines() for c in line.split(",")]
    texts = [c for c in cells if c and not c.lstrip("-").isdigit()]
    assert not [c for c in texts if c[0] in "=+-@＝＋－＠"]
    sheet = openpyxl.load_workbook(io.BytesIO(scorable.to_xlsx(table))).active
    assert sheet is not None
    assert {c.data_type for row in sheet.iter_rows() for c in row if isinstance(c.value, str)} == {"s"}
    assert [m.name for m in scorable.read([Source("t.csv", scorable.to_csv(table))]).matters] == [name]
    assert [m.name for m in scorable.read([Source("t.xlsx", scorable.to_xlsx(table))]).matters] == [name]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("40,-10", "40,", "line 2, column 5 ('South'): there is no number. Give one; 0 is a number too."),
        ("40,-10", "40", "line 2, column 5 ('South'): there is no number"),
        ("40,-10", "many,-10", "line 2, column 4 ('North'): 'many' is not a number. Give one"),
        ("40,-10", '"1,000",-10', "'1,000' can be read in two ways. Write thousands without a separator."),
        ("40,-10", "50%,-10", "'50%' is not a number"),
        ("40,-10", "nan,-10", "'nan' is not a number"),
        ("40,-10", "1e12,-10", "1e+12 is out of bounds"),
        ("40,-10", "=1+1,-10", "'=1+1' is not a number"),
        ("5,1\n", "5,\n", "line 6, column 5 ('South'): there is no number"),
        ("larger", "smaller", "line 5: 'smaller' of 'Fleet' stands there twice. Keep one of the rows"),
        ("Fleet,larger", "Fleet,", "line 5: 'Fleet' has no option here"),
        ("Tolls,halved", ",halved", "line 2: there is no issue here and none above"),
        ("Fleet,larger", "Tolls,larger", "line 5: 'Tolls' begins a second time. Put its options in one block."),
        ("halved,,", "halved,x,", "line 3: 'Tolls' has a status quo already"),
        ("halved,,", "halved,maybe,", "line 2, column 3 ('status quo'): 'maybe' is neither yes nor no"),
        ("yes,", "perhaps,", "line 7, column 4 ('North'): 'perhaps' is neither yes nor no"),
        ("majority", "most of them", "line 8, column 2 ('option'): 'most of them' is not a rule. Write unanimity"),
        ("majority", "quorum 9", "the quorum is 9, and there are 2 parties. Give one from 1 to 2."),
        ("majority", "weighted", "the rule is weighted, and nobody has a weight"),
        ("rule,majority", "threshold,", "line 8: there is a row 'threshold' already (line 6)"),
        (",North,South", ",North,North", "line 1, column 5 ('North'): there is such a column already"),
        (",North,South", ",North,", "line 1, column 5: the column has no name"),
        ("issue,", "topic,", "begins with 'topic', 'option', not with 'issue' and 'option'"),
        ("Tolls,halved", 'Tolls,"halved', "is not CSV at line"),
    ],
)
def test_a_fault_is_said_with_its_place_and_its_cure(old: str, new: str, what: str) -> None:
    assert what in spoiled(old, new)


def test_all_faults_come_at_once() -> None:
    said = refused(TABLE.replace("40,-10", "many,").replace("larger", "smaller").replace("yes", "perhaps"))
    assert said.startswith("talks.csv has 4 faults:")


def test_a_grouped_number_of_a_semicolon_file_is_not_guessed() -> None:
    text = TABLE.replace(",", ";")
    assert "can be read in two ways" in refused(text.replace("40", "1.000"))
    assert "can be read in two ways" in refused(text.replace("40", "1,000"))
    assert read(text.replace("40", "0,125")).matters[0].worth[0][0] == 0.125


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"\n\n", "begins with nothing"),
        (b"issue,option\n", "needs 2 to 64 parties; here is none"),
        (b"issue,option,North\na,b,1\n", "needs 2 to 64 parties; here is 'North'"),
        (b"issue,option,North,South\n", "there is no option"),
        ("issue,option,Zürich,South\n".encode("latin-1"), "is not UTF-8"),
        (b"issue,option,N\x00orth,South\n", "is not text"),
        (b"issue,option,N,S\n" + b"a,b,1,2\n" * 30_000, "more than 20,000 rows"),
        (b"issue,option" + b",x" * 500, "or 72 columns"),
        (b"issue,option,N,S\n" + b"a" * 200_000 + b",b,1,2\n", "is not CSV at line 2: field larger"),
        (b"x" * 10_000_001, "larger than 10 MB"),
        (b"PK\x03\x04" + b"x" * 100, "is no workbook that can be read"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(content: bytes, what: str) -> None:
    assert what in refused(content)


def test_files_are_read_one_by_one() -> None:
    with pytest.raises(FormatError, match="is one file; here are 2"):
        scorable.read([Source("a.csv", b"x"), Source("b.csv", b"x")])


def test_a_fault_in_a_workbook_is_said_with_sheet_row_and_column() -> None:
    def spoil(book: Workbook) -> None:
        book["Scores"]["D2"] = "many"
        book["Scores"]["E3"] = None

    said = refused(workbook(spoil), "talks.xlsx")
    assert "sheet 'Scores', row 2, column D ('North'): 'many' is not a number" in said
    assert "sheet 'Scores', row 3, column E ('South'): there is no number" in said


def test_of_a_formula_the_computed_value_is_taken_and_one_never_computed_is_named() -> None:
    def spoil(book: Workbook) -> None:
        book["Scores"]["D2"] = "=20+20"

    assert "column D ('North'): the formula was never computed. Open and save" in refused(workbook(spoil), "talks.xlsx")
    saved = _with_part(workbook(spoil), "xl/worksheets/sheet1.xml", b"<v />", b"<v>40</v>", b"<v></v>", b"<v>40</v>")
    table = read(saved, "talks.xlsx")
    assert table.matters == WHOLE.matters
    assert table.remarks == ("'talks.xlsx' holds formulas (1); their last computed values were taken.",)


def test_the_first_fitting_visible_sheet_is_read() -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("Notes", 0).append(["Read me"])
        book.create_sheet("Old", 0).append(["issue", "option", "A", "B"])
        book["Old"].sheet_state = "hidden"

    assert read(workbook(add), "talks.xlsx").matters == WHOLE.matters

    def only(book: Workbook) -> None:
        add(book)
        del book["Scores"]

    assert "has no sheet whose first row begins with 'issue' and 'option' ('Notes')" in refused(
        workbook(only), "t.xlsx"
    )


def test_numbers_and_days_in_a_workbook_can_be_names() -> None:
    def rename(book: Workbook) -> None:
        book["Scores"]["B2"], book["Scores"]["B4"] = 50, 3.67

    tolls, fleet = read(workbook(rename), "talks.xlsx").matters
    assert (tolls.options[0], fleet.options[0]) == ("50", "3.67")


def test_a_hostile_workbook_is_refused() -> None:
    part = "xl/worksheets/sheet1.xml"
    entity = _with_part(workbook(untouched), part, b"<worksheet", b"<!DOCTYPE x [<!ENTITY e 'x'>]><worksheet")
    assert "declares a document type or an entity" in refused(entity, "talks.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b" " * 35_000_000)
    assert "unpacks to more than 30 MB" in refused(out.getvalue(), "talks.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as other:
        other.writestr("article.txt", "Talks.")
    assert "is a damaged workbook" in refused(out.getvalue(), "talks.xlsx")
    whole = workbook(untouched)
    assert "is no workbook that can be read" in refused(whole[: len(whole) // 2], "talks.xlsx")
    far = _with_part(whole, part, b'<row r="8"', b'<row r="1048576"')
    assert "has more than 20,000 rows" in refused(far, "talks.xlsx")


def _with_part(content: bytes, name: str, *changes: bytes) -> bytes:
    """The archive with one part changed: the first of each pair of bytes becomes the second, where it is there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            held = old.read(part)
            if part.filename == name:
                for before, after in zip(changes[::2], changes[1::2], strict=True):
                    held = held.replace(before, after)
            new.writestr(part.filename, held)
    return out.getvalue()


@pytest.mark.parametrize("write", [scorable.to_csv, scorable.to_xlsx])
def test_the_template_can_be_read_as_it_stands(write: Callable[[ScoreTable], bytes]) -> None:
    table = scorable.template()
    back = scorable.read([Source("t.csv", write(table))], title=table.title)
    assert (back.matters, back.threshold, back.quorum) == (table.matters, table.threshold, table.quorum)
