"""Which stances stand in predicates and modal verbs: red lines, what must be, what will not be, what is negotiable?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.read.extract.answers import turned_down
from detente.read.extract.people import Found
from detente.read.extract.recipients import recipients_of
from detente.read.extract.rules import draft, known
from detente.read.extract.scene import Draft, Scene, Stance, agents
from detente.read.extract.stances import proposed, sharpest, stances_on
from detente.read.extract.triggers import Trigger
from detente.read.extract.verbs import linking_verb, subject_of, verb_at
from detente.read.extract.words import NOUNS, Group, Hit, Line, bag
from detente.read.frames import Entry, Frame
from detente.read.items import Move, StanceKind

_SILENT = {
    "comment",
    "say",
    "be",
    "name",
    "know",
    "give",
    "elaborate",
    "confirm",
    "disclose",
    "specify",
    "identify",
    "have",
}
_VOLITION = {"will", "would", "wo", "'ll", "cannot", "can", "ca", "could", "shall"}


def redline(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Red lines: "X is a red line for Y", "X is off the table", "X cannot be accepted"."""
    negative = _denied(scene, trigger)
    if trigger.frame.does == "redline" and negative:
        return
    moves: Move = "refuse" if trigger.frame.does == "redline" or negative else "open"
    if trigger.frame.does == "want-pred":
        moves = "demand"
    yield from _predicate(scene, trigger, moves)


def _predicate(scene: Scene, trigger: Trigger, move: Move) -> Iterator[Draft]:
    about = predicate_subject(scene, trigger)
    hits = sharpest(tuple(h for h in scene.line.hits if any(g.first <= h.first and h.last <= g.last for g in about)))
    if not hits:
        hits = sharpest(_before(scene, trigger))
    holders = holder(scene, trigger)
    if not hits and trigger.frame.does == "redline":
        yield from _unnamed(scene, trigger, about, holders)
    if not hits or not known(holders) or all(h.kind == "process" for h in hits):
        return
    made = draft(scene, trigger, act="REQUEST" if move == "demand" else "REJECT", rule="predicate", actors=holders)
    kind: StanceKind = "against" if move == "refuse" else "for" if move == "demand" else "open"
    issues = tuple(Stance(hit, kind, move, 3 if move != "open" else 1, "inclusion") for hit in hits)
    act = "AGREE" if move == "open" else made.act
    first = min([made.clause[0], *(h.first for h in hits)])
    end = max(made.clause[1], trigger.last)
    yield replace(made, act=act, kind="position", negated=False, issues=issues, red_line=move == "refuse",
                  clause=(first, end))  # fmt: skip


def _unnamed(scene: Scene, trigger: Trigger, about: tuple[Group, ...], holders: tuple[Found, ...]) -> Iterator[Draft]:
    """A red line through what no lexicon holds: a new issue by its words, or none where they could be anything."""
    about = tuple(g for g in about if scene.line.tag(g.head) in NOUNS)
    if not known(holders) or not about:
        return
    hit = proposed(scene, about[-1])
    made = draft(scene, trigger, act="REJECT", rule="predicate", actors=holders)
    issues = (Stance(hit, "against", "refuse", 2, "inclusion"),) if hit is not None else ()
    mine = {f.party for f in holders}
    owners = tuple(f for f in scene.people(about, trigger.first) if f.party and f.party not in mine)
    yield replace(made, kind="position", negated=False, issues=issues, red_line=bool(issues), recipients=owners,
                  clause=(min(made.clause[0], about[0].first), max(made.clause[1], trigger.last)))  # fmt: skip


def _denied(scene: Scene, trigger: Trigger) -> bool:
    link = linking_verb(scene.line, trigger.first)
    last = trigger.first - (scene.line.low(trigger.first) in ("not", "never", "non"))
    words = scene.line.lows(max((link or trigger.first) - 3, 0), last).split()
    return bool({"not", "never", "n't", "no", "cannot", "longer"} & set(words))


def predicate_subject(scene: Scene, trigger: Trigger) -> tuple[Group, ...]:
    """Of what is it said: the subject of "is", or the object of "called X a red line"?"""
    link = linking_verb(scene.line, trigger.first)
    if link is not None:
        return subject_of(scene.line, link)
    near = [g for g in scene.line.groups if trigger.first - 6 <= g.first < trigger.first]
    return tuple(g if g.last < trigger.first else _cut(scene.line, g, trigger.first - 1) for g in near)


def _cut(line: Line, group: Group, last: int) -> Group:
    """The group without the predicate, which the tags may have drawn into it ("X's plan unacceptable")."""
    nouns = [i for i in range(group.first, last + 1) if line.tag(i) in NOUNS]
    return Group(group.first, last, nouns[-1] if nouns else last)


def _before(scene: Scene, trigger: Trigger) -> tuple[Hit, ...]:
    """The issues named before a predicate in its own clause ("..., a red line for Y")."""
    line = scene.line
    start = max([0, *(w.i + 1 for w in line.words[: trigger.first] if w.low in (";", "while", "but"))])
    return tuple(h for h in line.hits if start <= h.first < trigger.first and trigger.first - h.last < 12)


def holder(scene: Scene, trigger: Trigger) -> tuple[Found, ...]:
    """Whose line is it: "for X", the one who is reported, or the subject of "regards it as"?"""
    line = scene.line
    for i in range(trigger.last + 1, min(trigger.last + 4, len(line.words))):
        group = line.group_at(i + 1)
        if line.low(i) in ("for", "to") and group is not None:
            found = tuple(f for f in scene.people((group,), i) if f.party)
            if found:
                return found
    outer = next(
        (t for t in scene.outer(trigger) if t.part == "verb" and t.frame.does in ("say", "believe", "call", "ask")),
        None,
    )
    if outer is not None and outer.frame.does != "say":
        return tuple(f for f in scene.people(subject_of(line, outer.first), outer.first) if f.party)
    return speakers(scene, trigger.first)


def speakers(scene: Scene, i: int) -> tuple[Found, ...]:
    """Who is reported at word i: the innermost known source, or the speaker that the sentence before left us with?"""
    for said in reversed(scene.said(i)):
        found = tuple(f for f in said.speakers if f.party)
        if found:
            return found
    if scene.memory.speaker is None or scene.said(i):
        return ()
    start = scene.line.group_at(0) or Group(0, 0, 0)
    return (Found(start, scene.memory.speaker, None, "speaker-before"),)


def obligation(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """What must or should be, in the mouth of a party: a demand, on whoever must do it."""
    line = scene.line
    believers = [s for s in scene.said(trigger.first) if known(s.speakers)]
    holders = tuple(f for f in believers[-1].speakers if f.party) if believers else ()
    holders = holders or speakers(scene, trigger.first)
    if not known(holders) or scene.embedded(trigger) is not None or scene.conditional(trigger.first):
        return
    main = next((k for k in range(trigger.last + 1, len(line.words)) if line.tag(k) in ("VB", "VBN")), None)
    if main is None or line.low(trigger.first - 1) in ("if", ",") or (trigger.verb is not None and trigger.verb.modal):
        return
    groups = subject_of(line, main)
    mine = {f.party for f in holders}
    bound = tuple(f for f in scene.people(groups, trigger.first) if f.party)
    if bound and {f.party for f in bound} <= mine:
        return
    made = draft(scene, trigger, act="REQUEST", rule="obligation", actors=holders)
    issues = stances_on(scene, trigger, "demand", strength=3 if line.low(trigger.first) == "must" else 2)
    about = tuple(Stance(h, "for", "demand", 2) for h in line.hits if any(g.first <= h.first <= g.last for g in groups))
    first = min([trigger.first, *(g.first for g in groups)])
    if not (issues or about or bound):
        return
    others = tuple(f for f in bound if f.party not in mine)
    yield replace(made, kind="position", issues=issues or about, negated=False, modality="actual",
                  recipients=others, clause=(first, made.clause[1]))  # fmt: skip


def will_not(scene: Scene) -> Iterator[Draft]:
    """What a party will not, would not or never will do, whatever the verb: refused."""
    line = scene.line
    seen = {t.first for t in scene.triggers if t.part == "verb" and (t.frame.move or t.frame.act)}
    for word in line.words:
        if word.tag not in ("VB", "VBN") or word.i in seen or word.low in _SILENT:
            continue
        verb = verb_at(line, word.i)
        if verb.negated and verb.modal in _VOLITION and not scene.conditional(word.i):
            yield from _unwilling(scene, word.i)


def _unwilling(scene: Scene, i: int) -> Iterator[Draft]:
    line = scene.line
    verb = verb_at(line, i)
    bare = Trigger(i, i, Frame("will-not", act="REJECT", move="refuse", strength=3, does="refuse", to=("with", "to")),
                   Entry(Frame("will-not"), line.low(i), "verb", "base"), verb)  # fmt: skip
    wide = replace(scene, triggers=(*scene.triggers, bare), ends=(*scene.ends, _end(scene, bare)),
                   known={**scene.known, i: len(scene.triggers)})  # fmt: skip
    groups = subject_of(line, i)
    actors = agents(wide, bare) if verb.passive else tuple(f for f in scene.people(groups, i) if f.party)
    passive = verb.passive
    if not passive and verb.modal in ("cannot", "can", "could", "ca"):
        return
    if passive:
        actors = actors or speakers(scene, i)
    if not known(actors):
        return
    made = draft(wide, bare, act="REJECT", rule="will-not", actors=actors)
    for final in turned_down(wide, bare, made):
        about = tuple(h for h in line.hits if passive and any(g.first <= h.first <= g.last for g in groups))
        extra = tuple(Stance(h, "against", "refuse", 3, "inclusion") for h in about) or _staying_away(line, i)
        if final.issues or extra or scene.said(i) or made.condition is not None:
            yield replace(final, issues=final.issues or extra, recipients=recipients_of(wide, bare, actors))


_ATTEND = bag("go attend participate join come meet talk return negotiate sit")


def _staying_away(line: Line, i: int) -> tuple[Stance, ...]:
    """Who will not go refuses the meeting."""
    if line.low(i) not in _ATTEND:
        return ()
    return (Stance(Hit(i, i, "venue-format", kind="process"), "against", "refuse", 3, "inclusion"),)


def _end(scene: Scene, bare: Trigger) -> int:
    from_scopes = [s for s in (scene.line.words[bare.first :])]
    stop = next(
        (w.i for w in from_scopes if w.low in (";", "until", "unless", "if", "while", "but")), len(scene.line.words)
    )
    return max(bare.last, stop - 1)
