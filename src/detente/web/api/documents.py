"""What the pages of documents and of changes show and change, as data."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from detente.desk.documents import as_day, documents
from detente.desk.intake import CatchUp, Task, Upload
from detente.desk.reviewing import Overtaken, decide, take_back, text
from detente.web.api import CLASH, WRONG, Dossier
from detente.web.asked import Ask
from detente.web.pages.changes import moved
from detente.web.pages.documents import Judged, changed
from detente.web.uploads import named

router = APIRouter(prefix="/api")
Day = Annotated[str, Query(max_length=30, description="A day, as 2026-02-08; empty for none.")]
CONFLICT = 409
ACCEPTED = 202


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class DocumentOut(_Out):
    """A document in short."""

    id: str
    title: str
    publisher: str
    day: dt.date | None
    grade: str
    quotes: int
    items: int
    waiting: int
    is_read: bool
    is_dated: bool
    is_later: bool


class KnownOut(_Out):
    """One thing that the documents say, the day of its first quote, and its quotes by id."""

    kind: str
    words: str
    day: dt.date
    quotes: tuple[str, ...]


class DocumentsOut(BaseModel):
    """Every document, and what was known on a day."""

    as_of: dt.date | None
    days: list[dt.date]
    documents: list[DocumentOut]
    known: list[KnownOut]


class ItemOut(_Out):
    """An item of a document: its words, what it is taken to say, and what was decided; `seen` is named to decide."""

    id: str
    start: int
    clause: str
    claims: tuple[str, ...]
    how: tuple[str, ...]
    state: str
    verdict: str
    seen: int


class ReadOut(BaseModel):
    """A document with its items, in the order of the text."""

    document: DocumentOut
    items: list[ItemOut]


class DocumentIn(BaseModel):
    """A document to read: its text, and the name of its file where it had one.

    Where it is newer than the day of the situation, that day moves on, or without `later` the document is refused.
    """

    text: str = Field(min_length=1, max_length=5_000_000)
    name: str = Field("", max_length=400)
    later: bool = True
    publisher: str | None = Field(None, max_length=120)
    published: dt.date | None = None


class TaskOut(BaseModel):
    """Something that is read, and how far it is."""

    number: int
    about: str
    state: str
    says: str
    documents: list[str]
    added: list[str]
    changed: list[str]
    removed: list[str]


class DecidedOut(_Out):
    """A decision that is written down."""

    item: str
    says: str


class TakenIn(BaseModel):
    """Which decision is taken back: the one about an item; without one the last of who asks."""

    item: str | None = Field(None, max_length=400)


class QuoteOut(_Out):
    """Words of a document, and the day on which they could be known."""

    document: str
    day: dt.date
    speaker: str | None
    quote: str
    sentence: str


class ChangeOut(_Out):
    """One thing that changed, with the quotes before and since."""

    text: str
    before: tuple[QuoteOut, ...]
    since: tuple[QuoteOut, ...]
    sources: int


class ChangesOut(_Out):
    """What changed since a day."""

    since: dt.date
    as_of: dt.date | None
    documents: tuple[str, ...]
    left_out: tuple[str, ...]
    undated: tuple[str, ...]
    moved: tuple[ChangeOut, ...]
    made: tuple[ChangeOut, ...]
    withdrawn: tuple[ChangeOut, ...]
    carried_out: tuple[ChangeOut, ...]
    opened: tuple[ChangeOut, ...]
    collapsed: tuple[ChangeOut, ...]
    met: tuple[ChangeOut, ...]
    done: tuple[ChangeOut, ...]


@router.get("/documents", responses=WRONG)
def listed(asked: Ask, as_of: Day = "", dossier: Dossier = None) -> DocumentsOut:
    """List the documents, and what was known on a day."""
    found = documents(asked.session, as_of=as_day(as_of, what="as of"))
    return DocumentsOut(
        as_of=found.as_of,
        days=list(found.days),
        documents=[DocumentOut.model_validate(r) for r in found.rows],
        known=[KnownOut.model_validate(k) for g in found.groups for k in g.rows],
    )


@router.post("/documents", responses=WRONG, status_code=ACCEPTED)
def add(asked: Ask, given: DocumentIn, dossier: Dossier = None) -> TaskOut:
    """Have a document read; the tasks say when it is kept, or why it was refused."""
    name = named(given.name) if given.name else ""
    content = given.text.encode("utf-8", "replace")
    order = Upload(changed(asked).folder, content, name, given.later, given.publisher, given.published)
    return _task(asked.desk.intake.ask(order, by=asked.by))


@router.get("/documents/tasks", responses=WRONG)
def tasks(asked: Ask, dossier: Dossier = None) -> list[TaskOut]:
    """List what is being read, and what came of the last."""
    return [_task(t) for t in asked.desk.intake.tasks(asked.session.folder)]


@router.get("/documents/items", responses=WRONG)
def items(asked: Ask, document: Annotated[str, Query(max_length=400)], dossier: Dossier = None) -> ReadOut:
    """Show what was read in a document."""
    found = text(asked.session, document)
    return ReadOut(
        document=DocumentOut.model_validate(found.row), items=[ItemOut.model_validate(c) for c in found.cards]
    )


@router.post("/documents/decisions", responses=CLASH, response_model=DecidedOut)
def judge(asked: Ask, given: Judged, dossier: Dossier = None) -> Response:
    """Accept, edit or reject an item, unless somebody decided about it since it was seen."""
    session = changed(asked)
    done = decide(session, item=given.item, verdict=given.verdict, by=asked.by, seen=given.seen, fields=given.parts())
    if isinstance(done, Overtaken):
        return JSONResponse({"error": f"Somebody decided meanwhile: {done.theirs}."}, status_code=CONFLICT)
    asked.desk.intake.ask(CatchUp(session.folder), by=asked.by)
    return JSONResponse({"item": done.item, "says": done.says})


@router.post("/documents/decisions/taken-back", responses=WRONG)
def undo(asked: Ask, given: TakenIn, dossier: Dossier = None) -> DecidedOut:
    """Take a decision back."""
    session = changed(asked)
    done = take_back(session, by=asked.by, item=given.item)
    asked.desk.intake.ask(CatchUp(session.folder), by=asked.by)
    return DecidedOut.model_validate(done)


@router.get("/changes", responses=WRONG)
def changes(asked: Ask, since: Day = "", until: Day = "", dossier: Dossier = None) -> ChangesOut:
    """Tell who moved on what between two days, in which words before and since."""
    return ChangesOut.model_validate(moved(asked, since=since, until=until))


def _task(task: Task) -> TaskOut:
    came = task.came
    return TaskOut(
        number=task.number,
        about=task.order.called,
        state=task.state,
        says=task.says,
        documents=list(came.documents if came else ()),
        added=list(came.differences.added if came else ()),
        changed=list((*came.differences.read, *came.differences.changed) if came else ()),
        removed=list(came.differences.removed if came else ()),
    )
