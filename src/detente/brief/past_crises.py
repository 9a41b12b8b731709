"""How do reference classes compare with the base rate on past crises, and what does that show?"""

from collections.abc import Iterator
from textwrap import fill

from detente.backtest.icb import BASE, BLOCK, CLASS, FIRST, WAIT, CrisisBacktest, Scores, Tried
from detente.scores import Estimate

WIDEST = 100
_HEADS = ("", "Brier", "less base rate", "", "log loss", "less base rate", "")
_SCOPE = (
    "Each crisis is forecast from those before it, by how often they had the event: all of them (the base rate), or "
    "those of its kind, shrunk towards all (classes: by protracted conflict, then by gravity). The codes are given by "
    "experts in hindsight, and mediation is coded during the crisis: what classes gain here is the most they can gain."
)
_READINGS = {
    "observed": "counted in crises of which that had been seen: they ended {when}",
    "triggered": f"blocks of {BLOCK} years, counted in every crisis triggered before its block. This looks ahead: some "
    "of them had not ended. It is the protocol by which such scores are told",
}
_SEEN = {"agreement": "in an earlier year", "recurrence": f"more than {WAIT} years before"}
_EVENTS = {"agreement": "ends in agreement", "recurrence": "comes back within five years"}


def told(found: CrisisBacktest) -> str:
    """Write a backtest of reference classes down for a terminal."""
    years = [one.triggered for one in found.tested]
    head = (
        f"{len(found.tested)} crises triggered {min(years)} to {max(years)}, of {len(found.crises)} since "
        f"{found.crises[0].triggered}."
    )
    parts = [head, _SCOPE, *(_table(found, one) for one in found.tried), *_notes(found)]
    return "\n\n".join(part if "\n" in part else fill(part, WIDEST) for part in parts) + "\n"


def _table(found: CrisisBacktest, tried: Tried) -> str:
    reading = _READINGS[tried.reading].format(when=_SEEN[tried.target])
    about = f"{_EVENTS[tried.target]}, {tried.happened} of {len(found.tested)}; {reading}"
    rows = [_HEADS, *(_row(scores) for scores in tried.scores)]
    widths = [max(len(row[k]) for row in rows) for k in range(len(_HEADS))]
    lines = [" ".join(_aligned(row, widths)).rstrip() for row in rows]
    return "\n".join([fill(f"A crisis {about}.", WIDEST), *lines])


def _aligned(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    yield f"{row[0]:<{widths[0]}}"
    yield from (f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))


def _row(scores: Scores) -> tuple[str, ...]:
    brier = (f"{scores.brier.value:.4f}", *_gain(scores.brier_gain))
    return (scores.name, *brier, f"{scores.log_loss.value:.4f}", *_gain(scores.log_gain))


def _gain(gain: Estimate | None) -> tuple[str, str]:
    return ("", "") if gain is None else (f"{gain.value:+.4f}", f"[{gain.low:+.4f}, {gain.high:+.4f}]")


def _notes(found: CrisisBacktest) -> Iterator[str]:
    yield (
        f"Less is better. In brackets 95 % intervals of the difference to the base rate, crisis by crisis, from "
        f"{found.draws:,} draws of whole blocks of {BLOCK} years ({found.blocks} blocks from {FIRST} on; with so few "
        f"they are somewhat narrow), seed {found.seed}. A difference whose interval holds 0 may be none."
    )
    unsure = [t.target for t in found.tried if (gain := t.of(CLASS).brier_gain) is not None and gain.holds(0.0)]
    for target in dict.fromkeys(unsure):
        yield f"Classes are not shown to be better than the {BASE} at saying that a crisis {_EVENTS[target]}."
    yield (
        f"Classes and model: the model of talks needs positions and demands, which none of these crises has. It was "
        f"tried on {found.model_cases} of them and has earned a weight of {found.model_weight:g}, so that classes and "
        "model are the classes alone."
    )
