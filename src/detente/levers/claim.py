"""Which inputs of a table are open, and is there a deal when some of them are held to narrower ranges?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from detente.analyses.zone import Zone, zone
from detente.boards import Box, Modes, Ranges, box_with_modes, ranges
from detente.boards.frame import NoDealChoice
from detente.situation.nouns import Situation
from detente.situation.paths import Input, inputs
from detente.situation.values import BasisKind

Span: TypeAlias = tuple[float, float]
Pins: TypeAlias = Mapping[str, Span]
MOVING = ("in", "option", "precondition")  # modes in which an issue can leave the status quo
NARROW = 1e-6  # of its range: an input held more narrowly than this is not split again


@dataclass(frozen=True, slots=True)
class Open:
    """An input that can still take several values: its ends, its best guess, where it comes from.

    Of a red line only one thing is open: whether it is real (1) or not (0), whatever probability stands in the file.
    """

    path: str
    low: float
    guess: float
    high: float
    basis: BasisKind

    @property
    def is_hardness(self) -> bool:
        """Whether it is the question if a red line is real."""
        return self.path.endswith(".hardness")

    def halves(self, span: Span) -> tuple[Span, Span]:
        """Cut a span of this input in two: at its middle, or into a red line that is not real and one that is."""
        if self.is_hardness:
            return (0.0, 0.0), (1.0, 1.0)
        middle = (span[0] + span[1]) / 2
        return (span[0], middle), (middle, span[1])


@dataclass(frozen=True, slots=True)
class Claim:
    """A situation, a table and an agenda, ready to be asked under any pins."""

    ranges: Ranges
    guess: Ranges
    modes: Modes
    open: tuple[Open, ...]

    def box(self, pins: Pins) -> Box:
        """Return the least and the most favourable board under the pins."""
        return box_with_modes(self.ranges.box(pins), self.modes)

    def ask(self, pins: Pins) -> Zone:
        """Return whether a deal is certain, possible or ruled out under the pins, everything else open."""
        return zone(self.box(pins))

    def at(self, values: Mapping[str, float]) -> Zone:
        """Return the answer at one value of some inputs."""
        return self.ask({path: (value, value) for path, value in values.items()})

    def at_best(self, *but: tuple[str, float]) -> Zone:
        """Return the answer at the best guess of everything, but for some values."""
        return self.near_best({path: (value, value) for path, value in but})

    def near_best(self, pins: Pins) -> Zone:
        """Return the answer at the best guess of everything, but for some ranges."""
        return zone(box_with_modes(self.guess.box(pins), self.modes))


def claim(situation: Situation, table: str, modes: Modes, *, no_deal: NoDealChoice = "auto") -> Claim:
    """Compile a table for many questions.

    Raises BoardError where the situation cannot be put on a board.
    """
    compiled = ranges(situation, table, no_deal=no_deal)
    bearing = set(compiled.on_agenda(issue for issue, (mode, _) in modes.items() if mode in MOVING))
    opened = tuple(o for o in open_inputs(situation) if o.path in bearing)
    best = {o.path: (o.guess, o.guess) for o in opened}
    # The same table held to its best guess, not one compiled anew: what a precondition asks rests on the whole range.
    return Claim(compiled, compiled.held(best), modes, opened)


def open_inputs(situation: Situation) -> tuple[Open, ...]:
    """List the inputs of a situation that can still take several values, in the order of the file.

    >>> open_inputs(Situation(title="Empty"))
    ()
    """
    return tuple(o for i in inputs(situation) if (o := open_input(i)) is not None)


def open_input(one: Input) -> Open | None:
    """Say what is open about an input, if anything; a red line that may be real is taken at its word at best.

    >>> from detente.situation.values import Basis, Range
    >>> open_input(Input("dam.cap", Range.point(3, Basis(kind="assumed", rule="swept")))) is None
    True
    """
    value = one.value
    if one.path.endswith(".hardness"):
        return Open(one.path, 0, 1, 1, value.basis.kind) if value.high > 0 and value.low < 1 else None
    return None if value.is_point else Open(one.path, value.low, value.best, value.high, value.basis.kind)


@dataclass(frozen=True, slots=True)
class Search:
    """What a search of the whole box found: a case, or that there is none, or that the budget ran out."""

    case: dict[str, float] | None
    complete: bool
    boxes: int


def search(asked: Claim, *, deal: bool, budget: int) -> Search:
    """Look through the whole box of ranges for a case with a deal, or without one, by cutting it into smaller boxes.

    A box in which a deal is certain holds no case without one, a box in which none is possible no case with one: both
    are exact (`detente.analyses.zone`). Any other box is cut in two along the input that weighs most. Where every box
    is settled, there is no such case: a proof, also where no single package survives the whole box.
    """
    weights = _weights(asked)
    stack: list[dict[str, Span]] = [{}]
    looked, left_open = 0, False
    while stack and looked < budget:
        pins = stack.pop()
        found = asked.ask(pins)
        looked += 1
        if (not found.possible) if deal else found.certain:
            continue
        if found.certain if deal else not found.possible:
            return Search({o.path: _inside(o, pins) for o in asked.open}, True, looked)
        widest = max(asked.open, key=lambda o: weights[o.path] * _width(o, pins), default=None)
        if widest is None or weights[widest.path] * _width(widest, pins) <= NARROW:
            left_open = True
            continue
        span = pins.get(widest.path, (widest.low, widest.high))
        stack += [{**pins, widest.path: half} for half in widest.halves(span)]
    return Search(None, not stack and not left_open, looked)


def _inside(one: Open, pins: Pins) -> float:
    """A value inside what a box leaves of an input: its best guess where that is inside."""
    low, high = pins.get(one.path, (one.low, one.high))
    return min(max(one.guess, low), high)


def _width(one: Open, pins: Pins) -> float:
    low, high = pins.get(one.path, (one.low, one.high))
    return (high - low) / (one.high - one.low)


def _weights(asked: Claim) -> dict[str, float]:
    """How much holding an input to its best guess narrows the margins between which the answer lies."""
    whole = asked.ask({})
    return {o.path: _room(whole) - _room(asked.ask({o.path: (o.guess, o.guess)})) + NARROW for o in asked.open}


def _room(found: Zone) -> float:
    """How far the least and the most favourable margins lie apart; a side without any package counts as far."""
    low, high = found.certain_margin, found.possible_margin
    return float(high - low) if low is not None and high is not None else 1e6
