"""In which order is everything about a conflict told?"""

from detente.brief.disputed import ConflictTold
from detente.brief.document import Block, Brief, Fact, Grid, Listing, Section
from detente.brief.register import Register
from detente.brief.sections.conflict import changes, holds, pictures, together, ways, why
from detente.brief.sections.conflict.telling import Telling, words
from detente.brief.words import capital, counted
from detente.formats.published import called

BOUND = {"both": "yes", "up": "no, once made it stays", "down": "it can be ended, and then not made again"}


def composed(found: ConflictTold) -> Brief:
    """Write everything about a conflict."""
    register = Register()
    told = Telling(found, register)
    board = found.conflict
    sections = (
        Section("holds", "What holds", holds.blocks(told)),
        Section("why", "Why it holds, or does not", why.blocks(told)),
        Section("together", "Who could leave together, and who stands in the way", together.blocks(told)),
        Section("ways", "How it gets there", (*ways.blocks(told), *pictures.states(told))),
        Section("changes", "What would change it", changes.blocks(told)),
        Section("moves", "Who can do what", _moves(told)),
        Section("left-out", "What was not asked", _left_out(told)),
    )
    counts = (
        counted(len(board.players), "player", "players"),
        counted(len(board.states.choices), "move", "moves"),
        counted(board.count, "state", "states"),
    )
    return Brief(
        title=f"{found.title}: what holds",
        subtitle=", ".join(counts),
        sections=tuple(s for s in sections if s.blocks),
        quotes=(),
        sources=(),
        notes=tuple(register.notes.values()),
        facts=_facts(found),
    )


def _moves(told: Telling) -> tuple[Block, ...]:
    board, how = told.told.conflict, "as the file says"
    rows = tuple(
        (
            told.say(called(c.owner), how),
            told.say(words(c.label), how),
            told.say(" / ".join(words(level) for level in c.levels) if len(c.levels) > 2 else "yes or no", how),
            told.say(BOUND[c.direction], how),
        )
        for c in board.states.choices
    )
    caption = told.say(f"What each player decides. Of {board.states.size:,} combinations {board.count:,} can be.", how)
    return (Grid(caption, ("player", "move", "how far", "can it be taken back"), rows),)


def _left_out(told: Telling) -> tuple[Block, ...]:
    lines = tuple(told.say(capital(text), "what was asked, and what was not") for text in told.told.left_out)
    lines += tuple(told.say(text, "what the file holds that is not used") for text in told.told.remarks)
    return (Listing(lines),) if lines else ()


def _facts(found: ConflictTold) -> tuple[Fact, ...]:
    start = "not named" if found.start is None else found.conflict.states.pattern(found.start)
    order = ", ".join(f"{c.owner}.{c.label}" for c in found.conflict.states.choices)
    return (
        Fact("detente", found.version),
        Fact("file", found.file),
        Fact("SHA-256", found.sha256),
        Fact("told by", found.concept),
        Fact("start", start),
        Fact("signs of a pattern", order),
    )
