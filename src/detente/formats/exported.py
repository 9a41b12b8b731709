"""Which table of scores is a table of a situation, at the best values, and what does such a table not hold?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from detente.boards import Deals, Mode, agenda_modes, deals, with_modes
from detente.boards.frame import nearest
from detente.errors import FormatError
from detente.formats.names import distinct, level_name
from detente.formats.score_table import Matter, ScoreTable, clean
from detente.situation.check.problem import listed
from detente.situation.nouns import Issue, Situation, Table
from detente.situation.paths import inputs, together_path
from detente.situation.views import weight_at

_HELD = ("in", "option", "precondition")
_ASIDE = ("demands", "meetings", "deadlines", "incidents", "ties", "threats", "moves", "preferences", "questions")
_MOST_NAMED = 8
_SAME = 0.00501  # points: a value and what a board made of it differ by its rounding alone


@dataclass(frozen=True, slots=True)
class Tabled:
    """A table of a situation as scores, and what it holds that a table of scores cannot."""

    table: ScoreTable
    lost: tuple[str, ...]


def tabled(situation: Situation, table: str) -> Tabled:
    """Write down what every open level is worth to everybody who consents: scores where there are any, else derived.

    The agenda is that of the table. Listing costs are part of the threshold.

    Raises BoardError where there is no such table or it cannot be put on a board, FormatError where its agenda leaves
    nothing to write.

    >>> from detente.situation.store import from_yaml
    >>> text = '''
    ... title: Tolls
    ... author: ana
    ... parties: {north: {name: North}, south: {name: South}}
    ... issues: {tolls: {name: Tolls, status_quo: 0, landmarks: {0: as today, 100: doubled}}}
    ... stances: {north: {tolls: {position: 100, salience: 60}}, south: {tolls: {position: 0, salience: 20}}}
    ... tables: {talks: {name: Talks, consent: [north, south], agenda: {tolls: in}}}
    ... '''
    >>> tabled(from_yaml(text), "talks").table.matters[0].worth
    ((60.0, -20.0),)
    """
    modes = agenda_modes(situation, table) if any(t.id == table for t in situation.tables) else {}
    board = deals(situation, table)
    held = [i for i in board.issues if modes[i].name in _HELD]
    if not held:
        raise FormatError(
            f"No issue is on the agenda of '{table}', so there is nothing to write. "
            "Put one on it as 'in' or 'option', or name another table."
        )
    board = with_modes(board, modes)
    at = situation.table(table)
    scores = ScoreTable(
        title=clean(situation.title),
        parties=distinct([situation.party(p).name for p in board.parties]),
        matters=_renamed([_matter(situation, board, board.issues.index(i)) for i in held]),
        threshold=_threshold(at, board),
        rule=at.rule,
        quorum=at.quorum,
        vetoes=tuple(board.parties.index(p) for p in at.vetoes),
        weights=_weights(situation, at) if at.rule == "weighted" else None,
    )
    return Tabled(scores, tuple(_lost(situation, at, board, modes)))


def _matter(situation: Situation, board: Deals, i: int) -> Matter:
    issue, levels = situation.issue(board.issues[i]), board.levels[i]
    opened = np.flatnonzero(board.open[i]).tolist()
    if not opened:
        raise FormatError(
            f"The agenda of '{board.table}' leaves no level of '{issue.id}' open, so there is nothing to write. "
            "Check the red line behind its precondition, or its levels."
        )
    stated = {(s.party, nearest(levels, s.at)): s.value.best for s in situation.scores if s.issue == issue.id}
    worth = tuple(
        tuple(_exact(stated.get((p, o)), int(board.score[i][k, o])) for k, p in enumerate(board.parties))
        for o in opened
    )
    today = board.status_quo[i]
    return Matter(
        name=clean(issue.name) or issue.id,
        options=distinct([_label(issue, float(levels[o])) for o in opened]),
        worth=worth,
        today=opened.index(today) if today in opened else None,
    )


def _exact(stated: float | None, basis_points: int) -> float:
    """Return a score as it was entered, where a board rounded it; a derived one in hundredths of a point."""
    counted = basis_points / 100
    return stated if stated is not None and abs(stated - counted) < _SAME else counted


def _label(issue: Issue, level: float) -> str:
    width = issue.scale[1] - issue.scale[0]
    named = [m.name for m in issue.landmarks if abs(m.at - level) <= 1e-9 * width]
    return (clean(named[0]) if named else "") or clean(f"{level_name(level)} {issue.unit or ''}")


def _renamed(matters: list[Matter]) -> tuple[Matter, ...]:
    names = distinct([m.name for m in matters])
    return tuple(replace(m, name=name) for m, name in zip(matters, names, strict=True))


def _threshold(at: Table, board: Deals) -> tuple[float, ...] | None:
    floor = board.floor()
    if board.no_deal_kind == "status-quo" and not floor.any():
        return None
    listed_issues = {i for i, counts in zip(board.issues, board.listed, strict=True) if counts}
    needs = []
    for k, party in enumerate(board.parties):
        entered = next((n.value.best for n in at.no_deal if n.party == party), 0.0)
        costs = [c.cost.best for c in at.listing_costs if c.party == party and c.issue in listed_issues]
        base = 0.0 if board.no_deal_kind == "status-quo" else entered
        needs.append(_exact(base + sum(costs), int(floor[k])))
    return tuple(needs)


def _weights(situation: Situation, at: Table) -> tuple[float, ...]:
    rows = [weight_at(situation, at, p) for p in at.consent]
    return tuple(1.0 if r is None else r.weight.best for r in rows)


def _lost(situation: Situation, at: Table, board: Deals, modes: dict[str, Mode]) -> Iterator[str]:
    seated = (*board.parties, *at.ratifiers)
    lines = [f"{s.party}.{s.issue}.red_line" for s in situation.stances if s.red_line and s.party in seated]
    yield from _one("Red lines are left out", lines)
    pairs = [together_path(v) for v in situation.interactions if {v.issue, v.other} <= {*board.issues}]
    yield from _one("What levels are worth together is left out", pairs)
    bearing = [i for i in inputs(situation) if _bears(i.path, at, board)]
    yield from _one("Of ranges the best values alone are written", [i.path for i in bearing if not i.value.is_point])
    unsure = [i.path for i in bearing if i.value.basis.kind in ("assumed", "supplied")]
    yield from _one("Values that nobody stated stand there like any other", unsure)
    off = [i for i in board.issues if modes[i].name not in _HELD]
    yield from _one("Issues that this agenda does not settle are left out", off)
    asked = [i for i in board.issues if modes[i].name == "precondition"]
    yield from _one("Only levels that meet the precondition are written", asked)
    costs = [c.issue for c in at.listing_costs if c.party in board.parties]
    yield from _one("Listing costs are part of the threshold now", list(dict.fromkeys(costs)))
    yield from _one(
        "Who has a stake without a seat is left out", list(board.watchers.parties if board.watchers else ())
    )
    yield from _one("Links to other tables are left out", [link.table for link in at.links])
    others = [t.id for t in situation.tables if t.id != at.id]
    yield from _one("Other tables are left out", others)
    aside = [name for name in (*_ASIDE, "evidence") if getattr(situation, name)]
    yield from _one("A table of scores has no place for these parts of the case", aside)


def _bears(path: str, at: Table, board: Deals) -> bool:
    """Whether an input is one of the numbers that are written: a score, what it is derived from, or a threshold."""
    parts = path.split(".")
    if parts[0] == at.id:
        return parts[-1] in board.parties
    if parts[0] in board.issues:
        return True
    return len(parts) > 2 and parts[0] in board.parties and parts[1] in board.issues and parts[2] in _WRITTEN


_WRITTEN = ("position", "salience", "score")


def _one(what: str, names: list[str]) -> Iterator[str]:
    if names:
        rest = len(names) - _MOST_NAMED
        more = f" and {rest} more" if rest > 0 else ""
        yield f"{what}: {listed(names[:_MOST_NAMED])}{more}."
