"""What is done, or announced: harm on a condition is a threat, help on a condition is an offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.read.extract.answers import turned_down
from detente.read.extract.rules import draft, each_to_the_others, known, met_by, touched
from detente.read.extract.scene import Draft, Scene, Stance, actors_of
from detente.read.extract.scopes import Depends
from detente.read.extract.stances import stances_on
from detente.read.extract.triggers import Trigger
from detente.read.extract.verbs import subject_of, verb_at
from detente.read.extract.words import bag
from detente.read.frames import Entry, Frame
from detente.read.items import Act, Move

_HURTS = {"SANCTION", "COERCE", "MOBILIZE"}
_GIVES = {"RETREAT", "CONCEDE", "AID", "COOPERATE", "SUPPORT"}


def _on_condition(scene: Scene, trigger: Trigger, made: Draft) -> Iterator[Draft]:
    """What would be done on a condition: harm is a threat, a gift is an offer with a condition."""
    if made.condition is None or made.modality not in ("hypothetical", "future"):
        return
    if made.act in _HURTS or (made.act == "RETREAT" and made.condition.type == "unless"):
        named = made.recipients or met_by(scene, made)
        yield replace(made, act="THREATEN", kind="statement", rule="conditional-harm", recipients=named)
    elif made.act in _GIVES:
        issues = stances_on(scene, trigger, "condition", strength=2)
        yield replace(made, act="AGREE", kind="condition-offer", rule="conditional-offer", issues=issues,
                      recipients=made.recipients or met_by(scene, made))  # fmt: skip


# What befalls somebody is no offer: nobody offers to lose.
_BEFALLS = bag(
    "be have lose suffer face become collapse fail cost need take get mean remain see happen come go seem appear fall "
    "rise die benefit gain win know want like say leave grow feel struggle continue depend"
)


def conditional_offers(scene: Scene) -> Iterator[Draft]:
    """What a party would do if another did something, whatever the verb ("X would open the road if Y ...")."""
    line = scene.line
    seen = {t.first for t in scene.triggers if t.part == "verb" and (t.frame.act or t.frame.hostile)}
    for depends in scene.depends if scene.line.names else ():
        if depends.type == "unless":  # a price, not an offer
            continue
        movers = {n.party for n in line.names_in(depends.first, depends.last) if not n.is_place}
        for word in line.words:
            if word.tag != "VB" or word.i in seen or scene.conditional(word.i) or word.low in _BEFALLS:
                continue
            verb = verb_at(line, word.i)
            if verb.modal in _VOLITION and not verb.negated and not verb.passive:
                yield from _would(scene, word.i, depends, movers)


_VOLITION = {"will", "would", "'ll", "'d"}


def _would(scene: Scene, i: int, depends: Depends, movers: set[str]) -> Iterator[Draft]:
    line = scene.line
    frame = Frame("would-if", act="AGREE", move="condition", strength=2, does="offer", to=("to", "with"))
    bare = Trigger(i, i, frame, Entry(frame, line.low(i), "verb", "base"), verb_at(line, i))
    stop = depends.first - 1 if depends.first > i else len(line.words) - 1
    wide = replace(scene, triggers=(*scene.triggers, bare), ends=(*scene.ends, max(stop, i)),
                   known={**scene.known, i: len(scene.triggers)})  # fmt: skip
    actors = tuple(f for f in scene.people(subject_of(line, i), i) if f.party)
    others = movers - {f.party for f in actors}
    if not actors or not others or (wide.condition_of(bare) is None and depends.first > stop + 2):
        return
    made = draft(wide, bare, act="AGREE", rule="conditional-offer", actors=actors)
    issues = stances_on(wide, bare, "condition", strength=2)
    made = replace(made, kind="condition-offer", condition=depends, modality="hypothetical", issues=issues)
    yield replace(made, recipients=made.recipients or met_by(scene, made))


def _announced(scene: Scene, trigger: Trigger, made: Draft) -> Iterator[Draft]:
    """What will be done is not done yet: help that will come is a promise, harm that will come is a threat."""
    if made.act in _GIVES:
        yield replace(made, act="AGREE", rule="announced-good", issues=stances_on(scene, trigger, "offer", strength=2))
    elif made.act in ("SANCTION", "COERCE") and not any(t.frame.does == "expect" for t in scene.outer(trigger)):
        yield replace(made, act="THREATEN", kind="statement", rule="announced-harm")
    else:
        yield made


def plain(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Actions and support, told as facts or plans."""
    act = trigger.frame.act
    actors = actors_of(scene, trigger)
    if act is None or not (known(actors) or _by_arms(scene, trigger) or _suffered(scene, trigger)):
        return
    made = _with_sufferer(draft(scene, trigger, act=_act(act), rule="act", actors=actors if known(actors) else ()))
    if _not_told(scene, trigger) or not (made.actors or made.recipients):
        return
    if trigger.frame.mutual and not made.recipients and len({f.party for f in made.actors}) > 1:
        yield from each_to_the_others(made)
    elif made.negated:
        if trigger.verb is not None and (trigger.verb.modal or trigger.frame.id in ("recognise", "back")):
            yield from turned_down(scene, trigger, made)
    elif made.modality == "future" and made.condition is None:
        yield from _announced(scene, trigger, made)
    elif _real(made):
        yield from _done(scene, trigger, made)
    else:
        yield from _on_condition(scene, trigger, made)


def _real(made: Draft) -> bool:
    """Is it done, and done without a condition, or for something in return?"""
    traded = made.condition is not None and made.condition.type == "in-exchange" and made.modality == "actual"
    return made.modality not in ("hypothetical", "possible") and (made.condition is None or traded)


def _done(scene: Scene, trigger: Trigger, made: Draft) -> Iterator[Draft]:
    if made.act == "ASSAULT" and not made.recipients and _only_fired(scene, trigger):
        made = replace(made, act="MOBILIZE", rule="test")
    move = trigger.frame.move
    issues: tuple[Stance, ...] = (
        stances_on(scene, trigger, _move(move), strength=trigger.frame.strength) if move else ()
    )
    yield replace(made, issues=issues or touched(scene, trigger))


_ARMS = bag(
    "bomb bombs bombing bombings attack attacks strike strikes airstrike airstrikes raid raids rocket rockets missile "
    "missiles shell shells shelling fire gunfire gunmen gunman drone drones ambush explosion blast blasts mine "
    "minefield shooting shootings mortar mortars assault grenade sniper snipers bomber clash clashes fighting crossfire"
)  # fmt: skip


def _only_fired(scene: Scene, trigger: Trigger) -> bool:
    """Is a missile fired at nobody, to be seen?"""
    group = scene.line.group_at(trigger.last + 1)
    return group is not None and scene.line.low(group.head) in ("missile", "missiles", "rocket", "rockets", "satellite")


def _by_arms(scene: Scene, trigger: Trigger) -> bool:
    """Is somebody harmed by arms, whoever bore them ("a bombing killed two X", "X were killed in a raid")?"""
    verb = trigger.verb
    if trigger.frame.act != "ASSAULT" or verb is None or verb.negated or not verb.finite:
        return False
    last = scene.end(trigger)
    return bool(_ARMS & {w.low for w in scene.line.words[max(trigger.first - 14, 0) : last + 1]})


def _with_sufferer(made: Draft) -> Draft:
    """Where nobody is said to do it, quote who suffers it as well."""
    if made.actors:
        return made
    here = (f.group.first for f in made.recipients if f.line is None)
    return replace(made, clause=(min([made.clause[0], *here]), made.clause[1]))


def _suffered(scene: Scene, trigger: Trigger) -> bool:
    """Is it told that somebody is coerced, without saying by whom ("students were arrested in X")?"""
    verb = trigger.verb
    if trigger.frame.act != "COERCE" or verb is None or verb.negated or verb.infinitive or verb.modal:
        return False
    return verb.passive and verb.finite


def _not_told(scene: Scene, trigger: Trigger) -> bool:
    """An infinitive without a plan ("to withdraw") says what is to be done, not what is done."""
    if trigger.verb is None or not trigger.verb.infinitive:
        return False
    return not any(t.frame.does in ("plan", "expect", "due") for t in scene.outer(trigger))


def _act(name: str) -> Act:
    return name  # type: ignore[return-value]


def _move(name: str) -> Move:
    return name  # type: ignore[return-value]
