"""By which words is it told that a sentence speaks of a likelihood, of a confidence, of the draws of a model?

All of them are looked for in sentences with single blanks between their words, in any case.
"""

import re
from dataclasses import dataclass

from detente.brief.estimative import SCALES, Band, ScaleName

# How a word of a scale is met in a sentence, where that is not the word itself.
_WRITTEN = {
    "remote": r"remote (?:prospect|possibility|likelihood|chance)s?|(?<=\bis )remote|(?<=\bare )remote|"
    r"(?<=\bseems )remote",
    "almost certain": r"almost certain(?:ly)?",
    "nearly certain": r"nearly certain",
    "virtually certain": r"virtually certain",
    "probable": r"probabl[ey]",
    "roughly even odds": r"(?:roughly|about) even odds",
    "roughly even chance": r"(?:roughly|about) even chances?",
    "about as likely as not": r"(?:about )?as likely as not",
}


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a scale: which, with which band, in which of the rows."""

    scale: ScaleName
    word: str
    band: Band
    row: int


WORDS = tuple(
    Word(name, term.word, band, row)
    for name, scale in SCALES.items()
    for band in scale.bands
    for row, term in enumerate(band.terms)
)
_TERMS = sorted({w.word for w in WORDS}, key=len, reverse=True)
_FIRST = "".join(sorted({word[0] for word in _TERMS}))
_TERM = re.compile(
    rf"\b(?=[{_FIRST}])(?:"
    + "|".join(rf"(?P<t{at}>{_WRITTEN.get(word, re.escape(word))})" for at, word in enumerate(_TERMS))
    + r")\b",
    re.IGNORECASE,
)
# Comparisons say which of two is the likelier, not how likely either is.
_COMPARED = re.compile(r"\b(?:more|less|most|least|as|how|so|too|not|equally|hardly) $", re.IGNORECASE)


def terms(text: str) -> tuple[re.Match[str], ...]:
    """Find the words of any scale in a sentence, but for those that only compare.

    >>> [found[0] for found in terms("War is less likely than talks, which are very likely.")]
    ['very likely']
    """
    return tuple(
        found
        for found in _TERM.finditer(text)
        if "as likely" in found[0].lower() or not _COMPARED.search(text[max(0, found.start() - 10) : found.start()])
    )


def term_of(found: re.Match[str]) -> str:
    """Return the word of a scale that was met.

    >>> term_of(terms("It is almost certainly over.")[0])
    'almost certain'
    """
    return _TERMS[int((found.lastgroup or "t0")[1:])]


NOUN = _any(r"\b(?:probabilit(?:y|ies)|likelihoods?|(?<!\bby )chances?|odds|risks?)\b")
NEGATED = _any(
    r"\b(?:not|no|never|nor|neither|rather than|instead of|without) (?:a |an |the |any |one )?(?:event )?"
    r"(?:probabilit(?:y|ies)|likelihoods?|chances?|odds)(?: of (?:an )?events?)?\b(?! (?:of|that)\b)"
)
_DEGREE = r"(?:very )?(?:low|moderate|medium|high)"
CONFIDENCE = _any(
    rf"\b{_DEGREE}(?:(?:[- ](?:to|or|and)[- ]|/){_DEGREE})?[- ](?:(?:level|degree) of )?confidence\b(?! interval)",
    rf"\bconfidence(?: level)?(?: in (?:this|that|the|it)(?: \w+)?)?(?: is|:| =) {_DEGREE}"
    rf"(?:(?: to | or |/){_DEGREE})?\b",
    r"\b(?:we|i|analysts?) (?:are|am|is|remain)(?: \w+)? confident\b",
    r"\bwith (?:some |great |full |reasonable )?confidence\b",
)
LEVEL = _any(r"\b(?:low|moderate|medium|high)\b")

PERCENT = r" ?(?:%|per ?cent\b)"
RANGE = _any(
    rf"(?<![\w.,])(\d{{1,3}}(?:\.\d+)?)(?:{PERCENT})? ?(?:-|–|—|to|and) ?(?:above |below )?"
    rf"(\d{{1,3}}(?:\.\d+)?){PERCENT}"
)
ONE = _any(rf"(?<![\w.,–-])(\d{{1,3}}(?:[.,]\d+)?){PERCENT}")
DECIMAL = _any(
    r"\b(?:probabilit(?:y|ies)|likelihood|(?<!\bby )chances?)(?: of [a-z' -]{1,60}?)?(?: is| was| of| at|"
    r" to be|:| =| ≈)(?: about| around| roughly| =)? ?(?P<after>[01]?\.\d+)\b",
    r"\bP ?\([^()]{1,60}\) ?(?:=|≈|is|of|:) ?(?P<formula>[01]?\.\d+)\b",
    r"(?<![\w.])(?P<before>0?\.\d+) (?:probability|chance|likelihood)\b",
)
_FEW = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,4})"
ODDS = _any(
    rf"\b{_FEW}(?: to |-to-){_FEW} (?:against|on\b|odds|in favou?r)",
    rf"\bodds (?:of |are |at )?{_FEW}(?: to |-to-){_FEW}\b",
    rf"\b{_FEW}[- ]in[- ]{_FEW} (?:chance|probability|risk)",
    rf"\b(?:one|a) chance in {_FEW}\b",
)
OF_DRAWS = _any(r"^ (?:\(?of|in) (?:the |all |these |its )?(?:\d[\d,]* )?(?:of the )?(?:model[’']s )?draws\b")
# Percentages that are of something else than an event: a level, a change, a share of what is named.
OF_ELSE = _any(
    r"^[- ]?(?:enrich|purit|u-?235|tariff|dut(?:y|ies)\b|interest|growth|inflation|turnout|stake)",
    r"^ (?:cut|increase|rise|reduction|more|less|higher|lower)\b",
    r"^ of (?:its|their|his|her|all|those|past|such|similar|cases|crises|disputes|\d)",
    r"^ of the (?:scale|box|square|country|oil|trade|votes?|population|cases|crises|disputes|time|seats|weight)\b",
)
CHANGED = _any(r"(?:\bby|\benriched (?:to|at)|\benrichment (?:to|at|of)|\btariffs? of|\bpurity of) (?:about |some )?$")
OUTSIDE = _any(rf"(?:(?:below|under|less than) 1|(?:above|over|more than) 99){PERCENT}$")
IS_LEVEL = _any(r"^ (?:\w+ )?intervals?\b")
INTERVAL = _any(r"\bintervals?(?: (?:from|of|is|between|runs from|below|above))?:? ?(?:below |above )?$")

COUNTS = _any(r"\b\d[\d,]* (?:out )?of (?:the |all )?(?:\d[\d,]*)\b(?! draws)", r"\bn ?= ?\d", r"\bk ?= ?\d")
CASES = _any(r"\b(?:class|classes|cases?|crises|disputes|threats|sanctions|agreements|episodes|actors)\b")
BETWEEN = _any(r"\binterval\b", rf"\d{PERCENT} ?(?:-|–|to|and) ?(?:above |below )?\d", r"\d ?[-–] ?\d{1,3} ?%", r"±")
WEIGHT = _any(r"\bweigh(?:t|s|ed)?\b", r"\bmodel (?:is|has|gets|counts) (?:no|not|nothing|0)\b")
MEANING = _any(r"\b(?:counted|counts as|defined|definition|means|meaning|coded|that is,|i\.e\.|the event is)\b")

DRAWS = _any(r"\bdraws?\b")
MODEL = _any(r"\b(?:models?|model[’']s|draws|simulat\w+|outlook)\b")
SHARE = _any(
    r"\b(?:share|fraction|proportion|percentage|\d{1,3} ?%) of (?:the |all |its )?(?:models?|model[’']s|runs?|"
    r"simulations?|worlds|scenarios|samples|iterations|trials|futures|paths|courses)\b(?! draws)",
    r"\b(?:model|simulations?|outlook|engine|program|detente) (?:gives|puts|says|shows|finds|predicts|estimates|"
    r"expects|forecasts|sees|assigns|yields|computes)\b[^.;]{0,90}?\d ?%",
)
_MONTH = (
    r"(?:january|february|march|april|(?-i:May)|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.)"
)
_PART = r"(?:(?:the |early |late |mid-?|end of |start of |beginning of |middle of |\d{1,2} )*)"
_SPAN = r"(?:about |some )?(?:\d{1,3}|two|three|four|six|nine|ten|twelve|a few|a)"
DATE = _any(
    rf"\b(?:by|before|until|in|on|around|no later than) {_PART}{_MONTH}(?: \d{{1,2}})?(?: 20\d\d)?\b",
    r"\b(?:by|before|until|no later than) (?:the |early |late |mid-?|end of |start of )*(?:20\d\d|Q[1-4]\b|spring|"
    r"summer|autumn|winter|next (?:week|month|year)|(?:the )?end of (?:the|this|next) (?:week|month|year))",
    rf"\bwithin {_SPAN} (?:days?|weeks?|months?|years?)\b",
    rf"\bin {_SPAN} (?:days?|weeks?|months?)(?: from now)?\b",
)
SURE = _any(
    r"\b100" + PERCENT + r" (?:certain|sure|likely|probab\w+|guaranteed|confident)\b",
    r"\b(?:absolutely|completely|totally|entirely|wholly) (?:certain|sure|impossible)\b",
    r"\bwill (?:definitely|certainly|undoubtedly|inevitably|surely|without (?:a |any )?doubt)\b",
    r"\b(?:definitely|undoubtedly|inevitably|certainly) will\b",
    r"\b(?:is|are) (?:certain|guaranteed|sure|doomed|bound) to (?!the\b|an?\b|its?\b|their\b)",
    r"(?<!almost )\b(?:no|zero) (?:doubt|question|chance|possibility|probability|risk|likelihood) (?:that|of)\b",
    r"\b(?:beyond|without) (?:a |any |all )?doubt\b",
    r"\binevitabl[ey]\b",
    r"(?<![\d.])(?:0|100)" + PERCENT + r" (?:chance|probability|likelihood|risk)\b",
    r"\b(?:chance|probability|likelihood|risk)(?: of [a-z' -]{1,60}?)?(?: is| of| at|:) (?:0|100)" + PERCENT,
)
PROVES = _any(
    r"\b(?:proves|prov(?:e|es|ed|en) (?:that|beyond)|proof that|irrefutabl[ey]|incontrovertibl[ey]|conclusively)\b"
)
_HAPPENS = (
    r"(?:happen|occur|break out|collapse|fail|follow|lead to|result in|escalate|erupt|resume|end in|widen|spread|"
    r"retaliate|attack|strike|invade|agree|sign|walk out(?! of)|break down|succeed|"
    r"be (?:signed|reached|attacked|struck))"
)
WEASEL = _any(
    r"\b(?<!military )(?<!naval )might\b(?! of\b)",
    r"\b(?:could|may) (?:well|possibly|yet|conceivably)\b",
    r"(?<!\bwho )(?<!\bwhat )(?<!\bwhich )\b(?:could|may) (?:soon |still |also |then |again |quickly |easily |even )?"
    rf"{_HAPPENS}\b",
    r"\b(?:possibly|perhaps|maybe|conceivabl[ey]|presumably|in all likelihood)\b",
    r"\bcan(?:not|[’']t) be (?:ruled out|excluded|discounted)\b",
    r"\bit is (?:quite |entirely |well )?possible (?:that|for)\b",
    r"\b(?:a|some|every) (?:real|strong|distinct|serious|good|fair|slim|outside|decent|significant|small|high|low) "
    r"(?:possibility|chance|prospect|probability|likelihood|risk)\b",
    r"\bnot (?:very |at all |so )?(?:(?:un)?likely|(?:im)?probable)\b",
)
_EVENT = (
    r"(?:deals?|agreements?|settlements?|wars?|strikes?|attacks?|collapse|escalation|ceasefire|breakthrough|invasion)"
)
BARE = _any(
    rf"\b{_EVENT}(?: by [a-z0-9 ]{{1,20}})?(?:,|:| is| at| –| -| \()? ?(?:about |around |roughly )?\d{{1,3}}{PERCENT}",
    rf"\b\d{{1,3}}{PERCENT} (?:for|on) (?:an? |the )?{_EVENT}\b",
    rf"\b(?:we|i|analysts) (?:put|give|say|rate|see) [^.;]{{0,60}}?\d{{1,3}}{PERCENT}",
)
OF_WHAT = _any(r"\b(?:draws|scale|box|square|share|shares|weights?|interval)\b")
SAME = _any(r"\b(?:same (?:assessment of )?(?:probabilit|likelihood)|interchangeabl|synonym|both rows|two rows)")
# What a sentence must hold for any rule to be about it: quicker to look for than the patterns themselves.
STEMS = (
    "%", "per cent", "percent", "likel", "probab", "chance", "odds", "certain", "remote", "confiden", "prov", "proof",
    "could", "might", "may ", "possib", "perhaps", "maybe", "conceiv", "presum", "cannot be", "t be ", "prospect",
    "risk", "doubt", "doom", "guarant", "sure", "question", "inevit", "irrefut", "incontro", "conclus", "definite",
    "model", "draw", "simul", "outlook", "p(", "p (", "interchange", "synonym", "same ", "rows", " no way", "bound to",
)  # fmt: skip
