"""Ask every agenda of a table: the verdict over the ranges, the deal at the best guess, and the share of draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.analyses.agenda import Asked as RowAsked
from detente.analyses.agenda import Row, agenda
from detente.boards import Deals, Draws, Mode, Modes, agenda_modes, deals, with_modes
from detente.brief.compared import Agenda, Asked, Blocker, Clash, Gain, Second
from detente.desk.agendas import Plan, asks_nothing_new, own_tables, plans
from detente.ensemble import draw_inputs, share
from detente.levers import Effort, Verdict, verdict
from detente.search.agendas.clashes import Clash as RowClash
from detente.search.agendas.outcome import Outcome
from detente.situation.nouns import Situation
from detente.situation.paths import inputs

POINTS = 100  # basis points in a point
OPEN = ("in", "option", "precondition")


def compared(
    situation: Situation,
    table: str,
    *,
    draws: int,
    seed: int,
    asked: Sequence[Plan] | None = None,
    no_deal: str = "auto",
) -> tuple[Agenda, ...]:
    """Compare agendas of a table, the narrow one first; without `asked` all that `plans` lists.

    Raises BoardError where the table cannot be put on a board.
    """
    listed = plans(situation, table) if asked is None else tuple(asked)
    if not listed:
        return ()
    guess = deals(situation, table, no_deal=no_deal)
    drawn = draw_inputs(situation, draws, seed=seed) if any(not i.value.is_point for i in inputs(situation)) else None
    rows = _rows(situation, guess, listed, _linked(situation, table, listed, None))
    bench = _Bench(situation, table, guess, seed, no_deal, {})
    shares = _shares(bench, listed, drawn)
    found: list[Agenda] = []
    for plan, row, held in zip(listed, rows, shares, strict=True):
        told = replace(_agenda(bench, plan, row, rows[0]), share=held)
        alike = next((a.name for a in found if _outcome(a) == _outcome(told)), None)
        found.append(replace(told, same_as=alike))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every agenda of a table is asked of, and the verdicts found so far."""

    situation: Situation
    table: str
    guess: Deals
    seed: int
    no_deal: str
    seen: dict[tuple[str, tuple[tuple[str, str, str], ...]], Verdict]


def _rows(situation: Situation, board: Deals, listed: Sequence[Plan], linked: Mapping[str, Deals]) -> tuple[Row, ...]:
    contested = tuple(dict.fromkeys(i for plan in listed for i in plan.issues))
    asked: list[str | Modes] = [dict(_contested(plan, contested)) for plan in listed]
    rows = agenda(board, base=listed[0].modes, issues=contested, modes=asked, elsewhere=linked).rows
    by_plan = {row.modes: row for row in rows}
    return tuple(by_plan[_stands(plan, contested)] for plan in listed)


def _stands(plan: Plan, contested: Sequence[str]) -> tuple[tuple[str, str, str | None], ...]:
    return tuple((i, *mode) for i, mode in _contested(plan, contested))


def _contested(plan: Plan, contested: Sequence[str]) -> list[tuple[str, Mode]]:
    """How the contested issues stand, also those that this agenda has from the table's own."""
    return [(i, plan.modes[i]) for i in contested if i in plan.modes and plan.modes[i].name != "left_out"]


def _linked(situation: Situation, table: str, listed: Sequence[Plan], drawn: Draws | None) -> dict[str, Deals]:
    """Build the boards of the tables at which an issue would be settled, each with its own agenda."""
    named = own_tables(situation, situation.table(table))
    wanted = {i: named[i] for plan in listed for i, m in plan.added.items() if m.name == "elsewhere" and i in named}
    boards = {
        other: with_modes(deals(situation, other, draws=drawn), agenda_modes(situation, other))
        for other in dict.fromkeys(wanted.values())
    }
    return {issue: boards[other] for issue, other in wanted.items() if issue in boards[other].issues}


def _agenda(bench: _Bench, plan: Plan, row: Row, narrow: Row) -> Agenda:
    parties = bench.guess.parties
    stage, asked_of = _asked_of(bench, row)
    last = row.then if row.then is not None else stage
    deal, before = bool(stage.feasible), bool(narrow.first.feasible)
    change = row.total - narrow.total  # the first agenda may itself have some of the issues that another one moves
    gains = tuple(
        Gain(p, int(row.total[k]) / POINTS, int(change[k]) / POINTS if before else None) for k, p in enumerate(parties)
    )
    more = before and bool(row.first.feasible) and bool(row.first.acceptable > narrow.first.acceptable)
    worse = tuple(p for k, p in enumerate(parties) if more and change[k] < 0)
    return Agenda(
        name=plan.name,
        issues=plan.issues,
        mode=plan.mode,
        by=plan.by,
        verdict=_verdict(bench, plan, asked_of),
        packages=stage.packages,
        deals=int(stage.acceptable),
        chosen=_chosen(bench, plan, row, asked_of) if deal else None,
        tied=int(stage.tied),
        gains=gains if deal or row.total.any() else (),
        blocked=_blockers(stage),
        worse_off=worse,
        listing_cost=tuple(
            (p, int(last.ends_at[k]) / POINTS if plan.issues and bool(last.ends[k]) else None)
            for k, p in enumerate(last.parties)
        ),
        share=None,
        asks=tuple(_told(one) for one in row.asks),
        asked_of=asked_of,
        stage_two=_second(bench.guess, plan, row),
        clashes=tuple(_clash(bench.situation, one) for one in row.clashes),
        linkage=tuple((p, -int(row.beside_option[k]) / POINTS) for k, p in enumerate(parties)) if row.apart else (),
        held_up=tuple(p for k, p in enumerate(parties) if bool(row.held_up[k])),
    )


def _asked_of(bench: _Bench, row: Row) -> tuple[Outcome, str]:
    """Which stage or table does the answer speak of, and what is it called?"""
    if row.mode == "elsewhere" and len(row.apart) == 1:
        there = row.apart[0]
        return there, "own table" if there.table == bench.table else there.table
    return row.first, "first stage" if row.then is not None else "table"


def _verdict(bench: _Bench, plan: Plan, asked_of: str) -> Verdict:
    """The verdict over the ranges, asked once where two agendas put the same question to the same table."""
    situation, table, modes = bench.situation, bench.table, dict(plan.modes)
    # What the parties have without a deal at this table is not at stake at another, the issue's own or a linked one.
    no_deal = {"table": bench.no_deal, "first stage": bench.no_deal, "own table": "status-quo"}.get(asked_of, "auto")
    if asked_of == "own table":
        modes = {issue: Mode("option") for issue in plan.issues}
    elif asked_of not in ("table", "first stage"):
        table = asked_of
        modes = {**agenda_modes(situation, table), **{issue: Mode("option") for issue in plan.issues}}
    elif asks_nothing_new(situation, situation.table(table), plan):
        modes = {issue: m if issue not in plan.issues else Mode("left_out") for issue, m in modes.items()}
    key = (f"{no_deal} {table}", tuple(sorted((i, *_question(bench, table, i, m)) for i, m in modes.items())))
    if key not in bench.seen:
        bench.seen[key] = verdict(situation, table, modes, no_deal=no_deal, effort=Effort(seed=bench.seed))
    return replace(bench.seen[key], modes=tuple((issue, mode.name) for issue, mode in modes.items()))


def _question(bench: _Bench, table: str, issue: str, mode: Mode) -> tuple[str, str]:
    """What does a mode ask of an issue? Preconditions that leave the same levels open ask the same, whoever sets them.

    One that leaves every level open is an option: an issue that binds nobody to move. A red line with a range, and a
    status quo whose range runs across what is asked, leave other levels open at other values: these ask for themselves.
    """
    if mode.name != "precondition" or mode.by is None or table != bench.table:
        return mode.name, mode.by or ""
    i = bench.guess.issues.index(issue)
    condition = bench.guess.conditions[i][bench.guess.pressers.index(mode.by)]
    now = bench.situation.issue(issue).status_quo
    met = condition.met(np.array([now.low, now.high, *np.delete(bench.guess.levels[i], bench.guess.status_quo[i])]))
    stance = bench.situation.stance(mode.by, issue)
    line = stance.red_line if stance is not None else None
    if (line is not None and not line.at.is_point) or met[0] != met[1]:
        return mode.name, mode.by
    return ("option", "") if met.all() else (mode.name, f"{issue} at {np.flatnonzero(met).tolist()}")


def _chosen(bench: _Bench, plan: Plan, row: Row, asked_of: str) -> tuple[tuple[str, float], ...]:
    """The package with the largest Nash product, on the issues that are settled; after a second deal, all of them."""
    if asked_of in ("table", "first stage"):
        standing = row.first if row.then is None or not bool(row.then.feasible) else row.then
        later = plan.issues if standing is row.then else ()
        return _package(bench.guess, standing, {i for i, m in plan.modes.items() if m[0] in OPEN} | {*later})
    board = bench.guess if asked_of == "own table" else deals(bench.situation, asked_of)
    return _package(board, row.apart[0], set(plan.issues))


def _package(board: Deals, stage: Outcome, held: set[str]) -> tuple[tuple[str, float], ...]:
    return tuple(
        (issue, float(board.levels[i][int(stage.chosen[i])])) for i, issue in enumerate(board.issues) if issue in held
    )


def _second(board: Deals, plan: Plan, row: Row) -> Second | None:
    if row.then is None:
        return None
    stage = row.then
    later = {i for i, m in plan.added.items() if m.name == "later"}
    gains = tuple(Gain(p, int(stage.gains[k]) / POINTS, None) for k, p in enumerate(stage.parties))
    return Second(
        packages=stage.packages,
        deals=int(stage.acceptable),
        chosen=_package(board, stage, later) if bool(stage.feasible) else None,
        gains=gains if bool(stage.feasible) else (),
        blocked=_blockers(stage),
    )


def _blockers(stage: Outcome) -> tuple[tuple[Blocker, ...], ...]:
    return tuple(tuple(Blocker(r.party, r.reason) for r in group) for group in stage.blocked)


def _told(one: RowAsked) -> Asked:
    asks = one.condition
    return Asked(one.issue, one.by, asks.at, asks.accepts, asks.basis == "red_line", one.met_today)


def _clash(situation: Situation, one: RowClash) -> Clash:
    """The red line as it was entered, not as the levels show it."""
    stance = situation.stance(one.against, one.issue)
    line = stance.red_line.at.best if stance is not None and stance.red_line is not None else None
    return Clash(one.issue, one.by, one.asks.accepts, one.asks.at, one.against, line)


def _outcome(one: Agenda) -> tuple[object, ...]:
    """What an agenda comes to, whatever it is called: two that agree in this are told together."""
    then = one.stage_two.gains if one.stage_two is not None else ()
    return (one.issues, one.verdict.kind, one.verdict.at_best, one.gains, one.blocked, one.worse_off, then)


def _shares(bench: _Bench, listed: Sequence[Plan], drawn: Draws | None) -> tuple[float | None, ...]:
    """The share of draws with a deal where the answer is asked of; None where nothing is open."""
    if drawn is None:
        return (None,) * len(listed)
    at = bench.situation.table(bench.table)
    narrow = listed[0]
    now = [narrow if asks_nothing_new(bench.situation, at, p) and p.mode != "elsewhere" else p for p in listed]
    board = deals(bench.situation, bench.table, draws=drawn, no_deal=bench.no_deal)
    rows = _rows(bench.situation, board, now, _linked(bench.situation, bench.table, now, drawn))
    return tuple(share(np.asarray(_asked_of(bench, row)[0].feasible)).value for row in rows)
