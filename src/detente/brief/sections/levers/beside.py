"""Now and then, row by row: what a table and a sentence say of a what-if while it is still being moved."""

from dataclasses import dataclass

from detente.brief.register import Register
from detente.brief.sections.levers.telling import Telling
from detente.brief.sections.levers.trying import difference, number, said, telling
from detente.brief.tried import Tried
from detente.brief.words import capital, listed, of_draws
from detente.figures.beside import Axis, beside
from detente.levers.whatif import Changed, WhatIf

HALF = 0.5
ROUND = (10.0, 20.0, 50.0, 100.0)
NAMED = 2  # answers that hold or do not that the sentence names


@dataclass(frozen=True, slots=True)
class Row:
    """One answer on both sides: its name, its numbers in words, how far it moved, and the strip that shows it."""

    name: str
    now: str
    then: str
    difference: str
    moves: str
    moved: bool
    strip: str


def rows(found: Tried) -> tuple[Row, ...]:
    """Put every answer beside itself."""
    told, last = telling(found, Register()), found.answers[-1]
    axes = _axes(found, last)
    return tuple(_row(one, told, axes[one.answer.name]) for one in last.changes)


def lead(found: Tried) -> str:
    """Say in one or two sentences what is different, and on how many draws that rests."""
    told, last = telling(found, Register()), found.answers[-1]
    holds = [c for c in last.changes if c.answer.kind == "holds"]
    if not last.edited and found.agendas[0] == found.agendas[1]:
        return " ".join(_now(one, told) for one in holds[:NAMED])
    moved = [c for c in holds if c.moved]
    if moved:
        return " ".join(said(one, told, []).text for one in moved[:NAMED])
    others = sorted((c for c in last.changes if c.moved), key=_share, reverse=True)
    if not others:
        return f"No answer changes in any of {last.draws:,} draws."
    what = listed(told.clause(one.answer) for one in holds)
    most = others[0]
    text = f"{told.answer(most.answer)} changes in most draws: {number(most, most.before)}, then {_then(most)}"
    return f"Whether {what} is the same in every one of {last.draws:,} draws. {capital(text)}, on average."


def _now(one: Changed, told: Telling) -> str:
    return f"{capital(told.clause(one.answer))} in {of_draws(one.before, one.draws)} as things stand."


def _then(one: Changed) -> str:
    return number(one, one.after)


def _share(one: Changed) -> float:
    return one.moved / one.draws if one.draws else 0.0


def _row(one: Changed, told: Telling, axis: Axis) -> Row:
    return Row(
        name=told.short(one.answer),
        now=number(one, one.before),
        then=_then(one),
        difference=difference(one) if one.moved else "none",
        moves=f"up in {one.rose:,}, down in {one.fell:,} draws" if one.moved else "",
        moved=bool(one.moved),
        strip=beside(one.before, one.after, axis),
    )


def _axes(found: Tried, last: WhatIf) -> dict[str, Axis]:
    """Give every answer a scale that stays while a slider moves: a share, the issue's own, round points for gains."""
    scales = {issue.id: issue.scale for issue in found.situation.issues}
    most = max((abs(at) for c in last.changes if c.answer.kind == "points" for at in (c.before, c.after)), default=0.0)
    least = min((at for c in last.changes if c.answer.kind == "points" for at in (c.before, c.after)), default=0.0)
    top = next((r for r in ROUND if r >= most), most)
    points = Axis(-top if least < 0 else 0.0, top, 0.0 if least < 0 else None)
    return {
        c.answer.name: Axis(0.0, 1.0, HALF)
        if c.answer.kind == "holds"
        else points
        if c.answer.kind == "points"
        else Axis(*scales.get(c.answer.about or "", (0.0, 100.0)))
        for c in last.changes
    }
