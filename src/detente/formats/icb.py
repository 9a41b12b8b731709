"""How did international crises end, as the data set International Crisis Behavior codes them?

The data set is ICB version 14, crisis level (`icb1v14.csv`): Brecher, Wilkenfeld, Beardsley, James and Quinn. Read are
the number of a crisis, the years of its trigger and termination, how it ended (`forout`), whether it came back within
five years (`outesr`), whether it was mediated (`mediate`), and the codes of protracted conflict and gravity (`protrac`,
`gravcr`). A crisis of which it is not coded whether it came back cannot be tried and is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from detente.backtest.icb import PastCrisis
from detente.errors import FormatError
from detente.formats.rows import Row, read_rows
from detente.formats.score_table import Source, refuse, shown

COLUMNS = ("crisno", "yrtrig", "yrterm", "forout", "outesr", "mediate", "protrac", "gravcr")
_LIMITS = {
    "crisno": (1, 99_999),
    "yrtrig": (1800, 2100),
    "yrterm": (1800, 2100),
    "forout": (1, 99),
    "outesr": (1, 99),
    "mediate": (1, 99),
    "protrac": (1, 99),
    "gravcr": (0, 99),
}
_MAY_BE_EMPTY = ("yrterm", "mediate")
_BACK_OR_NOT = (1, 2)


@dataclass(frozen=True, slots=True)
class Icb:
    """The crises that can be tried, in the order of the file, and what of it is not used."""

    crises: tuple[PastCrisis, ...]
    remarks: tuple[str, ...]


def read(source: Source) -> Icb:
    """Read crises from the table of crises.

    Raises FormatError with every fault, or where no crisis in the table can be tried.

    >>> head = b"crisno,yrtrig,yrterm,forout,outesr,mediate,protrac,gravcr"
    >>> found = read(Source("icb.csv", head + b"\\n9,1950,1951,2,1,4,1,3\\n10,1960,,4,3,1,1,2\\n"))
    >>> found.crises[0].agreement, found.remarks
    (True, ('1 of 2 crises are left out: it is not coded whether they came back.',))
    """
    rows = read_rows(source, COLUMNS)
    coded = [row for row in rows if row.cells["outesr"].strip() and row.cells["forout"].strip()]
    refuse(source.name, (fault for row in coded for fault in _faults(row)))
    twice = _twice(coded)
    if twice is not None:
        raise FormatError(f"{shown(source.name)}: {twice.fault('crisno', 'stands there twice. Leave one out.')}")
    kept = tuple(_crisis(row) for row in coded if int(row.sure("outesr")) in _BACK_OR_NOT)
    if not kept:
        raise FormatError(
            f"No crisis in '{shown(source.name)}' is coded for how it ended and whether it came back, so nothing can "
            "be tried. Give the crisis level of ICB, icb1v14.csv."
        )
    without = len(rows) - len(kept)
    remark = f"{without} of {len(rows)} crises are left out: it is not coded whether they came back."
    return Icb(crises=kept, remarks=(remark,) if without else ())


def _faults(row: Row) -> Iterator[str]:
    for column, (low, high) in _LIMITS.items():
        if column in _MAY_BE_EMPTY and not row.cells[column].strip():
            continue
        value = row.value(column)
        if value is None or not low <= value <= high or value != int(value):
            yield row.fault(column, f"is no whole number from {low} to {high}. Correct it, or leave the crisis out.")


def _twice(rows: list[Row]) -> Row | None:
    seen: set[int] = set()
    for row in rows:
        number = int(row.sure("crisno"))
        if number in seen:
            return row
        seen.add(number)
    return None


def _crisis(row: Row) -> PastCrisis:
    ended = row.value("yrterm")
    return PastCrisis(
        number=str(int(row.sure("crisno"))),
        triggered=int(row.sure("yrtrig")),
        ended=None if ended is None else int(ended),
        agreement=row.value("forout") in (1, 2),
        recurred=row.value("outesr") == 1,
        mediated=row.value("mediate") == 4,
        protracted=int(row.sure("protrac")),
        gravity=int(row.sure("gravcr")),
    )
