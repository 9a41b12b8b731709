"""How do the items that were read go out, one a line: as JSONL with everything, or as CSV with flat columns?

Every line has the exact words of its clause with `start` and `end`, offsets in code points into the text of the
document, which its SHA-256 tells from any other: `text[start:end] == quote`.
"""

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import Final

from detente.formats.sheet import Cell, write_csv
from detente.read.items import Actor, Item, Reading

COLUMNS: Final = (
    "item", "file", "document", "sha256", "publisher", "published", "sentence", "start", "end", "quote",
    "kind", "act", "mode", "trigger", "actors", "actor_ids", "recipients", "recipient_ids", "issues", "stances",
    "moves", "red_line", "negated", "modality", "tense", "factuality", "background", "condition_type", "condition",
    "speakers", "anonymous", "first_day", "last_day", "place", "venue", "mediators", "hosts", "rule", "confidence",
    "status", "duplicates_of",
)  # fmt: skip
BETWEEN: Final = "; "


def jsonl(readings: Iterable[Reading]) -> Iterator[bytes]:
    """Write one JSON object a line: `item` as it was read, `document` as it is called, without its text.

    >>> list(jsonl(()))
    []
    """
    for reading in readings:
        about = reading.document.model_dump(mode="json", exclude={"text"})
        for item in reading.items:
            row = {"document": about, "item": item.model_dump(mode="json")}
            yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def csv(readings: Iterable[Reading]) -> Iterator[bytes]:
    r"""Write one item a row, what is several in one cell; texts that look like a formula get an apostrophe before them.

    >>> b"".join(csv(())).decode("utf-8-sig")[:22]
    'item,file,document,sha'
    """
    return table([COLUMNS], ([row(item, reading) for item in reading.items] for reading in readings))


def table(head: list[tuple[str, ...]], rows: Iterable[list[tuple[Cell, ...]]]) -> Iterator[bytes]:
    """Write a CSV piece by piece: the head with the byte-order mark, then rows as they come.

    >>> [piece.decode() for piece in table([("a",)], [[("=b",)], []])]
    ['\\ufeffa\\r\\n', "'=b\\r\\n"]
    """
    yield write_csv(head)
    for some in rows:
        if some:
            yield write_csv(some).removeprefix(codecs.BOM_UTF8)


def row(item: Item, reading: Reading) -> tuple[Cell, ...]:
    """Return the cells of one item, in the order of `COLUMNS`."""
    document, clause, when = reading.document, item.clause(), item.when
    speakers = [a.speaker for a in item.attribution if a.speaker is not None]
    return (
        item.id, document.name, document.id, document.sha256, document.publisher, _day(document.published),
        clause.sentence, float(clause.start), float(clause.end), clause.quote,
        item.kind, item.act, item.mode, item.trigger, _names(item.actors), _ids(item.actors),
        _names(item.recipients), _ids(item.recipients), BETWEEN.join(i.issue for i in item.issues),
        BETWEEN.join(i.stance for i in item.issues), BETWEEN.join(i.move or "" for i in item.issues),
        _flag(item.red_line), _flag(item.negated), item.modality, item.tense, item.factuality, _flag(item.background),
        item.condition.type if item.condition else None, item.condition.text if item.condition else None,
        _names(speakers), _flag(any(a.anonymous for a in item.attribution)),
        _day(when.first) if when else None, _day(when.last) if when else None,
        item.where.name if item.where else None, item.venue.name if item.venue else None,
        _names(item.mediators), _names(item.hosts), item.extractor.rule, item.confidence, item.status,
        item.duplicates_of,
    )  # fmt: skip


def called(actor: Actor) -> str:
    """Return under which name an actor is known, else in which words it is meant."""
    return actor.name or " ".join(actor.mention.quote.split())


def _names(actors: Iterable[Actor]) -> str:
    return BETWEEN.join(called(a) for a in actors)


def _ids(actors: Iterable[Actor]) -> str:
    return BETWEEN.join(a.party or "" for a in actors)


def _day(day: object) -> str | None:
    return str(day) if day is not None else None


def _flag(value: bool) -> float:
    return float(value)
