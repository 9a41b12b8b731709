"""What does an exact search look for, and which of two packages serves it better?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.errors import AnalysisError
from detente.search.packages.terms import LARGEST, Terms

Aim: TypeAlias = Literal["nash", "least", "sum", "shortfall"]
AIMS: tuple[Aim, ...] = ("nash", "least", "sum", "shortfall")
Key: TypeAlias = tuple[int, int | Fraction]
PER_PARTY = 1e4  # one more party that gains outweighs every sum of logarithms of gains
FEWER = 1e7  # packages from which not all gain come after those from which all do


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One question put to a table's terms: the aim, whose gains it counts, and who must have how much.

    ==========  ==========  ===================================================================
    over        parties     whose gains the aim counts
    scale       per `over`  what each gain is divided by ("least")
    weights     per `over`  what each gain is multiplied by ("sum")
    must        parties     whose gain must not be below `least`
    least       per `must`  0; 1 for those who must gain
    ==========  ==========  ===================================================================
    """

    terms: Terms
    aim: Aim
    over: tuple[int, ...]
    scale: tuple[int, ...]
    weights: tuple[int, ...]
    must: tuple[int, ...]
    least: tuple[int, ...]

    @property
    def whole(self) -> bool:
        """Whether what is compared are whole numbers of basis points, and no more than a float can hold."""
        return self.aim in ("sum", "shortfall") or (self.aim == "least" and set(self.scale) <= {1})

    def key(self, gains: Sequence[int]) -> Key:
        """Return what is compared, exactly: the greater the better."""
        own = [gains[p] for p in self.over]
        if self.aim == "nash":
            return sum(g > 0 for g in own), math.prod(g for g in own if g > 0)
        if self.aim == "least":
            return 0, min((Fraction(g, s) for g, s in zip(own, self.scale, strict=True)), default=Fraction(0))
        if self.aim == "sum":
            return 0, sum(g * w for g, w in zip(own, self.weights, strict=True))
        return 0, sum(min(g, 0) for g in own)

    def shown(self, key: Key) -> int | Fraction:
        """Return the value as it is shown: a product, a least gain or share, a sum, or what lacks in all."""
        value = -key[1] if self.aim == "shortfall" else key[1]
        return int(value) if value.denominator == 1 else value

    def near(self, gains: Int[np.ndarray, "party *package"]) -> Float[np.ndarray, "*package"]:
        """Return the key of many packages, nearly: good to nine digits."""
        own = gains[list(self.over)]
        if not len(own):
            return np.zeros(gains.shape[1:])
        if self.aim == "nash":
            return _product(own)
        if self.aim == "least" and self.whole:
            return np.asarray(own.min(axis=0), dtype=np.float64)
        if self.aim == "least":
            scale = np.array(self.scale, dtype=np.float64)
            return np.asarray((own / scale.reshape(-1, *(1,) * (own.ndim - 1))).min(axis=0))
        if self.aim == "sum":
            return np.asarray(np.tensordot(self.weights, own, 1), dtype=np.float64)
        return np.asarray(np.minimum(own, 0).sum(axis=0), dtype=np.float64)

    def lacking(self, gains: Int[np.ndarray, "party *package"]) -> Int[np.ndarray, "*package"]:
        """Return by how much the parties that must have their least fall short of it in all: 0 or less."""
        own = gains[list(self.must)]
        least = np.array(self.least, dtype=np.int64).reshape(-1, *(1,) * (own.ndim - 1))
        return np.asarray(np.minimum(own - least, 0).sum(axis=0))

    def each(self, value: int | Fraction) -> dict[int, int]:
        """Return what single parties must have in every package worth at least this much, as it is compared."""
        least = dict(zip(self.must, self.least, strict=True))
        if self.aim == "least":
            own = {p: math.ceil(value * s) for p, s in zip(self.over, self.scale, strict=True)}
        elif self.aim == "shortfall":
            own = {p: math.ceil(value) for p in self.over}
        else:
            own = {}
        return {p: max(least.get(p, own.get(p, 0)), own.get(p, least.get(p, 0))) for p in {*least, *own}}

    def content(self, gains: Int[np.ndarray, "party *package"]) -> Bool[np.ndarray, "*package"]:
        """Which packages give everybody who must have it the least?"""
        fine = np.ones(gains.shape[1:], dtype=bool)
        for p, least in zip(self.must, self.least, strict=True):
            fine &= gains[p] >= least
        return fine


def _product(own: Int[np.ndarray, "party *package"]) -> Float[np.ndarray, "*package"]:
    """Return the product of gains where all gain; below zero elsewhere, in the order of gainers and their product."""
    product = np.maximum(own[0], 0).astype(np.float64)
    for gains in own[1:]:
        product *= np.maximum(gains, 0)
    if not (product == 0).any():
        return np.asarray(product)
    fewer = np.log(np.maximum(own, 1)).sum(axis=0) + PER_PARTY * (own > 0).sum(axis=0) - FEWER
    return np.asarray(np.where(product > 0, product, fewer))


def search(
    terms: Terms,
    aim: Aim,
    *,
    must: Sequence[int] | None,
    over: Sequence[int] | None,
    scale: Sequence[int] | None,
    weights: Sequence[int] | None,
) -> Search:
    """Fill in what was not said, and refuse what makes no sense."""
    everyone = tuple(range(len(terms.parties)))
    if aim not in AIMS:
        raise AnalysisError(f"'{aim}' is not an aim of a search. Choose one of: {', '.join(AIMS)}.")
    counted = _parties(terms, over, "over", everyone if aim == "shortfall" else everyone[: terms.consenting])
    free = set(counted) if aim == "shortfall" else set()
    bound = _parties(terms, must, "must", tuple(p for p in everyone if p not in free))
    if aim == "nash":  # a product of gains means nothing where two of them are losses
        bound = tuple(sorted({*bound, *counted}))
    return Search(
        terms=terms,
        aim=aim,
        over=counted,
        scale=_factors(terms, counted, scale, ("scale", 1)),
        weights=_factors(terms, counted, weights, ("weights", 0)),
        must=bound,
        least=(0,) * len(bound),
    )


def _parties(terms: Terms, given: Sequence[int] | None, what: str, default: tuple[int, ...]) -> tuple[int, ...]:
    if given is None:
        return default
    if any(not 0 <= p < len(terms.parties) for p in given) or len(set(given)) != len(given):
        raise AnalysisError(
            f"`{what}` names the parties {list(given)}, and table '{terms.deals.table}' has {len(terms.parties)} of "
            "them. Give indices from 0, each once, in the order of the board: who bargains, then who ratifies."
        )
    return tuple(int(p) for p in given)


def _factors(
    terms: Terms, over: tuple[int, ...], given: Sequence[int] | None, kind: tuple[str, int]
) -> tuple[int, ...]:
    what, least = kind
    if given is None:
        return (1,) * len(over)
    factors = tuple(int(f) for f in given)
    if len(factors) != len(over) or min(factors, default=least) < least:
        raise AnalysisError(
            f"`{what}` has {len(factors)} numbers, the least of them {min(factors, default=0)}, for the {len(over)} "
            f"parties that a search of table '{terms.deals.table}' counts. Give one whole number of at least {least} "
            "for each, and leave out of `over` a party that has none."
        )
    if terms.greatest * sum(factors) > LARGEST:
        raise AnalysisError(
            f"`{what}` of up to {max(factors):,} make sums at table '{terms.deals.table}' too large to be exact. "
            "Divide them by a common factor."
        )
    return factors
