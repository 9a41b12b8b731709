"""How are random numbers made, in which shape do inputs take them, and which inputs move together?"""

from dataclasses import dataclass
from typing import Literal

from detente.errors import UsageError

SIZE = 8_192
Sampler = Literal["independent", "sobol"]
Shape = Literal["triangular", "pert"]


@dataclass(frozen=True, slots=True)
class Correlation:
    """Two inputs that move together, by their paths: how strongly their ranks are correlated, -1 to 1.

    It belongs to what is asked, not to the situation: no noun says how the doubts about two values hang together.

    Raises UsageError where an input is paired with itself, or the rank correlation is not strictly between -1 and 1.

    >>> Correlation("iran.missiles.position", "iran.proxies.position", 0.6).rank
    0.6
    """

    first: str
    second: str
    rank: float

    def __post_init__(self) -> None:
        if self.first == self.second:
            raise UsageError(f"'{self.first}' is correlated with itself. Name two different inputs.")
        if not -1.0 < self.rank < 1.0:
            raise UsageError(
                f"The rank correlation of '{self.first}' and '{self.second}' is {self.rank:g}. Give a number between "
                "-1 and 1, the ends excluded; for two inputs that are one and the same, use one of them."
            )


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the draws of inputs are made.

    `sampler` is "independent", or "sobol" for columns that are spread evenly one by one (`detente.ensemble.sobol`).
    `shape` is what an input known as low, best, high follows (`detente.ensemble.shapes`). `size` is how many draws a
    whole chunk has, from which the number of a draw among all follows.
    """

    sampler: Sampler = "independent"
    shape: Shape = "triangular"
    size: int = SIZE
    correlations: tuple[Correlation, ...] = ()


USUAL = Sampling()
