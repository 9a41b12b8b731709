"""What does the reporting leave open, which of it would change an answer, and where is it filled in?"""

from dataclasses import dataclass
from typing import cast

from detente.brief.answers import View
from detente.brief.page import Line, Page, Table
from detente.brief.sections.filling import Entry, entries
from detente.brief.sections.unsaid import acting, flips, grid
from detente.brief.words import Names
from detente.desk.agendas import distinct, plans
from detente.desk.no_agreement import ask_no_agreement
from detente.desk.positions import USUAL
from detente.desk.session import Session
from detente.desk.sheet import Register, Section, laid
from detente.errors import BoardError
from detente.levers import Silence, silences
from detente.outlook.mandates import with_mandates
from detente.situation.nouns import Situation

__all__ = ["Entry", "Row", "Unsaid", "ask_silences", "first_table", "ranking_is_known", "unsaid"]
QUESTION = "silences"


@dataclass(frozen=True, slots=True)
class Row:
    """A slot: its cells (what, how it is known, whether it changes an answer, what to ask, what to watch for).

    `flips` are the agendas whose verdict changes, with the verdict before and after; `entries` are what would fill it.
    """

    key: str
    cells: tuple[Line, ...]
    open: bool
    flips: tuple[tuple[str, str, str], ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Unsaid:
    """The page; `ranked` says whether it was asked which slots change an answer, `table` is the one asked about."""

    sheet: Page
    rows: tuple[Row, ...]
    table: str
    ranked: bool
    hash: str
    editable: bool

    @property
    def left(self) -> int:
        """How many slots no source and no analyst fills."""
        return sum(row.open for row in self.rows)

    @property
    def flipping(self) -> int:
        """How many of them would change a verdict."""
        return sum(bool(row.flips) for row in self.rows if row.open)


@dataclass(frozen=True, slots=True)
class _Found:
    silences: tuple[Silence, ...]
    acting: frozenset[str]


def first_table(situation: Situation) -> str | None:
    """Return the first table at which several must consent, None where there is none."""
    return next((t.id for t in situation.tables if len(t.consent) > 1), None)


def ask_silences(situation: Situation, table: str) -> tuple[Silence, ...]:
    """List the slots of a table, silences that change an answer first: every agenda is decided again for each.

    Raises BoardError where the table cannot be put on a board.
    """
    asked = distinct(situation, table, plans(situation, table))
    return silences(situation, table, {p.name: p.modes for p in asked})


def unsaid(session: Session, *, ranked: bool) -> Unsaid:
    """Lay out what the reporting leaves open; with `ranked` every agenda is decided again for each slot.

    Raises what opening the dossier raises.
    """
    now = session.now()
    situation = now.situation
    table = first_table(situation) if situation.issues else None
    found = _Found((), frozenset())
    if table is not None and ranked:
        found = session.answer(QUESTION, compute=lambda case: _ranked(case.situation, table))
    elif table is not None:
        found = _Found(silences(situation, table, {}), frozenset())
    register = Register()
    told = grid(found.silences, situation, register, acting=found.acting, ranked=ranked)
    sheet = laid(situation, [Section(QUESTION, "What the text does not say", (told,))], register)
    lines = cast(Table, sheet.parts[0].views[0][1][0]).rows
    rows = (_row(s, cells, situation, table) for s, cells in zip(found.silences, lines, strict=False) if table)
    return Unsaid(
        sheet=sheet,
        rows=tuple(rows),
        table=Names(situation).at(table) if table else "",
        ranked=ranked and table is not None,
        hash=now.hash,
        editable=session.is_dossier,
    )


def ranking_is_known(session: Session) -> bool:
    """Whether it was asked already which silences change an answer, so that it need not be waited for."""
    return session.knows(QUESTION)


def _ranked(situation: Situation, table: str) -> _Found:
    whole = with_mandates(situation, drawing=USUAL)
    try:
        found = ask_silences(whole, table)
    except BoardError:
        return _Found(silences(whole, table, {}), frozenset())
    try:
        view = View(situation=whole, table=table, without=ask_no_agreement(whole, extent="brief"))
    except BoardError:
        return _Found(found, frozenset())
    return _Found(found, acting(view))


def _row(one: Silence, cells: tuple[Line, ...], situation: Situation, table: str) -> Row:
    return Row(
        key=f"{one.slot}-{one.party}" if one.party else one.slot,
        cells=cells,
        open=one.filled != "text",
        flips=flips(one),
        entries=entries(one, situation, situation.table(table)),
    )
