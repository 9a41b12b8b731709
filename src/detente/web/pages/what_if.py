"""`/what-if`: what would change it?"""

from dataclasses import dataclass
from functools import partial
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from detente.desk.beside import beside, moving, stands
from detente.desk.scenarios import Scenario, drop, keep, make, scenarios, take_back, undoable
from detente.desk.trying import ABOUTS, ALL, WAYS, Trying, chosen, known, modes, sliders, tables, trying, turned
from detente.desk.why import in_words
from detente.errors import AnalysisError, BoardError
from detente.web.asked import Ask, Asked
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/what-if", "What if", "What would change it?", "w", router)
MOST_FIELDS = 200
SHOWN = 3  # changes that a message names
CONFLICT, NOTHING = 409, 204
Short = Annotated[str, Form(max_length=400)]
Edits = Annotated[str, Form(max_length=12_000)]


@dataclass(frozen=True, slots=True)
class Ways:
    """The addresses that lead on from what is tried."""

    asked: Asked
    trying: Trying

    def to(self, place: str = "", **parameters: str | None) -> str:
        """Return the address of the page, or of a part of it, with all that is tried."""
        return self.asked.to(f"/what-if{place}", **{**self.trying.parameters, **parameters})

    @property
    def query(self) -> str:
        """What is tried, as a form sends it."""
        return urlencode(self.trying.parameters)

    def kept(self, one: Scenario) -> str:
        """Return the address of a scenario."""
        return self.asked.to("/what-if", **dict(one.edits or ()))


@router.get("/what-if")
def what_if(asked: Ask) -> Response:
    """Show the sliders, the answers now and then, and what moves them."""
    items = asked.request.query_params.multi_items()
    wanted, session = trying(items), asked.session
    way = next(((name, value.strip()) for name, value in items if name in WAYS and value.strip()), None)
    if way is not None:
        return RedirectResponse(Ways(asked, turned(session, wanted, *way)).to(), status_code=303)
    settings = {name for name, _ in items}
    if wanted.about != "deals" and "now" not in settings:
        return asked.page("what_if_wait.html", of=PAGE, ways=Ways(asked, wanted), about=ABOUTS[wanted.about])
    try:
        wanted = chosen(session, wanted)
    except (BoardError, AnalysisError) as fault:
        return asked.page("what_if_empty.html", of=PAGE, says=str(fault), ways=Ways(asked, wanted), abouts=ABOUTS)
    whole = "whole" in settings
    return asked.page(
        "what_if.html",
        of=PAGE,
        ways=Ways(asked, wanted),
        abouts=ABOUTS,
        sliders=sliders(session, wanted),
        modes=modes(session, wanted),
        known=known(session, wanted),
        tables=tables(session, wanted),
        found=beside(session, wanted, whole=whole),
        every=ALL[wanted.about],
        sides=stands(session, wanted) if whole else None,
        scenarios=scenarios(session),
        undoable=undoable(session, by=asked.by),
        editable=session.is_dossier and asked.view == "completed",
    )


@router.get("/what-if/answer")
def answer(asked: Ask) -> Response:
    """Answer while a slider moves, on the leading draws."""
    wanted = _wanted(asked)
    found = beside(asked.session, wanted)
    return asked.page("what_if_answer.html", found=found, ways=Ways(asked, wanted), every=ALL[wanted.about])


@router.get("/what-if/whole")
async def whole(asked: Ask) -> Response:
    """Answer on all draws, one such question after the other; nobody waits for one who has moved on."""
    wanted = _wanted(asked)
    async with asked.desk.long.turn(asked.request.receive) as mine:
        if not mine:
            return Response(status_code=NOTHING)
        found = await run_in_threadpool(partial(beside, asked.session, wanted, whole=True))
    return asked.page("what_if_answer.html", found=found, ways=Ways(asked, wanted), every=ALL[wanted.about])


@router.get("/what-if/stands")
async def both_sides(asked: Ask) -> Response:
    """Say who blocks, and whether there is a deal over the ranges, on both sides."""
    wanted = _wanted(asked)
    async with asked.desk.long.turn(asked.request.receive) as mine:
        if not mine:
            return Response(status_code=NOTHING)
        sides = await run_in_threadpool(partial(stands, asked.session, wanted))
    return asked.page("what_if_stands.html", sides=sides)


@router.get("/what-if/moving")
def what_moves(asked: Ask) -> Response:
    """Show what moves an answer, and from where on it turns."""
    wanted = _wanted(asked)
    template = "what_if_moving.html" if asked.by_script else "what_if_moving_page.html"
    return asked.page(template, of=PAGE, found=moving(asked.session, wanted), ways=Ways(asked, wanted))


@router.post("/what-if/scenarios")
def save(asked: Ask, name: Short, edits: Edits, back: Short = "/what-if") -> Response:
    """Keep what is tried under a name."""
    wanted = _said(edits)
    made = keep(asked.session, name, wanted, by=asked.by)
    return asked.back(Ways(asked, wanted).to(), say=f"Saved as the scenario “{made.name}”.")


@router.post("/what-if/scenarios/drop")
def delete(asked: Ask, name: Short, edits: Edits = "") -> Response:
    """Take a scenario away."""
    drop(asked.session, name, by=asked.by)
    said = f"The scenario “{name}” is deleted. It can be had back at the end of the list."
    return asked.back(Ways(asked, _said(edits)).to(), say=said)


@router.post("/what-if/scenarios/undo")
def undo(asked: Ask, edits: Edits = "") -> Response:
    """Take back the last thing that was done to a scenario."""
    last = take_back(asked.session, by=asked.by)
    what = "is back" if last.edits is None else "is as it was before you saved it"
    return asked.back(Ways(asked, _said(edits)).to(), say=f"The scenario “{last.name}” {what}.")


@router.post("/what-if/make")
def enter(asked: Ask, hash: Short, edits: Edits) -> Response:
    """Write what is tried into the situation."""
    wanted, session = _said(edits), asked.session
    done = make(session, hash, wanted, by=asked.by)
    here = Ways(asked, Trying(wanted.about, wanted.table, wanted.answer, wanted.view, _in_place(wanted))).to()
    says = [in_words(session.now().case, one).says for one in done.made]
    more = f" And {len(says) - SHOWN} more." if len(says) > SHOWN else ""
    said = " ".join(says[:SHOWN]) + more + (" Undo takes them back one at a time." if len(says) > 1 else "")
    if done.conflict is None:
        return asked.back(here, say=said)
    words = in_words(session.now().case, done.conflict)
    if said and asked.visitor is not None:
        asked.desk.say(asked.visitor.id, said)
    return asked.page("conflict.html", status=CONFLICT, conflict=done.conflict, words=words, back=here)


def _wanted(asked: Asked) -> Trying:
    return trying(asked.request.query_params.multi_items())


def _said(edits: str) -> Trying:
    """Read what a form says is tried."""
    try:
        return trying(parse_qsl(edits, max_num_fields=MOST_FIELDS))
    except ValueError:
        return Trying()


def _in_place(wanted: Trying) -> tuple[tuple[str, str], ...]:
    """Return the sliders alone: how an issue stands is no longer tried once it stands so."""
    return tuple((path, said) for path, said in wanted.edits if not path.startswith("agenda."))
