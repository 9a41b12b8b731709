"""What is known about one sentence before the rules run, and what does a rule hand on?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from detente.read.extract.people import Found, Memory, parties_of
from detente.read.extract.scopes import Depends, conditions, inside, reach
from detente.read.extract.speech import Speech, speeches
from detente.read.extract.triggers import Trigger, find_triggers
from detente.read.extract.verbs import linking_verb, list_right, subject_of
from detente.read.extract.words import Group, Hit, Line, bag
from detente.read.frames import Frames
from detente.read.items import Act, Kind, Modality, Move, StanceKind, Tense

# Words that make what stands below them unreal: asked for, refused, offered, threatened ... but not said to be so.
EMBEDDING = frozenset(
    {"ask", "order", "refuse", "offer", "ready", "open", "threaten", "warn", "vow", "deny", "accept", "avoid",
     "obligation", "only", "negotiable", "redline", "want-pred", "accuse", "face", "yield", "doubt"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stance:
    """What is said on one issue?"""

    hit: Hit
    stance: StanceKind
    move: Move | None
    strength: int = 1
    on: str = "substance"


@dataclass(frozen=True, slots=True)
class Draft:
    """An item in words of its sentence, before offsets, evidence and ids are filled in."""

    line: Line
    trigger: tuple[int, int]
    clause: tuple[int, int]
    frame: str
    act: Act
    kind: Kind
    rule: str
    lemma: str
    mode: str | None = None
    actors: tuple[Found, ...] = ()
    recipients: tuple[Found, ...] = ()
    issues: tuple[Stance, ...] = ()
    negated: bool = False
    modality: Modality = "actual"
    tense: Tense = "none"
    condition: Depends | None = None
    speech: tuple[Speech, ...] = ()
    red_line: bool = False
    table: tuple[str, ...] = ()
    table_words: tuple[int, int] | None = None
    direct: bool | None = None
    venue: Group | None = None
    mediators: tuple[Found, ...] = ()
    hosts: tuple[Found, ...] = ()
    confidence: float = 0.6


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with all that was found in it: frames, reports, conditions, and how far each frame reaches."""

    line: Line
    memory: Memory
    frames: Frames
    triggers: tuple[Trigger, ...] = ()
    ends: tuple[int, ...] = ()
    speech: tuple[Speech, ...] = ()
    depends: tuple[Depends, ...] = ()
    known: dict[int, int] = field(default_factory=dict)

    def end(self, trigger: Trigger) -> int:
        """Which is the last word that this trigger governs?"""
        return self.ends[self.known[trigger.first]]

    def outer(self, trigger: Trigger) -> tuple[Trigger, ...]:
        """Which frames govern this one, the nearest first?"""
        return tuple(t for t in reversed(self.triggers[: self.known[trigger.first]]) if trigger.first <= self.end(t))

    def embedded(self, trigger: Trigger) -> Trigger | None:
        """Which frame makes this one unreal, if any?"""
        return next((t for t in self.outer(trigger) if t.frame.does in EMBEDDING and self._takes(t, trigger)), None)

    def _takes(self, outer: Trigger, inner: Trigger) -> bool:
        if outer.part == "noun" and outer.frame.does == "accuse":
            return False
        if inner.frame.does == "measure" and self_directed(self.line, outer):
            return False
        return not _coordinate(self.line, outer, inner)

    def conditional(self, i: int) -> bool:
        """Does word i stand inside a condition?"""
        return inside(i, self.depends)

    def said(self, i: int) -> tuple[Speech, ...]:
        """Who reports word i, from the outermost source inwards?"""
        return tuple(s for s in self.speech if s.covers(i))

    def here(self, i: int) -> Memory:
        """Whom do pronouns near word i stand for? Inside a report, first of all the speaker."""
        said = [s for s in self.said(i) if len({f.party for f in s.speakers if f.party}) == 1]
        if not said:
            return self.memory
        party = next(f.party for f in said[-1].speakers if f.party)
        return replace(self.memory, speaker=party)

    def people(self, groups: Iterable[Group], i: int) -> tuple[Found, ...]:
        """Which parties do these groups stand for, seen from word i?"""
        return parties_of(self.line, groups, self.here(i))

    def condition_of(self, trigger: Trigger) -> Depends | None:
        """On what does this trigger depend: a condition in its own stretch of the sentence, or one that opens it?"""
        for depends in self.depends:
            if trigger.first < depends.first <= self.end(trigger) + 2:
                return depends
            if depends.first <= 2 and depends.last < trigger.first and self._first_clause(trigger, depends):
                return depends
        return None

    def _first_clause(self, trigger: Trigger, depends: Depends) -> bool:
        stops = [w.i for w in self.line.words if w.low == ";" and depends.last < w.i < trigger.first]
        return not stops


def self_directed(line: Line, trigger: Trigger) -> bool:
    """Is this "wants to", "pushes to", with the doing left to the subject?"""
    return trigger.part == "verb" and trigger.frame.does == "ask" and line.tag(trigger.last + 1) == "TO"


def _coordinate(line: Line, outer: Trigger, inner: Trigger) -> bool:
    """'... to confine X and keep out Y': two verbs of one form joined by "and"."""
    if outer.verb is None or inner.verb is None:
        return False
    joined = line.tag(inner.verb.first - 1) == "CC" and inner.verb.first == inner.verb.main
    return joined and line.tag(outer.verb.main) == line.tag(inner.verb.main)


def build_scene(line: Line, memory: Memory, frames: Frames) -> Scene:
    """What is to be known about this sentence before the rules run?"""
    triggers = find_triggers(line, frames)
    return Scene(
        line=line,
        memory=memory,
        frames=frames,
        triggers=triggers,
        ends=tuple(reach(line, t) for t in triggers),
        speech=speeches(line, triggers, memory),
        depends=conditions(line),
        known={t.first: k for k, t in enumerate(triggers)},
    )


def actors_of(scene: Scene, trigger: Trigger) -> tuple[Found, ...]:
    """Who does it: subject, agent of a passive, owner of a noun, or subject of a predicate?"""
    if trigger.part == "verb":
        return _doers(scene, trigger)
    if trigger.part == "noun":
        return owners_of(scene, trigger)
    link = linking_verb(scene.line, trigger.first)
    if link is None:
        return _postmodified(scene, trigger)
    return scene.people(subject_of(scene.line, link), trigger.first)


def _postmodified(scene: Scene, trigger: Trigger) -> tuple[Found, ...]:
    group = scene.line.group_at(trigger.first - 1)
    return () if group is None else scene.people((group,), trigger.first)


def _doers(scene: Scene, trigger: Trigger) -> tuple[Found, ...]:
    line, verb = scene.line, trigger.verb
    if verb is None:
        return ()
    if verb.passive or (line.tag(verb.main) == "VBN" and not verb.finite and verb.first == verb.main):
        return agents(scene, trigger)
    return scene.people(subject_of(line, trigger.first), trigger.first)


_ACCIDENTS = bag("crash earthquake quake flood floods storm cyclone hurricane drought fire accident disease virus")


def agents(scene: Scene, trigger: Trigger) -> tuple[Found, ...]:
    """Who stands after "by"?"""
    line = scene.line
    for i in range(trigger.last + 1, min(scene.end(trigger) + 1, len(line.words))):
        group = line.group_at(i + 1)
        if (
            line.low(i) == "by"
            and group is not None
            and group.first == i + 1
            and line.low(group.head) not in _ACCIDENTS
        ):
            return tuple(f for f in scene.people(list_right(line, group), i) if f.party)
    return ()


def owners_of(scene: Scene, trigger: Trigger) -> tuple[Found, ...]:
    """Whose is the event named by a noun: possessor, adjective of nationality, "by X", or subject of a light verb?"""
    line = scene.line
    group = line.group_at(trigger.first)
    if group is None:
        return ()
    names = [n for n in line.names_in(group.first, trigger.first - 1) if not n.is_place]
    if names:
        return (Found(group, names[0].party, names[0], names[0].how),)
    if line.tag(group.first) == "PRP$":
        own = [f for f in scene.people((group,), trigger.first) if f.party]
        if own:
            return tuple(own)
    by = agents(scene, trigger) or _moved(scene, trigger)
    return by or _light_subject(scene, group, trigger)


def _moved(scene: Scene, trigger: Trigger) -> tuple[Found, ...]:
    """Whose troops they are tells who deploys them ("the deployment of X troops")."""
    line, after = scene.line, scene.line.group_at(trigger.last + 2)
    if trigger.frame.id not in ("mobilise", "retreat") or line.low(trigger.last + 1) != "of" or after is None:
        return ()
    return tuple(f for f in scene.people((after,), trigger.first) if f.party)


def _light_subject(scene: Scene, group: Group, trigger: Trigger) -> tuple[Found, ...]:
    light = next((t for t in scene.outer(trigger) if t.part == "verb"), None)
    if light is None or light.frame.does not in ("light", "impose", "plan", "say") or group.first - light.last > 2:
        return ()
    return tuple(f for f in _doers(scene, light) if f.party)


def passive_subject(scene: Scene, trigger: Trigger) -> tuple[Group, ...]:
    """Which groups does a passive verb act on?"""
    line, verb = scene.line, trigger.verb
    if verb is None:
        return ()
    if verb.passive:
        return subject_of(line, trigger.first)
    if line.tag(verb.main) == "VBN" and verb.first == verb.main and not verb.finite:
        if verb.main == 0:  # "Rebuked by X, Y ...": said of the subject of the sentence
            after = next((k for k in range(1, len(line.words)) if line.tag(k) in ("VBZ", "VBP", "VBD", "MD")), None)
            return () if after is None else subject_of(line, after)
        before = line.group_at(verb.main - 1)
        if before is None and line.tag(verb.main - 1) == ",":
            before = line.group_at(verb.main - 2)
        return () if before is None else (before,)
    return ()
