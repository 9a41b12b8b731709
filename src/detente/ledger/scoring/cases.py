"""What does each forecaster come to on each question, in every score?"""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.ledger.columns import Columns
from detente.scores import baseline_continuous, baseline_score, peer_score
from detente.scores.chances import clipped

Score: TypeAlias = Literal["brier", "log", "baseline", "peer", "rps", "crps", "interval"]
SCORES: Final[tuple[Score, ...]] = get_args(Score)
LESS_IS_BETTER: Final[tuple[Score, ...]] = ("brier", "log", "rps", "crps", "interval")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """One case for every forecaster and question, with the means over what was said, weighted by its time.

    ==========  ==========  ==============================================================
    question    case        its place
    forecaster  case        its place
    horizon     case        days from the first thing said to the question's last day
    weight      case        above 0; over time the share of the question's open life, or 1
    later       case        how many of the statements knew more than what they stand beside
    yes         case        the chance of yes; nan where the question is no yes-or-no question
    score       score case  in the order of SCORES; nan where one does not apply
    ==========  ==========  ==============================================================
    """

    question: Int[np.ndarray, "case"]
    forecaster: Int[np.ndarray, "case"]
    horizon: Int[np.ndarray, "case"]
    weight: Float[np.ndarray, "case"]
    later: Int[np.ndarray, "case"]
    yes: Float[np.ndarray, "case"]
    score: Float[np.ndarray, "score case"]


def cases(columns: Columns, *, clip: float) -> Cases:
    """Take everything that one forecaster said of one question together, sorted by forecaster."""
    names = max(1, len(columns.questions))
    pair = columns.forecaster * names + columns.question
    found, of_row = np.unique(pair, return_inverse=True)
    of_row = of_row.reshape(-1)
    weight = np.bincount(of_row, weights=columns.weight, minlength=found.size).astype(np.float64)
    share = columns.weight / weight[of_row]
    forecaster, question = np.divmod(found, names)
    horizon = np.full(found.size, np.iinfo(np.int64).min)
    np.maximum.at(horizon, of_row, columns.horizon)
    rows = (*_of_rows(columns, clip), columns.yes)
    means = [np.bincount(of_row, weights=row * share, minlength=found.size).astype(np.float64) for row in rows]
    brier, log, baseline, rps, crps, interval, yes = means
    peer = _peer(columns, question, forecaster, log, baseline)
    return Cases(
        question=question,
        forecaster=forecaster,
        horizon=horizon,
        weight=weight,
        later=np.bincount(of_row, weights=columns.later, minlength=found.size).astype(np.int64),
        yes=yes,
        score=np.stack([brier, log, baseline, peer, rps, crps, interval]),
    )


def _of_rows(columns: Columns, clip: float) -> tuple[Float[np.ndarray, "row"], ...]:
    """Return the scores of every statement, nan where one does not apply."""
    values = np.isnan(columns.chance)
    bounded = clipped(np.where(values, 0.5, columns.chance), clip)
    with np.errstate(divide="ignore"):
        log = np.where(values, np.nan, -np.log(bounded))
    density = np.where(values, columns.density, 1.0)
    baseline = np.where(
        values,
        baseline_continuous(density, 0.0, 1.0, clip=clip),
        baseline_score(bounded, np.maximum(columns.choices, 2)[columns.question]),
    )
    return columns.brier, log, baseline, columns.rps, columns.crps, columns.interval


def _peer(
    columns: Columns,
    question: Int[np.ndarray, "case"],
    forecaster: Int[np.ndarray, "case"],
    log: Float[np.ndarray, "case"],
    baseline: Float[np.ndarray, "case"],
) -> Float[np.ndarray, "case"]:
    """Return the peer score of every case; nan without peers, and for what is worked out, which is nobody's peer."""
    peers = ~np.isin(forecaster, columns.computed)
    values = np.isnan(log)
    found = np.full(question.size, np.nan)
    for some, said in ((peers & ~values, np.exp(-log)), (peers & values, np.exp(baseline / 50))):
        found[some] = _among(columns, question[some], forecaster[some], said[some], densities=bool(values[some].any()))
    return found


def _among(
    columns: Columns,
    question: Int[np.ndarray, "part"],
    forecaster: Int[np.ndarray, "part"],
    said: Float[np.ndarray, "part"],
    *,
    densities: bool,
) -> Float[np.ndarray, "part"]:
    table = np.full((len(columns.questions), len(columns.forecasters)), np.nan)
    table[question, forecaster] = said if densities else np.minimum(said, 1.0)
    return np.asarray(peer_score(table, densities=densities)[question, forecaster])


def known(score: Float[np.ndarray, "*some"]) -> Bool[np.ndarray, "*some"]:
    """Say of which cases there is a score."""
    return np.asarray(~np.isnan(score))
