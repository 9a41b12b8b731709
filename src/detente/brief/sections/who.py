"""Who can say no, and who wants what?"""

from detente.brief.answers import Gap, View
from detente.brief.document import Block, Listing, Paragraph, Sentence
from detente.brief.register import Register
from detente.brief.words import STANCES, Names, capital, number
from detente.situation.nouns import Stance, Table
from detente.situation.views import insiders


def blocks(view: View, register: Register) -> tuple[Block, ...]:
    """Answer for one view of the situation."""
    names = Names(view.situation)
    veto = tuple(consent_needed(t, names, register) for t in view.situation.tables) or (_no_table(register),)
    outside = _outside(view, names, register)
    drafted = any(s.position.basis.rule in STANCES for s in view.situation.stances)
    worded = view.situation.stances if drafted else ()  # a coded case is numbers throughout: the picture shows them
    stances = tuple(_stance(s, names, register) for s in worded)
    return (
        Paragraph((*veto, *outside)),
        *((Listing(stances),) if stances else ()),
        *((Paragraph(apart),) if (apart := _apart(view, names, register)) else ()),
    )


def consent_needed(table: Table, names: Names, register: Register) -> Sentence:
    """Say whose consent a result at a table takes."""
    text = f"A result at this table ({table.name}) needs the consent of {names.parties(table.consent)}"
    if table.rule != "unanimity":
        rule = {"majority": "more than half of", "weighted": "more than half of the weight of"}
        needed = rule.get(table.rule, f"{table.quorum} of")
        text = f"A result at this table ({table.name}) needs the consent of {needed} {names.parties(table.consent)}"
    if table.vetoes:
        text += f", among them {names.parties(table.vetoes)}"
    if table.ratifiers:
        text += f", and {names.parties(table.ratifiers)} must not lose by it"
    text += "." if table.rule == "unanimity" else "; a deal in the sense of this brief is what that many accept."
    return Sentence(text, register.basis(table.basis), table.basis.kind)


def _no_table(register: Register) -> Sentence:
    return Sentence(
        "No talks between named parties were found, so nobody's consent is known.",
        (register.derive("no item of the record names two parties in talks"),),
    )


def _outside(view: View, names: Names, register: Register) -> tuple[Sentence, ...]:
    if view.table is None:
        return ()
    inside = insiders(view.situation, view.situation.table(view.table))
    found = [d for d in view.situation.demands if d.by not in inside and d.table == view.table]
    pressed = dict.fromkeys((d.by, d.to) for d in found)
    rows = []
    for by, to in pressed:
        mine = [d for d in found if (d.by, d.to) == (by, to)]
        issues = names.issues(dict.fromkeys(d.issue for d in mine))
        whom = f" {names.party(to)}" if to else ""
        text = f"{names.party(by)} is not at that table; it presses{whom} to have {issues} dealt with there."
        rows.append(
            Sentence(capital(text), tuple(dict.fromkeys(r for d in mine for r in register.basis(d.basis))), "read")
        )
    return tuple(rows)


def _stance(stance: Stance, names: Names, register: Register) -> Sentence:
    refs = register.ranges(stance.position, stance.red_line.at if stance.red_line else None)
    kind, rule = stance.position.basis.kind, stance.position.basis.rule
    who, issue = names.party(stance.party), names.issue(stance.issue)
    if rule in STANCES and kind != "supplied":
        text = f"{who} {STANCES[rule]} {issue}"
    elif kind == "entered":
        best, low, high = (number(v) for v in (stance.position.best, stance.position.low, stance.position.high))
        text = f"{who} is placed at {best} ({low} to {high}) on {issue}"
    else:
        wanted = stance.position.best != names.situation.issue(stance.issue).status_quo.best
        text = f"{who} is taken to {'want' if wanted else 'grant nothing for free on'} {issue}"
    if stance.red_line is not None:
        word = "above" if stance.red_line.accepts == "at_most" else "below"
        text += f"; red line: nothing {word} {names.level(stance.issue, stance.red_line.at.best)}"
        if stance.red_line.at.basis.kind != kind:
            text += f" ({stance.red_line.at.basis.kind})"
    return Sentence(capital(text) + ".", refs, kind)


def _apart(view: View, names: Names, register: Register) -> tuple[Sentence, ...]:
    """Say who stands farthest apart on each issue, from the distances between best guesses."""
    rows = [_bloc(issue, blocs, view, names, register) for issue, blocs in view.blocs]
    return (*rows, *(_gap(gap, view, names, register) for gap in view.gaps))


def apart_on(issue: str, view: View, register: Register) -> tuple[Sentence, ...]:
    """Say who stands farthest apart on one issue, and who stands close together."""
    names = Names(view.situation)
    found = [_gap(gap, view, names, register) for gap in view.gaps if gap.issue == issue]
    return (*found, *(_bloc(each, blocs, view, names, register) for each, blocs in view.blocs if each == issue))


def _gap(gap: Gap, view: View, names: Names, register: Register) -> Sentence:
    stances = (view.situation.stance(p, gap.issue) for p in (gap.one, gap.other))
    refs = register.ranges(*(s.position for s in stances if s is not None))
    derived = register.derive("distance between best guesses, as a share of the scale of the issue")
    text = (
        f"On {names.issue(gap.issue)} the widest gap is between {names.party(gap.one)} and "
        f"{names.party(gap.other)}: {gap.share:.0%} of the scale."
    )
    return Sentence(text, (*refs, derived))


def _bloc(issue: str, blocs: tuple[tuple[str, ...], ...], view: View, names: Names, register: Register) -> Sentence:
    stances = [s for bloc in blocs for p in bloc if (s := view.situation.stance(p, issue)) is not None]
    derived = register.derive("parties whose best guesses lie within 15% of the scale of one another, in a chain")
    text = f"On {names.issue(issue)} {'; '.join(f'{names.parties(b)} stand close together' for b in blocs)}."
    return Sentence(text, (*register.ranges(*(s.position for s in stances)), derived))
