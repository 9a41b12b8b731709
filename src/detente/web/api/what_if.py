"""What would change it, as data: the answers now and then, and the sets of edits that are kept."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from detente.desk.scenarios import drop, keep, scenarios
from detente.desk.trying import ALL, FIRST, Trying, effective, ready, trying
from detente.desk.whatif import tried
from detente.errors import UsageError
from detente.web.api import WRONG, Dossier
from detente.web.asked import Ask

router = APIRouter(prefix="/api")
Edit = Annotated[
    list[str],
    Query(
        max_length=24,
        description="PATH=25, PATH=0..50, PATH=0,25,50 or agenda.ISSUE=MODE; may be given several times.",
    ),
]
About = Annotated[str, Query(max_length=20, description="deals, no-deal or courses.")]
Table = Annotated[str | None, Query(max_length=255)]


class ChangedOut(BaseModel):
    """One answer on both sides: its means, in how many draws it rose and fell, and the sign test of that."""

    name: str
    kind: str
    draws: int
    before: float
    after: float
    difference: float
    error: float
    rose: int
    fell: int
    sign: float


class WhatIfOut(BaseModel):
    """What would be different, in the same draws; `hash` is of the situation as it stands."""

    hash: str
    about: str
    table: str
    agendas: tuple[str, str]
    edits: list[str]
    draws: int
    answers: list[ChangedOut]


class ScenarioIn(BaseModel):
    """What is to be kept under a name."""

    name: str = Field(max_length=80)
    about: str = Field("deals", max_length=20)
    table: str | None = Field(None, max_length=255)
    edits: list[str] = Field(max_length=24)


class ScenarioOut(BaseModel):
    """A set of edits under a name, and who kept it when."""

    name: str
    edits: list[str]
    by: str
    made: str


@router.get("/what-if", responses=WRONG)
def what_if(
    asked: Ask, edit: Edit, about: About = "deals", table: Table = None, first: bool = False, dossier: Dossier = None
) -> WhatIfOut:
    """Say what would be different if some inputs, or the agenda, were others; `first` asks the leading draws alone."""
    wanted = _wanted(edit, about, table, asked.view)
    held = ready(asked.session, wanted, draws=(FIRST if first else ALL)[wanted.about])
    edits = effective(held, wanted)
    *_, found = tried(held, edits)
    last = found.answers[-1]
    answers = [
        ChangedOut(
            name=c.answer.name, kind=c.answer.kind, draws=c.draws, before=c.before, after=c.after,
            difference=c.difference, error=c.error, rose=c.rose, fell=c.fell, sign=c.sign,
        )
        for c in last.changes
    ]  # fmt: skip
    return WhatIfOut(
        hash=asked.session.now().hash, about=wanted.about, table=found.table, agendas=found.agendas,
        edits=list(edits), draws=last.draws, answers=answers,
    )  # fmt: skip


@router.get("/scenarios", responses=WRONG)
def all_scenarios(asked: Ask, dossier: Dossier = None) -> list[ScenarioOut]:
    """List the sets of edits that are kept."""
    return [
        ScenarioOut(name=s.name, edits=[f"{path}={value}" for path, value in s.edits or ()], by=s.by, made=s.made)
        for s in scenarios(asked.session)
    ]


@router.post("/scenarios", responses=WRONG)
def keep_one(asked: Ask, scenario: ScenarioIn, dossier: Dossier = None) -> ScenarioOut:
    """Keep a set of edits under a name."""
    wanted = _wanted(scenario.edits, scenario.about, scenario.table, asked.view)
    made = keep(asked.session, scenario.name, wanted, by=asked.by)
    edits = [f"{path}={value}" for path, value in made.edits or ()]
    return ScenarioOut(name=made.name, edits=edits, by=made.by, made=made.made)


@router.delete("/scenarios", responses=WRONG)
def drop_one(asked: Ask, name: Annotated[str, Query(max_length=80)], dossier: Dossier = None) -> list[ScenarioOut]:
    """Take one away, and list those that are left."""
    drop(asked.session, name, by=asked.by)
    return all_scenarios(asked)


def _wanted(edits: list[str], about: str, table: str | None, view: str) -> Trying:
    """Read edits as the command takes them."""
    pairs = [("about", about), ("table", table or ""), ("view", view)]
    for one in edits:
        path, _, value = (part.strip() for part in one.partition("="))
        if "." not in path or not value:
            raise UsageError(f"'{one[:80]}' is no edit. Write PATH=25, PATH=0,25,50 or agenda.ISSUE=MODE.")
        pairs.append((path, value))
    return trying(pairs)
