"""What is the dispute really about, in a few sentences?"""

from detente.brief.answers import View
from detente.brief.compared import Agenda
from detente.brief.document import Block, Paragraph, Sentence
from detente.brief.register import Register
from detente.brief.sections.no_deal.coverage import uncovered
from detente.brief.sections.no_deal.telling import Telling
from detente.brief.sections.no_deal.today import rests_on_something, summary
from detente.brief.sections.standing import is_wash
from detente.brief.sections.verdicts import decisive, together
from detente.brief.words import MODES, Names, capital, counted, verb
from detente.situation.nouns import Demand
from detente.situation.paths import inputs
from detente.situation.views import gaining, insiders


def blocks(view: View, register: Register) -> tuple[Block, ...]:
    """Answer for one view: what is contested, whether there is a deal, what adding to it does, what holds without."""
    names = Names(view.situation)
    if view.table is None:
        nothing = register.derive("no item of the record names two parties in talks")
        text = "No talks between named parties were found, so there is no deal to look for; see what was read below."
        return (Paragraph((Sentence(text, (nothing,)),)),)
    said = (_contested(view, names, register), _deal(view, names, register), _widening(view, names, register))
    return (Paragraph((*said, *_without(view, names, register))),)


def _without(view: View, names: Names, register: Register) -> tuple[Sentence, ...]:
    """Say what holds if there is no deal, where anything says what somebody could do, and what no threat covers."""
    if isinstance(view.without, str) or not view.without.worlds:
        return ()
    told = Telling(view.without, names, register)
    return (summary(told), *uncovered(told)[:1]) if rests_on_something(told) else ()


def _contested(view: View, names: Names, register: Register) -> Sentence:
    table = view.situation.table(view.table or "")
    inside = [a for a in table.agenda if a.mode != "refused" and a.basis.kind != "supplied"]
    how = {True: " talk", False: " talk indirectly", None: " talk"}[table.direct]
    about = f" about {names.issues(a.issue for a in inside)}" if inside else ""
    refs = [*register.basis(table.basis), *(r for a in inside for r in register.basis(a.basis))]
    text = f"{names.parties(table.consent)}{how}{about}"
    if table.basis.kind == "assumed":
        text = f"No talks are reported; a deal would be one of {names.parties(table.consent)}{about}"
    pressing = _pressing(view)
    if pressing:
        text += f"; {_press(view, names, pressing)}"
        refs += [r for d in pressing for r in register.basis(d.basis)]
    refused = [a for a in table.agenda if a.mode == "refused"]
    if refused:
        who = dict.fromkeys(p for a in refused for p in a.by)
        what = names.issues(a.issue for a in refused)
        refuses = f"{names.parties(who)} {verb(who, 'refuses', 'refuse')} to discuss"
        text += f", which {refuses}" if pressing else f"; {refuses} {what}"
        refs += [r for a in refused for r in register.basis(a.basis)]
    return Sentence(capital(text) + ".", tuple(dict.fromkeys(refs)))


def _pressing(view: View) -> list[Demand]:
    """The demands to widen the agenda: by parties outside the table first, else by those at it."""
    table = view.situation.table(view.table or "")
    open_issues = {a.issue for a in table.agenda if a.mode == "in"}
    wider = [d for d in view.situation.demands if d.table == table.id and d.issue not in open_issues]
    inside = insiders(view.situation, table)
    return [d for d in wider if d.by not in inside] or wider


def _press(view: View, names: Names, pressing: list[Demand]) -> str:
    by, to = pressing[0].by, pressing[0].to
    mine = [d for d in pressing if d.by == by]
    whom = f" {names.party(to)}" if to else ""
    return f"{names.party(by)} presses{whom} to add {names.issues(dict.fromkeys(d.issue for d in mine))}"


def _narrow(view: View) -> Agenda | None:
    return next((a for a in view.agendas if not a.issues), None)


def _deal(view: View, names: Names, register: Register) -> Sentence:
    narrow = _narrow(view)
    if narrow is None:
        nothing = register.derive("no issue with a stance is on the table's agenda")
        return Sentence("Nothing on the table has a stance yet, so no deal can be computed.", (nothing,))
    verdict = narrow.verdict
    known = {i.path: i.value for i in inputs(view.situation)}
    over = f"over {counted(len(verdict.open_inputs), 'open input', 'open inputs')}"
    resting = register.ranges(*(known[p] for p in verdict.open_inputs if p in known))
    derived = register.derive(f"verdict on today's agenda {over}: {verdict.kind}, {verdict.proof}", *resting)
    consent = view.situation.table(view.table or "").consent
    idle = [p for p in consent if not gaining(view.situation, view.table or "", p)]
    if idle:
        text = f"Nothing in the text benefits {names.parties(idle)}, so no trade can be computed"
        return Sentence(f"{text}: on today's agenda there is no deal for any values (proved).", (derived,))
    supplied = [a for a in view.situation.table(view.table or "").agenda if a.basis.kind == "supplied"]
    given = f"With {names.issues(a.issue for a in supplied)} supplied, " if supplied else ""
    refs = tuple(r for a in supplied for r in register.basis(a.basis))
    kinds = {
        "holds": "a deal on today's agenda exists for all values in the ranges",
        "none": "no deal on today's agenda exists for any values in the ranges",
        "depends": f"a deal on today's agenda exists for some values and not for others{_at_best(narrow)}",
    }
    text = capital(f"{given}{kinds[verdict.kind]}")
    if verdict.kind == "depends":
        why = decisive(verdict.deciding[0], verdict, names) if verdict.deciding else together(verdict, names)
        text += f"; it turns on {_first_lower(why).rstrip('.')}" if verdict.deciding else f". {why}".rstrip(".")
    return Sentence(text + ".", (*refs, derived), "supplied" if supplied else None)


def _at_best(narrow: Agenda) -> str:
    if not narrow.verdict.at_best:
        return ", and not at the best guess"
    return ", at the best guess only one by which nobody gains" if is_wash(narrow) else ""


def _first_lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _widening(view: View, names: Names, register: Register) -> Sentence:
    widest = [a for a in view.agendas if a.issues and a.asked_of == "table" and a.same_as is None]
    known = {i.path: i.value for i in inputs(view.situation)}
    resting = register.ranges(*(known[p] for a in widest for p in a.verdict.open_inputs if p in known))
    added = "the same table with the contested issues added in each mode, all else equal"
    derived = register.derive(added, *resting)
    if not widest:
        return Sentence("No issue is contested between listing it and leaving it out.", (derived,))
    largest = max(len(a.issues) for a in widest)
    narrow = _narrow(view)
    parts = [_mode(a, narrow, names) for a in widest if len(a.issues) == largest]
    issues = names.issues(next(a.issues for a in widest if len(a.issues) == largest))
    return Sentence(capital(f"adding {issues} {'; '.join(parts)}."), (derived,))


def _mode(agenda: Agenda, narrow: Agenda | None, names: Names) -> str:
    how = f"as {MODES[agenda.mode]}" + (f" of {names.party(agenda.by)}" if agenda.by is not None else "")
    if agenda.verdict.kind == "none":
        return f"{how} leaves no deal for any values"
    if agenda.verdict.kind == "holds":
        return f"{how} keeps a deal for all values"
    hard = next((d for d in agenda.verdict.deciding if d.path.endswith(".hardness")), None)
    if hard is not None and hard.settled_as == "none":
        line = names.party(hard.path.split(".")[0])
        return f"{how} leaves no deal unless the red line of {line} is not meant"
    if narrow is not None and (agenda.verdict.kind, agenda.verdict.at_best) == (
        narrow.verdict.kind,
        narrow.verdict.at_best,
    ):
        return f"{how} leaves that as it is" if agenda.mode == "option" else f"{how} leaves a deal for some values only"
    return f"{how} leaves a deal for some values only"
