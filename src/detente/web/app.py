"""How are the door, the pages and the interface put together?"""

from contextlib import suppress
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException

from detente.desk.intake import Intake, Since, Task
from detente.desk.shelf import Shelf
from detente.errors import DetenteError, DossierError, SituationError, UsageError
from detente.web import api, pages
from detente.web.api import ahead as api_ahead
from detente.web.api import answers as api_answers
from detente.web.api import brief as api_brief
from detente.web.api import deals as api_deals
from detente.web.api import documents as api_documents
from detente.web.api import ledger as api_ledger
from detente.web.api import positions as api_positions
from detente.web.api import runs as api_runs
from detente.web.api import what_if as api_what_if
from detente.web.asked import Asked
from detente.web.changes import router as changes
from detente.web.desk import Desk
from detente.web.pages import log_in, why
from detente.web.safety.attempts import Attempts
from detente.web.safety.guard import Guard
from detente.web.safety.refusals import Refusals
from detente.web.safety.visitors import Visitors
from detente.web.settings import Settings

# What each fault of ours means to a browser; what is not here is data that cannot be used.
STATUS: tuple[tuple[type[DetenteError], int], ...] = ((UsageError, 400), (SituationError, 422), (DossierError, 409))
UNUSABLE = 422
# Why a document was refused, as the log says it.
OF_KIND = {"TooLong": "document took too long", "Broken": "document broke the reader"}
STATUS_SAYS = {404: "There is no such page.", 405: "That cannot be done at this address."}


def make_app(settings: Settings) -> Guard:
    """Return the desk behind its door, ready to be served.

    Raises UsageError where the place holds no dossiers and cannot.
    """
    refusals, visitors = Refusals(settings.tell), Visitors()
    app, shelf = routed(), Shelf(settings.place)
    intake = Intake(over=lambda task: _over(task, shelf, refusals))
    desk = Desk(settings, shelf, templates(), visitors, Attempts(), refusals, intake)
    app.state.desk = desk
    desk.guard = Guard(app, settings, visitors, refusals)
    return desk.guard


def _over(task: Task, shelf: Shelf, refusals: Refusals) -> None:
    """Write down that a document was refused, and have its review counted anew where something came into a dossier."""
    if task.state == "refused":
        refusals.note(UNUSABLE, OF_KIND.get(task.kind, "document"), method="POST", path="/documents")
    elif not isinstance(task.order, Since):
        with suppress(DetenteError, OSError):
            shelf.session(task.folder.name).recount()


def routed() -> FastAPI:
    """Return the routes alone, with no door before them and no dossiers behind them."""
    app = FastAPI(title="Detente", openapi_url="/api/openapi.json", docs_url=None, redoc_url=None)
    app.mount("/static", StaticFiles(packages=[("detente.web", "static")]), name="static")
    for page in pages.PAGES:
        app.include_router(page.router, include_in_schema=False)
    for router in (why.router, log_in.router, changes):
        app.include_router(router, include_in_schema=False)
    app.include_router(api.router)
    app.include_router(api_what_if.router)
    app.include_router(api_deals.router)
    app.include_router(api_ahead.router)
    app.include_router(api_answers.router)
    app.include_router(api_documents.router)
    app.include_router(api_runs.router)
    app.include_router(api_positions.router)
    app.include_router(api_ledger.router)
    app.include_router(api_brief.router)
    app.add_exception_handler(DetenteError, _refused)
    app.add_exception_handler(HTTPException, _unknown)
    app.add_exception_handler(RequestValidationError, _misput)
    app.add_exception_handler(Exception, _broken)
    return app


def templates() -> Environment:
    """Return what pages are written with; whatever comes from a dossier is escaped."""
    made = Environment(
        loader=PackageLoader("detente.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["pages"] = pages.PAGES
    return made


def _refused(request: Request, fault: Any) -> Response:
    status = next((code for kind, code in STATUS if isinstance(fault, kind)), UNUSABLE)
    return _said(request, str(fault), status)


def _unknown(request: Request, fault: Any) -> Response:
    return _said(request, STATUS_SAYS.get(fault.status_code, "That cannot be done."), fault.status_code)


def _misput(request: Request, fault: Any) -> Response:
    named = ", ".join(dict.fromkeys(str(e["loc"][-1]) for e in fault.errors()))
    return _said(request, f"Something is missing or cannot be read: {named}.", UNUSABLE)


def _broken(request: Request, fault: Any) -> Response:
    return _said(request, "Something went wrong here. What was saved before stands; load the page again.", 500)


def _said(request: Request, message: str, status: int) -> Response:
    """Say what is wrong: as data, as a message on the open page, or as a page of its own."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status_code=status)
    asked = Asked(request, request.app.state.desk)
    if asked.by_script and not asked.into_drawer:
        return asked.as_message(asked.page("said.html", status=status, message=message))
    return asked.page("said.html" if asked.into_drawer else "message.html", status=status, message=message)
