"""What is agreed where an agreement stands: at which levels, in which packages, and who gains and loses by it?"""

import numpy as np

from detente.brief.document import Block, Grid, Listing, Paragraph
from detente.brief.sections.outlook.telling import POINTS, Telling, by_world, points
from detente.brief.words import capital, counted
from detente.figures import share_of

SHOWN = 3  # packages
LEVELS = "levels of the packages in force after the last round"
GAINS = "own scores at the package in force, beyond no deal; averaged over the draws with one, in points of 100"


def blocks(told: Telling) -> tuple[Block, ...]:
    """Tell what stands in the packages in force after the last round, and what voices have of it."""
    if not told.found.sums.settled_in.sum():
        nothing = told.share("No package is in force after the last round of any draw.", LEVELS)
        return (Paragraph((nothing,)),)
    return (_levels(told), *_packages(told), _gains(told))


def _levels(told: Telling) -> Grid:
    """Set out the level of every issue that is agreed most often."""
    setting, sums, rows = told.setting, told.found.sums, []
    for i, issue in enumerate(setting.issues):
        counts = [sums.level[i][w].sum(axis=0) for w in range(len(told.worlds))]
        cells = [_level(told, i, of) for of in counts]
        rows.append(told.row(capital(told.names.issue(issue)), cells, LEVELS))
    caption = told.share("What is agreed most often, issue by issue, and in what share of the agreements.", LEVELS)
    return Grid(caption, ("issue", *_heads(told)), tuple(rows))


def _level(told: Telling, issue: int, counts: np.ndarray) -> str:
    setting, settled, at = told.setting, int(counts.sum()), int(np.argmax(counts))
    if not settled:
        return "no agreement"
    level = told.names.level(setting.issues[issue], float(setting.levels[issue][at]))
    today = ", as today" if at == setting.status_quo[issue] else ""
    return f"{level}{today}: {share_of(counts[at] / settled)}"


def _heads(told: Telling) -> tuple[str, ...]:
    settled = told.found.sums.settled_in.sum(axis=1).tolist()
    return tuple(f"{world} ({many:,} draws)" for world, many in zip(told.worlds, settled, strict=True))


def _packages(told: Telling) -> tuple[Block, ...]:
    """Name the packages that are in force most often, and say how many there are."""
    sums, every = told.found.sums, range(len(told.worlds))
    settled = sums.settled_in.sum(axis=1).tolist()
    order = np.argsort(-sums.package_count.sum(axis=1), kind="stable").tolist()
    many = int((sums.package_count.sum(axis=1) > 0).sum())
    lead = told.share(
        f"{counted(many, 'package', 'packages')} in force in some draw; most often, with everything else as today:",
        LEVELS,
    )
    rows = tuple(
        told.share(
            f"{capital(told.package(sums.packages[k].tolist()))}. That is "
            + by_world(
                [(told.worlds[w], int(sums.package_count[k, w]), settled[w]) for w in every], " of the agreements"
            )
            + ".",
            LEVELS,
        )
        for k in order[: min(SHOWN, many)]
    )
    return (Paragraph((lead,)), Listing(rows))


def _gains(told: Telling) -> Grid:
    """Set out who gains and who loses where an agreement stands."""
    setting, sums, rows = told.setting, told.found.sums, []
    for v, voice in enumerate(setting.voices):
        cells = []
        for w in range(len(told.worlds)):
            settled, lost = int(sums.settled_in[w].sum()), int(sums.lost[w, :, v].sum())
            mean = points(float(sums.total[w, :, v].sum()) / max(settled, 1))
            cells.append(f"{mean}; loses in {lost:,}" if settled else "no agreement")
        seat = "" if voice in setting.parties else ", without a seat"
        rows.append(told.row(f"{capital(told.names.bare(voice))}{seat}", cells, GAINS))
    caption = told.share(
        f"What every voice gains by the agreement beyond no deal, on average and in points of {POINTS}, and in how "
        "many of the draws with an agreement it loses.",
        GAINS,
    )
    return Grid(caption, ("voice", *_heads(told)), tuple(rows))
