"""What deals exist on which agenda, who blocks them, and what does merely listing an issue cost?"""

from detente.brief.answers import Agenda, Answers, Blocker, View
from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.register import Register
from detente.brief.words import MODES, Names, capital, listed, number
from detente.levers import Deciding, Verdict
from detente.situation.paths import inputs
from detente.situation.values import Range

HEADS = (
    "agenda",
    "is there a deal?",
    "what decides",
    "who blocks",
    "who gains or loses",
    "listing cost at which talks end",
)


def blocks(view: View, register: Register) -> tuple[Block, ...]:
    """Answer for one view of the situation."""
    names = Names(view.situation)
    if not view.agendas:
        nothing = register.derive(
            "an agenda needs a table with consenting parties and at least one issue with a stance"
        )
        return (
            Paragraph((Sentence("There is no table with issues on it, so no agenda can be compared.", (nothing,)),)),
        )
    rows = tuple(_row(a, view, names, register) for a in view.agendas)
    caption = Sentence(
        f"{capital(names.table(view.table or ''))} on different agendas. A verdict holds over all open inputs; figures "
        "are at the best guess, with red lines taken at their word. Gains and costs are in points: a full-scale move "
        "on an issue that matters 100 is 100 points. A share of draws is a share of the model's draws over these "
        "ranges, not a probability.",
        (register.derive("agenda modes: left out, option, precondition; exact over all packages"),),
    )
    changed = _changes(view, names, register)
    return (Grid(caption, HEADS, rows), *((Listing(changed),) if changed else ()))


def _row(agenda: Agenda, view: View, names: Names, register: Register) -> tuple[Sentence, ...]:
    refs = _refs(agenda, view, register)
    return (
        Sentence(label(agenda, names), refs),
        Sentence(_verdict(agenda, names), refs),
        Sentence(_decides(agenda.verdict, names), refs),
        Sentence(_blocks(agenda, names), refs),
        Sentence(_gains(agenda, names), refs),
        Sentence(_listing(agenda, names), refs),
    )


def label(agenda: Agenda, names: Names) -> str:
    """Return the name of an agenda in words."""
    if not agenda.issues:
        return "Today's agenda"
    return f"{capital(names.issues(agenda.issues))}: {MODES[agenda.mode]}{_asked(agenda, names)}"


def _asked(agenda: Agenda, names: Names) -> str:
    """Say what a precondition asks, and whether that is a red line or assumed."""
    if agenda.by is None:
        return ""
    parts = []
    for one in agenda.asks:
        source = "its red line" if one.from_red_line else "the near end of its range, assumed"
        level = "nothing that is not so today" if one.met else f"{one.accepts.replace('_', ' ')} {number(one.at)}"
        parts.append(f"{level} ({source})")
    return f" of {names.party(agenda.by)}, {listed(dict.fromkeys(parts))}"


def _refs(agenda: Agenda, view: View, register: Register) -> tuple[str, ...]:
    """A verdict leads back to the derivation, and through it to every value the deciding inputs rest on."""
    known = {i.path: i.value for i in inputs(view.situation)}
    deciding: list[Range] = [known[d.path] for d in agenda.verdict.deciding if d.path in known]
    resting = register.ranges(*(known[path] for path in agenda.verdict.open_inputs if path in known))
    lines = [
        s.red_line.at
        for s in view.situation.stances
        if s.red_line is not None and s.issue in dict(agenda.verdict.modes) and s.issue in agenda.issues
    ]
    proof = (
        "proved over the whole box of ranges: extremes of sums of monotone terms lie at its corners"
        if agenda.verdict.proof == "proved"
        else f"sampled: no counter-example in {agenda.verdict.draws} draws"
    )
    derived = register.derive(f"verdict over {len(agenda.verdict.open_inputs)} open inputs, {proof}", *resting)
    return tuple(dict.fromkeys((*register.ranges(*lines, *deciding), derived)))


def _verdict(agenda: Agenda, names: Names) -> str:
    verdict = agenda.verdict
    sure = "proved" if verdict.proof == "proved" else f"sampled, {verdict.draws} draws"
    count = f" {agenda.deals} of {agenda.packages} packages are acceptable to all."
    match verdict.kind:
        case "holds":
            return f"Yes, for all values in the ranges ({sure})."
        case "none":
            return f"No, for no values in the ranges ({sure})."
    best = "only a wash" if verdict.at_best and _wash(agenda) else "a deal" if verdict.at_best else "no deal"
    share = f" A deal in {agenda.share:.0%} of draws." if agenda.share is not None else ""
    if verdict.case_for is None:
        return f"Not ruled out, but no case with a deal was found in {verdict.draws} draws; {best} at the best guess."
    return f"It depends (a case on each side was found); {best} at the best guess.{count}{share}"


def _decides(verdict: Verdict, names: Names) -> str:
    if verdict.kind != "depends":
        return "Nothing that is open."
    return " ".join(decisive(d, verdict, names) for d in verdict.deciding[:2]) or together(verdict, names)


def together(verdict: Verdict, names: Names) -> str:
    """Say which inputs decide together where none does alone: those that the case on the other side had to move."""
    case = verdict.case_against if verdict.at_best else verdict.case_for
    if case is None or not case.values:
        return "No single input; only several together."
    outcome = "there is no deal" if verdict.at_best else "there is a deal"
    moved = listed(f"{names.input(path)} ({number(value)})" for path, value in case.values[:4])
    rest = f" and {len(case.values) - 4} more" if len(case.values) > 4 else ""
    return f"No input alone. With {moved}{rest} moved together, {outcome}."


def decisive(one: Deciding, verdict: Verdict, names: Names) -> str:
    """Return what one deciding input decides, with its threshold."""
    what = capital(names.input(one.path))
    if one.path.endswith(".hardness"):
        end = "no deal whatever else" if one.settled_as == "none" else "no deal at the best guess of the rest"
        return f"{what}: if it is, {end}."
    if one.settles is not None and (one.settled_as == "none" or one.threshold is None):
        outcome = "a deal" if one.settled_as == "holds" else "no deal"
        end = number(one.low if one.settles == "low" else one.high)
        return f"{what}: at {end}, {outcome} whatever else."
    if one.threshold is None or one.deal_side is None:
        return f"{what}."
    return f"{what}: a deal {one.deal_side} {number(one.threshold)}, with the rest at its best guess."


def _blocks(agenda: Agenda, names: Names) -> str:
    if agenda.deals:
        return "Nobody at the best guess."
    if not agenda.blocked:
        return "The agenda itself: it leaves no package at all."
    ways = [_refusals(group, names) for group in agenda.blocked[:2]]
    more = f" (or {len(agenda.blocked) - 2} other ways)" if len(agenda.blocked) > 2 else ""
    return capital("; or ".join(ways)) + more + "."


def _refusals(group: tuple[Blocker, ...], names: Names) -> str:
    """Name what would all have to be set aside for a deal to open."""
    words = {"red_line": "its red line", "value": "nothing here is better for it than no deal"}
    reasons = {b.party: [words[c.reason] for c in group if c.party == b.party] for b in group}
    return " together with ".join(f"{names.party(p)}: {listed(why)}" for p, why in reasons.items())


def _gains(agenda: Agenda, names: Names) -> str:
    if not agenda.gains:
        return "No deal to gain from."
    if _wash(agenda):
        return "Nobody: a wash."
    parts = []
    for gain in agenda.gains:
        change = "" if gain.change is None or not agenda.issues else f" ({gain.change:+.0f} against today's agenda)"
        parts.append(f"{names.party(gain.party)} {gain.points:+.0f}{change}")
    worse = f" {capital(names.parties(agenda.worse_off))} would be worse off." if agenda.worse_off else ""
    return capital(listed(parts)) + "." + worse


def _wash(agenda: Agenda) -> bool:
    return bool(agenda.gains) and all(abs(g.points) < 0.5 for g in agenda.gains)


def _listing(agenda: Agenda, names: Names) -> str:
    found = [(party, cost) for party, cost in agenda.listing_cost if cost is not None]
    if agenda.mode == "left_out" or not agenda.issues:
        return "Nothing is listed."
    if not found:
        return "No deal to lose."
    return (
        capital(listed(f"{names.party(p)} {f'above {number(c)}' if c > 0 else 'at any cost'}" for p, c in found)) + "."
    )


def _changes(view: View, names: Names, register: Register) -> tuple[Sentence, ...]:
    """Say what each way of adding an issue does to the verdict, against leaving it out."""
    base = next((a for a in view.agendas if not a.issues), None)
    changed = [a for a in view.agendas if base is not None and (a.verdict.kind, a.verdict.at_best) != _answer(base)]
    return tuple(
        Sentence(
            f"Making {names.issues(a.issues)} {MODES[a.mode]} turns {_outcome(base)} into {_outcome(a)}.",
            _refs(a, view, register),
        )
        for a in changed
        if base is not None
    )


def completion(answers: Answers, register: Register) -> tuple[Block, ...]:
    """Explain which answers rest on what was supplied: the same agendas, from the text alone and as completed."""
    situation, bare = answers.completed.situation, {a.name: a for a in answers.text_only.agendas}
    supplied = [i for i in situation.issues if i.basis.kind == "supplied"]
    turned = [a for a in answers.completed.agendas if a.name in bare and _answer(a) != _answer(bare[a.name])]
    if not supplied or not turned:
        return ()
    names = Names(situation)
    what = names.issues(i.id for i in supplied)
    given = tuple(r for i in supplied for r in register.basis(i.basis))
    alike: dict[tuple[str, str], list[Agenda]] = {}
    for agenda in turned:
        alike.setdefault((_outcome(bare[agenda.name]), _outcome(agenda)), []).append(agenda)
    rows = tuple(
        Sentence(
            f"From the text alone {before}, with {what} supplied {after}: {'; '.join(label(a, names) for a in group)}.",
            tuple(dict.fromkeys((*given, *(r for a in group for r in _refs(a, answers.completed, register))))),
            "supplied",
        )
        for (before, after), group in alike.items()
    )
    return (Listing(rows),)


def _answer(agenda: Agenda) -> tuple[str, bool]:
    return (agenda.verdict.kind, agenda.verdict.at_best)


def _outcome(agenda: Agenda) -> str:
    kinds = {"holds": "a deal for all values", "none": "no deal for any value"}
    wash = "a wash" if _wash(agenda) else "a deal"
    best = f"{wash} at the best guess" if agenda.verdict.at_best else "no deal at the best guess"
    return kinds.get(agenda.verdict.kind, best)
