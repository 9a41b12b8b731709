"""Which items tell the same thing twice, and what is remembered from one sentence to the next?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.read.extract.people import Memory
from detente.read.extract.scene import Scene
from detente.read.extract.verbs import finite_left, subject_of
from detente.read.items import Item

_MUTUAL = {"CONSULT", "AGREE", "COOPERATE"}


def remember(memory: Memory, scene: Scene) -> Memory:
    """Who will "he", "it" or "they" of the next sentence stand for: the speaker of this one, else its subject?"""
    line = scene.line
    spoken = [f.party for s in scene.speech for f in s.speakers if f.party]
    main = finite_left(line, len(line.words))
    first = next((t.first for t in scene.triggers if t.part == "verb" and t.verb is not None and t.verb.finite), main)
    groups = subject_of(line, first) if first is not None else ()
    subject = tuple(f.party for f in scene.people(groups, 0) if f.party)
    speaker = spoken[0] if spoken else None
    if line.block in ("headline", "byline", "dateline"):
        return memory
    return replace(memory, speaker=speaker, subject=subject or memory.subject)


def merged(items: Sequence[Item]) -> tuple[Item, ...]:
    """Which of these items repeat an earlier one of the document? They keep their quotes and name the first."""
    first: dict[tuple[object, ...], str] = {}
    seen: set[str] = set()
    out: list[Item] = []
    for item in items:
        if item.id in seen:
            continue
        seen.add(item.id)
        key = event_key(item)
        earlier = first.get(key) if key is not None else None
        if key is not None and earlier is None:
            first[key] = item.id
        out.append(item if earlier is None else item.model_copy(update={"duplicates_of": earlier}))
    return tuple(out)


def event_key(item: Item) -> tuple[object, ...] | None:
    """By what are two reports the same event: act, both sides, and issues or table?"""
    actors, recipients = parties(item.actors), parties(item.recipients)
    if not actors and not recipients:
        return None
    if item.act in _MUTUAL:
        sides = tuple(sorted({*actors, *recipients}))
        return (item.act, sides, item.modality == "future", item.negated, item.mode == "visit", bool(item.mediators))
    issues = tuple(sorted(f"{i.issue}:{i.move}" for i in item.issues))
    return (item.act, tuple(sorted(actors)), tuple(sorted(recipients)), issues, item.negated)


def parties(actors: Iterable[object]) -> tuple[str, ...]:
    """Which parties are these, each once?"""
    return tuple(dict.fromkeys(p for a in actors if (p := getattr(a, "party", None))))
