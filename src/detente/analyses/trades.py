r"""Who could give what for what, what does a concession buy, and can a package be improved?

With g_p(k) what party p gains in package k, and k with issue i moved to level x written (k; i x):

    exchange      x on i costs a and serves b, y on j costs b and serves a, and both gain by (k; i x, j y)          (1)
    compensation  max g_p(m)  over packages m with level x on i and g_q(m) >= g_q(k) for everybody else             (2)
    improvement   a package m with g_q(m) >= g_q(k) for everybody and > for somebody who bargains                   (3)

Nobody is outvoted here, whatever the rule of the table: the deal that is improved on is the Nash choice among packages
that everybody accepts. Ratifiers must not lose by a compensation or an improvement. Of the improvements the one is told
that most parties gain by, and among those the one with the greatest product of what they gain beyond k: k takes the
place of no deal.

Source: exchanges across issues are the logrolling of Buchanan and Tullock (1962), "The Calculus of Consent", and of
Tollison and Willett (1979); improving on what was agreed is the post-settlement settlement of Raiffa (1985),
"Post-settlement settlements", Negotiation Journal 1(1). All are exact. That a trade exists does not say that the
parties see it, or that a promise on one issue can be held against one on another.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from jaxtyping import Float, Int

from detente.boards.deal_board import Deals
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.packages.choice import choose
from detente.search.packages.optimum import optimum
from detente.search.packages.space import Space, allowed_levels, space
from detente.search.packages.stakes import Stakes, stakes
from detente.search.packages.terms import terms

SCAN = 300_000  # packages that are looked at one by one; beyond, an exact search does it


@dataclass(frozen=True, slots=True)
class Exchange:
    """One level for another: `giver` moves `issue` to `level` and `taker` moves `back` to `back_level` in return.

    `change` is what everybody of `needed` gains or loses by both moves together, basis points; `losers` those who lose;
    `least` and `total` what the one of the two that gains less gains, and both together.
    """

    giver: str
    taker: str
    issue: str
    level: int
    back: str
    back_level: int
    change: tuple[int, ...]
    losers: tuple[str, ...]
    least: int
    total: int


@dataclass(frozen=True, slots=True)
class Concession:
    """One move that costs a party something, and the best it can get for it from a package that costs nobody else.

    `alone` is what everybody of `needed` gains or loses by the move itself. `package` has that level, leaves all others
    as well off as they were, and gives the party `net` beyond what it had (below 0: not made good in full). Where there
    is none, `found` is false, the package empty and `net` 0.
    """

    party: str
    issue: str
    level: int
    alone: tuple[int, ...]
    found: bool
    package: tuple[int, ...]
    net: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trades:
    """What can be traded. Packages are option indices, one per issue; `needed` are who consents and who ratifies.

    =============  ===================  ======================================================================
    origin         per issue            where the exchanges start: the package given, else the status quo
    exchanges      -                    best one per pair of parties and of issues; without losers first, then
                                        by what the one that gains less gains
    package        per issue            the package given, else the Nash choice, else the status quo
    chosen_by      -                    which of these it is: "given", "nash" or "status-quo"
    gains          needed               what it gains everybody beyond no deal
    concessions    -                    every move of one issue away from it that costs its party something
    swing          needed issue         what the issue can make of a difference, the others as in the package
    improved       yes or no            whether some package is better for somebody and worse for nobody
    improvements   a number             how many are; -1 where they were not counted
    better         per issue            the best of them; the package itself where there is none
    better_change  needed               what it gains everybody beyond the package
    =============  ===================  ======================================================================
    """

    table: str
    parties: tuple[str, ...]
    needed: tuple[str, ...]
    issues: tuple[str, ...]
    levels: tuple[Float[np.ndarray, " _option"], ...]
    origin: tuple[int, ...]
    exchanges: tuple[Exchange, ...]
    package: tuple[int, ...]
    chosen_by: str
    gains: tuple[int, ...]
    concessions: tuple[Concession, ...]
    swing: Int[np.ndarray, "needed issue"]
    improved: bool
    improvements: int
    better: tuple[int, ...]
    better_change: tuple[int, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate

    def rate(self, party: str, issue: str, other: str) -> Fraction:
        """Return how many full swings of another issue one full swing of this issue is worth to a party.

        Raises AnalysisError for a name that is not there, and where the other issue makes no difference to the party.
        """
        for name, names in ((party, self.needed), (issue, self.issues), (other, self.issues)):
            if name not in names:
                raise AnalysisError(f"'{name}' is not at table '{self.table}'. There are: {', '.join(names)}.")
        row = self.swing[self.needed.index(party)]
        if not row[self.issues.index(other)]:
            raise AnalysisError(
                f"'{other}' makes no difference to '{party}' on this agenda, so nothing can be counted in it. "
                "Name an issue that does."
            )
        return Fraction(int(row[self.issues.index(issue)]), int(row[self.issues.index(other)]))


def trades(deals: Deals, *, package: Sequence[int] | None = None, scan: int = SCAN) -> Trades:
    """Find exchanges across issues, what each concession can be made good with, and whether a package can be improved.

    `package` is given as option indices, one per issue. Up to `scan` packages are looked at one by one; in larger
    spaces each question is put to the exact search.

    Raises AnalysisError for a board with draws, and for a package that is none.

    >>> from detente.boards import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> found = trades(board)
    >>> [(e.giver, e.issue, e.taker, e.back, e.change) for e in found.exchanges]
    [('iran', 'cap', 'usa', 'relief', (20, 50))]
    >>> trades(board, package=(0, 0)).better
    (1, 1)
    """
    if deals.draws:
        raise AnalysisError(
            f"Trades at table '{deals.table}' are told for one case, and this board has {deals.draws[0]:,} draws. "
            "Build the board without draws."
        )
    held, laid = stakes(deals), space(deals)
    look = _look(deals, held, laid, small=laid.size <= scan)
    now = tuple(deals.status_quo)
    given = None if package is None else _checked(deals, package)
    nash = look.best_beyond(np.zeros(len(held.parties), dtype=np.int64)) if given is None else ()
    chosen = given if given is not None else nash or now
    gains = look.gains(chosen)
    better = look.best_beyond(gains) or chosen
    change = look.gains(better) - gains
    improved = bool((change[: held.bargaining] > 0).any())
    better = better if improved else chosen
    concessions = tuple(_concessions(look, chosen))
    origin = now if given is None else given
    return Trades(
        table=deals.table,
        parties=deals.parties,
        needed=held.parties,
        issues=deals.issues,
        levels=deals.levels,
        origin=origin,
        exchanges=_exchanges(look, origin),
        package=chosen,
        chosen_by="given" if given is not None else "nash" if nash else "status-quo",
        gains=tuple(gains.tolist()),
        concessions=concessions,
        swing=look.swing(chosen),
        improved=improved,
        improvements=look.improvements(gains) if look.small else -1 if improved else 0,
        better=better,
        better_change=tuple(change.tolist()) if improved else (0,) * len(gains),
        method="scan" if look.small else "search",
        parameters={"no_deal": deals.no_deal_kind, "packages": laid.size - (laid.unchanged is not None)},
        certificate=_certificate(look, gains, concessions, better),
    )


def _checked(deals: Deals, package: Sequence[int]) -> tuple[int, ...]:
    sizes = [at.size for at in deals.levels]
    if len(package) != len(sizes) or not all(0 <= x < n for x, n in zip(package, sizes, strict=True)):
        wanted = ", ".join(f"{i} (0 to {n - 1})" for i, n in zip(deals.issues, sizes, strict=True))
        raise AnalysisError(
            f"{tuple(package)} is no package of table '{deals.table}'. Give one option index per issue: {wanted}."
        )
    return tuple(int(x) for x in package)


@dataclass(frozen=True, slots=True)
class _Look:
    """A board and, where it is small, what everybody gains in every admissible package."""

    deals: Deals
    held: Stakes
    laid: Space
    small: bool
    options: Int[np.ndarray, "package issue"]
    worth: Int[np.ndarray, "package needed"]

    def gains(self, package: Sequence[int]) -> Int[np.ndarray, " needed"]:
        """Add up what a package gains everybody."""
        return np.asarray(self.held.gains(np.zeros(1, dtype=np.int64), np.array([package], dtype=np.int64))[0])

    def best_beyond(self, gains: Int[np.ndarray, " needed"]) -> tuple[int, ...]:
        """Return the Nash choice with these gains in the place of no deal; empty where nobody's stay."""
        raised = _raised(self.deals, gains)
        if not self.small:
            return optimum(terms(raised), "nash").package
        choice = choose(replace(self.laid, deals=raised), reach=False)
        return tuple(choice.chosen.tolist()) if choice.found else ()

    def improvements(self, gains: Int[np.ndarray, " needed"]) -> int:
        """Count the packages that leave nobody worse off than these gains and somebody who bargains better."""
        serve = (self.worth >= gains).all(axis=1) & (self.worth > gains)[:, : self.held.bargaining].any(axis=1)
        return int(serve.sum())

    def swing(self, package: tuple[int, ...]) -> Int[np.ndarray, "needed issue"]:
        """Return the difference between the best and the worst level of each issue, the others as in the package."""
        rows = []
        for i, kept in enumerate(self.laid.kept):
            moved = np.array([_moved(package, i, int(x)) for x in kept] or [package], dtype=np.int64)
            gains = self.held.gains(np.zeros(len(moved), dtype=np.int64), moved)
            rows.append(gains.max(axis=0) - gains.min(axis=0))
        return np.stack(rows, axis=1)

    def made_good(
        self, party: int, gains: Int[np.ndarray, " needed"], wanted: list[tuple[int, int]]
    ) -> list[tuple[int, ...]]:
        """Return, per issue and level, the best package for a party that has it and costs nobody else, if any."""
        if not self.small:
            return [self._searched(party, gains, at) for at in wanted]
        others = [p for p in range(len(gains)) if p != party]
        fine = np.flatnonzero((self.worth[:, others] >= gains[others]).all(axis=1))
        options, own = self.options[fine], self.worth[fine, party]
        found = []
        for issue, level in wanted:
            having = np.flatnonzero(options[:, issue] == level)
            found.append(tuple(options[having[own[having].argmax()]].tolist()) if having.size else ())
        return found

    def _searched(self, party: int, gains: Int[np.ndarray, " needed"], at: tuple[int, int]) -> tuple[int, ...]:
        issue, level = at
        only = np.arange(self.deals.levels[issue].size) == level
        opened = (*self.deals.open[:issue], only, *self.deals.open[issue + 1 :])
        board = replace(_raised(self.deals, gains), open=opened)
        others = [p for p in range(len(gains)) if p != party]
        return optimum(terms(board), "sum", over=(party,), must=others).package


def _look(deals: Deals, held: Stakes, laid: Space, *, small: bool) -> _Look:
    numbers = np.arange(laid.size if small else 0)
    options = laid.decode(numbers[numbers != laid.unchanged] if laid.unchanged is not None else numbers)
    worth = held.gains(np.zeros(len(options), dtype=np.int64), options)
    return _Look(deals, held, laid, small, options, worth)


def _raised(deals: Deals, gains: Int[np.ndarray, " needed"]) -> Deals:
    """Put what a package gains in the place of no deal, for ratifiers too, and let nobody be outvoted."""
    watchers, count = deals.watchers, len(deals.parties)
    if watchers is not None and any(watchers.ratifies):
        more = np.zeros_like(watchers.no_deal)
        more[np.flatnonzero(watchers.ratifies)] = gains[count:]
        watchers = replace(watchers, no_deal=watchers.no_deal + more)
    return replace(deals, no_deal=deals.no_deal + gains[:count], watchers=watchers, rule=None)


def _moved(package: tuple[int, ...], issue: int, level: int) -> tuple[int, ...]:
    return (*package[:issue], level, *package[issue + 1 :])


def _changes(look: _Look, package: tuple[int, ...]) -> list[list[tuple[int, Int[np.ndarray, " needed"]]]]:
    """Return, per issue, the other levels that are admissible and what moving there gains or costs everybody."""
    before = look.gains(package)
    return [
        [(int(x), look.gains(_moved(package, i, int(x))) - before) for x in kept if x != package[i]]
        for i, kept in enumerate(look.laid.kept)
    ]


def _concessions(look: _Look, package: tuple[int, ...]) -> Iterator[Concession]:
    gains, changes = look.gains(package), _changes(look, package)
    for p in range(look.held.bargaining):
        costly = [(i, x) for i, moves in enumerate(changes) for x, change in moves if change[p] < 0]
        alone = [tuple(change.tolist()) for moves in changes for _, change in moves if change[p] < 0]
        for (i, x), change, found in zip(costly, alone, look.made_good(p, gains, costly), strict=True):
            yield Concession(
                party=look.held.parties[p],
                issue=look.deals.issues[i],
                level=x,
                alone=change,
                found=bool(found),
                package=found,
                net=int(look.gains(found)[p] - gains[p]) if found else 0,
            )


def _exchanges(look: _Look, package: tuple[int, ...]) -> tuple[Exchange, ...]:
    """Find the best exchange of each pair of parties and of issues, and rank them."""
    before, changes = look.gains(package), _changes(look, package)
    found = []
    for (i, first), (j, second) in itertools.combinations(enumerate(changes), 2):
        if not first or not second:
            continue
        both = [_moved(_moved(package, i, x), j, y) for (x, _), (y, _) in itertools.product(first, second)]
        gains = look.held.gains(np.zeros(len(both), dtype=np.int64), np.array(both))
        change = (gains - before).reshape(len(first), len(second), -1)
        one, other = (np.stack([c for _, c in moves]) for moves in (first, second))
        for a, b in itertools.permutations(range(look.held.bargaining), 2):
            at = _best_exchange(change[..., [a, b]], one[:, [a, b]], other[:, [a, b]])
            if at is not None:
                moves = (i, first[at[0]][0]), (j, second[at[1]][0])
                found.append(_exchange(look, (a, b), moves, change[at]))
    return tuple(sorted(found, key=_rank))


def _best_exchange(
    change: Int[np.ndarray, "first second 2"], one: Int[np.ndarray, "first 2"], other: Int[np.ndarray, "second 2"]
) -> tuple[int, int] | None:
    """Return the levels by which the one that gains less gains most, and then both together; None where none serves."""
    gives = (one[:, 0] < 0) & (one[:, 1] > 0)
    returns = (other[:, 1] < 0) & (other[:, 0] > 0)
    least, total = change.min(axis=-1), change.sum(axis=-1)
    serves = gives[:, None] & returns & (least > 0)
    if not serves.any():
        return None
    serves &= least == least[serves].max()
    serves &= total == total[serves].max()
    first, second = np.argwhere(serves)[0].tolist()
    return first, second


def _exchange(
    look: _Look,
    pair: tuple[int, int],
    moves: tuple[tuple[int, int], tuple[int, int]],
    change: Int[np.ndarray, " needed"],
) -> Exchange:
    (i, x), (j, y) = moves
    needed, issues = look.held.parties, look.deals.issues
    return Exchange(
        giver=needed[pair[0]],
        taker=needed[pair[1]],
        issue=issues[i],
        level=x,
        back=issues[j],
        back_level=y,
        change=tuple(change.tolist()),
        losers=tuple(p for p, c in zip(needed, change.tolist(), strict=True) if c < 0),
        least=int(change[list(pair)].min()),
        total=int(change[list(pair)].sum()),
    )


def _rank(one: Exchange) -> tuple[bool, int, int]:
    return bool(one.losers), -one.least, -one.total


def _certificate(
    look: _Look, gains: Int[np.ndarray, " needed"], concessions: Sequence[Concession], better: tuple[int, ...]
) -> Certificate:
    """Check every compensation anew from the board, and that nothing improves on the best improvement."""
    holds = all(_stands(look, gains, one) for one in concessions if one.found)
    reached = look.gains(better)
    holds &= bool((reached >= gains).all())
    if look.small:
        holds &= look.improvements(reached) == 0
        return Certificate(claim="no-package-improves-on-the-best", checked=len(look.worth), holds=holds)
    most = optimum(terms(_raised(look.deals, reached)), "sum")
    holds &= not most.found or most.value == 0
    return Certificate(claim="no-package-improves-on-the-best", checked=most.looked, holds=holds)


def _stands(look: _Look, gains: Int[np.ndarray, " needed"], one: Concession) -> bool:
    """Say whether a compensation is admissible, has the level conceded, costs nobody else and gives what it says."""
    deals, p = look.deals, look.held.parties.index(one.party)
    reached = look.gains(one.package)
    others = [q for q in range(len(gains)) if q != p]
    admissible = all(bool(allowed_levels(deals, i)[x]) for i, x in enumerate(one.package))
    kept = one.package[deals.issues.index(one.issue)] == one.level and one.package != deals.status_quo
    return admissible and kept and bool((reached[others] >= gains[others]).all() and reached[p] - gains[p] == one.net)
