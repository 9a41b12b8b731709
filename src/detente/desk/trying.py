"""What is being tried on the page of what-ifs: which inputs are on sliders, and where do these stand?

All of it stands in the address, as the command writes it: `iran.enrichment.position=0,40,60` for an input,
`agenda.missiles=option` for how an issue stands; names without a dot are settings.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from detente.brief.register import Register
from detente.brief.sections.levers.telling import Telling
from detente.brief.sections.tables import Choice, agenda
from detente.brief.words import Names, capital
from detente.desk.asking import ABOUT, About, bearing, table_of
from detente.desk.pieces import read_range
from detente.desk.positions import USUAL
from detente.desk.session import Session
from detente.desk.sheet import seen
from detente.desk.whatif import AGENDA, TRIED, Base, WhatIfAsked, base
from detente.errors import UsageError
from detente.levers.tornado import drift
from detente.outlook.agendas import setters
from detente.outlook.courses.assumed import AREA, TABLE
from detente.outlook.mandates import with_mandates
from detente.situation.nouns import Situation
from detente.situation.paths import inputs
from detente.situation.values import BasisKind, Range

MOST = 24  # inputs on sliders
LONGEST = 200  # characters of a path, or of a value
FARTHER = 2.0  # than what is assumed at most, an assumption can be moved so many times as far
AT_FIRST = 3  # inputs on sliders where nobody chose any
STEPS, FINEST = 100, 1000  # of a slider
FIRST: dict[About, int] = {"deals": 256, "no-deal": 256, "courses": 64}  # draws of the answer while a slider moves
ALL: dict[About, int] = {"deals": 4_096, "no-deal": 256, "courses": 2_048}  # and of the one that follows
ABOUTS: dict[About, str] = {"deals": "the deal", "no-deal": "no deal", "courses": "the outlook"}
AS_IT_IS = ""
WAYS = ("add", "drop", "hold", "spread", "reset")


@dataclass(frozen=True, slots=True)
class Trying:
    """What the address says: about what, at which table, which answer's levers, in which view; and every edit."""

    about: About = "deals"
    table: str | None = None
    answer: str | None = None
    view: str = "completed"
    edits: tuple[tuple[str, str], ...] = ()

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the address, dossier and view apart."""
        kept = {"about": self.about if self.about != "deals" else "", "table": self.table, "answer": self.answer}
        return {**{k: v for k, v in kept.items() if v}, **dict(self.edits)}


@dataclass(frozen=True, slots=True)
class Slider:
    """An input that can be moved: the ends of its scale, what it is now and what is tried (low, best, high, or one).

    `band` are the shares of the scale at which it stands now, `marks` the named levels of its scale.
    """

    path: str
    title: str
    basis: BasisKind
    low: str
    high: str
    step: str
    now: tuple[str, ...]
    then: tuple[str, ...]
    changed: bool
    band: tuple[float, float, float]
    marks: str
    in_file: bool


@dataclass(frozen=True, slots=True)
class ModeChoice:
    """How an issue stands on the agenda: in what is tried, and how it may."""

    name: str
    title: str
    now: str
    value: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An input that could be put on a slider."""

    path: str
    title: str


def trying(items: Iterable[tuple[str, str]]) -> Trying:
    """Read what an address, or a form, says; an input that is named three times has a low, a best and a high value.

    Raises UsageError for what is no answer, and for too many inputs.

    >>> found = trying([("about", "courses"), ("iran.cap.position", "60"), ("iran.cap.position", "0")])
    >>> found.about, found.edits
    ('courses', (('iran.cap.position', '60,0'),))
    """
    settings: dict[str, str] = {}
    edits: dict[str, str] = {}
    for name, value in items:
        if "." not in name:
            settings[name] = value
        elif value:
            edits[name] = f"{edits[name]},{value}" if name in edits else value
    about = next((a for a in ABOUT if a == settings.get("about", "deals")), None)
    if about is None:
        raise UsageError(f"'{settings['about'][:40]}' is nothing to ask about. Choose one of: {', '.join(ABOUT)}.")
    if len(edits) > MOST or any(max(len(p), len(v)) > LONGEST for p, v in edits.items()):
        raise UsageError(f"At most {MOST} inputs are tried together. Take some off their sliders.")
    view = "text" if settings.get("view") == "text" else "completed"
    found = Trying(about, settings.get("table") or None, settings.get("answer") or None, view)
    return replace(found, edits=tuple((path, _ordered(value)) for path, value in edits.items()))


def ready(session: Session, asked: Trying, *, draws: int) -> Base:
    """Return the dossier drawn and asked as it is, from what the session keeps where it was asked already.

    Raises BoardError where it cannot be put on the board that this takes.
    """
    now = session.now()
    key = ("what-if", now.hash, asked.view, asked.about, asked.table or "", str(draws))
    case = replace(now.case, situation=seen(now.situation, asked.view))
    return session.kept(key, lambda: base(case, WhatIfAsked((), asked.about, asked.table, draws=draws)))


def chosen(session: Session, asked: Trying) -> Trying:
    """Return what is asked with inputs on sliders where nobody chose any: those that the answer goes with most."""
    if any(not path.startswith(AGENDA) for path, _ in asked.edits):
        return asked
    held = ready(session, asked, draws=FIRST[asked.about])
    kept = session.kept(
        ("what-if first", held.fingerprint, asked.view, asked.about, asked.table or ""), lambda: _most_moving(held)
    )
    ranges = held.asked.side.ranges
    return replace(asked, edits=(*asked.edits, *((path, written(ranges[path])) for path in kept)))


def movable(held: Base) -> frozenset[str]:
    """Return the inputs that an edit can change: those in the file or of a body's members, and what courses assume."""
    whole = with_mandates(held.case.situation, drawing=USUAL)
    found = {i.path for i in inputs(whole)} | {path for path in held.asked.side.ranges if path.startswith(f"{AREA}.")}
    return frozenset(found & set(held.asked.side.ranges))


def _most_moving(held: Base) -> tuple[str, ...]:
    able = movable(held)
    factors = tuple(one for one in bearing(held.asked, held.about, held.at) if one.path in able)
    answers, values = held.held.side.asked.answers, held.held.values
    at = next((k for k in range(len(answers)) if values[:, k].std() > 0), 0)
    moves = drift((answers[at],), values[:, [at]], factors, held.held.draws)[0].moves if factors else ()
    return tuple(m.path for m in moves[:AT_FIRST])


def turned(session: Session, asked: Trying, way: str, path: str) -> Trying:
    """Return what is asked once an input is put on a slider, taken off, held to one value, spread, or left as it is.

    Raises UsageError where there is no such input.
    """
    edits = dict(chosen(session, asked).edits)
    held = ready(session, asked, draws=FIRST[asked.about])
    ranges, able = held.asked.side.ranges, movable(held)
    path = path if path in able or path in edits else _meant(session, asked, path)
    if way == "drop":
        edits.pop(path, None)
    elif path in able:
        now = ranges[path]
        middle = _numbers(edits.get(path, ""))[len(_numbers(edits.get(path, ""))) // 2 :] or [now.best]
        spread = [min(now.low, middle[0]), middle[0], max(now.high, middle[0])]
        after = {"hold": [middle[0]], "spread": spread}.get(way)
        edits[path] = ",".join(_text(at) for at in after) if after else written(now)
    if len(edits) > MOST:
        raise UsageError(f"At most {MOST} inputs are tried together. Take some off their sliders.")
    return replace(asked, edits=tuple(edits.items()))


def sliders(session: Session, asked: Trying) -> tuple[Slider, ...]:
    """Lay the inputs out that are on sliders.

    Raises UsageError where one is none, or stands at what is no value.
    """
    held = ready(session, asked, draws=FIRST[asked.about])
    told = Telling(Names(held.asked.situation), Register(), held.asked.side.ranges)
    return tuple(_slider(held, told, path, said) for path, said in asked.edits if not path.startswith(AGENDA))


def modes(session: Session, asked: Trying) -> tuple[ModeChoice, ...]:
    """Say how every issue may stand on the agenda, and how it does in what is tried."""
    held, said = ready(session, asked, draws=FIRST[asked.about]), dict(asked.edits)
    situation = held.case.situation
    at = situation.table(held.at.table)
    able = {i.id: setters(situation, at, (i.id,)) for i in situation.issues}
    chips = [chip for column in agenda(situation, at, able) for chip in column.chips]
    return tuple(
        ModeChoice(
            name=f"{AGENDA}{chip.issue}",
            title=chip.name,
            now=next((c.words for c in chip.choices if c.value == chip.value), chip.mode),
            value=said.get(f"{AGENDA}{chip.issue}", AS_IT_IS),
            choices=tuple(dict.fromkeys(_asked_mode(c) for c in chip.choices if not c.value.startswith("refused"))),
        )
        for chip in chips
    )


def known(session: Session, asked: Trying) -> tuple[Known, ...]:
    """List every input that could be put on a slider."""
    held = ready(session, asked, draws=FIRST[asked.about])
    told, able = Telling(Names(held.asked.situation), Register(), held.asked.side.ranges), movable(held)
    return tuple(Known(path, capital(told.input(path))) for path in held.asked.side.ranges if path in able)


def tables(session: Session, asked: Trying) -> tuple[tuple[str, str, bool], ...]:
    """List the tables at which several must consent: id, name, and whether it is the one that is asked about."""
    situation = seen(session.now().situation, asked.view)
    here = table_of(situation, asked.table)
    return tuple((t.id, capital(t.name), t.id == here) for t in situation.tables if len(t.consent) > 1)


def effective(held: Base, asked: Trying) -> tuple[str, ...]:
    """Return the edits that change something, as the command writes them."""
    ranges = held.asked.side.ranges
    return tuple(
        f"{path}={said}"
        for path, said in asked.edits
        if path.startswith(AGENDA) or path not in ranges or _numbers(said) != _numbers(written(ranges[path]))
    )


def written(value: Range) -> str:
    """Write a range as low, best and high, or as the one value that it is.

    >>> written(Range.point(25, TRIED)), written(Range(low=0, best=1 / 3, high=1, basis=TRIED))
    ('25', '0,0.3333333333,1')
    """
    ends = (value.best,) if value.is_point else (value.low, value.best, value.high)
    return ",".join(_text(at) for at in ends)


def _asked_mode(one: Choice) -> Choice:
    """What-ifs name no other table: that an issue is settled elsewhere is all they ask."""
    return Choice("elsewhere", "Settled elsewhere") if one.value.startswith("elsewhere") else one


def _slider(held: Base, told: Telling, path: str, said: str) -> Slider:
    ranges = held.asked.side.ranges
    if path not in ranges:
        raise UsageError(f"'{path[:80]}' is no input of this dossier as it is asked about. Search for another one.")
    now, then = ranges[path], read_range(said, path=path, basis=TRIED)
    low, high = _ends(held.asked.situation, path, (now, then))
    span = high - low
    return Slider(
        path=path,
        title=capital(told.input(path)),
        basis=now.basis.kind,
        low=_text(low),
        high=_text(high),
        step=_step(low, high, (now.low, now.best, now.high)),
        now=tuple(written(now).split(",")),
        then=tuple(_text(at) for at in _numbers(said)),
        changed=_numbers(said) != _numbers(written(now)),
        band=((now.low - low) / span, (now.best - low) / span, (now.high - low) / span),
        marks=_marks(held.asked.situation, path),
        in_file=not path.startswith(f"{AREA}."),
    )


def _ends(situation: Situation, path: str, values: Iterable[Range]) -> tuple[float, float]:
    """Return the ends of the scale of an input: its issue's, or those that make sense, and never less than it spans."""
    values = tuple(values)
    low, high = _sensible(situation, path, values[0])
    found = [at for value in values for at in (value.low, value.high)]
    return min(low, *found), max(high, _round_up(max(found)) if max(found) > high else high)


def _sensible(situation: Situation, path: str, now: Range) -> tuple[float, float]:
    parts = path.split(".")
    scales: Mapping[str, tuple[float, float]] = {issue.id: issue.scale for issue in situation.issues}
    issue = parts[0] if parts[-1] == "status_quo" else parts[1]
    if parts[-1] in ("status_quo", "position", "red_line") and issue in scales:
        return scales[issue]
    if parts[0] == AREA:
        limits = next((one.limits for one in TABLE if one.name == parts[1]), (0.0, 1.0))
        return 0.0, min(limits[1], _round_up(FARTHER * now.high))
    if parts[-1] in ("hardness", "credibility", "weight"):
        return 0.0, 1.0
    return (0.0, 100.0) if parts[-1] in ("salience", "influence", "cost", "audience_cost") else (-100.0, 100.0)


def _step(low: float, high: float, on_it: Iterable[float]) -> str:
    """Return a round step, the greatest that gives a hundred of them or more and meets every value; "any" if none does.

    A browser moves a slider whose step is "any" by hundredths.
    """
    finest = (high - low) / FINEST
    power = 10.0 ** math.floor(math.log10((high - low) / STEPS))
    for step in (power * part for part in (5.0, 2.0, 1.0, 0.5, 0.2, 0.1)):
        fits = all(abs((at - low) / step - round((at - low) / step)) < 1e-6 for at in on_it)
        if fits and finest <= step <= (high - low) / STEPS * (1 + 1e-9):
            return _text(step)
    return "any"


def _round_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(abs(value))) if value else 1.0
    return math.ceil(value / power) * power


def _marks(situation: Situation, path: str) -> str:
    parts = path.split(".")
    named = parts[0] if parts[-1] == "status_quo" else parts[1] if len(parts) > 1 else ""
    issue = next((i for i in situation.issues if i.id == named), None)
    if issue is None or parts[-1] not in ("status_quo", "position", "red_line"):
        return ""
    return "; ".join(f"{_text(mark.at)} {mark.name}" for mark in issue.landmarks)


def _meant(session: Session, asked: Trying, said: str) -> str:
    """Return the path of the one input that somebody names by a part of its path or of its name."""
    wanted = said.strip().casefold()
    found = [
        k for k in known(session, asked) if wanted and (wanted in k.path.casefold() or wanted in k.title.casefold())
    ]
    exact = [k for k in found if wanted in (k.path.casefold(), k.title.casefold())]
    if len(exact or found) == 1:
        return (exact or found)[0].path
    told = ", ".join(k.path for k in found[:5])
    near = f"Several inputs are called so: {told}, ..." if found else "No input is called so."
    raise UsageError(f"'{said[:60]}' is not one input. {near} Choose one from the list.")


def _ordered(value: str) -> str:
    """Put three numbers in order: where two handles of a slider have crossed, they have changed places."""
    numbers = _numbers(value)
    return ",".join(_text(at) for at in sorted(numbers)) if len(numbers) == 3 else value


def _numbers(value: str) -> list[float]:
    try:
        return [float(part) for part in value.split(",")]
    except ValueError:
        return []


def _text(value: float) -> str:
    return f"{value + 0.0:.10g}"
