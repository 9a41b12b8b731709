"""Past cases of one kind: how each ended, and what is taken to bear on what which outcome was worth to whom?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from detente.errors import BoardError


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Cases as arrays: a utility is its `fixed` part plus its regressors times coefficients that are looked for.

    ==========  ====================  =====================================================
    counts      case x outcome        how often a case ended so: one 1 and else 0, or more
    labels      utility: regressor    what its regressors are called; none where it is fixed
    regressor   utility: case x regressor
    fixed       case x utility        what is not looked for
    ==========  ====================  =====================================================

    Coefficients stand in the order of the utilities, and within one in that of its regressors.
    """

    table: str
    outcomes: tuple[str, ...]
    utilities: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    counts: Int[np.ndarray, "case outcome"]
    regressor: tuple[Float[np.ndarray, "case _regressor"], ...]
    fixed: Float[np.ndarray, "case utility"]

    @property
    def names(self) -> tuple[str, ...]:
        """What the coefficients are called, in order."""
        return tuple(f"{u}: {r}" for u, labels in zip(self.utilities, self.labels, strict=True) for r in labels)

    def worth(self, coefficients: Float[np.ndarray, " coefficient"]) -> Float[np.ndarray, "case utility"]:
        """What every utility comes to in every case."""
        found, at = self.fixed.copy(), 0
        for u, x in enumerate(self.regressor):
            found[:, u] += x @ coefficients[at : at + x.shape[1]]
            at += x.shape[1]
        return found

    def gradient(self, by_worth: Float[np.ndarray, "case utility"]) -> Float[np.ndarray, " coefficient"]:
        """Turn derivatives by the utilities into derivatives by the coefficients, summed over cases."""
        return np.concatenate([x.T @ by_worth[:, u] for u, x in enumerate(self.regressor)])


def cases(
    outcomes: Sequence[str],
    counts: np.ndarray,
    terms: Mapping[str, Mapping[str, np.ndarray | float]],
    *,
    fixed: Mapping[str, float] | None = None,
    table: str = "cases",
) -> Cases:
    """Set out cases; `terms` names for every utility its regressors: a column, or one number for a constant.

    A utility in `fixed` counts so much besides; one in neither is not there.

    Raises BoardError for columns of another length, missing numbers, a case without an outcome, regressors that are
    sums of one another, or no coefficient at all to look for.

    >>> board = cases(("calm", "war"), np.array([[1, 0], [0, 1]]), {"war": {"const": 1, "power": np.array([0.2, 0.9])}})
    >>> board.names
    ('war: const', 'war: power')
    """
    counts = np.asarray(counts)
    fits = counts.ndim == 2 and counts.shape[1] == len(outcomes)
    if not fits or not (counts.sum(axis=1) > 0).all() or (counts < 0).any():
        raise BoardError(f"Some case of '{table}' has no count for any of {', '.join(outcomes)}. Drop it.")
    given = dict(fixed or {})
    utilities = tuple(dict.fromkeys([*terms, *given]))
    columns = [_columns(terms.get(u, {}), len(counts), f"'{u}' of '{table}'") for u in utilities]
    offset = np.tile([float(given.get(u, 0.0)) for u in utilities], (len(counts), 1)).reshape(len(counts), -1)
    return Cases(
        table=table,
        outcomes=tuple(outcomes),
        utilities=utilities,
        labels=tuple(tuple(terms.get(u, {})) for u in utilities),
        counts=counts.astype(np.int64),
        regressor=tuple(columns),
        fixed=offset,
    )


def _columns(terms: Mapping[str, np.ndarray | float], count: int, where: str) -> Float[np.ndarray, "case regressor"]:
    wrong = [name for name, column in terms.items() if np.ndim(column) and np.shape(column) != (count,)]
    if wrong:
        raise BoardError(f"The column '{wrong[0]}' of {where} does not have {count} numbers. Give one per case.")
    found = np.zeros((count, len(terms)))
    for k, column in enumerate(terms.values()):
        found[:, k] = column
    if not np.isfinite(found).all():
        raise BoardError(f"A number of {where} is missing. Drop the cases that lack it.")
    if len(terms) and np.linalg.matrix_rank(found) < len(terms):
        raise BoardError(f"A column of {where} is a sum of others, so that their parts cannot be told. Drop one.")
    return found
