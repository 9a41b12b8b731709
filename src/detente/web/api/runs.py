"""The long work that is done in the background, as data: begun, looked at, ended, gone on with."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

from detente.desk import runs
from detente.desk.runs_page import begin
from detente.web.api import WRONG, Dossier
from detente.web.asked import Ask
from detente.web.pages.runs import Beginning, result

router = APIRouter(prefix="/api")
ACCEPTED = 202
Number = Annotated[str, Query(max_length=20, description="The number of a run, as 0001.")]


class RunOut(BaseModel):
    """How a run stands: how many of its parts are finished, of how many where that is known, what came of it."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    kind: str
    state: str
    done: int
    of: int | None
    doing: str
    begun: str
    started: str | None
    ended: str | None
    message: str
    fingerprint: str
    results: tuple[str, ...]


@router.get("/runs", responses=WRONG)
def listed(asked: Ask, dossier: Dossier = None) -> list[RunOut]:
    """List the runs of a dossier, the newest first."""
    return [RunOut.model_validate(one) for one in runs.runs(asked.session.folder)]


@router.post("/runs", responses=WRONG, status_code=ACCEPTED)
def start(asked: Ask, given: Beginning, dossier: Dossier = None) -> RunOut:
    """Begin a run."""
    return RunOut.model_validate(begin(asked.session.folder, given.kind, given.settings()))


@router.post("/runs/cancel", responses=WRONG)
def cancel(asked: Ask, run: Number, dossier: Dossier = None) -> RunOut:
    """End a run at once; what is finished is kept."""
    return RunOut.model_validate(runs.cancel(asked.session.folder, run))


@router.post("/runs/resume", responses=WRONG, status_code=ACCEPTED)
def resume(asked: Ask, run: Number, dossier: Dossier = None) -> RunOut:
    """Go on with a run that failed, was cancelled or broke off."""
    return RunOut.model_validate(runs.resume(asked.session.folder, run))


@router.get("/runs/result", responses=WRONG, response_class=Response)
def came(asked: Ask, run: Number, name: str = "result.json", dossier: Dossier = None) -> Response:
    """Hand out what came of a run: `result.json`, or the page `result.html`."""
    return result(asked, run, name)
