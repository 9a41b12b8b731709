"""Which package serves an aim best, and how is it known that none serves it better?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from importlib import import_module
from itertools import combinations
from typing import Literal, TypeAlias

import numpy as np

from detente.boards.results import Certificate
from detente.errors import AnalysisError
from detente.search.packages.optimum.aims import Aim, Search, search
from detente.search.packages.optimum.prove import Proof, Solve, proved
from detente.search.packages.optimum.scan import best_of, scanned
from detente.search.packages.terms import Terms

Method: TypeAlias = Literal["auto", "scan", "fold", "halves", "milp"]
METHODS: tuple[Method, ...] = ("auto", "scan", "fold", "halves", "milp")
SCAN = 1 << 14  # packages up to which looking at all of them is quicker than ruling them out
SCANNED = 1 << 31  # packages that are scanned at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """The package that serves an aim best.

    ========  ==============  ==========================================================================
    found     yes or no       whether some package leaves nobody who must not lose with less than nothing
    package   per issue       option indices; empty where none is found. Of several of that value the one with the
                              smallest indices; where `tied` is None any of them, another method may find another
    gains     per party       basis points beyond no deal; empty where none is found
    value     a number        exact; 0 where none is found
    bound     a number        what no package can exceed ("shortfall": undercut)
    method    -               how it was searched: "scan", "fold", "halves" or "milp"
    looked    a number        packages, or sums over some clusters, that were looked at
    tied      a number        packages of that value; None where they were not counted
    ties      up to 64        those packages, ascending
    ========  ==============  ==========================================================================
    """

    aim: Aim
    found: bool
    package: tuple[int, ...]
    gains: tuple[int, ...]
    value: int | Fraction
    bound: int | Fraction
    method: str
    looked: int
    tied: int | None
    ties: tuple[tuple[int, ...], ...]
    certificate: Certificate


def optimum(  # noqa: PLR0913 - one question with its few switches, each of which has a default
    terms: Terms,
    aim: Aim,
    *,
    must: Sequence[int] | None = None,
    over: Sequence[int] | None = None,
    scale: Sequence[int] | None = None,
    weights: Sequence[int] | None = None,
    enough: int | None = None,
    method: Method = "auto",
) -> Optimum:
    """Find the package that serves an aim best among those that change something.

    ===========  ========================================================================================
    "nash"       greatest product of the gains of `over`; where not all can gain, most gainers come first
    "least"      greatest least gain / scale over `over`
    "sum"        greatest sum of weight x gain over `over`
    "shortfall"  least sum over `over` of what each lacks to nothing
    ===========  ========================================================================================

    `over` are the parties that bargain, or for "shortfall" all; `must` all the parties ("shortfall": all but `over`;
    "nash": those of `over` in any case). Parties are indices. With `enough` the search may stop as soon as a value at
    least (shortfall: at most) as good is found, or is known to be impossible; `bound` then says what is known.

    Raises AnalysisError for an unknown aim, method or party, for factors that are not whole numbers of the right
    sign, and where the method cannot hold what it must.

    >>> from detente.boards import scored
    >>> from detente.search.packages.terms import terms
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> best = optimum(terms(board), "nash")
    >>> best.package, best.gains, best.value
    ((1, 1), (20, 50), 1000)
    """
    asked = search(terms, aim, must=must, over=over, scale=scale, weights=weights)
    if method not in METHODS:
        raise AnalysisError(f"'{method}' is not a method of a search. Choose one of: {', '.join(METHODS)}.")
    if method == "scan" or (method == "auto" and terms.size <= SCAN) or not terms.changes:
        return _answer(asked, _scan(asked), "scan", None)
    goal = None if enough is None else -enough if aim == "shortfall" else enough
    if not asked.over or (aim == "sum" and not any(asked.weights)):
        goal = 0  # every package is worth the same: any will do
    solve = _solver(method)
    found = _nash(asked, solve, goal) if aim == "nash" else solve(asked, goal)
    return _answer(asked, found, "fold" if method == "auto" else method, goal)


def _scan(asked: Search) -> Proof:
    terms = asked.terms
    if terms.size > SCANNED:
        raise AnalysisError(
            f"Table '{terms.deals.table}' has {terms.size:,} packages, more than the {SCANNED:,} that are scanned. "
            "Ask for method 'auto' or 'fold', which need not look at all of them."
        )
    choices = scanned(asked) if terms.changes else np.zeros((0, len(terms.tables)), dtype=np.int64)
    return Proof(held=None, choices=choices, counted=True, bound=None, looked=terms.changes, stopped=False)


def _solver(method: Method) -> Solve:
    if method == "milp":  # by name, because the solver takes longer to load than most questions to answer
        found: Solve = import_module("detente.search.packages.optimum.milp").milped
        return found
    return partial(proved, method=method)


def _nash(asked: Search, solve: Solve, goal: int | None) -> Proof:
    """Find the greatest product over the most parties that can gain at once."""
    proof = solve(_gaining(asked, asked.over), goal)
    if proof.held is not None:
        return proof
    if solve(_gaining(asked, ()), 0).held is None:
        return proof
    able = [p for p in asked.over if solve(_gaining(asked, (p,)), 0).held is not None]
    for count in range(min(len(able), len(asked.over) - 1), -1, -1):
        proofs = [solve(_gaining(asked, who), goal if count else 0) for who in combinations(able, count)]
        some = [p for p in proofs if p.held is not None]
        if some:
            best = max(some, key=lambda p: p.held.key[1] if p.held is not None else 0)
            return replace(
                best,
                choices=np.concatenate([p.choices for p in some]),
                counted=all(p.counted for p in some),
                looked=proof.looked + sum(p.looked for p in proofs),
                bound=None,
            )
    return proof


def _gaining(asked: Search, who: tuple[int, ...]) -> Search:
    """Return the same search over some parties, all of whom must gain."""
    ones = (1,) * len(who)
    return replace(asked, over=who, scale=ones, weights=ones, least=tuple(int(p in who) for p in asked.must))


def _answer(asked: Search, proof: Proof, method: str, goal: int | None) -> Optimum:
    terms = asked.terms
    choices = proof.choices
    if proof.held is not None:
        choices = np.unique(np.concatenate([choices, [proof.held.choices]]), axis=0)
    best = best_of(asked, choices)
    if best is None:
        zero = Certificate(claim="no-package-is-content", checked=terms.changes, holds=True)
        return Optimum(
            aim=asked.aim, found=False, package=(), gains=(), value=0, bound=0, method=method, looked=proof.looked,
            tied=0, ties=(), certificate=zero,
        )  # fmt: skip
    again = terms.gains(best.package)
    holds = asked.key(again.tolist()) == best.key and bool(asked.content(again))
    bound = _bound(proof, best.key[1], goal)
    counted = proof.counted and not proof.stopped and (goal is None or best.key[1] >= goal)
    return Optimum(
        aim=asked.aim,
        found=True,
        package=best.package,
        gains=best.gains,
        value=asked.shown(best.key),
        bound=asked.shown((0, bound)),
        method=method,
        looked=proof.looked,
        tied=best.tied if counted else None,
        ties=best.ties if counted else (),
        certificate=Certificate(
            claim="no-package-is-worth-more",
            checked=terms.changes,
            holds=holds and bound >= best.key[1] and (proof.bound is None or proof.bound >= best.key[1]),
        ),
    )


def _bound(proof: Proof, value: int | Fraction, goal: int | None) -> int | Fraction:
    """Return what is proved that no package exceeds: the value found, where the search went to its end."""
    if goal is None or (value >= goal and not proof.stopped):
        return value
    if value >= goal:
        return value if proof.bound is None else max(value, proof.bound)
    return Fraction(goal) if proof.bound is None else max(value, min(proof.bound, Fraction(goal)))
