"""Which situation does a table of scores describe?"""

from detente.formats.names import new_id
from detente.formats.score_table import Matter, ScoreTable, clean, tidy
from detente.situation.nouns import AgendaItem, Influence, Issue, Landmark, NoDeal, Party, Score, Situation, Table
from detente.situation.values import Basis, Range

NOT_SETTLED = "not settled"
_BEFORE = -1.0  # the level of an issue that nothing has settled yet, below its options


def situation_of(table: ScoreTable) -> Situation:
    """Return the situation: options are the levels 0, 1, 2 ... of an issue, and landmarks name them.

    Every issue must be settled: what stands today is a level of its own, -1, worth nothing. An issue that names the
    option that stands today is open to leave as it is, and its points count from there.

    >>> from detente.formats.score_table import Matter, ScoreTable
    >>> fund = Matter(name="Fund", options=("small", "large"), worth=((5.0, 1.0), (2.0, 9.0)))
    >>> made = situation_of(ScoreTable(title="Fund", parties=("North", "South"), matters=(fund,), threshold=(2.0, 1.0)))
    >>> made.table("table").consent, [(m.at, m.name) for m in made.issue("fund").landmarks]
    (('north', 'south'), [(-1.0, 'not settled'), (0.0, 'small'), (1.0, 'large')])
    """
    taken: set[str] = {"table"}
    parties = [new_id(p, "party", taken) for p in table.parties]
    issues = [new_id(m.name, "issue", taken) for m in table.matters]
    origins = table.origins or ("",) * len(parties)
    bases = [Basis(kind="entered", by=clean(o) or "a table", note=table.source) for o in origins]
    first = bases[0]
    return Situation(
        title=clean(table.title) or "A table of scores",
        note=" ".join(table.remarks) or None,
        parties=tuple(
            Party(id=i, name=clean(n), basis=b) for i, n, b in zip(parties, table.parties, bases, strict=True)
        ),
        issues=tuple(_issue(i, m, first) for i, m in zip(issues, table.matters, strict=True)),
        scores=tuple(
            Score(party=p, issue=i, at=float(o), value=Range.point(worth, b), basis=b)
            for k, (p, b) in enumerate(zip(parties, bases, strict=True))
            for i, m in zip(issues, table.matters, strict=True)
            for o, worth in enumerate(_beside_today(m, k))
        ),
        influence=tuple(
            Influence(party=p, weight=Range.point(w, b), basis=b)
            for p, b, w in zip(parties, bases, table.weights or (), strict=False)
        ),
        tables=(
            Table(
                id="table",
                name=clean(table.title) or "Table",
                consent=tuple(parties),
                rule=table.rule,
                quorum=table.quorum,
                vetoes=tuple(parties[v] for v in table.vetoes),
                agenda=tuple(
                    AgendaItem(issue=i, mode="in" if m.today is None else "option", basis=first)
                    for i, m in zip(issues, table.matters, strict=True)
                ),
                no_deal=_no_deal(table, parties, bases),
                basis=first,
            ),
        ),
    )


def _no_deal(table: ScoreTable, parties: list[str], bases: list[Basis]) -> tuple[NoDeal, ...]:
    if table.threshold is None:
        return ()
    today = [sum(m.worth[m.today][k] for m in table.matters if m.today is not None) for k in range(len(parties))]
    return tuple(
        NoDeal(party=p, value=Range.point(tidy(need - now), b), basis=b)
        for p, b, need, now in zip(parties, bases, table.threshold, today, strict=True)
    )


def _issue(name: str, matter: Matter, basis: Basis) -> Issue:
    options = tuple(float(o) for o in range(len(matter.options)))
    landmarks = tuple(Landmark(at=at, name=clean(o)) for at, o in zip(options, matter.options, strict=True))
    if matter.today is None:
        landmarks = (Landmark(at=_BEFORE, name=NOT_SETTLED), *landmarks)
    lowest = _BEFORE if matter.today is None else 0.0
    return Issue(
        id=name,
        name=clean(matter.name),
        scale=(lowest, max(options[-1], lowest + 1)),
        landmarks=landmarks,
        status_quo=Range.point(_BEFORE if matter.today is None else float(matter.today), basis),
        options=options,
        basis=basis,
        note=matter.note,
    )


def _beside_today(matter: Matter, party: int) -> list[float]:
    now = 0.0 if matter.today is None else matter.worth[matter.today][party]
    return [tidy(row[party] - now) for row in matter.worth]
