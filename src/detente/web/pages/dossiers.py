"""`/`: which disputes are on this desk?"""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from detente.web.asked import Ask
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/", "Dossiers", "Which disputes are on this desk?", "o", router)


@router.get("/")
def dossiers(asked: Ask) -> Response:
    """Show a card for each dossier."""
    shelf = asked.desk.shelf
    return asked.page("dossiers.html", of=PAGE, cards=shelf.cards(), one=shelf.is_one, place=shelf.place.name)


@router.post("/dossiers")
def begin(asked: Ask, title: Annotated[str, Form(max_length=200)]) -> Response:
    """Begin an empty dossier, and open it."""
    name = asked.desk.shelf.begin(title)
    return RedirectResponse(asked.to("/situation", dossier=name), status_code=303)


@router.post("/dossiers/adopt")
def adopt(asked: Ask, name: Annotated[str, Form(max_length=255)]) -> Response:
    """Make a dossier of a case, so that it can be changed."""
    asked.desk.shelf.adopt(name)
    return RedirectResponse(asked.to("/situation", dossier=name), status_code=303)
