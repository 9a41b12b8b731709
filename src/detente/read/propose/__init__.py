"""From what was read to a draft that can be edited: which model do these statements suggest?"""

import datetime as dt
from collections.abc import Mapping

from detente.read.items import Reading
from detente.read.parties import Lexicon, load_lexicon
from detente.read.propose import acts, collect, completions, demands, meetings, prune, stances, tables, ties
from detente.read.propose.claims import addressed, claims, said, split
from detente.read.propose.collect import Record, document_ids
from detente.situation.nouns import Party, Situation
from detente.situation.store import tidy
from detente.situation.values import Basis

__all__ = ["document_ids", "propose"]


def propose(
    readings: tuple[Reading, ...],
    *,
    title: str | None = None,
    as_of: dt.date | None = None,
    lexicon: Lexicon | None = None,
    signed: Mapping[str, Basis] | None = None,
) -> Situation:
    """Draft the situation that some readings suggest.

    Values that words commit somebody to are `read` and name their rule; what no text says is `assumed`; what a
    negotiation must have and the text does not name is `supplied`, and falls away in `text_only`. The lexicon, the
    shipped one unless another is given, tells which armed groups have a patron. `signed` says who put the items that
    people edited, by item id: a value that rests on those alone is `entered`.

    >>> propose((), title="Nothing read").parties
    ()
    """
    rec = collect.record(readings, lexicon or load_lexicon(), signed=signed or {})
    whole = claims(rec)
    talks = tables.talks(rec, whole)
    principals = talks[0].parties if talks else ()
    made = split(addressed(whole, principals), principals)
    says = said(made)
    drafted = tables.tables(rec, talks, made, says)
    threats = acts.threats(rec)
    parties = _parties(rec)
    draft = Situation(
        title=title or _title(readings),
        as_of=as_of,
        documents=collect.documents(rec),
        evidence=rec.evidence,
        parties=parties,
        issues=stances.issues(rec, made, says),
        stances=stances.stances(rec, made, says, drafted),
        demands=demands.demands(rec, drafted, made),
        tables=drafted,
        meetings=meetings.meetings(rec, drafted),
        incidents=acts.incidents(rec),
        ties=ties.ties(rec, drafted, parties),
        threats=threats,
        moves=acts.moves(threats),
    )
    return tidy(prune.pruned(completions.completed(draft, rec)))


def _title(readings: tuple[Reading, ...]) -> str:
    named_documents = [r.document.title or r.document.name for r in readings]
    return named_documents[0] if len(named_documents) == 1 else f"{len(named_documents)} documents"


def _parties(rec: Record) -> tuple[Party, ...]:
    """Everybody who acts or is named, in the order of the text; hosts whose place alone is named come last."""
    found = tables.people_of(rec)
    hosts = {f.id: f for f in reversed(rec.facts) if f.role in ("host", "mediator") and f.id not in found}
    named = {f.id: f for f in reversed(rec.named("party"))}
    made = [
        _party(rec, p, rec.basis(items, "named-in-text") if items else rec.fact_basis([named[p]], "named-in-text"))
        for p, items in found.items()
    ]
    return tuple(made + [_party(rec, p, rec.fact_basis([f], "venue-host")) for p, f in reversed(hosts.items())])


def _party(rec: Record, party: str, basis: Basis) -> Party:
    return Party(
        id=party, name=rec.name(party), kind=rec.kinds.get(party, "party"), basis=basis, evidence=basis.evidence
    )
