"""Which states of a conflict are stable, for whom, by which idea of stability, whatever form its preferences have?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.conflict import Conflict, seen_by
from detente.errors import AnalysisError
from detente.search.conflicts.draws import drawn_stable
from detente.search.conflicts.limited import ends
from detente.search.conflicts.moves import Graph, as_arcs, chosen, graph, improving
from detente.search.conflicts.pairs import ATTITUDES, Attitude, sides, stable_pairs
from detente.search.conflicts.sim import below, simultaneous
from detente.search.conflicts.values import GRADED, SANCTIONS, Sanctions, ranked, secured

Perception: TypeAlias = str  # one of
PERCEPTIONS = ("moves", "own_game")
CONCEPTS = (*GRADED, "sim")
MOST_DRAWN = 2**28  # cells of an answer draw by draw
_LIMITED = re.compile(r"l([1-9][0-9]?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the definitions are read: how others may answer, what is unknown, what is not seen.

    `unknown` is one of the four attitudes of `pairs`. `perception` "moves": who does not see a state neither
    moves from nor to it, and all else is common knowledge; "own_game": each judges by the game it thinks it is in.
    """

    sanctions: Sanctions = "any_legal"
    unknown: Attitude = "a"
    perception: Perception = "moves"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """Stability of every state for every player, and for graded concepts how clear it is.

    =======  =============================  =====================================================================
    stable   *draw, concept, player, state
    margin   graded, player, state          ranks between staying and the best secured move; below 0: unstable
    attempt  graded, player, state          where that move leads; -1: there is no move, and the margin says nothing
    strong   concept, player, state         strongly so; None where no strength is given
    =======  =============================  =====================================================================
    """

    method: str
    stable: Bool[np.ndarray, "*draw concept player state"]
    graded: tuple[str, ...]
    margin: Int[np.ndarray, "graded player state"]
    attempt: Int[np.ndarray, "graded player state"]
    strong: Bool[np.ndarray, "concept player state"] | None = None


def horizon(concept: str) -> int | None:
    """Return how many moves are foreseen where a concept is one of limited foresight: `l1` to `l99`.

    >>> horizon("l3"), horizon("seq")
    (3, None)
    """
    found = _LIMITED.fullmatch(concept)
    return int(found[1]) if found else None


def check_concepts(concepts: Sequence[str], reading: Reading) -> None:
    """Make sure that every word is one we know.

    Raises AnalysisError where one is not, or where no concept is named.
    """
    unknown = [c for c in concepts if c not in CONCEPTS and horizon(c) is None]
    if unknown or not concepts:
        told = f"'{unknown[0]}' is no idea of stability." if unknown else "No idea of stability is asked for."
        raise AnalysisError(f"{told} Choose from: {', '.join(CONCEPTS)}, or l1, l2 ... for limited foresight.")
    if reading.sanctions not in SANCTIONS:
        raise AnalysisError(f"'{reading.sanctions}' is no rule for answers. Choose one of: {', '.join(SANCTIONS)}.")
    if reading.unknown not in ATTITUDES:
        raise AnalysisError(f"'{reading.unknown}' is no attitude to what is unknown. Choose one of: a, b, c, d.")
    if reading.perception not in PERCEPTIONS:
        raise AnalysisError(f"'{reading.perception}' is no perception. Choose one of: {', '.join(PERCEPTIONS)}.")


def verdicts(board: Conflict, *, concepts: Sequence[str], reading: Reading) -> Verdicts:
    """Return what is stable for whom.

    Raises AnalysisError for an unknown concept or switch, and where a concept is not defined for such a conflict.
    """
    check_concepts(concepts, reading)
    if board.is_drawn:
        return _drawn(board, concepts, reading)
    if reading.perception == "own_game":
        return _perceived(board, concepts, reading)
    if board.unknown is not None:
        return _paired(board, graph(board), concepts, reading)
    return _ranked(board, concepts, reading)


def _ranked(board: Conflict, concepts: Sequence[str], reading: Reading) -> Verdicts:
    at, rank = graph(board), ranked(board.preference)
    graded = tuple(c for c in concepts if c in GRADED)
    shape = (len(board.players), board.count)
    stable = np.empty((len(concepts), *shape), dtype=bool)
    margin, attempt = (np.zeros((len(graded), *shape), dtype=np.int32) for _ in range(2))
    for g, concept in enumerate(graded):
        # One concept at a time: of a million states each would keep a hundred megabytes.
        for p, row in enumerate(secured(at, rank, concept=concept, sanctions=reading.sanctions)):
            margin[g, p] = np.where(row.state < 0, 0, rank[p] - row.rank)
            attempt[g, p] = row.state
        stable[concepts.index(concept)] = margin[g] >= 0
    for c, concept in enumerate(concepts):
        ahead = horizon(concept)
        if ahead is not None:
            stable[c] = ends(at, rank, ahead) == np.arange(board.count)
        elif concept == "sim":
            stable[c] = _sim(board, at, rank)
    strong = None if board.gap is None else _strong(board, at, concepts, reading)
    return Verdicts(method="max-min", stable=stable, graded=graded, margin=margin, attempt=attempt, strong=strong)


def _sim(board: Conflict, at: Graph, rank: Int[np.ndarray, "player state"]) -> Bool[np.ndarray, "player state"]:
    arcs = [as_arcs(m) for m in at.movers[: len(rank)]]
    gains = [chosen(a, improving([r], a)) for a, r in zip(arcs, rank, strict=True)]
    return simultaneous(board, gains, [below(r) for r in rank])[0]


def _strong(
    board: Conflict, at: Graph, concepts: Sequence[str], reading: Reading
) -> Bool[np.ndarray, "concept player state"]:
    """Say what is stable when only strongly worse states deter."""
    every = sides(board, at, attitude=reading.unknown, strong=True)
    rows = [stable_pairs(board, every, concept=_pair_concept(c), sanctions=reading.sanctions) for c in concepts]
    return np.stack(rows)


def _paired(board: Conflict, at: Graph, concepts: Sequence[str], reading: Reading) -> Verdicts:
    every = sides(board, at, attitude=reading.unknown)
    rows = [stable_pairs(board, every, concept=_pair_concept(c), sanctions=reading.sanctions) for c in concepts]
    none = np.zeros((0, len(board.players), board.count), dtype=np.int32)
    strong = None if board.gap is None else _strong(board, at, concepts, reading)
    return Verdicts(method="pairs", stable=np.stack(rows), graded=(), margin=none, attempt=none, strong=strong)


def _pair_concept(concept: str) -> str:
    if horizon(concept) is not None:
        raise AnalysisError(
            f"'{concept}' needs every state ranked, and without strengths. Leave it out, or fill in what is unknown."
        )
    return concept


def _perceived(board: Conflict, concepts: Sequence[str], reading: Reading) -> Verdicts:
    """Ask every player's own game for its verdicts about itself."""
    plain = replace(reading, perception="moves")
    found = [verdicts(seen_by(board, p), concepts=concepts, reading=plain) for p in range(len(board.players))]
    strong = [v.strong[:, p] for p, v in enumerate(found) if v.strong is not None]
    return Verdicts(
        method=found[0].method,
        stable=np.stack([v.stable[:, p] for p, v in enumerate(found)], axis=1),
        graded=found[0].graded,
        margin=np.stack([v.margin[:, p] for p, v in enumerate(found)], axis=1),
        attempt=np.stack([v.attempt[:, p] for p, v in enumerate(found)], axis=1),
        strong=np.stack(strong, axis=1) if strong else None,
    )


def _drawn(board: Conflict, concepts: Sequence[str], reading: Reading) -> Verdicts:
    """Go through the draws block by block."""
    limited = [c for c in concepts if horizon(c) is not None]
    if limited or board.unknown is not None or board.gap is not None or reading.perception != "moves":
        what = f"'{limited[0]}'" if limited else "What is unknown, strong or perceived"
        raise AnalysisError(f"{what} is asked of one case, and these preferences are drawn. Take one draw.")
    draws = board.preference.shape[:-2]
    cells = int(np.prod(draws)) * len(concepts) * len(board.players) * board.count
    if cells > MOST_DRAWN:
        raise AnalysisError(
            f"The answer would have {cells:,} cells, draw by draw; the limit is {MOST_DRAWN:,}. "
            "Ask for fewer concepts or draws, or count over draws with 'steady'."
        )
    stable = np.empty((int(np.prod(draws)), len(concepts), *board.preference.shape[-2:]), dtype=bool)
    for rows, found in drawn_stable(board, graph(board), concepts=concepts, sanctions=reading.sanctions):
        stable[rows] = np.moveaxis(found, -1, 0)
    none = np.zeros((0, len(board.players), board.count), dtype=np.int32)
    stable = stable.reshape((*draws, *stable.shape[1:]))
    return Verdicts(method="max-min", stable=stable, graded=(), margin=none, attempt=none)
