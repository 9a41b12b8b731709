"""The JSON interface: what the pages show and change, as data, described at /api/openapi.json."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from detente.desk.session import Conflict, Edited
from detente.desk.why import explained
from detente.situation.paths import inputs
from detente.web.asked import Ask

router = APIRouter(prefix="/api")
Answers = dict[int | str, dict[str, Any]]
CONFLICT = 409
Path = Annotated[str, Query(max_length=400)]
Dossier = Annotated[str | None, Query(max_length=255, description="Which dossier; not needed where there is one.")]


class Problem(BaseModel):
    """Why something was not done."""

    error: str


class CardOut(BaseModel):
    """A dossier in short."""

    name: str
    title: str
    state: str
    why: str


class InputOut(BaseModel):
    """One input: its path, its range, how it is known."""

    path: str
    low: float
    best: float
    high: float
    basis: str


class InputsOut(BaseModel):
    """Every input of a dossier, and the hash that an edit starts from."""

    hash: str
    inputs: list[InputOut]


class QuoteOut(BaseModel):
    """The words behind a value."""

    id: str
    quote: str
    document: str
    grade: str | None


class WhyOut(BaseModel):
    """What stands at a path, and what stands behind it."""

    path: str
    title: str
    value: str
    basis: str | None
    rule: str
    by: str
    quotes: list[QuoteOut]


class EditIn(BaseModel):
    """A change: of what, to what, starting from which situation."""

    hash: str = Field(max_length=64)
    path: str = Field(max_length=400)
    value: str = Field(max_length=400)


class EditedOut(BaseModel):
    """A change that is on the disk."""

    path: str
    before: str
    after: str
    hash: str
    beside: bool


class ConflictOut(BaseModel):
    """A change that was not made: somebody changed the same thing meanwhile."""

    path: str
    mine: str
    theirs: str
    by: str | None
    hash: str


WRONG: Answers = {code: {"model": Problem} for code in (400, 401, 403, 404, 409, 422)}
CLASH: Answers = {**WRONG, 409: {"model": ConflictOut | Problem}}


@router.get("/dossiers", responses=WRONG)
def dossiers(asked: Ask) -> list[CardOut]:
    """List the dossiers."""
    return [CardOut(name=c.name, title=c.title, state=c.state, why=c.why) for c in asked.desk.shelf.cards()]


@router.get("/inputs", responses=WRONG)
def all_inputs(asked: Ask, dossier: Dossier = None) -> InputsOut:
    """List every input of a dossier."""
    now = asked.session.now()
    rows = [
        InputOut(path=i.path, low=i.value.low, best=i.value.best, high=i.value.high, basis=i.value.basis.kind)
        for i in inputs(now.situation)
    ]
    return InputsOut(hash=now.hash, inputs=rows)


@router.get("/why", responses=WRONG)
def why(asked: Ask, path: Path, dossier: Dossier = None) -> WhyOut:
    """Tell what stands at a path, and in which sentences."""
    found = explained(asked.session, path).why
    return WhyOut(
        path=found.path,
        title=found.title,
        value=found.value,
        basis=found.kind,
        rule=found.rule,
        by=found.by,
        quotes=[QuoteOut(id=q.id, quote=q.quote, document=q.document, grade=q.grade) for q in found.quotes],
    )


@router.post("/edits", responses=CLASH, response_model=EditedOut)
def edit(asked: Ask, change: EditIn, dossier: Dossier = None) -> Response:
    """Change what stands at a path."""
    return _told(asked.session.edit(change.hash, change.path, change.value, by=asked.by))


@router.post("/undo", responses=CLASH, response_model=EditedOut)
def undo(asked: Ask, dossier: Dossier = None) -> Response:
    """Take back the last change of who asks."""
    return _told(asked.session.undo(by=asked.by))


def _told(done: Edited | Conflict) -> JSONResponse:
    return JSONResponse(asdict(done), status_code=CONFLICT if isinstance(done, Conflict) else 200)


@router.get("", include_in_schema=False)
def listing(asked: Ask) -> Response:
    """List the routes of the interface as a page."""
    return asked.page("api.html", described=asked.request.app.openapi())
