"""Which parties does a noun group stand for, and in which words?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.read.extract.verbs import is_time, list_right, starts_clause
from detente.read.extract.words import Group, Line, Name, bag

_SINGULAR = {"he", "she", "it", "him", "her"}
_PLURAL = {"they", "them", "both", "each"}
_SPEAKER = {"i", "we", "us", "me"}
_SIDES = bag("sides parties neighbours neighbors rivals capitals delegations foes adversaries")
_PAIRS = bag(
    "governments countries armies leaders presidents ministers nations states militaries negotiators teams premiers "
    "groups factions camps"
)
_OWN = {"its", "his", "her", "their", "our", "my"}
UNNAMED = bag(
    "official officials diplomat diplomats source sources aide aides someone person people figure spokesman "
    "spokesperson spokeswoman insider insiders adviser advisers negotiator negotiators analysts "
    "analyst observers experts media"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Which party is meant by which group of words? `party` is None for a group nobody knows.

    `line` is the sentence the words stand in, where that is not the sentence of the item (an antecedent).
    `country` is where an unknown group is at home ("opposition groups in X"): the party of a place, not an actor.
    """

    group: Group
    party: str | None
    name: Name | None = None
    how: str = "name"
    line: Line | None = None
    agent: bool = False
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """Who was speaking, and who was the subject, in the sentences before? Who sits at the main table?"""

    speaker: str | None = None
    subject: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


def parties_of(line: Line, groups: Iterable[Group], memory: Memory) -> tuple[Found, ...]:
    """Which parties do these groups stand for, each party once, in order?"""
    found: dict[str | None, Found] = {}
    for group in groups:
        for one in _of_group(line, group, memory):
            found.setdefault(one.party, one)
    known = tuple(one for party, one in found.items() if party is not None)
    return known or tuple(found.values())


def _of_group(line: Line, group: Group, memory: Memory) -> tuple[Found, ...]:
    named = group_names(line, group)
    whom = counted(line, group)
    if not named and whom is not None:
        return _of_group(line, whom, memory)
    if named:
        return tuple(Found(group, name.party, name, name.how) for name in named)
    pronoun = _pronoun(line, group, memory)
    if pronoun:
        return tuple(Found(group, party, None, "pronoun") for party in pronoun)
    for other in (_after_of(line, group), _apposed(line, group)):
        wide = [Found(group, n.party, n, n.how) for g in other for n in group_names(line, g)]
        if wide:
            return tuple(wide)
    country = _home(line, group)
    return (Found(group, None, None, "unknown", agent=could_act(line, group), country=country),)


_QUANTITIES = bag(
    "tens dozens scores hundreds thousands millions number group groups crowd crowds handful band majority most some "
    "many several members residents"
)


def counted(line: Line, group: Group) -> Group | None:
    """Who is counted: the group behind "of" in "tens of thousands of workers"."""
    after = line.group_at(group.last + 2)
    if line.low(group.head) not in _QUANTITIES or line.low(group.last + 1) != "of" or after is None:
        return None
    return after if after.first == group.last + 2 else None


def _home(line: Line, group: Group) -> str | None:
    """In which country is an unknown group: a place named in it or right behind it ("rebels in X")?"""
    after = _after_of(line, group) or ((near,) if (near := _across(line, group)) is not None else ())
    found = [n.party for g in (group, *after) for n in line.names_in(g.first, g.last) if n.tie is None]
    return found[0] if found else None


def _across(line: Line, group: Group) -> Group | None:
    return line.group_at(group.last + 2) if line.low(group.last + 1) in ("throughout", "across", "outside") else None


_AGENTS = bag(
    "bishops bishop priests clergy monks lawyers journalists doctors teachers nurses inmates detainees refugees "
    "migrants settlers landowners youths crowd crowds demonstrator protester prisoner worker journalist activist "
    "activists campaigners residents villagers tribesmen extremists fundamentalists nationalists radicals candidate "
    "candidates newspaper newspapers citizens civilians supporters followers people women men unionists strikers "
    "truckers drivers commander commanders general generals rebel militant gunman prosecutors prosecutor lawmaker "
    "legislators senators senator mayor governor governors regime junta cabinet committee senate congress assembly "
    "administration agency agencies prisoners workers rebels militants protesters demonstrators opposition party "
    "group groups movement government army military forces police militia militias ministers minister leaders leader "
    "president parliament lawmakers union unions farmers students fighters gunmen troops soldiers guerrillas "
    "insurgents separatists faction factions coalition alliance ministry council commission authorities court judge "
    "king emir office spokesman spokeswoman spokesperson envoy"
)


def could_act(line: Line, group: Group) -> bool:
    """Could an unknown group act: people, a body, or somebody with a name?"""
    word = line.words[group.head]
    return word.low in _AGENTS or (word.tag in ("NNP", "NNPS") and not is_time(line, group))


def group_names(line: Line, group: Group) -> tuple[Name, ...]:
    """Which names does a group act for: the one that is its head, else its owner or what describes it?"""
    names = [n for n in line.names if group.first <= n.first <= group.last and not n.is_place]
    heads = [n for n in names if n.first <= group.head <= n.last]
    if heads:
        return tuple(n for n in heads if (n.first, n.last) == (heads[0].first, heads[0].last))
    owners = [n for n in names if line.tag(n.last + 1) == "POS"]
    if owners:
        return (owners[0],)
    joined = [n for n in names if line.low(n.last + 1) in ("-", "\u2013", "/")]
    return tuple(names) if joined else tuple(names[:1])


def _pronoun(line: Line, group: Group, memory: Memory) -> tuple[str, ...]:
    low = line.low(group.head)
    counted = {"both", "two"} & set(line.lows(group.first, group.head).split())
    if (low in _SIDES and (counted or line.low(group.first) == "the")) or (low in _PAIRS and counted):
        return memory.sides
    if line.tag(group.head) != "PRP" and low not in _PLURAL:
        own = line.low(group.first)
        return _one(memory) if own in _OWN and group.first != group.head else ()
    if low in _SPEAKER or low in _SINGULAR:
        return _one(memory)
    if low in _PLURAL:
        return (memory.speaker,) if memory.speaker else memory.subject or memory.sides
    return ()


def _one(memory: Memory) -> tuple[str, ...]:
    if memory.speaker:
        return (memory.speaker,)
    return memory.subject if len(memory.subject) == 1 else ()


def _after_of(line: Line, group: Group) -> tuple[Group, ...]:
    """The groups behind "of": all of the list, even where a verb follows it ("ministers of A, B and C met")."""
    if line.low(group.last + 1) not in ("of", "for", "in", "from"):
        return ()
    after = line.group_at(group.last + 2)
    return () if after is None else list_right(line, after, whole=True)


def _apposed(line: Line, group: Group) -> tuple[Group, ...]:
    """The group between commas after this one, or the one before it ("X, minister of Y, said")."""
    sides = []
    for comma, i in ((group.last + 1, group.last + 2), (group.first - 1, group.first - 2)):
        near = line.group_at(i)
        cites = near is not None and i > group.last and starts_clause(line, near)  # "..., X said" is no apposition
        if line.tag(comma) == "," and near is not None and not cites:
            sides.append(near)
    for group_near in tuple(sides):
        sides.extend(_after_of(line, group_near))
    return tuple(sides)


def unnamed(line: Line, group: Group) -> bool:
    """Is this an office holder without a name ("a senior official", "sources")?"""
    words = line.words[group.first : group.last + 1]
    if line.low(group.head) not in UNNAMED:
        return False
    return not any(w.tag in ("NNP", "NNPS") and w.i == group.head for w in words)


def source_key(line: Line, found: Found) -> str:
    """Under which key do two statements count as one source: the same party through the same office or person?"""
    words = [w.low for w in line.words[found.group.first : found.group.last + 1] if w.tag not in ("DT", "POS", "PRP$")]
    return f"{found.party or 'unknown'}/{' '.join(words)}"
