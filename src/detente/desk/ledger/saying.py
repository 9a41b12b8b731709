"""Say how likely something is, let it stand on, withdraw it, and say how it came out."""

import datetime as dt
import math
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from detente.desk.ledger import written
from detente.desk.ledger.asking import signed
from detente.desk.ledger.place import question, to_write_in
from detente.desk.ledger.written import Written
from detente.desk.review import reviewer
from detente.errors import UsageError
from detente.ledger.book import AskedQuestion, book
from detente.ledger.entries import Comparison, Forecast, Quantiles, Resolution
from detente.read.documents.document import shown
from detente.situation.values import slug


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says of a question, as it is given in words; nothing where a reference class is to speak."""

    probabilities: tuple[str, ...] = ()
    quantiles: tuple[str, ...] = ()
    comparisons: tuple[str, ...] = ()
    lapses: dt.date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How somebody says that a question came out."""

    outcome: str
    on: dt.date | None = None
    sources: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    note: str | None = None


def forecast(
    folder: Path, wanted: str | None, given: Given, *, by: str | None, as_of: dt.date | None, now: dt.datetime
) -> Written:
    """Record a forecast of a question, or what reference classes say of every one where none is named.

    Raises UsageError for what is no number or no question, LedgerError where it cannot stand.
    """
    made, who = to_write_in(folder), signed(by, as_of, now)
    if wanted is None:
        return written.forecast_all(made, who, now=now)
    if not (given.probabilities or given.quantiles):
        if given.comparisons or given.note or given.lapses:
            raise UsageError("Nothing says how likely it is. Give --probability, or for a number --quantile.")
        return written.forecast(made, wanted, who, now=now)
    said = Forecast(
        question=_id(wanted),
        as_of=who.as_of,
        by=who.by,
        probabilities=tuple(_number(p, "--probability") for p in given.probabilities),
        quantiles=_quantiles(given.quantiles),
        lapses=given.lapses or dt.date.max,
        analysis=written.JUDGEMENT,
        version=version("detente"),
        comparisons=tuple(_comparison(c) for c in given.comparisons),
        note=given.note,
    )
    return written.forecast(made, wanted, who, said, now=now)


def reaffirm(
    folder: Path, wanted: str, given: Given, *, by: str | None, as_of: dt.date | None, now: dt.datetime
) -> Written:
    """Let one's forecast of a question stand on; of what is given, only its new last day and the note count.

    Raises UsageError where there is none that stands, LedgerError where it cannot.
    """
    made, who = to_write_in(folder), signed(by, as_of, now)
    return written.reaffirm(made, wanted, who, now=now, lapses=given.lapses, note=given.note)


def withdraw(
    folder: Path, wanted: str, note: str | None, *, by: str | None, as_of: dt.date | None, now: dt.datetime
) -> Written:
    """Withdraw one's forecast of a question.

    Raises UsageError where there is none that stands.
    """
    made, who = to_write_in(folder), signed(by, as_of, now)
    return written.withdraw(made, wanted, who, now=now, note=note)


def resolve(folder: Path, wanted: str, said: Outcome, *, by: str | None, now: dt.datetime) -> Written:
    """Record how a question came out; a number is taken for the value of a question that asks for one.

    Raises UsageError for no question or no number, LedgerError where it cannot have come out so.
    """
    made = to_write_in(folder)
    asked = question(book(made.ledger(), now=now), wanted)
    value = _value(asked, said.outcome)
    given = Resolution(
        question=asked.question.id,
        outcome=said.outcome if value is None else "value",
        value=value,
        on=said.on or now.date(),
        sources=said.sources,
        documents=tuple(_id(d) for d in said.documents),
        by=reviewer(by),
        note=said.note,
    )
    return written.resolve(made, given, now=now)


def _value(asked: AskedQuestion, outcome: str) -> float | None:
    if asked.question.kind != "continuous" or outcome in ("ambiguous", "annulled"):
        return None
    return _number(outcome, "the outcome")


def _number(given: str, what: str) -> float:
    try:
        found = float(given)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise UsageError(f"{what} '{shown(given)}' is not a number. Write it in digits, such as 0.35.")
    return found


def _quantiles(given: tuple[str, ...]) -> Quantiles:
    found = []
    for row in given:
        share, equals, value = row.partition("=")
        if not equals:
            raise UsageError(f"'{shown(row)}' is no quantile. Write SHARE=VALUE, such as 0.5=30.")
        found.append((_number(share, "the share"), _number(value, "the value")))
    return tuple(found)


def _comparison(row: str) -> Comparison:
    name, equals, said = row.partition("=")
    number, at, day = said.partition("@")
    try:
        as_of = dt.date.fromisoformat(day)
    except ValueError:
        as_of = None
    if not (name.strip() and equals and at) or as_of is None:
        raise UsageError(f"'{shown(row)}' is no comparison. Write NAME=P@DATE, such as crowd=0.3@2026-02-07.")
    return Comparison(name=name.strip(), probabilities=(_number(number, "the probability"),), as_of=as_of)


def _id(given: str) -> str:
    if slug(given) != given or not given:
        raise UsageError(f"'{shown(given)}' is no id. Ids are lower-case words joined by hyphens.")
    return given
