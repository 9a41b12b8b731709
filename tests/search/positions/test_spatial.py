"""The spatial model of politics: what KTAB prints comes back, and so does what plain loops over the equations say."""

import csv
import gzip
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.search.positions.spatial_loops import Loops

from detente.formats.ktab import read
from detente.formats.score_table import Source
from detente.search.positions.elections import KINDS, VICTORY, VOTES
from detente.search.positions.spatial import settings as words
from detente.search.positions.spatial.contests import contests
from detente.search.positions.spatial.played import Played, played
from detente.search.positions.spatial.settings import Settings
from detente.search.positions.spatial.turns import drift, run, turn
from detente.search.positions.spatial.views import Members, estimates, members, seen_by, views

STANDARD = Settings()
WITH_TURNS = ("dummyData_3Dim", "SOE-Pol-Comp", "SOE-Policy")
SEEDS = st.integers(0, 2**32 - 1)


def ktab(folder: Path, name: str) -> tuple[tuple[str, ...], Members, np.ndarray]:
    table = read(Source(f"{name}.csv", (folder / "inputs" / f"{name}.csv").read_bytes()))
    at = np.array(table.position, dtype=float)[None] / 100
    return table.actors, members(np.array(table.capability)[None], np.array(table.salience)[None] / 100), at


def text(folder: Path, name: str) -> list[str]:
    plain = folder / "expected" / f"{name}.csv"
    packed = plain.with_name(f"{name}.csv.gz")
    found = gzip.decompress(packed.read_bytes()).decode() if packed.exists() else plain.read_text(encoding="utf-8")
    return found.splitlines()


def printed(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text(folder, name)))


def numbers(folder: Path, name: str) -> np.ndarray:
    return np.loadtxt(text(folder, name), delimiter=",", skiprows=1)


def wins(folder: Path, name: str) -> np.ndarray:
    lines = (folder / "expected" / f"{name}.winprob_by_turn.txt").read_text().splitlines()
    return np.array([[float(word) for word in line.split("prob :")[1].split()] for line in lines]).T


def positions(folder: Path, name: str, actors: tuple[str, ...], like: np.ndarray) -> np.ndarray:
    found = np.full(like.shape, np.nan)
    for row in printed(folder, f"{name}.positions_by_turn"):
        if int(row["turn"]) < len(found):
            found[int(row["turn"]), actors.index(row["actor"]), int(row["dim"])] = float(row["position"])
    return found


def against_print(folder: Path, name: str, rounds: int = 100) -> Played:
    """Play a scenario of KTAB and hold every position and every printed chance against its output."""
    actors, parties, at = ktab(folder, name)
    done = played(parties, at, settings=STANDARD, rounds=rounds)
    np.testing.assert_allclose(done.at[0] * 100, positions(folder, name, actors, done.at[0]), rtol=0, atol=1e-9)
    chance = wins(folder, name)
    assert rounds < 100 or len(chance) == done.at.shape[1]
    np.testing.assert_allclose(done.chance[0], chance[: rounds + 1], rtol=0, atol=0.51e-4)
    return done


@pytest.fixture(scope="module")
def folder(shared_dir: Path) -> Path:
    return shared_dir / "data" / "positions" / "ktab_smp"


@pytest.mark.parametrize("name", [*WITH_TURNS, "dummyData-a040"])
def test_ktab_prints_the_same_positions_and_chances_in_every_turn(folder: Path, name: str) -> None:
    assert against_print(folder, name).settled.all()


def test_ktab_prints_the_same_first_turns_of_eighty_actors(folder: Path) -> None:
    against_print(folder, "dummyData-a080", rounds=2)


@pytest.mark.slow
def test_ktab_prints_the_same_turns_of_eighty_actors(folder: Path) -> None:
    assert against_print(folder, "dummyData-a080").settled.all()


@pytest.mark.parametrize(("name", "states"), [("SOE-Competitive", 36), ("dummyData_6Dim", 30)])
def test_ktab_counts_as_many_states(folder: Path, name: str, states: int) -> None:
    _, parties, at = ktab(folder, name)
    assert run(parties, at, settings=STANDARD, rounds=100).at.shape[1] == states


def test_ktab_prints_the_same_attitudes_to_risk(folder: Path) -> None:
    _, parties, at = ktab(folder, "dummyData_3Dim")
    told = views(parties, at, at, STANDARD).risk[0].round(3).tolist()
    assert told == [-0.500, -0.459, -0.499, -0.274, 1.000, -0.232, -0.430]


@pytest.mark.parametrize("name", WITH_TURNS)
def test_ktab_sees_the_same_worths_chances_and_gains_before_the_first_turn(folder: Path, name: str) -> None:
    _, parties, at = ktab(folder, name)
    seen = views(parties, at, at, STANDARD)
    n = at.shape[1]
    eyes = np.repeat(estimates(seen.risk, "one-third")[0], n, axis=0)  # viewer, then initiator
    looked = seen_by(np.repeat(seen.distance, n * n, axis=0), eyes)
    found = contests(
        looked,
        np.tile(np.arange(n), n),
        np.broadcast_to(np.arange(n), (n * n, n)),
        parties=members(np.repeat(parties.capability, n * n, axis=0), np.repeat(parties.salience, n * n, axis=0)),
        vote="proportional",
        third_party="semi",
    )
    worth = np.moveaxis(looked[:, ::n], 0, 1)  # viewer, actor, option
    rows = numbers(folder, f"{name}.turn0.posutil")
    h, i, j = rows[:, :3].T.astype(int)
    np.testing.assert_allclose(worth[h, i, j], rows[:, 3], rtol=0, atol=1e-9)
    chance = found.chance.reshape(n, n, n)
    rows = numbers(folder, f"{name}.turn0.probvict")
    h, i, j = rows[:, :3].T.astype(int)
    np.testing.assert_allclose(chance[h, i, j], rows[:, 3], rtol=0, atol=1e-9)
    gain = found.gain.reshape(n, n, n)
    rows = numbers(folder, f"{name}.turn0.utilchlg")
    rows = rows[rows[:, 1] == rows[:, 2]]  # what a challenge is worth to the one that makes it
    h, _, i, j = rows[:, :4].T.astype(int)
    np.testing.assert_allclose(gain[h, i, j], rows[:, 7] - rows[:, 4], rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", WITH_TURNS)
def test_ktab_proposes_and_takes_the_same_bargains(folder: Path, name: str) -> None:
    _, parties, at = ktab(folder, name)
    done = run(parties, at, settings=STANDARD, rounds=100)
    rows = [r for r in printed(folder, f"{name}.bargains") if r["init"] != r["rcvr"]]
    ids = {(int(r["turn"]), r["id"]): int(r["init"]) for r in rows}
    for r in rows:
        step, i, j = done.turns[int(r["turn"])], int(r["init"]), int(r["rcvr"])
        assert step.bargains.real[0, i + 1]
        assert step.target[0, i] == j
        assert abs(step.gain[0, i] - float(r["Value"])) < 1e-9
        assert (step.chosen[0, i] == i + 1) == (r["Init_Seld"] == "1")
        assert (step.chosen[0, j] == i + 1) == (r["Recd_Seld"] == "1")
    assert len(rows) == sum(int(step.bargains.real[:, 1:].sum()) for step in done.turns)
    for r in printed(folder, f"{name}.bargaincoords_t012"):
        i, dim, step = ids[int(r["turn"]), r["id"]], int(r["dim"]), done.turns[int(r["turn"])]
        assert abs(step.bargains.first[0, i + 1, dim] * 100 - float(r["Init_Coord"])) < 1e-9
        assert abs(step.bargains.second[0, i + 1, dim] * 100 - float(r["Recd_Coord"])) < 1e-9


readings = st.builds(
    Settings,
    kind=st.sampled_from(KINDS),
    victory=st.sampled_from(VICTORY),
    vote=st.sampled_from(VOTES),
    risk_estimate=st.sampled_from(get_args(words.RiskEstimate)),
    risk_range=st.sampled_from(get_args(words.RiskRange)),
    third_party=st.sampled_from(get_args(words.ThirdParty)),
    interpolation=st.sampled_from(get_args(words.Interpolation)),
    bargain=st.sampled_from(get_args(words.Bargain)),
    receiver_view=st.sampled_from(get_args(words.ReceiverView)),
    compromise_weight=st.sampled_from(get_args(words.CompromiseWeight)),
)


def some(seed: int, parties: int = 4, issues: int = 2) -> tuple[Members, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    salience = rng.random((1, parties, issues)) / issues
    ideal = rng.random((1, parties, issues))
    return members(rng.random((1, parties)) + 0.1, salience), rng.random((1, parties, issues)), ideal


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, how=readings)
def test_plain_loops_end_a_round_at_the_same_positions(seed: int, how: Settings) -> None:
    parties, at, ideal = some(seed)
    found = turn(parties, at, ideal, settings=how)
    loops = Loops(parties.capability[0].tolist(), parties.salience[0].tolist(), how)
    wanted = loops.round(at[0].tolist(), ideal[0].tolist())
    np.testing.assert_allclose(found.at[0], wanted, rtol=0, atol=1.1e-4 if how.interpolation != "s2pmax" else 1e-6)


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS, how=readings)
def test_a_draw_goes_the_same_way_alone_and_among_others(seed: int, how: Settings) -> None:
    four = [some(seed + k, issues=1) for k in range(4)]
    together = members(*(np.concatenate([getattr(f[0], name) for f in four]) for name in ("capability", "salience")))
    done = played(together, np.concatenate([f[1] for f in four]), settings=how, rounds=4)
    for k, (parties, at, _) in enumerate(four):
        alone = played(parties, at, settings=how, rounds=4)
        last = alone.at.shape[1]
        np.testing.assert_array_equal(done.at[k, :last], alone.at[0])
        np.testing.assert_array_equal(done.at[k, last:], np.broadcast_to(alone.at[0, -1], done.at[k, last:].shape))
        np.testing.assert_array_equal(done.chance[k, :last], alone.chance[0])
        np.testing.assert_array_equal(done.risk[k, :last], alone.risk[0])
        assert done.rounds[k] == alone.rounds[0]


def test_draws_in_several_blocks_are_the_draws_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    five = [some(k, issues=1) for k in range(5)]
    together = members(*(np.concatenate([getattr(f[0], name) for f in five]) for name in ("capability", "salience")))
    at = np.concatenate([f[1] for f in five])
    how = Settings(transitions="stochastic")
    whole = played(together, at, settings=how, rounds=9, rng=np.random.default_rng(7))
    monkeypatch.setattr("detente.search.positions.spatial.played._DRAWS", 2 * 4**3)
    monkeypatch.setattr("detente.search.positions.spatial.played._STATES", 3 * 4**2)
    monkeypatch.setattr("detente.search.positions.spatial.turns._BLOCK", 4**2)
    parts = played(together, at, settings=how, rounds=9, rng=np.random.default_rng(7))
    for name in ("at", "risk", "chance", "share", "near", "rounds", "settled"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name))


def test_a_party_to_which_nothing_matters_votes_for_nothing() -> None:
    at = np.array([[[0.0], [0.2], [1.0], [0.9]]])
    salience = np.array([[[0.5], [0.5], [0.5], [0.0]]])
    light, heavy = (
        views(members(np.array([[1.0, 1.0, 1.0, w]]), salience), at, at, STANDARD).risk for w in (1.0, 50.0)
    )
    np.testing.assert_array_equal(light, heavy)


def test_ideals_stay_where_nobody_is_followed_and_move_with_whom_is() -> None:
    at, ideal = np.array([[[0.2], [0.8]]]), np.array([[[0.5], [0.6]]])
    np.testing.assert_array_equal(drift(at, ideal, np.zeros((2, 2))), ideal)
    np.testing.assert_array_equal(drift(at, ideal, np.array([[0.0, 1.0], [1.0, 0.0]])), at[:, ::-1])
