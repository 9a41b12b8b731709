"""What every analysis owes: inputs untouched, the same answer twice, plain data, a source, a page, its laws."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
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
from tests.boards.worlds import SEEDS, world

from detente.analyses import (
    CATALOGUE,
    LAWS,
    Record,
    agenda,
    ally_weight,
    blocked,
    coalition,
    compromise,
    coverage,
    likely,
    linked,
    motive,
    nash_in_nash,
    packages,
    robust,
    stability,
    trades,
    wants,
    winner,
    zone,
)
from detente.boards import Draws, Modes, Plain, box, box_with_modes, deals, moves, plain, positions, with_modes
from detente.situation.nouns import Issue, Move, RedLine, Score, Situation, Stance, Threat, Tie, Trigger
from detente.situation.paths import inputs
from detente.situation.values import Range

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "analyses"
MODES: Modes = {"i0": ("option", None), "i1": ("option", None), "i2": ("in", None)}
BASE: Modes = {"i1": ("option", None), "i2": ("option", None)}

tried = settings(max_examples=15, deadline=None)
every = pytest.mark.parametrize("record", CATALOGUE, ids=lambda r: r.name)


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


def _compromise_said(found: Any, scale: float = 1.0) -> Plain:
    outcome = np.round(found.outcome / scale, 9)
    pulls = [np.round(found.pull[..., i], 9) for i in range(len(found.issues))]
    return {"outcome": plain(outcome), "pull": _by_party(found, *pulls)}


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
    "compromise": Way(lambda s, d: positions(s, draws=d), compromise, _compromise_said),
    "coverage": Way(lambda s, d: moves(s), coverage, _coverage_said),
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


def test_the_catalogue_is_in_order_and_has_every_file() -> None:
    names = [r.name for r in CATALOGUE]
    assert names == sorted(names)
    assert set(names) == {p.stem for p in (ROOT / "src" / "detente" / "analyses").glob("*.py")} - {"__init__"}
    assert set(WAYS) == set(names)


@every
def test_every_law_is_claimed_or_excused(record: Record) -> None:
    excused = dict(record.exempt)
    assert sorted([*record.laws, *excused]) == sorted(LAWS)
    assert all(len(reason.split()) > 3 for reason in excused.values())


@every
def test_inputs_are_untouched_and_the_answer_is_the_same_twice(record: Record) -> None:
    way = WAYS[record.name]
    board = way.board(dispute(5), None)
    before = json.dumps(plain(board))
    first, second = way.ask(board), way.ask(board)
    assert json.dumps(plain(board)) == before
    assert json.dumps(plain(first)) == json.dumps(plain(second))


@every
def test_the_answer_is_plain_data_with_method_and_certificate(record: Record) -> None:
    answer = plain(WAYS[record.name].ask(WAYS[record.name].board(dispute(5), None)))
    assert isinstance(answer, dict)
    assert answer["method"]
    assert isinstance(answer["parameters"], dict)
    certificate = answer["certificate"]
    assert isinstance(certificate, dict)
    assert certificate["holds"] is True
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


@every
def test_it_is_cited_where_it_is_written_and_where_it_is_explained(record: Record) -> None:
    written = sys.modules[record.ask.__module__].__doc__ or ""
    assert "Source:" in written
    assert written.split("\n")[0].endswith("?")
    page = (PAGES / f"{record.name}.md").read_text(encoding="utf-8")
    for word in [w for w in record.source.replace(";", " ").split() if w[0].isupper() or w.isdigit()]:
        assert word in written, f"{word} is not in the docstring of {record.name}"
        assert word in page, f"{word} is not on the page of {record.name}"


@every
def test_its_page_answers_what_a_reader_asks(record: Record) -> None:
    page = (PAGES / f"{record.name}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {record.question}\n")
    for heading in ("## How it is computed", "## Source", "## When it holds", "## What it does not say", "## Ask it"):
        assert f"\n{heading}\n" in page


def claiming(law: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("record", [r for r in CATALOGUE if law in r.laws], ids=lambda r: r.name)


@tried
@claiming("relabelling")
@given(seed=SEEDS)
def test_the_order_of_the_parties_changes_nothing(record: Record, seed: int) -> None:
    situation = dispute(seed)
    table = situation.tables[0].model_copy(update={"consent": situation.tables[0].consent[::-1]})
    turned = situation.model_copy(update={"parties": situation.parties[::-1], "tables": (table,)})
    assert said(record, turned) == said(record, situation)


@claiming("relabelling")
def test_the_names_of_the_parties_change_nothing_but_names(record: Record) -> None:
    situation = dispute(8)
    text = situation.model_dump_json().replace('"p0"', '"p0x"')
    renamed = json.dumps(said(record, Situation.model_validate_json(text)))
    assert renamed.replace("p0x", "p0") == json.dumps(said(record, situation))


@tried
@claiming("rescaling")
@given(seed=SEEDS)
def test_the_unit_of_an_issue_changes_nothing(record: Record, seed: int) -> None:
    situation = dispute(seed)
    assert said(record, scaled(situation, 2.5), scale=2.5) == said(record, situation)


@tried
@claiming("draws")
@given(seed=SEEDS)
def test_an_ensemble_of_one_draw_is_that_case(record: Record, seed: int) -> None:
    situation = dispute(seed)
    best = {put.path: np.array([put.value.best]) for put in inputs(situation)}
    one = json.loads(json.dumps(said(record, situation, best)))
    single = json.loads(json.dumps(said(record, situation)))
    assert flat(_without_blocked(one)) == flat(_without_blocked(single))


def _without_blocked(said: object) -> object:
    """Blockades are told for one case only."""
    if isinstance(said, dict):
        return {k: _without_blocked(v) for k, v in said.items() if k != "blocked"}
    return [_without_blocked(v) for v in said] if isinstance(said, list) else said


def flat(said: object) -> list[object]:
    """The values in order, without the brackets that a draw axis of length one adds."""
    if isinstance(said, dict):
        return [x for key in sorted(said) for x in [key, *flat(said[key])]]
    return [x for value in said for x in flat(value)] if isinstance(said, list) else [said]


def scaled(situation: Situation, by: float) -> Situation:
    """The same dispute with every issue measured in another unit."""
    return situation.model_copy(
        update={
            "issues": tuple(_issue(i, by) for i in situation.issues),
            "stances": tuple(_stance(s, by) for s in situation.stances),
            "scores": tuple(Score(**{**dict(s), "at": s.at * by}) for s in situation.scores),
        }
    )


def _times(value: Range, by: float) -> Range:
    return Range(low=value.low * by, best=value.best * by, high=value.high * by, basis=value.basis)


def _issue(issue: Issue, by: float) -> Issue:
    scale = (issue.scale[0] * by, issue.scale[1] * by)
    options = tuple(o * by for o in issue.options)
    return issue.model_copy(update={"scale": scale, "options": options, "status_quo": _times(issue.status_quo, by)})


def _stance(stance: Stance, by: float) -> Stance:
    line = stance.red_line
    moved = line and RedLine(at=_times(line.at, by), accepts=line.accepts, hardness=line.hardness)
    return stance.model_copy(update={"position": _times(stance.position, by), "red_line": moved})
