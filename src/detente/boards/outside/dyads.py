"""Which two parties could end up in a crisis of force or pressure, and by which moves?"""

from collections.abc import Iterator
from dataclasses import dataclass

from detente.boards.outside.actions import Kind, action_key, announced, kind_of
from detente.boards.outside.roles import consenting, kind_at, tied
from detente.situation.nouns import Move, Situation, Threat

_HARM: tuple[Kind, ...] = ("force", "pressure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """One party that could challenge another, the move it could make, and what could follow it.

    `answer` is the target's move that stands against the challenge, `concede` the one by which it would give in.
    """

    challenger: str
    target: str
    challenge: str
    answer: str | None = None
    concede: str | None = None


def dyads(situation: Situation) -> tuple[Dyad, ...]:
    """List who could challenge whom: parties of the main table one another, then their allies a party of the table.

    A challenge is a first use of force, else pressure that is not in force yet; what waits for another's move is an
    answer. Where nothing else is, what waits for something that is neither force nor pressure is one: "unless it
    complies". `situation` is a drafted one.

    >>> from detente.situation.nouns import Table
    >>> talks = Table(id="talks", name="talks", consent=("a", "b"))
    >>> raid = Move(id="raid", by="a", action="strike", against="b")
    >>> reply = Move(id="reply", by="b", action="strike", against="a", after=("raid",))
    >>> dyads(Situation(title="t", tables=(talks,), moves=(raid, reply)))[0].answer
    'reply'
    """
    at_table = consenting(situation)
    allies = dict.fromkeys(a for p in at_table for a in tied(situation, p, "ally") if a not in at_table)
    pairs = [(a, b) for a in (*at_table, *allies) for b in at_table if a != b]
    return tuple(found for a, b in pairs for found in _dyad(situation, a, b))


def _dyad(situation: Situation, challenger: str, target: str) -> Iterator[Dyad]:
    aimed = [m for m in situation.moves if (m.by, m.against) == (challenger, target) and not m.in_force]
    at_once = [m for m in aimed if not m.after]
    opening = [m for m in aimed if m.after and not _answers_harm(situation, m)]
    by_kind = [m for moves in (at_once, opening) for kind in _HARM for m in moves if kind_at(situation, m) == kind]
    if by_kind:
        yields = (m.id for m in situation.moves if m.by == target and kind_of(m.action) == "concession")
        yield Dyad(
            challenger=challenger,
            target=target,
            challenge=by_kind[0].id,
            answer=_answer(situation, by_kind[0], target),
            concede=next(yields, None),
        )


def _answers_harm(situation: Situation, move: Move) -> bool:
    """Does a move wait for force or pressure?"""
    return any(m.id in move.after and kind_at(situation, m) in _HARM for m in situation.moves)


def _answer(situation: Situation, challenge: Move, target: str) -> str | None:
    """Find the target's move that waits for the challenge or that a threat announces for it, best against its maker."""
    own = [m for m in situation.moves if m.by == target]
    waiting = [m for m in own if challenge.id in m.after]
    key = (challenge.by, action_key(challenge.action))
    threats = [t for t in situation.threats if t.kind == "threat" and t.by == target and t.trigger is not None]
    named = [t for t in threats if t.trigger and (t.trigger.actor, action_key(t.trigger.action)) == key]
    by_threat = [m for t in named for m in own if m.against == t.against and _alike(situation, m, t)]
    found = waiting + by_threat
    return next((m.id for m in sorted(found, key=lambda m: m.against != challenge.by)), None)


def _alike(situation: Situation, move: Move, threat: Threat) -> bool:
    return action_key(move.action) == action_key(threat.action) or (
        kind_at(situation, move) == announced(situation.moves, threat) == "force"
    )
