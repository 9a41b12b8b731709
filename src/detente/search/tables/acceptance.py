"""Who accepts a package, does that carry it, and which of the carried ones is chosen?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.votes import Rule
from detente.errors import AnalysisError

CHOICES = ("nash", "egalitarian")
PER_PARTY = 1e4  # one more party that gains outweighs every sum of logarithms of gains
CLOSE = 1e-9  # logarithms closer than this are compared again as exact products


@dataclass(frozen=True, slots=True)
class Approval:
    """The parties of another table that must approve, by index, and by which rule; None: all of them."""

    parties: tuple[int, ...]
    rule: Rule | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """Whose acceptance carries a package: the first `consenting` by their rule, every ratifier, every approval."""

    consenting: int
    rule: Rule | None
    ratifiers: tuple[int, ...]
    approvals: tuple[Approval, ...]


def approval(people: Sequence[str], parties: Sequence[str], rule: Rule | None) -> Approval:
    """Say by index which parties must approve."""
    return Approval(tuple(list(people).index(p) for p in parties), rule)


def accepted(gains: Int[np.ndarray, "draw concerned package"], needed: Needed) -> Bool[np.ndarray, "draw package"]:
    """Which packages are carried, when everybody accepts what gains it no less than nothing?"""
    content = gains >= 0
    carried = _carried(content[:, : needed.consenting], needed.rule)
    carried &= content[:, list(needed.ratifiers)].all(axis=1)
    for asked in needed.approvals:
        carried &= _carried(content[:, list(asked.parties)], asked.rule)
    return carried


def _carried(content: Bool[np.ndarray, "draw party package"], rule: Rule | None) -> Bool[np.ndarray, "draw package"]:
    if rule is None:
        return np.asarray(content.all(axis=1))
    weight = np.einsum("dpk,p->dk", content.astype(np.float64), np.array(rule.weights))
    return np.asarray((weight >= rule.need) & content[:, list(rule.vetoes)].all(axis=1))


def picked(
    gains: Int[np.ndarray, "draw party package"], fine: Bool[np.ndarray, "draw package"], *, rule: str = "nash"
) -> Int[np.ndarray, " draw"]:
    """Which of the carried packages is chosen? The first of equals; -1 where none is carried.

    "nash": the greatest number of parties that gain, then the greatest product of their gains, compared as whole
    numbers. "egalitarian": the greatest least gain.

    Raises AnalysisError for an unknown rule of choice.
    """
    if rule not in CHOICES:
        raise AnalysisError(f"'{rule}' is not a rule of choice. Choose one of: {', '.join(CHOICES)}.")
    if not fine.shape[1]:
        return np.full(fine.shape[0], -1)
    if rule == "egalitarian":
        least = np.where(fine, gains.min(axis=1), np.iinfo(np.int64).min)
        return np.asarray(np.where(fine.any(axis=1), least.argmax(axis=1), -1))
    key = np.log(np.maximum(gains, 1)).sum(axis=1) + PER_PARTY * (gains > 0).sum(axis=1)
    return _greatest(np.where(fine, key, -np.inf), gains)


def _greatest(
    key: Float[np.ndarray, "draw package"], gains: Int[np.ndarray, "draw party package"]
) -> Int[np.ndarray, " draw"]:
    top = key.max(axis=1)
    number = np.where(np.isfinite(top), key.argmax(axis=1), -1)
    close = key >= np.where(np.isfinite(top), top - CLOSE, np.inf)[:, None]
    for d in np.flatnonzero(close.sum(axis=1) > 1):
        at = np.flatnonzero(close[d])
        number[d] = at[int(np.argmax(_ranked(gains[d][:, at])))]
    return np.asarray(number, dtype=np.int64)


def _ranked(gains: Int[np.ndarray, "party package"]) -> Int[np.ndarray, " package"]:
    """Rank packages whose logarithms are too close to tell: exactly, by gainers and product."""
    exact = []
    for column in gains.T.tolist():
        product = 1
        for gain in column:
            product *= gain if gain > 0 else 1
        exact.append((sum(g > 0 for g in column), product))
    order = {value: rank for rank, value in enumerate(sorted(set(exact)))}
    return np.array([order[value] for value in exact])
