"""What is asked about the future, what was said about it, and how it came out?"""

import datetime as dt
from typing import Literal

from detente.situation.values import Noun, Record, Slug


class Question(Noun):
    """A question about the future that can be resolved."""

    id: Slug
    text: str
    kind: Literal["binary", "multiple_choice", "ordered", "continuous"] = "binary"
    choices: tuple[str, ...] = ()
    criteria: str = ""
    sources: tuple[str, ...] = ()
    closes: dt.date | None = None


class Forecast(Record):
    """What was said about a question, when, from which situation; the ledger keeps these, a situation does not."""

    question: Slug
    made: dt.datetime
    probabilities: tuple[float, ...]
    situation: str
    analysis: str
    seed: int
    author: str


class Resolution(Record):
    """How a question came out; a later resolution supersedes an earlier one, nothing is edited."""

    question: Slug
    resolved: dt.date
    outcome: Literal["yes", "no", "value", "ambiguous", "annulled"]
    value: float | None = None
    source: str
