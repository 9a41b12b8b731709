"""How do the stances that were read go out as statements of a discourse network?

One row a statement: a person or an organisation agrees (1) or disagrees (0) with a concept, here an issue. What is
open, conditional or unclear is neither, and is left out. Whether an issue may be on the agenda at all and what is
wanted on it are two concepts.

Source: Leifeld (2017), "Discourse Network Analysis: Policy Debates as Dynamic Networks", in The Oxford Handbook of
Political Networks, for the statement (person, organisation, concept, agreement) that Discourse Network Analyzer keeps.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from detente.formats.read_items import called, table
from detente.formats.sheet import Cell
from detente.read.items import Actor, IssueStance, Item, Reading

COLUMNS: Final = (
    "document", "date", "start", "stop", "person", "organisation", "concept", "agreement", "text", "file", "item",
)  # fmt: skip
AGREEMENT: Final = {"for": 1.0, "only-this": 1.0, "against": 0.0}
_ASPECT: Final = {"inclusion": " (on the agenda)", "timing": " (timing)", "substance": ""}
_UNSEEN: Final = ("unverified", "rejected")


def dna(readings: Iterable[Reading]) -> Iterator[bytes]:
    """Write one statement a row; `start` and `stop` are offsets into the text of the document.

    >>> b"".join(dna(())).decode("utf-8-sig").strip()
    'document,date,start,stop,person,organisation,concept,agreement,text,file,item'
    """
    return table([COLUMNS], (list(statements(reading)) for reading in readings))


def statements(reading: Reading) -> Iterator[tuple[Cell, ...]]:
    """Return the statements of one document, each once, in the order of its text."""
    document = reading.document
    seen: set[tuple[Cell, ...]] = set()
    for item in reading.items:
        clause = item.clause()
        for actor, said in _said(item):
            if said.stance not in AGREEMENT:
                continue
            concept = said.issue + _ASPECT[said.on]
            day = str(document.published) if document.published is not None else None
            row = (
                document.title or document.id, day, float(clause.start), float(clause.end), actor.person, called(actor),
                concept, AGREEMENT[said.stance], clause.quote, document.name, item.id,
            )  # fmt: skip
            if row[:-1] not in seen:
                seen.add(row[:-1])
                yield row


def _said(item: Item) -> Iterator[tuple[Actor, IssueStance]]:
    if item.status not in _UNSEEN:
        yield from ((actor, said) for actor in item.actors for said in item.issues)
