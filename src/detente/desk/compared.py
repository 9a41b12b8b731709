"""Ask every agenda of a table: the verdict over the ranges, the deal at the best guess, and the share of draws."""

from dataclasses import dataclass

import numpy as np

from detente.analyses.agenda import Row, agenda
from detente.analyses.packages import packages
from detente.boards import Deals, Draws, deals, with_modes
from detente.brief.answers import Agenda, Blocker, Gain
from detente.desk.agendas import Plan, plans
from detente.ensemble import draw_inputs
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
    return tuple(_agenda(_Asked(situation, table, guess, drawn), plan, _row(guess, plan), narrow) for plan in asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    situation: Situation
    table: str
    guess: Deals
    drawn: Draws | None


def _row(board: Deals, plan: Plan) -> Row:
    """One agenda as a whole: the analysis varies one issue, so the first one is set to the mode it has anyway."""
    first = plan.issues[0] if plan.issues else board.issues[0]
    mode = plan.modes.get(first, ("left_out", None))
    return agenda(board, base=plan.modes, issue=first, variants=[mode]).rows[-1]


def _agenda(asked: _Asked, plan: Plan, row: Row, narrow: Row) -> Agenda:
    parties, issues = asked.guess.parties, asked.guess.issues
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
        verdict=verdict(asked.situation, asked.table, plan.modes),
        packages=row.packages,
        deals=int(row.acceptable),
        chosen=tuple(
            (issue, float(asked.guess.levels[i][int(row.chosen[i])]))
            for i, issue in enumerate(issues)
            if plan.modes.get(issue, ("left_out", None))[0] in ("in", "option", "precondition")
        )
        if deal
        else None,
        gains=gains if deal else (),
        blockers=tuple(Blocker(r.party, r.reason) for r in (row.blocked[0] if row.blocked else ())),
        worse_off=tuple(g.party for g in gains if deal and before and grew and (g.change or 0) < 0),
        listing_cost=tuple(
            (p, int(row.ends_at[k]) / POINTS if bool(row.ends[k]) else None) for k, p in enumerate(parties)
        ),
        share=_share(asked, plan),
    )


def _share(asked: _Asked, plan: Plan) -> float | None:
    """The share of draws in which somebody's package is accepted by all; None where nothing is open."""
    if asked.drawn is None:
        return None
    board = with_modes(deals(asked.situation, asked.table, draws=asked.drawn), plan.modes)
    return float(np.mean(packages(board).found))
