"""What agreement is possible at a table, on which agenda, and what blocks it? Every analysis of deals asked at once."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from fractions import Fraction

from detente.analyses.ally_weight import AllyWeight, ally_weight
from detente.analyses.blocked import blocked
from detente.analyses.linked import linked
from detente.analyses.nash_in_nash import NashInNash, nash_in_nash
from detente.analyses.robust import Robust, robust
from detente.analyses.trades import trades
from detente.analyses.winner import winner
from detente.boards import Deals, plain, with_modes
from detente.boards import deals as board_of
from detente.boards.linked import Tables
from detente.boards.linked import linked as tables_of
from detente.brief.compared import Agenda
from detente.brief.dealt import Dealt
from detente.brief.document import Brief
from detente.brief.sections.deals.page import composed
from detente.desk import left_out
from detente.desk.agendas import Plan, parsed, plans
from detente.desk.case import Case
from detente.desk.compared import compared
from detente.desk.dealt import LISTED, Asking, light, usual
from detente.desk.draws import DRAWS, SEED
from detente.desk.no_agreement import ask_no_agreement, with_computed
from detente.desk.positions import USUAL
from detente.ensemble import draw_inputs
from detente.errors import BoardError
from detente.levers import Verdict, swept
from detente.outlook.mandates import with_mandates
from detente.search.packages.terms import terms
from detente.search.tables.hub import hub_of
from detente.search.tables.pulled import pulled
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation

Progress = Callable[[str], None]
SCHEMA = "detente.deals/1"
APART = {"later", "elsewhere"}  # modes in which an issue is settled by another deal
SWEPT = 3  # deciding inputs whose critical points are told


def ask_deals(
    case: Case,
    *,
    table: str | None = None,
    agenda: Sequence[str] = (),
    no_deal: str = "auto",
    draws: tuple[int, int] = (DRAWS, SEED),
    progress: Progress | None = None,
) -> Dealt:
    """Answer everything about the deals of one table on one agenda; `draws` are how many, and their seed.

    Without `table` it is the first at which several must consent; without `agenda` it is the table's own, the contested
    issues left out. `agenda` sets issues, such as `missiles=option` or `proxies=precondition:israel`.

    Raises BoardError where the table or the agenda cannot be put on a board.
    """
    say = progress or (lambda _: None)
    at = _table(case.situation, table)
    situation = with_mandates(case.situation, drawing=USUAL)
    if no_deal == "computed":
        situation = with_computed(situation, ask_no_agreement(situation, table=at, draws=draws, progress=progress))
    plan = parsed(situation, at, tuple(agenda)) if agenda else usual(situation, at)
    asking = Asking(situation, at, plan, no_deal, *draws)
    say("agendas, side by side")
    listed = plans(situation, at)
    agendas = compared(situation, at, draws=draws[0], seed=draws[1], asked=listed, no_deal=no_deal)
    say("packages, and what blocks")
    told = replace(
        light(asking, verdict=_known(plan, listed, agendas)),
        agendas=agendas,
        own=_own(asking, listed),
        start=_modes(listed[0]) if listed else (),
        texts=case.texts,
        fingerprint=fingerprint(case.situation),
    )
    say("trades and draws")
    told = _at_the_table(asking, told)
    say("linked tables, and what decides")
    return _swept(asking, _linked(asking, told))


def write(told: Dealt) -> Brief:
    """Put the answers into words and pictures."""
    return composed(told)


def as_json(told: Dealt) -> str:
    """Return the answers as data: the results as the analyses gave them, gains in basis points.

    Packages are option indices into `packages.levels`, in the order of `packages.issues`.
    """
    unwritten = ("situation", "places", "texts", "boards")
    kept = {f.name: getattr(told, f.name) for f in fields(told) if f.name not in unwritten}
    written = {"schema": SCHEMA, "title": told.situation.title, **{name: plain(value) for name, value in kept.items()}}
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


def _table(situation: Situation, table: str | None) -> str:
    known = [t.id for t in situation.tables]
    if table is not None and table not in known:
        listed = ", ".join(known) or "none"
        raise BoardError(f"'{table}' is not a table of '{situation.title}'. Its tables: {listed}.")
    several = [t.id for t in situation.tables if len(t.consent) > 1]
    if table is None and not several:
        raise BoardError(
            f"'{situation.title}' has no table at which several parties must consent, so there is no deal to look for. "
            "Add a table with the parties whose consent it takes."
        )
    return table if table is not None else several[0]


def _own(asking: Asking, listed: Sequence[Plan]) -> Agenda | None:
    """What an agenda of the user's own comes to in all, where part of it is settled later or elsewhere."""
    if not listed or not {m.name for m in asking.plan.added.values()} & APART:
        return None
    both = compared(
        asking.situation,
        asking.table,
        draws=asking.draws,
        seed=asking.seed,
        asked=(listed[0], asking.plan),
        no_deal=asking.no_deal,
    )
    return both[-1]


def _known(plan: Plan, listed: Sequence[Plan], agendas: Sequence[Agenda]) -> Verdict | None:
    """Return the verdict on an agenda where it was found when all were compared."""
    alike = (a.verdict for p, a in zip(listed, agendas, strict=True) if p.modes == plan.modes and a.asked_of == "table")
    modes = {issue: mode.name for issue, mode in plan.modes.items()}
    return next((found for found in alike if dict(found.modes) == modes), None)


def _modes(plan: Plan) -> tuple[tuple[str, str, str | None], ...]:
    return tuple((issue, mode.name, mode.by) for issue, mode in plan.modes.items())


def _at_the_table(asking: Asking, told: Dealt) -> Dealt:
    """Add what follows for the parties of the table themselves, and what was left out."""
    board = asking.board()
    no_draws, no_winner = left_out.robust(asking, board), left_out.winner(board)
    no_weights, unheard = left_out.weights(asking, board), left_out.unheard(asking, board)
    return replace(
        told,
        blocked=blocked(board),
        trades=trades(board),
        robust=_robust(asking) if no_draws is None else None,
        winner=winner(board) if no_winner is None else None,
        weights=tuple(_weights(asking, board)) if no_weights is None else (),
        left_out=tuple(w for w in (no_draws, no_winner, left_out.places(board), no_weights, unheard) if w is not None),
    )


def _noted(told: Dealt, why_not: str | None) -> Dealt:
    return told if why_not is None else replace(told, left_out=(*told.left_out, why_not))


def _robust(asking: Asking) -> Robust:
    situation = asking.situation
    drawn = draw_inputs(situation, asking.draws, seed=asking.seed)
    board = board_of(situation, asking.table, draws=drawn, no_deal=asking.no_deal)
    return robust(with_modes(board, asking.plan.modes))


def _linked(asking: Asking, told: Dealt) -> Dealt:
    """Add what linked tables agree on, and what a party that bargains at several of them could share out.

    What is said about no deal concerns the table that is asked about; the others have values of their own, or none.
    """
    situation = asking.situation
    found = tables_of(situation, no_deal={asking.table: asking.no_deal})
    consent = situation.table(asking.table).consent
    shared = [p for p in consent if sum(p in board.parties for board in found.boards) > 1]
    small = all(terms(board).size <= LISTED for board in found.boards)
    hubs = tuple(_hubs(found, shared)) if small else ()
    told = _noted(replace(told, hubs=hubs), left_out.hubs(asking, found.boards, shared, hubs))
    if not any(t.links for t in situation.tables):
        return told
    return replace(told, linked=linked(found), boards=tuple(zip(found.names, found.boards, strict=True)))


def _hubs(found: Tables, shared: Sequence[str]) -> Iterator[NashInNash]:
    """Ask what a party that bargains at several tables would share with its partners at each."""
    for party in shared:
        told = nash_in_nash(hub_of(found, party))
        if sum(adds > 0 for adds in told.adds) > 1:
            yield told


def _weights(asking: Asking, board: Deals) -> Iterator[AllyWeight]:
    """Sweep the weight of every ally or lobby that leans on a party at this table."""
    seated = board.watchers.parties if board.watchers is not None else ()
    for tie, ally, principal in left_out.leaning(asking.situation, board):
        if ally in seated:
            low, high = (tie.weight.low, tie.weight.high) if tie.weight is not None else (0.0, 1.0)
            pull = pulled(board, principal=principal, ally=ally, agenda=asking.plan.name)
            yield ally_weight(pull, low=Fraction(low), high=Fraction(high))


def _swept(asking: Asking, told: Dealt) -> Dealt:
    """Sweep the inputs that decide most, one at a time and two together; else those that decide only together."""
    found = told.verdict
    case = found.case_against if found.at_best else found.case_for
    together = [path for path, _ in case.values] if case is not None else []
    every = dict.fromkeys((*(d.path for d in found.deciding), *together))
    paths = [path for path in every if not path.endswith(".hardness")][:SWEPT]
    told = _noted(told, left_out.sweeps(found, paths))
    if not paths:
        return told
    sweep = swept(asking.situation, asking.table, asking.plan.modes, no_deal=asking.no_deal)
    plane = sweep.plane(paths[0], paths[1]) if len(paths) > 1 else None
    return replace(told, lines=tuple(sweep.line(path) for path in paths), plane=plane)
