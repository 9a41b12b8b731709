"""`/situation`: who sits at which table, what is on its agenda, and is there a deal on it as it stands?"""

from fastapi import APIRouter
from fastapi.responses import Response

from detente.desk.agenda_now import agendas_now, proof
from detente.desk.tables import tables
from detente.web.asked import Ask
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/situation", "Situation", "Who sits at which table, and what is on its agenda?", "s", router)


@router.get("/situation")
def situation(asked: Ask) -> Response:
    """Show the map, the tables with their agendas and what these come to, and the parties."""
    found = tables(asked.session, view=asked.view)
    nows = {one.table: one for one in agendas_now(asked.session, view=asked.view)}
    return asked.page("situation.html", of=PAGE, found=found, nows=nows)


@router.get("/situation/proof")
def prove(asked: Ask, table: str = "") -> Response:
    """Say how the verdict on a table's agenda is known, and what decides it."""
    template = "agenda_proof_inside.html" if asked.by_script else "agenda_proof.html"
    return asked.page(template, of=PAGE, found=proof(asked.session, table, view=asked.view))
