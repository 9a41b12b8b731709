"""Past decisions are forecast without a look at their own dossier, by all models alike, and published figures stand."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.backtest.invented import decisions

from detente.backtest import Backtest, Model, backtest, models
from detente.backtest.folds import folds, nearest
from detente.backtest.forecasts import forecasts
from detente.backtest.models import ALWAYS
from detente.boards import Positions
from detente.boards.decision import Decision
from detente.errors import AnalysisError, UsageError
from detente.formats import Source, deu
from detente.scores import crps


@pytest.fixture(scope="module")
def invented() -> Backtest:
    return backtest(decisions(), draws=200)


@pytest.fixture(scope="module")
def published(shared_dir: Path) -> Backtest:
    folder = shared_dir / "data" / "positions" / "deu3"
    given = (Source(n, (folder / n).read_bytes()) for n in ("deu3_blksv.tsv", "capabilities.csv"))
    names = ["positions", "salience-mean", "median-actor", "election", "two-elections", "midpoint", "status-quo"]
    return backtest(deu.read(*given).decisions, names=names)


def scored(found: Backtest) -> Iterator[tuple[str, np.ndarray]]:
    yield from ((trial.model, trial.scored.crps) for trial in found.trials)


def test_every_model_says_something_of_every_decision(invented: Backtest) -> None:
    assert [trial.model for trial in invented.trials] == [model.name for model in models()]
    for trial in invented.trials:
        assert (trial.n, trial.left_out) == ((8, 4) if trial.model == "status-quo" else (12, 0))
        assert trial.failures == ()


def test_a_value_taken_at_its_word_is_scored_by_its_error(invented: Backtest) -> None:
    outcome = np.array([one.outcome for one in invented.decisions])
    for trial in invented.trials:
        if trial.sure:
            np.testing.assert_allclose(trial.scored.crps, np.abs(trial.scored.point - outcome))
            assert trial.interval is None


def test_the_climatology_is_what_other_dossiers_came_to(invented: Backtest) -> None:
    for k, one in enumerate(invented.decisions):
        others = np.array([d.outcome for d in invented.decisions if d.dossier != one.dossier])
        want = crps(others, np.full(len(others), 1 / len(others)), np.array(one.outcome))
        assert invented.trial("climatology").scored.crps[k] == pytest.approx(float(want))


def test_a_dossier_is_never_in_two_folds() -> None:
    dossier = np.array([f"d{k % 7}" for k in range(40)])
    fold = folds(dossier, seed=1, count=3)
    assert all(len(set(fold[dossier == name])) == 1 for name in set(dossier))
    assert sorted(np.bincount([fold[dossier == name][0] for name in sorted(set(dossier))])) == [2, 2, 3]


def test_a_choice_does_not_look_at_what_it_is_for() -> None:
    fold = np.array([0, 0, 1, 1])
    score = np.array([[0.0, 0.0, 9.0, 9.0], [5.0, 5.0, 1.0, 1.0]])
    assert nearest(score, 0.0, fold).tolist() == [1, 1, 0, 0]
    changed = score.copy()
    changed[:, fold == 1] = 100.0
    assert nearest(changed, 0.0, fold)[2:].tolist() == [0, 0]


def test_a_difference_is_that_of_the_issues_of_both(invented: Backtest) -> None:
    quo, plain = invented.trial("status-quo"), invented.trial("compromise")
    both = ~np.isnan(quo.scored.crps)
    beside = next(one for one in quo.against if one.model == "compromise")
    assert beside.n == 8
    assert beside.crps.value == pytest.approx(float((quo.scored.crps - plain.scored.crps)[both].mean()))


def test_the_default_the_compromise_and_the_climatology_always_stand_there() -> None:
    assert {model.name for model in models(["midpoint"])} == {*ALWAYS, "midpoint"}
    with pytest.raises(UsageError, match=r"no model 'oracle' to try\. Choose from: prevails"):
        models(["oracle"])


def test_one_dossier_alone_cannot_be_tried_on_another() -> None:
    with pytest.raises(UsageError, match="of one dossier"):
        backtest([one for one in decisions() if one.dossier == "d1"])


def moody(board: Positions) -> Decision:
    """Fail where anybody stands at 40."""
    if (board.at == 40).any():
        raise AnalysisError("Somebody stands at 40. Move it.")
    return Decision(levels=board.high + board.at[..., 0:1, 0:1] * 0, weight=np.ones((len(board.at), 1, 1)),
                    point=np.full((len(board.at), 1), 100.0), path=board.at[:, None])  # fmt: skip


def test_a_failure_is_told_and_costs_nothing_but_its_own_issue() -> None:
    given = decisions()
    found = forecasts(given, [Model(name="moody", what="fails at 40", ask=moody, sure=True)])["moody"]
    at_40 = [40 in one.position for one in given]
    assert found.said.tolist() == [not one for one in at_40]
    assert {name for name, _ in found.failures} == {one.issue for one in given if 40 in one.position}
    assert 0 < sum(at_40) < len(given)
    assert {why for _, why in found.failures} == {"Somebody stands at 40. Move it."}


def test_the_same_seed_gives_the_same(invented: Backtest) -> None:
    again = backtest(decisions(), names=["two-elections"], draws=200)
    for trial in again.trials:
        first = invented.trial(trial.model)
        np.testing.assert_array_equal(trial.scored.crps, first.scored.crps)
        assert (trial.crps, trial.interval, trial.against) == (first.crps, first.interval, first.against)


def test_published_errors_come_back(published: Backtest) -> None:
    errors = {trial.model: trial.errors for trial in published.trials}
    assert errors["compromise"].mean_absolute.value == pytest.approx(22.993, abs=5e-4)
    assert errors["compromise"].root_mean_square.value == pytest.approx(29.77, abs=5e-3)
    assert errors["compromise"].median_absolute.value == pytest.approx(17.54, abs=5e-3)
    assert errors["salience-mean"].mean_absolute.value == pytest.approx(23.64, abs=5e-3)
    assert errors["median-actor"].mean_absolute.value == pytest.approx(28.37, abs=5e-3)
    assert errors["election"].mean_absolute.value == pytest.approx(22.54, abs=5e-3)
    assert errors["midpoint"].mean_absolute.value == pytest.approx(27.96, abs=5e-3)
    assert published.trial("status-quo").n == 252
    assert errors["status-quo"].mean_absolute.value == pytest.approx(51.3, abs=5e-2)


def test_published_scores_come_back(published: Backtest) -> None:
    score = {trial.model: trial.crps.value for trial in published.trials}
    assert score["prevails"] == pytest.approx(15.697, abs=1e-3)
    assert score["election"] == pytest.approx(15.908, abs=1e-3)
    assert score["positions"] == pytest.approx(18.136, abs=1e-3)
    assert score["climatology"] == pytest.approx(19.26, abs=1e-2)


def test_the_interval_for_four_fifths_holds_four_fifths(published: Backtest) -> None:
    interval = published.trial("prevails").interval
    assert interval is not None
    assert interval.coverage.holds(0.8)
    assert interval.level == 0.70
    assert not interval.nominal.holds(0.8)  # as it stands it is too wide, which is why it is chosen


@pytest.mark.slow
def test_all_models_run_on_every_issue_and_any_number_of_workers_finds_the_same(shared_dir: Path) -> None:
    folder = shared_dir / "data" / "positions" / "deu3"
    given = deu.read(*(Source(n, (folder / n).read_bytes()) for n in ("deu3_blksv.tsv", "capabilities.csv"))).decisions
    alone = backtest(given)
    assert [trial.model for trial in alone.trials if trial.failures] == []
    for workers in (2, 8):
        for (name, one), (_, other) in zip(scored(alone), scored(backtest(given, workers=workers)), strict=True):
            np.testing.assert_array_equal(one, other, err_msg=name)
