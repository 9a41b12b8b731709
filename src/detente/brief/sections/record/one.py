"""How is what was said of one question told, so that no number stands without what it rests on?

A forecast of a reference class is told with the class, the cases, the interval, the event and the weight of the model;
one of a person as a judgement. Numbers are those that were recorded.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from detente.brief.sections.record.counts import STATES, said
from detente.brief.sections.record.telling import day, share
from detente.brief.words import counted, listed
from detente.ledger.book import AskedQuestion, Standing
from detente.ledger.entries import Comparison, Forecast, Quantiles, Reaffirmed, Withdrawn
from detente.ledger.said import SAID_RULES
from detente.outlook.classes import DATED_RULES
from detente.situation.rules import RULES

__all__ = ["STATES", "Cited", "Saying", "came", "ground", "outcome", "saying", "time"]

WORDS: Final[dict[str, str]] = {**RULES, **DATED_RULES, **SAID_RULES}
FINE: Final = 0.01  # below which two decimals would say nothing
JUDGED: Final = "a judgement, with no class behind it"
ENDED: Final[dict[str, str]] = {
    "superseded": "something else was said",
    "withdrawn": "it was withdrawn",
    "lapsed": "it lapsed",
    "closed": "the question closed",
    "resolved": "the question came out",
    "void": "the question became void",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What somebody else said of the question, and what that is; `later` says that it knew more than the forecast."""

    name: str
    says: str
    source: str
    as_of: dt.date
    later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One forecast in words.

    row      the number of its row in the ledger
    says     what was said; of a class to two decimals, as finely as its interval is told
    exact    the same to the digits that were recorded, where that is more
    ground   what that rests on: a class with its cases, or somebody's judgement
    takes    the assumptions that it takes, in words
    stood    from when to when it stands, and why no longer
    stands   whether it stands now
    changes  reaffirmations and the withdrawal
    known    the situation and the documents that it was made from
    """

    row: int
    says: str
    exact: str
    ground: str
    takes: tuple[str, ...]
    by: str
    analysis: str
    as_of: dt.date
    recorded: str
    stood: str
    stands: bool
    lapses: dt.date
    retrospective: bool
    others: tuple[Cited, ...]
    changes: tuple[str, ...]
    known: str
    note: str


def saying(asked: AskedQuestion, one: Standing) -> Saying:
    """Tell one forecast of a question."""
    forecast = one.forecast
    exact = _quantiles(forecast.quantiles) if forecast.quantiles else said(asked, one)
    says = _rounded(asked, forecast) if forecast.reference is not None else exact
    return Saying(
        row=one.number,
        says=says,
        exact=exact if exact != says else "",
        ground=ground(forecast),
        takes=tuple(WORDS.get(rule, rule) for rule in forecast.rules),
        by=forecast.by,
        analysis=forecast.analysis,
        as_of=forecast.as_of,
        recorded=time(one.recorded),
        stood=_stood(one),
        stands=one.ends is None,
        lapses=one.lapses,
        retrospective=one.retrospective,
        others=tuple(_cited(asked, other, forecast) for other in forecast.comparisons),
        changes=tuple(_change(change.entry) for change in one.changes),
        known=_known(forecast),
        note=forecast.note or "",
    )


def ground(forecast: Forecast) -> str:
    """Say what a forecast rests on: of a class everything that must stand beside its number."""
    found = forecast.reference
    if found is None:
        return JUDGED
    return (
        f"{found.k:,} of {found.n:,} cases of {found.words} had the event ({found.event}: "
        f"{found.definition.strip().rstrip('.')}); interval from {found.low:.2f} to {found.high:.2f}; "
        f"weight of the model {forecast.weight:g}"
    )


def outcome(asked: AskedQuestion) -> str:
    """Say how a question came out, empty where it has not or where that no longer counts."""
    found = asked.resolution
    if asked.state == "void" or found is None:
        return ""
    return f"{came(found.outcome, found.value)} on {day(found.on)}"


def came(named: str, at: float | None) -> str:
    """Say an outcome: by its name, or as the value that it is.

    >>> came("yes", None), came("value", 12.5)
    ('yes', '12.5')
    """
    return named if at is None else f"{at:g}"


def time(at: dt.datetime) -> str:
    """Say a moment to the minute.

    >>> time(dt.datetime(2026, 2, 8, 9, 30, tzinfo=dt.UTC))
    '2026-02-08 09:30 UTC'
    """
    return at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")


def _rounded(asked: AskedQuestion, forecast: Forecast) -> str:
    if len(forecast.probabilities) == 1:
        return _near(forecast.probabilities[0])
    pairs = zip(asked.question.choices, forecast.probabilities, strict=False)
    return "; ".join(f"{name} {_near(p)}" for name, p in pairs)


def _quantiles(found: Quantiles) -> str:
    return "; ".join(f"{at:g} at {share(p)}" for p, at in found)


def _near(p: float) -> str:
    return f"{p:.2f}" if FINE <= p <= 1 - FINE else share(p)


def _stood(one: Standing) -> str:
    if one.ends is None:
        return f"stands until {day(one.lapses)}, unless it is reaffirmed"
    why = ENDED[one.why] if one.why is not None else "it ended"
    if one.ends <= one.starts:
        return f"never stood: {why} before that"
    return f"stood from {day(one.starts.date())} to {day(one.ends.date())}, when {why}"


def _cited(asked: AskedQuestion, one: Comparison, beside: Forecast) -> Cited:
    if one.quantiles:
        says = _quantiles(one.quantiles)
    elif len(one.probabilities) == 1:
        says = _near(one.probabilities[0])
    else:
        pairs = zip(asked.question.choices, one.probabilities, strict=False)
        says = "; ".join(f"{name} {_near(p)}" for name, p in pairs)
    return Cited(name=one.name, says=says, source=one.source, as_of=one.as_of, later=one.as_of > beside.as_of)


def _change(entry: Reaffirmed | Withdrawn) -> str:
    if isinstance(entry, Withdrawn):
        head = f"withdrawn by {entry.by}, as of {day(entry.as_of)}"
    else:
        head = f"reaffirmed by {entry.by}, until {day(entry.lapses)}"
    return head + (f": {entry.note}" if entry.note else "")


def _known(forecast: Forecast) -> str:
    if forecast.situation is None:
        return f"no situation stands behind it; version {forecast.version}"
    many = counted(len(forecast.documents), "document", "documents")
    named = f" ({listed(forecast.documents)})" if 0 < len(forecast.documents) <= 3 else ""
    return f"situation {forecast.situation[:12]} with {many}{named}; version {forecast.version}"
