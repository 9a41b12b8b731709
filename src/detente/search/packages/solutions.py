"""Which deal does each idea of a reasonable bargain choose, and how is it known that none serves the idea better?

Four ideas: Nash, Kalai-Smorodinsky, egalitarian, utilitarian. Each grows with every gain, so that its best value is
found among the undominated deals, and against these each choice is checked when they are known. A least gain may be
the same in deals of which one dominates another: then the one with the greatest product of gains is chosen, which
nothing dominates and which depends on nobody's unit.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from jaxtyping import Int

from detente.boards.deal_board import Rule
from detente.boards.results import Certificate
from detente.errors import AnalysisError
from detente.search.packages.consent import passes
from detente.search.packages.optimum import Optimum, optimum
from detente.search.packages.tally import Tally
from detente.search.packages.terms import Terms

IDEALS = ("deals", "all")
TIES = 64  # packages of equal worth that are listed
DEFINITIONS = {
    "nash": "greatest product of gains; most gainers first where not all can gain",
    "kalai_smorodinsky": "greatest least share of a party's ideal gain, over the parties that can gain",
    "egalitarian": "greatest least gain",
    "utilitarian": "greatest sum of gains",
    "carried": "carried under the table's rule by most parties, then greatest product of their gains",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The deal that one idea chooses.

    ===========  ==============  =======================================================================
    concept      -               a key of DEFINITIONS
    definition   -               what it means, in words
    found        -               whether there is a deal to choose
    package      per issue       option indices; empty where there is none
    gains        per party       basis points beyond no deal, of those that bargain; empty where none
    ratified     per ratifier    the same of those that ratify
    value        a number        exact, what the idea makes greatest; 0 where there is none
    bound        a number        what no deal exceeds
    counted      parties         whose gains make the value; whoever cannot gain is left out
    tied         a number        deals of the same value; None where they were not counted
    ties         up to 64        those deals, ascending; a least gain may be shared by dominated ones
    method       -               how it was searched
    ===========  ==============  =======================================================================
    """

    concept: str
    definition: str
    found: bool
    package: tuple[int, ...]
    gains: tuple[int, ...]
    ratified: tuple[int, ...]
    value: int | Fraction
    bound: int | Fraction
    counted: tuple[str, ...]
    tied: int | None
    ties: tuple[tuple[int, ...], ...]
    method: str
    certificate: Certificate


def ideal_gains(terms: Terms, *, ideal: str = "deals") -> tuple[int, ...]:
    """How much could each bargaining party gain at most: in any deal, or in any package that no red line excludes?

    With "deals" a party that has no deal to gain in has 0, with "all" it may have less.

    Raises AnalysisError for another ideal.
    """
    if ideal not in IDEALS:
        raise AnalysisError(f"'{ideal}' is not a way to take ideal gains. Choose one of: {', '.join(IDEALS)}.")
    must = None if ideal == "deals" else ()
    tops = [optimum(terms, "sum", over=(p,), must=must) for p in range(terms.consenting)]
    return tuple(top.gains[p] if top.found else 0 for p, top in enumerate(tops))


@dataclass(frozen=True, slots=True)
class _Idea:
    """An idea of a reasonable deal: `over` are those whose gains count, `scale` what the gains are divided by."""

    concept: str
    over: tuple[int, ...]
    scale: tuple[int, ...] = ()

    def key(self, gains: Sequence[int]) -> tuple[int, int]:
        """Return what the idea compares, in whole numbers: the greater the better."""
        own = [gains[p] for p in self.over]
        if self.concept in ("nash", "carried"):
            return sum(g > 0 for g in own), math.prod(g for g in own if g > 0)
        if self.concept == "utilitarian":
            return 0, sum(own)
        unit = math.lcm(*self.scale)
        return 0, min((g * (unit // s) for g, s in zip(own, self.scale, strict=True)), default=0)

    def value(self, gains: Sequence[int]) -> int | Fraction:
        """Return the key as it is shown; 0 where nobody's gain counts."""
        gainers, key = self.key(gains)
        if self.concept in ("nash", "carried"):
            return key if gainers else 0
        shown = Fraction(key, math.lcm(*self.scale))
        return shown.numerator if shown.denominator == 1 else shown

    def counted(self, gains: Sequence[int]) -> tuple[int, ...]:
        """Return the parties whose gains make the value."""
        return tuple(p for p in self.over if self.concept not in ("nash", "carried") or gains[p] > 0)


def solutions(
    terms: Terms,
    *,
    ideal: Sequence[int],
    frontier: Int[np.ndarray, "point party"] | None = None,
) -> tuple[Solution, ...]:
    """Choose by each of the four ideas.

    ========  ============  =============================================================================
    ideal     per party     ideal gains of the parties that bargain, basis points
    frontier  point party   gains of all undominated deals, against which each choice is checked;
                            without it a choice is checked only for being undominated
    ========  ============  =============================================================================

    >>> from detente.boards import scored
    >>> from detente.search.packages.terms import terms
    >>> board = terms(scored({"pie": [[0, 45, 80, 0, 100], [0, 90, 40, 100, 0]]}, parties=("usa", "iran")))
    >>> [s.gains for s in solutions(board, ideal=ideal_gains(board)) if s.concept == "kalai_smorodinsky"]
    [(45, 90)]
    """
    everyone = tuple(range(terms.consenting))
    able = tuple(p for p in everyone if ideal[p] > 0)
    shares = _Idea("kalai_smorodinsky", able, tuple(int(ideal[p]) for p in able))
    least = _Idea("egalitarian", everyone, (1,) * len(everyone))
    asked = (
        (_Idea("nash", everyone), optimum(terms, "nash")),
        (shares, _least(terms, shares)),
        (least, _least(terms, least)),
        (_Idea("utilitarian", everyone), optimum(terms, "sum")),
    )
    return tuple(_solution(terms, idea, best, frontier) for idea, best in asked)


def carried(terms: Terms, rule: Rule | None, tally: Tally) -> Solution:
    """Choose among the packages that a rule carries: most of those that bargain accept, then the Nash product of these.

    Of two sets of equally many acceptors the greater product decides, although products of different parties' gains
    are not alike: it is a way to name one package.
    """
    ratifiers = range(terms.consenting, len(terms.parties))
    enough = passes(rule, len(terms.parties), ratifiers=ratifiers)
    if tally.exact:
        enough &= tally.accepted_by > 0
    bits = (np.flatnonzero(enough)[:, None] >> np.arange(len(terms.parties))) & 1 == 1
    heads = bits[:, : terms.consenting].sum(axis=1)
    for most in sorted(set(heads.tolist()), reverse=True):
        found = []
        for row in bits[heads == most]:
            must = tuple(np.flatnonzero(row).tolist())
            idea = _Idea("carried", must[: int(most)])
            best = optimum(terms, "nash", over=idea.over, must=must)
            if best.found:
                found.append((idea, best))
        if found:
            idea, best = max(found, key=lambda f: (f[0].key(f[1].gains), [-o for o in f[1].package]))
            alike = [b for i, b in found if i.key(b.gains) == idea.key(best.gains)]
            return _solution(terms, idea, _together(best, alike), None)
    nobody = _Idea("carried", ())
    return _solution(terms, nobody, replace(optimum(terms, "nash"), found=False, package=(), gains=()), None)


def _together(best: Optimum, alike: Sequence[Optimum]) -> Optimum:
    """Count the packages that are as good in other sets of acceptors too: no package is in two of them."""
    counts = [one.tied for one in alike if one.tied is not None]
    if len(counts) < len(alike):
        return replace(best, tied=None, ties=())
    return replace(best, tied=sum(counts), ties=tuple(sorted(t for one in alike for t in one.ties)[:TIES]))


def _least(terms: Terms, idea: _Idea) -> Optimum:
    """Find the greatest least share, and of several such packages one that nothing dominates."""
    if not idea.over:
        return replace(optimum(terms, "nash"), value=0, bound=0)
    best = optimum(terms, "least", over=idea.over, scale=idea.scale)
    if not best.found or best.tied == 1:
        return best
    package = _best_of_ties(terms, best) if best.tied == len(best.ties) else _beyond(terms, idea, best)
    return replace(best, package=package, gains=tuple(terms.gains(package).tolist()))


def _best_of_ties(terms: Terms, best: Optimum) -> tuple[int, ...]:
    product = _Idea("nash", tuple(range(terms.consenting)))
    return max(best.ties, key=lambda package: (product.key(terms.gains(package).tolist()), [-o for o in package]))


def _beyond(terms: Terms, idea: _Idea, best: Optimum) -> tuple[int, ...]:
    """Among more deals than are listed take the product of what is gained beyond the least: undominated as well."""
    floor = terms.floor.copy()
    for p, scale in zip(idea.over, idea.scale, strict=True):
        floor[p] += math.ceil(best.value * scale)
    return optimum(replace(terms, floor=floor), "nash").package


def _solution(terms: Terms, idea: _Idea, best: Optimum, frontier: Int[np.ndarray, "point party"] | None) -> Solution:
    counted = idea.counted(best.gains) if best.found else ()
    return Solution(
        concept=idea.concept,
        definition=DEFINITIONS[idea.concept],
        found=best.found,
        package=best.package,
        gains=best.gains[: terms.consenting],
        ratified=best.gains[terms.consenting :],
        value=best.value if counted else 0,
        bound=best.bound if counted else 0,
        counted=tuple(terms.parties[p] for p in counted),
        tied=best.tied,
        ties=best.ties,
        method=best.method,
        certificate=_certificate(terms, idea, best, frontier),
    )


def _certificate(
    terms: Terms, idea: _Idea, best: Optimum, frontier: Int[np.ndarray, "point party"] | None
) -> Certificate:
    """Add up the gains anew, take the value from them, and look for a deal that is better or dominates."""
    claim = "no-deal-dominates" if frontier is None else "no-deal-is-better-or-dominates"
    if not best.found:
        return Certificate(claim=claim, checked=0, holds=frontier is None or not frontier.size)
    again = terms.gains(best.package).tolist()
    same = tuple(again) == best.gains and (not idea.counted(again) or idea.value(again) == best.value <= best.bound)
    if frontier is None:
        searched = dominating(terms, best.gains, over=idea.over)
        return Certificate(claim=claim, checked=searched.looked, holds=same and not searched.value)
    top = idea.key(again)
    better = any(idea.key(row) > top for row in frontier.tolist())
    beyond = (frontier >= again).all(axis=1) & (frontier[:, : terms.consenting] > again[: terms.consenting]).any(axis=1)
    return Certificate(claim=claim, checked=len(frontier), holds=same and not better and not bool(beyond.any()))


def dominating(terms: Terms, gains: Sequence[int], *, over: Sequence[int]) -> Optimum:
    """Find how much `over` could gain beyond a package while nobody that accepts it gets less: 0 if undominated.

    A party that the package leaves with a loss does not accept it, and is not asked.
    """
    accept = tuple(p for p, gain in enumerate(gains) if gain >= 0)
    floor = terms.floor + np.maximum(np.array(gains, dtype=np.int64), 0)
    return optimum(replace(terms, floor=floor), "sum", over=tuple(over), must=accept)
