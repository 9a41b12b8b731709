"""`/brief`: what do we tell others?"""

import importlib
from typing import Annotated, Final

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import BaseModel, Field

from detente.desk.brief_page import LEVELS, SCALES, Frame, Linted, Nothing, Preview, brief_of, frame, linted, preview
from detente.desk.ledger.place import clock
from detente.errors import UsageError
from detente.web.asked import Ask, Asked
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/brief", "Brief", "What do we tell others?", "b", router)
# By name: what draws and packs takes a moment to load, and only what goes out needs it.
OUT: Final = "detente.desk.brief_out"
FORMS: Final = {"html": "HTML", "pdf": "PDF", "docx": "Word", "pictures": "pictures", "json": "JSON"}


class Pasted(BaseModel):
    """A text to look at, how it is written, and whose words for likelihoods it uses."""

    text: str = Field("", max_length=1_000_000)
    written: str = Field("", max_length=20)
    scale: str = Field("icd203", max_length=20)


@router.get("/brief")
def brief(asked: Ask, section: str = "", confidence: str = "", part: str = "", edit: str = "") -> Response:
    """Show the brief where it is at hand; otherwise its frame, which fetches it."""
    session = asked.session
    found = frame(session, section=section, level=confidence)
    whole = None
    if not found.empty and (found.ready or part == "whole"):
        whole = preview(session, section=section, level=confidence, by=asked.by, now=clock())
    text = whole.text if edit and isinstance(whole, Preview) else ""
    return _page(asked, found, Pasted(text=text), whole=whole)


@router.post("/brief/lint")
def check(asked: Ask, pasted: Annotated[Pasted, Form()]) -> Response:
    """Show what the linter says of a text that was pasted."""
    if not pasted.text.strip():
        raise UsageError("Nothing was pasted. Paste the text of a brief, as it was edited.")
    checked = linted(pasted.text, form=pasted.written, scale=pasted.scale)
    return _page(asked, frame(asked.session), pasted, checked=checked)


@router.get("/brief/export")
def export(asked: Ask, form: str = "html", confidence: str = "") -> Response:
    """Send the brief out as a file; with a level of confidence, signed by who asks."""
    out = importlib.import_module(OUT)
    out.require(form_named(form))
    session, now = asked.session, clock()
    written = brief_of(session, level=confidence, by=asked.by, now=now)
    key = (session.now().hash, "brief-out", form, confidence, asked.by, now.date().isoformat(), written.facts[-1].value)
    made = session.kept(key, lambda: out.exported(written, form))
    return _file(made.content, made.media, f"{session.now().case.slug}-brief{made.ending}")


@router.get("/brief/picture")
def picture(asked: Ask, name: str = "", form: str = "svg") -> Response:
    """Send one picture of the brief out."""
    session = asked.session
    written = brief_of(session, now=clock())
    made = importlib.import_module(OUT).picture(written, name, form)
    return _file(made.content, made.media, f"{session.now().case.slug}-{name}{made.ending}")


def form_named(given: str) -> str:
    """Return the form that an address names.

    Raises UsageError where it is none.
    """
    if given not in FORMS:
        raise UsageError(f"'{given[:40]}' is no form in which a brief goes out. Choose one of: {', '.join(FORMS)}.")
    return given


def _page(
    asked: Asked, found: Frame, pasted: Pasted, *, whole: Preview | Nothing | None = None, checked: Linted | None = None
) -> Response:
    return asked.page(
        "brief.html", of=PAGE, forms=FORMS, scales=SCALES, levels=LEVELS,
        found=found, pasted=pasted, whole=whole, checked=checked,
    )  # fmt: skip


def _file(content: bytes, media: str, name: str) -> Response:
    return Response(content, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})
