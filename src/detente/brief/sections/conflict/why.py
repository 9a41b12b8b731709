"""Why does a state hold, or not: who would gain by leaving it, and what answers that?"""

from collections.abc import Iterator

from detente.brief.document import Block, Paragraph
from detente.brief.sections.conflict.telling import HEADS, Telling
from detente.brief.words import capital, counted
from detente.search.conflicts.reasons import Reason, Try

FEW = 3  # states that a sentence names
MOST = 2  # gains of one player that are told of one state
UNANSWERED = {
    "seq": ", and nobody has an answer that pays for who gives it and leaves {who} no better off",
    "sim": ", and nothing that others gain by in the same moment leaves {who} no better off",
    "smr": ", and after every answer {who} has a way out to something better",
    "gmr": ", and nobody can answer it",
}


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer for the states asked about, one paragraph each; those that nobody gains by leaving come together."""
    if not told.told.reasons:
        return ()
    about = told.told.about
    calm = [s for s in about if not any(r.tries for r in _reasons(told, s)) and s != told.told.start]
    how = f"gains from each state and the shortest answer to each, by {told.told.concept}"
    by = HEADS.get(told.told.concept, told.told.concept)
    head = Paragraph((told.say(f"Told by {by}: a state holds when {told.mean(told.told.concept)}.", how),))
    rest = tuple(_state(told, s, how) for s in about if s not in calm)
    quiet = f"{counted(len(calm), 'state', 'states')} in the table" if len(calm) > FEW else told.states(calm)
    last = Paragraph((told.say(f"Nobody would gain by leaving {quiet}.", how),))
    every = len({s for c in told.told.stability.concepts for s in told.told.equilibria(c)} - {told.told.start})
    left = every + (told.told.start is not None) - len(about)
    more = Paragraph((told.say(f"Of {left} more states that hold by some idea, it is not told why.", how),))
    return (head, *rest, *((last,) if calm else ()), *((more,) if left > 0 else ()))


def _reasons(told: Telling, state: int) -> list[Reason]:
    found = (told.told.reason(p, state) for p in told.told.conflict.players)
    return [r for r in found if r is not None]


def _state(told: Telling, state: int, how: str) -> Paragraph:
    reasons = _reasons(told, state)
    start = ", where it starts," if state == told.told.start else ""
    calm = [r.player for r in reasons if not r.tries]
    leaving = [r for r in reasons if not r.stable]
    if leaving:
        head = f"{told.state(state)}{start} does not hold, because of {told.players(r.player for r in leaving)}."
    elif len(calm) == len(reasons):
        head = f"{told.state(state)}{start} holds: nobody would gain by leaving it."
    else:
        head = f"{told.state(state)}{start} holds only because gains are answered."
    lines = [told.say(head, how)]
    for r in [*leaving, *(r for r in reasons if r.stable and r.tries)]:
        lines += [told.say(text, how) for text in _gains(told, r)]
    if calm and len(calm) < len(reasons):
        lines.append(told.say(f"Nothing to gain by leaving for {told.players(calm)}.", how))
    return Paragraph(tuple(lines))


def _gains(told: Telling, why: Reason) -> Iterator[str]:
    if not why.stable:
        yield _unanswered(told, why)
        return
    for one in why.tries[:MOST]:
        yield _answered(told, why, one)
    more = len(why.tries[MOST:]) + why.untold
    if more:
        ways = f"{counted(more, 'more way', 'more ways')}, {'all of them' if more > 1 else 'it is'} answered"
        yield f"{capital(told.player(why.player))} would gain in {ways}."


def _unanswered(told: Telling, why: Reason) -> str:
    """Say in one sentence by which moves a player gains for good."""
    who, free = told.player(why.player), [one for one in why.tries if not one.answered]
    acts = [told.change(why.state, one.to) for one in free[:MOST]]
    more = len(free) - len(acts) + why.untold
    ways = " or by ".join(acts) + (f", or in {counted(more, 'more way', 'more ways')}" if more else "")
    return f"{capital(who)} would gain by {ways}{UNANSWERED.get(why.concept, '').format(who=who)}."


def _answered(told: Telling, why: Reason, one: Try) -> str:
    who, at_once = told.player(why.player), why.concept == "sim"
    steps = told.steps(why.state if at_once else one.to, one.answer, at_once=at_once)
    worse = "worse off than before" if one.loss else "no better off than before"
    out = " and without a better way out" if why.concept == "smr" else ""
    gain = f"{capital(who)} would gain by {told.change(why.state, one.to)}"
    return f"{gain}; {steps} can answer, which leaves {who} {worse}{out}."
