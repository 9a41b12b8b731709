"""What do the threats cover, and what do they leave uncovered?"""

from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.no_agreement import Covered
from detente.brief.sections.no_deal.telling import Telling
from detente.brief.words import capital, listed
from detente.situation.nouns import Move, Threat
from detente.situation.values import Basis, BasisKind

RULE = "a threat answers an action by an actor only where its condition names both"


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer for one reading of the situation."""
    found = told.found
    if not found.situation.threats:
        return (Paragraph((silent(told),)),)
    if not found.coverage:
        derived = told.register.derive("a threat covers an actor and an action; none of the threats names both")
        return (Paragraph((Sentence("The threats name no actor and action that would set them off.", (derived,)),)),)
    caption = Sentence(
        "Which threat answers which act by whom: an act outside every threat as worded is uncovered.",
        (told.register.derive(RULE),),
    )
    grid = Grid(caption, ("if", "answered by"), tuple(_row(c, told) for c in found.coverage))
    bare = tuple(uncovered(told)) + tuple(_unbound(t, told) for t in found.unbound)
    return (grid, *((Listing(bare),) if bare else ()))


def silent(told: Telling) -> Sentence:
    """Say that nobody threatens."""
    nothing = told.register.derive("no item of the record is a threat or a commitment")
    return Sentence("No threat was made, so no act outside the table has an announced answer.", (nothing,))


def uncovered(told: Telling) -> tuple[Sentence, ...]:
    """Say which acts by others than those whom a threat names no threat answers."""
    return tuple(_uncovered(c, told) for c in told.found.coverage if c.assumed and not c.answered_by)


def _threat(threat: str, told: Telling) -> Threat:
    return next(t for t in told.found.situation.threats if t.id == threat)


def _unbound(threat: str, told: Telling) -> Sentence:
    found, names = _threat(threat, told), told.names
    text = f"What would set off the threat of {names.party(found.by)} against {names.party(found.against)} is not said."
    return Sentence(text, told.register.basis(found.basis), found.basis.kind)


def _drafted(one: Covered, told: Telling) -> Move | None:
    same = (m for m in told.found.drafted.moves if (m.by, m.action) == (one.actor, one.action))
    return next((m for m in same if m.against == one.against), None)


def _mark(one: Covered, told: Telling) -> BasisKind | None:
    """How is it known that the actor could do it? Said where nobody said it."""
    move = _drafted(one, told)
    kind: BasisKind = move.basis.kind if move is not None else "assumed"
    return kind if one.assumed and kind != "read" else None


def _act(one: Covered, told: Telling) -> str:
    """Name an act with its actor, as the move of the draft that it is, or in plain words."""
    move = _drafted(one, told)
    if move is not None:
        return told.deed(move.id)
    against = f" against {told.names.party(one.against)}" if one.against else ""
    return f"\u201c{one.action.replace('-', ' ')}\u201d by {told.names.party(one.actor)}{against}"


def _row(one: Covered, told: Telling) -> tuple[Sentence, Sentence]:
    refs, names = _refs(one, told), told.names
    threats = [_threat(t, told) for t in one.answered_by]
    answer = listed(dict.fromkeys(f"{names.party(t.by)} ({t.action.replace('-', ' ')})" for t in threats))
    mark = _mark(one, told)
    return (
        Sentence(capital(_act(one, told)), refs, mark),
        Sentence(capital(answer) + "." if one.answered_by else "Nothing; uncovered.", refs, mark),
    )


def _uncovered(one: Covered, told: Telling) -> Sentence:
    """Say that an act is outside every threat, and whom the threats name instead."""
    same = [t for t in told.found.situation.threats if t.trigger is not None and t.trigger.action == one.action]
    named = dict.fromkeys(t.trigger.actor for t in same if t.trigger is not None and t.trigger.actor != one.actor)
    text = f"No stated threat covers {_act(one, told)}, were it to act alone"
    if named:
        stated = "the threat against that act names" if len(same) == 1 else "the threats against that act name"
        text += f": as worded, {stated} {told.names.parties(named)}"
    return Sentence(f"{text}.", _refs(one, told), _mark(one, told))


def _refs(one: Covered, told: Telling) -> tuple[str, ...]:
    rows = [m.basis for m in told.found.drafted.moves if (m.by, m.action) == (one.actor, one.action)]
    rows += [_threat(t, told).basis for t in one.answered_by]
    if not rows:
        rows.append(Basis(kind="assumed", rule="ally-or-rival-could"))
    return tuple(dict.fromkeys(r for basis in rows for r in told.register.basis(basis)))
