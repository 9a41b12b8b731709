"""What deals there are: the same as a plain loop finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.boards.worlds import SEEDS, case, sample, tried, world

from detente.analyses.packages import packages
from detente.boards import Deals, deals, with_modes

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
    assert found.packages >= found.admissible >= found.acceptable >= found.tied >= 0
    assert found.certificate.holds
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
        assert (found.admissible[k], found.acceptable[k]) == (len(plainly.admissible()), len(plainly.deals()))
        best = plainly.nash()
        assert tuple(found.chosen[k]) == (best[0] if best else drawn.status_quo)


def test_an_agenda_with_nothing_on_it_has_no_packages() -> None:
    found = packages(with_modes(deals(world(1), "hall"), {}))
    assert (found.packages, int(found.acceptable), found.ties.size, found.frontier.size) == (0, 0, 0, 0)
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
