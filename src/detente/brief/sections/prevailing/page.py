"""In which order is everything about who prevails told, body by body and issue by issue?"""

from detente.brief.answers import Answers, View
from detente.brief.document import Block, Brief, Fact, Listing, Paragraph, Section, Sentence
from detente.brief.prevailing import OnIssue, Prevailing
from detente.brief.register import Register
from detente.brief.sections import sources
from detente.brief.sections.prevailing import agreement, pictures, rounds, said
from detente.brief.sections.prevailing.telling import DEFAULT, HOW, Telling, few
from detente.brief.words import Names, capital, counted
from detente.errors import BoardError

DRAWN = 2  # issues that a brief on everything has pictures for, body by body
LISTED = 24  # members that are listed by name
MOST = (
    "Most of a model's weight is the middle four fifths of it; of the default forecast the middle seven tenths, into "
    "which four of five decisions of the European Union fell."
)
EVIDENCE = (
    "On 351 legislative decisions of the European Union the default forecast missed by 15.7 on average where the "
    "compromise mean alone missed by 23.0 (mean CRPS, on a scale of 0 to 100); that is legislation, and not coercion."
)


def composed(found: tuple[Prevailing, ...], texts: tuple[tuple[str, str], ...]) -> Brief:
    """Write everything about who prevails inside one body or several.

    Raises BoardError where no body was asked about.
    """
    if not found:
        raise BoardError("No body was asked about. Name a party with members or a table, or declare a decision body.")
    register = Register()
    tellings = [Telling(one, Names(one.situation), register) for one in found]
    sections = tuple(s for told in tellings for s in _sections(told, several=len(found) > 1) if s.blocks)
    told_first = "forecast" if found[0].chosen == DEFAULT else "model"
    heading = f"What the {told_first} is, and what it is worth"
    worth = Section("model", heading, (Paragraph(_rests_on(tellings[0])),))
    first = found[0]
    situation = first.situation
    view = View(situation=situation, table=first.table)
    answers = Answers(view, view, (), texts, first.version, first.fingerprint, "none used", first.draws, first.seed)
    shown = sources.sources(answers, register)
    return Brief(
        title=f"{situation.title}: who prevails",
        subtitle=f"{counted(len(found), 'body', 'bodies')}, "
        + (f"as of {situation.as_of.isoformat()}" if situation.as_of else "undated"),
        sections=(*sections, worth),
        quotes=sources.quotes(situation),
        sources=shown,
        notes=tuple(register.notes.values()),
        facts=_facts(found),
    )


def in_brief(found: tuple[Prevailing, ...], register: Register) -> tuple[Block, ...]:
    """Answer in the short form that a brief has room for."""
    tellings = [Telling(one, Names(one.situation), register) for one in found]
    blocks = tuple(block for told in tellings for block in _short(told))
    return (*blocks, Paragraph(_rests_on(tellings[0]))) if tellings else ()


def inside(found: tuple[Prevailing, ...], register: Register, *, issue: str | None = None) -> tuple[Section, ...]:
    """Answer body by body for a page of the desk: a section that leads, then two for each issue.

    Of an issue `BODY.ISSUE` says where the decision lies, and `BODY.ISSUE.models` shows the models side by side; the
    last section, `worth`, says what the model is worth. Only one `issue` is told where one is asked about.
    """
    tellings = [Telling(one, Names(one.situation), register) for one in found]
    sections: list[Section] = []
    for told in tellings:
        lead = (*said.veto(told), told.plain(f"{_deciding(told)}.", "the members of the body, and its weights"))
        sections.append(Section(told.key, capital(told.body), (Paragraph((*lead, *agreement.overall(told))),)))
        for one in (each for each in told.found.issues if issue in (None, each.issue)):
            name, key = capital(told.names.issue(one.issue)), f"{told.key}.{one.issue}"
            sections.append(Section(key, name, (Paragraph((said.where(one, told), *agreement.on(one, told))),)))
            sections.append(Section(f"{key}.models", f"The models on {name}", pictures.lenses(one, told)))
    worth = (Section("worth", "What the model is worth", (Paragraph(_rests_on(tellings[0])),)),) if tellings else ()
    return (*sections, *worth)


def _short(told: Telling) -> tuple[Block, ...]:
    lead = (*said.veto(told), told.plain(f"{_deciding(told)}.", "the members of the body, and its weights"))
    blocks: list[Block] = [Paragraph(lead)]
    for k, one in enumerate(told.found.issues):
        blocks.append(Paragraph((said.where(one, told), *said.beside(one, told), *agreement.in_short(one, told))))
        blocks += pictures.decision(one, told) if k < DRAWN else ()
    return tuple(blocks)


def _sections(told: Telling, *, several: bool) -> tuple[Section, ...]:
    """Return the sections of one body; where there are several bodies, each title names its own."""
    aside = f", inside {told.body}" if several else ""
    issues = tuple(
        Section(f"{told.key}-{one.issue}", capital(told.names.issue(one.issue)) + aside, _on(one, told))
        for one in told.found.issues
    )
    return (
        Section(f"{told.key}-weight", f"{capital(told.body)}: where the weight lies", _lead(told)),
        *issues,
        Section(f"{told.key}-rounds", f"Who moves whom{aside}", rounds.blocks(told)),
    )


def _lead(told: Telling) -> tuple[Block, ...]:
    found = told.found
    members = told.plain(f"{_deciding(told)}.", "the members of the body, and its weights")
    overall = agreement.overall(told)
    read = tuple(told.plain(remark, "how the file of actors was read") for remark in found.remarks)
    return (
        Paragraph((*said.veto(told), members)),
        Listing(tuple(said.where(one, told) for one in found.issues)),
        *((Paragraph(overall),) if overall else ()),
        *((Paragraph(lacking),) if (lacking := said.unheard(told)) else ()),
        *((Paragraph(read),) if read else ()),
    )


def _deciding(told: Telling) -> str:
    found = told.found
    who = few([told.names.party(m) for m in found.members], most=LISTED)
    if found.body is not None:
        return f"{capital(told.body)} decides by its {counted(len(found.members), 'member', 'members')}: {who}"
    return f"Looked at as if they decided together: {who}"


def _rests_on(told: Telling) -> tuple[Sentence, ...]:
    """Say what the model is, and what it was measured on."""
    default, draws = told.found.chosen == DEFAULT, told.found.draws
    what = HOW.get(told.found.chosen, told.forecast)
    what = what.removeprefix("the default forecast: ")
    name = "forecast" if default and not told.found.veto else "model"
    over = (
        f", over {draws:,} draws of the ranges" if told.ranged else "; no input has a range, so all draws are the same"
    )
    text = f"The {name} is {what}{over}."
    measured = "distributions and outcomes of the decisions in the DEU III data set; backtest"
    return (
        told.plain(text, "the definition of the model"),
        *((told.plain(EVIDENCE, measured),) if default else ()),
        told.plain(MOST, measured),
    )


def _on(one: OnIssue, told: Telling) -> tuple[Block, ...]:
    if one.agreed:
        return (Paragraph((said.where(one, told),)),)
    return (
        Paragraph((said.where(one, told), *said.beside(one, told), *said.who(one, told))),
        *pictures.decision(one, told),
        *pictures.shares(one, told),
        *((Paragraph(lines),) if (lines := agreement.on(one, told)) else ()),
        *pictures.lenses(one, told),
    )


def _facts(found: tuple[Prevailing, ...]) -> tuple[Fact, ...]:
    first = found[0]
    return (
        Fact("detente", first.version),
        Fact("situation", first.fingerprint),
        Fact("bodies", ", ".join(one.body or one.table or "all parties" for one in found)),
        Fact("model", first.chosen),
        Fact("draws", str(first.draws)),
        Fact("seed", str(first.seed)),
    )
