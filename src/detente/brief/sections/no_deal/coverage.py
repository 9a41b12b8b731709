"""What do the threats cover, and what do they leave uncovered?"""

from detente.brief.answers import Covered, View
from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.register import Register
from detente.brief.words import Names, capital, listed
from detente.situation.values import Basis, BasisKind

ACTIONS = {"walk-out": "walks out of the talks", "fill": "goes on filling", "act": "acts"}


def blocks(view: View, register: Register) -> tuple[Block, ...]:
    """Answer for one view of the situation."""
    names = Names(view.situation)
    if not view.situation.threats:
        nothing = register.derive("no item of the record is a threat or a commitment")
        return (
            Paragraph(
                (Sentence("No threat was made, so nothing that happens without a deal is answered.", (nothing,)),)
            ),
        )
    if not view.coverage:
        derived = register.derive("a threat covers an actor and an action; none of the threats names both")
        return (Paragraph((Sentence("The threats name no actor and action that would set them off.", (derived,)),)),)
    rows = tuple(_row(c, view, names, register) for c in view.coverage)
    caption = Sentence(
        "Which threat answers which act by whom: an act outside every threat as worded is uncovered.",
        (register.derive("a threat answers an action by an actor only where its condition names both"),),
    )
    bare = tuple(_uncovered(c, view, names, register) for c in view.coverage if c.assumed and not c.answered_by)
    grid = Grid(caption, ("if", "answered by"), rows)
    bare += tuple(_unbound(t, view, names, register) for t in view.unbound)
    return (grid, *((Listing(bare),) if bare else ()))


def _unbound(threat: str, view: View, names: Names, register: Register) -> Sentence:
    found = next(t for t in view.situation.threats if t.id == threat)
    text = f"What would set off the threat of {names.party(found.by)} against {names.party(found.against)} is not said."
    return Sentence(text, register.basis(found.basis), found.basis.kind)


def _act(one: Covered, names: Names) -> str:
    against = f" against {names.party(one.against)}" if one.against else ""
    return f"{names.party(one.actor)}: {one.action}{against}"


def _row(one: Covered, view: View, names: Names, register: Register) -> tuple[Sentence, Sentence]:
    refs = _refs(one, view, register)
    threats = {t.id: t for t in view.situation.threats}
    answer = listed(dict.fromkeys(f"{names.party(threats[t].by)} ({threats[t].action})" for t in one.answered_by))
    mark: BasisKind | None = "assumed" if one.assumed else None
    return (
        Sentence(capital(_act(one, names)), refs, mark),
        Sentence(capital(answer) + "." if one.answered_by else "Nothing; uncovered.", refs, mark),
    )


def _uncovered(one: Covered, view: View, names: Names, register: Register) -> Sentence:
    text = f"No threat as worded answers {_act(one, names)}."
    return Sentence(text, _refs(one, view, register), "assumed" if one.assumed else None)


def _refs(one: Covered, view: View, register: Register) -> tuple[str, ...]:
    rows = [m.basis for m in view.situation.moves if (m.by, m.action) == (one.actor, one.action)]
    rows += [t.basis for t in view.situation.threats if t.id in one.answered_by]
    if one.assumed or not rows:
        rows.append(Basis(kind="assumed", rule="ally-or-rival-could"))
    return tuple(dict.fromkeys(r for basis in rows for r in register.basis(basis)))
