"""Who presses whom towards what inside a body, and what of that KTAB refuses to say."""

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detente.analyses.spatial_bargaining import SpatialBargaining, spatial_bargaining
from detente.boards import Positions, plain
from detente.errors import AnalysisError
from detente.search.positions.spatial.settings import Settings

LOTS = Settings(transitions="stochastic")


def body(at: list[list[float]], salience: list[list[float]], influence: list[float]) -> Positions:
    """Parties by issues, on scales from 0 to 100."""
    places = np.array(at, dtype=float)
    parties, issues = places.shape
    return Positions(
        parties=tuple("abcdefgh"[:parties]),
        issues=tuple("xyz"[:issues]),
        at=places,
        salience=np.array(salience, dtype=float),
        influence=np.repeat(np.array(influence, dtype=float)[:, None], issues, axis=1),
        low=np.zeros(issues),
        high=np.full(issues, 100.0),
        status_quo=np.zeros(issues),
        stated=np.ones(places.shape, dtype=bool),
    )


def drawn(board: Positions, draws: int, seed: int = 0) -> Positions:
    """Everybody about where it stands."""
    rng = np.random.default_rng(seed)
    shape = (draws, *board.at.shape)
    return replace(
        board,
        at=np.clip(board.at + rng.normal(0, 4, shape), 0, 100),
        salience=np.broadcast_to(board.salience, shape).copy(),
        influence=np.broadcast_to(board.influence, shape).copy(),
        status_quo=np.zeros((draws, shape[2])),
    )


POLES = body([[0], [0], [100], [100], [0]], [[80], [30], [90], [20], [50]], [3, 1, 2, 4, 2])
FOUR = body([[10, 80], [30, 20], [70, 50], [90, 90]], [[40, 30], [20, 60], [50, 10], [30, 30]], [4, 2, 3, 1])


def same(one: SpatialBargaining, other: SpatialBargaining) -> bool:
    return plain(replace(one, parameters={})) == plain(replace(other, parameters={}))


def test_an_issue_with_two_poles_is_played_and_attitudes_change_nothing_at_first() -> None:
    first = [spatial_bargaining(POLES, settings=Settings(risk_range=r), rounds=1) for r in ("min", "mid", "max")]
    for found in first:
        np.testing.assert_array_equal(found.decision.path, first[0].decision.path)
        np.testing.assert_array_equal(found.chance[0], first[0].chance[0])
    assert spatial_bargaining(POLES).settled


def test_parties_that_stand_at_one_place_decide_it() -> None:
    found = spatial_bargaining(body([[40], [40], [40]], [[50], [60], [70]], [1, 2, 3]))
    assert found.decision.point.tolist() == [40.0]
    assert found.decision.weight.max() == 1.0
    assert not found.risk.any()
    assert found.rounds == 2


def test_a_party_that_does_not_care_at_all_may_be_asked_about() -> None:
    found = spatial_bargaining(body([[0], [30], [100]], [[50], [0], [80]], [1, 5, 1]))
    assert found.certificate.holds
    two = spatial_bargaining(body([[0, 10], [30, 20], [100, 90]], [[50, 0], [0, 0], [80, 20]], [1, 5, 1]))
    assert np.isfinite(two.decision.path).all()


def test_a_party_without_a_stance_is_as_if_it_were_not_there() -> None:
    silent = replace(
        FOUR,
        parties=("silent", *FOUR.parties),
        at=np.vstack(([0.0, 0.0], FOUR.at)),
        salience=np.vstack(([90.0, 90.0], FOUR.salience)),
        influence=np.vstack(([9.0, 9.0], FOUR.influence)),
        stated=np.vstack(([False, False], FOUR.stated)),
    )
    with_it, without = spatial_bargaining(silent, rounds=4), spatial_bargaining(FOUR, rounds=4)
    np.testing.assert_array_equal(with_it.decision.levels, without.decision.levels)
    np.testing.assert_array_equal(with_it.decision.weight, without.decision.weight)
    np.testing.assert_array_equal(with_it.decision.path[:, 1:], without.decision.path)
    assert not with_it.chance[:, 0].any()


def by_level(levels: np.ndarray, weight: np.ndarray) -> dict[float, float]:
    """The weight of every level; levels that nobody stands for alone are left out."""
    return {v: w for v in levels.tolist() if (w := round(float(weight[levels == v].sum()), 9))}


def of_places(found: SpatialBargaining, heard: list[int], issue: int) -> dict[float, float]:
    """The chances that are shown at the end, of the places where some of the parties stand, brought to 1."""
    last = found.decision.path[-1]
    held = {tuple(last[p].tolist()): found.chance[-1, p] for p in heard}
    levels, chance = np.array([place[issue] for place in held]), np.array(list(held.values()))
    return by_level(levels, chance / chance.sum())


def test_the_weights_of_the_last_positions_are_the_chances_that_are_shown() -> None:
    found = spatial_bargaining(FOUR, rounds=2)
    for issue in range(2):
        assert by_level(found.decision.levels[issue], found.decision.weight[issue]) == of_places(
            found, [0, 1, 2, 3], issue
        )
    np.testing.assert_array_equal(found.decision.levels, np.sort(found.decision.path[-1].T, axis=1))
    np.testing.assert_allclose(found.decision.point, found.decision.mean)


def test_a_party_is_no_candidate_on_an_issue_that_it_is_silent_about() -> None:
    stated = FOUR.stated.copy()
    stated[1, 1] = False  # b, which nobody else stands beside after the first round
    found = spatial_bargaining(replace(FOUR, stated=stated, at=np.where(stated, FOUR.at, 0.0)), rounds=1)
    assert found.chance[-1, 1] > 0.01
    assert by_level(found.decision.levels[0], found.decision.weight[0]) == of_places(found, [0, 1, 2, 3], 0)
    assert by_level(found.decision.levels[1], found.decision.weight[1]) == of_places(found, [0, 2, 3], 1)
    assert of_places(found, [0, 2, 3], 1) != of_places(found, [0, 1, 2, 3], 1)


def test_the_shifts_lead_from_the_first_positions_to_the_last() -> None:
    found = spatial_bargaining(FOUR)
    place = found.decision.path[0].copy()
    for shift in found.decision.shifts:
        p, i = found.parties.index(shift.party), found.issues.index(shift.issue)
        assert abs(place[p, i] - shift.start) < 1e-9
        assert shift.by != shift.party
        proposed = shift.won if shift.kind == "pressed" else shift.lost
        assert proposed is not None
        assert proposed > 1e-5
        place[p, i] = shift.end
    np.testing.assert_allclose(place, found.decision.path[-1], atol=1e-9)
    assert {s.kind for s in found.decision.shifts} == {"pressed", "meeting"}


def test_saliences_beyond_a_hundred_are_shared_out_alike() -> None:
    loud = replace(FOUR, salience=FOUR.salience * 2.5)
    largest = loud.salience.sum(axis=1).max()
    np.testing.assert_allclose(
        spatial_bargaining(loud).decision.path,
        spatial_bargaining(replace(loud, salience=loud.salience / largest * 100)).decision.path,
        atol=1e-9,
    )


def test_an_influence_is_the_mean_over_the_issues_with_a_stance() -> None:
    stated = FOUR.stated.copy()
    stated[0, 1] = False
    uneven = FOUR.influence.copy()
    uneven[0, 1] = 77.0  # on the issue that it is silent about
    uneven[1] = [1.0, 3.0]
    board = replace(FOUR, stated=stated)
    assert same(spatial_bargaining(replace(board, influence=uneven)), spatial_bargaining(board))


def test_commitment_to_both_sides_is_commitment_to_none() -> None:
    full, none, semi = (
        spatial_bargaining(FOUR, settings=Settings(third_party=t), rounds=3) for t in ("full", "no", "semi")
    )
    assert same(full, none)
    assert not same(full, semi)


@pytest.mark.parametrize("bargain", ["init-rcvr", "pwcomp"])
def test_by_what_a_receiver_proposes_is_a_reading(bargain: str) -> None:
    gain = Settings(bargain=bargain)  # type: ignore[arg-type]
    chance = replace(gain, receiver_view="chance")
    assert not same(spatial_bargaining(FOUR, settings=gain), spatial_bargaining(FOUR, settings=chance))


def test_by_whose_capability_a_receiver_counts_is_a_reading() -> None:
    mixed = Settings(bargain="pwcomp")
    own = replace(mixed, compromise_weight="own")
    assert not same(spatial_bargaining(FOUR, settings=mixed), spatial_bargaining(FOUR, settings=own))


def test_ideals_follow_ones_own_position_unless_told() -> None:
    told = spatial_bargaining(FOUR, rounds=4)
    assert same(told, spatial_bargaining(FOUR, affinity=np.eye(4), rounds=4))
    assert not same(told, spatial_bargaining(FOUR, affinity=np.zeros((4, 4)), rounds=4))


def test_a_proxy_that_follows_its_patron_stays_nearer_to_it() -> None:
    board = body([[0], [60], [75], [100]], [[60], [40], [60], [40]], [3, 1, 3, 1])
    follows = np.eye(4)
    follows[1] = [1.0, 0, 0, 0]  # b wants what a does
    gap = [np.abs(f.decision.path[-1, 1] - f.decision.path[-1, 0]).item() for f in _with_and_without(board, follows)]
    assert gap[0] <= gap[1]


def _with_and_without(board: Positions, affinity: np.ndarray) -> tuple[SpatialBargaining, SpatialBargaining]:
    return spatial_bargaining(board, affinity=affinity, rounds=3), spatial_bargaining(board, rounds=3)


def test_the_same_seed_gives_the_same_bytes_and_another_draw_changes_none() -> None:
    board = drawn(FOUR, 6)
    first, again = (spatial_bargaining(board, settings=LOTS, rng=np.random.default_rng(3), rounds=8) for _ in range(2))
    assert same(first, again)
    few = replace(
        board,
        at=board.at[:2],
        salience=board.salience[:2],
        influence=board.influence[:2],
        status_quo=board.status_quo[:2],
    )
    found = spatial_bargaining(few, settings=LOTS, rng=np.random.default_rng(3), rounds=8)
    np.testing.assert_array_equal(found.decision.weight, first.decision.weight[:2])
    rounds = found.decision.path.shape[1]
    np.testing.assert_array_equal(found.decision.path, first.decision.path[:2, :rounds])
    other = spatial_bargaining(board, settings=LOTS, rng=np.random.default_rng(4), rounds=8)
    assert not same(first, other)


def test_an_ensemble_has_everything_by_draw_and_no_shifts() -> None:
    found = spatial_bargaining(drawn(FOUR, 5))
    rounds = found.decision.path.shape[1]
    assert found.decision.path.shape == (5, rounds, 4, 2)
    assert found.chance.shape == found.risk.shape == (5, rounds, 4)
    assert found.decision.shifts == ()
    assert found.certificate.holds
    assert found.rounds.max() == rounds - 1


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Give an rng", {"settings": LOTS}),
        ("at least one round, not 0", {"rounds": 0}),
        ("one row and one column for each", {"affinity": np.eye(3)}),
        ("The affinities of b are", {"affinity": np.eye(4) + np.eye(4, k=-1)}),
        ("The affinities of a are", {"affinity": -np.eye(4)}),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_cure(said: str, asked: dict[str, object]) -> None:
    with pytest.raises(AnalysisError, match=said):
        spatial_bargaining(FOUR, **asked)  # type: ignore[arg-type]


def councils(shared_dir: Path) -> dict[str, list[dict[str, str]]]:
    """The issues of DEU III, as they were put to KTAB: it takes no salience of 0, and was told capabilities to 1e-4."""
    found = defaultdict(list)
    with (shared_dir / "data" / "positions" / "deu3" / "capabilities.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["issue"]].append(row)
    return found


def council(rows: list[dict[str, str]]) -> tuple[Positions, np.ndarray]:
    columns = np.array([[float(r[c]) for c in ("position", "salience", "capability")] for r in rows])
    one = np.ones((len(rows), 1))
    board = Positions(
        parties=tuple(r["actor"] for r in rows),
        issues=("x",),
        at=columns[:, :1],
        salience=np.maximum(columns[:, 1:2], 1.0),
        influence=columns[:, 2:].round(4),
        low=np.zeros(1),
        high=np.full(1, 100.0),
        status_quo=np.zeros(1),
        stated=one > 0,
    )
    return board, columns[:, 1] * columns[:, 2]


def as_ktab(rows: list[dict[str, str]], said: dict[str, str]) -> bool | None:
    """Whether KTAB ended after as many rounds at the same mean; None where it was given other weights."""
    board, weight = council(rows)
    share = weight / weight.sum()
    if abs(share @ board.at[:, 0] - float(said["wmean_t0"])) > 1e-3:
        return None
    found = spatial_bargaining(board)
    mean = share @ found.decision.path[-1, :, 0]
    return bool(found.rounds == int(said["turns"]) and abs(mean - float(said["wmean_tN"])) < 0.06)  # one digit printed


def ktab_on_councils(shared_dir: Path) -> list[dict[str, str]]:
    with (shared_dir / "data" / "positions" / "deu3" / "ktab_smp_on_deu3.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_ktab_ends_at_the_same_place_where_twins_make_ties(shared_dir: Path) -> None:
    rows, said = councils(shared_dir), {r["id"]: r for r in ktab_on_councils(shared_dir)}
    for issue in ("d97359i1", "n98092i3", "n99154i1", "d05183i1"):
        assert as_ktab(rows[issue], said[issue])


@pytest.mark.slow
def test_ktab_ends_at_the_same_place_on_every_issue_of_the_council_that_it_can_run(shared_dir: Path) -> None:
    rows = councils(shared_dir)
    told = [as_ktab(rows[r["id"]], r) for r in ktab_on_councils(shared_dir)]
    assert [told.count(True), told.count(False), told.count(None)] == [239, 0, 13]
