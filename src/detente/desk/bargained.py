"""Which table, agenda and package does an address of the deals page name, and how is it written?

A package is written by levels, `enrichment:25,sanctions:30`, so that an address shared with somebody still means the
same when a level is added; an issue that is not named stays as it stands today.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.boards import Deals
from detente.boards.frame import nearest
from detente.desk.agendas import Plan, parsed
from detente.desk.dealt import usual
from detente.errors import UsageError
from detente.situation.nouns import Situation

NO_DEALS = ("auto", "status-quo", "entered")
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Bargain:
    """A table, its agenda as issues that stand otherwise than today (`missiles=option`), and what no deal is worth."""

    table: str | None = None
    agenda: tuple[str, ...] = ()
    no_deal: str = "auto"
    view: str = "completed"

    @property
    def key(self) -> tuple[str, ...]:
        """All of it, as answers are kept by."""
        return (self.table or "", ",".join(self.agenda), self.no_deal, self.view)


def bargain(table: str, agenda: str, no_deal: str, *, view: str = "completed") -> Bargain:
    """Read what an address names; empty words leave the choice to the program.

    Raises UsageError where what no deal is worth is none of the ways there are.

    >>> bargain("", "missiles=option,proxies=later", "").agenda
    ('missiles=option', 'proxies=later')
    """
    if len(agenda) > LONGEST:
        raise UsageError("The agenda in this address is too long to be one. Begin again with the page's own forms.")
    if no_deal and no_deal not in NO_DEALS:
        raise UsageError(f"'{no_deal[:60]}' is no way to say what no deal is worth. Choose: {', '.join(NO_DEALS)}.")
    specs = tuple(s.strip() for s in agenda.split(",") if s.strip())
    return Bargain(table or None, specs, no_deal or "auto", view)


def plan_of(situation: Situation, table: str, agenda: Sequence[str]) -> Plan:
    """Return the agenda that is named, or the table's own with the contested issues left out.

    Raises BoardError where it cannot stand.
    """
    return parsed(situation, table, tuple(agenda)) if agenda else usual(situation, table)


def package_of(board: Deals, written: str) -> tuple[int, ...]:
    """Read a package as option indices, each issue at the level that lies closest; issues not named stay as today.

    Raises UsageError for an issue that is not there, or a level that is no number.

    >>> from detente.boards import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    >>> package_of(board, "cap:1"), package_of(board, "")
    ((1,), (0,))
    """
    found = list(board.status_quo)
    for part in _parts(written):
        issue, colon, level = part.rpartition(":")
        i = _issue(board, issue if colon else part)
        found[i] = nearest(board.levels[i], _number(level, issue))
    return tuple(int(x) for x in found)


def moved_to(board: Deals, options: Mapping[str, str]) -> tuple[int, ...]:
    """Read a package from sliders: for each issue the number of its level, counted from nought.

    Raises UsageError for an issue that is not there, or a number that none of its levels has.
    """
    found = list(board.status_quo)
    for issue, said in options.items():
        i = _issue(board, issue)
        if not (said.isascii() and said.isdigit() and len(said) < 5 and int(said) < board.levels[i].size):
            most = board.levels[i].size - 1
            raise UsageError(f"'{said[:60]}' is no level of '{issue[:60]}'. Its levels are numbered from 0 to {most}.")
        found[i] = int(said)
    return tuple(int(x) for x in found)


def as_written(board: Deals, package: Sequence[int]) -> str:
    """Write the levels of a package that the agenda leaves a choice of, or that move away from today.

    >>> from detente.boards import scored, with_modes
    >>> board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    >>> as_written(with_modes(board, {"cap": ("option", None)}), (1,))
    'cap:1'
    """
    return ",".join(
        f"{issue}:{float(board.levels[i][x]):g}"
        for i, (issue, x) in enumerate(zip(board.issues, package, strict=True))
        if x != board.status_quo[i] or free(board, i)
    )


def free(board: Deals, issue: int) -> bool:
    """Does the agenda leave a choice of an issue's level?"""
    opened = np.flatnonzero(board.open[issue])
    return opened.size > 1 or (opened.size == 1 and int(opened[0]) != board.status_quo[issue])


def locks_of(board: Deals, written: str) -> tuple[int, ...]:
    """Read the issues that are to stay as they are.

    Raises UsageError for one that is not there.
    """
    return tuple(sorted({_issue(board, part) for part in _parts(written)}))


def _parts(written: str) -> list[str]:
    if len(written) > LONGEST:
        raise UsageError("The package in this address is too long to be one. Begin again with the page's own sliders.")
    return [part.strip() for part in written.split(",") if part.strip()]


def _issue(board: Deals, issue: str) -> int:
    if issue not in board.issues:
        listed = ", ".join(board.issues)
        raise UsageError(f"'{issue[:60]}' is not an issue at table '{board.table}'. Its issues: {listed}.")
    return board.issues.index(issue)


def _number(said: str, issue: str) -> float:
    try:
        found = float(said)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise UsageError(f"'{said[:60]}' is no level of '{issue[:60]}': give a number on its scale.")
    return found
