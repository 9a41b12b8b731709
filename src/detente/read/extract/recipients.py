"""To whom is it done or said: in the places that the frame names, else among those named within its reach?"""

from __future__ import annotations

from detente.read.extract.people import Found, could_act, counted
from detente.read.extract.scene import Scene, passive_subject, self_directed
from detente.read.extract.triggers import Trigger
from detente.read.extract.verbs import is_time, list_right
from detente.read.extract.words import NOUNS, TALK_WORDS, Group, Line, Name, bag

_MATERIAL = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})


def recipients_of(scene: Scene, trigger: Trigger, actors: tuple[Found, ...]) -> tuple[Found, ...]:
    """To whom is it done or said: in the places the frame names, in their order?"""
    mine = {f.party for f in actors}
    patient = passive_subject(scene, trigger)
    thing = scene.line.group_at(trigger.last + 1)
    if thing is not None and scene.line.low(thing.head) == "other" and len(mine) > 1:
        return actors
    if patient and {"obj", "on", "at"} & set(trigger.frame.to):
        found = [f for f in scene.people(patient, trigger.first) if f.party and f.party not in mine]
        if found:
            return tuple(found)
    if not actors and patient and trigger.frame.act == "COERCE":
        return _at_home(scene, trigger, actors)
    placed = _in_slots(scene, trigger, mine)
    if placed is not None:
        return placed
    return _told(scene, trigger, mine) or _in_reach(scene, trigger, mine) or _at_home(scene, trigger, actors)


def _in_slots(scene: Scene, trigger: Trigger, mine: set[str | None]) -> tuple[Found, ...] | None:
    """Whoever stands in the first place that names anybody; nobody where one's own people are asked; None: go on."""
    for slot in trigger.frame.to:
        groups = _object(scene, trigger) or _relative(scene, trigger) if slot == "obj" else _after(scene, trigger, slot)
        if trigger.frame.act in _MATERIAL:
            found = [f for f in _with_places(scene, groups) if f.party not in mine]
            if found:
                return tuple(found)
        agents_only = [g for g in groups if scene.line.low(g.head) not in TALK_WORDS]
        named = [f for f in scene.people(agents_only, trigger.first) if f.party]
        found = [f for f in named if f.party not in mine]
        if found:
            return tuple(found)
        if named and slot == "obj" and trigger.frame.does in ("ask", "order"):  # one's own people are asked
            return ()
    return None


_TELLING = bag("tell inform notify assure promise remind brief")


def _told(scene: Scene, trigger: Trigger, mine: set[str | None]) -> tuple[Found, ...]:
    """To whom it is said, where a party is told of it ("told X that it would not ...")."""
    cues = {t.first: t for t in scene.triggers}
    for said in reversed(scene.said(trigger.first)):
        cue = cues.get(said.cue)
        if cue is None or cue.entry.lemma not in _TELLING or not mine & {f.party for f in said.speakers}:
            continue
        group = scene.line.group_at(cue.last + 1)
        heard = scene.people((group,), cue.first) if group is not None and group.first == cue.last + 1 else ()
        return tuple(f for f in heard if f.party and f.party not in mine)
    return ()


_AIMED = frozenset(
    {"REQUEST", "REJECT", "ACCUSE", "THREATEN", "SUPPORT", "AID", "CONCEDE", "RETREAT", "SANCTION", "PROTEST",
     "AGREE"}
)  # fmt: skip
_LOCAL = _MATERIAL | {"AID", "RETREAT", "PROTEST", "SANCTION", "CONCEDE"}


def _in_reach(scene: Scene, trigger: Trigger, mine: set[str | None]) -> tuple[Found, ...]:
    """Where the frame names nobody: the first other party in reach; a place, too, for what is done on ground."""
    act, line = trigger.frame.act, scene.line
    on_ground = act in _LOCAL or self_directed(line, trigger)
    if act not in _AIMED | _MATERIAL or trigger.frame.mutual:
        return ()
    citing = {f.group for s in scene.said(trigger.first) for f in s.speakers if f.line is None}
    for name in line.names:
        if line.group_at(name.first) in citing:
            continue
        if not trigger.last < name.first <= scene.end(trigger) or name.tie is not None or name.party in mine:
            continue
        local = name.is_place or name.how == "capital"
        if scene.conditional(name.first) or name.how == "pronoun" or (local and not on_ground):
            continue
        if _past_verb(line, trigger, name.first) or (act == "REJECT" and aimed_inside(scene, trigger, name.first)):
            continue
        if act == "AGREE" and _doer(line, name):
            continue
        return _with_others(scene, trigger, name, mine)
    return ()


def _doer(line: Line, name: Name) -> bool:
    """Is it who made the thing, and not to whom it is done ("a truce brokered by X and Y")?"""
    group = line.group_at(name.first)
    first = group.first if group is not None else name.first
    before = line.group_at(first - 2) if line.low(first - 1) in ("and", "or", ",") else None
    first = before.first if before is not None else first
    return line.low(first - 1) == "by" and line.tag(first - 2) == "VBN"


def _with_others(scene: Scene, trigger: Trigger, name: Name, mine: set[str | None]) -> tuple[Found, ...]:
    """The party, and those that stand in a list with it ("between X and Y")."""
    line = scene.line
    group = line.group_at(name.first)
    first = Found(group or Group(name.first, name.last, name.last), name.party, name, name.how)
    rest = list_right(line, group)[1:] if group is not None else ()
    others = [f for f in scene.people(rest, trigger.first) if f.party and f.party not in mine | {name.party}]
    return (first, *others)


def _past_verb(line: Line, trigger: Trigger, i: int) -> bool:
    """Does a verb stand between an event told as a noun and word i ("its refusal angered X")?"""
    between = line.words[trigger.last + 1 : i]
    return trigger.part == "noun" and any(w.tag in ("VBD", "VBZ", "VBP", "MD", "VBN") for w in between)


def aimed_inside(scene: Scene, trigger: Trigger, i: int) -> bool:
    """Is word i the aim of what is refused ("rejects sanctions against X"), and not who is refused?"""
    inner = [w.i for w in scene.line.words[trigger.last + 1 : i] if w.tag in NOUNS and _harms(scene, w.low)]
    return bool(inner) and bool(_TOWARDS & {w.low for w in scene.line.words[inner[-1] + 1 : i]})


def _harms(scene: Scene, low: str) -> bool:
    return any(e.part == "noun" and e.frame.act in _HARMS for e in scene.frames.of(low))


_TOWARDS = {"on", "against", "of", "in", "into", "at"}


_HARMS = _MATERIAL | {"SANCTION", "THREATEN", "ACCUSE"}


# Those whose country is another's as a rule, and one's own forces, to whom nothing is done.
_NOT_OWN = bag(
    "envoy ambassador ambassadors diplomats diplomat prisoners prisoner detainees captives hostages soldiers troops "
    "forces police army military fighters gunmen gunman militants refugees migrants inmates peacekeepers"
)


def _at_home(scene: Scene, trigger: Trigger, actors: tuple[Found, ...]) -> tuple[Found, ...]:
    """Who in the actor's own country it is done to: people or a body that no lexicon holds as a party."""
    groups = _object(scene, trigger) or passive_subject(scene, trigger)
    low = scene.line.low
    groups = tuple(counted(scene.line, g) or g for g in groups)
    groups = tuple(
        g for g in groups if could_act(scene.line, g) and not is_time(scene.line, g) and low(g.head) not in _NOT_OWN
    )
    home = next((f.party or f.country for f in actors if f.party or f.country), None)
    home = home if actors else _ground(scene, trigger)
    if trigger.frame.act == "ASSAULT" and trigger.verb is not None and not trigger.verb.finite:
        return ()
    if not groups or trigger.frame.act not in _AIMED | _MATERIAL or home is None:
        return ()
    return (Found(groups[0], None, None, "unknown", agent=True, country=home),)


def _ground(scene: Scene, trigger: Trigger) -> str | None:
    """In which country is it done, where nobody is said to do it ("students were arrested in X")?"""
    here = (n for n in scene.line.names_in(trigger.last + 1, scene.end(trigger)) if n.is_place and n.tie is None)
    return next((n.party for n in here), None)


def _with_places(scene: Scene, groups: tuple[Group, ...]) -> list[Found]:
    """What is struck, blocked or approached may be named as a place."""
    line = scene.line
    return [Found(g, n.party, n, n.how) for g in groups for n in line.names_in(g.first, g.last)[:1] if n.tie is None]


def _object(scene: Scene, trigger: Trigger) -> tuple[Group, ...]:
    """The group right behind a verb."""
    i = trigger.last + 1
    while scene.line.tag(i) in ("RB", "RP"):
        i += 1
    group = scene.line.group_at(i)
    if group is None or trigger.part != "verb" or group.first != i or (trigger.verb and trigger.verb.passive):
        return ()
    return list_right(scene.line, group)


def _relative(scene: Scene, trigger: Trigger) -> tuple[Group, ...]:
    """The antecedent, where the object is a relative pronoun ("X, whom Y accuses")."""
    line = scene.line
    if trigger.verb is None or trigger.part != "verb":
        return ()
    subject = line.group_at(trigger.verb.first - 1)
    k = subject.first - 1 if subject is not None else -1
    if line.tag(k) not in ("WDT", "WP"):
        return ()
    before = line.group_at(k - (2 if line.tag(k - 1) == "," else 1))
    return () if before is None else (before,)


def _after(scene: Scene, trigger: Trigger, slot: str) -> tuple[Group, ...]:
    """The groups behind a preposition, or behind "that", within reach."""
    line = scene.line
    for i in range(trigger.last + 1 if trigger.entry.rest == () else trigger.last, scene.end(trigger)):
        group = line.group_at(i + 1)
        if line.low(i) == slot and group is not None and group.first == i + 1:
            return list_right(line, group)
    return ()
