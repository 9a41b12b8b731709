"""What does a page of the desk hold: sections as a brief has them, laid out, with what they rest on?"""

from collections.abc import Sequence

from detente.brief.document import Block, Brief, Section
from detente.brief.page import Page, page
from detente.brief.register import Register
from detente.brief.sections.sources import quotes
from detente.situation.nouns import Situation
from detente.situation.views import text_only

__all__ = ["Block", "Page", "Register", "Section", "laid", "seen"]


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
