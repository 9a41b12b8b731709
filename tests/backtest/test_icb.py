"""Reference classes on past crises: the scores that are told, the honest ones beside them, and what each may know."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.backtest.invented_crises import crises, table

from detente.backtest.icb import BASE, CLASS, MEDIATED, CrisisBacktest, Reading, Target, backtest_crises
from detente.errors import FormatError, UsageError
from detente.formats import Source, icb
from detente.scores import brier, log_loss


@pytest.fixture(scope="module")
def published(shared_dir: Path) -> CrisisBacktest:
    file = shared_dir / "data" / "outlook" / "icb1v14.csv"
    if not file.exists():
        pytest.skip("the crises of ICB v14 are not here")
    return backtest_crises(icb.read(Source(file.name, file.read_bytes())).crises)


TOLD: list[tuple[Target, Reading, str, float, float]] = [
    ("agreement", "triggered", BASE, 0.2357, 0.6648),
    ("agreement", "triggered", CLASS, 0.2298, 0.6568),
    ("agreement", "triggered", MEDIATED, 0.1971, 0.5808),
    ("recurrence", "triggered", BASE, 0.2502, 0.6936),
    ("recurrence", "triggered", CLASS, 0.2206, 0.6317),
    ("agreement", "observed", BASE, 0.2358, 0.6651),
    ("agreement", "observed", CLASS, 0.2293, 0.6549),
    ("recurrence", "observed", BASE, 0.2526, 0.6984),
    ("recurrence", "observed", CLASS, 0.2227, 0.6363),
]


@pytest.mark.parametrize(("target", "reading", "name", "by_brier", "by_log"), TOLD)
def test_the_scores_that_are_told_come_back(
    published: CrisisBacktest, target: Target, reading: Reading, name: str, by_brier: float, by_log: float
) -> None:
    assert (len(published.crises), len(published.tested)) == (480, 349)
    found = published.of(target, reading).of(name)
    assert found.brier.value == pytest.approx(by_brier, abs=5.1e-5)
    assert found.log_loss.value == pytest.approx(by_log, abs=5.1e-5)


def test_classes_help_with_coming_back_and_are_not_shown_to_help_with_agreement(published: CrisisBacktest) -> None:
    for reading in ("triggered", "observed"):
        agreement = published.of("agreement", reading).of(CLASS).brier_gain
        recurrence = published.of("recurrence", reading).of(CLASS).brier_gain
        assert agreement is not None
        assert recurrence is not None
        assert agreement.holds(0.0)
        assert recurrence.high < -0.01
    told = published.of("agreement", "triggered").of(CLASS).brier_gain
    assert told is not None
    assert (told.low, told.high) == pytest.approx((-0.016, 0.005), abs=0.002)


def test_nothing_that_happens_later_changes_an_honest_forecast() -> None:
    given = crises()
    plain = backtest_crises(given, draws=20)
    year = 1975
    turned = [
        replace(c, agreement=not c.agreement, recurred=not c.recurred) if c.ended is None or c.ended >= year - 5 else c
        for c in given
    ]
    other = backtest_crises(turned, draws=20)
    before = np.array([c.triggered <= year for c in plain.tested])
    assert before.any()
    assert not before.all()
    for name in (BASE, CLASS, MEDIATED):
        mine, theirs = (b.of("recurrence", "observed").of(name).chance for b in (plain, other))
        np.testing.assert_array_equal(mine[before], theirs[before])
        assert (mine[~before] != theirs[~before]).any()


def test_a_base_rate_is_counted_by_hand() -> None:
    found = backtest_crises(crises(), draws=20)
    late = found.tested[-1]
    seen = [c.agreement for c in found.crises if c.ended is not None and c.ended < late.triggered]
    assert found.of("agreement", "observed").of(BASE).chance[-1] == (sum(seen) + 1) / (len(seen) + 2)


def test_a_prior_without_end_leaves_the_base_rate() -> None:
    found = backtest_crises(crises(), prior=1e12, draws=20).of("agreement", "observed")
    np.testing.assert_allclose(found.of(CLASS).chance, found.of(BASE).chance, atol=1e-9)


def test_the_model_has_earned_nothing_and_it_is_said() -> None:
    found = backtest_crises(crises(), draws=20)
    assert (found.model_weight, found.model_cases) == (0.0, 0)


def test_scores_are_those_of_the_book() -> None:
    chance, happened = np.array([0.5, 0.5, 1.0]), np.array([True, False, True])
    assert brier(chance, happened).tolist() == [0.25, 0.25, 0.0]
    assert log_loss(chance, happened) == pytest.approx([np.log(2), np.log(2), 0.0])
    assert log_loss(np.array([0.0]), np.array([True]))[0] == np.inf


def test_too_few_crises_are_refused() -> None:
    with pytest.raises(UsageError, match="Give the whole data set"):
        backtest_crises([c for c in crises() if c.triggered < 1950])
    with pytest.raises(UsageError, match="Give the whole data set"):
        backtest_crises([c for c in crises() if c.triggered >= 1950])


def test_the_table_gives_the_crises_back() -> None:
    found = icb.read(Source("icb.csv", table().encode()))
    assert found.crises == crises()
    assert found.remarks == ("1 of 61 crises are left out: it is not coded whether they came back.",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("yrtrig", "begun"), "there is no column 'yrtrig'"),
        (("\n2,", "\n1,"), "stands there twice"),
        (("1925", "often"), "is no whole number from 1800"),
    ],
)
def test_a_table_with_faults_is_refused(change: tuple[str, str], said: str) -> None:
    with pytest.raises(FormatError, match=said):
        icb.read(Source("icb.csv", table().replace(*change).encode()))


def test_a_table_in_which_nothing_can_be_tried_is_refused() -> None:
    head = table().splitlines()[0]
    with pytest.raises(FormatError, match="nothing can be tried"):
        icb.read(Source("icb.csv", f"{head}\n1,C,1950,1951,1,3,1,1,1\n".encode()))
