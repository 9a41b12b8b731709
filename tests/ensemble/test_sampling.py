"""Even columns, PERT and correlations: each does what it says, and none reaches into the numbers of another input."""

import numpy as np
import pytest
from scipy.stats import beta, spearmanr

from detente.ensemble import Chunk, Correlation, Drawing, Sampling, chunks, correlated, draw_inputs, drawn, uniform
from detente.ensemble.joint import joint
from detente.ensemble.shapes import shaped
from detente.ensemble.sobol import MOST, stratified
from detente.errors import UsageError
from detente.situation.nouns import Issue, RedLine, Situation, Stance
from detente.situation.paths import with_value
from detente.situation.values import Basis, Range

CODER = Basis(kind="entered", by="coder")
EVEN = Sampling("sobol", "pert")
PATHS = tuple(f"input-{k}" for k in range(24))


def known(low: float, best: float, high: float) -> Range:
    return Range(low=low, best=best, high=high, basis=CODER)


def situation(*parties: str) -> Situation:
    line = RedLine(at=known(20, 25, 30), accepts="at_most", hardness=known(0, 0.5, 1))
    stances = tuple(
        Stance(party=p, issue="tolls", position=known(0, 10, 40), salience=known(50, 80, 100), red_line=line)
        for p in parties
    )
    return Situation(
        title="t", issues=(Issue(id="tolls", name="Tolls", status_quo=Range.point(0, CODER)),), stances=stances
    )


def columns(draws: int, sampling: Sampling, *, seed: int = 1) -> np.ndarray:
    return np.stack([uniform(path, draws, seed=seed, sampling=sampling) for path in PATHS])


@pytest.mark.parametrize("draws", [1, 2, 64, 4096])
@pytest.mark.parametrize("chunk", [0, 1, 5])
def test_every_column_is_spread_evenly_over_every_power_of_two(draws: int, chunk: int) -> None:
    sampling = Sampling("sobol", size=draws)
    for path in PATHS[:6]:
        column = uniform(path, draws, seed=7, chunk=chunk, sampling=sampling)
        assert np.array_equal(np.sort(np.floor(column * draws)), np.arange(draws))


def test_columns_know_nothing_of_one_another() -> None:
    found = np.corrcoef(columns(4096, EVEN))[np.triu_indices(len(PATHS), 1)] * np.sqrt(4096)
    assert abs(found.mean()) < 0.35
    assert 1.0 < found.std() < 1.6  # 1.26 is what nested shuffling gives
    assert abs(found).max() < 6.5


def test_an_answer_that_is_a_sum_has_hardly_any_noise() -> None:
    noise = {
        sampling: np.std([columns(256, sampling, seed=seed).sum(axis=0).mean() for seed in range(60)])
        for sampling in (Sampling(), EVEN)
    }
    assert noise[EVEN] < noise[Sampling()] / 100


def test_chunks_of_even_draws_fit_together_whatever_their_size() -> None:
    whole = uniform("a.b", 1000, seed=3, sampling=Sampling("sobol", size=1000))
    for size in (1, 37, 256):
        parts = [
            uniform("a.b", c.draws, seed=3, chunk=c.index, sampling=Sampling("sobol", size=size))
            for c in chunks(1000, size)
        ]
        assert np.concatenate(parts).tobytes() == whole.tobytes()


def test_another_input_changes_no_byte_of_an_even_column() -> None:
    few = draw_inputs(situation("iran"), 500, seed=7, sampling=EVEN)
    many = draw_inputs(situation("oman", "iran", "israel"), 500, seed=7, sampling=EVEN)
    edited = draw_inputs(
        with_value(situation("iran"), "iran.tolls.salience", known(0, 1, 2)), 500, seed=7, sampling=EVEN
    )
    assert len({column.tobytes() for column in few.values()}) == len(few)
    for path, column in few.items():
        assert column.tobytes() == many[path].tobytes()
        assert (column.tobytes() == edited[path].tobytes()) == (path != "iran.tolls.salience")


def test_the_even_numbers_of_a_path_never_change() -> None:
    # A change here means that no earlier run can be repeated.
    assert (stratified("a.b", 4, seed=7) * 2**33).astype(int).tolist() == [
        4659333751,
        2351121527,
        1313035201,
        6717408671,
    ]


def test_a_sequence_has_an_end_and_says_so() -> None:
    assert 0 < stratified("a.b", 1, seed=1, first=MOST - 1).item() < 1
    with pytest.raises(UsageError, match=r"4,294,967,296 draws.*'independent'"):
        stratified("a.b", 2, seed=1, first=MOST - 1)


@pytest.mark.parametrize("ends", [(0, 10, 40), (0, 0, 1), (0, 1, 1), (-5, 0, 5)])
def test_pert_is_the_beta_distribution_that_leans_four_times_on_the_best_guess(ends: tuple[float, ...]) -> None:
    low, best, high = ends
    column = drawn("a.b", known(low, best, high), 4096, seed=1, sampling=EVEN)
    assert column.mean() == pytest.approx((low + 4 * best + high) / 6, abs=1e-3 * (high - low))
    lean = 4 * (best - low) / (high - low)
    reached = [(column <= low + share * (high - low)).mean() for share in (0.1, 0.5, 0.8)]
    assert reached == pytest.approx(beta(1 + lean, 5 - lean).cdf([0.1, 0.5, 0.8]), abs=1e-3)
    assert low <= column.min() <= column.max() <= high


def test_a_point_is_a_point_in_every_shape() -> None:
    assert shaped(Range.point(3, CODER), np.array([0.1, 0.9]), shape="pert").tolist() == [3.0, 3.0]
    assert drawn("a.b", Range.point(3, CODER), 2, seed=1).tolist() == [3.0, 3.0]


def test_inputs_move_together_as_asked_and_keep_their_distributions() -> None:
    paths = [f"{p}.tolls.position" for p in ("iran", "israel", "oman")]
    pairs = (Correlation(paths[0], paths[1], 0.7), Correlation(paths[2], paths[1], -0.4))
    alone = draw_inputs(situation("iran", "israel", "oman"), 20_000, seed=7)
    found = draw_inputs(situation("iran", "israel", "oman"), 20_000, seed=7, sampling=Sampling(correlations=pairs))
    ranks = spearmanr(np.stack([found[path] for path in paths], axis=1)).statistic
    assert ranks[np.triu_indices(3, 1)] == pytest.approx([0.7, 0.0, -0.4], abs=0.02)
    changed = {path for path in alone if alone[path].tobytes() != found[path].tobytes()}
    assert changed == set(paths[1:])
    for path in paths:
        assert np.quantile(found[path], [0.1, 0.5, 0.9]) == pytest.approx(
            np.quantile(alone[path], [0.1, 0.5, 0.9]), abs=0.5
        )


def test_the_leading_draws_of_many_that_move_together_are_those_of_few() -> None:
    pairs = [Correlation("a", "b", 0.5)]
    many = correlated({"a": uniform("a", 100, seed=1), "b": uniform("b", 100, seed=1)}, pairs)
    few = correlated({"a": uniform("a", 10, seed=1), "b": uniform("b", 10, seed=1)}, pairs)
    assert many["b"][:10].tobytes() == few["b"].tobytes()


def test_correlations_that_cannot_all_be_name_the_pair_and_what_could_be() -> None:
    u = {name: np.array([0.5]) for name in "abc"}
    wanted = [Correlation("a", "b", 0.9), Correlation("b", "c", 0.8), Correlation("a", "c", -0.2)]
    with pytest.raises(UsageError, match=r"'a' and 'b' cannot have a rank correlation of 0\.9 .*at most 0\.\d\d,") as e:
        correlated(u, wanted)
    could = float(str(e.value).split("at most ")[1].split(",")[0])
    correlated(u, [Correlation("a", "b", could), *wanted[1:]])
    with pytest.raises(UsageError, match="cannot"):
        correlated(u, [Correlation("a", "b", could + 0.02), *wanted[1:]])


def test_correlations_with_several_at_fault_say_how_far_all_have_to_shrink() -> None:
    names = "abcd"
    wanted = [Correlation(a, b, -0.9) for k, a in enumerate(names) for b in names[k + 1 :]]
    with pytest.raises(UsageError, match=r"Multiply all of them by 0\.\d\d or less") as e:
        correlated({name: np.array([0.5]) for name in names}, wanted)
    share = float(str(e.value).split("Multiply all of them by ")[1].split(" ")[0])
    shrunk = [Correlation(pair.first, pair.second, pair.rank * share) for pair in wanted]
    assert set(correlated({name: np.array([0.5]) for name in names}, shrunk)) == set(names)


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([Correlation("a", "z", 0.5)], "'z' cannot be correlated.*Check its path"),
        ([Correlation("a", "b", 0.5), Correlation("b", "a", 0.5)], "twice"),
    ],
)
def test_correlations_of_nothing_are_refused(pairs: list[Correlation], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        correlated({"a": np.array([0.5]), "b": np.array([0.5])}, pairs)


@pytest.mark.parametrize(("first", "second", "rank"), [("a", "a", 0.5), ("a", "b", 1.0), ("a", "b", float("nan"))])
def test_a_correlation_is_of_two_and_less_than_whole(first: str, second: str, rank: float) -> None:
    with pytest.raises(UsageError, match=r"(Name two|Give a number)"):
        Correlation(first, second, rank)


def test_paths_drawn_together_fill_the_square() -> None:
    found = joint(("a", "b"), 256, seed=4)
    cells = np.floor(found["a"] * 16) * 16 + np.floor(found["b"] * 16)
    assert np.array_equal(np.sort(cells), np.arange(256))
    later = joint(("a", "b"), 100, seed=4, first=156)
    assert later["b"].tobytes() == found["b"][156:].tobytes()
    assert joint(("a", "c"), 256, seed=4)["a"].tobytes() != found["a"].tobytes()


@pytest.mark.parametrize(("paths", "draws", "first"), [((), 4, 0), (("a", "a"), 4, 0), (("a",), 0, 0), (("a",), 1, -1)])
def test_what_cannot_be_drawn_together_is_refused(paths: tuple[str, ...], draws: int, first: int) -> None:
    with pytest.raises(UsageError, match=r"(Name 1 to|Ask for some)"):
        joint(paths, draws, seed=1, first=first)


def test_a_request_says_how_its_draws_are_made() -> None:
    pair = Correlation("a", "b", 0.5)
    asked = Drawing(10, 1, size=4, sampler="sobol", shape="pert", correlations=(pair,))
    assert asked.sampling == Sampling("sobol", "pert", 4, (pair,))
    assert chunks(10, 4)[-1] == Chunk(2, 2, 8)
