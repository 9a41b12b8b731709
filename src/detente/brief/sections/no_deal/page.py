"""In which order is everything about the world without a deal told?"""

from detente.brief.answers import Answers, View
from detente.brief.document import Block, Brief, Fact, Paragraph, Section, Sentence
from detente.brief.no_agreement import NoAgreement
from detente.brief.register import Register
from detente.brief.sections import sources
from detente.brief.sections.no_deal import coverage, crises, drafted, pictures, today, values
from detente.brief.sections.no_deal.telling import Telling
from detente.brief.words import Names


def composed(found: NoAgreement, texts: tuple[tuple[str, str], ...]) -> Brief:
    """Write everything about the world without a deal."""
    register = Register()
    told = Telling(found, Names(found.situation), register)
    sections = (
        Section(
            "today",
            "If the talks fail: does today's state hold?",
            (*today.blocks(told), *pictures.held(told), *pictures.states(told)),
        ),
        Section("coverage", "What the threats cover", (*pictures.covered(told), *coverage.blocks(told))),
        Section("crises", "Where a challenge leads", (*pictures.crises(told), *crises.blocks(told))),
        Section("values", "What each has without a deal", values.blocks(told)),
        Section("draft", "What can be done, and what it is taken to be worth", drafted.blocks(told)),
    )
    situation = found.situation
    view = View(situation=situation, table=found.table)
    answers = Answers(view, view, (), texts, found.version, found.fingerprint, "none used", found.draws, found.seed)
    where = f"the failure of {told.names.table(found.table)}, " if found.table is not None else ""
    day = where + f"as of {situation.as_of.isoformat()}" if situation.as_of else f"{where}undated"
    shown = sources.sources(answers, register)
    return Brief(
        title=f"{situation.title}: without a deal",
        subtitle=day,
        sections=tuple(s for s in sections if s.blocks),
        quotes=sources.quotes(situation),
        sources=shown,
        notes=tuple(register.notes.values()),
        facts=_facts(found),
    )


def in_brief(found: NoAgreement, register: Register) -> tuple[Block, ...]:
    """Answer in the short form that a brief has room for."""
    told = Telling(found, Names(found.situation), register)
    return (*today.blocks(told), *pictures.states(told), *pictures.covered(told), *coverage.blocks(told))


def nothing(why: str, register: Register) -> tuple[Block, ...]:
    """Say why nothing can be said."""
    none = register.derive("no conflict can be drafted")
    return (Paragraph((Sentence(why or "Nothing says what anybody could do outside the table.", (none,)),)),)


def _facts(found: NoAgreement) -> tuple[Fact, ...]:
    return (
        Fact("detente", found.version),
        Fact("situation", found.fingerprint),
        Fact("table", found.table or "none"),
        Fact("concept", found.concept),
        Fact("worlds", ", ".join(one.world for one in found.worlds) or "none"),
        Fact("draws", str(found.draws)),
        Fact("seed", str(found.seed)),
    )
