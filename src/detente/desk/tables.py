"""Who sits at which table, what is on the agenda, and who is there at all?"""

from dataclasses import dataclass

from detente.brief.answers import View
from detente.brief.document import Block, Note, Paragraph, Section, Sentence
from detente.brief.figures import network_figure
from detente.brief.page import Page
from detente.brief.register import Register
from detente.brief.sections.tables import Chip, Choice, Column, agenda, told
from detente.brief.words import Names, capital
from detente.desk.session import Session
from detente.desk.sheet import laid, seen
from detente.outlook.agendas import setters
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Party, Situation
from detente.situation.paths import influence_path
from detente.situation.values import BasisKind

Notes = dict[tuple[str, str, tuple[str, ...]], Note]
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

    @property
    def weighed(self) -> bool:
        """Whether anybody's weight was entered."""
        return any(p.influence for p in self.parties)


def tables(session: Session, *, view: str = "completed") -> Tables:
    """Lay the tables, their agendas and the parties of a dossier out.

    Raises what opening the dossier raises.
    """
    now = session.now()
    situation = seen(now.situation, view)
    figures, notes = _map(session, situation)
    asked, register = View(situation, table=next((t.id for t in situation.tables), None)), Register(dict(notes))
    sections = [Section("map", "Who sits where", figures)]
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


def _map(session: Session, situation: Situation) -> tuple[tuple[Block, ...], Notes]:
    """Draw the map, and say what it rests on; it is drawn anew only where something changes that is in it."""
    bare = situation.model_copy(
        update={
            "tables": tuple(t.model_copy(update={"agenda": (), "listing_costs": ()}) for t in situation.tables),
            **{name: () for name in ("issues", "stances", "influence", "scores", "interactions", "moves", "effects")},
            **{name: () for name in ("evidence", "documents", "preferences", "questions", "meetings", "deadlines")},
        }
    )
    return session.kept(("map", fingerprint(bare)), lambda: _drawn(bare))


def _drawn(situation: Situation) -> tuple[tuple[Block, ...], Notes]:
    register = Register()
    figures: tuple[Block, ...] = network_figure(View(situation, table=None), register)
    if not figures:
        nothing = register.derive("no item of the record names two parties in talks")
        figures = (Paragraph((Sentence("No table, tie or threat is known yet.", (nothing,)),)),)
    return figures, register.notes


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
