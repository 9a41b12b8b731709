"""What is wrong with a sentence that speaks of what will happen, and how is it cured?

The rules are those of ICD 203 and of this program: likelihood apart from confidence, one row of words of one scale,
numbers in steps of five with their ground beside them, shares of draws called shares of draws.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from detente.brief.estimative import SCALES, STEP, ScaleName
from detente.desk.lint import patterns as p
from detente.desk.lint.numbers import Estimate, estimates
from detente.desk.lint.passages import Said
from detente.situation.check import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its id: how much it matters, what is wrong, and what to do."""

    id: str
    severity: Severity
    wrong: str
    cure: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule is broken: the place in the file, the words, and what is wrong with these in particular."""

    at: int
    rule: Rule
    words: str
    wrong: str


RULES = (
    Rule("apart", "fault", "a likelihood and a confidence level stand in one sentence", "Give each its own sentence."),
    Rule("steps", "fault", "{} is more exact than is known", "Say it in steps of five, or as odds."),
    Rule(
        "ground",
        "fault",
        "a probability without {}",
        "Put beside it, in the same paragraph: k of n cases of which class, the interval, the weight of the model, and "
        "what is counted as the event. Where there is no class, say no number.",
    ),
    Rule("band", "fault", "'{}' stands for {}, not for {}", "Use the word of the number, or the number of the word."),
    Rule(
        "rows",
        "fault",
        "'{}' and '{}' are of two rows of words",
        "Use one row throughout, or say that they mean the same.",
    ),
    Rule("scale", "fault", "'{}' is no word of {}", "Use a word of that scale, or name another with --scale."),
    Rule("certain", "fault", "nothing that is to come is certain", "Say how likely it is, or leave it out."),
    Rule("proves", "fault", "evidence supports; it does not prove what will happen", "Say what supports what."),
    Rule(
        "draws",
        "fault",
        "a share of draws is called a likelihood",
        "A share of the model's draws is not a probability. Say 'in 40% of 512 draws', and no more.",
    ),
    Rule("share", "fault", "a share of the model that does not say of what", "Say of how many draws, in which world."),
    Rule(
        "date",
        "fault",
        "a date that comes from the model",
        "The model counts rounds, not days. Give a date from a class with durations, with k of n, or 'no dated class'.",
    ),
    Rule("levels", "fault", "two confidence levels in one judgement", "Choose one, or part the judgement in two."),
    Rule(
        "number", "doubt", "'{}' stands without a number", "Put the number beside it, or write what is known instead."
    ),
    Rule(
        "weasel", "doubt", "'{}' says neither how likely it is nor that nobody knows", "Say how likely, or who says so."
    ),
    Rule("bare", "doubt", "a percentage that does not say of what", "Say of how many draws or of which cases."),
)
_BY_ID = {rule.id: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence with what was found in it: its text without denials, its numbers, its words of any scale."""

    said: Said
    text: str
    numbers: tuple[Estimate, ...]
    terms: tuple[re.Match[str], ...]
    scale: ScaleName

    @property
    def event(self) -> Estimate | None:
        """The first number that says how likely an event is."""
        return next((one for one in self.numbers if one.event), None)


Look: TypeAlias = Callable[[Heard], Iterator[Hit]]


def hits(passages: Iterable[Said], *, scale: ScaleName = "icd203") -> Iterator[Hit]:
    """Walk everything that is wrong in sentences, in their order; what is wrong between them comes last.

    >>> from detente.desk.lint.passages import passages
    >>> [h.rule.id for h in hits(passages("War will definitely come.", form="plain"))]
    ['certain']
    """
    met: list[tuple[Said, re.Match[str]]] = []
    disclaimed = False
    for said in passages:
        heard = _heard(said, scale)
        if heard is None:
            continue
        met += [(said, term) for term in heard.terms]
        disclaimed = disclaimed or bool(p.SAME.search(heard.text))
        for look in _LOOKS:
            yield from look(heard)
    if not disclaimed:
        yield from _rows(met, scale)


def _heard(said: Said, scale: ScaleName) -> Heard | None:
    """Most sentences hold none of the words that any rule is about: None for them."""
    text = said.text
    low = text.lower()
    if not any(stem in low for stem in p.STEMS):
        return None
    text = p.NEGATED.sub(lambda found: " " * len(found[0]), text)
    terms = p.terms(text)
    about = bool(terms or p.NOUN.search(text))
    return Heard(said, text, estimates(text, about=about), terms, scale)


def _hit(rule: str, said: Said, found: re.Match[str] | Estimate, *words: str) -> Hit:
    at, text = (found.at, found.text) if isinstance(found, Estimate) else (found.start(), found[0])
    shown = text[:80].strip()
    return Hit(said.place(at), _BY_ID[rule], shown, _BY_ID[rule].wrong.format(*(words or (shown,))))


def _shown(one: Estimate) -> str:
    return " to ".join(f"{value:g}%" for value in one.values)


def _apart(heard: Heard) -> Iterator[Hit]:
    sure = p.CONFIDENCE.search(heard.text)
    if sure is None:
        return
    if heard.terms or heard.event:
        yield _hit("apart", heard.said, sure)
    if len({level[0].lower() for level in p.LEVEL.finditer(sure[0])}) > 1 or _another(heard.text, sure):
        yield _hit("levels", heard.said, sure)


def _another(text: str, first: re.Match[str]) -> bool:
    level = p.LEVEL.search(first[0])
    others = (p.LEVEL.search(again[0]) for again in p.CONFIDENCE.finditer(text, first.end()))
    return any(level and other and level[0].lower() != other[0].lower() for other in others)


def _steps(heard: Heard) -> Iterator[Hit]:
    for one in heard.numbers:
        if one.event and any(value % STEP for value in one.values) and not p.OUTSIDE.search(heard.text[: one.end]):
            yield _hit("steps", heard.said, one, _shown(one))


def _ground(heard: Heard) -> Iterator[Hit]:
    one = heard.event
    if one is None:
        return
    asked = (
        ("k of n", p.COUNTS),
        ("a class of cases", p.CASES),
        ("an interval", p.BETWEEN),
        ("the weight of the model", p.WEIGHT),
        ("what is counted as the event", p.MEANING),
    )
    missing = [name for name, pattern in asked if not pattern.search(heard.said.near)]
    if missing:
        yield _hit("ground", heard.said, one, ", ".join(missing))


def _band(heard: Heard) -> Iterator[Hit]:
    """A number in steps of five may belong to the word on either side of an edge."""
    words = [w for t in heard.terms for w in p.WORDS if w.scale == heard.scale and w.word == p.term_of(t)]
    numbers = [e for e in heard.numbers if e.kind == "probability"] or [e for e in heard.numbers if e.kind == "range"]
    if len(heard.terms) != 1 or not words or not numbers:
        return
    band, one = words[0].band, numbers[0]
    low, high = 0 if band.low < STEP else band.low - STEP / 2, 100 if band.high > 100 - STEP else band.high + STEP / 2
    if not all(low <= value <= high for value in one.values):
        known = f"{band.low}% to {band.high}% ({SCALES[heard.scale].title})"
        yield _hit("band", heard.said, one, words[0].word, known, _shown(one))


def _scale(heard: Heard) -> Iterator[Hit]:
    own = {w.word for w in p.WORDS if w.scale == heard.scale}
    for term in heard.terms:
        if p.term_of(term) not in own and not ("remote" in own and "remote" in term[0].lower()):
            yield _hit("scale", heard.said, term, p.term_of(term), SCALES[heard.scale].title)


def _rows(met: Iterable[tuple[Said, re.Match[str]]], scale: ScaleName) -> Iterator[Hit]:
    """The first word of each row, and the later of the two is at fault."""
    rows = {w.word: w.row for w in p.WORDS if w.scale == scale}
    first: dict[int, str] = {}
    for said, term in met:
        row = rows.get(p.term_of(term))
        if row is None or row in first:
            continue
        first[row] = p.term_of(term)
        if len(first) > 1:
            yield _hit("rows", said, term, *(first[r] for r in first))


def _wording(heard: Heard) -> Iterator[Hit]:
    for rule, pattern in (("certain", p.SURE), ("proves", p.PROVES), ("weasel", p.WEASEL)):
        for words in pattern.finditer(heard.text):
            yield _hit(rule, heard.said, words)


def _draws(heard: Heard) -> Iterator[Hit]:
    shares = any(e.kind == "draws" for e in heard.numbers)
    called = p.NOUN.search(heard.text) or next(iter(heard.terms), None)
    if called and (shares or (heard.event and p.DRAWS.search(heard.text))):
        yield _hit("draws", heard.said, called)
    unnamed = None if p.DRAWS.search(heard.text) or not heard.numbers else p.SHARE.search(heard.text)
    if unnamed:
        yield _hit("share", heard.said, unnamed)


def _date(heard: Heard) -> Iterator[Hit]:
    day = p.DATE.search(heard.text) if p.MODEL.search(heard.text) and not p.COUNTS.search(heard.said.near) else None
    if day:
        yield _hit("date", heard.said, day)


def _alone(heard: Heard) -> Iterator[Hit]:
    if heard.event:
        return
    if not (heard.said.cell and p.ONE.search(heard.said.near)):
        for term in heard.terms:
            if not _torn(heard, term):
                yield _hit("number", heard.said, term)
    bare = None if heard.said.cell or p.OF_WHAT.search(heard.text) else p.BARE.search(heard.text)
    if bare and any(one.kind == "probability" for one in heard.numbers):
        yield _hit("bare", heard.said, bare)


def _torn(heard: Heard, term: re.Match[str]) -> bool:
    """A line of a cell that goes on from the line above, which may hold the word that makes this a comparison."""
    return heard.said.cell and term.start() == 0 and term[0][0].islower() and len(heard.text) > term.end()


_LOOKS: tuple[Look, ...] = (_apart, _steps, _ground, _band, _scale, _wording, _draws, _date, _alone)
