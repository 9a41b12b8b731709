"""Why does an input have the value it has: its basis, who stands behind it, and in which sentences?"""

import datetime as dt
from dataclasses import dataclass

from detente.brief.sections.tables import in_words
from detente.brief.words import Names, capital, number
from detente.errors import SituationError
from detente.figures.svg import MEANINGS
from detente.figures.text import printable
from detente.situation.nouns import AgendaItem, Evidence, Situation
from detente.situation.rules import RULES
from detente.situation.slots import Piece, Seat, written_filling
from detente.situation.values import Basis, BasisKind, Noun, Range

AROUND = 240
PARTS = {
    "consents": "needed for a result", "ratifies": "must not lose by a result", "consulted": "is consulted",
    "none": "no part in a result",
}  # fmt: skip
RELIABLE = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "reliability cannot be judged",
}  # fmt: skip
CREDIBLE = {
    "1": "confirmed by others", "2": "probably true", "3": "possibly true", "4": "doubtful", "5": "improbable",
    "6": "truth cannot be judged",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words behind a value, in what stands around them, with their source and its grade."""

    id: str
    before: str
    quote: str
    after: str
    speaker: str | None
    document: str
    title: str
    publisher: str | None
    published: dt.date | None
    grade: str | None
    grade_words: str


@dataclass(frozen=True, slots=True)
class Why:
    """What stands at a path, and what stands behind it.

    value  how it is written where it is entered; `shown` is the same in words, `ranged` whether it is a number
    kind   how it is known; None where nothing stands there, such as an issue that is on no agenda
    """

    path: str
    title: str
    shown: str
    value: str
    kind: BasisKind | None
    known: str
    rule: str
    by: str
    note: str
    quotes: tuple[Quoted, ...]
    ranged: bool


def why(situation: Situation, path: str, piece: Piece, *, value: str, texts: dict[str, str]) -> Why:
    """Tell what stands at a path; `value` is how it is written, `texts` are the documents by id."""
    basis = piece.basis if piece is not None else None
    cited = (*(basis.evidence if basis else ()), *(piece.evidence if isinstance(piece, Noun) else ()))
    return Why(
        path=path,
        title=title(situation, path),
        shown=shown(situation, path, piece),
        value=value,
        kind=basis.kind if basis else None,
        known=MEANINGS[basis.kind] if basis else "nobody has put it here",
        rule=RULES.get(basis.rule or "", f"rule {basis.rule}") if basis and basis.rule else "",
        by=_signed(basis),
        note=printable((basis.note if basis else None) or ""),
        quotes=tuple(quoted(situation, id, texts) for id in dict.fromkeys(cited)),
        ranged=isinstance(piece, Range),
    )


def quoted(situation: Situation, id: str, texts: dict[str, str]) -> Quoted:
    """Show a quote in what stands around it.

    Raises SituationError where the situation has no evidence with this id.
    """
    found = next((e for e in situation.evidence if e.id == id), None)
    if found is None:
        raise SituationError(f"'{printable(id)[:60]}' is no evidence of '{situation.title}'. Follow a link of a page.")
    document = next((d for d in situation.documents if d.id == found.document), None)
    before, after = _around(found, texts.get(found.document))
    return Quoted(
        id=found.id,
        before=before,
        quote=_line(found.quote),
        after=after,
        speaker=printable(found.speaker) if found.speaker else None,
        document=found.document,
        title=printable((document.title if document else None) or found.document),
        publisher=printable(document.publisher) if document and document.publisher else None,
        published=document.published if document else None,
        grade=found.grade,
        grade_words=f"source {RELIABLE[found.grade[0]]}, statement {CREDIBLE[found.grade[1]]}" if found.grade else "",
    )


def title(situation: Situation, path: str) -> str:
    """Say what stands at a path.

    >>> title(Situation(title="Dam"), "dam.status_quo")
    'Where dam stands today'
    """
    names = Names(situation)
    table, middle, issue = path.partition(".agenda.")
    return capital(f"{names.issue(issue)} on the agenda of {names.at(table)}" if middle else names.input(path))


def shown(situation: Situation, path: str, piece: Piece) -> str:
    """Write what stands at a path as a reader would."""
    if isinstance(piece, Range):
        return _range(Names(situation), path, piece)
    if isinstance(piece, Seat):
        return PARTS[piece.part]
    if isinstance(piece, AgendaItem) or ".agenda." in path:
        return in_words(situation, piece if isinstance(piece, AgendaItem) else None)
    return printable(written_filling(piece)) if piece is not None else "nothing said"


def _range(names: Names, path: str, value: Range) -> str:
    """Write a range as a reader would, with the name of the level where the scale has one."""
    parts = path.split(".")
    issue = parts[0] if parts[-1] == "status_quo" else parts[1] if parts[-1] in ("position", "red_line") else ""
    best = names.level(issue, value.best) if issue else _number(value.best)
    return best if value.is_point else f"{best}, from {_number(value.low)} to {_number(value.high)}"


def _number(value: float) -> str:
    return number(value) if abs(value) >= 1 or value == 0 else f"{value:.2g}"


def _signed(basis: Basis | None) -> str:
    if basis is None or basis.by is None:
        return ""
    return printable(basis.by) + (f", {basis.date.isoformat()}" if basis.date else "")


def _around(found: Evidence, text: str | None) -> tuple[str, str]:
    """Return what stands before and after a quote, cut at words; nothing where the quote is not in its place."""
    if text is None or text[found.start : found.end] != found.quote:
        return "", ""
    before, after = text[max(0, found.start - AROUND) : found.start], text[found.end : found.end + AROUND]
    if found.start > AROUND:
        before = "… " + before.partition(" ")[2]
    if found.end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return _line(before), _line(after)


def _line(text: str) -> str:
    return " ".join(printable(text).split())
