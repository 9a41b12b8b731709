"""Which word, which round number and which odds stand for a probability?

Three scales of words are known. ICD 203 is the one used unless another is asked for:

========  ==============================================================================================================
icd203    Intelligence Community Directive 203, Analytic Standards (2015): seven bands, two rows of words
phia      Professional Head of Intelligence Assessment, Probability Yardstick (United Kingdom), from memory: seven bands
          with gaps between them, so that a probability is read in steps of five
ipcc      Intergovernmental Panel on Climate Change, Fourth Assessment Report, Working Group I, Technical Summary
          (2007): bands that lie in one another, of which the narrowest is taken
========  ==============================================================================================================

Two bands that meet at a number leave it to the upper one. Where no band is, the number stands alone.
"""

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.errors import AnalysisError

ScaleName: TypeAlias = Literal["icd203", "phia", "ipcc"]
STEP = 5
_LADDER = (
    (1.0, "about even"), (1.5, "about 3 to 2"), (2.0, "about 2 to 1"), (3.0, "about 3 to 1"), (4.0, "about 4 to 1"),
    (6.0, "about 6 to 1"), (9.0, "about 9 to 1"), (14.0, "about 14 to 1"), (19.0, "about 20 to 1"),
)  # fmt: skip
_LONGEST = 25.0  # from here on odds say no more than that they are long


@dataclass(frozen=True, slots=True)
class Term:
    """A word for a probability, and how a sentence with it begins."""

    word: str
    lead: str


@dataclass(frozen=True, slots=True)
class Band:
    """From which percentage to which a word is used; two terms where a scale has two rows of them."""

    low: int
    high: int
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of words, and whether a probability is rounded to steps of five before it is read off."""

    name: ScaleName
    title: str
    bands: tuple[Band, ...]
    by_steps: bool = False


def _is(word: str) -> Term:
    return Term(word, f"It is {word}")


def _there(word: str, article: str = "a ") -> Term:
    return Term(word, f"There {'are' if word.endswith('odds') else 'is'} {article}{word}")


ICD203 = Scale(
    "icd203",
    "ICD 203",
    (
        Band(1, 5, (_there("almost no chance", ""), Term("remote", "The chance is remote"))),
        Band(5, 20, (_is("very unlikely"), _is("highly improbable"))),
        Band(20, 45, (_is("unlikely"), _is("improbable"))),
        Band(45, 55, (_there("roughly even chance"), _there("roughly even odds", ""))),
        Band(55, 80, (_is("likely"), _is("probable"))),
        Band(80, 95, (_is("very likely"), _is("highly probable"))),
        Band(95, 99, (_is("almost certain"), _is("nearly certain"))),
    ),
)
PHIA = Scale(
    "phia",
    "PHIA yardstick",
    (
        Band(0, 5, (_there("remote chance"),)),
        Band(10, 20, (_is("highly unlikely"),)),
        Band(25, 35, (_is("unlikely"),)),
        Band(40, 49, (_there("realistic possibility"),)),
        Band(55, 75, (_is("likely"), _is("probable"))),
        Band(80, 90, (_is("highly likely"),)),
        Band(95, 100, (_is("almost certain"),)),
    ),
    by_steps=True,
)
IPCC = Scale(
    "ipcc",
    "IPCC",
    (
        Band(0, 1, (_is("exceptionally unlikely"),)),
        Band(0, 5, (_is("extremely unlikely"),)),
        Band(0, 10, (_is("very unlikely"),)),
        Band(0, 33, (_is("unlikely"),)),
        Band(33, 66, (_is("about as likely as not"),)),
        Band(66, 100, (_is("likely"),)),
        Band(90, 100, (_is("very likely"),)),
        Band(95, 100, (_is("extremely likely"),)),
        Band(99, 100, (_is("virtually certain"),)),
    ),
)
SCALES: dict[ScaleName, Scale] = {"icd203": ICD203, "phia": PHIA, "ipcc": IPCC}


def _percent(p: float) -> float:
    if not 0 <= p <= 1:
        raise AnalysisError(f"{p:g} is no probability. Give one from 0 to 1.")
    return round(100 * p, 9)


def stepped(p: float) -> int:
    """Return a probability as the nearest multiple of 5 in percent, 0 and 100 included.

    Raises AnalysisError for what is no probability.

    >>> stepped(0.347), stepped(0.325), stepped(0.004)
    (35, 35, 0)
    """
    return STEP * math.floor(_percent(p) / STEP + 0.5)


def five_point(p: float) -> str:
    """Return a probability as a brief prints it: in steps of five, and never as none or all.

    Raises AnalysisError for what is no probability.

    >>> five_point(0.347), five_point(0.01), five_point(0.99)
    ('35%', 'below 5%', 'above 95%')
    """
    return _shown(stepped(p))


def _shown(percent: int) -> str:
    if percent <= 0:
        return f"below {STEP}%"
    return f"above {100 - STEP}%" if percent >= 100 else f"{percent}%"


def stepped_interval(low: float, high: float) -> str:
    """Return an interval in steps of five, each end moved outwards, so that it never claims more than is known.

    Raises AnalysisError for ends that are no probabilities, or stand the wrong way round.

    >>> stepped_interval(0.305, 0.389), stepped_interval(0.01, 0.09), stepped_interval(0.001, 0.03)
    ('30% to 40%', 'below 5% to 10%', 'below 5%')
    """
    first, last = _percent(low), _percent(high)
    if first > last:
        raise AnalysisError(f"An interval from {low:g} to {high:g} ends before it begins. Give the lower end first.")
    ends = STEP * math.floor(first / STEP), STEP * math.ceil(last / STEP)
    if ends in ((0, STEP), (100 - STEP, 100)):
        return _shown(0 if ends[0] == 0 else 100)
    return f"{_shown(ends[0])} to {_shown(ends[1])}"


def odds(p: float) -> str:
    """Return a probability as odds that people say.

    Raises AnalysisError for what is no probability.

    >>> odds(1 / 3), odds(0.5), odds(0.76), odds(0.001)
    ('about 2 to 1 against', 'about even', 'about 3 to 1 on', 'more than 20 to 1 against')
    """
    share = _percent(p) / 100
    smaller = min(share, 1 - share)
    side = "against" if share < 0.5 else "on"
    if smaller * (1 + _LONGEST) < 1:
        return f"more than 20 to 1 {side}"
    ratio = (1 - smaller) / smaller
    _, said = min(_LADDER, key=lambda rung: abs(math.log(ratio / rung[0])))
    return said if said == _LADDER[0][1] else f"{said} {side}"


def band_of(p: float, *, scale: ScaleName = "icd203") -> Band | None:
    """Return the band of a probability, the narrowest where several hold it; None outside the scale.

    Raises AnalysisError for what is no probability.

    >>> found = band_of(0.2)
    >>> found.low, found.high
    (20, 45)
    """
    known = SCALES[scale]
    at = float(stepped(p)) if known.by_steps else _percent(p)
    top = max(band.high for band in known.bands)
    closed = [b for b in known.bands if b.low <= at <= b.high]
    holding = [b for b in closed if at < b.high or b.high == top or known.by_steps]
    return min(holding, key=lambda b: b.high - b.low) if holding else None


def in_words(p: float, *, scale: ScaleName = "icd203", row: int = 0) -> str:
    """Return the word of a scale for a probability; outside its bands, the number alone.

    `row` chooses among the words of a band, where it has more than one: one document uses one row.

    Raises AnalysisError for what is no probability.

    >>> in_words(0.35), in_words(0.2), in_words(0.35, row=1), in_words(0.992)
    ('unlikely', 'unlikely', 'improbable', 'above 99%')
    >>> in_words(0.45, scale="phia"), in_words(0.45, scale="ipcc")
    ('realistic possibility', 'about as likely as not')
    """
    band = band_of(p, scale=scale)
    if band is not None:
        return band.terms[min(row, len(band.terms) - 1)].word
    if p < 0.01:
        return "below 1%"
    return "above 99%" if p > 0.99 else five_point(p)
