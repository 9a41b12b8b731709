"""Which words of a text name an act of diplomacy or conflict, and what does each of them imply?

The lexicon (`lexicon/frames.json`) lists base forms by frame; all inflected forms are made here, once, so that looking
a word up is one dictionary access. A frame says which act it is, which stance it implies, where its recipient stands
(object, or after which preposition), and what it does to the clause below it (asks for it, denies it, plans it ...).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Literal, TypedDict

Part = Literal["verb", "noun", "adj", "phrase"]
VerbForm = Literal["base", "s", "past", "part", "ing", "none"]

_IRREGULAR = (
    "begin began begun|bind bound bound|break broke broken|bring brought brought|build built built|buy bought bought|"
    "cut cut cut|deal dealt dealt|draw drew drawn|drive drove driven|fall fell fallen|feel felt felt|"
    "fight fought fought|find found found|flee fled fled|fly flew flown|forbid forbade forbidden|get got got|"
    "give gave given|go went gone|hang hung hung|have had had|hit hit hit|hold held held|keep kept kept|lay laid laid|"
    "lead led led|leave left left|let let let|lose lost lost|make made made|mean meant meant|meet met met|"
    "pay paid paid|put put put|quit quit quit|rise rose risen|say said said|see saw seen|seek sought sought|"
    "send sent sent|"
    "set set set|shoot shot shot|shrink shrank shrunk|shut shut shut|sit sat sat|speak spoke spoken|"
    "spend spent spent|spurn spurned spurned|stand stood stood|steal stole stolen|step stepped stepped|"
    "strike struck struck|strive strove striven|swear swore sworn|take took taken|tell told told|think thought thought|"
    "throw threw thrown|win won won|withdraw withdrew withdrawn|write wrote written|forgo forwent forgone|"
    "undertake undertook undertaken|uphold upheld upheld|arise arose arisen|overcome overcame overcome|"
    "freeze froze frozen|unfreeze unfroze unfrozen|beg begged begged|bar barred barred|ban banned banned|"
    "beat beat beaten|bear bore borne|bend bent bent|bleed bled bled|cast cast cast|come came come|dig dug dug|"
    "do did done|feed fed fed|grind ground ground|hide hid hidden|hurt hurt hurt|kneel knelt knelt|know knew known|"
    "lend lent lent|overthrow overthrew overthrown|overrun overran overrun|rebuild rebuilt rebuilt|"
    "retake retook retaken|ring rang rung|rewrite rewrote rewritten|run ran run|sell sold sold|show showed shown|"
    "sink sank sunk|slay slew slain|sweep swept swept|swing swung swung|teach taught taught|tear tore torn|"
    "understand understood understood|withhold withheld withheld|withstand withstood withstood|sue sued sued|"
    "foresee foresaw foreseen|bid bid bid|oversee oversaw overseen|shake shook shaken|choose chose chosen|"
    "spread spread spread|"
    "free freed freed|flee fled fled|learn learned learned|swallow swallowed swallowed"
)
_IRREGULAR_FORMS = {row.split()[0]: tuple(row.split()[1:]) for row in _IRREGULAR.split("|")}
# Doubled in both spellings, or in the British one only: both are generated where both exist.
_DOUBLED = frozenset(
    word
    for row in (
        "ban bar beg drop nod plan prod scrap shun snub slap slam spur step stop rip permit commit submit rebut",
        "defer refer compel expel propel repel dispel abet abut acquit transfer cap jog dub sap stab club gag jam ram",
        "admit airdrop annul concur confer demur disbar eavesdrop extol kidnap omit outfit patrol prefer regret remit",
        "dun chat ship shrug sidestep wiretap worship handicap unplug allot rig bid",
        "clap flog gun chat hem man map mop net outwit pat pin plot prop quip rap rig rob scrub scud sip skim",
        "slam slip sob spar spot spur step strip swap tap tip top tug wrap nip hug",
    )
    for word in row.split()
)
_BRITISH = set(["signal", "label", "travel", "model", "level", "cancel", "channel", "counsel", "quarrel"])


@dataclass(frozen=True, slots=True)
class Frame:
    """What does one family of words imply?"""

    id: str
    act: str | None = None
    mode: str | None = None
    kind: str | None = None
    move: str | None = None
    strength: int = 1
    does: str = "act"
    to: tuple[str, ...] = ()
    on: str | None = None
    verb_class: str = "say"
    mutual: bool = False
    hostile: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Which frame does one word form (or the first word of a longer expression) belong to?"""

    frame: Frame
    lemma: str
    part: Part
    form: VerbForm
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frames:
    """Which entries does a lower-case word form open? Longest expressions first."""

    entries: Mapping[str, tuple[Entry, ...]]
    by_id: Mapping[str, Frame] = field(default_factory=dict)

    def of(self, form: str) -> tuple[Entry, ...]:
        """Which entries begin with this form?"""
        return self.entries.get(form, ())


class _Row(TypedDict, total=False):
    id: str
    act: str
    mode: str
    kind: str
    move: str
    strength: int
    does: str
    to: str
    on: str
    verb_class: str
    mutual: bool
    hostile: bool
    verbs: str
    nouns: str
    adjs: str
    phrases: str


def load_frames() -> Frames:
    """Which words does the bundled lexicon know?

    >>> [entry.frame.id for entry in load_frames().of("refused")]
    ['refuse', 'refuse']
    """
    raw = resources.files("detente.read").joinpath("lexicon/frames.json").read_text(encoding="utf-8")
    rows: list[_Row] = json.loads(raw)["frames"]
    return index_frames(rows)


def index_frames(rows: Iterable[_Row]) -> Frames:
    """Which forms do these rows of a lexicon give?"""
    found: dict[str, list[Entry]] = {}
    by_id: dict[str, Frame] = {}
    for row in rows:
        frame = by_id[row["id"]] = _frame(row)
        for entry_form, entry in _entries(row, frame):
            found.setdefault(entry_form, []).append(entry)
    ordered = {form: tuple(sorted(entries, key=lambda e: -len(e.rest))) for form, entries in found.items()}
    return Frames(entries=ordered, by_id=by_id)


def _frame(row: _Row) -> Frame:
    return Frame(
        id=row["id"],
        act=row.get("act"),
        mode=row.get("mode"),
        kind=row.get("kind"),
        move=row.get("move"),
        strength=row.get("strength", 1),
        does=row.get("does", "act"),
        to=tuple(row.get("to", "").split()),
        on=row.get("on"),
        verb_class=row.get("verb_class", "say"),
        mutual=row.get("mutual", False),
        hostile=row.get("hostile", False),
    )


def _entries(row: _Row, frame: Frame) -> Iterable[tuple[str, Entry]]:
    for lemma in row.get("verbs", "").split():
        first, *rest = lemma.split("_")
        for form, kind in verb_forms(first):
            yield form, Entry(frame, lemma, "verb", kind, tuple(rest))
    for lemma in row.get("nouns", "").split():
        *lead, last = lemma.replace("-", "_-_").split("_")
        for form in noun_forms(last):
            first, *rest = *lead, form
            yield first, Entry(frame, lemma.replace("_", " "), "noun", "none", tuple(rest))
    for lemma in row.get("adjs", "").split():
        yield lemma, Entry(frame, lemma, "adj", "none")
    for phrase in filter(None, row.get("phrases", "").split("|")):
        first, *rest = phrase.replace("-", " - ").split()
        yield first, Entry(frame, phrase, "phrase", "none", tuple(rest))


def verb_forms(lemma: str) -> tuple[tuple[str, VerbForm], ...]:
    """Which forms has a verb? Regular rules, an irregular table, and British doubling beside the American form.

    >>> [form for form, kind in verb_forms("deny")]
    ['deny', 'denies', 'denied', 'denied', 'denying']
    """
    forms: list[tuple[str, VerbForm]] = [(lemma, "base"), (_third_person(lemma), "s")]
    for stem in _stems(lemma):
        past = f"{stem}d" if stem.endswith("e") else f"{stem}ed"
        if lemma[-1] == "y" and lemma[-2] not in "aeiou":
            past = f"{lemma[:-1]}ied"
        if lemma in _IRREGULAR_FORMS:
            forms += [(_IRREGULAR_FORMS[lemma][0], "past"), (_IRREGULAR_FORMS[lemma][1], "part")]
        else:
            forms += [(past, "past"), (past, "part")]
        drops_e = stem.endswith("e") and not stem.endswith(("ee", "oe", "ye"))
        forms.append((f"{stem[:-1] if drops_e else stem}ing", "ing"))
    return tuple(dict.fromkeys(forms))


def _stems(lemma: str) -> tuple[str, ...]:
    doubled = lemma + lemma[-1]
    if lemma in _BRITISH:
        return (lemma, doubled)
    if lemma in _DOUBLED or lemma in ("cut", "get", "hit", "let", "put", "set", "shut", "sit", "win", "begin", "quit"):
        return (doubled,)
    return (lemma,)


def _third_person(lemma: str) -> str:
    if lemma == "have":
        return "has"
    if lemma[-1] == "y" and len(lemma) > 1 and lemma[-2] not in "aeiou":
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(("s", "x", "z", "ch", "sh", "go", "do", "veto")) else f"{lemma}s"


def noun_forms(lemma: str) -> tuple[str, ...]:
    """Which forms has a noun?

    >>> noun_forms("promise"), noun_forms("talks")
    (('promise', 'promises'), ('talks',))
    """
    if lemma.endswith("s") and not lemma.endswith(("ss", "us", "is")):
        return (lemma,)
    return (lemma, _third_person(lemma))
