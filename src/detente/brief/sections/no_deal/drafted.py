"""What can be done outside the table, by whom, and what is that taken to be worth?"""

from collections.abc import Iterator
from dataclasses import dataclass

from detente.brief.document import Block, Grid, Paragraph, Sentence
from detente.brief.sections.no_deal.telling import Telling
from detente.brief.words import capital, counted, listed, number
from detente.situation.nouns import Effect, Move
from detente.situation.paths import effect_path
from detente.situation.values import Basis, BasisKind

UNSAID = Basis(kind="assumed", rule="move-as-it-is")
WORKED_OUT = ("counter-threat-answers", "struck-may-answer")


@dataclass(frozen=True, slots=True)
class EffectRow:
    """What one move is taken to be worth to one party; `path` leads to the input where the situation states it."""

    move: str
    party: str
    world: str
    worth: str
    path: str | None
    basis: BasisKind


def blocks(told: Telling) -> tuple[Block, ...]:
    """Show every move of the draft, and every effect."""
    return (_moves(told), *_left_out(told), _effects(told))


def moves(told: Telling) -> tuple[Block, ...]:
    """Show every move of the draft, without its effects."""
    return (_moves(told), *_left_out(told))


def effects(told: Telling) -> Iterator[EffectRow]:
    """List what each move is taken to be worth to whom."""
    stated = set(told.found.situation.effects)
    for row in told.found.drafted.effects:
        path = effect_path(row) if row in stated else None
        yield EffectRow(*_cells(row, told), path, row.value.basis.kind)


def _moves(told: Telling) -> Grid:
    rows = tuple(_move(m, told) for m in told.found.drafted.moves)
    supplied = sum(m.basis.kind == "supplied" for m in told.found.drafted.moves)
    many = counted(len(rows), "move", "moves")
    caption = told.say(
        f"What can be done outside the table: {many}, {supplied} of them supplied. Edit them under 'moves'.",
        "moves that the situation names, that threats name, and that follow from ties",
    )
    return Grid(caption, ("what", "only after", "today", "can be taken back"), rows)


def _move(move: Move, told: Telling) -> tuple[Sentence, ...]:
    refs, kind = told.register.basis(move.basis), move.basis.kind
    known = {m.id for m in told.found.drafted.moves}
    after = " or ".join(told.deed(m) for m in move.after if m in known) if move.after else "at any time"
    back = move.by in move.undone_by
    # A default is nothing that the move's words say, nor is an order or a way back that a rule works out.
    default, rule = told.register.basis(UNSAID), move.basis.rule
    cells = (
        (after, bool(move.after) and rule not in WORKED_OUT),
        ("in force" if move.in_force else "not done", move.in_force),
        ("yes" if back else "no", back and kind != "read"),
    )
    said = (Sentence(capital(text), refs if given else default, kind if given else "assumed") for text, given in cells)
    return (Sentence(capital(told.deed(move.id)), refs, kind), *said)


def _left_out(told: Telling) -> tuple[Block, ...]:
    """Name what is not on the board: what is said of today's state takes no account of it."""
    rows = dict.fromkeys(pair for one in told.found.worlds for pair in one.outside.left_out)
    by_why: dict[str, list[str]] = {}
    for move, why in rows:
        by_why.setdefault(why, []).append(told.deed(move))
    lines = tuple(
        told.say(f"Not on the board, and in no answer above: {listed(moves)} ({why}).", why)
        for why, moves in by_why.items()
    )
    return (Paragraph(lines),) if lines else ()


def _effects(told: Telling) -> Grid:
    rows = tuple(_effect(e, told) for e in told.found.drafted.effects)
    caption = told.say(
        "What each move is taken to be worth to whom, in points beside today: a full-scale move on an issue that "
        "matters 100 is 100 points. Assumed where nobody says it; edit it under 'effects'.",
        "effects of the drafted moves",
    )
    return Grid(caption, ("move", "for", "in the world", "worth"), rows, fold="What the moves are taken to be worth")


def _effect(effect: Effect, told: Telling) -> tuple[Sentence, ...]:
    refs, kind = told.register.basis(effect.value.basis), effect.value.basis.kind
    return tuple(Sentence(text, refs, kind) for text in _cells(effect, told))


def _cells(effect: Effect, told: Telling) -> tuple[str, str, str, str]:
    """Say of an effect of which move it is, for whom, in which world, and what it is worth."""
    value = effect.value
    together = f", together with {told.deed(effect.given)}" if effect.given else ""
    worth = (
        number(value.best)
        if value.is_point
        else f"{number(value.low)} to {number(value.high)}, {number(value.best)} at best"
    )
    move = capital(told.deed(effect.move)) + together
    return (move, told.names.party(effect.party), effect.world or "all", worth)
