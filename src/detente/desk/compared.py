"""Ask every agenda of a table: the verdict over the ranges, the deal at the best guess, and the share of draws."""

from dataclasses import dataclass

import numpy as np

from detente.analyses.agenda import Row, agenda
from detente.analyses.packages import packages
from detente.boards import Deals, Draws, deals, with_modes
from detente.brief.answers import Agenda, Asked, Blocker, Gain
from detente.desk.agendas import Plan, plans
from detente.ensemble import draw_inputs, share
from detente.levers import verdict
from detente.situation.nouns import Situation
from detente.situation.paths import inputs

POINTS = 100  # basis points in a point


def compared(situation: Situation, table: str, *, draws: int, seed: int) -> tuple[Agenda, ...]:
    """Compare the agendas of a table, the narrow one first.

    Raises BoardError where the table cannot be put on a board.
    """
    asked = plans(situation, table)
    if not asked:
        return ()
    guess = deals(situation, table)
    drawn = draw_inputs(situation, draws, seed=seed) if any(not i.value.is_point for i in inputs(situation)) else None
    narrow = _row(guess, asked[0])
    bench = _Bench(situation, table, guess, drawn, seed)
    return tuple(_agenda(bench, plan, _row(guess, plan), narrow) for plan in asked)


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every agenda of a table is asked of."""

    situation: Situation
    table: str
    guess: Deals
    drawn: Draws | None
    seed: int


def _row(board: Deals, plan: Plan) -> Row:
    """One agenda as a whole: the analysis varies one issue, so the first one is set to the mode it has anyway."""
    first = plan.issues[0] if plan.issues else board.issues[0]
    mode = plan.modes.get(first, ("left_out", None))
    return agenda(board, base=plan.modes, issue=first, variants=[mode]).rows[-1]


def _agenda(bench: _Bench, plan: Plan, row: Row, narrow: Row) -> Agenda:
    parties = bench.guess.parties
    deal, before = bool(row.feasible), bool(narrow.feasible)
    gains = tuple(
        Gain(p, int(row.gains[k]) / POINTS, int(row.gains[k] - narrow.gains[k]) / POINTS if before else None)
        for k, p in enumerate(parties)
    )
    grew = int(row.acceptable) > int(narrow.acceptable)
    return Agenda(
        name=plan.name,
        issues=plan.issues,
        mode=plan.mode,
        by=plan.by,
        verdict=verdict(bench.situation, bench.table, plan.modes, seed=bench.seed),
        packages=row.packages,
        deals=int(row.acceptable),
        chosen=_chosen(bench.guess, plan, row) if deal else None,
        tied=int(row.tied),
        gains=gains if deal else (),
        blocked=tuple(tuple(Blocker(r.party, r.reason) for r in group) for group in row.blocked),
        worse_off=tuple(g.party for g in gains if deal and before and grew and (g.change or 0) < 0),
        listing_cost=tuple(
            (p, int(row.ends_at[k]) / POINTS if bool(row.ends[k]) else None) for k, p in enumerate(parties)
        ),
        share=_share(bench, plan),
        asks=tuple(a for issue in plan.issues for a in _asks(bench.guess, issue, plan.modes[issue])),
    )


def _chosen(board: Deals, plan: Plan, row: Row) -> tuple[tuple[str, float], ...]:
    """The package with the largest Nash product, on the issues that the agenda holds."""
    held = {issue for issue, mode in plan.modes.items() if mode[0] in ("in", "option", "precondition")}
    return tuple(
        (issue, float(board.levels[i][int(row.chosen[i])])) for i, issue in enumerate(board.issues) if issue in held
    )


def _asks(board: Deals, issue: str, mode: tuple[str, str | None]) -> tuple[Asked, ...]:
    """What the party that makes an issue a precondition asks of it."""
    name, by = mode
    if name != "precondition" or by is None:
        return ()
    i = board.issues.index(issue)
    asks = board.conditions[i][board.pressers.index(by)]
    met = bool(asks.met(np.asarray(board.levels[i][board.status_quo[i]])))
    return (Asked(issue, by, asks.at, asks.accepts, asks.basis == "red_line", met),)


def _share(bench: _Bench, plan: Plan) -> float | None:
    """The share of draws in which somebody's package is accepted by all; None where nothing is open."""
    if bench.drawn is None:
        return None
    board = with_modes(deals(bench.situation, bench.table, draws=bench.drawn), plan.modes)
    return share(np.asarray(packages(board).found)).value
