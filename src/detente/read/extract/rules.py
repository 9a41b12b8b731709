"""What goes into every item: who, whether it is denied, how real it is; and what the rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from detente.read.extract.people import Found
from detente.read.extract.recipients import recipients_of
from detente.read.extract.scene import Draft, Scene, Stance
from detente.read.extract.stances import governed, proposed, stances_on
from detente.read.extract.triggers import Trigger
from detente.read.extract.verbs import BE, linking_verb, verb_at
from detente.read.extract.words import bag
from detente.read.items import Act, Kind, Modality, Move

Rule = Callable[[Scene, Trigger], Iterator[Draft]]


def draft(scene: Scene, trigger: Trigger, *, act: Act, rule: str, actors: tuple[Found, ...]) -> Draft:
    """Which item does this trigger make, before stances are added?"""
    verb = trigger.verb
    first = min([trigger.first, *(f.group.first for f in actors if _close(scene, f, trigger))])
    kind: Kind = "position" if trigger.frame.move else "statement" if act in _VERBAL else "action"
    return Draft(
        line=scene.line,
        trigger=(trigger.first, trigger.last),
        clause=(first, scene.end(trigger)),
        frame=trigger.frame.id,
        act=act,
        kind="tie" if trigger.frame.kind == "tie" else kind,
        rule=rule,
        lemma=trigger.entry.lemma.replace("_", " "),
        mode=trigger.frame.mode,
        actors=actors,
        recipients=recipients_of(scene, trigger, actors),
        negated=negated(scene, trigger),
        modality=modality(scene, trigger),
        tense=verb.tense if verb is not None else "none",
        condition=scene.condition_of(trigger),
        speech=scene.said(trigger.first),
    )


def _close(scene: Scene, found: Found, trigger: Trigger) -> bool:
    """Is the actor named so near before the trigger that both are quoted together?"""
    if found.line is not None or found.group.first >= trigger.first:
        return False
    between = scene.line.words[found.group.last + 1 : trigger.first]
    return len(between) <= _NEAR or not any(w.tag in ("VBD", "VBZ", "VBP", "MD") and w.low not in BE for w in between)


_NEAR = 5
_VERBAL = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "ASSESS", "WANT"}


def negated(scene: Scene, trigger: Trigger) -> bool:
    """Is the trigger itself denied ("not", "never", "neither X nor Y", "no")?"""
    line = scene.line
    if trigger.verb is not None:
        if trigger.verb.negated or failed(scene, trigger) or line.low(trigger.last + 1) == "nothing":
            return True
        before = line.lows(max(trigger.verb.first - 12, 0), trigger.verb.first - 1).split(",")[-1].split()
        return "neither" in before or line.low(trigger.verb.first - 1) == "nor"
    if trigger.part == "noun":
        group = line.group_at(trigger.first)
        return group is not None and line.low(group.first) in ("no", "neither")
    link = linking_verb(line, trigger.first)
    return link is not None and bool({"not", "never", "n't"} & set(line.lows(link - 2, trigger.first).split()))


def failed(scene: Scene, trigger: Trigger) -> bool:
    """Is it what somebody failed to do?"""
    outer = next(iter(scene.outer(trigger)), None)
    return outer is not None and outer.frame.does == "fail" and scene.line.tag(outer.last + 1) == "TO"


# What is begun, tried or gone on with is done.
_UNDER_WAY = bag("try attempt begin start resume continue go_on restart manage move")


def modality(scene: Scene, trigger: Trigger) -> Modality:
    """Is it so, will it be, could it be, or does it hang on a condition?"""
    if scene.conditional(trigger.first):
        return "hypothetical"
    link = linking_verb(scene.line, trigger.first) if trigger.part in ("adj", "phrase") else None
    verb = trigger.verb if link is None else verb_at(scene.line, link)
    modal = verb.modal if verb is not None else ""
    if modal in ("could", "may", "might"):
        return "possible"
    if modal in ("will", "'ll", "would", "shall"):
        return "hypothetical" if scene.condition_of(trigger) is not None else "future"
    outer = next((t for t in scene.outer(trigger) if t.frame.does in ("plan", "expect", "judge", "due")), None)
    infinitive = verb is not None and (verb.infinitive or not verb.finite)
    if outer is not None and infinitive and outer.part != "noun":
        if _under_way(outer):
            return "actual"
        return "possible" if outer.frame.does == "judge" else "future"
    return "actual"


def _under_way(outer: Trigger) -> bool:
    plain_verb = outer.verb is not None and not outer.verb.modal and not outer.verb.infinitive
    return plain_verb and outer.entry.lemma in _UNDER_WAY


def each_to_the_others(made: Draft) -> Iterator[Draft]:
    """What several do to one another is done by each to the others."""
    for one in made.actors:
        others = tuple(f for f in made.actors if f.party != one.party)
        yield replace(made, actors=(one,), recipients=others)


def in_turn(made: Draft) -> Iterator[Draft]:
    """The item itself, or where "each other" is its object, one for each side."""
    actors = {f.party for f in made.actors}
    if len(actors) > 1 and actors == {f.party for f in made.recipients}:
        yield from each_to_the_others(made)
    else:
        yield made


def touched(scene: Scene, trigger: Trigger) -> tuple[Stance, ...]:
    """Which issues does it bear on, without a stance on them?"""
    return tuple(Stance(hit, "unclear", None) for hit in governed(scene, trigger))


def with_new(scene: Scene, trigger: Trigger, move: Move, made: Draft) -> tuple[Stance, ...]:
    """The stances on known issues, or else on a new one named by the object."""
    effective: Move = "condition" if made.condition is not None and made.condition.type != "in-exchange" else move
    found = stances_on(scene, trigger, effective, strength=trigger.frame.strength)
    only_talks = all(s.hit.kind == "process" for s in found) and scene.line.low(trigger.last + 1) == "that"
    if found and not only_talks:
        return found
    k = trigger.last + 1
    while scene.line.tag(k) in ("RB", "IN", "TO"):
        k += 1
    hit = proposed(scene, scene.line.group_at(k))
    return found if hit is None else (Stance(hit, "for" if move == "demand" else "against", effective, 1),)


def known(actors: tuple[Found, ...]) -> bool:
    """Is at least one of them a party, or somebody who could act though no lexicon knows them?"""
    return any(f.party or f.agent for f in actors)


def met_by(scene: Scene, made: Draft) -> tuple[Found, ...]:
    """The party whose move the condition is."""
    depends, mine = made.condition, {f.party for f in made.actors}
    if depends is None:
        return ()
    line = scene.line
    verb = next((i for i in range(depends.first, depends.last + 1) if line.tag(i) in _FINITE), depends.last)
    movers = [g for g in line.groups if depends.first <= g.first < verb]
    others = [g for g in line.groups if verb <= g.first <= depends.last]
    for groups in (movers, others):
        found = tuple(f for f in scene.people(groups, depends.first) if f.party and f.party not in mine)
        if found:
            return found if groups is movers else found[:1]
    return ()


_FINITE = ("VBD", "VBZ", "VBP", "MD")
