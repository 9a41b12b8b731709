"""How often did what happen in cases of which kind: which rates come with the program?

The counts stand in `rates.csv`, those by day in `incidence.csv`; what a source, a condition and an event mean stands
in `sources.csv`, `conditions.csv` and `events.csv`. They are aggregates of data sets that are cited with each.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, TypeAlias, cast

from detente.errors import AnalysisError
from detente.outlook.classes.intervals import Bounds, wilson

Known: TypeAlias = Literal["beforehand", "during", "hindsight"]
DAYS = (30, 90, 180, 365)
ENDS = ("agreement", "otherwise", "open")


@dataclass(frozen=True, slots=True)
class Source:
    """A data set: its name, whose cases it holds, whose work it is, and what to mind."""

    id: str
    name: str
    cases: str
    citation: str
    note: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Which cases belong to a class; `known` says when that can be told of a case: before, during, or after it."""

    id: str
    words: str
    definition: str
    known: Known


@dataclass(frozen=True, slots=True)
class Event:
    """What is counted: in words, and as the data set codes it."""

    id: str
    words: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceClass:
    """How many of the cases of one kind had the event, `k` of `n`, with the interval of that rate.

    `recomputed` says whether the counts were taken again from the data set, or are taken over.
    """

    source: Source
    period: str
    condition: Condition
    event: Event
    k: int
    n: int
    bounds: Bounds
    recomputed: bool

    @property
    def id(self) -> str:
        """The class, by one name; with the event it names one rate."""
        return f"{self.source.id}/{self.period}/{self.condition.id}"

    @property
    def rate(self) -> float:
        """The share of cases with the event, 0 to 1."""
        return self.k / self.n

    @property
    def words(self) -> str:
        """The class in words."""
        return _words(self.source, self.period, self.condition)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidence:
    """How many crises of one kind had ended so many days after their trigger: in agreement, otherwise, or not yet.

    `undated` cases are left out of `n`, because the month of their trigger or end is not known.
    """

    source: Source
    period: str
    condition: Condition
    days: int
    agreement: int
    otherwise: int
    open: int
    n: int
    undated: int

    @property
    def id(self) -> str:
        """The class, by one name."""
        return f"{self.source.id}/{self.period}/{self.condition.id}"

    @property
    def words(self) -> str:
        """The class in words."""
        return _words(self.source, self.period, self.condition)

    def count(self, end: str) -> int:
        """Return how many had come to one of `ENDS`.

        >>> incidence("icb/1946-2017/all", 90).count("agreement")
        59
        """
        return {"agreement": self.agreement, "otherwise": self.otherwise, "open": self.open}[end]

    def bounds(self, end: str) -> Bounds:
        """Return the interval of the share that had come to one of `ENDS`.

        >>> round(incidence("icb/1946-2017/all", 365).bounds("open").high, 3)
        0.119
        """
        return wilson(self.count(end), self.n)


def _words(source: Source, period: str, condition: Condition) -> str:
    years = period.replace("-", " to ")
    return f"{source.cases} {years}" + ("" if condition.id == "all" else f", {condition.words}")


def rates() -> tuple[ReferenceClass, ...]:
    """Return every rate that comes with the program.

    >>> every = rates()
    >>> one = next(r for r in every if r.id == "icb/1946-2017/mediated" and r.event.id == "agreement")
    >>> one.k, one.n, one.words
    (84, 135, 'international crises 1946 to 2017, mediated')
    """
    sources, conditions, events = _sources(), _conditions(), _events()
    return tuple(
        ReferenceClass(
            source=sources[row["source"]],
            period=row["period"],
            condition=conditions[row["source"], row["condition"]],
            event=events[row["source"], row["event"]],
            k=int(row["k"]),
            n=int(row["n"]),
            bounds=Bounds(float(row["low95"]), float(row["high95"])),
            recomputed=row["recomputed"] == "yes",
        )
        for row in _rows("rates")
    )


def rate(class_id: str, event_id: str, among: Iterable[ReferenceClass] | None = None) -> ReferenceClass:
    """Return one rate, by its class and event.

    Raises AnalysisError where there is none.

    >>> rate("icb/1946-2017/proliferation", "recurrence").event.words
    'comes back within five years'
    """
    for one in rates() if among is None else among:
        if (one.id, one.event.id) == (class_id, event_id):
            return one
    raise AnalysisError(
        f"There is no rate of '{event_id}' in the reference class '{class_id}'. "
        "Choose a class and an event that stand in the table of rates."
    )


def incidences() -> tuple[Incidence, ...]:
    """Return every count by day that comes with the program.

    >>> [i.agreement for i in incidences() if i.id == "icb/1946-2017/mediated"]
    [12, 35, 49, 70]
    """
    sources, conditions = _sources(), _conditions()
    return tuple(
        Incidence(
            source=sources[row["source"]],
            period=row["period"],
            condition=conditions[row["source"], row["condition"]],
            **{name: int(row[name]) for name in ("days", "agreement", "otherwise", "open", "n", "undated")},
        )
        for row in _rows("incidence")
    )


def incidence(class_id: str, days: int, among: Iterable[Incidence] | None = None) -> Incidence:
    """Return the counts of one class by one day.

    Raises AnalysisError where there are none: no dated class.

    >>> incidence("icb/1990-2017/not-mediated", 30).n
    52
    """
    for one in incidences() if among is None else among:
        if (one.id, one.days) == (class_id, days):
            return one
    raise AnalysisError(
        f"There is no dated class '{class_id}' at {days} days. Choose one that stands in the table of counts by day, "
        f"at {', '.join(map(str, DAYS))} days."
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _sources() -> dict[str, Source]:
    return {row["id"]: Source(**row) for row in _rows("sources")}


def _conditions() -> dict[tuple[str, str], Condition]:
    return {
        (r["source"], r["id"]): Condition(r["id"], r["words"], r["definition"], cast("Known", r["known"]))
        for r in _rows("conditions")
    }


def _events() -> dict[tuple[str, str], Event]:
    return {(r["source"], r["id"]): Event(r["id"], r["words"], r["definition"]) for r in _rows("events")}
