r"""How often does each member of a voting body decide, when nothing is known of who wants what?

    Shapley-Shubik    phi_i = sum_s  s! (n - 1 - s)! / n!  d_i(s)                                                   (1)
    Banzhaf           beta_i = d_i / 2^(n - 1),   d_i = sum_s d_i(s);   normalised d_i / sum_j d_j                  (2)

d_i(s) counts the groups of s others that lose without i and win with it. Groups are counted by their size and votes all
at once, with a generating function, not one by one. In (1) all orders of arrival are alike, in (2) all groups.

Source: Shapley and Shubik (1954), "A method for evaluating the distribution of power in a committee system", American
Political Science Review 48(3); Banzhaf (1965), "Weighted voting doesn't work", Rutgers Law Review 19; counting by
generating functions: Mann and Shapley (1962), RAND Memorandum RM-3158. Power here is having votes that matter, by rule
alone: who wants what is left out, and with it who really decides.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from detente.boards.assembly import Assembly
from detente.boards.results import Certificate, Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class VotingPower:
    """Equations (1) and (2) as exact fractions.

    ==========  =====  ==============================================================
    shapley     party  equation (1), adding up to 1
    banzhaf     party  equation (2): how often a member decides if all toss a coin
    normalised  party  the same, made to add up to 1
    blocks      party  nothing passes without it
    idle        party  it never decides anything
    passing     -      the share of all groups that can pass something
    ==========  =====  ==============================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    shapley: tuple[Fraction, ...]
    banzhaf: tuple[Fraction, ...]
    normalised: tuple[Fraction, ...]
    blocks: tuple[bool, ...]
    idle: tuple[bool, ...]
    passing: Fraction
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def voting_power(assembly: Assembly) -> VotingPower:
    """Count for every member the groups that it decides.

    >>> from detente.boards.assembly import assembly
    >>> found = voting_power(assembly({"de": 4, "fr": 4, "it": 4, "be": 2, "nl": 2, "lu": 1}, 12))
    >>> [str(p) for p in found.shapley], found.idle[-1]
    (['7/30', '7/30', '7/30', '3/20', '3/20', '0'], True)
    """
    weights, quota = _with_vetoes(assembly)
    count = len(weights)
    groups = _groups(weights)
    swings = [_swings(groups, weight, quota, count) for weight in weights]
    passing = sum(n for by_size in groups for votes, n in by_size.items() if votes >= quota)
    total = sum(sum(row) for row in swings)
    shapley = tuple(_over_orders(row, count) for row in swings)
    return VotingPower(
        table=assembly.table,
        parties=assembly.parties,
        issues=(),
        shapley=shapley,
        banzhaf=tuple(Fraction(sum(row), 2 ** (count - 1)) for row in swings),
        normalised=tuple(Fraction(sum(row), total) for row in swings),
        blocks=tuple(sum(row) == passing for row in swings),
        idle=tuple(not any(row) for row in swings),
        passing=Fraction(passing, 2**count),
        method="generating-function",
        parameters={"quota": assembly.quota},
        certificate=_certificate(shapley, swings, passing, groups),
    )


def _with_vetoes(assembly: Assembly) -> tuple[list[int], int]:
    """Turn a veto into votes: so many for whoever has one that none of them can be missing."""
    more = sum(assembly.votes) + 1
    weights = [v + more * (p in assembly.must) for p, v in zip(assembly.parties, assembly.votes, strict=True)]
    return weights, assembly.quota + more * len(assembly.must)


def _groups(weights: list[int]) -> list[dict[int, int]]:
    """Count the groups by size and votes: a list over sizes of how many groups have so many votes."""
    groups: list[dict[int, int]] = [{} for _ in range(len(weights) + 1)]
    groups[0][0] = 1
    for at, weight in enumerate(weights):
        for size in range(at, -1, -1):
            for votes, n in groups[size].items():
                groups[size + 1][votes + weight] = groups[size + 1].get(votes + weight, 0) + n
    return groups


def _swings(groups: list[dict[int, int]], weight: int, quota: int, count: int) -> list[int]:
    """Count by size the groups without a member that lose, and win with it; the member is taken out of all groups."""
    found: list[int] = []
    without: dict[int, int] = {}
    for size in range(count):
        without = {votes: n - without.get(votes - weight, 0) for votes, n in groups[size].items()}
        found.append(sum(n for votes, n in without.items() if quota - weight <= votes < quota))
    return found


def _over_orders(swings: list[int], count: int) -> Fraction:
    ways = sum(math.factorial(s) * math.factorial(count - 1 - s) * n for s, n in enumerate(swings))
    return Fraction(ways, math.factorial(count))


def _certificate(
    shapley: tuple[Fraction, ...], swings: list[list[int]], passing: int, groups: list[dict[int, int]]
) -> Certificate:
    """Does all power add up to one, and is every group counted, no member deciding more than can pass?"""
    holds = sum(shapley) == 1 and all(sum(row) <= passing for row in swings)
    whole = sum(sum(by_size.values()) for by_size in groups)
    return Certificate(claim="power-adds-up-to-one", checked=whole, holds=holds and whole == 2 ** len(swings))
