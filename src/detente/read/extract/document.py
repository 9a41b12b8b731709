"""What follows from the document as a whole: about which talks is a stance, and to whom is it addressed?

What a sentence leaves open is filled from the document by two rules, and marked: a side of a table speaks to the other
sides of it (`table`), and a party outside the table speaks to the side of it that it presses or meets (`ally`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.read.extract.people import Found, Memory
from detente.read.extract.scene import Draft, Scene
from detente.read.extract.talks import main_table, table_of
from detente.read.extract.words import TALK_WORDS, Group, Line
from detente.read.frames import Frames

_ADDRESSED = {"REQUEST", "REJECT", "THREATEN", "CONCEDE", "ASSAULT", "SANCTION", "MOBILIZE", "ACCUSE"}
_SUFFERED = {"ASSAULT", "SANCTION", "ACCUSE", "COERCE"}
_NO_FRAMES = Frames(entries={})
_STANCED = {"REQUEST", "REJECT", "AGREE", "SUPPORT", "CONCEDE"}


@dataclass(frozen=True, slots=True)
class Tables:
    """Which talks does the document know: the pairs named, the main one, and who presses or meets whom?"""

    pairs: tuple[tuple[str, ...], ...] = ()
    main: tuple[str, ...] = ()
    presses: tuple[tuple[str, str], ...] = ()


def tables_of(scenes: Sequence[Scene], drafts: Sequence[Draft]) -> Tables:
    """Which talks are named in the document, and who presses or meets whom?"""
    pairs = [p for s in scenes for g in s.line.groups if len(p := _pair(s, g)) > 1]
    counted = Counter(tuple(sorted(set(p))) for p in pairs)
    ordered = tuple(pair for pair, _ in counted.most_common())
    presses = [
        (a.party, r.party)
        for d in drafts
        if d.act in ("REQUEST", "CONSULT")
        for a in d.actors
        for r in (*d.recipients, *(d.actors if d.act == "CONSULT" else ()))
        if a.party and r.party and a.party != r.party
    ]
    return Tables(ordered, main_table(pairs) or _foes(scenes), tuple(presses))


def _pair(scene: Scene, group: Group) -> tuple[str, ...]:
    return tuple(f.party for f in table_of(scene, group) if f.party)


def _foes(scenes: Sequence[Scene]) -> tuple[str, ...]:
    """Where no talks are named: the two parties spoken of most, if they stand out."""
    counted = Counter(n.party for s in scenes for n in s.line.names if not n.is_place)
    top = counted.most_common(2)
    return tuple(sorted(party for party, n in top if n > 1)) if len(top) == 2 and top[1][1] > 1 else ()


def completed(drafts: Iterable[Draft], tables: Tables, lines: Sequence[Line]) -> tuple[Draft, ...]:
    """Each draft with its table and its addressee, where the document tells them."""
    return tuple(_complete(draft, tables, lines) for draft in drafts)


def _seated(draft: Draft, tables: Tables, lines: Sequence[Line]) -> Draft:
    """Bare talks with the sides of their table as actors."""
    sides = draft.table or tables.main
    found = [f for party in sides if (f := _antecedent(party, draft, lines)) is not None]
    return replace(draft, actors=tuple(found), table=sides)


def _complete(draft: Draft, tables: Tables, lines: Sequence[Line]) -> Draft:
    if draft.rule == "bare-talks":
        return _seated(draft, tables, lines)
    if draft.act not in _STANCED | _ADDRESSED or not draft.actors:
        return draft
    table, words = _about(draft, tables)
    if table:
        draft = replace(draft, table=table, table_words=words)
    if draft.recipients or draft.act not in _ADDRESSED:
        return draft
    to = _named_beside(draft, lines) or addressee(draft, table or tables.main, tables)
    found = [f for party in to if (f := _antecedent(party, draft, lines)) is not None]
    return replace(draft, recipients=tuple(found))


def _named_beside(draft: Draft, lines: Sequence[Line]) -> tuple[str, ...]:
    """Who suffers, or is denied, what the sentence tells of without an object: the party named beside the actor."""
    if draft.act not in _SUFFERED and draft.rule != "deny":
        return ()
    actors = {f.party for f in draft.actors}
    beside = {n.party for n in draft.line.names if n.party not in actors and n.tie is None and n.how != "pronoun"}
    counts = party_counts(lines)
    return tuple(sorted(beside, key=lambda p: -counts[p]))[:1]


def _about(draft: Draft, tables: Tables) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """The talks named in the clause; those that a party named beside "talks" or "deal" sits at; else the main ones."""
    line, (first, last) = draft.line, draft.clause
    scene = Scene(line, Memory(), _NO_FRAMES)
    for group in line.groups:
        if first <= group.head <= last and line.low(group.head) in TALK_WORDS:
            sides = tuple(dict.fromkeys(_pair(scene, group)))
            if len(sides) > 1:
                return sides, (group.first, group.last)
            known = [p for p in tables.pairs if sides and sides[0] in p]
            if known:
                return known[0], (group.first, group.last)
    actors = {f.party for f in draft.actors}
    return (tables.main, None) if actors & set(tables.main) and tables.pairs else ((), None)


def addressee(draft: Draft, table: tuple[str, ...], tables: Tables) -> tuple[str, ...]:
    """To whom does a party speak that names nobody: the other sides of its table, or the side it presses or meets?"""
    actors = {f.party for f in draft.actors if f.party}
    if not table:
        return ()
    if actors & set(table):
        others = tuple(p for p in table if p not in actors)
        return others if len(others) == 1 else ()
    pressed = Counter(to for by, to in tables.presses if by in actors and to in table)
    return tuple(party for party, _ in pressed.most_common(1))


def _antecedent(party: str, draft: Draft, lines: Sequence[Line]) -> Found | None:
    """Where the party is named: in the sentence itself, else nearest before it, else first in the document."""
    place = next((k for k, line in enumerate(lines) if line.id == draft.line.id), 0)
    for line in (draft.line, *reversed(lines[:place]), *lines[place:]):
        for name in line.names:
            if name.party == party:
                group = line.group_at(name.first) or Group(name.first, name.last, name.last)
                return Found(group, party, name, "table", line)
    return None


def party_counts(lines: Iterable[Line]) -> Counter[str]:
    """How often is each party named?"""
    return Counter(n.party for line in lines for n in line.names)
