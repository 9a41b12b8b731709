"""`/ledger`: what was said before it happened, and how right was it?"""

from functools import partial
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from detente.desk.documents import as_day
from detente.desk.intake.orders import TakeIn
from detente.desk.ledger import asking, saying
from detente.desk.ledger.asked_page import changes, conditions, one
from detente.desk.ledger.carried import Sent, take_in
from detente.desk.ledger.moved import acknowledged, packed, taken_in
from detente.desk.ledger.page import MOMENTS, broken, chain, is_kept, ledger, scores
from detente.desk.ledger.place import INSIDE, clock, to_write_in
from detente.desk.ledger.suggesting import suggested
from detente.desk.ledger.written import Written
from detente.desk.session import Session
from detente.errors import DetenteError, DossierError, LedgerError, UsageError
from detente.web.asked import Ask, Asked
from detente.web.page import Page
from detente.web.pages.ledger_forms import Asking, Changing, Forecasting, Opening, Resolving
from detente.web.uploads import sent

router = APIRouter()
PAGE = Page("/ledger", "Ledger", "What was said before it happened, and how right was it?", "l", router)
SHOWN = ("", "suggested", "ask", "scores", "chain")
CONFLICT = 409
REFUSED = 422


@router.get("/ledger")
def show(asked: Ask, show: str = "", question: str = "", part: str = "") -> Response:
    """Show what is due and every question, one question, what could be asked, the scores, or the chain."""
    session = asked.session
    session.now()
    if not is_kept(session):
        return asked.page("ledger.html", of=PAGE, show="", found=None, broken=None)
    try:
        if question:
            return _question(asked, question, part)
        return _shown(asked, show if show in SHOWN else "")
    except LedgerError as fault:
        return asked.page("ledger.html", of=PAGE, show="", found=None, broken=broken(session, str(fault)))


@router.post("/ledger/open")
def open_suggested(asked: Ask, said: Annotated[Opening, Form()]) -> Response:
    """Open questions that the situation suggests."""
    if not (said.ids or said.every):
        raise UsageError("No question was chosen. Tick at least one, or open all of them.")
    wanted = None if said.every else said.ids
    day = as_day(said.as_of, what="as of")
    made = to_write_in(_written_in(asked))
    done = asking.ask_suggested(made, wanted, by=asked.by, as_of=day, now=clock(), forecast=bool(said.forecast))
    return _done(asked, said.back, done)


@router.post("/ledger/ask")
def ask(asked: Ask, said: Annotated[Asking, Form()]) -> Response:
    """Open a question of one's own, and lead to it."""
    day = as_day(said.as_of, what="as of")
    done = asking.ask_own(to_write_in(_written_in(asked)), said.own(), by=asked.by, as_of=day, now=clock())
    where = asked.to("/ledger", question=done.book.questions[-1].question.id)
    answer = asked.back(where, say=acknowledged(done))
    return Response(headers={"HX-Redirect": where}) if asked.by_script else answer


@router.post("/ledger/forecast")
def forecast(asked: Ask, said: Annotated[Forecasting, Form()]) -> Response:
    """Say how likely something is; without a number, what a reference class says of it."""
    _written_in(asked)
    if said.question and not said.of_class and not said.given().probabilities and not said.given().quantiles:
        raise UsageError("Nothing says how likely it is. Give a number from 0 to 1, or let a reference class speak.")
    given = saying.Given() if said.of_class or not said.question else said.given()
    day = as_day(said.as_of, what="as of")
    done = saying.forecast(asked.session.folder, said.question or None, given, by=asked.by, as_of=day, now=clock())
    return _done(asked, said.back, done)


@router.post("/ledger/reaffirm")
def reaffirm(asked: Ask, said: Annotated[Changing, Form()]) -> Response:
    """Let one's own forecast stand on."""
    _written_in(asked)
    given = saying.Given(lapses=as_day(said.lapses, what="last day"), note=said.note or None)
    day = as_day(said.as_of, what="as of")
    done = saying.reaffirm(asked.session.folder, said.question, given, by=asked.by, as_of=day, now=clock())
    return _done(asked, said.back, done)


@router.post("/ledger/withdraw")
def withdraw(asked: Ask, said: Annotated[Changing, Form()]) -> Response:
    """Withdraw one's own forecast."""
    _written_in(asked)
    day, note = as_day(said.as_of, what="as of"), said.note or None
    done = saying.withdraw(asked.session.folder, said.question, note, by=asked.by, as_of=day, now=clock())
    return _done(asked, said.back, done)


@router.post("/ledger/resolve")
def resolve(asked: Ask, said: Annotated[Resolving, Form()]) -> Response:
    """Say how a question came out; where somebody said so meanwhile, that is shown first."""
    _written_in(asked)
    now = clock()
    known = one(asked.session, said.question, by=asked.by, now=now)
    if len(known.resolved) != said.seen:
        return _overtaken(asked, said.question, known.resolved[-1][1])
    done = saying.resolve(asked.session.folder, said.question, said.outcome_of(), by=asked.by, now=now)
    return _done(asked, said.back, done)


@router.post("/ledger/import")
async def take(asked: Ask, request: Request) -> Response:
    """Take a file of questions or a whole ledger in; it is read in a process of its own."""
    _written_in(asked)
    form = await sent(request)
    file = form.documents[0]
    order = TakeIn(asked.session.folder, file.content, file.name or "questions.yaml", asked.by, form.published)
    try:
        told = await run_in_threadpool(taken_in, order)
    except DetenteError:
        asked.desk.refusals.note(REFUSED, "ledger file", method="POST", path="/ledger/import")
        raise
    return asked.back(asked.to("/ledger"), say=told)


@router.post("/ledger/import-here")
def take_here(asked: Ask) -> Response:
    """Take the ledger in that lies in files in the folder of the dossier."""
    folder = _written_in(asked)
    done, _ = take_in(to_write_in(folder), [folder / INSIDE], by=asked.by, as_of=None, now=clock())
    return asked.back(asked.to("/ledger"), say=acknowledged(done))


@router.get("/ledger/export")
def export(asked: Ask, form: str = "package", title: str = "", by: str = "", due: str = "") -> Response:
    """Send the ledger as one file to keep."""
    _require_kept(asked.session)
    day = as_day(due, what="due")
    about = Sent(title=" ".join(title.split())[:200] or None, by=" ".join(by.split())[:200] or None, due=day)
    made = packed(asked.session.folder, form=form, sent=about, now=clock())
    named = {"content-disposition": f'attachment; filename="{made.name}"'}
    return Response(made.content, media_type=made.media, headers=named)


def _shown(asked: Asked, show: str) -> Response:
    session, now, told = asked.session, clock(), asked.request.query_params
    page = partial(asked.page, of=PAGE, show=show, broken=None)
    if show == "suggested":
        day = as_day(told.get("as_of"), what="as of")
        return page("ledger_suggested.html", found=suggested(session, as_of=day, now=now))
    if show == "ask":
        _written_in(asked)
        return page("ledger_ask.html", found=conditions(session, now=now), given=told.get("given", ""))
    if show == "scores":
        at = told.get("at") or MOMENTS[0]
        return page("ledger_scores.html", found=scores(session, at=at, now=now), at=at)
    if show == "chain":
        head = told.get("head", "").strip() or None
        return page("ledger_chain.html", found=chain(session, head=head))
    return page("ledger.html", found=ledger(session, by=asked.by, now=now))


def _question(asked: Asked, question: str, part: str) -> Response:
    session, now = asked.session, clock()
    rows = asked.request.query_params.get("rows") or None
    why = changes(session, question, rows=rows, now=now) if part == "why" or rows else None
    found = one(session, question, by=asked.by, now=now)
    return asked.page("ledger_question.html", of=PAGE, show="question", found=found, why=why, rows=rows or "")


def _written_in(asked: Asked) -> Path:
    """Return the folder of the dossier whose ledger is written in.

    Raises DossierError where it is only shown.
    """
    if not asked.session.is_dossier:
        name = asked.session.folder.name
        raise DossierError(f"'{name}' is only shown as it lies on the disk. Make it a dossier on the first page.")
    return asked.session.folder


def _require_kept(session: Session) -> None:
    if not is_kept(session):
        raise DossierError(f"'{session.folder.name}' holds no ledger. Make it a dossier on the first page.")


def _done(asked: Asked, back: str, done: Written) -> Response:
    """Say what was added: it is on the disk."""
    return asked.back(back or asked.to("/ledger"), say=acknowledged(done))


def _overtaken(asked: Asked, question: str, theirs: str) -> Response:
    """Show what somebody said meanwhile, and write nothing."""
    says = f"Somebody said meanwhile how it came out: {theirs}. Yours was not written down: look, and say it again."
    where = asked.to("/ledger", question=question)
    template = "said.html" if asked.by_script else "ledger_overtaken.html"
    answer = asked.page(template, of=PAGE, status=CONFLICT, message=says, where=where)
    return asked.as_message(answer) if asked.by_script else answer
