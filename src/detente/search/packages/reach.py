"""How far can one party get with the others' consent, and how much do all of them lack to a deal?

Whose consent that is depends on the rule of the table: each question is put to every set of parties that carries a
package and could spare nobody (`consent.carriers`), and the best answer is kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from jaxtyping import Int

from detente.boards.deal_board import Deals
from detente.errors import AnalysisError
from detente.search.packages.consent import by_votes, carriers, carrying, margin
from detente.search.packages.optimum import Method, Optimum, optimum
from detente.search.packages.optimum.scan import summed
from detente.search.packages.terms import Terms, terms

MOST_CARRIERS = 1000  # sets of parties that a question is put to
SCAN = 1 << 14  # packages up to which, under a rule, looking at all of them is quicker than asking set after set
LEAST = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A package, what it gains each party in basis points, who has to accept it, and what was asked for.

    `value` is the gain, the least gain, the sum or the shortfall that was asked for, `method` how it was searched, and
    `proved` whether it was added up anew and nothing is known to be worth more. Parties are those that bargain,
    then those that ratify.
    """

    package: tuple[int, ...]
    gains: tuple[int, ...]
    accept: tuple[int, ...]
    value: int
    method: str
    proved: bool


def reach(found: Terms, party: int) -> Reach | None:
    """What is the most a party can have, less than nothing included, with the consent of all it needs? None: no such.

    >>> from detente.boards import scored
    >>> board = scored({"cap": [[0, 40, 30], [0, -10, 5]]}, parties=("usa", "iran"), no_deal=[35, 0])
    >>> reach(terms(board), 0).value, reach(terms(board), 1).value
    (-5, -10)
    """
    return _best(
        found,
        [who for who in _carriers(found) if party in who],
        lambda who: optimum(found, "sum", over=(party,), must=[p for p in who if p != party]),
    )


def widest(found: Terms, *, method: Method = "auto") -> Reach | None:
    """Which package leaves the worst-off of those who must accept it most? There is a deal where that is no loss.

    >>> from detente.boards import Rule, scored
    >>> two = Rule(weights=(1.0, 1.0, 1.0), need=2.0)
    >>> best = widest(terms(scored({"cap": [[0, 4], [0, 3], [0, -9]]}, parties="abc", rule=two)))
    >>> best.value, best.accept
    (3, (0, 1))
    """
    if by_votes(found.deals) and method == "auto" and found.changes > 0 and found.size <= SCAN:
        return _widest_of_all(found)
    return _best(found, _carriers(found), lambda who: optimum(found, "least", over=who, must=(), method=method))


def _widest_of_all(found: Terms) -> Reach | None:
    """Look at every package of a small space once, and not once for each set that could carry it."""
    shape = [t.shape[1] for t in found.tables]
    options = found.decode(np.stack(np.unravel_index(np.arange(found.size), shape), axis=-1))
    gains = summed(found.tables, -found.floor)
    least = margin(found.deals, gains)
    if found.unchanged is not None:
        least[int(np.ravel_multi_index(found.unchanged, shape))] = LEAST
    value = int(least.max())
    if value == LEAST:
        return None  # nobody can carry anything
    best = np.flatnonzero(least == value)
    at = int(best[np.lexsort(options[best].T[::-1])[0]]) if best.size > 1 else int(best[0])
    package = tuple(int(o) for o in options[at])
    again = found.gains(package)
    who = next(s for s in carriers(found.deals) if min(gains[p, at] for p in s) == value)
    return Reach(
        package=package,
        gains=tuple(int(g) for g in again),
        accept=who,
        value=value,
        method="scan",
        proved=bool(margin(found.deals, again) == value),
    )


def cheapest(found: Terms) -> Reach | None:
    """Which package lacks least, summed over those who must accept it? The value is minus what is lacking."""
    return _best(found, _carriers(found), lambda who: optimum(found, "shortfall", over=who, must=()), sign=-1)


def richest(found: Terms) -> Reach | None:
    """Which package gains those who carry it most, all added up, among all the sets that could?

    Also among sets that could spare somebody, because whoever gains can pay, needed or not.
    """
    if not by_votes(found.deals):
        sets: tuple[tuple[int, ...], ...] = carriers(found.deals)
    else:
        every = np.flatnonzero(carrying(found.deals)).tolist()
        sets = _few(found, tuple(tuple(p for p in range(len(found.parties)) if m >> p & 1) for m in every))
    return _best(found, sets, lambda who: optimum(found, "sum", over=who, must=()))


def spared(found: Terms, party: int) -> bool:
    """Is there a deal that does not need this party's consent?"""
    others = [who for who in _carriers(found) if party not in who]
    asked = (optimum(found, "least", over=who, must=(), enough=0) for who in others)
    return bool(found.changes) and any(best.found and best.value >= 0 for best in asked)


def paid(deals: Deals, giver: int, taker: int) -> Reach | None:
    """What does the taker gain, before it is paid, in the package that asks the least payment of the giver?

    The giver may give away all it gains, one point of it being one of the taker's; the others lose nothing. Both
    bargain, the giver also loses nothing where the rule could do without it, and there is no deal without a payment.
    """
    sets = _carriers(terms(deals))
    found = terms(_with_purse(deals, giver, taker))
    purse = len(deals.parties)

    def ask(who: tuple[int, ...]) -> Optimum:
        others = {giver, *who} - {taker}
        return optimum(found, "sum", over=(taker,), must=[purse, *(p + (p >= purse) for p in others)])

    best = _best(found, [who for who in sets if taker in who], ask)
    return None if best is None else replace(best, gains=(*best.gains[:purse], *best.gains[purse + 1 :]))


def pinned(found: Terms, issue: int, option: int) -> Terms:
    """Keep only the packages in which one issue is settled at one level."""
    j = next(j for j, members in enumerate(found.members) if issue in members)
    stays = np.flatnonzero(found.picks[j][:, found.members[j].index(issue)] == option)
    tables, picks, now = list(found.tables), list(found.picks), list(found.now)
    tables[j], picks[j] = tables[j][:, stays], picks[j][stays]
    now[j] = next((k for k, choice in enumerate(stays.tolist()) if choice == now[j]), None)
    return replace(found, tables=tuple(tables), picks=tuple(picks), now=tuple(now))


@dataclass(frozen=True, slots=True)
class Factors:
    """For which factors on a party's scores of an issue is there a deal: up to one, from another one on, or both?

    None where there is no such side; where there is a deal whatever the factor, it is from 0 on.
    """

    up_to: Fraction | None
    from_on: Fraction | None

    @property
    def always(self) -> bool:
        """Whether there is a deal whatever the factor."""
        return self.from_on == 0

    @property
    def never(self) -> bool:
        """Whether there is none whatever the factor."""
        return self.up_to is None and self.from_on is None


ALWAYS, NEVER = Factors(None, Fraction(0)), Factors(None, None)


def factors(found: Terms, party: int, issue: int) -> Factors:
    r"""When a party cares f times as much about an issue, for which f >= 0 is there a deal that needs it?

        h_o + (f - 1) s_o >= 0      h_o the party's reach with the issue at level o, s_o its score there     (1)

    For each level that is a half-line of f, so that their union is one from 0 and one without end. `party` bargains;
    interactions are not multiplied.
    """
    up_to: Fraction | None = None
    from_on: Fraction | None = None
    for option in options(found, issue):
        best = reach(pinned(found, issue, option), party)
        if best is None:
            continue
        worth = int(found.deals.score[issue][party, option])
        if worth == 0:
            if best.value >= 0:
                return ALWAYS
            continue
        edge = 1 - Fraction(best.value, worth)
        if worth > 0:
            from_on = max(edge, Fraction(0)) if from_on is None else max(min(from_on, edge), Fraction(0))
        elif edge >= 0:
            up_to = edge if up_to is None else max(up_to, edge)
    if up_to is not None and from_on is not None and from_on <= up_to:
        return ALWAYS
    return Factors(up_to, from_on)


def options(found: Terms, issue: int) -> list[int]:
    """Which levels of an issue are kept?"""
    j = next(j for j, members in enumerate(found.members) if issue in members)
    return sorted(set(found.picks[j][:, found.members[j].index(issue)].tolist()))


def _carriers(found: Terms) -> tuple[tuple[int, ...], ...]:
    return _few(found, carriers(found.deals))


def _few(found: Terms, sets: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    if len(sets) > MOST_CARRIERS:
        raise AnalysisError(
            f"Under the rule of table '{found.deals.table}' {len(sets):,} sets of parties can carry a package, more "
            f"than the {MOST_CARRIERS:,} that are searched one by one. Merge parties that vote alike, or ask under "
            "unanimity."
        )
    return sets


def _best(
    found: Terms, sets: Iterable[tuple[int, ...]], ask: Callable[[tuple[int, ...]], Optimum], *, sign: int = 1
) -> Reach | None:
    """Ask for each set, and keep the greatest value; of equals the package with the smallest option indices."""
    if not found.changes:
        return None
    answers = [(who, answer) for who in sets if (answer := ask(who)).found]
    told = [
        Reach(
            package=a.package,
            gains=a.gains,
            accept=who,
            value=sign * int(a.value),
            method=a.method,
            proved=a.certificate.holds,
        )
        for who, a in answers
    ]
    return min(told, key=lambda r: (-r.value, r.package), default=None)


def _with_purse(deals: Deals, giver: int, taker: int) -> Deals:
    """Seat one more party that gains what two parties gain together."""
    both = [giver, taker]

    def joined(array: Int[np.ndarray, "party *rest"]) -> Int[np.ndarray, "more *rest"]:
        return np.concatenate([array, array[both].sum(axis=0, keepdims=True)])

    return replace(
        deals,
        parties=(*deals.parties, f"{deals.parties[giver]} + {deals.parties[taker]}"),
        score=tuple(joined(s) for s in deals.score),
        no_deal=joined(deals.no_deal),
        admits=tuple(np.concatenate([a, np.ones_like(a[:1])]) for a in deals.admits),
        listing_cost=joined(deals.listing_cost),
        interactions=tuple(replace(cross, score=joined(cross.score)) for cross in deals.interactions),
        rule=None,
    )
