"""Which source carries the answer, as a page: the sources with their switches at once, what each does when asked for?

Every part takes the sources away that are switched off before anything is asked. What each source does takes seconds,
so the page shows it where it was asked for already, and fetches it otherwise.
"""

from dataclasses import dataclass

from detente.brief.evidence import Evidence
from detente.brief.sections.evidence.off import switched_off
from detente.brief.sections.evidence.telling import Telling
from detente.brief.words import Names, capital
from detente.desk.asking import table_of
from detente.desk.case import Case
from detente.desk.draws import DRAWS, SEED
from detente.desk.evidence import EvidenceAsked, ask_evidence, sections
from detente.desk.session import Session
from detente.desk.sheet import Register, Section, Sheet, named, seen
from detente.desk.why_answer import without_sources
from detente.errors import BoardError, SituationError
from detente.figures.text import printable
from detente.levers.sources import Asked, Question, Reading, Unit, diagnosis
from detente.situation.nouns import Document, Situation

__all__ = [
    "Asks",
    "Evidence",
    "EvidencePage",
    "Matrix",
    "Nothing",
    "QuestionRow",
    "SourceRow",
    "answered",
    "changed",
    "evidence_page",
    "matrix",
    "sentences",
]
MOST_OFF = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What is asked: at which table, in which view, without which documents."""

    table: str = ""
    view: str = "completed"
    off: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """All of it, as answers are kept by."""
        return (self.table, self.view, "\n".join(self.off))


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A document: whether it is switched off, how many of its quotes stand behind something, how they are graded.

    `turned` are the documents that are off once this one is switched.
    """

    id: str
    title: str
    publisher: str
    published: str
    quotes: int
    grades: tuple[str, ...]
    is_off: bool
    turned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as it stands: its verdict, and its answers with the share of each, and what the share is asked by.

    `about` is what the verdict is asked by, as the levers call an answer.
    """

    words: str
    verdict: str
    shares: tuple[tuple[str, str, str], ...]
    about: str
    agenda: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """What each source that is on does, and the questions as they stand."""

    sheet: Sheet
    questions: tuple[QuestionRow, ...]
    draws: int
    table: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing can be asked."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePage:
    """The page: the sources, the tables to choose from, and the parts that were asked for already."""

    asks: Asks
    sources: tuple[SourceRow, ...]
    tables: tuple[tuple[str, str], ...]
    table: str
    matrix: Matrix | Nothing | None
    changed: Sheet | Nothing | None


def evidence_page(session: Session, asks: Asks) -> EvidencePage | Nothing:
    """Put the page together.

    Raises SituationError for a document that is none, BoardError for a table that is none, and what opening raises.
    """
    situation = seen(session.now().situation, asks.view)
    if not situation.documents:
        return Nothing("The situation names no document, so no source can be switched off.")
    _check(situation, asks)
    several = tuple(t for t in situation.tables if len(t.consent) > 1)
    if not several:
        return Nothing("There is no table at which several must consent, so no answer competes with another.")
    return EvidencePage(
        asks=asks,
        sources=tuple(_source(situation, d, asks.off) for d in situation.documents),
        tables=tuple((t.id, capital(t.name)) for t in several),
        table=table_of(situation, asks.table or None),
        matrix=matrix(session, asks) if session.knows("evidence", *asks.key) else None,
        changed=changed(session, asks) if asks.off and session.knows("evidence-changed", *asks.key) else None,
    )


def matrix(session: Session, asks: Asks) -> Matrix | Nothing:
    """Switch off in turn every source that is on, and say what that does.

    Raises as `evidence_page` does.
    """
    found = answered(session, asks)
    return (
        found
        if isinstance(found, Nothing)
        else session.answer("evidence-matrix", *asks.key, compute=lambda _: _matrix(found))
    )


def answered(session: Session, asks: Asks) -> Evidence | Nothing:
    """Return what each source does that is on, as it was found.

    Raises as `evidence_page` does.
    """
    _check(seen(session.now().situation, asks.view), asks)
    return session.answer("evidence", *asks.key, compute=lambda case: _asked(case, asks))


def changed(session: Session, asks: Asks) -> Sheet | Nothing:
    """Say what is different without the sources that are off.

    Raises as `evidence_page` does.
    """
    _check(seen(session.now().situation, asks.view), asks)
    return session.answer("evidence-changed", *asks.key, compute=lambda case: _changed(case, asks))


def sentences(session: Session, asks: Asks, document: str) -> Sheet | Nothing:
    """Switch off every quoted sentence of a document in turn, and say what that does.

    Raises as `evidence_page` does, and SituationError for a document that is none, or is off.
    """
    _check(seen(session.now().situation, asks.view), asks)
    return session.answer("evidence-of", document, *asks.key, compute=lambda case: _sentences(case, asks, document))


def _check(situation: Situation, asks: Asks) -> None:
    known = [d.id for d in situation.documents]
    lost = next((id for id in asks.off if id not in known), None)
    if lost is not None or len(asks.off) > MOST_OFF:
        listed = ", ".join(known) or "none"
        name = printable(lost or asks.off[-1])[:60]
        raise SituationError(f"'{name}' is not a document of '{situation.title}'. Its documents: {listed}.")
    table_of(situation, asks.table or None)


def _source(situation: Situation, one: Document, off: tuple[str, ...]) -> SourceRow:
    quotes = [e for e in situation.evidence if e.document == one.id]
    is_off = one.id in off
    return SourceRow(
        id=one.id,
        title=printable(one.title or one.id),
        publisher=printable(one.publisher or ""),
        published=one.published.isoformat() if one.published else "",
        quotes=len(quotes),
        grades=tuple(sorted({e.grade for e in quotes if e.grade})),
        is_off=is_off,
        turned=tuple(o for o in off if o != one.id) if is_off else (*off, one.id),
    )


def _matrix(found: Evidence) -> Matrix:
    register = Register()
    parts = sections(found, register)
    told = Telling(found.situation, Names(found.situation), register)
    standing = zip(found.sources.questions, found.sources.standing, strict=True)
    return Matrix(
        sheet=named(found.situation, parts, register),
        questions=tuple(_question(q, r, told) for q, r in standing),
        draws=found.sources.draws,
        table=found.table,
    )


def _sentences(case: Case, asks: Asks, document: str) -> Sheet | Nothing:
    found = _asked(case, asks, document=document)
    if isinstance(found, Nothing):
        return found
    register = Register()
    told = tuple(s for s in sections(found, register) if s.id == "sentences")
    return named(found.situation, told, register, prefix="sentences-")


def _asked(case: Case, asks: Asks, *, document: str | None = None) -> Evidence | Nothing:
    left = without_sources(case, asks.off, view=asks.view)
    put = EvidenceAsked(table=asks.table or None, document=document, text=asks.view == "text")
    try:
        return ask_evidence(left, put)
    except BoardError as why:
        return Nothing(str(why))


def _changed(case: Case, asks: Asks) -> Sheet | Nothing:
    situation = seen(case.situation, asks.view)
    quotes = tuple(e.id for e in situation.evidence if e.document in asks.off)
    put = Asked(table_of(situation, asks.table or None), "auto", DRAWS, SEED, asks.view != "text")
    try:
        found = diagnosis(situation, put, (Unit("off", asks.off[0] if asks.off else "", quotes, False),))
    except BoardError as why:
        return Nothing(str(why))
    register = Register()
    told = Telling(situation, Names(situation), register)
    return named(
        situation,
        (Section("changed", "What changed", switched_off(found, told, off=asks.off)),),
        register,
        prefix="changed-",
    )


def _question(one: Question, reading: Reading, told: Telling) -> QuestionRow:
    shares: list[tuple[str, str, str]] = []
    for k in range(len(reading.shares or ())):
        if reading.shares is not None and reading.shares[k]:
            name = one.hypotheses[k] if one.kind == "deal" else told.end(k)
            shares.append((name, told.share(reading, k), "deal" if one.kind == "deal" else f"{one.id}.{k}"))
    first = max(range(len(reading.shares)), key=reading.shares.__getitem__) if reading.shares else 0
    return QuestionRow(
        words=capital(told.question(one)),
        verdict=told.verdict(one, reading),
        shares=tuple(shares),
        about=f"{one.id}.{first}" if one.kind == "crisis" else "deal",
        agenda="" if one.kind == "crisis" else _specs(one),
    )


def _specs(one: Question) -> str:
    """Write the agenda of a question as an address does: its id names the mode, and who sets a precondition."""
    _, mode, rest = one.id.split(".", 2)
    by = rest.rpartition(".")[0]
    whose = f":{by}" if mode == "precondition" else ""
    return ",".join(f"{issue}={mode}{whose}" for issue in one.issues)
