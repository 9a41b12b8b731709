"""Where is it heading, draw by draw and round by round, at the table and outside it?"""

from detente.outlook.courses.assumed import TABLE, Assumed, Held
from detente.outlook.courses.course import courses, sums
from detente.outlook.courses.question import Choices, Question, agendas, drawn_inputs, known_ranges, question
from detente.outlook.courses.result import (
    ENDS,
    FORCE_STATES,
    IMPASSE,
    ROUNDS,
    SETTLED_BY,
    TABLE_STATES,
    Courses,
    Setting,
)
from detente.outlook.courses.sums import EVENTS, Sums, summed

__all__ = [
    "ENDS",
    "EVENTS",
    "FORCE_STATES",
    "IMPASSE",
    "ROUNDS",
    "SETTLED_BY",
    "TABLE",
    "TABLE_STATES",
    "Assumed",
    "Choices",
    "Courses",
    "Held",
    "Question",
    "Setting",
    "Sums",
    "agendas",
    "courses",
    "drawn_inputs",
    "known_ranges",
    "question",
    "summed",
    "sums",
]
