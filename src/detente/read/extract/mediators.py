"""Who stands between the sides: mediators and hosts, by what they are called and by what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from detente.read.extract.people import Found, group_names
from detente.read.extract.scene import Draft, Scene
from detente.read.extract.verbs import linking_verb, list_left, list_right, subject_of, verb_at
from detente.read.extract.words import TALK_WORDS, Group, Line, bag

_BETWEEN = bag("mediator mediators broker intermediary intermediaries facilitator facilitators middleman conduit")
_HOSTS = bag("host hosts")
_MADE = bag("mediated brokered facilitated moderated")
_CONVENED = bag("chaired convened sponsored led arranged organised organized")
_SETTLED = TALK_WORDS | bag("truce ceasefire cease-fire swap exchange release understanding settlement peace plan")
_AUSPICES = bag("auspices aegis mediation facilitation")
_HELP = _AUSPICES | bag("help assistance offices")
_CARRIED = bag("pass carry relay convey ferry transmit deliver send dispatch bring take exchange")
_ERRANDS = bag(
    "message messages letter letters note notes proposal proposals envoy envoys idea ideas draft drafts reply replies "
    "response responses delegation delegations"
)


def mediators_named(scene: Scene) -> Iterator[tuple[str, Found]]:
    """Who is called mediator or host, or does what one does?

    "The mediators, X and Y", "X, acting as a go-between", "X-brokered", "chaired by X", "with the help of X", "talks
    through X", "X carried messages between A and B".
    """
    if not scene.line.names:
        return
    lows = {word.low for word in scene.line.words}
    for cues, rule in _RULES:
        if not cues.isdisjoint(lows):
            yield from rule(scene)


def _known(scene: Scene, groups: Iterable[Group], i: int) -> Iterator[Found]:
    yield from (f for f in scene.people(groups, i) if f.party)


def _third(scene: Scene, groups: Iterable[Group], i: int) -> Iterator[Found]:
    """Those of the groups who are no side of the main talks."""
    yield from (f for f in _known(scene, groups, i) if f.party not in scene.memory.sides)


def _called(scene: Scene) -> Iterator[tuple[str, Found]]:
    line = scene.line
    for word in line.words:
        pair = line.low(word.i + 1) in _DASHES and line.low(word.i) == "go" and line.low(word.i + 2) == "between"
        role = "mediator" if word.low in _BETWEEN or pair else "host" if word.low in _HOSTS else ""
        group = line.group_at(word.i) if role else None
        if group is not None and group.head == word.i and not scene.conditional(word.i):
            yield from ((role, found) for found in _known(scene, _beside(line, group), word.i))


_DASHES = {"-", "\u2013"}


def _beside(line: Line, group: Group) -> tuple[Group, ...]:
    """Who is it: named in the group, its subject ("X is host to", "X acted as"), or in apposition to it?"""
    before, after = line.group_at(group.first - 2), line.group_at(group.last + 2)
    if group_names(line, group):
        return (group,)
    link = linking_verb(line, group.first)
    if link is not None:
        return subject_of(line, link)
    if line.low(group.first - 1) == "as" and line.tag(group.first - 2).startswith("V"):
        acting = group.first - 2
        aside = line.group_at(acting - 2) if line.tag(acting) == "VBG" and line.tag(acting - 1) == "," else None
        return list_left(line, aside) if aside is not None else subject_of(line, verb_at(line, acting).main)
    if line.tag(group.first - 1) == "," and before is not None:
        return list_left(line, before)
    if line.tag(group.last + 1) in (",", ":") and after is not None:
        return list_right(line, after)
    return ()


def _made_by(scene: Scene) -> Iterator[tuple[str, Found]]:
    """Talks or a deal "mediated by X and Y", "chaired by X", "hosted by X"."""
    line = scene.line
    for word in line.words:
        led = word.low in _CONVENED and line.low(word.i - 1) in _SETTLED
        role = "mediator" if word.low in _MADE or led else "host" if word.low == "hosted" else ""
        group = line.group_at(word.i + 2) if role and line.low(word.i + 1) == "by" else None
        if group is not None:
            yield from ((role, found) for found in _known(scene, list_right(line, group), word.i))


def _hyphened(scene: Scene) -> Iterator[tuple[str, Found]]:
    """A deal that is "X-brokered", talks that are "X-led" or "X-hosted"."""
    line = scene.line
    for name in line.names:
        made = line.low(name.last + 2) if line.low(name.last + 1) in _DASHES else ""
        whole = line.group_at(name.last + 2) or line.group_at(name.first)
        led = made in _CONVENED and whole is not None and line.low(whole.head) in _SETTLED
        role = "mediator" if made in _MADE or led else "host" if made == "hosted" else ""
        if role:
            group = line.group_at(name.first) or Group(name.first, name.last, name.last)
            yield role, Found(group, name.party, name, name.how)


def _helped(scene: Scene) -> Iterator[tuple[str, Found]]:
    """Where the sentence tells of talks or a deal: "with the help of X", "under the auspices of X"."""
    line = scene.line
    if not _SETTLED & {w.low for w in line.words} and not any(t.frame.does == "meet" for t in scene.triggers):
        return
    for group in line.groups:
        if line.low(group.head) not in _HELP or line.tag(group.first - 1) != "IN" or scene.conditional(group.head):
            continue
        asked = _known if line.low(group.head) in _AUSPICES else _third
        if group_names(line, group):
            yield from (("mediator", found) for found in asked(scene, (group,), group.head))
            continue
        after = line.group_at(group.last + 2) if line.low(group.last + 1) in ("of", "from", "by") else None
        if after is not None:
            chain = list_right(line, after, whole=True)
            yield from (("mediator", found) for found in asked(scene, chain, group.head))


_CHANNELS = bag("talks negotiations negotiation contacts contact messages message dialogue discussions indirectly")
_DONE_THROUGH = bag("negotiate negotiated communicate communicated talk talking speak conveyed relayed passed held")


def _through(scene: Scene) -> Iterator[tuple[str, Found]]:
    """Talks "through X", messages "via X": a party that is no side of them, not a road."""
    line = scene.line
    for name in line.names:
        group = line.group_at(name.first)
        first = group.first if group is not None else name.first
        if line.low(first - 1) in ("through", "via") and name.how != "place" and _channel(line, first - 2):
            here = group or Group(name.first, name.last, name.last)
            if name.party not in scene.memory.sides and not scene.conditional(first):
                yield "mediator", Found(here, name.party, name, name.how)


def _channel(line: Line, i: int) -> bool:
    """Do talks or messages stand here, or before the names of those between whom they are?"""
    named = {k for n in line.names for k in range(n.first, n.last + 1)}
    while i in named or line.low(i) in ("and", "between", "with", "the"):
        i -= 1
    return line.low(i) in _CHANNELS | _DONE_THROUGH


def _carried(scene: Scene) -> Iterator[tuple[str, Found]]:
    """Who carries messages or sends envoys "between" others, or "from X to Y"?"""
    line = scene.line
    for word in line.words:
        verb = verb_at(line, word.i) if word.tag.startswith("V") and _stem(word.low) in _CARRIED else None
        thing = line.group_at(word.i + 1)
        if verb is None or verb.negated or verb.passive or verb.modal or verb.infinitive or thing is None:
            continue
        errand = _ERRANDS & set(line.lows(thing.first, thing.last).split())
        if errand and _between(line, thing) and not scene.conditional(word.i):
            yield from (("mediator", found) for found in _third(scene, subject_of(line, word.i), word.i))


def _stem(low: str) -> str:
    """The plain form of a carrying verb."""
    irregular = {"sent": "send", "brought": "bring", "took": "take", "taken": "take", "taking": "take"}
    if low in irregular:
        return irregular[low]
    ends = (("ied", "y"), ("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ed", "e"), ("ing", "e"))
    forms = [low, *(low[: -len(end)] + put for end, put in ends if low.endswith(end))]
    return next((form for form in forms if form in _CARRIED), low)


def _between(line: Line, thing: Group) -> bool:
    """Does what is carried go between two, or from one to another?"""
    near = line.words[thing.last + 1 : thing.last + 8]
    lows = [w.low for w in near]
    if "between" in lows:
        after = line.group_at(near[lows.index("between")].i + 1)
        return after is not None
    return "from" in lows and "to" in lows[lows.index("from") :]


_AT_ODDS = {"REQUEST", "REJECT", "ACCUSE", "THREATEN", "ASSAULT", "COERCE", "SANCTION", "MOBILIZE"}


def at_odds(drafts: Iterable[Draft], sides: tuple[str, ...]) -> bool:
    """Are the two sides said to be at odds with one another, and not only named together?"""
    two = set(sides)
    told = (d for d in drafts if d.act in _AT_ODDS)
    pairs = ({a.party, r.party} for d in told for a in d.actors for r in d.recipients)
    return len(two) == 2 and any(pair == two for pair in pairs)


def met_both(scene: Scene) -> Iterator[tuple[str, Found]]:
    """Which third party did both sides of the main talks, named together, meet or end talks with?"""
    line, sides = scene.line, set(scene.memory.sides)
    for trigger in scene.triggers if len(sides) == 2 else ():
        if trigger.part != "verb" or trigger.verb is None or not trigger.verb.finite or trigger.verb.negated:
            continue
        thing = line.group_at(trigger.last + 1)
        to = thing
        if thing is not None and line.low(thing.head) in TALK_WORDS and trigger.frame.does in ("light", "plan"):
            to = line.group_at(thing.last + 2) if line.low(thing.last + 1) == "with" else None
        elif trigger.frame.does != "meet":
            continue
        those = {f.party for f in _known(scene, subject_of(line, trigger.first), trigger.first)}
        if to is not None and those == sides:
            yield from (("mediator", found) for found in _third(scene, (to,), trigger.first))


# Each rule is run only where one of its words stands.
_RULES: tuple[tuple[frozenset[str], Callable[[Scene], Iterator[tuple[str, Found]]]], ...] = (
    (_BETWEEN | _HOSTS | {"between"}, _called),
    (_MADE | _CONVENED | {"hosted"}, _made_by),
    (_MADE | _CONVENED | {"hosted"}, _hyphened),
    (_HELP, _helped),
    (bag("through via"), _through),
    (_ERRANDS, _carried),
)
