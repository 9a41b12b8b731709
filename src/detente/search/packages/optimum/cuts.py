r"""What bounds an aim from above by a sum over clusters?

Every aim is concave in the gains g and never falls when one of them rises. So there are weights w >= 0 with

    value(g) >= v  and  everybody content    implies    w . g  >=  need(v)                                       (1)

and the greatest w . g of all packages is found cluster by cluster. Weights are whole numbers, and so is `need`.

===========  ==========================================================  ================================
aim          weights                                                     need(v)
===========  ==========================================================  ================================
"sum"        k x the given weights, more for who must not lose           k v
"least"      any, with k = sum of w x scale over those counted           k v
"shortfall"  0 to k for those counted, any for who must not lose         - k x shortfall
"nash"       any above 0; geometric and arithmetic mean                  n (v x product of w) ^ (1/n)
===========  ==========================================================  ================================
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from jaxtyping import Float, Int

from detente.search.packages.optimum.aims import Search

ROOM = 1 << 61  # what a weighted sum of gains may reach
FINE = 1 << 34  # what the weights of a cut add up to, where there is room
SAFE = 1e-11  # by how much a logarithm, rounded, may lead astray


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Weights of equation (1), one per party, and the unit k."""

    weights: Int[np.ndarray, " party"]
    unit: int

    def need(self, search: Search, value: int | Fraction, *, beyond: bool = False) -> int:
        """Return what the weighted sum reaches in every package of this value or more (`beyond`: of more)."""
        if search.aim != "nash":
            if beyond and not search.whole:
                return math.floor(value * self.unit) + 1
            return math.ceil((value + beyond) * self.unit)
        count = len(search.over)
        if not count:
            return 0
        logs = math.log(max(1, value + beyond)) + sum(math.log(int(self.weights[p])) for p in search.over)
        return math.floor(count * math.exp(logs / count) * (1 - SAFE))

    def most(self, search: Search, total: int) -> int | Fraction:
        """Return what value no package exceeds whose weighted sum is no more than `total`."""
        if search.aim != "nash":
            most = Fraction(total, self.unit)
            return min(most, Fraction(0)) if search.aim == "shortfall" else most
        count = len(search.over)
        if not count or total < 0:
            return 1
        product = math.prod(int(self.weights[p]) for p in search.over)
        return Fraction(total, count) ** count / product


def cut(search: Search, weights: Float[np.ndarray, " party"]) -> Cut:
    """Round weights, in units of value per basis point, to whole numbers for which (1) still holds."""
    terms = search.terms
    size = float(weights.sum()) * terms.greatest
    if search.aim in ("sum", "shortfall"):  # the given weights are multiplied by the unit, which must stay whole
        unit = float(max(1, min(FINE, int(ROOM / 4 / max(size, 1.0)))))
    else:
        unit = min(FINE / max(float(weights.sum()), 1e-300), ROOM / 4 / max(size, 1e-300))
    whole = np.rint(np.minimum(weights * unit, ROOM / 8 / max(1, terms.greatest) / len(weights))).astype(np.int64)
    over = list(search.over)
    if search.aim == "nash":
        whole[over] = np.maximum(whole[over], 1)
        return Cut(weights=whole, unit=1)
    if search.aim == "sum":
        given = np.zeros_like(whole)
        given[over] = np.array(search.weights, dtype=np.int64) * int(unit)
        bound = np.zeros(len(whole), dtype=bool)
        bound[list(search.must)] = True
        return Cut(weights=np.where(bound, np.maximum(whole, given), given), unit=int(unit))
    if search.aim == "least":
        scale = np.array(search.scale, dtype=object)
        if not whole[over].any():
            whole[over] = 1
        return Cut(weights=whole, unit=int((whole[over].astype(object) * scale).sum()))
    free = [p for p in over if p not in search.must]
    whole[free] = np.clip(whole[free], 0, int(unit))
    return Cut(weights=whole, unit=int(unit))
