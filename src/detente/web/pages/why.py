"""`/why/PATH`, `/why-answer` and `/source/ID`: what stands behind a value, a number and a quote? In the drawer, or as
pages.
"""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from detente.desk.why import explained, quoted
from detente.desk.why_answer import AnswerAsked, answer_asked, behind, ranked
from detente.web.asked import Ask, Asked

router = APIRouter()
Short = Annotated[str, Query(max_length=400)]
Long = Annotated[str, Query(max_length=4000)]


@router.get("/why/{path:path}")
def why(asked: Ask, path: str) -> Response:
    """Show what stands at a path, and in which sentences."""
    template = "why_drawer.html" if asked.into_drawer else "why.html"
    return asked.page(template, found=explained(asked.session, path))


@router.get("/why-answer")
def why_answer(asked: Ask, about: Short = "", table: Short = "", agenda: Long = "", no_deal: Short = "") -> Response:
    """Show which inputs are on the path of a number; how far each moves it is asked for after."""
    wanted = _wanted(asked, about, table, agenda, no_deal)
    template = "why_answer_drawer.html" if asked.into_drawer else "why_answer.html"
    return asked.page(template, found=behind(asked.session, wanted), told=None, ways=_ways(asked, wanted))


@router.get("/why-answer/ranked")
def rank(asked: Ask, about: Short = "", table: Short = "", agenda: Long = "", no_deal: Short = "") -> Response:
    """Show how far each of these inputs moves the number."""
    wanted = _wanted(asked, about, table, agenda, no_deal)
    told = ranked(asked.session, wanted)
    if asked.by_script:
        return asked.page("why_answer_ranked.html", told=told)
    return asked.page("why_answer.html", found=behind(asked.session, wanted), told=told, ways=_ways(asked, wanted))


@router.get("/source/{id:path}")
def source(asked: Ask, id: str) -> Response:
    """Show a quote in what stands around it."""
    template = "source_drawer.html" if asked.into_drawer else "source.html"
    return asked.page(template, quote=quoted(asked.session.now().case, id))


def _wanted(asked: Asked, about: str, table: str, agenda: str, no_deal: str) -> AnswerAsked:
    off = asked.request.query_params.getlist("off")
    return answer_asked(about, table=table, agenda=agenda, no_deal=no_deal, view=asked.view, off=off)


def _ways(asked: Asked, wanted: AnswerAsked) -> tuple[str, str]:
    """Return the address of the number itself, and that of its inputs ranked."""
    query: dict[str, str | Sequence[str] | None] = {
        "about": wanted.about,
        "table": wanted.table,
        "agenda": ",".join(wanted.agenda),
        "no_deal": None if wanted.no_deal == "auto" else wanted.no_deal,
        "off": wanted.off,
    }
    return asked.to("/why-answer", **query), asked.to("/why-answer/ranked", **query)
