"""How sure is the judgement, which is not how likely the event is: the checklist, and who signs it?"""

from detente.brief.document import Block, Fact, Grid, Paragraph, Sentence
from detente.brief.estimative import Level, Suggested, signature
from detente.brief.estimative.confidence import LEVELS
from detente.brief.sections.outlook.telling import Telling
from detente.brief.words import listed

HOW = "the checklist of confidence, line by line"


def blocks(told: Telling) -> tuple[Block, ...]:
    """Say the level, who signed it, and every line that it follows from."""
    found = told.found.confidence
    if found is None:
        return ()
    rows = tuple(
        tuple(told.plain(text, HOW) for text in (line.asked, line.level, line.reason)) for line in found.checklist.lines
    )
    not_asked = [f"{name} ({why})" for name, why in found.checklist.not_asked]
    left = (told.plain(f"Lines that could not be asked: {listed(not_asked)}.", HOW),) if not_asked else ()
    caption = told.plain("What the judgements rest on, and what that speaks for.", HOW)
    return (Paragraph((*in_short(told), *left)), Grid(caption, ("line", "speaks for", "why"), rows))


def in_short(told: Telling) -> tuple[Sentence, ...]:
    """Say which level is suggested, by how many lines, and whether anybody has signed one."""
    found = told.found.confidence
    if found is None:
        return ()
    text = f"The checklist suggests {found.level} confidence in these judgements: {_counts(found)}."
    return (told.plain(text, HOW), _signed(told))


def _counts(found: Suggested) -> str:
    lines = found.checklist.lines
    told = [(level, many) for level in LEVELS if (many := sum(line.level == level for line in lines))]
    if not told:
        return "no line of it could be asked"
    if len(told) == 1:
        return f"{'its one line speaks' if len(lines) == 1 else f'all its {len(lines)} lines speak'} for that"
    verb = "speaks" if told[0][1] == 1 else "speak"
    parts = listed(f"{many} {f'{verb} ' if k == 0 else ''}for {level}" for k, (level, many) in enumerate(told))
    return f"of its {len(lines)} lines {parts}"


def _signed(told: Telling) -> Sentence:
    signed = told.found.signed_by
    if signed is None:
        return told.plain("No analyst has signed a level.", HOW)
    level, by = signed
    return told.plain(f"{by} signs {level} confidence.", HOW)


def facts(told: Telling) -> tuple[Fact, ...]:
    """Return the lines of the reproducibility box."""
    found, signed = told.found.confidence, told.found.signed_by
    if found is None:
        return ()
    if signed is None:
        return signature(found)
    level: Level | None = next((one for one in LEVELS if one == signed[0]), None)
    return signature(found, level, signed[1])
