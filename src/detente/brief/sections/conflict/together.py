"""Who would gain by leaving a state together, who stands in the way, and what changes when some act as one?"""

from collections import Counter
from collections.abc import Iterator

from detente.analyses.coalition import Block as Blocked
from detente.analyses.coalition import Coalition
from detente.brief.document import Block, Listing, Sentence
from detente.brief.sections.conflict.telling import Telling
from detente.brief.words import capital, counted

GAIN = "joint moves by which everybody who acts gains, made in one step"
BLOCK = "joint moves by which some who act gain and others do not"
SHIFT = "stability where the named act as one player, who gains when all its members do"
MOST = 3  # of one state
REFUSED = 4  # states at which it is told who stands in the way
SHIFTS = 5  # coalitions


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer for today's state and those that hold."""
    found = told.told.coalition
    if found is None:
        return ()
    held = [s for s in told.told.about if s in told.told.equilibria(told.told.concept) or s == told.told.start]
    lines = [*_gains(told, found, held), *_refused(told, found, held), *_shifts(told, found)]
    return (Listing(tuple(lines)),) if lines else ()


def _gains(told: Telling, found: Coalition, held: list[int]) -> Iterator[Sentence]:
    proof = [s for s in held if bool(found.proof[s])]
    if proof:
        rest = [s for s in held if s not in proof and s in told.told.equilibria(told.told.concept)]
        if not rest and len(proof) > 1:
            yield told.say("From no state that holds would anybody gain by leaving, alone or together.", GAIN)
        else:
            yield told.say(f"Nobody gains by leaving {told.states(proof)}, alone or together.", GAIN)
    for state in held:
        together = [g for g in found.leaving(state) if len(g.by) > 1]
        for gain in together[:MOST]:
            both = "both" if len(gain.by) == 2 else "all"
            text = f"From {told.state(state)}, {told.players(gain.by)} would {both} gain by acting together, with "
            text += told.change(state, gain.target)
            worse = [p for p in gain.worse if p not in gain.by]
            yield told.say(f"{text}{f', at the expense of {told.players(worse)}' if worse else ''}.", GAIN)
        if len(together) > MOST:
            yield told.say(f"From {told.state(state)} there are {len(together) - MOST} more such moves.", GAIN)


def _refused(told: Telling, found: Coalition, held: list[int]) -> Iterator[Sentence]:
    """Name for every state the one who refuses most of what others would gain by."""
    for state in held[:REFUSED]:
        refused = [b for b in found.blocks if b.source == state and len(b.refusing) == 1]
        if not refused:
            continue
        who, many = Counter(b.refusing[0] for b in refused).most_common(1)[0]
        example = next(b for b in refused if b.refusing[0] == who)
        yield told.say(_block(told, example, many), BLOCK)


def _block(told: Telling, one: Blocked, many: int) -> str:
    willing, refusing = told.players(one.willing), told.players(one.refusing)
    act = told.change(one.source, one.target)
    text = f"At {told.state(one.source)}, {willing} would gain by {act}, but {refusing} would have to act too, and"
    text += " would gain nothing by it"
    return f"{text}; so with {many - 1} more joint {'moves' if many > 2 else 'move'}." if many > 1 else f"{text}."


def _shifts(told: Telling, found: Coalition) -> Iterator[Sentence]:
    """Tell what small coalitions change, those first that undo something."""
    shifts = [s for s in found.shifts if s.concept == told.told.concept and (s.lost or s.won)]
    shifts.sort(key=lambda s: (len(s.by), not s.lost))
    for shift in shifts[:SHIFTS]:
        parts = []
        if shift.lost:
            parts.append(f"{told.states(shift.lost, MOST)} no longer {'holds' if len(shift.lost) == 1 else 'hold'}")
        if shift.won:
            parts.append(f"{told.states(shift.won, MOST)} {'holds' if len(shift.won) == 1 else 'hold'}")
        yield told.say(f"Where {told.players(shift.by)} act as one, {', and '.join(parts)}.", SHIFT)
    if len(shifts) > SHIFTS:
        many = counted(len(shifts) - SHIFTS, "more coalition", "more coalitions")
        yield told.say(f"{capital(many)} would change what holds, too; the JSON lists what.", SHIFT)
