"""The pictures of where a dispute is heading in characters, for a terminal."""

import textwrap

from detente.figures.classpanel import HEADINGS, ClassPanel, ClassRow, with_cases
from detente.figures.decision import share_of
from detente.figures.fills import LETTERS
from detente.figures.landmarks_text import cut, flow
from detente.figures.round_states import RoundStates, RoundWorld, same_states
from detente.figures.stacked import Stacked, StackedCell, full_rows
from detente.figures.text import one_line

COLUMNS = 78
NAME = 26
BLOCKS = "▁▂▃▄▅▆▇█"
RATES = 24  # characters from no case to all cases
BAR = 30  # characters of a bar that stands alone


def round_states_as_text(data: RoundStates) -> tuple[str, ...]:
    """Set a line of heights for every state, over the rounds, with the shares after the first, a middle and the last.

    Raises UsageError where there is no world, or a world has not one share for every state in every round.

    >>> from detente.figures.round_states import RoundState
    >>> states = (RoundState("talks", "open"), RoundState("deal", "settled"))
    >>> one = RoundStates(states, (), (RoundWorld("drift", ((0.75, 0.25), (0.5, 0.5)), ((), ())),))
    >>> print(*round_states_as_text(one)[:3], sep="\\n")
    drift                          after round     1     2
      deal                     ▂▂▄▄             0.25  0.50
      talks                    ▆▆▄▄             0.75  0.50
    """
    same_states(data)
    lines: list[str] = []
    for world in data.worlds:
        lines += _world(data, world)
    words = "heights: the share of the model's draws in that state, round by round; no block: in none"
    return (*lines, *textwrap.wrap(words, COLUMNS, subsequent_indent="  "))


def _world(data: RoundStates, world: RoundWorld) -> list[str]:
    rounds = len(world.table)
    marks = sorted({0, (rounds + 1) // 2 - 1, rounds - 1})
    numbers = "".join(f"{mark + 1:>6}" for mark in marks)
    wide = max(2 * rounds, 16)
    lines = [f"{cut(world.name, NAME):<{NAME}} {'after round':>{wide - 1}}{numbers}"]
    lines += textwrap.wrap(one_line(world.note), COLUMNS - 2, initial_indent="  ", subsequent_indent="  ")
    rows = [*zip(reversed(data.table), zip(*(tuple(reversed(r)) for r in world.table), strict=True), strict=True)]
    rows += [*zip(data.force, zip(*world.force, strict=True), strict=True)] if data.forced else []
    for state, shares in rows:
        if any(share > 0 for share in shares):
            heights = "".join(_height(share) * 2 for share in shares)
            told = "".join(f"{share_of(shares[mark]):>6}" for mark in marks)
            lines.append(f"  {cut(state.name, NAME - 3):<{NAME - 2}} {heights:<{wide - 1}}{told}")
    return lines


def _height(share: float) -> str:
    return BLOCKS[min(max(round(share * 8), 1), 8) - 1] if share > 0 else " "


def class_panel_as_text(data: ClassPanel) -> tuple[str, ...]:
    """Set a row for every class: its interval with the rate on it, the cases, and the rate in words.

    Raises UsageError where no class is given, or a row has no cases.

    >>> one = ClassRow("crises, mediated", "chosen", 84, 135, 0.6, (0.52, 0.67), "60% (50% to 70%)", deciding=True)
    >>> print(*class_panel_as_text(ClassPanel("ends in agreement", (one,)))[2:4], sep="\\n")
    crises, mediated
      │            ├─◆┊┤        │  60% (50% to 70%)         84 of 135
    """
    with_cases(data)
    lines, before = textwrap.wrap(one_line(data.event), COLUMNS), None
    for row in data.rows:
        if row.part != before:
            lines += textwrap.wrap(f"── {HEADINGS[row.part]} ──", COLUMNS)
        before = row.part
        lines += textwrap.wrap(one_line(row.name), COLUMNS)
        lines.append(f"  │{_rate(row)}│  {one_line(row.words):<24} {row.counted}".rstrip())
    words = ["│ │ from no case to all cases"]
    words += ["◆ the rate that is said"] if any(row.deciding for row in data.rows) else []
    words += ["◇ a rate", "├─┤ its 95% interval", "┊ the cases of that class alone"]
    words += ["* counts taken over, not recomputed"] if any(row.taken_over for row in data.rows) else []
    return (*lines, *flow(words, COLUMNS))


def _rate(row: ClassRow) -> str:
    drawn = [" "] * (RATES + 1)
    low, high = (round(at * RATES) for at in row.interval)
    drawn[low : high + 1] = ["╌" if row.taken_over else "─"] * (high + 1 - low)
    drawn[low], drawn[high] = "├", "┤"
    drawn[round(row.plain * RATES)] = "┊"
    drawn[round(row.rate * RATES)] = "◆" if row.deciding else "◇"
    return "".join(drawn)


def stacked_as_text(data: Stacked) -> tuple[str, ...]:
    """Set a bar in parts for every row, and under its name one for every column where there are several.

    Raises UsageError where a row has not one cell for every column, or a cell not one share for every part.

    >>> bars = Stacked((("agreed", "settled"), ("open", "open")), ("",), (("90", (StackedCell((0.5, 0.5), "1"),)),))
    >>> print(*stacked_as_text(bars), sep="\\n")
    90
                     ███████████████░░░░░░░░░░░░░░░ 1
    █ agreed · ░ open
    """
    full_rows(data)
    lines: list[str] = []
    for name, cells in data.rows:
        lines += textwrap.wrap(one_line(name), COLUMNS)
        for column, cell in zip(data.columns, cells, strict=True):
            head = f"  {cut(column, 14):<14} "
            lines += textwrap.wrap(
                f"{_bar(data, cell)} {one_line(cell.words)}",
                COLUMNS,
                initial_indent=head,
                subsequent_indent=" " * (len(head) + BAR + 1),
                drop_whitespace=False,
            )
    met = [any(cell.shares[k] > 0 for _, row in data.rows for cell in row) for k in range(len(data.parts))]
    words = [f"{LETTERS[fill]} {name}" for (name, fill), seen in zip(data.parts, met, strict=True) if seen]
    return (*(line.rstrip() for line in lines), *flow(words, COLUMNS))


def _bar(data: Stacked, cell: StackedCell) -> str:
    """Round the ends of the parts, not their lengths, so that the bar is as long as all of them together."""
    drawn, end, whole = "", 0.0, 0
    for (_, fill), share in zip(data.parts, cell.shares, strict=True):
        end += share
        drawn += LETTERS[fill] * (round(end * BAR) - whole)
        whole = round(end * BAR)
    return f"{drawn:<{BAR}}"
