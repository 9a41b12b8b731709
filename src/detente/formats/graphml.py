"""How does the graph of a conflict go to a program that draws graphs?"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

from detente.boards.conflict import Conflict
from detente.errors import FormatError
from detente.formats.score_table import Source, clean
from detente.search.conflicts.moves import as_arcs, graph
from detente.search.conflicts.values import ranked

_SPACE = "http://graphml.graphdrawing.org/xmlns"
MOST_ARCS = 100_000


def write(board: Conflict, *, equilibria: Mapping[str, Sequence[int]] | None = None, title: str = "conflict") -> Source:
    """Write states as nodes and moves as edges, in GraphML.

    A node has its number, its pattern, the choices taken, each player's rank (1 is best), and of each concept in
    `equilibria` whether it is one; an edge has who moves and whether everybody who does gains by it.

    Raises FormatError for draws, or more moves than a drawing can show.

    >>> from detente.boards.conflict import conflict
    >>> from detente.boards.states import Choice
    >>> from detente.boards.wishes import Ranking
    >>> board = conflict([Choice("a", "strike")], {"a": Ranking((2, 1))})
    >>> text = write(board, equilibria={"nash": [1]}).content.decode()
    >>> text.count("<node "), text.count("<edge ")
    (2, 2)
    """
    if board.is_drawn:
        raise FormatError("A graph is drawn of one case, and these preferences are drawn many times. Take one draw.")
    arcs = _edges(board)  # first: it is what tells that there is too much to draw
    names = [("label", "string"), ("pattern", "string"), ("taken", "string")]
    held = {concept: frozenset(states) for concept, states in (equilibria or {}).items()}
    names += [(f"rank {p}", "int") for p in board.players] + [(f"equilibrium {c}", "boolean") for c in held]
    root = ET.Element("graphml", xmlns=_SPACE)
    keys = {name: _key(root, f"n{k}", "node", name, kind) for k, (name, kind) in enumerate(names)}
    by, gain = _key(root, "e0", "edge", "by", "string"), _key(root, "e1", "edge", "gain", "boolean")
    drawing = ET.SubElement(root, "graph", id=clean(title) or "conflict", edgedefault="directed")
    rank = ranked(board.preference)
    worst = rank.max(axis=1)
    for s in range(board.count):
        node = ET.SubElement(drawing, "node", id=f"s{s + 1}")
        told = {"label": str(s + 1), "pattern": board.states.pattern(s), "taken": _taken(board, s)}
        told |= {f"rank {p}": str(int(worst[k] - rank[k, s]) + 1) for k, p in enumerate(board.players)}
        told |= {f"equilibrium {c}": _truth(s in states) for c, states in held.items()}
        for name, value in told.items():
            ET.SubElement(node, "data", key=keys[name]).text = clean(value)
    for source, target, who in arcs:
        edge = ET.SubElement(drawing, "edge", source=f"s{source + 1}", target=f"s{target + 1}")
        ET.SubElement(edge, "data", key=by).text = clean(" + ".join(board.players[p] for p in who))
        gains = all(rank[p, target] > rank[p, source] for p in who)
        ET.SubElement(edge, "data", key=gain).text = _truth(gains)
    ET.indent(root)
    content = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Source(f"{clean(title) or 'conflict'}.graphml", content + b"\n")


def _key(root: ET.Element, number: str, of: str, name: str, kind: str) -> str:
    ET.SubElement(root, "key", {"id": number, "for": of, "attr.name": clean(name), "attr.type": kind})
    return number


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _taken(board: Conflict, state: int) -> str:
    told = []
    for c, choice in enumerate(board.states.choices):
        level = int(board.states.level(c)[state])
        if level:
            told.append(
                f"{choice.owner}: {choice.label}" + ("" if len(choice.levels) == 2 else f" {choice.levels[level]}")
            )
    return "; ".join(told)


def _edges(board: Conflict) -> list[tuple[int, int, tuple[int, ...]]]:
    moves = graph(board)
    found: list[tuple[int, int, tuple[int, ...]]] = []
    for mover, group in zip(moves.movers, moves.groups, strict=True):
        arcs = as_arcs(mover)
        if len(found) + len(arcs.source) > MOST_ARCS:
            raise FormatError(f"The graph has more than {MOST_ARCS:,} moves. Leave out choices before you draw it.")
        found += [(s, t, group) for s, t in zip(arcs.source.tolist(), arcs.target.tolist(), strict=True)]
    return found
