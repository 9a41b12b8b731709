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
    blockers,
    cloud,
    gains,
    region,
)

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
        of=5000,
    )
    svg = cloud(data, id="c", title="Packages", desc="Two.")
    assert "Nash, egalitarian" in words(svg)
    assert any("2 of 5,000 drawn" in w for w in words(svg))
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
    assert {"+12.0", "-3.0", "no deal: a red line", "less than without a deal"} <= set(words(svg))


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
