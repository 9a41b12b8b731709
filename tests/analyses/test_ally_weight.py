"""The weight of an ally: the deal at every weight, exactly, and the points where it flips."""

import itertools
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.analyses.published.tables import described
from tests.boards.worlds import SEEDS, world

from detente.analyses.ally_weight import AllyWeight, ally_weight, mandate_point
from detente.boards import Modes, Rule, deals, with_modes
from detente.boards.linked import linked
from detente.errors import AnalysisError
from detente.search.tables.envelope import Line, envelope
from detente.search.tables.pulled import NONE, Pulled, pulled

tried = settings(max_examples=15, deadline=None)
ROOT = Path(__file__).resolve().parents[2]
MODES = st.sampled_from(["in", "option", "declaratory", "left_out"])


def pull(seed: int, mode: str) -> Pulled:
    modes: Modes = {"i0": (mode, None), "i1": ("option", None), "i2": ("option", None)}
    board = with_modes(deals(world(seed), "hall"), modes)
    return pulled(board, principal="p0", ally="ally", agenda=mode)


def deal_at(found: AllyWeight, weight: Fraction) -> list[tuple[int, ...]]:
    return [s.package for s in found.swept[0].steps if s.start <= weight <= s.stop]


@tried
@given(seed=SEEDS, mode=MODES)
def test_at_every_weight_the_deal_is_the_best_that_trying_all_finds(seed: int, mode: str) -> None:
    asked = pull(seed, mode)
    found = ally_weight(asked)
    weights = {Fraction(k, 12) for k in range(13)} | {(s.start + s.stop) / 2 for s in found.swept[0].steps}
    breaks = {s.start for s in found.swept[0].steps}
    for weight in weights - breaks:
        worth = [asked.worth_of(k, weight) for k in range(len(asked.options))]
        for package in deal_at(found, weight):
            assert asked.worth(package, weight) == max(worth, default=NONE)
    assert found.certificate.holds


@tried
@given(seed=SEEDS, mode=MODES)
def test_the_steps_cover_the_range_and_neighbours_differ(seed: int, mode: str) -> None:
    found = ally_weight(pull(seed, mode), low=Fraction(1, 5), high=Fraction(3, 2))
    steps = found.swept[0].steps
    assert (steps[0].start, steps[-1].stop) == (Fraction(1, 5), Fraction(3, 2))
    for before, after in itertools.pairwise(steps):
        assert before.stop == after.start
        assert before.package != after.package
    assert len(found.swept[0].flips) == len(steps) - 1


@tried
@given(seed=SEEDS, mode=MODES)
def test_at_a_flip_both_deals_are_equally_good_unless_the_principal_begins_or_ceases_to_gain(
    seed: int, mode: str
) -> None:
    asked = pull(seed, mode)
    for flip in ally_weight(asked).swept[0].flips:
        if flip.before and flip.after:
            before, after = (asked.worth(k, flip.at) for k in (flip.before, flip.after))
            at = [asked.options.tolist().index(list(k)) for k in (flip.before, flip.after)]
            weighed = [int(asked.gains[0, k]) + flip.at * int(asked.pulls[k]) for k in at]
            assert before == after or 0 in weighed


@tried
@given(seed=SEEDS)
def test_without_weight_it_is_the_deal_of_the_table(seed: int) -> None:
    asked = pull(seed, "option")
    found = ally_weight(asked, high=Fraction(0))
    best = asked.best(Fraction(0))
    (step,) = found.swept[0].steps
    assert step.package == (() if best is None else tuple(asked.options[best].tolist()))


@tried
@given(seed=SEEDS)
def test_the_agenda_preferred_is_the_one_at_which_the_principal_has_most(seed: int) -> None:
    pulls = [pull(seed, mode) for mode in ("left_out", "option", "in")]
    found = ally_weight(pulls[0], against=pulls[1:])
    assert (found.preferred[0].start, found.preferred[-1].stop) == (Fraction(0), Fraction(1))
    for part in found.preferred:
        weight = (part.start + part.stop) / 2
        has = {}
        for sweep in found.swept:
            step = next(s for s in sweep.steps if s.start <= weight <= s.stop)
            has[sweep.agenda] = step.gains[0] + weight * step.ally
        assert has[part.agenda] == max(has.values())


def test_a_principal_that_weighs_its_ally_gives_a_mandate_it_would_not_give_else() -> None:
    case = YAML(typ="safe", pure=True).load(ROOT / "cases" / "linked-tables" / "two-tables.yaml")
    tables = linked(described(case))
    found = ally_weight(pulled(tables, principal="us", ally="israel", table="alliance"), high=Fraction(1))
    levels = [(row["mandate"], row["security"]) for row in _named(case, found)]
    assert levels[0] == ("nuclear-only", "none")
    assert levels[-1] == ("missiles-too", "arms")
    assert [flip.at for flip in found.swept[0].flips] == sorted(flip.at for flip in found.swept[0].flips)
    # One point of loss for 21 of the ally's: from 1/21 on the principal is willing.
    assert found.swept[0].flips[0].at == Fraction(1, 21)


def _named(case: dict[str, dict[str, dict[str, dict[str, list[str]]]]], found: AllyWeight) -> list[dict[str, str]]:
    issues = case["tables"]["alliance"]["issues"]
    at = {name: found.issues.index(name) for name in issues}
    return [
        {name: levels[step.package[at[name]] - 1] for name, levels in issues.items()} for step in found.swept[0].steps
    ]


def test_the_published_mandate_point_comes_back(shared_dir: Path) -> None:
    tests = json.loads((shared_dir / "data" / "outlook" / "reference_tests.json").read_text(encoding="utf-8"))
    case = tests["menu_auction_quadratic"]
    pulls = [theta * s for theta, s in zip(case["theta"], case["s"], strict=True)]
    found = mandate_point([case["x0"], *case["xk"]], [case["w0"], *pulls])
    assert found == pytest.approx(case["mandate"], rel=1e-15)


@tried
@given(rows=st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=12))
def test_the_highest_line_is_the_highest(rows: list[tuple[int, int]]) -> None:
    lines = [Line(a, b, k) for k, (a, b) in enumerate(rows)]
    pieces = envelope(lines, Fraction(0), Fraction(1))
    assert (pieces[0].start, pieces[-1].stop) == (Fraction(0), Fraction(1))
    for piece in pieces:
        for weight in (piece.start, (piece.start + piece.stop) / 2, piece.stop):
            assert piece.line.at(weight) == max(line.at(weight) for line in lines)


def test_what_cannot_be_asked_is_said() -> None:
    board = with_modes(deals(world(1), "hall"), {"i0": ("option", None)})
    for principal, ally, said in (
        ("ally", "p0", "'ally' does not consent"),
        ("p0", "moon", "'moon' has no stake"),
        ("p0", "p0", "'p0' has no stake of its own"),
    ):
        with pytest.raises(AnalysisError, match=said):
            pulled(board, principal=principal, ally=ally)
    with pytest.raises(AnalysisError, match="by everybody's consent"):
        pulled(replace(board, rule=Rule((1.0, 1.0, 1.0), 2.0)), principal="p0", ally="ally")
    drawn = with_modes(deals(world(1), "hall", draws={"i0.status_quo": np.array([0.0, 1.0])}), {})
    with pytest.raises(AnalysisError, match="Build it without draws"):
        pulled(drawn, principal="p0", ally="ally")
    asked = pulled(board, principal="p0", ally="ally")
    with pytest.raises(AnalysisError, match="upwards from nought"):
        ally_weight(asked, low=Fraction(1), high=Fraction(0))
    with pytest.raises(AnalysisError, match="agendas of one table"):
        ally_weight(asked, against=[replace(asked, table="annex")])
    with pytest.raises(AnalysisError, match="one weight per point"):
        mandate_point([0.0, 1.0], [1.0])
