"""What every analysis owes: inputs untouched, the same answer twice, plain data, a source, a page, its laws."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from tests.boards.worlds import SEEDS, world

from detente.analyses import CATALOGUE, LAWS, Record, agenda, compromise, coverage, packages, wants, zone
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


@dataclass(frozen=True)
class Way:
    """How one analysis is asked about a situation, and what of its answer a law speaks about."""

    board: Callable[[Situation, Draws | None], object]
    ask: Callable[..., object]
    said: Callable[..., Plain]


def _table(situation: Situation, draws: Draws | None) -> object:
    return deals(situation, "hall", draws=draws)


def _agenda_said(found: Any, scale: float = 1.0) -> Plain:
    return [
        {
            "mode": [row.mode, row.by],
            "counts": plain((row.admissible, row.acceptable, row.feasible, row.grew, row.chosen)),
            "parties": _by_party(found, row.gains, row.change, row.worse, row.ends, row.ends_at),
            "blocked": sorted(sorted([r.party, r.reason] for r in s) for s in row.blocked),
        }
        for row in found.rows
    ]


def _by_party(found: Any, *arrays: Any) -> Plain:
    parties = found.parties
    return {p: [plain(np.atleast_1d(a)[..., k]) for a in arrays] for k, p in enumerate(parties)}


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


def _coverage_said(found: Any, scale: float = 1.0) -> Plain:
    rows = found.rows
    return {f"{r.option.owner} {r.option.action}": sorted(r.threats) for r in rows}


def _zone_said(found: Any, scale: float = 1.0) -> Plain:
    return plain((found.verdict, found.certain_margin, found.possible_margin))


WAYS = {
    "agenda": Way(_table, lambda b: agenda(b, base=BASE, issue="i0"), _agenda_said),
    "compromise": Way(lambda s, d: positions(s, draws=d), compromise, _compromise_said),
    "coverage": Way(lambda s, d: moves(s), coverage, _coverage_said),
    "packages": Way(lambda s, d: with_modes(deals(s, "hall", draws=d), MODES), packages, _packages_said),
    "wants": Way(lambda s, d: positions(s, draws=d), wants, _wants_said),
    "zone": Way(lambda s, d: box_with_modes(box(s, "hall"), MODES), zone, _zone_said),
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
