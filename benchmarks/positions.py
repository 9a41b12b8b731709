"""How many draws of a body a second does each of its models answer, on one core?

    python benchmarks/positions.py

Ten parties anywhere on one scale, every input drawn. The figures beside are those recorded for other programs on a busy
machine of two cores: for them lower bounds. To add one, add a line to `TABLE`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from _measure import Row, machine, show, spent

from detente.analyses.challenge import challenge
from detente.analyses.compromise import compromise
from detente.analyses.condorcet_election import condorcet_election
from detente.analyses.exchange import exchange
from detente.analyses.median import median
from detente.analyses.prevails import prevails
from detente.analyses.spatial_bargaining import spatial_bargaining
from detente.boards import Positions

CHUNK = 8192  # draws asked about together, as an ensemble does


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured, over how many draws, the aim, and what another program was seen to do, all per second."""

    what: str
    ask: Callable[[Positions], object]
    board: Positions
    aim: float | None = None
    peer: str = ""


def drawn(parties: int = 10, draws: int = CHUNK, *, issues: int = 1, seed: int = 0) -> Positions:
    """A body with every input drawn."""
    rng = np.random.default_rng(seed)
    size = (draws, parties, issues)
    return Positions(
        parties=tuple(f"p{k}" for k in range(parties)),
        issues=tuple(f"i{k}" for k in range(issues)),
        at=rng.random(size) * 100,
        salience=rng.random(size) * 100,
        influence=rng.random(size),
        low=np.zeros(issues),
        high=np.full(issues, 100.0),
        status_quo=np.zeros((draws, issues)),
        stated=np.ones((parties, issues), dtype=bool),
    )


TEN, THIRTY = drawn(), drawn(30)
election = partial(condorcet_election, candidates="positions")

TABLE = (
    Measure("compromise, 10 parties", compromise, TEN, 1e6, "schelling 9,260"),
    Measure("median, 10 parties", median, TEN),
    Measure("election between 10 positions, Markov-uniform", election, TEN, 2e4, "schelling 2,660"),
    Measure("the same, Markov-incentive", partial(election, kind="markov-incentive"), TEN, 2e4),
    Measure("the same, conditional", partial(election, kind="conditional"), TEN, 2e4),
    Measure("election on 21 levels, 10 parties, Markov-uniform", condorcet_election, TEN, None, "plain numpy 1,100"),
    Measure("election on 21 levels, 30 parties, Markov-uniform", condorcet_election, THIRTY),
    Measure("prevails, 10 parties", prevails, TEN),
    Measure("prevails, 30 parties", prevails, THIRTY),
    Measure(
        "spatial bargaining until it rests, 13 parties, one by one", spatial_bargaining, drawn(13, 1), 50, "KTAB 2"
    ),
    Measure("the same, many draws together", spatial_bargaining, drawn(13, 256), None, "KTAB 2"),
    Measure("the same, 26 parties", spatial_bargaining, drawn(26, 32), None, "KTAB 0.4"),
    Measure("challenge, 10 parties, 10 rounds", challenge, TEN, 1e4, "schelling 660, Masad 116, jmckib 0.4"),
    Measure("the same, the paper's formulas", partial(challenge, dialect="scholz-paper"), TEN, 1e4),
    Measure(
        "exchange, 11 parties, 7 issues, 10 rounds, one by one", exchange, drawn(11, 1, issues=7), 14, "decide 0.7"
    ),
    Measure("the same, many draws together", exchange, drawn(11, 128, issues=7), None, "decide 0.7"),
    Measure("exchange, 15 parties, 13 issues, one by one", exchange, drawn(15, 1, issues=13), 1.6, "decide 0.08"),
)


def row(measure: Measure) -> Row:
    work = spent(lambda: measure.ask(measure.board))
    rate = len(measure.board.at) / work.cpu
    aim = f"aim {measure.aim:,.0f}" if measure.aim else ""
    beside = "; ".join(part for part in (aim, measure.peer) if part)
    return Row(measure.what, f"{rate:,.0f} draws/s", beside)


def main() -> None:
    print(machine())
    show("Who prevails inside a body", [row(m) for m in TABLE])


if __name__ == "__main__":
    main()
