"""Which bodies decide together in a situation, over what, and what of the situation is about one of them?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.errors import BoardError
from detente.situation.nouns import Influence, Party, Situation, Table, Tie

FEWEST = 2  # members with a stance on an issue, below which nothing is weighed
CONTROL = {"low": 0.25, "medium": 0.5, "high": 0.75}  # assumed: how far a proxy comes to want what its patron wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Parties that decide together: the members of `party`, or the parties of `table` looked at as if they did.

    `veto` says that each of them can say no. `issues` are those on which at least two of them have a stance and weight;
    `left_out` are the others that some member speaks of, each with the only member that does, None where several do and
    nobody's salience is above zero; `unheard` are members without a stance.
    """

    party: str | None
    table: str | None
    members: tuple[str, ...]
    veto: bool
    issues: tuple[str, ...]
    left_out: tuple[tuple[str, str | None], ...]
    unheard: tuple[str, ...]

    @property
    def heard(self) -> tuple[str, ...]:
        """The members that have a stance on some issue of it."""
        return tuple(m for m in self.members if m not in self.unheard)

    @property
    def id(self) -> str:
        """The party or the table that it is asked for by."""
        return self.party or self.table or ""


def bodies(situation: Situation) -> tuple[Body, ...]:
    """Find the declared decision bodies that have something to weigh; without any, the parties of the first table.

    >>> bodies(Situation(title="Empty"))
    ()
    """
    declared = [_of_party(situation, p) for p in situation.parties if p.decision_body]
    found = [b for b in declared if b.issues]
    if not found:
        seats = (_of_table(situation, t) for t in situation.tables if len(t.consent) >= FEWEST)
        found = [b for b in seats if b.issues][:1]
    return tuple(found)


def body(situation: Situation, name: str) -> Body:
    """Return the body of a party that has members, or of a table, by its id.

    Raises BoardError where there is none of that name, or nothing on which two of its members have a stance.

    >>> body(Situation(title="Empty"), "council")
    Traceback (most recent call last):
    detente.errors.BoardError: 'council' is no body in 'Empty'. Parties with members and tables: none.
    """
    made = [_of_party(situation, p) for p in situation.parties if p.members and p.id == name]
    made += [_of_table(situation, t) for t in situation.tables if t.id == name]
    if not made:
        known = [p.id for p in situation.parties if p.members] + [t.id for t in situation.tables]
        listed = ", ".join(known) or "none"
        raise BoardError(f"'{name}' is no body in '{situation.title}'. Parties with members and tables: {listed}.")
    if not made[0].issues:
        left_out = (f"{issue}: " + (f"only {p} has a stance" if p else "no salience") for issue, p in made[0].left_out)
        why = "; ".join(left_out) or "no member has a stance"
        raise BoardError(
            f"Inside '{name}' nothing can be weighed ({why}). Give at least two of its members "
            f"({', '.join(made[0].members)}) a stance on one issue, with a salience and an influence above zero."
        )
    return made[0]


def within(situation: Situation, inside: Body, issues: Sequence[str] | None = None) -> Situation:
    """Return what of a situation is about one body: its members, its issues, their stances, influence and ties.

    Inputs keep their paths, so that draws of them are the same as in the whole situation.
    """
    kept = tuple(inside.issues if issues is None else issues)
    members = inside.heard
    return situation.model_copy(
        update={
            "parties": tuple(situation.party(m) for m in members),
            "issues": tuple(situation.issue(i) for i in kept),
            "stances": tuple(s for s in situation.stances if s.party in members and s.issue in kept),
            "influence": tuple(w for w in situation.influence if _applies(w, members, kept, inside.table)),
            "ties": tuple(t for t in situation.ties if t.source in members and t.target in members),
            **dict.fromkeys(("demands", "scores", "interactions", "tables", "meetings", "deadlines"), ()),
            **dict.fromkeys(("incidents", "threats", "moves", "effects", "preferences", "questions"), ()),
        }
    )


def affinity(situation: Situation, members: Sequence[str]) -> Float[np.ndarray, "party party"] | None:
    """How far each member's ideal is drawn to where each stands: a proxy's to its patron, a party's to its lobby's.

    None without such ties. A row adds up to 1: its own share is what the others leave. Source of the idea: pragmatic
    affinity in KAPSARC (2019), KAPSARC Toolkit for Behavioral Analysis (KTAB). That low, medium and high control mean
    0.25, 0.5 and 0.75 is assumed.
    """
    found = np.zeros((len(members), len(members)))
    for tie in situation.ties:
        if tie.kind in ("patron_proxy", "lobby") and {tie.source, tie.target} <= set(members):
            found[members.index(tie.target), members.index(tie.source)] = _pull(tie)
    if not found.any():
        return None
    found /= np.maximum(found.sum(axis=1, keepdims=True), 1.0)
    found[np.diag_indices(len(members))] = 1.0 - found.sum(axis=1)
    return found


def _pull(tie: Tie) -> float:
    if tie.kind == "patron_proxy":
        return CONTROL[tie.control or "medium"]
    return min(max(tie.weight.best, 0.0), 1.0) if tie.weight is not None else 0.0


def _of_party(situation: Situation, party: Party) -> Body:
    return _found(situation, party.members, party=party.id, table=None)


def _of_table(situation: Situation, table: Table) -> Body:
    return _found(situation, table.consent, party=None, table=table.id)


def _found(situation: Situation, members: tuple[str, ...], *, party: str | None, table: str | None) -> Body:
    issues: list[str] = []
    left_out: list[tuple[str, str | None]] = []
    for issue in situation.issues:
        stances = [s for s in situation.stances if s.party in members and s.issue == issue.id]
        if len(stances) >= FEWEST and any(s.salience.high > 0 for s in stances):
            issues.append(issue.id)
        elif stances:
            left_out.append((issue.id, stances[0].party if len(stances) < FEWEST else None))
    heard = {s.party for s in situation.stances if s.issue in issues}
    veto = table is not None and situation.table(table).rule == "unanimity"
    return Body(
        party=party,
        table=table,
        members=members,
        veto=veto,
        issues=tuple(issues),
        left_out=tuple(left_out),
        unheard=tuple(m for m in members if m not in heard),
    )


def _applies(weight: Influence, members: Sequence[str], issues: Sequence[str], table: str | None) -> bool:
    return weight.party in members and weight.issue in (None, *issues) and weight.table in (None, table)
