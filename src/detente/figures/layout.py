"""Where do the boxes of a network go, so that lines are short, cross little and run under no other box?

Stress majorisation (Gansner, Koren and North 2004, eq. 8, unit steps) from several fixed starts, boxes pushed apart,
and the arrangement with the fewest faults is kept. Plain arithmetic in a fixed order: same input, same page.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

STARTS = 10
ROUNDS = 70
GAP_X, GAP_Y = 26.0, 24.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A thing to be placed, with the size of its box."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bond:
    """A line between two boxes (by number) and how long it would like to be; 1 is one step across the page."""

    first: int
    second: int
    length: float


def layout(boxes: tuple[Box, ...], bonds: tuple[Bond, ...], *, width: float) -> tuple[Point, ...]:
    """Place the centres of the boxes on a page of this width; the height follows from what is needed.

    >>> layout((Box(80, 30), Box(80, 30)), (Bond(0, 1, 1.0),), width=400)[0] != (0.0, 0.0)
    True
    """
    if not boxes:
        return ()
    wanted = _distances(len(boxes), bonds)
    tries = (_arranged(boxes, bonds, wanted, seed, width) for seed in range(STARTS))
    return min(((_faults(boxes, bonds, found), found) for found in tries), key=lambda scored: scored[0])[1]


def _distances(count: int, bonds: tuple[Bond, ...]) -> list[list[float]]:
    """Shortest ways between all pairs; what is not connected at all keeps a step and a half of distance."""
    far = math.inf
    way = [[0.0 if i == j else far for j in range(count)] for i in range(count)]
    for bond in bonds:
        if bond.first != bond.second:
            shorter = min(bond.length, way[bond.first][bond.second])
            way[bond.first][bond.second] = way[bond.second][bond.first] = shorter
    for k in range(count):
        for i in range(count):
            for j in range(count):
                way[i][j] = min(way[i][j], way[i][k] + way[k][j])
    apart = max((d for row in way for d in row if d < far), default=0.0) * 0.5 + 0.7
    return [[apart if d == far else d for d in row] for row in way]


def _arranged(
    boxes: tuple[Box, ...], bonds: tuple[Bond, ...], wanted: list[list[float]], seed: int, width: float
) -> tuple[Point, ...]:
    upright = _upright(_stressed(wanted, _start(len(boxes), seed)))
    return _settled(_scaled(upright, boxes, width), boxes, bonds, width)


def _start(count: int, seed: int) -> list[Point]:
    order = list(range(count))
    if seed:
        random.Random(seed).shuffle(order)
    reach = max(count / 5, 0.8)
    turn = [2 * math.pi * order[i] / count + 0.3 for i in range(count)]
    return [(reach * math.cos(a), reach * math.sin(a)) for a in turn]


def _stressed(wanted: list[list[float]], places: list[Point]) -> list[Point]:
    count = len(places)
    for _ in range(ROUNDS):
        for i in range(count):
            weight = x = y = 0.0
            for j in range(count):
                if i == j:
                    continue
                dx, dy = places[i][0] - places[j][0], places[i][1] - places[j][1]
                ratio = wanted[i][j] / max(math.hypot(dx, dy), 1e-6)
                pull = wanted[i][j] ** -2
                weight += pull
                x += pull * (places[j][0] + dx * ratio)
                y += pull * (places[j][1] + dy * ratio)
            if weight:
                places[i] = (x / weight, y / weight)
    return places


def _upright(places: list[Point]) -> list[Point]:
    """Turn the long way of the arrangement along the page, with the first box to the left of the middle."""
    cx = sum(x for x, _ in places) / len(places)
    cy = sum(y for _, y in places) / len(places)
    moved = [(x - cx, y - cy) for x, y in places]
    sxx = sum(x * x for x, _ in moved)
    syy = sum(y * y for _, y in moved)
    sxy = sum(x * y for x, y in moved)
    angle = 0.5 * math.atan2(2 * sxy, sxx - syy)
    c, s = math.cos(angle), math.sin(angle)
    turned = [(x * c + y * s, y * c - x * s) for x, y in moved]
    return [(-x, -y) for x, y in turned] if turned[0][0] > 0 else turned


def _scaled(places: list[Point], boxes: tuple[Box, ...], width: float) -> tuple[Point, ...]:
    across = max(x for x, _ in places) - min(x for x, _ in places)
    widest = max(box.width for box in boxes)
    stretch = min(205.0, (width - widest - 16) / across) if across > 1e-6 else 1.0
    left = min(x for x, _ in places)
    used = across * stretch
    return tuple(((x - left) * stretch + (width - used) / 2, y * 125.0) for x, y in places)


def _settled(
    places: tuple[Point, ...], boxes: tuple[Box, ...], bonds: tuple[Bond, ...], width: float
) -> tuple[Point, ...]:
    moving = list(places)
    for turn in range(160):
        cleared = turn < 80 and _clear_lines(moving, boxes, bonds)
        moved = _part_boxes(moving, boxes) or cleared
        for i, box in enumerate(boxes):
            x = min(max(moving[i][0], box.width / 2 + 8), width - box.width / 2 - 8)
            moving[i] = (x, moving[i][1])
        if not moved:
            break
    return tuple((round(x, 1), round(y, 1)) for x, y in moving)


def _part_boxes(moving: list[Point], boxes: tuple[Box, ...]) -> bool:
    moved = False
    for i, j in combinations(range(len(boxes)), 2):
        dx, dy = moving[j][0] - moving[i][0], moving[j][1] - moving[i][1]
        over_x = (boxes[i].width + boxes[j].width) / 2 + GAP_X - abs(dx)
        over_y = (boxes[i].height + boxes[j].height) / 2 + GAP_Y - abs(dy)
        if over_x <= 0.1 or over_y <= 0.1:
            continue
        moved = True
        if over_y <= over_x:
            step = over_y / 2 * (1 if dy >= 0 else -1)
            moving[i], moving[j] = (moving[i][0], moving[i][1] - step), (moving[j][0], moving[j][1] + step)
        else:
            step = over_x / 2 * (1 if dx >= 0 else -1)
            moving[i], moving[j] = (moving[i][0] - step, moving[i][1]), (moving[j][0] + step, moving[j][1])
    return moved


def _clear_lines(moving: list[Point], boxes: tuple[Box, ...], bonds: tuple[Bond, ...]) -> bool:
    moved = False
    for bond, other in _lines_and_others(len(boxes), bonds):
        nearest, inside = _nearest(moving[bond.first], moving[bond.second], moving[other])
        if not inside:
            continue
        dx, dy = moving[other][0] - nearest[0], moving[other][1] - nearest[1]
        along = (moving[bond.second][0] - moving[bond.first][0], moving[bond.second][1] - moving[bond.first][1])
        long = math.hypot(*along) or 1.0
        normal = (-along[1] / long, along[0] / long)
        room = abs(normal[0]) * boxes[other].width / 2 + abs(normal[1]) * boxes[other].height / 2 + 14
        away = math.hypot(dx, dy)
        if away >= room:
            continue
        moved = True
        side = 1 if dx * normal[0] + dy * normal[1] >= 0 else -1
        step = side * min(room - away, 8.0) * 0.6
        moving[other] = (moving[other][0] + normal[0] * step, moving[other][1] + normal[1] * step)
    return moved


def _lines_and_others(count: int, bonds: tuple[Bond, ...]) -> Iterator[tuple[Bond, int]]:
    for bond in bonds:
        for other in range(count):
            if other not in (bond.first, bond.second):
                yield bond, other


def _nearest(a: Point, b: Point, p: Point) -> tuple[Point, bool]:
    dx, dy = b[0] - a[0], b[1] - a[1]
    long = dx * dx + dy * dy
    share = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / long if long else 0.0
    return (a[0] + share * dx, a[1] + share * dy), 0.0 < share < 1.0


def _faults(boxes: tuple[Box, ...], bonds: tuple[Bond, ...], places: tuple[Point, ...]) -> float:
    """Count what a reader would trip over; a tall page and long lines weigh a little."""
    faults = 0.0
    for i, j in combinations(range(len(boxes)), 2):
        over_x = (boxes[i].width + boxes[j].width) / 2 + 8 - abs(places[i][0] - places[j][0])
        over_y = (boxes[i].height + boxes[j].height) / 2 + 8 - abs(places[i][1] - places[j][1])
        faults += 40.0 if over_x > 0 and over_y > 0 else 0.0
    for bond, other in _lines_and_others(len(boxes), bonds):
        nearest, inside = _nearest(places[bond.first], places[bond.second], places[other])
        near_x, near_y = abs(places[other][0] - nearest[0]), abs(places[other][1] - nearest[1])
        hit = inside and near_x < boxes[other].width / 2 + 4 and near_y < boxes[other].height / 2 + 4
        faults += 8.0 if hit else 0.0
    faults += 5.0 * sum(_cross(places, one, two) for one, two in combinations(bonds, 2))
    tall = max(y for _, y in places) - min(y for _, y in places)
    total = sum(math.dist(places[bond.first], places[bond.second]) / bond.length for bond in bonds)
    return faults + tall / 90 + total / 400


def _cross(places: tuple[Point, ...], one: Bond, two: Bond) -> bool:
    if {one.first, one.second} & {two.first, two.second}:
        return False
    a, b, c, d = places[one.first], places[one.second], places[two.first], places[two.second]
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
