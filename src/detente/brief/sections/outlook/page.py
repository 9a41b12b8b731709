"""In which order is it told where a dispute is heading: cases like it, the model apart, pressing, the ground, trust?"""

from detente.brief.answers import Answers, View
from detente.brief.document import Block, Brief, Fact, Listing, Paragraph, Section
from detente.brief.outlook import Outlook
from detente.brief.register import Register
from detente.brief.sections import sources
from detente.brief.sections.outlook import classes, courses, dated, ground, pictures, pressing, sure
from detente.brief.sections.outlook.telling import Telling, standing
from detente.brief.words import Names

SHORT = ("agreement", "war")  # events that are told in short
STEPS = "rates rounded to the nearest five, so that no more is said than is known"
IN_BRIEF = 2  # worlds that a brief on everything has a panel for


def composed(found: Outlook, texts: tuple[tuple[str, str], ...]) -> Brief:
    """Write everything about where it is heading."""
    register = Register()
    told = Telling(found, Names(found.situation), register)
    sections = (
        Section("in-short", "Where it is heading, in short", _in_short(told)),
        Section("classes", "What became of cases like it", _of_classes(told)),
        Section("courses", "What the model's courses do, apart from that", courses.blocks(told)),
        Section("pressing", "What pressing does", pressing.blocks(told)),
        Section("ground", "What the courses rest on", ground.blocks(told)),
        Section("confidence", "How sure the judgements are", sure.blocks(told)),
    )
    situation = found.situation
    view = View(situation=situation, table=found.table)
    answers = Answers(view, view, (), texts, found.version, found.fingerprint, "none used", found.draws, found.seed)
    shown = sources.sources(answers, register)
    day = f"as of {situation.as_of.isoformat()}" if situation.as_of else "undated"
    return Brief(
        title=f"{situation.title}: outlook",
        subtitle=f"{told.names.table(found.table)}, {day}",
        sections=tuple(s for s in sections if s.blocks),
        quotes=sources.quotes(situation),
        sources=shown,
        notes=tuple(register.notes.values()),
        facts=_facts(told),
    )


def in_brief(found: Outlook, register: Register) -> tuple[Block, ...]:
    """Answer in the short form that a brief has room for."""
    told = Telling(found, Names(found.situation), register)
    return (*_in_short(told), *pictures.states(told, _shown(told)))


def _in_short(told: Telling) -> tuple[Block, ...]:
    """Say what cases like it came to, apart from it what the draws do, what pressing does, and how sure that is."""
    first = [one for one in told.found.classes if one.event in SHORT]
    rates = tuple(
        Paragraph((
            *classes.said(one, told),
            *(dated.in_short(one, told) if one.event == "agreement" else ()),
            *(classes.deciding(one, told) if one.event == "agreement" else classes.deciding_in_short(one, told)),
        ))
        for one in first
    )  # fmt: skip
    pressed, trust = pressing.in_short(told), sure.in_short(told)
    return (
        *rates,
        Paragraph((told.plain("Rates and their intervals are given in steps of five.", STEPS), courses.in_short(told))),
        Listing(courses.in_worlds(told, short=True)),
        *((Paragraph(pressed),) if pressed else ()),
        *((Paragraph(trust),) if trust else ()),
    )


def _of_classes(told: Telling) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for each in told.found.classes:
        blocks += classes.of_event(each, told)
        blocks += dated.blocks(each, told) if each.event == "agreement" else ()
    return (classes.taken(told), *blocks)


def _shown(told: Telling) -> tuple[int, ...]:
    """Return the first world, and the one in which force is used most: the two that a brief draws."""
    worlds = range(len(told.worlds))
    most = max(worlds, key=lambda w: (standing(told.found.sums, w).force, w))
    return tuple(sorted({0, most}))[:IN_BRIEF]


def _facts(told: Telling) -> tuple[Fact, ...]:
    found = told.found
    held = [f"{row.name}={at.low:g},{at.best:g},{at.high:g}" for row, at in found.swept if at.basis.kind != "assumed"]
    agenda = found.sums.setting.modes
    return (
        Fact("detente", found.version),
        Fact("situation", found.fingerprint),
        Fact("table", found.table),
        Fact("agendas", "; ".join(agenda)),
        Fact("no-deal values", found.sums.setting.no_deal),
        Fact("worlds", ", ".join(told.worlds)),
        Fact("classes", "; ".join(f"{one.event}: {one.chosen.last.of.id}" for one in found.classes)),
        Fact("weight of the model in the rates", f"{found.weight:g}"),
        *((Fact("held", "; ".join(held)),) if held else ()),
        Fact("draws", str(found.draws)),
        Fact("draws with an agenda held", str(found.pressed_draws)),
        Fact("seed", str(found.seed)),
        *sure.facts(told),
    )
