"""Which parties, issues, levels and pressers does one table's board have? The one place where names get indices."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from detente.boards.scoring import Condition, condition
from detente.boards.votes import Rule, decision_rule
from detente.errors import BoardError
from detente.situation.nouns import Interaction, Issue, NoDeal, Score, Situation, Stance, Table
from detente.situation.views import bargained, concerned

NoDealKind = str  # "status-quo", "entered" or "computed"
NO_DEAL_KINDS = ("auto", "status-quo", "entered", "computed")
COMPUTED = "no-deal-computed"  # the rule of values that follow from crises
NoDealChoice = str | Int[np.ndarray, "*draw party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The names of a table's board, and the rows of the situation that fill it.

    The voices are the consenting parties, then the watchers; scores, interactions and no-deal values have that axis.
    """

    table: Table
    parties: tuple[str, ...]
    watchers: tuple[str, ...]
    issues: tuple[Issue, ...]
    levels: tuple[Float[np.ndarray, " _option"], ...]
    status_quo: tuple[int, ...]
    stances: dict[tuple[str, str], Stance]
    scores: tuple[tuple[int, int, int, Score], ...]  # voice, issue, option, row
    pairs: tuple[tuple[int, int], ...]  # issues that some voice values together, the first before the second
    together: tuple[tuple[int, int, tuple[int, int], Interaction], ...]  # voice, pair, options, row
    rule: Rule | None
    pressed: tuple[tuple[str, ...], ...]
    pressers: tuple[str, ...]
    conditions: tuple[tuple[Condition, ...], ...]  # issue, presser

    @property
    def voices(self) -> tuple[str, ...]:
        """The consenting parties, then the watchers."""
        return self.parties + self.watchers


def frame(situation: Situation, table_id: str) -> Frame:
    """Lay out the board of one table.

    Its issues are those on its agenda, those demanded at it, and those on which a consenting party has a stance.

    Raises BoardError where the table is unknown, nobody's consent is needed, nothing is bargained over, or its rule
    names nobody whose acceptance would carry a package.
    """
    table = _table(situation, table_id)
    bearing = bargained(situation, table)
    issues = tuple(i for i in situation.issues if i.id in bearing)
    if not issues:
        raise BoardError(
            f"Nothing is bargained over at table '{table.id}'. Put an issue on its agenda, or add a stance of "
            f"{' or '.join(table.consent)}."
        )
    names = tuple(i.id for i in issues)
    pressed = tuple(_pressing(situation, table, i) for i in names)
    pressers = tuple(dict.fromkeys(p for row in pressed for p in row))
    watchers = _watchers(situation, table, names)
    voices = table.consent + watchers
    scored = tuple(s for s in situation.scores if s.party in voices and s.issue in names)
    valued = tuple(v for v in situation.interactions if v.party in voices and {v.issue, v.other} <= {*names})
    levels = tuple(_levels(i, _named(i.id, scored, valued)) for i in issues)
    stances = {(s.party, s.issue): s for s in situation.stances}
    pairs, together = _together(voices, names, levels, valued)
    return Frame(
        table=table,
        parties=table.consent,
        watchers=watchers,
        issues=issues,
        levels=levels,
        status_quo=tuple(nearest(lev, i.status_quo.best) for lev, i in zip(levels, issues, strict=True)),
        stances=stances,
        scores=tuple(
            (voices.index(s.party), names.index(s.issue), nearest(levels[names.index(s.issue)], s.at), s)
            for s in scored
        ),
        pairs=pairs,
        together=together,
        rule=decision_rule(situation, table),
        pressed=pressed,
        pressers=pressers,
        conditions=tuple(
            tuple(condition(stances.get((p, i.id)), status_quo=i.status_quo.best) for p in pressers) for i in issues
        ),
    )


def no_deal_kind(table: Table, choice: NoDealChoice) -> NoDealKind:
    """Which no-deal values does a board use?

    Raises BoardError where entered or computed values are asked for and some party has none.
    """
    if not isinstance(choice, str):
        return "computed"
    if choice not in NO_DEAL_KINDS:
        raise BoardError(f"'{choice}' is not a kind of no-deal value. Choose one of: {', '.join(NO_DEAL_KINDS)}.")
    rows = {n.party: n for n in table.no_deal}
    missing = [p for p in table.consent if p not in rows]
    kind = "computed" if rows and all(n.value.basis.rule == COMPUTED for n in rows.values()) else "entered"
    if choice == "auto":
        return "status-quo" if missing else kind
    if choice == "computed" and (missing or kind != choice):
        raise BoardError(
            f"The no-deal values of table '{table.id}' are not computed. Compute them from what the parties can do "
            "without a deal, or ask with entered values or the status quo."
        )
    if choice == "entered" and missing:
        raise BoardError(
            f"Table '{table.id}' has no no-deal value for {', '.join(missing)}. Enter one for each consenting party, "
            "or ask with the status quo as no deal."
        )
    return choice


def no_deal_rows(laid: Frame, choice: NoDealChoice) -> tuple[tuple[int, NoDeal], ...]:
    """Which entered no-deal values fill a board, and whose: all of them, the watchers' alone, or none?"""
    if isinstance(choice, str) and choice == "status-quo":
        return ()
    counts = laid.watchers if no_deal_kind(laid.table, choice) == "status-quo" else laid.voices
    return tuple((laid.voices.index(row.party), row) for row in laid.table.no_deal if row.party in counts)


def empty_pairs(laid: Frame, shape: tuple[int, ...]) -> tuple[Int[np.ndarray, "*draw voice _first _second"], ...]:
    """Return tables of zeros for the pairs of issues that are valued together."""
    sizes = [(laid.levels[i].size, laid.levels[j].size) for i, j in laid.pairs]
    return tuple(np.zeros((*shape, len(laid.voices), *size), dtype=np.int64) for size in sizes)


def _table(situation: Situation, table_id: str) -> Table:
    found = next((t for t in situation.tables if t.id == table_id), None)
    if found is None:
        listed = ", ".join(t.id for t in situation.tables) or "none"
        raise BoardError(f"'{table_id}' is not a table of '{situation.title}'. Its tables: {listed}.")
    if not found.consent:
        raise BoardError(f"Nobody's consent is needed at table '{table_id}'. Name the parties that must agree.")
    return found


def _pressing(situation: Situation, table: Table, issue: str) -> tuple[str, ...]:
    """Who could make the issue a precondition: who demands it at this table, and who already has."""
    demands = [
        d.by for d in situation.demands if d.issue == issue and d.ask != "exclude" and d.table in (None, table.id)
    ]
    already = [p for a in table.agenda if a.issue == issue and a.mode == "precondition" for p in a.by]
    return tuple(dict.fromkeys(demands + already))


def _watchers(situation: Situation, table: Table, issues: tuple[str, ...]) -> tuple[str, ...]:
    """Who has a stake without a seat? Whoever has a hand in the table and wants something of an issue, or ratifies."""
    voiced = {s.party for s in situation.stances if s.issue in issues}
    voiced |= {s.party for s in situation.scores if s.issue in issues}
    voiced |= {v.party for v in situation.interactions if v.issue in issues and v.other in issues}
    return tuple(p for p in concerned(situation, table) if p in voiced or p in table.ratifiers)


def _named(issue: str, scored: tuple[Score, ...], valued: tuple[Interaction, ...]) -> list[float]:
    """List the levels of an issue that a score or an interaction names."""
    found = [s.at for s in scored if s.issue == issue]
    found += [v.at for v in valued if v.issue == issue]
    return found + [v.other_at for v in valued if v.other == issue]


def _together(
    voices: tuple[str, ...],
    issues: tuple[str, ...],
    levels: tuple[Float[np.ndarray, " _option"], ...],
    valued: tuple[Interaction, ...],
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int, tuple[int, int], Interaction], ...]]:
    """Which pairs of issues are valued together, and which cell of which pair does each row fill?"""
    placed = []
    for row in valued:
        if row.issue == row.other:
            raise BoardError(
                f"'{row.party}' values '{row.issue}' together with itself. Name two issues, or enter a score."
            )
        ends = sorted((issues.index(on), at) for on, at in ((row.issue, row.at), (row.other, row.other_at)))
        placed.append((tuple(i for i, _ in ends), tuple(nearest(levels[i], at) for i, at in ends), row))
    pairs = tuple(sorted({(pair[0], pair[1]) for pair, _, _ in placed}))
    together = tuple(
        (voices.index(row.party), pairs.index((pair[0], pair[1])), (cell[0], cell[1]), row)
        for pair, cell, row in placed
    )
    return pairs, together


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


def nearest(levels: Float[np.ndarray, " _option"], at: float) -> int:
    """Return the index of the level that lies closest."""
    return int(np.abs(levels - at).argmin())
