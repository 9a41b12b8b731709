r"""Which states do players leave together, who gains by it, and who stands in the way?

Each move from s to t has those who act in it: whose choices differ. They make it together when all of them gain,

    gain(s, t)     r_p(t) > r_p(s)  for every p who acts                                                         (1)

and where some would and others not, these others block it. When several act as one for good, they are one side: it
gains when all its members do, and whatever is not a gain for all of them deters it. Stability of the sides is then that
of players (see `stability`).

Source: Kilgour, Hipel, Fang and Peng (2001), "Coalition analysis in group decision support", Group Decision and
Negotiation 10(2); Inohara and Hipel (2008), "Coalition analysis in the graph model for conflict resolution", Systems
Engineering 11(4). Exact. It does not say that a coalition will form, nor how its members would come to trust each
other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool

from detente.boards.conflict import Conflict
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.conflicts.joined import Joined, reached_by, side_arcs
from detente.search.conflicts.moves import graph
from detente.search.conflicts.pairs import Side, check_size, stable_pairs
from detente.search.conflicts.values import GRADED, Sanctions
from detente.search.conflicts.verdicts import CONCEPTS, Reading, check_concepts

Together: TypeAlias = str  # one of
TOGETHER = ("at_once", "in_turn")
MOST_PLAYERS = 10
MOST_TOLD = 100_000
FEW = 512  # states: how coalitions shift the equilibria is told up to here


@dataclass(frozen=True, slots=True)
class Gain:
    """Everybody in `by` acts, and gains, from one state to another; who else gains or loses by it."""

    by: tuple[str, ...]
    source: int
    target: int
    better: tuple[str, ...]
    worse: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A move for several of which some would gain, but not all: those in `refusing` do not."""

    willing: tuple[str, ...]
    refusing: tuple[str, ...]
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Shift:
    """What becomes of the equilibria of one concept when some act as one: which are lost, which are won."""

    by: tuple[str, ...]
    concept: str
    lost: tuple[int, ...]
    won: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """Stability when players form sides that act as one.

    ======  ====================  ==================================
    sides   side                  its members
    stable  concept, side, state
    ======  ====================  ==================================
    """

    sides: tuple[tuple[str, ...], ...]
    stable: Bool[np.ndarray, "concept side state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coalition:
    """Joint gains by equation (1), and what coalitions change.

    `gains` are by one player or several, `blocks` by several alone. `proof` says of each state that nobody gains by
    leaving it, alone or together. `shifts` has a row for each coalition of two or more and each concept, where the
    states are few.
    """

    players: tuple[str, ...]
    concepts: tuple[str, ...]
    gains: tuple[Gain, ...]
    blocks: tuple[Block, ...]
    proof: Bool[np.ndarray, " state"]
    shifts: tuple[Shift, ...]
    structure: Structure | None
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate

    def leaving(self, state: int) -> tuple[Gain, ...]:
        """The gains that lead out of one state, smallest coalitions first."""
        return tuple(sorted((g for g in self.gains if g.source == state), key=lambda g: (len(g.by), g.by, g.target)))


def coalition(
    conflict: Conflict,
    *,
    structure: Sequence[Sequence[str]] | None = None,
    concepts: Sequence[str] = GRADED,
    sanctions: Sanctions = "any_legal",
    together: Together = "at_once",
    about: Sequence[int] | None = None,
) -> Coalition:
    """Find who gains by leaving each state together, and how the equilibria shift; equation (1).

    "at_once" lets a coalition change all its members' choices in one step, even where the states between are not
    feasible; "in_turn" lets them move one after the other. `structure` names the sides of a division of all players;
    `about` limits the states whose gains and blocks are told.

    Raises AnalysisError for draws, too many states or players, unknown words, or sides that are no division.

    >>> from detente.boards.conflict import conflict
    >>> from detente.boards.states import Choice
    >>> from detente.boards.wishes import Ranking
    >>> dilemma = conflict([Choice("row", "yield"), Choice("column", "yield")],
    ...     {"row": Ranking((3, 4, 1, 2)), "column": Ranking((2, 4, 1, 3))})
    >>> [(g.by, g.target) for g in coalition(dilemma).leaving(0)]
    [(('row', 'column'), 3)]
    """
    _check(conflict, concepts, sanctions, together)
    moves = graph(conflict)
    reach = reached_by(conflict, moves, at_once=together == "at_once")
    division = _division(conflict, structure)
    ask = _Ask(conflict, reach, tuple(concepts), sanctions)
    gains, blocks = _told(conflict, reach, range(conflict.count) if about is None else about)
    found = Coalition(
        players=conflict.players,
        concepts=tuple(concepts),
        gains=gains,
        blocks=blocks,
        proof=_proof(conflict, reach),
        shifts=tuple(_shifts(ask)) if conflict.count <= FEW else (),
        structure=None if division is None else Structure(_names(conflict, division), _stable(ask, division)),
        method="pairs",
        parameters={"sanctions": sanctions, "together": together},
        certificate=Certificate(claim="", checked=0, holds=True),
    )
    return replace(found, certificate=_certificate(conflict, found, complete=about is None))


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is asked of every division: the moves, the concepts, and how others may answer."""

    board: Conflict
    reach: tuple[Joined, ...]
    concepts: tuple[str, ...]
    sanctions: Sanctions


def _check(board: Conflict, concepts: Sequence[str], sanctions: str, together: str) -> None:
    check_size(board)
    check_concepts(concepts, Reading(sanctions=sanctions))
    limited = [c for c in concepts if c not in CONCEPTS]
    if limited:
        raise AnalysisError(f"'{limited[0]}' is not defined for sides of several. Leave it out.")
    if together not in TOGETHER:
        raise AnalysisError(f"'{together}' is no way to move together. Choose one of: {', '.join(TOGETHER)}.")
    if len(board.players) > MOST_PLAYERS:
        raise AnalysisError(
            f"The conflict has {len(board.players)} players, and coalitions are told of {MOST_PLAYERS} at most. "
            "Leave out players that decide little."
        )
    if board.unknown is not None:
        raise AnalysisError("Which pairs are better is partly unknown, and coalitions need to know. Fill them in.")


def _division(board: Conflict, structure: Sequence[Sequence[str]] | None) -> tuple[tuple[int, ...], ...] | None:
    if structure is None:
        return None
    sides = tuple(tuple(sorted(board.player(name) for name in side)) for side in structure)
    if sorted(p for side in sides for p in side) != list(range(len(board.players))):
        raise AnalysisError("The sides are no division of the players. Name every player in just one side.")
    return sides


def _names(board: Conflict, sides: Sequence[Sequence[int]]) -> tuple[tuple[str, ...], ...]:
    return tuple(_named(board, side) for side in sides)


def _named(board: Conflict, members: Sequence[int] | Bool[np.ndarray, " player"]) -> tuple[str, ...]:
    marked = np.flatnonzero(members) if isinstance(members, np.ndarray) else members
    return tuple(board.players[p] for p in marked)


def _proof(board: Conflict, reach: Sequence[Joined]) -> Bool[np.ndarray, " state"]:
    found = np.ones(board.count, dtype=bool)
    for joined in reach:
        found[joined.source[_rise(board, joined)[list(joined.members)].all(axis=0)]] = False
    return found


def _rise(board: Conflict, joined: Joined) -> Bool[np.ndarray, "player move"]:
    return board.preference[:, joined.target] > board.preference[:, joined.source]


def _told(board: Conflict, reach: Sequence[Joined], about: Sequence[int]) -> tuple[tuple[Gain, ...], tuple[Block, ...]]:
    """Write down the gains, and the moves for several that some of them refuse, out of the states asked about."""
    gains: list[Gain] = []
    blocks: list[Block] = []
    for joined in reach:
        members = np.isin(np.arange(len(board.players)), joined.members)
        asked = np.isin(joined.source, list(about))
        rise = _rise(board, joined)
        fall = board.preference[:, joined.target] < board.preference[:, joined.source]
        willing = rise & members[:, None]
        for k in np.flatnonzero(asked & willing.any(axis=0)).tolist():
            source, target = int(joined.source[k]), int(joined.target[k])
            if willing[members, k].all():
                by = _named(board, joined.members)
                gains.append(Gain(by, source, target, _named(board, rise[:, k]), _named(board, fall[:, k])))
            elif len(joined.members) > 1:
                refusing = members & ~rise[:, k]
                blocks.append(Block(_named(board, willing[:, k]), _named(board, refusing), source, target))
        if len(gains) + len(blocks) > MOST_TOLD:
            raise AnalysisError(
                f"There are more than {MOST_TOLD:,} joint moves to tell of. Name a few states in `about`."
            )
    order = sorted(gains, key=lambda g: (g.source, len(g.by), g.by, g.target))
    return tuple(order), tuple(sorted(blocks, key=lambda b: (b.source, len(b.refusing), b.refusing, b.target)))


def _stable(ask: _Ask, sides: Sequence[Sequence[int]]) -> Bool[np.ndarray, "concept side state"]:
    """Return stability where each side is one player that gains only when all its members do."""
    value = ask.board.preference
    every = []
    for side in sides:
        gains = np.all([value[p][None, :] > value[p][:, None] for p in side], axis=0)
        every.append(Side(side_arcs(ask.board.count, ask.reach, side), gains, ~gains, gains))
    return np.stack([stable_pairs(ask.board, every, concept=c, sanctions=ask.sanctions) for c in ask.concepts])


def _shifts(ask: _Ask) -> Iterator[Shift]:
    """Compare the equilibria of every coalition, all others by themselves, with those of single players."""
    players = range(len(ask.board.players))
    alone = np.all(_stable(ask, [(p,) for p in players]), axis=1)
    for size in range(2, len(players) + 1):
        for members in combinations(players, size):
            rest = [(p,) for p in players if p not in members]
            held = np.all(_stable(ask, [members, *rest]), axis=1)
            for c, concept in enumerate(ask.concepts):
                lost, won = (np.flatnonzero(m).tolist() for m in (alone[c] & ~held[c], held[c] & ~alone[c]))
                yield Shift(_named(ask.board, members), concept, tuple(lost), tuple(won))


def _certificate(board: Conflict, found: Coalition, *, complete: bool) -> Certificate:
    """Do all who act gain, does nobody refuse who gains, and is every state that is not proof left by somebody?"""
    rank = dict(zip(board.players, board.preference.tolist(), strict=True))
    holds = all(rank[p][g.target] > rank[p][g.source] for g in found.gains for p in g.by)
    holds &= all(rank[p][b.target] <= rank[p][b.source] for b in found.blocks for p in b.refusing)
    left = {g.source for g in found.gains}
    holds &= not left & set(np.flatnonzero(found.proof).tolist())
    if complete:
        holds &= left == set(np.flatnonzero(~found.proof).tolist())
    return Certificate(claim="all-who-act-gain", checked=len(found.gains) + len(found.blocks), holds=holds)
