"""`/outlook`: where is it heading, and how sure is that? And `/outlook/seat`: what would you do in one draw?"""

from fastapi import APIRouter
from fastapi.responses import Response

from detente.desk.outlook_page import FEATURES, PARTS, Asked, heading
from detente.desk.seat import as_lines
from detente.desk.seat_page import Asked as SeatAsked
from detente.desk.seat_page import game_of, seated
from detente.desk.story import WORLD
from detente.web.asked import Ask
from detente.web.asked import Asked as Request
from detente.web.page import Page

router = APIRouter()
PAGE = Page("/outlook", "Outlook", "Where is it heading, and how sure is that?", "k", router)


@router.get("/outlook")
def outlook(asked: Ask) -> Response:
    """Show the classes at once, and each part that takes longer when it is asked for."""
    told = asked.request.query_params
    question = Asked(
        table=told.get("table", ""),
        view=asked.view,
        features=tuple(f"{name}={said}" for name in FEATURES if (said := told.get(name, "").strip())),
        draw=told.get("draw") or "0",
        world=told.get("world") or WORLD,
    )
    part = told.get("part", "")
    parts = PARTS if part == "all" else (part,)
    found = heading(asked.session, question, parts=parts, alone=asked.by_script and bool(part))
    return asked.page("outlook.html", of=PAGE, found=found, alone=part if asked.by_script else "")


@router.get("/outlook/seat")
def seat(asked: Ask) -> Response:
    """Show where a seat is in its draw, what is asked, and every move so far."""
    return asked.page("seat.html", of=PAGE, found=seated(asked.session, _seat(asked)))


@router.get("/outlook/seat/transcript")
def transcript(asked: Ask) -> Response:
    """Hand out the game as JSON lines."""
    question = _seat(asked)
    game, _ = game_of(asked.session, question)
    name = f"seat-{game.seat.party}-{game.asked.world}-{game.asked.draw}.jsonl"
    held = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(as_lines(game), media_type="application/x-ndjson", headers=held)


def _seat(asked: Request) -> SeatAsked:
    told = asked.request.query_params
    return SeatAsked(
        party=told.get("party", ""),
        draw=told.get("draw") or "0",
        world=told.get("world") or WORLD,
        table=told.get("table", ""),
        view=asked.view,
        moves=told.get("moves", ""),
        of=told.get("of", ""),
    )
