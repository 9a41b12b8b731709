"""What do reference classes say of a question about the future, and apart from them the model?

A class speaks of a question by the event it is about, over the days that are left until it closes. The model's courses
have rounds and no days: what it gives is the share of its draws in which the event ever happens, in each named world.
That is no probability, is never pooled with one, and stands beside a forecast as a comparison.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.boards import Mode
from detente.boards.outside.roles import main_table
from detente.ensemble import Drawing, chunks
from detente.errors import LedgerError
from detente.ledger.acts import Act, is_backing, setting_off, threatened
from detente.ledger.entries import Comparison, Reference
from detente.outlook.classes import Dated, DatedEvent, Features, by_day, features_of, proposed
from detente.outlook.courses.course import courses, sums
from detente.outlook.courses.question import Question as Asked
from detente.outlook.courses.question import question as asked_of
from detente.outlook.courses.result import CARRIED_OUT
from detente.outlook.courses.sums import EVENTS
from detente.situation.nouns import Situation, Threat
from detente.situation.questions import Question

# The assumptions that are made on top of those of a class; `docs/reference-classes.md` shows them.
SAID_RULES = {
    "features-as-proposed": "the case is classed as the situation proposes; no analyst has chosen",
    "agreement-ends-it": "the class counts crises that end in agreement; the question asks for any one of substance",
    "condition-unknown-to-class": "the class does not know the condition under which the question is asked",
    "clock-starts-with-condition": "days are counted from the day on which the condition comes about",
}
SHARES = "the model's share of draws in which {what} in any of {rounds} rounds, which have no days; no probability"
_WHAT = {
    "agreement": "the table agrees",
    "force": "anybody uses force",
    "war": "anybody is at war with another",
    "agenda": "the agenda agreed on has the issue",
}
_DATED: dict[str, DatedEvent] = {
    "agreement": "agreement",
    "ended": "ended",
    "force": "force",
    "war": "war",
    "recurrence": "recurrence",
}
_TAKEN_UP = ("in", "option", "precondition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the classes say of one question: the probability of yes, the class, the rules, and what stands beside it."""

    probabilities: tuple[float, ...]
    reference: Reference
    rules: tuple[str, ...]
    note: str


def said(situation: Situation, question: Question, *, as_of: dt.date) -> Said | None:
    """Find what reference classes say of a question on a day; None where no class speaks of it.

    Nothing is said of what armed groups do, which the data sets do not count as actors, and of a threat that is carried
    out although nothing set it off.

    Raises LedgerError where the question closes before that day, or is about a threat that is not in the situation.

    >>> from detente.situation.questions import About
    >>> day = dt.date(2026, 2, 8)
    >>> war = Question(id="war", text="War?", closes=dt.date(2026, 3, 10), about=About(event="war"))
    >>> found = said(Situation(title="t"), war, as_of=day)
    >>> found is not None and (found.reference.k, found.reference.n, [round(p, 3) for p in found.probabilities])
    (63, 377, [0.049])
    """
    if question.kind != "binary":
        return None
    days = _days(question, as_of)
    features = proposed(features_of(situation))
    if question.about.event == "threat":
        return _of_threat(situation, question, features, days)
    event = _DATED.get(question.about.event)
    if event is None:
        return None
    if event in ("force", "war") and _no_state(situation, question.about.by, question.about.against):
        return None
    extra = ("agreement-ends-it",) if event == "agreement" else ()
    given = ("condition-unknown-to-class",) if question.given is not None else ()
    return _told(by_day(features, event, days), (*extra, *given))


def shares(situation: Situation, question: Question, *, draws: int, seed: int) -> tuple[Comparison, ...]:
    """Follow the model's courses, and return its share of draws with the event in each world, apart.

    There are none for a question under a condition, for an event that the courses do not have, and where there are no
    talks to follow.

    Raises LedgerError where neither the question nor the situation has a day, and what the courses raise.

    >>> shares(Situation(title="t"), Question(id="war", text="War?"), draws=64, seed=1)
    ()
    """
    about = question.about
    table = next((t for t in situation.tables if t.id == about.table), None) or main_table(situation)
    if table is None or len(table.consent) < 2 or question.given is not None or question.kind != "binary":
        return ()
    if about.event not in _WHAT:
        return ()
    day = question.opens or situation.as_of
    if day is None:
        raise LedgerError(
            f"Neither '{question.id}' nor '{situation.title}' has a day, so nobody can tell what the model knew. "
            "Give the situation its as_of."
        )
    model = asked_of(situation, table.id, seed=seed)
    found = _followed(model, question, Drawing(draws, seed))
    what = "it carries out a challenge by force" if about.event == "force" and about.by else _WHAT[about.event]
    source = SHARES.format(what=what, rounds=model.setting.rounds)
    return tuple(
        Comparison(name=f"model, {world}", probabilities=(had / count,), as_of=day, source=source)
        for world, had, count in found
        if count
    )


def _days(question: Question, as_of: dt.date) -> int:
    """Return for how many days the event may still come about."""
    if question.given is not None and question.given.within_days is not None:
        return question.given.within_days
    if question.closes is None or question.closes < as_of:
        closed = "has no closing day" if question.closes is None else f"closed on {question.closes}"
        raise LedgerError(
            f"'{question.id}' {closed}, so nothing can be said of it as of {as_of}. Give a day from {as_of} on, "
            "or take an earlier as-of day."
        )
    return (question.closes - as_of).days


def _of_threat(situation: Situation, question: Question, features: Features, days: int) -> Said | None:
    """Take how often threats of the kind are carried out once what they name has come about."""
    threat = next((t for t in situation.threats if t.id == question.about.threat), None)
    if threat is None:
        known = ", ".join(t.id for t in situation.threats) or "none"
        raise LedgerError(
            f"'{question.id}' is about the threat '{question.about.threat}', which '{situation.title}' does not have. "
            f"Name one of these: {known}."
        )
    done, act = threatened(situation, threat), setting_off(situation, threat)
    sets_off = "no" if act is not None and act.left_undone else "yes"
    if question.given is not None and question.given.outcome != sets_off:
        return None  # no class counts threats that are carried out although nothing set them off
    extra = ("clock-starts-with-condition",) if question.given is not None else ()
    if _no_state(situation, threat.by):
        return None
    if done.kind == "force" and not is_backing(threat):
        trigger = _trigger(threat, act) if question.given is not None else ()
        return _told(by_day(replace(features, trigger=trigger), "threat", days), extra)
    if done.means == "sanctions":
        return _told(by_day(features, "sanctions-resisted" if question.given else "sanctions", days), extra)
    return None


def _no_state(situation: Situation, *parties: str | None) -> bool:
    """Is one of them no state? The crises and their actors that are counted are those of states."""
    return any(p.kind == "armed_group" for p in situation.parties if p.id in parties)


def _trigger(threat: Threat, act: Act | None) -> tuple[str, ...]:
    """Return the kind of trigger that what sets a threat off would be to the one who made it."""
    if act is None:
        return ()
    if act.kind == "force":
        return ("trigger-violent-act",) if act.against in (threat.by, None) else ("trigger-indirect-violent",)
    if act.kind == "pressure":
        return ("trigger-economic-act",) if act.means == "sanctions" else ("trigger-non-violent-military",)
    return ("trigger-political-act",) if act.kind == "rupture" else ()


def _told(dated: Dated, extra: Sequence[str]) -> Said:
    started = "clock-starts-with-condition" in extra
    rules = [rule for rule in dated.rules if not (started and rule == "clock-starts-now")]
    # In words: a rate without its cases and its interval would be one more number that nobody can judge.
    beside = "; ".join(f"{words} ({_against(p, dated.p)})" for words, p in dated.beside)
    of = dated.reference
    return Said(
        probabilities=(dated.p,),
        reference=Reference(
            id=of.id,
            words=of.words,
            event=of.event,
            definition=of.definition,
            k=dated.k,
            n=dated.n,
            low=dated.low,
            high=dated.high,
        ),
        rules=(*rules, "features-as-proposed", *extra),
        note=f"Other classes that can be defended: {beside}." if beside else "No other class stands beside it.",
    )


def _against(other: float, ours: float) -> str:
    return "a higher rate" if other > ours else "a lower rate" if other < ours else "the same rate"


def _followed(model: Asked, question: Question, drawing: Drawing) -> list[tuple[str, int, int]]:
    """Return each world with the draws that have the event, and those that count."""
    worlds, about = model.setting.worlds, question.about
    if about.event == "force" and about.by is not None:
        return _directed(model, question, drawing)
    found = sums(model, drawing=drawing)
    if about.event == "agenda":
        modes = [k for k, plan in enumerate(model.plans) if about.issue and _takes_up(plan.modes, about.issue)]
        had = found.modes[:, modes].sum(axis=1)
    else:
        had = found.ever[:, -1, EVENTS.index(about.event)]
    return [(world, int(had[w]), int(found.count[w])) for w, world in enumerate(worlds)]


def _directed(model: Asked, question: Question, drawing: Drawing) -> list[tuple[str, int, int]]:
    """Count draws in which one party carries out a challenge of force against another; none where it has none."""
    setting, about = model.setting, question.about
    ours = [
        k
        for k, dyad in enumerate(setting.dyads)
        if setting.forceful[k] and dyad.challenger == about.by and about.against in (None, dyad.target)
    ]
    if not ours:
        return []
    had = np.zeros(len(setting.worlds), dtype=np.int64)
    count = np.zeros(len(setting.worlds), dtype=np.int64)
    for chunk in chunks(drawing.draws, drawing.size):
        found = courses(model, chunk)
        carried_out = (found.end[..., ours] == CARRIED_OUT).any(axis=(-1, -2))
        had += (carried_out & found.kept).sum(axis=1)
        count += found.kept.sum(axis=1)
    return [(world, int(had[w]), int(count[w])) for w, world in enumerate(setting.worlds)]


def _takes_up(modes: Mapping[str, Mode], issue: str) -> bool:
    return issue in modes and modes[issue].name in _TAKEN_UP
