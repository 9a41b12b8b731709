r"""What does widening the agenda by one issue do to the deal, and to whom?

The issue is left out, offered as an option, demanded as a precondition and so on, side by side, with scores and no-deal
values the same throughout. For each mode: is there a deal, which would the Nash product choose, what does each party
gain or lose beside the narrow agenda, who blocks, and which listing cost would end the talks:

    c*_p = max_k  u_p(k) - d_p     over the packages k acceptable to all the others, before p's own listing cost     (1)

Source: adding and subtracting issues, Sebenius (1983), "Negotiation arithmetic", International Organization 37(2);
linkage as exchange, Tollison and Willett (1979), International Organization 33(4); the modes are defined in
`detente.boards.agendas`. With no listing cost an option never shrinks the set of deals, and a precondition never
enlarges it. It holds for additive scores and consent by all. It does not say which agenda the parties will agree on.

>>> from detente.boards import scored
>>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
>>> usual_variants(board, "relief")
(('left_out', None), ('option', None), ('in', None))
>>> found = agenda(board, base={"cap": ("option", None)}, issue="relief")
>>> found.row("left_out").blocked
((Refusal(party='iran', reason='value'),),)
>>> found.row("option").change
array([20, 50])
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.agendas import LISTED, Modes, with_modes
from detente.boards.choice import Choice, choose
from detente.boards.deal_board import Deals
from detente.boards.results import Certificate, Parameter
from detente.boards.scoring import Condition
from detente.boards.space import LIMIT, Space, admissible_count, chunks, space
from detente.errors import AnalysisError

VALUE, RED_LINE = "value", "red_line"
PRECONDITION = "precondition"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A party that stands in the way, and why: it would gain less than nothing ("value"), or its "red_line"."""

    party: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One mode of the issue.

    ===========  ================  =====================================================================
    admissible   *draw             packages that no red line excludes
    acceptable   *draw             of these, the ones that gain no party less than nothing: the deals
    feasible     *draw             whether there is a deal
    chosen       *draw issue       the Nash choice; the status quo where there is no deal
    tied         *draw             packages with the same, greatest Nash product
    gains        *draw party       at the choice, basis points; 0 where there is no deal
    change       *draw party       beside the narrow agenda, where no deal counts as no gain
    grew         *draw             more deals than on the narrow agenda
    worse        *draw party       a deal on both agendas, and this party gains less here
    ends         *draw party       whether some listing cost would end the talks that go on without it
    ends_at      *draw party       above this one they end, equation (1); 0 where `ends` is false
    ===========  ================  =====================================================================

    `blocked` holds every minimal set of refusals that, set aside together, would open a deal, shortest first; empty
    where there is a deal, where no package at all is on this agenda, and over draws. `condition` is what a precondition
    asks, and on what that rests; `met_today` whether the status quo meets it already, so that it asks nothing.
    """

    mode: str
    by: str | None
    condition: Condition | None
    met_today: bool
    packages: int
    admissible: Int[np.ndarray, "*draw"]
    acceptable: Int[np.ndarray, "*draw"]
    feasible: Bool[np.ndarray, "*draw"]
    chosen: Int[np.ndarray, "*draw issue"]
    tied: Int[np.ndarray, "*draw"]
    gains: Int[np.ndarray, "*draw party"]
    change: Int[np.ndarray, "*draw party"]
    grew: Bool[np.ndarray, "*draw"]
    worse: Bool[np.ndarray, "*draw party"]
    ends: Bool[np.ndarray, "*draw party"]
    ends_at: Int[np.ndarray, "*draw party"]
    blocked: tuple[tuple[Refusal, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The modes of one issue side by side; the first row is the narrow agenda, with the issue left out."""

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    issue: str
    rows: tuple[Row, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate

    def row(self, mode: str, by: str | None = None) -> Row:
        """Return the row of a mode.

        Raises AnalysisError where that mode was not asked for.
        """
        found = next((r for r in self.rows if r.mode == mode and (by is None or r.by == by)), None)
        if found is None:
            listed = ", ".join(r.mode for r in self.rows)
            raise AnalysisError(f"Mode '{mode}' of '{self.issue}' was not asked for. There are: {listed}.")
        return found


def agenda(
    deals: Deals,
    *,
    base: Modes,
    issue: str,
    variants: Sequence[tuple[str, str | None]] | None = None,
    limit: int = LIMIT,
) -> Agenda:
    """Put the modes of one issue side by side, the rest of the agenda being `base`.

    Without `variants`: left out, option, in, and a precondition of each party that presses for the issue and whose
    condition is known. `left_out` always comes first.

    Raises AnalysisError for an issue that is not on the board, and BoardError for a mode that cannot be.
    """
    if issue not in deals.issues:
        listed = ", ".join(deals.issues)
        raise AnalysisError(f"'{issue}' is not an issue at table '{deals.table}'. Its issues: {listed}.")
    asked = usual_variants(deals, issue) if variants is None else tuple(variants)
    narrow: tuple[str, str | None] = ("left_out", None)
    wanted = [narrow, *(v for v in asked if tuple(v) != narrow)]
    boards = [with_modes(deals, {**base, issue: stands}) for stands in wanted]
    spaces = [space(board) for board in boards]
    choices = [choose(laid, limit=limit) for laid in spaces]
    rows = tuple(
        _row(stands, laid, choice, choices[0], deals.issues.index(issue), limit)
        for stands, laid, choice in zip(wanted, spaces, choices, strict=True)
    )
    return Agenda(
        table=deals.table,
        parties=deals.parties,
        issues=deals.issues,
        issue=issue,
        rows=rows,
        method="enumeration",
        parameters={"no_deal": deals.no_deal_kind},
        certificate=_certificate(boards, rows),
    )


def usual_variants(deals: Deals, issue: str) -> tuple[tuple[str, str | None], ...]:
    """Which modes are asked for when nobody says: left out, option, in, and each known precondition."""
    i = deals.issues.index(issue)
    known = [p for p, asks in zip(deals.pressers, deals.conditions[i], strict=True) if asks.basis != "unknown"]
    pressing = [p for p in known if p in deals.pressed[i]]
    return (("left_out", None), ("option", None), ("in", None), *((PRECONDITION, p) for p in pressing))


def _row(stands: tuple[str, str | None], laid: Space, choice: Choice, narrow: Choice, i: int, limit: int) -> Row:
    deals = laid.deals
    opened = space(deals, red_lines=False)
    change = choice.gains - narrow.gains
    ends_at = choice.reach + deals.listing_cost[..., i]
    ends = choice.reachable & (ends_at >= 0) & (stands[0] in LISTED)
    stuck = not deals.draws and not choice.found.any()
    asks = deals.conditions[i][deals.pressers.index(stands[1])] if stands[0] == PRECONDITION and stands[1] else None
    today = deals.levels[i][deals.status_quo[i]]
    return Row(
        mode=stands[0],
        by=stands[1],
        condition=asks,
        met_today=asks is not None and bool(asks.met(np.asarray(today))),
        packages=opened.size - (opened.unchanged is not None),
        admissible=admissible_count(deals),
        acceptable=choice.acceptable,
        feasible=choice.found,
        chosen=choice.chosen,
        tied=choice.tied,
        gains=choice.gains,
        change=change,
        grew=np.asarray(choice.acceptable > narrow.acceptable),
        worse=(change < 0) & (choice.found & narrow.found)[..., None],
        ends=ends,
        ends_at=np.where(ends, ends_at, 0),
        blocked=_blocked(opened, limit) if stuck else (),
    )


def _blocked(opened: Space, limit: int) -> tuple[tuple[Refusal, ...], ...]:
    """Find the minimal sets of refusals: what stands against each package, and then the least of those."""
    deals = opened.deals
    parties = len(deals.parties)
    barred = [(~deals.admissible(i)).T @ (1 << np.arange(parties)) for i in range(len(deals.issues))]
    against: set[int] = set()
    for chunk in chunks(opened, limit=limit):
        numbers = np.arange(chunk.start, chunk.start + chunk.admissible.size)
        if opened.unchanged is not None:
            numbers = numbers[numbers != opened.unchanged]
        lines = np.zeros(numbers.size, dtype=np.int64)
        for bits, options in zip(barred, opened.decode(numbers).T, strict=True):
            lines |= bits[options]
        losing = (chunk.gains[:, numbers - chunk.start] < 0).T @ (1 << np.arange(parties))
        against.update(np.unique(losing | (lines << parties)).tolist())
    least = [a for a in against if not any(b != a and b & a == b for b in against)]
    ordered = sorted(least, key=lambda a: (a.bit_count(), a))
    return tuple(tuple(_refusals(deals.parties, a)) for a in ordered)


def _refusals(parties: tuple[str, ...], bits: int) -> list[Refusal]:
    values = [Refusal(party, VALUE) for p, party in enumerate(parties) if bits >> p & 1]
    lines = [Refusal(party, RED_LINE) for p, party in enumerate(parties) if bits >> (p + len(parties)) & 1]
    return values + lines


def _certificate(boards: list[Deals], rows: tuple[Row, ...]) -> Certificate:
    """Compute every choice's gains anew from the board, and check that a deal leaves nobody worse than no deal."""
    holds = True
    for board, row in zip(boards, rows, strict=True):
        again = -board.floor()
        for i, score in enumerate(board.score):
            level = np.broadcast_to(row.chosen[..., None, i, None], (*score.shape[:-1], 1))
            again = again + np.take_along_axis(score, level, axis=-1)[..., 0]
        same = (again == row.gains).all(axis=-1) & (row.gains >= 0).all(axis=-1)
        holds &= bool((same | ~row.feasible).all())
    return Certificate(claim="every-choice-is-accepted", checked=len(rows), holds=holds)
