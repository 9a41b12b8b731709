"""What is said of one state, world beside world: does it hold, what lies around it, and where does it lead?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.analyses.paths import OneWay, Route
from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.no_agreement import InWorld, in_force
from detente.brief.sections.conflict.telling import HEADS, MEANING, ORDER
from detente.brief.sections.no_deal import pictures
from detente.brief.sections.no_deal.telling import WORLDS, Telling, changed
from detente.brief.sections.no_deal.today import at_best, over_draws
from detente.brief.words import capital, counted, listed

WAY = "the fewest steps from a state to every one that holds, nobody twice in a row"
BACK = "steps from states that lead back to the start to states that do not"
MOST = 8  # states that hold, and points of no return, that are told


@dataclass(frozen=True, slots=True)
class Concept:
    """An idea of what makes a state hold: its id, its short name, what it means."""

    id: str
    head: str
    means: str


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state in the picture: its number there, what is done in it, by which ideas it holds, the moves in force."""

    number: int
    words: str
    holds: tuple[tuple[str, bool], ...]
    in_force: tuple[str, ...]
    today: bool
    here: bool


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A move of the conflict in words, whether it is in force in the state that is asked about, and today."""

    id: str
    words: str
    on: bool
    today: bool


def concepts(known: Sequence[str]) -> tuple[Concept, ...]:
    """List ideas of what makes a state hold, the strictest first.

    >>> [one.head for one in concepts(("seq", "nash"))]
    ['Nash', 'SEQ']
    """
    return tuple(Concept(c, HEADS[c], MEANING[c]) for c in ORDER if c in known)


def in_world(one: InWorld, told: Telling) -> tuple[Block, ...]:
    """Say of one world what it is, whether the state holds in it, and, where draws were made, in how many."""
    concept = told.found.concept
    lines = [
        told.say(f"{capital(WORLDS[one.world])}.", "effects that nobody stated"),
        told.say(capital(at_best(one, told)), f"stability by {concept} at the best guess", "assumed"),
    ]
    if over := over_draws(one, told):
        how = f"stability by {concept}, bounds over the ranges, {told.found.draws:,} draws"
        lines.append(told.say(over, how, "assumed"))
    return (Paragraph(tuple(lines)),)


def picture(one: InWorld, told: Telling) -> tuple[Block, ...]:
    """Draw where the state leads; where nobody gains by leaving it, say so."""
    if len(pictures.shown_states(one, told)) > 1:
        return (pictures.graph(one, told),)
    state = "today's state" if one.is_today else "this state"
    text = f"Nobody gains by leaving {state} in the world {one.world}, so that there is nothing to draw."
    return (Paragraph((told.say(text, f"gains from {state}", "assumed"),)),)


def states(one: InWorld, told: Telling) -> tuple[StateRow, ...]:
    """List the states of the picture, by which ideas each holds."""
    found, order = one.stability, [c.id for c in concepts(one.stability.concepts)]
    return tuple(
        StateRow(
            number=k,
            words=capital(told.state(one.outside, s)),
            holds=tuple((HEADS[c], bool(found.equilibrium[found.concepts.index(c), s])) for c in order),
            in_force=in_force(one.outside, s),
            today=s == one.outside.today,
            here=s == one.at,
        )
        for k, s in enumerate(pictures.shown_states(one, told), start=1)
    )


def board(one: InWorld, told: Telling) -> tuple[MoveRow, ...]:
    """List the moves that make the states."""
    now, here = in_force(one.outside, one.outside.today), in_force(one.outside, one.at)
    return tuple(MoveRow(m, capital(told.deed(m)), m in here, m in now) for m in one.outside.moves)


def ways(one: InWorld, told: Telling) -> tuple[Block, ...]:
    """Tell the ways from the state to those that hold, the nearest first, and the points of no return."""
    found, concept = one.ways, HEADS[told.found.concept]
    at = one.stability.concepts.index(told.found.concept)
    many = int(one.stability.equilibrium[at].sum())
    state = "today's state" if one.is_today else "this state"
    lead = f"{counted(many, 'state', 'states')} of {one.outside.conflict.count:,} {'holds' if many == 1 else 'hold'} "
    lead += f"by {concept} in the world {one.world}"
    first = listed(
        f"{told.names.parties(s.by)} with {told.change(one.outside, one.at, s.to)}" for s in found.next_steps
    )
    gains = (
        f"who gains by a first step from {state}: {first}" if found.next_steps else f"nobody gains by leaving {state}"
    )
    lines = (told.say(f"{lead}; {gains}.", WAY, "assumed"),)
    rows = tuple(_way(way, one, told) for way in _nearest(one))
    back = tuple(_back(one, told))
    grid = Grid(
        told.say(
            f"The nearest states that hold by {concept}, and the shortest way there from {state}.", WAY, "assumed"
        ),
        ("state that holds", "steps", "way", "cannot be taken back"),
        rows,
    )
    return (Paragraph(lines), *((grid,) if rows else ()), *((Listing(back),) if back else ()))


def _nearest(one: InWorld) -> list[Route]:
    """Return the nearest ways: those of gains before those that are merely open, one to each state."""
    board, here = one.outside, one.at

    def rank(way: Route) -> tuple[bool, int, int]:
        return (way.kind != "improvements", len(way.steps), sum(map(len, changed(board, here, way.to))))

    each: dict[int, Route] = {}
    for way in sorted(one.ways.routes, key=rank):
        each.setdefault(way.to, way)
    return list(each.values())[:MOST]


def _way(way: Route, one: InWorld, told: Telling) -> tuple[Sentence, ...]:
    before, steps = one.at, []
    for step in way.steps:
        steps.append(f"{told.names.parties(step.by)}: {told.change(one.outside, before, step.to)}")
        before = step.to
    places = [one.at, *(s.to for s in way.steps)]
    stuck = [told.change(one.outside, places[k], way.steps[k].to) for k in way.one_way]
    kind = "each a gain" if way.kind == "improvements" else "not all of them gains"
    if len(way.steps) == 1:
        kind = "a gain" if way.kind == "improvements" else "no gain"
    texts = (
        capital(told.state(one.outside, way.to)),
        f"{len(way.steps)}, {kind}",
        "; then ".join(steps),
        listed(dict.fromkeys(stuck)) if stuck else "nothing",
    )
    return tuple(told.say(text, WAY, None if k else "assumed") for k, text in enumerate(texts))


def _back(one: InWorld, told: Telling) -> Iterator[Sentence]:
    """Name the steps without return by what is done for good, each once, those that pay most often first."""
    groups: dict[tuple[tuple[str, ...], str], list[OneWay]] = {}
    for step in one.ways.no_return:
        groups.setdefault((step.by, _final(step, one, told)), []).append(step)
    ranked = sorted(groups.items(), key=lambda item: -sum(s.gains for s in item[1]))
    for (by, act), steps in ranked[:MOST]:
        pays = sum(s.gains for s in steps)
        when = "and pays in none of them" if not pays else f"and pays in {pays:,} of them"
        text = (
            f"{capital(told.names.parties(by))} can pass a point of no return with {act}: it is open in "
            f"{counted(len(steps), 'state', 'states')} from which there is a way back, {when}."
        )
        yield told.say(text, BACK, "assumed")


def _final(step: OneWay, one: InWorld, told: Telling) -> str:
    """Say what of a step cannot be taken back by who takes it."""
    begun, _ = changed(one.outside, step.source, step.target)
    final = [m for m in begun if told.move(m).by not in told.move(m).undone_by]
    return listed(told.act(m) for m in final) if final else told.change(one.outside, step.source, step.target)
