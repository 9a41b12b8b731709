"""Boxes of a network are all on the page, none on another, and in the same place every time."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.figures.layout import Bond, Box, layout

PAGE = 720.0


@st.composite
def graphs(draw: st.DrawFn) -> tuple[tuple[Box, ...], tuple[Bond, ...]]:
    count = draw(st.integers(1, 14))
    boxes = tuple(Box(draw(st.floats(60, 160)), draw(st.floats(28, 70))) for _ in range(count))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1), st.sampled_from([0.9, 1.0, 1.25, 1.7]))
    pairs = draw(st.lists(ends, max_size=18))
    return boxes, tuple(Bond(*pair) for pair in pairs if pair[0] != pair[1])


@settings(max_examples=12, deadline=None)
@given(graphs())
def test_no_box_lies_on_another_and_none_leaves_the_page(graph: tuple[tuple[Box, ...], tuple[Bond, ...]]) -> None:
    boxes, bonds = graph
    places = layout(boxes, bonds, width=PAGE)
    for (i, one), (j, two) in combinations(enumerate(boxes), 2):
        apart_x = abs(places[i][0] - places[j][0]) - (one.width + two.width) / 2
        apart_y = abs(places[i][1] - places[j][1]) - (one.height + two.height) / 2
        assert max(apart_x, apart_y) > 0, (i, j)
    for box, (x, _) in zip(boxes, places, strict=True):
        assert box.width / 2 <= x <= PAGE - box.width / 2


@settings(max_examples=3, deadline=None)
@given(graphs())
def test_the_same_graph_is_laid_out_the_same_way(graph: tuple[tuple[Box, ...], tuple[Bond, ...]]) -> None:
    boxes, bonds = graph
    assert layout(boxes, bonds, width=PAGE) == layout(boxes, bonds, width=PAGE)


def test_what_is_bound_is_nearer_than_what_is_not() -> None:
    boxes = (Box(80, 30),) * 4
    places = layout(boxes, (Bond(0, 1, 1.0), Bond(2, 3, 1.0), Bond(1, 2, 1.7)), width=PAGE)
    near = (places[0][0] - places[1][0]) ** 2 + (places[0][1] - places[1][1]) ** 2
    far = (places[0][0] - places[3][0]) ** 2 + (places[0][1] - places[3][1]) ** 2
    assert near < far


def test_nothing_to_place_is_no_place() -> None:
    assert layout((), (), width=PAGE) == ()
