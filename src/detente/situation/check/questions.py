"""Can questions about the future be answered, and do they ask about what is there?"""

import difflib

from detente.situation.check.problem import Problem, Problems, doubt, listed, repeated
from detente.situation.nouns import Situation
from detente.situation.questions import Question


def questions(situation: Situation) -> Problems:
    """Find questions without answers or scale, conditions that no question meets, and events of what is not there."""
    asked = {question.id: question for question in situation.questions}
    for question in situation.questions:
        yield from _choices(question)
        yield from _scale(question)
        yield from _given(question, asked)
        yield from _about(question, situation)


def _choices(question: Question) -> Problems:
    at = f"{question.id}.choices"
    needs = question.kind in ("multiple_choice", "ordered")
    if needs and len(set(question.choices)) < 2:
        yield Problem(at, f"'{question.id}' needs at least two choices.", "List what the answer may be.")
    if not needs and question.choices:
        message = f"'{question.id}' lists choices, but is of the kind '{question.kind}'."
        yield doubt(at, message, "Take them out, or change the kind.")
    for twice in repeated(question.choices):
        yield Problem(at, f"the choice '{twice}' stands twice.", "Keep one of the two.")


def _scale(question: Question) -> Problems:
    at, ends = f"{question.id}.low", (question.low, question.high)
    if question.kind == "continuous" and (
        question.low is None or question.high is None or question.low >= question.high
    ):
        yield Problem(at, f"'{question.id}' asks for a number, but has no scale.", "Give low and high, low below high.")
    if question.kind != "continuous" and ends != (None, None):
        message = f"'{question.id}' has a scale, but is of the kind '{question.kind}'."
        yield doubt(at, message, "Take low and high out, or change the kind.")
    if question.opens and question.closes and question.opens > question.closes:
        message = f"'{question.id}' opens on {question.opens}, after it closes on {question.closes}."
        yield Problem(f"{question.id}.opens", message, "Correct one of the two days.")


def _given(question: Question, asked: dict[str, Question]) -> Problems:
    given, at = question.given, f"{question.id}.given"
    if given is None:
        return
    if given.question not in asked:
        near = difflib.get_close_matches(given.question, list(asked), n=1, cutoff=0.7)
        cure = f"Did you mean '{near[0]}'?" if near else "Add it to questions, or correct the name."
        yield Problem(at, f"'{given.question}' is not a question of this situation.", cure)
        return
    answers = asked[given.question].choices or ("yes", "no")
    if given.outcome not in answers:
        message = f"'{given.question}' cannot come out as '{given.outcome}'."
        yield Problem(at, message, f"It can come out as {listed(answers)}.")
    if _in_a_circle(question, asked):
        yield Problem(at, f"'{question.id}' is asked only after itself.", "Take one of the conditions out.")


def _in_a_circle(question: Question, asked: dict[str, Question]) -> bool:
    seen: set[str] = set()
    at: Question | None = question
    while at is not None and at.given is not None:
        if at.id in seen:
            return at.id == question.id
        seen.add(at.id)
        at = asked.get(at.given.question)
    return False


def _about(question: Question, situation: Situation) -> Problems:
    about = question.about
    known = {
        "by": ("party", [p.id for p in situation.parties]),
        "against": ("party", [p.id for p in situation.parties]),
        "table": ("table", [t.id for t in situation.tables]),
        "issue": ("issue", [i.id for i in situation.issues]),
        "threat": ("threat", [t.id for t in situation.threats]),
    }
    for field, (word, names) in known.items():
        name = getattr(about, field)
        if name is not None and name not in names:
            near = difflib.get_close_matches(name, names, n=1, cutoff=0.7)
            cure = f"Did you mean '{near[0]}'?" if near else f"Name {_a(word)} that is there, or take it out."
            yield Problem(f"{question.id}.about.{field}", f"'{name}' is not {_a(word)} of this situation.", cure)


def _a(word: str) -> str:
    return f"an {word}" if word == "issue" else f"a {word}"
