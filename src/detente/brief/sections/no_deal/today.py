"""Does today's state hold if there is no deal, for whom does it not, and what answers those who would leave it?"""

from collections.abc import Iterator
from functools import partial

from detente.brief.document import Block, Listing, Paragraph, Sentence
from detente.brief.no_agreement import InWorld
from detente.brief.sections.conflict.telling import HEADS, MEANING
from detente.brief.sections.no_deal.telling import WORLDS, Telling, changed
from detente.brief.words import capital, listed, of_draws
from detente.search.conflicts.reasons import Reason

VERDICTS = {
    "always": "It holds for all values in the ranges.",
    "never": "It holds for no values in the ranges.",
    "depends": "It holds for some values in the ranges and not for others, and in {share}.",
    "open": "It holds in {share}; for all values in the ranges neither is proved.",
}
UNANSWERED = {
    "nash": "",
    "gmr": ", and no move of the others leaves {who} no better off",
    "smr": ", and no move of the others leaves {who} no better off for good",
    "seq": ", and nobody who could answer gains by an answer that leaves {who} no better off",
    "sim": ", and nobody who could answer gains by an answer that leaves {who} no better off",
}
UNDETERRED = {
    "nash": "",
    "gmr": ", and nothing can answer it",
    "smr": ", and nothing can answer it for good",
    "seq": ", and no answer that pays who gives it undoes that",
    "sim": ", and no answer that pays who gives it undoes that",
}
FEW = 3  # moves in a state that is told as what much hangs on


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer for every named world; worlds of which the same is to be said are told together."""
    if not told.found.worlds:
        none = "What the parties are said to prefer leaves nothing of any of the named worlds."
        return (Paragraph((told.say(none, "every draw goes against a stated preference"),)),)
    head, concept = HEADS[told.found.concept], told.found.concept
    three = "; ".join(f"in {one.world}, {WORLDS[one.world]}" for one in told.found.worlds)
    if not rests_on_something(told):
        return (Paragraph((thin(told),)),)
    lines = (
        summary(told),
        told.say(f"A state holds here when {MEANING[concept]} ({head}){_once(concept)}.", f"stability by {concept}"),
        told.say(f"What moves are worth is assumed in named worlds: {three}.", "effects that nobody stated"),
    )
    alike: dict[tuple[str, str], list[InWorld]] = {}
    for one in told.found.worlds:
        alike.setdefault((at_best(one, told), over_draws(one, told)), []).append(one)
    items = tuple(_together(said, worlds, told) for said, worlds in alike.items())
    return (Paragraph(lines), Listing((*items, *_ruled_out(told))))


def rests_on_something(told: Telling) -> bool:
    """Whether any move outside the table was read or entered, rather than supplied for all talks alike."""
    return any(m.basis.kind != "supplied" for m in told.found.drafted.moves)


def _once(concept: str) -> str:
    return "" if concept == "nash" else "; whether such an answer would be answered in turn is not asked"


def thin(told: Telling) -> Sentence:
    """Say that no move was read, so that nothing of weight can be said."""
    text = (
        "No threat, no pressure and no move was read: all that is drafted is that parties leave the talks or give in."
    )
    return told.say(text, "every move outside the table is supplied", "supplied")


def _together(said: tuple[str, str], worlds: list[InWorld], told: Telling) -> Sentence:
    best, over = said
    how = f"stability by {told.found.concept} at the best guess, bounds over the ranges, {told.found.draws:,} draws"
    return told.say(f"{capital(listed(w.world for w in worlds))}: {best} {over}".rstrip(), how, "assumed")


def summary(told: Telling) -> Sentence:
    """Say in one sentence in which worlds the state asked about holds, and who leaves it where it does not."""
    state = "today's state" if all(one.is_today for one in told.found.worlds) else "this state"
    held = [one for one in told.found.worlds if holds(one, told)]
    left = [one for one in told.found.worlds if one not in held]
    how = f"stability of {state} at the best guess, world by world"
    said = partial(told.say, how=how, mark="assumed")
    if not left:
        why = _held_by_answers(held, told)
        return said(f"Without a deal {state} holds in every named world at the best guess{why}.")
    leaving = _leaving(left[0], told)
    if not held:
        return said(f"Without a deal {state} holds in none of the named worlds at the best guess: {leaving}.")
    where = _listed_worlds(held)
    text = f"Without a deal {state} holds in {where} at the best guess, and not in {_listed_worlds(left)}"
    return said(f"{text}, where {WORLDS[left[0].world]}: {leaving}.")


def holds(one: InWorld, told: Telling) -> bool:
    """Whether the state that is asked about holds in a world at the best guess."""
    at = one.stability.concepts.index(told.found.concept)
    return bool(one.stability.equilibrium[at, one.at])


def reasons(one: InWorld, told: Telling) -> tuple[Reason, ...]:
    """Return why the state that is asked about is stable for each player, or not."""
    found = (one.stability.reason(told.found.concept, p, one.at) for p in one.stability.players)
    return tuple(r for r in found if r is not None)


def at_best(one: InWorld, told: Telling) -> str:
    """Say whether the state that is asked about holds at the best guess, and why."""
    found, state = reasons(one, told), "today's state" if one.is_today else "this state"
    leaving = [r for r in found if not r.stable]
    answered = [r for r in found if r.stable and r.tries]
    if leaving:
        return f"{state} does not hold. {capital('; '.join(_gain(one, r, told) for r in leaving))}."
    if answered:
        why = "; ".join(_gain(one, r, told) for r in answered)
        return f"{state} holds because of the answers. {capital(why)}."
    return f"{state} holds. Nobody gains by leaving it."


def _gain(one: InWorld, why: Reason, told: Telling) -> str:
    """Say what a party gains by, and what answers it."""
    board, who, move = one.outside, told.names.party(why.player), why.tries[0]
    act = told.change(board, why.state, move.to)
    if not move.answered:
        return f"{who} gains by {act}{UNANSWERED[why.concept].format(who=who)}"
    here, steps = move.to, []
    for step in move.answer:
        steps.append(
            f"{listed(told.names.party(p) for p in step.by)} can answer with {told.change(board, here, step.to)}"
        )
        here = step.to
    before = "today" if why.state == one.outside.today else "before"
    worse = f"worse off than {before}" if move.loss else f"no better off than {before}"
    made = (m for part in changed(board, why.state, here) for m in part)
    mark = " (supplied: the text does not say it)" if any(told.move(m).basis.kind == "supplied" for m in made) else ""
    return f"{who} would gain by {act}, but {', then '.join(steps)}{mark}, which leaves {who} {worse}"


def _leaving(one: InWorld, told: Telling) -> str:
    """Say in short who leaves the state asked about."""
    found = [r for r in reasons(one, told) if not r.stable]
    acts = [(told.names.party(r.player), told.change(one.outside, r.state, r.tries[0].to)) for r in found[:2]]
    return "; ".join(f"{who} gains by {act}{UNDETERRED[told.found.concept]}" for who, act in acts)


def _held_by_answers(held: list[InWorld], told: Telling) -> str:
    """Say where it holds by answers alone, and what is answered by whom in the first of these worlds."""
    named = [one for one in held if any(r.tries for r in reasons(one, told))]
    if not named:
        return ""
    one = named[0]
    parts = [
        f"{told.state(one.outside, r.tries[0].to)} would be answered by {told.names.parties(r.tries[0].answer[0].by)}"
        for r in reasons(one, told)
        if r.tries and r.tries[0].answer
    ]
    why = listed(parts[:2]) if parts else "gains are answered"
    return f", in {_listed_worlds(named)} only because {why}"


def _listed_worlds(worlds: list[InWorld]) -> str:
    return f"the world{'s' if len(worlds) > 1 else ''} {listed(w.world for w in worlds)}"


def over_draws(one: InWorld, told: Telling) -> str:
    """Say in how many draws it holds, over which ranges, and which comparison decides."""
    steady = one.steady
    if steady is None or told.found.concept not in steady.concepts:
        return ""
    at = steady.concepts.index(told.found.concept)
    share, verdict = float(steady.share[at, one.at]), steady.verdict[at][one.at]
    text = VERDICTS[verdict].format(share=of_draws(share, steady.draws))
    flips = [f for f in steady.flips if f.state == one.at]
    if flips and verdict in ("depends", "open"):
        # A state that a few moves make says more to a reader than a whole war, though that may swing more.
        few = (f for f in flips if sum(map(len, changed(one.outside, one.at, f.other))) <= FEW)
        flip = next(few, flips[0])
        text += f" Much hangs on whether {_better(one, told, flip.player, flip.other)}."
    return text


def _better(one: InWorld, told: Telling, player: str, state: int) -> str:
    """Say that a party would be better off in another state, by its own doing or by others'."""
    board, who, before = one.outside, told.names.party(player), "today" if one.is_today else "before"
    if all(told.move(m).by == player for part in changed(board, one.at, state) for m in part):
        return f"{who} gains by {told.change(board, one.at, state)}"
    return f"{told.state(board, state)}, together, leave {who} better off than {before}"


def _ruled_out(told: Telling) -> Iterator[Sentence]:
    for world in told.found.ruled_out:
        why = "no draw of it agrees with what parties are said to prefer"
        yield told.say(
            f"{capital(world)} ({WORLDS[world]}) is ruled out: {why}.",
            "draws that go against a stated preference are left out",
        )
