"""How do the answers become a brief? The order of its sections, each answered as completed and from the text alone."""

from collections.abc import Callable
from dataclasses import replace

from detente.brief.answers import Answers, View
from detente.brief.document import Block, Brief, Fact, Section
from detente.brief.figures import network_figure, wants_figure
from detente.brief.register import Register
from detente.brief.sections import agenda, bottom_line, settings, sources, trade, unsaid, who
from detente.brief.sections.deals import motives, pictures, why
from detente.brief.sections.deals.telling import Telling
from detente.brief.sections.no_deal.page import in_brief, nothing
from detente.brief.sections.outlook.page import in_brief as where_to
from detente.brief.sections.prevailing.page import in_brief as in_short
from detente.brief.track_record import in_brief as in_short_record
from detente.brief.words import Names

PRESSING = 2  # parties that press whose aims a brief looks into
Blocks = tuple[Block, ...]
Tell = Callable[[View, Register], Blocks]


def compose(answers: Answers) -> Brief:
    """Write the brief."""
    register = Register()
    sections = (
        *(_both(answers, register, section) for section in ORDER),
        Section(*UNSAID, unsaid.blocks(answers, register)),
        Section(*RECORD, in_short_record(answers.record, register) if answers.record else ()),
    )
    situation = answers.completed.situation
    day = f"as of {situation.as_of.isoformat()}" if situation.as_of else "undated"
    shown = sources.sources(answers, register)
    return Brief(
        title=situation.title,
        subtitle=f"{len(situation.documents)} document{'s' if len(situation.documents) != 1 else ''}, {day}",
        sections=tuple(s for s in sections if s.blocks or s.text_only),
        quotes=sources.quotes(situation),
        sources=shown,
        notes=tuple(register.notes.values()),
        facts=_facts(answers),
    )


def _both(answers: Answers, register: Register, section: tuple[str, str, Tell]) -> Section:
    """Answer as completed and from the text alone; how a supplied issue was arrived at is said with the first."""
    id_, title, tell = section
    turned = agenda.completion(answers, register) if id_ == "agenda" else ()
    full = (*tell(answers.completed, register), *turned)
    bare = full if answers.text_only is answers.completed else tell(answers.text_only, register)
    return Section(id_, title, full, None if bare == full else bare)


def _who(view: View, register: Register) -> Blocks:
    return (*wants_figure(view, register), *who.blocks(view, register))


def _inside(view: View, register: Register) -> Blocks:
    return in_short(view.prevailing, register)


def _tables(view: View, register: Register) -> Blocks:
    return (*network_figure(view, register), *settings.blocks(view, register))


def _agendas(view: View, register: Register) -> Blocks:
    told = _told(view, register)
    drawn = (*pictures.matrix(told, view.agendas), *pictures.gains(told, view.agendas)) if told else ()
    return (*drawn, *agenda.blocks(view, register))


def _traded(view: View, register: Register) -> Blocks:
    told = _told(view, register)
    return (*trade.blocks(view, register), *(pictures.cloud(told) if told else ()))


def _blocked(view: View, register: Register) -> Blocks:
    told = _told(view, register)
    return (*why.blocks(told), *pictures.who_blocks(told)) if told else ()


def _pressing(view: View, register: Register) -> Blocks:
    told = _told(view, register)
    return (*motives.blocks(told), *pictures.regions(told)) if told else ()


def _without(view: View, register: Register) -> Blocks:
    return nothing(view.without, register) if isinstance(view.without, str) else in_brief(view.without, register)


def _heading(view: View, register: Register) -> Blocks:
    return where_to(view.outlook, register) if view.outlook is not None else ()


ORDER: tuple[tuple[str, str, Tell], ...] = (
    ("bottom-line", "Bottom line", bottom_line.blocks),
    ("who", "Who can say no, and who wants what", _who),
    ("inside", "Inside the bodies that decide: who prevails", _inside),
    ("tables", "Tables, ties, threats", _tables),
    ("agenda", "What deals exist on which agenda", _agendas),
    ("trade", "What is the trade", _traded),
    ("why", "What blocks a deal, and what would open one", _blocked),
    ("motives", "Who presses: for a better deal, or for none?", _pressing),
    ("no-deal", "No deal: does today's state hold, and what do the threats cover?", _without),
    ("outlook", "Where it is heading", _heading),
)
UNSAID = ("unsaid", "What the text does not say")
RECORD = ("record", "How right forecasts were")
# Every section that a brief may have, by its id and its title.
CONTENTS: tuple[tuple[str, str], ...] = (*((id_, title) for id_, title, _ in ORDER), UNSAID, RECORD)


def _told(view: View, register: Register) -> Telling | None:
    """What a view says about the deals of its table; of those who press, the ones who do not sit at it."""
    if view.dealt is None:
        return None
    outside = tuple(m for m in view.dealt.motives if m.seat == "outside")[:PRESSING]
    return Telling(replace(view.dealt, motives=outside), Names(view.situation), register)


def _facts(answers: Answers) -> tuple[Fact, ...]:
    return (
        Fact("detente", answers.version),
        Fact("situation", answers.fingerprint),
        Fact("no-deal values", answers.no_deal),
        Fact("score rule", "distance: salience x change in distance to the status quo, in basis points"),
        Fact("draws", str(answers.draws)),
        Fact("seed", str(answers.seed)),
    )
