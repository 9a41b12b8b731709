"""Who says so: which words report speech, by whom, and how far does the report reach?"""

from __future__ import annotations

from dataclasses import dataclass

from detente.read.extract.people import UNNAMED, Found, Memory, parties_of
from detente.read.extract.scopes import reach
from detente.read.extract.triggers import Trigger
from detente.read.extract.verbs import finite_left, is_time_word, starts_clause, subject_of
from detente.read.extract.words import Group, Line, bag

_LISTENERS = bag("reporters journalists late early earlier later separately")
_NARROW = bag("describe speak_of signal underscore underline stress emphasise emphasize")
# Whoever and whatever else may be cited: people by their calling, and papers.
_VOICES = bag(
    "researchers researcher authors author scientists scientist witnesses witness survivors economists economist "
    "critics critic backers lawyer scholars scholar feds investigators investigator rescuers relatives medics locals "
    "report reports statement study survey poll communique document documents letter newspaper newspapers radio "
    "television agency website magazine daily weekly broadcaster network results article editorial memo declaration "
    "one many some others few both most everyone nobody"
)
_HEARERS = {"NNP", "NNPS", "NNS", "NN", "DT", "PRP", "PRP$", "JJ"}
_REPORTING = {"say", "believe", "warn", "deny"}


@dataclass(frozen=True, slots=True)
class Speech:
    """Which stretch of a sentence is whose report?"""

    first: int
    last: int
    cue: int
    cue_last: int
    speakers: tuple[Found, ...]
    verb_class: str
    does: str

    def covers(self, i: int) -> bool:
        """Does word i stand in what is reported?"""
        return self.first <= i <= self.last


def speeches(line: Line, triggers: tuple[Trigger, ...], memory: Memory) -> tuple[Speech, ...]:
    """Which reports does the sentence hold, the widest first?"""
    found = [s for t in triggers if t.part == "verb" and t.frame.does in _REPORTING for s in _report(line, t, memory)]
    found += _according_to(line, memory)
    return tuple(sorted(found, key=lambda s: (s.first - s.last, s.cue)))


def _report(line: Line, trigger: Trigger, memory: Memory) -> tuple[Speech, ...]:
    if trigger.verb is None or trigger.verb.infinitive:
        return ()
    after = _speaker_after(line, trigger)
    groups = after or _sayer(line, trigger) or subject_of(line, trigger.first)
    speakers = parties_of(line, groups, memory)
    end = len(line.words) - 1
    left = (groups[0].first if groups and not after else trigger.verb.first) - 1
    if _is_postposed(line, trigger, left, after):
        first = _sentence_part(line, left)
        spans = [(first, left - 1)]
        if line.tag(trigger.last + 1) == "," or (after and line.tag(after[-1].last + 1) == ","):
            spans.append((trigger.last + 1, end))
    else:
        spans = [(trigger.last + 1, _report_end(line, trigger))]
    if not any(_can_speak(line, f) for f in speakers):
        return ()
    kind = trigger.frame.verb_class
    return tuple(
        Speech(a, b, trigger.first, trigger.last, speakers, kind, trigger.frame.does) for a, b in spans if b > a
    )


def _sayer(line: Line, trigger: Trigger) -> tuple[Group, ...]:
    """Who stands after "by" where it is said in the passive ("it is asserted by X that")."""
    group = line.group_at(trigger.last + 2)
    if trigger.verb is None or not trigger.verb.passive or line.low(trigger.last + 1) != "by" or group is None:
        return ()
    return (group,)


def _can_speak(line: Line, found: Found) -> bool:
    head = line.words[found.group.head]
    named = head.tag in ("NNP", "PRP", "NNPS") or head.low in UNNAMED | _VOICES
    return found.party is not None or found.agent or named


def _speaker_after(line: Line, trigger: Trigger) -> tuple[Group, ...]:
    """The speaker of '..., said X' stands behind the verb."""
    group = line.group_at(trigger.last + 1)
    before = line.tag(trigger.first - 1)
    if group is None or group.first != trigger.last + 1 or before not in (",", "''", '"', "``"):
        return ()
    return () if starts_clause(line, group) else (group,)


def _is_postposed(line: Line, trigger: Trigger, left: int, after: tuple[Group, ...]) -> bool:
    if left < 1 or line.tag(left) not in (",", "''", '"', "``"):
        return False
    if after:
        return True
    rest = [w for w in line.words[trigger.last + 1 :] if w.tag not in (".", "''", '"')]
    if not rest or rest[0].tag in (",", "IN") or rest[0].low in _LISTENERS or is_time_word(rest[0].low):
        return True
    return trigger.entry.lemma in ("tell", "inform") and rest[0].tag in _HEARERS


def _sentence_part(line: Line, left: int) -> int:
    return next((i + 1 for i in range(left - 1, -1, -1) if line.low(i) in (";",)), 0)


def _report_end(line: Line, trigger: Trigger) -> int:
    if trigger.frame.does in ("warn", "deny") or trigger.entry.lemma in _NARROW or _subordinate(line, trigger):
        return reach(line, trigger)
    for i in range(trigger.last + 1, len(line.words)):
        if line.low(i) == ";":
            return i - 1
        contrast = line.tag(i) == "," and line.low(i + 1) in ("while", "but", "although", "though", "whereas")
        if contrast and finite_left(line, len(line.words), floor=i) is not None:
            return i - 1
    return len(line.words) - 1


def _subordinate(line: Line, trigger: Trigger) -> bool:
    """'While X said ..., Y did': the report ends with its clause."""
    return (
        line.low(0) in ("while", "although", "as", "after", "though", "when") and trigger.first < len(line.words) // 2
    )


def _according_to(line: Line, memory: Memory) -> list[Speech]:
    found = []
    for i in range(len(line.words) - 2):
        if line.low(i) == "according" and line.low(i + 1) == "to":
            group = line.group_at(i + 2)
            if group is not None:
                end = len(line.words) - 1
                first, last = (group.last + 1, end) if i < 2 else (0, i - 1)
                found.append(Speech(first, last, i, i + 1, parties_of(line, (group,), memory), "say", "say"))
    return found
