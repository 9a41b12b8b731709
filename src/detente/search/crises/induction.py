"""Where does a game end in which everybody sees what was done and nobody ever errs, and in how many ways?"""

from itertools import product

import numpy as np
from jaxtyping import Bool, Float

from detente.boards.crisis import Crisis
from detente.errors import BoardError

MOST = 100_000  # combinations of ends at one node


def perfect_ends(game: Crisis, payoff: Float[np.ndarray, "outcome party"]) -> dict[int, int]:
    """Return the outcomes in which subgame-perfect equilibria in pure strategies end, and how many end in each.

    Exact, ties and all: a player who gains the same by several actions may take any of them, and each makes
    equilibria of its own.

    Raises BoardError where somebody does not see what was done, or ties make more than `MOST` combinations.

    >>> from detente.boards.crisis import four_outcomes
    >>> tied = np.array([[0, 0], [1, -1], [-0.5, 0.5], [-0.5, -1.3]])
    >>> game = four_outcomes("a", "b", tied)
    >>> {game.outcomes[k]: n for k, n in perfect_ends(game, tied).items()}
    {'status quo': 1, 'concession': 1}
    """
    if not game.perfect:
        raise BoardError(f"In '{game.table}' not everybody sees what was done. Ask for a quantal response instead.")
    count = len(game.mover)
    ends: list[dict[int, int]] = [{} for _ in range(count)] + [{k: 1} for k in range(len(game.outcomes))]
    for node in reversed(range(count)):
        below = [ends[c] for c in game.child[node].tolist() if c >= 0]
        if np.prod([float(len(b)) for b in below]) > MOST:
            raise BoardError(f"Ties in '{game.table}' make too many equilibria to count. Break some of the ties.")
        for combination in product(*(b.items() for b in below)):
            gains = [payoff[k, game.mover[node]] for k, _ in combination]
            ways = int(np.prod([n for _, n in combination], dtype=object))
            for (k, _), gain in zip(combination, gains, strict=True):
                if gain == max(gains):
                    ends[node][k] = ends[node].get(k, 0) + ways
    return dict(sorted(ends[0].items()))


def perfect_end(game: Crisis) -> tuple[np.ndarray, Bool[np.ndarray, " draw"]]:
    """Return in which outcome every draw ends, and whether somebody is indifferent anywhere on or off the way.

    Where nobody is, there is one subgame-perfect equilibrium; where somebody is, the outcome is the one of whoever
    takes the first of the best actions.
    """
    payoff = game.payoff.reshape(-1, *game.payoff.shape[-2:])
    count, draws = len(game.mover), len(payoff)
    rows = np.arange(draws)
    end: list[np.ndarray] = [np.zeros(draws, dtype=np.int64)] * count
    end += [np.full(draws, k, dtype=np.int64) for k in range(len(game.outcomes))]
    tied = np.zeros(draws, dtype=bool)
    for node in reversed(range(count)):
        below = np.stack([end[c] for c in game.child[node].tolist() if c >= 0])
        gains = payoff[rows, below, int(game.mover[node])]
        best = gains.argmax(axis=0)
        tied |= (gains == gains.max(axis=0)).sum(axis=0) > 1
        end[node] = below[best, rows]
    return end[0], tied
