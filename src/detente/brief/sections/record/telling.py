"""How are scores, shares and days written in sentences on forecasts, and what do these rest on?"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from detente.brief.document import Sentence
from detente.brief.register import Register
from detente.brief.words import counted
from detente.figures.interval import written
from detente.figures.text import one_line
from detente.scores import Estimate

FEW = 10  # clusters, below which a difference between scores is an anecdote
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Telling:
    """Hands out sentences that lead back to what was computed from the rows of a ledger."""

    register: Register

    def say(self, text: str, how: str, *refs: str) -> Sentence:
        """Return a sentence and what it was computed from."""
        return Sentence(one_line(text), (self.register.derive(how, *refs),))

    def row(self, cells: Iterable[str], how: str) -> tuple[Sentence, ...]:
        """Return a row of a table."""
        return tuple(self.say(cell, how) for cell in cells)


def day(at: dt.date) -> str:
    """Return a day as a ledger writes it.

    >>> day(dt.date(2026, 2, 8)), day(dt.date.max)
    ('2026-02-08', 'not set yet')
    """
    return "not set yet" if at == dt.date.max else at.isoformat()


def quoted(text: str) -> str:
    """Return the words of somebody else, in quotes."""
    return f"\u201c{one_line(text)}\u201d"


def share(p: float) -> str:
    """Return a forecast as it was recorded: two decimals, and up to four where it was made so finely.

    >>> share(0.3), share(0.125), share(0.00012), share(1.0)
    ('0.30', '0.125', '0.0001', '1.00')
    """
    told = f"{p:.4f}"
    return told[:4] + told[4:].rstrip("0")


def value(at: float) -> str:
    """Return a value on the scale of a question."""
    return written(at)


def many_questions(questions: int, clusters: int) -> str:
    """Return how many questions there are, on how many events.

    >>> many_questions(24, 12), many_questions(1, 1)
    ('24 questions on 12 events', '1 question on 1 event')
    """
    return f"{counted(questions, 'question', 'questions')} on {counted(clusters, 'event', 'events')}"


def score(found: float, places: int = 3) -> str:
    """Return a score, with a sign that is read as one where it is below nothing.

    >>> score(0.16361), score(-12.34, 1), score(-0.0001)
    ('0.164', '−12.3', '0.000')
    """
    told = f"{abs(found):.{places}f}"
    return f"{MINUS}{told}" if found < 0 and float(told) else told


def signed(found: float, places: int = 3) -> str:
    """Return a difference with its sign.

    >>> signed(0.0123), signed(-7.0, 2), signed(0.0)
    ('+0.012', '−7.00', '0.000')
    """
    told = score(found, places)
    return f"+{told}" if found > 0 and float(told) else told


def interval(found: Estimate, places: int = 3, *, sign: bool = False) -> str:
    """Return an estimate with the ends of its interval; with its value alone where nothing could be drawn.

    >>> interval(Estimate(value=0.164, low=0.1, high=0.2351))
    '0.164 (0.100 to 0.235)'
    """
    write = signed if sign else score
    return f"{write(found.value, places)} ({write(found.low, places)} to {write(found.high, places)})"
