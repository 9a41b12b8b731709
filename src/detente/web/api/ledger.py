"""The ledger as data: what is due, the questions with all that was said of them, and everything that adds rows."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from detente.desk.documents import as_day
from detente.desk.ledger import asking, saying, scored, sealed, words
from detente.desk.ledger.carried import Sent
from detente.desk.ledger.moved import packed
from detente.desk.ledger.page import chain, open_ledger
from detente.desk.ledger.place import clock, to_write_in
from detente.desk.ledger.record import MOMENTS
from detente.desk.ledger.suggesting import suggested
from detente.desk.ledger.written import Written
from detente.errors import UsageError
from detente.web.api import WRONG, Dossier
from detente.web.asked import Ask

router = APIRouter(prefix="/api/ledger")
Day = Annotated[str, Query(max_length=10, description="As of which day, such as 2026-02-08; today otherwise.")]
State = Annotated[list[str] | None, Query(max_length=10, description="Only questions that stand so; several times.")]
At = Annotated[str, Query(max_length=20, description="first, last or over-time: which forecasts count.")]
Head = Annotated[str, Query(max_length=90, description="NUMBER:HASH, a head that was kept elsewhere.")]
AsOf = Annotated[str, Field(max_length=10, description="As of which day; today where it is empty.")]
Id = Annotated[str, Field(max_length=400)]
Said = Annotated[str, Field(max_length=8_000)]


class LedgerOut(BaseModel):
    """Questions with every forecast and resolution, as `detente ledger list --json` gives them."""

    ledger: str
    rows: int
    head: str
    questions: list[dict[str, Any]]


class LapsingOut(BaseModel):
    """A forecast that lapsed, or soon will."""

    question: str
    row: int
    by: str
    lapses: str


class DueOut(BaseModel):
    """What waits for somebody."""

    as_of: str
    closed: list[str]
    lapsed: list[LapsingOut]
    lapsing: list[LapsingOut]


class SuggestionOut(BaseModel):
    """A question that could be opened; what a class says of it never stands without its ground."""

    id: str
    text: str
    criteria: str
    closes: str
    given: str
    asked: bool
    says: str | None
    ground: str | None


class WrittenOut(BaseModel):
    """Rows that were added and are on the disk, and the head of the ledger after them."""

    rows: list[int]
    head: str
    says: str


class VerifiedOut(BaseModel):
    """What is wrong with a ledger, row by row, and its head; `against` is the head it was compared with."""

    rows: int
    head: str | None
    against: str | None
    faults: list[str]


class OpenIn(BaseModel):
    """Which of the suggested questions to open; all of them where none is named."""

    ids: list[Id] | None = Field(None, max_length=200)
    as_of: AsOf = ""
    forecast: bool = True


class AskIn(BaseModel):
    """A question of somebody's own."""

    text: Id
    criteria: Said
    closes: str = Field("", max_length=10)
    sources: list[Id] = Field([], max_length=50)
    choices: list[Id] = Field([], max_length=50)
    ordered: bool = False
    scale: str | None = Field(None, max_length=100, description="LOW..HIGH for a question that asks for a number.")
    unit: str | None = Field(None, max_length=80)
    given: str | None = Field(None, max_length=400, description="ID=OUTCOME of the question that it hangs on.")
    within: int | None = Field(None, ge=0, le=36_500)
    cluster: str | None = Field(None, max_length=120)
    topics: list[Id] = Field([], max_length=50)
    as_of: AsOf = ""


class ForecastIn(BaseModel):
    """How likely it is, a share for each answer, or values at shares; neither where a reference class is to speak."""

    question: Id
    probabilities: list[float] = Field([], max_length=50)
    quantiles: list[tuple[float, float]] = Field([], max_length=50)
    comparisons: list[str] = Field([], max_length=20, description="NAME=P@DATE.")
    lapses: str = Field("", max_length=10)
    note: Said | None = None
    as_of: AsOf = ""


class ChangeIn(BaseModel):
    """A forecast of who asks that stands on, or is withdrawn."""

    question: Id
    lapses: str = Field("", max_length=10)
    note: Said | None = None
    as_of: AsOf = ""


class ResolveIn(BaseModel):
    """How a question came out; a number, written in digits, where it asks for one."""

    question: Id
    outcome: Id
    on: str = Field("", max_length=10)
    sources: list[Id] = Field([], max_length=50)
    documents: list[Id] = Field([], max_length=50)
    note: Said | None = None


@router.get("", responses=WRONG, response_model=LedgerOut)
def ledger(asked: Ask, question: str = "", state: State = None, dossier: Dossier = None) -> Response:
    """List the questions of a ledger with everything, or one of them."""
    found = open_ledger(asked.session, clock())
    return _json(words.as_json(found, question or None, tuple(state or ())))


@router.get("/due", responses=WRONG, response_model=DueOut)
def due(asked: Ask, dossier: Dossier = None) -> Response:
    """List what waits for somebody."""
    return _json(words.due_as_json(open_ledger(asked.session, clock())))


@router.get("/suggested", responses=WRONG)
def suggestions(asked: Ask, as_of: Day = "", dossier: Dossier = None) -> list[SuggestionOut]:
    """List the questions that the situation suggests, and what reference classes say of them."""
    found = suggested(asked.session, as_of=as_day(as_of, what="as of"), now=clock())
    return [
        SuggestionOut(
            id=one.id, text=one.text, criteria=one.criteria, closes=one.closes, given=one.given, asked=one.asked,
            says=one.said.says if one.said else None, ground=one.said.ground if one.said else None,
        )
        for _, group in found.groups
        for one in group
    ]  # fmt: skip


@router.get("/scores", responses=WRONG)
def scores(asked: Ask, at: At = MOMENTS[0], dossier: Dossier = None) -> dict[str, Any]:
    """Score the forecasts, in time and retrospective apart, as `detente ledger score --json` does."""
    moment = next((m for m in MOMENTS if m == at), None)
    if moment is None:
        raise UsageError(f"'{at}' does not say which forecasts count. Choose one of: {', '.join(MOMENTS)}.")
    found: dict[str, Any] = json.loads(scored.as_json(scored.ask_score(open_ledger(asked.session, clock()), at=moment)))
    return found


@router.get("/verified", responses=WRONG)
def verified(asked: Ask, head: Head = "", dossier: Dossier = None) -> VerifiedOut:
    """Say whether the ledger is still what was written."""
    found: sealed.Verified = chain(asked.session, head=head or None)
    faults = [fault.what for fault in found.faults]
    return VerifiedOut(rows=found.rows, head=found.head, against=found.against, faults=faults)


@router.get("/export", responses={**WRONG, 200: {"content": {"application/zip": {}}}}, response_class=Response)
def export(asked: Ask, form: Annotated[str, Query(max_length=40)] = "package", dossier: Dossier = None) -> Response:
    """Send the ledger as one file: package, metaculus-csv or metaculus-json."""
    open_ledger(asked.session, clock())
    made = packed(asked.session.folder, form=form, sent=Sent(), now=clock())
    return Response(made.content, media_type=made.media)


@router.post("/opened", responses=WRONG)
def open_suggested(asked: Ask, given: OpenIn, dossier: Dossier = None) -> WrittenOut:
    """Open questions that the situation suggests."""
    made, day = to_write_in(asked.session.folder), as_day(given.as_of, what="as of")
    return _written(asking.ask_suggested(made, given.ids, by=asked.by, as_of=day, now=clock(), forecast=given.forecast))


@router.post("/asked", responses=WRONG)
def ask(asked: Ask, given: AskIn, dossier: Dossier = None) -> WrittenOut:
    """Open a question of one's own."""
    own = asking.Own(
        given.text, as_day(given.closes, what="closes"), given.criteria, tuple(given.sources), tuple(given.choices),
        given.ordered, given.scale, given.unit, given.given, given.within, given.cluster, tuple(given.topics),
    )  # fmt: skip
    made, day = to_write_in(asked.session.folder), as_day(given.as_of, what="as of")
    return _written(asking.ask_own(made, own, by=asked.by, as_of=day, now=clock()))


@router.post("/forecast", responses=WRONG)
def forecast(asked: Ask, given: ForecastIn, dossier: Dossier = None) -> WrittenOut:
    """Record a forecast: one's own, or without a number what a reference class says."""
    said = saying.Given(
        probabilities=tuple(str(p) for p in given.probabilities),
        quantiles=tuple(f"{share}={value}" for share, value in given.quantiles),
        comparisons=tuple(given.comparisons),
        lapses=as_day(given.lapses, what="last day"),
        note=given.note,
    )
    day = as_day(given.as_of, what="as of")
    return _written(saying.forecast(asked.session.folder, given.question, said, by=asked.by, as_of=day, now=clock()))


@router.post("/reaffirmed", responses=WRONG)
def reaffirm(asked: Ask, given: ChangeIn, dossier: Dossier = None) -> WrittenOut:
    """Let one's own forecast stand on."""
    said = saying.Given(lapses=as_day(given.lapses, what="last day"), note=given.note)
    day = as_day(given.as_of, what="as of")
    return _written(saying.reaffirm(asked.session.folder, given.question, said, by=asked.by, as_of=day, now=clock()))


@router.post("/withdrawn", responses=WRONG)
def withdraw(asked: Ask, given: ChangeIn, dossier: Dossier = None) -> WrittenOut:
    """Withdraw one's own forecast."""
    day = as_day(given.as_of, what="as of")
    return _written(
        saying.withdraw(asked.session.folder, given.question, given.note, by=asked.by, as_of=day, now=clock())
    )


@router.post("/resolved", responses=WRONG)
def resolve(asked: Ask, given: ResolveIn, dossier: Dossier = None) -> WrittenOut:
    """Say how a question came out; what was said before is superseded, and stays."""
    said = saying.Outcome(
        given.outcome, as_day(given.on, what="on"), tuple(given.sources), tuple(given.documents), given.note
    )
    return _written(saying.resolve(asked.session.folder, given.question, said, by=asked.by, now=clock()))


def _written(done: Written) -> WrittenOut:
    head = f"{done.book.rows}:{done.book.head}"
    return WrittenOut(rows=[row.number for row in done.rows], head=head, says=words.written(done))


def _json(content: str) -> JSONResponse:
    return JSONResponse(json.loads(content))
