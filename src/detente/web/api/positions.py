"""What the pages of positions and silences show, as data: who wants what, who prevails, what is left open."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from detente.desk.inside import Prevailing, prevailing
from detente.desk.lanes import Stand, Value, lanes
from detente.desk.silences import unsaid
from detente.web.api import WRONG, Dossier
from detente.web.asked import Ask

router = APIRouter(prefix="/api")
Issue = Annotated[str, Query(max_length=400, description="One issue alone, by its id.")]
Party = Annotated[str, Query(max_length=400, description="Only the issues on which this party has a stance.")]
View = Annotated[str, Query(max_length=20, description="text: without what the program supplied.")]


class ValueOut(BaseModel):
    """A value of a stance: its path, how it is written (low,best,high), how it is known."""

    path: str
    value: str
    basis: str


class StanceOut(BaseModel):
    """What a party wants on an issue, how much it matters to it, and what it will not accept."""

    party: str
    name: str
    position: ValueOut
    salience: ValueOut
    red_line: ValueOut | None


class ApartOut(BaseModel):
    """How far two parties are apart, as a share of the scale."""

    one: str
    other: str
    share: float


class LaneOut(BaseModel):
    """One issue, from the lowest best guess to the highest."""

    issue: str
    name: str
    stances: list[StanceOut]
    apart: list[ApartOut]


class PositionsOut(BaseModel):
    """Every lane, and the hash that an edit starts from."""

    hash: str
    issues: list[LaneOut]


class ModelOut(BaseModel):
    """What one model says: a value, the middle of its weight, or why it says nothing."""

    model: str
    value: float | None
    low: float | None
    median: float | None
    high: float | None
    why_not: str


class DecisionOut(BaseModel):
    """One issue inside a body: the default forecast, and every model beside it."""

    issue: str
    low: float
    median: float
    high: float
    models: list[ModelOut]


class BodyOut(BaseModel):
    """A body that decides together; with `veto` each member can say no, and this is no forecast."""

    body: str
    members: list[str]
    veto: bool
    draws: int
    issues: list[DecisionOut]


class FlipOut(BaseModel):
    """An agenda whose verdict changes once a silence is filled."""

    agenda: str
    before: str
    after: str


class SilenceOut(BaseModel):
    """Something that a report should say: whether it does, what changes, what to ask, which paths fill it."""

    what: str
    state: str
    open: bool
    changes: str
    flips: list[FlipOut]
    ask: str
    watch: str
    paths: list[str]


class SilencesOut(BaseModel):
    """What the reporting leaves open, the silences that change an answer first."""

    hash: str
    table: str
    silences: list[SilenceOut]


@router.get("/positions", responses=WRONG)
def positions(
    asked: Ask, party: Party = "", issue: Issue = "", view: View = "", dossier: Dossier = None
) -> PositionsOut:
    """Tell who wants what, and how far apart they are."""
    found = lanes(asked.session, view=asked.view, party=party or None, issue=issue or None)
    issues = [
        LaneOut(
            issue=lane.id,
            name=lane.name,
            stances=[_stance(s) for s in lane.stands],
            apart=[ApartOut(one=p, other=q, share=share) for p, q, share in lane.shares],
        )
        for lane in found.lanes
    ]
    return PositionsOut(hash=found.hash, issues=issues)


@router.get("/prevailing", responses=WRONG)
def who_prevails(asked: Ask, view: View = "", dossier: Dossier = None) -> list[BodyOut]:
    """Tell who prevails inside each body that decides together."""
    return [_body(one) for one in prevailing(asked.session, view=asked.view)]


@router.get("/silences", responses=WRONG)
def silences(asked: Ask, dossier: Dossier = None) -> SilencesOut:
    """Tell what the reporting leaves open; every agenda is decided again for each silence."""
    found = unsaid(asked.session, ranked=True)
    rows = [
        SilenceOut(
            what=row.cells[0].text,
            state=row.cells[1].text,
            open=row.open,
            changes=row.cells[2].text,
            flips=[FlipOut(agenda=agenda, before=before, after=after) for agenda, before, after in row.flips],
            ask=row.cells[3].text,
            watch=row.cells[4].text,
            paths=[entry.path for entry in row.entries],
        )
        for row in found.rows
    ]
    return SilencesOut(hash=found.hash, table=found.table, silences=rows)


def _value(one: Value) -> ValueOut:
    return ValueOut(path=one.path, value=one.written, basis=one.basis)


def _stance(one: Stand) -> StanceOut:
    line = _value(one.red_line) if one.red_line else None
    return StanceOut(
        party=one.party, name=one.name, position=_value(one.position), salience=_value(one.salience), red_line=line
    )


def _body(one: Prevailing) -> BodyOut:
    issues = [
        DecisionOut(
            issue=on.issue,
            low=on.forecast.low,
            median=on.forecast.median,
            high=on.forecast.high,
            models=[
                ModelOut(
                    model=lens.name,
                    value=lens.point,
                    low=lens.band.low if lens.band else None,
                    median=lens.band.median if lens.band else None,
                    high=lens.band.high if lens.band else None,
                    why_not=lens.why_not,
                )
                for lens in on.lenses
            ],
        )
        for on in one.issues
    ]
    members = list(one.members)
    return BodyOut(body=one.body or one.table or "", members=members, veto=one.veto, draws=one.draws, issues=issues)
