"""`/changes`: what changed since?"""

from fastapi import APIRouter
from fastapi.responses import Response

from detente.desk.changed import SECTIONS, Changes
from detente.desk.documents import as_day
from detente.desk.intake import Since
from detente.desk.since import between
from detente.errors import DossierError
from detente.web.asked import Ask, Asked
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/changes", "Changes", "What changed since?", "c", router)
PATIENCE_SECONDS = 25.0


@router.get("/changes")
def show(asked: Ask, since: str = "", until: str = "", now: str = "") -> Response:
    """Show what came between two days; `now` waits for what moved, for a browser without scripts."""
    found = between(asked.session, since=as_day(since, what="since"), until=as_day(until, what="until"))
    told = moved(asked, since=since, until=until) if now and found.is_read else None
    return asked.page("changes.html", of=PAGE, found=found, told=told, sections=SECTIONS, known=_ids(asked))


@router.get("/changes/moved")
def part(asked: Ask, since: str = "", until: str = "") -> Response:
    """Show who moved on what, as a part of the page."""
    told = moved(asked, since=since, until=until)
    return asked.page("changes_moved.html", told=told, sections=SECTIONS, known=_ids(asked))


def moved(asked: Asked, *, since: str, until: str) -> Changes:
    """Return what the documents since a day change, drafted by the process that reads.

    Raises UsageError for what is no day, DossierError where it cannot be told now.
    """
    found = between(asked.session, since=as_day(since, what="since"), until=as_day(until, what="until"))
    if found.since is None or not found.is_read:
        raise DossierError("Nothing was read into this dossier yet, so nothing can have moved. Add a document.")
    intake = asked.desk.intake
    task = intake.ask(Since(asked.session.folder, found.since, found.until), by=asked.by)
    task = intake.wait(task, PATIENCE_SECONDS)
    if task.came is not None and task.came.changes is not None:
        return task.came.changes
    raise DossierError(task.says if task.is_over else "The reader is still at something else. Load the page again.")


def _ids(asked: Asked) -> frozenset[str]:
    return frozenset(d.id for d in asked.session.now().situation.documents)
