"""An invented ledger on the Sarn dam: questions of every state, forecast in time and after the fact, by two authors."""

import datetime as dt
from collections.abc import Iterable, Iterator

from detente.dossier import ZERO, Row
from detente.dossier.chain import hash_of
from detente.ledger.book import Book, book
from detente.ledger.entries import Comparison, Entry, Forecast, Opened, Resolution, encode
from detente.situation.questions import Condition, Question

ASKED = dt.date(2026, 1, 5)
CLOSES = dt.date(2026, 3, 31)
RESOLVED = dt.date(2026, 4, 1)
NOW = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
ANN, BEN = "A. Analyst", "B. Bennet"
CLASS = "reference class"


def binary(
    name: str, *, cluster: str | None = None, closes: dt.date = CLOSES, given: Condition | None = None
) -> Opened:
    text = f"Will {name.replace('-', ' ')} happen by {closes}?"
    asked = Question(
        id=name, text=text, criteria="as two papers say", closes=closes, cluster=cluster, given=given, topics=("dam",)
    )
    return Opened(question=asked, as_of=ASKED, by=ANN)


def forecast(
    name: str, p: float, *, by: str = ANN, day: dt.date = ASKED, crowd: float | None = None, analysis: str = CLASS
) -> Forecast:
    compared = () if crowd is None else (Comparison(name="crowd", probabilities=(crowd,), as_of=day),)
    return Forecast(
        question=name, as_of=day, by=by, probabilities=(p,), lapses=CLOSES, analysis=analysis, version="0.1.0",
        comparisons=compared,
    )  # fmt: skip


def came(name: str, outcome: str, *, on: dt.date = RESOLVED) -> Resolution:
    return Resolution(question=name, outcome=outcome, on=on, by=ANN)


def rows(entries: Iterable[tuple[dt.date, Entry]]) -> Iterator[Row]:
    """Seal entries, each recorded at noon of a day."""
    previous = ZERO
    for number, (day, entry) in enumerate(entries, start=1):
        recorded = f"{day.isoformat()}T12:00:00.000000+00:00"
        body = encode(entry)
        sealed = hash_of(number, recorded, body, previous)
        yield Row(number, recorded, body, previous, sealed)
        previous = sealed


def entries(clusters: int = 12) -> Iterator[tuple[dt.date, Entry]]:
    """Two questions on each event; what happens was given more in time, and still more after the fact."""
    every = [(f"event-{k}-{part}", f"event-{k}", (k + part) % 3 == 0) for k in range(clusters) for part in (1, 2)]
    yield from ((ASKED, binary(name, cluster=cluster)) for name, cluster, _ in every)
    for k, (name, _, happened) in enumerate(every):
        p = (0.62 if happened else 0.21) + 0.01 * (k % 7)
        yield ASKED, forecast(name, p, crowd=round(p - 0.08, 2))
    for name, _, happened in every[::2]:
        yield ASKED, forecast(name, 0.45 if happened else 0.4, by=BEN, analysis="judgement")
    yield ASKED, binary("talks", closes=dt.date(2026, 12, 31))
    yield ASKED, binary("strike")
    yield ASKED, binary("answer", given=Condition(question="strike", outcome="yes"))
    yield ASKED, binary("ratification", given=Condition(question="talks", outcome="yes"), closes=dt.date(2026, 12, 31))
    yield ASKED, binary("visit")
    yield ASKED, forecast("visit", 0.5)
    yield dt.date(2026, 2, 5), forecast("visit", 0.35, day=dt.date(2026, 2, 5))
    yield ASKED, binary("summit")
    late = dt.date(2026, 4, 20)
    for name, _, happened in every[:8]:
        yield late, forecast(name, 0.9 if happened else 0.1, by="C. Coder")
    yield from ((late, came(name, "yes" if happened else "no")) for name, _, happened in every)
    yield late, came("strike", "no")
    yield late, came("summit", "ambiguous")


def sample(clusters: int = 12) -> Book:
    return book(tuple(rows(sorted(entries(clusters), key=lambda pair: pair[0]))), now=NOW)
