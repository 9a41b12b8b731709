"""Does today's state hold if there is no deal, for whom does it not, and what answers those who would leave it?"""

from collections.abc import Iterator
from functools import partial

from detente.brief.document import Block, Listing, Paragraph, Sentence
from detente.brief.no_agreement import InWorld
from detente.brief.sections.conflict.telling import HEADS, MEANING
from detente.brief.sections.no_deal.telling import WORLDS, Telling, changed
from detente.brief.words import capital, listed, of_draws
from detente.search.conflicts.reasons import Reason, Try

VERDICTS = {
    "always": "holds for all values in the ranges",
    "never": "holds for no values in the ranges",
    "depends": "holds for some values in the ranges and not for others",
    "open": "is not proved to hold or to fall for all values in the ranges",
}
FEW = 3  # moves in a state that is told as what much hangs on


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer for every named world."""
    if not told.found.worlds:
        none = "What the parties are said to prefer leaves nothing of any of the named worlds."
        return (Paragraph((told.say(none, "every draw goes against a stated preference"),)),)
    meaning = MEANING[told.found.concept]
    lines = [summary(told)]
    lines.append(
        told.say(
            f"A state holds here when {meaning} ({HEADS[told.found.concept]}).", f"stability by {told.found.concept}"
        )
    )
    items = tuple(line for one in told.found.worlds for line in _world(one, told))
    return (Paragraph(tuple(lines)), Listing((*items, *_ruled_out(told))))


def summary(told: Telling) -> Sentence:
    """Say in one sentence in which worlds today's state holds, and who leaves it where it does not."""
    held = [one for one in told.found.worlds if holds(one, told)]
    left = [one for one in told.found.worlds if one not in held]
    how = "stability of today's state at the best guess, world by world"
    said = partial(told.say, how=how, mark="assumed")
    if not left:
        why = _held_by_answers(held, told)
        return said(f"Without a deal today's state holds in every named world at the best guess{why}.")
    leaving = _leaving(left[0], told)
    if not held:
        return said(f"Without a deal today's state holds in none of the named worlds at the best guess: {leaving}.")
    where = _listed_worlds(held)
    text = f"Without a deal today's state holds in {where} at the best guess, and not in {_listed_worlds(left)}"
    return said(f"{text}, where {WORLDS[left[0].world]}: {leaving}.")


def holds(one: InWorld, told: Telling) -> bool:
    """Whether today's state holds in a world at the best guess."""
    at = one.stability.concepts.index(told.found.concept)
    return bool(one.stability.equilibrium[at, one.outside.today])


def reasons(one: InWorld, told: Telling) -> tuple[Reason, ...]:
    """Return why today's state is stable for each player, or not."""
    found = (one.stability.reason(told.found.concept, p, one.outside.today) for p in one.stability.players)
    return tuple(r for r in found if r is not None)


def _world(one: InWorld, told: Telling) -> Iterator[Sentence]:
    name = f"{capital(one.world)} ({WORLDS[one.world]})"
    how = f"stability by {told.found.concept} in the world {one.world!r}, at the best guess"
    found = reasons(one, told)
    leaving = [r for r in found if not r.stable]
    answered = [r for r in found if r.stable and r.tries]
    if leaving:
        told_of = "; ".join(_gain(one, r, r.tries[0], told) for r in leaving)
        yield told.say(f"{name}: today's state does not hold. {capital(told_of)}.", how, "assumed")
    elif answered:
        told_of = "; ".join(_gain(one, r, r.tries[0], told) for r in answered)
        yield told.say(f"{name}: today's state holds because of the answers. {capital(told_of)}.", how, "assumed")
    else:
        yield told.say(f"{name}: today's state holds. Nobody gains by leaving it.", how, "assumed")
    yield from _over_draws(one, told)


def _gain(one: InWorld, why: Reason, move: Try, told: Telling) -> str:
    """Say what a party gains by, and what answers it."""
    board, who = one.outside, told.names.party(why.player)
    act = told.change(board, why.state, move.to)
    if not move.answered:
        return f"{who} gains by {act}, and nobody who could answer gains by an answer that leaves {who} no better off"
    here, steps = move.to, []
    for step in move.answer:
        steps.append(
            f"{listed(told.names.party(p) for p in step.by)} can answer with {told.change(board, here, step.to)}"
        )
        here = step.to
    worse = "worse off than today" if move.loss else "no better off than today"
    return f"{who} would gain by {act}, but {', then '.join(steps)}, which leaves {who} {worse}"


def _leaving(one: InWorld, told: Telling) -> str:
    """Say in short who leaves today's state."""
    found = [r for r in reasons(one, told) if not r.stable]
    acts = [(told.names.party(r.player), told.change(one.outside, r.state, r.tries[0].to)) for r in found[:2]]
    return "; ".join(f"{who} gains by {act}, and nothing answers it" for who, act in acts)


def _held_by_answers(held: list[InWorld], told: Telling) -> str:
    """Say where it holds by answers alone."""
    named = [one for one in held if any(r.tries for r in reasons(one, told))]
    return f", in {_listed_worlds(named)} only because gains are answered" if named else ""


def _listed_worlds(worlds: list[InWorld]) -> str:
    return f"the world{'s' if len(worlds) > 1 else ''} {listed(w.world for w in worlds)}"


def _over_draws(one: InWorld, told: Telling) -> Iterator[Sentence]:
    """Say in how many draws it holds, over which ranges, and which comparison decides."""
    steady, today = one.steady, one.outside.today
    if steady is None or told.found.concept not in steady.concepts:
        return
    at = steady.concepts.index(told.found.concept)
    share, verdict = float(steady.share[at, today]), steady.verdict[at][today]
    text = f"In the world {one.world} it {VERDICTS[verdict]}; it holds in {of_draws(share, steady.draws)}."
    flips = [f for f in steady.flips if f.state == today]
    if flips and verdict in ("depends", "open"):
        # A state that a few moves make says more to a reader than a whole war, though that may swing more.
        few = (f for f in flips if sum(map(len, changed(one.outside, today, f.other))) <= FEW)
        flip = next(few, flips[0])
        who = told.names.party(flip.player)
        text += f" Much hangs on whether {who} is better off with {told.state(one.outside, flip.other)} than today."
    yield told.say(text, f"bounds over the ranges, and {steady.draws:,} draws from them", "assumed")


def _ruled_out(told: Telling) -> Iterator[Sentence]:
    for world in told.found.ruled_out:
        why = "no draw of it agrees with what parties are said to prefer"
        yield told.say(
            f"{capital(world)} ({WORLDS[world]}) is ruled out: {why}.",
            "draws that go against a stated preference are left out",
        )
