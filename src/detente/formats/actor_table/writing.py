"""How is a table of actors written as plain CSV or as a workbook, and what can it not hold?"""

from collections.abc import Iterator
from typing import TypeAlias

from detente.formats.actor_table.found import SCALE_HIGH, SCALE_LOW
from detente.formats.actor_table.heads import ACTOR, DESCRIPTION, HIGH, ISSUE, LOW, NUMBERS, Head, head_of
from detente.formats.actors import MOST_SALIENCE, UNIT, ActorTable, Spread
from detente.formats.sheet import MAX_COLUMNS, Cell, write_csv, write_xlsx

Spreads: TypeAlias = dict[tuple[str, int, int | None], Spread]


def to_csv(table: ActorTable) -> tuple[bytes, tuple[str, ...]]:
    """Return the table as CSV, and what that does not hold."""
    return write_csv(rows(table)), tuple(_unsaid(table))


def to_xlsx(table: ActorTable) -> tuple[bytes, tuple[str, ...]]:
    """Return the table as a workbook, and what that does not hold."""
    return write_xlsx(rows(table), title=table.title), tuple(_unsaid(table))


def rows(table: ActorTable) -> list[list[Cell]]:
    """Return the cells of the layout: the heads, a row per actor, and the scales.

    Where that makes too many columns, each row is about one issue of one actor.

    >>> rows(template())[0][:5]
    ['actor', 'description', 'capability', 'position First issue', 'position low First issue']
    """
    told = any(table.descriptions)
    columns = list(_columns(table))
    if len(columns) + 2 > MAX_COLUMNS:
        return _long(table)
    spans: Spreads = {(s.what, s.actor, s.dimension): s for s in table.spreads}
    lead: list[Cell] = [ACTOR, DESCRIPTION] if told else [ACTOR]
    written: list[list[Cell]] = [[*lead, *(h.text for h, _ in columns)]]
    for a, name in enumerate(table.actors):
        lead = [name, table.descriptions[a] or None] if told else [name]
        written.append([*lead, *(_cell(table, spans, (a, d), h) for h, d in columns)])
    for k, end in enumerate((SCALE_LOW, SCALE_HIGH)):
        lead = [end, None] if told else [end]
        written.append([*lead, *(_end(table, h, d, k) for h, d in columns)])
    return written


def template() -> ActorTable:
    """Return an invented table to fill in, with every row and column there is.

    >>> template().dimensions
    ('First issue', 'Second issue')
    """
    return ActorTable(
        title="Actors",
        actors=("Actor A", "Actor B", "Actor C"),
        descriptions=("who that is", "", "without a stance on the second issue"),
        dimensions=("First issue", "Second issue"),
        capability=(100.0, 60.0, 25.0),
        position=((80.0, 10.0), (20.0, 60.0), (50.0, None)),
        salience=((70.0, 30.0), (90.0, 55.0), (40.0, 0.0)),
        scale=(UNIT, UNIT),
        spreads=(Spread("position", 0, 0, 70.0, 90.0),),
    )


def _long(table: ActorTable) -> list[list[Cell]]:
    """Return a row per actor and issue; what nobody stated is empty."""
    spans: Spreads = {(s.what, s.actor, s.dimension): s for s in table.spreads}
    open_at = {s.what for s in table.spreads}
    heads = [head_of(what, "", end) for what in NUMBERS for end in _ends(what in open_at)]
    written: list[list[Cell]] = [[ACTOR, DESCRIPTION, ISSUE, *(h.text for h in heads)]]
    for a, name in enumerate(table.actors):
        told = table.descriptions[a] if table.descriptions else None
        for d, issue in enumerate(table.dimensions):
            weight = d if table.capability_on else None
            cells = (_cell(table, spans, (a, weight if h.what == "capability" else d), h) for h in heads)
            written.append([name, told or None, issue, *cells])
    for k, end in enumerate((SCALE_LOW, SCALE_HIGH)):
        for d, issue in enumerate(table.dimensions):
            written.append([end, None, issue, *(_end(table, h, d, k) for h in heads)])
    return written


def _columns(table: ActorTable) -> Iterator[tuple[Head, int | None]]:
    """Walk through the columns of numbers with the issue of each; ends of ranges only where some number has any."""
    open_at = {(s.what, s.dimension) for s in table.spreads}
    alone = len(table.dimensions) == 1 and table.dimensions[0] == table.title
    if not table.capability_on:
        yield from ((head_of("capability", "", end), None) for end in _ends(("capability", None) in open_at))
    for d, name in enumerate(table.dimensions):
        for what in NUMBERS if table.capability_on else NUMBERS[:2]:
            for end in _ends((what, d) in open_at):
                yield head_of(what, "" if alone else name, end), d


def _ends(wide: bool) -> tuple[str, ...]:
    return ("", LOW, HIGH) if wide else ("",)


def _cell(table: ActorTable, spans: Spreads, at: tuple[int, int | None], column: Head) -> Cell:
    actor, dimension = at
    if dimension is not None and table.position[actor][dimension] is None:
        return None
    if column.end:
        found = spans.get((column.what, actor, dimension))
        return None if found is None else found.low if column.end == LOW else found.high
    if dimension is None:
        return table.capability[actor]
    if column.what == "capability":
        return table.capability_on[actor][dimension]
    return table.position[actor][dimension] if column.what == "position" else table.salience[actor][dimension]


def _end(table: ActorTable, column: Head, dimension: int | None, which: int) -> Cell:
    if dimension is None or column.end or column.what == "capability":
        return None
    return table.scale[dimension][which] if column.what == "position" else (0.0, MOST_SALIENCE)[which]


def _unsaid(table: ActorTable) -> Iterator[str]:
    if table.affinity is not None:
        yield "How far the ideal of one actor follows others is left out: only the XML of KTAB has a place for it."
    if table.settings:
        yield "Settings of the bargaining model are left out: only the XML of KTAB has a place for them."
