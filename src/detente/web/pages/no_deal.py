"""`/no-deal`: what happens without a deal?"""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from detente.desk.no_agreement import CONCEPT
from detente.desk.no_deal_page import Asked, no_deal, start_of
from detente.web.asked import Ask
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/no-deal", "No deal", "What happens without a deal?", "n", router)
SET = "set"  # the parameter of the form in which a state is put together


@router.get("/no-deal")
def without(asked: Ask) -> Response:
    """Show the named worlds side by side, where a state leads in one of them, and what the threats cover."""
    told = asked.request.query_params
    if SET in told:
        start = start_of(tuple(told.getlist("force")))
        return RedirectResponse(asked.here(set=None, force=None, start=start), status_code=303)
    question = Asked(
        table=told.get("table", ""),
        concept=told.get("concept") or CONCEPT,
        world=told.get("world", ""),
        start=told.get("start", ""),
        view=asked.view,
    )
    found = no_deal(asked.session, question, whole=told.get("part") == "draws")
    return asked.page("no_deal.html", of=PAGE, found=found, start_of=start_of)
