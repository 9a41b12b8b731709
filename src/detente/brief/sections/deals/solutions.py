"""How many deals are there, and which would each idea of a reasonable bargain choose?"""

from fractions import Fraction

from detente.analyses.packages import Count, Packages
from detente.brief.document import Block, Grid, Paragraph, Sentence
from detente.brief.sections.deals import tables
from detente.brief.sections.deals.telling import Telling, signed
from detente.brief.words import capital, verb
from detente.figures.text import gain
from detente.search.packages.solutions import Solution

CONCEPTS = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
    "carried": "under the table's rule",
}
EXACT = "every package of the agenda, exactly: whole basis points, ties counted"
TODAY = "today's agenda"
NO_FORECAST = "each is one reading of a reasonable bargain, not a forecast"


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer: the counts, then the deals that the ideas choose."""
    found = told.dealt.packages
    chosen = [s for s in found.solutions if s.found]
    parts: list[Block] = [Paragraph((*_idle(told), *_counts(told)))]
    shown = [*([found.carried] if _is_voted(found) and found.carried is not None else []), *chosen]
    if any(s.found for s in shown):
        parts.append(_grid(told, [s for s in shown if s.found]))
    parts.append(Paragraph(tuple(_notes(told, chosen))))
    return tuple(part for part in parts if not isinstance(part, Paragraph) or part.sentences)


def _idle(told: Telling) -> tuple[Sentence, ...]:
    """Say first of whom nothing is known to matter here: it accepts everything, and every answer about it is empty."""
    situation, held = told.dealt.situation, told.dealt.held
    cares = {s.party for s in situation.stances if s.issue in held and s.salience.high > 0}
    cares |= {s.party for s in situation.scores if s.issue in held}
    idle = [p for p in told.dealt.packages.parties if p not in cares] if held else []
    text = f"Nothing on this agenda is known to matter to {told.parties(idle)}, so that every package is alike to "
    text += f"{verb(idle, 'it', 'them')}: enter how much the issues matter, or scores."
    return (
        (told.say(text, "no stance with a salience above 0, and no score, on any issue of this agenda"),)
        if idle
        else ()
    )


def _counts(told: Telling) -> tuple[Sentence, ...]:
    found = told.dealt.packages
    sentences = [told.say(_offered(told), EXACT)]
    if found.accepted is not None and int(found.admissible):
        each = "; ".join(
            f"{told.names.party(p)} {_count(c)}"
            for p, c in zip((*found.parties, *found.ratifiers), found.accepts, strict=True)
        )
        of = "Of the rest" if int(found.admissible) < found.packages else "Of these"
        be = "is" if found.accepted.number in (0, 1) else "are"
        text = f"{of} {_count(found.accepted)} {be} acceptable to all; party by party: {each}."
        sentences.append(told.say(text, EXACT))
    if found.passed is not None and _is_voted(found) and int(found.admissible):
        text = (
            f"The table decides by its own rule, which carries {_count(found.passed)}: a deal here is what it carries."
        )
        sentences.append(told.say(text, EXACT))
    sentences.append(told.say(_without(told), EXACT))
    text = "Red lines are taken at their word, and every input at its best guess."
    sentences.append(told.say(text, EXACT))
    return tuple(sentences)


def _offered(told: Telling) -> str:
    """Say how many packages there are, and how many of them red lines exclude."""
    found, held = told.dealt.packages, told.names.issues(told.dealt.held)
    if not told.dealt.held:
        return "Nothing is open on this agenda, so there is no package to agree on."
    if not found.packages:
        return f"This agenda ({held}) leaves no package that changes anything."
    excluded = found.packages - int(found.admissible)
    text = f"On this agenda ({held}) there {many(found.packages)}"
    if not excluded:
        return f"{text}; no red line excludes {'it' if found.packages == 1 else 'any'}."
    if excluded == found.packages:
        return f"{text}, and red lines exclude {'it' if excluded == 1 else 'both' if excluded == 2 else 'every one'}."
    return f"{text}; red lines exclude {excluded:,} of them."


def _without(told: Telling) -> str:
    """Say what each has without a deal: how things stand, or what was entered."""
    dealt, situation = told.dealt, told.dealt.situation
    if dealt.no_deal == "status-quo":
        return "Without a deal each keeps the status quo, which counts 0."
    entered = {n.party: n.value for n in situation.table(dealt.table).no_deal}
    needed = (*dealt.packages.parties, *dealt.packages.ratifiers)
    if dealt.no_deal == "computed":
        spans = [(p, entered[p]) for p in needed if p in entered]
        each = [f"{told.names.party(p)} {gain(v.best)} ({gain(v.low)} to {gain(v.high)})" for p, v in spans]
        return f"Without a deal, in points beside today, over the assumed worlds: {', '.join(each)}."
    each = [f"{told.names.party(p)} {gain(entered[p].best if p in entered else 0.0)}" for p in needed]
    return f"Without a deal, in points beside today (as entered): {', '.join(each)}."


def many(packages: int) -> str:
    """Return how many packages there are.

    >>> many(1), many(4999)
    ('is 1 package', 'are 4,999 packages')
    """
    return "is 1 package" if packages == 1 else f"are {packages:,} packages"


def _count(count: Count) -> str:
    if count.number is not None:
        return f"{count.number:,}" if count.number else "none"
    return f"{count.share:.2%} ({count.low:.2%} to {count.high:.2%}, sampled)"


def _grid(told: Telling, chosen: list[Solution]) -> Grid:
    found = told.dealt.packages
    alike: dict[tuple[int, ...], list[Solution]] = {}
    for one in chosen:
        alike.setdefault(one.package, []).append(one)
    caption = told.say(
        f"The deals that different ideas choose; {NO_FORECAST}. Gains are points beyond no deal.",
        "; ".join(f"{CONCEPTS[s.concept]}: {s.definition}" for s in chosen),
    )
    heads = ("idea", "deal", *(capital(told.names.bare(p)) for p in found.parties))
    rows = tuple(
        (
            told.say(capital(", ".join(CONCEPTS[s.concept] for s in group)), EXACT),
            told.say(told.package(package), EXACT),
            *(told.say(signed(g), EXACT) for g in group[0].gains),
        )
        for package, group in alike.items()
    )
    return Grid(caption, heads, rows)


def _notes(told: Telling, chosen: list[Solution]) -> list[Sentence]:
    found, winner = told.dealt.packages, told.dealt.winner
    notes = [
        told.say(f"{CONCEPTS[s.concept]}: {s.tied:,} deals are equally good; the first is shown.", EXACT)
        for s in chosen
        if s.tied is not None and s.tied > 1
    ]
    if found.unable and chosen:
        who = told.parties(found.unable)
        left = verb(found.unable, "is", "are")
        text = (
            f"{capital(who)} {verb(found.unable, 'gains', 'gain')} nothing in any deal, and {left} left out of shares."
        )
        notes.append(told.say(text, EXACT))
    if found.frontier_told and len(found.frontier) and chosen:
        if _is_voted(found):
            text = (
                "The other ideas choose among what everybody accepts; what the rule carries may leave some with a loss."
            )
            notes.append(told.say(text, EXACT))
        else:
            notes.append(told.say(_frontier(len(found.frontier), found.passed or found.accepted), EXACT))
    if found.carried is not None and found.carried.found and not chosen:
        text = "Not everybody accepts one, but the table's rule carries that deal; who is outvoted loses by it."
        notes.append(told.say(text, EXACT))
    if told.dealt.linked is not None and told.dealt.agenda == TODAY:
        changed = tables.otherwise(told, told.dealt.linked, told.dealt.table)
        if changed is not None:
            notes.append(told.say(changed, tables.FORESEEN))
    if winner is not None and winner.found and winner.split is not None and chosen:
        notes.append(_winner(told))
    return notes


def _is_voted(found: Packages) -> bool:
    """Whether the table decides otherwise than by everybody's consent."""
    return found.rule != "unanimity"


def _frontier(many_of: int, deals: Count | None) -> str:
    """Say how many deals cannot be bettered for one without loss to another.

    >>> _frontier(1, None)
    '1 of the deals is on the frontier: no other is better for one and worse for none.'
    """
    if deals is not None and deals.number == 1:
        return "It is the only deal."
    if deals is not None and deals.number == many_of:
        every = "Both" if many_of == 2 else f"All {many_of:,}"
        return f"{every} deals are on the frontier: none is better for one and worse for none than another."
    be = "is" if many_of == 1 else "are"
    return f"{many_of:,} of the deals {be} on the frontier: no other is better for one and worse for none."


def _winner(told: Telling) -> Sentence:
    """Say how issues that can be shared would be divided, which is another question than that of a deal."""
    winner = told.dealt.winner
    assert winner is not None
    shares = []
    for issue, (one, _) in zip(winner.issues, winner.share, strict=True):
        if issue == winner.split:
            first, second = (told.names.party(p) for p in winner.parties)
            shares.append(f"{told.names.issue(issue)} {_part(one)} as {first} and {_part(1 - one)} as {second} wants")
        elif one in (0, 1) and issue in told.dealt.held and issue not in winner.agreed:
            shares.append(f"{told.names.issue(issue)} as {told.names.party(winner.parties[0 if one else 1])} wants")
    text = f"If issues could be divided, adjusted winner would settle {'; '.join(shares)}: "
    text += f"{float(winner.totals[0]):.1f} of 100 points each. Beside no deal that is "
    text += ", ".join(
        f"{told.names.party(p)} {signed(float(g))}" for p, g in zip(winner.parties, winner.gains, strict=True)
    )
    text += " points, which it does not look at."
    return told.say(text, "adjusted winner (Brams and Taylor 1996), exact fractions")


def _part(share: Fraction) -> str:
    return f"{float(share):.0%}"
