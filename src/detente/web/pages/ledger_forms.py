"""What do the forms of the ledger send, and what does it mean to the desk?"""

from pydantic import BaseModel, Field

from detente.desk.documents import as_day
from detente.desk.ledger.asking import Own
from detente.desk.ledger.saying import Given, Outcome
from detente.errors import UsageError

SHORT = 400
LONG = 8_000
MOST = 200  # rows of one kind in a form
MOST_DAYS = 36_500


class Form(BaseModel):
    """What every form of the ledger sends: where it stood, and as of which day it speaks."""

    back: str = Field("", max_length=2_000)
    as_of: str = Field("", max_length=10)


class Opening(Form):
    """Questions to open, of those that the situation suggests."""

    ids: list[str] = Field([], max_length=MOST)
    every: str = Field("", max_length=10)
    forecast: str = Field("", max_length=10)


class Asking(Form):
    """A question of somebody's own; what stands on lines of its own is one thing each."""

    text: str = Field(max_length=SHORT)
    criteria: str = Field("", max_length=LONG)
    closes: str = Field("", max_length=10)
    sources: str = Field("", max_length=LONG)
    choices: str = Field("", max_length=LONG)
    ordered: str = Field("", max_length=10)
    low: str = Field("", max_length=40)
    high: str = Field("", max_length=40)
    unit: str = Field("", max_length=80)
    given: str = Field("", max_length=SHORT)
    within: str = Field("", max_length=6)
    cluster: str = Field("", max_length=120)
    topics: str = Field("", max_length=SHORT)

    def own(self) -> Own:
        """Return the question as the desk takes it.

        Raises UsageError for a day that is none.
        """
        within = self.within.strip()
        if within and not (within.isascii() and within.isdigit() and int(within) <= MOST_DAYS):
            raise UsageError(f"'{within}' is no number of days. Give one from 1 to {MOST_DAYS}.")
        return Own(
            text=" ".join(self.text.split()),
            closes=as_day(self.closes, what="closes"),
            criteria=" ".join(self.criteria.split()),
            sources=lines(self.sources),
            choices=lines(self.choices),
            ordered=bool(self.ordered),
            scale=f"{self.low.strip()}..{self.high.strip()}" if self.low.strip() or self.high.strip() else None,
            unit=self.unit.strip() or None,
            given=self.given or None,
            within=int(within) if within else None,
            cluster=self.cluster.strip() or None,
            topics=tuple(t.strip() for t in self.topics.split(",") if t.strip()),
        )


class Forecasting(Form):
    """How likely something is: a share for each answer, or values at shares; or that a class is to speak."""

    question: str = Field("", max_length=SHORT)
    of_class: str = Field("", max_length=10)
    p: list[str] = Field([], max_length=MOST)
    share: list[str] = Field([], max_length=MOST)
    value: list[str] = Field([], max_length=MOST)
    other: str = Field("", max_length=120)
    other_p: str = Field("", max_length=40)
    other_day: str = Field("", max_length=10)
    lapses: str = Field("", max_length=10)
    note: str = Field("", max_length=LONG)

    def given(self) -> Given:
        """Return the forecast as the desk takes it.

        Raises UsageError for a day that is none.
        """
        rows = zip(self.share, self.value, strict=False)
        other = f"{self.other.strip()}={self.other_p.strip()}@{self.other_day}"
        return Given(
            probabilities=tuple(p.strip() for p in self.p) if any(p.strip() for p in self.p) else (),
            quantiles=tuple(f"{share.strip()}={value.strip()}" for share, value in rows if value.strip()),
            comparisons=(other,) if self.other.strip() or self.other_p.strip() else (),
            lapses=as_day(self.lapses, what="last day"),
            note=" ".join(self.note.split()) or None,
        )


class Changing(Form):
    """A forecast that stands on, or is withdrawn."""

    question: str = Field(max_length=SHORT)
    lapses: str = Field("", max_length=10)
    note: str = Field("", max_length=LONG)


class Resolving(Form):
    """How a question came out; `seen` is how many resolutions the page showed."""

    question: str = Field(max_length=SHORT)
    outcome: str = Field(max_length=SHORT)
    value: str = Field("", max_length=40)
    on: str = Field("", max_length=10)
    sources: str = Field("", max_length=LONG)
    note: str = Field("", max_length=LONG)
    seen: int = Field(0, ge=0, le=1 << 31)

    def outcome_of(self) -> Outcome:
        """Return the outcome as the desk takes it; of a question that asks for a number, that number.

        Raises UsageError for a day that is none.
        """
        return Outcome(
            outcome=self.value.strip() if self.outcome == "value" else self.outcome,
            on=as_day(self.on, what="on"),
            sources=lines(self.sources),
            note=" ".join(self.note.split()) or None,
        )


def lines(text: str) -> tuple[str, ...]:
    """Return what stands on lines of its own.

    >>> lines("a  b\\n\\n c ")
    ('a b', 'c')
    """
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
