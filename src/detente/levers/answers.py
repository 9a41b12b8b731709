"""Which answers can levers move: about the deals of a table, about today's state without one, about the courses?

Every answer is one number per draw, under a name such as `deal`, `gain.iran`, `level.enrichment`, `holds.force` or
`war.squeeze`. A mean of those that hold or do not is a share of the model's draws, on its agenda or in its world, and
rests on the ranges of the inputs: it is no probability of an event.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
from jaxtyping import Bool, Float

from detente.boards import Deals, Draws, Modes, deals, with_modes
from detente.boards.frame import NoDealChoice, frame
from detente.boards.outside.dyads import Dyad
from detente.boards.outside.lay import outside
from detente.boards.outside.worlds import WORLDS
from detente.ensemble import Chunk
from detente.levers.factors import Scalar, Scalars, size_of
from detente.levers.sources.asked import ENDS as CRISIS_ENDS
from detente.levers.sources.asked import likeliest_ends
from detente.outlook.courses.course import courses
from detente.outlook.courses.question import Question
from detente.outlook.courses.result import CALM, COLLAPSED, SETTLED_BY, WAR
from detente.search.conflicts.draws import drawn_stable
from detente.search.conflicts.moves import graph
from detente.search.packages.choice import choose
from detente.search.packages.space import space
from detente.situation.nouns import Situation, World

POINTS = 100.0  # basis points in a point
LIMIT = 5_000_000_000  # packages x draws that are looked at
LOTS = 512
ENDS = ("agreement", "collapse", "force", "war")
_AGREED = SETTLED_BY.index("agreement")


def deal_answers(
    situation: Situation, table: str, modes: Modes, *, agenda: str, no_deal: NoDealChoice = "auto"
) -> Scalars:
    """Answer of one agenda: is there a deal, what does each gain by the Nash deal, which level does each issue take?

    Where there is no deal the gains are 0 and the levels those of today. `agenda` is its name.

    Raises BoardError where the table cannot be put on a board.
    """
    laid = frame(situation, table)
    answers = (
        Scalar("deal", "holds", None, agenda),
        *(Scalar(f"gain.{party}", "points", party, agenda) for party in laid.parties),
        *(Scalar(f"level.{issue.id}", "level", issue.id, agenda) for issue in laid.issues),
    )
    return Scalars(answers, partial(_dealt, situation, table, modes, no_deal))


def _dealt(
    situation: Situation, table: str, modes: Modes, no_deal: NoDealChoice, draws: Draws, chances: int
) -> Float[np.ndarray, "draw answer"]:
    board = with_modes(deals(situation, table, draws=draws, no_deal=no_deal), modes)
    found = choose(space(board), reach=False, limit=LIMIT)
    levels = np.stack([_level(board, i, found.chosen[:, i]) for i in range(len(board.issues))], axis=1)
    return np.concatenate([found.found[:, None], found.gains / POINTS, levels], axis=1)


def _level(board: Deals, issue: int, option: np.ndarray) -> Float[np.ndarray, " draw"]:
    return np.asarray(board.levels[issue][option], dtype=np.float64)


def holding_answers(drafted: Situation, worlds: Sequence[World] = WORLDS, *, concept: str = "seq") -> Scalars:
    """Answer of each world whether today's state holds there, by one idea of stability.

    `drafted` is a situation with its moves and effects written out. There is no answer in draws that go against what
    parties are said to prefer.

    Raises BoardError where nobody can do anything without a deal.
    """
    answers = tuple(Scalar(f"holds.{world}", "holds", None, world) for world in worlds)
    return Scalars(answers, partial(_holding, drafted, tuple(worlds), concept))


def _holding(
    drafted: Situation, worlds: tuple[World, ...], concept: str, draws: Draws, chances: int
) -> Float[np.ndarray, "draw answer"]:
    return np.stack([_holds(drafted, world, concept, draws) for world in worlds], axis=1)


def _holds(drafted: Situation, world: World, concept: str, draws: Draws) -> Float[np.ndarray, " draw"]:
    laid = outside(drafted, world, draws=draws)
    found = np.full(size_of(draws), np.nan)
    board = laid.conflict
    for rows, stable in drawn_stable(board, graph(board), concepts=(concept,), sanctions="any_legal"):
        found[rows] = stable[0, :, laid.today].all(axis=0)
    found[~laid.kept] = np.nan
    return found


def crisis_answers(drafted: Situation, dyad: Dyad, world: World, *, seed: int) -> Scalars:
    """Answer of the crisis of a dyad in a world where it leads: is each of its ends the likeliest, by its place?

    `drafted` is a situation with its moves and effects written out. There is no answer in draws that go against what
    parties are said to prefer.
    """
    name = f"crisis.{dyad.challenger}.{dyad.target}.{world}"
    answers = tuple(Scalar(f"{name}.{k}", "holds", end, world) for k, end in enumerate(CRISIS_ENDS))
    return Scalars(answers, partial(_ended, drafted, dyad, world, seed))


def _ended(
    drafted: Situation, dyad: Dyad, world: World, seed: int, draws: Draws, chances: int
) -> Float[np.ndarray, "draw answer"]:
    ends = likeliest_ends(drafted, dyad, world, draws, count=size_of(draws), seed=seed)
    found = np.asarray(ends[:, None] == np.arange(len(CRISIS_ENDS)), dtype=np.float64)
    found[ends < 0] = np.nan
    return found


def course_answers(question: Question, *, lots: int = LOTS) -> Scalars:
    """Answer of each world, by the last round: was there an agreement, did talks collapse, force be used, war begin?

    There is no answer in draws that go against what parties are said to prefer. `lots` is over how many chances an
    answer at given inputs is averaged.
    """
    worlds = question.setting.worlds
    answers = tuple(Scalar(f"{end}.{world}", "holds", end, world) for world in worlds for end in ENDS)
    return Scalars(answers, partial(_coursed, question), lots=lots)


def _coursed(question: Question, draws: Draws, chances: int) -> Float[np.ndarray, "draw answer"]:
    found = courses(question, Chunk(chances, size_of(draws)), draws=draws)
    columns = []
    for w in range(len(question.setting.worlds)):
        ends = (
            found.settled_by[w] == _AGREED, found.table[w] == COLLAPSED, found.force[w] != CALM, found.force[w] == WAR,
        )  # fmt: skip
        columns += [_ever(end, found.kept[w]) for end in ends]
    return np.stack(columns, axis=1)


def _ever(end: Bool[np.ndarray, "draw round"], kept: Bool[np.ndarray, " draw"]) -> Float[np.ndarray, " draw"]:
    return np.where(kept, end.any(axis=1).astype(np.float64), np.nan)
