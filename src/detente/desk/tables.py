"""Who sits at which table, what is on the agenda, and who is there at all?"""

from dataclasses import dataclass

from detente.brief.answers import View
from detente.brief.document import Block, Paragraph, Section, Sentence
from detente.brief.figures import network_figure
from detente.brief.page import Page
from detente.brief.register import Register
from detente.brief.sections.tables import Chip, Choice, Column, agenda, told
from detente.brief.words import Names, capital
from detente.desk.session import Session
from detente.desk.sheet import laid, seen
from detente.outlook.agendas import setters
from detente.situation.nouns import Party, Situation
from detente.situation.paths import influence_path
from detente.situation.values import BasisKind

__all__ = ["Chip", "Choice", "Column", "PartyRow", "TableRow", "Tables", "tables"]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table: its anchor, its name, what is said of it (the section of the sheet with this number), its agenda."""

    id: str
    name: str
    part: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party: what it is, at which tables it sits, on how many issues it takes a stance, and where its weight is."""

    id: str
    name: str
    kind: str
    basis: BasisKind
    seats: str
    stances: tuple[tuple[str, str], ...]
    influence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """The page: sections of words and the picture, then the tables and the parties as rows."""

    sheet: Page
    tables: tuple[TableRow, ...]
    parties: tuple[PartyRow, ...]
    hash: str
    editable: bool


def tables(session: Session, *, view: str = "completed") -> Tables:
    """Lay the tables, their agendas and the parties of a dossier out.

    Raises what opening the dossier raises.
    """
    now = session.now()
    situation, register = seen(now.situation, view), Register()
    asked = View(situation, table=next((t.id for t in situation.tables), None))
    sections = [Section("map", "Who sits where", _map(asked, register))]
    sections += [Section(f"table-{t.id}", capital(t.name), told(t, asked, register)) for t in situation.tables]
    return Tables(
        sheet=laid(situation, sections, register),
        tables=tuple(
            TableRow(t.id, capital(t.name), at, agenda(situation, t, _setters(situation, t.id)))
            for at, t in enumerate(situation.tables, start=1)
        ),
        parties=tuple(_party(situation, p) for p in situation.parties),
        hash=now.hash,
        editable=session.is_dossier,
    )


def _map(asked: View, register: Register) -> tuple[Block, ...]:
    figures = network_figure(asked, register)
    if figures:
        return figures
    nothing = register.derive("no item of the record names two parties in talks")
    return (Paragraph((Sentence("No table, tie or threat is known yet.", (nothing,)),)),)


def _setters(situation: Situation, table: str) -> dict[str, tuple[str, ...]]:
    """Name who could make each issue a precondition at a table."""
    at = situation.table(table)
    return {i.id: setters(situation, at, (i.id,)) for i in situation.issues}


def _party(situation: Situation, party: Party) -> PartyRow:
    names = Names(situation)
    mine = tuple(s for s in situation.stances if s.party == party.id)
    weights = tuple(w for w in situation.influence if w.party == party.id)
    return PartyRow(
        id=party.id,
        name=party.name,
        kind=party.kind.replace("_", " "),
        basis=party.basis.kind,
        seats=", ".join(t.name for t in situation.tables if party.id in t.consent),
        stances=tuple((names.issue(s.issue), f"{s.party}.{s.issue}.position") for s in mine),
        influence=tuple((f"{w.weight.best:g}", influence_path(w)) for w in weights),
    )
