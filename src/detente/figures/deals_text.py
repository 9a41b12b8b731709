"""The pictures of deals in characters, for a terminal: at most so many columns and rows."""

import textwrap

from detente.figures.agendas import SIGNS, WORDS, AgendaMatrix
from detente.figures.blockers import Blockers
from detente.figures.cloud import Cloud
from detente.figures.gains import GainBar, GainGroup
from detente.figures.region import Region, RegionAxis
from detente.figures.text import gain, one_line

COLUMNS, ROWS = 60, 17
WIDE, TALL = 58, 11
BAR = 26
NAME = 22


def cloud_as_text(data: Cloud) -> tuple[str, ...]:
    """Set the packages on a grid of characters: + a deal, . a package, x excluded by a red line, 1 2 3 solutions.

    >>> len(cloud_as_text(Cloud(("Karun", "Delta"), ((1.0, 2.0), (-1.0, 3.0))))) > TALL
    True
    """
    ends, rows, used = _scatter(data)
    names = [one_line(p)[:NAME] for p in data.parties]
    told = [f"{k + 1} {', '.join(one.names)}" for k, one in enumerate(data.solutions)]
    words = {"+": "+ a deal", ".": ". somebody loses", "x": "x excluded by a red line"}
    legend = " · ".join([*(word for sign, word in words.items() if sign in used), *told])
    across, up = (f"{name} ({gain(e[0])} to {gain(e[1])})" for name, e in zip(names, ends, strict=True))
    return (*_wrapped(f"Up: {up}; across: {across}, points"), *rows, *_wrapped(legend))


def _scatter(data: Cloud) -> tuple[list[tuple[float, float]], list[str], set[str]]:
    """Return where the axes begin and end, the rows of the picture, the highest first, and the signs of packages."""
    every = [*data.packages, *data.excluded, *(s.at for s in data.solutions), (0.0, 0.0)]
    ends = [(min(p[k] for p in every), max(p[k] for p in every)) for k in (0, 1)]
    spans = [high - low or 1.0 for low, high in ends]
    zero = [round(-low / span * (size - 1)) for (low, _), span, size in zip(ends, spans, (WIDE, TALL), strict=True)]
    grid = [["│" if x == zero[0] else "─" if y == zero[1] else " " for x in range(WIDE)] for y in range(TALL)]
    signs = [(at, "x") for at in data.excluded]
    signs += sorted(
        ((at, "+" if min(at) >= 0 else ".") for at in data.packages), key=lambda pair: pair[1], reverse=True
    )
    used = {sign for _, sign in signs}
    # The first solution is the one most asked for: it is set last, over what falls on the same character.
    signs += [(one.at, str(k + 1)) for k, one in reversed(list(enumerate(data.solutions)))]
    for at, sign in signs:
        x = round((at[0] - ends[0][0]) / spans[0] * (WIDE - 1))
        y = round((at[1] - ends[1][0]) / spans[1] * (TALL - 1))
        grid[y][x] = sign
    return ends, ["".join(row).rstrip() for row in reversed(grid)], used


def gains_as_text(groups: tuple[GainGroup, ...]) -> tuple[str, ...]:
    """Set gains as bars of characters, losses hollow; what does not fit is counted.

    >>> from detente.figures.gains import GainBar
    >>> print(*gains_as_text((GainGroup("Nash", (GainBar("Karun", 10.0), GainBar("Delta", -5.0))),)), sep="\\n")
    Nash
      Karun                  ██████████████████████████ +10.0
      Delta                  ░░░░░░░░░░░░░ -5.0
    """
    most = max((abs(bar.points) for g in groups for bar in g.bars), default=0.0) or 1.0
    lines: list[str] = []
    for at, one in enumerate(groups):
        more = [*_wrapped(one_line(one.name)), *(_bar(bar, most) for bar in one.bars)]
        more += [] if one.bars else [f"  {one_line(one.nothing)}"]
        last = at == len(groups) - 1
        if at and len(lines) + len(more) > ROWS - (0 if last else 1):
            return (*lines, f"and {len(groups) - at} more, in the table")
        lines += more
    return tuple(lines)


def _bar(bar: GainBar, most: float) -> str:
    drawn = ("█" if bar.points >= 0 else "░") * round(abs(bar.points) / most * BAR)
    return f"  {one_line(bar.party)[:NAME]:<{NAME}} {drawn} {gain(bar.points)}"


def agendas_as_text(matrix: AgendaMatrix) -> tuple[str, ...]:
    """Set sets of issues down the side and modes as columns; the signs are those of the picture.

    >>> from detente.figures.agendas import AgendaCell
    >>> cell = AgendaCell("Missiles", "Option", "depends", ("Karun +4",))
    >>> print(*agendas_as_text(AgendaMatrix(("Missiles",), ("Option",), (cell,))), sep="\\n")
     1
     ?  Missiles
    1 Option
    ? it depends
    """
    found = {(cell.row, cell.mode): SIGNS[cell.state] for cell in matrix.cells}
    marks = [str(at + 1) for at in range(len(matrix.modes))]
    lines = [" " + " ".join(marks)]
    columns = list(zip(matrix.modes, marks, strict=True))
    modes = _wrapped(" · ".join(f"{k} {one_line(mode)}" for mode, k in columns))
    signs: dict[str, list[str]] = {}
    for state, word in WORDS.items():
        if any(c.state == state for c in matrix.cells):
            signs.setdefault(SIGNS[state], []).append(word)
    if len(found) < len(matrix.rows) * len(marks):
        signs["–"] = ["not asked"]
    legend = _wrapped(" · ".join(f"{sign} {' or '.join(words)}" for sign, words in signs.items()))
    room = max(ROWS - len(lines) - len(modes) - len(legend), 1)
    kept = matrix.rows if len(matrix.rows) <= room else matrix.rows[: room - 1]
    for row in kept:
        cells = " ".join(f"{found.get((row, mode), '–'):>{len(k)}}" for mode, k in columns)
        lines.append(_cut(f" {cells}  {one_line(row)}"))
    rest = [f" and {len(matrix.rows) - len(kept)} more, in the table"] if len(kept) < len(matrix.rows) else []
    return (*lines, *rest, *modes, *legend)


def blockers_as_text(data: Blockers) -> tuple[str, ...]:
    """Set refusals down the side and the sets they stand in as columns.

    >>> from detente.figures.blockers import Blocker
    >>> print(*blockers_as_text(Blockers((Blocker("Karun: red line", (1,)),), ("1", "2"))), sep="\\n")
     1 2
     · ●  Karun: red line
    """
    lines = [" " + " ".join(data.sets)]
    for row in data.rows:
        marks = " ".join(f"{'●' if k in row.sets else '·':>{len(name)}}" for k, name in enumerate(data.sets))
        share = f" (in the way in {row.share:.0%} of draws)" if row.share is not None else ""
        lines += textwrap.wrap(
            f" {marks}  {one_line(row.name)}{share}", COLUMNS, subsequent_indent=" " * (len(marks) + 3)
        )
    return tuple(lines)


def region_as_text(data: Region) -> tuple[str, ...]:
    """Set a map of letters, the highest row first; where one kind fills it, say so in a line.

    >>> from detente.figures.region import RegionAxis
    >>> axis = RegionAxis("value", (0.0, 1.0, 2.0))
    >>> print(*region_as_text(Region(axis, axis, ("deal", "none"), ((0, 1), (1, 1)))), sep="\\n")
    BB
    AB
    across: value, 0 to 2
    up: value, 0 to 2
    A = deal · B = none
    """
    only = data.only()
    if only is not None:
        return tuple(_wrapped(f"everywhere: {one_line(only)}"))
    ends = [
        f"{name}: {one_line(axis.name)}, {_mark(axis, 0)} to {_mark(axis, -1)}"
        for name, axis in (("across", data.across), ("up", data.up))
    ]
    legend = _wrapped(" · ".join(f"{chr(65 + k)} = {kind}" for k, kind in enumerate(data.kinds)))
    below = [*(line for end in ends for line in _wrapped(end)), *legend]
    step = max(1, -(-len(data.cells) // max(ROWS - len(below), 4)))
    across = max(1, -(-len(data.cells[0]) // COLUMNS))
    rows = ["".join(chr(65 + kind) for kind in row[::across]) for row in reversed(data.cells)]
    return (*rows[::step], *below)


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, COLUMNS, subsequent_indent="  ")


def _cut(line: str) -> str:
    return line if len(line) <= COLUMNS else line[: COLUMNS - 1].rstrip() + "…"


def _mark(axis: RegionAxis, which: int) -> str:
    return sorted(axis.marks)[which][1] if axis.marks else f"{axis.edges[which]:g}"
