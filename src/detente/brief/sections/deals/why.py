"""What stands between the parties and a deal, and what is the smallest change that opens one?"""

from collections.abc import Iterator

from detente.analyses.blocked import Room
from detente.brief.document import Block, Listing, Paragraph, Sentence
from detente.brief.sections.deals.telling import Telling, points
from detente.brief.words import capital, listed, number, verb
from detente.search.packages.reach import Factors
from detente.search.packages.refusals import RED_LINE, Refusal

EXACT = "each change made alone on the board, all else at its best guess, and the board asked anew; exact"
WASH = 5  # basis points, below which a gain is none
MOST = 4  # changes of one kind that are told


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer for one agenda."""
    found = told.dealt.blocked
    head = Paragraph((_reason(told),))
    listed_changes = tuple(_opening(told) if found.is_blocked else _closing(told))
    return (head, *((Listing(listed_changes),) if listed_changes else ()))


def _reason(told: Telling) -> Sentence:
    found = told.dealt.blocked
    if not found.is_blocked:
        return told.say(f"There is a deal at the best guess.{_tight(told)}", EXACT)
    if found.reason == "no-package":
        where = f": nothing is open on {told.names.issues(found.empty)}" if found.empty else ""
        return told.say(f"There is no deal because this agenda leaves no package at all{where}.", EXACT)
    if found.reason == "red-lines":
        clash = "; ".join(_clash(told, issue) for issue in dict.fromkeys(c.issue for c in found.contradictions))
        return told.say(
            f"There is no deal because red lines exclude every package{': ' + clash if clash else ''}.", EXACT
        )
    sets = [told.parties(group) for group in found.coalitions[:MOST]]
    who = "; or ".join(f"{s} together" if len(g) > 1 else s for s, g in zip(sets, found.coalitions, strict=False))
    some = f"{found.admissible:,} packages pass the red lines" if found.admissible > 1 else "One package passes"
    return told.say(f"There is no deal: {some}, and no one of them is acceptable to {who}.", EXACT)


def _tight(told: Telling) -> str:
    """Say on whose side a deal closes first, as what a party has without one rises."""
    ready = [r for r in told.dealt.blocked.room if r.kind == "can_rise" and r.by is not None]
    wash = [r.party for r in ready if (r.by or 0) < WASH]
    if wash:
        they = "either of them" if len(wash) == 2 else "any of them"
        each = f"{told.names.party(wash[0])} had" if len(wash) == 1 else f"{they} had"
        return f" It is a wash for {told.parties(wash)}: if {each} anything more without a deal, none would be left."
    if not ready:
        return ""
    tight = min(ready, key=lambda r: r.by or 0)
    who = told.names.party(tight.party)
    text = f" It closes first on the side of {who}: none is left once what {who} has without a deal rises by more than"
    return f"{text} {points(tight.by or 0)}."


def _clash(told: Telling, issue: str) -> str:
    """Name the red lines that leave no level of an issue, each with its level."""
    found, situation = told.dealt.blocked, told.dealt.situation
    stances = {s.party: s for s in situation.stances if s.issue == issue and s.red_line is not None}
    named = dict.fromkeys(p for c in found.contradictions if c.issue == issue for p in c.parties)
    facing = {lines.red_line.accepts for p in named if (lines := stances.get(p)) is not None and lines.red_line}
    against = [p for p, s in stances.items() if s.red_line and s.red_line.accepts not in facing and p in found.parties]
    told_lines = []
    for party in (*named, *(p for p in against if p not in named and len(named) == 1)):
        line = stances[party].red_line if party in stances else None
        if line is not None:
            level = told.names.level(issue, line.at.best)
            told_lines.append(f"{told.names.party(party)} accepts {line.accepts.replace('_', ' ')} {level}")
    what = told.names.issue(issue)
    if not told_lines:
        return f"{told.parties(tuple(named))} {verb(named, 'leaves', 'leave')} no level of {what}"
    between = "which leaves no level" if len(told_lines) == 1 else "which between them leave no level"
    return f"on {what} {listed(told_lines)}, {between} that would settle it"


def _opening(told: Telling) -> Iterator[Sentence]:
    found = told.dealt.blocked
    for room in found.alone[:MOST]:
        yield _alone(told, room)
    for line in [x for x in found.lines if x.opens][:MOST]:
        at = told.names.level(line.issue, told.at(line.issue, line.option)) if line.option is not None else ""
        to = f", or moving it as far as {at}," if at else ""
        text = (
            f"Dropping the red line of {told.names.party(line.party)} on {told.names.issue(line.issue)}{to} opens one"
        )
        yield told.say(f"{text}{_package(told, line.opened.package if line.opened else ())}.", EXACT)
    for added in [x for x in found.added if x.opens][:MOST]:
        text = f"Adding {told.names.issue(added.issue)} as an option opens one"
        yield told.say(f"{text}{_package(told, added.opened.package if added.opened else ())}.", EXACT)
    if not found.alone and found.together is not None:
        who = [(p, c) for p, c in zip(found.parties, found.together.concessions, strict=True) if c]
        gives = listed(f"{told.names.party(p)} {points(c)}" for p, c in who)
        text = f"Nobody can open one alone by accepting less. Together the least is {gives}"
        yield told.say(f"{text}{_package(told, found.together.opened.package)}.", EXACT)
    ways = [set_ for set_ in found.openings if len(set_) > 1][:2]
    if not found.alone and not any(x.opens for x in found.lines):
        for way in ways:
            yield told.say(
                f"Set aside together, these would open one: {listed(_refusal(told, r) for r in way)}.", EXACT
            )
    yield from _flips(told)


def _alone(told: Telling, room: Room) -> Sentence:
    less = points(room.by or 0)
    text = f"{told.names.party(room.party)} alone can open one by accepting {less} less than it has without a deal"
    return told.say(capital(f"{text}{_package(told, room.opened.package if room.opened else ())}."), EXACT)


def _closing(told: Telling) -> Iterator[Sentence]:
    found = told.dealt.blocked
    able = [r for r in found.room if r.kind == "can_rise" and (r.by or 0) >= WASH]
    for room in sorted(able, key=lambda r: r.by or 0)[1:MOST]:
        text = f"There is a deal for {told.names.party(room.party)} until what it has without one rises by more than"
        yield told.say(f"{text} {points(room.by or 0)}.", EXACT)
    yield from _flips(told)


def _flips(told: Telling) -> Iterator[Sentence]:
    """Say at which weight of one issue for one party alone a deal comes or goes, nearest to today's weight first."""
    near = [
        (abs(at - 1), flip.party, flip.issue, at, side)
        for flip in told.dealt.blocked.flips
        for at, side in _turns(flip.factors, blocked=told.dealt.blocked.is_blocked)
    ]
    come = "A deal appears" if told.dealt.blocked.is_blocked else "The deal disappears"
    for _, party, issue, at, side in sorted(near)[:MOST]:
        times = number(at) if at >= 10 else f"{at:.2g}"
        text = (
            f"{come} where the weight that {told.names.party(party)} gives {told.names.issue(issue)} is {side} {times} "
        )
        text += "times what it is taken to be."
        yield told.say(text, "the factor on one party's scores of one issue, as an exact fraction")


def _turns(factors: Factors, *, blocked: bool) -> Iterator[tuple[float, str]]:
    """Return the factors next to today's weight at which a deal comes or goes, and on which side of them that is."""
    up_to, from_on = factors.up_to, factors.from_on
    if up_to is not None and up_to > 0 and (up_to < 1) == blocked:
        yield float(up_to), "at most" if blocked else "more than"
    if from_on is not None and from_on > 0 and (from_on > 1) == blocked:
        yield float(from_on), "at least" if blocked else "less than"


def _package(told: Telling, package: tuple[int, ...]) -> str:
    words = told.whole(package) if package else ""
    return f": {words}" if words else ""


def _refusal(told: Telling, one: Refusal) -> str:
    if one.reason == RED_LINE:
        on = f" on {told.names.issue(one.issue)}" if one.issue else ""
        return f"the red line of {told.names.party(one.party)}{on}"
    return f"that {told.names.party(one.party)} must not lose by it"


def refusals(told: Telling) -> tuple[tuple[str, tuple[int, ...], str], ...]:
    """List the refusals, each by name, with the openings it stands in and whose it is: a picture of who blocks."""
    openings = told.dealt.blocked.openings[:8]
    every = dict.fromkeys(r for group in openings for r in group)
    return tuple(
        (capital(_refusal(told, one)), tuple(k for k, group in enumerate(openings) if one in group), one.party)
        for one in every
    )
