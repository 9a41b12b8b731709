"""Where does everybody stand on every issue, drawn in characters for a terminal?"""

from itertools import pairwise

from detente.figures.landmarks import IssueLine, Landmark, Level, Scale, Span
from detente.figures.text import one_line
from detente.situation.values import BasisKind

RANGE_LETTER: dict[BasisKind, str] = {"read": "━", "entered": "═", "supplied": "·", "assumed": "╱"}
POST_LETTER: dict[BasisKind, str] = {"read": "┃", "entered": "║", "supplied": "┊", "assumed": "╎"}
BEST_LETTER: dict[BasisKind, str] = {"read": "●", "entered": "◆", "supplied": "◎", "assumed": "□"}


def landmarks_as_text(lines: tuple[IssueLine, ...], *, width: int = 78) -> tuple[str, ...]:
    """Draw the same picture in characters, for a terminal.

    >>> from detente.figures.landmarks import Landmark, Level
    >>> line = IssueLine("Fill", 0, 100, (Landmark(0, "none"), Landmark(100, "full")), Level(0, 0, 0, "read"),
    ...                  (Span("Karun", 50, 75, 100, "read"),))
    >>> for row in landmarks_as_text((line,), width=40): print(row)
    Fill
                       ▾ today
                 Karun           ━━━━●━━━━━
                       1──────────────────2
                       1 none · 2 full
    """
    gutter = min(18, width // 4 + 8)
    rows: list[str] = []
    for line in lines:
        rows.extend((*_issue_text(line, gutter, width), ""))
    return tuple(row.rstrip() for row in rows[:-1])


def _issue_text(line: IssueLine, gutter: int, width: int) -> list[str]:
    scale = Scale(line.low, line.high, 0, width - gutter - 3)
    indent = " " * (gutter + 1)
    rows = [one_line(line.name)]
    if line.status_quo is not None:
        rows.append(indent + _today(line.status_quo, scale))
    rows.extend(f"{cut(span.party, gutter):>{gutter}} {span_row(span, scale)}" for span in line.spans)
    rows.extend(indent + row for row in ruler(line.landmarks, scale, width=width - gutter - 2))
    return rows


def ruler(marks: tuple[Landmark, ...], scale: Scale, *, width: int) -> list[str]:
    """Draw the axis with a number at every landmark, and under it the names that the numbers stand for.

    >>> ruler((Landmark(0, "none"), Landmark(100, "full")), Scale(0, 100, 0, 11), width=14)
    ['1──────────2', '1 none', '2 full']
    """
    ordered = sorted(marks, key=lambda mark: (mark.at, mark.name))
    places = _apart([round(scale.x(mark.at)) for mark in ordered], int(scale.right))
    axis = ["─"] * (int(scale.right) + 1)
    for at, place in enumerate(places):
        axis[place] = str((at + 1) % 10)
    named = [f"{at + 1} {one_line(mark.name)}" for at, mark in enumerate(ordered)]
    return ["".join(axis), *flow(named, width)]


def _today(level: Level, scale: Scale) -> str:
    tip = round(scale.x(level.best))
    word = "today" if level.basis == "read" else f"today ({level.basis})"
    return " " * tip + f"▾ {word}" if tip + len(word) + 2 <= scale.right else f"{word} ▾".rjust(tip + 1)


def cut(name: str, width: int) -> str:
    """Cut a name to so many characters.

    >>> cut("Upland Farmers", 8)
    'Upland …'
    """
    name = one_line(name)
    return name if len(name) <= width else name[: width - 1] + "…"


def _apart(places: list[int], last: int) -> list[int]:
    """Move marks that fall on the same character to the next free one."""
    moved = list(places)
    for at, (before, here) in enumerate(pairwise(places), start=1):
        moved[at] = max(here, moved[at - 1] + 1) if here >= before else here
    for at in range(len(moved) - 1, -1, -1):
        ceiling = last if at == len(moved) - 1 else moved[at + 1] - 1
        moved[at] = max(min(moved[at], ceiling), 0)
    return moved


def span_row(span: Span, scale: Scale) -> str:
    """Draw the range of one party, its best guess and its red line.

    >>> span_row(Span("Karun", 0, 5, 10, "read"), Scale(0, 10, 0, 10))
    '━━━━━●━━━━━'
    """
    row = [" "] * (int(scale.right) + 1)
    for place in range(round(scale.x(span.low)), round(scale.x(span.high)) + 1):
        row[place] = RANGE_LETTER[span.basis]
    row[round(scale.x(span.best))] = BEST_LETTER[span.basis]
    if span.red_line is not None:
        place = round(scale.x(span.red_line.at))
        way = -1 if span.red_line.accepts == "at_most" else 1
        row[place] = POST_LETTER[span.red_line.basis] if row[place] not in BEST_LETTER.values() else row[place]
        beside = place + way
        if 0 <= beside < len(row) and row[beside] not in BEST_LETTER.values():
            row[beside] = "◂" if way < 0 else "▸"
    return "".join(row)


def flow(words: list[str], width: int) -> list[str]:
    """Set words in rows of so many characters, with a dot between them.

    >>> flow(["one", "two", "three"], 10)
    ['one · two', 'three']
    """
    rows: list[str] = []
    for word in words:
        cut = word if len(word) <= width else word[: width - 1] + "…"
        if rows and len(rows[-1]) + 3 + len(cut) <= width:
            rows[-1] = f"{rows[-1]} · {cut}"
        else:
            rows.append(cut)
    return rows


def text_legend(*, width: int = 78) -> tuple[str, ...]:
    """Say what the characters of the picture mean.

    >>> for row in text_legend(): print(row)
    ━●┃ read · ═◆║ entered · ·◎┊ supplied · ╱□╎ assumed · ▾ today
    ┃║┊╎ red line, ◂ or ▸ beside it points to what is accepted
    """
    known = [f"{RANGE_LETTER[basis]}{BEST_LETTER[basis]}{POST_LETTER[basis]} {basis}" for basis in RANGE_LETTER]
    return tuple(flow([*known, "▾ today", "┃║┊╎ red line, ◂ or ▸ beside it points to what is accepted"], width))
