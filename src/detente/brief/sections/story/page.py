"""In which order is one draw told?"""

from collections.abc import Iterator

from detente.brief.answers import Answers, View
from detente.brief.document import Block, Brief, Fact, Listing, Paragraph, Section, Sentence
from detente.brief.register import Register
from detente.brief.sections import sources
from detente.brief.sections.no_deal.telling import WORLDS
from detente.brief.sections.outlook.telling import of_all
from detente.brief.sections.story import rounds
from detente.brief.sections.story.telling import CRISIS, Telling
from detente.brief.story import Told
from detente.brief.words import Names, capital, counted
from detente.outlook.seat.played import Turn
from detente.outlook.story import ending

LUCK = "every input and the luck of every round, by seed and draw"
TABLE = {
    ("full", "agreement"): "everything that is contested is settled by agreement",
    ("partial", "agreement"): "part of what is contested is settled by agreement",
    ("partial", "concession"): "one side has given in, and that settled part of it",
    ("talks", "nothing"): "the talks are on, and nothing is settled",
    ("collapsed", "nothing"): "the talks are broken off",
    ("none", "nothing"): "no talks have begun",
}
FORCE = {"limited": "force is being used", "war": "there is war"}


def composed(found: Told, texts: tuple[tuple[str, str], ...]) -> Brief:
    """Write one draw as a page."""
    register = Register()
    telling = Telling(found, Names(found.situation), register)
    story, situation = found.story, found.situation
    sections = told(found, register)
    view = View(situation=situation, table=telling.setting.table)
    answers = Answers(view, view, (), texts, found.version, found.fingerprint, "none used", 1, found.seed)
    shown = sources.sources(answers, register)
    return Brief(
        title=f"{situation.title}: draw {story.draw.draw} in the world “{story.draw.world}”",
        subtitle=f"{telling.names.table(telling.setting.table)}: one of many draws, no forecast",
        sections=tuple(s for s in sections if s.blocks),
        quotes=sources.quotes(situation),
        sources=shown,
        notes=tuple(register.notes.values()),
        facts=_facts(found),
    )


def told(found: Told, register: Register) -> tuple[Section, ...]:
    """Tell one draw: what it is, what is true in it, how it begins, its rounds, and how it ends."""
    telling = Telling(found, Names(found.situation), register)
    turns = found.story.turns
    return (
        Section("draw", "What is told here", (Paragraph(tuple(_frame(telling))),)),
        Section("holds", "What is true in this draw", (Listing(tuple(holds(telling))),)),
        Section("agenda", "Before the first round", _paragraphs(turns[:1], telling)),
        Section("rounds", "Round by round", _paragraphs(turns[1:], telling)),
        Section("end", "How it ends", (Paragraph(tuple(ends(turns, telling))),)),
    )


def _paragraphs(turns: tuple[Turn, ...], telling: Telling) -> tuple[Block, ...]:
    return tuple(Paragraph(found) for found in rounds.told(turns, telling) if found)


def _frame(telling: Telling) -> Iterator[Sentence]:
    draw, alike = telling.draw, telling.found.alike
    text = (
        f"This is one of many draws and no forecast: draw {draw.draw} in the world “{draw.world}”, in which "
        f"{WORLDS[draw.world]}. Rounds have no dates."
    )
    yield telling.say(text, LUCK)
    if not draw.kept:
        text = "It goes against what parties are said to prefer, so that it counts in no share of draws."
        yield telling.say(text, "stated preferences against what moves are worth in this draw")
    if alike is not None and alike.draws:
        text = f"In {of_all(alike.count, alike.draws)} that were looked at in this world it ends as it does here."
        how = "draws in which the table and the use of force come to the same after the last round"
        yield telling.say(text, how, telling.draw.question.assumed.values())


def holds(telling: Telling) -> Iterator[Sentence]:
    """Say what is true in the draw that no text says: which red lines are meant, how many equilibria crises have."""
    for party in telling.setting.voices:
        if found := lines(party, telling):
            yield found
    for one in telling.draw.crises:
        dyad = one.dyad
        count = counted(one.equilibria, "equilibrium", "equilibria")
        drawn = ", of which one is drawn" if one.equilibria > 1 else ""
        who = f"{telling.names.party(dyad.challenger)} against {telling.names.party(dyad.target)}"
        text = f"The crisis of {who}, over {telling.deed(dyad.challenge)}, has {count}{drawn}."
        yield telling.say(text, CRISIS, telling.effects(dyad), telling.moves(dyad))
    if telling.draw.crises:
        text = "In every crisis each side keeps to itself how much it minds, so that it may act against its points."
        yield telling.say(text, CRISIS)


def lines(party: str, telling: Telling) -> Sentence | None:
    """Say which red lines of a party are meant; None where it has drawn none."""
    mine = [line for line in telling.draw.lines if line.party == party]
    if not mine:
        return None
    stances = [s for s in telling.draw.question.situation.stances if s.party == party]
    drawn = [r for s in stances if s.red_line is not None for r in (s.red_line.at, s.red_line.hardness)]
    meant, not_meant = ([x.issue for x in mine if x.real == real] for real in (True, False))
    parts = [f"means {_drawn(meant, telling)}"] if meant else []
    parts += [f"does not mean {_drawn(not_meant, telling)}"] if not_meant else []
    text = f"{capital(telling.names.party(party))} {' and '.join(parts)}."
    return telling.say(text, "a red line is meant where the luck of the draw falls below its hardness", drawn)


def _drawn(issues: list[str], telling: Telling) -> str:
    return f"its red line{'s' if len(issues) > 1 else ''} on {telling.names.issues(issues)}"


def ends(turns: tuple[Turn, ...], telling: Telling) -> Iterator[Sentence]:
    """Say how things stand after the last round."""
    yield telling.say(f"After round {turns[-1].number} {in_words(turns)}.", rounds.RULES, telling.assumed("occasion"))


def in_words(turns: tuple[Turn, ...]) -> str:
    """Return how things stand after some rounds, as it stands in a sentence.

    >>> in_words((Turn(12, (), "talks", "nothing", "none", 0.0),))
    'the talks are on, and nothing is settled, and nobody has used force'
    """
    table, settled, force, used = ending(turns)
    at = TABLE.get((table, settled), TABLE["partial", "agreement"])
    return f"{at}, and {FORCE.get(force) or ('force was used and has ended' if used else 'nobody has used force')}"


def _facts(found: Told) -> tuple[Fact, ...]:
    return (
        Fact("detente", found.version),
        Fact("situation", found.fingerprint),
        Fact("table", found.story.draw.question.setting.table),
        Fact("world", found.story.draw.world),
        Fact("draw", str(found.story.draw.draw)),
        Fact("seed", str(found.seed)),
    )
