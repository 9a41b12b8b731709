"""How right were the forecasts of a ledger, told as one document: counts, scores, pictures, and what changed since?"""

from dataclasses import dataclass

from detente.brief.document import Block, Brief, Fact, Paragraph, Section
from detente.brief.forecast_changes import ForecastChange
from detente.brief.register import Register
from detente.brief.sections.record import changed, counts, pictures, scores
from detente.brief.sections.record.scores import Tried
from detente.brief.sections.record.telling import Telling
from detente.ledger.book import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """Everything that is said about how right forecasts were.

    `in_time` are the scores of what was recorded by the day it claims, `retrospective` of what was recorded later; None
    where nothing of the kind came out yet. `changes` are differences between forecasts of one question.
    """

    name: str
    book: Book
    in_time: Tried | None
    retrospective: Tried | None
    changes: tuple[ForecastChange, ...] = ()
    version: str
    seed: int
    draws: int


def told(found: TrackRecord) -> Brief:
    """Write everything about how right forecasts were."""
    register = Register()
    telling = Telling(register)
    sections = (
        Section("ledger", "How the ledger stands", counts.blocks(found.book, telling)),
        Section("in-time", scores.TITLE, _scored(found.in_time, telling, "in-time")),
        Section(
            "retrospective",
            scores.LATE_TITLE,
            _scored(found.retrospective, telling, "late", again=found.in_time is not None),
        ),
        Section("changes", "Why forecasts changed", changed.blocks(found.changes, telling)),
    )
    return Brief(
        title=f"{found.name}: track record",
        subtitle=f"as of {found.book.now.date().isoformat()}",
        sections=tuple(s for s in sections if s.blocks),
        quotes=(),
        sources=(),
        notes=tuple(register.notes.values()),
        facts=facts(found),
    )


def in_brief(found: TrackRecord, register: Register) -> tuple[Block, ...]:
    """Answer in the short form that a brief has room for: the counts and the scores."""
    telling = Telling(register)
    short = counts.in_short(found.book, telling) if found.book.questions else ()
    return (
        *((Paragraph(tuple(short)),) if short else ()),
        *(
            block
            for tried in (found.in_time, found.retrospective)
            if tried
            for block in scores.in_short(tried, telling)
        ),
    )


def facts(found: TrackRecord) -> tuple[Fact, ...]:
    """Return what it takes to get the same numbers again."""
    tried = found.in_time or found.retrospective
    return (
        Fact("detente", found.version),
        Fact("head of the ledger", f"{found.book.rows}:{found.book.head}"),
        *((Fact("forecasts that are scored", tried.scored.at),) if tried else ()),
        *(
            (Fact("bounds of what log scores take", f"{tried.scored.clip:g} to {1 - tried.scored.clip:g}"),)
            if tried
            else ()
        ),
        Fact("draws of clusters", f"{found.draws:,}"),
        Fact("seed", str(found.seed)),
    )


def _scored(tried: Tried | None, telling: Telling, id: str, *, again: bool = False) -> tuple[Block, ...]:
    if tried is None:
        return ()
    return (*scores.blocks(tried, telling, again=again), *pictures.blocks(tried, telling, id=f"calibration-{id}"))
