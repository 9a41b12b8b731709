"""What if: what was edited, and what of it changed, answer by answer."""

from collections.abc import Iterator

from detente.brief.answers import Answers, View
from detente.brief.document import Block, Brief, Fact, Grid, Listing, Paragraph, Section, Sentence
from detente.brief.register import Register
from detente.brief.sections import sources
from detente.brief.sections.levers.telling import SHARE, Telling
from detente.brief.tried import Tried
from detente.brief.words import Names, capital, counted, listed, of_draws, percent
from detente.figures import written
from detente.figures.text import gain
from detente.levers.whatif import Changed, Edited, WhatIf
from detente.situation.values import Range

HOW = "both sides asked in the same draws: what was not edited has the same number in every draw"
SIGN = "the sign test on the draws that changed (Dixon and Mood 1946)"
CLEAR = 0.05
NAMED = 3  # answers that are named though they do not change


def composed(found: Tried) -> Brief:
    """Write what changed."""
    register = Register()
    situation, last = found.situation, found.answers[-1]
    told = telling(found, register)
    sections = (
        Section("edits", "What is tried", tuple(_edits(found, last, told))),
        Section("changes", "What changes", tuple(_changes(found, told))),
    )
    view = View(situation=situation, table=found.table)
    answers = Answers(
        view, view, (), found.texts, found.version, found.fingerprint, found.no_deal, last.draws, found.seed
    )
    shown = sources.sources(answers, register)
    return Brief(
        title=f"What if {listed(found.edits)}",
        subtitle=f"{situation.title}, {f'as of {situation.as_of.isoformat()}' if situation.as_of else 'undated'}",
        sections=sections,
        quotes=sources.quotes(situation),
        sources=shown,
        notes=tuple(register.notes.values()),
        facts=_facts(found),
    )


def telling(found: Tried, register: Register) -> Telling:
    """Return how the answers and the edited inputs are named."""
    known = {e.path: e.after for e in found.answers[-1].edited if e.after is not None}
    apart = "the agenda of that side" if found.agendas[0] != found.agendas[1] else None
    return Telling(Names(found.situation), register, known, apart)


def quick(found: Tried) -> str:
    """Return in one line what the leading draws say."""
    one = found.answers[0]
    moved = sorted((c for c in one.changes if c.moved), key=lambda c: c.answer.kind != "holds")
    parts = [f"{c.answer.name} {number(c, c.before)} to {number(c, c.after)}" for c in moved[:3]]
    what = "; ".join(parts) if parts else "nothing changes"
    return f"On the first {one.draws:,} draws: {what}."


def _edits(found: Tried, last: WhatIf, told: Telling) -> Iterator[Block]:
    items = [_edit(one, told) for one in last.edited]
    if found.agendas[0] != found.agendas[1]:
        items.append(told.say(f"The agenda: {found.agendas[1]}, in place of {found.agendas[0]}.", "the edit"))
    if not items:
        items = [told.say("Nothing: these values stand there already.", "the edit")]
    yield Listing(tuple(items))


def _edit(one: Edited, told: Telling) -> Sentence:
    text = f"{capital(told.input(one.path))}: {_range(one.after)}, in place of {_range(one.before)}."
    return told.say(text, "the edit", [one.path])


def _range(value: Range | None) -> str:
    if value is None:
        return "nothing"
    if value.is_point:
        return written(value.best)
    return f"{written(value.best)} ({written(value.low)} to {written(value.high)})"


def _changes(found: Tried, told: Telling) -> Iterator[Block]:
    first, last = found.answers[0], found.answers[-1]
    moved = [c for c in last.changes if c.moved]
    paths = [e.path for e in last.edited]
    lines = [said(c, told, paths) for c in moved if c.answer.kind == "holds"]
    yield Paragraph((*lines, *_still(last, told, paths)))
    if not moved:
        return
    heads = ("", "before", "after", "difference", "up, down")
    rows = tuple(_row(c, told, paths) for c in moved)
    caption = told.say(
        f"What changes over {last.draws:,} draws, on average, and in how many it goes up or down; {SHARE}.", HOW, paths
    )
    yield Grid(caption, heads, rows)
    if first.first:
        yield Paragraph((_first(first, told, paths),))


def _still(last: WhatIf, told: Telling, paths: list[str]) -> tuple[Sentence, ...]:
    """Say what does not change in any draw."""
    still = [c for c in last.changes if not c.moved]
    if len(still) == len(last.changes):
        return (told.say(f"No answer changes in any of {last.draws:,} draws.", HOW, paths),)
    if not still:
        return ()
    what = listed(told.answer(c.answer) for c in still) if len(still) <= NAMED else f"{len(still)} other answers"
    return (told.say(f"What does not change in a single draw: {what}.", HOW, paths),)


def said(one: Changed, told: Telling, paths: list[str]) -> Sentence:
    """Say in how many draws something holds that held in others before."""
    text = (
        f"In {of_draws(one.after, one.draws)} {told.clause(one.answer)}, against {percent(one.before)} of draws "
        f"before: that comes about in {counted(one.rose, 'draw', 'draws')} and goes in "
        f"{counted(one.fell, 'draw', 'draws')}"
    )
    chance = f"; the direction may be the luck of the draws (sign test {one.sign:.2f})" if one.sign > CLEAR else ""
    return told.say(f"{text}{chance}.", f"{HOW}; {SIGN}", paths)


def _first(first: WhatIf, told: Telling, paths: list[str]) -> Sentence:
    """Say what the leading draws had said, which are among those counted above."""
    moved = [c for c in first.changes if c.moved][:NAMED]
    parts = [f"{told.answer(c.answer)} from {number(c, c.before)} to {number(c, c.after)}" for c in moved]
    text = f"The first {first.draws:,} draws alone had said: {'; '.join(parts) if parts else 'nothing changes'}."
    return told.say(text, HOW, paths)


def _row(one: Changed, told: Telling, paths: list[str]) -> tuple[Sentence, ...]:
    cells = [told.short(one.answer), number(one, one.before), number(one, one.after), difference(one)]
    cells.append(f"{one.rose:,}, {one.fell:,}")
    return told.row(cells, f"{HOW}; {SIGN}", paths)


def number(one: Changed, value: float) -> str:
    """Write a value of an answer as it stands in a table."""
    if one.answer.kind == "holds":
        return f"{percent(value)} of draws"
    return gain(value) if one.answer.kind == "points" else written(value)


def difference(one: Changed) -> str:
    """Write how far an answer moved: in draws, or on average with twice its standard error."""
    if one.answer.kind == "holds":
        return f"{one.rose - one.fell:+,} draws"
    return f"{one.difference:+.1f} \u00b1 {2 * one.error:.1f}"


def _facts(found: Tried) -> tuple[Fact, ...]:
    last = found.answers[-1]
    return (
        Fact("detente", found.version),
        Fact("situation", found.fingerprint),
        Fact("table", found.table),
        Fact("edits", "; ".join(found.edits)),
        Fact("no-deal values", found.no_deal),
        Fact("first answer", f"{found.answers[0].draws} draws"),
        Fact("draws", str(last.draws)),
        Fact("seed", str(found.seed)),
    )
