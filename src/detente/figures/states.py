"""Which states does the conflict move between, who moves, and which of them hold?"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from detente.errors import UsageError
from detente.figures.layers import depths, layers
from detente.figures.legend import legend
from detente.figures.svg import INK, PAPER, SEAT, SOFT_INK, USUAL, group, hint, number, picture, tag, text
from detente.figures.text import one_line, text_width, wrap
from detente.figures.tracks import Area, Point, Routed, routed

EDGE = 10.0
SIZE, SMALL, LEADING = 12.0, 11.0, 15.0
BOLD = 1.07  # how much wider heavy letters run than the estimate
BULLET = 9.0
MOST_LINES = 16
ROUND = 6.0  # of the corners of a line
ArcKind = Literal["gain", "answer", "move"]
DASH: dict[ArcKind, str | None] = {"gain": None, "answer": "7 4", "move": "0.1 4.5"}
MEANING: dict[ArcKind, str] = {
    "gain": "a step by which who takes it gains",
    "answer": "an answer by others",
    "move": "a step that can merely be taken",
}


@dataclass(frozen=True, slots=True)
class StateNode:
    """A state: the moves in force as short lines (none: nothing is), whether it is stable, whether it is today's."""

    id: str
    lines: tuple[str, ...]
    stable: bool = False
    today: bool = False


@dataclass(frozen=True, slots=True)
class StateArc:
    """A step from one state to another: who takes it, in words, and why.

    `gain`: who takes it is better off; `answer`: others take it in answer to a gain; `move`: it can merely be taken.
    `one_way`: nobody can take it back.
    """

    source: str
    target: str
    by: str
    kind: ArcKind = "gain"
    one_way: bool = False


@dataclass(frozen=True, slots=True)
class StateGraph:
    """The states shown, the first of them today's where none is marked so, and the steps between them.

    `likely` are the ids along the likely path, in order, today's first; every step of it is one of the arcs. `every`
    is how many states there are in all; `concept` is what a stable state is stable by, a few words, and `called` what
    the legend calls the path, `nothing` what is written in a state without lines. States are numbered as they are
    given, from 1. `first` is the id of the state that the picture starts from, today's where none is named.
    """

    nodes: tuple[StateNode, ...]
    arcs: tuple[StateArc, ...] = ()
    likely: tuple[str, ...] = ()
    every: int | None = None
    concept: str = ""
    called: str = "the likely path"
    nothing: str = "no move in force"
    first: str = ""

    def only(self) -> StateNode | None:
        """Return the state that stands alone, where there is nothing to draw."""
        return self.nodes[0] if len(self.nodes) == 1 else None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How large everything is: boxes and labels, and whether the steps run from top to bottom."""

    upright: bool
    box: float
    label: float
    room: float | None


def states(graph: StateGraph, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw the states in layers away from today's, from left to right where that fits, else from top to bottom.

    Raises UsageError where an arc or the likely path names a state that is not shown.

    >>> graph = StateGraph((StateNode("0", (), today=True), StateNode("1", ("Karun fills",), stable=True)),
    ...                    (StateArc("0", "1", "Karun", one_way=True),), likely=("0", "1"), concept="SEQ")
    >>> "Karun fills" in states(graph, id="f", title="States", desc="Two states.")
    True
    """
    known(graph)
    laid, sheet = _laid(graph, width)
    width = max(width, laid.size[0] + 2 * EDGE)
    left = (width - laid.size[0]) / 2
    steps = likely_steps(graph)
    order = sorted(range(len(graph.arcs)), key=lambda k: k in steps)
    lines = [_line(graph.arcs[k], laid.lines[k], k in steps) for k in order]
    boxes = [_box(graph, k, laid.boxes[k], sheet) for k in range(len(graph.nodes))]
    labels = [
        _label(_label_lines(graph.arcs[k], sheet, steps.get(k)), laid.labels[k], laid.anchors[k], k in steps)
        for k in order
    ]
    drawn = group(*lines, *boxes, *labels, transform=f"translate({number(left)} {number(EDGE)})")
    bottom = laid.size[1] + EDGE + 18
    told = left_out(graph)
    more = [text(line, EDGE, bottom + 15 * k, font_size=SIZE, fill=SOFT_INK)
            for k, line in enumerate(wrap(told, width - 2 * EDGE, SIZE, lines=3))] if told else []  # fmt: skip
    samples, bottom = legend(_samples(graph), bottom + 15 * len(more), width)
    return picture(drawn, *more, samples, id=id, title=title, desc=desc, size=(width, bottom))


def known(graph: StateGraph) -> None:
    """Check that arcs and the likely path name states that are shown.

    Raises UsageError where they do not.
    """
    ids = [node.id for node in graph.nodes]
    ends = {(arc.source, arc.target) for arc in graph.arcs}
    missing = {name for pair in ends for name in pair} | set(graph.likely)
    if strange := sorted(missing - set(ids)):
        raise UsageError(
            f"The state graph names {', '.join(strange)}, and no such state is in it. "
            "Add the state to `nodes`, or drop the arcs and the likely path that name it."
        )
    if len(set(ids)) < len(ids) or any(a == b for a, b in ends):
        raise UsageError(
            "In the state graph two states have the same id, or an arc leads from a state to itself. "
            "Give every state an id of its own, and draw only steps that lead elsewhere."
        )
    if gaps := [pair for pair in pairwise(graph.likely) if pair not in ends]:
        raise UsageError(
            f"The likely path goes from state {gaps[0][0]} to {gaps[0][1]}, and no arc does. Add the arc to `arcs`."
        )


def likely_steps(graph: StateGraph) -> dict[int, int]:
    """Return which arcs lie on the likely path, by number, and as the how-manieth step."""
    ends = [(arc.source, arc.target) for arc in graph.arcs]
    return {ends.index(pair): step for step, pair in enumerate(pairwise(graph.likely), start=1)}


def left_out(graph: StateGraph) -> str:
    """Say how many states are not shown; empty where all are."""
    more = (graph.every or 0) - len(graph.nodes)
    if more <= 0:
        return ""
    return f"{more:,} more state{'s' if more > 1 else ''} {'are' if more > 1 else 'is'} possible and not shown."


def _laid(graph: StateGraph, width: float) -> tuple[Routed, _Sheet]:
    """Lay the graph out from left to right; from top to bottom where that would be too wide or too tall."""
    upright = _Sheet(True, 156.0 if width > 500 else 134.0, 150.0 if width > 500 else 110.0, width - 2 * EDGE)
    if width > 500:
        level = _Sheet(False, 132.0, 96.0, None)
        found = _routed(graph, level)
        if found.size[0] + 2 * EDGE <= width:
            return found, level
    return _routed(graph, upright), upright


def _routed(graph: StateGraph, sheet: _Sheet) -> Routed:
    places = {node.id: k for k, node in enumerate(graph.nodes)}
    order = _order(graph)
    back = {k: at for at, k in enumerate(order)}
    links = [(back[places[arc.source]], back[places[arc.target]]) for arc in graph.arcs]
    steps = likely_steps(graph)
    labels = [_label_size(_label_lines(arc, sheet, steps.get(k))) for k, arc in enumerate(graph.arcs)]
    talls = [_tall(graph, k, sheet) for k in order]
    if not sheet.upright:
        talls = _tall_enough(talls, links, labels)
    boxes = [(sheet.box, tall) for tall in talls]
    found = layers([box[not sheet.upright] for box in boxes], links, room=sheet.room)
    drawn = routed(found, links, boxes, labels, upright=sheet.upright)
    return replace(drawn, boxes=tuple(drawn.boxes[back[k]] for k in range(len(order))))


def _order(graph: StateGraph) -> list[int]:
    """Put the state that is started from first, then those along the likely path, then the stable ones."""
    path = {name: at for at, name in enumerate(graph.likely)}

    def rank(k: int) -> tuple[bool, int, bool, int]:
        node = graph.nodes[k]
        later = node.id != graph.first if graph.first else not node.today
        return (later, path.get(node.id, len(path)), not node.stable, k)

    return sorted(range(len(graph.nodes)), key=rank)


def _tall_enough(talls: list[float], links: list[tuple[int, int]], labels: list[Point]) -> list[float]:
    """Give every box the height that its lines need: with their labels at the near side, without at the far one."""
    depth = depths(len(talls), links)
    near, far = [0.0] * len(talls), [0.0] * len(talls)
    for ends, (_, tall) in zip(links, labels, strict=True):
        first, last = sorted(ends, key=lambda box: depth[box])
        near[last] += tall + 8
        side = near if depth[first] == depth[last] else far
        side[first] += tall + 8 if side is near else 16.0
    need = [max(both) for both in zip(near, far, strict=True)]
    return [max(tall, least) for tall, least in zip(talls, need, strict=True)]


def _lines(graph: StateGraph, k: int, sheet: _Sheet) -> tuple[tuple[str, bool], ...]:
    """Return the moves in force, a bullet before each where they are several, and what they wrap to."""
    node = graph.nodes[k]
    several = len(node.lines) > 1
    told: list[tuple[str, bool]] = []
    for at, each in enumerate(node.lines or (graph.nothing,)):
        wrapped = wrap(each, sheet.box - 18 - several * BULLET, SIZE, lines=5)
        if told and len(told) + len(wrapped) > MOST_LINES:
            return (*told, (f"and {len(node.lines) - at} more", False))
        told += [(line, several and first == 0) for first, line in enumerate(wrapped)]
    return tuple(told)


def _tall(graph: StateGraph, k: int, sheet: _Sheet) -> float:
    return 30.0 + LEADING * len(_lines(graph, k, sheet))


def _label_lines(arc: StateArc, sheet: _Sheet, step: int | None) -> tuple[str, ...]:
    told = f"{step}. {arc.by}" if step is not None else arc.by
    return wrap(told, sheet.label / BOLD, SMALL, lines=3)


def _label_size(lines: tuple[str, ...]) -> Point:
    return max(text_width(line, SMALL) for line in lines) * BOLD + 2, 13.0 * len(lines)


def _line(arc: StateArc, way: tuple[Point, ...], likely: bool) -> str:
    colour = SOFT_INK if arc.kind == "move" and not likely else INK
    thick = 3.4 if likely else 2.0 if arc.kind == "move" else 1.5
    stroke = tag(
        "path", d=_rounded(way, 5.0 if likely else 3.0), fill="none", stroke=colour, stroke_width=thick,
        stroke_dasharray="0.1 7" if likely and arc.kind == "move" else DASH[arc.kind],
        stroke_linecap="round" if arc.kind == "move" else None,
    )  # fmt: skip
    told = f"{arc.by}: {MEANING[arc.kind]}{'; no way back' if arc.one_way else ''}"
    bar = _bar(way, colour) if arc.one_way else ""
    return group(hint(told), stroke, _head(way, colour, 9.0 if likely else 7.5), bar)


def _rounded(way: tuple[Point, ...], short: float) -> str:
    """Write corners as path data, rounded, and ending a little before the tip of the arrow."""
    ends = list(way)
    ends[-1] = _towards(way[-1], way[-2], short)
    path = f"M{number(ends[0][0])} {number(ends[0][1])}"
    for k in range(1, len(ends) - 1):
        before, here, after = ends[k - 1 : k + 2]
        a, b = _towards(here, before, ROUND), _towards(here, after, ROUND)
        path += f"L{number(a[0])} {number(a[1])}Q{number(here[0])} {number(here[1])} {number(b[0])} {number(b[1])}"
    return path + f"L{number(ends[-1][0])} {number(ends[-1][1])}"


def _towards(start: Point, end: Point, far: float) -> Point:
    """Return the point so far from the start on a level or upright line, half-way at most."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    share = min(far / (abs(dx) + abs(dy) or 1.0), 0.5)
    return start[0] + dx * share, start[1] + dy * share


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _head(way: tuple[Point, ...], colour: str, size: float) -> str:
    (x, y), (tx, ty) = way[-2], way[-1]
    dx, dy = _sign(tx - x), _sign(ty - y)
    back, side = size * 1.25, size * 0.55
    a = (tx - dx * back + dy * side, ty - dy * back + dx * side)
    b = (tx - dx * back - dy * side, ty - dy * back - dx * side)
    corners = "L".join(f"{number(p[0])} {number(p[1])}" for p in ((tx, ty), a, b))
    return tag("path", d=f"M{corners}z", fill=colour)


def _bar(way: tuple[Point, ...], colour: str) -> str:
    """Draw a bar across a line near its start: who has passed it does not come back."""
    x, y = _towards(way[0], way[1], 8.0)
    dx, dy = abs(_sign(way[1][0] - way[0][0])), abs(_sign(way[1][1] - way[0][1]))
    return tag(
        "path", d=f"M{number(x - 5 * dy)} {number(y - 5 * dx)}l{10 * dy} {10 * dx}", stroke=colour, stroke_width=2.4
    )


def _box(graph: StateGraph, k: int, area: Area, sheet: _Sheet) -> str:
    node, (left, top, right, bottom) = graph.nodes[k], area
    wide, tall, on = right - left, bottom - top, node.id in graph.likely
    frames = [
        _frame(
            left, top, wide, tall, SEAT if node.today else PAPER, 2.2 if on or node.stable else 1.2, on or node.stable
        )
    ]
    if node.stable:
        frames.append(_frame(left + 4, top + 4, wide - 8, tall - 8, "none", 1.1, True))
    lines = _lines(graph, k, sheet)
    first = top + (tall - 15 - LEADING * len(lines)) / 2 + 11
    head = f"{k + 1}{' · today' if node.today else ''}{' · stable' if node.stable else ''}"
    words = [text(head, left + 10, first, font_size=SMALL, font_weight=700)]
    inset = left + 10 + (BULLET if len(node.lines) > 1 else 0)
    for at, (line, begins) in enumerate(lines):
        y = first + 17 + LEADING * at
        words.append(text(line, inset, y, font_size=SIZE, fill=INK if node.lines else SOFT_INK))
        words += [tag("circle", cx=left + 13, cy=y - 4, r=1.8, fill=INK)] if begins else []
    return group(hint(f"{head}: {'; '.join(node.lines) or graph.nothing}"), *frames, *words)


def _frame(x: float, y: float, wide: float, tall: float, fill: str, stroke: float, strong: bool) -> str:  # noqa: PLR0913
    return tag(
        "rect",
        x=x,
        y=y,
        width=wide,
        height=tall,
        rx=4,
        fill=fill,
        stroke=INK if strong else SOFT_INK,
        stroke_width=stroke,
    )


def _label(lines: tuple[str, ...], area: Area, anchor: str, strong: bool) -> str:
    x = {"start": area[0] + 1, "middle": (area[0] + area[2]) / 2, "end": area[2] - 1}[anchor]
    # A halo in the colour of the paper keeps the words readable where another line passes under them.
    return group(
        *(
            text(line, x, area[1] + 10.5 + 13 * k, font_size=SMALL, font_weight=700 if strong else None)
            for k, line in enumerate(lines)
        ),
        text_anchor=anchor,
        stroke=PAPER,
        stroke_width=4,
        stroke_linejoin="round",
        paint_order="stroke",
    )


def _samples(graph: StateGraph) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    if any(node.stable for node in graph.nodes):
        frames = _frame(0.7, -8, 29, 16, PAPER, 1.8, True) + _frame(3.7, -5, 23, 10, "none", 1, True)
        by = f" ({one_line(graph.concept)})" if graph.concept else ""
        entries.append((frames, f"stable{by}: no gain goes unanswered"))
    if any(node.today for node in graph.nodes):
        entries.append((_frame(0.7, -8, 29, 16, SEAT, 1.2, False), "today's state"))
    steps = likely_steps(graph)
    flat = ((0.0, 0.0), (30.0, 0.0))
    if steps:
        entries.append((_line(StateArc("", "", ""), flat, True), f"{one_line(graph.called)}, step by step"))
    for kind, meaning in MEANING.items():
        if any(arc.kind == kind for arc in graph.arcs):
            entries.append((_line(StateArc("", "", "", kind), flat, False), meaning))
    if any(arc.one_way for arc in graph.arcs):
        entries.append((_line(StateArc("", "", "", one_way=True), flat, False), "there is no way back"))
    return entries
