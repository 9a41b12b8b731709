"""Which names are known, and what does each stand for?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from detente.read.parties.entries import IssueEntry, PartyEntry, Person, RoleClass, RoleRow
from detente.read.parties.words import Pattern, Word, bag, joined, pattern, plurals, spells

Way = Literal["name", "demonym", "capital", "metonym", "person", "surname", "armed_group", "place", "nothing"]
# Surnames that are also common names, first names or words: counted only where the full name is in the text, too.
COMMON = bag(
    "abbas abdi abdullah abe ahmed ahn ali anand aoun attaf austin ban barrack beltran blair brown bruce burns "
    "bush caine camara cameron carney carter castro cheng cho choe chung clinton cohen cooper correa costa dan "
    "dar davis deng dong faye fletcher francis frost garcia gil gonzalez griffiths guler guo hague hammond hasan "
    "hassan hook hua hunt hussein hyun ibrahim idris ismail johnson karam kellogg kennedy khan kim koo lam lee "
    "leo lin liu maas mao marin marquez martin maurer may miller mohamed moon morales mustafa naim omar ortega "
    "osman park pavel paz powell price prince rahman rama rashad rashid rice rodriguez ross salam saleh salim "
    "salman sanchez santos schmid shah singh stocker sullivan tatar turk vieira wagner wallace wang wong wu yang "
    "yunus zhou"
)
_SHORT_BUT_PLAIN = bag("xi")
_FAMILY_PARTICLES = bag("von van der de la el al bin ben abu")
_SUFFIXES = bag("jr jr. sr ii iii iv vi xiv")


class Sense(NamedTuple):
    """What may a name stand for? `shy` senses need the party to be named in another way, too."""

    party: str
    way: Way
    shy: bool = False
    person: Person | None = None
    own: bool = False


class Known(NamedTuple):
    """One spelling and everything it may stand for."""

    pattern: Pattern
    senses: tuple[Sense, ...]


class Role(NamedTuple):
    """One spelling of a noun for somebody who acts for a party."""

    pattern: Pattern
    of: RoleClass
    sector: str
    plural: bool


class Topic(NamedTuple):
    """One spelling of an issue, or of a phrase that is not one (`issue` empty)."""

    pattern: Pattern
    issue: str
    weak: bool


Names = dict[str, tuple[Known, ...]]
Roles = dict[str, tuple[Role, ...]]
Topics = dict[str, tuple[Topic, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Which words spell a known name: from word `at` up to word `end`?"""

    at: int
    end: int
    senses: tuple[Sense, ...]


def name_index(parties: Iterable[PartyEntry], not_parties: Iterable[str], own: frozenset[str]) -> Names:
    """Which spelling stands for what? Spellings of a user's own parties (`own`) stand for nothing else."""
    senses: dict[Pattern, list[Sense]] = {}
    for party in parties:
        for name, sense in _senses(party):
            spelt = pattern(name)
            if spelt.keys:
                mine = sense._replace(own=True) if party.id in own else sense
                senses.setdefault(spelt, []).append(mine)
    for name in not_parties:
        senses.setdefault(pattern(name), []).append(Sense("", "nothing"))
    known = (Known(spelt, _settled(found)) for spelt, found in senses.items())
    return {key: tuple(group) for key, group in _by_first_key(known).items()}


def _settled(found: list[Sense]) -> tuple[Sense, ...]:
    if len(found) == 1:
        return (found[0],)
    owned = [sense for sense in found if sense.own]
    return tuple(dict.fromkeys(owned or found))


def _by_first_key(known: Iterable[Known]) -> dict[str, list[Known]]:
    groups: dict[str, list[Known]] = {}
    for one in known:
        groups.setdefault(one.pattern.keys[0], []).append(one)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda one: (-len(one.pattern.keys), one.pattern.shape))
    return groups


def _senses(party: PartyEntry) -> Iterator[tuple[str, Sense]]:
    plain: Way = "armed_group" if party.kind == "armed_group" else "name"
    ways: tuple[tuple[tuple[str, ...], Way], ...] = (
        ((party.name, *party.aliases), plain),
        (tuple(form for name in party.demonyms for form in peoples(name)), "demonym"),
        (party.capitals, "capital"),
        (party.metonyms, "metonym"),
        (party.places, "place"),
    )
    for names, way in ways:
        for name in dict.fromkeys(names):
            yield name, Sense(party.id, way)
    for name in party.shy:
        yield name, Sense(party.id, plain if party.kind != "state" else "metonym", shy=True)
    for person in party.people:
        yield from _person_senses(party.id, person)


def _person_senses(party: str, person: Person) -> Iterator[tuple[str, Sense]]:
    names = (person.name, *person.aliases)
    for name in names:
        yield name, Sense(party, "person", person=person)
    for short in dict.fromkeys(s for name in names if " " in name for s in surnames(name, person.surname)):
        yield short, Sense(party, "surname", shy=is_common(short), person=person)


def is_common(surname: str) -> bool:
    """Is a surname too common to tell a person by, where the full name is nowhere in the text?"""
    key = surname.lower()
    return key in COMMON or (len(key) < 3 and key not in _SHORT_BUT_PLAIN)


def surnames(name: str, given: str | None = None) -> tuple[str, ...]:
    """By which short names is a person known after the first mention?

    >>> surnames("Ursula von der Leyen"), surnames("Ahmed al-Sharaa"), surnames("Xi Jinping", "Xi")
    (('von der Leyen',), ('al-Sharaa', 'Sharaa'), ('Xi',))
    """
    if given is not None:
        return (given,) if given else ()
    parts = [part for part in name.split() if part.lower().strip(".") not in _SUFFIXES]
    if len(parts) < 2:
        return ()
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in _FAMILY_PARTICLES:
        at -= 1
    short = " ".join(parts[at:])
    bare = short.partition("-")[2] if short.lower().startswith(("al-", "el-")) else ""
    return (short, bare) if bare else (short,)


def peoples(demonym: str) -> tuple[str, ...]:
    """Which forms does a demonym take: the adjective, and the plural of the noun?

    >>> peoples("Iranian"), peoples("Chinese"), peoples("Iraqi")
    (('Iranian', 'Iranians'), ('Chinese',), ('Iraqi', 'Iraqis'))
    """
    if demonym.endswith(("ese", "ish", "ch", "s", "ss", "men", "man", "ian people")):
        return (demonym,)
    return (demonym, demonym + "s")


def role_index(rows: Iterable[RoleRow]) -> Roles:
    """Which nouns stand for somebody who acts for a party?"""
    groups: dict[str, dict[Pattern, Role]] = {}
    for row in rows:
        for word in row.words:
            for form in plurals(word):
                spelt = pattern(form)
                role = Role(spelt, row.of, row.sector, form != word)
                groups.setdefault(spelt.keys[0], {}).setdefault(spelt, role)
    return {key: tuple(sorted(group.values(), key=lambda r: -len(r.pattern.keys))) for key, group in groups.items()}


def topic_index(issues: Iterable[IssueEntry], own: frozenset[str]) -> Topics:
    """Which phrases are an issue, point to one, or look like one and are not?"""
    topics: dict[tuple[str, ...], tuple[int, Topic]] = {}
    for issue in issues:
        phrases = [(a, False, issue.id) for a in (issue.name, *issue.aliases)]
        phrases += [(a, True, issue.id) for a in issue.weak] + [(a, False, "") for a in issue.not_in]
        for phrase, weak, name in phrases:
            for form in dict.fromkeys((phrase, *plurals(phrase))):
                spelt = pattern(_uncapped(form))
                rank = (0 if issue.id in own else 4) + (2 if weak else 0) + (1 if form != phrase else 0)
                if spelt.keys and rank < topics.get(spelt.keys, (9, None))[0]:
                    topics[spelt.keys] = (rank, Topic(spelt, name, weak))
    groups: dict[str, list[Topic]] = {}
    for _, topic in topics.values():
        groups.setdefault(topic.pattern.keys[0], []).append(topic)
    return {key: tuple(sorted(group, key=lambda t: -len(t.pattern.keys))) for key, group in groups.items()}


def _uncapped(phrase: str) -> str:
    """The phrase in lower case, but for words that are all capitals or end in one ("JCPOA", "POWs")."""
    return " ".join(word if word[1:] != word[1:].lower() else word.lower() for word in phrase.split(" "))


def find_names(text: tuple[Word, ...], names: Names) -> tuple[Found, ...]:
    """Which known names does a text hold? The longest at each place, from left to right, without overlap."""
    found, at = [], 0
    while at < len(text):
        hit = next((one for one in names.get(text[at].key, ()) if spells(one.pattern, text, at)), None)
        if hit is None or _inside_a_word(text, at):
            at += 1
            continue
        end = at + len(hit.pattern.keys)
        senses = tuple(
            sense
            for one in names[text[at].key]
            if one.pattern.keys == hit.pattern.keys and spells(one.pattern, text, at)
            for sense in one.senses
        )
        found.append(Found(at, end, senses))
        at = end
    return tuple(found)


def _inside_a_word(text: tuple[Word, ...], at: int) -> bool:
    """Is this word the tail of another one, as the S in "it's"?"""
    return at > 0 and text[at].gap in {"'", "’"} and len(text[at].text) == 1


def find_role(text: tuple[Word, ...], at: int, roles: Roles) -> Role | None:
    """Which role noun begins at word `at`, if any? The longest."""
    return next((role for role in roles.get(text[at].key, ()) if spells(role.pattern, text, at)), None)


def find_topics(text: tuple[Word, ...], topics: Topics) -> tuple[tuple[int, int, Topic], ...]:
    """Which issue phrases does a text hold? The longest at each place, from left to right, without overlap."""
    found, at = [], 0
    while at < len(text):
        hit = next((one for one in topics.get(text[at].key, ()) if spells(one.pattern, text, at)), None)
        if hit is None or (at > 0 and hit.issue and _compound_of_another(text, at)):
            at += 1
            continue
        end = at + len(hit.pattern.keys)
        found.append((at, end, hit))
        at = end
    return tuple(found)


def _compound_of_another(text: tuple[Word, ...], at: int) -> bool:
    """Is this word the second part of a prefix that turns its meaning, as in "non-nuclear"?"""
    return text[at].gap == "-" and text[at - 1].key in {"non", "anti", "un"} and joined(text[at], text[at - 1])
