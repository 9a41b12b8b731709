"""Which parties, issues, levels and pressers does one table's board have? The one place where names get indices."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from detente.boards.scoring import Condition, condition
from detente.errors import BoardError
from detente.situation.nouns import Issue, Score, Situation, Stance, Table

NoDealKind = str  # "status-quo", "entered" or "computed"
NO_DEAL_KINDS = ("auto", "status-quo", "entered")
NoDealChoice = str | Int[np.ndarray, "*draw party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The names of a table's board, and the rows of the situation that fill it."""

    table: Table
    parties: tuple[str, ...]
    issues: tuple[Issue, ...]
    levels: tuple[Float[np.ndarray, " _option"], ...]
    status_quo: tuple[int, ...]
    stances: dict[tuple[str, str], Stance]
    scores: tuple[tuple[int, int, int, Score], ...]  # party, issue, option, row
    pressed: tuple[tuple[str, ...], ...]
    pressers: tuple[str, ...]
    conditions: tuple[tuple[Condition, ...], ...]  # issue, presser


def frame(situation: Situation, table_id: str) -> Frame:
    """Lay out the board of one table.

    Its issues are those on its agenda, those demanded at it, and those on which a consenting party has a stance.

    Raises BoardError where the table is unknown, nobody's consent is needed, or nothing is bargained over.
    """
    table = _table(situation, table_id)
    pressing = {i.id: _pressing(situation, table, i.id) for i in situation.issues}
    issues = tuple(i for i in situation.issues if _bears(situation, table, i.id) or pressing[i.id])
    if not issues:
        raise BoardError(
            f"Nothing is bargained over at table '{table.id}'. Put an issue on its agenda, or add a stance of "
            f"{' or '.join(table.consent)}."
        )
    stances = {(s.party, s.issue): s for s in situation.stances}
    scored = tuple(s for s in situation.scores if s.party in table.consent)
    levels = tuple(_levels(i, [s.at for s in scored if s.issue == i.id]) for i in issues)
    names = tuple(i.id for i in issues)
    pressed = tuple(pressing[i] for i in names)
    pressers = tuple(dict.fromkeys(p for row in pressed for p in row))
    return Frame(
        table=table,
        parties=table.consent,
        issues=issues,
        levels=levels,
        status_quo=tuple(_nearest(lev, i.status_quo.best) for lev, i in zip(levels, issues, strict=True)),
        stances=stances,
        scores=tuple(
            (table.consent.index(s.party), names.index(s.issue), _nearest(levels[names.index(s.issue)], s.at), s)
            for s in scored
            if s.issue in names
        ),
        pressed=pressed,
        pressers=pressers,
        conditions=tuple(
            tuple(condition(stances.get((p, i.id)), status_quo=i.status_quo.best) for p in pressers) for i in issues
        ),
    )


def no_deal_kind(table: Table, choice: NoDealChoice) -> NoDealKind:
    """Which no-deal values does a board use?

    Raises BoardError where entered values are asked for and some party has none.
    """
    if not isinstance(choice, str):
        return "computed"
    missing = [p for p in table.consent if p not in {n.party for n in table.no_deal}]
    if choice == "auto":
        return "status-quo" if missing else "entered"
    if choice not in NO_DEAL_KINDS:
        raise BoardError(f"'{choice}' is not a kind of no-deal value. Choose one of: {', '.join(NO_DEAL_KINDS)}.")
    if choice == "entered" and missing:
        raise BoardError(
            f"Table '{table.id}' has no no-deal value for {', '.join(missing)}. Enter one for each consenting party, "
            "or ask with the status quo as no deal."
        )
    return choice


def _table(situation: Situation, table_id: str) -> Table:
    found = next((t for t in situation.tables if t.id == table_id), None)
    if found is None:
        listed = ", ".join(t.id for t in situation.tables) or "none"
        raise BoardError(f"'{table_id}' is not a table of '{situation.title}'. Its tables: {listed}.")
    if not found.consent:
        raise BoardError(f"Nobody's consent is needed at table '{table_id}'. Name the parties that must agree.")
    return found


def _bears(situation: Situation, table: Table, issue: str) -> bool:
    voiced = {(s.party, s.issue) for s in situation.stances} | {(s.party, s.issue) for s in situation.scores}
    return any(a.issue == issue for a in table.agenda) or any((p, issue) in voiced for p in table.consent)


def _pressing(situation: Situation, table: Table, issue: str) -> tuple[str, ...]:
    """Who could make the issue a precondition: who demands it at this table, and who already has."""
    demands = [
        d.by for d in situation.demands if d.issue == issue and d.ask != "exclude" and d.table in (None, table.id)
    ]
    already = [p for a in table.agenda if a.issue == issue and a.mode == "precondition" for p in a.by]
    return tuple(dict.fromkeys(demands + already))


def _levels(issue: Issue, scored: list[float]) -> Float[np.ndarray, " _option"]:
    """Return the options of an issue, else its landmarks, else quarters of its scale; always with the status quo."""
    low, high = min(issue.scale), max(issue.scale)
    if high <= low:
        raise BoardError(f"The scale of issue '{issue.id}' has no width: {low:g} to {high:g}. Give it two ends.")
    named = list(issue.options or [m.at for m in issue.landmarks] or np.linspace(low, high, 5).tolist())
    close = 1e-9 * (high - low)
    levels: list[float] = []
    for at in [issue.status_quo.best, *scored, *named]:
        if all(abs(at - known) > close for known in levels):
            levels.append(float(at))
    return np.array(sorted(levels), dtype=np.float64)


def _nearest(levels: Float[np.ndarray, " _option"], at: float) -> int:
    return int(np.abs(levels - at).argmin())
