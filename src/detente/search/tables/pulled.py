"""What would every package of a table be worth, should one party there weigh an ally's gains beside its own?"""

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from jaxtyping import Int

from detente.boards.deal_board import Deals
from detente.boards.linked import Tables, lone
from detente.errors import AnalysisError
from detente.search.tables.acceptance import CLOSE, PER_PARTY, accepted
from detente.search.tables.envelope import Line
from detente.search.tables.foreseen import foreseen
from detente.search.tables.mandates import totals

Value = tuple[int, Fraction]  # how many gain, and the product of their gains
NONE: Value = (-1, Fraction(0))
UNSURE = 1e-9  # relative: a sum of floating numbers this small is computed exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """The packages of a table that everybody but the principal accepts.

    ===========  ==============  ===========================================================================
    principal    a number        index of the party that is leant on
    ally         a name          who leans on it
    options      package issue   option indices
    gains        party package   basis points beyond no deal, what follows at linked tables included
    pulls        package         what the ally gains
    ===========  ==============  ===========================================================================
    """

    table: str
    agenda: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    principal: int
    ally: str
    no_deal_kind: str
    options: Int[np.ndarray, "package issue"]
    gains: Int[np.ndarray, "party package"]
    pulls: Int[np.ndarray, " package"]

    def lines(self, gaining: int) -> list[Line]:
        """Return the products of gains, as lines in the weight, of the packages by which this many parties gain.

        The principal is one of them where its line is above nought.
        """
        others = np.delete(self.gains, self.principal, axis=0)
        own = self.gains[self.principal]
        count = (others > 0).sum(axis=0)
        flat = (own == 0) & (self.pulls == 0)
        found = []
        for k in np.flatnonzero((count == gaining) & flat).tolist():
            found.append(Line(_product(others[:, k].tolist()), 0, k))
        for k in np.flatnonzero((count == gaining - 1) & ~flat).tolist():
            product = _product(others[:, k].tolist())
            found.append(Line(product * int(own[k]), product * int(self.pulls[k]), k))
        return sorted(found, key=lambda line: line.of)

    def worth(self, package: tuple[int, ...], weight: Fraction) -> Value:
        """Return how many gain by a package at this weight and the product of their gains; `NONE` for no deal."""
        at = np.flatnonzero((self.options == np.array(package)).all(axis=1)) if package else np.zeros(0, np.int64)
        return self.worth_of(int(at[0]), weight) if at.size else NONE

    def worth_of(self, k: int, weight: Fraction) -> Value:
        """Return the same for a package by number; `NONE` where the principal would not accept it."""
        gains = [Fraction(g) for g in self.gains[:, k].tolist()]
        gains[self.principal] += weight * int(self.pulls[k])
        if min(gains) < 0:
            return NONE
        gaining = [g for g in gains if g > 0]
        return len(gaining), math.prod(gaining, start=Fraction(1))

    def best(self, weight: Fraction) -> int | None:
        """Return the package with the greatest worth at this weight, looking at all; None where none is accepted."""
        own, pulls = self.gains[self.principal], self.pulls
        weighed = own + float(weight) * pulls
        unsure = np.abs(weighed) < UNSURE * (1 + np.abs(own) + np.abs(pulls))
        for k in np.flatnonzero(unsure).tolist():
            weighed[k] = float(int(own[k]) + weight * int(pulls[k]))
        willing = np.flatnonzero((weighed >= 0) & (np.delete(self.gains, self.principal, axis=0) >= 0).all(axis=0))
        if not willing.size:
            return None
        left = self.gains[:, willing].astype(np.float64)
        left[self.principal] = weighed[willing]
        key = np.log(np.where(left > 0, left, 1.0)).sum(axis=0) + PER_PARTY * (left > 0).sum(axis=0)
        close = willing[key >= key.max() - CLOSE]
        return int(max(close.tolist(), key=lambda k: (self.worth_of(k, weight), -k)))


def pulled(
    source: Deals | Tables,
    *,
    principal: str,
    ally: str,
    table: str | None = None,
    agenda: str = "as set",
) -> Pulled:
    """List what a table can agree on when everybody but the principal accepts, and what the ally gains by it.

    Of linked tables, `table` is the one whose deal is leant on; what follows at the others is foreseen, without weight.

    Raises AnalysisError for a board over draws, a principal that does not consent at the table, an ally without a stake
    there, and a table that decides otherwise than by everybody's consent.

    >>> from detente.boards.scored import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    >>> pulled(board, principal="iran", ally="usa").pulls
    array([40])
    """
    tables = source if isinstance(source, Tables) else lone(source)
    t = tables.index(table) if table is not None else 0
    board, people = tables.boards[t], tables.interests[t].people
    _askable(board, people, principal, ally)
    solved = foreseen(tables)
    options, gains = totals(solved, t)
    p = board.parties.index(principal)
    # The principal's own acceptance is what the weight decides, so it is left out here.
    willing = gains.copy()
    willing[p] = 0
    needed = replace(solved.shelves.tables[t].needed, rule=None)
    fine = accepted(willing[None], needed)[0]
    return Pulled(
        table=board.table,
        agenda=agenda,
        parties=board.parties,
        issues=board.issues,
        principal=p,
        ally=ally,
        no_deal_kind=board.no_deal_kind,
        options=options[fine],
        gains=gains[: len(board.parties), fine],
        pulls=gains[people.index(ally), fine],
    )


def _askable(board: Deals, people: tuple[str, ...], principal: str, ally: str) -> None:
    if board.draws:
        raise AnalysisError(
            f"The weight of '{ally}' is swept in one case, and the board of '{board.table}' has draws. "
            "Build it without draws."
        )
    if principal not in board.parties:
        raise AnalysisError(
            f"'{principal}' does not consent at table '{board.table}', so nothing is gained by leaning on it there. "
            f"Name one of: {', '.join(board.parties)}."
        )
    if ally not in people or ally == principal:
        others = ", ".join(p for p in people if p != principal) or "nobody"
        raise AnalysisError(
            f"'{ally}' has no stake of its own at table '{board.table}' that '{principal}' could weigh. Who has: "
            f"{others}. Add a tie or list it as consulted, and give it stances on the issues there."
        )
    if board.rule is not None and not board.rule.unanimous:
        raise AnalysisError(
            f"Table '{board.table}' does not decide by everybody's consent, and the weight of an ally is worked out "
            "only where it does. Set its rule to unanimity."
        )


def _product(gains: list[int]) -> int:
    return math.prod(g for g in gains if g > 0)
