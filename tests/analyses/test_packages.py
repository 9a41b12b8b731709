"""What deals there are: the same as a plain loop finds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boards.worlds import SEEDS, case, sample, tried, world

from detente.analyses.packages import packages
from detente.boards import Deals, Modes, Rule, Watchers, deals, plain, scored, with_modes
from detente.errors import AnalysisError
from detente.situation.paths import inputs

MODES = st.sampled_from(["in", "option", "precondition", "declaratory", "left_out"])


def board(seed: int, mode: str, draws: int = 0) -> Deals:
    situation = world(seed)
    drawn = sample(situation, seed, draws) if draws else None
    return with_modes(
        deals(situation, "hall", draws=drawn),
        {"i0": (mode, "ally"), "i1": ("option", None), "i2": ("option", None)},
    )


@tried
@given(seed=SEEDS, mode=MODES)
def test_the_frontier_is_what_a_plain_loop_finds(seed: int, mode: str) -> None:
    single = board(seed, mode)
    found, plainly = packages(single), case(single, 0)
    assert sorted(tuple(k) for k in found.frontier.tolist()) == sorted(plainly.frontier())
    for package, gains in zip(found.frontier.tolist(), found.frontier_gains.tolist(), strict=True):
        assert gains == plainly.gains(tuple(package))


@tried
@given(seed=SEEDS, mode=MODES)
def test_the_best_deal_of_each_party_is_a_deal_and_the_best(seed: int, mode: str) -> None:
    single = board(seed, mode)
    found, plainly = packages(single), case(single, 0)
    gains = [plainly.gains(k) for k in plainly.deals()]
    assert found.best_gain.tolist() == [max((g[p] for g in gains), default=0) for p in range(3)]
    for p in range(3):
        if gains:
            assert plainly.gains(tuple(found.best[p].tolist()))[p] == found.best_gain[p]
            assert tuple(found.best[p].tolist()) in plainly.deals()


@tried
@given(seed=SEEDS, mode=MODES)
def test_counts_narrow_and_the_certificate_stands(seed: int, mode: str) -> None:
    found = packages(board(seed, mode))
    assert found.acceptable is not None
    assert found.tied is not None
    assert found.packages >= found.admissible >= found.acceptable >= found.tied >= 0
    assert found.certificate.holds
    assert all(s.certificate.holds for s in found.solutions)
    assert found.certificate.checked == found.admissible
    assert bool(found.found) == bool(found.acceptable > 0)


@tried
@given(seed=SEEDS, mode=MODES)
def test_over_draws_every_draw_is_counted_for_itself(seed: int, mode: str) -> None:
    drawn = board(seed, mode, draws=4)
    found = packages(drawn)
    assert found.certificate.holds
    for k in range(4):
        plainly = case(drawn, k)
        assert found.acceptable is not None
        assert (found.admissible[k], found.acceptable[k]) == (len(plainly.admissible()), len(plainly.deals()))
        best = plainly.nash()
        assert tuple(found.chosen[k]) == (best[0] if best else drawn.status_quo)


def test_an_agenda_with_nothing_on_it_has_no_packages() -> None:
    found = packages(with_modes(deals(world(1), "hall"), {}))
    assert found.acceptable == 0
    assert (found.packages, found.ties.size, found.frontier.size) == (0, 0, 0)
    assert not any(s.found for s in found.solutions)
    assert found.chosen.tolist() == [deals(world(1), "hall").status_quo[i] for i in range(3)]


def test_the_choice_is_undominated_where_somebody_can_gain_nothing() -> None:
    base = with_modes(deals(world(7), "hall", no_deal="status-quo"), {"i0": ("option", None)})
    count = base.levels[0].size
    score = np.zeros((3, count), dtype=np.int64)
    score[1] = np.arange(count) - base.status_quo[0]
    score[2] = score[1]
    alone = Deals(
        **{
            **{name: getattr(base, name) for name in Deals.__slots__},
            "score": (score, *base.score[1:]),
            "admits": tuple(np.ones_like(a) for a in base.admits),
            "listing_cost": np.zeros_like(base.listing_cost),
        }
    )
    found = packages(alone)
    top = count - 1 - base.status_quo[0]
    assert found.gains.tolist() == [0, top, top]
    assert found.certificate.holds


@tried
@given(seed=SEEDS, mode=MODES)
def test_who_accepts_what_is_counted_as_a_plain_loop_counts_it(seed: int, mode: str) -> None:
    two_of_three = replace(board(seed, mode), rule=Rule(weights=(1.0, 1.0, 1.0), need=2, vetoes=(0,)))
    found, plainly = packages(two_of_three), case(two_of_three, 0)
    accepting = [tuple(g >= 0 for g in plainly.gains(k)) for k in plainly.admissible()]
    assert [c.number for c in found.accepts] == [sum(row[p] for row in accepting) for p in range(3)]
    assert found.passed is not None
    assert found.passed.number == found.acceptable == sum(row[0] and sum(row) >= 2 for row in accepting)
    assert found.accepted is not None
    assert found.accepted.number == sum(all(row) for row in accepting)
    masks = [sum(yes << p for p, yes in enumerate(row)) for row in accepting]
    assert found.accepted_by.tolist() == np.bincount(np.array(masks, dtype=np.int64), minlength=8).tolist()


@tried
@given(seed=SEEDS, mode=MODES)
def test_without_a_rule_what_is_carried_is_the_nash_choice(seed: int, mode: str) -> None:
    found = packages(board(seed, mode))
    assert found.carried is not None
    assert found.carried.package == found.solution("nash").package
    assert found.passed == found.accepted


def test_a_package_that_a_ratifier_loses_by_is_no_deal() -> None:
    table = scored({"cap": [[0, 40, 20], [0, 30, 20]]}, parties=("usa", "iran"))
    senate = Watchers(parties=("senate",), score=(np.array([[0, -5, 5]]),), no_deal=np.array([0]), ratifies=(True,))
    free, bound = packages(table), packages(replace(table, watchers=senate))
    assert (free.gains.tolist(), bound.gains.tolist()) == ([40, 30], [20, 20])
    assert free.acceptable == 2
    assert bound.acceptable == 1
    assert bound.ratifiers == ("senate",)
    assert [c.number for c in bound.accepts] == [2, 2, 1]
    assert bound.solution("nash").ratified == (5,)
    assert bound.passed == bound.accepted


def test_what_two_levels_are_worth_together_counts() -> None:
    joint = [[[0, 0], [0, 50]], [[0, 0], [0, 0]]]
    scores = {"cap": [[0, -20], [0, 30]], "relief": [[0, -20], [0, 30]]}
    alone = scored(scores, parties=("usa", "iran"))
    together = scored(scores, parties=("usa", "iran"), interactions={("cap", "relief"): joint})
    assert not packages(alone).found
    assert packages(together).gains.tolist() == [10, 60]


def wide(parties: int, issues: int, levels: int = 10) -> Deals:
    """Random scores beside a reservation of 0.3 of what each could get at most."""
    rng = np.random.default_rng(0)
    scores = {f"i{k}": rng.integers(0, 10_000, (parties, levels)).tolist() for k in range(issues)}
    ideal = [sum(max(rows[p]) for rows in scores.values()) for p in range(parties)]
    return scored(scores, parties=[f"p{p}" for p in range(parties)], no_deal=[int(0.3 * i) for i in ideal])


def test_too_many_packages_to_count_are_sampled_and_no_number_is_said() -> None:
    counted, sampled = packages(wide(3, 5)), packages(wide(3, 5), limit=1000)
    assert counted.accepted is not None
    assert sampled.accepted is not None
    assert (sampled.acceptable, sampled.accepted.number, sampled.accepted_by.size) == (None, None, 0)
    assert sampled.accepted.low < counted.accepted.share < sampled.accepted.high
    assert counted.accepted.low == counted.accepted.share == counted.accepted.high
    for mine, exact in zip(sampled.accepts, counted.accepts, strict=True):
        assert mine.number is None
        assert mine.low < exact.share < mine.high
    assert [s.package for s in sampled.solutions] == [s.package for s in counted.solutions]


def test_a_million_million_packages_have_exact_choices_and_no_frontier_with_five_parties() -> None:
    found = packages(wide(5, 12))
    assert found.packages == 10**12 - 1
    assert (found.acceptable, found.frontier_told, found.frontier.size) == (None, False, 0)
    assert all(s.found and s.certificate.holds for s in found.solutions)
    assert found.certificate.holds
    assert found.accepted is not None
    assert found.accepted.low < found.accepted.share < found.accepted.high


def test_over_draws_only_the_nash_choice_is_asked() -> None:
    found = packages(board(4, "option", draws=3))
    assert (found.solutions, found.carried, found.accepts) == ((), None, ())
    with pytest.raises(AnalysisError, match="'egalitarian' was not asked of table 'hall'"):
        found.solution("egalitarian")
    with pytest.raises(AnalysisError, match="ideal gains cannot be taken as 'all'"):
        packages(board(4, "option", draws=3), ideal="all")


def test_an_answer_in_plain_data_keeps_its_fractions() -> None:
    found = packages(scored({"cap": [[0, 2, 3], [0, 5, 4]]}, parties=("usa", "iran")))
    said = plain(found.solution("kalai_smorodinsky"))
    assert isinstance(said, dict)
    assert said["value"] == {"numerator": 4, "denominator": 5}


@tried
@given(seed=SEEDS, mode=MODES)
def test_a_ratifier_binds_over_draws_as_in_one_case(seed: int, mode: str) -> None:
    situation = world(seed)
    table = situation.tables[0].model_copy(update={"ratifiers": ("ally",)})
    ratified = situation.model_copy(update={"tables": (table,)})
    best = {put.path: np.array([put.value.best]) for put in inputs(ratified)}
    modes: Modes = {"i0": (mode, "ally"), "i1": ("option", None), "i2": ("option", None)}
    single = packages(with_modes(deals(ratified, "hall"), modes))
    drawn = packages(with_modes(deals(ratified, "hall", draws=best), modes))
    assert single.ratifiers == drawn.ratifiers == ("ally",)
    assert drawn.certificate.holds
    assert (drawn.found[0], drawn.gains[0].tolist()) == (single.found, single.gains.tolist())
    assert drawn.best_gain[0].tolist() == single.best_gain.tolist()
    assert drawn.acceptable is not None
    assert drawn.acceptable[0] == single.acceptable
