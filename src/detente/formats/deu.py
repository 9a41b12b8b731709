r"""Who stood where in decisions of the European Union, and what was decided?

The data set is DEU III: Arregui and Perarnaud (2021), doi:10.34810/data53; described in Journal of European Public
Policy 29 (2022). It comes as a table of issues, one row an issue with `prnr`, `isnr`, `intro`, `finact`, `rp`, `out`,
and for every actor a `p` and an `s` column before its code; and, where somebody worked it out before, as a list of who
weighs what, one row an actor on an issue. With the list, positions and weights are taken from it, and the table adds
the status quo, `rp`. From the table alone the weights follow by `council.weights`, in the year of the final act, or of
the introduction where there was none.

An issue can be scored that has an outcome from 0 to 100 and three or more actors with a position and a salience.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.backtest.past import PastDecision
from detente.errors import FormatError
from detente.formats.council import INSTITUTIONS, STATES, weights
from detente.formats.rows import Row, read_rows, separator
from detente.formats.score_table import Source, listed, refuse, shown

Kind: TypeAlias = Literal["table", "list"]

LEAST_ACTORS = 3
LIST_COLUMNS = ("issue", "dossier", "year_used", "actor", "position", "salience", "capability", "outcome")
TABLE_COLUMNS = ("prnr", "isnr", "intro", "finact", "rp", "out")
_ACTORS = (*INSTITUTIONS, *STATES)
_MOST_HEADS = 20_000  # bytes
_MOST_CAPABILITY = 1e9
_YEARS = (1950, 2100)
# 26-01-00 is 26 January 2000. A spreadsheet has put a century before the day of some: 1930-05-01 is 30 May 2001.
_DATE = re.compile(r"(?:19|20)?\d\d[-./]\d\d[-./]((?:19|20)?\d\d)")
_NO_DATE = ("", "999")


@dataclass(frozen=True, slots=True)
class Deu:
    """The decisions that can be scored, in the order of the file, and what of the files is not used."""

    decisions: tuple[PastDecision, ...]
    remarks: tuple[str, ...]


def kind_of(source: Source) -> Kind | None:
    """Say by the heads of its columns whether a text is the table of issues, the list of who weighs what, or neither.

    >>> kind_of(Source("a.csv", b"issue,dossier,year_used,actor,position,salience,capability,outcome\\n"))
    'list'
    """
    first = source.content[:_MOST_HEADS].decode("utf-8-sig", "replace").partition("\n")[0]
    heads = {head.strip(' "\r') for head in first.split(separator(first))}
    if heads.issuperset(LIST_COLUMNS):
        return "list"
    return "table" if heads.issuperset(TABLE_COLUMNS) else None


def read(table: Source | None = None, weighed: Source | None = None) -> Deu:
    """Read the table of issues, the list of who weighs what, or both.

    Raises FormatError with every fault, where there is neither, or where nothing in them can be scored.

    >>> found = read(weighed=Source("capabilities.csv", b"issue,dossier,year_used,actor,position,salience,capability,"
    ...     b"outcome\\na1,a,2001,de,100,50,100,60\\na1,a,2001,es,0,20,80,60\\na1,a,2001,lu,0,90,20,60\\n"))
    >>> found.decisions[0].actors, found.decisions[0].outcome
    (('de', 'es', 'lu'), 60.0)
    """
    if table is None and weighed is None:
        raise FormatError("There are no decisions. Give the table of issues, the list of who weighs what, or both.")
    issues = _issues(table) if table else ()
    found = _of_list(weighed, issues) if weighed else _of_table(issues)
    if not found.decisions:
        named = " and ".join(f"'{shown(s.name)}'" for s in (weighed, table) if s)
        raise FormatError(
            f"No issue in {named} has an outcome and {LEAST_ACTORS} actors with a position and a salience, so nothing "
            "can be scored. Give a table that has such issues."
        )
    return found


def _issues(source: Source) -> tuple[Row, ...]:
    """Return the rows of issues; others in the table (the size of economies) say of no issue."""
    rows = tuple(row for row in read_rows(source, TABLE_COLUMNS) if row.cells["isnr"].strip())
    columns = [c for c in (f"{kind}{actor}" for kind in "ps" for actor in _ACTORS) if rows and c in rows[0].cells]
    refuse(source.name, (fault for row in rows for fault in _table_faults(row, (*columns, "rp", "out"))))
    return rows


def _table_faults(row: Row, columns: Sequence[str]) -> Iterator[str]:
    for column in columns:
        if row.cells[column].strip():
            yield from _bounds(row, column)
    for column in ("intro", "finact"):
        said = row.cells[column].strip()
        if said not in _NO_DATE and not _DATE.fullmatch(said):
            yield row.fault(column, "is no date. Write day-month-year, such as 26-01-00 or 26-01-2000.")


def _of_table(issues: Sequence[Row]) -> Deu:
    made = [_decision(row) for row in issues]
    kept = tuple(one for one in made if one is not None)
    without = len(made) - len(kept)
    remark = f"{without} issues are left out: they lack an outcome, a date, or {LEAST_ACTORS} actors with a stance."
    return Deu(kept, (*((remark,) if without else ()), *_strangers(issues)))


def _strangers(issues: Sequence[Row]) -> Iterator[str]:
    """Say which actors of the table have no known weight, and so no part in what is read from it alone."""
    heads = issues[0].cells if issues else {}
    codes = [head[1:] for head in heads if head.startswith("p") and f"s{head[1:]}" in heads]
    unknown = [code for code in codes if code not in _ACTORS]
    if unknown:
        yield f"Nobody knows what {listed(unknown)} weigh, and their positions are left out."


def _decision(row: Row) -> PastDecision | None:
    present = tuple(a for a in _ACTORS if row.value(f"p{a}") is not None and row.value(f"s{a}") is not None)
    outcome, year = row.value("out"), _year(row)
    if outcome is None or year is None or len(present) < LEAST_ACTORS:
        return None
    return PastDecision(
        issue=row.cells["isnr"].strip(),
        dossier=row.cells["prnr"].strip(),
        year=year,
        actors=present,
        position=tuple(row.sure(f"p{a}") for a in present),
        salience=tuple(row.sure(f"s{a}") for a in present),
        capability=weights(present, year),
        status_quo=row.value("rp"),
        outcome=outcome,
    )


def _year(row: Row) -> int | None:
    for column in ("finact", "intro"):
        found = _DATE.fullmatch(row.cells[column].strip())
        if found:
            year = int(found[1])
            return year if year > 99 else year + (2000 if year < _YEARS[0] % 100 else 1900)
    return None


def _of_list(source: Source, issues: Sequence[Row]) -> Deu:
    rows = read_rows(source, LIST_COLUMNS)
    refuse(source.name, (fault for row in rows for fault in _list_faults(row)))
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.cells["issue"].strip(), []).append(row)
    refuse(source.name, (fault for group in groups.values() for fault in _group_faults(group)))
    points = {row.cells["isnr"].strip(): row.value("rp") for row in issues}
    kept = {name: group for name, group in groups.items() if len(group) >= LEAST_ACTORS}
    decisions = tuple(_listed(name, group, points.get(name)) for name, group in kept.items())
    remarks = []
    if len(kept) < len(groups):
        remarks.append(f"{len(groups) - len(kept)} issues are left out: they have less than {LEAST_ACTORS} actors.")
    absent = sum(name not in groups for name in points)
    if absent:
        remarks.append(f"{absent} issues of the table are left out: they are not in {shown(source.name)}.")
    if not issues:
        remarks.append("The table of issues is not there, so no status quo is known.")
    return Deu(decisions, tuple(remarks))


def _listed(name: str, group: Sequence[Row], status_quo: float | None) -> PastDecision:
    first = group[0]
    return PastDecision(
        issue=name,
        dossier=first.cells["dossier"].strip(),
        year=int(first.sure("year_used")),
        actors=tuple(row.cells["actor"].strip() for row in group),
        position=tuple(row.sure("position") for row in group),
        salience=tuple(row.sure("salience") for row in group),
        capability=tuple(row.sure("capability") for row in group),
        status_quo=status_quo,
        outcome=first.sure("outcome"),
    )


def _list_faults(row: Row) -> Iterator[str]:
    for column in ("issue", "dossier", "actor"):
        if not row.cells[column].strip():
            yield f"line {row.line}, column '{column}': there is nothing. Give a name."
    for column in ("position", "salience", "outcome"):
        yield from _bounds(row, column)
    yield from _bounds(row, "capability", most=_MOST_CAPABILITY)
    year = row.value("year_used")
    if year is None or not _YEARS[0] <= year <= _YEARS[1] or year != int(year):
        yield row.fault("year_used", f"is no year from {_YEARS[0]} to {_YEARS[1]}. Write it with four digits.")


def _bounds(row: Row, column: str, *, most: float = 100.0) -> Iterator[str]:
    value = row.value(column)
    if value is None:
        yield row.fault(column, "is not a number. Write it with a point, such as 12.5.")
    elif not 0 <= value <= most:
        yield row.fault(column, f"is not from 0 to {most:g}. Correct it, or leave the issue out.")


def _group_faults(group: Sequence[Row]) -> Iterator[str]:
    """Say where rows of one issue do not fit together."""
    seen: set[str] = set()
    for row in group:
        actor = row.cells["actor"].strip()
        if actor in seen:
            yield row.fault("actor", f"stands twice on the issue '{shown(row.cells['issue'])}'. Leave one out.")
        seen.add(actor)
        for column in ("dossier", "year_used", "outcome"):
            if row.cells[column].strip() != group[0].cells[column].strip():
                cure = f"differs from line {group[0].line}, though the issue is the same. Make them one."
                yield row.fault(column, cure)
    if not any(row.sure("salience") * row.sure("capability") > 0 for row in group):
        yield group[0].fault("issue", "has nobody with both salience and capability. Give somebody both.")
