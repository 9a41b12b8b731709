"""Which agendas are put side by side when several issues are contested?

Every subset of the contested issues in every mode, the others left out; or what somebody lists. With k issues there are
2^k - 1 subsets: beyond `EVERY_SUBSET` issues only single issues, pairs and all of them together are taken.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.boards.agendas import MODES, Mode, Modes
from detente.boards.deal_board import Deals
from detente.errors import BoardError

EVERY_SUBSET = 6
USUAL = ("option", "in", "precondition", "later", "elsewhere", "declaratory")
NARROW = "left_out"
MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Scope:
    """One way to add contested issues: which, in which mode, by whom, and that spelt out issue by issue.

    `mode` is "mixed" where the issues stand differently, and `by` then nobody.
    """

    issues: tuple[str, ...]
    mode: str
    by: str | None
    modes: tuple[tuple[str, Mode], ...]


def subsets(issues: Sequence[str], *, most: int = EVERY_SUBSET) -> tuple[tuple[str, ...], ...]:
    """List the subsets, smallest first: all of them, or beyond `most` issues the single ones, the pairs and all.

    >>> subsets(("missiles", "proxies"))
    (('missiles',), ('proxies',), ('missiles', 'proxies'))
    >>> len(subsets("abcdef")), len(subsets("abcdefgh"))
    (63, 37)
    """
    sizes = range(1, len(issues) + 1) if len(issues) <= most else (1, 2, len(issues))
    return tuple(group for size in sizes for group in itertools.combinations(issues, size))


def scopes(deals: Deals, issues: Sequence[str], modes: Sequence[str | Modes]) -> tuple[Scope, ...]:
    """List the agendas: for a mode's name every subset in that mode, a mapping as it is; the narrow one first.

    A precondition is asked for by each party that presses for all the issues and whose conditions on them are known.

    Raises BoardError for a mode that is none, and for a mapping that names an issue that is not contested.
    """
    names = [m for m in modes if isinstance(m, str)]
    unknown = [m for m in names if m not in MODES]
    if unknown:
        raise BoardError(f"'{unknown[0]}' is not a mode of an agenda. Choose one of: {', '.join(MODES)}.")
    found = [Scope((), NARROW, None, ())]
    for group in subsets(issues) if names else ():
        for mode in names:
            found += [_scope({i: Mode(mode, by) for i in group}) for by in _behind(deals, group, mode)]
    found += [_listed(mode, issues) for mode in modes if not isinstance(mode, str)]
    return tuple(dict.fromkeys(found))


def able(deals: Deals, group: Sequence[str]) -> tuple[str, ...]:
    """Who could make all these issues a precondition: who presses for each, and is known to want something of it."""
    at = [deals.issues.index(i) for i in group]
    return tuple(
        p
        for k, p in enumerate(deals.pressers)
        if all(p in deals.pressed[i] and deals.conditions[i][k].basis != "unknown" for i in at)
    )


def _behind(deals: Deals, group: Sequence[str], mode: str) -> tuple[str | None, ...]:
    return able(deals, group) if mode == "precondition" else (None,)


def _listed(modes: Modes, issues: Sequence[str]) -> Scope:
    strange = [i for i in modes if i not in issues]
    if strange:
        listed = ", ".join(issues) or "none"
        raise BoardError(
            f"'{strange[0]}' is not one of the issues to be added. These are: {listed}. Name it there too."
        )
    return _scope({i: Mode(*modes[i]) for i in issues if i in modes and modes[i][0] != NARROW})


def _scope(modes: Mapping[str, Mode]) -> Scope:
    kinds = set(modes.values())
    mode, by = next(iter(kinds)) if len(kinds) == 1 else (MIXED, None) if kinds else (NARROW, None)
    return Scope(tuple(modes), mode, by, tuple(modes.items()))
