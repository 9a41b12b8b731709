"""What the page of deals shows, as data: a table on an agenda, one package judged, the agendas side by side."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from detente.desk.bargained import Bargain, bargain
from detente.desk.deals_page import moved
from detente.desk.deals_told import MatrixCell, matrix
from detente.desk.explorer import Offer, Slider, explored, ideas, laid_out
from detente.web.api import WRONG, Dossier
from detente.web.asked import Ask

router = APIRouter(prefix="/api")
Table = Annotated[
    str, Query(max_length=400, description="Which table, by its id; the first with several parties else.")
]
Agenda = Annotated[str, Query(max_length=4000, description="Such as missiles=option,proxies=precondition:israel.")]
NoDeal = Annotated[str, Query(max_length=400, description="auto, status-quo or entered.")]
View = Annotated[str, Query(max_length=20, description="text: without what the program supplied.")]
Package = Annotated[str, Query(max_length=4000, description="Such as enrichment:25,sanctions:30; as today else.")]
Locked = Annotated[str, Query(max_length=4000, description="Issues that better packages leave as they are.")]


class LevelOut(BaseModel):
    """A level of an issue, and why it cannot be agreed on, if it cannot."""

    at: str
    words: str
    barred: str
    today: bool


class IssueOut(BaseModel):
    """An issue of a table: how it stands on the agenda, and its levels."""

    issue: str
    name: str
    mode: str
    open: bool
    levels: list[LevelOut]


class TableOut(BaseModel):
    """A table on an agenda; `ideas` are the packages that ideas of a reasonable deal choose, null where none is."""

    table: str
    agenda: str
    parties: list[str]
    ratifiers: list[str]
    issues: list[IssueOut]
    ideas: dict[str, str | None]


class RefusalOut(BaseModel):
    """What stands in the way of a package, and the path of the input behind it, if it is one."""

    words: str
    path: str | None


class OfferOut(BaseModel):
    """A package near the one asked about, and what is said of it."""

    words: str
    package: str


class PackageOut(BaseModel):
    """One package judged; gains are points beside no deal."""

    package: str
    verdict: str
    is_deal: bool
    on_frontier: bool
    gains: dict[str, float]
    refusals: list[RefusalOut]
    better: OfferOut | None
    unblocked: OfferOut | None
    beyond_locks: OfferOut | None


class AgendaOut(BaseModel):
    """One agenda: the verdict over all values, and in short who gains or blocks."""

    issues: str
    mode: str
    agenda: str
    state: str
    verdict: str
    words: list[str]


def place_of(
    asked: Ask, table: Table = "", agenda: Agenda = "", no_deal: NoDeal = "", view: View = "", dossier: Dossier = None
) -> Bargain:
    """Return the table and the agenda that are asked about."""
    return bargain(table, agenda, no_deal, view=asked.view)


Place = Annotated[Bargain, Depends(place_of)]


@router.get("/deals", responses=WRONG)
def deals(asked: Ask, place: Place) -> TableOut:
    """Lay a table and an agenda out, with the packages that ideas of a reasonable deal choose."""
    laid = laid_out(asked.session, place)
    now = explored(laid, laid.board.status_quo)
    return TableOut(
        table=laid.board.table,
        agenda=laid.plan.name,
        parties=list(laid.board.parties),
        ratifiers=list(laid.ground.held.parties[len(laid.board.parties) :]),
        issues=[_issue(one) for one in now.sliders],
        ideas={i.concept: i.package for i in ideas(asked.session, place, laid.board.status_quo, ())},
    )


@router.get("/deals/package", responses=WRONG)
def package(asked: Ask, place: Place, package: Package = "", locked: Locked = "") -> PackageOut:
    """Judge one package: who gains what, who says no and why, and what near it would do better."""
    now = moved(asked.session, place, package=package, locked=locked).explored
    return PackageOut(
        package=now.package,
        verdict=now.verdict,
        is_deal=now.deal,
        on_frontier=now.frontier,
        gains={party: points for party, _, points in now.gains},
        refusals=[RefusalOut(words=r.words, path=r.path) for r in now.refusals],
        better=_offer(now.better),
        unblocked=_offer(now.unblocked),
        beyond_locks=_offer(now.beyond_locks),
    )


@router.get("/deals/agendas", responses=WRONG)
def agendas(asked: Ask, place: Place) -> list[AgendaOut]:
    """Compare the agendas of a table, today's first; this takes some seconds when it is first asked."""
    found = matrix(asked.session, place)
    today = [_agenda("", found.today)] if found.today is not None else []
    return today + [_agenda(name, cell) for name, row in found.rows for cell in row if cell is not None]


def _issue(one: Slider) -> IssueOut:
    levels = [LevelOut(at=t.value, words=t.words, barred=t.barred, today=t.today) for t in one.ticks]
    return IssueOut(issue=one.issue, name=one.name, mode=one.mode, open=one.free, levels=levels)


def _offer(one: Offer | None) -> OfferOut | None:
    return OfferOut(words=one.words, package=one.package) if one is not None else None


def _agenda(issues: str, one: MatrixCell) -> AgendaOut:
    words = list(one.words)
    return AgendaOut(issues=issues, mode=one.mode, agenda=one.agenda, state=one.state, verdict=one.verdict, words=words)
