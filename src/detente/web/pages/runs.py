"""`/runs`: what is being computed in the background?"""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import BaseModel, Field

from detente.desk import runs
from detente.desk.draws import SEED
from detente.desk.runs import Settings
from detente.desk.runs_page import background, begin, result_name
from detente.web.asked import Ask
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/runs", "Runs", "What is being computed in the background?", "r", router)
MOST_SEED = 1 << 53
MEDIA = {"html": "text/html; charset=utf-8", "json": "application/json"}
Number = Annotated[str, Form(max_length=20)]


class Beginning(BaseModel):
    """What a form begins: which kind of run, with which settings; what a kind has no use for is left out."""

    kind: str = Field(max_length=40)
    draws: int = Field(0, ge=0, le=1 << 40)
    seed: int = Field(SEED, ge=0, le=MOST_SEED)
    workers: int = Field(1, ge=0, le=10_000)
    table: str = Field("", max_length=400)
    answer: str = Field("deal", max_length=400)

    def settings(self) -> Settings:
        """Return the settings as the desk takes them."""
        return Settings(
            draws=self.draws, seed=self.seed, workers=self.workers, table=self.table or None, answer=self.answer
        )


@router.get("/runs")
def show(asked: Ask) -> Response:
    """Show what goes on, what is over, and what can be begun."""
    return asked.page("runs.html", of=PAGE, found=background(asked.session))


@router.get("/runs/progress")
def progress(asked: Ask) -> Response:
    """Show how far runs are, for the part of a page that asks while something goes on."""
    return asked.page("runs_progress.html", of=PAGE, found=background(asked.session))


@router.post("/runs/start")
def start(asked: Ask, given: Annotated[Beginning, Form()]) -> Response:
    """Begin a run."""
    made = begin(asked.session.folder, given.kind, given.settings())
    return asked.back(asked.to("/runs"), say=f"Run {made.id} is begun. It goes on when this page is closed.")


@router.post("/runs/cancel")
def cancel(asked: Ask, run: Number) -> Response:
    """End a run at once."""
    made = runs.cancel(asked.session.folder, run)
    return asked.back(asked.to("/runs"), say=f"Run {made.id} is cancelled. What was finished is kept.")


@router.post("/runs/resume")
def resume(asked: Ask, run: Number) -> Response:
    """Go on with a run: what is finished is not done again."""
    made = runs.resume(asked.session.folder, run)
    return asked.back(asked.to("/runs"), say=f"Run {made.id} goes on with what is missing.")


@router.get("/runs/result")
def result(asked: Ask, run: str = "", name: str = "") -> Response:
    """Hand out what came of a run: a page to save, as it brings styles of its own, or data."""
    made = runs.run(asked.session.folder, run)
    called = result_name(made, name)
    held = {"Content-Disposition": f'attachment; filename="{called}"'}
    content = runs.result(asked.session.folder, run, name)
    return Response(content, media_type=MEDIA[called.rpartition(".")[2]], headers=held)
