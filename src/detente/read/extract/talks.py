"""Who talks with whom, where, through whom: tables, meetings, visits, hosts, mediators and venues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from detente.read.extract.answers import turned_down
from detente.read.extract.people import Found
from detente.read.extract.recipients import recipients_of
from detente.read.extract.rules import draft
from detente.read.extract.scene import Draft, Scene, actors_of, owners_of
from detente.read.extract.triggers import Trigger
from detente.read.extract.verbs import is_time_word, list_right, subject_of
from detente.read.extract.words import TALK_WORDS, Group, Line, bag

_DEALS = bag("deal agreement framework arrangement accord pact treaty")


def table_of(scene: Scene, group: Group) -> tuple[Found, ...]:
    """Between whom are the talks (or the deal) that this noun group names?"""
    line = scene.line
    if line.low(group.head) not in TALK_WORDS:
        return ()
    inside = [Found(group, n.party, n, n.how) for n in line.names_in(group.first, group.last) if not n.is_place]
    found = {f.party: f for f in inside}
    i = group.last + 1
    while i < len(line.words) and line.low(i) in ("between", "with", "among", "of", "by", "over", "on"):
        after = line.group_at(i + 1)
        if after is None:
            break
        chain = list_right(line, after, whole=line.low(i) == "between")
        if line.low(i) in ("between", "with", "among") or (line.low(i) == "of" and len(scene.people(chain, i)) > 1):
            found.update({f.party: f for f in scene.people(chain, i) if f.party})
        i = chain[-1].last + 1
    return tuple(found.values())


def talks(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Talks, meetings, visits told as nouns, where two sides are named or follow from the table."""
    line = scene.line
    group = line.group_at(trigger.first)
    if group is None or scene.conditional(trigger.first):
        return
    sides = tuple(f for f in table_of(scene, group) if f.party)
    owner = tuple(f for f in owners_of(scene, trigger) if f.party)
    both = {f.party: f for f in (*owner, *sides)}
    if len(both) < 2:
        yield from _bare(scene, trigger, group)
        return
    outer = scene.embedded(trigger)
    if outer is not None or line.low(group.first) in ("no", "any") or line.low(group.head) in _DEALS:
        return
    made = draft(scene, trigger, act="CONSULT", rule="talks", actors=tuple(both.values()))
    future = _future(scene, trigger) or made.modality == "future" or _resumes(scene, trigger)
    words = line.lows(group.first, group.last).split()
    direct = False if "indirect" in words else True if {"direct", "face"} & set(words) else None
    yield replace(
        made,
        recipients=(),
        kind="action",
        negated=False,
        modality="future" if future else "actual",
        direct=direct,
        venue=venue_near(line, trigger),
        table=tuple(f.party for f in both.values() if f.party),
        table_words=(group.first, group.last),
        clause=(group.first, _end(scene, trigger)),
        condition=None,
    )


def _bare(scene: Scene, trigger: Trigger, group: Group) -> Iterator[Draft]:
    """Talks whose sides are not named here: those of the document's main table, where it has one."""
    line = scene.line
    words = line.lows(group.first, group.last).split()
    planned = bool({"set", "scheduled", "planned", "due"} & {line.low(trigger.last + k) for k in (1, 2, 3)})
    told = planned or {"indirect", "direct", "first", "second", "third", "initial", "new", "latest", "last"} & set(
        words
    )
    made_by = line.low(trigger.last + 1) in ("held", "mediated", "brokered", "hosted", "in")
    where = venue_near(line, trigger)
    if not (told or made_by or where) or scene.embedded(trigger) is not None:
        return
    made = draft(scene, trigger, act="CONSULT", rule="bare-talks", actors=())
    if _called_off(scene, trigger):
        return
    if made.negated or made.modality not in ("actual", "future") or line.low(group.first) in ("no", "any", "another"):
        return
    made = replace(made, modality="future") if planned or _resumes(scene, trigger) else made
    yield replace(made, kind="action", table=scene.memory.sides, table_words=(group.first, group.last),
                  recipients=(), venue=where, condition=None)  # fmt: skip


def _called_off(scene: Scene, trigger: Trigger) -> bool:
    """Are the talks said not to take place?"""
    near = scene.line.lows(trigger.last + 1, trigger.last + 10).split()
    return bool({"cancelled", "canceled", "postponed", "off", "scrapped"} & set(near))


def _resumes(scene: Scene, trigger: Trigger) -> bool:
    """Is it said of the talks that they are yet to come ("talks, mediated by X, are expected to resume")?"""
    near = scene.line.lows(trigger.last + 1, trigger.last + 14).split()
    ahead = {"expected", "resume", "scheduled", "continue", "will", "planned", "due"} & set(near)
    return bool(ahead) and not {"resumed", "ended"} & set(near)


def plans(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Plans for more talks, told of by a side: agreement to go on."""
    line = scene.line
    after = line.group_at(trigger.last + 2)
    if line.low(trigger.last + 1) not in ("for", "to", "on") or after is None or line.low(after.head) not in TALK_WORDS:
        return
    outer = next((t for t in scene.outer(trigger) if t.part == "verb" and trigger.first - t.last < 4), None)
    actors = tuple(f for f in owners_of(scene, trigger) if f.party)
    if outer is not None and not actors:
        actors = tuple(f for f in actors_of(scene, outer) if f.party)
    if actors and scene.embedded(trigger) is None:
        made = draft(scene, trigger, act="AGREE", rule="plans", actors=actors)
        yield replace(made, modality="future", recipients=(), clause=(made.clause[0], after.last), condition=None)


def _future(scene: Scene, trigger: Trigger) -> bool:
    return any(
        t.frame.does in ("plan", "expect") and t.verb is not None and not t.verb.finite for t in scene.outer(trigger)
    )


def _end(scene: Scene, trigger: Trigger) -> int:
    group = scene.line.group_at(scene.end(trigger))
    return group.last if group is not None else scene.end(trigger)


def meet(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Meetings told as verbs: all who take part are actors."""
    actors = tuple(f for f in actors_of(scene, trigger) if f.party) or _both(scene, trigger)
    made = draft(scene, trigger, act="CONSULT", rule="meet", actors=actors)
    others = made.recipients
    if actors and made.negated:
        yield from turned_down(scene, trigger, made)
    if not actors or made.negated or made.modality in ("hypothetical", "possible"):
        return
    if len({f.party for f in (*actors, *others)}) < 2:
        return
    yield replace(made, actors=(*actors, *others), recipients=(), kind="action", condition=None,
                  venue=venue_near(scene.line, trigger))  # fmt: skip


_OFFICES = bag("ministers leaders presidents negotiators envoys premiers delegations teams diplomats counterparts")


def _both(scene: Scene, trigger: Trigger) -> tuple[Found, ...]:
    """Who are "the foreign ministers" that meet? Those of the two sides."""
    line, sides = scene.line, scene.memory.sides
    groups = subject_of(line, trigger.first)
    if len(groups) != 1 or len(sides) != 2 or line.low(groups[0].head) not in _OFFICES:
        return ()
    bare = line.low(groups[0].first) in ("the", "both", "their") and not line.names_in(groups[0].first, groups[0].last)
    return tuple(Found(groups[0], party, None, "list") for party in sides) if bare else ()


def visit(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Visits: the visitor acts, the host country receives."""
    line = scene.line
    actors = tuple(f for f in actors_of(scene, trigger) if f.party)
    made = draft(scene, trigger, act="CONSULT", rule="visit", actors=actors)
    if not actors or made.negated or made.modality in ("hypothetical", "possible"):
        return
    mine = {f.party for f in actors}
    for i in range(trigger.last, min(scene.end(trigger) + 1, len(line.words) - 1)):
        group = line.group_at(i + 1)
        if group is None or group.first != i + 1 or not (line.low(i) in ("to", "in", "for") or i == trigger.last):
            continue
        names = [n for n in line.names_in(group.first, group.last) if n.party not in mine]
        if names:
            host = Found(group, names[0].party, names[0], names[0].how)
            future = "future" if trigger.frame.does == "due" else made.modality
            yield replace(made, recipients=(host,), kind="action", modality=future, condition=None, mode="visit",
                          venue=group if names[0].is_place else venue_near(line, trigger))  # fmt: skip
            return


def host(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Hosting: the host is named as such; guests meet."""
    actors = tuple(f for f in actors_of(scene, trigger) if f.party)
    made = draft(scene, trigger, act="CONSULT", rule="host", actors=actors)
    if not actors or made.negated:
        return
    guests = made.recipients
    yield replace(made, kind="action", hosts=actors, venue=venue_near(scene.line, trigger), condition=None,
                  recipients=guests, modality=made.modality)  # fmt: skip


def mediate(scene: Scene, trigger: Trigger) -> Iterator[Draft]:
    """Mediation, said in so many words."""
    line = scene.line
    actors = tuple(f for f in actors_of(scene, trigger) if f.party)
    if trigger.part == "verb" and line.low(trigger.first - 1) in ("-", "\u2013"):
        names = [n for n in line.names if n.last == trigger.first - 2]
        group = line.group_at(trigger.first)
        actors = tuple(Found(group or Group(n.first, n.last, n.last), n.party, n, n.how) for n in names)
    after = line.group_at(trigger.last + 2)
    if not actors and trigger.part == "noun" and line.low(trigger.last + 1) in ("of", "by") and after is not None:
        actors = tuple(f for f in scene.people(list_right(line, after), trigger.first) if f.party)
    if not actors:
        return
    made = draft(scene, trigger, act="CONSULT", rule="mediate", actors=actors)
    between = recipients_of(scene, trigger, actors)
    if not made.negated:
        yield replace(made, kind="action", mediators=actors, recipients=between, modality="actual", condition=None)


def venue_near(line: Line, trigger: Trigger) -> Group | None:
    """Where: the first place behind "in" or "at" after the trigger, before the next clause?"""
    for i in range(trigger.last, min(trigger.last + 16, len(line.words) - 1)):
        if line.low(i) in (";",) or (line.tag(i) in ("VBD", "VBZ", "MD") and i - trigger.last > 8):
            return None
        group = line.group_at(i + 1)
        if line.low(i) in ("in", "at") and group is not None and group.first == i + 1:
            place = _without_time(line, group)
            if is_place(line, place):
                return place
    return None


_WHICH = {"next", "last", "this", "later", "early"}


def _without_time(line: Line, group: Group) -> Group:
    """A town, without the time that the tags drew into the same group ("Geneva next month")."""
    last = next((i - 1 for i in range(group.first + 1, group.last + 1) if line.low(i) in _WHICH), group.last)
    while last > group.first and is_time_word(line.low(last)):
        last -= 1
    named = next((n.last for n in line.names_in(group.first, last) if n.is_place), last)
    if line.words[last].text.islower() and line.low(last) not in _REGIONS:  # "talks in X end": no town is called so
        last = named
    return group if last == group.last else Group(group.first, last, last)


def is_place(line: Line, group: Group) -> bool:
    """Could this group name a town or country?"""
    names = line.names_in(group.first, group.last)
    if any(n.is_place for n in names):
        return True
    return line.tag(group.head) in ("NNP",) and not line.low(group.head).endswith("day") and _plausible(line, group)


_REGIONS = bag("hague city capital province region district valley peninsula island islands gulf vatican")
_NOT_PLACES = bag("january february march april may june july august september october november december x")


def _plausible(line: Line, group: Group) -> bool:
    head = line.words[group.head]
    body = line.tag(group.first) == "DT" and head.low not in _REGIONS  # "in the X Committee" is no place
    return head.low not in _NOT_PLACES and head.text[:1].isupper() and not body


def main_table(pairs: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Which sides are named most often as those who talk with one another?"""
    counted = Counter(tuple(sorted(set(pair))) for pair in pairs if len(set(pair)) > 1)
    return max(counted, key=lambda pair: (counted[pair], -len(pair))) if counted else ()
