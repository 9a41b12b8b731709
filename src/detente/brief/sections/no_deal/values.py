"""What does each party have without a deal?"""

import numpy as np

from detente.brief.document import Block, Grid, Sentence
from detente.brief.sections.no_deal.telling import Telling
from detente.figures.text import gain

HINT = "Ask for deals against these with --no-deal computed."


def blocks(told: Telling, *, hint: str = HINT) -> tuple[Block, ...]:
    """Show the computed values, world by world; `hint` says how they are used."""
    values = told.found.values
    if values is None or not values.worlds:
        return ()
    how = "payoffs of each crisis weighed by its equilibria, dyads added up"
    caption = told.say(
        "What each has without a deal, in points beside today: the mean over draws and equilibria, and from the worst "
        f"to the best of them. {hint}".rstrip(),
        how,
    )
    rows = []
    for p, party in enumerate(values.parties):
        cells = [Sentence(told.names.party(party), (told.register.derive(how, *told.grounds()),), "assumed")]
        for w, _ in enumerate(values.worlds):
            mean, low, high = (
                np.nanmean(values.mean[w, :, p]),
                np.nanmin(values.low[w, :, p]),
                np.nanmax(values.high[w, :, p]),
            )
            cells.append(told.say(f"{gain(float(mean))} ({gain(float(low))} to {gain(float(high))})", how, "assumed"))
        rows.append(tuple(cells))
    return (Grid(caption, ("party", *values.worlds), tuple(rows)),)
