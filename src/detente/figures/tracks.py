"""Where do the lines between the rows of a layered drawing run, and where do their labels stand?

Between two rows a line leaves its box straight on, crosses on a track of its own, and enters the other box straight on.
Across and along are the directions of a row and of the steps; which of them is left to right is settled at the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from detente.figures.layers import Layers

MARGIN = 16.0  # between a row and the nearest track: room for an arrow's head
THIN = 11.0  # a track without a label
ROUNDS = 6
FAR = 60  # changes tried for a piece, about
CLASH, CROSSING, TRACK, COVERED = 40, 6, 2, 9  # what a reader trips over, and how badly

Point = tuple[float, float]
Area = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Routed:
    """Boxes and labels as areas, lines as corners from source to target, and the size of the whole."""

    boxes: tuple[Area, ...]
    lines: tuple[tuple[Point, ...], ...]
    labels: tuple[Area, ...]
    anchors: tuple[str, ...]  # the end of a label that its line is nearest to
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line between two rows: where it starts and ends across; a turn starts and ends at the second row."""

    link: int
    start: float
    end: float
    turn: bool
    wide: float  # of its label when it stands along the track, 0: none
    tall: float
    right: bool = True  # the side on which the label stands where the track is too short for it

    def label(self, across: float) -> float:
        """Return where the label begins: over its track where that is long, else beside it."""
        low, high = sorted((self.start, self.end))
        if high - low >= self.wide + 12:
            return (low + high - self.wide) / 2
        fits = (high + 6 + self.wide <= across, low - 6 - self.wide >= 0)
        return high + 6 if fits[0] and (self.right or not fits[1]) else low - 6 - self.wide


@dataclass(frozen=True, slots=True)
class _Span:
    """What a piece takes across: where it starts and ends, its line, its label, and both together."""

    ends: tuple[float, float]
    turn: bool
    line: tuple[float, float]
    label: tuple[float, float]
    reach: tuple[float, float]


@dataclass(slots=True)
class _Gap:
    """What lies between two rows: the pieces, the track of each, and how far along every track and the next row is."""

    pieces: list[_Piece]
    tracks: list[int]
    tall: list[float]


def routed(
    found: Layers, links: Sequence[tuple[int, int]], boxes: Sequence[Point], labels: Sequence[Point], *, upright: bool
) -> Routed:
    """Lead every link from box to box; `boxes` and `labels` are widths and heights, `upright` is from top to bottom.

    >>> from detente.figures.layers import layers
    >>> laid = layers([60.0, 60.0], [(0, 1)])
    >>> drawn = routed(laid, [(0, 1)], [(60, 30), (60, 30)], [(20, 12)], upright=True)
    >>> drawn.lines[0][0][1] == drawn.boxes[0][3], drawn.lines[0][-1][1] == drawn.boxes[1][1]
    (True, True)
    """
    ports = _ports(found)
    gaps = [_gap(found, at, ports, labels if upright else None) for at in range(len(found.rows))]
    zone = [0.0 if upright else _zone(found, at, labels) for at in range(len(found.rows))]
    deep = [max([boxes[s][upright] for s in row if s < len(boxes)], default=0.0) for row in found.rows]
    tops, top = [], 0.0
    for at, gap in enumerate(gaps):
        top += sum(gap.tall) + 2 * MARGIN + zone[at] if gap.pieces else MARGIN if at else 0.0
        tops.append(top)
        top += deep[at]
    row = found.row()
    middles = [tops[row[b]] + deep[row[b]] / 2 for b in range(len(boxes))]
    areas = [
        (found.centres[b] - found.sizes[b] / 2, middles[b] - size[upright] / 2,
         found.centres[b] + found.sizes[b] / 2, middles[b] + size[upright] / 2)
        for b, size in enumerate(boxes)
    ]  # fmt: skip
    drawn = [_line(found, k, gaps, tops, areas, zone) for k in range(len(links))]
    lines = [
        way if chain[0] == ends[0] else way[::-1]
        for (way, _), chain, ends in zip(drawn, found.chains, links, strict=True)
    ]
    spots = [_label(found, k, gaps, way, labels[k], upright) for k, (_, way) in enumerate(drawn)]
    anchors = tuple(_anchor(way, spot) if upright else "end" for (_, way), spot in zip(drawn, spots, strict=True))
    return _turned(Routed(tuple(areas), tuple(lines), tuple(spots), anchors, (found.across, top)), upright)


def _anchor(piece: Sequence[Point], spot: Area) -> str:
    low, high = sorted((piece[1][0], piece[2][0]))
    return "start" if spot[0] >= high else "end" if spot[2] <= low else "middle"


def _ports(found: Layers) -> dict[tuple[int, int, int], float]:
    """Return where across every link (by number) touches a slot, on its near side (-1) or its far one (+1).

    A link between two boxes of one row touches both on their near side.
    """
    row, at = found.row(), found.centres
    ends: dict[tuple[int, int], list[tuple[float, int]]] = {}
    for link, chain in enumerate(found.chains):
        for a, b in pairwise(chain):
            ends.setdefault((a, -1 if row[a] == row[b] else 1), []).append((at[b], link))
            ends.setdefault((b, -1), []).append((at[a], link))
    ports: dict[tuple[int, int, int], float] = {}
    for (slot, side), touching in ends.items():
        pitch = found.sizes[slot] / len(touching)
        for k, (_, link) in enumerate(sorted(touching)):
            ports[slot, side, link] = round(at[slot] + (k - (len(touching) - 1) / 2) * pitch, 1)
    return _straight(found, ports, {key: len(touching) for key, touching in ends.items()})


def _straight(
    found: Layers, ports: dict[tuple[int, int, int], float], many: dict[tuple[int, int], int]
) -> dict[tuple[int, int, int], float]:
    """Move the only port of a side where that spares its line a small step aside."""
    row, moved = found.row(), dict(ports)
    for link, chain in enumerate(found.chains):
        for a, b in pairwise(chain):
            if row[a] == row[b]:
                continue
            for here, there in (((b, -1), (a, 1)), ((a, 1), (b, -1))):
                slot, wanted = here[0], moved[*there, link]
                if many[here] == 1:
                    off, room = abs(wanted - found.centres[slot]), found.sizes[slot] / 2 - 14
                else:
                    off, room = abs(wanted - ports[*here, link]), found.sizes[slot] / many[here] / 2 - 5
                if off <= room:
                    moved[*here, link] = wanted
                    break
    return moved


def _gap(found: Layers, at: int, ports: dict[tuple[int, int, int], float], labels: Sequence[Point] | None) -> _Gap:
    """Collect the lines that run from the row before to this one, and give each its track."""
    row = found.row()
    pieces: list[_Piece] = []
    for link, chain in enumerate(found.chains):
        for a, b in pairwise(chain):
            if row[b] == at:
                turn, last = row[a] == at, b == chain[-1]
                wide, tall = labels[link] if labels is not None and last else (0.0, 0.0)
                start, end = ports[a, -1 if turn else 1, link], ports[b, -1, link]
                pieces.append(_Piece(link, start, end, turn, wide, tall))
    pieces, tracks = _tracked(pieces, found.across)
    placed = list(zip(pieces, tracks, strict=True))
    heights = [max(max(p.tall + 4, THIN) for p, track in placed if track == k) for k in sorted(set(tracks))]
    return _Gap(pieces, tracks, heights)


def _tracked(pieces: list[_Piece], across: float) -> tuple[list[_Piece], list[int]]:
    """Give every piece a track so that none lies on another and few cross: a good start, then changes that help."""
    order = sorted(
        range(len(pieces)), key=lambda k: -pieces[k].start if pieces[k].end > pieces[k].start else pieces[k].start
    )
    spans = [_span(piece, across) for piece in pieces]
    best = _fitted(order, spans)
    least = _faults(best, spans)
    for _ in range(ROUNDS):
        before = least
        for k, piece in enumerate(pieces):
            other = replace(piece, right=not piece.right)
            turned = [*spans[:k], _span(other, across), *spans[k + 1 :]]
            tracks = _fitted(order, turned)
            if piece.wide and (faults := _faults(tracks, turned)) < least:
                pieces, spans, best, least = [*pieces[:k], other, *pieces[k + 1 :]], turned, tracks, faults
        for tried in _changed(order):
            tracks = _fitted(tried, spans)
            if (faults := _faults(tracks, spans)) < least:
                order, best, least = tried, tracks, faults
        if least == before:
            break
    return pieces, best


def _changed(order: list[int]) -> Iterator[list[int]]:
    """Exchange two of an order, or move one before another; where there are many, only those not far apart."""
    far = max(3, FAR // max(len(order), 1))
    for i, j in combinations(range(len(order)), 2):
        if j - i <= far:
            yield [*order[:i], order[j], *order[i:j], *order[j + 1 :]]
            yield [*order[:i], order[j], *order[i + 1 : j], order[i], *order[j + 1 :]]


def _span(piece: _Piece, across: float) -> _Span:
    low, high = sorted((piece.start, piece.end))
    left = piece.label(across)
    right = left + piece.wide if piece.wide else left
    reach = (min(low, left), max(high, right)) if piece.wide else (low, high)
    return _Span((piece.start, piece.end), piece.turn, (low, high), (left, right), reach)


def _fitted(order: Sequence[int], spans: Sequence[_Span]) -> list[int]:
    """Set the pieces in this order, each on the first track below those that it must not touch."""
    tracks = [0] * len(spans)
    for n, k in enumerate(order):
        low, high = spans[k].reach
        over = [tracks[o] for o in order[:n] if spans[o].reach[0] < high + 8 and low - 8 < spans[o].reach[1]]
        tracks[k] = max(over, default=-1) + 1
    return tracks


def _faults(tracks: Sequence[int], spans: Sequence[_Span]) -> int:
    """Count what a reader would trip over: uprights on one another, on lines and on labels; and every track."""
    count = max(tracks, default=-1) + 1
    uprights = [
        (k, x, min(tracks[k], end), max(tracks[k], end))
        for k, span in enumerate(spans)
        for x, end in zip(span.ends, (count if span.turn else -1, count), strict=True)
    ]
    faults = TRACK * count
    for k, x, top, bottom in uprights:
        for o, span in enumerate(spans):
            if o != k and top < tracks[o] < bottom:
                faults += CROSSING * (span.line[0] < x < span.line[1])
                faults += COVERED * (span.label[0] - 2 < x < span.label[1] + 2 and span.label[0] < span.label[1])
    for (k, x, top, bottom), (o, z, high, low) in combinations(uprights, 2):
        faults += CLASH * (k != o and abs(x - z) < 5 and high < bottom and top < low)
    return faults


def _zone(found: Layers, at: int, labels: Sequence[Point]) -> float:
    """Return the room before a row that labels need, where lines run from left to right."""
    row = found.row()
    return max([labels[k][0] + 8 for k, chain in enumerate(found.chains) if row[chain[-1]] == at], default=0.0)


def _line(
    found: Layers, link: int, gaps: Sequence[_Gap], tops: Sequence[float], areas: Sequence[Area], zone: Sequence[float]
) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Return the corners of a line from its first slot to its last, and those of its last piece alone."""
    row = found.row()
    way: list[Point] = []
    piece: tuple[Point, ...] = ()
    for a, b in pairwise(found.chains[link]):
        at = row[b]
        gap = gaps[at]
        k = next(n for n, p in enumerate(gap.pieces) if p.link == link)
        one = gap.pieces[k]
        begin = tops[at] - sum(gap.tall) - MARGIN - zone[at]
        level = begin + sum(gap.tall[: gap.tracks[k] + 1]) - 4
        first = (areas[a][1] if one.turn else areas[a][3]) if a < len(areas) else begin - MARGIN
        final = areas[b][1] if b < len(areas) else tops[at]
        piece = ((one.start, first), (one.start, level), (one.end, level), (one.end, final))
        way += piece
    return tuple(_plain(way)), piece


def _plain(way: Sequence[Point]) -> list[Point]:
    """Leave out corners at which a line goes straight on."""
    kept: list[Point] = []
    for point in way:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and any(kept[-2][k] == kept[-1][k] == point[k] for k in (0, 1)):
            kept.pop()
        kept.append(point)
    return kept


def _label(found: Layers, link: int, gaps: Sequence[_Gap], piece: Sequence[Point], size: Point, upright: bool) -> Area:
    """Return the place of a label: along its track, or, from left to right, over the last stretch."""
    wide, tall = size
    if not upright:
        x, along = piece[-1]
        return (x - tall - 2, along - wide - 12, x - 2, along - 12)
    one = next(p for gap in gaps for p in gap.pieces if p.link == link and p.wide) if wide else None
    left = one.label(found.across) if one is not None else piece[1][0]
    level = piece[1][1]
    return (left, level - tall - 1, left + wide, level - 1)


def _turned(found: Routed, upright: bool) -> Routed:
    if upright:
        return found
    return Routed(
        tuple(_flipped(area) for area in found.boxes),
        tuple(tuple((y, x) for x, y in way) for way in found.lines),
        tuple(_flipped(area) for area in found.labels),
        found.anchors,
        (found.size[1], found.size[0]),
    )


def _flipped(area: Area) -> Area:
    return area[1], area[0], area[3], area[2]
