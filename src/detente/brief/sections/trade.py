"""What is the trade: who could give what for what, and under which values does it work?"""

from detente.brief.answers import View
from detente.brief.compared import Agenda
from detente.brief.document import Block, Listing, Paragraph, Sentence
from detente.brief.register import Register
from detente.brief.sections.verdicts import decisive, together
from detente.brief.words import Names, capital
from detente.figures.text import gain, tenths
from detente.situation.nouns import Stance
from detente.situation.paths import inputs
from detente.situation.views import gaining


def blocks(view: View, register: Register) -> tuple[Block, ...]:
    """Answer for one view of the situation."""
    names = Names(view.situation)
    if view.table is None or not view.agendas:
        nothing = register.derive("a trade needs a table with consenting parties and issues")
        return (Paragraph((Sentence("No table is known, so no trade can be looked for.", (nothing,)),)),)
    consent = view.situation.table(view.table).consent
    ledger = tuple(_gets(view, party, names, register) for party in consent)
    return (Listing(ledger), Paragraph(_works(view, names, register)))


def _gets(view: View, party: str, names: Names, register: Register) -> Sentence:
    found = gaining(view.situation, view.table or "", party)
    if not found:
        agenda = view.situation.table(view.table or "").agenda
        listed = tuple(dict.fromkeys(r for a in agenda for r in register.basis(a.basis)))
        derived = register.derive(
            "no level of any issue on the agenda is better for this party than how things stand", *listed
        )
        text = f"Nothing on the table benefits {names.party(party)}, so no trade can be computed."
        return Sentence(text, (*listed, derived))
    values = [s.position if isinstance(s, Stance) else s.value for s in found]
    refs = register.ranges(*values)
    supplied = all(s.basis.kind == "supplied" for s in found)
    note = " (supplied; the text does not say it)" if supplied else ""
    text = f"{names.party(party)} can gain on {names.issues(dict.fromkeys(s.issue for s in found))}{note}."
    return Sentence(capital(text), refs, values[0].basis.kind)


def _works(view: View, names: Names, register: Register) -> tuple[Sentence, ...]:
    narrow = next((a for a in view.agendas if not a.issues or a.mode == "left_out"), view.agendas[0])
    refs = (
        register.derive("every package of levels was counted; the chosen deal has the largest Nash product of gains"),
    )
    if narrow.chosen is not None:
        gains = ", ".join(f"{names.party(g.party)} {gain(g.points)}" for g in narrow.gains)
        wash = not any(tenths(g.points) for g in narrow.gains)
        close = " Nobody gains: at equal weights the trade is a wash." if wash else f" In points of gain: {gains}."
        one = "the Nash deal is" if narrow.tied == 1 else f"one of {narrow.tied} deals with the same Nash product is"
        head = f"At the best guess, on today's agenda, {one} {names.package(narrow.chosen)}."
        return (Sentence(head + close, refs), *_conditions(narrow, view, names, register))
    if narrow.verdict.case_for is None:
        return (Sentence("On today's agenda no trade works, whatever the open inputs are.", refs),)
    return (*_example(narrow, names, refs), *_conditions(narrow, view, names, register))


def _example(agenda: Agenda, names: Names, refs: tuple[str, ...]) -> tuple[Sentence, ...]:
    case = agenda.verdict.case_for
    if case is None or case.package is None:
        return ()
    package = names.package(case.package)
    told = together(agenda.verdict, names).rstrip(".")
    text = f"At the best guess no trade works on today's agenda. {told}, such as {package}."
    return (Sentence(text, refs),)


def _conditions(agenda: Agenda, view: View, names: Names, register: Register) -> tuple[Sentence, ...]:
    known = {i.path: i.value for i in inputs(view.situation)}
    return tuple(
        Sentence(decisive(d, agenda.verdict, names), register.ranges(known.get(d.path)), d.basis)
        for d in agenda.verdict.deciding[:3]
        if d.path in known
    )
