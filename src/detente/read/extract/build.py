"""Drafts in words of a sentence become items in characters of the document, each with its quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from detente.read.documents import Document
from detente.read.extract.people import Found, source_key, unnamed
from detente.read.extract.scene import Draft, Stance
from detente.read.extract.scopes import Depends
from detente.read.extract.speech import Speech
from detente.read.extract.times import moment
from detente.read.extract.words import Group, Line
from detente.read.items import (
    Actor,
    Attribution,
    Condition,
    Evidence,
    Extractor,
    IssueStance,
    Item,
    Place,
    Role,
    Span,
    Table,
    When,
    make_item,
)

VERSION = "1"
_TO_COME = {"ask", "obligation", "offer", "deadline", "announced-harm", "threat"}
_SAID_ON = 2
_SHORT, _REST = 8, 3
_WHOLE = {"measure", "obligation"}


@dataclass(frozen=True, slots=True)
class Naming:
    """Under which names are parties and issues shown?"""

    parties: Mapping[str, str]
    kinds: Mapping[str, str]
    issues: Mapping[str, str] = field(default_factory=dict)


def build_item(draft: Draft, document: Document, naming: Naming) -> Item:
    """Which item is this draft, with offsets into the document and its exact quotes?"""
    text, line = document.text, draft.line
    condition = _condition(draft.condition, line, text)
    chain = tuple(_attribution(s, k, line, text, naming) for k, s in enumerate(draft.speech) if s.speakers)
    return make_item(
        Item(
            doc_id=document.id,
            doc_sha256=document.sha256,
            doc_date=document.published,
            sentences=(line.id,),
            evidence=_evidence(draft, text),
            kind=draft.kind,
            act=draft.act,
            mode=draft.mode,
            trigger=draft.lemma,
            frame=draft.frame,
            actors=_actors(draft.actors, line, text, naming),
            recipients=_actors(draft.recipients, line, text, naming),
            issues=tuple(_issue(s, line, text) for s in draft.issues),
            red_line=draft.red_line,
            negated=draft.negated,
            modality=draft.modality,
            tense=draft.tense,
            condition=condition,
            attribution=chain,
            factuality=_factuality(draft),
            when=_when(draft, document),
            venue=_place(draft.venue, line, text),
            mediators=_actors(draft.mediators, line, text, naming),
            hosts=_actors(draft.hosts, line, text, naming),
            table=_table(draft, line, text),
            extractor=Extractor(name="rules", version=VERSION, rule=draft.rule),
            confidence=draft.confidence,
        )
    )


def _when(draft: Draft, document: Document) -> When | None:
    """The first time told of it in the clause, else in the sentence; the time of an earlier event is not its own."""
    line, ahead = draft.line, draft.modality != "actual" or draft.rule in _TO_COME
    stop = draft.clause[1] + _REST
    event, published = draft.trigger[0], document.published
    found = moment(line, event, stop, event=event, published=published, ahead=ahead)
    found = found or moment(line, 0, len(line.words), event=event, published=published, ahead=ahead)
    if found is None or any(s.cue < found.first <= s.cue_last + _SAID_ON for s in draft.speech):
        return None  # no time, or that of the saying
    words = span(line, found.first, found.last, document.text)
    if found.days is None:
        return When(span=words)
    basis: Literal["stated", "document-date"] = "stated" if found.stated else "document-date"
    return When(span=words, first=found.days[0], last=found.days[1], basis=basis)


def span(line: Line, first: int, last: int, text: str) -> Span:
    """Which characters are these words?"""
    start, end = line.offsets(first, last)
    return Span(start=start, end=end, quote=text[start:end])


def _evidence(draft: Draft, text: str) -> tuple[Evidence, ...]:
    line = draft.line
    parts: list[tuple[Role, int, int]] = [("clause", *_clause(draft)), ("trigger", *draft.trigger)]
    parts += [
        ("actor", f.group.first, f.group.last)
        for f in draft.actors
        if f.how != "speaker-before" and f.line in (None, line)
    ]
    parts += [("recipient", f.group.first, f.group.last) for f in draft.recipients if f.line is None]
    parts += [("issue", s.hit.first, s.hit.last) for s in draft.issues]
    if draft.condition is not None:
        parts.append(("condition", draft.condition.first, draft.condition.last))
    seen = dict.fromkeys(parts)
    return tuple(
        Evidence(**span(line, first, last, text).model_dump(), role=role, sentence=line.id)
        for role, first, last in seen
    )


def _clause(draft: Draft) -> tuple[int, int]:
    first, last = draft.clause[0], _tight(draft)
    condition = draft.condition
    if condition is not None and condition.last < len(draft.line.words):
        first, last = min(first, condition.first), max(last, condition.last)
    last = min(max(last, draft.trigger[1]), len(draft.line.words) - 1)
    return max(first, 0), _before_the_next_event(draft, last) if draft.rule == "event-noun" else last


def _before_the_next_event(draft: Draft, last: int) -> int:
    """Where the quote of an event in a noun ends: what is only joined to it by "and" is another event's."""
    words, trigger = draft.line.words, draft.trigger
    for i in range(trigger[1] + 1, last + 1):
        joined = (w for w in words[i + 1 : last + 1] if w.dep == "conj" and trigger[0] <= w.head <= trigger[1])
        if words[i].tag == "CC" and next(joined, None) is not None:
            return i - 1
    return last


def _tight(draft: Draft) -> int:
    """The last word worth quoting: of an issue, a recipient or a place; the whole reach where it is short."""
    line, last = draft.line, draft.clause[1]
    groups = [f.group for f in (*draft.recipients, *draft.actors, *draft.hosts) if f.line is None]
    groups += [g for s in draft.issues if (g := line.group_at(s.hit.last)) is not None]
    groups += [draft.venue] if draft.venue is not None else []
    told = [g.last for g in groups if draft.trigger[1] < g.last <= last]
    if last - draft.trigger[1] <= _SHORT or not told or draft.rule in _WHOLE:
        return last
    return last if last - max(told) <= _REST else max(told)


def _actors(found: tuple[Found, ...], line: Line, text: str, naming: Naming) -> tuple[Actor, ...]:
    return tuple(_actor(f, line, text, naming) for f in found)


def _actor(found: Found, line: Line, text: str, naming: Naming) -> Actor:
    group = found.group
    return Actor(
        mention=span(found.line or line, group.first, group.last, text),
        head=(found.line or line).words[group.head].text,
        party=found.party,
        name=naming.parties.get(found.party) if found.party else None,
        country=_country(found, naming),
        sector=found.name.sector if found.name is not None else None,
        person=found.name.person if found.name is not None else None,
        office=found.name.office if found.name is not None else None,
        how=found.how,
        confidence=found.name.confidence if found.name is not None else 0.5,
    )


def _country(found: Found, naming: Naming) -> str | None:
    known = found.party or found.country
    return known if known and (naming.kinds.get(known) == "state" or found.party is None) else None


def _issue(stance: Stance, line: Line, text: str) -> IssueStance:
    hit = stance.hit
    return IssueStance(
        issue=hit.issue,
        span=span(line, hit.first, hit.last, text),
        stance=stance.stance,
        move=stance.move,
        strength=3 if stance.strength >= 3 else 2 if stance.strength == 2 else 1,
        on="inclusion" if stance.on == "inclusion" else "timing" if stance.on == "timing" else "substance",
        proposed=hit.proposed,
    )


def _condition(depends: Depends | None, line: Line, text: str) -> Condition | None:
    if depends is None:
        return None
    words = span(line, depends.first, depends.last, text)
    names = [n.party for n in line.names_in(depends.first, depends.last) if not n.is_place]
    return Condition(type=depends.type, span=words, text=words.quote, party=names[0] if names else None)


def _attribution(speech: Speech, level: int, line: Line, text: str, naming: Naming) -> Attribution:
    first = next((f for f in speech.speakers if f.party), speech.speakers[0])
    anonymous = unnamed(line, first.group)
    return Attribution(
        level=level,
        speaker=_actor(first, line, text, naming),
        cue=line.lows(speech.cue, speech.cue_last),
        verb_class=_verb_class(speech.verb_class),
        anonymous=anonymous,
        source=source_key(line, first),
    )


def _verb_class(name: str) -> str:
    return name if name in ("say", "claim", "deny", "accuse") else "say"


def _place(group: Group | None, line: Line, text: str) -> Place | None:
    if group is None:
        return None
    words = span(line, group.first, group.last, text)
    return Place(name=words.quote.removeprefix("the ").removeprefix("The "), span=words)


def _table(draft: Draft, line: Line, text: str) -> Table | None:
    if not draft.table:
        return None
    words = span(line, *draft.table_words, text) if draft.table_words is not None else None
    return Table(parties=draft.table, span=words, direct=draft.direct)


def _factuality(draft: Draft) -> str:
    if draft.negated:
        return "not"
    if any(s.does == "deny" for s in draft.speech):
        return "denied"
    if draft.condition is not None or draft.modality == "hypothetical":
        return "conditional"
    if draft.modality == "possible":
        return "possible"
    if draft.modality == "future":
        return "planned"
    return "claimed" if draft.speech else "fact"
