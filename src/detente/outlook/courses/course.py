"""Where is it heading in one chunk of draws, stage by stage, and what do all chunks say together?

Inputs are drawn; the crises of every dyad are set out in every world and leave each party with something if there is no
deal; mandates weigh allies and lobbies in; agendas are put forward; the deal of the one that is taken up is found, and
how long it takes; then all rounds are played. The luck of a stage belongs to a path of its own and is the same in every
world, so that what differs between worlds, or between two situations, is not luck.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial, reduce
from operator import add
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards import Deals, deals
from detente.boards.drawn import Draws
from detente.boards.outside.lay import agreeing
from detente.ensemble import Chunk, Drawing, Keeper, Part, Progress, chunks, gathered, uniform
from detente.outlook.courses.agenda import Agendas, agenda_stage, held
from detente.outlook.courses.force import force_stage
from detente.outlook.courses.packages import blocking, package_stage
from detente.outlook.courses.question import Question, assumed_draws, completed, drawn_inputs
from detente.outlook.courses.result import MOST_SEATS, Courses
from detente.outlook.courses.rounds import Lots, Rules, run
from detente.outlook.courses.rows import rows_of
from detente.outlook.courses.settling import NEVER, Settling, claims, timing_stage
from detente.outlook.courses.sums import Sums, summed
from detente.outlook.courses.weighed import own_gains, weighed, weighed_floor, weights, with_floor

POINT = 100  # basis points
_PLAIN = (
    *("incident", "incident_weight", "strike_weight", "memory", "relief", "lost_credibility", "answered_to_war"),
    *("rupture", "deal_broken", "deadline_push", "walk_out", "resumption", "calm", "war_ends"),
)


def courses(question: Question, chunk: Chunk, *, draws: Draws | None = None) -> Courses:
    """Follow one chunk of draws.

    `draws` may be given in place of `drawn_inputs(question, chunk)`, by path; what they leave out stands at its best
    guess.

    Raises AnalysisError where there are more packages than are enumerated.
    """
    found = drawn_inputs(question, chunk) if draws is None else completed(question, draws, chunk.draws)
    situation, setting = question.situation, question.setting
    force = force_stage(question, found, chunk)
    board = deals(situation, setting.table, draws=found, no_deal=_board_no_deal(question))
    floors = list(force.no_deal) if question.no_deal == "computed" else [_no_deal(board)]
    bargains = bargained(question, (board, floors), found, chunk)
    if len(floors) < len(setting.worlds):
        bargains = {name: np.repeat(array, len(setting.worlds), axis=0) for name, array in bargains.items()}
    played = run(
        _rules(question, found, chunk),
        _lots(question, chunk),
        chances=force.chances,
        clock=bargains["clock"],
        full=_full(question, bargains["package"]),
        agreed=bargains["mode"] >= 0,
    )
    return Courses(
        setting=setting,
        number=chunk.start + np.arange(chunk.draws),
        kept=np.stack([agreeing(situation, world, draws=found, count=chunk.draws) for world in setting.worlds]),
        deadline_in=_deadline(question, found, chunk),
        equilibria=force.equilibria,
        chances=force.chances,
        **bargains,
        **{f.name: getattr(played, f.name) for f in fields(played)},
    )


def sums(
    question: Question,
    *,
    drawing: Drawing,
    kept: Keeper | None = None,
    rows: bool = False,
    progress: Progress | None = None,
) -> Sums:
    """Follow all draws, chunk by chunk, and count; the same bytes for any number of workers.

    Seed and sampling are those of `drawing`. `kept` and `progress` are as in `detente.ensemble.gathered`; with `rows`
    what happened in every draw is kept there, too.

    Raises UsageError where draws, workers or size are below 1, and what `courses` raises.
    """
    asked = replace(question, seed=drawing.seed, sampling=drawing.sampling)
    parts = chunks(drawing.draws, drawing.size)
    work: Callable[[Chunk], Sums | Part] = partial(_with_rows if rows else _counted, asked)
    found = gathered(work, parts, workers=drawing.workers, executor=drawing.executor, kept=kept, progress=progress)
    return reduce(add, (each.sums if isinstance(each, Part) else each for each in found))


def bargained(
    question: Question, of: tuple[Deals, list[Int[np.ndarray, "draw voice"]]], draws: Draws, chunk: Chunk
) -> dict[str, np.ndarray]:
    """Go through the stages of the table: mandates, packages, agenda, timing; arrays as in `Courses`, by name.

    `of` is the board, and what everybody has without a deal in each world.
    """
    (board, floors), parties = of, len(question.setting.parties)
    theta = weights(question.leaning, draws, parties=parties)
    pulled, owned = weighed(board, theta), [with_floor(board, d) for d in floors]
    mandates = [
        replace(pulled, no_deal=weighed_floor(d, theta, parties=parties), watchers=own.watchers)
        for own, d in zip(owned, floors, strict=True)
    ]
    every = package_stage(mandates, question.plans)
    each = []
    for w, own in enumerate(owned):
        seen = _Seen(every.found[:, w], every.chosen[:, w], every.gains[:, w], every.reach[:, w])
        each.append(_in_world(question, (own, seen), draws, chunk))
    found = {name: np.stack([one[name] for one in each]) for name in each[0]}
    return {**found, "blocked_by": _blocked(question, mandates, found)}


class _Seen(NamedTuple):
    """The deals of every agenda in one world."""

    found: Bool[np.ndarray, "mode draw"]
    chosen: Int[np.ndarray, "mode draw issue"]
    gains: Int[np.ndarray, "mode draw party"]
    reach: Int[np.ndarray, "mode draw party"]


def _in_world(question: Question, of: tuple[Deals, _Seen], draws: Draws, chunk: Chunk) -> dict[str, np.ndarray]:
    (own, seen), voices = of, question.setting.voices
    agreed = _agendas(question, seen, draws, chunk)
    at, has, row = np.maximum(agreed.mode, 0).astype(np.int64), agreed.mode >= 0, np.arange(chunk.draws)
    package = np.where(has[:, None], seen.chosen[at, row], -1).astype(np.int16)
    gain = np.zeros((chunk.draws, len(voices)), dtype=np.int32)
    for m, plan in enumerate(question.plans):
        here = np.flatnonzero(agreed.mode == m)
        if here.size:
            gain[here] = own_gains(own, plan, here, package[here])
    time = _timing(question, (seen.reach[at, row], seen.gains[at, row]), draws, chunk)
    return {
        "proposed": agreed.proposed,
        "mode": agreed.mode,
        "package": package,
        "gain": gain,
        "clock": np.where(has, time.clock, NEVER),
        "yields": np.where(has, time.yields, -1).astype(np.int8),
    }


def _blocked(question: Question, mandates: list[Deals], found: dict[str, np.ndarray]) -> Int[np.ndarray, "world draw"]:
    """Say who stands in the way of the agenda on which the talks came to an impasse."""
    put = np.maximum((found["proposed"] >= 0).sum(axis=-1, keepdims=True) - 1, 0)
    last = np.take_along_axis(found["proposed"], put, axis=-1)[..., 0]
    blocked = np.zeros(found["mode"].shape, dtype=np.int64)
    if len(question.setting.parties) > MOST_SEATS:
        return blocked
    for m, plan in enumerate(question.plans):
        stuck = (found["mode"] < 0) & (last == m)
        rows = np.flatnonzero(stuck.any(axis=0))
        if rows.size:
            blocked[:, rows] = np.where(stuck[:, rows], blocking(mandates, plan, rows), blocked[:, rows])
    return blocked


def _board_no_deal(question: Question) -> str:
    return "status-quo" if question.no_deal == "computed" else question.no_deal


def _no_deal(board: Deals) -> Int[np.ndarray, "draw voice"]:
    theirs = [] if board.watchers is None else [board.watchers.no_deal]
    return np.concatenate([board.no_deal, *theirs], axis=1)


def _counted(question: Question, chunk: Chunk) -> Sums:
    return summed(courses(question, chunk), seed=question.seed)


def _with_rows(question: Question, chunk: Chunk) -> Part:
    draws = drawn_inputs(question, chunk)
    found = courses(question, chunk, draws=draws)
    return Part(summed(found, seed=question.seed), rows_of(found, draws))


def _agendas(question: Question, seen: _Seen, draws: Draws, chunk: Chunk) -> Agendas:
    feasible = seen.found.T
    if question.agenda is not None:
        return held(feasible, question.agenda)
    setting = question.setting
    own = seen.gains[:, :, setting.parties.index(setting.proposer)].T / POINT
    luck = np.stack([_lot(question, chunk, "agenda", p.mode, p.by or "table") for p in question.plans], axis=1)
    return agenda_stage(
        own,
        feasible=feasible,
        precision=assumed_draws(question, draws, "agenda-precision"),
        insistence=assumed_draws(question, draws, "insistence"),
        lots=(luck, _lot(question, chunk, "insists")),
    )


def _timing(question: Question, gains: tuple[np.ndarray, np.ndarray], draws: Draws, chunk: Chunk) -> Settling:
    parties = question.setting.parties
    return timing_stage(
        claims(*gains),
        impatience=np.stack([assumed_draws(question, draws, "impatience", p) for p in parties], axis=1),
        stubbornness=np.stack([assumed_draws(question, draws, "stubbornness", p) for p in parties], axis=1),
        lots=np.stack([_lot(question, chunk, "yields", p) for p in parties], axis=1),
    )


def _rules(question: Question, draws: Draws, chunk: Chunk) -> Rules:
    setting = question.setting
    plain = {name: assumed_draws(question, draws, name.replace("_", "-")) for name in _PLAIN}
    memory, weight = plain["memory"], plain["incident_weight"]
    pairs = [(d.challenger, d.target) for d in setting.dyads]
    targets = list(dict.fromkeys(target for _, target in pairs))
    return Rules(
        occasion=_columns([assumed_draws(question, draws, "occasion", *pair) for pair in pairs], chunk),
        # Reported incidents count as if one had happened in each of as many rounds before the first.
        tension=weight * (1 - memory**question.reported) / (1 - memory),
        deadline_in=_deadline(question, draws, chunk),
        forceful=setting.forceful,
        answered=question.answered,
        inside=question.inside,
        due=tuple(setting.deadline_by == challenger for challenger, _ in pairs),
        target=tuple(targets.index(target) for _, target in pairs),
        gives=tuple(d.concede is not None for d in setting.dyads),
        start=question.start,
        rounds=setting.rounds,
        **plain,
    )


def _deadline(question: Question, draws: Draws, chunk: Chunk) -> Int[np.ndarray, " draw"]:
    if question.setting.deadline is None:
        return np.zeros(chunk.draws, dtype=np.int64)
    return np.asarray(np.rint(assumed_draws(question, draws, "deadline-round")), dtype=np.int64)


def _lots(question: Question, chunk: Chunk) -> Lots:
    pairs = [(d.challenger, d.target) for d in question.setting.dyads]
    rounds = range(1, question.setting.rounds + 1)
    every = {n: np.stack([_lot(question, chunk, n, str(t)) for t in rounds]) for n in ("incident", "table", "force")}
    by_dyad = {
        n: np.stack([_columns([_lot(question, chunk, n, str(t), *pair) for pair in pairs], chunk).T for t in rounds])
        for n in ("occasion", "end", "answer", "talks")
    }
    return Lots(**every, **by_dyad)


def _columns(columns: list[Float[np.ndarray, " draw"]], chunk: Chunk) -> Float[np.ndarray, "draw column"]:
    return np.stack(columns, axis=1) if columns else np.zeros((chunk.draws, 0))


def _lot(question: Question, chunk: Chunk, *what: str) -> Float[np.ndarray, " draw"]:
    path = ".".join(("outlook", "lot", *what))
    return uniform(path, chunk.draws, seed=question.seed, chunk=chunk.index)


def _full(question: Question, package: Int[np.ndarray, "world draw issue"]) -> Bool[np.ndarray, "world draw"]:
    """Does the package move every contested issue?"""
    at = list(question.contested)
    return np.asarray((package[..., at] != np.array(question.setting.status_quo)[at]).all(axis=-1))
