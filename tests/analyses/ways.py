"""How every analysis is asked about a situation, and what of its answer the laws speak about."""

import json
from typing import Any

import numpy as np
from tests.analyses.conflict_case import (
    ask_inverse,
    ask_paths,
    ask_steady,
    coalition_said,
    conflict_of,
    drawn_conflict,
    inverse_said,
    paths_said,
    stability_said,
    steady_said,
)
from tests.analyses.linked_case import hub_at, hub_said, linked_said, pull_at, pull_said, tables_of
from tests.analyses.way import Way
from tests.analyses.ways_crisis import WAYS as CRISIS_WAYS
from tests.analyses.ways_outlook import WAYS as OUTLOOK_WAYS
from tests.analyses.ways_positions import WAYS as POSITION_WAYS
from tests.boards.worlds import world

from detente.analyses import Record
from detente.analyses.agenda import agenda
from detente.analyses.ally_weight import ally_weight
from detente.analyses.blocked import blocked
from detente.analyses.coalition import coalition
from detente.analyses.coverage import coverage
from detente.analyses.likely import likely
from detente.analyses.linked import linked
from detente.analyses.motive import motive
from detente.analyses.nash_in_nash import nash_in_nash
from detente.analyses.packages import packages
from detente.analyses.robust import robust
from detente.analyses.stability import stability
from detente.analyses.trades import trades
from detente.analyses.wants import wants
from detente.analyses.winner import winner
from detente.analyses.zone import zone
from detente.boards import Draws, Modes, Plain, box, box_with_modes, deals, moves, plain, positions, with_modes
from detente.boards.outside.draft import drafted
from detente.situation.nouns import Move, Situation, Threat, Tie, Trigger
from detente.situation.values import Range

MODES: Modes = {"i0": ("option", None), "i1": ("option", None), "i2": ("in", None)}
BASE: Modes = {"i1": ("option", None), "i2": ("option", None)}


def _table(situation: Situation, draws: Draws | None) -> object:
    return deals(situation, "hall", draws=draws)


def _agenda_said(found: Any, scale: float = 1.0) -> Plain:
    return [
        {
            "mode": [row.mode, row.by],
            "stages": [_stage_said(stage) for stage in (row.first, row.then, *row.apart) if stage is not None],
            "grew": plain(row.grew),
            "parties": _by_party(found, row.total, row.change, row.beside_option, row.worse, row.held_up),
            "clashes": sorted([c.issue, c.by, c.against] for c in row.clashes),
        }
        for row in found.rows
    ]


def _stage_said(stage: Any) -> Plain:
    return {
        "counts": plain((stage.admissible, stage.acceptable, stage.feasible, stage.tied, stage.chosen)),
        "parties": _by_party(stage, stage.gains, stage.ends, stage.ends_at),
        "blocked": sorted(sorted([r.party, r.reason] for r in s) for s in stage.blocked),
    }


def _by_party(found: Any, *arrays: Any) -> Plain:
    parties = found.parties
    return {p: [plain(np.atleast_1d(a)[..., k]) for a in arrays] for k, p in enumerate(parties)}


def _blocked_said(found: Any, scale: float = 1.0) -> Plain:
    def sets(family: Any) -> list[Any]:
        return sorted(sorted([r.party, r.reason, r.issue or ""] for r in s) for s in family)

    return {
        "reason": [found.reason, found.packages, found.admissible, plain(found.empty)],
        "sets": [sets(found.blockings), sets(found.openings), sorted(sorted(s) for s in found.coalitions)],
        "room": {r.party: plain((r.kind, r.by, r.threshold, r.opened and r.opened.package)) for r in found.room},
        "joint": [plain(j and (j.amount, j.opened.package)) for j in (found.together, found.uniform)],
        "lines": {f"{line.party} {line.issue}": plain((line.opens, line.option)) for line in found.lines},
        "admitted": plain([(level.issue, level.option, level.opens) for level in found.admitted]),
        "added": plain([(a.issue, a.opens) for a in found.added]),
        "flips": {f"{f.party} {f.issue}": plain(f.factors) for f in found.flips},
    }


def _packages_said(found: Any, scale: float = 1.0) -> Plain:
    counts = plain((found.packages, found.admissible, found.acceptable, found.found, found.chosen, found.tied))
    return {"counts": counts, "parties": _by_party(found, found.gains, found.best_gain)}


def _wants_said(found: Any, scale: float = 1.0) -> Plain:
    parties, distance = found.parties, np.round(found.distance, 9)
    return {
        "distance": {
            f"{p} {q}": plain(distance[..., a, b, :]) for a, p in enumerate(parties) for b, q in enumerate(parties)
        },
        "blocs": [sorted(sorted(bloc) for bloc in row) for row in found.blocs],
        "farthest": [round(row.distance, 9) for row in found.farthest],
    }


def _robust_said(found: Any, scale: float = 1.0) -> Plain:
    def stands(one: Any) -> Plain:
        return [list(one.package), one.share, one.least, dict(zip(found.needed, one.accepted, strict=True))]

    return {
        "shares": [found.deal_share, found.everybody_share, found.empty_share],
        "parties": _by_party(found, found.alone_share, found.involved_share, found.gains, found.mean_gain),
        "coalitions": sorted([*sorted(c.parties), str(c.share)] for c in found.coalitions),
        "packages": [stands(s) for s in (*found.packages, *([found.maximin] if found.maximin else []))],
        "chosen": plain(found.chosen_share),
    }


def _trades_said(found: Any, scale: float = 1.0) -> Plain:
    def by_party(change: Any) -> dict[str, Any]:
        return dict(zip(found.needed, change, strict=True))

    swaps = [
        [sorted([[e.giver, e.issue, e.level], [e.taker, e.back, e.back_level]]), by_party(e.change)]
        for e in found.exchanges
    ]
    return {
        "exchanges": sorted(json.dumps(s, sort_keys=True) for s in swaps),
        "concessions": sorted(
            json.dumps([c.party, c.issue, c.level, by_party(c.alone), c.found, c.net], sort_keys=True)
            for c in found.concessions
        ),
        "package": [list(found.package), found.chosen_by, found.improved, found.improvements, list(found.better)],
        "parties": _by_party(found, found.gains, found.better_change, found.swing.T),
    }


def _likely_said(found: Any, scale: float = 1.0) -> Plain:
    top = sorted([round(w.share, 9), list(w.package)] for w in found.top)
    levels = [plain(np.round(shares, 9)) for shares in found.level_share]
    return {"top": top, "levels": levels, "all": [round(found.accepted_share, 9), round(found.effective, 6)]}


def _coverage_said(found: Any, scale: float = 1.0) -> Plain:
    rows = found.rows
    return {f"{r.option.owner} {r.option.action}": sorted(r.threats) for r in rows}


def _pair(situation: Situation, draws: Draws | None) -> object:
    """The first two parties alone at the table."""
    consent = tuple(p for p in situation.tables[0].consent if not p.startswith("p2"))
    table = situation.tables[0].model_copy(update={"consent": consent})
    return with_modes(deals(situation.model_copy(update={"tables": (table,)}), "hall", draws=draws), MODES)


def _winner_said(found: Any, scale: float = 1.0) -> Plain:
    sides = {p: [row[k] for row in (*found.points, found.totals, found.gains)] for k, p in enumerate(found.parties)}
    return {"found": [found.reason, *sorted(found.of), *found.agreed], "parties": plain(sides)}


def _motive_said(found: Any, scale: float = 1.0) -> Plain:
    rows = (found.seat, found.no_deal, found.cells, found.columns, found.box_shares, found.offers, found.insisting)
    return plain((*rows, found.own_move, found.payment and found.payment.narrow))


def _zone_said(found: Any, scale: float = 1.0) -> Plain:
    return plain((found.verdict, found.certain_margin, found.possible_margin))


WAYS = {
    "agenda": Way(_table, lambda b: agenda(b, base=BASE, issues=["i0", "i1"]), _agenda_said),
    "ally_weight": Way(pull_at, ally_weight, pull_said),
    "blocked": Way(lambda s, d: with_modes(deals(s, "hall", draws=d), MODES), blocked, _blocked_said),
    "coverage": Way(lambda s, d: moves(drafted(s)), coverage, _coverage_said),
    "linked": Way(tables_of, linked, linked_said),
    "motive": Way(_table, lambda b: motive(b, presser="ally", issues=["i0"], base=BASE), _motive_said),
    "nash_in_nash": Way(hub_at, nash_in_nash, hub_said),
    "likely": Way(lambda s, d: with_modes(deals(s, "hall", draws=d), MODES), likely, _likely_said),
    "packages": Way(lambda s, d: with_modes(deals(s, "hall", draws=d), MODES), packages, _packages_said),
    "robust": Way(lambda s, d: with_modes(deals(s, "hall", draws=d), MODES), robust, _robust_said),
    "trades": Way(lambda s, d: with_modes(deals(s, "hall", draws=d), MODES), trades, _trades_said),
    "wants": Way(lambda s, d: positions(s, draws=d), wants, _wants_said),
    "winner": Way(_pair, winner, _winner_said),
    "zone": Way(lambda s, d: box_with_modes(box(s, "hall"), MODES), zone, _zone_said),
    **CRISIS_WAYS,
    **OUTLOOK_WAYS,
    **POSITION_WAYS,
    "coalition": Way(conflict_of, coalition, coalition_said),
    "inverse": Way(conflict_of, ask_inverse, inverse_said),
    "paths": Way(conflict_of, ask_paths, paths_said),
    "stability": Way(conflict_of, stability, stability_said),
    "steady": Way(drawn_conflict, ask_steady, steady_said),
}


def dispute(seed: int) -> Situation:
    """A random situation in which somebody cares about everything, with threats, ties and moves."""
    situation = world(seed)
    threat = Threat(id="t", by="p1", against="p0", trigger=Trigger(actor="p0", action="strike"), action="answer")
    ties = (Tie(id="a", kind="ally", source="ally", target="p0"), Tie(id="r", kind="rivalry", source="p1", target="p2"))
    stances = tuple(s.model_copy(update={"salience": _raised(s.salience)}) for s in situation.stances)
    more = {
        "threats": (threat,),
        "ties": ties,
        "moves": (Move(id="m", by="p2", action="blockade"),),
        "stances": stances,
    }
    return situation.model_copy(update=more)


def _raised(value: Range) -> Range:
    return Range(low=value.low + 1, best=value.best + 1, high=value.high + 1, basis=value.basis)


def said(record: Record, situation: Situation, draws: Draws | None = None, scale: float = 1.0) -> Plain:
    way = WAYS[record.name]
    return way.said(way.ask(way.board(situation, draws)), scale)
