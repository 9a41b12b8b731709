"""What does the page of the brief show: the brief as blocks, what the linter says of it, who signs, how it goes out?"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from detente.brief.as_pictures import named
from detente.brief.compose import CONTENTS
from detente.brief.document import Brief, Figure, Grid, Listing, Paragraph, Section, block_sentences
from detente.brief.estimative.confidence import LEVELS
from detente.brief.page import Page, Part, page
from detente.desk.brief import Answers, Level, Suggested, asked, composed, suggested
from detente.desk.draws import DRAWS, SEED
from detente.desk.ledger.record import record_at
from detente.desk.lint import Form, Remark, ScaleName, lint, rule_ids
from detente.desk.lint.passages import form_of
from detente.desk.session import Session
from detente.errors import AnalysisError, BoardError, LedgerError, UsageError

__all__ = [
    "LEVELS",
    "SCALES",
    "Frame",
    "Linted",
    "Nothing",
    "Preview",
    "Spoken",
    "brief_of",
    "frame",
    "linted",
    "preview",
]

QUESTION: Final = ("brief-answers", str(DRAWS), str(SEED))
SCALES: Final[dict[ScaleName, str]] = {"icd203": "ICD 203", "phia": "PHIA yardstick", "ipcc": "IPCC"}
FORMS: Final[tuple[Form, ...]] = ("plain", "markdown", "html")
MOST_LETTERS: Final = 200_000
AROUND: Final = 60  # letters of a line on either side of what is remarked on


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known before anything is computed: the sections there may be, the one that is asked for, who would sign.

    `ready` says that the brief is at hand; `empty` that there is nothing to write one on.
    """

    sections: tuple[tuple[str, str], ...]
    section: str
    level: Level | None
    ready: bool
    empty: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there is no brief."""

    why: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A remark on a text: the words in the line that they stand in."""

    remark: Remark
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Linted:
    """What a linter says of a text, how many sentences or lines it looked at, and how many rules it has."""

    remarks: tuple[Spoken, ...]
    looked_at: int
    rules: int

    @property
    def faults(self) -> int:
        """How many remarks are faults; the others are doubts."""
        return sum(one.remark.severity == "fault" for one in self.remarks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The brief as it is shown: its parts, the linter's remarks on what it says, the confidence, and its pictures.

    `broken` says why the ledger could not be told of; `text` is the brief in plain words, to be edited elsewhere.
    """

    page: Page
    parts: tuple[tuple[str, Part], ...]
    linted: Linted
    suggested: Suggested
    pictures: tuple[tuple[str, str], ...]
    broken: str
    text: str


def frame(session: Session, *, section: str = "", level: str = "") -> Frame:
    """Say what the page shows at once.

    Raises UsageError for a section or a level that is none, and what opening the dossier raises.
    """
    known = [id for id, _ in CONTENTS]
    if section and section not in known:
        raise UsageError(f"'{section[:40]}' is no section of a brief. Choose one of: {', '.join(known)}.")
    situation = session.now().situation
    return Frame(
        sections=CONTENTS,
        section=section,
        level=_level(level),
        ready=session.knows(*QUESTION),
        empty=not situation.parties,
    )


def brief_of(session: Session, *, level: str = "", by: str = "", now: dt.datetime) -> Brief:
    """Write the brief on a dossier as it stands, its ledger included; a level is signed by who asks.

    Raises BoardError where a table cannot be put on a board, LedgerError for a ledger that is not what was written.
    """
    signed = _level(level)
    record = record_at(session.folder, now=now)
    key = (session.now().hash, "brief", record.book.head if record else "", now.date().isoformat(), signed or "", by)
    answers = _answers(session)
    return session.kept(
        key, lambda: composed(answers, record=record, level=signed, by=by if signed is not None else None)
    )


def preview(
    session: Session, *, section: str = "", level: str = "", by: str = "", now: dt.datetime
) -> Preview | Nothing:
    """Lay the brief out, whole or one section of it, with what the linter says.

    Raises UsageError for a section or a level that is none, and what opening the dossier raises.
    """
    frame(session, section=section, level=level)
    broken = ""
    try:
        try:
            brief = brief_of(session, level=level, by=by, now=now)
        except LedgerError as fault:
            broken, brief = str(fault), composed(_answers(session))
        found = suggested(_answers(session))
    except (AnalysisError, BoardError) as fault:
        return Nothing(str(fault))
    chosen = replace(brief, sections=tuple(s for s in brief.sections if section in ("", s.id)))
    laid = page(chosen)
    return Preview(
        page=laid,
        parts=tuple(zip((s.id for s in chosen.sections), laid.parts, strict=True)),
        linted=_of_brief(chosen),
        suggested=found,
        pictures=tuple((name, figure.caption.text) for name, figure in named(brief)),
        broken=broken,
        text="\n".join(_in_words(chosen)),
    )


def linted(text: str, *, form: str = "", scale: str = "icd203") -> Linted:
    """Say where a text breaks the rules of estimative language; how it is written is told from it unless given.

    Raises UsageError for a text that is too long, or a form or scale that is none.

    >>> [one.remark.rule for one in linted("There is no doubt that it comes.").remarks]
    ['certain']
    """
    if len(text) > MOST_LETTERS:
        raise UsageError(f"The text is longer than {MOST_LETTERS:,} letters. Check its parts one by one.")
    wanted = next((one for one in FORMS if one == form), None)
    if form and wanted is None:
        raise UsageError(f"'{form[:40]}' is no form of a text. Choose one of: {', '.join(FORMS)}.")
    by = next((one for one in SCALES if one == scale), None)
    if by is None:
        raise UsageError(f"'{scale[:40]}' is no scale of words. Choose one of: {', '.join(SCALES)}.")
    written = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = written.split("\n")
    found = lint(written, form=wanted or form_of("", written), scale=by)
    return Linted(
        tuple(_spoken(one, lines[one.line - 1] if one.line <= len(lines) else "") for one in found),
        sum(bool(line.strip()) for line in lines),
        len(rule_ids()),
    )


def _answers(session: Session) -> Answers:
    return session.answer(*QUESTION, compute=asked)


def _level(given: str) -> Level | None:
    found = next((one for one in LEVELS if one == given), None)
    if given and found is None:
        raise UsageError(f"'{given[:40]}' is no level of confidence. Choose one of: {', '.join(LEVELS)}.")
    return found


def _of_brief(brief: Brief) -> Linted:
    """Look at every sentence of a brief by itself, in both views, each once."""
    every = (
        s
        for section in brief.sections
        for b in (*section.blocks, *(section.text_only or ()))
        for s in block_sentences(b)
    )
    said = tuple(dict.fromkeys(one.text for one in every if one.text))
    starts = [1, *accumulate((one.count("\n") + 2 for one in said), initial=1)][1:]
    remarks = lint("\n\n".join(said))
    return Linted(
        tuple(_spoken(one, said[bisect_right(starts, one.line) - 1]) for one in remarks), len(said), len(rule_ids())
    )


def _spoken(remark: Remark, line: str) -> Spoken:
    """Find the words in their line; those that were shortened are shown as they are."""
    words = remark.words.rstrip("…")
    at = line.find(words, max(0, remark.column - 1)) if words else -1
    at = line.find(words) if at < 0 and words else at
    if at < 0:
        return Spoken(remark, "", remark.words, "")
    before, after = line[max(0, at - AROUND) : at], line[at + len(words) : at + len(words) + AROUND]
    return Spoken(
        remark,
        ("…" if at > AROUND else "") + before,
        words,
        after + ("…" if len(line) > at + len(words) + AROUND else ""),
    )


def _in_words(brief: Brief) -> Iterator[str]:
    """Write the sentences of a brief down to be edited: its paragraphs and lists, and what its pictures show."""
    for section in brief.sections:
        yield from (f"## {section.title}", "")
        yield from _said(section)


def _said(section: Section) -> Iterator[str]:
    for block in section.blocks:
        match block:
            case Paragraph(found):
                yield from (" ".join(s.text for s in found), "")
            case Listing(found):
                yield from (*(f"- {s.text}" for s in found), "")
            case Grid():
                continue
            case Figure():
                yield from (block.caption.text, "")
