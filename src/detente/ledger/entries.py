"""What can be written into a ledger? Nothing in it is ever changed: later entries supersede, withdraw or resolve.

Every day is one in UTC. An entry says as of which day it was made (what was known), the row it stands in says when it
was recorded: the program writes that down and nobody else. An entry recorded after its day is retrospective.
"""

import datetime as dt
import json
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError

from detente.errors import LedgerError
from detente.situation.questions import Question
from detente.situation.values import Record, Slug

Quantiles: TypeAlias = tuple[tuple[float, float], ...]


class Opened(Record):
    """A question is asked: as of which day, by whom, and from which situation, where there is one."""

    kind: Literal["question"] = "question"
    question: Question
    as_of: dt.date
    by: str
    situation: str | None = None


class Reference(Record):
    """The reference class that a forecast rests on: `k` of `n` cases had the event, by its definition."""

    id: str
    words: str
    event: str
    definition: str
    k: int
    n: int
    low: float
    high: float


class Comparison(Record):
    """What somebody else said of the same question: a crowd, the climatology, another model.

    `probabilities` and `quantiles` are as in a forecast. A comparison as of a later day knew more.
    """

    name: str
    probabilities: tuple[float, ...] = ()
    quantiles: Quantiles = ()
    as_of: dt.date
    source: str = ""


class Forecast(Record):
    """What was said of a question, as of a day, by whom, from which situation, by which analysis.

    probabilities  of yes, for a binary question; else one for each choice, adding up to 1
    quantiles      for a continuous question: (share, value), both ascending, such as (0.1, 20), (0.5, 35), (0.9, 60)
    lapses         the last day on which it stands, unless it is reaffirmed
    situation      the fingerprint of the situation, whose bytes are kept
    documents      the documents that it knew
    weight         the weight of the model in it, 0 where the class or a person speaks alone
    rules          the assumptions that it takes, by name
    """

    kind: Literal["forecast"] = "forecast"
    question: Slug
    as_of: dt.date
    by: str
    probabilities: tuple[float, ...] = ()
    quantiles: Quantiles = ()
    lapses: dt.date
    analysis: str = "judgement"
    version: str
    seed: int | None = None
    situation: str | None = None
    documents: tuple[Slug, ...] = ()
    reference: Reference | None = None
    weight: float = 0.0
    rules: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    note: str | None = None


class Reaffirmed(Record):
    """A forecast stands on, to a new last day; `forecast` is the number of its row."""

    kind: Literal["reaffirmed"] = "reaffirmed"
    forecast: int
    as_of: dt.date
    lapses: dt.date
    by: str
    note: str | None = None


class Withdrawn(Record):
    """A forecast no longer stands; it is scored for the time that it did."""

    kind: Literal["withdrawn"] = "withdrawn"
    forecast: int
    as_of: dt.date
    by: str
    note: str | None = None


class Resolution(Record):
    """How a question came out, on which day, by which sources; a later one supersedes the one it names by its row.

    `outcome` is `yes`, `no`, one of the choices, `value`, `ambiguous` (the criteria do not decide it) or `annulled`
    (it should not have been asked).
    """

    kind: Literal["resolution"] = "resolution"
    question: Slug
    outcome: str
    value: float | None = None
    on: dt.date
    sources: tuple[str, ...] = ()
    documents: tuple[Slug, ...] = ()
    by: str
    supersedes: int | None = None
    note: str | None = None


Entry: TypeAlias = Opened | Forecast | Reaffirmed | Withdrawn | Resolution
_ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="kind")])


def decode(body: str) -> Entry:
    """Return the entry that the body of a row stands for.

    Raises LedgerError where it is none.

    >>> decode('{"kind":"withdrawn","forecast":3,"as_of":"2026-02-10","by":"A. Analyst"}').kind
    'withdrawn'
    """
    try:
        return _ENTRY.validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "whole"
        raise LedgerError(
            f"A row of the ledger is no entry ({where}: {first['msg']}). It is damaged, or written by a newer version: "
            "restore a copy, or use that version."
        ) from error


def encode(entry: Entry) -> str:
    """Return the body of a row, in the one way of writing it: keys sorted, defaults left out, no white space.

    >>> encode(Withdrawn(forecast=3, as_of=dt.date(2026, 2, 10), by="A. Analyst"))
    '{"as_of":"2026-02-10","by":"A. Analyst","forecast":3,"kind":"withdrawn"}'
    """
    content = {"kind": entry.kind, **entry.model_dump(mode="json", exclude_defaults=True)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
