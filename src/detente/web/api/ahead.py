"""What lies ahead, as data: without a deal, in cases like it, in the model's courses, in one draw and in a seat."""

from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from detente.desk import ahead_data
from detente.desk.no_agreement import CONCEPT
from detente.desk.no_deal_page import Asked as NoDealAsked
from detente.desk.outlook_page import Asked
from detente.desk.seat_page import Asked as SeatAsked
from detente.desk.seat_page import seated
from detente.desk.story import MOST_DRAW, WORLD
from detente.web.api import WRONG, Dossier
from detente.web.asked import Ask

router = APIRouter(prefix="/api")
Table = Annotated[str, Query(max_length=120, description="Which talks, by the table's id; the first otherwise.")]
View = Annotated[str, Query(max_length=20, description="text: without what the program supplied.")]
Concept = Annotated[str, Query(max_length=20, description="nash, seq, sim, smr or gmr.")]
Start = Annotated[str, Query(max_length=2000, description="Moves in force, by commas; 'nothing'; today's otherwise.")]
Features = Annotated[list[str] | None, Query(max_length=12, description="Such as mediated=mediated; several times.")]
Draw = Annotated[int, Query(ge=0, le=MOST_DRAW, description="Which draw, from 0.")]
World = Annotated[str, Query(max_length=20, description="drift, squeeze or force.")]
Party = Annotated[str, Query(max_length=120, description="Whose seat, by the party's id.")]
Moves = Annotated[str, Query(max_length=600, description="Numbers of choices, from 1, joined by dots.")]


class WorldOut(BaseModel):
    """Whether a state holds in one world; `share_of_draws` is a share of the model's draws, and no probability."""

    world: str
    holds: bool
    verdict: str | None
    share_of_draws: float | None
    states: int
    stable: int


class CrisisOut(BaseModel):
    """A crisis in one world, with every equilibrium; the second are (equilibria, draws)."""

    challenger: str
    target: str
    world: str
    likeliest_ends: list[str]
    draws_by_equilibria: list[tuple[int, int]]


class ValueOut(BaseModel):
    """What a party has without a deal in one world, in points beside today."""

    party: str
    world: str
    mean: float
    low: float
    high: float


class CoveredOut(BaseModel):
    """One act by one party, and the threats that answer it."""

    action: str
    actor: str
    against: str | None
    assumed: bool
    answered_by: list[str]


class WithoutDealOut(BaseModel):
    """What happens without a deal, from one state, by one idea of what holds."""

    table: str | None
    concept: str
    draws: int
    seed: int
    worlds: list[WorldOut]
    crises: list[CrisisOut]
    values: list[ValueOut]
    coverage: list[CoveredOut]


class ClassOut(BaseModel):
    """The rate of an event in a reference class, with its cases, its interval and what is counted."""

    event: str
    definition: str
    class_name: str
    source: str
    role: str = Field(description="chosen: the case is put in it, the narrowest last; beside: it can be defended, too.")
    k: int
    n: int
    rate: float
    low: float
    high: float
    weight_of_model: float


class CountsOut(BaseModel):
    """In how many draws what stands after the last round, and what was ever seen: counts, no probabilities."""

    world: str
    draws: int
    agreed: int
    conceded: int
    talking: int
    broken: int
    ever_broken: int
    force: int
    war: int


class CourseOut(BaseModel):
    """The courses in one world; `agenda` where one was held in every draw, null where it was agreed on."""

    agenda: str | None
    counts: CountsOut


class ToldOut(BaseModel):
    """A part of a story."""

    title: str
    sentences: list[str]


class OptionOut(BaseModel):
    """A choice in words, and the moves after it."""

    words: str
    moves: str


class SeatOut(BaseModel):
    """Where a seat is: what has happened since the last move, what is asked, and how it came out once it is over."""

    party: str
    news: list[str]
    question: str
    options: list[OptionOut]
    explained: list[str]
    ended: list[str]
    moves: str


@dataclass(frozen=True, slots=True)
class Place:
    """Which talks are asked about, in which view."""

    table: str
    view: str


def place_of(asked: Ask, table: Table = "", view: View = "", dossier: Dossier = None) -> Place:
    """Return the talks that are asked about."""
    return Place(table, asked.view)


At = Annotated[Place, Depends(place_of)]


@router.get("/no-deal", responses=WRONG)
def no_deal(asked: Ask, at: At, concept: Concept = CONCEPT, start: Start = "") -> WithoutDealOut:
    """Say what happens without a deal; takes some seconds when it is first asked of a situation."""
    question = NoDealAsked(table=at.table, concept=concept, start=start, view=at.view)
    return WithoutDealOut(**asdict(ahead_data.without_deal(asked.session, question)))


@router.get("/outlook/classes", responses=WRONG)
def classes(asked: Ask, at: At, feature: Features = None) -> list[ClassOut]:
    """List what became of cases like it, class by class."""
    question = Asked(view=at.view, features=tuple(feature or ()))
    return [ClassOut(**asdict(row)) for row in ahead_data.classes(asked.session, question)]


@router.get("/outlook/courses", responses=WRONG)
def courses(asked: Ask, at: At) -> list[CourseOut]:
    """Count the model's draws, world by world, on the agenda agreed on and with each held; takes some seconds."""
    question = Asked(table=at.table, view=at.view)
    return [CourseOut(**asdict(row)) for row in ahead_data.courses(asked.session, question)]


@router.get("/outlook/story", responses=WRONG)
def story(asked: Ask, at: At, draw: Draw = 0, world: World = WORLD) -> list[ToldOut]:
    """Tell one of the many draws: no forecast."""
    question = Asked(table=at.table, view=at.view, draw=str(draw), world=world)
    return [ToldOut(**asdict(part)) for part in ahead_data.story(asked.session, question)]


@router.get("/outlook/seat", responses=WRONG)
def seat(asked: Ask, at: At, party: Party, draw: Draw = 0, world: World = WORLD, moves: Moves = "") -> SeatOut:
    """Say where a seat in one draw is after some moves, and what may be chosen."""
    question = SeatAsked(party=party, draw=str(draw), world=world, table=at.table, view=at.view, moves=moves)
    found = seated(asked.session, question)
    return SeatOut(
        party=found.party,
        news=list(found.now.news),
        question=found.now.question,
        options=[OptionOut(words=o.words, moves=o.moves) for o in found.options],
        explained=list(found.now.explained),
        ended=list(found.ended),
        moves=found.moves,
    )
