"""What can a party that presses a condition be offered, and which package would each offer lead to?

===========  ==========================================================================================
offer        the package it leads to
===========  ==========================================================================================
met          the condition is a precondition on the pressed issues
narrow       the condition is dropped: the pressed issues are left out
option       the pressed issues are options, the status quo among their levels
later        the narrow package first, then a second one on the pressed issues
elsewhere    the narrow package, and beside it what the same parties settle at a table of the pressed issues
declaratory  the pressed issues are listed, and stay where they are
===========  ==========================================================================================
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from detente.boards.agendas import Modes, with_modes
from detente.boards.deal_board import Deals
from detente.boards.staged import with_status_quo
from detente.search.agendas.outcome import FIXED, own_table, second_agenda
from detente.search.packages.space import LIMIT
from detente.search.pressing.bids import Bid, Presser, bids, parts
from detente.search.pressing.ladder import ladder

OFFERS = ("met", "narrow", "option", "later", "elsewhere", "declaratory")
LISTED = ("met", "narrow", "option", "declaratory")  # one agenda each; the others take two packages


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer, the package it leads to, and what that is worth to the presser on the pressed issues and the rest."""

    name: str
    package: tuple[int, ...]
    pressed: int
    rest: int


def agendas_of(deals: Deals, presser: Presser, issues: Sequence[str], base: Modes) -> dict[str, Deals]:
    """Set the agendas of the offers that take one package.

    Raises BoardError where the presser's condition on one of the issues is unknown.

    >>> from detente.boards.scored import scored
    >>> from detente.search.pressing.bids import presser_of
    >>> board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    >>> agendas_of(board, presser_of(board, "usa"), (), {})["narrow"].open
    (array([ True, False]),)
    """
    modes = {
        "met": ("precondition", presser.name),
        "narrow": ("left_out", None),
        "option": ("option", None),
        "declaratory": ("declaratory", None),
    }
    return {name: with_modes(deals, {**base, **dict.fromkeys(issues, modes[name])}) for name in LISTED}


def offered(
    boards: Mapping[str, Deals],
    presser: Presser,
    issues: Sequence[str],
    *,
    base: Modes,
    found: Mapping[str, Sequence[Bid]],
    limit: int = LIMIT,
) -> tuple[Offered, ...]:
    """Which package would each offer lead to, at weight 1 and the no-deal values of the board? Those that lead to one.

    A party whose consent is needed, and whose no-deal value no package reaches, is offered the most the others accept.

    >>> from detente.boards.scored import scored
    >>> from detente.search.pressing.bids import presser_of
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> who, base = presser_of(board, "iran"), {"cap": ("option", None)}
    >>> boards = {"option": with_modes(board, {**base, "relief": ("option", None)})}
    >>> found = {"option": bids(boards["option"], who, frozenset({1}))}
    >>> offered(boards, who, ("relief",), base=base, found=found)
    (Offered(name='option', package=(1, 1), pressed=60, rest=-10),)
    """
    pressed = frozenset(boards["option"].issues.index(issue) for issue in issues)
    stated = _stated(boards["option"], presser)
    packages = {name: _best(found[name], presser, stated) for name in LISTED if name in found}
    narrow = packages.get("narrow")
    if narrow is not None:
        packages["later"] = _later(boards["narrow"], presser, pressed, narrow, (base, limit))
        packages["elsewhere"] = _elsewhere(boards["narrow"], presser, pressed, narrow, limit)
    return tuple(
        Offered(name, package, *parts(boards.get(name, boards["option"]), presser, pressed, package))
        for name in OFFERS
        if (package := packages.get(name)) is not None
    )


def _stated(deals: Deals, presser: Presser) -> int:
    """What the board says that the presser has without a deal."""
    if presser.name in deals.parties or deals.watchers is None:
        return int(deals.no_deal[presser.row])
    return int(deals.watchers.no_deal[presser.row])


def _best(found: Sequence[Bid], presser: Presser, no_deal: int) -> tuple[int, ...] | None:
    steps = ladder(found, presser, Fraction(1))
    at = steps.at(Fraction(no_deal))
    if at is None and not steps.bids:
        return None
    return steps.bids[-1 if at is None else at].package


def _later(
    narrow: Deals, presser: Presser, pressed: frozenset[int], first: tuple[int, ...], rest: tuple[Modes, int]
) -> tuple[int, ...] | None:
    """The first package stands; the second moves the pressed issues only, and nobody may lose by it."""
    base, limit = rest
    later = [narrow.issues[i] for i in sorted(pressed)]
    second = second_agenda(with_status_quo(narrow, first), base=base, later=later, reading=FIXED)
    steps = ladder(bids(second, presser, pressed, limit=limit), presser, Fraction(1))
    at = steps.at(Fraction(0))
    return None if at is None else steps.bids[at].package


def _elsewhere(
    narrow: Deals, presser: Presser, pressed: frozenset[int], first: tuple[int, ...], limit: int
) -> tuple[int, ...] | None:
    apart = own_table(narrow, [narrow.issues[i] for i in sorted(pressed)])
    steps = ladder(bids(apart, presser, pressed, limit=limit), presser, Fraction(1))
    at = steps.at(Fraction(0))
    if at is None:
        return None
    return tuple(
        own if i in pressed else one for i, (own, one) in enumerate(zip(steps.bids[at].package, first, strict=True))
    )
