"""What was asked, when, and how did it come out: past questions, and which of them hang on one event?"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from detente.errors import UsageError
from detente.outlook.classes import Features
from detente.outlook.classes.dated import DatedEvent, by_day
from detente.situation.questions import Asked

__all__ = ["TOPICS", "PastQuestion", "class_chances", "clusters", "firsts", "topics_of"]

# Which matter a question is about, by the words in it. A question may be about several.
TOPICS = {
    "iran": "iran|khamenei|hormuz",
    "israel": "israel|netanyahu|gaza|hamas|hezbollah|lebanon",
    "russia-ukraine": "russia|ukrain|putin|zelensk",
    "china-taiwan": "china|taiwan",
    "venezuela": "venezuela|maduro",
}
_TOPICS = {name: re.compile(words, re.IGNORECASE) for name, words in TOPICS.items()}
_IN_EVERYTHING = "united-states"  # it is a party to most of what is asked, so that being about it ties nothing together
_DATED: dict[Asked, DatedEvent] = {
    "agreement": "agreement",
    "ended": "ended",
    "force": "force",
    "war": "war",
    "threat": "threat",
    "recurrence": "recurrence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PastQuestion:
    """One question as it was asked as of one day, and how it came out.

    id        alike in all rows of one question
    frozen    the day as of which it is asked
    closes    its last day, where one is known
    resolved  the day on which it came out
    crowd     the chance of yes that a crowd gave on `frozen`
    cluster   the event that it hangs on, where that is said
    event, parties, negated  what it asks for, as far as its text says
    case      it is about the case that is asked beside it, on the day of that case or later
    model     the chance of yes by the model of the case, world by world
    """

    id: str
    text: str
    frozen: dt.date
    closes: dt.date | None
    resolved: dt.date
    happened: bool
    crowd: float | None = None
    cluster: str | None = None
    event: Asked = "other"
    parties: tuple[str, ...] = ()
    negated: bool = False
    case: bool = False
    model: tuple[tuple[str, float], ...] = ()


def topics_of(text: str) -> tuple[str, ...]:
    """Say which of `TOPICS` a text is about.

    >>> topics_of("Will ships pass the Strait of Hormuz?"), topics_of("Will it rain?")
    (('iran',), ())
    """
    return tuple(name for name, words in _TOPICS.items() if words.search(text))


def class_chances(questions: Sequence[PastQuestion], features: Features) -> tuple[float | None, ...]:
    """Return for each the chance of yes by reference classes; None where none speaks of it or its end is not known.

    >>> day = dt.date(2026, 1, 1)
    >>> asked = PastQuestion(id="q", text="", frozen=day, closes=dt.date(2026, 4, 1), resolved=day, happened=False)
    >>> class_chances([asked], Features())
    (None,)
    """
    known: dict[tuple[DatedEvent, int], float] = {}
    found: list[float | None] = []
    for one in questions:
        event = _DATED.get(one.event)
        if event is None or one.closes is None or one.closes < one.frozen:
            found.append(None)
            continue
        days = (one.closes - one.frozen).days
        if (event, days) not in known:
            known[event, days] = by_day(features, event, days).p
        found.append(1 - known[event, days] if one.negated else known[event, days])
    return tuple(found)


def clusters(questions: Sequence[PastQuestion]) -> tuple[str, ...]:
    """Name for each question the event that it hangs on, so that what is not independent is drawn together.

    Where it is said, that holds. Else questions hang together that came out on the same day and share a party or a
    topic, directly or through others; the United States ties only questions that name nobody else. A question without
    party and topic stands alone. That is coarse, and on purpose: too few clusters make an interval too wide, too many
    make it too narrow.

    >>> day = dt.date(2026, 2, 28)
    >>> about = [("a", ("iran",)), ("b", ("united-states", "iran")), ("c", ("united-states", "peru")), ("d", ())]
    >>> rows = [
    ...     PastQuestion(id=name, text="", frozen=day, closes=day, resolved=day, happened=True, parties=parties)
    ...     for name, parties in about
    ... ]
    >>> clusters(rows)
    ('2026-02-28 iran', '2026-02-28 iran', '2026-02-28 peru', 'd')
    """
    ties = [_ties(one) for one in questions]
    leader: dict[str, str] = {}
    for own in ties:
        for other in own[1:]:
            leader[_lead(leader, other)] = _lead(leader, own[0])
    names: dict[str, set[str]] = {}
    for own in ties:
        for tie in own:
            names.setdefault(_lead(leader, tie), set()).add(tie)
    # Named after the first of what ties it, so that the order of the rows does not matter.
    return tuple(min(names[_lead(leader, own[0])]) for own in ties)


def _ties(question: PastQuestion) -> tuple[str, ...]:
    if question.cluster is not None:
        return (question.cluster,)
    others = tuple(party for party in question.parties if party != _IN_EVERYTHING)
    about = dict.fromkeys([*(others or question.parties), *topics_of(question.text)])
    return tuple(f"{question.resolved} {one}" for one in about) or (question.id,)


def _lead(leader: dict[str, str], tie: str) -> str:
    while tie in leader and leader[tie] != tie:
        tie = leader[tie]
    return tie


def firsts(questions: Sequence[PastQuestion]) -> tuple[PastQuestion, ...]:
    """Keep of every question the row of its first day, in the order of their days.

    >>> rows = [
    ...     PastQuestion(id="q", text="", frozen=dt.date(2026, 1, d), closes=None, resolved=dt.date(2026, 2, 1),
    ...                  happened=False)
    ...     for d in (9, 2)
    ... ]
    >>> [one.frozen.day for one in firsts(rows)]
    [2]
    """
    found: dict[str, PastQuestion] = {}
    for one in sorted(questions, key=lambda q: (q.frozen, q.id)):
        found.setdefault(one.id, one)
    return tuple(found.values())


def require_events(questions: Sequence[PastQuestion]) -> None:
    """Refuse rows without any that came out, or of an event that nobody knows.

    Raises UsageError.
    """
    if not questions:
        raise UsageError("None of the questions has come out, so that nothing can be scored. Give ones that have.")
    unknown = sorted({one.event for one in questions} - set(get_args(Asked)))
    if unknown:
        raise UsageError(f"'{unknown[0]}' is no event to ask for. Choose from {', '.join(get_args(Asked))}.")
