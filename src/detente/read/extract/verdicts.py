"""What is said of others: denials, accusations, names, assessments, praise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.read.extract.people import Found
from detente.read.extract.rules import draft, in_turn, known, negated, touched
from detente.read.extract.scene import Draft, Scene, actors_of
from detente.read.extract.speech import Speech
from detente.read.extract.triggers import Trigger
from detente.read.extract.verbs import linking_verb, subject_of
from detente.read.extract.words import TALK_WORDS, bag

_BAD_NAMES = bag(
    "attacker aggressor terrorist terrorists liar occupier enemy threat criminal criminals regime warmonger"
)


def deny(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Denials: what is denied is never an item of its own."""
    actors = actors_of(scene, trigger)
    if known(actors):
        made = draft(scene, trigger, act="REJECT", rule="deny", actors=actors)
        if not made.negated:
            yield made


def accuse(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Accusations; what somebody is accused of is not an item of its own."""
    actors = actors_of(scene, trigger)
    outer = next((t for t in scene.outer(trigger) if t.part == "verb"), None)
    if trigger.part == "noun" and not known(actors) and outer is not None:
        actors = actors_of(scene, outer)
    made = draft(scene, trigger, act="ACCUSE", rule="accuse", actors=actors)
    if known(actors) and not made.negated and made.modality == "actual":
        yield from in_turn(made)


def charges(scene: Scene) -> Iterator[Draft]:
    """Who claims that another party did harm accuses it ("X alleged that Y shelled the town")."""
    cues = {t.first: t for t in scene.triggers}
    for said in scene.speech:
        speakers = tuple(f for f in said.speakers if f.party)
        cue = cues.get(said.cue)
        if said.verb_class != "claim" or not speakers or cue is None or scene.conditional(said.cue):
            continue
        blamed = _doers_of_harm(scene, said, {f.party for f in speakers})
        if blamed:
            made = draft(scene, cue, act="ACCUSE", rule="charge", actors=speakers)
            yield replace(made, recipients=blamed, kind="statement", negated=False)


def _doers_of_harm(scene: Scene, said: Speech, mine: set[str | None]) -> tuple[Found, ...]:
    for trigger in scene.triggers:
        harm = trigger.part == "verb" and trigger.frame.act in ("ASSAULT", "COERCE") and said.covers(trigger.first)
        if harm and not scene.conditional(trigger.first) and not negated(scene, trigger):
            found = tuple(f for f in actors_of(scene, trigger) if f.party and f.party not in mine)
            if found:
                return found
    return ()


def call_names(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Names that accuse, as in "calls X the aggressor"."""
    first = scene.line.group_at(trigger.last + 1)
    second = scene.line.group_at(first.last + 1) if first is not None else None
    group = second or first
    if (
        first is None
        or group is None
        or not {scene.line.low(i) for i in range(first.first, group.last + 1)} & _BAD_NAMES
    ):
        return
    actors = actors_of(scene, trigger)
    made = draft(scene, trigger, act="ACCUSE", rule="call-names", actors=actors)
    mine = {f.party for f in actors}
    blamed = tuple(f for f in scene.people((first,), trigger.first) if f.party and f.party not in mine)
    if known(actors) and blamed and not made.negated:
        yield replace(made, recipients=blamed, kind="statement")


def judge(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """What a third party thinks likely or unlikely is an assessment, and no act of whom it is about."""
    actors = actors_of(scene, trigger)
    if known(actors) and scene.said(trigger.first):
        made = draft(scene, trigger, act="ASSESS", rule="judge", actors=actors)
        yield replace(made, kind="assessment", modality="possible", issues=touched(scene, trigger))


def evaluate(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Praise of the talks by a side: "said the talks had been constructive"."""
    link = linking_verb(scene.line, trigger.first)
    said = [s for s in scene.said(trigger.first) if known(s.speakers)]
    if link is None or not said:
        return
    about = subject_of(scene.line, link)
    if any(scene.line.low(g.head) in TALK_WORDS for g in about):
        made = draft(
            scene, trigger, act="SUPPORT", rule="evaluate", actors=tuple(f for f in said[-1].speakers if f.party)
        )
        if not made.negated:
            first = about[0].first
            yield replace(made, kind="statement", recipients=(), clause=(first, made.clause[1]))
