r"""What does each partner of a hub get, when the hub bargains with all of them at once?

    Nash in Nash     t_i = share * ( v(N) - v(N \ i) )          each table given that all the others agree           (1)
    Shapley          t_i = H(N) - H(N \ i),     H(S) = ( v(S) + sum_{i in S} H(S \ i) ) / ( |S| + 1 )                (2)

v(S) is the surplus of the set S of agreements, t_i what partner i gets of it, and the hub keeps the rest. In (1) a
table that fails leaves the other agreements as they are; in (2) it has all of them bargained over again, with equal
gains for both sides at every step, which gives the hub its Shapley value H. The two are readings of what a breakdown
would do; their distance says how much hangs on that.

Source: Horn and Wolinsky (1988), "Bilateral monopolies and incentives for merger", RAND Journal of Economics 19(3), and
Collard-Wexler, Gowrisankaran and Lee (2019), "Nash-in-Nash bargaining", Journal of Political Economy 127(1), for (1),
which holds where agreements add less the more there are of them; Stole and Zwiebel (1996), Review of Economic Studies
63(3), and Shapley (1953), "A value for n-person games", for (2). Both take surplus as something that can be handed
over. Neither says whether the tables do bargain at the same time.

>>> from detente.search.tables.hub import hub
>>> found = nash_in_nash(hub("h", {("a",): 6, ("b",): 4, ("a", "b"): 9}))
>>> [str(t) for t in found.nash], str(found.nash_hub)
(['5/2', '3/2'], '5')
>>> [str(t) for t in found.shapley], str(found.shapley_hub)
(['8/3', '5/3'], '14/3')
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.tables.hub import Hub


@dataclass(frozen=True, slots=True, kw_only=True)
class NashInNash:
    """What equations (1) and (2) say, as exact fractions in the unit of the surplus.

    ===============  ============  ===============================================================================
    surplus          a number      of all agreements together
    alone            per spoke     of that agreement and no other
    adds             per spoke     of that agreement on top of all the others
    nash, shapley    per spoke     what the partner gets; `nash_hub` and `shapley_hub` are what the hub keeps
    decreasing       yes or no     no agreement adds more on top of more: what equation (1) rests on
    drops            sets          agreements that the hub would do better to give up together, at the shares of (1)
    ===============  ============  ===============================================================================
    """

    hub: str
    spokes: tuple[str, ...]
    surplus: Fraction
    alone: tuple[Fraction, ...]
    adds: tuple[Fraction, ...]
    nash: tuple[Fraction, ...]
    nash_hub: Fraction
    shapley: tuple[Fraction, ...]
    shapley_hub: Fraction
    decreasing: bool
    drops: tuple[tuple[str, ...], ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def nash_in_nash(hub: Hub, *, share: Fraction = Fraction(1, 2)) -> NashInNash:
    """Split the surplus of every agreement, the others standing, and beside it with all bargained over again.

    `share` is the part of what its agreement adds that a partner gets in (1); in (2) it is always half.

    Raises AnalysisError for a share outside 0 to 1.
    """
    if not 0 <= share <= 1:
        raise AnalysisError(f"A share of {share} of what an agreement adds is not between 0 and 1. Give one that is.")
    value, count = hub.surplus, len(hub.spokes)
    whole = len(value) - 1
    adds = tuple(value[whole] - value[whole & ~(1 << i)] for i in range(count))
    nash = tuple(share * a for a in adds)
    kept = _kept(value, count)
    shapley = tuple(kept[whole] - kept[whole & ~(1 << i)] for i in range(count))
    return NashInNash(
        hub=hub.party,
        spokes=hub.spokes,
        surplus=value[whole],
        alone=tuple(value[1 << i] for i in range(count)),
        adds=adds,
        nash=nash,
        nash_hub=value[whole] - sum(nash),
        shapley=shapley,
        shapley_hub=kept[whole],
        decreasing=_decreasing(value, count),
        drops=_drops(hub, nash),
        method="exact-fractions",
        parameters={"share": str(share)},
        certificate=_certificate(value, shapley, kept[whole]),
    )


def _kept(value: tuple[Fraction, ...], count: int) -> list[Fraction]:
    """What does the hub keep of every set of agreements? Equation (2), from the smaller sets to the larger."""
    kept = [Fraction(0)] * len(value)
    for mask in range(1, len(value)):
        less = [kept[mask & ~(1 << i)] for i in range(count) if mask >> i & 1]
        kept[mask] = (value[mask] + sum(less)) / (len(less) + 1)
    return kept


def _decreasing(value: tuple[Fraction, ...], count: int) -> bool:
    """Does an agreement never add more after another one has joined? It is enough to look at one more at a time."""
    for mask in range(len(value)):
        for i in range(count):
            for j in range(i):
                if mask >> i & 1 or mask >> j & 1:
                    continue
                one, other = mask | 1 << i, mask | 1 << j
                if value[one | other] - value[other] > value[one] - value[mask]:
                    return False
    return True


def _drops(hub: Hub, nash: tuple[Fraction, ...]) -> tuple[tuple[str, ...], ...]:
    """Which sets of agreements would the hub rather not have, when the other partners still get the same?"""
    whole = len(hub.surplus) - 1
    paid = [sum((t for i, t in enumerate(nash) if mask >> i & 1), Fraction(0)) for mask in range(whole + 1)]
    keeps = hub.surplus[whole] - paid[whole]
    better = [whole & ~m for m in range(whole) if hub.surplus[m] - paid[m] > keeps]
    least = [d for d in better if not any(o != d and o & d == o for o in better)]
    return tuple(tuple(s for i, s in enumerate(hub.spokes) if d >> i & 1) for d in sorted(least))


def _certificate(value: tuple[Fraction, ...], shapley: tuple[Fraction, ...], kept: Fraction) -> Certificate:
    """Compute the Shapley value another way: the mean of what each adds, over all orders of arrival."""
    count, players = len(shapley), len(shapley) + 1
    holds = kept + sum(shapley) == value[-1]
    for i, said in enumerate(shapley):
        mean = Fraction(0)
        for mask in range(len(value)):
            if mask >> i & 1:
                continue
            before = mask.bit_count() + 1  # the hub has come already, or the agreement adds nothing
            orders = math.factorial(before) * math.factorial(count - before)
            mean += Fraction(orders, math.factorial(players)) * (value[mask | 1 << i] - value[mask])
        holds &= mean == said
    return Certificate(claim="shares-are-mean-contributions", checked=len(value) * count, holds=bool(holds))
