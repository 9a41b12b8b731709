"""Which forecasts may not be recorded?"""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from detente.ledger.allowed.naming import claimed, named, unknown
from detente.ledger.book import AskedQuestion, Book
from detente.ledger.entries import Comparison, Forecast, Quantiles, Reference
from detente.situation.questions import Question

_SLACK: Final = 1e-6


def against_forecast(book: Book, entry: Forecast, today: dt.date) -> Iterator[str]:
    """Speak against a forecast that may not be recorded."""
    yield from claimed(entry.as_of, entry.by, today)
    yield from named(entry.by)
    asked = book.question(entry.question)
    if asked is None:
        yield unknown(book, entry.question)
        return
    yield from against_day(asked, entry.as_of)
    yield from _said(asked.question, entry, f"The forecast of '{entry.question}'")
    yield from _lapse(asked, entry)
    if not 0 <= entry.weight <= 1:
        yield f"The weight of the model is {entry.weight:g}. Give a share from 0 to 1."
    if entry.reference is not None:
        yield from _reference(entry.reference)
    yield from _comparisons(asked.question, entry.comparisons, today)


def against_day(asked: AskedQuestion, as_of: dt.date) -> Iterator[str]:
    """Speak against saying something of a question as of a day on which it was not open."""
    name = asked.question.id
    if as_of < asked.as_of:
        yield (
            f"It is made as of {as_of}, but '{name}' was asked as of {asked.as_of}. "
            "Give that day or a later one; nobody could answer it before."
        )
    elif as_of < asked.opens:
        yield f"It is made as of {as_of}, but '{name}' opens on {asked.opens}. Give that day or a later one."
    if asked.settled is not None and as_of >= asked.settled:
        how = "became void, as its condition did not come true," if asked.state == "void" else "came out"
        yield f"'{name}' {how} on {asked.settled}, so nothing said as of {as_of} is a forecast. Give an earlier day."
    elif as_of > asked.closes:
        yield f"'{name}' closed on {asked.closes}, before {as_of}. Resolve it, or ask anew with a later closing day."


def _said(question: Question, said: Forecast | Comparison, where: str) -> Iterator[str]:
    """Speak against probabilities or quantiles that do not answer the question."""
    if question.kind == "continuous":
        if said.probabilities:
            yield f"{where} gives probabilities, but it asks for a value. Give quantiles, such as 0.1, 0.5 and 0.9."
        yield from _quantiles(question, said.quantiles, where)
        return
    if said.quantiles:
        yield f"{where} gives quantiles, but it asks for no value. Give probabilities."
    yield from _probabilities(question, said.probabilities, where)


def _probabilities(question: Question, given: tuple[float, ...], where: str) -> Iterator[str]:
    wanted = 1 if question.kind == "binary" else len(question.choices)
    outside = [p for p in given if not 0 <= p <= 1]
    if outside:
        hint = f", {outside[0] / 100:g} for {outside[0]:g} in a hundred" if 1 < outside[0] <= 100 else ""
        yield f"{where} gives a probability of {outside[0]:g}. Give shares from 0 to 1{hint}."
    elif len(given) != wanted:
        of_what = "of yes" if question.kind == "binary" else "one for each choice, in their order"
        yield f"{where} gives {len(given)} probabilities. Give {wanted}: {of_what}."
    elif wanted > 1 and abs(sum(given) - 1) > _SLACK:
        yield f"{where} gives probabilities that add up to {sum(given):.6g}. Divide each by that, so that they make 1."


def _quantiles(question: Question, given: Quantiles, where: str) -> Iterator[str]:
    if not given:
        yield f"{where} gives no quantiles. Give some, such as (0.1, 20), (0.5, 35), (0.9, 60)."
        return
    shares, values = zip(*given, strict=True)
    outside = [share for share in shares if not 0 < share < 1]
    if outside:
        yield f"{where} gives a quantile for the share {outside[0]:g}. Give shares between 0 and 1."
    for (share, value), (more, higher) in pairwise(given):
        if not (share < more and value < higher):
            yield (
                f"{where} gives quantiles that do not ascend: ({share:g}, {value:g}) and then ({more:g}, {higher:g}). "
                "Give both shares and values in ascending order."
            )
            break
    low, high = question.low, question.high
    beyond = [v for v in values if low is not None and high is not None and not low <= v <= high]
    if beyond:
        yield (
            f"{where} gives a quantile at {beyond[0]:g}, outside its scale from {low:g} to {high:g}. "
            "Give values on the scale."
        )


def _lapse(asked: AskedQuestion, entry: Forecast) -> Iterator[str]:
    if entry.lapses < entry.as_of:
        yield (
            f"The forecast lapses on {entry.lapses}, before {entry.as_of}, the day as of which it is made. "
            "Give a later last day."
        )
    if entry.lapses > asked.closes:
        yield (
            f"The forecast lapses on {entry.lapses}, after '{entry.question}' closes. "
            f"Give {asked.closes} or an earlier last day."
        )


def _reference(reference: Reference) -> Iterator[str]:
    where = f"The reference class '{reference.id}'"
    if not 0 <= reference.k <= reference.n:
        yield f"{where} had the event in {reference.k} of {reference.n} cases. Count the cases again."
    if not 0 <= reference.low <= reference.high <= 1:
        yield (
            f"{where} has an interval from {reference.low:g} to {reference.high:g}. "
            "Give shares from 0 to 1, the lower end first."
        )


def _comparisons(question: Question, given: tuple[Comparison, ...], today: dt.date) -> Iterator[str]:
    names = [comparison.name for comparison in given]
    if len(set(names)) < len(names):
        yield "Two comparisons have one name. Name each differently, or give one of them."
    for comparison in given:
        where = f"The comparison '{comparison.name}' for '{question.id}'"
        yield from named(comparison.name)
        if not comparison.name.strip():
            yield "A comparison has no name. Say whose it is."
        if comparison.as_of > today:
            yield f"{where} is as of {comparison.as_of}, but today is {today} (UTC). Give a day that has come."
        yield from _said(question, comparison, where)
