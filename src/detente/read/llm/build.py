"""Which items do a model's claims make, once every quote is found again, and why are the others turned away?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.read.documents import Document
from detente.read.frames import Frames
from detente.read.items import (
    Act,
    Attribution,
    Condition,
    Doubt,
    Evidence,
    Extractor,
    IssueStance,
    Item,
    Role,
    SentenceFacts,
    Span,
    make_item,
)
from detente.read.llm.names import Names
from detente.read.llm.prompt import EXAMPLE_NAMES, PROMPT_VERSION
from detente.read.llm.quotes import Found, find
from detente.read.llm.schema import Claim, Who

Rejection = Literal["leaked", "unplaced", "shifted", "absent"]


@dataclass(frozen=True, slots=True)
class Source:
    """Against what is a claim checked: the document, its sentences, its names, and our words for acts?"""

    document: Document
    sentences: Mapping[str, SentenceFacts]
    names: Names
    frames: Frames
    model: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where do the words of a claim stand, each of them?"""

    clause: Found
    trigger: Found
    actors: tuple[Found, ...]
    recipients: tuple[Found, ...]
    issues: tuple[Found, ...]
    condition: Found | None
    speaker: Found | None

    def all(self) -> tuple[tuple[Role, Found], ...]:
        """Which words carry which part of the item?"""
        rows: list[tuple[Role, Found]] = [("clause", self.clause), ("trigger", self.trigger)]
        rows += [("actor", f) for f in self.actors]
        rows += [("recipient", f) for f in self.recipients]
        rows += [("issue", f) for f in self.issues]
        rows += [("condition", self.condition)] if self.condition is not None else []
        rows += [("source", self.speaker)] if self.speaker is not None else []
        return tuple(dict.fromkeys(rows))


def built(claim: Claim, source: Source) -> Item | Rejection:
    """Which item does a claim make, or why none?

    One quote that is not where it is said to be, and the whole claim is rejected: an item without the condition or the
    denial that it came with would say something else.
    """
    if _leaks(claim, source.document.text):
        return "leaked"
    places = [source.sentences[s] for s in dict.fromkeys(claim.sentences) if s in source.sentences]
    if len(places) < len(set(claim.sentences)) or not places:
        return "unplaced"
    found = _quoted(claim, places, source.document.text)
    if found is None:
        everywhere = list(source.sentences.values())
        return "absent" if _quoted(claim, everywhere, source.document.text) is None else "shifted"
    return _item(claim, found, source)


def _leaks(claim: Claim, text: str) -> bool:
    """Does a claim speak of somebody in the example, of whom the text does not?"""
    said, told = _bag(" ".join(claim.words())), _bag(text)
    return any(name in said and name not in told for name in EXAMPLE_NAMES)


def _bag(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _quoted(claim: Claim, places: Sequence[SentenceFacts], text: str) -> Quoted | None:
    """Every quote of the claim where it stands, or None where one does not."""
    clause = find(claim.quote, places, text)
    if clause is None:
        return None

    def near(quote: str) -> Found | None:
        return find(quote, places, text, near=clause.span)

    trigger = find(claim.trigger, places, text, near=clause.span)
    condition = near(claim.condition.quote) if claim.condition else None
    speaker = near(claim.speaker.quote) if claim.speaker else None
    groups = [[near(one.quote) for one in part] for part in (claim.actors, claim.recipients, claim.issues)]
    lost = (claim.condition and condition is None) or (claim.speaker and speaker is None)
    actors, recipients, issues = (tuple(f for f in group if f is not None) for group in groups)
    if lost or trigger is None or any(f is None for group in groups for f in group):
        return None
    return Quoted(clause, trigger, actors, recipients, issues, condition, speaker)


def _item(claim: Claim, found: Quoted, source: Source) -> Item:
    names, rows = source.names, found.all()
    actors, recipients = (
        tuple(names.actor(f.span, who.name) for f, who in zip(at, people, strict=True))
        for at, people in ((found.actors, claim.actors), (found.recipients, claim.recipients))
    )
    frame, strength = _frame(claim.trigger, claim.act, source.frames)
    stances = [names.stance(f.span, said) for f, said in zip(found.issues, claim.issues, strict=True)]
    repaired = sum(f.repaired for _, f in rows)
    return make_item(
        Item(
            doc_id=source.document.id,
            doc_sha256=source.document.sha256,
            doc_date=source.document.published,
            sentences=tuple(dict.fromkeys(f.sentence for _, f in rows)),
            evidence=tuple(Evidence(**f.span.model_dump(), role=role, sentence=f.sentence) for role, f in rows),
            kind=claim.kind,
            act=claim.act,
            trigger=found.trigger.span.quote.lower(),
            frame=frame,
            actors=actors,
            recipients=recipients,
            issues=tuple(_strong(stance, strength) for stance in stances),
            red_line=claim.red_line,
            negated=claim.negated,
            modality=claim.modality,
            condition=_condition(claim, found, names),
            attribution=_attribution(claim.speaker, found, names),
            factuality=_factuality(claim),
            extractor=Extractor(name=f"model {source.model}", version=PROMPT_VERSION, rule="model"),
            status="unverified",
            doubts=_doubts(source.model, repaired),
        )
    )


def _doubts(model: str, repaired: int) -> tuple[Doubt, ...]:
    only = Doubt(about="model-only", says=f"only {model} found it: confirm or reject it")
    mended = Doubt(about="quote-repaired", says="white space or quotation marks of its quotes were repaired")
    return (only, mended) if repaired else (only,)


def _frame(trigger: str, act: Act, frames: Frames) -> tuple[str, Literal[1, 2, 3]]:
    """Which frame of ours do the trigger's words open, and how strong is it? The model is asked for no strength."""
    entries = [e for word in trigger.lower().split() for e in frames.of(word)]
    same = next((e.frame for e in entries if e.frame.act == act), None)
    if same is None:
        return "model", 1
    return same.id, 3 if same.strength >= 3 else 2 if same.strength == 2 else 1


def _strong(stance: IssueStance, strength: Literal[1, 2, 3]) -> IssueStance:
    return stance.model_copy(update={"strength": strength})


def _condition(claim: Claim, found: Quoted, names: Names) -> Condition | None:
    if claim.condition is None or found.condition is None:
        return None
    words: Span = found.condition.span
    named = (m.party_id for m in names.mentions if words.start <= m.start and m.end <= words.end and not m.is_place)
    return Condition(type=claim.condition.type, span=words, text=words.quote, party=next(named, None))


def _attribution(speaker: Who | None, found: Quoted, names: Names) -> tuple[Attribution, ...]:
    if speaker is None or found.speaker is None:
        return ()
    return (Attribution(level=0, speaker=names.actor(found.speaker.span, speaker.name), cue=""),)


def _factuality(
    claim: Claim,
) -> Literal["fact", "claimed", "planned", "conditional", "possible", "not"]:
    if claim.negated:
        return "not"
    if claim.condition is not None or claim.modality == "hypothetical":
        return "conditional"
    if claim.modality == "possible":
        return "possible"
    if claim.modality == "future":
        return "planned"
    return "claimed" if claim.speaker is not None else "fact"
