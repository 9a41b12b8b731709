"""`/silences`: what does the reporting leave open?"""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from detente.desk.silences import ranking_is_known, unsaid
from detente.web.asked import Ask
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/silences", "Silences", "What does the reporting leave open?", "i", router)
Short = Annotated[str, Query(max_length=40)]


@router.get("/silences")
def silences(asked: Ask, ranked: Short = "") -> Response:
    """Show what the text does not say, the silences that change an answer first."""
    whole = bool(ranked) or ranking_is_known(asked.session)
    return asked.page("silences.html", of=PAGE, found=unsaid(asked.session, ranked=whole))
