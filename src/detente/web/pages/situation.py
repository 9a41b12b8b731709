"""`/situation`: who sits at which table, and what is on its agenda?"""

from fastapi import APIRouter
from fastapi.responses import Response

from detente.desk.tables import tables
from detente.web.asked import Ask
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/situation", "Situation", "Who sits at which table, and what is on its agenda?", "s", router)


@router.get("/situation")
def situation(asked: Ask) -> Response:
    """Show the map, the tables with their agendas, and the parties."""
    return asked.page("situation.html", of=PAGE, found=tables(asked.session, view=asked.view))
