"""What happens without a deal, as a page: what the best guess says at once, what the draws say once they are made?"""

from dataclasses import dataclass, replace

from detente.brief.document import Block, Paragraph
from detente.brief.no_agreement import InWorld, NoAgreement
from detente.brief.sections.no_deal import beside, coverage, crises, drafted, pictures, values
from detente.brief.sections.no_deal.beside import Concept, MoveRow, StateRow
from detente.brief.sections.no_deal.drafted import EffectRow
from detente.brief.sections.no_deal.telling import Telling
from detente.brief.sections.no_deal.today import holds, over_draws, reasons, rests_on_something, summary, thin
from detente.brief.words import Names, capital
from detente.desk.case import Case
from detente.desk.draws import DRAWS, SEED
from detente.desk.no_agreement import CONCEPT, TOLD, Extent, ask_no_agreement, from_state, guessed
from detente.desk.session import Session
from detente.desk.sheet import Register, Section, Sheet, named, seen
from detente.errors import AnalysisError, BoardError, UsageError

__all__ = [
    "NOTHING",
    "Asked",
    "Concept",
    "EffectRow",
    "MoveRow",
    "NoDeal",
    "Nothing",
    "StateRow",
    "WorldColumn",
    "answered",
    "in_force_of",
    "no_deal",
    "start_of",
]
NOTHING = "nothing"  # how a state is written in which no move is in force


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: at which table, by which idea of stability, in which world it is drawn, from which state.

    `start` are the moves in force in it, joined by commas; empty for today's. `view` is "text" or "completed".
    """

    table: str = ""
    concept: str = CONCEPT
    world: str = ""
    start: str = ""
    view: str = "completed"


@dataclass(frozen=True, slots=True)
class WorldColumn:
    """A named world: whether the state that is asked about holds in it, whether it is the one that is drawn."""

    name: str
    holds: bool
    drawn: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing can be said."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDeal:
    """The page. `drawn` are the sections that rest on draws, None where these have not been made yet."""

    asked: Asked
    sheet: Sheet
    drawn: Sheet | None
    draws: int
    worlds: tuple[WorldColumn, ...]
    tables: tuple[tuple[str, str], ...]
    concepts: tuple[Concept, ...]
    states: tuple[StateRow, ...]
    moves: tuple[MoveRow, ...]
    effects: tuple[EffectRow, ...]
    state: str
    is_today: bool


def no_deal(session: Session, asked: Asked, *, whole: bool = False) -> NoDeal | Nothing:
    """Say what happens without a deal; with `whole` the draws are made, else they are told only where they were made.

    Raises UsageError for a table, a concept, a world or a state that is none, and what opening the dossier raises.
    """
    situation = seen(session.now().situation, asked.view)
    tables = tuple((t.id, capital(t.name)) for t in situation.tables if len(t.consent) > 1)
    if asked.table and asked.table not in (known := [t.id for t in situation.tables]):
        listed = ", ".join(known) or "none"
        raise UsageError(f"'{asked.table[:60]}' is not a table of '{situation.title}'. Its tables: {listed}.")
    try:
        found = from_state(_guessed(session, asked), in_force_of(asked.start))
        made = whole or session.knows(*_question(asked))
        drawn = from_state(answered(session, asked), in_force_of(asked.start)) if made else None
    except (AnalysisError, BoardError) as why:
        return Nothing(str(why))
    return _laid(found, drawn, asked, tables)


def answered(session: Session, asked: Asked) -> NoAgreement:
    """Return the whole answer, draws and crises included.

    Raises what `ask_no_agreement` raises.
    """
    extent: Extent = "text-full" if asked.view == "text" else "full"
    return session.answer(
        *_question(asked),
        compute=lambda case: ask_no_agreement(
            seen(case.situation, asked.view), table=asked.table or None, concept=asked.concept, extent=extent
        ),
    )


def start_of(moves: tuple[str, ...]) -> str:
    """Write a state as addresses hold it.

    >>> start_of(("strike", "block")), start_of(())
    ('strike,block', 'nothing')
    """
    return ",".join(moves) or NOTHING


def in_force_of(start: str) -> tuple[str, ...] | None:
    """Read a state as addresses hold it; None for today's.

    >>> in_force_of("strike,block"), in_force_of("nothing"), in_force_of("")
    (('strike', 'block'), (), None)
    """
    if not start:
        return None
    return () if start == NOTHING else tuple(dict.fromkeys(m for m in start.split(",") if m))


def _question(asked: Asked) -> tuple[str, ...]:
    return ("no-deal", asked.view, asked.table, asked.concept, str(DRAWS), str(SEED))


def _guessed(session: Session, asked: Asked) -> NoAgreement:
    def compute(case: Case) -> NoAgreement:
        situation = seen(case.situation, asked.view)
        return guessed(situation, table=asked.table or None, concept=asked.concept, supply=asked.view != "text")

    return session.answer("no-deal-guess", asked.view, asked.table, asked.concept, compute=compute)


def _laid(found: NoAgreement, drawn: NoAgreement | None, asked: Asked, tables: tuple[tuple[str, str], ...]) -> NoDeal:
    register = Register()
    told = Telling(found, Names(found.situation), register)
    rests = rests_on_something(told)
    shown = found.worlds if rests else ()
    one = _drawn_world(shown, asked.world, told)
    sections = [Section("summary", "In short", (Paragraph((summary(told) if shown else thin(told),)),))]
    sections += [Section(f"world-{w.world}", w.world, beside.in_world(w, told)) for w in shown]
    if one is not None:
        sections.append(Section("picture", "Where it leads", beside.picture(one, told)))
        sections.append(Section("ways", "The ways from here", beside.ways(one, told)))
    sections.append(Section("coverage", "What the threats cover", coverage.blocks(told)))
    sections.append(Section("moves", "What can be done outside the table", drafted.moves(told)))
    return NoDeal(
        asked=replace(asked, world=one.world if one is not None else "", table=found.table or ""),
        sheet=named(found.situation, sections, register),
        drawn=None if drawn is None else _over_draws(drawn),
        draws=DRAWS,
        worlds=tuple(WorldColumn(w.world, holds(w, told), w is one) for w in shown),
        tables=tables,
        concepts=beside.concepts(found.worlds[0].stability.concepts if found.worlds else TOLD),
        states=beside.states(one, told) if one is not None else (),
        moves=beside.board(one, told) if one is not None else (),
        effects=tuple(drafted.effects(told)),
        state=capital(told.state(one.outside, one.at)) if one is not None else "",
        is_today=one is None or one.is_today,
    )


def _drawn_world(worlds: tuple[InWorld, ...], wanted: str, told: Telling) -> InWorld | None:
    """Return the world that is drawn: the one asked for, else one in which somebody leaves, or would."""
    names = [one.world for one in worlds]
    if wanted and wanted not in names:
        if not worlds:
            return None
        raise UsageError(f"'{wanted[:60]}' is no named world that is left here. Choose one of: {', '.join(names)}.")
    if wanted:
        return worlds[names.index(next(n for n in names if n == wanted))]
    left = next((one for one in worlds if not holds(one, told)), None)
    moving = next((one for one in worlds if any(r.tries for r in reasons(one, told))), None)
    return left or moving or next(iter(worlds), None)


def _over_draws(found: NoAgreement) -> Sheet:
    register = Register()
    told = Telling(found, Names(found.situation), register)
    sections = (
        Section("held", "In how many draws it holds", (*pictures.held(told), *_shares(told))),
        Section("deters", "Would the answers deter?", pictures.covered(told)),
        Section("crises", "Where a challenge leads", crises.every(told)),
        Section("ends", "The likeliest end, draw by draw", (*pictures.crises(told), *crises.blocks(told))),
        Section("values", "What each party has without a deal", values.blocks(told, hint="")),
    )
    return named(found.situation, sections, register, prefix="drawn-")


def _shares(told: Telling) -> tuple[Block, ...]:
    if not rests_on_something(told):
        return ()
    return tuple(
        Paragraph((told.say(f"{capital(one.world)}: {said}", "stability draw by draw", "assumed"),))
        for one in told.found.worlds
        if (said := over_draws(one, told))
    )
