"""What follows from a situation? Every analysis asked, for the situation as completed and for the text alone."""

from collections.abc import Callable, Sequence
from importlib.metadata import version

from detente.boards import deals
from detente.brief.answers import Answers, View
from detente.brief.compared import Agenda
from detente.brief.dealt import Dealt
from detente.brief.no_agreement import NoAgreement
from detente.brief.outlook import Outlook
from detente.brief.prevailing import Prevailing
from detente.desk.apart import apart, blocs, gaps
from detente.desk.compared import compared
from detente.desk.dealt import Asking, light, usual
from detente.desk.draws import DRAWS, SEED
from detente.desk.no_agreement import ask_no_agreement
from detente.desk.outlook import Asked as OutlookAsked
from detente.desk.outlook import ask_outlook
from detente.desk.positions import USUAL, Asked, ask_positions
from detente.desk.silences import ask_silences
from detente.ensemble import Drawing
from detente.errors import AnalysisError, BoardError
from detente.levers import Silence
from detente.outlook.mandates import with_mandates
from detente.read.reviewed import Tally
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation
from detente.situation.views import text_only

Progress = Callable[[str], None]


def ask(
    situation: Situation,
    *,
    texts: tuple[tuple[str, str], ...] = (),
    draws: int = DRAWS,
    seed: int = SEED,
    review: Tally | None = None,
    progress: Progress | None = None,
) -> Answers:
    """Answer everything a brief asks; `review` says how far what was read is reviewed.

    Raises BoardError where a table of the situation cannot be put on a board.
    """
    say = progress or (lambda _: None)
    say("deals as completed")
    whole = with_mandates(situation, drawing=USUAL)
    completed = view(whole, draws=draws, seed=seed, review=review)
    say("deals from the text alone")
    stripped = text_only(situation)
    bare = completed if stripped == whole else view(stripped, draws=draws, seed=seed, review=review, supply=False)
    say("what the text does not say")
    unsaid: tuple[Silence, ...] = ()
    if completed.table is not None and completed.agendas:
        unsaid = ask_silences(whole, completed.table)
    return Answers(
        completed=completed,
        text_only=bare,
        silences=unsaid,
        texts=texts,
        version=version("detente"),
        fingerprint=fingerprint(situation),
        no_deal=deals(whole, completed.table).no_deal_kind if completed.agendas and completed.table else "none used",
        draws=draws,
        seed=seed,
        review=review,
    )


def view(situation: Situation, *, draws: int, seed: int, review: Tally | None = None, supply: bool = True) -> View:
    """Answer for one reading of the situation; its first table is the one that deals are asked about.

    `supply` is whether moves outside the table that nobody names may be proposed.
    """
    table = next((t.id for t in situation.tables if len(t.consent) > 1), None)
    found = apart(situation)
    agendas = compared(situation, table, draws=draws, seed=seed) if table and situation.issues else ()
    return View(
        situation=situation,
        table=table,
        gaps=gaps(found) if found else (),
        blocs=blocs(found) if found else (),
        prevailing=_prevailing(situation, (draws, seed)),
        agendas=agendas,
        dealt=_dealt(situation, table, agendas, (draws, seed)) if table and agendas else None,
        without=_without(situation, (draws, seed), supply=supply),
        outlook=_outlook(situation, table, (draws, seed), (review, supply)) if table and agendas else None,
    )


def _dealt(situation: Situation, table: str, agendas: Sequence[Agenda], draws: tuple[int, int]) -> Dealt:
    """What follows at a table on its own agenda, which is the first of those compared."""
    return light(Asking(situation, table, usual(situation, table), "auto", *draws), verdict=agendas[0].verdict)


def _prevailing(situation: Situation, draws: tuple[int, int]) -> tuple[Prevailing, ...]:
    """Who prevails inside each body; nothing where none decides together, or the numbers of one cannot be used."""
    try:
        return ask_positions(situation, Asked(drawing=Drawing(*draws)))
    except (AnalysisError, BoardError):
        return ()


def _outlook(situation: Situation, table: str, draws: tuple[int, int], of: tuple[Tally | None, bool]) -> Outlook | None:
    """Where it is heading; None where the courses cannot be followed."""
    review, supply = of
    asked = OutlookAsked(table=table, drawing=Drawing(*draws), supply=supply)
    try:
        return ask_outlook(situation, asked, review=review)
    except (AnalysisError, BoardError):
        return None


def _without(situation: Situation, draws: tuple[int, int], *, supply: bool) -> NoAgreement | str:
    """Ask what happens without a deal; where that cannot be asked, return why."""
    try:
        return ask_no_agreement(situation, extent="brief" if supply else "text", draws=draws)
    except BoardError as why:
        return str(why)
