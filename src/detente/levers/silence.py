"""What does the reporting leave open, and which silence is worth filling first?

A negotiation has slots that every report should fill: who holds a veto, what each party gains, who checks, who
ratifies, by when, what an ally does on its own, what each side has without a deal. Each is filled from the text,
supplied by the program, or silent. A silence ranks first where filling it would change a verdict.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.boards import Modes
from detente.levers.verdict import Answer, answer
from detente.situation.nouns import NoDeal, Score, Situation, Stance, Table
from detente.situation.paths import at_values
from detente.situation.values import Basis, Noun, Range
from detente.situation.views import gaining, insiders, text_only

Slot = Literal["benefit", "veto_holder", "walk_away", "ally_action", "verifier", "ratifier", "deadline"]
# Without a deal a party may be better or worse off by this much: half a full-scale move on an issue of salience 100.
SWING = 50.0
CHECKING = ("verifier", "inspectorate", "iaea", "opcw", "osce")


@dataclass(frozen=True, slots=True)
class Change:
    """An agenda whose answer changes when a silence is filled."""

    agenda: str
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class Silence:
    """One slot: who it concerns, what fills it, and whether filling it changes an answer.

    `changes` is None where filling the slot does not enter what is asked of deals, so that no answer can be compared.
    """

    slot: Slot
    party: str | None
    filled: Literal["text", "supplied", "assumed", "silent"]
    filled_by: tuple[Basis, ...]
    changes: tuple[Change, ...] | None


def silences(situation: Situation, table: str, agendas: Mapping[str, Modes]) -> tuple[Silence, ...]:
    """List every slot of a table, silences that change an answer first.

    `agendas` are the agendas whose answers are compared, by name.
    """
    at = situation.table(table)
    before = {name: answer(situation, table, modes) for name, modes in agendas.items()}
    found = [
        *(_benefit(situation, at, party, agendas, before) for party in at.consent),
        *(_veto(situation, at, party, agendas, before) for party in _pressing(situation, at)),
        *(_walk_away(situation, at, party, agendas, before) for party in at.consent),
        *(_ally(situation, party) for party in _allies(situation, at)),
        _verifier(situation),
        _ratifier(at),
        _deadline(situation, at),
    ]
    return tuple(sorted(found, key=_rank))


def _rank(one: Silence) -> tuple[int, int]:
    filled = {"silent": 0, "supplied": 1, "assumed": 2, "text": 3}[one.filled]
    if one.filled == "text":
        return (3, filled)
    return (0 if one.changes else 1 if one.changes is None else 2, filled)


def _compared(
    before: Mapping[str, Answer], after: Situation, table: str, agendas: Mapping[str, Modes]
) -> tuple[Change, ...]:
    then = {name: answer(after, table, modes) for name, modes in agendas.items()}
    return tuple(Change(name, before[name], then[name]) for name in agendas if before[name] != then[name])


def _gain(row: Stance | Score) -> Range:
    """The value by which a party could do better: what it wants, or what a level is worth to it."""
    return row.position if isinstance(row, Stance) else row.value


def _benefit(
    situation: Situation, at: Table, party: str, agendas: Mapping[str, Modes], before: Mapping[str, Answer]
) -> Silence:
    bare = text_only(situation)
    found = gaining(bare, at.id, party)
    firm = tuple(s for s in found if _gain(s).basis.kind != "assumed")
    if firm:
        return Silence("benefit", party, "text", tuple(dict.fromkeys(_gain(s).basis for s in firm)), ())
    if found:
        wished = [s for s in found if isinstance(s, Stance)]
        nothing = {f"{party}.{s.issue}.position": situation.issue(s.issue).status_quo.best for s in wished}
        bases = tuple(_gain(s).basis for s in found)
        return Silence(
            "benefit", party, "assumed", bases, _compared(before, at_values(situation, nothing), at.id, agendas)
        )
    supplied = gaining(situation, at.id, party)
    entered = tuple(dict.fromkeys(_gain(s).basis for s in supplied if _gain(s).basis.kind == "entered"))
    if entered:
        return Silence("benefit", party, "text", entered, ())
    if not supplied or not any(t.id == at.id for t in bare.tables):
        return Silence("benefit", party, "silent", (), None)
    known = {i.id for i in bare.issues}
    trimmed = {name: {i: m for i, m in modes.items() if i in known} for name, modes in agendas.items()}
    return Silence("benefit", party, "supplied", _bases(supplied), _compared(before, bare, at.id, trimmed))


def _known(nouns: Sequence[Noun]) -> Literal["text", "supplied", "assumed", "silent"]:
    """How a slot is filled, by the firmest of what fills it; an analyst's entry counts as filled."""
    kinds = {n.basis.kind for n in nouns}
    if kinds & {"read", "entered"}:
        return "text"
    return "supplied" if "supplied" in kinds else "assumed" if kinds else "silent"


def _bases(nouns: Sequence[Noun]) -> tuple[Basis, ...]:
    return tuple(dict.fromkeys(n.basis for n in nouns))


def _pressing(situation: Situation, at: Table) -> tuple[str, ...]:
    """Parties outside the table that press somebody at it."""
    inside = insiders(situation, at)
    return tuple(dict.fromkeys(d.by for d in situation.demands if d.by not in inside and d.table in (at.id, None)))


def _veto(
    situation: Situation, at: Table, party: str, agendas: Mapping[str, Modes], before: Mapping[str, Answer]
) -> Silence:
    if party in at.ratifiers or (party in at.consulted and at.basis.kind == "entered"):
        return Silence("veto_holder", party, _known((at,)), (at.basis,), ())
    seated = at.model_copy(update={"consent": (*at.consent, party)})
    tables = tuple(seated if t.id == at.id else t for t in situation.tables)
    changed = _compared(before, situation.model_copy(update={"tables": tables}), at.id, agendas)
    pressed = tuple(d for d in situation.demands if d.by == party)
    return Silence("veto_holder", party, "silent", _bases(pressed), changed)


def _walk_away(
    situation: Situation, at: Table, party: str, agendas: Mapping[str, Modes], before: Mapping[str, Answer]
) -> Silence:
    entered = tuple(n for n in at.no_deal if n.party == party)
    if entered:
        return Silence("walk_away", party, _known(entered), _bases(entered), ())
    changes = {
        change.agenda: change
        for swing in (SWING, -SWING)
        for change in _compared(before, _with_no_deal(situation, at, party, swing), at.id, agendas)
    }
    return Silence("walk_away", party, "silent", (), tuple(changes.values()))


def _with_no_deal(situation: Situation, at: Table, party: str, value: float) -> Situation:
    basis = Basis(kind="assumed", rule="walk-away-swept")
    known = {n.party: n for n in at.no_deal}
    rows = tuple(
        NoDeal(party=p, value=Range.point(value, basis), basis=basis)
        if p == party
        else known.get(p, NoDeal(party=p, value=Range.point(0, basis), basis=basis))
        for p in at.consent
    )
    tables = tuple(t.model_copy(update={"no_deal": rows}) if t.id == at.id else t for t in situation.tables)
    return situation.model_copy(update={"tables": tables})


def _allies(situation: Situation, at: Table) -> tuple[str, ...]:
    """Parties outside the table that are allied with somebody at it, or that press it and could act."""
    allied = [
        other
        for tie in situation.ties
        if tie.kind in ("ally", "lobby")
        for inside, other in ((tie.source, tie.target), (tie.target, tie.source))
        if inside in at.consent and other not in at.consent
    ]
    armed = {m.by for m in situation.moves} | {t.by for t in situation.threats}
    pressing = (p for p in _pressing(situation, at) if not allied or p in armed)
    return tuple(dict.fromkeys((*allied, *pressing)))


def _ally(situation: Situation, party: str) -> Silence:
    own = tuple(m for m in situation.moves if m.by == party)
    return Silence("ally_action", party, _known(own), _bases(own), None)


def _verifier(situation: Situation) -> Silence:
    found = tuple(p for p in situation.parties if p.kind in CHECKING or p.id in CHECKING)
    return Silence("verifier", None, _known(found), _bases(found), None)


def _ratifier(at: Table) -> Silence:
    links = (*(link for link in at.links if link.kind == "ratification"), *((at,) if at.ratifiers else ()))
    return Silence("ratifier", None, _known(links), _bases(links), None)


def _deadline(situation: Situation, at: Table) -> Silence:
    found = tuple(d for d in situation.deadlines if d.table in (at.id, None))
    return Silence("deadline", None, _known(found), _bases(found), None)
