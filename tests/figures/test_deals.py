"""The pictures of deals say in words and shapes what they say in colour, and stand up to odd data."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.figures import (
    AgendaCell,
    AgendaMatrix,
    Blocker,
    Blockers,
    Cloud,
    GainBar,
    GainGroup,
    Region,
    RegionAxis,
    Solved,
    agendas,
    agendas_as_text,
    blockers,
    blockers_as_text,
    cloud,
    cloud_as_text,
    gains,
    gains_as_text,
    region,
    region_as_text,
)
from detente.figures.placed import placed
from detente.figures.scale import ticks
from detente.figures.text import text_width

SVG = "{http://www.w3.org/2000/svg}"
few = settings(max_examples=25, deadline=None)
place = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))


def words(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def told(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}title")]


def test_a_cloud_names_its_solutions_and_says_how_many_packages_it_leaves_out() -> None:
    data = Cloud(
        ("Karun", "Delta"),
        ((3.0, 4.0), (-1.0, 2.0)),
        excluded=((5.0, 5.0),),
        frontier=((3.0, 4.0),),
        solutions=(Solved((3.0, 4.0), ("Nash", "egalitarian")),),
        every=5,
    )
    svg = cloud(data, id="c", title="Packages", desc="Two.")
    assert "Nash, egalitarian" in words(svg)
    assert any("one in 5 is drawn" in w for w in words(svg))
    assert "excluded by a red line" in words(svg)
    assert "Nash, egalitarian: +3.0 and +4.0 points" in told(svg)


@few
@given(st.lists(place, max_size=20))
def test_every_dot_of_a_cloud_lies_inside_the_picture(packages: list[tuple[float, float]]) -> None:
    svg = ElementTree.fromstring(cloud(Cloud(("A", "B"), tuple(packages)), id="c", title="t", desc="d"))
    _, _, width, height = map(float, (svg.get("viewBox") or "").split())
    for dot in svg.iter(f"{SVG}circle"):
        if dot.get("cx") is not None:
            assert 0 <= float(dot.get("cx") or -1) <= width
            assert 0 <= float(dot.get("cy") or -1) <= height


def test_a_loss_is_drawn_otherwise_than_a_gain_and_no_deal_is_said() -> None:
    groups = (
        GainGroup("Narrow", (GainBar("Karun", 12.0), GainBar("Delta", -3.0))),
        GainGroup("Wide", (), "no deal: a red line"),
    )
    svg = gains(groups, id="g", title="Gains", desc="Two agendas.")
    assert {"+12.0", "-3.0", "no deal: a red line", "less than without a deal, in points"} <= set(words(svg))


def test_a_map_writes_a_letter_in_every_region_and_explains_it() -> None:
    axis = RegionAxis("value", (0.0, 1.0, 2.0, 3.0))
    data = Region(axis, axis, ("deal", "none"), ((0, 0, 1), (0, 1, 1), (1, 1, 1)), today=(0.5, 0.5))
    svg = region(data, id="m", title="Map", desc="Two kinds.")
    assert {"A", "B", "A = deal", "B = none"} <= set(words(svg))
    assert "the best guess" in told(svg)


def test_a_kind_that_fills_no_cell_has_no_letter() -> None:
    axis = RegionAxis("value", (0.0, 1.0))
    svg = region(Region(axis, axis, ("deal", "none"), ((0,),)), id="m", title="Map", desc="One kind.")
    assert "A" in words(svg)
    assert "B" not in words(svg)


def test_blockers_tie_the_refusals_of_one_set_together() -> None:
    rows = (Blocker("Karun: red line", (0, 1), 0.25), Blocker("Delta: no gain", (1,)))
    svg = blockers(Blockers(rows, ("1", "2")), id="b", title="Who blocks", desc="Two ways.")
    assert "25%" in words(svg)
    filled = [c for c in ElementTree.fromstring(svg).iter(f"{SVG}circle") if c.get("r") == "6.5" and c.get("cy") != "0"]
    assert len(filled) == 3


def test_an_agenda_cell_says_its_state_in_words() -> None:
    cells = (
        AgendaCell("Missiles", "option", "depends", ("Karun +4",)),
        AgendaCell("Missiles", "precondition", "clash", ("Delta: its red line",)),
    )
    svg = agendas(AgendaMatrix(("Missiles",), ("option", "precondition", "later"), cells), id="a", title="t", desc="d")
    assert {"depends", "red line", "–", "Karun +4"} <= set(words(svg))
    assert "Missiles, precondition: against a red line" in told(svg)


@pytest.mark.parametrize("name", ["<b>&amp;</b>", "x" * 500, "", "\x00‮"])
def test_names_are_escaped_cut_and_never_break_the_picture(name: str) -> None:
    for svg in (
        gains((GainGroup(name, (GainBar(name, 1.0),)),), id="g", title=name, desc=name),
        cloud(
            Cloud((name, name), ((1.0, 1.0),), solutions=(Solved((1.0, 1.0), (name,)),)), id="c", title="t", desc="d"
        ),
        blockers(Blockers((Blocker(name, (0,)),), (name,)), id="b", title="t", desc="d"),
        agendas(AgendaMatrix((name,), (name,), (AgendaCell(name, name, "none"),)), id="a", title="t", desc="d"),
    ):
        ElementTree.fromstring(svg)


@few
@given(
    st.floats(0, 700), st.floats(0, 400), st.text("abc MW", min_size=1, max_size=120).filter(lambda t: bool(t.strip()))
)
def test_no_label_is_cut_at_an_edge(x: float, y: float, name: str) -> None:
    inside = (0.0, 0.0, 700.0, 400.0)
    label = placed(name, (x, y), inside=inside, taken=[], size=12)
    assert min(label.box[:2]) >= -1e-6
    assert label.box[2] <= 700 + 1e-6
    assert label.box[3] <= 400 + 1e-6
    assert all(text_width(line, 12) <= label.box[2] - label.box[0] for line in label.lines)


def test_labels_of_neighbours_do_not_lie_on_one_another() -> None:
    taken = [(90.0, 90.0, 110.0, 110.0)]
    for name in ("Nash", "egalitarian", "Kalai-Smorodinsky", "utilitarian"):
        box = placed(name, (100, 100), inside=(0, 0, 700, 400), taken=taken, size=12).box
        assert all(box[2] <= o[0] or o[2] <= box[0] or box[3] <= o[1] or o[3] <= box[1] for o in taken)
        taken.append(box)


def test_a_solution_close_to_another_is_a_hollow_shape_around_it() -> None:
    near = (Solved((50.0, 50.0), ("Nash",)), Solved((50.5, 49.5), ("Kalai-Smorodinsky",)))
    svg = ElementTree.fromstring(
        cloud(Cloud(("A", "B"), ((50.0, 50.0), (-9.0, 3.0)), solutions=near), id="c", title="t", desc="d")
    )
    signs = {
        (g.findtext(f"{SVG}title") or "").split(":")[0]: g.findall(f"{SVG}path")[-1].get("fill")
        for g in svg.iter(f"{SVG}g")
        if "points" in (g.findtext(f"{SVG}title") or "")
    }
    assert signs == {"Kalai-Smorodinsky": "none", "Nash": "var(--ink, #1d232b)"}
    assert list(signs) == ["Kalai-Smorodinsky", "Nash"]  # the smaller one on top


def test_a_legend_explains_only_what_is_there() -> None:
    svg = cloud(Cloud(("A", "B"), ((-1.0, 2.0),)), id="c", title="t", desc="d")
    assert "a package by which somebody loses" in words(svg)
    assert not any(w.startswith(("a deal", "excluded", "frontier")) for w in words(svg))
    only_losses = gains((GainGroup("Narrow", (GainBar("Karun", -3.0),)),), id="g", title="t", desc="d")
    assert "more than without a deal, in points" not in words(only_losses)


def test_a_frontier_is_a_line_and_told_as_one() -> None:
    svg = cloud(
        Cloud(("A", "B"), ((1.0, 5.0), (4.0, 2.0)), frontier=((1.0, 5.0), (4.0, 2.0))), id="c", title="t", desc="d"
    )
    assert "frontier: no other deal is better for one and no worse for the other" in words(svg)


def test_long_headings_of_a_matrix_are_wrapped_and_not_cut() -> None:
    modes = tuple(f"A precondition of the State Department of {c}" for c in "ABCDEFG")
    svg = agendas(AgendaMatrix(("Missiles",), modes, ()), id="a", title="t", desc="d")
    assert not any("…" in w for w in words(svg))
    assert set(modes) <= set(told(svg))
    assert 'class="figure wide"' in svg


def test_cells_not_asked_and_moved_shares_are_explained() -> None:
    cells = (AgendaCell("Missiles", "option", "same", share=("36%", "42%")),)
    svg = agendas(AgendaMatrix(("Missiles",), ("option", "later"), cells), id="a", title="t", desc="d")
    assert {"not asked", "–", "36 → 42% of"} <= set(words(svg)) or "36 → 42% of draws" in words(svg)
    assert "share of the model's draws with a deal: today's agenda → this one" in words(svg)
    full = agendas(AgendaMatrix(("Missiles",), ("option",), cells[:1]), id="a", title="t", desc="d")
    assert "not asked" not in words(full)


def test_no_line_runs_through_the_words_that_there_is_no_deal() -> None:
    groups = (GainGroup("Narrow", (GainBar("Karun", 12.0),)), GainGroup("Wide", ()))
    svg = ElementTree.fromstring(gains(groups, id="g", title="t", desc="d"))
    y = next(float(e.get("y") or 0) for e in svg.iter(f"{SVG}text") if e.text == "no deal")
    upright = [p.get("d") or "" for p in svg.iter(f"{SVG}path") if "V" in (p.get("d") or "")]
    assert upright
    for d in upright:
        top, bottom = float(d.split()[1].split("V")[0]), float(d.split("V")[1])
        assert not top <= y <= bottom


def test_bars_stand_on_a_scale() -> None:
    svg = gains((GainGroup("N", (GainBar("Karun", 52.7), GainBar("Delta", -8.0))),), id="g", title="t", desc="d")
    assert {"0", "+20", "+40"} <= set(words(svg))


@few
@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_are_few_and_inside(low: float, span: float) -> None:
    found = ticks(low, low + span)
    assert 1 <= len(found) <= 7
    assert all(low - 1e-6 * span <= t <= low + span * (1 + 1e-6) for t in found)


def test_the_values_at_which_a_demand_turns_stand_on_the_axis() -> None:
    across = RegionAxis("no deal", (-10.0, 42.6, 100.0), ((-10.0, "-10.0"), (41.0, "41"), (100.0, "+100.0")))
    up = RegionAxis("weight", (0.0, 1.0))
    data = Region(across, up, ("lost", "blocked"), ((0, 1),), turns=((42.6, "+42.6"),), level=0.5, exact=True)
    svg = region(data, id="m", title="t", desc="d")
    assert "+42.6" in words(svg)
    assert "41" not in words(svg)  # it would run into the value that counts


def test_a_map_of_one_kind_is_a_line_of_text() -> None:
    axis = RegionAxis("value", (0.0, 1.0, 2.0))
    data = Region(axis, axis, ("deal", "none"), ((1, 1), (1, 1)))
    assert data.only() == "none"
    assert region_as_text(data) == ("everywhere: none",)


def test_the_pictures_in_characters_keep_to_sixty_columns_and_seventeen_rows() -> None:
    long = "a name that goes on and on, and then on again, for more than sixty characters"
    places = tuple((float(k * 7 % 90 - 30), float(k * 11 % 80 - 20)) for k in range(60))
    solved = tuple(Solved(places[k], (name,)) for k, name in enumerate(("Nash", "Kalai-Smorodinsky", "egalitarian")))
    axis = RegionAxis(long, tuple(float(k) for k in range(101)))
    rows = tuple(f"{long} {k}" for k in range(15))
    cells = tuple(AgendaCell(row, mode, "depends", (long,)) for row in rows for mode in ("option", "later"))
    for lines in (
        cloud_as_text(Cloud((long, long), places, excluded=places[:3], solutions=solved)),
        gains_as_text(tuple(GainGroup(long, (GainBar(long, 1.0), GainBar("B", -2.0))) for _ in range(9))),
        agendas_as_text(AgendaMatrix(rows, ("option", "later", long), cells)),
        blockers_as_text(Blockers((Blocker(long, (0,), 0.5),) * 3, ("1", "2"))),
        region_as_text(Region(axis, axis, ("deal", "none"), tuple((0,) * k + (1,) * (100 - k) for k in range(100)))),
    ):
        assert max(map(len, lines)) <= 60
        assert len(lines) <= 17
