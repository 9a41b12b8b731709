"""How often does an event come about in cases like this one, and on which inference about the case does that hang?

The classes that an analyst chooses make a chain, each inside the one before, and the rate is that of the last one,
shrunk towards the others. Beside it stand the chains of everything that was left open, and rates of kindred events in
other data sets, each with its own definition. Which class a case belongs to is often the whole answer, and no interval
contains that doubt: so the inference that moves the rate most is named.

>>> found = classes_for(Features(), event="agreement")
>>> found.deciding[0].feature, found.deciding[0].open
('mediated', True)
>>> [(value, round(rate, 2)) for value, rate in found.deciding[0].rates]
[('mediated', 0.6), ('not-mediated', 0.22)]
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.errors import AnalysisError
from detente.outlook.classes.features import VALUES, Feature, Features
from detente.outlook.classes.nested import PRIOR_CASES, Nested, nested
from detente.outlook.classes.table import DAYS, Incidence, ReferenceClass, incidences, rates

EventName: TypeAlias = Literal["agreement", "war", "recurrence"]
EVENTS: tuple[EventName, ...] = ("agreement", "war", "recurrence")
PERIODS = ("1918-2017", "1946-2017", "1990-2017")
_SPLITS: tuple[Feature, ...] = ("mediated", "protracted")
# Events of other data sets that answer a question near to it; a condition in brackets stands for what was chosen.
_KINDRED: dict[EventName, tuple[tuple[str, str, str], ...]] = {
    "agreement": (
        ("mid", "all", "settled-negotiated"),
        ("ties-imposed", "all", "settled"),
        ("gsdb", "(objective)", "success-total"),
        ("gsdb", "(objective)", "nego-settlement"),
        ("gsdb", "(objective)", "failed"),
    ),
    "war": (
        ("mid", "all", "war"),
        ("mid", "reciprocated", "war"),
        ("icb-actors", "(trigger)", "violent-response"),
        ("icb-actors", "(trigger)", "military-response"),
    ),
    "recurrence": (
        ("ucdp-pa", "full", "ended"),
        ("ucdp-pa", "partial", "ended"),
        ("ucdp-pa", "process", "ended"),
        ("ucdp-end", "ended-by-peace-agreement", "recurs"),
        ("ucdp-end", "ended-by-ceasefire", "recurs"),
    ),
}
_ON_SANCTIONS = ("ties-imposed", "gsdb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One way to class the case: what it takes the case to be, and its classes, the widest first.

    `dated` are the counts by day of its narrowest class that has any; none where no class does.
    """

    taken: tuple[tuple[str, str], ...]
    classes: tuple[Nested, ...]
    dated: tuple[Incidence, ...]

    @property
    def last(self) -> Nested:
        """The narrowest class, whose rate is that of the chain."""
        return self.classes[-1]


@dataclass(frozen=True, slots=True)
class Deciding:
    """How far one inference about the case moves the rate, by value; `open` says that nothing is chosen."""

    feature: Feature
    rates: tuple[tuple[str, float], ...]
    open: bool

    @property
    def moves(self) -> float:
        """The highest rate less the lowest."""
        every = [rate for _, rate in self.rates]
        return max(every) - min(every)


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """What reference classes say of one event in one case.

    `chosen` is the chain of all that was chosen, `beside` the others that can be defended, `kindred` rates of other
    data sets, and `deciding` the inferences, the one that moves the rate most first.
    """

    event: EventName
    features: Features
    chosen: Chain
    beside: tuple[Chain, ...]
    kindred: tuple[ReferenceClass, ...]
    deciding: tuple[Deciding, ...]
    prior: float


@dataclass(frozen=True, slots=True)
class _Book:
    """All rates of one event, and all counts by day, by their class."""

    event: EventName
    rates: dict[str, ReferenceClass]
    incidences: dict[str, tuple[Incidence, ...]]
    prior: float


def classes_for(features: Features, *, event: EventName = "agreement", prior: float = PRIOR_CASES) -> Classes:
    """Find the classes of a case, the chosen ones and those beside them.

    Raises AnalysisError for an unknown period, event or value of a feature.

    >>> found = classes_for(Features(mediated=("mediated",), subject=("proliferation",)), event="recurrence")
    >>> [c.of.id for c in found.chosen.classes]
    ['icb/1918-2017/all', 'icb/1946-2017/all', 'icb/1946-2017/mediated']
    >>> [c.taken for c in found.beside][-1], found.beside[-1].last.of.n
    ((('subject', 'proliferation'),), 9)
    """
    _require(features, event)
    every = rates()
    book = _book(every, event, prior)
    one = {f: values[0] for f in _SPLITS if len(values := features.of(f)) == 1}
    chosen = _chain(book, features.period, one)
    beside = [c for c in _beside(book, features, one) if c.taken != chosen.taken]
    found = [_deciding(book, features.period, feature, one) for feature in _SPLITS]
    return Classes(
        event=event,
        features=features,
        chosen=chosen,
        beside=tuple({c.taken: c for c in beside}.values()),
        kindred=tuple(_kindred(every, features, event)),
        deciding=tuple(sorted(found, key=lambda d: -d.moves)),
        prior=prior,
    )


def _book(every: Iterable[ReferenceClass], event: EventName, prior: float) -> _Book:
    by_day: dict[str, list[Incidence]] = {}
    for row in incidences():
        by_day.setdefault(row.id, []).append(row)
    return _Book(
        event=event,
        rates={r.id: r for r in every if r.event.id == event and r.source.id == "icb"},
        incidences={name: tuple(rows) for name, rows in by_day.items() if len(rows) == len(DAYS)},
        prior=prior,
    )


def _chain(book: _Book, period: str, taken: dict[Feature, str]) -> Chain:
    """Set out the classes from all crises to the narrowest one; a class without cases is passed over."""
    ids = [f"icb/{p}/all" for p in PERIODS[: PERIODS.index(period) + 1]]
    values = list(taken.values())
    ids += [f"icb/{period}/{'+'.join(values[: k + 1])}" for k in range(len(values))]
    classes = nested([book.rates[i] for i in ids if i in book.rates], prior=book.prior)
    dated = next((book.incidences[i] for i in reversed(ids) if i in book.incidences), ())
    return Chain(taken=tuple(taken.items()), classes=classes, dated=dated)


def _beside(book: _Book, features: Features, one: dict[Feature, str]) -> Iterator[Chain]:
    """Yield the chain of no inference at all, those of what is open, and that of the subject."""
    yield _chain(book, features.period, {})
    for feature in _SPLITS:
        if feature not in one:
            for value in features.of(feature) or VALUES[feature]:
                yield _chain(book, features.period, _in_order({**one, feature: value}))
    for value in features.subject:
        period = features.period if features.period != PERIODS[0] else PERIODS[1]
        yield _chain(book, period, {"subject": value})


def _in_order(taken: dict[Feature, str]) -> dict[Feature, str]:
    return {feature: taken[feature] for feature in _SPLITS if feature in taken}


def _deciding(book: _Book, period: str, feature: Feature, one: dict[Feature, str]) -> Deciding:
    found = [(v, _chain(book, period, _in_order({**one, feature: v})).last.rate) for v in VALUES[feature]]
    return Deciding(feature, tuple(found), feature not in one)


def _kindred(every: Iterable[ReferenceClass], features: Features, event: EventName) -> Iterator[ReferenceClass]:
    """Yield rates of other data sets: of disputes since 1946, and of sanctions where an objective is chosen."""
    wanted = [
        (source, value, of)
        for source, condition, of in _KINDRED[event]
        for value in _standing_for(condition, features)
        if features.objective or source not in _ON_SANCTIONS
    ]
    found = {(r.source.id, r.condition.id, r.event.id): r for r in every if r.period[:4] not in ("1816", "1990")}
    yield from (found[key] for key in wanted if key in found)


def _standing_for(condition: str, features: Features) -> tuple[str, ...]:
    return {"(objective)": features.objective, "(trigger)": features.trigger}.get(condition, (condition,))


def _require(features: Features, event: EventName) -> None:
    if event not in EVENTS or features.period not in PERIODS:
        raise AnalysisError(
            f"There are no reference classes for '{event}' in {features.period}. Choose one of {', '.join(EVENTS)}, "
            f"and one of the periods {', '.join(PERIODS)}."
        )
    for feature, values in VALUES.items():
        for value in features.of(feature):
            if value not in values:
                raise AnalysisError(f"'{value}' is no value of '{feature}'. Choose from {', '.join(values)}.")
