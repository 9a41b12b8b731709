"""What does the page of deals show at once: the tables and agendas to choose from, and one package with its sliders?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.brief.words import MODES, Names, capital
from detente.desk.agendas import contested_issues
from detente.desk.bargained import Bargain, as_written, locks_of, moved_to, package_of
from detente.desk.explorer import IDEAS, Explored, Idea, Laid, explored, ideas, laid_out
from detente.desk.session import Session
from detente.errors import BoardError, UsageError
from detente.outlook.agendas import setters

__all__ = ["AgendaChoice", "DealsPage", "Moved", "Nothing", "agenda_of", "deals_page", "moved", "nothing"]

NO_DEAL_WORDS = (
    ("auto", "as entered, else as things stand"),
    ("status-quo", "as things stand"),
    ("entered", "as entered"),
)
WAYS = ("option", "in", "precondition", "later", "elsewhere", "declaratory")
NO_CHOICE = "No package of this agenda, with what is locked, is accepted by everybody: there is none to choose."
TITLES = {**MODES, "in": "must be settled", "elsewhere": "at another table"}


@dataclass(frozen=True, slots=True)
class AgendaChoice:
    """How an issue may be put on the agenda that is asked about, and how it is."""

    issue: str
    name: str
    value: str
    choices: tuple[tuple[str, str], ...]
    contested: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there is nothing to bargain over."""

    words: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A package judged, with the place that it belongs to."""

    table: str
    place: Bargain
    explored: Explored


@dataclass(frozen=True, slots=True, kw_only=True)
class DealsPage:
    """The page: what can be chosen, what is, and the package that is looked at."""

    table: str
    tables: tuple[tuple[str, str], ...]
    agenda: str
    specs: str
    issues: tuple[AgendaChoice, ...]
    no_deal: str
    no_deals: tuple[tuple[str, str], ...]
    explored: Explored
    ideas: tuple[Idea, ...]
    note: str
    today: str


def nothing(session: Session, place: Bargain) -> Nothing | None:
    """Say why there is nothing to bargain over, where an address names no table that could have something."""
    if (place.table is not None or place.agenda) and place.view == "completed":
        return None
    try:
        laid_out(session, replace(place, no_deal="auto"))
    except BoardError as fault:
        return Nothing(str(fault))
    return None


def moved(
    session: Session, place: Bargain, *, package: str = "", locked: str = "", sliders: dict[str, str] | None = None
) -> Moved:
    """Judge the package that an address or its sliders name.

    Raises UsageError or BoardError where they name what is not there.
    """
    laid = laid_out(session, place)
    at = moved_to(laid.board, sliders) if sliders is not None else package_of(laid.board, package)
    return Moved(laid.board.table, place, explored(laid, at, locked=locks_of(laid.board, locked)))


def deals_page(
    session: Session, place: Bargain, *, package: str | None = None, locked: str = "", choose: str = ""
) -> DealsPage:
    """Put the page together; without a package it is the Nash choice, where the space is small enough to know it soon.

    `choose` names an idea whose choice takes the place of the package, the locked issues kept.

    Raises UsageError or BoardError where the address names what is not there.
    """
    laid = laid_out(session, place)
    locks = locks_of(laid.board, locked)
    at = package_of(laid.board, package or "")
    told, note = ideas(session, place, at, locks) if choose or laid.ground.complete else (), ""
    if choose or (package is None and told):
        wanted = _wanted(told, choose or IDEAS[0])
        note = NO_CHOICE if choose and wanted is None else ""
        at = package_of(laid.board, wanted) if wanted is not None else at
        told = ideas(session, place, at, locks) if laid.ground.complete or locks else told
    situation, names = laid.situation, Names(laid.situation)
    return DealsPage(
        table=laid.board.table,
        tables=tuple((t.id, capital(t.name)) for t in situation.tables),
        agenda=laid.plan.name,
        specs=",".join(place.agenda),
        issues=tuple(_choices(laid, names)),
        no_deal=place.no_deal,
        no_deals=NO_DEAL_WORDS,
        explored=explored(laid, at, locked=locks),
        ideas=told,
        note=note,
        today=as_written(laid.board, laid.board.status_quo),
    )


def _wanted(told: Sequence[Idea], choose: str) -> str | None:
    if choose not in IDEAS:
        raise UsageError(f"'{choose[:60]}' is no idea of a reasonable deal. Choose one of: {', '.join(IDEAS)}.")
    return next((i.package for i in told if i.concept == choose), None)


def _choices(laid: Laid, names: Names) -> list[AgendaChoice]:
    """List the issues of the board, the contested ones first, with the ways in which each may stand."""
    situation, at = laid.situation, laid.situation.table(laid.board.table)
    contested = contested_issues(situation, at)
    found = []
    for issue in sorted(laid.board.issues, key=lambda i: i not in contested):
        able = setters(situation, at, (issue,))
        ways = [("left_out", MODES["left_out"])]
        for way in WAYS:
            if way == "precondition":
                ways += [(f"precondition:{p}", f"{TITLES[way]} of {names.party(p)}") for p in able]
            else:
                ways.append((way, TITLES[way]))
        mode = laid.plan.modes.get(issue)
        name, by = (mode.name, mode.by) if mode is not None else ("left_out", None)
        value = f"{name}:{by}" if name == "precondition" and by else name
        if value not in dict(ways):
            ways.append((value, TITLES.get(name, name) + (f" of {names.party(by)}" if by else "")))
        found.append(AgendaChoice(issue, capital(names.issue(issue)), value, tuple(ways), issue in contested))
    return found


def agenda_of(session: Session, place: Bargain, wanted: dict[str, str]) -> tuple[str, ...]:
    """Return an agenda as issues that stand otherwise than where nothing is asked for.

    Raises UsageError for an issue that is not at the table.
    """
    laid = laid_out(session, replace(place, agenda=()))
    known = laid.board.issues
    unknown = next((i for i in wanted if i not in known), None)
    if unknown is not None:
        raise UsageError(
            f"'{unknown[:60]}' is not an issue at table '{laid.board.table}'. Its issues: {', '.join(known)}."
        )
    usual = {c.issue: c.value for c in _choices(laid, Names(laid.situation))}
    return tuple(f"{issue}={value}" for issue, value in wanted.items() if value != usual[issue])
