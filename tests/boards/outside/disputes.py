"""Disputes outside the table: one that is written by hand, and small random ones."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from detente.boards import Draws
from detente.situation.nouns import (
    AgendaItem,
    Document,
    Effect,
    Evidence,
    Incident,
    Issue,
    Move,
    Party,
    Preference,
    RedLine,
    Situation,
    Stance,
    Table,
    Threat,
    Tie,
    Trigger,
)
from detente.situation.paths import inputs
from detente.situation.values import Basis, Range

SEEDS = st.integers(0, 2**32 - 1)
tried = settings(max_examples=30, deadline=None)
laid_out = settings(max_examples=10, deadline=None)  # where whole boards are compared
READ = Basis(kind="read", evidence=("e1",), rule="threat-as-made")
ENTERED = Basis(kind="entered", by="coder")
ACTIONS = (
    *("strike", "retaliate", "sanction", "walk out", "deny airspace", "enrich", "open front", "block", "concede"),
    *("respond", "bomb"),
)


def span(low: float, best: float, high: float) -> Range:
    return Range(low=low, best=best, high=high, basis=ENTERED)


def island(**more: object) -> Situation:
    """North and south talk about ports; south warns north of an attack, west stands by north, a militia by south."""
    names = ("north", "south", "west", "militia", "host")
    ports = Issue(id="ports", name="ports", status_quo=span(0, 0, 0))
    line = RedLine(at=span(0, 0, 0), accepts="at_most", hardness=span(0, 0.5, 1))
    salience = span(10, 50, 90)
    stances = (
        Stance(party="north", issue="ports", position=span(50, 100, 100), salience=salience),
        Stance(party="south", issue="ports", position=span(0, 0, 0), salience=salience, red_line=line),
        Stance(party="west", issue="ports", position=span(75, 100, 100), salience=salience),
    )
    refused = AgendaItem(issue="ports", mode="refused", by=("south",))
    warning = Threat(
        id="warning",
        by="south",
        against="north",
        trigger=Trigger(actor="north", action="strike"),
        action="retaliate",
        evidence=("e1",),
        basis=READ,
    )
    rows: dict[str, object] = {
        "title": "Ports",
        "parties": tuple(Party(id=n, name=n) for n in names),
        "issues": (ports,),
        "stances": stances,
        "tables": (Table(id="talks", name="talks", consent=("north", "south"), agenda=(refused,)),),
        "ties": (
            Tie(id="pact", kind="ally", source="north", target="west"),
            Tie(id="arms", kind="patron_proxy", source="south", target="militia"),
        ),
        "incidents": (Incident(id="embargo", act="sanction", actor="north", target="south", what="an embargo"),),
        "threats": (warning,),
    }
    return Situation.model_validate({**rows, **more})


def dispute(seed: int) -> Situation:
    """A random dispute: threats, ties, incidents and moves in no order, some of them odd."""
    rng = np.random.default_rng(seed)
    names = [f"p{k}" for k in range(int(rng.integers(2, 6)))]

    def pick() -> str:
        return names[int(rng.integers(len(names)))]

    def act() -> str:
        return ACTIONS[int(rng.integers(len(ACTIONS)))]

    threats = tuple(
        Threat(
            id=f"t{k}",
            by=pick(),
            against=pick(),
            trigger=Trigger(actor=pick(), action=act()) if rng.random() < 0.8 else None,
            action=act(),
            cost=span(0, 5, 10) if rng.random() < 0.2 else None,
            basis=READ if rng.random() < 0.7 else Basis(kind="supplied", rule="r"),
        )
        for k in range(int(rng.integers(0, 4)))
    )
    kinds = ("ally", "rivalry", "patron_proxy", "lobby")
    ties = tuple(
        Tie.model_validate({"id": f"tie{k}", "kind": kinds[int(rng.integers(4))], "source": pick(), "target": pick()})
        for k in range(int(rng.integers(0, 5)))
    )
    incidents = tuple(
        Incident(id=f"n{k}", act=("sanction", "coerce", "assault")[int(rng.integers(3))], actor=pick(), target=pick(),
                 what="something")
        for k in range(int(rng.integers(0, 3)))
    )  # fmt: skip
    moves = tuple(
        Move(id=f"m{k}", by=pick(), action=act(), against=pick(), basis=ENTERED, undone_by=(pick(),))
        for k in range(int(rng.integers(0, 4)))
    )
    issue = Issue(id="i0", name="i0", status_quo=span(0, 0, 0))
    stances = tuple(
        Stance(party=p, issue="i0", position=span(0, 20, 100), salience=span(10, 50, 90)) for p in names[:3]
    )
    table = Table(id="hall", name="hall", consent=tuple(names[:2]))
    effects = tuple(
        Effect(party=pick(), move=m.id, world=(None, "force")[int(rng.integers(2))], value=span(-5, 1, 7))
        for m in moves
        if rng.random() < 0.3
    )
    return Situation(
        title="Random",
        documents=(Document(id="d1"),),
        evidence=(Evidence(id="e1", document="d1", sentence="s1", start=0, end=4, quote="said"),),
        parties=tuple(Party(id=n, name=n) for n in names),
        issues=(issue,),
        stances=stances,
        tables=(table,) if rng.random() < 0.8 else (),
        threats=threats,
        ties=ties,
        incidents=incidents,
        moves=moves,
        effects=effects,
    )


def corners(situation: Situation, draws: int, seed: int) -> Draws:
    """Draw every input at one of the ends of its range."""
    rng = np.random.default_rng(seed)
    return {i.path: np.where(rng.random(draws) < 0.5, i.value.low, i.value.high) for i in inputs(situation)}


def prefers(party: str, better: tuple[str, ...], worse: tuple[str, ...], strength: str = "prefers") -> Preference:
    return Preference.model_validate({"party": party, "prefers": better, "over": worse, "strength": strength})
