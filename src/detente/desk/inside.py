"""Who prevails inside each body that decides together: the forecast, and whether the models agree?"""

from dataclasses import dataclass

from detente.brief.page import Page, Part
from detente.brief.prevailing import Prevailing
from detente.brief.sections.prevailing.page import inside as told
from detente.desk.positions import Asked, ask_positions
from detente.desk.session import Session
from detente.desk.sheet import Register, Sheet, named, seen
from detente.errors import AnalysisError, BoardError

__all__ = ["Inside", "OnIssue", "Prevailing", "Within", "inside", "inside_is_known", "prevailing"]


@dataclass(frozen=True, slots=True)
class OnIssue:
    """One issue inside a body: where the decision lies, and the models side by side, where there is one to compare."""

    id: str
    title: str
    said: Part
    models: Part | None


@dataclass(frozen=True, slots=True)
class Within:
    """One body: what is said of all of it, and its issues."""

    id: str
    title: str
    said: Part
    issues: tuple[OnIssue, ...]


@dataclass(frozen=True, slots=True)
class Inside:
    """Who prevails; `why_not` says why nothing is weighed, where nothing is."""

    sheet: Page | None
    bodies: tuple[Within, ...]
    worth: Part | None
    why_not: str


def inside_is_known(session: Session, *, view: str) -> bool:
    """Whether who prevails was asked already, so that it need not be waited for."""
    return session.knows(*_question(view))


def inside(session: Session, *, view: str = "completed", issue: str | None = None) -> Inside:
    """Tell who prevails inside each body of a dossier, on all issues or on one.

    Raises what opening the dossier raises.
    """
    situation = seen(session.now().situation, view)
    try:
        found = prevailing(session, view=view)
    except (AnalysisError, BoardError) as why:
        return Inside(None, (), None, str(why))
    register = Register()
    sheet = named(situation, told(found, register, issue=issue), register, prefix="inside-")
    return Inside(sheet.page, tuple(_within(sheet, one) for one in found), sheet.part("worth"), "")


def prevailing(session: Session, *, view: str = "completed") -> tuple[Prevailing, ...]:
    """Answer who prevails inside each body of a dossier, once for every situation.

    Raises what `ask_positions` raises, and what opening the dossier raises.
    """
    return session.answer(*_question(view), compute=lambda case: ask_positions(seen(case.situation, view), Asked()))


def _question(view: str) -> tuple[str, str]:
    return ("inside", view)


def _within(sheet: Sheet, found: Prevailing) -> Within:
    key = found.body or found.table or "body"
    lead, issues = sheet.part(key), []
    for one in found.issues:
        said = sheet.part(f"{key}.{one.issue}")
        if said is not None:
            issues.append(OnIssue(one.issue, said.title, said, sheet.part(f"{key}.{one.issue}.models")))
    if lead is None:
        raise BoardError(f"Nothing is said of '{key}'. Name its members, and give two of them a stance on one issue.")
    return Within(key, lead.title, lead, tuple(issues))
