"""Which matter is "the agreement" or "the association", where an earlier sentence said what it is about?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from detente.read.extract.words import Group, Hit, Line, bag

_DEALS = bag("agreement deal accord pact treaty framework arrangement settlement")
_PLANS = bag("plan proposal initiative roadmap draft text paper offer demand request condition")
_BODIES = bag(
    "association commission committee council court tribunal fund force mission zone corridor authority union zones "
    "corridors project dam pipeline bridge canal port mine base programme program scheme quota quotas list law bill "
    "ban tariff tariffs dispute issue question matter"
)
_TALKS = bag("talks negotiations negotiation round dialogue discussions summit")
_MATTERS = _DEALS | _PLANS | _BODIES | _TALKS
_ABOUT = ("of", "on", "over", "about", "for", "to")


def with_matters(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines, with an issue where a bare "the agreement" takes up one that was named with its matter before.

    "An association of towns" tells what the association is; "the association" further down is that one. All words
    for a deal stand for one another, and so do those for a plan.
    """
    known: dict[str, Hit] = {}
    done = []
    for line in lines:
        if not any(word.low in _MATTERS for word in line.words):
            done.append(line)
            continue
        taken = [] if line.block in ("byline", "dateline") else list(_taken_up(line, known))
        for key, hit in _talked_of(line):
            known.setdefault(key, hit)
        known.update(_introduced(line))
        done.append(replace(line, hits=tuple(sorted((*line.hits, *taken), key=lambda h: h.first))) if taken else line)
    return tuple(done)


def _key(low: str) -> str:
    """Under which word is it remembered? Empty where a noun is no matter."""
    return "deal" if low in _DEALS else "plan" if low in _PLANS else low if low in _BODIES else ""


def _introduced(line: Line) -> Iterator[tuple[str, Hit]]:
    """Which nouns does the sentence give a matter: "a prisoner deal", "the agreement on water"?"""
    for group in line.groups:
        key = _key(line.low(group.head))
        hit = _hit_in(line, group) or _hit_about(line, group) if key else None
        if hit is not None and hit.kind == "file":
            yield key, hit


def _talked_of(line: Line) -> Iterator[tuple[str, Hit]]:
    """What are talks about, so that "the agreement" is about it: "talks in X on Monday over the filling of the dam"."""
    for group in line.groups:
        if line.low(group.head) not in _TALKS:
            continue
        for i in range(group.last + 1, min(group.last + 12, len(line.words))):
            after = line.group_at(i + 1) if line.low(i) in ("over", "about", "on") else None
            hit = _hit_in(line, after) if after is not None else None
            if hit is not None and hit.kind == "file":
                yield "deal", hit
                break
            if line.tag(i) in ("VBD", "VBZ", "VBP", "MD", ","):
                break


def _hit_in(line: Line, group: Group) -> Hit | None:
    return next((h for h in line.hits if h.first <= group.last and group.first <= h.last), None)


def _hit_about(line: Line, group: Group) -> Hit | None:
    after = line.group_at(group.last + 2) if line.low(group.last + 1) in _ABOUT else None
    return _hit_in(line, after) if after is not None else None


def _taken_up(line: Line, known: dict[str, Hit]) -> Iterator[Hit]:
    """Where does a bare "the X" or "this X", with nothing said of what it is, take up a matter known by then?"""
    for group in line.groups:
        bare = group.head == group.last == group.first + 1 and line.low(group.first) in ("the", "this", "that")
        hit = known.get(_key(line.low(group.head))) if bare else None
        if hit is None or any(h.first <= group.head <= h.last for h in line.hits) or _specified(line, group):
            continue
        yield replace(hit, first=group.first, last=group.last, owner=None, counts=False)


def _specified(line: Line, group: Group) -> bool:
    """Is it said here what it is about or between whom: then it is not the one known before."""
    return line.low(group.last + 1) in (*_ABOUT[:-1], "between", "with")
