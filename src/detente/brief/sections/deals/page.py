"""In which order is everything about the deals of one table told?"""

from detente.brief.answers import Answers, View
from detente.brief.dealt import Dealt
from detente.brief.document import Block, Brief, Fact, Paragraph, Section
from detente.brief.register import Register
from detente.brief.sections import agenda, sources, verdicts
from detente.brief.sections.deals import exchanges, motives, pictures, solutions, spread, tables, why
from detente.brief.sections.deals.telling import Telling
from detente.brief.words import Names, capital, counted

DECIDING = 3  # inputs that decide alone, and are told


def composed(dealt: Dealt) -> Brief:
    """Write everything about the deals of one table on one agenda."""
    register = Register()
    told = Telling(dealt, Names(dealt.situation), register)
    view = View(situation=dealt.situation, table=dealt.table, agendas=dealt.agendas)
    held = Section(
        "deals",
        "Which deals there are",
        (over_ranges(told), *solutions.blocks(told), *pictures.cloud(told)),
    )
    sections = [
        held,
        Section("why", "What blocks, and what would open a deal", (*why.blocks(told), *pictures.who_blocks(told))),
        Section("agendas", "Which agenda does what, and to whom", _agendas(told, view)),
        Section("motives", "Better deal, or no deal?", (*motives.blocks(told), *pictures.regions(told))),
        Section("trades", "What could be given for what", exchanges.blocks(told)),
        Section("tables", "Linked tables and allies", tables.blocks(told)),
        Section("spread", "How far this holds", (*spread.blocks(told), *pictures.plane(told))),
    ]
    situation = dealt.situation
    answers = Answers(
        view, view, (), dealt.texts, dealt.version, dealt.fingerprint, dealt.no_deal, dealt.draws, dealt.seed
    )
    shown = sources.sources(answers, register)
    return Brief(
        title=f"{capital(told.names.table(dealt.table))}: deals on {dealt.agenda}",
        subtitle=f"{situation.title}, {f'as of {situation.as_of.isoformat()}' if situation.as_of else 'undated'}",
        sections=tuple(s for s in sections if s.blocks),
        quotes=sources.quotes(situation),
        sources=shown,
        notes=tuple(register.notes.values()),
        facts=_facts(dealt),
    )


def over_ranges(told: Telling) -> Paragraph:
    """Say whether there is a deal over all values in the ranges."""
    verdict = told.dealt.verdict
    lines = (verdicts.summary(verdict), *verdicts.sentences(verdict, told.names, most=DECIDING))
    over = counted(len(verdict.open_inputs), "open input", "open inputs")
    how = f"verdict over {over} of this table, {verdicts.proof(verdict)}"
    return Paragraph(tuple(told.say(line, how) for line in lines))


def _agendas(told: Telling, view: View) -> tuple[Block, ...]:
    agendas = told.dealt.agendas
    if not agendas:
        return ()
    said = verdicts.together(told.dealt.verdict, told.names)
    return (
        *agenda.own(told.dealt.own, view, told.register),
        *pictures.matrix(told, agendas),
        *pictures.gains(told, agendas),
        *agenda.blocks(view, told.register, said=said),
    )


def _facts(dealt: Dealt) -> tuple[Fact, ...]:
    return (
        Fact("detente", dealt.version),
        Fact("situation", dealt.fingerprint),
        Fact("table", dealt.table),
        Fact("agenda", _stands(dealt.modes)),
        *((Fact("agendas compared with", _stands(dealt.start)),) if dealt.start else ()),
        Fact("no-deal values", dealt.no_deal),
        Fact("draws", str(dealt.draws)),
        Fact("seed", str(dealt.seed)),
    )


def _stands(modes: tuple[tuple[str, str, str | None], ...]) -> str:
    return "; ".join(f"{issue} {mode}" + (f" of {by}" if by else "") for issue, mode, by in modes)
