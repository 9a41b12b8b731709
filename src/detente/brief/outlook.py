"""What was found out about where a dispute is heading, before it is put into words."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from detente.brief.estimative.confidence import Suggested
from detente.outlook.classes.chosen import Classes
from detente.outlook.classes.features import Suggestion
from detente.outlook.courses import Assumed, Sums
from detente.situation.nouns import Situation
from detente.situation.values import Range


@runtime_checkable
class OfClasses(Protocol):
    """Whatever says of which classes a case is taken to be, and what the model weighs in their rates."""

    @property
    def situation(self) -> Situation:
        """The case."""
        ...

    @property
    def suggested(self) -> tuple[Suggestion, ...]:
        """What its text proposes."""
        ...

    @property
    def chosen(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What an analyst has chosen in its place."""
        ...

    @property
    def weight(self) -> float:
        """The weight of the model in a rate."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Classed:
    """The reference classes of a case alone: as in `Outlook`, which takes the model's draws, too."""

    situation: Situation
    suggested: tuple[Suggestion, ...]
    classes: tuple[Classes, ...]
    chosen: tuple[tuple[str, tuple[str, ...]], ...]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What follows if one agenda is insisted on in every draw: counts as in `Outlook.sums`, on the same draws."""

    agenda: str
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Everything that is said about where it is heading.

    `sums` counts the model's draws, world by world: shares of draws, never probabilities. `pressed` are the same draws
    with each agenda held. `classes` are the reference classes of three events, the chosen ones and those that can be
    defended beside them, on `suggested` features until an analyst has `chosen`. The model's weight in a rate is
    `weight`: what it has earned on past cases. `swept` are the assumed inputs of the rounds with the range that was
    drawn. `confidence` is a suggestion that `signed_by` took over, or None where nobody has.
    """

    situation: Situation
    table: str
    sums: Sums
    pressed: tuple[Pressed, ...]
    suggested: tuple[Suggestion, ...]
    classes: tuple[Classes, ...]
    chosen: tuple[tuple[str, tuple[str, ...]], ...]
    weight: float
    swept: tuple[tuple[Assumed, Range], ...]
    confidence: Suggested | None
    signed_by: tuple[str, str] | None
    draws: int
    pressed_draws: int
    seed: int
    version: str
    fingerprint: str
