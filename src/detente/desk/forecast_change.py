"""Why is a forecast another than the one before: new documents, edits, another version, or passing time?

With s(S, d) what the program of today says from a situation S as of a day d, p1 and p2 the two forecasts as they were
recorded on the days d1 and d2, S1 and S2 their situations, and S' the first with what the documents of the second
suggest, brought in as a dossier does it, hand edits untouched:

    version    (s(S1, d1) - p1) - (s(S2, d2) - p2)                                                                  (1)
    time       s(S1, d2) - s(S1, d1)                                                                                (2)
    documents  s(S', d2) - s(S1, d2)                                                                                (3)
    edits      s(S2, d2) - s(S', d2)                                                                                (4)

Together they are p2 - p1, to the basis point: each s is rounded to it once. Where the second forecast was made by the
program of today, the second half of (1) is nothing. The order is fixed; where causes act together, another order would
share the difference out in another way. Where nothing was read by the program, (3) and (4) cannot be told apart.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeAlias

from detente.brief.forecast_changes import AnswerChange, ForecastChange, Part
from detente.desk.aligned import aligned
from detente.desk.differences import differences
from detente.desk.ledger.written import CLASS
from detente.desk.merged import merged
from detente.desk.record import Record
from detente.desk.redrafted import last_day
from detente.errors import LedgerError
from detente.ledger.book import AskedQuestion, Book, Standing
from detente.ledger.entries import Forecast
from detente.ledger.said import said
from detente.read.parties import load_lexicon
from detente.read.propose import propose
from detente.situation.nouns import Situation
from detente.situation.questions import Question

Says: TypeAlias = Callable[[Situation, Question, date], Sequence[float] | None]
Keeps: TypeAlias = Callable[[str], Situation | None]
Suggests: TypeAlias = Callable[[Situation], Situation | None]

BASIS_POINTS: Final = 10_000
BY_HAND: Final = "only what a reference class said can be asked again, so here the whole difference alone is known"
CONTINUOUS: Final = "no class speaks of a number on a scale, so only the whole difference is known"
NOT_KEPT: Final = "the situation of one of them is not kept, so only the whole difference is known"
NOT_SAID: Final = "no class speaks of the question today, so only the whole difference is known"
OTHERWISE: Final = "the two do not answer in the same way, so nothing can be compared"


def _nothing(_: Situation) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a difference is split with.

    keeps     the situation of a fingerprint, None where it is not kept
    says      what the program of today says of a question from a situation, as of a day; None where it says nothing
    suggests  the draft that the documents of a situation suggest, None where nothing was read
    """

    keeps: Keeps
    says: Says
    suggests: Suggests = _nothing


def forecast_changes(held: Book | AskedQuestion, ground: Ground) -> tuple[ForecastChange, ...]:
    """Split every difference between two forecasts of one author, one after the other, question by question."""
    every = held.questions if isinstance(held, Book) else (held,)
    return tuple(
        split(asked, before, after, ground=ground) for asked in every for before, after in _followed(asked.forecasts)
    )


def split(asked: AskedQuestion, before: Standing, after: Standing, *, ground: Ground) -> ForecastChange:
    """Split the difference between two forecasts of one question by equations (1) to (4)."""
    one, two = before.forecast, after.forecast
    first, second = (_kept(f, ground) for f in (one, two))
    steps = _steps(asked.question, (one, two), (first, second), ground)
    unsplit = steps if isinstance(steps, str) else None
    documents, differs = _between(first, second)
    return ForecastChange(
        question=asked.question.id,
        text=asked.question.text,
        by=two.by,
        rows=(before.number, after.number),
        days=(one.as_of, two.as_of),
        versions=(one.version, two.version),
        answers=tuple(_answers(asked.question, one, two, () if isinstance(steps, str) else steps)),
        unsplit=unsplit,
        documents=documents,
        differs=differs,
    )


def classes_say(situation: Situation, question: Question, day: date) -> tuple[float, ...] | None:
    """Return what reference classes of today say of a question; None where none does, or it names what is not there.

    >>> classes_say(Situation(title="Dam"), Question(id="deal", text="Deal?"), date(2026, 2, 8)) is None
    True
    """
    try:
        found = said(situation, question, as_of=day)
    except LedgerError:
        return None
    return None if found is None else found.probabilities


def suggestions(record: Record, *, lexicons: tuple[Path, ...] = ()) -> Suggests:
    """Return the draft that the documents of any situation of a dossier suggest, read and reviewed as they are today.

    Readings and reviews are those of today on either side, so that nothing but the documents makes a difference.
    """
    return lambda situation: _draft(record, situation, lexicons)


def _draft(record: Record, situation: Situation, lexicons: tuple[Path, ...]) -> Situation | None:
    known = {d.sha256 for d in situation.documents}
    readings = tuple(r for r in record.readings if r.document.sha256 in known)
    if not readings:
        return None
    lexicon = load_lexicon(*lexicons)
    return propose(readings, title=situation.title, as_of=last_day(readings), lexicon=lexicon, signed=record.signed)


def _followed(forecasts: Sequence[Standing]) -> Iterator[tuple[Standing, Standing]]:
    """Walk what each author said twice in a row by one analysis, in the order of the later one.

    What was recorded later than its day is a row apart, as it is in the book.
    """
    rows: dict[tuple[str, str, bool], list[Standing]] = {}
    for one in forecasts:
        rows.setdefault((one.forecast.by, one.forecast.analysis, one.retrospective), []).append(one)
    yield from sorted((pair for row in rows.values() for pair in pairwise(row)), key=lambda pair: pair[1].number)


def _kept(forecast: Forecast, ground: Ground) -> Situation | None:
    return None if forecast.situation is None else ground.keeps(forecast.situation)


def _steps(
    question: Question,
    said: tuple[Forecast, Forecast],
    known: tuple[Situation | None, Situation | None],
    ground: Ground,
) -> tuple[tuple[Part, ...], ...] | str:
    """Return the parts of every answer, or why the difference cannot be split."""
    (one, two), (first, second) = said, known
    if {one.analysis, two.analysis} != {CLASS}:
        return BY_HAND
    if question.kind == "continuous":
        return CONTINUOUS
    if first is None or second is None:
        return NOT_KEPT
    read = _with_documents(first, second, ground)
    asked = [(first, one.as_of), (first, two.as_of), (read or first, two.as_of), (second, two.as_of)]
    levels = [ground.says(situation, question, day) for situation, day in asked]
    ends = (one.probabilities, two.probabilities)
    if any(level is None for level in levels):
        return NOT_SAID
    points = [_points(level) for level in (*ends, *(level for level in levels if level is not None))]
    if len({len(level) for level in points}) > 1:
        return OTHERWISE
    return tuple(_parts(*answer, read=read is not None) for answer in zip(*points, strict=True))


def _parts(p1: int, p2: int, *said: int, read: bool) -> tuple[Part, ...]:
    old, waited, informed, edited = said
    start = (Part("version", (old - p1) - (edited - p2)), Part("time", waited - old))
    if not read:
        return (*start, Part("documents and edits", edited - waited))
    return (*start, Part("documents", informed - waited), Part("edits", edited - informed))


def _points(shares: Sequence[float]) -> tuple[int, ...]:
    return tuple(round(share * BASIS_POINTS) for share in shares)


def _with_documents(first: Situation, second: Situation, ground: Ground) -> Situation | None:
    """Bring what the documents of the second suggest into the first; None where nothing was read into either."""
    base, now = ground.suggests(first), ground.suggests(second)
    if base is None or now is None:
        return None
    return merged(aligned(first, base, first), now, first).situation


def _answers(
    question: Question, one: Forecast, two: Forecast, parts: Sequence[tuple[Part, ...]]
) -> Iterator[AnswerChange]:
    if question.kind == "continuous":
        later = dict(two.quantiles)
        for share, value in one.quantiles:
            if share in later:
                yield AnswerChange(answer=f"quantile {share:g}", before=value, after=later[share])
        return
    names = question.choices if question.choices and question.kind != "binary" else ("yes",)
    sides = zip(names, _points(one.probabilities), _points(two.probabilities), strict=False)
    for k, (name, before, after) in enumerate(sides):
        yield AnswerChange(answer=name, before=before, after=after, parts=parts[k] if parts else ())


def _between(first: Situation | None, second: Situation | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which documents are new, and in words what else differs."""
    if first is None or second is None:
        return (), ()
    old = {d.id for d in first.documents}
    found = differences(first, second)
    new = tuple(d.title or d.id for d in second.documents if d.id not in old)
    named = {f"document {d.id}" for d in second.documents}
    lines = (
        *(f"new: {line}" for line in found.added if line not in named),
        *(f"now read: {line}" for line in found.read),
        *(f"changed: {line}" for line in found.changed),
        *(f"gone: {line}" for line in found.removed),
    )
    return new, lines
