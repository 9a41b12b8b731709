"""By what will a stranger tell how a question came out?

Every text says from when to when, what counts, and what does not, so that two people who have never heard of the
dispute come to the same answer from the same reports.
"""

import datetime as dt
from collections.abc import Sequence

from detente.ledger.acts import Act, called
from detente.situation.nouns import Situation

SOURCES = ("Reuters", "Associated Press", "Agence France-Presse")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_OTHERWISE = "Otherwise no."
_REPORTED = "Reported means: stated as fact by at least two of the sources, whatever the parties say of it."


def day_in_words(day: dt.date) -> str:
    """Return a day as it is written in a sentence.

    >>> day_in_words(dt.date(2026, 3, 10))
    '10 March 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def together(names: Sequence[str]) -> str:
    """Write names in a row, the last after "and".

    >>> together(["Egypt", "Israel", "Oman"]), together(["Egypt"])
    ('Egypt, Israel and Oman', 'Egypt')
    """
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def for_agreement(parties: Sequence[str], issues: Sequence[str], span: tuple[dt.date, dt.date]) -> str:
    """Say what counts as an agreement.

    >>> for_agreement(["Egypt", "Israel"], ["Sinai"], (dt.date(1978, 9, 4), dt.date(1978, 10, 4)))[:60]
    'Yes if, from 4 September 1978 to 4 October 1978, both days i'
    """
    about = f"at least one of these: {together(issues)}" if len(issues) > 1 else "".join(issues)
    return (
        f"Yes if, {_span(span)}, {together(parties)} come to terms that settle something on {about}, and each of them "
        "says so in public, or a mediator does and none of them denies it within three days. A treaty, an accord, a "
        "memorandum, a joint statement or an exchange of letters counts, signed or not, and so does one that is "
        "partial or for a time. An agreement on nothing but when, where or about what to go on talking does not count. "
        f"{_OTHERWISE}"
    )


def for_talks(parties: Sequence[str], span: tuple[dt.date, dt.date]) -> str:
    """Say what counts as a round of talks.

    >>> for_talks(["Egypt", "Israel"], (dt.date(1978, 9, 4), dt.date(1978, 10, 4))).count("Yes if")
    1
    """
    return (
        f"Yes if, {_span(span)}, people sent by each of {together(parties)} hold talks with one another, face to face "
        "or through a mediator who goes between them at one place, and at least one of them, the host or the mediator "
        "says afterwards that they were held. Letters, telephone calls and messages passed from capital to capital do "
        f"not count, nor does a conference of many at which they do not deal with each other. {_OTHERWISE}"
    )


def for_meeting(parties: Sequence[str], venue: str | None, span: tuple[dt.date, dt.date]) -> str:
    """Say what counts as a planned meeting that was held.

    >>> for_meeting(["Egypt", "Israel"], None, (dt.date(1978, 9, 4), dt.date(1978, 9, 8))).count("Yes if")
    1
    """
    where = f" at {venue}, or at a place that they say takes its stead," if venue else ""
    return (
        f"Yes if, {_span(span)}, leaders of each of {together(parties)}, or people whom they send for this, meet"
        f"{where} and at least one of them or the host says that it is the meeting that was planned. A telephone or "
        f"video call does not count. Put off to a day after that is no. {_OTHERWISE}"
    )


def for_force(by: str, against: str, span: tuple[dt.date, dt.date]) -> str:
    """Say what counts as the use of armed force.

    >>> "do not count" in for_force("a", "b", (dt.date(2026, 2, 8), dt.date(2026, 3, 10)))
    True
    """
    return f"Yes if, {_span(span)}, {_force(by, against)} {_OTHERWISE}"


def for_war(pair: Sequence[str], span: tuple[dt.date, dt.date]) -> str:
    """Say what counts as a full-scale war.

    >>> "1,000" in for_war(["a", "b"], (dt.date(2026, 2, 8), dt.date(2026, 3, 10)))
    True
    """
    first = day_in_words(span[0])
    return (
        f"Yes if, {_span(span)}, one of these comes about between {together(pair)}: (a) one of them declares war on "
        "the other; (b) ground forces of one fight on territory that the other held on "
        f"{first}, on at least seven days; (c) at least 1,000 people, fighters and civilians together, are reported "
        f"killed from {first} on in fighting between the two. {_REPORTED} Fighting of armed groups that one of them "
        f"supports does not count. {_OTHERWISE}"
    )


def for_agenda(parties: Sequence[str], issue: str, span: tuple[dt.date, dt.date]) -> str:
    """Say what counts as an issue that is taken up.

    >>> for_agenda(["a", "b"], "missiles", (dt.date(2026, 2, 8), dt.date(2026, 3, 10))).count("Yes if")
    1
    """
    return (
        f"Yes if, {_span(span)}, each of {together(parties)}, or a mediator whom none of them contradicts within three "
        f"days, says in public that their talks have dealt with {issue}, or a text that they agree on has terms on "
        "that. That one of them raised it, or asks for it, does not count where another says that it refused to "
        f"discuss it. {_OTHERWISE}"
    )


def for_act(situation: Situation, act: Act, named: str, span: tuple[dt.date, dt.date]) -> str:
    """Say what counts as an act of which only its name is known; `named` are the words in which it was reported.

    >>> raid = Act("a", "b", "use armed force against b", "force", "force")
    >>> for_act(Situation(title="t"), raid, "", (dt.date(2026, 2, 8), dt.date(2026, 3, 10)))[-13:]
    'Otherwise no.'
    """
    return f"Yes if, {_span(span)}, {counted(situation, act)}{_named(named)} {_OTHERWISE}"


def counted(situation: Situation, act: Act) -> str:
    """Say what counts as an act, whenever it is asked about.

    >>> counted(Situation(title="t"), Act("a", "b", "impose new sanctions on b", "sanctions", "pressure"))[:41]
    'a announces, as decided and not only as a'
    """
    by = called(situation, act.by)
    if act.means == "force" and act.against is not None:
        return _force(by, called(situation, act.against))
    if act.means == "sanctions" and act.against is not None:
        return (
            f"{by} announces, as decided and not only as a threat, sanctions, tariffs or an embargo on "
            f"{called(situation, act.against)} or on people or firms because they deal with it, that were not in force "
            "before. What others impose does not count, nor does the renewal of old ones."
        )
    aim = f" against {called(situation, act.against)}" if act.kind == "force" and act.against is not None else ""
    return (
        f"{by} itself announces that it has done this{aim}, or begun to: {act.words}; or it is reported that it has. "
        f"{_REPORTED} A plan, a threat, a decision that is not acted on, or what an adversary alone alleges does not "
        "count."
    )


def for_condition(by: str, named: str, span: tuple[dt.date, dt.date]) -> str:
    """Say what counts as a condition that is met, where nothing but its words is known.

    >>> "says in public" in for_condition("a", "any attack", (dt.date(2026, 2, 8), dt.date(2026, 3, 10)))
    True
    """
    return (
        f'Yes if, {_span(span)}, {by} says in public that the condition of its warning, "{named}", is met, or acts on '
        f"it and says that this is why. {_OTHERWISE}"
    )


def for_branch(situation: Situation, act: Act, given: tuple[str, str], days: int) -> str:
    """Say what counts as a threat carried out, and when the question is asked at all.

    >>> raid = Act("a", "b", "use armed force against b", "force", "force")
    >>> for_branch(Situation(title="t"), raid, ("first", "yes"), 7)[:61]
    "Void unless 'first' is resolved as yes. Yes if, from the day "
    """
    first, outcome = given
    return (
        f"Void unless '{first}' is resolved as {outcome}. Yes if, from the day on which that came out to the {days}th "
        f"day after it, all of these days included and in UTC, {counted(situation, act)} {_OTHERWISE}"
    )


def _force(by: str, against: str) -> str:
    return (
        f"forces of {by} attack with weapons people, territory, bases, ships or crewed aircraft of {against}, "
        f"wherever these are, and {by} says so, or it is reported. {_REPORTED} To shoot down drones or missiles, to "
        "fire warning shots, to stop or seize ships, and attacks on computers do not count; nor do attacks by armed "
        f"groups that {by} supports and does not command."
    )


def _named(named: str) -> str:
    return f' The warning was reported as: "{named}".' if named else ""


def _span(span: tuple[dt.date, dt.date]) -> str:
    return f"from {day_in_words(span[0])} to {day_in_words(span[1])}, both days included and in UTC"
