"""Where is it heading, as a page: reference classes at once, the model's courses and one draw when asked for?"""

from collections.abc import Sequence
from dataclasses import dataclass

from detente.brief.document import Block, Listing, Paragraph
from detente.brief.outlook import Classed, Outlook
from detente.brief.register import Register
from detente.brief.sections.no_deal.telling import WORLDS
from detente.brief.sections.outlook import classes, courses, dated, ground, pressing, sure
from detente.brief.sections.outlook.classes import ASKED, VALUES, values_in_words
from detente.brief.sections.outlook.page import STEPS
from detente.brief.sections.outlook.telling import Classing, Telling
from detente.brief.sections.story.page import told as story_sections
from detente.brief.story import Told
from detente.brief.words import Names, capital
from detente.desk.case import Case
from detente.desk.outlook import DRAWS, PRESSED, ask_outlook, classed, table_of, with_pressed
from detente.desk.outlook import Asked as OutlookAsked
from detente.desk.seat import seats
from detente.desk.session import Session
from detente.desk.sheet import Section, Sheet, named, seen, viewed
from detente.desk.story import MOST_DRAW, NAMED, WORLD, ask_story
from detente.desk.story import Asked as StoryAsked
from detente.errors import AnalysisError, BoardError, UsageError
from detente.outlook.classes.chosen import PERIODS
from detente.outlook.classes.features import VALUES as OF_FEATURE
from detente.situation.nouns import Situation, World
from detente.situation.values import Basis

__all__ = [
    "FEATURES",
    "PARTS",
    "Asked",
    "Choice",
    "Field",
    "Heading",
    "Nothing",
    "answered_courses",
    "draw_of",
    "draw_told",
    "fields",
    "heading",
    "pressed_on",
    "table_at",
    "world_of",
]
EVENTS = {
    "agreement": "How often a crisis like it ends in agreement",
    "war": "How often one sees full-scale war",
    "recurrence": "How often violence comes back after an agreement",
}
PERIOD = "period"
LARGEST = DRAWS - 1  # the last draw that the courses count
BY_ADDRESS = Basis(kind="entered", by="who chose on this page")
FEATURES: tuple[str, ...] = (*OF_FEATURE, PERIOD)
PARTS = ("courses", "pressing", "story")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: at which table, in which view, what the case is taken to be, and which draw is told.

    `features` are written as `mediated=mediated`; `draw` is the number of a draw as it stands in an address.
    """

    table: str = ""
    view: str = "completed"
    features: tuple[str, ...] = ()
    draw: str = "0"
    world: str = WORLD


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a feature may be given, in words."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A feature of the case: what is asked, and what may be chosen."""

    name: str
    asks: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing can be said."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The page; each part is None where it has not been asked for and is not known already."""

    asked: Asked
    sheet: Sheet
    fields: tuple[Field, ...]
    chosen: bool
    courses: Sheet | None
    pressing: Sheet | None
    story: Sheet | None
    draw: int
    largest: int
    draws: int
    pressed: int
    worlds: tuple[tuple[str, str], ...]
    tables: tuple[tuple[str, str], ...]
    seats: tuple[tuple[str, str], ...]


def heading(session: Session, asked: Asked, *, parts: Sequence[str] = (), alone: bool = False) -> Heading | Nothing:
    """Say where it is heading. `parts` are worked out now; the others are told where they are known.

    With `alone` nothing but these parts is told.

    Raises UsageError for a table, a draw, a world or a feature that is none.
    """
    situation = seen(session.now().situation, asked.view)
    draw, _ = draw_of(asked.draw), world_of(asked.world)
    _require_period(asked.features)
    try:
        at = _table(situation, asked.table)
        known = classed(situation, asked.features)
        told = {part: _part(session, asked, at, part, parts, alone) for part in PARTS}
        able = session.answer("seats", asked.view, at, compute=lambda case: seats(*_of_draw(case, asked, at)))
    except (AnalysisError, BoardError) as why:
        return Nothing(str(why))
    return Heading(
        asked=asked,
        sheet=_classes(known),
        fields=fields(known, asked.features),
        chosen=bool(asked.features),
        courses=told["courses"],
        pressing=told["pressing"],
        story=told["story"],
        draw=draw,
        largest=max(LARGEST, draw),
        draws=DRAWS,
        pressed=min(PRESSED, DRAWS),
        worlds=tuple((world, WORLDS[world]) for world in NAMED),
        tables=tuple((t.id, capital(t.name)) for t in situation.tables if len(t.consent) > 1),
        seats=able,
    )


def answered_courses(session: Session, asked: Asked, table: str) -> Outlook:
    """Return the model's courses, without any agenda held."""
    return session.answer(
        *_question("outlook", asked, table),
        compute=lambda case: ask_outlook(seen(case.situation, asked.view), _asking(asked, table), review=case.review),
    )


def pressed_on(session: Session, asked: Asked, table: str) -> Outlook:
    """Return the model's courses with each agenda held, too."""
    return session.answer(
        *_question("pressing", asked, table),
        compute=lambda _: with_pressed(answered_courses(session, asked, table), _asking(asked, table)),
    )


def draw_told(session: Session, asked: Asked, table: str) -> Told:
    """Return one draw, told.

    Raises UsageError for a draw or a world that is none.
    """
    return session.answer(*_of_story(asked, table), compute=lambda case: ask_story(*_of_draw(case, asked, table)))


def table_at(session: Session, asked: Asked) -> str:
    """Return the table that is asked about, in the view that is asked for.

    Raises UsageError for one that is none, BoardError where there are no talks.
    """
    return _table(seen(session.now().situation, asked.view), asked.table)


def draw_of(said: str) -> int:
    """Read the number of a draw.

    Raises UsageError where it is none.

    >>> draw_of("12")
    12
    """
    if not (said.isascii() and said.isdigit() and len(said) < 10 and int(said) <= MOST_DRAW):
        raise UsageError(f"'{said[:40]}' is no draw. Give a whole number from 0 to {MOST_DRAW:,}.")
    return int(said)


def world_of(said: str) -> World:
    """Read the name of a world.

    Raises UsageError where it is none.

    >>> world_of("drift")
    'drift'
    """
    found = next((world for world in NAMED if world == said), None)
    if found is None:
        raise UsageError(f"'{said[:40]}' is no named world. Choose one of: {', '.join(NAMED)}.")
    return found


def fields(known: Classed, features: Sequence[str]) -> tuple[Field, ...]:
    """List what an analyst may take the case to be, what the text proposes first.

    >>> from detente.desk.outlook import classed
    >>> [field.name for field in fields(classed(Situation(title="Dam")), ())][:2]
    ['mediated', 'protracted']
    """
    said = dict(row.split("=", 1) for row in features)
    proposed = {one.feature: one.values for one in known.suggested}
    found = []
    for name, values in OF_FEATURE.items():
        first = Choice("", f"as proposed: {values_in_words(proposed.get(name, ()))}", name not in said)
        rest = [Choice(v, VALUES[v], said.get(name) == v) for v in values]
        found.append(Field(name, ASKED[name], (first, *rest, Choice("open", "left open", said.get(name) == "open"))))
    usual = known.classes[0].features.period if PERIOD not in said else ""
    periods = tuple(Choice("" if p == usual else p, p, said.get(PERIOD, usual) == p) for p in PERIODS)
    return (*found, Field(PERIOD, "crises of which years are counted", periods))


def _require_period(features: Sequence[str]) -> None:
    said = dict(row.split("=", 1) for row in features).get(PERIOD, PERIODS[0])
    if said not in PERIODS:
        raise UsageError(f"Crises of '{said[:40]}' are not counted. Choose one of: {', '.join(PERIODS)}.")


def _part(session: Session, asked: Asked, table: str, part: str, parts: Sequence[str], alone: bool) -> Sheet | None:
    """Tell one part where it is asked for, or known already."""
    question = _of_story(asked, table) if part == "story" else _question(_NAMES[part], asked, table)
    if part not in parts and (alone or not session.knows(*question)):
        return None
    return _TOLD[part](session, asked, table)


def _question(what: str, asked: Asked, table: str) -> tuple[str, ...]:
    return (what, asked.view, table, str(DRAWS))


def _of_story(asked: Asked, table: str) -> tuple[str, ...]:
    return ("story", asked.view, table, asked.world, str(draw_of(asked.draw)))


def _asking(asked: Asked, table: str) -> OutlookAsked:
    return OutlookAsked(table=table, press=False, supply=asked.view != "text")


def _of_draw(case: Case, asked: Asked, table: str) -> tuple[Case, StoryAsked]:
    """Return a case as it is seen, and which draw of it is told."""
    draw, world = draw_of(asked.draw), world_of(asked.world)
    return viewed(case, asked.view), StoryAsked(draw=draw, world=world, table=table, supply=asked.view != "text")


def _table(situation: Situation, table: str) -> str:
    if table and table not in (known := [t.id for t in situation.tables]):
        raise UsageError(f"'{table[:60]}' is not a table here. Its tables: {', '.join(known) or 'none'}.")
    return table_of(situation, table or None)


def _classes(known: Classed) -> Sheet:
    told = Classing(known, Register())
    steps = told.plain("Rates and their intervals are given in steps of five.", STEPS)
    sections = [Section("taken", "What the case is taken to be", _taken(told))]
    for one in known.classes:
        said, *drawn = classes.of_event(one, told)
        if one.event == "agreement":
            drawn += dated.blocks(one, told)
        sections.append(Section(f"{one.event}-said", EVENTS[one.event], (said,)))
        sections.append(Section(one.event, EVENTS[one.event], tuple(drawn)))
    sections.append(Section("steps", "Steps", (Paragraph((steps,)),)))
    return named(known.situation, sections, told.register)


def _taken(told: Classing) -> tuple[Block, ...]:
    return (Listing(classes.taken_as(told, entered=BY_ADDRESS)),)


def _courses(session: Session, asked: Asked, table: str) -> Sheet:
    found = answered_courses(session, asked, table)
    told = Telling(found, Names(found.situation), Register())
    sections = (
        Section("courses", "What the model's courses do", courses.blocks(told)),
        Section("ground", "What the courses rest on", ground.blocks(told, hint="")),
        Section("sure", "How sure the judgements are", sure.blocks(told)),
    )
    return named(found.situation, sections, told.register, prefix="courses-")


def _pressing(session: Session, asked: Asked, table: str) -> Sheet:
    found = pressed_on(session, asked, table)
    told = Telling(found, Names(found.situation), Register())
    short = pressing.in_short(told)
    sections = (
        Section("short", "In short", (Paragraph(short),) if short else ()),
        Section("pressing", "What pressing does", pressing.blocks(told)),
    )
    return named(found.situation, sections, told.register, prefix="pressing-")


def _story(session: Session, asked: Asked, table: str) -> Sheet:
    found, register = draw_told(session, asked, table), Register()
    return named(found.situation, story_sections(found, register), register, prefix="story-")


_NAMES = {"courses": "outlook", "pressing": "pressing"}
_TOLD = {"courses": _courses, "pressing": _pressing, "story": _story}
