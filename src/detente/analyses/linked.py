r"""What is agreed at tables that bind one another, when each foresees what its deal leads to elsewhere?

    k_B* = argmax_k  prod_p ( u_p^B(k) + v_p^A(k) - d_p^B - v_p^A(none) )    over what the rule of table B carries   (1)

with v^A(k) what a party has at table A once A has chosen, by the same rule, among the deals that the mandate in k
leaves it; its no-deal value there where none is left. Tables are solved from the last one bound to the first that
mandates; a party counts the gains of every table at which it consents, watches, or is linked to. Tables that mandate
one another in a circle each choose with the others' deals given, all at once, until nothing changes; whether they come
to rest is reported, and so is every state in which they would.

Source: two-level games, Putnam (1988), "Diplomacy and Domestic Politics", International Organization 42(3); the choice
of each table is Nash's (1950), "The Bargaining Problem", Econometrica 18(2); solving from the end is backward
induction, Selten (1965). That every table foresees the others correctly is an assumption. It does not say which of
several resting states of a circle will come about, nor that a mandate will be kept.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.linked import Tables
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.tables.acceptance import CHOICES
from detente.search.tables.foreseen import ROUNDS, Foreseen, foreseen
from detente.search.tables.mandates import Given, Induced, Round, capped, givens, induced, rested


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What one table agrees on.

    ============  ============  =====================================================================
    found         *draw         whether there is a deal
    package       *draw issue   option indices; the status quo where there is no deal
    gains         *draw party   at this table alone, beyond no deal here; 0 where there is none
    acceptable    *draw         packages that the table's rule carries, sequel included, in what binds it; of a
                                table too large to list, those among the best under each mandate
    apart         *draw issue   what it would agree on if no mandate existed
    apart_found   *draw         whether it would
    apart_gains   *draw party   and what that would gain here
    ============  ============  =====================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    found: Bool[np.ndarray, "*draw"]
    package: Int[np.ndarray, "*draw issue"]
    gains: Int[np.ndarray, "*draw party"]
    acceptable: Int[np.ndarray, "*draw"]
    apart: Int[np.ndarray, "*draw issue"]
    apart_found: Bool[np.ndarray, "*draw"]
    apart_gains: Int[np.ndarray, "*draw party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What equation (1) says, table by table.

    ===========  ===============  ===================================================================
    values       *draw party      what each has at all tables together, no-deal values included
    change       *draw party      beside what it would have if no mandate existed
    converged    *draw            every circle of mandates that was met came to rest; no circle: yes
    ===========  ===============  ===================================================================

    `given`, `induced` and `circles` are told for one case only; over draws `unsettled` counts those in which a circle
    did not come to rest: their deals are where it was left. `indifferent` names who has no stance on anything at a
    table that concerns it, `heard` which table is consulted about which, which binds nothing, `twice` which issues
    are open at which several tables and count at each. `capped` names the tables with more packages than are listed in
    `induced`; all of them are looked at. `searched` names those too large to list, whose deal under each mandate is
    found by an exact search.
    """

    tables: tuple[str, ...]
    parties: tuple[str, ...]
    agreed: tuple[Agreed, ...]
    values: Int[np.ndarray, "*draw party"]
    change: Int[np.ndarray, "*draw party"]
    given: tuple[Given, ...]
    induced: tuple[Induced, ...]
    circles: tuple[Round, ...]
    converged: Bool[np.ndarray, "*draw"]
    unsettled: int
    indifferent: tuple[tuple[str, str], ...]
    heard: tuple[tuple[str, str], ...]
    twice: tuple[tuple[str, str], ...]
    capped: tuple[str, ...]
    searched: tuple[str, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def linked(
    tables: Tables,
    *,
    rule: str = "nash",
    without: str = "status_quo",
) -> Linked:
    """Solve linked tables: what each agrees on, what each mandate would have led to, and whether circles come to rest.

    `rule` is how every table chooses. `without` is what binds where a table that mandates has no deal: what its mandate
    asks of the levels that then stand, or, with "no_deal", that nothing is agreed at the bound table either; a mandate
    that asks nothing of levels always means the latter.

    Raises AnalysisError for an unknown rule or reading, and where a table has too many packages to list.

    >>> from detente.boards.linked import Tables
    >>> linked(Tables(names=(), boards=(), interests=(), bindings=(), mandates=(), ratifications=(), consultations=(),
    ...     order=()))
    Traceback (most recent call last):
    detente.errors.AnalysisError: There is no table to look at. Name at least one.
    """
    if not tables.names:
        raise AnalysisError("There is no table to look at. Name at least one.")
    if rule not in CHOICES:
        raise AnalysisError(f"'{rule}' is not a rule of choice. Choose one of: {', '.join(CHOICES)}.")
    bound = foreseen(tables, rule=rule, without=without)
    apart = foreseen(tables, rule=rule, without=without, bind=False)
    shape = (*tables.draws, len(tables.people))
    one = not tables.draws
    return Linked(
        tables=tables.names,
        parties=tables.people,
        agreed=tuple(_agreed(tables, t, bound, apart) for t in range(len(tables.names))),
        values=bound.sequel.value.reshape(shape),
        change=(bound.sequel.value - apart.sequel.value).reshape(shape),
        given=givens(bound) if one else (),
        induced=induced(bound) if one else (),
        circles=rested(bound) if one else (),
        converged=bound.sequel.settled.reshape(tables.draws),
        unsettled=int((~bound.sequel.settled).sum()),
        indifferent=_indifferent(tables),
        heard=tuple((c.by, tables.names[c.bound]) for c in tables.consultations),
        twice=tables.twice,
        capped=capped(bound),
        searched=tuple(n for n, shelf in zip(tables.names, bound.shelves.tables, strict=True) if not shelf.listed),
        method="backward-induction" if not tables.circular else "backward-induction-and-fixed-point",
        parameters={"rule": rule, "without": without, "rounds": ROUNDS, **_no_deals(tables)},
        certificate=_certificate(tables, bound, without),
    )


def _agreed(tables: Tables, table: int, bound: Foreseen, apart: Foreseen) -> Agreed:
    board = tables.boards[table]
    found, package, gains = _outcome(tables, table, bound)
    alone, free, freely = _outcome(tables, table, apart)
    return Agreed(
        table=board.table,
        parties=board.parties,
        issues=board.issues,
        found=found,
        package=package,
        gains=gains,
        acceptable=bound.sequel.count[table].reshape(tables.draws),
        apart=free,
        apart_found=alone,
        apart_gains=freely,
    )


def _outcome(
    tables: Tables, table: int, solved: Foreseen
) -> tuple[Bool[np.ndarray, "*draw"], Int[np.ndarray, "*draw issue"], Int[np.ndarray, "*draw party"]]:
    """Return whether there is a deal, the package and what it gains at this table."""
    board = tables.boards[table]
    number = solved.sequel.number[table].reshape(tables.draws)
    found = np.asarray(number >= 0)
    now = np.array(board.status_quo, dtype=np.int64)
    options = solved.shelves.tables[table].options
    listed = np.concatenate([options, now[None]])  # the last one, -1, stands for no deal
    package = np.asarray(listed[number])
    gains = tables.interests[table].gains(package)[..., : len(board.parties)]
    return found, package, np.asarray(np.where(found[..., None], gains, 0))


def _indifferent(tables: Tables) -> tuple[tuple[str, str], ...]:
    return tuple(
        (person, name)
        for name, interest in zip(tables.names, tables.interests, strict=True)
        for person, voiced in zip(interest.people, interest.voiced, strict=True)
        if not voiced
    )


def _no_deals(tables: Tables) -> dict[str, Parameter]:
    kinds = [f"{board.table}: {board.no_deal_kind}" for board in tables.boards]
    return {"no_deal": ", ".join(kinds)}


def _certificate(tables: Tables, bound: Foreseen, without: str) -> Certificate:
    """Add up what everybody has anew from the scores, and check every mandate against the levels agreed."""
    settled, sequel = bound.sequel.settled, bound.sequel
    again = np.zeros((*tables.draws, len(tables.people)), dtype=np.int64)
    deals = []
    for t, interest in enumerate(tables.interests):
        found, package, _ = _outcome(tables, t, bound)
        who = [tables.people.index(p) for p in interest.people]
        again[..., who] += interest.no_deal + np.where(found[..., None], interest.gains(package), 0)
        deals.append((found.reshape(-1), package.reshape(-1, package.shape[-1])))
    kept = _mandates_kept(tables, deals, without)
    same = (again.reshape(sequel.value.shape) == sequel.value).all(axis=1)
    return Certificate(
        claim="every-mandate-is-kept",
        checked=settled.size * (len(tables.bindings) + len(tables.mandates)),
        holds=bool(same.all() and (kept | ~settled).all()),
    )


Deal = tuple[Bool[np.ndarray, " draw"], Int[np.ndarray, "draw _issue"]]


def _mandates_kept(tables: Tables, deals: list[Deal], without: str) -> Bool[np.ndarray, " draw"]:
    """Which draws keep every mandate, read from the levels themselves?"""
    kept = np.ones(deals[0][0].size, dtype=bool)
    for row in tables.bindings:
        there, here = deals[row.mandate], deals[row.bound]
        set_off = there[1][:, row.issue] == row.option
        allowed = np.broadcast_to(row.allowed, (kept.size, row.allowed.shape[-1]))
        stands = allowed[np.arange(kept.size), here[1][:, row.of]]
        kept &= ~set_off | ~here[0] | stands
    for mandate in tables.mandates:
        if not mandate.rows or without == "no_deal":
            kept &= deals[mandate.mandate][0] | ~deals[mandate.bound][0]
    return kept
