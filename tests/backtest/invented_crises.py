"""Sixty crises that never were, as records and as the table they would come in."""

import numpy as np

from detente.backtest.icb import PastCrisis


def crises() -> tuple[PastCrisis, ...]:
    """Return crises of 1920 to 1979, one a year, some of which end years later or nobody knows when."""
    rng = np.random.default_rng(5)
    return tuple(_crisis(k, rng) for k in range(60))


def _crisis(k: int, rng: np.random.Generator) -> PastCrisis:
    protracted = int(rng.integers(1, 4))
    return PastCrisis(
        number=str(k + 1),
        triggered=1920 + k,
        ended=None if k % 20 == 19 else 1920 + k + int(rng.integers(0, 3)),
        agreement=bool(rng.random() < 0.4),
        recurred=bool(rng.random() < 0.2 + 0.2 * protracted),
        mediated=bool(rng.random() < 0.3),
        protracted=protracted,
        gravity=int(rng.integers(0, 5)),
    )


def table() -> str:
    """Return them as the table of crises, with one that is not coded."""
    lines = ["crisno,crisname,yrtrig,yrterm,forout,outesr,mediate,protrac,gravcr"]
    for c in crises():
        ended = "" if c.ended is None else c.ended
        form, back, mediated = 2 if c.agreement else 4, 1 if c.recurred else 2, 4 if c.mediated else 1
        lines.append(f"{c.number},C,{c.triggered},{ended},{form},{back},{mediated},{c.protracted},{c.gravity}")
    return "\n".join([*lines, "99,C,,,,,,,"]) + "\n"
