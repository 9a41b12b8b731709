"""What is wrong or doubtful in a situation, and how is it cured?

Pydantic has checked the shape; here the meaning is checked. A draft in mid-edit is welcome: nothing is raised, every
problem has the path of what it is about, a message that names things, and a cure. A **fault** keeps answers from being
computed or true; a **doubt** is something that an analyst should look at.
"""

from detente.situation.check import (
    agendas,
    days,
    lines,
    links,
    meaning,
    names,
    outside,
    pairs,
    questions,
    scales,
    seats,
    voting,
)
from detente.situation.check.problem import Problem, Severity
from detente.situation.nouns import Situation

__all__ = ["Problem", "Severity", "check"]

_CHECKS = (
    names.ids,
    names.references,
    names.evidence,
    names.same_names,
    scales.issues,
    scales.stances,
    scales.weights,
    scales.same_paths,
    agendas.tables,
    voting.rules,
    links.links,
    lines.lines,
    lines.shared,
    lines.stakes,
    seats.seats,
    pairs.interactions,
    days.documents,
    days.events,
    meaning.parties,
    meaning.threats,
    outside.moves,
    outside.effects,
    outside.states,
    outside.preferences,
    meaning.quotes,
    meaning.rest,
    questions.questions,
)


def check(situation: Situation) -> tuple[Problem, ...]:
    """List what is wrong with the meaning of a situation, faults first; empty where all is well.

    >>> from detente.situation.nouns import Demand
    >>> print(check(Situation(title="t", demands=(Demand(id="d1", by="irna", issue="missiles"),)))[0])
    d1.by: 'irna' is not a party of this situation. Add it to parties, or correct the name.
    """
    found = dict.fromkeys(problem for one in _CHECKS for problem in one(situation))
    return tuple(sorted(found, key=lambda problem: problem.severity != "fault"))
