"""What must a negotiation have that the text does not name? Proposed apart, marked `supplied`, never mixed in.

A trade needs something for everybody: where nothing on the table is better for a party than how things stand, a
counterpart benefit is supplied (relief, where the text reports pressure on that party by the others; assurances
elsewhere). Limits and withdrawals need somebody who checks them: where the text names nobody, a verifier is supplied.
"""

from collections.abc import Sequence

from detente.read.propose.collect import Record, slug
from detente.read.propose.rules import LANDMARKS, STANCE_RULES, unstated_salience
from detente.situation.nouns import AgendaItem, Incident, Issue, Landmark, Party, Situation, Stance, Threat
from detente.situation.values import Basis, Range
from detente.situation.views import gaining

_NEED_CHECKING = (
    *("nuclear", "enrich", "stockpile", "missile", "prox", "arms", "disarm", "ceasefire", "withdraw", "mine", "troops"),
)
_CHECKERS = ("iaea", "united-nations", "osce", "opcw", "unifil", "un", "efta", "ctbto")
_PRESSURE = ("sanction", "coerce")


def completed(situation: Situation, rec: Record) -> Situation:
    """Return the draft with the completions that its first table needs; where nobody takes a stance, no trade."""
    if not situation.tables:
        return situation
    for party in situation.tables[0].consent if situation.stances else ():
        if not gaining(situation, situation.tables[0].id, party):
            situation = _with_benefit(situation, party, rec)
    return _with_verifier(situation)


def _with_benefit(situation: Situation, party: str, rec: Record) -> Situation:
    table = situation.tables[0]
    against = [i for i in situation.incidents if i.target == party and i.actor in table.consent]
    pressure = [i for i in against if i.act in _PRESSURE]
    threats = [t for t in situation.threats if t.against == party and t.by in table.consent]
    kind, words = ("relief", "relief from pressure") if pressure else ("assurances", "assurances")
    basis = Basis(
        kind="supplied", evidence=_cited(situation, pressure or [*against, *threats]), rule="counterpart-benefit"
    )
    issue = Issue(
        id=slug(f"{kind}-for-{party}"),
        name=f"{words} for {rec.spoken(party)}",
        landmarks=tuple(Landmark(at=at, name=name) for at, name in _landmarks(kind)),
        status_quo=Range.point(0, basis),
        basis=basis,
    )
    stances = tuple(_stance(issue.id, p, p == party, basis) for p in table.consent)
    item = AgendaItem(issue=issue.id, mode="option", basis=basis)
    tables = (table.model_copy(update={"agenda": (*table.agenda, item)}), *situation.tables[1:])
    update = {"issues": (*situation.issues, issue), "stances": (*situation.stances, *stances), "tables": tables}
    return situation.model_copy(update=update)


def _cited(situation: Situation, found: Sequence[Incident | Threat]) -> tuple[str, ...]:
    cited = {e for i in found for e in i.evidence}
    return tuple(e.id for e in situation.evidence if e.id in cited)


def _landmarks(kind: str) -> tuple[tuple[float, str], ...]:
    if kind == "assurances":
        return ((0.0, "none"), (50.0, "given in words"), (100.0, "binding"))
    return tuple((at, {0.0: "pressure as today", 100.0: "all lifted"}.get(at, name)) for at, name in LANDMARKS)


def _stance(issue: str, party: str, receives: bool, basis: Basis) -> Stance:
    low, best, high = (75, 100, 100) if receives else next(r.position for r in STANCE_RULES if r.name == "addressee")
    return Stance(
        party=party,
        issue=issue,
        position=Range(low=low, best=best, high=high, basis=basis),
        salience=unstated_salience(),
        basis=basis,
    )


def _with_verifier(situation: Situation) -> Situation:
    """Supply somebody who checks, where limits are on the agenda or refused, and nobody who checks is named."""
    table = situation.tables[0]
    limits = [
        a for a in table.agenda if a.basis.kind == "read" and any(word in a.issue for word in _NEED_CHECKING)
    ]  # fmt: skip
    known = {p.id for p in situation.parties}
    if known & set(_CHECKERS) or not limits:
        return situation
    basis = Basis(kind="supplied", rule="verifier-needed")
    verifier = Party(id="verifier", name="a verifier, not named in the text", kind="verifier", basis=basis)
    tables = (table.model_copy(update={"consulted": (*table.consulted, verifier.id)}), *situation.tables[1:])
    return situation.model_copy(update={"parties": (*situation.parties, verifier), "tables": tables})
