"""What does each statement come to beside what happened, in the scores that do not hang on the other statements?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.ledger.book import AskedQuestion
from detente.ledger.entries import Quantiles
from detente.scores import (
    brier_of_choices,
    chance_of_outcome,
    crps_of_quantiles,
    density_at,
    interval_score,
    rps,
)

_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A statement on one question: a chance for each of its answers, or quantiles on its scale."""

    asked: AskedQuestion
    forecaster: str
    horizon: int
    probabilities: tuple[float, ...] = ()
    quantiles: Quantiles = ()
    weight: float = 1.0
    later: bool = False
    reference: bool = False
    computed: bool = False

    @property
    def continuous(self) -> bool:
        """Whether the question asks for a value."""
        return self.asked.question.kind == "continuous"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredRows:
    """Scores of statements, as `Columns` has them; nan where a score does not apply."""

    yes: Float[np.ndarray, "row"]
    chance: Float[np.ndarray, "row"]
    brier: Float[np.ndarray, "row"]
    rps: Float[np.ndarray, "row"]
    crps: Float[np.ndarray, "row"]
    interval: Float[np.ndarray, "row"]
    density: Float[np.ndarray, "row"]


def rows_of(rows: Sequence[Row]) -> ScoredRows:
    """Score statements, those of choices all at once and those on a scale all at once."""
    values = np.array([row.continuous for row in rows], dtype=np.bool_)
    chance, brier, ranked, yes = _spread(~values, _of_choices([row for row in rows if not row.continuous]))
    crps, interval, density = _spread(values, _of_values([row for row in rows if row.continuous]))
    return ScoredRows(yes=yes, chance=chance, brier=brier, rps=ranked, crps=crps, interval=interval, density=density)


def _spread(where: np.ndarray, scored: Sequence[Float[np.ndarray, "part"]]) -> tuple[Float[np.ndarray, "row"], ...]:
    """Put scores of some rows at their places among all."""
    every = []
    for score in scored:
        whole = np.full(where.size, np.nan)
        whole[where] = score
        every.append(whole)
    return tuple(every)


def _of_choices(rows: Sequence[Row]) -> tuple[Float[np.ndarray, "part"], ...]:
    many = np.array([len(row.probabilities) for row in rows], dtype=np.int64)
    table = np.zeros((len(rows), max([2, *many.tolist()])))
    for place, row in enumerate(rows):
        table[place, : many[place]] = row.probabilities
    held = [row.asked.resolution for row in rows]
    outcome = np.array(
        [row.asked.outcomes.index(one.outcome) for row, one in zip(rows, held, strict=True) if one is not None],
        dtype=np.int64,
    )
    binary = np.array([row.asked.question.kind == "binary" for row in rows], dtype=np.bool_)
    ordered = np.array([row.asked.question.kind == "ordered" for row in rows], dtype=np.bool_)
    ranked = np.full(len(rows), np.nan)
    ranked[ordered] = rps(table[ordered], outcome[ordered], choices=many[ordered])
    said_yes = np.where(binary, table[:, 0], np.nan)
    return chance_of_outcome(table, outcome), brier_of_choices(table, outcome), ranked, said_yes


def _of_values(rows: Sequence[Row]) -> tuple[Float[np.ndarray, "part"], ...]:
    """Score quantiles, with every scale moved to 0 to 1, so that questions in unlike units can be averaged."""
    most = max([1, *(len(row.quantiles) for row in rows)])
    share, value = np.full((len(rows), most), np.nan), np.full((len(rows), most), np.nan)
    outcome = np.zeros(len(rows))
    for place, row in enumerate(rows):
        low, high = row.asked.question.low or 0.0, row.asked.question.high or 0.0
        held = row.asked.resolution
        outcome[place] = ((held.value or 0.0) - low) / (high - low) if held is not None else np.nan
        for k, (part, at) in enumerate(row.quantiles):
            share[place, k], value[place, k] = part, (at - low) / (high - low)
    ends = np.zeros(len(rows)), np.ones(len(rows))
    return (
        crps_of_quantiles(share, value, outcome, *ends),
        _central(share, value, outcome),
        density_at(share, value, outcome, *ends),
    )


def _central(
    share: Float[np.ndarray, "part quantile"],
    value: Float[np.ndarray, "part quantile"],
    outcome: Float[np.ndarray, "part"],
) -> Float[np.ndarray, "part"]:
    """Score the widest central interval of each row: between the first quantiles whose shares add up to 1."""
    score = np.full(outcome.size, np.nan)
    pairs: dict[float, list[tuple[int, int, int]]] = {}
    for place, shares in enumerate(share):
        known = shares[~np.isnan(shares)]
        facing = np.abs(known[:, None] + known[None, :] - 1) <= _SLACK
        found = [(int(i), int(j)) for i, j in np.argwhere(facing) if i < j]
        if found:
            low, high = found[0]
            pairs.setdefault(round(float(known[high] - known[low]), 9), []).append((place, low, high))
    for held, cases in pairs.items():
        at, first, last = (np.array(part) for part in zip(*cases, strict=True))
        score[at] = interval_score(value[at, first], value[at, last], outcome[at], share=held)
    return score
