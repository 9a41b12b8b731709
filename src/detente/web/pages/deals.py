"""`/deals`: which deals exist, who says no, and why?"""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse, Response

from detente.desk.bargained import Bargain, bargain
from detente.desk.deals_page import Moved, agenda_of, deals_page, moved, nothing
from detente.desk.deals_told import matrix, part
from detente.web.asked import Ask, Asked
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/deals", "Deals", "Which deals exist, who says no, and why?", "d", router)
MOST_FIELDS = 200
Short = Annotated[str, Query(max_length=400)]
Long = Annotated[str, Query(max_length=4000)]
Written = Annotated[str | None, Query(max_length=4000)]


@dataclass(frozen=True, slots=True)
class Ways:
    """The addresses that lead on from a page about one table and agenda."""

    asked: Asked
    place: Bargain

    def package(self, package: str | None, locked: str = "") -> str:
        """Return the address of a package."""
        return self.asked.to("/deals", **_query(self.place), package=package, locked=locked or None)

    def agenda(self, specs: str) -> str:
        """Return the address of another agenda of the table."""
        query = {**_query(self.place), "agenda": specs or None}
        return self.asked.to("/deals", **query)

    def part(self, name: str) -> str:
        """Return the address of a part of the page that is told by itself."""
        return self.asked.to(f"/deals/{name}", **_query(self.place))


def place_of(asked: Ask, table: Short = "", agenda: Long = "", no_deal: Short = "") -> Bargain:
    """Return the table and the agenda that an address names, an agenda's form included."""
    place = bargain(table, agenda, no_deal, view=asked.view)
    modes = _fields(asked, "mode.")
    return replace(place, agenda=agenda_of(asked.session, place, modes)) if modes else place


Place = Annotated[Bargain, Depends(place_of)]


@router.get("/deals")
def deals(asked: Ask, place: Place, package: Written = None, locked: Long = "", choose: Short = "") -> Response:
    """Show the sliders and the package they are at; the rest of the page is asked for by itself."""
    missing = nothing(asked.session, place)
    if missing is not None:
        return asked.page("deals.html", of=PAGE, missing=missing, found=None)
    sliders = _fields(asked, "at.")
    if sliders:
        here = _moved(asked, place, sliders).explored
        package, locked = here.package, here.locked
    found = deals_page(asked.session, place, package=package, locked=locked, choose=choose)
    ways, now = Ways(asked, place), found.explored
    address = ways.package(now.package, now.locked)
    if (sliders or _fields(asked, "mode.")) and not found.note and not asked.by_script:
        return RedirectResponse(address, status_code=303)  # a form's own address is long, and holds nothing more
    return asked.page("deals.html", of=PAGE, missing=None, found=found, now=now, address=address, ways=ways)


@router.get("/deals/package")
def look(asked: Ask, place: Place) -> Response:
    """Judge the package that the sliders are at."""
    ways, now = Ways(asked, place), _moved(asked, place, _fields(asked, "at.")).explored
    address = ways.package(now.package, now.locked)
    if not asked.by_script:
        return RedirectResponse(address, status_code=303)
    return asked.page("deals_package.html", now=now, address=address, ways=ways)


@router.get("/deals/agendas")
def agendas(asked: Ask, place: Place) -> Response:
    """Compare the agendas."""
    found = matrix(asked.session, place)
    return asked.page(_template(asked, "deals_agendas"), of=PAGE, found=found, ways=Ways(asked, place))


@router.get("/deals/{name}")
def told(asked: Ask, place: Place, name: str) -> Response:
    """Tell one part of the page."""
    found = part(asked.session, place, name)
    return asked.page(_template(asked, "deals_part"), of=PAGE, found=found, ways=Ways(asked, place))


def _moved(asked: Asked, place: Bargain, sliders: dict[str, str]) -> Moved:
    return moved(asked.session, place, locked=",".join(_fields(asked, "lock.")), sliders=sliders)


def _fields(asked: Asked, begin: str) -> dict[str, str]:
    """Return what a form says of each issue."""
    every = list(asked.request.query_params.multi_items())[:MOST_FIELDS]
    return {name.removeprefix(begin): value for name, value in every if name.startswith(begin)}


def _template(asked: Asked, name: str) -> str:
    return f"{name}_inside.html" if asked.by_script else f"{name}.html"


def _query(place: Bargain) -> dict[str, str | None]:
    no_deal = None if place.no_deal == "auto" else place.no_deal
    return {"table": place.table, "agenda": ",".join(place.agenda) or None, "no_deal": no_deal}
