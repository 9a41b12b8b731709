r"""How does a table of actors of KTAB come in and go out as CSV?

The first line has the name, a description, the number of actors and of dimensions; the second names the columns: actor,
description, power, then position and salience of each dimension; then one line per actor. Positions and saliences lie
from 0 to 100. Source: the reader of KTAB's spatial model of politics (KAPSARC Toolkit for Behavioral Analysis, 2019).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from detente.errors import FormatError
from detente.formats.actors import MAX_ACTORS, MAX_STANCES, MOST_SALIENCE, UNIT, ActorTable, repeated, salience_remarks
from detente.formats.names import distinct
from detente.formats.score_table import Source, clean, listed, refuse, shown, tidy
from detente.formats.sheet import Cell, Sheet, name_of, number_in, read_csv, read_xlsx, write_csv

_LEAD = 3  # actor, description, power
_FEWEST, _MOST = 3, 250  # actors
_MOST_NAME, _MOST_TOLD, _MOST_TITLE = 25, 256, 512  # characters
_POSITION = re.compile(r"(?i)(?<=\w)[ _]+(?:position|pstn)$")


def is_ktab(sheet: Sheet) -> bool:
    """Tell whether a sheet begins as KTAB's tables do: two counts in the first row, names of columns in the second.

    >>> is_ktab(read_csv(Source("a.csv", b"Fund,,3,1,\\nActor,Description,Power,Size,Sal,\\n")))
    True
    """
    if len(sheet.rows) < 2:
        return False
    heads = [c for c in sheet.rows[1] if c is not None]
    if [name_of(c).casefold() for c in heads[:2]] == ["actor", "description"]:
        return True
    bare = not any(isinstance(number_in(sheet, c), float) for c in heads)
    return _counts_at(sheet) is not None and len(heads) >= _LEAD and bare


def read(source: Source, *, title: str | None = None) -> ActorTable:
    """Return the table of a file of KTAB: CSV, or the first sheet of a workbook that begins like one.

    Raises FormatError with every fault of the table.

    >>> text = b"Fund,Its size,3,1,\\nActor,Description,Power,Size,Sal\\nA,,5,10,50\\nB,,2.5,40,90,\\nC,,1,100,60\\n"
    >>> read(Source("fund.csv", text)).capability
    (5.0, 2.5, 1.0)
    """
    sheet = _sheet(source)
    found = _Found(sheet)
    actors, dimensions = _counts(found, source)
    heads = _heads(found, dimensions)
    refuse(source.name, found.faults)
    for row in range(2, len(sheet.rows)):
        _row(found, row, heads)
    if len(sheet.rows) - 2 != actors:
        cure = "Correct the number, or add what is missing."
        counted = f"it counts {actors} actors, and the rows that follow are {len(sheet.rows) - 2}"
        found.faults.append(f"{sheet.place(0)}: {counted}. {cure}")
    for name in repeated(found.names):
        rows = [r for r, n in enumerate(found.names, start=2) if n.casefold() == name.casefold()]
        cure = "Give each actor a name of its own."
        found.faults.append(
            f"{sheet.place(rows[1], 0)}: '{shown(name)}' stands there already ({sheet.place(rows[0])}). {cure}"
        )
    refuse(source.name, found.faults)
    return _table(found, source, heads, title)


def write(table: ActorTable) -> tuple[bytes, tuple[str, ...]]:
    """Return the table as CSV that KTAB reads, and what it does not hold.

    >>> text = b"Fund,Its size,2,1,\\nActor,Description,Power,Size,Sal\\nA,,5,10,50\\nB,,2.5,40,90,\\n"
    >>> print(write(read(Source("fund.csv", text)))[0].decode(), end="")
    Fund,Its size,2,1,
    Actor,Description,Power,Size Position,Size Salience,
    A,,5,10,50,
    B,,2.5,40,90,
    """
    fitting, lost = for_ktab(table)
    pairs = [f"{d} {what}" for d in fitting.dimensions for what in ("Position", "Salience")]
    lines: list[list[Cell]] = [
        [fitting.title, fitting.note, float(len(fitting.actors)), float(len(fitting.dimensions))],
        ["Actor", "Description", "Power", *pairs],
    ]
    for k, name in enumerate(fitting.actors):
        both = zip(fitting.position[k], fitting.salience[k], strict=True)
        lines.append([name, fitting.descriptions[k], fitting.capability[k], *(n for pair in both for n in pair)])
    if fitting.affinity is not None or fitting.settings:
        lost = (*lost, "Settings and how far ideals follow others are left out: KTAB's CSV has none; its XML does.")
    # KTAB ends every cell with a comma, and takes a mark at the beginning for a part of the name.
    text = write_csv(lines).decode("utf-8-sig").replace("\r\n", ",\n")
    return text.encode(), lost


def for_ktab(table: ActorTable) -> tuple[ActorTable, tuple[str, ...]]:
    """Return the table as KTAB can have it: from 0 to 100, short names, a stance and one power each; and what is lost.

    >>> table = ActorTable(
    ...     title="Fund", actors=("North", "South"), dimensions=("Size",), capability=(2.0, 1.0),
    ...     position=((2.0,), (9.0,)), salience=((50.0,), (80.0,)), scale=((0.0, 10.0),))
    >>> for_ktab(table)[0].position, for_ktab(table)[1][0]
    (((20.0,), (90.0,)), "Positions are moved onto a scale from 0 to 100: 'Size' (0 to 10).")
    """
    names, told = _short(table)
    fitting = replace(
        table,
        title=table.title[:_MOST_TITLE],
        note=(table.note or "")[:_MOST_TITLE] or None,
        actors=names,
        descriptions=told,
        dimensions=distinct([d[:_MOST_TOLD] for d in table.dimensions]),
        position=tuple(tuple(_moved(at, s) for at, s in zip(row, table.scale, strict=True)) for row in table.position),
        scale=(UNIT,) * len(table.dimensions),
        capability_on=(),
        spreads=(),
    )
    return fitting, tuple(_lost(table, names))


def _short(table: ActorTable) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return names that KTAB takes, and the descriptions, with a name in full where it was cut."""
    names = tuple(clean(a) for a in table.actors)
    cut = distinct([n if len(n) <= _MOST_NAME else n[: _MOST_NAME - 4].rstrip() for n in names])
    told = table.descriptions or ("",) * len(names)
    full = (d if c == n else f"{n}. {d}".removesuffix(". ") for n, c, d in zip(names, cut, told, strict=True))
    return cut, tuple(d[:_MOST_TOLD] for d in full)


def _moved(at: float | None, scale: tuple[float, float]) -> float:
    low, high = scale
    if at is None:
        return (UNIT[0] + UNIT[1]) / 2
    return at if scale == UNIT else tidy(100 * (at - low) / (high - low))


def _lost(table: ActorTable, names: Sequence[str]) -> Iterator[str]:
    moved = [
        f"'{shown(d)}' ({s[0]:g} to {s[1]:g})" for d, s in zip(table.dimensions, table.scale, strict=True) if s != UNIT
    ]
    if moved:
        yield f"Positions are moved onto a scale from {UNIT[0]:g} to {UNIT[1]:g}: {', '.join(moved)}."
    if table.spreads:
        yield f"Of ranges the best values alone are written: {len(table.spreads)} of them."
    if table.capability_on:
        yield "KTAB has one power per actor: the mean over the dimensions is written."
    if cut := [a for a, n in zip(table.actors, names, strict=True) if clean(a) != n]:
        yield f"KTAB takes names of up to {_MOST_NAME} characters: {listed(cut)} are cut, and described in full."
    without = [a for a, row in zip(table.actors, table.position, strict=True) if None in row]
    if without:
        yield f"KTAB needs a stance on every dimension: those of {listed(without)} that nobody stated have salience 0."
    if not _FEWEST <= len(names) <= _MOST:
        yield f"KTAB takes {_FEWEST} to {_MOST} actors, and these are {len(names)}: it will refuse the file."
    yield from (f"{r} KTAB will refuse the file." for r in _refused(table))


def _refused(table: ActorTable) -> Iterator[str]:
    rows = list(zip(table.actors, table.salience, strict=True))
    if over := [name for name, row in rows if sum(row) > MOST_SALIENCE + 1e-9]:
        most = max(sum(row) for _, row in rows) / MOST_SALIENCE
        yield f"The saliences of {listed(over)} add up to more than 100; divide all of them by {most:.3g} or more."
    if none := [name for name, row in rows if 0 in row]:
        yield f"A salience of {listed(none)} is 0; give a small one instead."


@dataclass(slots=True)
class _Found:
    """What has been found so far, row by row."""

    sheet: Sheet
    title: str = ""
    note: str = ""
    names: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    numbers: list[list[float]] = field(default_factory=list)  # power, then position and salience by turns
    faults: list[str] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell; a row may end before it."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None


def _sheet(source: Source) -> Sheet:
    sheets = read_xlsx(source) if source.content.startswith(b"PK") else (read_csv(source),)
    for sheet in sheets:
        if is_ktab(sheet):
            return sheet
    raise FormatError(
        f"'{shown(source.name)}' is no table of KTAB. Its first line has a name, a description, the number of actors "
        "and of dimensions (such as 'Fund,Its size,7,3'), its second the names of the columns: Actor, Description, "
        "Power, then a position and a salience for each dimension."
    )


def _whole(sheet: Sheet, cell: Cell) -> int | None:
    value = number_in(sheet, cell)
    return int(value) if isinstance(value, float) and value == int(value) and value >= 0 else None


def _counts_at(sheet: Sheet) -> int | None:
    """Return the column of the number of actors; a description without quote marks may have commas in it."""
    whole = [_whole(sheet, c) is not None for c in sheet.rows[0]]
    return next((k for k in range(2, len(whole) - 1) if whole[k] and whole[k + 1]), None)


def _counts(found: _Found, source: Source) -> tuple[int, int]:
    first = found.sheet.rows[0]
    at, place = _counts_at(found.sheet), found.sheet.place(0)
    if at is None:
        said = "the number of actors and the number of dimensions are not there"
        refuse(source.name, [f"{place}: {said}. Write them behind the description, as in 'Fund,Its size,7,3'."])
        return 0, 0
    found.title, found.note = name_of(first[0]), ", ".join(name_of(c) for c in first[1:at] if c is not None)
    actors, dimensions = _whole(found.sheet, first[at]) or 0, _whole(found.sheet, first[at + 1]) or 0
    if not 2 <= actors <= MAX_ACTORS:
        found.faults.append(f"{place}: it counts {actors} actors. Give 2 to {MAX_ACTORS:,} of them.")
    elif not 1 <= dimensions <= MAX_STANCES // actors:
        most = MAX_STANCES // actors
        found.faults.append(f"{place}: it counts {dimensions} dimensions. Give 1 to {most:,} of them.")
    refuse(source.name, found.faults)
    return actors, dimensions


def _heads(found: _Found, dimensions: int) -> tuple[str, ...]:
    """Return the names of the columns from power on: the dimensions stand at every second of them."""
    cells = list(found.sheet.rows[1])
    while cells and cells[-1] is None:
        cells.pop()
    place = found.sheet.place(1)
    if len(cells) != _LEAD + 2 * dimensions:
        wanted = f"{_LEAD + 2 * dimensions} columns: Actor, Description, Power, and a position and a salience each"
        found.faults.append(
            f"{place}: the line above counts {dimensions} dimensions, which makes {wanted}; here are {len(cells)}. "
            "Correct the number, or the columns."
        )
        return ()
    heads = tuple(name_of(c) for c in cells)
    named = heads[_LEAD::2]
    for name in (*repeated(named), *([""] if "" in named else [])):
        column = len(heads) - 2 - list(reversed(named)).index(name) * 2
        said = f"there is a dimension '{shown(name)}' already" if name else "the dimension has no name"
        found.faults.append(f"{found.sheet.place(1, column)}: {said}. Give each dimension a name of its own.")
    return heads


def _row(found: _Found, row: int, heads: Sequence[str]) -> None:
    name = name_of(found.cell(row, 0))
    if not name:
        found.faults.append(f"{found.sheet.place(row, 0, heads[0])}: the actor has no name. Name it.")
    extra = [c for c in found.sheet.rows[row][len(heads) :] if c is not None]
    if extra:
        said = f"there are {len(heads) + len(extra)} cells, and the columns are {len(heads)}"
        found.faults.append(f"{found.sheet.place(row)}: {said}. Put quote marks around text with commas.")
    found.names.append(name or f"row {row}")
    found.descriptions.append(name_of(found.cell(row, 1)))
    found.numbers.append([_number(found, row, c, heads[c]) for c in range(2, len(heads))])


def _number(found: _Found, row: int, column: int, head: str) -> float:
    value = number_in(found.sheet, found.cell(row, column))
    at = f"{found.sheet.place(row, column, head)} of '{shown(name_of(found.cell(row, 0)))}'"
    if isinstance(value, str):
        found.faults.append(f"{at}: {value}")
        return 0.0
    if value < 0 or (column > 2 and value > MOST_SALIENCE):
        wanted = "0 or more" if column == 2 else "0 to 100"
        found.faults.append(f"{at}: {value:g} is out of bounds. Give {wanted}.")
    return value


def _table(found: _Found, source: Source, heads: Sequence[str], title: str | None) -> ActorTable:
    dimensions = tuple(_POSITION.sub("", h) for h in heads[_LEAD::2])
    if repeated(dimensions):
        dimensions = tuple(heads[_LEAD::2])
    table = ActorTable(
        title=title or clean(found.title) or clean(source.stem),
        note=clean(found.note) or None,
        actors=tuple(found.names),
        descriptions=tuple(found.descriptions),
        dimensions=dimensions,
        capability=tuple(row[0] for row in found.numbers),
        position=tuple(tuple(row[1::2]) for row in found.numbers),
        salience=tuple(tuple(row[2::2]) for row in found.numbers),
        scale=(UNIT,) * len(dimensions),
        origin=source.name,
    )
    return replace(table, remarks=tuple(salience_remarks(table)))
