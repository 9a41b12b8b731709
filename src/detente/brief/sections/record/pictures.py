"""Which pictures show how right forecasts were: what happened beside what was said, and what was told apart?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from detente import figures as draw
from detente.brief.document import Figure, Grid
from detente.brief.sections.record.scores import Tried
from detente.brief.sections.record.telling import FEW, Telling, many_questions, score
from detente.ledger.scoring import Track
from detente.ledger.scoring.cases import cases
from detente.scores import Bin, Discrimination

HOW: Final = "yes-or-no questions that came out, put into ten bins by what was forecast"
APART: Final = "yes-or-no questions that came out, by how they did"
MOST: Final = 6
READ: Final = (
    "On the dashed line things happen as often as was forecast; a box is where their share would lie nine times in ten "
    "if the forecasts were right and the questions did not hang together."
)


def blocks(tried: Tried, told: Telling, *, id: str) -> tuple[Figure, ...]:
    """Draw calibration and discrimination of every forecaster with yes-or-no questions."""
    shown = list(_shown(tried))[:MOST]
    return (_calibration(shown, told, id), _discrimination(shown, told, id)) if shown else ()


@dataclass(frozen=True, slots=True)
class _Shown:
    """A forecaster, and what was said by it of questions that came out yes, and of those that came out no."""

    track: Track
    found: Discrimination
    yes: tuple[float, ...]
    no: tuple[float, ...]
    note: str


def _shown(tried: Tried) -> Iterator[_Shown]:
    """Walk the forecasters with yes-or-no questions; one that says the same of all questions has no picture."""
    every, columns = cases(tried.columns, clip=tried.scored.clip), tried.columns
    for place, track in enumerate(tried.scored.tracks):
        of = np.flatnonzero((every.forecaster == place) & ~np.isnan(every.yes))
        said, asked = every.yes[of], every.question[of]
        if track.discrimination is None or (place in columns.computed and np.ptp(said) == 0):
            continue
        came = columns.happened[asked]
        note = many_questions(asked.size, np.unique(columns.cluster[asked]).size)
        yield _Shown(track, track.discrimination, tuple(said[came].tolist()), tuple(said[~came].tolist()), note)


def _calibration(shown: Sequence[_Shown], told: Telling, id: str) -> Figure:
    panels = tuple(draw.CalibrationPanel(one.track.name, one.note, tuple(map(_bin, one.track.bins))) for one in shown)
    title = "Whether things happened as often as was forecast"
    svg = draw.calibration(panels, id=f"fig-{id}", title=title, desc=READ)
    svg += draw.calibration(panels, id=f"fig-{id}-narrow", title=title, desc=READ, width=draw.NARROW)
    few = any(one.track.clusters < FEW for one in shown)
    less = " Where events are few, what is off may be one of them, and what fits too." if few else ""
    caption = told.say(f"{title}; N is the number of questions in a bin. {READ}{less}", HOW)
    rows = [
        told.row(
            (one.track.name, _ends((b.low, b.high)), str(b.n), score(b.mean, 2), score(b.rate, 2), _ends(b.band)), HOW
        )
        for one in shown
        for b in one.track.bins
    ]
    heads = ("forecaster", "bin", "N", "mean forecast", "happened", "expected nine times in ten")
    grid = Grid(told.say(f"{title}.", HOW), heads, tuple(rows))
    return Figure(id, svg, caption, grid, draw.calibration_as_text(panels))


def _bin(one: Bin) -> draw.CalibrationBin:
    return draw.CalibrationBin(one.low, one.high, one.n, one.mean, one.rate, one.band)


def _ends(band: tuple[float, float]) -> str:
    return f"{score(band[0], 2)} to {score(band[1], 2)}"


def _discrimination(shown: Sequence[_Shown], told: Telling, id: str) -> Figure:
    made = [draw.DiscriminationRow(one.track.name, one.yes, one.no, one.note) for one in shown]
    rows = []
    for one in shown:
        each = (one.found.yes, one.found.no, one.found.difference, one.found.auc)
        cells = (str(len(one.yes)), str(len(one.no)), *("" if at is None else score(at, 2) for at in each))
        rows.append(told.row((one.track.name, *cells), APART))
    title = "Whether what happened was given more than what did not"
    desc = "Above each line stand the questions that came out yes, below it those that came out no."
    svg = draw.discrimination(made, id=f"fig-{id}-apart", title=title, desc=desc)
    svg += draw.discrimination(made, id=f"fig-{id}-apart-narrow", title=title, desc=desc, width=draw.NARROW)
    caption = told.say(
        f"{title}. {desc} The further apart the two means, the better the outcomes were told apart, whether the "
        "numbers were right or not.",
        APART,
    )
    heads = ("forecaster", "yes", "no", "mean where yes", "mean where no", "difference", "area under the curve")
    said = told.say(f"{title}: the area is one half where nothing is told apart, and 1 where all is.", APART)
    return Figure(f"{id}-apart", svg, caption, Grid(said, heads, tuple(rows)), draw.discrimination_as_text(made))
