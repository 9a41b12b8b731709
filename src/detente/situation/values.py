"""What is a value, where does it come from, and by which path is it addressed?

Every value has a **basis**; the four kinds look different everywhere:

========  ==========================================================================================
read      derived from quoted evidence by a named rule
entered   an analyst's entry, signed and dated
supplied  a structural completion that the program proposes, such as a relief issue
assumed   a default that nobody stated, by a named rule
========  ==========================================================================================
"""

import datetime as dt
import re
import unicodedata
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
BasisKind = Literal["read", "entered", "supplied", "assumed"]


def slug(text: str) -> str:
    """Return the readable id that a name gets: lower-case ASCII words joined by hyphens, empty where none are left.

    >>> slug("Côte d'Ivoire"), slug("P5+1"), slug("№ ")
    ('cote-divoire', 'p5-1', 'no')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:80].strip("-")


class Record(BaseModel):
    """A frozen record; unknown fields are faults, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Basis(Record):
    """Where a value comes from.

    >>> Basis(kind="read", evidence=("e1",), rule="refusal-of-topic").kind
    'read'
    """

    kind: BasisKind
    evidence: tuple[str, ...] = ()
    rule: str | None = None
    by: str | None = None
    date: dt.date | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Basis":
        if self.kind == "read" and not (self.evidence and self.rule):
            raise ValueError("a value that is read names its evidence and its rule")
        if self.kind == "entered" and not self.by:
            raise ValueError("a value that is entered says by whom")
        if self.kind in ("supplied", "assumed") and not self.rule:
            raise ValueError(f"a value that is {self.kind} names the rule that put it there")
        return self


# Who stands behind a number that somebody typed in and nobody signed.
UNSIGNED_EDIT = Basis(kind="entered", by="an unsigned hand edit")


class Range(Record):
    """A value known between `low` and `high`, with `best` as the best guess; in a file a bare number is a point.

    >>> Range.point(25, Basis(kind="entered", by="coder")).low
    25.0
    """

    low: float
    best: float
    high: float
    basis: Basis

    @model_validator(mode="after")
    def _ordered(self) -> "Range":
        if not self.low <= self.best <= self.high:
            raise ValueError(f"a range needs low <= best <= high, not {self.low:g}, {self.best:g}, {self.high:g}")
        return self

    @classmethod
    def point(cls, at: float, basis: Basis) -> "Range":
        """Return the range that holds one value."""
        return cls(low=at, best=at, high=at, basis=basis)

    @property
    def is_point(self) -> bool:
        """Whether nothing is left open."""
        return self.low == self.high


class Noun(Record):
    """Anything that an analyst may annotate and that a sentence may stand behind."""

    evidence: tuple[str, ...] = ()
    basis: Basis = Field(default_factory=lambda: Basis(kind="assumed", rule="unsigned"))
    note: str | None = None
