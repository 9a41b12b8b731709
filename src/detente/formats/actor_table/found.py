"""Which actors, issues and numbers stand in the cells of a table of actors?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from detente.formats.actor_table.heads import ACTOR, DESCRIPTION, HIGH, ISSUE, LOW, NUMBERS, Head, head
from detente.formats.actors import MAX_ACTORS, MAX_STANCES, Quantity
from detente.formats.score_table import listed, shown
from detente.formats.sheet import Cell, Sheet, name_of, number_in

SCALE_LOW, SCALE_HIGH = "scale low", "scale high"
Span: TypeAlias = tuple[float, float, float]  # low, best, high
At: TypeAlias = tuple[int, int | None]  # actor, dimension; None: on all of them


@dataclass(slots=True)
class Found:
    """What has been found so far, row by row."""

    sheet: Sheet
    title: str
    columns: dict[int, Head] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)  # heads that say nothing that is known
    dimensions: list[str] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    spans: dict[tuple[Quantity, At], Span] = field(default_factory=dict)
    first: dict[int, Span] = field(default_factory=dict)  # the first capability that is said of an actor
    places: dict[tuple[Quantity, At], str] = field(default_factory=dict)
    ends: dict[tuple[str, str, int | None], float] = field(default_factory=dict)  # which end, of what, on which issue
    same: dict[str, None] = field(default_factory=dict)  # names of several actors
    faults: list[str] = field(default_factory=list)

    @property
    def long(self) -> bool:
        """Whether each row is about one issue, which it names."""
        return any(h.what == ISSUE for h in self.columns.values())

    def column(self, what: str, dimension: str = "", end: str = "") -> int | None:
        """Where a column is, if there is one."""
        wanted = (what, dimension.casefold(), end)
        return next((c for c, h in self.columns.items() if h.key == wanted), None)

    def cell(self, row: int, column: int | None) -> Cell:
        """What stands in a cell; a row may end before it."""
        cells = self.sheet.rows[row]
        return cells[column] if column is not None and column < len(cells) else None

    def capability(self, actor: int, dimension: int | None) -> Span | None:
        """How capable an actor is on an issue: what is said of it, else of all issues, else on the first."""
        on = self.spans.get(("capability", (actor, dimension)))
        return on or self.spans.get(("capability", (actor, None))) or self.first.get(actor)


def find(sheet: Sheet, title: str) -> Found:
    """Read the cells; what is wrong with them is in `faults`.

    >>> find(Sheet(None, (("actor", "power", "position", "salience"), ("A", 1.0, 5.0, 50.0)), (1, 2)), "Fund").actors
    ['A']
    """
    found = Found(sheet, title)
    _columns(found)
    if found.faults:
        return found
    for row in range(1, len(sheet.rows)):
        _row(found, row)
    if not 2 <= len(found.actors) <= MAX_ACTORS:
        found.faults.append(
            f"{sheet.place(0)}: the actors that follow are {len(found.actors)}. Give 2 to {MAX_ACTORS:,} of them."
        )
    if len(found.actors) * len(found.dimensions) > MAX_STANCES:
        found.faults.append(f"{sheet.place(0)}: there are more than {MAX_STANCES:,} stances. Take out some issues.")
    for d, name in enumerate(found.dimensions):
        if not any(("position", (a, d)) in found.spans for a in range(len(found.actors))) and not found.faults:
            found.faults.append(
                f"{sheet.place(0)}: nobody has a position on '{shown(name)}'. Give some, or take it out."
            )
    return found


def _columns(found: Found) -> None:
    """Find out what each column is, and which issues there are."""
    for column, cell in enumerate(found.sheet.rows[0]):
        text = name_of(cell)
        known = head(text)
        if known is None:
            found.unread += [text] if text else []
        elif known.key in {h.key for h in found.columns.values()}:
            at = found.sheet.place(0, column, text)
            found.faults.append(f"{at}: there is such a column already. Keep one of them, or name its issue.")
        else:
            found.columns[column] = known
    found.faults += _missing(found)


def _missing(found: Found) -> Iterator[str]:
    """Settle which issues there are, and find columns that are not there."""
    first, heads = found.sheet.place(0), list(found.columns.values())
    named = {"": ""} if found.long else {h.dimension.casefold(): h.dimension for h in heads if h.what in NUMBERS[:2]}
    found.dimensions = [] if found.long else [name or found.title for name in named.values()]
    if found.long and (both := [h.text for h in heads if h.dimension]):
        yield f"{first}: each row names its issue, and so does {listed(both)}. Take out the one or the other."
    for key, name in named.items():
        absent = [f"{what} {name}".strip() for what in NUMBERS[:2] if found.column(what, key) is None]
        yield from (f"{first}: there is no column '{shown(wanted)}'. Add it." for wanted in absent)
    weights = [h for h in heads if h.what == "capability"]
    if odd := [h.text for h in weights if h.dimension.casefold() not in ("", *named)]:
        yield f"{first}: nothing says where anybody stands for {listed(odd)}. Add positions, or take it out."
    if not weights:
        yield f"{first}: there is no column 'capability'. Add it; 1 for everybody says that all are equal."


def _row(found: Found, row: int) -> None:
    name = name_of(found.cell(row, found.column(ACTOR)))
    if not name:
        found.faults.append(f"{found.sheet.place(row)}: the actor has no name. Name it.")
        return
    dimension = _dimension(found, row)
    if name.casefold() in (SCALE_LOW, SCALE_HIGH):
        _ends(found, row, name.casefold(), dimension)
        return
    actor = _actor(found, name)
    told = name_of(found.cell(row, found.column(DESCRIPTION)))
    found.descriptions[actor] = found.descriptions[actor] or told
    if dimension is not None:
        _stance(found, row, (actor, dimension), "")
        return
    if found.column("capability") is not None:
        _span(found, row, ("capability", (actor, None)), "")
    for d, called in enumerate(found.dimensions):
        _stance(found, row, (actor, d), called if found.column("position", called) is not None else "")


def _dimension(found: Found, row: int) -> int | None:
    """Return which issue a row is about, None where it is about all; one that no row named before is new."""
    if not found.long:
        return None
    name = name_of(found.cell(row, found.column(ISSUE))) or found.title
    known = [d.casefold() for d in found.dimensions]
    if name.casefold() not in known:
        found.dimensions.append(name)
        return len(known)
    return known.index(name.casefold())


def _actor(found: Found, name: str) -> int:
    """Return which actor a row is about. Where each row is an actor, two of a name are two actors."""
    known = [a.casefold() for a in found.actors]
    if name.casefold() in known and found.long:
        return known.index(name.casefold())
    if name.casefold() in known:
        found.same[name] = None
    found.actors.append(name)
    found.descriptions.append("")
    return len(known)


def _stance(found: Found, row: int, at: At, called: str) -> None:
    """Read what an actor wants on an issue; where all cells are empty it has no stance there."""
    cells = [found.cell(row, found.column(w, called, end)) for w in NUMBERS[:2] for end in ("", LOW, HIGH)]
    if all(c is None for c in cells):
        return
    if ("position", at) in found.spans:
        cure = "Keep one of them."
        there = found.places["position", at]
        found.faults.append(f"{found.sheet.place(row)}: the actor has a stance on the issue already ({there}). {cure}")
        return
    _span(found, row, ("position", at), called)
    _span(found, row, ("salience", at), called)
    column = found.column("capability", called) if called or found.long else None
    if column is not None and (found.cell(row, column) is not None or found.capability(*at) is None):
        _span(found, row, ("capability", at), called)


def _span(found: Found, row: int, what: tuple[Quantity, At], called: str) -> None:
    """Read one number with the ends of its range, where there are such columns."""
    columns = [found.column(what[0], called, end) for end in (LOW, "", HIGH)]
    best = _number(found, row, columns[1], what[0])
    ends = [best if found.cell(row, c) is None else _number(found, row, c, what[0]) for c in (columns[0], columns[2])]
    place = found.sheet.place(row, columns[1], found.columns[columns[1]].text if columns[1] in found.columns else "")
    if best is None or ends[0] is None or ends[1] is None:
        return
    if not ends[0] <= best <= ends[1]:
        said = f"{best:g} does not lie from {ends[0]:g} to {ends[1]:g}"
        found.faults.append(f"{place}: {said}. Give low, best and high in this order.")
        return
    found.spans[what] = (ends[0], best, ends[1])
    found.places[what] = place
    if what[0] == "capability":
        found.first.setdefault(what[1][0], found.spans[what])


def _number(found: Found, row: int, column: int | None, what: str) -> float | None:
    value = number_in(found.sheet, found.cell(row, column))
    if isinstance(value, float) and (value >= 0 or what == "position"):
        return value
    text = found.columns[column].text if column in found.columns else what
    place = found.sheet.place(row, column, text)
    said = value if isinstance(value, str) else f"{value:g} is below 0. Give 0 or more."
    found.faults.append(f"{place}: {said}")
    return None


def _ends(found: Found, row: int, end: str, dimension: int | None) -> None:
    """Read a row that says where scales begin or end."""
    for column, known in found.columns.items():
        if known.what not in NUMBERS[:2] or known.end or found.cell(row, column) is None:
            continue
        value = _number(found, row, column, "position")
        names = [d.casefold() for d in found.dimensions]
        on = dimension if found.long else names.index((known.dimension or found.title).casefold())
        if value is not None:
            found.ends[end, known.what, on] = value
