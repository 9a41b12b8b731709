"""Which event does a question about the future ask for, in the words that classes and models know?

The rules read the question's text alone. Parties become `@` and persons `%`, so that a rule is the shape of a question:
`will @ strike @ by ...`. What they are not sure of stays `other`: a question under a condition, one with a number or a
further demand in it, one about a single day, one whose clock is another event, one whose target is narrower than a
party. To say nothing of a question costs less than to say something about another one.

Readings that are choices: a ceasefire is an agreement; an invasion is a war; a strike or a clash is force; a meeting of
leaders is talks; a pact about trade, arms or energy is no settlement of a dispute.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from detente.read.parties.index import Sense, find_names
from detente.read.parties.lexicon import Lexicon, load_lexicon
from detente.read.parties.words import words
from detente.situation.questions import Asked

__all__ = ["AskedOf", "asked", "last_day"]

_PARTY, _PERSON = "@", "%"
_PERSONS = ("person", "surname")
_UNSURE = ("nothing", "place")
_HALVES = {"russo": "russia", "sino": "china"}

_WHO = "[@%]"
_JOIN = r"(?: ?[-–/&] ?| x | and | vs?\.? |, (?:and )?|, or | or )"
_SOME = rf"(?:the )?{_WHO}(?:{_JOIN}(?:the )?{_WHO})*"
_PAIR = rf"(?:the )?{_WHO}(?:{_JOIN}(?:the )?{_WHO})+"
_KIND = (
    r"(?:(?:bilateral|comprehensive|final|formal|full|general|interim|nuclear|official|peace|permanent|"
    r"signed|agreed|written|lasting|partial|temporary|new|@)[ -](?:or )?)*"
)
_DEAL = r"(?:deal|agreement|accord|treaty|ceasefire|cease-fire|truce|armistice|settlement)(?: (?:deal|agreement))?"
_WHEN = r"(?:by|before|in|during|until|within|this|at any time)\b"
_FIGHT = r"(?:war|conflict|fighting|hostilities)"
_SURELY = r"(?:(?:ever|officially|formally|publicly|directly|again|openly|militarily|also|not) )*"
_ARMS = r"(?:(?:weapons|forces|military|army|air force|troops) )?"
_LAND = r"(?:targets (?:in|inside|within|on) )?(?:the )?@(?: territory)?(?: again)?"
_BLOW = r"(?:strikes?|attacks?|bombs?|fires? (?:on|at)|shells?)"
_MONTHS = tuple(name.lower() for name in calendar.month_abbr)
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TO = r"\b(?P<to>by|before|until|through)\b "
_END = r"(?:the )?end of "
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>20\d\d)\b"
_LAST = tuple(
    re.compile(shape)
    for shape in (
        rf"{_TO}{_YEAR}-(?P<number>\d\d)-{_DAY}",
        rf"{_TO}(?:{_END})?{_MONTH} {_DAY}\b(?!\d)(?:,? {_YEAR})?",
        rf"{_TO}{_DAY} {_MONTH}(?:,? {_YEAR})?",
        rf"{_TO}(?P<end>{_END}){_MONTH}(?:,? {_YEAR})?(?! \d)",
        rf"\b(?P<to>before) {_MONTH} {_YEAR}",
        rf"{_TO}(?P<end>{_END}){_YEAR}",
        rf"\b(?P<to>before|in|during) {_YEAR}(?!-)",
    )
)


class _Rule(NamedTuple):
    name: str
    event: Asked
    shape: re.Pattern[str]
    negated: bool = False


def _rule(name: str, event: Asked, shape: str, *, negated: bool = False) -> _Rule:
    return _Rule(name, event, re.compile(shape), negated)


# The shapes that no rule is sure of. The first one that a question has is the reason that it stays `other`.
_DOUBTS = (
    ("conditional", r"^(?:if|given|conditional|assuming|suppose|after|once|in case)\b|\b(?:iff?|unless|assuming)\b"),
    ("another-clock", r"\b(?:when|while|until after|conclusion of|at the end of the (?:war|conflict))\b"),
    (
        "another-clock",
        r"\bbefore (?!(?:the )?(?:end\b|\d|next\b|new year|(?:early |mid-?|late )?"
        r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))",
    ),
    ("single-day", r"\bon (?:the )?(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d)"),
    (
        "number",
        r"\b(?:at least|at most|more than|less than|fewer than|exactly) (?!once)|\bover \d|\b\d[\d,]* or more\b",
    ),
    (
        "further-demand",
        r"\band (?:hold|last|remain|stay|be|also|then)\b|\bfirst\b|\bin exchange\b|\bnext\b|\bbut not\b",
    ),
    ("inner-war", r"\bcivil (?:war|conflict)\b"),
    ("another-pact", r"\b(?:trade|arms|security|defen[cs]e|procurement|energy|gas|oil|minerals?|tariff|prisoner)\b"),
    ("by-phone", r"\b(?:phone|call|video)\b"),
)
_DOUBT = tuple((name, re.compile(shape)) for name, shape in _DOUBTS)

_RULES = (
    _rule("pact-broken", "recurrence",
          rf"\b(?:{_DEAL}) .*\b(?:broken|collapses?|violated|breaks? down|falls? apart)\b"),
    _rule("pact-broken", "recurrence",
          rf"^{_PAIR} {_KIND}{_DEAL} (?:broken|collapses?|violated)\b"),
    _rule("fighting-again", "recurrence", rf"\b{_FIGHT} .*\b(?:resumes?|restarts?|flares? up again)\b"),
    _rule("fighting-goes-on", "ended",
          rf"\b{_FIGHT}(?: (?:in|between|over|with|against) [^?]*)? (?:still )?(?:be )?"
          r"(?:still )?(?:ongoing|going on|continue)\b", negated=True),
    _rule("fighting-ends", "ended",
          rf"^(?:will )?(?:the )?(?:[\w@%'’/-]+ ){{0,5}}{_FIGHT}"
          r"(?: (?:in|between|over|with|against) (?:(?! by | before )[^?])*?)? "
          rf"{_SURELY}(?:ends?|be over|concludes?|comes? to an end)\b"),
    _rule("threat-carried-out", "threat", r"\bcarr(?:y|ies) out (?:its|their|the|his) (?:\w+ )?threat\b"),
    _rule("on-the-agenda", "agenda", r"\b(?:on the agenda|agenda item)\b"),
    _rule("pact-headline", "agreement", rf"^{_PAIR} {_KIND}{_DEAL} {_WHEN}"),
    _rule("pact-agreed", "agreement",
          rf"^will {_PAIR} {_SURELY}(?:agree (?:to|on|upon)|reach|sign|conclude|announce|make|finali[sz]e|negotiate) "
          rf"(?:an? |the )?{_KIND}{_DEAL}\b"),
    _rule("pact-to-be", "agreement",
          rf"^will there be (?:an? )?{_KIND}{_DEAL}(?: or {_KIND}{_DEAL})? (?:between|in|of|for|with|{_WHEN})"),
    _rule("pact-signed", "agreement",
          rf"^will (?:an?|any|the) {_KIND}(?:{_PAIR} )?{_KIND}(?:{_DEAL}|document|memorandum)\b[^?]*? "
          r"(?:be (?:reached|signed|agreed|concluded|announced)|exist|take effect|enter into force)\b"),
    _rule("talks-headline", "talks", rf"^{_PAIR} (?:\w+ )?(?:meeting|talks|summit) {_WHEN}"),
    _rule("meet", "talks",
          rf"^(?:will )?{_PAIR} {_SURELY}(?:meet\b|hold (?:[\w-]+ ){{0,4}}(?:meeting|talks|summit|round))"),
    _rule("round-held", "talks",
          rf"^will (?:an?|any|another|the) (?:\w+ )*(?:{_PAIR} )?(?:\w+ )?(?:round|meeting|talks|summit)\b"
          r"[^?]*? be held"),
    _rule("talks-to-be", "talks", r"^will there be (?:\w+ )?(?:peace )?(?:talks|negotiations)\b"),
    _rule("at-war", "war", rf"^will {_SOME} {_SURELY}(?:be at war|go to war|declare war|enter (?:a|into) war)\b"),
    _rule("war-between", "war", rf"\bwar (?:breaks? out )?between {_SOME}"),
    _rule("invade", "war", rf"^(?:will )?{_SOME} {_SURELY}(?:attempt to )?invades? (?:the )?@ {_WHEN}"),
    _rule("invade", "war",
          rf"^(?:will )?{_SOME} {_SURELY}(?:launch|conduct|begin|start|mount)(?:es|s)? (?:an? )?"
          rf"(?:ground |full-scale |large-scale |military )*invasion of (?:the )?@ {_WHEN}"),
    _rule("strike", "force", rf"^(?:will )?{_SOME} {_ARMS}{_SURELY}{_BLOW} {_LAND}(?: {_WHEN}|\?|$)"),
    _rule("strike", "force",
          rf"^(?:will )?{_SOME} {_SURELY}(?:conduct|carry out|launch|make)(?:es|s)? (?:an? )?(?:direct )?(?:military )?"
          rf"(?:airstrikes?|strikes?|attacks?) (?:on|against|in) {_LAND}(?: {_WHEN}|\?|$)"),
    _rule("strike", "force", rf"^{_SOME} (?:military )?(?:strike|attack|military action) (?:on|against) (?:an? )?@"
                             rf"(?: member)? {_WHEN}"),
    _rule("clash", "force", rf"^{_PAIR} (?:direct )?military (?:clash|engagement|conflict|confrontation) {_WHEN}"),
    _rule("clash", "force", rf"^military (?:clash|engagement|conflict|confrontation) between {_PAIR} {_WHEN}"),
    _rule("intervene", "force", rf"^will {_SOME} {_SURELY}(?:intervene|use (?:military )?force) "
                                rf"(?:militarily )?(?:in|against) (?:the )?@"),
)  # fmt: skip
_PAIRED = ("agreement", "talks", "ended", "force", "war", "recurrence")
_ONE_IS_ENOUGH = ("pact-signed", "pact-to-be", "round-held", "talks-to-be", "fighting-ends", "fighting-goes-on")
_NAMELESS = re.compile(r"\b(?:nuclear|peace|ceasefire|cease-fire|truce|armistice|round|talks|negotiations|war)\b")
_NOT = re.compile(r"\bnot\b")
_AIMED = ("strike", "invade", "intervene")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOf:
    """What a question asks for.

    event    the event, `other` where no rule is sure
    parties  ids of the parties that the text names, or whose people it names, in the order of the text
    by, against  who would use force and against whom, where the question says so
    negated  it asks whether the event does not come about
    rule     the rule that found the event, or the reason that none is taken
    """

    event: Asked
    parties: tuple[str, ...]
    by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    negated: bool = False
    rule: str


def asked(text: str, *, lexicon: Lexicon | None = None) -> AskedOf:
    """Find the event that a question asks for, from its text alone.

    Reading the lexicon takes a moment: give it where there are many questions.

    >>> found = asked("Will Chile strike Peru by May 31?")
    >>> found.event, found.by, found.against, found.rule
    ('force', ('chile',), ('peru',), 'strike')
    >>> asked("If Chile strikes Peru, will Brazil and Chile sign a peace deal by May 31?").rule
    'conditional'
    """
    shape, marks = _shape(text, load_lexicon() if lexicon is None else lexicon)
    parties = tuple(dict.fromkeys(marks))
    doubt = next((name for name, one in _DOUBT if one.search(shape)), None)
    if doubt is not None:
        return AskedOf(event="other", parties=parties, rule=doubt)
    rule = next((one for one in _RULES if one.shape.search(shape)), None)
    if rule is None:
        return AskedOf(event="other", parties=parties, rule="no-rule")
    if not _enough(rule, shape, parties):
        return AskedOf(event="other", parties=parties, rule="nobody-named")
    by, against = _aimed(rule, marks)
    negated = rule.negated != bool(_NOT.search(shape))
    return AskedOf(event=rule.event, parties=parties, by=by, against=against, negated=negated, rule=rule.name)


def last_day(text: str, *, asked_on: dt.date) -> dt.date | None:
    """Find the last day on which what a question asks for can come about, as its text says; None where it is not sure.

    A day without a year is the next one. `before` a day ends on the day before it; by a month or a year without its end
    says too little, and so does a text with two different days.

    >>> day = dt.date(2026, 2, 8)
    >>> [str(last_day(f"Will it {when}?", asked_on=day)) for when in ("by March 3", "before May 2026", "in 2027")]
    ['2026-03-03', '2026-04-30', '2027-12-31']
    """
    plain = " ".join(re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", text.lower()).split())
    found = {day for shape in _LAST for match in shape.finditer(plain) for day in _days(match.groupdict(), asked_on)}
    return found.pop() if len(found) == 1 else None


def _days(said: dict[str, str | None], asked_on: dt.date) -> Iterator[dt.date]:
    """Yield the day that is said, unless there is no such day."""
    year, month, day = said.get("year"), said.get("month"), said.get("day")
    number = int(said.get("number") or (_MONTHS.index(month) if month else 0))
    before = said["to"] == "before"
    at_end = day is None and (said.get("end") is not None or not before)
    for each in (int(year),) if year else (asked_on.year, asked_on.year + 1):
        try:
            last = calendar.monthrange(each, number or 12)[1] if at_end else int(day or 1)
            found = dt.date(each, number or (12 if at_end else 1), last) - dt.timedelta(days=before and not at_end)
        except ValueError:
            continue
        if year or found >= asked_on:
            yield found
            return


def _shape(text: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """Write the question with marks for parties and persons, and say whom each mark stands for."""
    plain = re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", text)
    known = words(plain)
    marks: list[tuple[int, int, str, str]] = [
        (word.start, word.end, _HALVES[word.key], _PARTY) for word in known if word.key in _HALVES
    ]
    for found in find_names(known, lexicon.names):
        sense = _sense(found.senses)
        if sense is not None:
            mark = _PERSON if sense.way in _PERSONS else _PARTY
            marks.append((known[found.at].start, known[found.end - 1].end, sense.party, mark))
    marks.sort()
    pieces, end = [], 0
    for start, stop, _, mark in marks:
        pieces += [plain[end:start].lower(), mark]
        end = stop
    shape = "".join([*pieces, plain[end:].lower()])
    shape = re.sub(r"([@%])['’]s?\b", r"\1", re.sub(r"['’]s\b", "", shape))
    return " ".join(shape.split()), tuple(party for _, _, party, _ in marks)


def _sense(senses: tuple[Sense, ...]) -> Sense | None:
    return next((one for one in senses if one.way not in _UNSURE and not one.shy), None)


def _enough(rule: _Rule, shape: str, parties: tuple[str, ...]) -> bool:
    """Does the question name two parties, or no party but a matter that only a dispute has?"""
    if rule.event not in _PAIRED or len(parties) > 1:
        return True
    return rule.name in _ONE_IS_ENOUGH and bool(_NAMELESS.search(shape))


def _aimed(rule: _Rule, marks: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who would act against whom: the last party named is the target."""
    if rule.name not in _AIMED or len(marks) < 2:
        return (), ()
    by = tuple(dict.fromkeys(party for party in marks[:-1] if party != marks[-1]))
    return by, (marks[-1],)
