"""The pictures of an invented dispute: two states on one river, a dam, an ally, a front of farmers."""

import pytest

from detente.figures.coverage import Act, Answer, Coverage, StatedThreat
from detente.figures.landmarks import IssueLine, Landmark, Level, RedLine, Span
from detente.figures.network import Actor, Network, TableNode, ThreatArrow, TieLine
from detente.figures.states import StateArc, StateGraph, StateNode
from detente.figures.worlds import CrisisWorld, CrisisWorlds, Spread


@pytest.fixture(scope="session")
def issue_lines() -> tuple[IssueLine, ...]:
    filling = IssueLine(
        "Speed of filling the reservoir", 0, 100,
        (
            Landmark(0, "no filling"),
            Landmark(30, "seven wet seasons"),
            Landmark(55, "five wet seasons"),
            Landmark(60, "four, with a drought clause"),
            Landmark(100, "at will"),
        ),
        Level(40, 50, 60, "read"),
        (
            Span("Karun", 60, 80, 100, "read", RedLine(55, "at_least", "read")),
            Span("Delta Republic", 0, 20, 35, "read", RedLine(40, "at_most", "read")),
            Span("Meridia", 30, 50, 70, "assumed"),
            Span("Upland Farmers' Front", 0, 0, 0, "entered"),
        ),
    )  # fmt: skip
    releases = IssueLine(
        "Releases in a drought", 0, 40,
        (Landmark(0, "none"), Landmark(40, "forty billion cubic metres a year")),
        Level(0, 0, 0, "assumed"),
        (
            Span("Karun", 0, 0, 5, "read", RedLine(0, "at_most", "read")),
            Span("Delta Republic", 30, 35, 40, "read"),
        ),
    )  # fmt: skip
    purchase = IssueLine(
        "Purchase of power", 0, 100,
        (Landmark(0, "none"), Landmark(100, "all that Delta needs")),
        Level(0, 0, 0, "assumed"),
        (Span("Karun", 50, 75, 100, "supplied"), Span("Delta Republic", 0, 0, 50, "assumed")),
    )  # fmt: skip
    return filling, releases, purchase


@pytest.fixture(scope="session")
def net() -> Network:
    return Network(
        (
            Actor("karun", "Karun"),
            Actor("delta", "Delta Republic"),
            Actor("ostia", "Ostia"),
            Actor("basin", "Basin Commission"),
            Actor("front", "Upland Farmers' Front"),
            Actor("meridia", "Meridia"),
        ),
        (
            TableNode(
                "dam", "Dam talks", "Port Ostia", ("karun", "delta"), host="ostia", mediator="basin",
                mediator_stated=False, direct=False,
            ),
            TableNode("visit", "Meridia visit", "Meridia City", ("delta", "meridia")),
        ),
        (
            TieLine("ally", "meridia", "delta"),
            TieLine("patron_proxy", "delta", "front", "assumed", "control low"),
            TieLine("rivalry", "karun", "delta", "entered"),
        ),
        (
            ThreatArrow("delta", "karun", "closing the river to its barges", "the gates are shut before a deal"),
            ThreatArrow("karun", "delta", "filling without notice", None, "assumed"),
        ),
    )  # fmt: skip


@pytest.fixture(scope="session")
def matrix() -> Coverage:
    return Coverage(
        (
            Act("Karun", "shuts the gates before a deal"),
            Act("Delta Republic", "closes the river to barges"),
            Act("Upland Farmers' Front", "shuts the gates before a deal", "assumed"),
        ),
        (StatedThreat("Delta Republic", "closes the river"), StatedThreat("Karun", "fills at will", "assumed")),
        (Answer(0, 0, ("yes", "depends", "no")), Answer(1, 1, ("no", "no", "no"))),
        ("drift", "squeeze", "force"),
    )


@pytest.fixture(scope="session")
def graph() -> StateGraph:
    return StateGraph(
        (
            StateNode("0", ("Meridia sanctions Karun",), today=True),
            StateNode("1", ("Meridia sanctions Karun", "Karun shuts the gates")),
            StateNode("2", ("Karun shuts the gates", "the Delta Republic closes the river"), stable=True),
            StateNode("3", (), stable=True),
        ),
        (
            StateArc("0", "1", "Karun", one_way=True),
            StateArc("1", "2", "the Delta Republic", "answer"),
            StateArc("0", "3", "Meridia", "move"),
            StateArc("3", "0", "Meridia"),
        ),
        likely=("0", "1", "2"),
        every=12,
        concept="SEQ",
    )


@pytest.fixture(scope="session")
def crisis() -> CrisisWorlds:
    three = ((0.7, 0.1, 0.1, 0.1), (0.4, 0.2, 0.1, 0.3), (0.1, 0.1, 0.1, 0.7))
    spread = tuple(Spread(low, low + 0.1, low + 0.2) for low in (0.3, 0.1, 0.05, 0.2))
    return CrisisWorlds(
        ("nothing", "concession", "back down", "force"),
        (
            CrisisWorld("drift", ((0.9, 0.05, 0.03, 0.02),)),
            CrisisWorld("squeeze", three, spread, "one to three over draws"),
        ),
    )
