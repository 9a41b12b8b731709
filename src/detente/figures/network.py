"""Who sits at which table, who stands outside, what binds the parties and what do they threaten?

A table and those whose consent it needs are joined by broad bands; a party that no band reaches stands outside.
Threats are numbered arrows, and what sets them off is written below the picture.
"""

from dataclasses import dataclass
from typing import Literal

from detente.errors import UsageError
from detente.figures.layout import Bond, Box, layout
from detente.figures.legend import LABEL_SIZE
from detente.figures.network_lines import Line, badge, key, line
from detente.figures.svg import ALARM, INK, LINE, PAPER, SEAT, SOFT_INK, group, hint, number, picture, tag, text
from detente.figures.text import text_width, wrap
from detente.situation.values import BasisKind

NAME_SIZE = 13.0
SMALL = 11.0
TieKind = Literal["ally", "lobby", "patron_proxy", "rivalry"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A party, by id and by name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TableNode:
    """A table: where, whose consent it takes, who is consulted, who hosts, who mediates and whether anybody says so."""

    id: str
    name: str
    venue: str | None = None
    consent: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    host: str | None = None
    mediator: str | None = None
    mediator_stated: bool = True
    direct: bool | None = None
    basis: BasisKind = "read"


@dataclass(frozen=True, slots=True)
class TieLine:
    """What binds two parties; for patron and proxy the source is the patron, for a lobby the one who presses."""

    kind: TieKind
    source: str
    target: str
    basis: BasisKind = "read"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ThreatArrow:
    """What one party says it will do to another, and when."""

    by: str
    against: str
    action: str
    condition: str | None = None
    basis: BasisKind = "read"
    kind: Literal["threat", "commitment"] = "threat"


@dataclass(frozen=True, slots=True)
class Network:
    """Everything in the picture."""

    parties: tuple[Actor, ...]
    tables: tuple[TableNode, ...]
    ties: tuple[TieLine, ...] = ()
    threats: tuple[ThreatArrow, ...] = ()


def network(net: Network, *, id: str, title: str, desc: str, width: float = 720) -> str:
    """Draw parties around their tables, the ties between them, and the threats with what sets them off.

    >>> net = Network((Actor("a", "Karun"), Actor("b", "Delta")), (TableNode("t", "Dam talks", consent=("a", "b")),))
    >>> "Dam talks" in network(net, id="f", title="Tables", desc="One table, two parties.")
    True
    """
    _known(net)
    nodes = [*(node.id for node in net.parties), *(f"table:{node.id}" for node in net.tables)]
    boxes = tuple([*(_party_box(net, party) for party in net.parties), *(_table_box(node) for node in net.tables)])
    lines = _lines(net)
    bonds = tuple(Bond(nodes.index(each.source), nodes.index(each.target), each.length) for each in lines)
    centres = layout(boxes, bonds, width=width)
    top = min((y - box.height / 2 for (_, y), box in zip(centres, boxes, strict=True)), default=0) - 14
    spots = {
        node: (round(x, 1), round(y - top, 1), box) for node, (x, y), box in zip(nodes, centres, boxes, strict=True)
    }
    parts = [*_seats(lines, spots), *_drawn_lines(lines, spots)]
    parts += [_party(net, party, spots[party.id]) for party in net.parties]
    parts += [_table(node, spots[f"table:{node.id}"]) for node in net.tables]
    bottom = max((y + box.height / 2 for _, y, box in spots.values()), default=0) + 22
    signs, bottom = key(lines, bottom, width)
    listed, bottom = _threat_list(net, bottom + 6, width)
    return picture(*parts, signs, listed, id=id, title=title, desc=desc, size=(width, bottom))


def _known(net: Network) -> None:
    ids = {party.id for party in net.parties}
    named: set[str] = set()
    for node in net.tables:
        named.update((*node.consent, *node.consulted, *(name for name in (node.host, node.mediator) if name)))
    for tie in net.ties:
        named.update((tie.source, tie.target))
    for threat in net.threats:
        named.update((threat.by, threat.against))
    if missing := sorted(named - ids):
        raise UsageError(
            f"The network names {', '.join(missing)}, and no such party is in it. "
            "Add the party to `parties`, or drop the tables, ties and threats that name it."
        )


def _lines(net: Network) -> tuple[Line, ...]:
    found: list[Line] = []
    for node in net.tables:
        here = f"table:{node.id}"
        found += [Line("consent", party, here, node.basis, 1.0) for party in node.consent]
        found += [Line("consulted", party, here, node.basis, 1.25) for party in node.consulted]
        if node.host:
            found.append(Line("host", node.host, here, node.basis, 0.9))
        if node.mediator and (node.mediator != node.host or not node.mediator_stated):
            kind: Literal["mediator", "mediator-unstated"] = "mediator" if node.mediator_stated else "mediator-unstated"
            found.append(Line(kind, node.mediator, here, node.basis, 0.9))
    found += [Line(tie.kind, tie.source, tie.target, tie.basis, 1.25, tie.note) for tie in net.ties]
    for at, threat in enumerate(net.threats, start=1):
        found.append(Line(threat.kind, threat.by, threat.against, threat.basis, 1.7, str(at)))
    return tuple(each for each in found if each.source != each.target)


def _role(net: Network, party: Actor) -> str | None:
    """Say why a party without a seat is in the picture."""
    if any(party.id in node.consent for node in net.tables):
        return None
    roles: list[str] = []
    if any(party.id == node.host for node in net.tables):
        roles.append("host")
    if any(party.id == node.mediator for node in net.tables):
        stated = any(party.id == node.mediator and node.mediator_stated for node in net.tables)
        roles.append("mediator" if stated else "mediator (not stated)")
    if any(party.id in node.consulted for node in net.tables):
        roles.append("consulted")
    return ", ".join(roles) or ("outside" if net.tables else None)


def _party_box(net: Network, party: Actor) -> Box:
    names = wrap(party.name, 118, NAME_SIZE)
    role = _role(net, party)
    wide = max(text_width(name, NAME_SIZE) for name in names) * 1.08
    wide = max(wide, text_width(role, SMALL) if role else 0, 44)
    return Box(wide + 20, 14 + 16 * len(names) + (14 if role else 0))


def _table_lines(node: TableNode) -> tuple[str, ...]:
    manner = {True: "direct", False: "indirect", None: None}[node.direct]
    told = ", ".join(word for word in (manner, f"in {node.venue}" if node.venue else None) if word)
    return wrap(told, 138, SMALL) if told else ()


def _table_box(node: TableNode) -> Box:
    names, told = wrap(node.name, 138, NAME_SIZE), _table_lines(node)
    wide = max(
        *(text_width(name, NAME_SIZE) * 1.08 for name in names), *(text_width(line, SMALL) for line in told), 60.0
    )
    return Box(wide + 30, 20 + 16 * len(names) + 14 * len(told))


def _seats(lines: tuple[Line, ...], spots: dict[str, tuple[float, float, Box]]) -> list[str]:
    """Draw the broad bands: one path per table, so that overlapping bands do not darken each other."""
    ends: dict[str, list[Line]] = {}
    for each in lines:
        if each.kind == "consent":
            ends.setdefault(each.target, []).append(each)
    drawn: list[str] = []
    for node, seats in ends.items():
        x, y, box = spots[node]
        path = "".join(
            f"M{number(x)} {number(y)}L{number(spots[s.source][0])} {number(spots[s.source][1])}" for s in seats
        )
        band = tag("path", d=path, stroke=SEAT, stroke_width=30, stroke_linecap="round", fill="none")
        blobs = [_blob(*spots[seat.source]) for seat in seats]
        drawn.append(group(band, _blob(x, y, box), *blobs))
    return drawn


def _blob(x: float, y: float, box: Box) -> str:
    wide, tall = box.width + 18, box.height + 18
    return tag("rect", x=x - wide / 2, y=y - tall / 2, width=wide, height=tall, rx=tall / 2, fill=SEAT)


def _drawn_lines(lines: tuple[Line, ...], spots: dict[str, tuple[float, float, Box]]) -> list[str]:
    """Draw every line; several lines between the same two are bent apart."""
    between: dict[frozenset[str], list[Line]] = {}
    for each in lines:
        between.setdefault(frozenset((each.source, each.target)), []).append(each)
    drawn: list[str] = []
    for each in lines:
        same = between[frozenset((each.source, each.target))]
        # A seat stays straight, on its band; the others bend away from it and from each other.
        at = next(place for place, other in enumerate(same) if other is each)
        bend = 44 * (at if same[0].kind == "consent" else at - (len(same) - 1) / 2)
        # A bend is to the same side whichever end a line starts from, or two lines would fold onto each other.
        bend = bend if each.source <= each.target else -bend
        drawn.append(line(each, spots[each.source], spots[each.target], bend))
    return drawn


def _party(net: Network, party: Actor, spot: tuple[float, float, Box]) -> str:
    x, y, box = spot
    role = _role(net, party)
    outside = role is not None
    frame = tag(
        "rect", x=x - box.width / 2, y=y - box.height / 2, width=box.width, height=box.height, rx=8, fill=PAPER,
        stroke=SOFT_INK if outside else INK, stroke_width=1.2 if outside else 1.6,
        stroke_dasharray="4 3" if outside else None,
    )  # fmt: skip
    names = wrap(party.name, 118, NAME_SIZE)
    first = y - (16 * len(names) + (14 if role else 0)) / 2 + 12.5
    words = [
        text(name, x, first + 16 * at, text_anchor="middle", font_weight=600 if not outside else 400)
        for at, name in enumerate(names)
    ]
    if role:
        under = first + 16 * len(names) - 1
        words.append(text(role, x, under, text_anchor="middle", font_size=SMALL, fill=SOFT_INK))
    return group(hint(f"{party.name}: {role or 'at the table'}"), frame, *words)


def _table(node: TableNode, spot: tuple[float, float, Box]) -> str:
    x, y, box = spot
    frame = tag(
        "rect", x=x - box.width / 2, y=y - box.height / 2, width=box.width, height=box.height,
        rx=box.height / 2, fill=INK,
    )  # fmt: skip
    names, told = wrap(node.name, 138, NAME_SIZE), _table_lines(node)
    first = y - (16 * len(names) + 14 * len(told)) / 2 + 12.5
    words = [
        text(name, x, first + 16 * at, text_anchor="middle", fill=PAPER, font_weight=650)
        for at, name in enumerate(names)
    ]
    under = first + 16 * len(names) - 1
    words += [
        text(row, x, under + 14 * at, text_anchor="middle", fill=PAPER, font_size=SMALL) for at, row in enumerate(told)
    ]
    return group(hint(f"{node.name} ({node.basis})"), frame, *words)


def _threat_list(net: Network, top: float, width: float) -> tuple[str, float]:
    names = {party.id: party.name for party in net.parties}
    parts: list[str] = []
    y = top
    for at, threat in enumerate(net.threats, start=1):
        verb = "threatens" if threat.kind == "threat" else "commits itself towards"
        told = f"{names[threat.by]} {verb} {names[threat.against]}: {threat.action}"
        told += f"; condition: \u201c{threat.condition}\u201d" if threat.condition else ", no condition given"
        told += f" ({threat.basis})"
        rows = wrap(told, width - 46, 12, lines=3)
        parts.append(badge(str(at), (20, y + 10), ALARM if threat.kind == "threat" else SOFT_INK))
        parts += [text(row, 36, y + 14 + 15 * line_at, font_size=12) for line_at, row in enumerate(rows)]
        y += 15 * len(rows) + 8
    rule = tag("path", d=f"M10 {number(top - 6)}H{number(width - 10)}", stroke=LINE) if parts else ""
    return group(rule, *parts, font_size=LABEL_SIZE), y + 4
