"""Which levels does an agenda leave open, and whom does merely listing an issue cost something?

=============  =====================================  ==================  =============
mode           levels                                 red lines bind      listing costs
=============  =====================================  ==================  =============
in             every level but the status quo         every level         count
option         every level                            all but status quo  count
precondition   those that meet the presser's          all but status quo  count
declaratory    the status quo                         nothing             count
left_out       the status quo                         nothing             do not count
refused        the status quo, and somebody refused   nothing             do not count
later          the status quo, for now                nothing             do not count
elsewhere      the status quo, at this table          nothing             do not count
=============  =====================================  ==================  =============
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple, TypeAlias

import numpy as np
from jaxtyping import Bool

from detente.boards.deal_board import Deals
from detente.boards.ranges import Box
from detente.errors import BoardError
from detente.situation.nouns import Situation

LISTED = frozenset({"in", "option", "precondition", "declaratory"})
MODES = ("in", "option", "precondition", "later", "elsewhere", "declaratory", "refused", "left_out")


class Mode(NamedTuple):
    """How an issue stands on an agenda, and by whose doing."""

    name: str
    by: str | None = None


Modes: TypeAlias = Mapping[str, tuple[str, str | None]]


def agenda_modes(situation: Situation, table: str) -> dict[str, Mode]:
    """How does every issue stand on a table's own agenda? Issues that are not on it are left out.

    Several parties may stand behind a mode; for a precondition the first of them is the one whose condition is used.
    """
    found = next((t for t in situation.tables if t.id == table), None)
    if found is None:
        raise BoardError(f"'{table}' is not a table of '{situation.title}'.")
    stated = {a.issue: Mode(a.mode, a.by[0] if a.by else None) for a in found.agenda}
    return {i.id: stated.get(i.id, Mode("left_out")) for i in situation.issues}


def with_modes(deals: Deals, modes: Modes) -> Deals:
    """Set an agenda: issues that `modes` does not name are left out. An agenda set before is replaced.

    Raises BoardError for an unknown mode or issue, and for a precondition of a party whose condition is unknown.
    """
    _check(deals, modes)
    stands = [modes.get(issue, ("left_out", None)) for issue in deals.issues]
    return replace(
        deals,
        open=tuple(_open(deals, i, mode) for i, mode in enumerate(stands)),
        spared=tuple(mode != "in" for mode, _ in stands),
        listed=tuple(mode in LISTED for mode, _ in stands),
    )


def restated(deals: Deals, modes: Modes) -> Deals:
    """Change how these issues stand on the agenda that is set; the others stand as they did.

    Raises BoardError as `with_modes` does.
    """
    anew = with_modes(deals, modes)
    changed = [issue in modes for issue in deals.issues]
    return replace(
        deals,
        open=tuple(b if c else a for a, b, c in zip(deals.open, anew.open, changed, strict=True)),
        spared=tuple(b if c else a for a, b, c in zip(deals.spared, anew.spared, changed, strict=True)),
        listed=tuple(b if c else a for a, b, c in zip(deals.listed, anew.listed, changed, strict=True)),
    )


def box_with_modes(box: Box, modes: Modes) -> Box:
    """Set the same agenda on both sides of a box."""
    return Box(low=with_modes(box.low, modes), high=with_modes(box.high, modes))


def _check(deals: Deals, modes: Modes) -> None:
    for issue, (mode, by) in modes.items():
        if mode not in MODES:
            raise BoardError(
                f"'{mode}' is not a mode of an agenda (issue '{issue}'). Choose one of: {', '.join(MODES)}."
            )
        if issue not in deals.issues and mode in LISTED:
            listed = ", ".join(deals.issues)
            raise BoardError(f"'{issue}' is not an issue at table '{deals.table}'. Its issues: {listed}.")
        if mode == "precondition" and by not in deals.pressers:
            listed = ", ".join(deals.pressers) or "nobody"
            raise BoardError(
                f"'{by}' cannot make '{issue}' a precondition at table '{deals.table}': it makes no demand there. "
                f"Who does: {listed}. Add a demand to include the issue."
            )


def _open(deals: Deals, i: int, stands: tuple[str, str | None]) -> Bool[np.ndarray, "*draw _option"]:
    mode, by = stands
    opened = np.ones((*deals.draws, deals.levels[i].size), dtype=bool)
    if mode == "option":
        return opened
    if mode == "precondition" and by is not None:
        k = deals.pressers.index(by)
        if deals.conditions[i][k].basis == "unknown":
            raise BoardError(
                f"What '{by}' asks of '{deals.issues[i]}' is unknown, so it cannot be a precondition. "
                f"Add a stance of '{by}' on '{deals.issues[i]}'."
            )
        return deals.meets[i][..., k, :]
    now = deals.status_quo[i]
    opened[..., now] = False
    return opened if mode == "in" else ~opened
