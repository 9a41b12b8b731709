import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.search.crises.fixed_points import FixedPoints, fixed_points


def waves(size: float, turns: float, shift: float) -> FixedPoints:
    """Z + a wave: it rises while `size * turns` stays below 1."""

    def g(rows: np.ndarray, z: np.ndarray) -> np.ndarray:
        return np.asarray(z + size * (np.sin(turns * z) + shift))

    def slope(rows: np.ndarray, z: np.ndarray) -> np.ndarray:
        return np.asarray(1 + size * turns * np.cos(turns * z))

    ends = np.array([3.0])
    return fixed_points(g, slope, -ends, ends, rising=np.array([True]))


@settings(max_examples=40, deadline=None)
@given(st.floats(0.02, 0.2), st.floats(0.5, 4.5), st.floats(-0.9, 0.9))
def test_every_crossing_of_a_wave_is_found(size: float, turns: float, shift: float) -> None:
    first = np.arcsin(-shift)
    every = np.array([(b + 2 * np.pi * k) / turns for k in range(-5, 6) for b in (first, np.pi - first)])
    wanted = np.sort(every[np.abs(every) < 3.0])
    if (np.abs(np.abs(every) - 3.0) < 1e-4).any():
        return
    found = waves(size, turns, shift)
    assert not found.open[0]
    assert found.count[0] == len(wanted)
    np.testing.assert_allclose(found.z[0, : len(wanted)], wanted, atol=1e-9)


def test_a_map_that_only_touches_the_diagonal_is_told_open() -> None:
    assert waves(0.1, 2.0, 1.0).open[0]


def test_a_near_miss_is_no_fixed_point() -> None:
    found = waves(0.1, 2.0, 1.0 + 1e-6)
    assert found.count[0] == 0
    assert not found.open[0]


def test_two_that_are_close_are_two() -> None:
    found = waves(0.1, 2.0, 1.0 - 1e-6)
    assert not found.open[0]
    pair = found.z[0, :2]
    assert pair[1] - pair[0] == pytest.approx(2 * np.sqrt(2e-6) / 2, rel=1e-3)


def test_a_map_that_falls_has_one() -> None:
    ends = np.array([5.0, 5.0])
    found = fixed_points(
        lambda rows, z: np.cos(z / 3) - z + rows,
        lambda rows, z: -np.sin(z / 3) / 3 - 1,
        -ends,
        ends,
        rising=np.array([False, False]),
    )
    assert found.count.tolist() == [1, 1]
    z = found.z[:, 0]
    np.testing.assert_allclose(np.cos(z / 3) - z + np.arange(2), z, atol=1e-14)
