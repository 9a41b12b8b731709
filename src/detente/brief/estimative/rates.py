"""How is the likelihood of an event said, with its class, its cases, its interval and its meaning beside it?"""

from dataclasses import dataclass
from typing import Literal

from detente.brief.estimative.scales import ScaleName, band_of, five_point, in_words, stepped_interval
from detente.errors import AnalysisError
from detente.outlook.classes.intervals import Bounds
from detente.outlook.classes.table import Incidence, ReferenceClass

_ENDS = {
    "agreement": ("ends in a formal or semi-formal agreement", "FOROUT = 1 or 2, its last day no later than that"),
    "otherwise": ("ends without such an agreement", "any other form of outcome, its last day no later than that"),
    "open": ("has not ended", "its last day later than that"),
}
NO_DATE = "No dated class: nothing here says when."


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRate:
    """Everything that must stand beside the probability of an event.

    ==================  =====================================================================================
    p                   the probability that is said, 0 to 1
    low, high           the interval of the rate, 0 to 1
    k, n                how many of how many cases had the event
    class_name          of which cases, in words
    event               what happens, as the rest of a sentence after `subject`: "ends in a formal agreement"
    definition          what is counted as the event
    weight              the weight of the model in `p`, 0 to 1; 0 where the class speaks alone
    by                  by when, as counted from what: "within 90 days of its trigger"; None for no dated class
    subject             whom the event befalls
    ==================  =====================================================================================

    Raises AnalysisError where these do not fit one another.
    """

    p: float
    low: float
    high: float
    k: int
    n: int
    class_name: str
    event: str
    definition: str
    weight: float = 0.0
    by: str | None = None
    subject: str = "this dispute"

    def __post_init__(self) -> None:
        """Refuse a rate that says less, or other, than it must."""
        if not (0 <= self.k <= self.n and self.n > 0):
            raise AnalysisError(f"{self.k} of {self.n} cases of '{self.class_name}' is no rate. Give the counts.")
        if not (0 <= self.low <= self.high <= 1 and 0 <= self.p <= 1 and 0 <= self.weight <= 1):
            raise AnalysisError(
                f"The rate {self.p:g} of '{self.class_name}', its interval from {self.low:g} to {self.high:g} and its "
                f"weight {self.weight:g} are not all between 0 and 1, in this order. Give them as shares."
            )
        if not all(text.strip() for text in (self.class_name, self.event, self.definition)):
            raise AnalysisError("A rate without a class, an event or its definition says nothing. Give all three.")


def class_rate(
    of: ReferenceClass,
    *,
    p: float | None = None,
    bounds: Bounds | None = None,
    weight: float = 0.0,
    by: str | None = None,
    subject: str = "this dispute",
) -> ClassRate:
    """Return a reference class as a rate to be said; `p` and `bounds` where they are not those of the plain count.

    Raises AnalysisError where these do not fit one another.

    >>> from detente.outlook.classes.table import rate
    >>> class_rate(rate("icb/1946-2017/mediated", "agreement")).k
    84
    """
    within = of.bounds if bounds is None else bounds
    return ClassRate(
        p=of.rate if p is None else p,
        low=within.low,
        high=within.high,
        k=of.k,
        n=of.n,
        class_name=f"{of.words}; {of.source.name}",
        event=of.event.words,
        definition=of.event.definition,
        weight=weight,
        by=by,
        subject=subject,
    )


def dated_rate(
    of: Incidence, end: Literal["agreement", "otherwise", "open"] = "agreement", *, subject: str = "this dispute"
) -> ClassRate:
    """Return what had become of the cases of a class so many days after their trigger, as a rate to be said.

    >>> from detente.outlook.classes.table import incidence
    >>> found = dated_rate(incidence("icb/1946-2017/mediated", 90))
    >>> found.k, found.n, found.by
    (35, 135, 'within 90 days of its trigger')
    """
    within = of.bounds(end)
    event, definition = _ENDS[end]
    return ClassRate(
        p=of.count(end) / of.n,
        low=within.low,
        high=within.high,
        k=of.count(end),
        n=of.n,
        class_name=f"{of.words}; {of.source.name}",
        event=event,
        definition=definition,
        by=f"within {of.days} days of its trigger",
        subject=subject,
    )


def likelihood(rate: ClassRate, *, scale: ScaleName = "icd203", row: int = 0) -> str:
    """Say how likely an event is: word, number in steps of five, interval, cases, class, weight, definition, date.

    Nothing in it is about confidence, which has a sentence of its own.

    >>> from detente.outlook.classes.table import rate
    >>> said = likelihood(class_rate(rate("icb/1946-2017/mediated", "war")))
    >>> said[:103]
    'It is unlikely that this dispute sees full-scale war: 30%, with a 95% interval from 20% to 40%; 41 of 1'
    """
    when = f" {rate.by.strip()}" if rate.by else ""
    event = f"that {rate.subject} {rate.event}{when}"
    band = band_of(rate.p, scale=scale)
    interval = f"with a 95% interval from {stepped_interval(rate.low, rate.high)}"
    if " to " not in interval:
        interval = interval.replace(" from ", " ")
    if band is None:
        said = in_words(rate.p, scale=scale)
        head = f"The probability {event} is {said}, for which the scale has no word, {interval}"
    else:
        lead = band.terms[min(row, len(band.terms) - 1)].lead
        head = f"{lead} {event}: {five_point(rate.p)}, {interval}"
    ground = f"{rate.k:,} of {rate.n:,} cases did ({rate.class_name})"
    meaning = f"The weight of the model in this is {rate.weight:g}; counted is: {rate.definition.strip().rstrip('.')}."
    return f"{head}; {ground}. {meaning}" + ("" if rate.by else f" {NO_DATE}")
