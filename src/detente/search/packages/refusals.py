"""Who stands in the way of a deal, and which refusals would have to be set aside together to open one?

A refusal is a party that would gain less than nothing ("value"), or whose red line excludes a level ("red_line").
An *opening* is a minimal set of refusals that, set aside together, leave a deal; a *blocking* is a minimal set of
refusals that leave none, whatever the others do. Each opening takes one refusal out of every blocking, and the other
way round: each family is what crosses all of the other (Berge 1989, Hypergraphs, chapter 2).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Int

from detente.boards.deal_board import Deals
from detente.search.packages.consent import admitted, carriers, carrying, red_lines, without_lines
from detente.search.packages.optimum import optimum
from detente.search.packages.terms import Terms, terms

VALUE, RED_LINE = "value", "red_line"
SCAN = 1 << 18  # packages up to which looking at each is quicker than searching
WIDEST = 62  # refusals that fit into the bits of one number
SEEN = 20  # refusals up to which a table of all their sets is kept
BLOCK = 1 << 16  # packages looked at together
MOST = 256  # openings that a search lists

Lines: TypeAlias = Literal["keep", "party", "issue"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A party that stands in the way, and why: it would gain less than nothing ("value"), or its "red_line".

    `issue` is where the red line stands, where refusals are told issue by issue.
    """

    party: str
    reason: str
    issue: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standoff:
    """Who blocks and what would open.

    =========  =============  ===========================================================================
    openings   per opening    refusals that, set aside together, leave a deal; shortest first. One empty
                              opening where there is a deal; none where no package is left at all
    blockings  per blocking   refusals that leave no deal; none where there is a deal, one empty where no
                              package is left at all
    complete   yes or no      whether all are listed; else only the shortest
    looked     a number       packages looked at, or searches made
    method     -              "scan" or "search"
    =========  =============  ===========================================================================
    """

    openings: tuple[tuple[Refusal, ...], ...]
    blockings: tuple[tuple[Refusal, ...], ...]
    complete: bool
    looked: int
    method: str


def minimal_refusals(deals: Deals, *, limit: int = SCAN) -> tuple[tuple[Refusal, ...], ...]:
    """Find every minimal set of refusals that, set aside together, would open a deal, shortest first.

    A party's red lines are one refusal here; `standoff` tells them apart. Up to `limit` packages all are looked at.

    >>> from detente.boards import scored
    >>> minimal_refusals(scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran")))
    ((Refusal(party='iran', reason='value'),),)
    """
    return standoff(deals, lines="party", limit=limit).openings


def standoff(
    deals: Deals, *, lines: Lines = "issue", values: bool = True, limit: int = SCAN, most: int = MOST
) -> Standoff:
    """Find every opening and every blocking, as the rule of the table has it.

    `lines` says what red lines are: "keep" binds them, so that only values are refusals; "party" makes one refusal of
    all red lines of a party; "issue" one of each. Without `values` only red lines can be set aside. Up to `limit`
    packages all are looked at; beyond that openings are searched for, shortest first, and no more than `most` of them.

    Raises AnalysisError for a board with draws.
    """
    ground = _ground(deals, lines)
    opened = terms(deals, red_lines=lines == "keep")
    if opened.size > limit or len(ground.refusals) > WIDEST:
        return _searched(ground, most, 0 if values else ground.values)
    found = _openings(ground, _against(ground, opened))
    found = [mask for mask in found if values or not mask & ground.values]
    return Standoff(
        openings=ground.told(found),
        blockings=ground.told(crossing(found)),
        complete=True,
        looked=opened.changes,
        method="scan",
    )


def crossing(sets: Iterable[int]) -> list[int]:
    """Which minimal sets have something in common with every one of these? Sets are bit masks.

    >>> crossing([0b011, 0b110]), crossing([]), crossing([0])
    ([2, 5], [0], [])
    """
    found = [0]
    for each in sets:
        found = _crossed(found, each)
    return sorted(found, key=lambda m: (m.bit_count(), m))


def _crossed(found: list[int], each: int) -> list[int]:
    hit = [m for m in found if m & each]
    more = {m | 1 << b for m in found if not m & each for b in _bits(each)}
    return hit + [m for m in more if not any(h & m == h for h in hit)]


def _bits(mask: int) -> Iterator[int]:
    return (b for b in range(mask.bit_length()) if mask >> b & 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """All refusals there can be: the values first, then red lines, each with the (party, issue) it stands for."""

    deals: Deals
    parties: int
    refusals: tuple[Refusal, ...]
    lines: tuple[tuple[tuple[int, int], ...], ...]
    carriers: tuple[tuple[int, ...], ...]

    @property
    def values(self) -> int:
        """The mask of all values."""
        return (1 << self.parties) - 1

    def told(self, masks: Iterable[int]) -> tuple[tuple[Refusal, ...], ...]:
        """Say which refusals the masks stand for."""
        return tuple(tuple(self.refusals[b] for b in _bits(mask)) for mask in masks)


def _ground(deals: Deals, kind: Lines) -> _Ground:
    empty = terms(replace(deals, open=tuple(np.zeros_like(o) for o in deals.open)))
    values = [Refusal(party, VALUE) for party in empty.parties]
    pairs = () if kind == "keep" else red_lines(deals)
    if kind == "party":
        groups = [tuple(pair for pair in pairs if pair[0] == p) for p in sorted({p for p, _ in pairs})]
        named = [Refusal(empty.parties[group[0][0]], RED_LINE) for group in groups]
    else:
        groups = [(pair,) for pair in pairs]
        named = [Refusal(empty.parties[p], RED_LINE, deals.issues[i]) for p, i in pairs]
    return _Ground(
        deals=deals,
        parties=len(values),
        refusals=(*values, *named),
        lines=tuple(groups),
        carriers=carriers(deals),
    )


def _against(ground: _Ground, opened: Terms) -> Int[np.ndarray, " mask"]:
    """Look at every package that changes something: which sets of refusals stand against one?"""
    if not opened.size:
        return np.zeros(0, dtype=np.int64)
    shape = [t.shape[1] for t in opened.tables]
    split = _split(shape)
    barred = _barred(ground, opened)
    outer, outer_bits = _summed(opened, barred, slice(0, split))
    inner, inner_bits = _summed(opened, barred, slice(split, len(shape)))
    outer = outer - opened.floor[:, None]
    unchanged = None if opened.unchanged is None else int(np.ravel_multi_index(opened.unchanged, shape))
    found: list[Int[np.ndarray, " _"]] = []
    step = max(1, BLOCK // inner_bits.size)
    for first in range(0, outer_bits.size, step):
        rows = slice(first, first + step)
        masks = outer_bits[rows, None] | inner_bits
        for p in range(ground.parties):
            masks += (outer[p, rows, None] < -inner[p]).astype(np.int64) << p
        flat, start = masks.reshape(-1), first * inner_bits.size
        if unchanged is not None and start <= unchanged < start + flat.size:
            flat = np.delete(flat, unchanged - start)
        found.append(_distinct(flat, len(ground.refusals)))
    return np.unique(np.concatenate(found))


def _split(shape: list[int]) -> int:
    """Return the first cluster of the inner half: as many last ones as fit into a block."""
    split, size = len(shape), 1
    while split and size * shape[split - 1] <= BLOCK // 16:
        split -= 1
        size *= shape[split]
    return split


def _barred(ground: _Ground, opened: Terms) -> list[Int[np.ndarray, " _choice"]]:
    """Return, per cluster and choice, the red lines that stand against it."""
    deals = ground.deals
    per_issue = [np.zeros(at.size, dtype=np.int64) for at in deals.levels]
    for k, group in enumerate(ground.lines):
        for p, i in group:
            per_issue[i] |= (~admitted(deals, i)[p]).astype(np.int64) << (ground.parties + k)
    return [
        np.bitwise_or.reduce([per_issue[i][picks[:, at]] for at, i in enumerate(members)])
        for picks, members in zip(opened.picks, opened.members, strict=True)
    ]


def _summed(
    opened: Terms, barred: list[Int[np.ndarray, " _choice"]], part: slice
) -> tuple[Int[np.ndarray, "party package"], Int[np.ndarray, " package"]]:
    gains, bits = np.zeros((len(opened.parties), 1), dtype=np.int64), np.zeros(1, dtype=np.int64)
    for table, against in zip(opened.tables[part], barred[part], strict=True):
        gains = (gains[:, :, None] + table[:, None, :]).reshape(len(gains), -1)
        bits = (bits[:, None] | against).reshape(-1)
    return gains, bits


def _distinct(masks: Int[np.ndarray, " package"], bits: int) -> Int[np.ndarray, " mask"]:
    if bits > SEEN:
        return np.unique(masks)
    seen = np.zeros(1 << bits, dtype=bool)
    seen[masks] = True
    return np.flatnonzero(seen)


def _openings(ground: _Ground, against: Int[np.ndarray, " mask"]) -> list[int]:
    """Return the least sets whose setting aside leaves a package that is carried."""
    least = _least(against)
    if ground.deals.rule is None:
        return least
    enough = carrying(ground.deals)
    aside = np.arange(ground.values + 1)
    sets = []
    for mask in least:
        losing = mask & ground.values
        parts = aside[(aside & ~losing) == 0]
        carried = parts[enough[ground.values & ~(losing & ~parts)]]
        sets += [part | (mask & ~ground.values) for part in _least(carried)]
    return _least(np.array(sorted(set(sets)), dtype=np.int64))


def _least(masks: Int[np.ndarray, " mask"]) -> list[int]:
    """Return the masks that have no other inside them, by size."""
    left = np.array(sorted(masks.tolist(), key=lambda m: (m.bit_count(), m)), dtype=np.int64)
    found: list[int] = []
    while left.size:
        found.append(int(left[0]))
        left = left[left & found[-1] != found[-1]]
    return found


@dataclass(slots=True)
class _Search:
    """What the search knows so far: what stands against packages it found, and what leaves none. Only this changes."""

    ground: _Ground
    seen: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    boards: dict[int, Terms] = field(default_factory=dict)
    looked: int = 0

    def opens(self, aside: int) -> bool:
        """Is there a deal with these refusals set aside?"""
        lines = ~aside & ~self.ground.values & ((1 << len(self.ground.refusals)) - 1)
        asked = {sum(1 << p for p in group) & ~aside for group in self.ground.carriers}
        least = [a for a in asked if not any(b != a and b & a == b for b in asked)]
        return any(self._leaves(values | lines) for values in sorted(least))

    def _leaves(self, kept: int) -> bool:
        """Is there a package against which none of these refusals stands?"""
        if any(not against & kept for against in self.seen):
            return True
        if any(kept & shut == shut for shut in self.closed):
            return False
        against = self._looked_for(kept)
        if against is None:
            self.closed.append(kept)
            return False
        self.seen.append(against)
        return True

    def _looked_for(self, kept: int) -> int | None:
        ground = self.ground
        board = self._board(kept & ~ground.values)
        if not board.changes:
            return None
        self.looked += 1
        over = [p for p in range(ground.parties) if kept >> p & 1]
        best = optimum(board, "least", over=over or None, must=(), enough=0 if over else None)
        if not best.found or (over and min(best.gains[p] for p in over) < 0):
            return None
        losing = sum(1 << p for p, gain in enumerate(best.gains) if gain < 0)
        crossed = [
            1 << (ground.parties + k)
            for k, group in enumerate(ground.lines)
            if any(not admitted(ground.deals, i)[p, best.package[i]] for p, i in group)
        ]
        return losing | sum(crossed)

    def _board(self, lines: int) -> Terms:
        if lines not in self.boards:
            ground = self.ground
            dropped = [g for k, g in enumerate(ground.lines) if not lines >> (ground.parties + k) & 1]
            self.boards[lines] = terms(without_lines(ground.deals, [pair for g in dropped for pair in g]))
        return self.boards[lines]


def _searched(ground: _Ground, most: int, fixed: int) -> Standoff:
    """Guess openings that cross every blocking known so far; a guess that fails shows another blocking.

    The guess is always the shortest, so that openings are found by size. What is `fixed` is never set aside.
    """
    search = _Search(ground)
    every = (1 << len(ground.refusals)) - 1 & ~fixed
    openings: list[int] = []
    blockings: list[int] = []
    guesses = [0]
    while len(openings) < most:
        left = [g for g in guesses if g not in openings]
        if not left:
            break
        guess = min(left, key=lambda m: (m.bit_count(), m))
        if search.opens(guess):
            openings.append(guess)
        else:
            blockings.append(_shrunk(search, every & ~guess, every))
            guesses = _crossed(guesses, blockings[-1])
    ordered = sorted(blockings, key=lambda m: (m.bit_count(), m))
    return Standoff(
        openings=ground.told(sorted(openings, key=lambda m: (m.bit_count(), m))),
        blockings=ground.told(ordered),
        complete=len(openings) == len(guesses),
        looked=search.looked,
        method="search",
    )


def _shrunk(search: _Search, kept: int, every: int) -> int:
    """Leave refusals out one by one, as long as what is left still blocks."""
    for b in _bits(kept):
        if not search.opens(every & ~(kept & ~(1 << b))):
            kept &= ~(1 << b)
    return kept
