"""How far does a word's say reach, and what does it depend on?"""

from __future__ import annotations

from dataclasses import dataclass

from detente.read.extract.triggers import Trigger
from detente.read.extract.verbs import opens_clause, starts_clause
from detente.read.extract.words import Line, bag
from detente.read.items import ConditionType

_STOPS = {";", "--", "\u2014", "\u2013", ":"}
_QUOTES = {'"', "\u201d", "''"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_RELATIVE = {"WDT", "WP", "WP$", "WRB"}
_SUBORDINATE = bag("if unless while because although though when once whereas until till lest provided")
_ASIDE = bag("after before during since amid while as despite following ahead")
_REFUSALS = bag("not never no n't refuse refuses refused rule rules ruled reject rejects rejected without")
_EXCHANGE = (
    "in return for",
    "in exchange for",
    "in return",
    "in exchange",
    "on condition that",
    "on the condition that",
    "on condition of",
    "as long as",
    "so long as",
    "provided that",
    "provided",
)
_EXCHANGE_STARTS = {phrase.split()[0] for phrase in _EXCHANGE}


@dataclass(frozen=True, slots=True)
class Depends:
    """Which words state a condition, and of which type?"""

    type: ConditionType
    first: int
    last: int


def reach(line: Line, trigger: Trigger) -> int:
    """Which is the last word to the right that still belongs to what this trigger governs?"""
    i = trigger.last + 1
    finite = trigger.verb is not None and trigger.verb.finite
    seen_that = False
    while i < len(line.words):
        low = line.low(i)
        if _stops(line, i) or _ends_at(line, i, trigger, finite):
            break
        if trigger.part == "noun" and not seen_that and (line.tag(i) in _FINITE or low in _ASIDE):
            break
        seen_that = seen_that or (low == "that" and i - trigger.last < 8)
        i += 1
    last = i - 1
    while last > trigger.last and line.tag(last) in (",", ".", "CC", "``", "''"):
        last -= 1
    return max(last, trigger.last)


def _stops(line: Line, i: int) -> bool:
    if line.low(i) in _QUOTES and line.low(i - 1) in (",", ".", "!", "?"):
        return True
    return line.low(i) in _STOPS and line.tag(i) != "HYPH"


def _ends_at(line: Line, i: int, trigger: Trigger, finite: bool) -> bool:
    tag, low = line.tag(i), line.low(i)
    if tag == ",":
        return _comma_ends(line, i + 1)
    if tag == "CC" and low in ("and", "but", "or", "yet"):
        return _clause_follows(line, i + 1, finite or trigger.part != "verb")
    return i > trigger.last + 1 and (
        low in _SUBORDINATE or (low in ("as", "after", "before") and opens_clause(line, i))
    )


def _comma_ends(line: Line, i: int) -> bool:
    tag = line.tag(i)
    if tag in _RELATIVE or tag == "VBG" or opens_clause(line, i):
        return True
    if tag in ("CC", "RB"):
        return line.low(i) == "even" or _clause_follows(line, i + 1, True)
    group = line.group_at(i)
    return tag in _FINITE or (group is not None and group.first == i and starts_clause(line, group))


def _clause_follows(line: Line, i: int, finite: bool) -> bool:
    while line.tag(i) == "RB":
        i += 1
    if line.tag(i) in _FINITE:
        return finite
    if line.tag(i) in _RELATIVE or line.low(i) == "that":
        return False
    group = line.group_at(i)
    return group is not None and group.first == i and starts_clause(line, group)


def conditions(line: Line) -> tuple[Depends, ...]:
    """Which conditions does the sentence state, each with its exact words?"""
    found: list[Depends] = []
    i = 0
    while i < len(line.words):
        kind = _opens_condition(line, i)
        if kind is not None and not (found and i <= found[-1].last):
            last = _condition_end(line, i)
            found.append(Depends(kind, i - (line.low(i - 1) == "only" and i > 0), last))
            i = last
        i += 1
    return tuple(found)


def _opens_condition(line: Line, i: int) -> ConditionType | None:
    low = line.low(i)
    if low == "if":
        return None if line.low(i - 1) in ("as", "even") or line.low(i + 1) in ("not", "any") else "if"
    if low == "unless":
        return "unless"
    if low in ("until", "till", "before"):
        return "until" if _lasts_until(line, i) else None
    only = low in ("once", "when", "after") and line.low(i - 1) == "only"
    if only or (low == "should" and _inverted(line, i)):
        return "if"
    return _exchange(line, i) if low in _EXCHANGE_STARTS else None


def _lasts_until(line: Line, i: int) -> bool:
    if line.low(i) == "before":
        return opens_clause(line, i) and _refusing(line, i)
    return any(w.tag in _FINITE for w in line.words[i : i + 8])


def _exchange(line: Line, i: int) -> ConditionType | None:
    for phrase in _EXCHANGE:
        size = len(phrase.split())
        verbal = phrase.startswith("provided") and line.tag(i - 1).startswith(("V", "MD"))
        if line.lows(i, i + size - 1) == phrase and not verbal:
            return "in-exchange" if phrase.startswith("in ") else "if"
    return None


def _refusing(line: Line, i: int) -> bool:
    """Is something refused before this word ("rules out talks before X withdraws"), so that it lasts until then?"""
    return bool(_REFUSALS & {w.low for w in line.words[:i]})


def _inverted(line: Line, i: int) -> bool:
    """Does a subject stand between "should" and its verb ("should X launch ...")?"""
    group = line.group_at(i + 1)
    return group is not None and group.first == i + 1 and line.tag(group.last + 1) in ("VB", "RB", "VBP")


def _condition_end(line: Line, i: int) -> int:
    k = i + 1
    while k < len(line.words):
        if _stops(line, k) or line.tag(k) in (".", "''"):
            break
        if line.tag(k) == "," and not _list_goes_on(line, k):
            break
        k += 1
    return k - 1


def _list_goes_on(line: Line, comma: int) -> bool:
    """A comma inside a list of names does not end the condition."""
    nearby = range(comma + 1, min(comma + 6, len(line.words)))
    group = line.group_at(comma + 1)
    if group is None or line.group_at(comma - 1) is None or starts_clause(line, group):
        return False
    joins = [k for k in nearby if line.tag(k) == "CC" and line.low(k) in ("and", "or")]
    return bool(joins) and line.group_at(joins[0] + 1) is not None


def inside(i: int, spans: tuple[Depends, ...]) -> bool:
    """Does word i stand inside one of these conditions?"""
    return any(span.first <= i <= span.last for span in spans)
