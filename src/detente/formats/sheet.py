"""What stands in the cells of a table file: a CSV text, or the first fitting sheet of a workbook?"""

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from detente.errors import FormatError
from detente.formats.names import level_name
from detente.formats.safe_xml import checked
from detente.formats.score_table import LARGEST, MAX_PARTIES, Source, bounded, clean, number, shown

Cell: TypeAlias = str | float | None

MAX_ROWS = 20_000
MAX_COLUMNS = MAX_PARTIES + 8
_MAX_UNPACKED = 30_000_000  # bytes of a workbook
_MAX_PARTS = 500
_MAX_ELEMENTS = 2_000_000
_FORMULA = "=+-@＝＋－＠"  # what a spreadsheet may take for the beginning of a formula
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([.,]\d{3})+")
_MARKED = re.compile(f"'*[{re.escape(_FORMULA)}]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one table; `lines` are the numbers of its rows as an editor or a spreadsheet counts them.

    Text comes without blanks around it, and an empty cell is None. `decimal_comma` says that numbers may have one;
    `formulas` counts the cells that hold one, of which the last computed value was taken.
    """

    name: str | None
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]
    decimal_comma: bool = False
    formulas: int = 0

    def place(self, row: int, column: int | None = None, head: str = "") -> str:
        """Say where a cell is, as people find it."""
        named = f" ('{shown(head)}')" if head else ""
        if self.name is None:
            at = f"line {self.lines[row]}"
            return at if column is None else f"{at}, column {column + 1}{named}"
        at = f"sheet '{shown(self.name)}', row {self.lines[row]}"
        return at if column is None else f"{at}, column {get_column_letter(column + 1)}{named}"


def read_csv(source: Source) -> Sheet:
    """Return the cells of a CSV text in UTF-8 or UTF-16, separated by commas, semicolons or tabs.

    Raises FormatError where it is no such text or too large.

    >>> read_csv(Source("a.csv", "issue;option;Nord\\nZoll;halb;1,5\\n".encode())).rows[1]
    ('Zoll', 'halb', '1,5')
    """
    text = _decoded(source)
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    rows, lines = [], []
    try:
        for row in reader:
            if any(c.strip() for c in row):
                rows.append(tuple(unmarked(clean(c)) or None for c in row))
                lines.append(reader.line_num)
            _within(source, len(rows), len(row))
    except csv.Error as error:
        raise FormatError(
            f"'{shown(source.name)}' is not CSV at line {reader.line_num}: {error}. Check its quote marks."
        ) from None
    return Sheet(None, tuple(rows), tuple(lines), decimal_comma=separator != ",")


def read_xlsx(source: Source) -> tuple[Sheet, ...]:
    """Return the cells of the visible sheets of a workbook that hold anything.

    Of formulas the last computed value is taken; one that was never computed is the text of the formula.

    Raises FormatError where it is no workbook, is too large, or holds what no spreadsheet writes.
    """
    content = bounded(source)
    _check_parts(content, source.name)
    with warnings.catch_warnings():
        # What openpyxl does not keep (pictures, validation rules) is nothing that is read here.
        warnings.simplefilter("ignore")
        try:
            shown_values, formulas = (
                openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=only) for only in (True, False)
            )
            found = [
                _sheet(source, values, written)
                for values, written in zip(shown_values.worksheets, formulas.worksheets, strict=True)
                if values.sheet_state == "visible"
            ]
        except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError) as error:
            raise FormatError(
                f"'{shown(source.name)}' is a damaged workbook ({shown(str(error), 80)}). "
                "Open it in a spreadsheet program and save it again as .xlsx."
            ) from None
    return tuple(s for s in found if s.rows)


def write_csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    r"""Return rows as CSV that spreadsheets open as they are: UTF-8 with a byte-order mark, commas.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, which reading takes away again.

    >>> write_csv([["=1+1", -2.0, None]]).decode("utf-8-sig")
    "'=1+1,-2,\r\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([_as_text(c) for c in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(rows: Sequence[Sequence[Cell]], *, title: str) -> bytes:
    """Return rows as a workbook of one sheet; text stays text, whatever it begins with."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", clean(title))[:31].strip() or "Scores")
    sheet.freeze_panes = "C2"
    for column, width in (("A", 28), ("B", 32)):
        sheet.column_dimensions[column].width = width
    for at, row in enumerate(rows):
        sheet.append([_written(sheet, c, bold=at == 0) for c in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else repr(cell)
    return f"'{cell}" if _MARKED.match(cell) else cell


def unmarked(text: str) -> str:
    """Take away the apostrophe that `write_csv` puts before a text that looks like a formula.

    >>> unmarked("'=1+1"), unmarked("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and _MARKED.match(text) else text


def _written(sheet: object, cell: Cell, *, bold: bool) -> object:
    made = WriteOnlyCell(sheet, value=cell)
    if isinstance(cell, str):
        made.data_type = "s"  # openpyxl takes a text that begins with = for a formula
        made.quotePrefix = bool(_MARKED.match(cell))
    made.font = Font(bold=bold)
    return made


def _decoded(source: Source) -> str:
    content, name = bounded(source), shown(source.name)
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError(
            f"'{name}' is not UTF-8. Save it as 'CSV UTF-8', or give the workbook (.xlsx) itself."
        ) from None
    if "\x00" in text:
        raise FormatError(f"'{name}' is not text. Give a CSV file or a workbook (.xlsx).")
    return text


def _separator(text: str) -> str:
    """Return the separator that stands most often outside quote marks in the first line that says anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(",;\t", key=lambda s: bare.count(s))


def _within(source: Source, rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise FormatError(
            f"'{shown(source.name)}' has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns. "
            "Give a table of scores alone."
        )


def _check_parts(content: bytes, name: str) -> None:
    """Look into a workbook before anything is built from it.

    Raises FormatError where it is no archive, unpacks to too much, or has XML with a document type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _MAX_PARTS or sum(p.file_size for p in parts) > _MAX_UNPACKED:
                raise FormatError(
                    f"'{shown(name)}' unpacks to more than {_MAX_UNPACKED // 1_000_000} MB. Give the table alone."
                )
            for part in parts:
                # Whatever a part is called, the workbook may name it as a sheet.
                held = archive.read(part)
                if b"<" in held[:64]:
                    checked(held, name, max_elements=_MAX_ELEMENTS)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FormatError(
            f"'{shown(name)}' is no workbook that can be read ({shown(str(error), 80)}). "
            "Save it as .xlsx without a password."
        ) from None


def _sheet(source: Source, values: object, written: object) -> Sheet:
    rows, lines, formulas = [], [], 0
    for line, (row, behind) in enumerate(zip(_cells(values), _cells(written), strict=False), start=1):
        _within(source, line, 0)
        if not any(v is not None for v in (*row, *behind)):
            continue
        cells = []
        for value, formula in zip(row, behind, strict=False):
            computed = isinstance(formula, str) and formula.startswith("=") and formula != value
            formulas += computed
            cells.append(_plain(formula if computed and value is None else value))
        if any(c is not None for c in cells):
            while cells and cells[-1] is None:
                cells.pop()
            _within(source, line, len(cells))
            rows.append(tuple(cells))
            lines.append(line)
    return Sheet(str(getattr(values, "title", "")), tuple(rows), tuple(lines), formulas=formulas)


def _cells(sheet: object) -> Iterator[tuple[object, ...]]:
    rows: Iterator[tuple[object, ...]] = sheet.iter_rows(  # type: ignore[attr-defined]
        max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1, values_only=True
    )
    return rows


def _plain(value: object) -> Cell:
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return float(value)
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
        case _:
            return clean(str(value)) or None


def name_of(cell: Cell) -> str:
    """Return what a cell says as a name."""
    return level_name(cell) if isinstance(cell, float) else cell or ""


def number_in(sheet: Sheet, cell: Cell) -> float | str:
    """Return the number in a cell, or what is wrong with it.

    >>> number_in(Sheet(None, (), (), decimal_comma=True), "1,5")
    1.5
    """
    if cell is None:
        return "there is no number. Give one; 0 is a number too."
    if isinstance(cell, str) and sheet.name is not None and cell.startswith("="):
        return (
            "the formula was never computed. Open and save the workbook in a spreadsheet program, or give the number."
        )
    if isinstance(cell, str) and _GROUPED.fullmatch(cell) and ("," in cell or sheet.decimal_comma):
        return f"'{shown(cell)}' can be read in two ways. Write thousands without a separator."
    value = cell if isinstance(cell, float) else _written_number(cell, comma=sheet.decimal_comma)
    if value is None:
        return f"'{shown(str(cell))}' is not a number. Give one, such as 12.5."
    if not abs(value) <= LARGEST:
        return f"{value:g} is out of bounds. Give points from -{LARGEST:g} to {LARGEST:g}."
    return value


def _written_number(text: str, *, comma: bool) -> float | None:
    plain = text.replace("−", "-")
    return number(plain.replace(",", ".") if comma and plain.count(",") == 1 and "." not in plain else plain)
