"""The network shows who has a seat, who stands outside, what binds them and what they threaten."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from detente.errors import UsageError
from detente.figures.network import Actor, Network, TableNode, ThreatArrow, TieLine, network

SVG = "{http://www.w3.org/2000/svg}"


def drawn(net: Network) -> ElementTree.Element:
    return ElementTree.fromstring(network(net, id="n", title="Tables", desc="Who sits where."))


def told(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}title")]


def test_a_party_without_a_seat_is_outside_and_a_host_is_called_one(net: Network) -> None:
    said = told(drawn(net))
    assert "Upland Farmers' Front: outside" in said
    assert "Ostia: host" in said
    assert "Basin Commission: mediator (not stated)" in said
    assert "Karun: at the table" in said


def test_every_tie_and_threat_is_drawn_with_how_it_is_known(net: Network) -> None:
    said = told(drawn(net))
    assert "allies (read)" in said
    assert "patron and proxy (arrow to the proxy) (assumed): control low" in said
    assert "rivals (entered)" in said
    assert "threat, numbered (assumed)" in said


def test_threats_are_listed_with_what_sets_them_off(net: Network) -> None:
    words = " ".join(element.text or "" for element in drawn(net).iter(f"{SVG}text"))
    assert "Delta Republic threatens Karun: closing the river to its barges; condition: “" in words
    assert "gates are shut before a deal”" in words
    assert "filling without notice, no condition given (assumed)" in words


def test_a_seat_is_a_band_and_only_those_with_a_seat_have_one(net: Network) -> None:
    bands = [p for p in drawn(net).iter(f"{SVG}path") if p.get("stroke-width") == "30"]
    assert [(band.get("d") or "").count("M") for band in bands] == [2, 2]


def test_the_same_network_gives_the_same_picture(net: Network) -> None:
    assert network(net, id="n", title="t", desc="d") == network(net, id="n", title="t", desc="d")


def test_a_tie_to_a_party_that_is_not_there_is_refused_by_name(net: Network) -> None:
    with pytest.raises(UsageError, match="atlantis"):
        drawn(replace(net, ties=(TieLine("ally", "karun", "atlantis"),)))


@pytest.mark.parametrize("count", [3, 14])
def test_few_and_many_parties_stay_on_the_page(count: int) -> None:
    parties = tuple(Actor(f"p{at}", f"Party number {at}") for at in range(count))
    ties = tuple(TieLine("ally", "p0", f"p{at}") for at in range(2, count))
    picture = drawn(Network(parties, (TableNode("t", "Talks", consent=("p0", "p1")),), ties))
    width, height = map(float, (picture.get("viewBox") or "").split()[2:])
    for text in picture.iter(f"{SVG}text"):
        assert -40 <= float(text.get("x", "0")) <= width
        assert 0 <= float(text.get("y", "0")) <= height


def test_two_threats_between_the_same_two_do_not_lie_on_each_other() -> None:
    parties = (Actor("a", "Karun"), Actor("b", "Delta"))
    arrows = (ThreatArrow("a", "b", "one"), ThreatArrow("b", "a", "two"))
    picture = network(Network(parties, (), (), arrows), id="n", title="t", desc="d")
    curves = re.findall(r'd="(M[^"]*Q[^"]*)"', picture)[:2]
    bends = [curve.split("Q")[1].split(" ")[:2] for curve in curves]
    assert bends[0] != bends[1]


def test_hostile_names_stay_text() -> None:
    hostile = "<script>]]>\x00" + "y" * 10_000
    net = Network(
        (Actor("a", hostile), Actor("b", "B")),
        (TableNode("t", hostile, hostile, ("a", "b")),),
        (),
        (ThreatArrow("a", "b", hostile, hostile),),
    )
    assert not [element for element in drawn(net).iter() if element.tag.endswith("script")]


def test_a_network_of_nobody_is_an_empty_picture() -> None:
    assert drawn(Network((), ())).get("role") == "img"
