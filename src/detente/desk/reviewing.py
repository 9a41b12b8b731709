"""What does a document say, where do its items stand, what is each taken to say, and what was decided about it?"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from detente.brief.highlights import Place, Stretch, stretches
from detente.desk.documents import Row, documents, record_in
from detente.desk.known import Known, known
from detente.desk.record import Entry, Record
from detente.desk.review import decide as write_down
from detente.desk.review import page, undo
from detente.desk.session import Session
from detente.errors import DossierError, SituationError, UsageError
from detente.figures.text import printable
from detente.read.items import Act, Actor, Item
from detente.situation.nouns import Evidence, Situation

__all__ = [
    "ACTS",
    "PARTS",
    "VERDICTS",
    "Card",
    "Decided",
    "Overtaken",
    "Paragraph",
    "Text",
    "decide",
    "take_back",
    "text",
]

Verdict = Literal["accept", "reject", "edit"]
VERDICTS: tuple[str, ...] = get_args(Verdict)
PARTS = ("act", "actors", "to", "issues", "negated", "condition")
ACTS: tuple[str, ...] = get_args(Act)
_GAP = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Card:
    """An item: its words, what it is taken to say, how it was read, what was decided, and its parts as they are edited.

    seen  the number of the decision that stands, 0 where there is none: whoever decides names it
    """

    id: str
    start: int
    clause: str
    claims: tuple[str, ...]
    how: tuple[str, ...]
    state: str
    verdict: str
    seen: int
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of the text, split where an item or a quote begins or ends."""

    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A document with its items; `cards` the items, in the order of the text.

    quotes  those of the situation, by id
    says    what the situation takes them to say
    """

    row: Row
    url: str | None
    paragraphs: tuple[Paragraph, ...]
    cards: tuple[Card, ...]
    quotes: tuple[str, ...]
    says: tuple[Known, ...]
    before: str | None
    after: str | None
    editable: bool
    day: dt.date | None

    @property
    def waiting(self) -> tuple[Card, ...]:
        """The items that nobody has decided about."""
        return tuple(c for c in self.cards if not c.verdict)

    def current(self, wanted: str) -> str:
        """Return the item that is looked at: the one that is wanted, else the first that waits, else the first."""
        known = [c.id for c in self.cards]
        first = next((c.id for c in self.waiting), known[0] if known else "")
        return wanted if wanted in known else first

    def after_item(self, id: str) -> str:
        """Return the next item that waits for a decision, in the order of the text and then from its beginning."""
        known = [c.id for c in self.cards]
        at = known.index(id) if id in known else -1
        ordered = (*self.cards[at + 1 :], *self.cards[: at + 1])
        return next((c.id for c in ordered if not c.verdict and c.id != id), id)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that is written down."""

    item: str
    says: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A decision that was not written down, because somebody decided about the item meanwhile."""

    item: str
    theirs: str
    seen: int


def text(session: Session, id: str) -> Text:
    """Show a document with what was read in it.

    Raises SituationError where the dossier has no such document, DossierError where its text is not here.
    """
    now = session.now()
    listed = documents(session)
    rows = [r for r in listed.rows if r.id == id]
    if not rows:
        raise SituationError(
            f"'{printable(id)[:80]}' is no document of '{now.situation.title}'. Choose one of the list."
        )
    words = dict(now.case.texts).get(id)
    if words is None:
        raise DossierError(f"The text of '{id}' is not in the dossier. Put its file back, or add it again.")
    document = next(d for d in now.situation.documents if d.id == id)
    record = record_in(session)
    mine = tuple(e for e in record.entries if e.reading.document.sha256 == document.sha256) if record else ()
    cards = tuple(sorted((_card(e) for e in mine), key=lambda c: (c.start, c.id)))
    quotes = tuple(e for e in now.situation.evidence if e.document == id)
    order = [r.id for r in listed.rows]
    at = order.index(id)
    return Text(
        row=rows[0],
        url=document.url,
        paragraphs=tuple(_paragraphs(words, _places(mine, quotes))),
        cards=cards,
        quotes=tuple(e.id for e in quotes),
        says=_says(now.situation, quotes),
        before=order[at - 1] if at else None,
        after=order[at + 1] if at + 1 < len(order) else None,
        editable=session.is_dossier,
        day=rows[0].day,
    )


def decide(
    session: Session, *, item: str, verdict: str, by: str, seen: int, fields: Sequence[tuple[str, str]] = ()
) -> Decided | Overtaken:
    """Write a decision about an item down, unless somebody decided about it since it was seen.

    `fields` are the parts of an edit as they stand in its form; those that differ from the item are changed.

    Raises UsageError where the item does not exist or cannot be changed so, DossierError where nothing can be written.
    """
    record = _require(session)
    entry = record.entry(item)
    if _seen(entry) != seen:
        return Overtaken(entry.id, page(entry).state, _seen(entry))
    if verdict == "edit":
        changes = _changes(entry.item, fields)
        write_down(session.folder, by=by, edit=entry.id, changes=changes)
    elif verdict == "accept":
        write_down(session.folder, by=by, accept=(entry.id,))
    elif verdict == "reject":
        write_down(session.folder, by=by, reject=(entry.id,))
    else:
        raise UsageError(f"'{verdict[:30]}' is no decision. Choose one of: {', '.join(VERDICTS)}.")
    done = {"edit": "Edited", "accept": "Accepted", "reject": "Rejected"}[verdict]
    return Decided(entry.id, f"{done}: \u201c{_line(entry.read.clause().quote)}\u201d")


def take_back(session: Session, *, by: str, item: str | None = None) -> Decided:
    """Take back the last decision of somebody, or the one about an item, whoever made it.

    Raises UsageError where there is none.
    """
    _require(session)
    found = undo(session.folder, by=by, own=item is None, item=item)
    words = f"\u201c{_line(found.read.clause().quote)}\u201d" if found else "an item that is no longer read"
    return Decided(found.id if found else "", f"Taken back: the decision on {words}.")


def _says(situation: Situation, quotes: Iterable[Evidence]) -> tuple[Known, ...]:
    """List what the quotes of a document are taken to say, in the order of the text."""
    order = {e.id: e.start for e in quotes}
    found = known(situation, dict.fromkeys((d.id for d in situation.documents), dt.date.min))
    mine = (replace(k, dated=tuple(one for one in k.dated if one[1] in order)) for k in found)
    return tuple(sorted((k for k in mine if k.quotes), key=lambda k: min(order[q] for q in k.quotes)))


def _require(session: Session) -> Record:
    record = record_in(session)
    if record is None or not record.readings:
        raise DossierError(
            f"Nothing was read into '{session.folder.name}', so there is nothing to decide about. Add a document."
        )
    return record


def _seen(entry: Entry) -> int:
    return entry.decision.number if entry.decision else 0


def _card(entry: Entry) -> Card:
    shown = page(entry)
    return Card(
        id=entry.id,
        start=entry.read.clause().start,
        clause=shown.clause,
        claims=tuple(printable(c) for c in shown.claims),
        how=tuple(printable(h) for h in shown.how),
        state=shown.state,
        verdict=entry.decision.verdict if entry.decision else "",
        seen=_seen(entry),
        fields=tuple(_fields(entry.item).items()),
    )


def _fields(item: Item) -> dict[str, str]:
    """Write the parts of an item as the review on the command line takes them."""
    return {
        "act": item.act,
        "actors": _people(item.actors),
        "to": _people(item.recipients),
        "issues": ", ".join(f"{s.issue}:{s.move}:{s.strength}" for s in item.issues if s.move),
        "negated": "yes" if item.negated else "no",
        "condition": item.condition.text if item.condition else "",
    }


def _people(actors: Iterable[Actor]) -> str:
    return ", ".join(dict.fromkeys(a.party or " ".join(a.mention.quote.split()) for a in actors))


def _changes(item: Item, fields: Sequence[tuple[str, str]]) -> list[str]:
    """Return what an edit changes.

    Raises UsageError where it changes nothing.
    """
    old = _fields(item)
    changes = [f"{name}={value}" for name, value in fields if name in old and _line(value) != _line(old[name])]
    if not changes:
        raise UsageError("Nothing differs from what was read. Change a part, or accept the item.")
    return changes


def _places(entries: Iterable[Entry], quotes: Iterable[Evidence]) -> list[Place]:
    spans = [(f"i:{e.id}", e.read.clause()) for e in entries]
    return [
        *(Place(id, span.start, span.end, span.quote) for id, span in spans),
        *(Place(f"q:{e.id}", e.start, e.end, e.quote) for e in quotes),
    ]


def _paragraphs(words: str, places: list[Place]) -> Iterator[Paragraph]:
    """Split a text where a line is empty, and each piece where an item or a quote begins or ends."""
    start = 0
    for gap in (*_GAP.finditer(words), None):
        end = gap.start() if gap else len(words)
        piece = words[start:end]
        if piece.strip():
            yield Paragraph(tuple(stretches(piece, _within(piece, start, end, places))))
        start = gap.end() if gap else end


def _within(piece: str, start: int, end: int, places: list[Place]) -> Iterator[Place]:
    """Return the places in a piece, cut at its edges."""
    for place in places:
        first, last = max(place.start, start) - start, min(place.end, end) - start
        if first < last:
            yield Place(place.id, first, last, piece[first:last])


def _line(words: str) -> str:
    return " ".join(printable(words).split())
