"""Ask, forecast, reaffirm, withdraw, resolve: everything that adds rows to the ledger of a dossier."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Final

from detente.desk.draws import SEED
from detente.desk.ledger.place import question
from detente.desk.outlook import DRAWS
from detente.dossier import Dossier, Row
from detente.errors import AnalysisError, BoardError, UsageError
from detente.ledger.allowed import admitted
from detente.ledger.as_of import require_known
from detente.ledger.book import AskedQuestion, Book, Standing, book
from detente.ledger.entries import Comparison, Entry, Forecast, Opened, Reaffirmed, Resolution, Withdrawn
from detente.ledger.said import Said, said, shares
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation
from detente.situation.questions import Question

LAPSES_AFTER: Final = dt.timedelta(days=30)
CLASS: Final = "reference class"
JUDGEMENT: Final = "judgement"
Entries = Callable[[Book], Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Signed:
    """Who says it, and as of which day."""

    by: str
    as_of: dt.date


@dataclass(frozen=True, slots=True)
class Written:
    """The rows that were added, and how the ledger stands with them."""

    rows: tuple[Row, ...]
    book: Book


def write(made: Dossier, entries: Entries, *, now: dt.datetime, situations: Sequence[Situation] = ()) -> Written:
    """Add entries to the ledger of a dossier, all of them or none; each must be allowed after those before it.

    Raises LedgerError for an entry that cannot stand, DossierError where nothing can be written.
    """
    rows = made.append(partial(_bodies, entries, now), situations=situations)
    return Written(rows, book(made.ledger(), now=now))


def _bodies(entries: Entries, now: dt.datetime, rows: tuple[Row, ...]) -> tuple[str, ...]:
    return admitted(rows, entries(book(rows, now=now)), now=now)


def ask(
    made: Dossier,
    questions: Iterable[Question],
    signed: Signed,
    *,
    now: dt.datetime,
    situation: Situation | None = None,
) -> Written:
    """Open questions; those written from a situation name it, and its bytes are kept.

    Raises LedgerError for a question that cannot stand, or a situation that knew more than its day allows.
    """
    kept = known(situation, signed.as_of)
    opened = [Opened(question=q, as_of=signed.as_of, by=signed.by, situation=kept) for q in questions]
    return write(made, lambda _: opened, now=now, situations=only(situation))


def forecast(made: Dossier, wanted: str, signed: Signed, given: Forecast | None = None, *, now: dt.datetime) -> Written:
    """Say something of a question: what is given, else what a reference class says from the situation as it stands.

    Raises UsageError where no class speaks of the question, LedgerError where the forecast cannot stand.
    """
    situation = made.situation()
    return write(made, partial(_one_forecast, wanted, signed, given, situation), now=now, situations=only(situation))


def _one_forecast(
    wanted: str, signed: Signed, given: Forecast | None, situation: Situation, held: Book
) -> tuple[Forecast, ...]:
    asked = question(held, wanted)
    if given is not None:
        kept = known(situation, signed.as_of)
        documents = tuple(d.id for d in situation.documents)
        lapses = given.lapses if given.lapses != dt.date.max else lapse(asked, signed.as_of)
        return (given.model_copy(update={"situation": kept, "documents": documents, "lapses": lapses}),)
    found = of_class(asked, situation, signed)
    if found is None:
        raise UsageError(
            f"No reference class speaks of '{wanted}'. Say what you believe with --probability, and why with --note."
        )
    return (found,)


def forecast_all(made: Dossier, signed: Signed, *, now: dt.datetime) -> Written:
    """Forecast every question that is open or waiting and of which a reference class speaks, where it has not yet.

    Raises LedgerError where the situation knew more than the day allows.
    """
    situation = made.situation()
    return write(made, partial(_every_forecast, signed, situation), now=now, situations=only(situation))


def _every_forecast(signed: Signed, situation: Situation, held: Book) -> list[Forecast]:
    day = signed.as_of
    live = [q for q in held.questions if q.state in ("open", "waiting", "due") and q.as_of <= day <= q.closes]
    fresh = [q for q in live if not any(f.forecast.analysis == CLASS for f in q.forecasts)]
    return [f for f in (of_class(q, situation, signed) for q in fresh) if f is not None]


def of_class(asked: AskedQuestion, situation: Situation, signed: Signed, *, model: bool = True) -> Forecast | None:
    """Return what a reference class says of a question as of a day, None where none speaks of it.

    With `model` the model's shares of draws stand beside it as comparisons, which are no part of the probability.

    Raises LedgerError where the situation knew more than the day allows.
    """
    kept = known(situation, signed.as_of)
    found: Said | None = said(situation, asked.question, as_of=signed.as_of)
    if found is None:
        return None
    beside = _shares(situation, asked.question) if model else ()
    return Forecast(
        question=asked.question.id,
        as_of=signed.as_of,
        by=signed.by,
        probabilities=found.probabilities,
        lapses=lapse(asked, signed.as_of),
        analysis=CLASS,
        version=version("detente"),
        situation=kept,
        documents=tuple(d.id for d in situation.documents),
        reference=found.reference,
        rules=found.rules,
        seed=SEED if beside else None,
        comparisons=beside,
        note=found.note or None,
    )


def _shares(situation: Situation, asked: Question) -> tuple[Comparison, ...]:
    """Return the model's shares of draws; none where its courses cannot be followed."""
    try:
        return shares(situation, asked, draws=DRAWS, seed=SEED)
    except (AnalysisError, BoardError):
        return ()


def reaffirm(
    made: Dossier,
    wanted: str,
    signed: Signed,
    *,
    now: dt.datetime,
    lapses: dt.date | None = None,
    note: str | None = None,
) -> Written:
    """Let the forecasts of an author on a question stand on.

    Raises UsageError where the author has none that stands.
    """

    def entries(held: Book) -> list[Entry]:
        asked = question(held, wanted)
        until = lapses or lapse(asked, signed.as_of)
        return [
            Reaffirmed(forecast=s.number, as_of=signed.as_of, lapses=until, by=signed.by, note=note)
            for s in _standing(asked, signed.by)
        ]

    return write(made, entries, now=now)


def withdraw(made: Dossier, wanted: str, signed: Signed, *, now: dt.datetime, note: str | None = None) -> Written:
    """Withdraw the forecasts of an author on a question.

    Raises UsageError where the author has none that stands.
    """

    def entries(held: Book) -> list[Entry]:
        return [
            Withdrawn(forecast=s.number, as_of=signed.as_of, by=signed.by, note=note)
            for s in _standing(question(held, wanted), signed.by)
        ]

    return write(made, entries, now=now)


def resolve(made: Dossier, given: Resolution, *, now: dt.datetime) -> Written:
    """Say how a question came out; where it was said before, the new one supersedes that.

    Raises LedgerError where it cannot have come out so.
    """

    def entries(held: Book) -> list[Entry]:
        known = [r for r in question(held, given.question).resolutions if not r.superseded]
        return [given.model_copy(update={"supersedes": known[-1].number if known else None})]

    return write(made, entries, now=now)


def lapse(asked: AskedQuestion, as_of: dt.date) -> dt.date:
    """Return the day on which a forecast lapses unless it is reaffirmed: 30 days on, and never after the close."""
    return max(as_of, min(as_of + LAPSES_AFTER, asked.closes))


def _standing(asked: AskedQuestion, by: str) -> list[Standing]:
    """Return the last thing that an author said by each analysis, of which some must stand."""
    last = {f.forecast.analysis: f for f in asked.forecasts if f.forecast.by == by}
    found = [f for f in last.values() if f.why in (None, "closed", "resolved")] or list(last.values())
    if not found:
        others = ", ".join(sorted({f.forecast.by for f in asked.forecasts})) or "nobody"
        raise UsageError(
            f"'{by}' has no forecast of '{asked.question.id}'. Forecasts of it are by: {others}. Name one with --by."
        )
    return found


def known(situation: Situation | None, as_of: dt.date) -> str | None:
    """Return the fingerprint of a situation, once it is sure that it knew nothing later."""
    if situation is None:
        return None
    require_known(situation, as_of, documents=tuple(d.id for d in situation.documents))
    return fingerprint(situation)


def only(situation: Situation | None) -> tuple[Situation, ...]:
    """Return the situations whose bytes are to be kept."""
    return () if situation is None else (situation,)
