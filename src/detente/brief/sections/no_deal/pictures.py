"""Which pictures show the world without a deal? The answers, handed to the figures with their tables."""

from typing import Protocol, TypeVar, runtime_checkable

from detente import figures as draw
from detente.brief.document import Figure, Grid, Sentence
from detente.brief.no_agreement import Covered, InWorld, in_force
from detente.brief.sections.conflict.telling import HEADS
from detente.brief.sections.no_deal.crises import ENDS, likeliest
from detente.brief.sections.no_deal.telling import Telling, changed
from detente.brief.sections.no_deal.today import holds, reasons, rests_on_something
from detente.brief.words import capital, listed, of_draws
from detente.outlook.crises import Escalation
from detente.search.conflicts.reasons import Step
from detente.situation.nouns import Threat
from detente.situation.values import BasisKind

SHOWN = 12  # states that a picture shows
Drawn_contra = TypeVar("Drawn_contra", contravariant=True)


@runtime_checkable
class Drawing(Protocol[Drawn_contra]):
    """A picture that can be drawn at any width."""

    def __call__(self, data: Drawn_contra, /, *, id: str, title: str, desc: str, width: float = 720) -> str:
        """Draw it."""
        ...


Arcs = dict[tuple[int, int], draw.StateArc]


Drawn = TypeVar("Drawn")


def _twice(picture: Drawing[Drawn], data: Drawn, id_: str, title: str, desc: str) -> str:
    """Draw for wide and for narrow pages: the style sheet shows the one that fits."""
    wide = picture(data, id=id_, title=title, desc=desc)
    return wide + picture(data, id=f"{id_}-narrow", title=title, desc=desc, width=draw.NARROW)


def states(told: Telling) -> tuple[Figure, ...]:
    """Draw where today's state leads, for every world in which somebody would gain by leaving it."""
    if not rests_on_something(told):
        return ()
    return tuple(graph(one, told) for one in told.found.worlds if any(r.tries for r in reasons(one, told)))


def graph(one: InWorld, told: Telling) -> Figure:
    """Draw where the state that is asked about leads in one world: gains, the answers to them, and what holds."""
    arcs, path = _arcs(one, told)
    today, concept = one.outside.today, one.stability.concepts.index(told.found.concept)
    shown = shown_states(one, told)
    stable = one.stability.equilibrium[concept]
    data = draw.StateGraph(
        nodes=tuple(
            draw.StateNode(str(s), _lines(one, told, s), stable=bool(stable[s]), today=s == today) for s in shown
        ),
        arcs=tuple(arc for (a, b), arc in arcs.items() if a in shown and b in shown),
        likely=tuple(str(s) for s in path if s in shown) if len(path) > 1 else (),
        every=one.outside.conflict.count,
        concept=HEADS[told.found.concept],
        called="a way of gains",
        first=str(one.at),
    )
    state = "today's state" if one.is_today else "this state"
    title = f"Where {state} leads in the world {one.world}"
    holding = "holds" if holds(one, told) else "does not hold"
    desc = f"{capital(state)} {holding}; arrows are gains and the answers to them; states that hold are marked."
    svg = _twice(draw.states, data, f"fig-states-{one.world}", title, desc)
    how = f"gains from {state} and the answers to them, by {told.found.concept}"
    rows = tuple(_row(one, told, arc, how) for arc in data.arcs)
    grid = Grid(told.say(title + ".", how), ("from", "who, and why", "to"), rows)
    caption = told.say(f"{title}. {desc}", how, "assumed")
    return Figure(f"states-{one.world}", svg, caption, grid, draw.states_as_text(data))


def shown_states(one: InWorld, told: Telling) -> tuple[int, ...]:
    """Return the states that the picture shows, in its order."""
    arcs, path = _arcs(one, told)
    return tuple(dict.fromkeys([one.at, *path, *(s for pair in arcs for s in pair)]))[:SHOWN]


def _row(one: InWorld, told: Telling, arc: draw.StateArc, how: str) -> tuple[Sentence, ...]:
    kinds = {"gain": "gains", "answer": "answers", "move": "moves"}
    ends = [capital(told.state(one.outside, int(s))) for s in (arc.source, arc.target)]
    return (
        told.say(ends[0], how),
        told.say(f"{arc.by} {kinds[arc.kind]}" + (", for good" if arc.one_way else ""), how),
        told.say(ends[1], how),
    )


def _lines(one: InWorld, told: Telling, state: int) -> tuple[str, ...]:
    """Return a state as short lines: what is done in it beyond today."""
    if state == one.outside.today:
        return ("As things are",)
    begun, ended = changed(one.outside, one.outside.today, state)
    return tuple(capital(told.deed(m)) for m in begun) + tuple(f"No more {told.deed(m)}" for m in ended)


def _arcs(one: InWorld, told: Telling) -> tuple[Arcs, list[int]]:
    """Collect the gains from the state asked about, the answers, and the shortest way of gains to where it ends."""
    found: Arcs = {}
    for why in reasons(one, told):
        for move in why.tries[:2]:
            _add(found, one, told, one.at, Step((why.player,), move.to), "gain")
            here = move.to
            for step in move.answer:
                _add(found, one, told, here, step, "answer")
                here = step.to
    path = [one.at]
    for step in () if holds(one, told) else _route(one):
        _add(found, one, told, path[-1], step, "gain")
        path.append(step.to)
    return found, path


def _route(one: InWorld) -> tuple[Step, ...]:
    """Return the shortest way of gains to a state that holds, and to the nearest of those."""
    found = [r.steps for r in one.ways.routes if r.kind == "improvements"]
    return min(found, key=lambda s: (len(s), sum(map(len, changed(one.outside, one.at, s[-1].to)))), default=())


def _add(found: Arcs, one: InWorld, told: Telling, source: int, step: Step, kind: draw.ArcKind) -> None:
    who = listed(capital(told.names.bare(p)) for p in step.by)
    moves = {m.id: m for m in told.found.drafted.moves}
    begun, _ = changed(one.outside, source, step.to)
    final = any(moves[m].by not in moves[m].undone_by for m in begun)
    found.setdefault((source, step.to), draw.StateArc(str(source), str(step.to), who, kind, final))


def covered(told: Telling) -> tuple[Figure, ...]:
    """Draw which acts by whom the threats answer, and whether the answer deters in each world."""
    found, register = told.found, told.register
    if not found.coverage:
        return ()
    named = [t for t in found.situation.threats if any(t.id in c.answered_by for c in found.coverage)]
    answers = tuple(
        draw.Answer(k, j, tuple(_deters(told, c, t, one) for one in found.worlds))
        for k, c in enumerate(found.coverage)
        for j, t in enumerate(named)
        if t.id in c.answered_by
    )
    matrix = draw.Coverage(
        acts=tuple(draw.Act(capital(told.names.bare(c.actor)), _act(c, told), _basis(c, told)) for c in found.coverage),
        threats=tuple(draw.StatedThreat(capital(told.names.bare(t.by)), t.action, t.basis.kind) for t in named),
        answers=answers,
        worlds=tuple(one.world for one in found.worlds),
    )
    title = "Which threat answers which act"
    derived = register.derive("a threat answers an action by an actor only where its condition names both")
    desc = "Acts down the side, stated threats across; an act that none answers is uncovered."
    svg = _twice(draw.coverage, matrix, "fig-coverage", title, desc)
    rows = tuple(
        (
            Sentence(f"{capital(told.names.bare(c.actor))}: {_act(c, told)}", (derived,)),
            Sentence("covered" if c.answered_by else "uncovered", (derived,)),
            Sentence(_deterring(k, matrix) if c.answered_by else "no threat", (derived,)),
        )
        for k, c in enumerate(found.coverage)
    )
    how = "whether who acts is no better off than today once the threat is carried out, over the ranges"
    grid = Grid(told.say(title + ".", how), ("act", "state", "would the answer deter?"), rows)
    return (Figure("coverage", svg, told.say(f"{title}. {desc}", how), grid, draw.coverage_as_text(matrix)),)


def _act(one: Covered, told: Telling) -> str:
    found = _move(one.actor, one.action, one.against, told)
    return told.act(found) if found is not None else one.action.replace("-", " ")


def _basis(one: Covered, told: Telling) -> BasisKind:
    found = _move(one.actor, one.action, one.against, told)
    return told.move(found).basis.kind if found is not None else ("assumed" if one.assumed else "read")


def _move(by: str, action: str, against: str | None, told: Telling) -> str | None:
    same = (m for m in told.found.drafted.moves if (m.by, m.action) == (by, action))
    return next((m.id for m in same if against in (m.against, None)), None)


def _deters(told: Telling, one: Covered, threat: Threat, at: InWorld) -> draw.Deters:
    """Would who acts be no better off than today once the threat is carried out: for all values, some or none?"""
    board, made = at.outside, _move(one.actor, one.action, one.against, told)
    answer = _move(threat.by, threat.action, threat.against, told)
    if made is None or answer is None or board.least is None or board.most is None:
        return "depends"
    wanted = {*in_force(board, board.today), made, answer}
    state = next((s for s in range(board.conflict.count) if set(in_force(board, s)) == wanted), None)
    if state is None or one.actor not in board.conflict.players:
        return "depends"
    p = board.conflict.players.index(one.actor)
    if board.most[p, board.today, state] <= 0:
        return "yes"
    return "no" if board.least[p, board.today, state] > 0 else "depends"


def _deterring(act: int, matrix: draw.Coverage) -> str:
    words = {"yes": "yes", "no": "no", "depends": "it depends"}
    cells = [dict(zip(matrix.worlds, a.deters, strict=True)) for a in matrix.answers if a.act == act]
    best = {w: min((c[w] for c in cells), key=("yes", "depends", "no").index) for w in matrix.worlds}
    return "; ".join(f"{world}: {words[deters]}" for world, deters in best.items())


def crises(told: Telling) -> tuple[Figure, ...]:
    """Draw in which share of draws each end of a crisis is the likeliest, dyad by dyad."""
    found = told.found.crises
    pairs = dict.fromkeys((one.dyad.challenger, one.dyad.target) for one in found)
    return tuple(_crisis(told, [o for o in found if (o.dyad.challenger, o.dyad.target) == pair]) for pair in pairs)


def _crisis(told: Telling, found: list[Escalation]) -> Figure:
    dyad = found[0].dyad
    who = f"{told.names.party(dyad.challenger)} and {told.names.party(dyad.target)}"
    ends = (*(capital(e) for e in ENDS.values()), "Not the same at every equilibrium")
    shares = [tuple(likeliest(one).tolist()) for one in found]
    worlds = tuple(
        draw.CrisisWorld(one.world, (row,), (), _several(one)) for one, row in zip(found, shares, strict=True)
    )
    title = f"The likeliest end of the crisis of {who}"
    desc = "In what share of the model's draws each end is the likeliest, in each named world."
    how = "all equilibria of the crisis of four ends with private stakes, draw by draw"
    draws = int(found[0].kept.sum())
    rows = tuple(
        (told.say(end, how), *(told.say(of_draws(row[k], draws), how, "assumed") for row in shares))
        for k, end in enumerate(ends)
    )
    id_ = f"crisis-{dyad.challenger}-{dyad.target}"
    drawn = draw.CrisisWorlds(ends, worlds, measure="share of draws in which this end is the likeliest")
    svg = _twice(draw.worlds, drawn, f"fig-{id_}", title, desc)
    grid = Grid(told.say(f"{title}.", how), ("end", *(one.world for one in found)), rows)
    return Figure(id_, svg, told.say(f"{title}. {desc}", how, "assumed"), grid, draw.worlds_as_text(drawn))


def _several(one: Escalation) -> str:
    share = float((one.found.count > 1).mean())
    return (
        f"several equilibria in {of_draws(share, len(one.found.count))}" if share else "one equilibrium in every draw"
    )


def held(told: Telling) -> tuple[Figure, ...]:
    """Draw in what share of draws today's state holds, by each concept."""
    asked = [one for one in told.found.worlds if one.steady is not None]
    if not rests_on_something(told) or not asked or asked[0].steady is None:
        return ()
    concepts, draws = asked[0].steady.concepts, asked[0].steady.draws
    rows = tuple((one.world, tuple(float(s) for s in one.steady.share[:, one.at])) for one in asked if one.steady)
    state = "today's state" if asked[0].is_today else "this state"
    title = f"In what share of draws {state} holds"
    desc = "One strip for each named world, one bar for each idea of what makes a state hold."
    how = f"stability of {state}, draw by draw"
    names = tuple(HEADS[c] for c in concepts)
    drawn = draw.Held(names, rows)
    svg = _twice(draw.held, drawn, "fig-held", title, desc)
    cells = tuple((told.say(w, how), *(told.say(of_draws(s, draws), how, "assumed") for s in row)) for w, row in rows)
    grid = Grid(told.say(f"{title}.", how), ("world", *names), cells)
    return (Figure("held", svg, told.say(f"{title}. {desc}", how, "assumed"), grid, draw.held_as_text(drawn)),)
