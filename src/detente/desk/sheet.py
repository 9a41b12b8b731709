"""What does a page of the desk hold: sections as a brief has them, laid out, with what they rest on?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.brief.document import Block, Brief, Section
from detente.brief.page import Page, Part, page
from detente.brief.register import Register
from detente.brief.sections.sources import quotes
from detente.desk.case import Case
from detente.situation.nouns import Situation
from detente.situation.views import text_only

__all__ = ["Block", "Page", "Register", "Section", "Sheet", "laid", "named", "seen", "viewed"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Sections laid out, each found by its id; one that holds nothing is not there."""

    page: Page
    ids: tuple[str, ...]

    def part(self, id: str) -> Part | None:
        """Return one section as it is laid out, None where there is none."""
        return self.page.parts[self.ids.index(id)] if id in self.ids else None


def laid(
    situation: Situation, sections: Sequence[Section], register: Register, *, title: str = "", prefix: str = ""
) -> Page:
    """Lay sections out: every reference with its target, every picture with names of its own, notes at the end.

    `prefix` begins every anchor, where several sheets stand on one page.

    >>> laid(Situation(title="Dam"), (), Register()).parts
    ()
    """
    brief = Brief(title, "", tuple(sections), quotes(situation), (), tuple(register.notes.values()))
    return page(brief, prefix=prefix)


def seen(situation: Situation, view: str) -> Situation:
    """Return the situation in one view: as completed, or from the text alone where `view` is "text"."""
    return text_only(situation) if view == "text" else situation


def named(situation: Situation, sections: Sequence[Section], register: Register, *, prefix: str = "") -> Sheet:
    """Lay sections out so that each is found by its id; those without blocks are left out.

    >>> named(Situation(title="Dam"), (Section("none", "Nothing", ()),), Register()).ids
    ()
    """
    held = tuple(s for s in sections if s.blocks)
    return Sheet(laid(situation, held, register, prefix=prefix), tuple(s.id for s in held))


def viewed(case: Case, view: str) -> Case:
    """Return a case in one view, as `seen` does."""
    return replace(case, situation=seen(case.situation, view))
