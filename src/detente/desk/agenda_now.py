"""Is there a deal on each table's agenda as it stands now, who blocks, and what was different before the last change?

The quick answer is the short verdict over the ranges, the best guess, and a share of draws: it is there as soon as an
issue has been moved. What proves the verdict, and which inputs decide it, is asked for after.
"""

from dataclasses import dataclass

import numpy as np

from detente import dossier
from detente.analyses.blocked import blocked
from detente.boards import Deals, deals, with_modes
from detente.brief import agenda_now as words
from detente.brief.agenda_now import Before, Stands, Told, Way
from detente.brief.compared import Blocker, Gain
from detente.brief.sections import verdicts
from detente.brief.why import title
from detente.brief.words import Names
from detente.desk.agendas import Plan, contested_issues, plans
from detente.desk.bargained import plan_of
from detente.desk.dealt import OPEN, Asking
from detente.desk.draws import DRAWS, SEED
from detente.desk.positions import USUAL
from detente.desk.session import Session
from detente.desk.sheet import seen
from detente.ensemble import draw_inputs
from detente.errors import AnalysisError, BoardError, DossierError, UsageError
from detente.levers import answer
from detente.outlook.mandates import with_mandates
from detente.search.agendas.outcome import Outcome, outcome
from detente.search.packages.choice import choose
from detente.search.packages.space import space
from detente.situation.nouns import Situation
from detente.situation.paths import inputs

__all__ = ["AgendaNow", "Before", "Nothing", "Proof", "Told", "Way", "agenda_now", "agendas_now", "proof", "standing"]
POINTS = 100
MOST = 20_000_000  # packages x draws of a quick answer
FEWEST = 32
OFF = ("left_out", "refused")
NAMED = 3  # inputs that decide


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing can be said of a table."""

    table: str
    why: str


@dataclass(frozen=True, slots=True)
class AgendaNow:
    """What is said of one agenda at once; `specs` is how an address names it, `change` what was changed last.

    `before` is how it stood before that change, None where nothing was changed. `proof` is what was asked for after,
    None where it was not yet.
    """

    table: str
    specs: str
    told: Told
    draws: int
    change: str
    before: Before | None
    proof: "Proof | None"


@dataclass(frozen=True, slots=True)
class Proof:
    """The verdict with how it is known, and what decides it."""

    table: str
    specs: str
    summary: str
    lines: tuple[str, ...]


def agendas_now(session: Session, *, view: str = "completed") -> tuple[AgendaNow | Nothing, ...]:
    """Say for every table at which several must consent whether there is a deal on its agenda as it stands.

    Raises what opening the dossier raises.
    """
    situation = session.now().situation
    return tuple(agenda_now(session, t.id, view=view) for t in situation.tables if len(t.consent) > 1)


def agenda_now(session: Session, table: str, *, view: str = "completed") -> AgendaNow | Nothing:
    """Say whether there is a deal on the agenda of a table as it stands, and what the last change of anything changed.

    Raises UsageError for a table that is none, and what opening the dossier raises.
    """
    now = session.now()
    _known(now.situation, table)
    found = session.kept(_key(now.hash, table, view), lambda: _answered(seen(now.situation, view), table))
    if isinstance(found, Nothing):
        return found
    situation = seen(now.situation, view)
    change, was = _last(session, table, view)
    return AgendaNow(
        table=table,
        specs=",".join(found.specs),
        told=words.told(situation, found),
        draws=found.draws,
        change=change,
        before=words.before(situation, was, found) if was is not None else None,
        proof=proof(session, table, view=view) if session.knows("agenda-proof", table, view) else None,
    )


def proof(session: Session, table: str, *, view: str = "completed") -> Proof:
    """Say how the verdict on an agenda as it stands is known, and which inputs decide it.

    Raises UsageError for a table that is none, BoardError where it cannot be put on a board, and what opening raises.
    """
    _known(session.now().situation, table)
    return session.answer("agenda-proof", table, view, compute=lambda case: _proof(seen(case.situation, view), table))


def standing(situation: Situation, table: str) -> tuple[str, ...]:
    """Write a table's agenda as it stands, as what it adds to today's: `missiles=precondition:israel`.

    >>> from detente.situation.nouns import AgendaItem, Issue, Table
    >>> from detente.situation.values import Basis, Range
    >>> known = Basis(kind="assumed", rule="unstated")
    >>> dam = Issue(id="dam", name="the dam", status_quo=Range.point(0, known))
    >>> later = AgendaItem(issue="dam", mode="later", basis=known)
    >>> talks = Table(id="talks", name="talks", consent=("a", "b"), agenda=(later,), basis=known)
    >>> standing(Situation(title="Dam", issues=(dam,), tables=(talks,)), "talks")
    ('dam=later',)
    """
    at = situation.table(table)
    contested, known = contested_issues(situation, at), {a.issue: a for a in at.agenda}
    rows = ((i, known[i]) for i in contested if i in known and known[i].mode not in OFF)
    return tuple(f"{i}={a.mode}" + (f":{a.by[0]}" if a.mode == "precondition" and a.by else "") for i, a in rows)


def _known(situation: Situation, table: str) -> None:
    if table not in (known := [t.id for t in situation.tables]):
        listed = ", ".join(known) or "none"
        raise UsageError(f"'{table[:60]}' is not a table of '{situation.title}'. Its tables: {listed}.")


def _last(session: Session, table: str, view: str) -> tuple[str, Stands | None]:
    """Return what was changed last, and how the agenda stood before; nothing where that was not the last step."""
    now, edits = session.now(), session.edits()
    if not edits or edits[-1].after != now.hash:
        return "", None
    last = edits[-1]
    try:
        was = session.kept(
            _key(last.before, table, view),
            lambda: _answered(seen(dossier.open(session.folder).kept(last.before), view), table),
        )
    except DossierError:  # what was before is damaged: what is now stands all the same
        return "", None
    return title(now.situation, last.path), was if isinstance(was, Stands) else None


def _key(hash: str, table: str, view: str) -> tuple[str, ...]:
    """Name the answer about a situation with a hash, by which it is kept."""
    return (hash, "agenda-now", table, view)


def _answered(situation: Situation, table: str) -> Stands | Nothing:
    """Say why there is no answer, where there is none: an agenda in mid-edit is no fault of the page."""
    if all(t.id != table for t in situation.tables):
        return Nothing(table, "The text alone does not name this table.")
    if not plans(with_mandates(situation, drawing=USUAL), table):
        return Nothing(table, "Nothing is open at this table: put an issue where it may or must be settled.")
    try:
        return stands(situation, table)
    except (AnalysisError, BoardError) as why:
        return Nothing(table, str(why))


def stands(situation: Situation, table: str) -> Stands:
    """Find out whether there is a deal on the agenda of a table as it stands.

    Raises BoardError or AnalysisError where that cannot be asked.
    """
    whole, specs, plan = _put(situation, table)
    board = deals(whole, table)
    best = outcome(with_modes(board, plan.modes))
    share, draws = _share(whole, table, plan)
    found = bool(best.feasible)
    return Stands(
        table=table,
        name=plan.name,
        specs=specs,
        kind=answer(whole, table, plan.modes).kind,
        share=share,
        draws=draws,
        packages=best.packages,
        chosen=_levels(board, plan, best) if found else None,
        gains=tuple(Gain(p, int(g) / POINTS, None) for p, g in zip(best.parties, best.gains, strict=True))
        if found
        else (),
        blocked=tuple(tuple(Blocker(r.party, r.reason) for r in group) for group in best.blocked),
        lines=() if found else _lines(with_modes(board, plan.modes)),
    )


def _put(situation: Situation, table: str) -> tuple[Situation, tuple[str, ...], Plan]:
    whole = with_mandates(situation, drawing=USUAL)
    specs = standing(whole, table)
    return whole, specs, plan_of(whole, table, specs)


def _levels(board: Deals, plan: Plan, best: Outcome) -> tuple[tuple[str, float], ...]:
    return tuple(
        (issue, float(board.levels[i][int(best.chosen[i])]))
        for i, issue in enumerate(board.issues)
        if issue in plan.modes and plan.modes[issue].name in OPEN
    )


def _lines(board: Deals) -> tuple[tuple[str, str], ...]:
    """Which red lines alone keep a deal out, or leave no level of an issue that must be settled?"""
    found = blocked(board, weights=False)
    alone = [(line.party, line.issue) for line in found.lines if line.opens]
    clashing = [(party, clash.issue) for clash in found.contradictions for party in clash.parties]
    return tuple(dict.fromkeys(alone or clashing))


def _share(whole: Situation, table: str, plan: Plan) -> tuple[float | None, int]:
    """Count the draws with a deal; fewer are made where there are many packages."""
    if all(i.value.is_point for i in inputs(whole)):
        return None, 0
    size = space(with_modes(deals(whole, table), plan.modes), red_lines=False).size
    count = min(DRAWS, max(FEWEST, MOST // max(1, size)))
    board = with_modes(deals(whole, table, draws=draw_inputs(whole, count, seed=SEED)), plan.modes)
    return float(np.mean(choose(space(board), reach=False, limit=2 * MOST).found)), count


def _proof(situation: Situation, table: str) -> Proof:
    whole, specs, plan = _put(situation, table)
    found = Asking(whole, table, plan, "auto", DRAWS, SEED).verdict()
    names = Names(whole)
    return Proof(table, ",".join(specs), verdicts.summary(found), verdicts.sentences(found, names, most=NAMED))
