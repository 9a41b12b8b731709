"""What lies ahead, as data for programs: without a deal, in cases like it, in the model's courses, in one draw?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from detente.brief.document import block_sentences
from detente.brief.no_agreement import Covered, InWorld, NoAgreement
from detente.brief.register import Register
from detente.brief.sections.no_deal.crises import ENDS
from detente.brief.sections.outlook.telling import Standing, standing
from detente.brief.sections.story.page import told as draw_sections
from detente.desk.no_agreement import from_state
from detente.desk.no_deal_page import Asked as NoDealAsked
from detente.desk.no_deal_page import answered, in_force_of
from detente.desk.outlook import classed
from detente.desk.outlook_page import Asked, answered_courses, draw_told, pressed_on, table_at
from detente.desk.session import Session
from detente.desk.sheet import seen
from detente.outlook.classes.nested import Nested

__all__ = [
    "ClassRow",
    "CourseRow",
    "Covered",
    "CrisisRow",
    "Told",
    "ValueRow",
    "WithoutDeal",
    "WorldRow",
    "classes",
    "courses",
    "story",
    "without_deal",
]


@dataclass(frozen=True, slots=True)
class WorldRow:
    """Whether a state holds in one world: at the best guess, over the ranges, and in what share of draws."""

    world: str
    holds: bool
    verdict: str | None
    share_of_draws: float | None
    states: int
    stable: int


@dataclass(frozen=True, slots=True)
class CrisisRow:
    """A crisis in one world: the likeliest end of every equilibrium at the best guess, and draws by how many."""

    challenger: str
    target: str
    world: str
    likeliest_ends: tuple[str, ...]
    draws_by_equilibria: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """What a party has without a deal in one world, in points beside today: over draws and equilibria."""

    party: str
    world: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutDeal:
    """Everything about one state without a deal."""

    table: str | None
    concept: str
    draws: int
    seed: int
    worlds: tuple[WorldRow, ...]
    crises: tuple[CrisisRow, ...]
    values: tuple[ValueRow, ...]
    coverage: tuple[Covered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """A rate with all that must stand beside it."""

    event: str
    definition: str
    class_name: str
    source: str
    role: str
    k: int
    n: int
    rate: float
    low: float
    high: float
    weight_of_model: float


@dataclass(frozen=True, slots=True)
class CourseRow:
    """What stands after the last round of one world: counts of draws, no probabilities; `agenda` where one is held."""

    agenda: str | None
    counts: Standing


@dataclass(frozen=True, slots=True)
class Told:
    """A part of a story: its title and its sentences."""

    title: str
    sentences: tuple[str, ...]


def without_deal(session: Session, asked: NoDealAsked) -> WithoutDeal:
    """Say what happens without a deal.

    Raises what `ask_no_agreement` and `from_state` raise.
    """
    found = from_state(answered(session, asked), in_force_of(asked.start))
    return WithoutDeal(
        table=found.table,
        concept=found.concept,
        draws=found.draws,
        seed=found.seed,
        worlds=tuple(_world(one, found) for one in found.worlds),
        crises=tuple(_crises(found)),
        values=tuple(_values(found)),
        coverage=found.coverage,
    )


def classes(session: Session, asked: Asked) -> tuple[ClassRow, ...]:
    """List the reference classes: those the case is put in, and those that can be defended as well.

    Raises what `classed` raises.
    """
    found = classed(seen(session.now().situation, asked.view), asked.features)
    rows = []
    for one in found.classes:
        rows += [_class(each, "chosen", found.weight) for each in one.chosen.classes]
        rows += [_class(chain.last, "beside", found.weight) for chain in one.beside]
    return tuple(rows)


def courses(session: Session, asked: Asked) -> tuple[CourseRow, ...]:
    """Count what stands after the last round, world by world, then with each agenda held.

    Raises what `ask_outlook` raises.
    """
    at = table_at(session, asked)
    found = answered_courses(session, asked, at)
    every = range(len(found.sums.setting.worlds))
    rows = [CourseRow(None, standing(found.sums, w)) for w in every]
    for one in pressed_on(session, asked, at).pressed:
        rows += [CourseRow(one.agenda, standing(one.sums, w)) for w in every]
    return tuple(rows)


def story(session: Session, asked: Asked) -> tuple[Told, ...]:
    """Tell one draw.

    Raises UsageError for a draw or a world that is none, BoardError where there are no talks.
    """
    sections = draw_sections(draw_told(session, asked, table_at(session, asked)), Register())
    return tuple(Told(s.title, tuple(each.text for b in s.blocks for each in block_sentences(b))) for s in sections)


def _world(one: InWorld, found: NoAgreement) -> WorldRow:
    at = one.stability.concepts.index(found.concept)
    steady = one.steady
    asked = None if steady is None or found.concept not in steady.concepts else steady.concepts.index(found.concept)
    held = one.stability.equilibrium[at]
    return WorldRow(
        world=one.world,
        holds=bool(held[one.at]),
        verdict=None if steady is None or asked is None else steady.verdict[asked][one.at],
        share_of_draws=None if steady is None or asked is None else float(steady.share[asked, one.at]),
        states=one.outside.conflict.count,
        stable=int(held.sum()),
    )


def _crises(found: NoAgreement) -> Iterator[CrisisRow]:
    names = list(ENDS.values())
    for one in found.crises:
        likeliest = tuple(names[int(np.argmax(one.best.outcome[k]))] for k in range(int(one.best.count)))
        many, draws = np.unique(one.found.count[one.kept], return_counts=True)
        counts = tuple(zip(many.tolist(), draws.tolist(), strict=True))
        yield CrisisRow(one.dyad.challenger, one.dyad.target, one.world, likeliest, counts)


def _values(found: NoAgreement) -> Iterator[ValueRow]:
    values = found.values
    if values is None:
        return
    for p, party in enumerate(values.parties):
        for w, world in enumerate(values.worlds):
            cells = values.mean[w, :, p], values.low[w, :, p], values.high[w, :, p]
            if not all(np.isfinite(cell).any() for cell in cells):
                continue  # nobody could challenge this party there, nor it anybody
            mean, low, high = float(np.nanmean(cells[0])), float(np.nanmin(cells[1])), float(np.nanmax(cells[2]))
            yield ValueRow(party, world, mean, low, high)


def _class(one: Nested, role: str, weight: float) -> ClassRow:
    of = one.of
    return ClassRow(
        event=of.event.words,
        definition=of.event.definition,
        class_name=of.words,
        source=of.source.name,
        role=role,
        k=of.k,
        n=of.n,
        rate=one.rate,
        low=one.bounds.low,
        high=one.bounds.high,
        weight_of_model=weight,
    )
