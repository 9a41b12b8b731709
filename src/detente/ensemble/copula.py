"""How do inputs move together where a request says so, and each still follow its own distribution?

A Gaussian copula: uniforms u become normal scores z, are mixed by the Cholesky factor of the wanted correlations, and
become uniforms again. The wanted rank correlation s of a pair is the correlation r of its normal scores by

    r = 2 sin(pi s / 6)                                                                                            (1)
    w_k = Phi(sum_{j <= k} L_kj Phi^-1(u_j)),   L L' = R                                                           (2)

Each draw is mixed by itself, so that the leading draws of many are those of few. Inputs are mixed in the order of their
names: the first of those that hang together keeps its numbers, and what hangs together with nothing keeps all of them.
Mixed columns are no longer evenly spread one by one.

Source of (1): Pearson (1907), Drapers' Company Research Memoirs, Biometric Series IV; of (2): Nataf (1962).
"""

from collections.abc import Mapping, Sequence
from math import pi, sin, sqrt

import numpy as np
from jaxtyping import Float
from scipy.special import ndtr, ndtri

from detente.ensemble.sampling import Correlation
from detente.errors import UsageError

_LEAST = 1e-9  # of a pivot: below, a column follows from the others
_SMALLEST = 2.0**-54  # a uniform of 0 has no normal score


def correlated(
    uniforms: Mapping[str, Float[np.ndarray, "draw"]], pairs: Sequence[Correlation]
) -> dict[str, Float[np.ndarray, "draw"]]:
    """Mix uniform columns so that pairs of them have the wanted rank correlations, equations (1) and (2).

    Raises UsageError where a pair names no column, stands twice, or cannot be had beside the others; the message names
    the pair and what could be had.

    >>> u = {"a": np.array([0.25, 0.75]), "b": np.array([0.5, 0.5])}
    >>> {name: column.round(2).tolist() for name, column in correlated(u, [Correlation("a", "b", 0.5)]).items()}
    {'a': [0.25, 0.75], 'b': [0.36, 0.64]}
    """
    found = dict(uniforms)
    if not pairs:
        return found
    names = _named(uniforms, pairs)
    factor = _factor(names, pairs)
    scores = [ndtri(np.clip(uniforms[name], _SMALLEST, 1.0 - _SMALLEST)) for name in names]
    for k, name in enumerate(names):
        if any(factor[k][:k]):
            mixed = sum((factor[k][j] * scores[j] for j in range(k) if factor[k][j]), factor[k][k] * scores[k])
            found[name] = np.asarray(ndtr(mixed))
    return found


def _named(known: Mapping[str, object], pairs: Sequence[Correlation]) -> list[str]:
    """Return the names that pairs speak of, in order."""
    seen: set[frozenset[str]] = set()
    for pair in pairs:
        for name in (pair.first, pair.second):
            if name not in known:
                raise UsageError(f"'{name}' cannot be correlated: it is not an input that is drawn. Check its path.")
        if frozenset((pair.first, pair.second)) in seen:
            raise UsageError(f"'{pair.first}' and '{pair.second}' are correlated twice. Keep one of the two.")
        seen.add(frozenset((pair.first, pair.second)))
    return sorted({name for pair in pairs for name in (pair.first, pair.second)})


def _factor(names: Sequence[str], pairs: Sequence[Correlation]) -> list[list[float]]:
    """Return L of equation (2), row by row."""
    wanted = _matrix(names, pairs)
    rows: list[list[float]] = []
    for k, row in enumerate(wanted):
        found: list[float] = []
        for j in range(k):
            found.append((row[j] - sum(found[i] * rows[j][i] for i in range(j))) / rows[j][j])
        left = row[k] - sum(entry**2 for entry in found)
        if left < _LEAST:
            raise UsageError(_impossible(names, pairs))
        rows.append([*found, sqrt(left)])
    return rows


def _matrix(names: Sequence[str], pairs: Sequence[Correlation]) -> list[list[float]]:
    """Return R of equation (2); pairs of which nothing is said are not correlated."""
    wanted = [[float(j == k) for j in range(len(names))] for k in range(len(names))]
    for pair in pairs:
        j, k = names.index(pair.first), names.index(pair.second)
        wanted[j][k] = wanted[k][j] = 2.0 * sin(pi * pair.rank / 6.0)
    return wanted


def _impossible(names: Sequence[str], pairs: Sequence[Correlation]) -> str:
    """Say which pair would have to change least, and to what; or by how much all of them would have to shrink."""
    wanted = np.array(_matrix(names, pairs))
    bounds = [(pair, _nearest(wanted, names, pair)) for pair in pairs]
    cures = [(pair, bound) for pair, bound in bounds if bound is not None]
    if cures:
        pair, bound = min(cures, key=lambda cure: abs(cure[1] - cure[0].rank))
        return (
            f"'{pair.first}' and '{pair.second}' cannot have a rank correlation of {pair.rank:g} beside the others: "
            f"what moves with both does not allow it. Give at {'most' if bound < pair.rank else 'least'} {bound:.2f}, "
            "or loosen what they have with the others."
        )
    worst = max(pairs, key=lambda pair: abs(pair.rank))
    return (
        f"'{worst.first}' and '{worst.second}', and others, cannot all have the rank correlations that are asked for. "
        f"Multiply all of them by {_shrunk(names, pairs):.2f} or less, or leave some out."
    )


def _shrunk(names: Sequence[str], pairs: Sequence[Correlation]) -> float:
    for hundredths in range(99, 0, -1):
        fewer = [Correlation(pair.first, pair.second, pair.rank * hundredths / 100) for pair in pairs]
        if np.linalg.eigvalsh(np.array(_matrix(names, fewer)))[0] > _LEAST:
            return hundredths / 100
    return 0.0


def _nearest(wanted: Float[np.ndarray, "name name"], names: Sequence[str], pair: Correlation) -> float | None:
    """Return the rank correlation that a pair may have beside the others, as near as may be; None where there is none.

    The others leave room for r within c_j' Q c_k plus or minus sqrt((1 - c_j' Q c_j) (1 - c_k' Q c_k)), with Q the
    inverse of the correlations among them, and c those with them.
    """
    both = [names.index(pair.first), names.index(pair.second)]
    rest = [k for k in range(len(names)) if k not in both]
    among = wanted[np.ix_(rest, rest)]
    if not rest or np.linalg.eigvalsh(among)[0] < _LEAST:
        return None
    with_them = wanted[np.ix_(rest, both)]
    explained = with_them.T @ np.linalg.solve(among, with_them)
    room = (1.0 - explained[0, 0]) * (1.0 - explained[1, 1])
    if min(1.0 - explained[0, 0], 1.0 - explained[1, 1]) <= _LEAST:
        return None
    above = 2.0 * np.sin(np.pi * pair.rank / 6.0) > explained[0, 1]
    bound = explained[0, 1] + (1.0 if above else -1.0) * sqrt(room)
    rank = 6.0 / np.pi * np.arcsin(bound / 2.0)
    return float(np.floor(rank * 100.0) / 100.0 if above else np.ceil(rank * 100.0) / 100.0)
