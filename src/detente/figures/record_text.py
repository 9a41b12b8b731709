"""The pictures of how right forecasts were, in characters, for a terminal."""

from collections.abc import Sequence

from detente.figures.calibration import NEVER_FORECAST, CalibrationBin, CalibrationPanel, with_shares
from detente.figures.discrimination import HAPPENED, NOT, DiscriminationRow, spread_of, with_forecasts
from detente.figures.landmarks_text import flow
from detente.figures.text import one_line

COLUMNS = 78
ACROSS = 31  # characters from never to always, in a bin
PLACES = 46  # characters from never to always, for all forecasts


def calibration_as_text(panels: Sequence[CalibrationPanel]) -> tuple[str, ...]:
    """Set a row for every bin: N, the forecast, what happened, and both on a line from never to always.

    Raises UsageError as `calibration` does.

    >>> one = CalibrationBin(0.2, 0.3, 8, 0.25, 0.75, (0.0, 0.5))
    >>> print(*calibration_as_text((CalibrationPanel("A. Analyst", "8 questions", (one,)),))[:3], sep="\\n")
    A. Analyst: 8 questions
      forecast          N  mean  happened
      0.20 to 0.30      8  0.25      0.75  │▒▒▒▒▒▒▒▒┊▒▒▒▒▒▒▒      ✗        │
    """
    with_shares(panels)
    lines: list[str] = []
    for panel in panels:
        lines.append(": ".join(one_line(part) for part in (panel.name, panel.note) if part)[:COLUMNS])
        kept = [one for one in panel.bins if one.n]
        lines.append(f"  {'forecast':<14}{'N':>5}  mean  happened" if kept else f"  {NEVER_FORECAST}")
        lines += [
            f"  {one.low:.2f} to {one.high:.2f}{one.n:>7,}  {one.mean:.2f}      {one.rate:.2f}  │{_line(one)}│"
            for one in kept
        ]
    signs = ["│ │ from never to always", "┊ mean forecast", "◆ what happened", "✗ the same, outside of ▒",
             "▒ where it would lie nine times in ten if the forecasts were right"]  # fmt: skip
    return (*lines, *flow(signs, COLUMNS))


def _line(one: CalibrationBin) -> str:
    drawn = [" "] * ACROSS
    low, high = (round(at * (ACROSS - 1)) for at in one.band)
    drawn[low : high + 1] = ["▒"] * (high + 1 - low)
    drawn[round(one.mean * (ACROSS - 1))] = "┊"
    drawn[round(one.rate * (ACROSS - 1))] = "◆" if one.inside else "✗"
    return "".join(drawn)


def discrimination_as_text(rows: Sequence[DiscriminationRow]) -> tuple[str, ...]:
    """Set two lines for every forecaster, from never to always: how many forecasts of what happened, and of what not.

    Raises UsageError as `discrimination` does.

    >>> print(*discrimination_as_text((DiscriminationRow("A. Analyst", (0.7, 0.8), (0.1,)),))[:2], sep="\\n")
    A. Analyst
      happened        │                                1   1         │ mean 0.75
    """
    with_forecasts(rows)
    lines: list[str] = []
    for row in rows:
        lines.append(one_line(": ".join(part for part in (row.name, row.words) if part))[:COLUMNS])
        for name, some, mean in zip((HAPPENED, NOT), (row.yes, row.no), row.means, strict=True):
            told = "none" if mean is None else f"mean {mean:.2f}"
            lines.append(f"  {name:<15} │{''.join(spread_of(some, PLACES))}│ {told}")
    return (*lines, *flow(["│ │ from never to always", "1 to 9: so many questions there", "+ ten or more"], COLUMNS))
