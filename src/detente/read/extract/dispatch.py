"""Which rule handles which frame, and which drafts does a sentence give?"""

from __future__ import annotations

from collections.abc import Iterator

from detente.read.extract import acts, answers, forces, predicates, talks, threats, verdicts
from detente.read.extract.rules import Rule
from detente.read.extract.scene import Draft, Scene
from detente.read.extract.triggers import Trigger

_VERBS: dict[str, Rule] = {
    "ask": answers.ask,
    "order": answers.ask,
    "only": answers.ask,
    "refuse": answers.refuse,
    "accept": answers.accept,
    "offer": answers.offer,
    "open": answers.ready,
    "ready": answers.ready,
    "deny": verdicts.deny,
    "accuse": verdicts.accuse,
    "act": acts.plain,
    "threaten": threats.threaten,
    "vow": threats.threaten,
    "warn": threats.warn,
    "face": threats.or_face,
    "obligation": predicates.obligation,
    "redline": predicates.redline,
    "negotiable": predicates.redline,
    "want-pred": predicates.redline,
    "meet": talks.meet,
    "visit": talks.visit,
    "due": talks.visit,
    "yield": answers.unyielding,
    "call": verdicts.call_names,
    "judge": verdicts.judge,
    "evaluate": verdicts.evaluate,
    "host": talks.host,
    "mediate": talks.mediate,
    "send": forces.send,
    "give": forces.give,
    "receive": forces.give,
    "measure": forces.measure,
    "discuss": talks.meet,
    "engage": forces.engage,
    "shut": forces.shut,
}
_NOUNS: dict[str, Rule] = {
    "ask": answers.ask,
    "refuse": answers.refuse,
    "offer": answers.offer,
    "accuse": verdicts.accuse,
    "threaten": threats.threaten,
    "warn": threats.warn,
    "talks": talks.talks,
    "trip": talks.visit,
    "mediate": talks.mediate,
    "measure": forces.measure,
    "act": forces.event_noun,
    "plan": talks.plans,
}


def drafts(scene: Scene) -> Iterator[Draft]:
    """Which items does this sentence give, before they are merged with those of other sentences?"""
    for trigger in scene.triggers:
        yield from _by_rule(scene, trigger)
    yield from predicates.will_not(scene)
    yield from threats.consequences(scene)
    yield from verdicts.charges(scene)
    yield from acts.conditional_offers(scene)


def _by_rule(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    if trigger.frame.hostile and trigger.part == "verb":
        yield from threats.hostile(scene, trigger)
    rule = (_NOUNS if trigger.part == "noun" else _VERBS).get(trigger.frame.does)
    if rule is None or _given_up(scene, trigger) or scene.conditional(trigger.first) or _gerund(scene, trigger):
        return
    if scene.embedded(trigger) is None or _presupposed(scene, trigger):
        for made in rule(scene, trigger):
            if made.act != "ASSAULT" or made.modality == "actual":
                yield made


def _given_up(scene: Scene, trigger: Trigger) -> bool:
    """Is it a ban that is lifted, a demand that is dropped, a siege that is ended?"""
    outer = next((t for t in scene.outer(trigger) if t.part == "verb"), None)
    if trigger.part != "noun" or trigger.frame.does in ("talks", "mediate", "trip") or outer is None:
        return False
    if trigger.first - outer.last > 4:
        return False
    return outer.frame.id in ("ease", "concede", "suspend", "recognise") or outer.entry.lemma in _ENDING


_ENDING = {"end", "withdraw", "abandon", "give_up", "stop", "halt", "pull"}


def _gerund(scene: Scene, trigger: Trigger) -> bool:
    """Is this a verb used as a noun ("signing it", "of leaving"), which says nothing of its being done?"""
    line, verb = scene.line, trigger.verb
    if verb is None or verb.finite or line.tag(verb.main) != "VBG" or verb.first != verb.main:
        return False
    before = line.low(verb.main - 1)
    if verb.main == 0:
        comma = next((w.i for w in line.words if w.tag == ","), None)
        return comma is None or any(w.tag in ("VBZ", "VBD", "VBP", "MD") for w in line.words[:comma])
    begun = next((t for t in scene.outer(trigger) if t.last == verb.main - 1), None)
    if trigger.frame.does in ("say", "threaten") or (begun is not None and begun.frame.does == "plan"):
        return False
    return not (
        line.tag(verb.main - 1) in (",", "CC", "NN", "NNS", "NNP", "RB", "``") or before in ("while", "by", "after")
    )


def _presupposed(scene: Scene, trigger: Trigger) -> bool:
    """What is told as known even under a verb that makes the rest unreal: talks going on, mediation, red lines."""
    if trigger.frame.does == "redline":
        outer = scene.embedded(trigger)
        return outer is not None and outer.entry.lemma.startswith("insist")
    return trigger.frame.does == "face" or (trigger.frame.does in ("talks", "mediate") and trigger.part == "noun")
