"""Who threatens whom, with what, and on what condition? A threat is never coded as the act it announces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.read.extract.people import Found
from detente.read.extract.predicates import speakers
from detente.read.extract.recipients import recipients_of
from detente.read.extract.rules import draft, known, modality, negated
from detente.read.extract.scene import Draft, Scene, actors_of
from detente.read.extract.scopes import Depends
from detente.read.extract.triggers import Trigger
from detente.read.extract.verbs import subject_of
from detente.read.extract.words import Group, Line, bag

_HARSH = bag(
    "retaliation retaliatory strike strikes action attack attacks war force consequences response reprisal reprisals "
    "sanctions tariffs retaliate respond punish bombing invasion escalation conflict measures repercussions destruction"
)
_CAUSE = bag("lead leads led prompt trigger provoke bring draw mean spark invite cause")
_MEANS_WAR = ("cause for war", "reason for war", "act of war", "act of aggression", "casus belli", "declaration of war")


def threaten(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Threats by that name, and vows to do harm."""
    actors = actors_of(scene, trigger)
    vow = trigger.frame.does == "vow" and not _harm_below(scene, trigger)
    if not known(actors) or negated(scene, trigger) or vow:
        return
    made = draft(scene, trigger, act="THREATEN", rule="threat", actors=actors)
    yield _aimed(scene, trigger, replace(made, modality="future"), actors)


def warn(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Warnings: threats where they speak of harm by the speaker, or of harm on a condition."""
    actors = actors_of(scene, trigger)
    if not known(actors):
        return
    end = scene.end(trigger)
    words = {w.low for w in scene.line.words[trigger.first : end + 1]}
    condition = scene.condition_of(trigger)
    own = condition is not None and _own_move(scene, trigger, actors)
    if not (own or words & _HARSH or _harm_below(scene, trigger)) or (words & {"against"} and not condition):
        return
    made = draft(scene, trigger, act="THREATEN", rule="warning", actors=actors)
    if not made.negated:
        yield _aimed(scene, trigger, replace(made, modality="hypothetical" if condition else "possible"), actors)


def _own_move(scene: Scene, trigger: Trigger, actors: tuple[Found, ...]) -> bool:
    """Does the warning tell what the speaker itself would or would not do ("warned it would not stand by if ...")?"""
    line = scene.line
    modal = next((i for i in range(trigger.last + 1, scene.end(trigger) + 1) if line.low(i) in _WILL), None)
    if modal is None or scene.conditional(modal):
        return False
    verb = next((i for i in range(modal + 1, min(modal + 5, len(line.words))) if line.tag(i) == "VB"), modal)
    movers = {f.party for f in scene.people(subject_of(line, verb), verb) if f.party}
    return bool(movers & {f.party for f in actors})


_WILL = {"will", "would", "'ll", "wo"}


def _harm_below(scene: Scene, trigger: Trigger) -> bool:
    end = scene.end(trigger)
    below = [t for t in scene.triggers if trigger.last < t.first <= end and not scene.conditional(t.first)]
    return any(t.frame.hostile or t.frame.act in ("ASSAULT", "MOBILIZE", "COERCE", "SANCTION") for t in below) or any(
        t.frame.does == "send" and sends_troops(scene.line, t) for t in below
    )


_TROOPS = bag("troops forces soldiers warships ships jets planes bombers tanks missiles army fleet")


def sends_troops(line: Line, trigger: Trigger) -> bool:
    """Is what is sent a force?"""
    return bool(_TROOPS & {w.low for w in line.words[trigger.last + 1 : trigger.last + 5]})


def _aimed(scene: Scene, trigger: Trigger, made: Draft, actors: tuple[Found, ...]) -> Draft:
    """With its target: the one named, whose bases are named, or else who could meet the condition."""
    condition = made.condition or to_any(scene, trigger) or _only_condition(scene)
    recipients = made.recipients or _named_after(scene, trigger, actors) or _of_condition(scene, condition, actors)
    return replace(made, recipients=recipients, condition=condition)


def _only_condition(scene: Scene) -> Depends | None:
    """The one condition of the sentence, though it stands in another clause ("if attacked ..., but it will strike")."""
    found = [d for d in scene.depends if d.type in ("if", "unless")]
    return found[0] if len(found) == 1 else None


def _named_after(scene: Scene, trigger: Trigger, actors: tuple[Found, ...]) -> tuple[Found, ...]:
    mine = {f.party for f in actors}
    end = scene.end(trigger)
    inner = [t for t in scene.triggers if trigger.last < t.first <= end and not scene.conditional(t.first)]
    for t in inner:
        found = recipients_of(scene, t, actors)
        if found:
            return found
    groups = [g for g in scene.line.groups if trigger.last < g.first <= end and not scene.conditional(g.first)]
    return tuple(f for f in scene.people(groups, trigger.first) if f.party and f.party not in mine)


def _of_condition(scene: Scene, condition: Depends | None, actors: tuple[Found, ...]) -> tuple[Found, ...]:
    if condition is None:
        return ()
    mine = {f.party for f in actors}
    groups = [g for g in scene.line.groups if condition.first <= g.first <= condition.last]
    return tuple(f for f in scene.people(groups, condition.first) if f.party and f.party not in mine)[:1]


def to_any(scene: Scene, trigger: Trigger) -> Depends | None:
    """Which "to any attack" stands in place of a condition?"""
    line = scene.line
    for i in range(trigger.last + 1, scene.end(trigger)):
        group = line.group_at(i + 1)
        if line.low(i) in ("to", "against") and line.low(i + 1) == "any" and group is not None:
            return Depends("to-any", i, min(scene.end(trigger), _group_end(scene, group)))
    return None


def _group_end(scene: Scene, group: Group) -> int:
    after = scene.line.group_at(group.last + 2)
    attached = scene.line.low(group.last + 1) in ("on", "against", "of", "by") and after is not None
    return after.last if attached and after is not None else group.last


def hostile(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Harm that is announced: "will strike", "would respond if", "ready to reply to any attack"."""
    outer = scene.embedded(trigger)
    mode = modality(scene, trigger)
    prepared = outer is not None and outer.frame.does in ("ready", "offer")
    if (outer is not None and not prepared) or scene.conditional(trigger.first):
        return
    poised = trigger.verb is not None and trigger.verb.infinitive and to_any(scene, trigger) is not None
    announced = mode in ("future", "hypothetical") or prepared or poised
    actors = actors_of(scene, outer) if outer is not None and prepared else actors_of(scene, trigger)
    if poised and scene.said(trigger.first):
        actors = speakers(scene, trigger.first) or actors
    if not announced or not known(actors) or negated(scene, trigger) or _is_expected(scene, trigger):
        return
    made = draft(scene, trigger, act="THREATEN", rule="announced-harm", actors=actors)
    aimed = _aimed(scene, trigger, replace(made, modality="hypothetical", kind="statement"), actors)
    if outer is not None:
        aimed = replace(aimed, clause=(min(outer.first, aimed.clause[0]), aimed.clause[1]))
    if trigger.frame.act == "ASSAULT" or aimed.condition is not None:
        yield replace(aimed, mode="violence" if trigger.frame.act == "ASSAULT" else aimed.mode)


def _is_expected(scene: Scene, trigger: Trigger) -> bool:
    return any(t.frame.does in ("expect", "judge") for t in scene.outer(trigger))


def or_face(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Demands with an "or face": the demand unmet is the condition. "X could face" with a warning is a threat too."""
    line = scene.line
    before = line.low(trigger.first - 1)
    asking = [t for t in scene.triggers if t.first < trigger.first and t.frame.does == "ask"]
    if before in ("or", "else") and asking:
        outer = asking[0]
        actors = actors_of(scene, outer)
        made = draft(scene, trigger, act="THREATEN", rule="or-face", actors=actors)
        last = trigger.first - (3 if line.tag(trigger.first - 2) == "," else 2)
        condition = Depends("unless", outer.first, max(last, outer.first))
        if known(actors):
            yield replace(made, recipients=recipients_of(scene, outer, actors), condition=condition,
                          modality="hypothetical", kind="statement")  # fmt: skip
    elif trigger.verb is not None and trigger.verb.modal in ("could", "will", "would", "may", "might"):
        yield from _could_face(scene, trigger)


def _could_face(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    warned = [s for s in scene.said(trigger.first) if s.does == "warn" and known(s.speakers)]
    words = {w.low for w in scene.line.words[trigger.first : scene.end(trigger) + 1]}
    if warned and words & _HARSH:
        actors = tuple(f for f in warned[-1].speakers if f.party)
        made = draft(scene, trigger, act="THREATEN", rule="could-face", actors=actors)
        target = tuple(f for f in scene.people(subject_of(scene.line, trigger.first), trigger.first) if f.party)
        yield replace(made, recipients=target, modality="possible", kind="statement")


def consequences(scene: Scene) -> Iterator[Draft]:
    """Threats put as causes: "any strike would lead X to hit Y", "closing the strait would be an act of war"."""
    line = scene.line
    for word in line.words:
        caused = word.low in _CAUSE and line.tag(word.i - 1) == "MD"
        war = word.low in ("act", "cause", "reason", "declaration", "casus") and any(
            line.lows(word.i, word.i + len(p.split()) - 1) == p for p in _MEANS_WAR
        )
        if caused or war:
            yield from _consequence(scene, word.i, war=war)


def _consequence(scene: Scene, i: int, *, war: bool) -> Iterator[Draft]:
    line = scene.line
    modal = next((k for k in range(i, -1, -1) if line.tag(k) == "MD"), None)
    said = [s for s in scene.speech if known(s.speakers)]
    inner = next((t for t in scene.triggers if t.first > i and t.frame.hostile), None)
    if modal is None or not (war or inner) or not said:
        return
    start, stop = _cause(scene, modal)
    trigger = inner or next((t for t in scene.triggers if t.first >= said[-1].cue), scene.triggers[0])
    actors = tuple(f for f in said[-1].speakers if f.party)
    if inner is not None:
        actors = tuple(f for f in actors_of(scene, inner) if f.party) or actors
    made = draft(scene, trigger, act="THREATEN", rule="consequence", actors=actors)
    last = scene.end(inner) if inner is not None else i + 2
    groups = tuple(g for g in line.groups if start <= g.first < modal)
    mine = {f.party for f in actors}
    named = tuple(f for f in scene.people(groups, modal) if f.party and f.party not in mine)
    condition = Depends("to-any", start, max(start, stop))
    yield replace(made, clause=(start, last), recipients=made.recipients or named, condition=condition,
                  modality="hypothetical", kind="statement", trigger=(i, i + (2 if war else 0)))  # fmt: skip


def _cause(scene: Scene, modal: int) -> tuple[int, int]:
    """Which words name the cause: the subject of the modal verb, without a parenthesis such as ", X has warned,"?"""
    line = scene.line
    stop = modal - 1
    if line.tag(stop) == ",":
        before = next((k for k in range(stop - 1, 0, -1) if line.tag(k) == ","), stop)
        stop = before - 1
    for k in range(stop, -1, -1):
        if line.low(k) in ("that", ";") or line.tag(k) in ("VBD", "VBZ", "VBP", "MD"):
            return k + 1, stop
    return 0, stop
