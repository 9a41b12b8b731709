r"""What does widening the agenda do to the deal, issue by issue and together, and to whom?

Every subset of the contested issues is put on the agenda in every mode: as an option, as an issue that must be settled,
as a precondition, later, elsewhere, declared only; with scores and no-deal values the same throughout. For each: is
there a deal, which would the Nash product choose, what does each party gain or lose beside the narrow agenda, on which
they are all left out, who blocks, and which listing cost would end the talks:

    c*_p = max_k  u_p(k) - d_p     over the packages k acceptable to all the others, before p's own listing cost     (1)

Source: adding and subtracting issues, Sebenius (1983), "Negotiation arithmetic", International Organization 37(2);
linkage as exchange, Tollison and Willett (1979), International Organization 33(4); the modes are defined in
`detente.boards.agendas`. With no listing cost an option never shrinks the set of deals, and a precondition never
enlarges it. It holds for scores that add up over issues and pairs of issues. Where the table has a rule of its own, a
deal is what the rule carries, chosen as `packages` says, and "the others" in (1) are those who carry it with p; whoever
is outvoted may lose by it. It does not say which agenda the parties will agree on.

>>> from detente.boards import scored
>>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
>>> found = agenda(board, base={"cap": ("option", None)}, issues=["relief"])
>>> [row.mode for row in found.rows]
['left_out', 'option', 'in', 'later', 'elsewhere', 'declaratory']
>>> found.row("left_out").first.blocked
((Refusal(party='iran', reason='value'),),)
>>> found.row("option").change, found.row("later").then.feasible, found.row("elsewhere").beside_option
(array([20, 50]), array(False), array([-20, -50]))
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.agendas import LISTED, Modes, restated, with_modes
from detente.boards.deal_board import Deals, Rule
from detente.boards.results import Certificate, Parameter
from detente.boards.scoring import Condition
from detente.errors import AnalysisError
from detente.search.agendas.clashes import Clash, clashes
from detente.search.agendas.outcome import LATER, Outcome, beyond_both, outcome, own_table, second
from detente.search.agendas.scopes import EVERY_SUBSET, USUAL, Scope, scopes
from detente.search.packages.consent import passes
from detente.search.packages.worth import worth

NOWHERE: Mapping[str, Deals] = {}
OPTION = ("option", None)
PUT_OFF, APART, PRECONDITION = "later", "elsewhere", "precondition"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a precondition asks of an issue, by whom; `met_today`: the status quo meets it, so that it asks nothing."""

    issue: str
    by: str
    condition: Condition
    met_today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One agenda: which contested issues were added, how, and what follows.

    =============  ============  ==========================================================================
    first          an `Outcome`  what the table agrees on now
    then           an `Outcome`  the second package, beyond the first; None where nothing is put off
    apart          `Outcome`s    the issues that are settled at tables of their own, one each
    total          *draw party   gains over both stages and all tables, basis points
    change         *draw party   beside the narrow agenda, where no deal counts as no gain
    beside_option  *draw party   beside the same issues as options here and now, the same way
    grew           *draw         more deals at this table now than on the narrow agenda
    worse          *draw party   a deal on both agendas, and this party gains less here
    held_up        *draw party   the first deal is banked, and the party gains less than with the same issues as
                                 options at once: what it then wants is for the others to give or not
    =============  ============  ==========================================================================

    `asks` is what each precondition asks, and `clashes` whose red line rules that out whatever else is on the table.
    """

    issues: tuple[str, ...]
    mode: str
    by: str | None
    modes: tuple[tuple[str, str, str | None], ...]
    asks: tuple[Asked, ...]
    clashes: tuple[Clash, ...]
    first: Outcome
    then: Outcome | None
    apart: tuple[Outcome, ...]
    total: Int[np.ndarray, "*draw party"]
    change: Int[np.ndarray, "*draw party"]
    beside_option: Int[np.ndarray, "*draw party"]
    grew: Bool[np.ndarray, "*draw"]
    worse: Bool[np.ndarray, "*draw party"]
    held_up: Bool[np.ndarray, "*draw party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The agendas side by side; the first row is the narrow one, with every contested issue left out."""

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    contested: tuple[str, ...]
    rows: tuple[Row, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate

    def row(self, mode: str, *issues: str, by: str | None = None) -> Row:
        """Return the row of a mode of these issues, of any where none is named.

        Raises AnalysisError where that was not asked for.
        """
        wanted = set(issues)
        for row in self.rows:
            if row.mode == mode and (not wanted or set(row.issues) == wanted) and by in (None, row.by):
                return row
        listed = ", ".join(dict.fromkeys(r.mode for r in self.rows))
        named = " and ".join(f"'{i}'" for i in issues or self.contested)
        raise AnalysisError(f"Mode '{mode}' of {named} was not asked for. Modes there are: {listed}.")


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every agenda is asked of, and the outcomes of agendas already asked about."""

    deals: Deals
    base: Modes
    later: str
    elsewhere: Mapping[str, Deals]
    seen: dict[tuple[tuple[str, tuple[str, str | None]], ...], Outcome]


def agenda(
    deals: Deals,
    *,
    base: Modes,
    issues: Sequence[str],
    modes: Sequence[str | Modes] = USUAL,
    later: str = "fixed",
    elsewhere: Mapping[str, Deals] = NOWHERE,
) -> Agenda:
    """Put the agendas side by side on which the contested `issues` are added, the rest of the agenda being `base`.

    Each name among `modes` stands for every subset of the issues in that mode, a precondition by each party that
    presses for them; a mapping stands for itself, so that issues can be added in different modes. Beyond six contested
    issues only single ones, pairs and all of them together are taken.

    `later` says what a second package may touch: with "fixed" the first deal stands, with "reopened" its issues may be
    moved again. `elsewhere` gives the board, agenda set, of the table at which an issue is settled; without one the
    same parties settle it alone, at a table of their own.

    Raises AnalysisError for an issue that is not on the board, BoardError for a mode that cannot be.
    """
    _check(deals, issues, later, elsewhere)
    bench = _Bench(deals, {i: m for i, m in base.items() if i not in issues}, later, elsewhere, {})
    asked = scopes(deals, issues, modes)
    narrow = _main(bench, {})
    rows = tuple(_row(bench, scope, narrow) for scope in asked)
    every = len(issues) <= EVERY_SUBSET
    return Agenda(
        table=deals.table,
        parties=deals.parties,
        issues=deals.issues,
        contested=tuple(issues),
        rows=rows,
        method="enumeration",
        parameters={
            "no_deal": deals.no_deal_kind,
            "later": later,
            "subsets": "all" if every else "singles, pairs and all",
        },
        certificate=_certificate(bench, rows),
    )


def _check(deals: Deals, issues: Sequence[str], later: str, elsewhere: Mapping[str, Deals]) -> None:
    strange = [i for i in issues if i not in deals.issues]
    if strange:
        listed = ", ".join(deals.issues)
        raise AnalysisError(f"'{strange[0]}' is not an issue at table '{deals.table}'. Its issues: {listed}.")
    if later not in LATER:
        raise AnalysisError(f"A second package cannot be '{later}'. Choose one of: {', '.join(LATER)}.")
    for issue, board in elsewhere.items():
        if issue not in board.issues or board.draws != deals.draws:
            lacks = "has other draws than" if issue in board.issues else f"has no issue '{issue}' that would come from"
            raise AnalysisError(
                f"Table '{board.table}', where '{issue}' is to be settled, {lacks} table '{deals.table}'. "
                "Build both boards from one situation, with the same draws."
            )


def _row(bench: _Bench, scope: Scope, narrow: Outcome) -> Row:
    modes = dict(scope.modes)
    now = {i: m for i, m in modes.items() if m[0] in LISTED}
    off = [i for i, m in modes.items() if m[0] == PUT_OFF]
    first = _main(bench, now)
    then = second(bench.deals, first, base={**bench.base, **now}, later=off, reading=bench.later) if off else None
    away = _apart(bench, [i for i, m in modes.items() if m[0] == APART])
    total = _total(bench.deals, first, then, away)
    option = _main(bench, {i: OPTION for i in modes})
    preconditions = tuple((i, m.by) for i, m in modes.items() if m.name == PRECONDITION and m.by is not None)
    change = total - narrow.gains
    beside = total - option.gains
    return Row(
        issues=scope.issues,
        mode=scope.mode,
        by=scope.by,
        modes=tuple((i, m.name, m.by) for i, m in scope.modes),
        asks=tuple(_asked(bench.deals, i, by) for i, by in preconditions),
        clashes=clashes(bench.deals, preconditions),
        first=first,
        then=then,
        apart=tuple(there for there, _ in away),
        total=total,
        change=change,
        beside_option=beside,
        grew=np.asarray(first.acceptable > narrow.acceptable),
        worse=(change < 0) & (first.feasible & narrow.feasible)[..., None],
        held_up=(beside < 0) & (first.feasible & option.feasible & (then is not None))[..., None],
    )


def _main(bench: _Bench, now: Modes) -> Outcome:
    """Ask the table itself, once per agenda: modes that leave an issue out make one agenda of it."""
    listed = tuple((i, (mode, by)) for i, (mode, by) in now.items() if mode in LISTED)
    if listed not in bench.seen:
        board = with_modes(bench.deals, {**bench.base, **dict(listed)})
        bench.seen[listed] = outcome(board, added=[i for i, _ in listed])
    return bench.seen[listed]


def _apart(bench: _Bench, issues: Sequence[str]) -> tuple[tuple[Outcome, Int[np.ndarray, "*draw party"]], ...]:
    """Settle issues away from the table: what comes of it there, and what it adds for each party of this table."""
    alone = [i for i in issues if i not in bench.elsewhere]
    found = []
    if alone:
        own = outcome(own_table(bench.deals, alone), added=alone)
        found.append((own, own.gains))
    linked = {bench.elsewhere[i].table: bench.elsewhere[i] for i in issues if i in bench.elsewhere}
    for table, board in linked.items():
        theirs = {i for i, at in bench.elsewhere.items() if at.table == table}
        before = restated(board, {i: ("left_out", None) for i in theirs})
        here = [i for i in issues if i in theirs]
        there = outcome(restated(before, {i: OPTION for i in here}), added=here)
        found.append((there, _carried(bench.deals, there, there.gains - outcome(before).gains)))
    return tuple(found)


def _total(
    deals: Deals,
    first: Outcome,
    then: Outcome | None,
    away: Sequence[tuple[Outcome, Int[np.ndarray, "*draw party"]]],
) -> Int[np.ndarray, "*draw party"]:
    total = first.gains if then is None else first.gains + then.gains
    standing = first.chosen if then is None else then.chosen
    for there, added in away:
        total = total + added
        if there.table == deals.table:
            beyond = beyond_both(deals, standing, there.chosen)
            total = total + np.where((first.feasible & there.feasible)[..., None], beyond, 0)
    return np.asarray(total)


def _carried(deals: Deals, there: Outcome, gains: Int[np.ndarray, "*draw _party"]) -> Int[np.ndarray, "*draw party"]:
    """Return what the parties of this table gain at another one; nothing for those that have no seat there."""
    carried = np.zeros_like(deals.no_deal)
    for p, party in enumerate(deals.parties):
        if party in there.parties:
            carried[..., p] = gains[..., there.parties.index(party)]
    return carried


def _asked(deals: Deals, issue: str, by: str) -> Asked:
    i = deals.issues.index(issue)
    condition = deals.conditions[i][deals.pressers.index(by)]
    return Asked(issue, by, condition, bool(condition.met(np.asarray(deals.levels[i][deals.status_quo[i]]))))


def _are_enough(rule: Rule | None, stage: Outcome) -> bool:
    """Whether, wherever there is a deal, those of the parties that lose nothing carry it."""
    gains = stage.gains.reshape(-1, len(stage.parties))[stage.feasible.reshape(-1)]
    sets = ((gains >= 0) << np.arange(gains.shape[1])).sum(axis=1)
    return bool(passes(rule, gains.shape[1])[sets].all())


def _certificate(bench: _Bench, rows: Sequence[Row]) -> Certificate:
    """Add up every total anew from the first board, and check that those who lose nothing by a deal carry it."""
    holds, checked = True, 0
    rules = {board.table: board.rule for board in (*bench.elsewhere.values(), bench.deals)}
    for row in rows:
        stages = [row.first, *([row.then] if row.then is not None else []), *row.apart]
        holds &= all(_are_enough(rules[stage.table], stage) for stage in stages)
        if not row.apart:
            board = with_modes(bench.deals, {**bench.base, **{i: (m, by) for i, m, by in row.modes if m != PUT_OFF}})
            package, floor = row.first.chosen, board.floor()
            if row.then is not None:
                package = row.then.chosen
                off = [board.issues.index(i) for i, m, _ in row.modes if m == PUT_OFF]
                cost = board.listing_cost[..., off].sum(axis=-1)
                floor = floor + np.where(row.then.feasible[..., None], cost, 0)
            again = worth(bench.deals, package) - floor
            holds &= bool((again == row.total)[row.first.feasible].all())
        checked += len(stages)
    return Certificate(claim="every-choice-is-accepted", checked=checked, holds=holds)
