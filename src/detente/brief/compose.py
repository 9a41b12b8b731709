"""How do the answers become a brief? The order of its sections, each answered as completed and from the text alone."""

from collections.abc import Callable

from detente.brief.answers import Answers, View
from detente.brief.document import Block, Brief, Fact, Section
from detente.brief.figures import coverage_figure, network_figure, wants_figure
from detente.brief.register import Register
from detente.brief.sections import agenda, bottom_line, no_deal, settings, sources, trade, unsaid, who

Blocks = tuple[Block, ...]


def compose(answers: Answers) -> Brief:
    """Write the brief."""
    register = Register()

    def agendas(view: View) -> Blocks:
        turned = agenda.completion(answers, register) if view is answers.completed else ()
        return (*agenda.blocks(view, register), *turned)

    def covered(view: View) -> Blocks:
        return (*coverage_figure(view, register), *no_deal.blocks(view, register))

    def both(id_: str, title: str, blocks: Callable[[View], Blocks]) -> Section:
        full, bare = blocks(answers.completed), blocks(answers.text_only)
        return Section(id_, title, full, None if bare == full else bare)

    sections = (
        both("bottom-line", "Bottom line", lambda v: bottom_line.blocks(v, register)),
        both(
            "who",
            "Who can say no, and who wants what",
            lambda v: (*wants_figure(v, register), *who.blocks(v, register)),
        ),
        both(
            "tables", "Tables, ties, threats", lambda v: (*network_figure(v, register), *settings.blocks(v, register))
        ),
        both("agenda", "What deals exist on which agenda", agendas),
        both("trade", "What is the trade", lambda v: trade.blocks(v, register)),
        both("no-deal", "No deal: what the threats cover", covered),
        Section("unsaid", "What the text does not say", unsaid.blocks(answers, register)),
    )
    situation = answers.completed.situation
    day = f"as of {situation.as_of.isoformat()}" if situation.as_of else "undated"
    shown = sources.sources(answers, register)
    return Brief(
        title=situation.title,
        subtitle=f"{len(situation.documents)} document{'s' if len(situation.documents) != 1 else ''}, {day}",
        sections=sections,
        quotes=sources.quotes(situation),
        sources=shown,
        notes=tuple(register.notes.values()),
        facts=_facts(answers),
    )


def _facts(answers: Answers) -> tuple[Fact, ...]:
    return (
        Fact("detente", answers.version),
        Fact("situation", answers.fingerprint),
        Fact("no-deal values", answers.no_deal),
        Fact("score rule", "distance: salience x change in distance to the status quo, in basis points"),
        Fact("draws", str(answers.draws)),
        Fact("seed", str(answers.seed)),
    )
