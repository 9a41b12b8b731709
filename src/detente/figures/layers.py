"""In which row of a layered drawing does every box stand, and where in it, so that few lines cross?

Rows count the steps from the first box. A line over several rows takes a slot in every row that it passes, so that it
runs between the boxes. Orders by barycentres (Sugiyama, Tagawa and Toda 1981), places by isotonic regression; plain
arithmetic in a fixed order: same input, same page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

SLOT = 10.0  # the room that a passing line takes
GAP = 18.0  # between boxes
NEAR = 12.0  # between a box and a passing line
SWEEPS = 10


@dataclass(frozen=True, slots=True)
class Layers:
    """Slots by row, in order; boxes have their own numbers, slots of passing lines follow them.

    `chains` are, for every link, its slots from the row nearer the first box to the other; `centres` are the places of
    the slots across.
    """

    rows: tuple[tuple[int, ...], ...]
    chains: tuple[tuple[int, ...], ...]
    centres: tuple[float, ...]
    sizes: tuple[float, ...]
    across: float

    def row(self) -> dict[int, int]:
        """Return the row of every slot."""
        return {slot: at for at, row in enumerate(self.rows) for slot in row}


def depths(count: int, links: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Return how many steps every box is from the first; what no step reaches comes after what it leads to.

    >>> depths(4, [(0, 1), (1, 2), (3, 1)])
    (0, 1, 2, 2)
    """
    found = {0: 0} if count else {}
    for both in (False, True):
        grown = True
        while grown:
            ways = [*links, *((b, a) for a, b in links)] if both else list(links)
            new = [(found[a] + 1, b) for a, b in ways if a in found and b not in found]
            grown = bool(new)
            for depth, box in sorted(new, reverse=True):
                found[box] = depth
    last = max(found.values(), default=0) + 1
    return tuple(found.get(box, last) for box in range(count))


def layers(sizes: Sequence[float], links: Sequence[tuple[int, int]], *, room: float | None = None) -> Layers:
    """Set the boxes in rows; where there is not room enough across, the boxes of one depth take several rows.

    >>> layers([60.0, 60.0, 60.0], [(0, 1), (0, 2)]).rows
    ((0,), (1, 2))
    """
    rows = _rows(sizes, depths(len(sizes), links), room)
    at = {box: k for k, row in enumerate(rows) for box in row}
    wide = list(sizes)
    chains: list[tuple[int, ...]] = []
    for ends in links:
        low, high = sorted(ends, key=lambda box: at[box])
        passed = range(len(wide), len(wide) + max(at[high] - at[low] - 1, 0))
        wide += [SLOT] * len(passed)
        for k, slot in enumerate(passed, start=at[low] + 1):
            rows[k].append(slot)
        chains.append((low, *passed, high))
    steps = [step for chain in chains for step in pairwise(chain)]
    near = _neighbours(steps, {slot: k for k, row in enumerate(rows) for slot in row})
    ordered = _ordered(rows, near)
    across = max([_length(row, wide) for row in ordered] + [room or 0.0])
    centres = _centres(ordered, near, wide, across)
    return Layers(tuple(tuple(row) for row in ordered), tuple(chains), centres, tuple(wide), across)


def _rows(sizes: Sequence[float], depth: Sequence[int], room: float | None) -> list[list[int]]:
    rows: list[list[int]] = []
    for d in range(max(depth, default=-1) + 1):
        row: list[int] = []
        for box in (b for b in range(len(sizes)) if depth[b] == d):
            if row and room is not None and _length([*row, box], sizes) > room:
                rows.append(row)
                row = []
            row.append(box)
        if row:
            rows.append(row)
    return _even(rows, depth)


def _even(rows: list[list[int]], depth: Sequence[int]) -> list[list[int]]:
    """Share the boxes of one depth evenly among their rows."""
    found: list[list[int]] = []
    for d in sorted({depth[row[0]] for row in rows}):
        here = [row for row in rows if depth[row[0]] == d]
        boxes = [box for row in here for box in row]
        each = -(-len(boxes) // len(here))
        found += [boxes[k : k + each] for k in range(0, len(boxes), each)]
    return found


def _neighbours(steps: Sequence[tuple[int, int]], at: dict[int, int]) -> dict[tuple[int, int], list[int]]:
    """Return the slots in the row before (-1) and after (+1) that a slot is joined to."""
    near: dict[tuple[int, int], list[int]] = {}
    for a, b in steps:
        if at[a] != at[b]:
            near.setdefault((a, 1), []).append(b)
            near.setdefault((b, -1), []).append(a)
    return near


def _ordered(rows: list[list[int]], near: dict[tuple[int, int], list[int]]) -> list[list[int]]:
    now = [list(row) for row in rows]
    best, least = now, _crossings(now, near)
    for sweep in range(SWEEPS):
        way = -1 if sweep % 2 == 0 else 1
        for at in range(len(now)) if way < 0 else reversed(range(len(now))):
            if not 0 <= at + way < len(now):
                continue
            place = {slot: k for k, slot in enumerate(now[at + way])}
            own = {slot: float(k) for k, slot in enumerate(now[at])}
            keys = {s: (_mean([place[o] for o in near.get((s, way), [])], own[s]), own[s]) for s in now[at]}
            now[at] = sorted(now[at], key=keys.__getitem__)
        if (found := _crossings(now, near)) < least:
            best, least = [list(row) for row in now], found
    return best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(rows: list[list[int]], near: dict[tuple[int, int], list[int]]) -> int:
    crossed = 0
    for upper, lower in pairwise(rows):
        place = {slot: k for k, slot in enumerate(lower)}
        lines = [(k, place[o]) for k, slot in enumerate(upper) for o in near.get((slot, 1), [])]
        crossed += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(lines, 2))
    return crossed


def _air(first: float, second: float) -> float:
    passing = (first == SLOT) + (second == SLOT)
    return (GAP, NEAR, 0.0)[passing]


def _length(row: Sequence[int], sizes: Sequence[float]) -> float:
    return sum(sizes[s] for s in row) + sum(_air(sizes[a], sizes[b]) for a, b in pairwise(row))


def _centres(
    rows: list[list[int]], near: dict[tuple[int, int], list[int]], sizes: Sequence[float], across: float
) -> tuple[float, ...]:
    at = [across / 2.0] * len(sizes)
    for row in rows:
        left = (across - _length(row, sizes)) / 2
        _settle(row, [left + _length(row[: k + 1], sizes) - sizes[s] / 2 for k, s in enumerate(row)], sizes, across, at)
    for sweep in range(SWEEPS):
        way = -1 if sweep % 2 == 0 else 1
        for row in rows if way < 0 else reversed(rows):
            wanted = [_mean([at[o] for o in near.get((s, way), [])], at[s]) for s in row]
            share = 0.5 if sweep < SWEEPS - 2 else 1.0
            _settle(row, [w * share + at[s] * (1 - share) for w, s in zip(wanted, row, strict=True)], sizes, across, at)
    return tuple(round(x, 1) for x in at)


def _settle(
    row: Sequence[int], wanted: Sequence[float], sizes: Sequence[float], across: float, at: list[float]
) -> None:
    """Place a row as near to what is wanted as its order and its gaps allow."""
    steps = [_length(row[: k + 1], sizes) - sizes[s] / 2 for k, s in enumerate(row)]
    blocks: list[tuple[float, int]] = []
    for w, step in zip(wanted, steps, strict=True):
        blocks.append((w - step, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (b, m), (a, n) = blocks.pop(), blocks.pop()
            blocks.append(((a * n + b * m) / (n + m), n + m))
    free = max(across - _length(row, sizes), 0.0)
    shifts = [min(max(value, 0.0), free) for value, many in blocks for _ in range(many)]
    for slot, shift, step in zip(row, shifts, steps, strict=True):
        at[slot] = shift + step
