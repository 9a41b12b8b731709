"""What deals exist on which agenda, who blocks them, and what does merely listing an issue cost?"""

from collections.abc import Sequence

from detente.brief.answers import Answers, View
from detente.brief.compared import Agenda, Blocker, Clash
from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.register import Register
from detente.brief.sections.standing import is_wash, lead, settled, tail
from detente.brief.sections.verdicts import decisive, together
from detente.brief.words import MODES, Names, capital, counted, listed, number
from detente.figures.text import gain, tenths
from detente.levers import Verdict
from detente.situation.paths import inputs
from detente.situation.values import Range

SHOWN = 4  # agendas that a table shows at once
HEADS = (
    "agenda",
    "is there a deal?",
    "what decides",
    "who blocks",
    "who gains or loses",
    "listing cost at which talks end",
)


def blocks(view: View, register: Register, *, said: str | None = None) -> tuple[Block, ...]:
    """Answer for one view of the situation; `said` is what stands above of what decides today's agenda."""
    names = Names(view.situation)
    if not view.agendas:
        nothing = register.derive(
            "an agenda needs a table with consenting parties and at least one issue with a stance"
        )
        return (
            Paragraph((Sentence("There is no table with issues on it, so no agenda can be compared.", (nothing,)),)),
        )
    rows = _rows(view, names, register, said)
    caption = Sentence(
        f"{capital(names.table(view.table or ''))} on different agendas. A verdict holds over all open inputs; figures "
        "are at the best guess, with red lines taken at their word. Gains and costs are in points: a full-scale move "
        "on an issue that matters 100 is 100 points. A share of draws is a share of the model's draws over these "
        "ranges, not a probability.",
        (register.derive("agenda modes, those that read the same in one row; exact over all packages"),),
    )
    changed = _changes(view, names, register)
    told = (Listing(changed),) if changed else ()
    if len(rows) <= SHOWN:
        return (Grid(caption, HEADS, rows), *told)
    return (*told, Grid(caption, HEADS, rows[:1]), Grid(caption, HEADS, rows, fold=f"All {len(rows)} agendas in full"))


def own(asked: Agenda | None, view: View, register: Register) -> tuple[Block, ...]:
    """Say what an agenda of the user's own comes to in all, where part of it is settled later or elsewhere."""
    if asked is None:
        return ()
    names = Names(view.situation)
    cells = _cells(asked, _narrow(view.agendas), names, "")
    row = tuple(Sentence(text, _refs(asked, view, register)) for text in (capital(asked.name), *cells))
    caption = Sentence(
        "The agenda asked for, with all that is settled later or elsewhere.",
        (register.derive("every stage and table of the agenda, at the best guess; gains are totals"),),
    )
    return (Grid(caption, HEADS, (row,)),)


def _rows(view: View, names: Names, register: Register, said: str | None) -> tuple[tuple[Sentence, ...], ...]:
    """Tell every agenda, the ways of adding the same issues that read the same in one row."""
    narrow = _narrow(view.agendas)
    above = together(narrow.verdict, names) if said is None and narrow is not None else said or ""
    alike: dict[str, list[Agenda]] = {}
    for agenda in view.agendas:
        alike.setdefault(agenda.same_as or agenda.name, []).append(agenda)
    return tuple(
        tuple(
            Sentence(text, _merged_refs(group, view, register))
            for text in (
                _merged(group, names),
                *_joined(group, [_cells(a, narrow, names, above) for a in group], names),
            )
        )
        for group in alike.values()
    )


def _joined(group: Sequence[Agenda], told: Sequence[tuple[str, ...]], names: Names) -> tuple[str, ...]:
    """Tell the agendas of one row together: what reads the same once, and else whose it is."""
    cells = []
    for texts in zip(*told, strict=True):
        whose: dict[str, list[str]] = {}
        for agenda, text in zip(group, texts, strict=True):
            whose.setdefault(text, []).append(
                MODES[agenda.mode] + (f" of {names.party(agenda.by)}" if agenda.by else "")
            )
        same = len(whose) == 1 or all(
            a.clashes and text == _blocks(a, names) for a, text in zip(group, texts, strict=True)
        )
        cells.append(" ".join(whose) if same else " ".join(_whose(modes, text) for text, modes in whose.items()))
    verdict, first = cells[0], group[0]
    if any(text != told[0][0] for text, *_ in told) and all(_answer(a) == _answer(first) for a in group):
        verdict = lead(first) if first.verdict.kind != "depends" else f"{lead(first)} {_tails(group, names)}"
    return (verdict.strip(), *cells[1:])


def _tails(group: Sequence[Agenda], names: Names) -> str:
    """Say what differs between agendas with the same verdict: how many packages, and how often."""
    tails: dict[str, list[str]] = {}
    for agenda in group:
        tails.setdefault(tail(agenda, names), []).append(
            MODES[agenda.mode] + (f" of {names.party(agenda.by)}" if agenda.by else "")
        )
    if len(tails) == 1:
        return next(iter(tails))
    return " ".join(_whose(modes, tail) for tail, modes in tails.items())


def _whose(modes: Sequence[str], text: str) -> str:
    text = text.removeprefix("There: ")
    first, _, rest = text.partition(" ")
    running = (
        f"{first.lower()} {rest}" if first in ("Any", "As", "It", "No", "None", "Nothing", "That", "The") else text
    )
    return f"{capital(listed(modes))}: {running}"


def _narrow(agendas: Sequence[Agenda]) -> Agenda | None:
    return next((a for a in agendas if not a.issues), None)


def _cells(agenda: Agenda, narrow: Agenda | None, names: Names, above: str) -> tuple[str, ...]:
    return (
        settled(agenda, narrow, names),
        _decides(agenda.verdict, names, above),
        _blocks(agenda, names),
        _gains(agenda, narrow, names),
        _listing(agenda, names),
    )


def _merged_refs(group: Sequence[Agenda], view: View, register: Register) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref for agenda in group for ref in _refs(agenda, view, register)))


def label(agenda: Agenda, names: Names) -> str:
    """Return the name of an agenda in words."""
    if not agenda.issues:
        return "Today's agenda"
    return f"{capital(names.issues(agenda.issues))}: {MODES[agenda.mode]}{_asked(agenda, names)}"


def _merged(group: Sequence[Agenda], names: Names) -> str:
    """Name an agenda together with those that read the same."""
    first, *others = group
    return "; ".join([label(first, names), *(f"{MODES[a.mode]}{_asked(a, names)}" for a in others)])


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
    known_by = (
        "proved over the whole box of ranges: extremes of sums of monotone terms lie at its corners"
        if agenda.verdict.proof == "proved"
        else f"sampled: no counter-example in {agenda.verdict.draws} draws"
    )
    over = counted(len(agenda.verdict.open_inputs), "open input", "open inputs")
    derived = register.derive(f"verdict over {over}, {known_by}", *resting)
    return tuple(dict.fromkeys((*register.ranges(*lines, *deciding), derived)))


def _decides(verdict: Verdict, names: Names, above: str) -> str:
    if verdict.kind != "depends":
        return "Nothing that is open."
    if verdict.deciding:
        return " ".join(decisive(d, verdict, names) for d in verdict.deciding[:2])
    told = together(verdict, names)
    return "No single input; those named above, together." if above and told == above else told


def _blocks(agenda: Agenda, names: Names) -> str:
    if agenda.clashes:
        return " ".join(dict.fromkeys(_clash(c, names) for c in agenda.clashes))
    groups = [group for group in agenda.blocked if group]
    if agenda.deals or (agenda.blocked and not groups):
        return "Nobody at the best guess."
    there = "There: " if agenda.mode == "elsewhere" and agenda.asked_of != "table" else ""
    if not groups:
        return f"{there}{'the' if there else 'The'} agenda itself: it leaves no package at all."
    ways = [_refusals(group, names) for group in groups[:2]]
    more = f" (or {len(groups) - 2} other ways)" if len(groups) > 2 else ""
    return capital(there + "; or ".join(ways)) + more + "."


def _clash(one: Clash, names: Names) -> str:
    """Say a precondition against a red line as the sentence it is."""
    against = "at most" if one.accepts == "at_least" else "at least"
    line = "" if one.line is None else f", {against} {number(one.line)}"
    asks = f"{names.party(one.by)} asks {one.accepts.replace('_', ' ')} {number(one.at)} of {names.issues([one.issue])}"
    return capital(f"{asks}, against the red line of {names.party(one.against)}{line}.")


def _refusals(group: tuple[Blocker, ...], names: Names) -> str:
    """Name what would all have to be set aside for a deal to open."""
    words = {"red_line": "its red line", "value": "nothing here is better for it than no deal"}
    reasons = {b.party: [words[c.reason] for c in group if c.party == b.party] for b in group}
    return " together with ".join(f"{names.party(p)}: {listed(why)}" for p, why in reasons.items())


def _gains(agenda: Agenda, narrow: Agenda | None, names: Names) -> str:
    as_today = agenda.mode == "elsewhere" and not agenda.verdict.at_best and narrow is not None
    if as_today and narrow is not None and narrow.gains:
        return "As on today's agenda." + _staged(agenda, names)
    if not agenda.gains:
        return "No deal to gain from."
    if is_wash(agenda):
        return "Nobody: a wash."
    changes = [tenths(g.change) for g in agenda.gains if g.change is not None]
    told = changes if agenda.issues and any(changes) else []
    parts = [
        f"{names.party(g.party)} {gain(g.points)}"
        + (f" ({gain(g.change or 0)} against today's agenda)" if told else "")
        for g in agenda.gains
    ]
    lead = "As on today's agenda, " if agenda.issues and changes and not told else ""
    worse = ""
    if agenda.worse_off:
        worse = f" {capital(names.parties(agenda.worse_off))} would be worse off than on today's agenda."
    return capital(lead + listed(parts)) + "." + worse + _staged(agenda, names)


def _staged(agenda: Agenda, names: Names) -> str:
    """Say what a second package adds, who holds it up, and what settling the issues here instead would give."""
    told = ""
    if agenda.stage_two is not None and agenda.stage_two.gains:
        parts = [f"{names.party(g.party)} {gain(g.points)}" for g in agenda.stage_two.gains]
        told += f" Of this, the second deal gives {listed(parts)}."
    if agenda.held_up:
        told += f" {capital(names.parties(agenda.held_up))} would have more with everything at once."
    if any(tenths(points) for _, points in agenda.linkage):
        parts = [f"{names.party(p)} {gain(points)}" for p, points in agenda.linkage]
        told += f" As an option here instead, beside that: {listed(parts)}."
    return told


def _listing(agenda: Agenda, names: Names) -> str:
    if agenda.mode in ("left_out", "elsewhere") or not agenda.issues:
        return "Nothing is listed here."
    found = [(party, cost) for party, cost in agenda.listing_cost if cost is not None]
    if agenda.mode == "later":
        lead = "In the second deal: "
        if not found:
            return "Nothing is listed before a second deal."
    else:
        lead = ""
    if not found:
        return "No deal to lose."
    if not any(tenths(cost) for _, cost in found):
        return capital(f"{lead}any listing cost ends it.")
    return capital(f"{lead}{listed(f'{names.party(p)} above {tenths(c):.1f}' for p, c in found)}.")


def _changes(view: View, names: Names, register: Register) -> tuple[Sentence, ...]:
    """Say what each way of adding an issue does to the verdict, against leaving it out."""
    base = _narrow(view.agendas)
    here = [a for a in view.agendas if a.asked_of == "table" and a.same_as is None]
    changed = [a for a in here if base is not None and (a.verdict.kind, a.verdict.at_best) != _answer(base)]
    return tuple(
        Sentence(
            f"Making {names.issues(a.issues)} {MODES[a.mode]}{_by(a, view, names)} turns {_outcome(base)} into "
            f"{_outcome(a)}.",
            _refs(a, view, register),
        )
        for a in changed
        if base is not None
    )


def _by(agenda: Agenda, view: View, names: Names) -> str:
    """Say whose precondition it is, and whose else comes to the same."""
    alike = [a.by for a in view.agendas if a.same_as == agenda.name and a.mode == agenda.mode]
    setters = [by for by in (agenda.by, *alike) if by is not None]
    return f" of {' or '.join(names.party(by) for by in setters)}" if setters else ""


def completion(answers: Answers, register: Register) -> tuple[Block, ...]:
    """Explain which answers rest on what was supplied: the same agendas, from the text alone and as completed."""
    situation, bare = answers.completed.situation, {a.name: a for a in answers.text_only.agendas}
    supplied = [i for i in situation.issues if i.basis.kind == "supplied"]
    here = [a for a in answers.completed.agendas if a.name in bare and a.asked_of == "table"]
    turned = [a for a in here if _answer(a) != _answer(bare[a.name])]
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
            f"From the text alone there is {before}; with {what} supplied, {after}. That is so for these agendas: "
            f"{'; '.join(label(a, names) for a in group)}.",
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
    wash = "a wash" if is_wash(agenda) else "a deal"
    best = f"{wash} at the best guess" if agenda.verdict.at_best else "no deal at the best guess"
    return kinds.get(agenda.verdict.kind, best)
