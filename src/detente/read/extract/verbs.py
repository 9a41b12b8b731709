"""Which words make one verb, is it negated, passive, planned, and who is its subject?

Subjects are found along the line of words first and in the parse tree second: in news text the words before a verb
are regular, while attachments are what a small parser gets wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.read.extract.words import NOUNS, Group, Line, bag

BE = {"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "remain", "remains", "remained", "'m"}
_HAVE = {"have", "has", "had", "having", "'ve", "'d"}
_DO = {"do", "does", "did"}
_AUX = BE | _HAVE | _DO
_LINKING = BE | bag("stand stands stood seem seems seemed become became appear appears appeared")
_NEGATIVE = {"not", "n't", "never", "neither", "nor", "cannot", "hardly", "no"}
_ADVERBS = {"RB", "RBR", "RBS", "``", "''", '"'}
_QUOTES = {"``", "''", '"', "-LRB-", "-RRB-"}
_CONTROLLERS = bag(
    "urge press push pressure lobby call appeal ask order tell force compel allow enable lead bring expect want "
    "invite encourage require warn help persuade convince instruct command demand forbid beg implore pressurise prod "
    "nudge exhort get permit oblige see like request cause drive mean"
)
_ENDINGS = ("ing", "ed", "es", "d", "s")
_PAPERS = bag(
    "declaration statement letter letters communique resolution petition speech interview message note report leaflet "
    "protest rally demonstration appeal ultimatum campaign decree order document memo protests rallies complaint"
)
_TIME = bag(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december week month year day days weeks months years today yesterday tomorrow "
    "morning evening night weekend"
)
_OPENERS = bag("if unless that because while whether although though once when whereas lest")
_MAYBE_OPENERS = bag("as since until till before after")
Tense = Literal["past", "present", "future", "none"]


@dataclass(frozen=True, slots=True)
class Verb:
    """Which words make one verb (auxiliaries to main word), and in which form?"""

    first: int
    main: int
    finite: bool
    passive: bool
    negated: bool
    infinitive: bool
    modal: str
    tense: Tense


def verb_at(line: Line, main: int) -> Verb:
    """Which verb has its main word here?"""
    first, helpers = _helpers(line, main)
    tag = line.tag(main)
    lows = {line.low(i) for i in helpers}
    modal = next((line.low(i) for i in helpers if line.tag(i) == "MD"), "")
    infinitive = any(line.tag(i) == "TO" for i in helpers)
    finite = bool(modal) or tag in ("VBD", "VBZ", "VBP") or any(line.tag(i) in ("VBD", "VBZ", "VBP") for i in helpers)
    passive = tag in ("VBN", "VBD") and bool(lows & BE) and not lows & {"remain"}
    return Verb(
        first, main, finite, passive, bool(lows & _NEGATIVE), infinitive, modal, _tense(tag, modal, helpers, line)
    )


def _helpers(line: Line, main: int) -> tuple[int, list[int]]:
    helpers: list[int] = []
    first, i = main, main - 1
    while i >= 0:
        word = line.words[i]
        helper = word.tag == "MD" or (word.low in _AUX and word.tag.startswith("V"))
        if helper or word.tag == "TO":
            helpers.append(i)
            first = i
        elif word.low in _NEGATIVE and word.tag in ("RB", "DT", "CC", "MD"):
            helpers.append(i)
        elif word.tag not in _ADVERBS:
            break
        i -= 1
        if word.tag == "TO":
            break
    return first, helpers


def _tense(tag: str, modal: str, helpers: list[int], line: Line) -> Tense:
    if modal:
        return "future" if modal in ("will", "'ll", "would", "shall") else "present"
    tags = {line.tag(i) for i in helpers if line.tag(i) != "TO"} or {tag}
    if "VBD" in tags or tag in ("VBD", "VBN"):
        return "past"
    return "present" if tags & {"VBZ", "VBP"} else "none"


def finite_left(line: Line, i: int, *, floor: int = 0) -> int | None:
    """Which main finite verb stands nearest to the left of word i?"""
    k = i - 1
    while k >= floor:
        if _finite_main(line, k):
            return k
        k -= 1
    return None


def is_helper(line: Line, k: int) -> bool:
    """Does the word here only help another verb ("has said", "is going")?"""
    if line.low(k) not in _AUX:
        return False
    j = k + 1
    while line.tag(j) in _ADVERBS:
        j += 1
    return line.tag(j) in ("VB", "VBN", "VBG", "VBD")


def subject_of(line: Line, main: int, *, depth: int = 0) -> tuple[Group, ...]:
    """Which noun groups are the subject of the verb whose main word is here? Empty where none is found."""
    if depth > 4:
        return ()
    verb = verb_at(line, main)
    if verb.infinitive:
        return _controller(line, verb.first, depth)
    if verb.finite or line.tag(main) == "VBN":
        found = _left_subject(line, verb.first - 1, depth)
        return found or _tree_subject(line, main, depth)
    if line.tag(main) == "VBG":
        return _participle_subject(line, main, depth)
    return _shared_subject(line, main, depth)


def _left_subject(line: Line, i: int, depth: int) -> tuple[Group, ...]:
    while i >= 0:
        group, tag = line.group_at(i), line.tag(i)
        if group is not None:
            chain = list_left(line, group)
            passed = _passed_over(line, chain)
            if passed is None:
                return chain
            i = passed
        elif tag in ("WDT", "WP") or (line.low(i) == "that" and line.group_at(i - 1) is not None):
            return _antecedent(line, i)
        elif tag == ",":
            i = _before_parenthesis(line, i)
        elif tag == "CC":
            return _shared_subject(line, i, depth)
        elif tag in _ADVERBS or tag in _QUOTES or tag == "HYPH":
            i -= 1
        else:
            return ()
    return ()


def _passed_over(line: Line, chain: tuple[Group, ...]) -> int | None:
    """Where does the search for a subject go on: before "on Monday", "in X", a floating "both"? None: it ends here."""
    group, before = chain[-1], chain[0].first - 1
    if line.tag(before) in ("IN", "TO") and not _opens_for(line, before, chain[0]):
        return before - 1
    floating = line.low(group.head) in ("both", "each", "all") and line.group_at(before) is not None
    return before if floating or is_time(line, group) else None


def _opens_for(line: Line, i: int, group: Group) -> bool:
    """Does the word here open a clause whose subject is this group, a name or pronoun ("as X says")?"""
    if opens_clause(line, i):
        return True
    named = bool(line.names_in(group.first, group.last)) or line.tag(group.head) == "PRP"
    return line.low(i) in _MAYBE_OPENERS and named


def is_time_word(low: str) -> bool:
    """Is this the name of a day, month or stretch of time?"""
    return low in _TIME


def is_time(line: Line, group: Group) -> bool:
    """Is this noun group a time ("last year", "on Monday")?"""
    return line.low(group.head) in _TIME and not line.names_in(group.first, group.last)


def opens_clause(line: Line, i: int) -> bool:
    """Does the preposition-like word here open a clause (if, unless, that, because ...)?"""
    if line.low(i) in _OPENERS:
        return True
    if line.low(i) not in _MAYBE_OPENERS:
        return False
    group = line.group_at(i + 1)
    return line.words[i].dep == "mark" or (group is not None and group.first == i + 1 and starts_clause(line, group))


def list_left(line: Line, group: Group) -> tuple[Group, ...]:
    """Which groups make the list that ends with this one ("A, B and C")?"""
    chain = [group]
    joined = False
    while True:
        i = chain[0].first - 1
        if line.tag(i) == "CC" and line.low(i) in ("and", "or", "nor", "&") and not joined:
            i -= 2 if line.tag(i - 1) == "," else 1
        elif line.tag(i) == "," and joined:
            i -= 1
        else:
            break
        joined = True
        before = line.group_at(i)
        if before is None or _is_object(line, before) or is_time(line, before) or line.low(before.first - 1) == "by":
            break
        if line.tag(before.last + 1) == "," and line.tag(before.first - 1) in ("IN", "TO") and len(chain) == 1:
            break
        chain.insert(0, before)
    return tuple(chain)


def list_right(line: Line, group: Group, *, whole: bool = False) -> tuple[Group, ...]:
    """Which groups make the list that begins with this one? The subject of a new clause is not in it."""
    chain = [group]
    while True:
        i = chain[-1].last + 1
        if line.tag(i) == ",":
            i += 1
        if line.tag(i) == "CC" and line.low(i) in ("and", "or", "nor", "&"):
            i += 1
        elif line.tag(i - 1) != ",":
            break
        after = line.group_at(i)
        if after is None or after.first != i:
            break
        if not whole and starts_clause(line, after):
            return tuple(chain[:1]) if line.tag(i - 1) == "CC" else tuple(chain)
        chain.append(after)
        if line.tag(i - 1) == "CC":
            break
    return tuple(chain)


def starts_clause(line: Line, group: Group) -> bool:
    """Is this group followed by a finite verb, so that it is a subject?"""
    i = group.last + 1
    while line.tag(i) in _ADVERBS:
        i += 1
    return line.tag(i) in ("VBZ", "VBP", "VBD", "MD")


def _is_object(line: Line, group: Group) -> bool:
    before = line.tag(group.first - 1)
    return before in ("VBD", "VBZ", "VBP", "VB", "VBG", "VBN")


def _antecedent(line: Line, i: int) -> tuple[Group, ...]:
    i -= 2 if line.tag(i - 1) == "," else 1
    group = line.group_at(i)
    return () if group is None else list_left(line, group)


def _before_parenthesis(line: Line, comma: int) -> int:
    """Where does the text go on to the left of a phrase between two commas? -1 where there is no first comma."""
    i = comma - 1
    while i > 0 and line.tag(i) != ",":
        i -= 1
    return i - 1


def _tree_subject(line: Line, main: int, depth: int) -> tuple[Group, ...]:
    for word in line.words:
        if word.head == main and word.dep.startswith("nsubj"):
            group = line.group_at(word.i)
            return () if group is None else list_right(line, group)
    word = line.words[main]
    if word.dep == "conj" and word.head < main and line.tag(word.head).startswith("V"):
        return subject_of(line, word.head, depth=depth + 1)
    return ()


def _participle_subject(line: Line, main: int, depth: int) -> tuple[Group, ...]:
    before = line.group_at(main - 1)
    if before is not None and line.tag(main - 1) not in ("POS", "HYPH") and line.low(before.head) not in _PAPERS:
        return (before,)
    found = finite_left(line, main)
    if found is None:
        after = next((k for k in range(main + 1, len(line.words)) if _finite_main(line, k)), None)
        return () if after is None else subject_of(line, after, depth=depth + 1)
    return subject_of(line, found, depth=depth + 1)


def _finite_main(line: Line, k: int) -> bool:
    return line.tag(k).startswith("V") and verb_at(line, k).finite and not is_helper(line, k)


def _shared_subject(line: Line, i: int, depth: int) -> tuple[Group, ...]:
    """The subject of the verb that word i is joined to by a conjunction."""
    before = finite_left(line, i)
    while before is not None and _form(line, before) != _form(line, i + 1):
        before = finite_left(line, before)
    before = finite_left(line, i) if before is None else before
    return () if before is None else subject_of(line, before, depth=depth + 1)


def _form(line: Line, i: int) -> str:
    """In which tense and number does the verb stand here or begin to the left of here: VBD, VBZ or VBP?"""
    while line.tag(i) in _ADVERBS:
        i += 1
    return line.tag(verb_at(line, i).first) if line.tag(i).startswith(("V", "M")) else ""


def _controller(line: Line, to: int, depth: int) -> tuple[Group, ...]:
    """Who does what stands after "to"? The object of verbs such as urge, else the subject of what stands before."""
    i = to - 1
    while line.tag(i) in _ADVERBS:
        i -= 1
    if line.tag(i) == "CC":
        return _shared_subject(line, i, depth)
    group = line.group_at(i)
    verb = next((k for k in range(i, -1, -1) if line.tag(k).startswith("V") and not is_helper(line, k)), None)
    if group is not None and verb is not None and _controls(line, group, verb):
        return list_left(line, group)
    if verb is not None and verb_at(line, verb).passive:
        return _left_subject(line, verb_at(line, verb).first - 1, depth)
    return () if verb is None else subject_of(line, verb, depth=depth + 1)


def _controls(line: Line, group: Group, verb: int) -> bool:
    if verb > group.first:
        return False
    if line.tag(group.first - 1) == "IN" and line.low(group.first - 1) == "for":
        return True
    return is_controller(line.low(verb)) and not verb_at(line, verb).passive


def is_controller(form: str) -> bool:
    """Does this verb hand its object the doing of what follows ("urged X to go")?

    >>> is_controller("urged"), is_controller("promised")
    (True, False)
    """
    bases = {form, *(form[: -len(end)] for end in _ENDINGS if form.endswith(end))}
    bases |= {f"{base}e" for base in bases} | {"tell" if form == "told" else form, "lead" if form == "led" else form}
    return bool(bases & _CONTROLLERS)


def linking_verb(line: Line, i: int) -> int | None:
    """Which linking verb ("is", "remains") stands before the predicate word here?"""
    k = i - 1
    while k >= 0 and (line.tag(k) in _ADVERBS | {"DT", "JJ", "IN", "``", "''", "HYPH"} | NOUNS) and i - k < 6:
        k -= 1
    return k if k >= 0 and line.low(k) in _LINKING and line.tag(k).startswith("V") else None
