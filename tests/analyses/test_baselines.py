"""What is said without knowing who wants what."""

import csv
from pathlib import Path

import numpy as np
import pytest
from tests.search.positions.boards import body

from detente.analyses.baselines import baselines
from detente.errors import AnalysisError
from detente.search.positions.past_decisions import EU_DECISIONS


def test_the_three_do_not_hang_on_what_anybody_wants() -> None:
    one = baselines(body([0.0, 10.0], scale=(0.0, 200.0)))
    other = baselines(body([200.0, 190.0], salience=[1.0, 90.0], scale=(0.0, 200.0)))
    assert one.midpoint.tolist() == other.midpoint.tolist() == [100.0]
    assert one.status_quo.tolist() == [0.0]
    np.testing.assert_array_equal(one.decision.weight, other.decision.weight)
    assert one.decision.levels[0, [0, -1]].tolist() == [0.0, 200.0]
    assert one.certificate.holds


def test_shares_and_counts_say_the_same() -> None:
    board = body([[0.0, 10.0]] * 3)
    counts, shares = (baselines(board, past=np.array(p)).decision for p in ([2.0, 0.0, 6.0], [0.25, 0.0, 0.75]))
    np.testing.assert_array_equal(counts.weight, shares.weight)
    assert counts.point[:, 0].tolist() == [100.0] * 3


@pytest.mark.parametrize("past", [[1.0], [1.0, -1.0], [0.0, 0.0], [np.nan, 1.0]])
def test_counts_that_are_none_are_refused(past: list[float]) -> None:
    with pytest.raises(AnalysisError, match="at least two levels"):
        baselines(body([0.0, 10.0]), past=np.array(past))


def test_the_past_that_comes_along_is_counted_from_the_published_table(shared_dir: Path) -> None:
    with (shared_dir / "data/positions/deu3/capabilities.csv").open(encoding="utf-8") as rows:
        ends = {row["issue"]: float(row["outcome"]) for row in csv.DictReader(rows)}
    nearest = np.floor(np.array(list(ends.values())) / 5 + 0.5).astype(int)
    assert np.bincount(nearest, minlength=21).tolist() == list(EU_DECISIONS)
