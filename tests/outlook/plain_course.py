"""One draw of one world, step by step in plain Python: what the courses of many draws are held against."""

import itertools
import math
from typing import Any

import numpy as np

from detente.analyses.crisis import crisis
from detente.boards import Deals, deals, with_modes
from detente.boards.crisis import four_outcomes
from detente.ensemble import Chunk, uniform
from detente.outlook.courses import Question, drawn_inputs
from detente.outlook.crises import answering, stakes_of, worth_of

Course = dict[str, Any]


class Draw:
    """One draw: its inputs and its luck, by path."""

    def __init__(self, question: Question, chunk: Chunk, row: int) -> None:
        self.question, self.chunk, self.row = question, chunk, row
        self.columns = drawn_inputs(question, chunk)

    def of(self, path: str) -> float:
        return float(self.columns[path][self.row])

    def assumed(self, name: str, *of: str) -> float:
        return self.of(".".join(("outlook", name, *of)))

    def lot(self, *what: str) -> float:
        path = ".".join(("outlook", "lot", *what))
        return float(uniform(path, self.row + 1, seed=self.question.seed, chunk=self.chunk.index)[-1])

    def one(self) -> dict[str, np.ndarray]:
        return {path: column[[self.row]] for path, column in self.columns.items()}


def course(question: Question, chunk: Chunk, row: int, world: int) -> Course:
    draw = Draw(question, chunk, row)
    ends, floor = _crises(draw, world)
    found = _table(draw, floor)
    return {**found, **_rounds(draw, ends, found)}


def _crises(draw: Draw, world: int) -> tuple[list[list[float]], list[int]]:
    q = draw.question
    situation, name = q.situation, q.setting.worlds[world]
    ends, floor = [], [0.0] * len(q.setting.voices)
    for dyad in q.setting.dyads:
        payoff, stake = stakes_of(situation, dyad, name, draws=draw.one(), seed=q.seed, chunk=Chunk(0, 1))
        found = crisis(four_outcomes(dyad.challenger, dyad.target, payoff[0] / stake[0]))
        lot = uniform(f"outlook.equilibrium.{dyad.challenger}.{dyad.target}", draw.row + 1, seed=q.seed,
                      chunk=draw.chunk.index)[-1]  # fmt: skip
        chance = found.outcome[int(lot * int(found.count))].tolist()
        ends.append(chance)
        for v, voice in enumerate(q.setting.voices):
            conceding, moves = [dyad.concede] if dyad.concede else [], [dyad.challenge, *answering(situation, dyad)]
            for at, made in ((1, conceding), (3, moves)):
                floor[v] += chance[at] * np.ravel(worth_of(situation, name, voice, made, draws=draw.one()))[0]
            if voice in (dyad.challenger, dyad.target):
                floor[v] += chance[2] * float(payoff[0, 2, (dyad.challenger, dyad.target).index(voice)])
    return ends, [round(100 * f) for f in floor]


def _table(draw: Draw, floor: list[int]) -> Course:
    q = draw.question
    parties = q.setting.parties
    board = deals(q.situation, q.setting.table, draws=draw.one(), no_deal="status-quo")
    theta = {(one.party, one.voice): draw.of(one.path) for one in q.leaning}
    listed = [_deals(with_modes(board, p.modes), theta, floor) for p in q.plans]
    best = [max(d, key=lambda x: math.prod(x[1])) if d else None for d in listed]
    mover = parties.index(q.setting.proposer)
    precision = draw.assumed("agenda-precision")
    luck = [draw.lot("agenda", p.mode, p.by or "table") for p in q.plans]
    pull = [
        precision * (b[1][mover] / 100 if b else 0) - math.log(-math.log(u)) for b, u in zip(best, luck, strict=True)
    ]
    stop, insists = draw.lot("insists"), draw.assumed("insistence")
    proposed, mode = [], -1
    for m in sorted(range(len(pull)), key=lambda m: -pull[m]):
        proposed.append(m)
        if best[m] is not None:
            mode = m
            break
        if stop < 1 - (1 - insists) ** len(proposed):  # (1 - q)^k of the uniforms bear k refusals
            break
    chosen = best[mode] if mode >= 0 else None
    if chosen is None:
        return {"proposed": proposed, "mode": -1, "package": None, "clock": math.inf, "yields": -1}
    clock, yields = _clock(draw, listed[mode], chosen[1])
    return {"proposed": proposed, "mode": mode, "package": chosen[0], "clock": clock, "yields": yields}


def _deals(
    board: Deals, theta: dict[tuple[int, int], float], floor: list[int]
) -> list[tuple[tuple[int, ...], list[int]]]:
    """Every package that gains no mandate less than nothing, with the gains."""
    seats, seen = len(board.parties), board.watchers
    assert seen is not None
    found = []
    options = [range(at.size) for at in board.levels]
    for package in itertools.product(*options):
        if package == board.status_quo:
            continue
        if not all(board.open[i][0, o] and board.admissible(i)[0, :, o].all() for i, o in enumerate(package)):
            continue
        gains = []
        for p in range(seats):
            # Rounded level by level, as the board's own scores are.
            total = 0
            for i, o in enumerate(package):
                worth = float(board.score[i][0, p, o])
                worth += sum(t * int(seen.score[i][0, v - seats, o]) for (q, v), t in theta.items() if q == p)
                total += int(np.rint(worth))
            own = floor[p] + sum(t * floor[v] for (q, v), t in theta.items() if q == p)
            gains.append(total - int(np.rint(own)))
        if min(gains) >= 0:
            found.append((package, gains))
    return found


def _clock(draw: Draw, every: list[tuple[tuple[int, ...], list[int]]], nash: list[int]) -> tuple[float, int]:
    parties = draw.question.setting.parties
    reach = [max(gains[p] for _, gains in every) for p in range(2)]
    claim = [min((1 + ((reach[p] - nash[p]) / reach[p] if reach[p] > 0 else 0)) / 2, 1 - 1e-6) for p in range(2)]
    if sum(claim) <= 1 + 1e-6:
        return 0.0, -1
    rate = [draw.assumed("impatience", parties[1 - p]) * (1 - claim[p]) / (sum(claim) - 1) for p in range(2)]
    known = min(-math.log(draw.assumed("stubbornness", parties[p])) / rate[p] for p in range(2))
    times = [-math.log(1 - draw.lot("yields", parties[p])) / rate[p] for p in range(2)]
    times = [t if t <= known else math.inf for t in times]
    first = min(times)
    return first, times.index(first) if math.isfinite(first) else -1


def _rounds(draw: Draw, ends: list[list[float]], found: Course) -> Course:  # noqa: C901
    q, a = draw.question, draw.assumed
    pairs = [(d.challenger, d.target) for d in q.setting.dyads]
    package, due = found["package"], round(a("deadline-round"))
    full = package is not None and all(package[i] != q.setting.status_quo[i] for i in q.contested)
    tension = sum(a("incident-weight") * a("memory") ** k for k in range(q.reported))
    table, force, settled, gave, first, lasted = "talks", "none", "nothing", None, -1, 0.0
    dropped = [0] * len(pairs)
    told: dict[str, list[Any]] = {n: [] for n in ("table", "force", "settled_by", "end", "tension", "incident")}
    for t in range(1, q.setting.rounds + 1):
        incident = draw.lot("incident", str(t)) < a("incident")
        raised, struck, broke = (a("incident-weight") if incident else 0.0), False, False
        was = (force, settled, gave)
        this = []
        for k, (one, other) in enumerate(pairs):
            end = -1
            idle = was[0] == "war" or (was[1] != "nothing" if q.inside[k] else was[2] == other)
            push = a("deadline-push") if t == due + 1 and was[1] == "nothing" and one == q.setting.deadline_by else 1
            heat = (1 + tension) * push
            if not idle and draw.lot("occasion", str(t), one, other) < a("occasion", one, other) * heat:
                end = _end(ends[k], a("lost-credibility") * dropped[k], draw.lot("end", str(t), one, other))
            this.append(end)
            if end == 1 and q.setting.dyads[k].concede is not None:
                raised -= a("relief")
                if table == "talks":
                    table, settled, gave = "partial", "concession", other
            if end == 2:
                dropped[k] += 1
            if end == 3:
                raised += a("strike-weight")
            if end == 3 and q.setting.forceful[k]:
                struck, first = True, (k if first < 0 else first)
                wider = q.answered[k] and draw.lot("answer", str(t), one, other) < a("answered-to-war")
                force = "war" if wider or force == "war" else "limited"
                holds = a("rupture") if settled == "nothing" else a("deal-broken")
                if table in ("talks", "partial", "full") and draw.lot("talks", str(t), one, other) < holds:
                    table, settled, gave, lasted, broke = "collapsed", "nothing", None, 0.0, True
        lot = draw.lot("table", str(t))
        if table == "talks" and package is not None:
            lasted += a("deadline-push") if t == due else 1
            if lasted >= found["clock"]:
                table, settled = ("full" if full else "partial"), "agreement"
                raised -= a("relief")
        elif table == "talks" and lot < a("walk-out"):
            table, broke = "collapsed", True
        elif table == "collapsed" and not (broke or struck) and force != "war" and lot < a("resumption"):
            table = "talks"
        raised += a("incident-weight") if broke else 0.0
        lot = draw.lot("force", str(t))
        if not struck and lot < {"none": -1.0, "limited": a("calm"), "war": a("war-ends")}[force]:
            force = "none"
        tension = max(0.0, a("memory") * tension + raised)
        for name, value in zip(told, (table, force, settled, this, tension, incident), strict=True):
            told[name].append(value)
    return {**told, "initiator": first}


def _end(chances: list[float], less: float, lot: float) -> int:
    made = 1 - chances[0]
    odds = made / max(1 - made, 1e-300) * math.exp(-less)
    other = odds / (1 + odds)
    steps = [1 - other, 1 - other + other / made * chances[1]] if made > 0 else [1.0, 1.0]
    steps.append(steps[1] + (other / made * chances[2] if made > 0 else 0.0))
    return sum(lot >= s for s in steps)
