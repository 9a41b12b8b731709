"""What is the smallest change of somebody's preferences that makes a state hold, or undoes one that does?"""

from collections.abc import Iterator

from detente.analyses.inverse import Inverse
from detente.brief.document import Block, Listing, Sentence
from detente.brief.sections.conflict.telling import Telling
from detente.brief.words import capital, counted

MOST = 5
FEW = 3  # states that a change may be about, to be told
HOW = "the change of one player's ranking that turns the fewest pairs of states around"
COUNTED = "all strict orders of the states, the others' preferences as they are"


def blocks(told: Telling) -> tuple[Block, ...]:
    """Tell what would make states hold that one player leaves, and what would undo those that hold."""
    lines = (*_start(told), *_made(told), *_undone(told))
    return (Listing(lines),) if lines else ()


def _start(told: Telling) -> Iterator[Sentence]:
    """Say what would have to change for the state at the start to hold."""
    found = [i for i in told.told.inverse if i.state == told.told.start and not i.stable_now]
    for one in found:
        yield told.say(_make(told, one), HOW)
        yield from _orders(told, one)


def _made(told: Telling) -> Iterator[Sentence]:
    near = [
        i
        for i in told.told.inverse
        if i.change is not None and not i.stable_now and i.state != told.told.start and len(i.change.moved) <= FEW
    ]
    near.sort(key=lambda i: (_size(i), i.state))
    yield from (told.say(_make(told, one), HOW) for one in near[:MOST])


def _make(told: Telling, one: Inverse) -> str:
    who, state = told.player(one.player), told.state(one.state)
    if one.change is None:
        return f"No change of what {who} prefers would make it stay at {state}."
    others = len(told.told.conflict.players) - 1 - len(one.others_stay)
    rest = "" if not others else ", though others would still leave it"
    moved = told.states(one.change.moved)
    return f"{capital(who)} would stay at {state} if it no longer liked {moved} better ({_pairs(one)}){rest}."


def _undone(told: Telling) -> Iterator[Sentence]:
    """Name for each state that holds the change that undoes it with the fewest pairs."""
    held: dict[int, list[Inverse]] = {}
    for one in told.told.inverse:
        if one.stable_now and one.state in told.told.equilibria(told.told.concept):
            held.setdefault(one.state, []).append(one)
    for state, asked in held.items():
        if all(i.change is None for i in asked):
            yield told.say(f"No change of one player's preferences would undo {told.state(state)}.", HOW)
    first = [min((i for i in asked if i.change), key=_size, default=None) for asked in held.values()]
    for one in sorted((i for i in first if i is not None), key=_size)[:MOST]:
        moved = one.change.moved if one.change else ()
        better = f"{told.states(moved)} {'is' if len(moved) == 1 else 'are'} better for {told.player(one.player)}"
        yield told.say(f"{told.state(one.state)} holds until {better} ({_pairs(one)}).", HOW)


def _size(one: Inverse) -> int:
    return one.change.pairs if one.change else 0


def _orders(told: Telling, one: Inverse) -> Iterator[Sentence]:
    """Count the orders of the player by which the state holds, where all of them were gone through."""
    if one.equilibrium is not None and one.rankings > 1 and one.parameters.get("span") == told.told.conflict.count:
        text = f"Of all {one.rankings:,} orders that {told.player(one.player)} could have, {one.equilibrium:,} "
        yield told.say(
            f"{text}make {told.state(one.state)} hold for everybody; that is a count, no probability.", COUNTED
        )


def _pairs(one: Inverse) -> str:
    return f"{counted(_size(one), 'pair', 'pairs')} of states change order"
