"""Which stance on which issue does a trigger imply?"""

from __future__ import annotations

from detente.read.extract.scene import Scene, Stance, passive_subject
from detente.read.extract.triggers import Trigger
from detente.read.extract.words import TALK_WORDS, Group, Hit, bag
from detente.read.items import Move, StanceKind

_STANCE: dict[str, StanceKind] = {
    "demand": "for", "offer": "for", "accept": "for", "refuse": "against", "open": "open", "condition": "conditional",
}  # fmt: skip
_ONLY = bag("only strictly solely exclusively purely just")
_INCLUDES = bag(
    "include includes included including cover covers address addresses encompass expand widen broaden discuss "
    "discusses "
    "negotiate agenda table talks talk negotiation negotiations dialogue discussions incorporate up"
)
SCOPE = "agenda-scope"
_TIMING = bag("until before by deadline postpone delay soon timetable when once")
_EMPTY = bag(
    "deal agreement framework arrangement accord proposal idea plan demand offer talks issue matter text pact it that "
    "ban pledge promise call request move concession claim initiative suggestion overture step draft text terms veto "
    "this them there role right place way step steps limits restrictions end part use"
)


def stances_on(scene: Scene, trigger: Trigger, move: Move, *, strength: int) -> tuple[Stance, ...]:
    """Which issues does the trigger govern, and what does it say on each?"""
    hits = governed(scene, trigger)
    last = scene.end(trigger)
    only = {scene.line.low(i) for i in range(trigger.last + 1, last + 1)} & _ONLY
    kind = _STANCE[move]
    if only and move == "demand" and _narrows(scene, trigger, last):
        kind = "only-this"
    if only and move == "open":
        kind = "only-this"
    on = _on(scene, trigger, last)
    return tuple(Stance(hit, kind, move, strength, trigger.frame.on or on) for hit in hits)


def _narrows(scene: Scene, trigger: Trigger, last: int) -> bool:
    inner = [t for t in scene.triggers if trigger.last < t.first <= last]
    return any(t.frame.does in ("focus", "only") for t in inner) or trigger.frame.does == "only"


def _on(scene: Scene, trigger: Trigger, last: int) -> str:
    words = {scene.line.low(i) for i in range(trigger.first, last + 1)}
    if words & _INCLUDES:
        return "inclusion"
    return "timing" if words & _TIMING else "substance"


def governed(scene: Scene, trigger: Trigger) -> tuple[Hit, ...]:
    """Which issues stand in reach of the trigger (or are the subject of its passive), each once?"""
    first, last = trigger.first, scene.end(trigger)
    own = passive_subject(scene, trigger) or _own_group(scene, trigger)
    found: dict[str, Hit] = {}
    for hit in scene.line.hits:
        right = first <= hit.first <= last and hit.first > trigger.first - 1
        left = any(g.first <= hit.first and hit.last <= g.last for g in own)
        if _set_aside(scene, trigger, hit):
            continue
        if (right or left) and not scene.conditional(hit.first) and not _taken(scene, trigger, hit):
            wider = _beyond(scene, hit)
            found.setdefault(hit.issue if wider is None else wider.issue, wider or hit)
    return sharpest(tuple(found.values()))


def _set_aside(scene: Scene, trigger: Trigger, hit: Hit) -> bool:
    """Is the issue what is not meant ("about neutrality, not about territory")?"""
    line = scene.line
    nots = [i for i in range(max(trigger.last + 1, hit.first - 5), hit.first) if line.low(i) == "not"]
    return (
        bool(nots)
        and line.low(nots[-1] - 1) in (",", "and", "but", "\u2014")
        and not any(line.tag(i).startswith(("VB", "MD")) for i in range(nots[-1], hit.first))
    )


def _beyond(scene: Scene, hit: Hit) -> Hit | None:
    """Where "more than X" or "beyond X" is wanted, a wider agenda is wanted, not X."""
    line = scene.line
    group = line.group_at(hit.first)
    before = (group.first if group is not None else hit.first) - 1
    if line.low(before) != "beyond" and line.lows(before - 1, before) not in ("more than", "other than", "not just"):
        return None
    return Hit(before, hit.last, SCOPE, proposed=True)


def _own_group(scene: Scene, trigger: Trigger) -> tuple[Group, ...]:
    """The group of a noun that names its issue before it ("territorial demands")."""
    group = scene.line.group_at(trigger.first) if trigger.part == "noun" else None
    return () if group is None else (group,)


def _taken(scene: Scene, trigger: Trigger, hit: Hit) -> bool:
    """Does another verb with a stance of its own, in a clause of its own, stand between?"""
    for other in scene.triggers:
        if trigger.last < other.first <= hit.first and other.frame.move and scene.embedded(other) is None:
            return True
    return False


def sharpest(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Without the mere words for talks, where something else is named beside them."""
    for rank in (_firm, _file, _disputed):
        sharp = tuple(hit for hit in hits if rank(hit))
        if sharp:
            return sharp
    return hits


def _firm(hit: Hit) -> bool:
    return hit.kind == "file" and hit.counts


def _file(hit: Hit) -> bool:
    return hit.kind == "file"


def _disputed(hit: Hit) -> bool:
    return hit.kind == "conduct"


def proposed(scene: Scene, group: Group | None) -> Hit | None:
    """Which new issue would an unknown object name? None for words that could stand for anything."""
    if group is None:
        return None
    line = scene.line
    words = [
        w for w in line.words[group.first : group.last + 1] if w.tag not in ("DT", "PRP$", "CD", "POS", "HYPH", "PDT")
    ]
    names = line.names_in(group.first, group.last)
    kept = [w for w in words if not any(n.first <= w.i <= n.last for n in names)]
    if not kept or kept[-1].low in _EMPTY | TALK_WORDS or kept[-1].tag not in ("NN", "NNS", "NNP", "NNPS"):
        return None
    return Hit(kept[0].i, kept[-1].i, "-".join(w.low for w in kept[-3:]), proposed=True)
