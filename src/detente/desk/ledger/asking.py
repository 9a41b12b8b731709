"""Open questions: those that a situation suggests, or one's own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from detente.desk.ledger.written import Signed, Written, ask, known, of_class, write
from detente.desk.review import reviewer
from detente.dossier import Dossier
from detente.errors import LedgerError, UsageError
from detente.ledger.book import AskedQuestion, Book, book
from detente.ledger.entries import Entry, Forecast, Opened
from detente.ledger.suggested import suggested
from detente.read.documents.document import shown
from detente.situation.nouns import Situation
from detente.situation.questions import Condition, Question, QuestionKind
from detente.situation.values import slug


@dataclass(frozen=True, slots=True)
class Own:
    """A question of somebody's own, as it is given in words."""

    text: str
    closes: dt.date | None
    criteria: str
    sources: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    ordered: bool = False
    scale: str | None = None
    unit: str | None = None
    given: str | None = None
    within: int | None = None
    cluster: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggested:
    """A question that could be opened, and what a reference class says of it, where one does."""

    question: Question
    forecast: Forecast | None
    asked: bool


def signed(by: str | None, as_of: dt.date | None, now: dt.datetime) -> Signed:
    """Return who says it, and as of which day: otherwise who is logged in, as of today in UTC.

    Raises LedgerError for a day that has not come.
    """
    return Signed(reviewer(by), _come(as_of, now))


def _come(as_of: dt.date | None, now: dt.datetime) -> dt.date:
    today = now.date()
    if as_of is not None and as_of > today:
        raise LedgerError(f"It is made as of {as_of}, but today is {today} (UTC). Give a day that has come.")
    return as_of or today


def suggestions(made: Dossier, *, as_of: dt.date | None, now: dt.datetime) -> tuple[Suggested, ...]:
    """List the questions that the situation of a dossier suggests, with what reference classes say of them.

    Raises LedgerError where the situation knew more than the day allows.
    """
    situation, by = made.situation(), Signed("reference classes", _come(as_of, now))
    held = book(made.ledger(), now=now)
    return tuple(
        Suggested(q, of_class(_unasked(q, by, now), situation, by, model=False), held.question(q.id) is not None)
        for q in suggested(situation, as_of=by.as_of)
    )


def ask_suggested(
    made: Dossier,
    wanted: Sequence[str] | None,
    *,
    by: str | None,
    as_of: dt.date | None,
    now: dt.datetime,
    forecast: bool = True,
) -> Written:
    """Open questions that the situation suggests, all that are not open yet where none is named.

    Raises UsageError for an id that it does not suggest, LedgerError where one cannot stand.
    """
    who, situation = signed(by, as_of, now), made.situation()
    every = suggested(situation, as_of=who.as_of)
    strange = set(wanted or ()) - {q.id for q in every}
    if strange:
        known_ids = ", ".join(q.id for q in every) or "none"
        raise UsageError(f"'{shown(min(strange))}' is not among the questions it suggests: {known_ids}.")
    chosen = [q for q in every if wanted is None or q.id in _with_conditions(every, wanted)]
    return write(made, partial(_entries, chosen, situation, who, forecast, now), now=now, situations=(situation,))


def ask_own(made: Dossier, own: Own, *, by: str | None, as_of: dt.date | None, now: dt.datetime) -> Written:
    """Open a question of one's own.

    Raises UsageError where something is not said or not said clearly, LedgerError where it cannot stand.
    """
    who = signed(by, as_of, now)
    low, high = _scale(own.scale)
    asked = Question(
        id=slug(own.text)[:60].strip("-") or "question",
        text=own.text,
        kind=_kind(own),
        choices=own.choices,
        low=low,
        high=high,
        unit=own.unit,
        criteria=own.criteria,
        sources=own.sources,
        closes=own.closes,
        given=_given(own),
        cluster=_named(own.cluster, "--cluster"),
        topics=tuple(filter(None, (_named(t, "--topic") for t in own.topics))),
    )
    return ask(made, [asked], who, now=now)


def _with_conditions(every: Sequence[Question], wanted: Sequence[str]) -> set[str]:
    """Return the ids that are wanted, and those of the questions that they hang on."""
    by_id, found, waiting = {q.id: q for q in every}, set[str](), list(wanted)
    while waiting:
        one = waiting.pop()
        if one in by_id and one not in found:
            found.add(one)
            given = by_id[one].given
            waiting += [given.question] if given else []
    return found


def _entries(
    chosen: Sequence[Question], situation: Situation, who: Signed, forecast: bool, now: dt.datetime, held: Book
) -> list[Entry]:
    kept = known(situation, who.as_of)
    fresh = [q for q in chosen if held.question(q.id) is None]
    opened = [Opened(question=q, as_of=who.as_of, by=who.by, situation=kept) for q in fresh]
    said = [of_class(_unasked(q, who, now), situation, who) for q in fresh] if forecast else []
    return [*opened, *(f for f in said if f is not None)]


def _unasked(one: Question, who: Signed, now: dt.datetime) -> AskedQuestion:
    """Return a question as it will stand once it is opened."""
    closes = one.closes or who.as_of
    return AskedQuestion(
        number=0, recorded=now, question=one, as_of=who.as_of, by=who.by, situation=None, closes=closes,
        forecasts=(), resolutions=(), state="open", retrospective=False,
    )  # fmt: skip


def _kind(own: Own) -> QuestionKind:
    if own.scale is not None and own.choices:
        raise UsageError("A question has choices or a scale. Leave out --scale or --choice.")
    if own.scale is not None:
        return "continuous"
    if own.choices:
        return "ordered" if own.ordered else "multiple_choice"
    if own.ordered:
        raise UsageError("--ordered says nothing without choices. Give each of them with --choice.")
    return "binary"


def _scale(given: str | None) -> tuple[float | None, float | None]:
    if given is None:
        return None, None
    low, dots, high = given.partition("..")
    try:
        return (float(low), float(high)) if dots else _no_scale(given)
    except ValueError:
        return _no_scale(given)


def _no_scale(given: str) -> tuple[float | None, float | None]:
    raise UsageError(f"'{shown(given)}' is no scale. Write LOW..HIGH, such as 0..200.")


def _given(own: Own) -> Condition | None:
    if own.given is None:
        if own.within is not None:
            raise UsageError("--within counts from the question that is named with --given. Name it.")
        return None
    asked, equals, outcome = own.given.partition("=")
    if not equals or slug(asked) != asked or not outcome:
        raise UsageError(f"'{shown(own.given)}' is no condition. Write ID=OUTCOME, such as strike-by-april=yes.")
    return Condition(question=asked, outcome=outcome, within_days=own.within)


def _named(given: str | None, option: str) -> str | None:
    if given is None:
        return None
    if not slug(given):
        raise UsageError(f"{option} '{shown(given)}' has no letter or digit. Give a name, such as {option} missiles.")
    return slug(given)
