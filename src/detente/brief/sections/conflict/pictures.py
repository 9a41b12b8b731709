"""Which picture shows where the conflict leads from its start: the gains, the answers to them, the ways that pay?"""

from detente import figures as draw
from detente.brief.document import Figure, Grid, Sentence
from detente.brief.sections.conflict.telling import HEADS, Telling
from detente.brief.words import listed
from detente.formats.published import called
from detente.search.conflicts.reasons import Step

SHOWN = 12  # states
TRIES = 2  # gains of one player from the start
HOW = "gains from the start, the answers to them, and ways to states that hold on which every step is a gain"
KINDS = {"gain": "gains", "answer": "answers", "move": "moves"}
Arcs = dict[tuple[int, int], draw.StateArc]


def states(told: Telling) -> tuple[Figure, ...]:
    """Draw the states that the start leads to, where anybody would gain by leaving it."""
    start = told.told.start
    if start is None or told.told.paths is None:
        return ()
    arcs, path = _arcs(told, start)
    shown = list(dict.fromkeys([start, *path, *(s for pair in arcs for s in pair)]))[:SHOWN]
    if len(shown) < 2:
        return ()
    held = told.told.equilibria(told.told.concept)
    graph = draw.StateGraph(
        nodes=tuple(draw.StateNode(str(s), told.lines(s), stable=s in held, today=s == start) for s in shown),
        arcs=tuple(arc for (a, b), arc in arcs.items() if a in shown and b in shown),
        likely=tuple(str(s) for s in path) if 1 < len(path) <= SHOWN else (),
        every=told.told.conflict.count,
        called="the shortest way on which every step pays",
        concept=HEADS.get(told.told.concept, told.told.concept),
    )
    title = f"Where {told.state(start)} leads"
    desc = "Arrows are gains, the answers to them and the ways on which every step pays; double borders hold."
    svg = draw.states(graph, id="fig-states", title=title, desc=desc)
    rows = tuple(_row(told, arc) for arc in graph.arcs)
    grid = Grid(told.say(f"{title}.", HOW), ("from", "who, and why", "to"), rows)
    return (Figure("states", svg, told.say(f"{title}. {desc}", HOW), grid, draw.states_as_text(graph)),)


def _row(told: Telling, arc: draw.StateArc) -> tuple[Sentence, ...]:
    why = f"{arc.by} {KINDS[arc.kind]}" + (", for good" if arc.one_way else "")
    return (told.say(told.state(int(arc.source)), HOW), told.say(why, HOW), told.say(told.state(int(arc.target)), HOW))


def _arcs(told: Telling, start: int) -> tuple[Arcs, list[int]]:
    """Collect the gains from the start, the answers to them, and the ways that pay; the nearest is the likely one."""
    found: Arcs = {}
    for why in (r for r in told.told.reasons if r.state == start):
        for one in why.tries[:TRIES]:
            _add(told, found, start, Step((why.player,), one.to), "gain")
            here = one.to
            for step in one.answer if why.concept != "sim" else ():
                _add(told, found, here, step, "answer")
                here = step.to
    paths = told.told.paths
    ways = [r for r in paths.routes if r.kind == "improvements"] if paths is not None else []
    for way in ways:
        here = start
        for step in way.steps:
            _add(told, found, here, step, "gain")
            here = step.to
    return found, [start, *(step.to for step in ways[0].steps)] if ways else [start]


def _add(told: Telling, found: Arcs, source: int, step: Step, kind: draw.ArcKind) -> None:
    who = listed(called(p) for p in step.by)
    before, after = told.levels(source), told.levels(step.to)
    choices = told.told.conflict.states.choices
    final = any(c.direction != "both" and a != b for c, a, b in zip(choices, before, after, strict=True))
    found.setdefault((source, step.to), draw.StateArc(str(source), str(step.to), who, kind, final))
