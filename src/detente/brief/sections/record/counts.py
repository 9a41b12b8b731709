"""How does the ledger stand: how many questions are open, due, resolved or void, and what was said of each?"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.sections.record.telling import Telling, day, quoted, share, value
from detente.brief.words import counted, listed
from detente.ledger.book import AskedQuestion, Book, Standing, State

HOW: Final = "the rows of the ledger, added up; its chain is checked with `detente ledger verify`"
STATES: Final[dict[State, tuple[str, str]]] = {
    "open": ("open", "it can be forecast"),
    "due": ("due", "it has closed, and nobody has resolved it"),
    "waiting": ("waiting", "its condition is not resolved yet"),
    "resolved": ("resolved", "it is scored"),
    "ambiguous": ("ambiguous", "its criteria do not decide it: not scored"),
    "annulled": ("annulled", "it should not have been asked: not scored"),
    "void": ("void", "its condition came out otherwise: not scored"),
}
MOST_DUE: Final = 8


def blocks(held: Book, told: Telling) -> tuple[Block, ...]:
    """Say how the ledger stands, which questions are due, and list them all."""
    if not held.questions:
        return (Paragraph((told.say("The ledger holds no question yet.", HOW),)),)
    due = [q for q in held.questions if q.state == "due"]
    return (
        Paragraph(tuple(in_short(held, told))),
        *((Listing(tuple(_due(due, told))),) if due else ()),
        _every(held, told),
    )


def in_short(held: Book, told: Telling) -> Iterator[Sentence]:
    """Say how many questions there are, in which state, and how many forecasts of them."""
    found = Counter(q.state for q in held.questions)
    states = listed(f"{found[state]} {name}" for state, (name, _) in STATES.items() if found[state])
    clusters = len({q.question.cluster or q.question.id for q in held.questions})
    many = counted(len(held.questions), "question", "questions")
    yield told.say(f"The ledger holds {many} on {counted(clusters, 'event', 'events')}: {states}.", HOW)
    every = [f for q in held.questions for f in q.forecasts]
    late = sum(f.retrospective for f in every)
    text = f"{counted(len(every), 'forecast was', 'forecasts were')} made of them"
    if late:
        was = "it was" if len(every) == 1 else "all of them were" if late == len(every) else f"{late:,} of them"
        text += (
            f", {was} recorded after the day on which {'it claims' if late == 1 else 'they claim'} to have been made"
        )
    yield told.say(f"{text}.", HOW)


def _due(due: list[AskedQuestion], told: Telling) -> Iterator[Sentence]:
    for one in due[:MOST_DUE]:
        yield told.say(f"Due since {day(one.closes)}: {quoted(one.question.text)} ({one.question.id}).", HOW)
    if len(due) > MOST_DUE:
        yield told.say(f"And {len(due) - MOST_DUE} more: detente ledger due lists them.", HOW)


def _every(held: Book, told: Telling) -> Grid:
    rows = tuple(told.row((q.question.text, STATES[q.state][0], day(q.closes), _last(q), _outcome(q)), HOW)
                 for q in held.questions)  # fmt: skip
    caption = told.say(
        "Every question with its last forecast and how it came out; * is a forecast recorded after the day it claims.",
        HOW,
    )
    return Grid(caption, ("question", "state", "closes", "last forecast", "outcome"), rows, "Every question")


def _last(asked: AskedQuestion) -> str:
    if not asked.forecasts:
        return "none"
    last = max(asked.forecasts, key=lambda one: one.number)
    return f"{said(asked, last)}, {last.forecast.by}{'*' if last.retrospective else ''}"


def said(asked: AskedQuestion, one: Standing) -> str:
    """Return what a forecast says, in numbers: of yes, of each choice, or its quantiles."""
    forecast = one.forecast
    if forecast.quantiles:
        return "; ".join(f"{value(at)} at {share(p)}" for p, at in forecast.quantiles)
    if len(forecast.probabilities) == 1:
        return share(forecast.probabilities[0])
    pairs = zip(asked.question.choices, forecast.probabilities, strict=False)
    return "; ".join(f"{name} {share(p)}" for name, p in pairs)


def _outcome(asked: AskedQuestion) -> str:
    found = asked.resolution
    if asked.state == "void" or found is None:
        return ""
    came = value(found.value) if found.value is not None else found.outcome
    return f"{came}, {day(found.on)}"
