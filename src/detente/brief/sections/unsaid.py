"""What does the text not say, and which silence is worth filling first?"""

from collections.abc import Collection, Sequence

from detente.brief.answers import Answers, View
from detente.brief.document import Block, Grid, Sentence
from detente.brief.register import Register
from detente.brief.words import Names, capital
from detente.levers import Silence
from detente.levers.verdict import Answer
from detente.situation.nouns import Situation
from detente.situation.values import BasisKind

_SLOTS = {
    "benefit": "what is in it for {party}",
    "veto_holder": "whether {party} can veto a result",
    "walk_away": "what {party} has without a deal",
    "ally_action": "what {party} would do on its own",
    "verifier": "who checks compliance",
    "ratifier": "who has to ratify or approve",
    "deadline": "by when it must be settled",
}
_ASK = {
    "benefit": "What would {party} get in return, and who would pay for it?",
    "veto_holder": "Would a result stand without the consent of {party}?",
    "walk_away": "Is {party} better or worse off if the talks end, and by how much?",
    "ally_action": "Would {party} act alone if the talks succeed or fail, and who would be told first?",
    "verifier": "Who would check that each side does what it signs?",
    "ratifier": "Which parliament, leader or council has to approve a result?",
    "deadline": "What happens if nothing is agreed, and from which day on?",
}
_WATCH = {
    "benefit": "a sentence that offers {party} relief, guarantees or a sequence of steps",
    "veto_holder": "{party} \u201cwill not be bound by\u201d or \u201cmust be satisfied with\u201d a result",
    "walk_away": "{party} \u201ccan live without\u201d or \u201ccannot afford to lose\u201d the talks",
    "ally_action": "{party} \u201creserves the right\u201d or \u201cwill coordinate\u201d before it acts",
    "verifier": "inspectors, monitors or guarantors named with a mandate",
    "ratifier": "a vote, a council session or a leader's approval announced",
    "deadline": "a date, a number of days, or \u201ctime is running out\u201d",
}
_FILLED = {
    "text": "from the text",
    "supplied": "supplied, not in the text",
    "assumed": "assumed, not in the text",
    "silent": "silent",
}
_MARKS: dict[str, BasisKind | None] = {"text": "read", "supplied": "supplied", "assumed": "assumed", "silent": None}
MOST_NAMED = 3
HEADS = ("what", "state", "does it change an answer?", "question to ask", "sentence to watch for")


def blocks(answers: Answers, register: Register) -> tuple[Block, ...]:
    """List the slots, silences that change an answer first."""
    return (grid(answers.silences, answers.completed.situation, register, acting=acting(answers.completed)),)


def grid(
    found: Sequence[Silence], situation: Situation, register: Register, *, acting: Collection[str], ranked: bool = True
) -> Grid:
    """List slots; `acting` are the parties that have a move in what happens without a deal.

    Where they are not `ranked`, whether they change an answer was not asked.
    """
    names = Names(situation)
    how = "each slot was filled by a trial value and every agenda was decided again" if ranked else "slots looked up"
    caption = Sentence(
        "What a report on talks should say, and whether this one does"
        + ("; ranked by whether filling it changes a verdict." if ranked else "."),
        (register.derive(how),),
    )
    if not found:
        nothing = register.derive("no table with consenting parties was found")
        row = (Sentence("everything: no talks were found", (nothing,)), *(Sentence("-", (nothing,)),) * 4)
        return Grid(caption, HEADS, (row,))
    return Grid(caption, HEADS, tuple(_row(s, names, register, acting if ranked else None) for s in found))


def flips(one: Silence) -> tuple[tuple[str, str, str], ...]:
    """Return the agendas whose verdict changes once a slot is filled: the verdict as it is, and as it would be."""
    return tuple((c.agenda, _answered(c.before), _answered(c.after)) for c in one.changes or ())


def _answered(found: Answer) -> str:
    if found.kind == "depends":
        return f"a deal for some values, {'one' if found.at_best else 'none'} at the best guess"
    return "a deal for all values" if found.kind == "holds" else "no deal for any values"


def called(one: Silence, names: Names) -> str:
    """Return what a slot asks for, in words."""
    return _SLOTS[one.slot].format(party=names.party(one.party) if one.party else "")


def acting(view: View) -> frozenset[str]:
    """Return the parties that have a move in what happens without a deal."""
    if isinstance(view.without, str):
        return frozenset()
    played = {move for one in view.without.worlds for move in one.outside.moves}
    return frozenset(m.by for m in view.without.drafted.moves if m.id in played)


def _row(one: Silence, names: Names, register: Register, acting: Collection[str] | None) -> tuple[Sentence, ...]:
    party = names.party(one.party) if one.party else ""
    known = tuple(dict.fromkeys(r for basis in one.filled_by for r in register.basis(basis)))
    refs = (*known, register.derive(f"slot '{one.slot.replace('_', ' ')}' looked up in the situation", *known))
    entered = one.filled == "text" and all(basis.kind == "entered" for basis in one.filled_by)
    mark, state = ("entered", "entered by the analyst") if entered else (_MARKS[one.filled], _FILLED[one.filled])
    return (
        Sentence(capital(_SLOTS[one.slot].format(party=party)), refs),
        Sentence(state, refs, mark),
        Sentence(_changes(one, acting), refs),
        Sentence(_ASK[one.slot].format(party=party), refs),
        Sentence(_WATCH[one.slot].format(party=party), refs),
    )


def _changes(one: Silence, acting: Collection[str] | None) -> str:
    if one.filled == "text":
        return "Filled already."
    if acting is None:
        return "Not asked yet."
    if one.slot == "ally_action" and one.party in acting:
        return "It enters what happens without a deal; no verdict on deals changes."
    if one.changes is None:
        return "Not computed yet: it does not enter today's analyses."
    if not one.changes:
        return "No verdict changes."
    agendas = [c.agenda for c in one.changes]
    more = f"; and {len(agendas) - MOST_NAMED} more" if len(agendas) > MOST_NAMED else ""
    return f"Yes, the verdict on: {'; '.join(agendas[:MOST_NAMED])}{more}."
