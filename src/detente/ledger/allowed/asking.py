"""Which questions may not be asked?"""

import datetime as dt
import math
from collections.abc import Iterator
from typing import Final

from detente.ledger.allowed.naming import claimed, listed, unknown
from detente.ledger.book import AskedQuestion, Book
from detente.ledger.entries import Opened
from detente.situation.questions import Condition, Question

RESERVED: Final = ("value", "ambiguous", "annulled")  # outcomes with a meaning of their own
_LONGEST: Final = 36_525  # days; a century


def against_opening(book: Book, entry: Opened, today: dt.date) -> Iterator[str]:
    """Speak against a question that may not be asked."""
    question = entry.question
    known = book.question(question.id)
    if known is not None:
        yield f"'{question.id}' was asked already, in row {known.number}. Give this question another id."
        return
    yield from claimed(entry.as_of, entry.by, today)
    if not any(c.isalnum() for c in question.text):
        yield f"The question '{question.id}' has no text. Write down what is asked."
    if not question.criteria.strip():
        yield f"The question '{question.id}' has no criteria. Say what has to be seen for which outcome."
    yield from _days(entry)
    yield from _answers(question)
    if question.given is not None:
        yield from _condition(book, entry, question.given)


def _days(entry: Opened) -> Iterator[str]:
    question, as_of = entry.question, entry.as_of
    if question.closes is None:
        if question.given is None or question.given.within_days is None:
            yield f"The question '{question.id}' has no closing day. Say until when it is open."
        return
    if question.closes < as_of:
        yield (
            f"The question '{question.id}' closes on {question.closes}, before {as_of}, the day as of which it is "
            "asked. Give a later closing day, or ask it as of an earlier one."
        )
    if question.opens is not None and question.opens > question.closes:
        yield (
            f"The question '{question.id}' opens on {question.opens} and closes on {question.closes}. "
            "Give an opening day that is not after the closing day."
        )


def _answers(question: Question) -> Iterator[str]:
    where = f"The question '{question.id}'"
    scale = (question.low, question.high)
    if question.kind in ("multiple_choice", "ordered"):
        yield from _choices(question)
    elif question.choices:
        yield f"{where} is {question.kind}, and has no choices. Leave them out, or ask it as multiple_choice."
    if question.kind != "continuous":
        if scale != (None, None):
            yield f"{where} is {question.kind}, and has no scale. Leave low and high out, or ask it as continuous."
        return
    low, high = question.low, question.high
    if low is None or high is None:
        yield f"{where} is continuous, and lacks an end of its scale. Give both low and high."
    elif not (math.isfinite(high - low) and low < high):
        yield f"{where} has a scale from {low:g} to {high:g}. Give a low that is less than high."


def _choices(question: Question) -> Iterator[str]:
    where, choices = f"The question '{question.id}'", question.choices
    if len(choices) < 2:
        yield f"{where} has {len(choices)} of the choices that it needs. Give at least two."
    if len(set(choices)) < len(choices) or not all(choice.strip() for choice in choices):
        yield f"{where} has two choices of one name, or one without. Name each differently."
    taken = [choice for choice in choices if choice in RESERVED]
    if taken:
        yield f"{where} has a choice '{taken[0]}', which stands for something else in a resolution. Name it otherwise."


def _condition(book: Book, entry: Opened, given: Condition) -> Iterator[str]:
    name = entry.question.id
    if given.question == name:
        yield f"The question '{name}' is asked under a condition on itself. Name the question it hangs on."
        return
    above = book.question(given.question)
    if above is None:
        yield f"The question '{name}' is asked under a condition that is not there: {unknown(book, given.question)}"
        return
    if given.within_days is not None and not 1 <= given.within_days <= _LONGEST:
        yield (
            f"The question '{name}' closes {given.within_days} days after its condition. Give 1 to {_LONGEST} of them."
        )
    yield from _outcome(name, above, given)
    yield from _settled(entry, above, given)


def _outcome(name: str, above: AskedQuestion, given: Condition) -> Iterator[str]:
    parent = above.question.id
    if above.question.kind == "continuous":
        yield (
            f"The question '{name}' is asked under a condition on '{parent}', which comes out as a value. "
            "Ask a yes or no question about that value, and name it as the condition."
        )
    elif given.outcome not in above.outcomes:
        yield (
            f"The question '{name}' is asked if '{parent}' comes out as '{given.outcome}', which it cannot. "
            f"It has {listed(list(above.outcomes))}."
        )


def _settled(entry: Opened, above: AskedQuestion, given: Condition) -> Iterator[str]:
    """Speak against a condition that had come out otherwise, or after which the question had closed, on its day."""
    if above.settled is None or above.settled > entry.as_of:
        return
    name, parent, held = entry.question.id, above.question.id, above.resolution
    outcome = held.outcome if held is not None and above.state != "void" else "void"
    if outcome != given.outcome:
        yield (
            f"The question '{name}' is asked if '{parent}' comes out as '{given.outcome}', but that came out as "
            f"'{outcome}' on {above.settled}. Leave the question out."
        )
    elif given.within_days is not None and (entry.as_of - above.settled).days > given.within_days:
        yield (
            f"The question '{name}' closed {given.within_days} days after '{parent}' came out on {above.settled}, "
            f"before {entry.as_of}, the day as of which it is asked. Ask it as of an earlier day."
        )
