"""`/documents`: what is being said, and by whom?"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from detente.desk.documents import as_day, documents
from detente.desk.intake import CatchUp, ReadHere, Since, Task, Upload
from detente.desk.reviewing import ACTS, PARTS, Overtaken, decide, take_back, text
from detente.desk.session import Session
from detente.errors import DossierError
from detente.web.asked import Ask, Asked, local
from detente.web.page import Page
from detente.web.uploads import sent

router = APIRouter()
PAGE = Page("/documents", "Documents", "What is being said, and by whom?", "t", router)
CONFLICT = 409
SHOWN = 4  # tasks that are over
Short = Annotated[str, Form(max_length=400)]
Words = Annotated[str, Form(max_length=2000)]


class Judged(BaseModel):
    """A decision as its form sends it: about which item of which document, and the parts of an edit."""

    document: str = Field(max_length=400)
    item: str = Field(max_length=400)
    verdict: str = Field(max_length=40)
    seen: int = Field(ge=0, le=1 << 53)
    act: str | None = Field(None, max_length=40)
    actors: str | None = Field(None, max_length=400)
    to: str | None = Field(None, max_length=400)
    issues: str | None = Field(None, max_length=400)
    negated: str | None = Field(None, max_length=10)
    condition: str | None = Field(None, max_length=2000)

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return the parts that were sent."""
        found = ((name, getattr(self, name)) for name in PARTS)
        return tuple((name, value) for name, value in found if value is not None)


@dataclass(frozen=True, slots=True)
class Work:
    """What is under way about a dossier, and what came of the last."""

    busy: tuple[Task, ...]
    over: tuple[Task, ...]


@router.get("/documents")
def show(asked: Ask, as_of: str = "", document: str = "", item: str = "", edit: str = "") -> Response:
    """Show the documents, or the text of one with what was read in it."""
    session = asked.session
    if asked.desk.settings.eager and session.is_dossier:
        asked.desk.intake.warm()
    if document:
        found = text(session, document)
        return asked.page(
            "document.html", of=PAGE, found=found, current=found.current(item), edit=edit, acts=ACTS, work=_work(asked)
        )
    listed = documents(session, as_of=as_day(as_of, what="as of"))
    return asked.page("documents.html", of=PAGE, found=listed, work=_work(asked))


@router.get("/documents/progress")
def progress(asked: Ask) -> Response:
    """Show how far what was sent in is, for the part of a page that asks every second."""
    work, open_page = _work(asked), asked.came_from()
    came = "document=" not in open_page and not work.busy
    return asked.page("progress.html", work=work, came=came, came_from=open_page)


@router.post("/documents/add")
async def add(asked: Ask, request: Request) -> Response:
    """Have documents read that were pasted, chosen or dropped."""
    session = changed(asked)
    form = await sent(request)
    for one in form.documents:
        order = Upload(session.folder, one.content, one.name, form.later, form.publisher, form.published)
        asked.desk.intake.ask(order, by=asked.by)
    many = len(form.documents)
    say = f"{'One document is' if many == 1 else f'{many} documents are'} being read; each is kept once it is read."
    return asked.back(asked.to("/documents"), say=say)


@router.post("/documents/read")
def read(asked: Ask) -> Response:
    """Have the documents read that lie in the dossier already."""
    asked.desk.intake.ask(ReadHere(changed(asked).folder), by=asked.by)
    return asked.back(asked.to("/documents"), say="The documents that are here are being read.")


@router.post("/documents/decide")
def judge(asked: Ask, given: Annotated[Judged, Form()]) -> Response:
    """Accept, edit or reject an item, and bring that into the situation."""
    session = changed(asked)
    done = decide(session, item=given.item, verdict=given.verdict, by=asked.by, seen=given.seen, fields=given.parts())
    if isinstance(done, Overtaken):
        return _overtaken(asked, done, given.document)
    asked.desk.intake.ask(CatchUp(session.folder), by=asked.by)
    following = text(session, given.document).after_item(done.item)
    return asked.back(asked.to("/documents", document=given.document, item=following), say=done.says)


@router.post("/documents/take-back")
def undo(asked: Ask, item: Short = "", document: Short = "", back: Words = "") -> Response:
    """Take a decision back: the one about an item, or the last of who asks."""
    session = changed(asked)
    done = take_back(session, by=asked.by, item=item or None)
    asked.desk.intake.ask(CatchUp(session.folder), by=asked.by)
    listed = local(back) if back else asked.to("/documents")
    stays = asked.to("/documents", document=document, item=done.item) if document else listed
    return asked.back(stays, say=done.says)


def _overtaken(asked: Asked, done: Overtaken, document: str) -> Response:
    """Show what somebody decided meanwhile, with the choice to decide all the same."""
    where = asked.to("/documents", document=document, item=done.item)
    says = f"Somebody decided about this item meanwhile: {done.theirs}. Yours was not written down."
    template = "said.html" if asked.by_script else "overtaken.html"
    answer = asked.page(template, of=PAGE, status=CONFLICT, message=says, where=where)
    return asked.as_message(answer) if asked.by_script else answer


def changed(asked: Asked) -> Session:
    """Return the dossier that is to be changed.

    Raises DossierError where it is only shown.
    """
    session = asked.session
    if not session.is_dossier:
        raise DossierError(f"'{session.folder.name}' is only shown as it lies on the disk. Make it a dossier first.")
    return session


def _work(asked: Asked) -> Work:
    every = [t for t in asked.desk.intake.tasks(asked.session.folder) if not isinstance(t.order, Since)]
    over = [t for t in every if t.is_over]
    told = [t for t in over if t is over[-1] or t.state == "refused" or (t.came is not None and t.came.documents)]
    return Work(tuple(t for t in every if not t.is_over), tuple(told[-SHOWN:]))
