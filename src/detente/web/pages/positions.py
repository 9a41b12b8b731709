"""`/positions`: who wants what, and how far apart are they?"""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from detente.desk.inside import inside, inside_is_known
from detente.desk.lanes import lanes
from detente.web.asked import Ask
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/positions", "Positions", "Who wants what, and how far apart are they?", "p", router)
INSIDE = "inside"  # the part of the page that takes a second, and is asked for by itself
Short = Annotated[str, Query(max_length=400)]


@router.get("/positions")
def positions(asked: Ask, party: Short = "", issue: Short = "", part: Short = "") -> Response:
    """Show one lane for every issue, and who prevails inside each body that decides together."""
    session, view = asked.session, asked.view
    if part == INSIDE and asked.request.headers.get("hx-target", "").endswith(f"#{INSIDE}"):
        told = inside(session, view=view, issue=issue or None)
        return asked.page("positions_inside.html", bodies=told, issue=issue, hash="")
    found = lanes(session, view=view, party=party or None, issue=issue or None)
    # All issues of all bodies make a long page, which is fetched after the lanes are there.
    bodies = None
    if found.lanes and (part == INSIDE or (issue and inside_is_known(session, view=view))):
        bodies = inside(session, view=view, issue=issue or None)
    return asked.page("positions.html", of=PAGE, found=found, bodies=bodies, issue=issue, hash=found.hash)
