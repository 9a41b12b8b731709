"""Two that share a river and talk, one's friend who presses for more, and crises that may go either way."""

import datetime as dt

from detente.situation.nouns import (
    AgendaItem,
    Deadline,
    Demand,
    Effect,
    Incident,
    Issue,
    Landmark,
    Move,
    Party,
    RedLine,
    Situation,
    Stance,
    Table,
    Tie,
)
from detente.situation.values import Basis, Range

CODED = Basis(kind="entered", by="coder")
TABLE = "talks"


def span(low: float, best: float, high: float) -> Range:
    return Range(low=low, best=best, high=high, basis=CODED)


def _stance(
    party: str, issue: str, at: tuple[float, float, float], weight: float, line: RedLine | None = None
) -> Stance:
    return Stance(party=party, issue=issue, position=span(*at), salience=span(weight / 2, weight, 100), red_line=line)


def _worth(party: str, move: str, low: float, best: float, high: float) -> Effect:
    return Effect(party=party, move=move, value=span(low, best, high))


NAMES = ("upper", "lower", "friend", "trader")
LEVELS = tuple(Landmark(at=at, name=f"level {at:g}") for at in (0.0, 50.0, 100.0))
WATERS = Situation(
    title="Waters",
    as_of=dt.date(2026, 2, 8),
    parties=tuple(Party(id=n, name=n.title()) for n in NAMES),
    issues=tuple(
        Issue(id=n, name=n, landmarks=LEVELS, status_quo=span(0, 0, 0)) for n in ("flow", "price", "dams", "guns")
    ),
    stances=(
        _stance("upper", "flow", (0, 10, 60), 60),
        _stance("lower", "flow", (40, 100, 100), 80),
        _stance("upper", "price", (50, 100, 100), 70),
        _stance("lower", "price", (0, 0, 70), 40),
        _stance(
            "upper", "dams", (0, 0, 60), 60, RedLine(at=span(0, 0, 60), accepts="at_most", hardness=span(0, 0.5, 1))
        ),
        _stance("lower", "dams", (30, 60, 100), 50),
        _stance("friend", "dams", (60, 100, 100), 90),
        _stance("trader", "price", (0, 20, 40), 60),
        _stance("upper", "guns", (0, 20, 60), 20),
        _stance("friend", "guns", (20, 60, 100), 50),
    ),
    demands=(
        Demand(id="d1", by="friend", to="lower", table=TABLE, issue="dams"),
        Demand(id="d2", by="friend", to="lower", table=TABLE, issue="guns"),
    ),
    tables=(
        Table(
            id=TABLE,
            name="Talks",
            consent=("upper", "lower"),
            agenda=(
                AgendaItem(issue="flow", mode="option"),
                AgendaItem(issue="price", mode="option"),
                AgendaItem(issue="dams", mode="refused", by=("upper",)),
            ),
        ),
    ),
    ties=(
        Tie(id="pact", kind="ally", source="lower", target="friend", weight=span(0, 0.4, 1)),
        Tie(id="trade", kind="lobby", source="trader", target="upper", weight=span(0, 0.2, 0.6)),
    ),
    deadlines=(Deadline(id="thaw", by="lower", table=TABLE, what="agree before the thaw"),),
    incidents=(
        Incident(id="shots", act="assault", actor="upper", target="lower", what="shots", date=dt.date(2026, 2, 1)),
        Incident(id="old", act="assault", actor="upper", target="lower", what="shots", date=dt.date(2025, 2, 1)),
    ),
    moves=(
        Move(id="lower-raid", by="lower", action="strike", against="upper"),
        Move(id="upper-reply", by="upper", action="strike", against="lower", after=("lower-raid",)),
        Move(id="friend-raid", by="friend", action="strike", against="upper"),
        Move(id="upper-embargo", by="upper", action="block", against="lower"),
        Move(id="upper-yield", by="upper", action="concede", against="lower"),
        Move(id="lower-yield", by="lower", action="concede", against="upper"),
    ),
    effects=(
        _worth("lower", "lower-raid", -20, 15, 40),
        _worth("upper", "lower-raid", -60, -30, -5),
        _worth("lower", "upper-reply", -50, -20, 0),
        _worth("upper", "upper-reply", -10, 5, 20),
        _worth("friend", "friend-raid", -10, 15, 40),
        _worth("upper", "friend-raid", -60, -30, -5),
        _worth("upper", "upper-yield", -40, -15, 0),
        _worth("lower", "upper-yield", 5, 25, 50),
        _worth("friend", "upper-yield", 0, 20, 40),
        _worth("lower", "lower-yield", -40, -15, 0),
        _worth("upper", "lower-yield", 0, 20, 40),
    ),
)
