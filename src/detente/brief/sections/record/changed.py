"""Why is a forecast another than the one before, in words and numbers?"""

from collections.abc import Iterator, Sequence
from typing import Final

from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.forecast_changes import AnswerChange, Cause, ForecastChange
from detente.brief.sections.record.telling import Telling, day, quoted, share, signed, value
from detente.brief.words import capital, counted, listed

HOW: Final = (
    "both situations are kept, and the program of today was asked again: from the first as of its day, from the first "
    "as of the later day, from the first with what the later documents suggest, and from the second"
)
ORDER: Final = (
    "Causes are let in one after the other, always in this order: version, passing time, documents, edits. They add up "
    "to the whole difference; where they act together, another order would share it out in another way."
)
CAUSES: Final[dict[Cause, str]] = {
    "version": "another version of the program",
    "time": "passing time",
    "documents": "documents",
    "edits": "edits",
    "documents and edits": "documents and edits, which cannot be told apart where nothing was read by the program",
}
HEADS: Final[dict[Cause, str]] = {**CAUSES, "version": "version", "documents and edits": "documents and edits"}
POINT: Final = 100  # basis points
WHOLE: Final = 10_000
MOST_LINES: Final = 12


def blocks(changes: Sequence[ForecastChange], told: Telling) -> tuple[Block, ...]:
    """Tell all changes: a table of what was split, and what lies between the situations of each."""
    if not changes:
        return ()
    split = [(change, answer) for change in changes for answer in change.answers if answer.parts]
    whole = [change for change in changes if not any(answer.parts for answer in change.answers)]
    return (
        *((_grid(split, told), Paragraph((told.say(ORDER, HOW),))) if split else ()),
        *((Listing(tuple(_whole(change, told) for change in whole)),) if whole else ()),
        *(block for change in changes for block in between(change, told)),
    )


def in_words(change: ForecastChange, told: Telling) -> tuple[Sentence, ...]:
    """Say one change in sentences: from what to what, and of that how much for which cause."""
    lead = told.say(
        f"{change.by} said {_sides(change)} of {quoted(change.text)}, as of {day(change.days[0])} and "
        f"{day(change.days[1])} (rows {change.rows[0]} and {change.rows[1]}).",
        HOW,
    )
    if change.unsplit is not None:
        return (lead, told.say(f"{capital(change.unsplit)}.", HOW))
    return (lead, *(told.say(_causes(answer, alone=len(change.answers) == 1), HOW) for answer in change.answers))


def between(change: ForecastChange, told: Telling) -> Iterator[Block]:
    """List the documents that came in between two forecasts, and what else differs between their situations."""
    if not change.documents and not change.differs:
        return
    new = counted(len(change.documents), "document was", "documents were")
    named = f": {listed(quoted(name) for name in change.documents)}" if change.documents else ""
    lead = f"Between rows {change.rows[0]} and {change.rows[1]} ({change.question}) {new} added{named}."
    yield Paragraph((told.say(lead, HOW),))
    shown = change.differs[:MOST_LINES]
    more = len(change.differs) - len(shown)
    lines = [told.say(f"{capital(line)}.", HOW) for line in shown]
    lines += [told.say(f"And {more} more.", HOW)] if more else []
    if lines:
        yield Listing(tuple(lines))


def _sides(change: ForecastChange) -> str:
    if len(change.answers) == 1:
        answer = change.answers[0]
        return f"{_level(answer, answer.before)} and then {_level(answer, answer.after)}"
    return listed(
        f"{answer.answer} {_level(answer, answer.before)}, then {_level(answer, answer.after)}"
        for answer in change.answers
    )


def _level(answer: AnswerChange, at: float) -> str:
    return value(at) if answer.answer.startswith("quantile ") else share(at / WHOLE)


def _causes(answer: AnswerChange, *, alone: bool) -> str:
    about = "" if alone else f" on {quoted(answer.answer)}"
    parts = listed(f"{_points(part.points)} {CAUSES[part.cause]}" for part in answer.parts)
    return f"Of the {_points(answer.points)} points between them{about} are {parts}."


def _points(basis_points: float) -> str:
    return signed(basis_points / POINT, 2)


def _whole(change: ForecastChange, told: Telling) -> Sentence:
    lead = f"{change.by} on {quoted(change.text)}: {_sides(change)}; {change.unsplit or 'nothing to split'}."
    return told.say(lead, HOW)


def _grid(split: Sequence[tuple[ForecastChange, AnswerChange]], told: Telling) -> Grid:
    met = {part.cause for _, answer in split for part in answer.parts}
    causes = [cause for cause in CAUSES if cause in met]
    rows = []
    for change, answer in split:
        points = {part.cause: _points(part.points) for part in answer.parts}
        name = change.text if len(change.answers) == 1 else f"{change.text} {answer.answer}"
        sides = f"{share(answer.before / WHOLE)} to {share(answer.after / WHOLE)}"
        cells = (name, sides, _points(answer.points), *(points.get(cause, "") for cause in causes))
        rows.append(told.row(cells, HOW))
    caption = told.say("What each cause makes of the difference, in points of a hundred.", HOW)
    return Grid(caption, ("question", "forecast", "in all", *(HEADS[cause] for cause in causes)), tuple(rows))
