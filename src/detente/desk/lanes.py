"""Who wants what, and how far apart are they: one lane for every issue, with what stands behind it?"""

from dataclasses import dataclass

from detente.analyses.wants import Wants
from detente.brief.answers import View
from detente.brief.document import Paragraph
from detente.brief.page import Page, Part
from detente.brief.sections.lanes import LaneTold, Stand, Value, lane_told, lanes_legend
from detente.brief.sections.who import apart_on
from detente.brief.words import Names, capital
from detente.desk.apart import apart, blocs, gaps
from detente.desk.session import Session
from detente.desk.sheet import Register, Section, Sheet, named, seen
from detente.errors import AnalysisError, BoardError, UsageError
from detente.figures.text import printable
from detente.situation.nouns import Issue, Situation

__all__ = ["LaneTold", "Lanes", "Stand", "Value", "lanes"]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The page: what there is to choose from, what was chosen, the lanes, and what is said under each."""

    sheet: Sheet
    lanes: tuple[LaneTold, ...]
    legend: str
    parties: tuple[tuple[str, str], ...]
    issues: tuple[tuple[str, str], ...]
    party: str | None
    beside: str
    hash: str
    editable: bool

    @property
    def page(self) -> Page:
        """What the sentences rest on."""
        return self.sheet.page

    def said(self, lane: LaneTold) -> Part | None:
        """Return what is said of one lane."""
        return self.sheet.part(lane.id)

    @property
    def silent(self) -> bool:
        """Whether nobody has a stance on anything."""
        return not any(lane.stands for lane in self.lanes)


def lanes(session: Session, *, view: str = "completed", party: str | None = None, issue: str | None = None) -> Lanes:
    """Lay out the positions of a dossier, all of them or those of one party or on one issue.

    Raises UsageError for a party or an issue that it does not have, and what opening the dossier raises.
    """
    now = session.now()
    situation = seen(now.situation, view)
    shown = _shown(situation, party, issue)
    found = _apart(situation)
    told = View(situation, None, gaps=gaps(found) if found else (), blocs=blocs(found) if found else ())
    register, editable = Register(), session.is_dossier and view == "completed"
    sections = [Section(i.id, i.name, _said(i, told, register)) for i in shown]
    names = Names(situation)
    return Lanes(
        sheet=named(situation, sections, register),
        lanes=tuple(lane_told(i, told, _shares(found, i.id), beside=party, movable=editable) for i in shown),
        legend=lanes_legend(situation, told),
        parties=tuple((p.id, p.name) for p in situation.parties if p.id in {s.party for s in situation.stances}),
        issues=tuple((i.id, capital(i.name)) for i in situation.issues),
        party=party,
        beside=names.party(party) if party else "",
        hash=now.hash,
        editable=editable,
    )


def _shown(situation: Situation, party: str | None, issue: str | None) -> tuple[Issue, ...]:
    """Return the issues that are asked about."""
    parties, issues = [p.id for p in situation.parties], [i.id for i in situation.issues]
    for wanted, known, what in ((party, parties, "a party"), (issue, issues, "an issue")):
        if wanted is not None and wanted not in known:
            raise UsageError(
                f"'{printable(wanted)[:60]}' is not {what} of '{situation.title}'. "
                f"Choose one of: {', '.join(known) or 'none yet'}."
            )
    mine = {s.issue for s in situation.stances if party in (None, s.party)}
    found = (i for i in situation.issues if issue in (None, i.id))
    return tuple(i for i in found if party is None or i.id in mine)


def _apart(situation: Situation) -> Wants | None:
    try:
        return apart(situation)
    except (AnalysisError, BoardError):
        return None


def _said(issue: Issue, view: View, register: Register) -> tuple[Paragraph, ...]:
    found = apart_on(issue.id, view, register)
    return (Paragraph(found),) if found else ()


def _shares(found: Wants | None, issue: str) -> dict[tuple[str, str], float]:
    """Return how far every two that speak for themselves are apart on an issue, both ways around."""
    if found is None:
        return {}
    at, many = found.issues.index(issue), range(len(found.parties))
    return {
        (found.parties[p], found.parties[q]): float(found.distance[p, q, at])
        for p in many
        for q in many
        if p != q and found.both[p, q, at]
    }
