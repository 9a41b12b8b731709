"""How do past questions of elsewhere become entries of a ledger, and the entries of a ledger past questions?

A question becomes one question with a forecast of the crowd for each day on which it was frozen, and a resolution. What
a ledger asks for and a file does not say is filled in as little as can be: without criteria the place where it was
asked decides, without a last day the day on which it came out stands for it. Left out are questions with neither, and
those that were settled before the day as of which they were first asked.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from detente.errors import FormatError
from detente.formats.question_rows import Outcome, QuestionRow, QuestionRows
from detente.formats.score_table import shown
from detente.ledger.entries import Forecast, Opened, Resolution
from detente.situation.questions import Question
from detente.situation.values import slug

Written: TypeAlias = Opened | Forecast | Resolution

CROWD = "crowd"
STANDS_DAYS = 30


def entries_of(
    rows: Sequence[QuestionRow], *, version: str, today: dt.date | None = None
) -> tuple[tuple[Written, ...], tuple[str, ...]]:
    """Return what is to be written of past questions, and remarks about those that are left out.

    `version` is that of the program that writes. Questions come first, then what the crowds said, then how it came out.
    A resolution after `today`, where that is given, is left out: tables sometimes name the last day of a market there.

    Raises FormatError where two different questions would get the same id.

    >>> row = QuestionRow(source="infer", id="17", text="Will it?", frozen=dt.date(2026, 2, 1), crowd=0.25,
    ...                   resolved=dt.date(2026, 3, 1), outcome=0)
    >>> [entry.kind for entry in entries_of([row], version="1")[0]]
    ['question', 'forecast', 'resolution']
    """
    every = _groups(rows)
    groups = {name: group for name, group in every.items() if not _settled(group)}
    kept = {name: closes for name, group in groups.items() if (closes := _closes(group)) is not None}
    opened = tuple(_opened(name, groups[name], closes) for name, closes in kept.items())
    said = tuple(
        _crowd(name, row, closes, version)
        for name, closes in kept.items()
        for row in groups[name]
        if _stood(row, closes)
    )
    every_came = tuple(one for name in kept for one in _came(name, groups[name]))
    came = tuple(one for one in every_came if today is None or one.on <= today)
    left = (
        (len(every) - len(groups), "they were settled before the day as of which they were asked"),
        (len(groups) - len(kept), "neither a last day nor how they came out is known"),
    )
    remarks = [f"{n} of {len(every)} questions are left out: {why}." for n, why in left if n]
    if len(came) < len(every_came):
        remarks.append(f"{len(every_came) - len(came)} resolutions are left out: their day has not come yet.")
    return (*opened, *said, *came), tuple(remarks)


def question_id(row: QuestionRow) -> str:
    """Return the id that a past question gets in a ledger.

    >>> question_id(QuestionRow(source="manifold", id="wENpa5", text="", frozen=dt.date(2026, 2, 1)))
    'manifold-wenpa5'
    """
    return slug(f"{row.source} {row.id}") or "question"


def rows_of(entries: Iterable[Written], *, source: str) -> QuestionRows:
    """Return the yes-or-no questions among entries as past questions, each as of the first thing a crowd said of it.

    Where no crowd said anything, it is as of the day on which it was opened.
    """
    held = tuple(entries)
    opened = [entry for entry in held if isinstance(entry, Opened)]
    crowds: dict[str, tuple[dt.date, float]] = {}
    for name, said in ((f.question, said) for f in held if isinstance(f, Forecast) for said in _of_crowds(f)):
        crowds[name] = min(crowds.get(name, said), said, key=_by_day)
    came = {entry.question: entry for entry in held if isinstance(entry, Resolution)}
    binary = [entry for entry in opened if entry.question.kind == "binary"]
    rows = tuple(_row(entry, source, crowds.get(entry.question.id), came.get(entry.question.id)) for entry in binary)
    remark = f"{len(opened) - len(binary)} of {len(opened)} questions are left out: they do not ask for yes or no."
    return QuestionRows(rows, (remark,) if len(binary) < len(opened) else ())


def _groups(rows: Sequence[QuestionRow]) -> dict[str, list[QuestionRow]]:
    groups: dict[str, list[QuestionRow]] = {}
    for row in sorted(rows, key=_by_freeze):
        group = groups.setdefault(question_id(row), [])
        if group and (group[0].source, group[0].id) != (row.source, row.id):
            raise FormatError(
                f"The questions '{shown(group[0].id)}' and '{shown(row.id)}' of '{shown(row.source)}' would get the "
                "same id. Rename one of them."
            )
        group.append(row)
    return groups


def _by_freeze(row: QuestionRow) -> dt.date:
    return row.frozen


def _by_day(said: tuple[dt.date, float]) -> dt.date:
    return said[0]


def _settled(group: Sequence[QuestionRow]) -> bool:
    return any(row.resolved is not None and row.resolved < group[0].frozen for row in group)


def _closes(group: Sequence[QuestionRow]) -> dt.date | None:
    """Return the last of its known last days; where there is none, the day on which it came out."""
    days = [row.closes for row in group if row.closes is not None]
    came = [row.resolved for row in group if row.resolved is not None]
    last = max(days) if days else max(came, default=None)
    return last if last is not None and last >= group[0].frozen else max(came, default=None)


def _stood(row: QuestionRow, closes: dt.date) -> bool:
    """Whether the crowd spoke while the question was open."""
    return row.crowd is not None and row.frozen <= closes and (row.resolved is None or row.frozen <= row.resolved)


def _opened(name: str, group: Sequence[QuestionRow], closes: dt.date) -> Opened:
    first = group[0]
    question = Question(
        id=name,
        text=first.text or f"Question {first.id} of {first.source}",
        criteria=first.criteria or f"As {first.source} resolves its question {first.id}.",
        sources=(first.url,) if first.url else (),
        closes=closes,
        cluster=slug(first.cluster) or None if first.cluster else None,
        topics=tuple(found for topic in first.topics if (found := slug(topic))),
    )
    return Opened(question=question, as_of=first.frozen, by=first.source)


def _crowd(name: str, row: QuestionRow, closes: dt.date, version: str) -> Forecast:
    return Forecast(
        question=name,
        as_of=row.frozen,
        by=f"{CROWD} of {row.source}",
        probabilities=(row.crowd if row.crowd is not None else 0.5,),
        lapses=min(row.frozen + dt.timedelta(days=STANDS_DAYS), closes),
        analysis=CROWD,
        version=version,
    )


def _came(name: str, group: Sequence[QuestionRow]) -> tuple[Resolution, ...]:
    # A set that was closed early may not know yet what a later one says of the same question.
    last = next((row for row in reversed(group) if row.resolved is not None), None)
    if last is None or last.resolved is None:
        return ()
    said = {1: "yes", 0: "no", None: "ambiguous"}[last.outcome]
    sources = last.sources or ((last.url,) if last.url else ())
    return (Resolution(question=name, outcome=said, on=last.resolved, sources=sources, by=last.source),)


def _of_crowds(entry: Forecast) -> tuple[tuple[dt.date, float], ...]:
    own = ((entry.as_of, entry.probabilities[0]),) if entry.analysis == CROWD and entry.probabilities else ()
    compared = tuple((one.as_of, one.probabilities[0]) for one in entry.comparisons if one.probabilities)
    return own or compared


def _row(entry: Opened, source: str, crowd: tuple[dt.date, float] | None, came: Resolution | None) -> QuestionRow:
    asked = entry.question
    outcomes: dict[str, Outcome] = {"yes": 1, "no": 0}
    return QuestionRow(
        source=source,
        id=asked.id,
        text=asked.text,
        frozen=crowd[0] if crowd else entry.as_of,
        crowd=crowd[1] if crowd else None,
        closes=asked.closes,
        resolved=came.on if came else None,
        outcome=outcomes.get(came.outcome) if came else None,
        cluster=asked.cluster,
        topics=asked.topics,
        criteria=asked.criteria,
        url=asked.sources[0] if asked.sources else None,
        sources=came.sources if came else (),
    )
