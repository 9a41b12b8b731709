"""What does a text say, item by item, and where exactly does it say so?

An item is one statement, action, position, tie or assessment, with the exact words it rests on. A `Reading` holds the
text of one document and its items, and cannot be built or loaded unless every quote stands where it claims to stand.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from detente.errors import DocumentError, QuoteError
from detente.read.llm.facts import ModelFacts

Role = Literal["clause", "trigger", "actor", "recipient", "source", "condition", "issue", "time", "place"]
Kind = Literal["statement", "action", "position", "tie", "condition-offer", "assessment"]
Act = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "ASSESS",
    "WANT",
]
StanceKind = Literal["for", "against", "only-this", "conditional", "open", "unclear"]
Move = Literal["demand", "refuse", "offer", "accept", "open", "condition"]
Modality = Literal["actual", "future", "hypothetical", "possible", "desired", "historical"]
Tense = Literal["past", "present", "future", "none"]
ConditionType = Literal["if", "unless", "until", "in-exchange", "to-any"]
VerbClass = Literal["say", "claim", "deny", "accuse"]
Status = Literal["verified", "repaired", "unverified", "rejected", "user-confirmed", "user-edited"]
# What a second reader, another version or a reviewer may change without making it another item.
_NOT_CONTENT = {"id", "extractor", "also", "doubts", "confidence", "status", "duplicates_of"}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Frozen):
    """Which exact words, and where in the original text?"""

    start: int
    end: int
    quote: str


class Evidence(Span):
    """Which words of which sentence carry which part of an item?"""

    role: Role
    sentence: str


class Actor(_Frozen):
    """Who is meant, in which words, and how was the name found?"""

    mention: Span
    head: str
    party: str | None = None
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    person: str | None = None
    office: str | None = None
    how: str = "name"
    confidence: float = 1.0


class IssueStance(_Frozen):
    """What does the item say on one issue: in favour or against, how firmly, on listing it or on its substance?"""

    issue: str
    span: Span
    stance: StanceKind = "unclear"
    move: Move | None = None
    strength: Literal[1, 2, 3] = 1
    on: Literal["inclusion", "substance", "timing"] = "substance"
    proposed: bool = False


class Condition(_Frozen):
    """On what does the item depend, in which words, and whose move is that?"""

    type: ConditionType
    span: Span
    text: str
    party: str | None = None
    item: str | None = None


class Attribution(_Frozen):
    """Who says so? Level 0 is the author's own source, higher levels are sources quoted by a source."""

    level: int
    speaker: Actor | None
    cue: str
    verb_class: VerbClass = "say"
    anonymous: bool = False
    office: str | None = None
    source: str | None = None
    date: datetime.date | None = None


class When(_Frozen):
    """When, in the words of the text, and (where the document is dated) between which days?"""

    span: Span
    first: datetime.date | None = None
    last: datetime.date | None = None
    basis: Literal["stated", "document-date", "unresolved"] = "unresolved"


class Place(_Frozen):
    """Where, in the words of the text, and under which name?"""

    name: str
    span: Span


class Table(_Frozen):
    """Which talks are meant: between whom, in which words, face to face or through others?"""

    parties: tuple[str, ...]
    span: Span | None = None
    direct: bool | None = None


class Extractor(_Frozen):
    """Which reader, which version and which rule made the item?"""

    name: str
    version: str
    rule: str


class Doubt(_Frozen):
    """What should whoever confirms an item look at, and what does the other reader say of it?"""

    about: Literal["model-only", "quote-repaired", "negation", "condition", "speaker"]
    says: str


class Item(_Frozen):
    """Who does or says what, to whom, about which issue, on what condition, according to whom?

    `make_item` fills `id`, the hash of the content. `confidence` is the reader's grade of its rule, not a probability.
    """

    id: str = ""
    doc_id: str
    doc_sha256: str
    doc_date: datetime.date | None = None
    sentences: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    kind: Kind
    act: Act
    mode: str | None = None
    trigger: str
    frame: str
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    issues: tuple[IssueStance, ...] = ()
    red_line: bool = False
    negated: bool = False
    modality: Modality = "actual"
    tense: Tense = "none"
    background: bool = False
    condition: Condition | None = None
    attribution: tuple[Attribution, ...] = ()
    factuality: Literal["fact", "claimed", "denied", "planned", "conditional", "possible", "wanted", "not"] = "fact"
    when: When | None = None
    where: Place | None = None
    venue: Place | None = None
    mediators: tuple[Actor, ...] = ()
    hosts: tuple[Actor, ...] = ()
    table: Table | None = None
    extractor: Extractor
    also: tuple[Extractor, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    confidence: float = 0.5
    status: Status = "verified"
    duplicates_of: str | None = None

    def spans(self) -> tuple[Span, ...]:
        """Which words does the item cite, in all its parts?"""
        people = (*self.actors, *self.recipients, *self.mediators, *self.hosts)
        speakers = tuple(a.speaker for a in self.attribution if a.speaker)
        parts: tuple[Condition | When | Place | None, ...] = (self.condition, self.when, self.where, self.venue)
        optional = [part.span for part in parts if part is not None]
        if self.table is not None and self.table.span is not None:
            optional.append(self.table.span)
        return (
            *self.evidence,
            *(a.mention for a in (*people, *speakers)),
            *(i.span for i in self.issues),
            *optional,
        )

    def clause(self) -> Evidence:
        """Which words say it best: the clause evidence, or the first that there is?"""
        return next((e for e in self.evidence if e.role == "clause"), self.evidence[0])


def make_item(item: Item) -> Item:
    """Which item is this, by its content? Returns it with `id`, a hash that no reader version or review changes."""
    content = item.model_dump(mode="json", exclude=_NOT_CONTENT)
    packed = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return item.model_copy(update={"id": hashlib.sha256(packed.encode()).hexdigest()[:16]})


def verified(item: Item, text: str) -> Item:
    """Does every quote of the item stand in the text where it claims to stand?

    Raises: QuoteError, naming the document, the place, and what stands there instead.

    >>> span = Span(start=0, end=4, quote="Oman")
    >>> check_span(span, "Oman hosts.", where="a")
    >>> check_span(span, "Iran talks.", where="a")
    Traceback (most recent call last):
    detente.errors.QuoteError: document 'a' has 'Iran' at 0:4, not 'Oman'. Read the document again, or mend the quote.
    """
    for span in item.spans():
        check_span(span, text, where=item.doc_id)
    return item


def check_span(span: Span, text: str, *, where: str) -> None:
    """Does this one quote stand in the text at its offsets? Raises QuoteError where it does not."""
    found = text[span.start : span.end] if 0 <= span.start < span.end else ""
    if found != span.quote or not found:
        raise QuoteError(
            f"document {where!r} has {found[:60]!r} at {span.start}:{span.end}, not {span.quote[:60]!r}. "
            "Read the document again, or mend the quote."
        )


class DocumentFacts(_Frozen):
    """Which document was read, in which exact text, published when?"""

    id: str
    name: str
    text: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None
    reported: datetime.date | None = None
    url: str | None = None
    kind: str = "text"


class SentenceFacts(_Frozen):
    """Where does a sentence stand, and in what part of the document?"""

    id: str
    start: int
    end: int
    block: str = "text"


class NameFact(_Frozen):
    """Which party is named, and in which words first?"""

    party: str
    name: str
    span: Span
    count: int = 1
    kind: str = "state"


class IssueFact(_Frozen):
    """Which issue is touched, in which words first? `proposed` marks one that no lexicon knows."""

    issue: str
    name: str
    span: Span
    count: int = 1
    proposed: bool = False


class PlaceFact(_Frozen):
    """Which party or place plays a part in the talks: mediator, host or venue, in which words?"""

    role: Literal["mediator", "host", "venue"]
    name: str
    span: Span
    party: str | None = None


class Reading(_Frozen):
    """What was read out of one document?

    Building one, also from JSON, checks every quote against the text and raises QuoteError where one is not there.
    """

    document: DocumentFacts
    sentences: tuple[SentenceFacts, ...] = ()
    parties: tuple[NameFact, ...] = ()
    issues: tuple[IssueFact, ...] = ()
    places: tuple[PlaceFact, ...] = ()
    items: tuple[Item, ...] = ()
    model: ModelFacts | None = None

    @model_validator(mode="after")
    def _every_quote_is_there(self) -> Reading:
        text, where = self.document.text, self.document.id
        if hashlib.sha256(text.encode()).hexdigest() != self.document.sha256:
            raise QuoteError(f"document {where!r} is not the text that was read (its hash differs). Read it again.")
        facts: tuple[NameFact | IssueFact | PlaceFact, ...] = (*self.parties, *self.issues, *self.places)
        for fact in facts:
            check_span(fact.span, text, where=where)
        for item in self.items:
            verified(item, text)
        return self

    def to_json(self, *, indent: int | None = None) -> str:
        """How is the reading written down? Canonical field order, no loss: `reading_from_json` gives the same back."""
        return self.model_dump_json(indent=indent)

    def item(self, item_id: str) -> Item | None:
        """Which item has this id?"""
        return next((i for i in self.items if i.id == item_id), None)


def reading_from_json(data: str) -> Reading:
    """Which reading was written down here, and do its quotes still stand?

    Raises: QuoteError where a quote is not in the text; DocumentError where the data is not a reading.

    >>> reading_from_json("[]")
    Traceback (most recent call last):
    detente.errors.DocumentError: not a stored reading (1 fault, at the top): Input should be an object. Read again.
    """
    try:
        return Reading.model_validate_json(data)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the top"
        count = f"{fault.error_count()} fault" + ("s, the first" if fault.error_count() > 1 else "")
        raise DocumentError(f"not a stored reading ({count}, at {where}): {first['msg']}. Read again.") from fault
