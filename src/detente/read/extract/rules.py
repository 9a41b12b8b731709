"""What does each frame say in its sentence? One rule per thing a frame does to what it governs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from detente.read.extract.people import Found
from detente.read.extract.scene import Draft, Scene, Stance, actors_of, recipients_of, self_directed
from detente.read.extract.speech import Speech
from detente.read.extract.stances import governed, proposed, stances_on
from detente.read.extract.triggers import Trigger
from detente.read.extract.verbs import BE, linking_verb, verb_at
from detente.read.extract.words import TALK_WORDS, bag
from detente.read.items import Act, Kind, Modality, Move

Rule = Callable[[Scene, Trigger], Iterator[Draft]]
_STATED = {"say", "believe", "expect", "judge", "light", "focus", "include", "plan"}


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
        if trigger.verb.negated:
            return True
        before = line.lows(max(trigger.verb.first - 12, 0), trigger.verb.first - 1).split(",")[-1].split()
        return "neither" in before or line.low(trigger.verb.first - 1) == "nor"
    if trigger.part == "noun":
        group = line.group_at(trigger.first)
        return group is not None and line.low(group.first) in ("no", "neither")
    link = linking_verb(line, trigger.first)
    return link is not None and bool({"not", "never", "n't"} & set(line.lows(link - 2, trigger.first).split()))


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
        return "possible" if outer.frame.does == "judge" else "future"
    return "actual"


def ask(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Demands, calls, requests: what they govern is wanted; denied, it is refused."""
    actors = actors_of(scene, trigger)
    made = draft(scene, trigger, act="REQUEST", rule="ask", actors=actors)
    if not known(actors) or _applies_pressure(scene, trigger):
        return
    if made.negated:
        if trigger.frame.id in ("seek", "urge"):
            issues = stances_on(scene, trigger, "refuse", strength=2)
            yield replace(made, act="REJECT", negated=False, issues=issues, rule="not-wanted")
        return
    said = (*made.speech, *_own_words(scene, trigger, actors))
    yield replace(made, issues=with_new(scene, trigger, "demand", made), speech=said)


def _own_words(scene: Scene, trigger: Trigger, actors: tuple[Found, ...]) -> tuple[Speech, ...]:
    """What follows "insists that" is told in the words of whoever insists."""
    end = scene.end(trigger)
    if not trigger.entry.lemma.startswith("insist") or end <= trigger.last:
        return ()
    return (Speech(trigger.last + 1, end, trigger.first, trigger.last, actors, "claim", "say"),)


def _applies_pressure(scene: Scene, trigger: Trigger) -> bool:
    """Is this the pressure itself ("pushes to keep up the pressure"), which asks for nothing?"""
    end = scene.end(trigger)
    inner = [t for t in scene.triggers if trigger.last < t.first <= end]
    return self_directed(scene.line, trigger) and any(t.frame.does == "measure" for t in inner)


def refuse(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Refusals; what is not ruled out is left open."""
    actors = actors_of(scene, trigger)
    made = draft(scene, trigger, act="REJECT", rule="refuse", actors=actors)
    if not known(actors):
        return
    if made.negated:
        issues = stances_on(scene, trigger, "open", strength=1)
        yield replace(made, act="AGREE", modality="possible", negated=False, issues=issues, rule="not-ruled-out")
        return
    if made.modality == "possible":
        return
    if _charge_below(scene, trigger):
        yield replace(made, rule="deny")
        return
    issues = with_new(scene, trigger, "refuse", made) or _same_again(scene, trigger)
    yield replace(made, issues=issues, red_line=trigger.frame.strength == 3 and bool(issues))


_CHARGES = bag(
    "accusation accusations allegation allegations claim claims charge charges criticism report reports notion"
)


def _charge_below(scene: Scene, trigger: Trigger) -> bool:
    """Who rejects an accusation denies it, and refuses nothing."""
    group = scene.line.group_at(trigger.last + 1)
    return group is not None and scene.line.low(group.head) in _CHARGES


def _same_again(scene: Scene, trigger: Trigger) -> tuple[Stance, ...]:
    """A bare "refused" is about the issue of the clause before ("X is ready to sign it, Y refused")."""
    nothing = scene.line.tag(trigger.last + 1) in ("CC", ".", ",", "")
    earlier = [t for t in scene.triggers if t.last < trigger.first and t.frame.move]
    if not nothing or not earlier:
        return ()
    return tuple(Stance(h, "against", "refuse", 2) for h in governed(scene, earlier[-1]))


def unyielding(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Who "will not bow" refuses."""
    actors = actors_of(scene, trigger)
    made = draft(scene, trigger, act="REJECT", rule="will-not", actors=actors)
    if known(actors) and made.negated:
        yield from turned_down(scene, trigger, made)


def accept(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Agreement and welcome; what will not or cannot be accepted is refused."""
    actors = actors_of(scene, trigger)
    act: Act = "SUPPORT" if trigger.frame.act == "SUPPORT" else "AGREE"
    made = draft(scene, trigger, act=act, rule="accept", actors=actors)
    if not known(actors):
        return
    if made.negated:
        yield from turned_down(scene, trigger, made)
        return
    if made.modality in ("possible", "hypothetical") and made.condition is None:
        return
    talk = trigger.frame.id == "welcome" and _talks_object(scene, trigger)
    move: Move = "condition" if made.condition is not None else "open" if talk else "accept"
    yield replace(made, issues=stances_on(scene, trigger, move, strength=trigger.frame.strength))


def _talks_object(scene: Scene, trigger: Trigger) -> bool:
    group = scene.line.group_at(trigger.last + 1)
    return group is not None and scene.line.low(group.head) in TALK_WORDS


def turned_down(scene: Scene, trigger: Trigger, made: Draft) -> Iterator[Draft]:
    """What will not, would not, cannot or never be done is refused; with until or unless it waits on a condition."""
    verb = trigger.verb
    if (
        verb is not None
        and verb.modal in ("", "should", "must", "need")
        and "never" not in made.line.lows(verb.first, verb.main)
    ):
        return
    move: Move = "condition" if made.condition is not None else "refuse"
    issues = stances_on(scene, trigger, move, strength=3)
    yield replace(made, act="REJECT", kind="position", negated=False, issues=issues, rule="will-not")


def offer(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Offers, pledges, proposals."""
    actors = actors_of(scene, trigger)
    made = draft(scene, trigger, act="AGREE", rule="offer", actors=actors)
    if not known(actors):
        return
    if made.negated:
        yield from turned_down(scene, trigger, made)
        return
    if _hostile_below(scene, trigger):
        return
    move: Move = "condition" if made.condition is not None and made.condition.type != "in-exchange" else "offer"
    yield replace(made, issues=stances_on(scene, trigger, move, strength=2))


def ready(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Readiness: to talk about an issue is openness, to do something about it is an offer."""
    actors = actors_of(scene, trigger)
    made = draft(scene, trigger, act="AGREE", rule="ready", actors=actors)
    if not known(actors) or _hostile_below(scene, trigger):
        return
    if made.negated:
        issues = stances_on(scene, trigger, "refuse", strength=2)
        yield replace(made, act="REJECT", negated=False, issues=issues, rule="not-ready")
        return
    inner = [t for t in scene.triggers if trigger.last < t.first <= trigger.last + 3]
    talk = trigger.frame.does == "open" or any(t.frame.does in ("discuss", "open", "meet") for t in inner)
    signs = any(t.frame.id == "accept" for t in inner)
    move: Move = "open" if talk else "accept" if signs else "offer"
    if made.condition is not None and made.condition.type != "in-exchange":
        move = "condition"
    possible = replace(made, modality="possible") if made.modality == "actual" else made
    yield replace(possible, issues=stances_on(scene, trigger, move, strength=trigger.frame.strength))


def _hostile_below(scene: Scene, trigger: Trigger) -> bool:
    end = scene.end(trigger)
    return any(t.frame.hostile and t.part == "verb" and trigger.last < t.first <= end for t in scene.triggers)


_HURTS = {"SANCTION", "COERCE", "MOBILIZE"}
_GIVES = {"RETREAT", "CONCEDE", "AID", "COOPERATE", "SUPPORT"}


def _on_condition(scene: Scene, trigger: Trigger, made: Draft) -> Iterator[Draft]:
    """What would be done on a condition: harm is a threat, a gift is an offer with a condition."""
    if made.condition is None or made.modality not in ("hypothetical", "future"):
        return
    if made.act in _HURTS or (made.act == "RETREAT" and made.condition.type == "unless"):
        named = made.recipients or _met_by(scene, made)
        yield replace(made, act="THREATEN", kind="statement", rule="conditional-harm", recipients=named)
    elif made.act in _GIVES:
        issues = stances_on(scene, trigger, "condition", strength=2)
        yield replace(made, act="AGREE", kind="condition-offer", rule="conditional-offer", issues=issues)


def _announced(scene: Scene, trigger: Trigger, made: Draft) -> Iterator[Draft]:
    """What will be done is not done yet: help that will come is a promise, harm that will come is a threat."""
    if made.act in _GIVES:
        yield replace(made, act="AGREE", rule="announced-good", issues=stances_on(scene, trigger, "offer", strength=2))
    elif made.act in ("SANCTION", "COERCE") and not any(t.frame.does == "expect" for t in scene.outer(trigger)):
        yield replace(made, act="THREATEN", kind="statement", rule="announced-harm")
    else:
        yield made


def _met_by(scene: Scene, made: Draft) -> tuple[Found, ...]:
    """The party whose move the condition is."""
    depends, mine = made.condition, {f.party for f in made.actors}
    if depends is None:
        return ()
    groups = [g for g in scene.line.groups if depends.first <= g.first <= depends.last]
    return tuple(f for f in scene.people(groups, depends.first) if f.party and f.party not in mine)[:1]


def plain(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Actions and support, told as facts or plans."""
    act = trigger.frame.act
    actors = actors_of(scene, trigger)
    if act is None or not known(actors):
        return
    made = draft(scene, trigger, act=_act(act), rule="act", actors=actors)
    if _not_told(scene, trigger):
        return
    if made.modality == "future" and not made.negated and made.condition is None:
        yield from _announced(scene, trigger, made)
        return
    if made.negated:
        if trigger.verb is not None and trigger.verb.modal:
            yield from turned_down(scene, trigger, made)
        return
    if made.modality in ("hypothetical", "possible") or made.condition is not None:
        yield from _on_condition(scene, trigger, made)
        return
    move = trigger.frame.move
    issues: tuple[Stance, ...] = (
        stances_on(scene, trigger, _move(move), strength=trigger.frame.strength) if move else ()
    )
    yield replace(made, issues=issues or touched(scene, trigger))


def _not_told(scene: Scene, trigger: Trigger) -> bool:
    """An infinitive without a plan ("to withdraw") says what is to be done, not what is done."""
    if trigger.verb is None or not trigger.verb.infinitive:
        return False
    return not any(t.frame.does in ("plan", "expect", "due") for t in scene.outer(trigger))


def touched(scene: Scene, trigger: Trigger) -> tuple[Stance, ...]:
    """Which issues does it bear on, without a stance on them?"""
    return tuple(Stance(hit, "unclear", None) for hit in governed(scene, trigger))


def _act(name: str) -> Act:
    return name  # type: ignore[return-value]


def _move(name: str) -> Move:
    return name  # type: ignore[return-value]


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
