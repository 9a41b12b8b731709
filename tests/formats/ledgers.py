"""Ledgers for tests of formats: one that holds everything a ledger can, and what reading has to find again."""

import datetime as dt
from collections.abc import Sequence

from detente.dossier import ZERO, Row, hash_of
from detente.formats.score_table import Source
from detente.ledger.book import Book, book
from detente.ledger.entries import Comparison, Entry, Forecast, Opened, Reference, Resolution, Withdrawn, encode
from detente.situation.questions import About, Condition, Question

NOW = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
DAY = dt.date(2026, 2, 8)
CLOSES = dt.date(2026, 3, 31)
FORMULA = '=HYPERLINK("http://example.org"; "Open")'


def question(name: str, text: str, **more: object) -> Opened:
    given = {"id": name, "text": text, "criteria": "Two agencies say so.", "closes": CLOSES} | more
    return Opened(question=Question.model_validate(given), as_of=DAY, by="A. Analyst")


def said(name: str, **more: object) -> Forecast:
    given = {"question": name, "as_of": DAY, "by": "A. Analyst", "lapses": dt.date(2026, 3, 10), "version": "0.1.0"}
    return Forecast.model_validate(given | more)


REFERENCE = Reference(
    id="talks-by-day",
    words="rounds of talks",
    event="talks",
    definition="a further round",
    k=7,
    n=10,
    low=0.4,
    high=0.9,
)
CROWD = Comparison(name="crowd", probabilities=(0.7,), as_of=DAY, source="https://example.org/q")
ENTRIES: tuple[Entry, ...] = (
    question("round", "Will a further round be held?", cluster="talks", topics=("talks", "table")),
    question("venue", "Where is it held?", kind="multiple_choice", choices=("Muscat", "Geneva, or elsewhere")),
    question("pace", "How soon?", kind="ordered", choices=("days", "weeks", "months")),
    question("price", "How dear is oil?", kind="continuous", low=-20.0, high=200.0, unit="USD"),
    question("reply", FORMULA, given=Condition(question="round", outcome="yes", within_days=7)),
    question("strike", "Will\tforce, «used» by “A”, follow?", about=About(event="force", by="norland")),
    said("round", probabilities=(0.8,), reference=REFERENCE, seed=2**62 + 1, comparisons=(CROWD,), rules=("one",)),
    said("round", probabilities=(0.6,), by="@nobody", note="-1 is no formula"),
    said("venue", probabilities=(0.25, 0.75)),
    said("pace", probabilities=(0.5, 0.3, 0.2), analysis="classes"),
    said("price", quantiles=((0.1, 40.0), (0.5, 80.0), (0.9, 150.0))),
    said("strike", probabilities=(0.125,)),
    Withdrawn(forecast=8, as_of=dt.date(2026, 2, 10), by="@nobody"),
    Resolution(question="round", outcome="yes", on=dt.date(2026, 2, 17), sources=("https://example.org/a",), by="B"),
    Resolution(question="venue", outcome="Geneva, or elsewhere", on=dt.date(2026, 2, 17), by="B"),
    Resolution(question="price", outcome="value", value=91.5, on=dt.date(2026, 3, 31), by="B"),
)


def rows(entries: Sequence[Entry] = ENTRIES) -> tuple[Row, ...]:
    """Rows recorded an hour apart from the morning of the day on; resolutions and withdrawals when they came."""
    made: list[Row] = []
    for number, entry in enumerate(entries, start=1):
        day = entry.on if isinstance(entry, Resolution) else getattr(entry, "as_of", DAY)
        before = dt.datetime.fromisoformat(made[-1].recorded) if made else dt.datetime(2026, 2, 8, 6, tzinfo=dt.UTC)
        morning = dt.datetime.combine(day, dt.time(6), dt.UTC)
        recorded = max(before + dt.timedelta(minutes=1), morning).isoformat(timespec="microseconds")
        body, previous = encode(entry), made[-1].hash if made else ZERO
        made.append(Row(number, recorded, body, previous, hash_of(number, recorded, body, previous)))
    return tuple(made)


def ledger(entries: Sequence[Entry] = ENTRIES) -> Book:
    return book(rows(entries), now=NOW)


def text(name: str, content: str) -> Source:
    return Source(name, content.encode())
