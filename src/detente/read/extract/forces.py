"""What is done with things: sanctions imposed, troops moved, weapons given, envoys sent?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.read.extract.acts import plain
from detente.read.extract.answers import refuse, turned_down
from detente.read.extract.people import Found
from detente.read.extract.recipients import recipients_of
from detente.read.extract.rules import draft, known, modality, negated
from detente.read.extract.scene import Draft, Scene, actors_of, passive_subject
from detente.read.extract.stances import stances_on
from detente.read.extract.talks import host
from detente.read.extract.triggers import Trigger
from detente.read.extract.verbs import is_time_word, list_right
from detente.read.extract.words import Group, bag
from detente.read.items import Act

_TROOPS = bag(
    "troops forces soldiers warship warships carrier carriers fleet ships ship destroyer bombers aircraft jets planes "
    "tanks missiles artillery battalion brigade units navy submarines battery batteries reinforcements vessels drones"
)
_ENVOYS = bag("envoy envoys delegation delegations negotiators team representatives emissary minister diplomats")
_GOODS = bag(
    "aid support funding funds money weapons arms missiles drones assistance ammunition loans loan grants training "
    "equipment weaponry intelligence backing billion million help fuel rockets grant asylum refuge shelter food flour "
    "systems batteries interceptors shells tanks jets howitzers launchers helicopters medicine medicines tents relief "
    "supplies credit credits tons tonnes vaccines rice wheat"
)


def carried(scene: Scene, trigger: Trigger) -> tuple[Group, ...]:
    """Which groups are sent, given or imposed?"""
    patient = passive_subject(scene, trigger)
    if patient:
        return patient
    group = scene.line.group_at(trigger.last + 1)
    return () if group is None else list_right(scene.line, group)


def _heads(scene: Scene, groups: tuple[Group, ...]) -> set[str]:
    return {scene.line.low(i) for g in groups for i in range(g.first, g.last + 1)}


def send(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Troops sent are mobilised; envoys sent are consultation."""
    heads = _heads(scene, carried(scene, trigger))
    act: Act | None = "MOBILIZE" if heads & _TROOPS else "CONSULT" if heads & _ENVOYS else None
    actors = actors_of(scene, trigger)
    if act is None or not known(actors) or scene.conditional(trigger.first):
        return
    made = draft(scene, trigger, act=act, rule="send", actors=actors)
    if made.negated or made.modality not in ("actual", "future"):
        return
    yield replace(made, recipients=_towards(scene, trigger, actors), kind="action")


def _towards(scene: Scene, trigger: Trigger, actors: tuple[Found, ...]) -> tuple[Found, ...]:
    mine = {f.party for f in actors}
    line = scene.line
    for i in range(trigger.last + 1, scene.end(trigger)):
        group = line.group_at(i + 1)
        if line.low(i) in ("to", "toward", "towards", "into", "against", "with", "between") and group is not None:
            found = tuple(f for f in scene.people(list_right(line, group), i) if f.party and f.party not in mine)
            if found:
                return found
    return ()


def _gifts(scene: Scene, trigger: Trigger) -> tuple[Group, ...]:
    """What is given, whether it stands behind the verb or behind whoever gets it ("gave X a loan")."""
    groups = carried(scene, trigger)
    second = scene.line.group_at(groups[0].last + 1) if groups else None
    return groups if second is None else (*groups, second)


def _deadline(scene: Scene, trigger: Trigger) -> bool:
    """Is it time that is given ("gave X until Friday to ...", "gave X two weeks to ...")?"""
    line, to = scene.line, scene.line.group_at(trigger.last + 1)
    if to is None or trigger.frame.does != "give":
        return False
    if line.low(to.last + 1) in ("until", "till"):
        return True
    time = next((w.i for w in line.words[to.first : scene.end(trigger) + 1] if is_time_word(w.low)), None)
    return time is not None and time - trigger.last < 7 and line.tag(time + 1) == "TO"


def _set_deadline(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Who gives others until a day to do something demands it."""
    actors = actors_of(scene, trigger)
    if known(actors) and not negated(scene, trigger):
        made = draft(scene, trigger, act="REQUEST", rule="deadline", actors=actors)
        issues = stances_on(scene, trigger, "demand", strength=3)
        yield replace(made, kind="position", issues=issues, condition=None)


def give(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Weapons, money or help given; received, it is the giver who acts."""
    if _deadline(scene, trigger):
        yield from _set_deadline(scene, trigger)
        return
    if not _heads(scene, _gifts(scene, trigger)) & _GOODS and not negated(scene, trigger):
        if trigger.frame.does == "receive":
            yield from host(scene, trigger)
        return
    yield from _given(scene, trigger)


def _given(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    actors = actors_of(scene, trigger)
    made = draft(scene, trigger, act="AID", rule="give", actors=actors)
    if trigger.frame.does == "receive":
        givers = recipients_of(scene, trigger, actors)
        made = replace(made, actors=givers, recipients=tuple(f for f in actors if f.party))
    if not known(made.actors):
        return
    if made.negated:
        yield from turned_down(scene, trigger, made)
    elif made.modality == "actual":
        yield replace(made, kind="tie")
    elif made.modality == "future" and made.condition is None:
        yield replace(made, act="AGREE", kind="statement", rule="announced-good")


_CIVIL = bag(
    "workers farmers students protesters demonstrators truckers drivers fishermen activists youths residents crowd "
    "crowds villagers miners strikers unions union campaigners settlers supporters people"
)
_CLOSED = bag(
    "border borders crossing crossings airspace strait port ports office offices embassy consulate newspaper "
    "checkpoint checkpoints road roads highway bridge school schools mosque mosques channel station stations ships "
    "vessels convoy aid transport access traffic route routes shipment shipments"
)


_PROPOSED = bag(
    "package proposal resolution bill plan bid deal membership accession application motion statement sale talks "
    "agreement draft measure measures sanctions tariffs"
)


def shut(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Roads, borders or bodies blocked: by authorities it is coercion, by citizens protest."""
    actors = actors_of(scene, trigger)
    groups = carried(scene, trigger)
    if not known(actors) or not groups:
        return
    line = scene.line
    if any(line.low(i) in _PROPOSED for g in groups for i in range(g.first, g.last + 1)):
        yield from refuse(scene, trigger)
        return
    civil = any(line.low(f.group.head) in _CIVIL for f in actors if f.line is None)
    made = draft(scene, trigger, act="PROTEST" if civil else "COERCE", rule="shut", actors=actors)
    closed = any(line.low(g.head) in _CLOSED or line.names_in(g.first, g.last) for g in groups)
    if closed and not made.negated and made.modality == "actual" and made.condition is None:
        yield replace(made, kind="action")


_FIGHTS = bag("firefight gunfight gunbattle battle battles combat fight fighting clash clashes skirmish fire")


def engage(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Who engages others in a fight attacks them; in talks, meets them."""
    reached = {w.low for w in scene.line.words[trigger.last + 1 : scene.end(trigger) + 1]}
    if reached & _FIGHTS:
        yield from plain(scene, trigger)


def measure(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Sanctions, tariffs or pressure, where a verb says that they are applied."""
    outer = next((t for t in scene.outer(trigger) if t.part == "verb"), None)
    if outer is None or outer.frame.does not in ("impose", "light") or scene.conditional(trigger.first):
        return
    if trigger.first - outer.last > 5 or scene.embedded(trigger) is not None:
        return
    actors = actors_of(scene, outer)
    if not known(actors):
        return
    if trigger.frame.act == "SANCTION" and outer.frame.does != "impose":
        return
    made = draft(scene, trigger, act="SANCTION" if trigger.frame.act == "SANCTION" else "COERCE",
                 rule="measure", actors=actors)  # fmt: skip
    recipients = made.recipients or recipients_of(scene, outer, actors)
    condition = scene.condition_of(outer)
    if negated(scene, outer):
        return
    if condition is not None or modality(scene, outer) in ("future", "hypothetical"):
        made = replace(made, act="THREATEN", kind="statement", rule="announced-harm", condition=condition)
        made = replace(made, modality="hypothetical" if condition is not None else "future")
    yield replace(made, recipients=recipients, clause=(min(made.clause[0], outer.first), made.clause[1]))


def event_noun(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Deployments, strikes, seizures told as nouns: whose they are is said, or stays unknown."""
    line = scene.line
    group = line.group_at(trigger.first)
    outer = scene.embedded(trigger)
    if group is None or outer is not None or scene.conditional(trigger.first) or _hedged(scene, group):
        return
    if _unreal(scene, trigger) or any(s.does == "believe" for s in scene.said(trigger.first)):
        return
    actors = actors_of(scene, trigger)
    made = draft(scene, trigger, act=_named_act(trigger), rule="event-noun", actors=tuple(f for f in actors if f.party))
    if made.negated or (not known(made.actors) and not made.recipients):
        return
    if not known(made.actors) and trigger.frame.id != "intercept":
        return
    last = line.group_at(min(made.clause[1], len(line.words) - 1))
    end = last.last if last is not None else made.clause[1]
    yield replace(made, clause=(group.first, end), modality="actual", kind="action", condition=None)


def _unreal(scene: Scene, trigger: Trigger) -> bool:
    """Is the noun the subject of a modal verb ("a withdrawal would be ...", "an attack could ...")?"""
    line = scene.line
    after = next(
        (k for k in range(trigger.last + 1, len(line.words)) if line.tag(k) in ("MD", "VBD", "VBZ", "VBP")), None
    )
    return (
        after is not None
        and line.tag(after) == "MD"
        and after - trigger.last < 9
        and "," not in line.lows(trigger.last, after)
    )


def _hedged(scene: Scene, group: Group) -> bool:
    words = scene.line.lows(group.first, group.last).split()
    return bool({"potential", "possible", "any", "future", "further", "no", "alleged", "planned"} & set(words))


def _named_act(trigger: Trigger) -> Act:
    return trigger.frame.act or "ASSESS"  # type: ignore[return-value]
