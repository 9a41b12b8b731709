"""What is done in a run of each kind, and which of it is found again when it is begun again?"""

from pathlib import Path
from typing import Protocol, runtime_checkable

from detente.brief import as_json as json_form
from detente.brief import html
from detente.brief.document import (
    Brief,
    Fact,
    Figure,
    Grid,
    Listing,
    Note,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Source,
)
from detente.desk import brief, levers, outlook
from detente.desk.case import Case, texts_beside
from detente.desk.runs import Settings, settings_of
from detente.dossier import SITUATION
from detente.dossier.runs import RunFolder
from detente.ensemble import Chunk, Kept, chunks, request_key
from detente.errors import DossierError
from detente.read.reviewed import Tally

PAGES = (Brief, Fact, Figure, Grid, Listing, Note, Paragraph, Quote, Section, Sentence, Source)
WHOLE = Chunk(0, 1)


@runtime_checkable
class Telling(Protocol):
    """Who is told how it goes on."""

    def put(self, **news: object) -> None:
        """Write news down at once."""

    def say(self, doing: str) -> None:
        """Write down what it is at."""


def done(folder: Path, made: RunFolder, telling: Telling) -> tuple[bytes, bytes]:
    """Do a run, and return its page and its data; what is kept of it already is not done again.

    Raises what the verb of its kind raises, and DossierError where what was asked cannot be read.
    """
    asked, case = made.asked(), _case(folder, made)
    settings = settings_of(asked.get("settings"))
    _clear_of_others(made, telling)
    kind = asked.get("kind")
    if kind == "outlook":
        return _outlook(case, settings, made, telling)
    if kind == "levers":
        return _levers(case, settings, made, telling)
    if kind == "brief":
        return _brief(case, settings, made, telling)
    raise DossierError(f"Run {made.id} is of a kind that this version does not know. Use the one that began it.")


def _clear_of_others(made: RunFolder, telling: Telling) -> None:
    """Take away parts that another version of the program made: they would never be found, and count as finished."""
    mine = request_key(made.situation(), {})
    if made.state().get("program") != mine:
        made.clear()
    telling.put(program=mine)


def _case(folder: Path, made: RunFolder) -> Case:
    """Return the case as it stood when the run was begun."""
    asked, situation = made.asked(), made.situation()
    review = asked.get("review")
    tally = Tally(int(review["items"]), int(review["unreviewed"])) if isinstance(review, dict) else None
    return Case(str(asked.get("slug", "case")), situation, texts_beside(folder / SITUATION, situation), tally)


def _outlook(case: Case, settings: Settings, made: RunFolder, telling: Telling) -> tuple[bytes, bytes]:
    how = outlook.drawing(settings.draws, settings.seed, settings.workers)
    telling.put(of=len(chunks(how.draws, how.size)))
    asked = outlook.Asked(
        table=settings.table,
        agenda=settings.agenda[0] if settings.agenda else None,
        no_deal=settings.no_deal or "computed",
        features=settings.features,
        held=settings.held,
        drawing=how,
        keep=made.chunks,
    )
    found = outlook.ask_outlook(case.situation, asked, review=case.review, progress=telling.say)
    return _page(outlook.write(found, case.texts)), outlook.as_json(found).encode()


def _levers(case: Case, settings: Settings, made: RunFolder, telling: Telling) -> tuple[bytes, bytes]:
    how = (settings.table, settings.agenda, settings.no_deal or "auto", settings.draws, settings.seed)
    asked = levers.LeversAsked(settings.answer, *how)
    key = request_key(
        case.situation,
        {
            **{"what": "levers", "answer": settings.answer, "table": settings.table, "agenda": settings.agenda},
            **{"no_deal": asked.no_deal, "draws": settings.draws, "seed": settings.seed},
        },
    )
    found = levers.ask_levers(case, asked, kept=Kept(made.chunks, key), progress=telling.say)
    return _page(levers.write(found)), levers.as_json(found).encode()


def _brief(case: Case, settings: Settings, made: RunFolder, telling: Telling) -> tuple[bytes, bytes]:
    telling.put(of=1)
    kept = Kept(
        made.chunks,
        request_key(case.situation, {"draws": settings.draws, "seed": settings.seed, **_known(case)}),
        PAGES,
    )
    written: Brief | None = kept.load(WHOLE)
    if written is None:
        written = brief.write(case, draws=settings.draws, seed=settings.seed, progress=telling.say)
        kept.store(WHOLE, written)
    return _page(written), json_form.render(written).encode()


def _known(case: Case) -> dict[str, str | int]:
    """Name what a brief rests on besides the situation."""
    reviewed = case.review or Tally(0, 0)
    return {"what": "brief", "items": reviewed.items, "unreviewed": reviewed.unreviewed}


def _page(written: Brief) -> bytes:
    return html.render(written).encode()
