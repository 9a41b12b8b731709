"""The chances of options that meet in votes, beside plain loops over the equations."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.search.positions.elections import (
    KINDS,
    VICTORY,
    VOTES,
    Kind,
    Victory,
    Vote,
    chances,
    coalitions,
    election,
    victory,
    votes,
)

tried = settings(max_examples=25, deadline=None)
SEEDS = st.integers(0, 2**32 - 1)


def cast(vote: Vote, weight: float, gain: float) -> float:
    whole = max(-1.0, min(1.0, gain / 1e-8))
    return (
        weight
        * {
            "binary": whole,
            "prop-bin": 0.8 * gain + 0.2 * whole,
            "proportional": gain,
            "prop-cubic": 0.5 * gain + 0.5 * gain**3,
            "cubic": gain**3,
            "asymmetric": gain * (2 / 3 if gain > 0 else 1),
        }[vote]
    )


def slow_coalitions(utility: np.ndarray, weight: np.ndarray, vote: Vote) -> np.ndarray:
    """As KTAB adds up: every pair once, the later option against the earlier."""
    options = utility.shape[1]
    found = np.full((options, options), 1e-8)
    for i in range(options):
        for j in range(i):
            for k, w in enumerate(weight):
                v = cast(vote, w, utility[k, i] - utility[k, j])
                found[i, j] += max(v, 0)
                found[j, i] += max(-v, 0)
    return found


def slow_victory(found: np.ndarray, law: Victory) -> np.ndarray:
    if law != "binary":
        power = {"linear": 1, "square": 2, "quartic": 4, "octic": 8}[law]
        return np.asarray(found**power / (found**power + found.T**power))
    wins = np.full(found.shape, 0.5)
    for i, j in itertools.permutations(range(len(found)), 2):
        mine, theirs = found[i, j], found[j, i]
        straight = (2.1 * mine / (mine + theirs) - 1) / 0.1
        wins[i, j] = 1.0 if mine >= 1.1 * theirs else 0.0 if theirs >= 1.1 * mine else straight
    return wins


def slow_chances(wins: np.ndarray, behind: np.ndarray, kind: Kind) -> np.ndarray:
    count = len(wins)
    if kind == "conditional":
        alone = wins.prod(axis=1)
        return np.asarray(alone / alone.sum())
    urge = np.ones_like(wins)
    tolerance = 1e-6
    if kind == "markov-incentive":
        urge, tolerance = behind * wins + 1e-10 * np.eye(count), 1e-8
    challenge = urge / urge.sum(axis=0)
    shares, change = np.full(count, 1 / count), 1.0
    while change > tolerance:
        flow = shares[:, None] * challenge.T
        after = (wins * (flow + flow.T)).sum(axis=1)
        change = float(np.abs(after - shares).max())
        shares = (shares + after) / 2
    return shares


def voters(
    seed: int, *, draws: tuple[int, ...] = (), actors: int = 4, options: int = 5
) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    utility = rng.random((*draws, actors, options))
    utility[..., 0] = utility[..., 1]  # two options that nobody tells apart
    return utility, rng.random((*draws, actors)) * 3


@tried
@given(seed=SEEDS, vote=st.sampled_from(VOTES), law=st.sampled_from(VICTORY), kind=st.sampled_from(KINDS))
def test_every_rule_does_what_its_equation_says(seed: int, vote: Vote, law: Victory, kind: Kind) -> None:
    utility, weight = voters(seed)
    behind = slow_coalitions(utility, weight, vote)
    np.testing.assert_allclose(coalitions(utility, weight, vote), behind, rtol=1e-12)
    wins = slow_victory(behind, law)
    np.testing.assert_allclose(victory(behind, law), wins, atol=1e-6 if law == "binary" else 1e-14)
    wins = victory(behind, law)
    np.testing.assert_allclose(chances(wins, behind, kind), slow_chances(wins, behind, kind), rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(
        election(utility, weight, kind=kind, law=law, vote=vote), chances(wins, behind, kind), rtol=1e-7, atol=1e-12
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_draw_comes_to_the_same_bytes_whatever_stands_beside_it(kind: Kind) -> None:
    utility, weight = voters(3, draws=(5, 80), actors=7, options=21)
    together = election(utility, weight, kind=kind, law="linear", vote="proportional")
    for at in ((0, 0), (2, 17), (4, 79)):
        alone = election(utility[at], weight[at], kind=kind, law="linear", vote="proportional")
        assert alone.tobytes() == together[at].tobytes()
    some = election(utility[1:3, 5:40], weight[1:3, 5:40], kind=kind, law="linear", vote="proportional")
    assert some.tobytes() == together[1:3, 5:40].tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_the_chances_solve_the_equation_they_are_iterated_for(kind: Kind) -> None:
    utility, weight = voters(5, actors=9, options=12)
    behind = coalitions(utility, weight, "proportional")
    wins = victory(behind, "linear")
    found = chances(wins, behind, kind)
    assert abs(found.sum() - 1) < 1e-12
    if kind == "markov-uniform":
        np.testing.assert_allclose((wins * (found[:, None] + found)).sum(axis=1) / 12, found, atol=1e-6)


def test_an_option_that_everybody_prefers_wins_and_twins_have_equal_chances() -> None:
    utility = np.array([[0.9, 0.2, 0.2], [1.0, 0.0, 0.0]])
    for kind in KINDS:
        found = election(utility, np.ones(2), kind=kind, law="square", vote="proportional")
        assert found[0] > 0.9999
        assert found[1] == found[2]


def test_the_only_option_is_chosen() -> None:
    for kind in KINDS:
        found = election(np.full((3, 2, 1), 0.4), np.ones((3, 2)), kind=kind, law="linear", vote="binary")
        assert (found == 1).all()


def test_products_of_very_small_chances_do_not_vanish() -> None:
    places = np.linspace(0, 1, 60)
    utility = 1 - np.abs(np.linspace(0, 1, 7)[:, None] - places)
    found = election(utility, np.ones(7), kind="conditional", law="octic", vote="proportional")
    assert abs(found.sum() - 1) < 1e-12
    assert found.argmax() in (29, 30)
    np.testing.assert_allclose(found, found[::-1], rtol=1e-9)


def test_under_the_asymmetric_vote_what_was_there_before_has_the_advantage() -> None:
    """Two voters, each of whom gains by one option what the other loses: only the order can decide."""
    mirrored = np.array([[1.0, 0.5], [0.5, 1.0]])
    found = election(mirrored, np.ones(2), kind="conditional", law="linear", vote="asymmetric")
    np.testing.assert_allclose(found, [0.6, 0.4], atol=1e-7)
    assert votes(np.array([1.0]), np.array([0.3]), "asymmetric") == pytest.approx(0.2)


def test_no_votes_no_weight_still_gives_even_chances() -> None:
    found = election(np.zeros((2, 4)), np.zeros(2), kind="markov-incentive", law="binary", vote="cubic")
    np.testing.assert_allclose(found, 0.25)
