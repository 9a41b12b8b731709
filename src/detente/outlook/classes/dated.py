r"""How often does an event come about within so many days, in cases of the kind?

    p_0 = (k_0(t) + 1) / (n_0 + 2),     p_c = (k_c(t) + 15 p_parent) / (n_c + 15)                                   (1)
    p = rate * F(t)                                                                                                 (2)

k(t) is the count by day t: on a straight line between the days that are counted and (0, 0), and flat after the last of
them. (1) goes down the chain of classes as `nested` does. Where an event has no days in its data set, (2) takes its
rate times F, the share of crises of the kind that have ended by then, itself by (1). The clock starts on the day of
asking, as that of a past case does at its trigger. All of this is convention, named in `DATED_RULES`; nothing is tuned.

The interval is that of the rate in cases of the kind; with (2) its ends are multiplied by those of F. That this case is
of the kind, and that its clock starts today, no interval says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from detente.errors import AnalysisError
from detente.outlook.classes.chosen import PERIODS, Chain, classes_for
from detente.outlook.classes.features import Features
from detente.outlook.classes.intervals import Bounds, beta_bounds
from detente.outlook.classes.nested import PRIOR_CASES, shrunk
from detente.outlook.classes.responses import Response, responses
from detente.outlook.classes.table import DAYS, ENDS, Incidence, ReferenceClass, incidences, rate

DatedEvent: TypeAlias = Literal[
    "agreement", "ended", "force", "war", "threat", "sanctions", "sanctions-resisted", "recurrence"
]
DATED: tuple[DatedEvent, ...] = (
    *("agreement", "ended", "force", "war", "threat"),
    *("sanctions", "sanctions-resisted", "recurrence"),
)
# The assumptions that a dated chance takes; `docs/reference-classes.md` shows them.
DATED_RULES = {
    "clock-starts-now": "days are counted from the day of asking, as those of a past case are from its trigger",
    "wider-class-by-day": "days are not counted in the class that was chosen, but in a wider one around it",
    "straight-between-days": "between two days that are counted the count grows evenly",
    "flat-after-a-year": "the last day that is counted is the 365th: nothing is added after it",
    "spread-like-endings": "the event has no days in its data: it is taken to come as crises of the kind end",
    "any-violence": "violence of any side counts, minor clashes too, whoever the question is about",
    "trigger-war-counts": "a crisis that began with a war counts as one with war",
    "main-response": "what counts is the main response of an actor to what set its crisis off",
    "any-sanctions": "sanctions of any kind count, whichever were threatened",
    "ends-now": "the dispute is taken to end on the day of asking",
    "even-over-five-years": "a return is taken to come evenly over the five years that are counted",
}
_FIVE_YEARS = 1826
_ANY_TIME = 0  # the day of a count that holds at any time


@dataclass(frozen=True, slots=True)
class DatedClass:
    """The class that a chance rests on: its id, and in words the cases, the event, and how it was counted."""

    id: str
    words: str
    event: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The chance of an event within `days`, with the interval of the class.

    ===========  ========================================================================================
    p            between 0 and 1
    low, high    the middle 95 % of the rate in cases of the kind, its ends cut by those of `share`
    k, n         cases with the event, of how many: by the day where days are counted, else at any time
    share        by how much the rate at any time is cut to get to the day; 1 where days are counted
    rules        the assumptions, by their names in `DATED_RULES`
    beside       other classes that can be defended, in words, and the chance by each
    ===========  ========================================================================================
    """

    event: DatedEvent
    days: int
    p: float
    low: float
    high: float
    k: int
    n: int
    share: float
    reference: DatedClass
    rules: tuple[str, ...]
    beside: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Link:
    """One class of a chain, and how many of its cases had the event by which day."""

    id: str
    words: str
    points: tuple[tuple[int, int], ...]
    n: int

    def at(self, days: int) -> float:
        """Return how many had it by a day."""
        for (day, count), (later, more) in pairwise(((0, 0), *self.points)):
            if day <= days < later:
                return count + (more - count) * (days - day) / (later - day)
        return float(self.points[-1][1])


@dataclass(frozen=True, slots=True)
class _Line:
    """A chain of classes, the widest first; `ends` are the counts of endings that an event without days follows."""

    links: tuple[_Link, ...]
    ends: tuple[_Link, ...] = ()


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted of an event: the chosen chain and the others, words, definition, and the rules it takes."""

    line: _Line
    others: tuple[_Line, ...]
    words: str
    definition: str
    rules: tuple[str, ...]


def by_day(features: Features, event: DatedEvent, days: int) -> Dated:
    """Find the chance of an event within so many days from reference classes.

    ===================  ===========================================================================================
    agreement, ended     crises by the day: in a formal or semi-formal agreement; in whatever way
    force                crises with any violence, at any time; equation (2)
    war                  crises with full-scale war, at any time; equation (2)
    threat               actors whose main response is violent, by the day, after a trigger of the chosen kind
    sanctions            threatened sanctions that are imposed, at any time; equation (2)
    sanctions-resisted   the same, of threats that the target resisted
    recurrence           crises that come back within five years, evenly over them
    ===================  ===========================================================================================

    The day of asking has not gone by: with no days left it is what remains.

    Raises AnalysisError for an unknown event or feature, and for a day that is past.

    >>> found = by_day(Features(mediated=("mediated",)), "agreement", 90)
    >>> found.k, found.n, round(found.p, 2), found.share
    (35, 135, 0.25, 1.0)
    >>> war = by_day(Features(), "war", 90)
    >>> war.k, war.n, round(war.share, 2), round(war.p, 3), war.rules[-1]
    (63, 377, 0.56, 0.095, 'spread-like-endings')
    """
    if days < 0 or event not in DATED:
        raise AnalysisError(
            f"There is no dated chance of '{event}' within {days} days. Choose one of {', '.join(DATED)}, and a day "
            "that is not past."
        )
    found, asked, days = _counted(features, event), days, max(days, 1)
    last = found.line.links[-1]
    p, bounds = _rate(found.line.links, days)
    share, cut = _share(found.line, event, days)
    return Dated(
        event=event,
        days=asked,
        p=p * share,
        low=bounds.low * cut.low,
        high=bounds.high * cut.high,
        k=int(last.at(days) + 0.5),
        n=last.n,
        share=share,
        reference=DatedClass(last.id, last.words, found.words, f"{found.definition}; {_how(last, days, share)}"),
        rules=("clock-starts-now", *found.rules, *_between(found.line, days)),
        beside=tuple(
            (line.links[-1].words, _rate(line.links, days)[0] * _share(line, event, days)[0])
            for line in found.others
            if line.links[-1].id != last.id
        ),
    )


def _counted(features: Features, event: DatedEvent) -> _Counted:
    if event in ("agreement", "ended"):
        return _ending(features, event)
    if event in ("war", "recurrence"):
        return _rated(features, event)
    if event == "threat":
        return _answered(features)
    if event == "force":
        return _violent(features)
    return _imposed(features, "resisted" if event == "sanctions-resisted" else "all")


def _ending(features: Features, event: DatedEvent) -> _Counted:
    """Count how crises end, by the day."""
    found = classes_for(features, event="agreement")
    of = found.chosen.last.of.event
    whole = event == "ended"
    rows = incidences()
    lines = [_Line(_ends(c, rows, ENDS[:2] if whole else ENDS[:1])) for c in (found.chosen, *found.beside)]
    words, definition = ("ends in whatever way", "its termination") if whole else (of.words, of.definition)
    wider = lines[0].links[-1].id != found.chosen.last.of.id
    return _Counted(lines[0], tuple(lines[1:]), words, definition, ("wider-class-by-day",) if wider else ())


def _rated(features: Features, event: DatedEvent) -> _Counted:
    """Count what has no days, in the narrowest class there is."""
    found = classes_for(features, event="war" if event == "war" else "recurrence")
    of = found.chosen.last.of.event
    rows = incidences() if event == "war" else ()
    lines = [
        _Line(tuple(_whenever(c.of, c.of.k) for c in chain.classes), _ends(chain, rows))
        for chain in (found.chosen, *found.beside)
    ]
    rules = ("trigger-war-counts", "spread-like-endings") if event == "war" else ("ends-now", "even-over-five-years")
    return _Counted(lines[0], tuple(lines[1:]), of.words, of.definition, rules)


def _violent(features: Features) -> _Counted:
    """Count the crises with any violence: all but those without."""
    chain = classes_for(_all(features)).chosen
    calm = [rate(c.of.id, "no-violence") for c in chain.classes]
    line = _Line(tuple(_whenever(c, c.n - c.k) for c in calm), _ends(chain, incidences()))
    definition = "VIOL = 2, 3 or 4: minor clashes, serious clashes or full-scale war, at any time during the crisis"
    return _Counted(line, (), "sees violence of any kind", definition, ("any-violence", "spread-like-endings"))


def _imposed(features: Features, condition: str) -> _Counted:
    found = rate(f"ties-threats/1971-2000/{condition}", "imposed")
    line = _Line((_whenever(found, found.k),), _ends(classes_for(_all(features)).chosen, incidences()))
    return _Counted(line, (), found.event.words, found.event.definition, ("any-sanctions", "spread-like-endings"))


def _answered(features: Features) -> _Counted:
    """Count violent answers by the day, of actors whose crisis a trigger of the chosen kind set off."""
    period = classes_for(_all(features)).features.period
    periods = tuple(p for p in PERIODS[1:] if p <= period) or PERIODS[1:2]
    known = _answers()
    wide = tuple(known[p, "all"] for p in periods)
    triggers = [c for p, c in known if p == periods[-1] and c != "all"]
    strange = [trigger for trigger in features.trigger if trigger not in triggers]
    if strange:
        raise AnalysisError(f"'{strange[0]}' is no kind of trigger. Choose from {', '.join(triggers)}.")
    lines = [_Line((*wide, known[periods[-1], trigger])) for trigger in features.trigger]
    chosen = lines[0] if len(lines) == 1 else _Line(wide)
    of = rate("icb-actors/1946-2017/trigger-violent-act", "violent-response").event
    return _Counted(chosen, tuple(lines), of.words, of.definition, ("main-response",))


def _answers() -> dict[tuple[str, str], _Link]:
    """Return violent answers by the day, by period and trigger."""
    rows: dict[tuple[str, str], list[Response]] = {}
    for row in responses():
        rows.setdefault((row.period, row.condition), []).append(row)
    return {
        key: _Link(of[0].id, of[0].words, tuple((row.days, row.violent) for row in of), of[0].n)
        for key, of in rows.items()
    }


def _all(features: Features) -> Features:
    """Leave all inferences about the case out but the period."""
    return Features(period=features.period)


def _whenever(of: ReferenceClass, k: int) -> _Link:
    return _Link(of.id, of.words, ((_ANY_TIME, k),), of.n)


def _ends(chain: Chain, rows: Sequence[Incidence], ends: Sequence[str] = ENDS[:2]) -> tuple[_Link, ...]:
    """Return the classes of a chain that are dated, with how many had come to one of these ends by the day."""
    found = []
    for one in chain.classes:
        days = [row for row in rows if row.id == one.of.id]
        if len(days) == len(DAYS):
            points = tuple((row.days, sum(row.count(end) for end in ends)) for row in days)
            found.append(_Link(one.of.id, one.of.words, points, days[0].n))
    return tuple(found)


def _rate(links: Iterable[_Link], days: int) -> tuple[float, Bounds]:
    """Go down a chain by equation (1)."""
    p, weight = None, 0.0
    for link in links:
        weight = link.n + (2.0 if p is None else PRIOR_CASES)
        p = shrunk(link.at(days), link.n, p)
    if p is None:
        raise AnalysisError("No class of this chain has counts by day. Choose features of a class that has.")
    return p, beta_bounds(p * weight, (1 - p) * weight)


def _share(line: _Line, event: DatedEvent, days: int) -> tuple[float, Bounds]:
    """Return by how much a rate at any time is cut, equation (2)."""
    if line.ends:
        return _rate(line.ends, days)
    share = min(1.0, days / _FIVE_YEARS) if event == "recurrence" else 1.0
    return share, Bounds(share, share)


def _between(line: _Line, days: int) -> tuple[str, ...]:
    counted = [day for day, _ in (line.ends or line.links)[-1].points]
    if counted == [_ANY_TIME]:
        return ()
    if days > counted[-1]:
        return ("flat-after-a-year",)
    return () if days in counted else ("straight-between-days",)


def _how(link: _Link, days: int, share: float) -> str:
    """Say which counts a chance is from."""
    counts = dict(link.points)
    if _ANY_TIME in counts:
        return f"{counts[_ANY_TIME]} of {link.n}, times {share:.2f} for the first {days} days"
    if days in counts:
        return f"{counts[days]} of {link.n} within {days} days"
    before = [(day, k) for day, k in link.points if day < days]
    after = [(day, k) for day, k in link.points if day > days]
    said = " and ".join(f"{k} within {day} days" for day, k in (*before[-1:], *after[:1]))
    return f"{said}, of {link.n}"
