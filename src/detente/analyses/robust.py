r"""What stands over all draws of the inputs: is there a deal, who blocks, which package holds up?

Every draw of the inputs is a case of its own. With g_p(k) what party p gains in package k, in a draw d

    deal_d(k)   = [ k is admissible and carried by { p : g_p(k) >= 0 } ]                                            (1)
    blocks_d(S) = [ no package is carried when S insist on g_p(k) >= 0 and all others give way ], no smaller S does (2)

and what is told are sums over draws: the share in which there is a deal, in which a party stands alone against all
that the others accept, in which a set S is a minimal blocking coalition, in which each package is a deal, in which the
choice takes a level. A party stands alone exactly where it is in every minimal blocking coalition. Under unanimity a
package is carried by everybody, a red line is a refusal of its party, and the choice is the Nash choice. Under another
rule of the table red lines bind, also those of whoever is outvoted, refusals are of values alone, and the choice is
what most of those who bargain accept, then the greatest product of their gains.

Source: robustness of a decision across states is Rosenhead, Elton and Gupta (1972), "Robustness and optimality as
criteria for strategic decisions", Operational Research Quarterly 23(4); blocking sets are the hitting sets of Reiter
(1987). A share of draws is a share of the model's draws: it says how much of the entered and assumed ranges an answer
covers, and is no probability of an event.

Draws that are made in parts are counted part by part and merged, in whatever order:

>>> from detente.boards import scored
>>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
>>> twice = merge(counts(board), counts(board))
>>> summary(board, twice).draws, summary(board, twice).deal_share
(2, 1.0)
"""

import functools
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float, Int

from detente.boards.deal_board import Deals
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.packages.choice import Choice, choose
from detente.search.packages.consent import by_votes, carried, carriers
from detente.search.packages.sets import by_at_least, minimal_blocking
from detente.search.packages.space import Space, admissible_count, space
from detente.search.packages.stakes import stakes
from detente.search.packages.worth import in_draws

LIMIT = 5_000_000_000  # packages x draws that are looked at
PACKAGES = 5_000_000  # packages whose shares are kept
HELD = 1 << 22  # sets of parties x draws held at a time
AT = (0.05, 0.25, 0.5, 0.75, 0.95)
RECOUNTED = 200_000  # packages x draws that the certificate looks at again
CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Coalition:
    """Parties that stand together against every package, none of them dispensable, and in how many draws."""

    parties: tuple[str, ...]
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How a package fares over the draws: option indices, one per issue, and shares of draws.

    `share` is where it is a deal; `accepted` where each of `needed` accepts it; `least` the least of those.
    """

    package: tuple[int, ...]
    count: int
    share: float
    accepted: tuple[float, ...]
    least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Robust:
    """What stands over the draws. All shares are of the model's draws, 0 to 1.

    ================  ====================  ==================================================================
    needed            per party             whose acceptance is needed: who consents, then who ratifies
    draws             a number              how many cases were looked at
    deal_share        a number              in which there is a deal
    everybody_share   a number              in which everybody accepts some package, whatever the rule
    empty_share       a number              in which the agenda leaves no package at all, red lines aside
    alone_share       needed                in which it refuses all that the others accept, and they accept something
    involved_share    needed                in which it is in some minimal blocking coalition
    coalitions        most frequent first   the minimal blocking coalitions; a draw may have several
    packages          greatest share first  the packages that are a deal in the most draws
    maximin           -                     the package whose worst-off party accepts it in the most draws
    chosen_share      per issue: option     of the draws with a deal, in which the choice takes the level
    at                quantile              which quantiles of the gains are told
    gains             quantile party        gain at the choice over the draws with a deal, basis points
    mean_gain         party                 its mean over those draws
    ================  ====================  ==================================================================

    `gains` has no rows and `mean_gain` and `chosen_share` are 0 where no draw has a deal.
    """

    table: str
    parties: tuple[str, ...]
    needed: tuple[str, ...]
    issues: tuple[str, ...]
    levels: tuple[Float[np.ndarray, " _option"], ...]
    draws: int
    deal_share: float
    everybody_share: float
    empty_share: float
    alone_share: Float[np.ndarray, " needed"]
    involved_share: Float[np.ndarray, " needed"]
    coalitions: tuple[Coalition, ...]
    packages: tuple[Standing, ...]
    maximin: Standing | None
    chosen_share: tuple[Float[np.ndarray, " _option"], ...]
    at: tuple[float, ...]
    gains: Int[np.ndarray, "quantile party"]
    mean_gain: Float[np.ndarray, " party"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Sums over draws, from which the shares are formed; those of two sets of draws can be merged.

    ==============  =======================  ==============================================================
    kept            per issue                option indices of the packages counted
    draws           a number                 cases
    deal            a number                 cases with a deal
    everybody       a number                 cases in which everybody accepts a package
    empty           a number                 cases without a package on the agenda
    alone           needed                   cases in which it alone refuses
    involved        needed                   cases in which it is in a minimal blocking coalition
    blocking        set                      cases in which this set of parties is one
    accepted        everyone, then per issue cases in which a package is accepted: by each; is a deal
    chosen          per issue: option        cases with a deal whose choice takes the level
    gained          per party: values, cases each gain at the choice, ascending, and in how many cases
    rechecked       a number                 cases counted again by the plain method
    agreed          -                        and whether it said the same
    ==============  =======================  ==============================================================
    """

    kept: tuple[Int[np.ndarray, " _kept"], ...]
    draws: int
    deal: int
    everybody: int
    empty: int
    alone: Int[np.ndarray, " needed"]
    involved: Int[np.ndarray, " needed"]
    blocking: Int[np.ndarray, " set"]
    accepted: Int[np.ndarray, "everyone *_issue"]
    chosen: tuple[Int[np.ndarray, " _option"], ...]
    gained: tuple[Int[np.ndarray, "2 _value"], ...]
    rechecked: int
    agreed: bool


def robust(deals: Deals, *, keep: int = 10, limit: int = LIMIT) -> Robust:
    """Count over the draws of a board what stands: deals, blockers, packages, choices. One case counts as one draw.

    `keep` says how many packages are told.

    Raises AnalysisError where there are more packages x draws than `limit`, more packages than 5 million, where the
    acceptance of more than 12 parties is needed, and for a `keep` below 1.

    >>> from detente.boards import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> found = robust(board)
    >>> found.deal_share, found.packages[0].package, found.certificate.holds
    (1.0, (1, 1), True)
    """
    if keep < 1:
        raise AnalysisError(f"{keep} packages were asked for. Ask for at least 1.")
    return summary(deals, counts(deals, limit=limit), keep=keep)


def counts(deals: Deals, *, limit: int = LIMIT) -> Counts:
    """Sum up over the draws of a board, part after part; raises AnalysisError as `robust` does."""
    laid, held = space(deals, red_lines=False), stakes(deals)
    if laid.size > PACKAGES:
        raise AnalysisError(
            f"Table '{deals.table}' has {laid.size:,} packages, more than the {PACKAGES:,} whose shares are kept. "
            "Take levels or issues off the agenda."
        )
    if laid.size * held.draws > limit:
        raise AnalysisError(
            f"Table '{deals.table}' has {laid.size:,} packages in {held.draws:,} draws, more than the {limit:,} that "
            "are looked at. Take levels or issues off, or ask for fewer draws."
        )
    step = max(1, HELD >> len(held.parties))
    if held.draws <= step:
        return _part(laid)
    rows = (np.arange(at, min(at + step, held.draws)) for at in range(0, held.draws, step))
    return functools.reduce(merge, (_part(replace(laid, deals=in_draws(deals, r))) for r in rows))


def merge(first: Counts, second: Counts) -> Counts:
    """Add the sums of two sets of draws of one table with one agenda; in whatever order, the sums are the same."""
    kept = tuple(np.union1d(a, b) for a, b in zip(first.kept, second.kept, strict=True))
    return Counts(
        kept=kept,
        draws=first.draws + second.draws,
        deal=first.deal + second.deal,
        everybody=first.everybody + second.everybody,
        empty=first.empty + second.empty,
        alone=first.alone + second.alone,
        involved=first.involved + second.involved,
        blocking=first.blocking + second.blocking,
        accepted=_spread(first, kept) + _spread(second, kept),
        chosen=tuple(a + b for a, b in zip(first.chosen, second.chosen, strict=True)),
        gained=tuple(_histogram(np.hstack([a, b])) for a, b in zip(first.gained, second.gained, strict=True)),
        rechecked=first.rechecked + second.rechecked,
        agreed=first.agreed and second.agreed,
    )


def _spread(counted: Counts, kept: tuple[Int[np.ndarray, " _kept"], ...]) -> Int[np.ndarray, "everyone *_issue"]:
    """Lay counts out over more levels; a level that was not kept was accepted in no draw."""
    wide = np.zeros((len(counted.accepted), *(k.size for k in kept)), dtype=np.int64)
    at = [np.searchsorted(k, own) for k, own in zip(kept, counted.kept, strict=True)]
    wide[np.ix_(np.arange(len(wide)), *at)] = counted.accepted
    return wide


def _histogram(pairs: Int[np.ndarray, "2 _value"]) -> Int[np.ndarray, "2 _distinct"]:
    """Add up the counts of equal values."""
    values, which = np.unique(pairs[0], return_inverse=True)
    total = np.zeros(values.size, dtype=np.int64)
    np.add.at(total, which.reshape(-1), pairs[1])
    return np.stack([values, total])


def _part(laid: Space) -> Counts:
    deals = laid.deals
    choice = choose(laid, limit=LIMIT, reach=False, sets=True, shares=True)
    parties = len(choice.needed)
    by = choice.accepted_by.reshape(-1, 1 << parties).T
    at_least = by_at_least(by)
    leaves = _left_by(at_least, deals)
    minimal = minimal_blocking(leaves)
    members = (np.arange(1 << parties)[:, None] >> np.arange(parties)) & 1 == 1
    everybody = (1 << parties) - 1
    deal = leaves[everybody] > 0
    alone = [~deal & (leaves[everybody ^ (1 << p)] > 0) for p in range(parties)]
    found = choice.chosen.reshape(-1, len(deals.issues))[deal]
    gains = choice.gains.reshape(-1, len(deals.parties))[deal]
    rechecked, agreed = _recount(laid, choice)
    return Counts(
        kept=laid.kept,
        draws=int(deal.size),
        deal=int(deal.sum()),
        everybody=int((at_least[everybody] > 0).sum()),
        empty=int((admissible_count(deals, red_lines=False) == 0).sum()),
        alone=np.array([int(a.sum()) for a in alone], dtype=np.int64),
        involved=np.array([int(minimal[members[:, p]].any(axis=0).sum()) for p in range(parties)], dtype=np.int64),
        blocking=minimal.sum(axis=1).astype(np.int64),
        accepted=choice.accepted_in.reshape(parties + 1, *(k.size for k in laid.kept)),
        chosen=tuple(np.bincount(found[:, i], minlength=at.size) for i, at in enumerate(deals.levels)),
        gained=tuple(_histogram(np.stack([g, np.ones_like(g)])) for g in gains.T),
        rechecked=rechecked,
        agreed=agreed,
    )


def _left_by(at_least: Int[np.ndarray, "set draw"], deals: Deals) -> Int[np.ndarray, "set draw"]:
    """Count, per set of parties that insist, packages that are carried when all others give way: 0 where there is none.

    A carrying set needs of those that insist only its own members; of several such sets the greatest count is told.
    """
    if not by_votes(deals):
        return at_least
    insist = np.arange(len(at_least))
    masks = [sum(1 << p for p in who) for who in carriers(deals)]
    return np.max([at_least[insist & mask] for mask in masks], axis=0) if masks else np.zeros_like(at_least)


def _recount(laid: Space, choice: Choice) -> tuple[int, bool]:
    """Count some draws again, package by package in whole numbers, and look for a greater product than was chosen."""
    held = stakes(laid.deals)
    count = max(1, min(held.draws, 8, RECOUNTED // max(1, laid.size)))
    numbers = np.arange(laid.size)
    packages = laid.decode(numbers)
    agreed = True
    for draw in np.linspace(0, held.draws - 1, count).astype(int).tolist():
        gains = held.gains(np.full(laid.size, draw), packages)
        fine = numbers != (-1 if laid.unchanged is None else laid.unchanged)
        within = np.ones(gains.shape, dtype=bool)
        for i, option in enumerate(packages.T):
            fine &= laid.deals.open[i].reshape(held.draws, -1)[draw][option]
            within &= held.admits[i][draw][:, option].T
        if by_votes(laid.deals):
            fine &= within.all(axis=1)
        sets = (within & (gains >= 0))[fine] @ (1 << np.arange(len(held.parties)))
        by = np.bincount(sets, minlength=1 << len(held.parties))
        agreed &= bool((by == choice.accepted_by.reshape(held.draws, -1)[draw]).all())
        deal = fine & within.all(axis=1) & carried(laid.deals, gains)
        agreed &= _is_greatest(choice.gains.reshape(held.draws, -1)[draw], gains[deal][:, : held.bargaining])
    return count, agreed


def _is_greatest(chosen: Int[np.ndarray, " party"], deals: Int[np.ndarray, "deal party"]) -> bool:
    if not len(deals):
        return not chosen.any()
    every = np.concatenate([chosen[None], deals])
    worth = np.log(np.maximum(every, 1)).sum(axis=1)
    rank = (every >= 0).sum(axis=1) * len(chosen) * 2 + (every > 0).sum(axis=1)  # who accepts, then who gains
    rivals = worth[rank == rank.max()]
    return bool(rank[0] == rank.max() and worth[0] >= rivals.max() - CLOSE and (deals == chosen).all(axis=1).any())


def summary(deals: Deals, counted: Counts, *, keep: int = 10) -> Robust:
    """Turn sums over draws into shares; of the board only names and levels are read."""
    needed, draws = stakes(deals).parties, counted.draws
    order = np.lexsort((np.arange(counted.blocking.size), -counted.blocking))
    sets = [int(s) for s in order if counted.blocking[s] and s]
    flat = counted.accepted.reshape(len(needed) + 1, -1)
    best = np.argsort(-flat[-1], kind="stable")[:keep]
    least = flat[:-1].min(axis=0)
    top = int(np.lexsort((np.arange(least.size), -flat[-1], -least))[0]) if least.size else 0
    return Robust(
        table=deals.table,
        parties=deals.parties,
        needed=needed,
        issues=deals.issues,
        levels=deals.levels,
        draws=draws,
        deal_share=counted.deal / draws,
        everybody_share=counted.everybody / draws,
        empty_share=counted.empty / draws,
        alone_share=counted.alone / draws,
        involved_share=counted.involved / draws,
        coalitions=tuple(_coalition(needed, s, int(counted.blocking[s]), draws) for s in sets),
        packages=tuple(_standing(counted, int(k)) for k in best if flat[-1, k]),
        maximin=_standing(counted, top) if least.size and least[top] else None,
        chosen_share=tuple(c / max(1, counted.deal) for c in counted.chosen),
        at=AT,
        gains=_quantiles(counted),
        mean_gain=np.array([float((g[0] * g[1]).sum()) / max(1, counted.deal) for g in counted.gained]),
        method="enumeration",
        parameters={"no_deal": deals.no_deal_kind, "packages": flat.shape[1], "keep": keep},
        certificate=Certificate(
            claim="draws-counted-again-say-the-same", checked=counted.rechecked, holds=counted.agreed
        ),
    )


def _coalition(needed: tuple[str, ...], members: int, count: int, draws: int) -> Coalition:
    parties = tuple(p for k, p in enumerate(needed) if members >> k & 1)
    return Coalition(parties=parties, count=count, share=count / draws)


def _standing(counted: Counts, number: int) -> Standing:
    digits = [int(d) for d in np.unravel_index(number, counted.accepted.shape[1:])]
    accepted = [int(a) for a in counted.accepted.reshape(len(counted.accepted), -1)[:, number]]
    return Standing(
        package=tuple(int(k[d]) for k, d in zip(counted.kept, digits, strict=True)),
        count=accepted[-1],
        share=accepted[-1] / counted.draws,
        accepted=tuple(a / counted.draws for a in accepted[:-1]),
        least=min(accepted[:-1]) / counted.draws,
    )


def _quantiles(counted: Counts) -> Int[np.ndarray, "quantile party"]:
    """Return the least gain that at least this share of the draws with a deal does not exceed, per party."""
    if not counted.deal:
        return np.zeros((0, len(counted.gained)), dtype=np.int64)
    needed = np.ceil(np.array(AT) * counted.deal)
    return np.stack([g[0][np.searchsorted(np.cumsum(g[1]), needed)] for g in counted.gained], axis=1)
