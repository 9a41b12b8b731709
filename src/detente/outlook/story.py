"""What happens in one draw, round by round: who puts forward what, who refuses, threatens, gives way, and why?

A story is one draw of the courses, taken apart: what is true in it, and the events in the order in which the rounds
bring them about. It is one of many that the assumptions allow, and no forecast.
"""

from dataclasses import dataclass

import numpy as np

from detente.ensemble import Chunk
from detente.outlook.courses.course import courses
from detente.outlook.courses.question import Question
from detente.outlook.courses.result import FORCE_STATES, SETTLED_BY, TABLE_STATES, Courses
from detente.outlook.seat.dealt import Dealt, dealt
from detente.outlook.seat.played import Turn, played
from detente.situation.nouns import World


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Story:
    """One draw in one world: what it holds before the first round, the agenda taken up, and every round.

    `mode` is the agenda's index, -1 where none was taken up. The first of `turns` is what comes before the rounds.
    """

    draw: Dealt
    mode: int
    turns: tuple[Turn, ...]

    @property
    def end(self) -> tuple[str, str, str, bool]:
        """How it stands after the last round, and whether force was used by then."""
        return ending(self.turns)


@dataclass(frozen=True, slots=True)
class Alike:
    """In how many of the draws that count in its world it ends as in one of them."""

    count: int
    draws: int


def story(question: Question, draw: int, *, world: World) -> Story:
    """Tell one draw, by its number from 0.

    Raises UsageError for a number below 0, and a world that is none of the question's.
    """
    held = dealt(question, draw, world=world)
    told = played(held)
    return Story(draw=held, mode=-1 if told.mode is None else told.mode, turns=told.turns)


def ending(turns: tuple[Turn, ...]) -> tuple[str, str, str, bool]:
    """Return the state of the table after the last round, what it rests on, that of force, and whether it was used.

    >>> ending((Turn(0, (), "talks", "nothing", "none", 0.0),))
    ('talks', 'nothing', 'none', False)
    """
    last = turns[-1]
    used = any(e.kind == "carries-out" for t in turns for e in t.events) and any(t.force != "none" for t in turns)
    return last.table, last.settled_by, last.force, used


def alike(question: Question, end: tuple[str, str, str, bool], *, world: World, draws: int) -> Alike:
    """Count the draws, of the first so many, that end like this."""
    found = courses(question, Chunk(0, draws))
    w = question.setting.worlds.index(world)
    return Alike(int((_ends(found, w, end) & found.kept[w]).sum()), int(found.kept[w].sum()))


def _ends(found: Courses, w: int, end: tuple[str, str, str, bool]) -> np.ndarray:
    table, settled, force, used = end
    same = found.table[w, :, -1] == TABLE_STATES.index(table)
    same &= found.settled_by[w, :, -1] == SETTLED_BY.index(settled)
    same &= found.force[w, :, -1] == FORCE_STATES.index(force)
    return np.asarray(same & ((found.initiator[w] >= 0) == used))
