"""`/why/PATH` and `/source/ID`: what stands behind a value, and behind a quote? In the drawer, or as pages."""

from fastapi import APIRouter
from fastapi.responses import Response

from detente.desk.why import explained, quoted
from detente.web.asked import Ask

router = APIRouter()


@router.get("/why/{path:path}")
def why(asked: Ask, path: str) -> Response:
    """Show what stands at a path, and in which sentences."""
    template = "why_drawer.html" if asked.into_drawer else "why.html"
    return asked.page(template, found=explained(asked.session, path))


@router.get("/source/{id:path}")
def source(asked: Ask, id: str) -> Response:
    """Show a quote in what stands around it."""
    template = "source_drawer.html" if asked.into_drawer else "source.html"
    return asked.page(template, quote=quoted(asked.session.now().case, id))
