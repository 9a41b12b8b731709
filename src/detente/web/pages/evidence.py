"""`/evidence`: which source carries the answer?"""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from fastapi import APIRouter, Query
from fastapi.responses import Response

from detente.desk.evidence_page import Asks, changed, evidence_page, matrix, sentences
from detente.web.asked import Ask, Asked
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/evidence", "Evidence", "Which source carries the answer?", "e", router)
Short = Annotated[str, Query(max_length=400)]
Part: TypeAlias = Literal["matrix", "changed", "sentences"]


@router.get("/evidence")
def evidence(asked: Ask, table: Short = "") -> Response:
    """Show the sources with their switches, and what each of them does."""
    asks = _asks(asked, table)
    return asked.page("evidence.html", of=PAGE, found=evidence_page(asked.session, asks), ways=_Ways(asked, asks))


@router.get("/evidence/matrix")
def what_each_does(asked: Ask, table: Short = "") -> Response:
    """Show what each source does that is on."""
    return _part(asked, _asks(asked, table), "matrix")


@router.get("/evidence/changed")
def what_changed(asked: Ask, table: Short = "") -> Response:
    """Show what is different without the sources that are off."""
    return _part(asked, _asks(asked, table), "changed")


@router.get("/evidence/sentences")
def what_sentences_do(asked: Ask, table: Short = "", document: Short = "") -> Response:
    """Show what each quoted sentence of a document does."""
    return _part(asked, _asks(asked, table), "sentences", document=document)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The addresses that the page leads to."""

    asked: Asked
    asks: Asks

    def switched(self, off: tuple[str, ...]) -> str:
        """Return the page with these documents off."""
        return self.asked.to("/evidence", table=self.asks.table, off=off)

    def part(self, name: str, document: str = "") -> str:
        """Return a part of the page."""
        return self.asked.to(f"/evidence/{name}", table=self.asks.table, off=self.asks.off, document=document)


def _asks(asked: Asked, table: str) -> Asks:
    off = asked.request.query_params.getlist("off")
    return Asks(table=table, view=asked.view, off=tuple(dict.fromkeys(id for id in off if id)))


def _part(asked: Asked, asks: Asks, name: Part, document: str = "") -> Response:
    """Answer with a part of the page, or with a page of its own where no script asks."""
    template = f"evidence_{name}_inside.html" if asked.by_script else "evidence_part.html"
    if name == "sentences":
        found: object = sentences(asked.session, asks, document)
    else:
        found = matrix(asked.session, asks) if name == "matrix" else changed(asked.session, asks)
    return asked.page(template, of=PAGE, found=found, part=name, document=document, asks=asks, ways=_Ways(asked, asks))
