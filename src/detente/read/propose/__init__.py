"""From what was read to a draft that can be edited: which model do these statements suggest?"""

import datetime as dt

from detente.read.items import Item, Reading
from detente.read.propose import acts, collect, completions, tables
from detente.read.propose.collect import Record, Said, slug
from detente.read.propose.rules import LANDMARKS, StanceRule, named, swept_hardness, unstated_salience
from detente.situation.nouns import Issue, Landmark, Party, RedLine, Situation, Stance, Table
from detente.situation.store import tidy
from detente.situation.values import Basis, Range


def propose(readings: tuple[Reading, ...], *, title: str | None = None, as_of: dt.date | None = None) -> Situation:
    """Draft the situation that some readings suggest.

    Values that words commit somebody to are `read` and name their rule; what no text says is `assumed`; what a
    negotiation must have and the text does not name is `supplied`, and falls away in `text_only`.

    >>> propose((), title="Nothing read").parties
    ()
    """
    rec = collect.record(readings)
    said = _split_crossed(rec, collect.said(rec))
    drafted = tables.tables(rec, said)
    made = acts.threats(rec)
    demands = acts.demands(rec, drafted)
    issues = _issues(rec, said)
    draft = Situation(
        title=title or _title(readings),
        as_of=as_of,
        documents=collect.documents(readings),
        evidence=rec.evidence,
        parties=_parties(rec),
        issues=issues,
        stances=_stances(rec, said, drafted),
        demands=tuple(d for d in demands if d.issue in {i.id for i in issues}),
        tables=drafted,
        meetings=tables.meetings(rec, drafted),
        incidents=acts.incidents(rec),
        ties=acts.ties(rec),
        threats=made,
        moves=acts.moves(rec, made),
    )
    return tidy(completions.completed(draft, rec))


def _title(readings: tuple[Reading, ...]) -> str:
    named_documents = [r.document.title or r.document.name for r in readings]
    return named_documents[0] if len(named_documents) == 1 else f"{len(named_documents)} documents"


def _parties(rec: Record) -> tuple[Party, ...]:
    found = dict.fromkeys(slug(f.party) for r in rec.readings for f in r.parties)
    found |= dict.fromkeys(p for i in rec.items for p in collect.parties_of(collect.people(i)))
    found |= dict.fromkeys(slug(i.condition.party) for i in rec.items if i.condition and i.condition.party)
    by_party = {p: [i for i in rec.items if p in collect.parties_of(collect.people(i))] for p in found}
    return tuple(
        Party(
            id=p,
            name=rec.name(p),
            kind=rec.kinds.get(p, "party"),
            basis=rec.basis(by_party[p], "named-in-text")
            if by_party[p]
            else Basis(kind="assumed", rule="named-in-text"),
            evidence=rec.cite(by_party[p]),
        )
        for p in found
    )


def _issues(rec: Record, said: tuple[Said, ...]) -> tuple[Issue, ...]:
    names = {slug(f.issue): f.name for r in rec.readings for f in r.issues}
    found = dict.fromkeys(s.issue for s in said)
    rows = {issue: [i for s in said if s.issue == issue for i in s.items] for issue in found}
    scale = Basis(kind="assumed", rule="scale-of-what-is-asked")
    return tuple(
        Issue(
            id=issue,
            name=names.get(issue, issue.replace("-", " ")),
            landmarks=tuple(Landmark(at=at, name=name) for at, name in LANDMARKS),
            status_quo=Range.point(0, scale),
            basis=rec.basis(rows[issue], "issue-in-stance"),
            evidence=rec.cite(rows[issue]),
        )
        for issue in found
    )


def _split_crossed(rec: Record, said: tuple[Said, ...]) -> tuple[Said, ...]:
    """Two parties that each ask the same thing of the other do not want the same thing: make it two issues."""
    asked: dict[str, set[str]] = {}
    for one in said:
        for to in _addressees(one):
            asked.setdefault(one.issue, set()).add(to)
    crossed = {
        issue for issue, to in asked.items() if len(to) > 1 and to <= {s.party for s in said if s.issue == issue}
    }
    return tuple(
        Said(s.party, slug(f"{s.issue}-by-{to}"), s.rule, s.items) if s.issue in crossed and to else s
        for s in said
        for to in (_addressees(s)[:1] or ("",))
    )


def _addressees(one: Said) -> tuple[str, ...]:
    if not one.rule.name.startswith(("demand", "condition")):
        return ()
    return tuple(p for i in one.items for p in collect.parties_of(i.recipients) if p != one.party)


def _stances(rec: Record, said: tuple[Said, ...], drafted: tuple[Table, ...]) -> tuple[Stance, ...]:
    stances = [_stance(s.party, s.issue, s.rule, rec.basis(s.items, s.rule.name), rec.cite(s.items)) for s in said]
    spoken = {(s.party, s.issue): s.rule.name for s in said}
    wide = collect.wideners(rec)
    for issue in dict.fromkeys(s.issue for s in said):
        for party in drafted[0].consent if drafted else ():
            if (party, issue) in spoken:
                continue
            others = {rule for (p, i), rule in spoken.items() if i == issue and p in drafted[0].consent}
            rule, items = _unspoken(others, wide.get(party, ()))
            if rule is not None:
                basis = rec.basis(items, rule.name) if items else Basis(kind="assumed", rule=rule.name)
                stances.append(_stance(party, issue, rule, basis, rec.cite(items)))
    return tuple(stances)


def _unspoken(others: set[str], wider: tuple[Item, ...]) -> tuple[StanceRule | None, tuple[Item, ...]]:
    """What is drafted for a party at the table that has said nothing on an issue, by what the others there have said.

    What another refuses or takes up is that other's to give, so this party would receive it; what another demands is
    asked of this party. Where only parties outside the table have spoken, nothing is drafted.
    """
    if others & {"refusal", "topic-accepted", "offer"}:
        return (named("broader-agenda"), wider) if wider and "refusal" in others else (named("counterpart"), ())
    return (named("addressee"), ()) if others else (None, ())


def _stance(party: str, issue: str, rule: StanceRule, basis: Basis, evidence: tuple[str, ...]) -> Stance:
    low, best, high = rule.position
    line = None
    if rule.red_line is not None:
        at, accepts = rule.red_line
        line = RedLine(at=Range.point(at, basis), accepts=accepts, hardness=swept_hardness())
    return Stance(
        party=party,
        issue=issue,
        position=Range(low=low, best=best, high=high, basis=basis),
        salience=unstated_salience(),
        red_line=line,
        basis=basis,
        evidence=evidence,
    )
