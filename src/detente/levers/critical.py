r"""For which values of one or two inputs is there a deal: where does the critical line run?

The answer is a partition: every cell of the swept range is settled as a whole by the exact extremes of its scores
(`detente.analyses.zone`), so that between two cells of one kind nothing is left unseen. Cells on the line are cut down
to a stated width and then counted with the kind at their middle; `edge` tells which those are.

`others` says what the remaining inputs do: "best" holds them at their best guess, "open" leaves them their ranges, and
then a cell may also be `depends`: its answer turns on them. That is told from its ends, and proved at these only.

Source: set inversion by interval analysis, Jaulin and Walter (1993), Automatica 29(4).
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from detente.analyses.zone import Zone
from detente.boards import Modes
from detente.boards.frame import NoDealChoice
from detente.errors import AnalysisError
from detente.levers.claim import Claim, Open, Span, claim
from detente.levers.verdict import Kind
from detente.situation.nouns import Situation

Others: TypeAlias = Literal["best", "open"]
FINE = 12  # bisections on a line: cells down to 1/4096 of the range
GRID = 5  # on a plane: 32 x 32 cells


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an input's range with one answer; `edge` where it is a cell on the critical line itself."""

    low: float
    high: float
    kind: Kind
    edge: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The whole range of one input, from low to high, and the values at which the answer changes."""

    path: str
    others: Others
    stretches: tuple[Stretch, ...]
    flips: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Plane:
    """Two inputs on a grid: `kinds[row][column]`, the first row at the low end of the second input.

    `edge` marks the cells that the critical line runs through; `low` and `high` are the ends of each input.
    """

    paths: tuple[str, str]
    others: Others
    low: tuple[float, float]
    high: tuple[float, float]
    guess: tuple[float, float]
    kinds: tuple[tuple[Kind, ...], ...]
    edge: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Swept:
    """A table and an agenda on which inputs are swept, compiled once."""

    claim: Claim
    others: Others

    def line(self, path: str, *, fine: int = FINE) -> Line:
        """Sweep one open input over its range, cutting cells that are not settled `fine` times.

        Raises AnalysisError for an input that is not open at this table.
        """
        one = self._open(path)
        cells = _settled(lambda span: self._ask({path: span}), one, (one.low, one.high), fine)
        stretches = _joined(cells)
        return Line(path, self.others, stretches, tuple(a.high for a, _ in _turns(stretches)))

    def plane(self, across: str, up: str, *, grid: int = GRID) -> Plane:
        """Sweep two open inputs over a grid of 2**grid cells a side, settling whole blocks of cells where it can.

        Raises AnalysisError for an input that is not open at this table, or one given twice.
        """
        first, second = self._open(across), self._open(up)
        if across == up:
            raise AnalysisError(f"A plane needs two inputs, and '{across}' was given twice. Name another one.")
        size = 2**grid
        kinds: list[list[Kind]] = [["none"] * size for _ in range(size)]
        edge = [[False] * size for _ in range(size)]
        blocks = [(0, 0, size)]
        while blocks:
            column, row, width = blocks.pop()
            spans = (_part(first, column, width, size), _part(second, row, width, size))
            found = self._ask({across: spans[0], up: spans[1]})
            kind = _kind(found)
            turning = kind == "depends" and not self._throughout(across, up, spans)
            if turning and width > 1:
                half = width // 2
                blocks += [(column + a, row + b, half) for a in (0, half) for b in (0, half)]
                continue
            if turning:
                middle = {across: _middle(spans[0]), up: _middle(spans[1])}
                kind = _kind(self._ask(middle))
            for r in range(row, row + width):
                kinds[r][column : column + width] = [kind] * width
                edge[r][column : column + width] = [turning] * width
        return Plane(
            paths=(across, up),
            others=self.others,
            low=(first.low, second.low),
            high=(first.high, second.high),
            guess=(first.guess, second.guess),
            kinds=tuple(tuple(r) for r in kinds),
            edge=tuple(tuple(r) for r in edge),
        )

    def _throughout(self, across: str, up: str, spans: tuple[Span, Span]) -> bool:
        """Whether the answer turns on the other inputs at every corner of a block."""
        corners = [{across: (x, x), up: (y, y)} for x in spans[0] for y in spans[1]]
        return all(_kind(self._ask(corner)) == "depends" for corner in corners)

    def _ask(self, pins: dict[str, Span]) -> Zone:
        return self.claim.near_best(pins) if self.others == "best" else self.claim.ask(pins)

    def _open(self, path: str) -> Open:
        found = next((o for o in self.claim.open if o.path == path), None)
        if found is None:
            listed = ", ".join(o.path for o in self.claim.open) or "none"
            raise AnalysisError(f"'{path}' is not an open input of this table. Open inputs: {listed}.")
        return found


def swept(
    situation: Situation, table: str, modes: Modes, *, others: Others = "best", no_deal: NoDealChoice = "auto"
) -> Swept:
    """Compile a table and an agenda, to sweep inputs of.

    Raises BoardError where the situation cannot be put on a board.
    """
    return Swept(claim(situation, table, modes, no_deal=no_deal), others)


def _kind(found: Zone) -> Kind:
    return "holds" if found.certain else "depends" if found.possible else "none"


def _is_settled(found: Zone) -> bool:
    return found.certain or not found.possible


def _part(one: Open, at: int, width: int, size: int) -> Span:
    """Return a part of an input's range; a red line is real from the middle of the axis on."""
    if one.is_hardness:
        return (float(at >= size // 2), float(at + width > size // 2))
    step = (one.high - one.low) / size
    return (one.low + at * step, one.high if at + width == size else one.low + (at + width) * step)


def _middle(span: Span) -> Span:
    at = (span[0] + span[1]) / 2
    return (at, at)


def _settled(ask: Callable[[Span], Zone], one: Open, span: Span, fine: int) -> list[Stretch]:
    """Cut a span until every cell has one answer, or is as narrow as asked for."""
    found = ask(span)
    if _is_settled(found) or all(_kind(ask((at, at))) == "depends" for at in span):
        return [Stretch(*span, _kind(found), False)]
    if fine == 0 or (one.is_hardness and span[0] == span[1]):
        return [Stretch(*span, _kind(ask(_middle(span))), True)]
    return [cell for half in one.halves(span) for cell in _settled(ask, one, half, fine - 1)]


def _joined(cells: list[Stretch]) -> tuple[Stretch, ...]:
    """Join neighbours of one kind that are alike settled."""
    joined: list[Stretch] = []
    for cell in cells:
        if joined and (joined[-1].kind, joined[-1].edge) == (cell.kind, cell.edge):
            joined[-1] = Stretch(joined[-1].low, cell.high, cell.kind, cell.edge)
        else:
            joined.append(cell)
    return tuple(joined)


def _turns(stretches: tuple[Stretch, ...]) -> list[tuple[Stretch, Stretch]]:
    return [(a, b) for a, b in pairwise(stretches) if a.kind != b.kind]
