"""What do tables and posts of Metaculus both come down to, and which entries of a ledger are that?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from detente.formats.metaculus.columns import BINARY, CHOICE, EDGES, NEITHER, NUMBERS
from detente.formats.metaculus.distribution import Quantiles
from detente.formats.question_rows import Findings
from detente.formats.row_entries import Written
from detente.formats.score_table import number, shown
from detente.ledger.entries import Forecast, Opened, Resolution
from detente.situation.questions import About, Condition, Question, QuestionKind
from detente.situation.values import slug

METACULUS = "Metaculus"
_KINDS: Mapping[str, QuestionKind] = {
    BINARY: "binary",
    CHOICE: "multiple_choice",
    **dict.fromkeys(NUMBERS, "continuous"),
}
_WIDE = 0.01  # how far the chances of choices may be from adding up to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What one forecaster said on one day; `at` is where that stands."""

    at: str
    by: str
    analysis: str
    as_of: dt.date
    lapses: dt.date | None
    probabilities: tuple[float, ...] = ()
    quantiles: Quantiles = ()


@dataclass(slots=True, kw_only=True)
class Asked:
    """One question as it stands in a table or a post; what we add to either is in `slug` and the fields after it."""

    at: str
    id: str
    text: str
    type: str
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    criteria: str = ""
    url: str | None = None
    opens: dt.date | None = None
    closes: dt.date | None = None
    resolution: str | None = None
    resolved: dt.date | None = None
    slug: str | None = None
    ordered: bool = False
    sources: tuple[str, ...] = ()
    cluster: str | None = None
    topics: tuple[str, ...] = ()
    given: Condition | None = None
    about: About | None = None
    by: str | None = None
    as_of: dt.date | None = None
    spoken: list[Spoken] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return its id in a ledger."""
        return slug(self.slug or f"{METACULUS} {self.id}") or "question"


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries for a ledger, and what of the files is not among them."""

    entries: tuple[Written, ...]
    remarks: tuple[str, ...] = ()


def entries_of(finding: Findings, asked: Sequence[Asked], *, version: str) -> Entries:
    """Return questions, forecasts and resolutions.

    Raises FormatError with every fault that was found.
    """
    told = [one for one in asked if one.type in _KINDS]
    opened = [_opened(finding, one) for one in told]
    said = [_said(finding, one, spoken, version) for one in told for spoken in _last_of_days(one.spoken)]
    came = [_came(finding, one) for one in told]
    finding.refuse()
    beyond = sum(one.resolution in EDGES for one in told)
    left = (
        (len(asked) - len(told), "questions are left out: they ask for a day, or for something else that is not read"),
        (beyond, "resolutions are left out: the value lies outside the scale"),
    )
    remarks = tuple(f"{n} of {len(asked)} {why}." for n, why in left if n)
    return Entries((*(one for one in opened if one), *said, *(one for one in came if one)), remarks)


def chances(finding: Findings, at: str, values: Sequence[object], choices: Sequence[str]) -> tuple[float, ...]:
    """Return the chances of choices, where they add up to 1 but for rounding; a choice without one has none.

    >>> chances(Findings("a.csv"), "line 2", [0.333, 0.333, 0.334, None], "abcd")
    (0.333, 0.333, 0.334, 0.0)
    """
    found = tuple(finding.share(value, at) or 0.0 for value in values)
    total = sum(found)
    if len(found) != len(choices):
        finding.fault(at, f"there are {len(found)} chances and {len(choices)} choices. Give each choice one.")
    elif abs(total - 1) > _WIDE:
        finding.fault(at, f"the chances add up to {total:.3g}, not to 1. Correct them.")
    elif abs(total - 1) > 1e-9:
        return tuple(share / total for share in found)
    return found


def about(finding: Findings, value: object, at: str) -> About:
    """Return the event that a question is about, where a file of ours says so.

    >>> about(Findings("a.json"), {"event": "talks", "table": "gulf"}, "post 1").table
    'gulf'
    """
    try:
        return About.model_validate(value or {})
    except ValidationError:
        finding.fault(at, 'this is no event that is known. Write one such as {"event": "talks"}, or leave it out.')
        return About()


def number_or_none(finding: Findings, value: object, at: str) -> float | None:
    """Return a finite number; None where there is none, or where it is a fault.

    >>> number_or_none(Findings("a.csv"), "1.5", "line 2")
    1.5
    """
    if value is None or str(value).strip() in ("", "None"):
        return None
    found = None if isinstance(value, bool) else number(str(value))
    if found is None:
        finding.fault(at, f"'{shown(str(value))}' is no number. Correct it.")
    return found


def pairs(finding: Findings, found: object, at: str) -> Quantiles:
    """Return quantiles that a file of ours holds: pairs of share and value.

    >>> pairs(Findings("a.csv"), [[0.1, 20], [0.5, "35"]], "line 2")
    ((0.1, 20.0), (0.5, 35.0))
    """
    told = [one for one in found if isinstance(one, list) and len(one) == 2] if isinstance(found, list) else []
    if not isinstance(found, list) or len(told) != len(found):
        finding.fault(at, "this is no list of quantiles. Write [[0.1, 20], [0.5, 35], [0.9, 60]].")
    read = [(number_or_none(finding, share, at), number_or_none(finding, value, at)) for share, value in told]
    return tuple((share, value) for share, value in read if share is not None and value is not None)


def _last_of_days(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Of several things that one forecaster said on one day, the last counts."""
    return list({(one.by, one.analysis, one.as_of): one for one in spoken}.values())


def _opened(finding: Findings, one: Asked) -> Opened | None:
    first = min((spoken.as_of for spoken in one.spoken), default=None)
    as_of = one.as_of or one.opens or first
    if as_of is None or one.closes is None:
        missing = "from which day it is open" if as_of is None else "when it closes"
        finding.fault(one.at, f"it does not say {missing}. Write that in.")
        return None
    if one.type in NUMBERS and (one.low is None or one.high is None or one.low >= one.high):
        finding.fault(one.at, "its lower bound is missing or not below its upper bound. Correct them.")
        return None
    url = (one.url,) if one.url else ()
    question = Question(
        id=one.name,
        text=one.text,
        kind="ordered" if one.ordered else _KINDS[one.type],
        choices=one.choices,
        low=one.low if one.type in NUMBERS else None,
        high=one.high if one.type in NUMBERS else None,
        unit=one.unit,
        criteria=one.criteria or f"As {METACULUS} resolves its question {one.id}.",
        sources=one.sources or url,
        opens=one.opens if one.opens != as_of else None,
        closes=one.closes,
        given=one.given,
        cluster=one.cluster,
        topics=one.topics,
        about=one.about or About(),
    )
    return Opened(question=question, as_of=as_of, by=one.by or METACULUS)


def _said(finding: Findings, one: Asked, spoken: Spoken, version: str) -> Forecast:
    closes = one.closes or spoken.as_of
    if one.type == BINARY and len(spoken.probabilities) != 1:
        finding.fault(spoken.at, "there is no chance of yes. Write one from 0 to 1.")
    return Forecast(
        question=one.name,
        as_of=spoken.as_of,
        by=spoken.by,
        probabilities=spoken.probabilities,
        quantiles=spoken.quantiles,
        lapses=max(min(spoken.lapses or closes, closes), spoken.as_of),
        analysis=spoken.analysis,
        version=version,
    )


def _came(finding: Findings, one: Asked) -> Resolution | None:
    said = (one.resolution or "").strip()
    if not said or said in EDGES:
        return None
    value = number(said) if one.type in NUMBERS and said not in NEITHER else None
    allowed = (*NEITHER, *(("yes", "no") if one.type == BINARY else one.choices))
    if value is None and said not in allowed:
        finding.fault(one.at, f"'{shown(said)}' is no resolution of it. Correct it, or leave it empty while open.")
        return None
    if one.resolved is None:
        finding.fault(one.at, "it came out, and not when. Write the time of its resolution.")
        return None
    return Resolution(
        question=one.name,
        outcome="value" if value is not None else said,
        value=value,
        on=one.resolved,
        sources=(one.url,) if one.url else (),
        by=one.by or METACULUS,
    )
