"""What does a party ask for, refuse, accept, offer, or say that it is ready for?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.read.extract.people import Found
from detente.read.extract.recipients import aimed_inside
from detente.read.extract.rules import draft, failed, known, met_by, touched, with_new
from detente.read.extract.scene import Draft, Scene, Stance, actors_of, self_directed
from detente.read.extract.speech import Speech
from detente.read.extract.stances import governed, proposed, stances_on
from detente.read.extract.triggers import Trigger
from detente.read.extract.words import TALK_WORDS, bag
from detente.read.items import Act, Move


def ask(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Demands, calls, requests: what they govern is wanted; denied, it is refused."""
    actors = actors_of(scene, trigger)
    made = draft(scene, trigger, act="REQUEST", rule="ask", actors=actors)
    if trigger.frame.does == "order" and _orders_troops(scene, trigger):
        if known(actors) and not made.negated and made.modality in ("actual", "future"):
            yield replace(made, act="MOBILIZE", kind="action", rule="troops-ordered")
        return
    if not known(actors) or _applies_pressure(scene, trigger):
        return
    if made.negated:
        if trigger.frame.id in ("seek", "urge"):
            issues = stances_on(scene, trigger, "refuse", strength=2)
            yield replace(made, act="REJECT", negated=False, issues=issues, rule="not-wanted")
        return
    end = scene.end(trigger)
    if trigger.entry.lemma.startswith("insist") and _insists_on_none(scene, trigger):
        issues = stances_on(scene, trigger, "refuse", strength=3)
        yield replace(made, act="REJECT", issues=issues, rule="none-of-it")
        return
    if trigger.entry.lemma.startswith("insist") and any(
        t.frame.does == "redline" and trigger.last < t.first <= end for t in scene.triggers
    ):
        return  # it is told as a red line
    said = (*made.speech, *_own_words(scene, trigger, actors))
    yield replace(made, issues=with_new(scene, trigger, "demand", made), speech=said)


def _insists_on_none(scene: Scene, trigger: Trigger) -> bool:
    """Does who insists say that there will be none of it ("insisted that there would be no early vote")?"""
    line, end = scene.line, scene.end(trigger)
    none = next((i for i in range(trigger.last + 1, end + 1) if line.low(i) == "no" and line.tag(i) == "DT"), None)
    group = line.group_at(none) if none is not None else None
    return group is not None and any(group.first <= h.first <= group.last for h in line.hits)


_FORCES = bag("troops forces soldiers warship warships jets army navy tanks reinforcements patrols deployment planes")


def _orders_troops(scene: Scene, trigger: Trigger) -> bool:
    """Who orders troops somewhere moves them; who orders them out demands that they go."""
    line, group = scene.line, scene.line.group_at(trigger.last + 1)
    if group is None or group.first != trigger.last + 1 or line.low(group.head) not in _FORCES:
        return False
    others = any(n.how in ("demonym", "office+nation") for n in line.names_in(group.first, group.last))
    return (
        not others
        and line.low(group.last + 1) in ("to", "into", "onto", "along", "near")
        and (line.tag(group.last + 2) not in ("VB", "RB"))
    )


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
    meant = tuple(f for f in made.recipients if f.line is not None or not aimed_inside(scene, trigger, f.group.first))
    yield replace(made, issues=issues, recipients=meant, red_line=trigger.frame.strength == 3 and bool(issues))


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
    if trigger.frame.id in ("accept", "agree") and _demands_met(scene, trigger):
        yield replace(made, act="CONCEDE", rule="demand-met", issues=touched(scene, trigger))
        return
    if trigger.entry.lemma == "thank":  # thanks to those who sat at the table are a courtesy
        made = replace(made, recipients=tuple(f for f in made.recipients if f.how not in ("list", "pronoun", "role")))
        if not made.recipients:
            return
    talk = trigger.frame.id == "welcome" and _talks_object(scene, trigger)
    move: Move = "condition" if made.condition is not None else "open" if talk else "accept"
    issues = stances_on(scene, trigger, move, strength=trigger.frame.strength) or _first_named(scene, trigger, move)
    yield replace(made, issues=issues, recipients=made.recipients or met_by(scene, made))


def _first_named(scene: Scene, trigger: Trigger, move: Move) -> tuple[Stance, ...]:
    """A new issue, where what is accepted belongs to another party ("accept X's number plates")."""
    group = scene.line.group_at(trigger.last + 1)
    owned = group is not None and any(
        scene.line.tag(n.last + 1) == "POS" for n in scene.line.names_in(group.first, group.last)
    )
    hit = proposed(scene, group) if owned and move in ("accept", "condition") else None
    return () if hit is None else (Stance(hit, "conditional" if move == "condition" else "for", move, 1),)


def _demands_met(scene: Scene, trigger: Trigger) -> bool:
    """Who accepts demands concedes."""
    groups = [scene.line.group_at(k) for k in range(trigger.last + 1, trigger.last + 3)]
    return any(g is not None and scene.line.low(g.head) in ("demand", "demands") for g in groups)


_DEALS = bag("deal agreement framework arrangement accord pact treaty")


def _talks_object(scene: Scene, trigger: Trigger) -> bool:
    group = scene.line.group_at(trigger.last + 1)
    approved = trigger.entry.lemma in ("approve", "endorse")  # talks are welcomed, deals are approved
    return group is not None and scene.line.low(group.head) in (TALK_WORDS - _DEALS if approved else TALK_WORDS)


def turned_down(scene: Scene, trigger: Trigger, made: Draft) -> Iterator[Draft]:
    """What will not, would not, cannot or never be done is refused; with until or unless it waits on a condition."""
    verb = trigger.verb
    if (
        verb is not None
        and not failed(scene, trigger)
        and not (trigger.frame.id in ("recognise", "accept", "back", "welcome") and verb.tense == "present")
        and verb.modal in ("", "should", "must", "need")
        and "never" not in made.line.lows(verb.first, verb.main)
    ):
        return
    move: Move = "condition" if made.condition is not None else "refuse"
    issues = stances_on(scene, trigger, move, strength=3)
    meant = tuple(f for f in made.recipients if f.line is not None or not aimed_inside(scene, trigger, f.group.first))
    yield replace(made, act="REJECT", recipients=meant, kind="position", negated=False, issues=issues, rule="will-not")


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
    issues = stances_on(scene, trigger, move, strength=2)
    yield replace(made, issues=issues, recipients=made.recipients or met_by(scene, made))


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
