"""Random conflicts in which a state is worth the sum of what its moves are worth, each within a range."""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from jaxtyping import Float, Int

from detente.boards.conflict import Conflict, conflict
from detente.boards.states import Choice, states
from detente.boards.wishes import Weights


@dataclass(frozen=True, slots=True)
class LinearWorld:
    """A conflict and what its players' worths are made of.

    ======  =============  ==================================================
    made    input, state   1 where the input counts: a move, or two together
    least   player, input  ends of what it is worth, whole numbers
    most    player, input
    ======  =============  ==================================================
    """

    board: Conflict
    made: Int[np.ndarray, "input state"]
    least: Int[np.ndarray, "player input"]
    most: Int[np.ndarray, "player input"]

    def drawn(self, inputs: Int[np.ndarray, "draw player input"]) -> Conflict:
        return replace(self.board, preference=(inputs @ self.made).astype(np.float64))

    def some(self, draws: int, seed: int) -> Int[np.ndarray, "draw player input"]:
        """Draw inputs, every other time from the ends of their ranges alone."""
        rng = np.random.default_rng(seed)
        found = rng.integers(self.least, self.most + 1, (draws, *self.least.shape))
        found[::2] = np.where(rng.random(found[::2].shape) < 0.5, self.least, self.most)
        return found

    def corners(self, player: int) -> Int[np.ndarray, "corner input"]:
        """List every way in which a player's inputs are at their ends."""
        ends = zip(self.least[player].tolist(), self.most[player].tolist(), strict=True)
        return np.array(list(product(*({low, high} for low, high in ends))))

    def gaps(self) -> tuple[Float[np.ndarray, "player state state"], Float[np.ndarray, "player state state"]]:
        """Return the least and the most by which the second state is better than the first."""
        step = (self.made[:, None, :] - self.made[:, :, None]).astype(np.float64)
        low, high = self.least[..., None, None] * step, self.most[..., None, None] * step
        return np.minimum(low, high).sum(axis=1), np.maximum(low, high).sum(axis=1)


def linear_world(seed: int) -> LinearWorld:
    """Two or three players with two to four moves between them, and up to two pairs of moves that count together."""
    rng = np.random.default_rng(seed)
    players, choices = int(rng.integers(2, 4)), []
    for c in range(int(rng.integers(players, 5))):
        owner = f"p{c if c < players else int(rng.integers(players))}"
        choices.append(Choice(owner, f"c{c}", direction="up" if rng.random() < 0.3 else "both"))
    bad = ["".join(rng.choice(list("YN-"), len(choices)))] if rng.random() < 0.4 else []
    bad = [b for b in bad if b.strip("-")]
    at = states(choices, infeasible=bad)
    moves = [at.level(c) for c in range(len(choices))]
    for _ in range(int(rng.integers(0, 3))):
        a, b = rng.choice(len(choices), 2, replace=False).tolist()
        moves.append(moves[a] * moves[b])
    middle, half = rng.integers(-4, 5, (players, len(moves))), rng.integers(0, 4, (players, len(moves)))
    board = conflict(choices, {f"p{p}": Weights({}) for p in range(players)}, infeasible=bad)
    return LinearWorld(board, np.stack(moves), middle - half, middle + half)
