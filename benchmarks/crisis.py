"""How long do crisis games take, thousands at a time, and beside which recorded figures does that stand?

    python benchmarks/crisis.py

Payoffs are drawn from a standard normal distribution. The recorded figures are those of pygambit 17.0.0b2, one game
object per draw, building included: 0.53 ms for the crisis of four outcomes and 1.9 ms for three players with a hidden
move; enumerating all equilibria of one of the latter took it 13 s.
"""

from collections.abc import Iterator

import numpy as np
from _measure import Row, machine, seconds, show, spent, times

from detente.analyses.crisis import crisis
from detente.analyses.quantal import quantal
from detente.boards.crisis import Choice, Crisis, crisis_game, four_outcomes, with_payoffs

GAMES = 10_000
FOUR, THREE = 0.53e-3 * GAMES, 1.9e-3 * GAMES  # seconds, recorded


def three_players() -> Crisis:
    """An adversary concedes or not; a principal and, without seeing what it does, its ally move; then both answer."""

    def then(way: str) -> Choice:
        last = Choice("principal", (("join", f"{way} join"), ("restrain", f"{way} restrain")), knows=f"then {way}")
        return Choice("adversary", (("stand", f"{way} stand"), ("retaliate", last)), knows=way)

    def ally(first: str) -> Choice:
        hold = "quiet" if first == "talk" else then("threat, hold")
        return Choice("ally", (("hold", hold), ("strike", then(f"{first}, strike"))), knows="ally")

    start = Choice("principal", (("talk", ally("talk")), ("threat", ally("threat"))), knows="opening")
    root = Choice("adversary", (("concede", "concession"), ("refuse", start)), knows="demand")
    ends = ["concession", "quiet"]
    ends += [
        f"{w} {e}" for w in ("talk, strike", "threat, hold", "threat, strike") for e in ("stand", "join", "restrain")
    ]
    players = ("principal", "ally", "adversary")
    return crisis_game(root, {e: dict.fromkeys(players, 0.0) for e in ends}, players=players)


def rows() -> Iterator[Row]:
    rng = np.random.default_rng(0)
    four = four_outcomes("a", "b", rng.normal(0, 1, (GAMES, 4, 2)))
    took = spent(lambda: quantal(four, precision=1.0))
    yield Row(f"{GAMES:,} crises of four outcomes, quantal response", seconds(took.cpu), _beside(FOUR, took.cpu))
    three = with_payoffs(three_players(), rng.normal(0, 1, (GAMES, 11, 3)))
    for precision in (1.0, 2.0, 3.0):
        found = quantal(three, precision=precision, others=False)
        took = spent(lambda p=precision: quantal(three, precision=p, others=False), runs=5)  # type: ignore[misc]
        lost, turned = int((~found.reached).sum()), int(found.turned.sum())
        told = f"{lost} not followed to the end, {turned} turned back; {_beside(THREE, took.cpu)}"
        yield Row(f"{GAMES:,} games of three with a hidden move, precision {precision:g}", seconds(took.cpu), told)
    few = with_payoffs(three_players(), three.payoff[:32])
    took = spent(lambda: quantal(few, precision=2.0, others=True), runs=3)
    yield Row("32 of these, with all other solutions looked for", seconds(took.cpu))
    wide = four_outcomes("a", "b", rng.normal(0, 2, (GAMES, 4, 2)))
    known = crisis(wide)
    took = spent(lambda: crisis(wide), runs=5)
    several, unsure = int((known.count > 1).sum()), int((~known.closed).sum())
    yield Row(
        f"{GAMES:,} crises with private resolve, all equilibria",
        seconds(took.cpu),
        f"{several} with several, {unsure} not closed",
    )


def _beside(recorded: float, here: float) -> str:
    return f"pygambit recorded {seconds(recorded)}: {times(recorded, here)}"


if __name__ == "__main__":
    print(machine())
    show("crisis games", list(rows()))
