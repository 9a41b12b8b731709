"""What does each source do to the answers, and what would everything look like with one switched off?"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from detente.boards import plain
from detente.boards.frame import no_deal_kind
from detente.brief.document import Brief
from detente.brief.evidence import Evidence
from detente.brief.register import Register
from detente.brief.sections.evidence.page import composed, sections
from detente.desk.asking import table_of
from detente.desk.case import Case
from detente.desk.draws import DRAWS, SEED
from detente.errors import SituationError, UsageError
from detente.levers.sources import Asked, Diagnosis, diagnosis, sources, without
from detente.levers.sources import sentences as sentences_of
from detente.situation.fingerprint import fingerprint
from detente.situation.views import text_only

__all__ = ["Evidence", "EvidenceAsked", "Register", "as_json", "ask_evidence", "sections", "without", "write"]
Progress = Callable[[str], None]
SCHEMA = "detente.evidence/1"
NO_DEAL = ("auto", "status-quo", "entered")


@dataclass(frozen=True, slots=True)
class EvidenceAsked:
    """What is asked: at which table, over how many draws; and of each sentence too, of all documents or of one.

    With `text` the answers are those from the text alone: nothing that the program supplied counts.
    """

    table: str | None = None
    no_deal: str = "auto"
    draws: int = DRAWS
    seed: int = SEED
    sentences: bool = False
    document: str | None = None
    text: bool = False


def ask_evidence(case: Case, asked: EvidenceAsked, *, progress: Progress | None = None) -> Evidence:
    """Switch off every source in turn, and every sentence where that is asked for.

    Raises UsageError for a choice of no deal that is none, SituationError for a document that is none, BoardError for
    a table that is none.
    """
    if asked.no_deal not in NO_DEAL:
        raise UsageError(
            f"What no deal is worth cannot be '{asked.no_deal}' here. Choose one of: {', '.join(NO_DEAL)}."
        )
    situation = text_only(case.situation) if asked.text else case.situation
    known = [d.id for d in situation.documents]
    if asked.document is not None and asked.document not in known:
        listed = ", ".join(known) or "none"
        raise SituationError(f"'{asked.document}' is not a document of '{situation.title}'. Its documents: {listed}.")
    table = table_of(situation, asked.table)
    put = Asked(table, asked.no_deal, asked.draws, asked.seed, not asked.text)
    each = sentences_of(situation, asked.document) if asked.sentences or asked.document is not None else ()
    return Evidence(
        situation=situation,
        table=table,
        sources=diagnosis(situation, put, sources(situation), progress=progress),
        sentences=diagnosis(situation, put, each, progress=progress) if each else None,
        of=asked.document,
        no_deal=no_deal_kind(situation.table(table), asked.no_deal),
        version=version("detente"),
        fingerprint=fingerprint(case.situation),
        texts=case.texts,
    )


def write(found: Evidence) -> Brief:
    """Put what sources do into words and pictures."""
    return composed(found)


def as_json(found: Evidence) -> str:
    """Return what sources do as data: questions, how they stand, and every shift, sources by their ids."""
    told = {
        "schema": SCHEMA,
        "title": found.situation.title,
        "table": found.table,
        "no_deal": found.no_deal,
        "draws": found.sources.draws,
        "seed": found.sources.seed,
        "version": found.version,
        "fingerprint": found.fingerprint,
        "questions": plain(found.sources.questions),
        "standing": plain(found.sources.standing),
        "sources": _weights(found.sources),
        "sentences": _weights(found.sentences) if found.sentences is not None else None,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _weights(found: Diagnosis) -> list[dict[str, object]]:
    return [
        {
            "id": w.unit.id,
            "document": w.unit.document,
            "quotes": list(w.unit.quotes),
            "doublings": w.doublings,
            "difference": w.difference,
            "diagnostic": w.is_diagnostic,
            "widened": list(w.fallen.widened),
            "gone": [list(row) for row in w.fallen.gone],
            "shifts": plain(w.shifts),
        }
        for w in found.weights
    ]
