"""What is asked about the future, so that everybody can tell afterwards how it came out?"""

import datetime as dt
from typing import Literal, TypeAlias

from detente.situation.values import Noun, Record, Slug

QuestionKind: TypeAlias = Literal["binary", "multiple_choice", "ordered", "continuous"]
Asked: TypeAlias = Literal["agreement", "talks", "ended", "force", "war", "threat", "agenda", "recurrence", "other"]


class Condition(Record):
    """The question that has to come out one way before this one is asked at all; otherwise it is void.

    `outcome` is `yes`, `no` or a choice of that question. With `within_days` it closes so many days after that one was
    resolved.
    """

    question: Slug
    outcome: str
    within_days: int | None = None


class About(Record):
    """Which event a question is about, in the words of the situation, so that classes and models can speak to it.

    agreement   the parties of `table` settle in a formal or semi-formal agreement
    talks       a further round at `table` is held
    ended       the dispute is over, in whatever way
    force       `by` uses force against `against`, or anybody does where neither is named
    war         the dispute becomes a full-scale war
    threat      `threat` is carried out
    agenda      `issue` is taken up at `table`
    recurrence  the dispute comes back after its end
    other       none of these: only people and crowds can say anything about it
    """

    event: Asked = "other"
    table: Slug | None = None
    by: Slug | None = None
    against: Slug | None = None
    issue: Slug | None = None
    threat: Slug | None = None


class Question(Noun):
    """A question about the future that can be resolved.

    opens, closes  the days on which it is first and last open, in UTC, both included
    choices        the answers of a question with several; in ascending order where it is `ordered`
    low, high      the scale of a `continuous` one, in `unit`
    given          the condition under which it is asked
    cluster        the event that it hangs on: questions of one cluster are not independent
    """

    id: Slug
    text: str
    kind: QuestionKind = "binary"
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    criteria: str = ""
    sources: tuple[str, ...] = ()
    opens: dt.date | None = None
    closes: dt.date | None = None
    given: Condition | None = None
    cluster: Slug | None = None
    topics: tuple[Slug, ...] = ()
    about: About = About()
