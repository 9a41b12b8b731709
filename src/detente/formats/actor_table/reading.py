"""Which table of actors does a plain CSV file or a workbook hold?"""

from collections.abc import Iterator

from detente.errors import FormatError
from detente.formats.actor_table import scales
from detente.formats.actor_table.found import At, Found, Span, find
from detente.formats.actor_table.heads import ACTOR, head
from detente.formats.actors import ActorTable, Quantity, Scale, Spread
from detente.formats.names import distinct
from detente.formats.score_table import Source, clean, listed, refuse, shown, tidy
from detente.formats.sheet import Sheet, name_of, read_csv, read_xlsx


def is_actor_table(sheet: Sheet) -> bool:
    """Tell whether the first row of a sheet names actors, positions and saliences.

    >>> is_actor_table(read_csv(Source("a.csv", b"Stakeholder,Resources,Position,Salience\\n")))
    True
    """
    heads = [head(name_of(c)) for c in sheet.rows[0]] if sheet.rows else []
    return {ACTOR, "position", "salience"} <= {h.what for h in heads if h is not None}


def read(source: Source, *, title: str | None = None, scale: Scale | None = None) -> ActorTable:
    """Return the table of a CSV file, or of the first sheet of a workbook that fits.

    `scale` is that of all positions; without it the rows of the file say it, else it is told from the positions.

    Raises FormatError with every fault of the table.

    >>> found = read(Source("talks.csv", b"actor,power,position,salience\\nNorth,2,20,0.5\\nSouth,1,90,1\\n"))
    >>> found.salience, found.scale
    (((50.0,), (100.0,)), ((0.0, 100.0),))
    """
    sheet, others = _sheet(source)
    found = find(sheet, title or clean(source.stem.replace("_", " ")))
    refuse(source.name, found.faults)
    made = scales.scales(found, scale)
    refuse(source.name, found.faults)
    actors, issues = range(len(found.actors)), range(len(found.dimensions))
    stances = [[found.spans.get(("position", (a, d))) for d in issues] for a in actors]
    weights = [[found.capability(a, d) for d in issues if stances[a][d]] or [found.capability(a, None)] for a in actors]
    varied = any(len(set(row)) > 1 for row in weights)
    best = [[w[1] for w in row if w is not None] or [0.0] for row in weights]
    return ActorTable(
        title=found.title,
        actors=distinct(found.actors),
        descriptions=tuple(found.descriptions),
        dimensions=tuple(found.dimensions),
        capability=tuple(tidy(sum(row) / len(row)) if varied else row[0] for row in best),
        position=tuple(tuple(s[1] if s else None for s in row) for row in stances),
        salience=tuple(tuple(scales.salience_of(_best(found, a, d), made) for d in issues) for a in actors),
        scale=made.scale,
        capability_on=tuple(tuple(_weight(found, a, d) for d in issues) for a in actors) if varied else (),
        spreads=tuple(_spreads(found, made, varied)),
        origin=source.name,
        remarks=(*scales.remarks(found, made), *_remarks(found, source, others)),
    )


def _sheet(source: Source) -> tuple[Sheet, list[str]]:
    sheets = read_xlsx(source) if source.content.startswith(b"PK") else (read_csv(source),)
    fitting = [s for s in sheets if is_actor_table(s)]
    if not fitting:
        have = listed([name_of(c) for c in sheets[0].rows[0]]) if sheets and sheets[0].rows else "nothing"
        raise FormatError(
            f"'{shown(source.name)}' begins with {have}, and is no table of actors. Name the columns in the first row: "
            "actor, capability, position and salience; for several issues 'position NAME' and 'salience NAME'."
        )
    return fitting[0], [s.name or "" for s in fitting[1:]]


def _best(found: Found, actor: int, dimension: int) -> float:
    span = found.spans.get(("salience", (actor, dimension)))
    return 0.0 if span is None else span[1]


def _weight(found: Found, actor: int, dimension: int) -> float:
    span = found.capability(actor, dimension)
    return 0.0 if span is None or ("position", (actor, dimension)) not in found.spans else span[1]


def _spreads(found: Found, made: scales.Scales, varied: bool) -> Iterator[Spread]:
    for a in range(len(found.actors)):
        for d in range(len(found.dimensions)):
            at: At = (a, d)
            if ("position", at) not in found.spans:
                continue
            yield from _spread("position", at, found.spans["position", at])
            low, best, high = (scales.salience_of(s, made) for s in found.spans["salience", at])
            yield from _spread("salience", at, (low, best, high))
            if varied:
                yield from _spread("capability", at, found.capability(a, d))
        if not varied:
            own = next((d for d in range(len(found.dimensions)) if ("position", (a, d)) in found.spans), None)
            yield from _spread("capability", (a, None), found.capability(a, own))


def _spread(what: Quantity, at: At, span: Span | None) -> Iterator[Spread]:
    if span is not None and span[0] < span[2]:
        yield Spread(what, at[0], at[1], span[0], span[2])


def _remarks(found: Found, source: Source, others: list[str]) -> Iterator[str]:
    if found.same:
        yield f"Several rows are called {listed(found.same)}; each is an actor of its own, and gets a number."
    heard = {actor for what, (actor, _) in found.spans if what == "position"}
    bare = [name for k, name in enumerate(found.actors) if k not in heard]
    if bare:
        yield f"Nothing says where {listed(bare)} stand, and they count nowhere."
    if found.unread:
        yield f"Columns that are not read: {listed(found.unread)}."
    if others:
        yield f"The sheet '{shown(found.sheet.name or '')}' is read, and not {listed(others)}."
    if found.sheet.formulas:
        yield f"'{shown(source.name)}' holds formulas ({found.sheet.formulas}); their last computed values were taken."
