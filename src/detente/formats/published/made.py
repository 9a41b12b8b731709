"""Which situation does each kind of published case make?"""

import dataclasses
import textwrap
from collections.abc import Iterable, Sequence

from detente.formats.imported import situation_of as situation_of_table
from detente.formats.published.shape import BODY, Asked, Division, Linked, LinkedTable, Placed, Published, Scorable
from detente.formats.score_table import Matter, ScoreTable, clean
from detente.situation.nouns import Influence, Issue, Link, Party, Requirement, Situation, Stance, Table
from detente.situation.values import Basis, Range, slug

_KEPT = {"eu", "ngo", "uk", "un", "us", "usa", "ussr"}
_SMALL = {"a", "an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with"}
_SHORT = 100  # characters of the source that stand behind every value; the note of the situation has all of it


def called(name: str) -> str:
    """Return a slug as a name to show; what is no slug is a name already.

    >>> called("state-of-the-art"), called("us"), called("local-ngo"), called("NL")
    ('State of the Art', 'US', 'Local NGO', 'NL')
    """
    if name != slug(name):
        return clean(name)
    words = name.split("-")
    return " ".join(w if k and w in _SMALL else w.upper() if w in _KEPT else w.title() for k, w in enumerate(words))


def situation_of(case: Published, *, title: str) -> Situation:
    """Return the situation of a published case; every value is an entry that names the source.

    The members of a body are weighed inside it: where the issue stands today is not said, and anything on its scale.

    >>> case = Division(source="A book", parties=("north", "south"), points={"bridge": (60, 40), "fund": (40, 60)})
    >>> situation_of(case, title="The bridge").table("table").consent
    ('north', 'south')
    """
    note = " ".join(case.source.split())
    match case:
        case Scorable():
            made = situation_of_table(_scores(case, note))
        case Division():
            made = situation_of_table(_divided(case, note))
        case Linked():
            made = _joined(case, note)
        case Placed():
            made = _placed(case, note)
    return made.model_copy(update={"title": title, "note": note})


def _basis(note: str) -> Basis:
    return Basis(kind="entered", by="published", note=textwrap.shorten(note, _SHORT, placeholder=" ..."))


def _table(
    name: str, parties: Sequence[str], matters: Iterable[Matter], threshold: Sequence[float], note: str
) -> ScoreTable:
    return ScoreTable(
        title=name,
        parties=tuple(called(p) for p in parties),
        matters=tuple(matters),
        threshold=tuple(threshold),
        origins=("published",) * len(parties),
        source=_basis(note).note,
    )


def _scores(case: Scorable, note: str) -> ScoreTable:
    matters = (
        Matter(
            name=called(issue),
            options=tuple(f"option {k + 1}" for k in range(len(rows[0]))),
            worth=tuple(zip(*rows, strict=True)),
        )
        for issue, rows in case.scores.items()
    )
    table = _table("Talks", case.parties, matters, case.threshold, note)
    if not case.vetoes:
        return table
    vetoes = tuple(case.parties.index(p) for p in case.vetoes)
    return dataclasses.replace(table, rule="quorum", quorum=len(case.parties) - 1, vetoes=vetoes)


def _divided(case: Division, note: str) -> ScoreTable:
    options = tuple(f"to {called(p)}" for p in case.parties)
    matters = (
        Matter(name=called(issue), options=options, worth=((first, 0.0), (0.0, second)))
        for issue, (first, second) in case.points.items()
    )
    return _table("Talks", case.parties, matters, (0.0, 0.0), note)


def _joined(case: Linked, note: str) -> Situation:
    """Make a situation of each table by itself, and put them side by side."""
    parts = [situation_of_table(_linked_scores(name, table, note)) for name, table in case.tables.items()]
    return Situation(
        title="",
        parties=tuple({p.id: p for part in parts for p in part.parties}.values()),
        issues=tuple(issue for part in parts for issue in part.issues),
        scores=tuple(score for part in parts for score in part.scores),
        tables=tuple(
            _seated(case, name, table, part.tables[0])
            for (name, table), part in zip(case.tables.items(), parts, strict=True)
        ),
    )


def _linked_scores(name: str, table: LinkedTable, note: str) -> ScoreTable:
    matters = (
        Matter(
            name=called(issue),
            options=tuple(level.replace("-", " ") for level in levels),
            worth=tuple(zip(*(rows[issue] for rows in table.points.values()), strict=True)),
        )
        for issue, levels in table.issues.items()
    )
    return _table(called(name), [*table.points], matters, [table.no_deal[p] for p in table.points], note)


def _seated(case: Linked, name: str, table: LinkedTable, made: Table) -> Table:
    """Give the table its own id, those who bargain and those who are heard, and what binds it."""
    links: tuple[Link, ...] = ()
    if table.mandate is not None:
        requires = tuple(_required(case, row) for row in table.mandate.requires)
        links = (Link(table=table.mandate.by, kind="mandate", requires=requires, basis=made.basis),)
    seats = {"consent": table.parties, "consulted": table.consulted}
    return made.model_copy(update={"id": name, "links": links, **seats})


def _required(case: Linked, row: Asked) -> Requirement:
    level = case.levels(row.of).index(row.at_least or row.at_most or "")
    return Requirement(
        issue=row.issue,
        at=float(case.levels(row.issue).index(row.at)),
        of=row.of,
        accepts="at_most" if row.at_least is None else "at_least",
        level=float(level),
    )


def _placed(case: Placed, note: str) -> Situation:
    basis, (low, high) = _basis(note), case.scale
    parties = tuple(Party(id=slug(p), name=called(p), basis=basis) for p in case.parties)
    body = Party(id=BODY, name="Decision body", members=tuple(p.id for p in parties), decision_body=True, basis=basis)
    today = Range(low=low, best=low, high=high, basis=Basis(kind="assumed", rule="status-quo-unstated"))
    issue = Issue(
        id=case.issue, name=called(case.issue), scale=case.scale, unit=case.unit, status_quo=today, basis=basis
    )
    rows = zip(parties, case.at, case.salience, case.influence, strict=True)
    stances, weights = [], []
    for party, at, salience, weight in rows:
        where, matters = Range.point(at, basis), Range.point(salience, basis)
        stances.append(Stance(party=party.id, issue=issue.id, position=where, salience=matters, basis=basis))
        weights.append(Influence(party=party.id, weight=Range.point(weight, basis), basis=basis))
    return Situation(
        title="", parties=(*parties, body), issues=(issue,), stances=tuple(stances), influence=tuple(weights)
    )
