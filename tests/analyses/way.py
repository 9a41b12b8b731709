"""How an analysis is asked about a situation, so that the laws can be tried on it."""

from collections.abc import Callable
from dataclasses import dataclass

from detente.boards import Draws, Plain
from detente.situation.nouns import Situation


@dataclass(frozen=True)
class Way:
    """How one analysis is asked about a situation, and what of its answer a law speaks about."""

    board: Callable[[Situation, Draws | None], object]
    ask: Callable[..., object]
    said: Callable[..., Plain]
