"""How does one draw go, round by round, if somebody decides in place of the model for one of the parties?

The rounds are those of `detente.outlook.courses.rounds`; here they stop wherever a party decides that has a seat.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np

from detente.errors import UsageError
from detente.outlook.courses.result import (
    BACK_DOWN,
    CALM,
    CARRIED_OUT,
    COLLAPSED,
    CONCEDE,
    FORCE_STATES,
    HOLD,
    IMPASSE,
    SETTLED_BY,
    TABLE_STATES,
    TALKS,
    WAR,
)
from detente.outlook.courses.rounds import _after, _at_table, _begin, _ended, _felt, _first, _Now
from detente.outlook.seat.dealt import Dealt, Offer

Kind: TypeAlias = Literal[
    "puts-forward", "takes-up", "refuses", "insists", "exhausted",
    "incident", "deadline", "holds", "concedes", "backs-down", "carries-out", "war",
    "settles-by-conceding", "breaks-off", "undoes", "settles", "walks-out", "returns", "force-ends", "war-ends",
]  # fmt: skip
Asking: TypeAlias = Literal["agenda", "answer", "package", "impasse", "challenge", "threat", "resisted"]
_ENDS: dict[int, Kind] = {HOLD: "holds", CONCEDE: "concedes", BACK_DOWN: "backs-down", CARRIED_OUT: "carries-out"}
AGENDA = "agenda:"  # before the number of an agenda, in a choice


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens: by whom, to whom, and by which move, agenda or deadline, where it is somebody's."""

    kind: Kind
    by: str | None = None
    to: str | None = None
    what: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One round: its events in order, and how things stand after it. Number 0 is what comes before the first."""

    number: int
    events: tuple[Event, ...]
    table: str
    settled_by: str
    force: str
    tension: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody has to decide: in which round, on which agenda or dyad, among what, and what the model would do.

    `conceded` says that the other side has given way, so that the package can be had now.
    """

    kind: Asking
    number: int
    about: int
    options: tuple[str, ...]
    usual: str
    conceded: bool = False


@dataclass(frozen=True, slots=True)
class Played:
    """How far it has gone: rounds that are over, what has happened in the one that is not, what is asked now.

    `asked` is None once all is over. `decided` are the decisions so far with the choices taken, `mode` the agenda that
    was taken up, an index, `IMPASSE` where none was and None before that is settled.
    """

    turns: tuple[Turn, ...]
    events: tuple[Event, ...]
    mode: int | None
    asked: Asked | None
    decided: tuple[tuple[Asked, str], ...]


@dataclass(slots=True)
class _Log:
    """What has happened so far."""

    turns: list[Turn] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    mode: int | None = None

    def add(self, kind: Kind, by: str | None = None, to: str | None = None, what: str | None = None) -> None:
        self.events.append(Event(kind, by, to, what))

    def close(self, now: _Now) -> None:
        table, force, settled = (int(v[0, 0]) for v in (now.table, now.force, now.settled_by))
        self.turns.append(
            Turn(
                len(self.turns),
                tuple(self.events),
                TABLE_STATES[table],
                SETTLED_BY[settled],
                FORCE_STATES[force],
                float(now.tension[0, 0]),
            )
        )
        self.events.clear()


_Course: TypeAlias = Generator[Asked, str, None]


def played(draw: Dealt, *, seat: str | None = None, choices: Sequence[str] = ()) -> Played:
    """Play one draw from its start, with the choices of the one who has the seat, as far as they go.

    Raises UsageError for a choice that is none of those asked for, and where there are more choices than are asked.
    """
    log, decided = _Log(), []
    course = _played(draw, log, seat)
    asked = next(course, None)
    for choice in choices:
        if asked is None:
            raise UsageError(f"'{choice}' comes after the end: nothing is left to decide. Leave it out.")
        if choice not in asked.options:
            raise UsageError(
                f"'{choice}' cannot be chosen in round {asked.number}. Choose one of: {', '.join(asked.options)}."
            )
        decided.append((asked, choice))
        try:
            asked = course.send(choice)
        except StopIteration:
            asked = None
    return Played(tuple(log.turns), tuple(log.events), log.mode, asked, tuple(decided))


def _played(draw: Dealt, log: _Log, seat: str | None) -> _Course:
    now = _first(draw.rules, (1, 1, len(draw.crises)))
    yield from _agreeing(draw, log, seat)
    log.close(now)
    for t in range(draw.rules.rounds):
        yield from _round(draw, log, seat, now, t)


def _agreeing(draw: Dealt, log: _Log, seat: str | None) -> _Course:
    """Put agendas forward until one is taken up, or nobody goes on."""
    setting, left, refused = draw.question.setting, list(draw.order), 0
    proposer = setting.proposer
    others = [p for p in setting.parties if p != proposer]
    log.mode = IMPASSE
    while left:
        choice = "insist" if refused > draw.borne else f"{AGENDA}{left[0]}"
        if seat == proposer:
            options = tuple(f"{AGENDA}{m}" for m in sorted(left)) + (("insist",) if refused else ())
            log.mode = None
            choice = yield Asked("agenda", 0, -1, options, choice)
            log.mode = IMPASSE
        if choice == "insist":
            log.add("insists", proposer)
            return
        mode = int(choice.removeprefix(AGENDA))
        left.remove(mode)
        log.add("puts-forward", proposer, what=setting.modes[mode])
        taken, alone = draw.offers[mode].found, others[0] if len(others) == 1 else None
        if seat in others:
            log.mode = None
            said = yield Asked("answer", 0, mode, ("take-up", "refuse"), "take-up" if taken else "refuse")
            log.mode = IMPASSE
            alone = seat if said == "refuse" and taken else alone
            # With more than two at the table the rest still refuse what has no deal.
            taken = said == "take-up" and (taken or len(others) == 1)
        log.add("takes-up" if taken else "refuses", alone, what=setting.modes[mode])
        if taken:
            log.mode = mode
            return
        refused += 1
    log.add("exhausted", proposer)


def _round(draw: Dealt, log: _Log, seat: str | None, now: _Now, t: int) -> _Course:
    rules, lots, setting = draw.rules, draw.lots, draw.question.setting
    incident = lots.incident[t] < rules.incident
    _begin(now, rules, incident)
    if incident[0]:
        log.add("incident")
    if int(rules.deadline_in[0]) == t + 1:
        log.add("deadline", setting.deadline_by, what=setting.deadline)
    free = now.settled_by == 0
    lapsed = (rules.deadline_in == t) & (t > 0) & free
    at_war, gave, before = now.force == WAR, now.gave.copy(), now.tension.copy()
    for k in range(len(draw.crises)):
        idle = at_war | (~free if rules.inside[k] else gave == rules.target[k])
        heat = (1 + before) * np.where(lapsed & rules.due[k], rules.deadline_push, 1.0)
        if bool((~idle & (lots.occasion[t, k] < rules.occasion[:, k] * heat))[0, 0]):
            end = yield from _crisis(draw, seat, now, (t, k))
            _tell_crisis(draw, log, now, (t, k), end)
    yield from _talks(draw, log, seat, now, t)
    forced = int(now.force[0, 0])
    _after(now, rules, lots.force[t])
    if int(now.force[0, 0]) == CALM != forced:
        log.add("war-ends" if forced == WAR else "force-ends")
    log.close(now)


def _crisis(draw: Dealt, seat: str | None, now: _Now, at: tuple[int, int]) -> Generator[Asked, str, int]:
    """Let a crisis come to a head, and return how it ends."""
    (t, k), one = at, draw.crises[at[1]]
    drawn = int(_ended(now, draw.rules, np.array([[one.chances]]), k, draw.lots.end[t, k])[0, 0])
    if seat == one.dyad.challenger:
        usual = "hold" if drawn == HOLD else "challenge"
        if (yield Asked("challenge", t + 1, k, ("challenge", "hold"), usual)) == "hold":
            return HOLD
        resists = drawn != CONCEDE if drawn != HOLD else bool(draw.luck.resists[t, k] < one.resists)
        if not resists:
            return CONCEDE
        firm = drawn == CARRIED_OUT if drawn != HOLD else bool(draw.luck.firm[t, k] < one.firm)
        usual = "stand-firm" if firm else "back-down"
        said = yield Asked("resisted", t + 1, k, ("stand-firm", "back-down"), usual)
        return CARRIED_OUT if said == "stand-firm" else BACK_DOWN
    if seat == one.dyad.target and drawn != HOLD:
        usual = "concede" if drawn == CONCEDE else "resist"
        if (yield Asked("threat", t + 1, k, ("concede", "resist"), usual)) == "concede":
            return CONCEDE
        firm = drawn == CARRIED_OUT if drawn != CONCEDE else bool(draw.luck.firm[t, k] < one.firm)
        return CARRIED_OUT if firm else BACK_DOWN
    return drawn


def _tell_crisis(draw: Dealt, log: _Log, now: _Now, at: tuple[int, int], end: int) -> None:
    """Let the end of a crisis act, and note what it did."""
    (t, k), dyad = at, draw.crises[at[1]].dyad
    table, force, settled = (int(v[0, 0]) for v in (now.table, now.force, now.settled_by))
    _felt(now, draw.rules, k, np.array([[end]], dtype=np.int8), (draw.lots.answer[t, k], draw.lots.talks[t, k]))
    by, to = (dyad.target, dyad.challenger) if end == CONCEDE else (dyad.challenger, dyad.target)
    log.add(_ENDS[end], by, to, dyad.concede if end == CONCEDE else dyad.challenge)
    if int(now.settled_by[0, 0]) != settled and end == CONCEDE:
        log.add("settles-by-conceding", by, to)
    if int(now.force[0, 0]) == WAR != force:
        log.add("war", by, to)
    if int(now.table[0, 0]) == COLLAPSED != table:
        log.add("undoes" if settled else "breaks-off", by, to)


def _talks(draw: Dealt, log: _Log, seat: str | None, now: _Now, t: int) -> _Course:
    """Let talks go on, settle, break off or come back."""
    offer = draw.offers[log.mode] if log.mode is not None and log.mode != IMPASSE else None
    offer = offer if offer is not None and offer.found else None
    before, lot = int(now.table[0, 0]), draw.lots.table[t]
    rounds, whose = offer.wait() if offer is not None else (np.inf, None)
    agreed = offer is not None
    if before == TALKS and seat in draw.question.setting.parties:
        asked = _on_table(draw, offer, seat, now, t)
        said = yield asked
        if said == "accept":
            rounds, whose = 0.0, offer.wait(but=seat)[1] if asked.conceded and offer is not None else seat
        elif said == "hold-out":
            rounds = np.inf
        elif said == "walk-out":
            lot, agreed, whose = np.full(1, -1.0), False, seat
    full = offer is not None and offer.full
    _at_table(now, draw.rules, lot, (np.array([[rounds]]), np.array([[full]]), np.array([[agreed]])), t + 1)
    after = int(now.table[0, 0])
    if before == TALKS and after == COLLAPSED:
        now.lasted[:] = 0.0  # who comes back begins anew, as after any other break
        log.add("walks-out", whose)
    elif before == TALKS != after:
        log.add("settles", whose)
    elif after == TALKS != before:
        log.add("returns", what=TABLE_STATES[before])


def _on_table(draw: Dealt, offer: Offer | None, seat: str | None, now: _Now, t: int) -> Asked:
    """Ask what somebody does about the package on the table, or about talks that lead nowhere."""
    if offer is None:
        return Asked("impasse", t + 1, -1, ("stay", "walk-out"), "stay")
    before, rules = float(now.lasted[0, 0]), draw.rules
    lasted = before + (float(rules.deadline_push[0]) if int(rules.deadline_in[0]) == t + 1 else 1.0)
    mine = dict(offer.waits)[seat or ""]
    # Whose time comes first within a round gives way first.
    first = offer.wait()[1] == seat and mine > before
    conceded = lasted >= offer.wait(but=seat)[0] and not first
    options = ("accept", *(() if conceded else ("hold-out",)), "walk-out")
    if not conceded and seat not in offer.holders:
        options = ("hold-out", "walk-out")
    usual = "accept" if conceded or lasted >= mine else "hold-out"
    return Asked("package", t + 1, draw.question.setting.modes.index(offer.agenda), options, usual, conceded)
