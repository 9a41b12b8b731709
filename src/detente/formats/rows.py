"""What stands in the rows of a text with tabs, commas or semicolons, by the heads of its columns?"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.errors import FormatError
from detente.formats.score_table import Source, bounded, number, shown

MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row by the heads of its columns, and its place in the file."""

    line: int
    cells: Mapping[str, str]

    def value(self, column: str) -> float | None:
        """Return the number in a column, None where there is none."""
        return number(self.cells.get(column, ""))

    def sure(self, column: str) -> float:
        """Return a number that was checked to be one."""
        return float(self.cells[column])

    def fault(self, column: str, cure: str) -> str:
        """Say where something is wrong, and how to cure it."""
        return f"line {self.line}, column '{column}': '{shown(self.cells[column])}' {cure}"


def read_rows(source: Source, columns: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows of a text, empty ones left out.

    Raises FormatError where it lacks one of the columns, is no text, or its rows are not of one length.

    >>> [row.value("b") for row in read_rows(Source("a.csv", b"a;b\\n1;2\\n;\\n3;4\\n"), ["b"])]
    [2.0, 4.0]
    """
    name, text = shown(source.name), _text(source)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text.partition("\n")[0]), strict=True)
    found: list[Row] = []
    try:
        heads = [head.strip() for head in next(reader, [])]
        missing = [column for column in columns if column not in heads]
        if missing:
            raise FormatError(f"{name}, line 1: there is no column '{missing[0]}'. Its columns: {', '.join(columns)}.")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(heads):
                cure = "Check its separators and quote marks."
                raise FormatError(f"{name}, line {reader.line_num}: {len(cells)} columns, not {len(heads)}. {cure}")
            found.append(Row(reader.line_num, dict(zip(heads, cells, strict=True))))
            if len(found) > MOST_ROWS:
                raise FormatError(f"{name} has more than {MOST_ROWS:,} rows. Give the table alone.")
    except csv.Error as error:
        raise FormatError(f"{name}, line {reader.line_num}: {error}. Check its quote marks.") from None
    return tuple(found)


def separator(first: str) -> str:
    """Return what separates the cells of a first line: whichever of tab, comma and semicolon there is most of.

    >>> separator("a;b;c,d")
    ';'
    """
    return max("\t,;", key=first.count)


def _text(source: Source) -> str:
    try:
        text = bounded(source).decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise FormatError(f"'{shown(source.name)}' is no text in UTF-8. Save it as CSV or tab-separated text in UTF-8.")
    return text
