"""What does one draw hold in one world, before anybody decides anything?

Which red lines are meant, what each agenda could come to and who would wait how long for it, and what every crisis is
worth to both sides: the stages of `detente.outlook.courses`, asked of one draw and of every agenda.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from detente.boards import Deals, deals, with_modes
from detente.boards.drawn import Draws
from detente.boards.outside.dyads import Dyad
from detente.boards.outside.lay import agreeing
from detente.ensemble import SIZE, Chunk, uniform
from detente.errors import UsageError
from detente.outlook.courses.agenda import agenda_stage
from detente.outlook.courses.course import POINT, _board_no_deal, _lots, _no_deal, _rules
from detente.outlook.courses.force import Force, force_stage
from detente.outlook.courses.packages import Found, blocking, package_stage
from detente.outlook.courses.question import Question, assumed_draws, drawn_inputs
from detente.outlook.courses.result import BACK_DOWN, CARRIED_OUT, CONCEDE, HOLD
from detente.outlook.courses.rounds import Lots, Rules
from detente.outlook.courses.settling import Settling, claims, timing_stage
from detente.outlook.courses.weighed import own_gains, weighed, weighed_floor, weights, with_floor
from detente.outlook.crises import stakes_of
from detente.search.packages.undominated import best
from detente.situation.nouns import World

_ROW = np.zeros(1, dtype=np.int64)
_LAST = 1 - 2.0**-53  # the lot with which nobody gives way in time
Points = tuple[tuple[str, float], ...]  # of whom, how many


@dataclass(frozen=True, slots=True)
class Line:
    """A red line, and whether it is meant in this draw."""

    party: str
    issue: str
    real: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one agenda comes to: the deal on it, what that gains whom beyond no deal, and who waits how long for it.

    Without a deal `package` and what follows are empty, and `blocked` are those each of whom alone could open one.
    `gains` are everybody's own, in points, `mandates` those of the parties with their allies weighed in. `waits` says
    after how many rounds of talks a party gives way, infinite for never; whoever holds out is in `holders`, nobody
    where no side claims more than this deal. `most` is the best that the one who has a seat could get if nobody else
    minded.
    """

    agenda: str
    found: bool
    full: bool
    package: Points = ()
    gains: Points = ()
    mandates: Points = ()
    waits: Points = ()
    holders: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    most: float | None = None

    def wait(self, *, but: str | None = None) -> tuple[float, str | None]:
        """Return after how many rounds of talks the first gives way, one party left out, and who that is."""
        rounds, party = min(((r, p) for p, r in self.waits if p != but), key=lambda each: each[0], default=(np.inf, ""))
        return rounds, party if self.holders and np.isfinite(rounds) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confrontation:
    """The crisis of one dyad: chances of its four ends, of how many equilibria, and what these are worth, in points.

    `resists` and `firm` are how likely the target resists a challenge, and the challenger stands firm then.
    """

    dyad: Dyad
    chances: tuple[float, ...]
    equilibria: int
    worth: tuple[tuple[float, float], ...]
    resists: float
    firm: float


class Luck(NamedTuple):
    """Luck that only matters where somebody does not do what the model would: round by round, dyad by dyad."""

    resists: Float[np.ndarray, "round dyad"]
    firm: Float[np.ndarray, "round dyad"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dealt:
    """One draw in one world. `order` is how the proposer would put agendas forward, `borne` how many refusals it bears.

    `kept` says whether the draw agrees with what parties are said to prefer, and so counts.
    """

    question: Question
    draw: int
    world: World
    kept: bool
    lines: tuple[Line, ...]
    order: tuple[int, ...]
    borne: int
    offers: tuple[Offer, ...]
    crises: tuple[Confrontation, ...]
    rules: Rules
    lots: Lots
    luck: Luck


def dealt(question: Question, draw: int, *, world: World, seat: str | None = None) -> Dealt:
    """Work out what one draw holds, by its number from 0; `seat` is who is told what it could get at most.

    Raises UsageError for a number below 0, and a world that is none of the question's.
    """
    setting = question.setting
    if draw < 0:
        raise UsageError(f"There is no draw {draw}. Draws count from 0.")
    if world not in setting.worlds:
        raise UsageError(f"There is no world '{world}'. Choose one of: {', '.join(setting.worlds)}.")
    row = draw % SIZE
    chunk = Chunk(draw // SIZE, row + 1, draw - row)
    every = drawn_inputs(question, chunk)
    force = force_stage(replace(question, setting=replace(setting, worlds=(world,))), every, chunk)
    draws = {path: column[[row]] for path, column in every.items()}
    lots = _lots(question, chunk)
    table = _Table(question, draws, chunk, force.no_deal[0, [row]])
    order, borne = table.order()
    return Dealt(
        question=question,
        draw=draw,
        world=world,
        kept=bool(agreeing(question.situation, world, draws=draws, count=1)[0]),
        lines=tuple(_lines(question, draws)),
        order=order,
        borne=borne,
        offers=tuple(table.offer(m, seat) for m in range(len(setting.modes))),
        crises=tuple(_crises(question, draws, force, (world, row))),
        rules=_rules(question, draws, Chunk(0, 1)),
        lots=Lots(**{f.name: getattr(lots, f.name)[..., [row]] for f in fields(Lots)}),
        luck=_luck(question, chunk),
    )


def _lines(question: Question, draws: Draws) -> Iterator[Line]:
    for stance in question.situation.stances:
        if stance.red_line is not None:
            at = f"{stance.party}.{stance.issue}"
            yield Line(stance.party, stance.issue, bool(draws[f"{at}.real"][0] < draws[f"{at}.hardness"][0]))


def _crises(question: Question, draws: Draws, force: Force, at: tuple[World, int]) -> Iterator[Confrontation]:
    world, row = at
    for k, dyad in enumerate(question.setting.dyads):
        worth, _ = stakes_of(question.situation, dyad, world, draws=draws, seed=question.seed, chunk=Chunk(0, 1))
        chances = force.chances[0, row, k]
        resists, firm = _replies(chances, worth[0])
        yield Confrontation(
            dyad=dyad,
            chances=tuple(chances.tolist()),
            equilibria=int(force.equilibria[0, row, k]),
            worth=tuple((float(one), float(other)) for one, other in worth[0]),
            resists=resists,
            firm=firm,
        )


def _replies(chances: Float[np.ndarray, " end"], worth: Float[np.ndarray, "end player"]) -> tuple[float, float]:
    """How likely is it that the target resists, and that the challenger stands firm then?

    Where the model never comes to that point, whoever decides there does what is worth more to it.
    """
    made, resisted = 1 - chances[HOLD], chances[BACK_DOWN] + chances[CARRIED_OUT]
    firm = chances[CARRIED_OUT] / resisted if resisted > 0 else float(worth[CARRIED_OUT, 0] > worth[BACK_DOWN, 0])
    resisting = firm * worth[CARRIED_OUT, 1] + (1 - firm) * worth[BACK_DOWN, 1]
    return float(resisted / made if made > 0 else resisting > worth[CONCEDE, 1]), float(firm)


def _luck(question: Question, chunk: Chunk) -> Luck:
    pairs = [(d.challenger, d.target) for d in question.setting.dyads]
    rounds = range(1, question.setting.rounds + 1)
    each = []
    for what in ("seat-resists", "seat-firm"):
        paths = [[".".join(("outlook", "lot", what, str(t), *pair)) for pair in pairs] for t in rounds]
        drawn = [[uniform(p, chunk.draws, seed=question.seed, chunk=chunk.index)[-1] for p in row] for row in paths]
        each.append(np.array(drawn, dtype=np.float64).reshape(len(paths), len(pairs)))
    return Luck(*each)


class _Table:
    """The stages of the table in one draw, every agenda kept."""

    def __init__(self, question: Question, draws: Draws, chunk: Chunk, computed: Int[np.ndarray, "draw voice"]) -> None:
        self.question, self.draws, self.chunk = question, draws, chunk
        parties = len(question.setting.parties)
        board = deals(question.situation, question.setting.table, draws=draws, no_deal=_board_no_deal(question))
        floor = computed if question.no_deal == "computed" else _no_deal(board)
        theta = weights(question.leaning, draws, parties=parties)
        self.own = with_floor(board, floor)
        self.mandates: Deals = replace(
            weighed(board, theta),
            no_deal=weighed_floor(floor, theta, parties=parties),
            watchers=self.own.watchers,
        )
        self.found: Found = package_stage([self.mandates], question.plans)

    def order(self) -> tuple[tuple[int, ...], int]:
        """In which order does the proposer put agendas forward, and how many refusals does it bear?"""
        question, setting = self.question, self.question.setting
        if question.agenda is not None:
            return (question.agenda,), 0
        own = self.found.gains[:, 0, :, setting.parties.index(setting.proposer)].T / POINT
        luck = np.array([[self._lot("agenda", p.mode, p.by or "table") for p in question.plans]])
        stop = np.array([self._lot("insists")])
        every, borne = (
            agenda_stage(
                own,
                feasible=np.zeros(own.shape, dtype=bool),
                precision=assumed_draws(question, self.draws, "agenda-precision"),
                insistence=insistence,
                lots=(luck, stop),
            ).proposed[0]
            for insistence in (np.zeros(1), assumed_draws(question, self.draws, "insistence"))
        )
        return tuple(int(m) for m in every), int((borne >= 0).sum()) - 1

    def offer(self, mode: int, seat: str | None) -> Offer:
        """What does one agenda come to?"""
        question, setting, found = self.question, self.question.setting, self.found
        plan, has = question.plans[mode], bool(found.found[mode, 0, 0])
        most = self._most(mode, seat) if seat in setting.parties else None
        if not has:
            mask = int(blocking([self.mandates], plan, _ROW)[0, 0])
            blocked = tuple(p for k, p in enumerate(setting.parties) if mask >> k & 1)
            return Offer(agenda=setting.modes[mode], found=False, full=False, blocked=blocked, most=most)
        chosen = found.chosen[mode, 0]
        gains = own_gains(self.own, plan, _ROW, chosen)[0]
        options = chosen[0].tolist()
        moved = [options[i] != setting.status_quo[i] for i in question.contested]
        waits, holders = self._waits(mode)
        return Offer(
            agenda=setting.modes[mode],
            found=True,
            full=all(moved),
            package=tuple((i, float(at[o])) for i, at, o in zip(setting.issues, setting.levels, options, strict=True)),
            gains=tuple(zip(setting.voices, (gains / POINT).tolist(), strict=True)),
            mandates=tuple(zip(setting.parties, (found.gains[mode, 0, 0] / POINT).tolist(), strict=True)),
            waits=waits,
            holders=holders,
            most=most,
        )

    def _waits(self, mode: int) -> tuple[Points, tuple[str, ...]]:
        """When would each give way if nobody else did?"""
        parties = self.question.setting.parties
        claimed = claims(self.found.reach[mode, 0], self.found.gains[mode, 0])
        lots = np.array([[self._lot("yields", p) for p in parties]])
        waits = []
        for k, party in enumerate(parties):
            alone = np.full(lots.shape, _LAST)
            alone[0, k] = lots[0, k]
            waits.append((party, float(self._settling(claimed, alone).clock[0])))
        two = np.argsort(-claimed[0], kind="stable")[:2].tolist()
        return tuple(waits), tuple(parties[k] for k in sorted(two)) if any(rounds for _, rounds in waits) else ()

    def _settling(self, claimed: Float[np.ndarray, "draw party"], lots: Float[np.ndarray, "draw party"]) -> Settling:
        parties = self.question.setting.parties
        impatience, stubbornness = (
            np.stack([assumed_draws(self.question, self.draws, name, p) for p in parties], axis=1)
            for name in ("impatience", "stubbornness")
        )
        return timing_stage(claimed, impatience=impatience, stubbornness=stubbornness, lots=lots)

    def _most(self, mode: int, seat: str | None) -> float | None:
        """What could one party get at best, its own red lines kept, if nobody else minded anything?"""
        p = self.question.setting.parties.index(seat or "")
        asked = with_modes(self.mandates, self.question.plans[mode].modes)
        rows = [k for k in range(len(asked.parties)) if k != p]
        admits = tuple(a.copy() for a in asked.admits)
        floor = asked.floor().copy()
        for a in admits:
            a[:, rows] = True
        floor[:, rows] = -(10**9)
        found = best(replace(asked, admits=admits), floor[None])
        return float(found.reach[0, 0, p]) / POINT if found.found[0, 0] else None

    def _lot(self, *what: str) -> float:
        path = ".".join(("outlook", "lot", *what))
        return float(uniform(path, self.chunk.draws, seed=self.question.seed, chunk=self.chunk.index)[-1])
