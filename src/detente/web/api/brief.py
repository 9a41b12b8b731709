"""The brief as data and as files, and the linter."""

import importlib
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from detente.desk.brief import as_json
from detente.desk.brief_page import MOST_LETTERS, brief_of, linted
from detente.desk.ledger.place import clock
from detente.web.api import WRONG, Dossier
from detente.web.asked import Ask
from detente.web.pages.brief import OUT, form_named

router = APIRouter(prefix="/api")
Level = Annotated[str, Query(max_length=20, description="low, moderate or high: the confidence that you sign.")]


class LintIn(BaseModel):
    """A text to look at: plain, markdown or html; told from it where nothing is said."""

    text: str = Field(max_length=MOST_LETTERS)
    form: str = Field("", max_length=20)
    scale: str = Field("icd203", max_length=20)


class RemarkOut(BaseModel):
    """One thing to mend: where, by which rule, what is wrong and how it is cured."""

    line: int
    column: int
    rule: str
    severity: str
    words: str
    wrong: str
    cure: str


@router.get("/brief", responses={**WRONG, 200: {"content": {"application/json": {}}}}, response_class=Response)
def brief(asked: Ask, confidence: Level = "", dossier: Dossier = None) -> Response:
    """Write the brief, both views of it, as `detente brief --json` does; it takes some seconds the first time."""
    written = brief_of(asked.session, level=confidence, by=asked.by, now=clock())
    return Response(as_json(written), media_type="application/json")


@router.get("/brief/export", responses={**WRONG, 200: {"content": {"text/html": {}}}}, response_class=Response)
def export(
    asked: Ask, form: Annotated[str, Query(max_length=20)] = "html", confidence: Level = "", dossier: Dossier = None
) -> Response:
    """Send the brief as a file: html, pdf, docx, pictures or json."""
    out = importlib.import_module(OUT)
    wanted = form_named(form)
    out.require(wanted)
    made = out.exported(brief_of(asked.session, level=confidence, by=asked.by, now=clock()), wanted)
    return Response(made.content, media_type=made.media)


@router.post("/lint", responses=WRONG)
def lint(asked: Ask, given: LintIn) -> list[RemarkOut]:
    """Say where a text breaks the rules of estimative language."""
    found = linted(given.text, form=given.form, scale=given.scale).remarks
    return [
        RemarkOut(
            line=r.line, column=r.column, rule=r.rule, severity=r.severity, words=r.words, wrong=r.wrong, cure=r.cure
        )
        for r in (one.remark for one in found)
    ]
