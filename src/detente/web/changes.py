"""How is a value changed, taken back, and the look of the page chosen? Every page's forms come here."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from detente.desk.session import Conflict, Edited
from detente.desk.why import in_words
from detente.web.asked import THEMES, Ask, Asked, local

router = APIRouter()
YEAR_SECONDS = 365 * 24 * 3600
CONFLICT = 409
Short = Annotated[str, Form(max_length=400)]
Address = Annotated[str, Form(max_length=2000)]


@router.post("/edit")
def edit(asked: Ask, path: Short, value: Short, hash: Short, back: Address = "/") -> Response:
    """Change what stands at a path."""
    return _answered(asked, asked.session.edit(hash, path, value.strip(), by=asked.by), back)


@router.post("/undo")
def undo(asked: Ask, back: Address = "/") -> Response:
    """Take back the last change of who asks."""
    return _answered(asked, asked.session.undo(by=asked.by), back)


@router.post("/theme")
def theme(asked: Ask, theme: Short, back: Address = "/") -> Response:
    """Choose how pages look."""
    answer = RedirectResponse(local(back), status_code=303)
    chosen = theme if theme in THEMES else "auto"
    secure = asked.desk.settings.secure
    answer.set_cookie("theme", chosen, max_age=YEAR_SECONDS, samesite="strict", httponly=True, secure=secure)
    return answer


def _answered(asked: Asked, done: Edited | Conflict, back: str) -> Response:
    """Lead back to the page, or show both values where somebody changed the same thing meanwhile."""
    words = in_words(asked.session.now().case, done)
    if isinstance(done, Edited):
        return asked.back(back, say=words.says)
    template = "conflict_said.html" if asked.by_script else "conflict.html"
    answer = asked.page(template, status=CONFLICT, conflict=done, words=words, back=local(back))
    return asked.as_message(answer) if asked.by_script else answer
