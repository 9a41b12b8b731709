"""What is told beside a package: over all values, on every agenda, what a condition is for, and what could be traded?

These take seconds where a package takes milliseconds: a page asks for each of them by itself, and the session keeps it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from detente.analyses.blocked import blocked
from detente.analyses.trades import trades
from detente.brief.answers import View
from detente.brief.compared import Agenda
from detente.brief.dealt import Dealt
from detente.brief.document import Block, Paragraph
from detente.brief.page import Page
from detente.brief.sections import agenda, verdicts
from detente.brief.sections.deals import exchanges, motives, pictures, solutions, why
from detente.brief.sections.deals.page import over_ranges
from detente.brief.sections.deals.telling import Telling
from detente.brief.words import Names, capital
from detente.desk.agendas import plans
from detente.desk.bargained import Bargain
from detente.desk.case import Case
from detente.desk.compared import compared
from detente.desk.dealt import light
from detente.desk.explorer import Laid, laid_out
from detente.desk.session import Session
from detente.desk.sheet import Register, Section, laid
from detente.errors import UsageError
from detente.figures.agendas import SIGNS, WORDS
from detente.figures.text import gain
from detente.situation.nouns import Situation

__all__ = ["Matrix", "MatrixCell", "Part", "matrix", "part"]

VALUES = {"holds": "a deal for all values", "none": "no deal for any value"}
NO_DEMAND = (
    "Nobody who is known to want anything of it presses for more at this table, so no demand can be looked into."
)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One way of adding issues: its verdict as a sign and in words, who gains or blocks, and how it is asked for."""

    mode: str
    state: str
    sign: str
    verdict: str
    words: tuple[str, ...]
    agenda: str
    here: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The agendas side by side, today's first; what stands behind them is the sheet's first part."""

    today: MatrixCell | None
    modes: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MatrixCell | None, ...]], ...]
    signs: tuple[tuple[str, str, str], ...]
    sheet: Page


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page that is told in sections of a brief."""

    name: str
    title: str
    sheet: Page


def part(session: Session, place: Bargain, name: str) -> Part:
    """Tell one part of the page: `values`, `motives` or `trades`.

    Raises UsageError for another, and BoardError where the table cannot be put on a board.
    """
    if name not in PARTS:
        raise UsageError(f"'{name[:60]}' is no part of this page. There are: agendas, {', '.join(PARTS)}.")
    title, blocks = PARTS[name]
    return session.answer(
        "deals-part", name, *place.key, compute=lambda _: _part(session, place, (name, title), blocks)
    )


def _part(
    session: Session, place: Bargain, named: tuple[str, str], blocks: Callable[[Telling], tuple[Block, ...]]
) -> Part:
    on = laid_out(session, place)
    dealt: Dealt = session.answer("deals-light", *place.key, compute=lambda case: _dealt(case, on))
    register = Register()
    told = Telling(dealt, Names(on.situation), register)
    return Part(
        *named, laid(on.situation, (Section(named[0], named[1], blocks(told)),), register, prefix=f"{named[0]}-")
    )


def _dealt(case: Case, on: Laid) -> Dealt:
    asking, board = on.asking, on.board
    return replace(light(asking), blocked=blocked(board), trades=trades(board), texts=case.texts)


def _values(told: Telling) -> tuple[Block, ...]:
    return (over_ranges(told), *solutions.blocks(told), *pictures.cloud(told))


def _motives(told: Telling) -> tuple[Block, ...]:
    if not told.dealt.motives:
        return (Paragraph((told.say(NO_DEMAND, "demands at this table, and stances of those who make them"),)),)
    each = [Telling(replace(told.dealt, motives=(one,)), told.names, told.register) for one in told.dealt.motives]
    return tuple(block for one in each for block in (*pictures.regions(one), *motives.blocks(one)))


def _trades(told: Telling) -> tuple[Block, ...]:
    return (*pictures.who_blocks(told), *why.blocks(told), *exchanges.blocks(told))


PARTS: dict[str, tuple[str, Callable[[Telling], tuple[Block, ...]]]] = {
    "values": ("Over all values in the ranges", _values),
    "motives": ("Better deal, or no deal?", _motives),
    "trades": ("What blocks, and what could be traded", _trades),
}


def matrix(session: Session, place: Bargain) -> Matrix:
    """Compare every agenda of a table: each contested issue in every mode, and each larger set of them.

    Raises BoardError where the table cannot be put on a board.
    """
    on = laid_out(session, place)
    here = replace(place, agenda=())
    agendas = session.answer("deals-agendas", *here.key, compute=lambda _: _compared(on))
    register = Register()
    view = View(situation=on.situation, table=on.board.table, agendas=agendas)
    behind = Section("agendas", "Which agenda does what, and to whom", agenda.blocks(view, register))
    cells = _cells(on.situation, agendas, place)
    wider = {(row, cell.mode): cell for row, cell in cells if row}
    modes = tuple(dict.fromkeys(mode for _, mode in wider))
    rows = tuple(dict.fromkeys(row for row, _ in wider))
    return Matrix(
        today=next((cell for row, cell in cells if not row), None),
        modes=modes,
        rows=tuple((row, tuple(wider.get((row, mode)) for mode in modes)) for row in rows),
        signs=tuple((state, SIGNS[state], WORDS[state]) for state in SIGNS if state in {c.state for _, c in cells}),
        sheet=laid(on.situation, (behind,), register, prefix="agendas-"),
    )


def _compared(on: Laid) -> tuple[Agenda, ...]:
    asked = on.asking
    listed = plans(on.situation, asked.table)
    return compared(on.situation, asked.table, draws=asked.draws, seed=asked.seed, asked=listed, no_deal=asked.no_deal)


def _cells(situation: Situation, agendas: tuple[Agenda, ...], place: Bargain) -> list[tuple[str, MatrixCell]]:
    names = Names(situation)
    drawn = {(c.row, c.mode): c for c in pictures.agenda_cells(names, agendas)}
    found = []
    for one in agendas:
        row, mode = capital(names.issues(one.issues)) if one.issues else "", pictures.mode_of(names, one)
        cell = drawn.get((row, mode))
        state = cell.state if cell is not None else one.verdict.kind
        gains = tuple(f"{capital(names.bare(g.party))} {gain(g.points)}" for g in one.gains)
        specs = ",".join(f"{issue}={_spec(one)}" for issue in one.issues)
        asked = specs == ",".join(place.agenda)
        words = (*_best_guess(one), *(cell.told() if cell is not None else gains))
        found.append((row, MatrixCell(mode, state, SIGNS[state], _verdict(one), words, specs, asked)))
    return found


def _spec(one: Agenda) -> str:
    return one.mode + (f":{one.by}" if one.by else "")


def _verdict(one: Agenda) -> str:
    kind = one.verdict.kind
    if kind == "depends":
        return "it depends"
    return f"{VALUES[kind]} ({verdicts.proof(one.verdict)})"


def _best_guess(one: Agenda) -> tuple[str, ...]:
    if one.verdict.kind != "depends":
        return ()
    return (f"{'a deal' if one.verdict.at_best else 'no deal'} at the best guess",)
