"""Small random disputes in which levels are worth something together, and somebody without a seat has a stake."""

import itertools

import numpy as np
from tests.boards.worlds import Shape, some, span, world

from detente.situation.nouns import Interaction, NoDeal, Party, RedLine, Situation, Stance, Tie

HOUSE, LOBBY = "house", "lobby"


def rich(seed: int, shape: Shape = Shape()) -> Situation:  # noqa: B008
    """`world` with interactions, `house` that ratifies at the hall, and `lobby` that leans on p0."""
    base, rng = world(seed, shape), np.random.default_rng(seed + 1)
    hall = base.tables[0]
    line = RedLine(at=some(rng, 0, 100), accepts="at_most", hardness=span(0, 0.5, 1))
    stances = [
        Stance(party=HOUSE, issue="i0", position=some(rng, 0, 100), salience=some(rng, 0, 100)),
        Stance(party=HOUSE, issue="i1", position=some(rng, 0, 100), salience=some(rng, 0, 100), red_line=line),
        Stance(party=LOBBY, issue="i0", position=some(rng, 0, 100), salience=some(rng, 0, 100)),
    ]
    ratified = hall.model_copy(
        update={"ratifiers": (HOUSE,), "no_deal": (*hall.no_deal, NoDeal(party=HOUSE, value=some(rng, -20, 20)))}
    )
    return base.model_copy(
        update={
            "parties": (*base.parties, Party(id=HOUSE, name="House"), Party(id=LOBBY, name="Lobby")),
            "stances": (*base.stances, *stances),
            "interactions": tuple(_interactions(rng, base, [*hall.consent, HOUSE])),
            "ties": (Tie(id="t-1", kind="lobby", source=LOBBY, target="p0", weight=span(0, 0.5, 1)),),
            "tables": (ratified,),
        }
    )


def _interactions(rng: np.random.Generator, base: Situation, parties: list[str]) -> list[Interaction]:
    """Two cells of most pairs of issues for some of the parties, in either order."""
    rows: list[Interaction] = []
    for party, (one, other) in itertools.product(parties, itertools.permutations(base.issues, 2)):
        if rng.random() < 0.4:
            ends = float(rng.choice(one.options)), float(rng.choice(other.options))
            twins = [
                r
                for r in rows
                if (r.party, r.issue, r.at, r.other, r.other_at) == (party, other.id, ends[1], one.id, ends[0])
            ]
            if not twins:
                rows.append(
                    Interaction(
                        party=party,
                        issue=one.id,
                        at=ends[0],
                        other=other.id,
                        other_at=ends[1],
                        value=some(rng, -50, 50),
                    )
                )
    return rows


def together(situation: Situation, party: str, taken: dict[str, float]) -> float:
    """What a party's interactions add to a package of levels at the best values, in points."""
    mine = [v for v in situation.interactions if v.party == party]
    return sum(v.value.best for v in mine if taken.get(v.issue) == v.at and taken.get(v.other) == v.other_at)
