"""What of a table does an exact search need: who gains what by each choice, and what each party must be given?

Issues whose levels are worth something together are one *cluster*, and a choice of a cluster sets all of them; any
other issue is a cluster of its own. A package takes one choice per cluster, and its gains are sums over clusters.
"""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int

from detente.boards.deal_board import Deals
from detente.errors import AnalysisError
from detente.search.packages.stakes import Stakes, stakes

INTERACT_LIMIT = 200_000  # choices of one cluster
LARGEST = 1 << 50  # what a sum of scores may reach: 64 bits hold it many times over, so that it can be weighted


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A board as clusters of issues, each with a table of what its choices are worth.

    ============  ====================  ======================================================================
    held          -                     what is at stake on the board, from which gains are added up
    parties       per party             those that bargain, then those that ratify
    consenting    a number              how many of them bargain: the first ones
    issues        per issue             the board's
    tables        per cluster           party x choice: basis points beside the status quo; kept choices only
    picks         per cluster           choice x member: the option index of each issue of the cluster
    members       per cluster           the indices of its issues, ascending
    floor         party                 what a package must be worth: no-deal value and listing costs
    now           per cluster           the choice in which nothing changes; None where it is not kept
    ============  ====================  ======================================================================
    """

    deals: Deals
    held: Stakes
    parties: tuple[str, ...]
    consenting: int
    tables: tuple[Int[np.ndarray, "party _choice"], ...]
    picks: tuple[Int[np.ndarray, "_choice _member"], ...]
    members: tuple[tuple[int, ...], ...]
    floor: Int[np.ndarray, " party"]
    now: tuple[int | None, ...]

    @property
    def issues(self) -> tuple[str, ...]:
        """The issues of the board."""
        return self.deals.issues

    @property
    def size(self) -> int:
        """How many packages there are, the one in which nothing changes included."""
        return math.prod(t.shape[1] for t in self.tables)

    @property
    def unchanged(self) -> tuple[int, ...] | None:
        """The choices in which nothing changes, which is no deal; None where they are not all kept."""
        kept = tuple(q for q in self.now if q is not None)
        return kept if len(kept) == len(self.now) else None

    @property
    def changes(self) -> int:
        """How many packages change something."""
        return self.size - (self.unchanged is not None)

    @property
    def greatest(self) -> int:
        """A number that no sum of scores, with the floor, exceeds in size."""
        return sum(int(np.abs(t).max(initial=0)) for t in self.tables) + int(np.abs(self.floor).max(initial=0))

    def decode(self, choices: Int[np.ndarray, "*package cluster"]) -> Int[np.ndarray, "*package issue"]:
        """Return the option indices of packages given by the choice of each cluster."""
        options = np.zeros((*choices.shape[:-1], len(self.issues)), dtype=np.int64)
        for j, (picks, members) in enumerate(zip(self.picks, self.members, strict=True)):
            options[..., list(members)] = picks[choices[..., j]]
        return options

    def gains(self, package: tuple[int, ...]) -> Int[np.ndarray, " party"]:
        """Compute what a package of option indices gains, anew: each score, each interaction."""
        case, options = np.zeros(1, dtype=np.int64), np.array([package], dtype=np.int64)
        return np.asarray(self.held.worth(case, options)[0] - self.floor)


def terms(deals: Deals, *, red_lines: bool = True) -> Terms:
    """Reduce a board to its clusters; `red_lines=False` keeps the levels that only red lines exclude.

    Raises AnalysisError for a board with draws, for a cluster with too many choices, and for scores too large to add.

    >>> from detente.boards import scored
    >>> found = terms(scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran")))
    >>> found.size, found.now, found.gains((1, 1)).tolist()
    (4, (0, 0), [20, 50])
    """
    if deals.draws:
        raise AnalysisError(
            f"An exact search of table '{deals.table}' takes one case, and this board has {deals.draws[0]:,} draws. "
            "Build the board without draws, or take one of them."
        )
    held = stakes(deals)
    kept = [
        np.flatnonzero(opened & leaves[0].all(axis=0) if red_lines else opened)
        for opened, leaves in zip(deals.open, held.admits, strict=True)
    ]
    members = _clusters(held, kept)
    tables, picks, now = zip(*(_laid(deals, held, cluster, kept) for cluster in members), strict=True)
    found = Terms(
        deals=deals,
        held=held,
        parties=held.parties,
        consenting=held.bargaining,
        tables=tables,
        picks=picks,
        members=members,
        floor=held.floor[0].astype(np.int64),
        now=now,
    )
    if found.greatest > LARGEST:
        raise AnalysisError(
            f"The scores of table '{deals.table}' add up to {found.greatest:,} basis points, more than can be added "
            "exactly. Give scores in larger units: 10 000 are a full-scale move on an issue of salience 100."
        )
    return found


def _clusters(held: Stakes, kept: list[Int[np.ndarray, " _kept"]]) -> tuple[tuple[int, ...], ...]:
    """Return the issues that hang together by interactions of kept levels, by their first issue."""
    group = list(range(len(kept)))
    for cross in held.crosses:
        if cross.score[0][:, kept[cross.first]][:, :, kept[cross.second]].any():
            low, high = sorted((group[cross.first], group[cross.second]))
            group = [low if g == high else g for g in group]
    return tuple(tuple(i for i, g in enumerate(group) if g == first) for first in sorted(set(group)))


def _laid(
    deals: Deals, held: Stakes, cluster: tuple[int, ...], kept: list[Int[np.ndarray, " _kept"]]
) -> tuple[Int[np.ndarray, "party choice"], Int[np.ndarray, "choice member"], int | None]:
    """Return what each choice of a cluster is worth, which options it is, and the one in which nothing changes."""
    if len(cluster) == 1:
        options, now = kept[cluster[0]], deals.status_quo[cluster[0]]
        same = np.flatnonzero(options == now)
        worth = held.score[cluster[0]][0][:, options].astype(np.int64)
        return worth, options[:, None], int(same[0]) if same.size else None
    _small_enough(deals, cluster, kept)
    pick = np.stack([g.reshape(-1) for g in np.meshgrid(*(kept[i] for i in cluster), indexing="ij")], axis=1)
    table = np.asarray(sum(held.score[i][0][:, pick[:, at]].astype(np.int64) for at, i in enumerate(cluster)))
    for cross in held.crosses:
        if cross.first in cluster and cross.second in cluster:
            first, second = pick[:, cluster.index(cross.first)], pick[:, cluster.index(cross.second)]
            table += cross.score[0][:, first, second]
    same = np.flatnonzero((pick == [deals.status_quo[i] for i in cluster]).all(axis=1))
    return table, pick, int(same[0]) if same.size else None


def _small_enough(deals: Deals, cluster: tuple[int, ...], kept: list[Int[np.ndarray, " _kept"]]) -> None:
    choices = math.prod(kept[i].size for i in cluster)
    if choices > INTERACT_LIMIT:
        names = ", ".join(f"'{deals.issues[i]}'" for i in cluster)
        raise AnalysisError(
            f"The issues {names} of table '{deals.table}' all hang together by interactions, and have {choices:,} "
            f"combinations of levels, more than the {INTERACT_LIMIT:,} that are searched. Drop the interaction that "
            "matters least, or take levels off."
        )
