"""How does the conflict get from where it starts to a state that holds, and from where is there no way back?"""

from collections.abc import Iterator

from detente.analyses.paths import OneWay, Paths, Route
from detente.brief.document import Block, Listing, Paragraph, Sentence
from detente.brief.sections.conflict.telling import Telling
from detente.brief.words import capital, counted, listed

WAY = "the fewest steps from the start, nobody twice in a row"
BACK = "steps from states that lead back to the start to states that do not"
MOST = 8


def blocks(told: Telling) -> tuple[Block, ...]:
    """Tell the shortest way to every state that holds, and the points of no return."""
    found = told.told.paths
    if found is None:
        return ()
    ways = tuple(_ways(told, found))
    back = tuple(_back(told, found))
    return (
        Paragraph(tuple(_first(told, found))),
        *((Listing(ways),) if ways else ()),
        *((Listing(back),) if back else ()),
    )


def _first(told: Telling, found: Paths) -> Iterator[Sentence]:
    start = told.state(found.start)
    if not found.next_steps:
        yield told.say(f"At {start} nobody gains by a first step.", WAY)
    else:
        steps = listed(f"{told.players(s.by)} with {told.change(found.start, s.to)}" for s in found.next_steps[:MOST])
        yield told.say(f"From {start}, who would gain by a first step: {steps}.", WAY)
    if found.equilibrium[found.start]:
        yield told.say("It holds, by the idea told here, so nobody has reason to take one.", WAY)


def _ways(told: Telling, found: Paths) -> Iterator[Sentence]:
    gaining = [r for r in found.routes if r.kind == "improvements"]
    for way in gaining[:MOST]:
        yield told.say(_way(told, found.start, way), WAY)
    reached = {r.to for r in gaining}
    plain = [r for r in found.routes if r.to not in reached]
    if plain:
        yield told.say(_plain(told, found, plain), WAY)
        yield told.say(f"The nearest of them: {_way(told, found.start, plain[0], 'to')}", WAY)
    if found.untold:
        yield told.say(f"{counted(found.untold, 'state that holds is', 'states that hold are')} farther away.", WAY)
    out = [s for s in told.told.equilibria(found.concept) if found.moves[s] < 0 and s != found.start]
    if out:
        yield told.say(f"Out of reach from the start: {told.states(out)}.", WAY)


def _plain(told: Telling, found: Paths, ways: list[Route]) -> str:
    ends = [f"{told.state(r.to)} ({counted(len(r.steps), 'step', 'steps')})" for r in ways[:MOST]]
    more = [f"{len(ways) - MOST} more"] if len(ways) > MOST else []
    return f"Reached only by steps that not everybody who takes them gains by: {listed([*ends, *more])}."


def _way(told: Telling, start: int, way: Route, to: str = "To") -> str:
    steps = counted(len(way.steps), "step", "steps")
    kind = "each a gain for who takes it" if way.kind == "improvements" else "not all of them gains"
    if len(way.steps) == 1:
        kind = "a gain for who takes it" if way.kind == "improvements" else "no gain for who takes it"
    stuck = [told.final(way.steps[k - 1].to if k else start, way.steps[k].to) for k in way.one_way]
    final = f"; {listed(stuck)} cannot be taken back" if stuck else ""
    return f"{to} {told.state(way.to)} in {steps}, {kind}: {told.steps(start, way.steps)}{final}."


def _back(told: Telling, found: Paths) -> Iterator[Sentence]:
    """Name the steps without return by what is done, each once, gains first."""
    told_of: dict[tuple[tuple[str, ...], str], list[OneWay]] = {}
    for one in found.no_return:
        told_of.setdefault((one.by, told.final(one.source, one.target)), []).append(one)
    for (by, act), steps in sorted(told_of.items(), key=lambda item: -sum(s.gains for s in item[1])):
        gains = sum(s.gains for s in steps)
        who = capital(told.players(by))
        when = "it pays at none of them" if not gains else f"it pays at {gains} of {len(steps)}"
        at = f"open at {counted(len(steps), 'state', 'states')} on the way, and {when}"
        if len(steps) == 1:
            at = f"open at {told.state(steps[0].source)}, and it {'pays' if gains else 'does not pay'} there"
        yield told.say(f"{who} can pass a point of no return with {act}: {at}.", BACK)
