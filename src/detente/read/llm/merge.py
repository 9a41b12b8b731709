"""Which items did both readers find, where do they disagree, and what did the model alone find?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.read.extract.merge import event_key
from detente.read.items import Actor, Doubt, Item, Span


@dataclass(frozen=True, slots=True)
class Merged:
    """Which items are there in all, and how many did both find, differ on, and the model find alone?"""

    items: tuple[Item, ...]
    agreed: int = 0
    differing: int = 0
    alone: int = 0


def together(rules: Sequence[Item], model: Iterable[Item]) -> Merged:
    """Which items do both readers make together?

    An item that both found is kept once, as the rules have it, and names both; where the model reads another negation,
    condition or speaker, that is a doubt on the item. What the model alone found follows, and counts for nothing until
    somebody confirms it.
    """
    out = {item.id: item for item in rules}
    alone: dict[str, Item] = {}
    agreed: set[str] = set()
    for item in model:
        same = _same(item, rules)
        if same is None:
            alone.setdefault(item.id, _told_before(item, rules))
            continue
        agreed.add(same.id)
        out[same.id] = _both(out[same.id], item)
    items = tuple(out.values())
    differing = sum(1 for item in items if item.id in agreed and item.doubts)
    return Merged((*items, *alone.values()), len(agreed), differing, len(alone))


def _same(item: Item, rules: Sequence[Item]) -> Item | None:
    """The item of the rules that tells the same: act, actors and words; of several, the one most alike."""
    alike = [other for other in rules if _alike(item, other)]
    return max(alike, key=lambda other: (_likeness(item, other), -rules.index(other)), default=None)


def _alike(one: Item, other: Item) -> bool:
    if one.act != other.act or not _overlap(one.clause(), other.clause()):
        return False
    if set(_parties(one.actors)) != set(_parties(other.actors)):
        return False
    return not (
        _apart(set(_parties(one.recipients)), set(_parties(other.recipients)))
        or _apart({i.issue for i in one.issues}, {i.issue for i in other.issues})
    )


def _likeness(one: Item, other: Item) -> tuple[int, int]:
    """Shared triggers first, then shared words."""
    triggers = [next((e for e in item.evidence if e.role == "trigger"), item.clause()) for item in (one, other)]
    a, b = one.clause(), other.clause()
    return int(_overlap(*triggers)), min(a.end, b.end) - max(a.start, b.start)


def _both(ours: Item, model: Item) -> Item:
    also = tuple(dict.fromkeys((*ours.also, model.extractor)))
    doubts = tuple(dict.fromkeys((*ours.doubts, *_differences(ours, model))))
    return ours.model_copy(update={"also": also, "doubts": doubts})


def _differences(ours: Item, model: Item) -> tuple[Doubt, ...]:
    """Where the model reads otherwise, and what it reads."""
    who, found = model.extractor.name, []
    if ours.negated != model.negated:
        found.append(Doubt(about="negation", says=f"{who} reads it as {'negated' if model.negated else 'not negated'}"))
    if _other_condition(ours, model):
        depends = model.condition
        says = f"on \u201c{depends.text}\u201d ({depends.type})" if depends is not None else "on nothing"
        found.append(Doubt(about="condition", says=f"{who} reads it as depending {says}"))
    if _other_speaker(ours, model):
        said = next((a.speaker for a in model.attribution if a.speaker), None)
        by = (said.name or said.mention.quote) if said is not None else "the reporter"
        found.append(Doubt(about="speaker", says=f"{who} reads it as said by {by}"))
    return tuple(found)


def _other_condition(ours: Item, model: Item) -> bool:
    a, b = ours.condition, model.condition
    if a is None or b is None:
        return a is not b
    return a.type != b.type or not _overlap(a.span, b.span)


def _other_speaker(ours: Item, model: Item) -> bool:
    """Another party, or where no party is known other words; the reporter, and who tells its own acts, is nobody."""
    mine, theirs = _others_speaking(ours), _others_speaking(model)
    if not mine or not theirs:
        return bool(mine) != bool(theirs)
    parties = [set(_parties(people)) for people in (mine, theirs)]
    if all(parties):
        return not parties[0] & parties[1]
    return not any(_overlap(a.mention, b.mention) for a in mine for b in theirs)


def _others_speaking(item: Item) -> list[Actor]:
    """Who says so, but for a party that speaks for itself: one reader names it as the speaker, another does not."""
    own = _parties(item.actors)
    return [a.speaker for a in item.attribution if a.speaker and a.speaker.party not in own]


def _told_before(item: Item, rules: Sequence[Item]) -> Item:
    """The item, naming the first of the rules' that reports the same event, where one does."""
    key = event_key(item)
    first = next((other.id for other in rules if event_key(other) == key), None) if key is not None else None
    return item if first is None else item.model_copy(update={"duplicates_of": first})


def _parties(actors: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a.party for a in actors if a.party))


def _apart(one: set[str], other: set[str]) -> bool:
    """Do two sets name different things, where both name something?"""
    return bool(one) and bool(other) and not one & other


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
