"""The state graph keeps its boxes, lines and labels apart, and says who moves, why, and whether there is a way back."""

from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.figures.layers import depths, layers
from detente.figures.no_deal_text import states_as_text
from detente.figures.states import ArcKind, StateArc, StateGraph, StateNode, states
from detente.figures.tracks import Area, Routed, routed

SVG = "{http://www.w3.org/2000/svg}"
LONG = ("Iran", "United Nations Security Council", "Democratic Republic of the Congo", "United States and Israel")


def drawn(graph: StateGraph, width: float = 720) -> ElementTree.Element:
    return ElementTree.fromstring(states(graph, id="s", title="States", desc="Some.", width=width))


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


Drawn = tuple[list[list[str]], list[tuple[int, int]]]


@st.composite
def graphs(draw: st.DrawFn) -> Drawn:
    """What is done in every state, and from which state to which steps lead."""
    count = draw(st.integers(1, 14))
    lines = st.lists(st.sampled_from([f"{name} strikes {other}" for name in LONG for other in LONG]), max_size=4)
    return [draw(lines) for _ in range(count)], draw(links(count, 20))


def links(count: int, most: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    if count < 2:
        return st.just([])
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda p: p[0] != p[1])
    return st.lists(pairs, max_size=most, unique=True)


def made(data: Drawn) -> StateGraph:
    kinds: list[ArcKind] = ["gain", "answer", "move"]
    nodes = tuple(StateNode(str(k), tuple(told), k % 3 == 1, k == 0) for k, told in enumerate(data[0]))
    arcs = tuple(StateArc(str(a), str(b), LONG[(a + b) % 4], kinds[(a * b) % 3], bool((a + b) % 2)) for a, b in data[1])
    return StateGraph(nodes, arcs)


def boxes(picture: ElementTree.Element) -> list[Area]:
    """The outer frames of the states."""
    found = []
    for g in picture.iter(f"{SVG}g"):
        rect = g.find(f"{SVG}rect")
        if g.find(f"{SVG}title") is not None and rect is not None:
            x, y, wide, tall = (float(rect.get(k, "0")) for k in ("x", "y", "width", "height"))
            found.append((x, y, x + wide, y + tall))
    return found


def meet(a: Area, b: Area, by: float = 0.5) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > by and min(a[3], b[3]) - max(a[1], b[1]) > by


@settings(max_examples=25, deadline=None)
@given(graphs(), st.sampled_from([360.0, 720.0]))
def test_no_state_lies_on_another_and_none_leaves_the_page(data: Drawn, width: float) -> None:
    graph = made(data)
    picture = drawn(graph, width)
    found = boxes(picture)
    assert len(found) == len(graph.nodes)
    assert not [pair for pair in combinations(found, 2) if meet(*pair)]
    assert min(min(box) for box in found) >= -0.5
    assert max(box[2] for box in found) <= float(picture.get("width", "0"))


@dataclass
class Plan:
    """A graph to lay out: the lines of every box, the links, and the lengths and lines of their labels."""

    upright: bool
    talls: list[int]
    links: list[tuple[int, int]]
    labels: list[tuple[int, int]]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    talls = draw(st.lists(st.integers(40, 120), min_size=2, max_size=12))
    ends = draw(links(len(talls), 16))
    label = st.tuples(st.integers(20, 120), st.sampled_from([13, 26]))
    return Plan(draw(st.booleans()), talls, ends, [draw(label) for _ in ends])


def led(plan: Plan) -> Routed:
    """Lay a plan out; from left to right every box is as tall as its labels need."""
    need = 34 * (1 + len(plan.links))
    sizes = [(150.0, float(tall)) if plan.upright else (130.0, float(max(tall, need))) for tall in plan.talls]
    laid = layers([size[not plan.upright] for size in sizes], plan.links, room=700.0 if plan.upright else None)
    labels = [(float(wide), float(tall)) for wide, tall in plan.labels]
    return routed(laid, plan.links, sizes, labels, upright=plan.upright)


@settings(max_examples=40, deadline=None)
@given(plans())
def test_lines_run_from_box_to_box_and_under_no_other(plan: Plan) -> None:
    found = led(plan)
    for (a, b), way in zip(plan.links, found.lines, strict=True):
        for end, box in ((way[0], found.boxes[a]), (way[-1], found.boxes[b])):
            assert box[0] <= end[0] <= box[2]
            assert box[1] <= end[1] <= box[3]
        for one, two in pairwise(way):
            assert one[0] == two[0] or one[1] == two[1]
            line = (*map(min, one, two), *map(max, one, two))
            thick = (line[0] - 0.5, line[1] - 0.5, line[2] + 0.5, line[3] + 0.5)
            assert not [k for k, box in enumerate(found.boxes) if k not in (a, b) and meet(thick, box, 0.6)]


@settings(max_examples=40, deadline=None)
@given(plans())
def test_labels_lie_on_no_box_and_on_no_other_label(plan: Plan) -> None:
    found = led(plan)
    for label in found.labels:
        assert not [box for box in found.boxes if meet(label, box)]
    assert not [pair for pair in combinations(found.labels, 2) if meet(*pair)]


def test_layers_count_the_steps_from_today() -> None:
    assert depths(5, [(0, 1), (1, 2), (2, 0), (0, 3)]) == (0, 1, 2, 1, 3)


def test_few_states_run_from_left_to_right_and_a_long_way_from_top_to_bottom(graph: StateGraph) -> None:
    first, second = boxes(drawn(graph))[:2]
    assert first[2] < second[0]
    first, second = boxes(drawn(graph, 360))[:2]
    assert first[3] < second[1]
    ids = [str(k) for k in range(7)]
    chain = StateGraph(tuple(StateNode(i, ()) for i in ids), tuple(StateArc(a, b, "Karun") for a, b in pairwise(ids)))
    first, second = boxes(drawn(chain))[:2]
    assert first[3] < second[1]


def test_today_and_stable_are_said_in_words_and_stable_has_two_frames(graph: StateGraph) -> None:
    picture = drawn(graph)
    assert {"1 · today", "3 · stable", "4 · stable"} <= set(words(picture))
    groups = [g for g in picture.iter(f"{SVG}g") if (g.findtext(f"{SVG}title") or "")[:2] in ("1 ", "3 ")]
    assert [len(g.findall(f"{SVG}rect")) for g in groups] == [1, 2]


def test_every_arc_says_who_moves_why_and_whether_there_is_a_way_back(graph: StateGraph) -> None:
    told = [element.text for element in drawn(graph).iter(f"{SVG}title")]
    assert "Karun: a step by which who takes it gains; no way back" in told
    assert "the Delta Republic: an answer by others" in told
    assert {"1. Karun", "Meridia"} <= set(words(drawn(graph)))


def test_kinds_of_arcs_differ_without_colour(graph: StateGraph) -> None:
    dashes = {path.get("stroke-dasharray") for path in drawn(graph).iter(f"{SVG}path") if path.get("fill") == "none"}
    assert len(dashes) == 3


def test_states_that_are_not_shown_are_counted(graph: StateGraph) -> None:
    assert "8 more states are possible and not shown." in words(drawn(graph))
    assert "8 more states are possible and not shown." in states_as_text(graph)
    assert not any("not shown" in word for word in words(drawn(replace(graph, every=4))))


def test_a_state_alone_is_drawn_and_says_that_nothing_is_in_force() -> None:
    alone = StateGraph((StateNode("0", (), stable=True, today=True),), nothing="as today")
    assert alone.only() == alone.nodes[0]
    assert {"1 · today · stable", "as today"} <= set(words(drawn(alone)))
    assert states_as_text(alone)[0] == "1 today STABLE: as today"


def test_a_state_of_many_moves_counts_those_it_leaves_out() -> None:
    crowded = StateGraph((StateNode("0", tuple(f"Karun builds its dam number {k}" for k in range(20))),))
    assert sum(word.startswith("and ") and word.endswith(" more") for word in words(drawn(crowded))) == 1


def test_arcs_to_nowhere_to_themselves_or_off_the_path_are_refused(graph: StateGraph) -> None:
    wrong = (
        replace(graph, arcs=(StateArc("0", "9", "Karun"),), likely=()),
        replace(graph, arcs=(StateArc("0", "0", "Karun"),), likely=()),
        replace(graph, nodes=(*graph.nodes, graph.nodes[0])),
        replace(graph, likely=("0", "2")),
    )
    for each in wrong:
        with pytest.raises(UsageError):
            drawn(each)
        with pytest.raises(UsageError):
            states_as_text(each)


@pytest.mark.parametrize("name", ["<script>&amp;]]>", "x" * 500, "", "\x00‮"])
def test_hostile_names_stay_text(name: str) -> None:
    hostile = StateGraph(
        (StateNode("a", (name,), True, True), StateNode("b", (name, name))),
        (StateArc("a", "b", name), StateArc("b", "a", name, "answer", True)),
        ("a", "b"),
        concept=name,
        called=name,
        nothing=name,
    )
    for width in (360, 720):
        assert not [e for e in drawn(hostile, width).iter() if e.tag.endswith("script")]
    assert max(map(len, states_as_text(hostile))) <= 80


@settings(max_examples=8, deadline=None)
@given(graphs())
def test_the_same_graph_gives_the_same_picture_and_eighty_columns(data: Drawn) -> None:
    graph = made(data)
    assert states(graph, id="s", title="t", desc="d") == states(graph, id="s", title="t", desc="d")
    assert max(map(len, states_as_text(graph)), default=0) <= 80


def test_the_picture_starts_from_the_state_that_is_named_and_today_keeps_its_mark() -> None:
    nodes = (StateNode("0", ("Karun fills",), today=True), StateNode("1", ("Lower closes",)), StateNode("2", ("Both",)))
    arcs = (StateArc("1", "0", "Lower"), StateArc("0", "2", "Karun"))
    for first, order in (("", (0, 1)), ("1", (1, 0))):
        picture = drawn(StateGraph(nodes, arcs, first=first))
        boxes = [float(r.get("x", "0")) for r in picture.iter(f"{SVG}rect") if r.get("rx") == "4"][:2]
        assert sorted(range(2), key=lambda k: boxes[k]) == list(order), first
        assert "1 · today" in words(picture)
