"""Which package near a good one is better still, by changing one or two clusters at a time?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from detente.search.packages.optimum.aims import Key, Search

NEAR = 24  # choices that are tried in pairs: those that cost least by the weights
ROUNDS = 50  # of improvement


@dataclass(frozen=True, slots=True)
class Held:
    """The best package found so far, as choices, with what is compared."""

    key: Key
    choices: tuple[int, ...]


def held(search: Search, choices: tuple[int, ...]) -> Held | None:
    """Weigh one package exactly; None where it changes nothing, or somebody has too little."""
    terms = search.terms
    if choices == terms.unchanged:
        return None
    gains = sum((t[:, c] for t, c in zip(terms.tables, choices, strict=True)), start=-terms.floor)
    if not search.content(gains):
        return None
    return Held(search.key([int(g) for g in gains]), choices)


def better(one: Held | None, other: Held | None) -> Held | None:
    """Return the better of two; the first of equals."""
    if one is None or other is None:
        return one or other
    return other if other.key > one.key else one


def climbed(search: Search, choices: tuple[int, ...], weights: Float[np.ndarray, " party"]) -> Held | None:
    """Improve a package by the best change of one or two clusters until there is none."""
    terms = search.terms
    at = list(choices)
    gains = sum((t[:, c] for t, c in zip(terms.tables, at, strict=True)), start=-terms.floor)
    cluster, choice, worth = _columns(search, weights)
    score = -np.inf if choices == terms.unchanged else float(_score(search, gains[:, None])[0])
    for _ in range(ROUNDS):
        near = _nearest(at, cluster, choice, worth)
        js, ks = np.append(cluster[near], -1), np.append(choice[near], 0)
        steps = [terms.tables[j][:, k] - terms.tables[j][:, at[j]] for j, k in zip(js, ks, strict=True) if j >= 0]
        moves = np.stack([*steps, np.zeros_like(gains)], axis=1)
        pairs = gains[:, None, None] + moves[:, :, None] + moves[:, None, :]
        scores = np.where(_forbidden(terms.unchanged, at, js, ks), -np.inf, _score(search, pairs))
        first, second = np.unravel_index(int(scores.argmax()), scores.shape)
        if scores[first, second] <= score + 1e-9 * abs(score):
            break
        score, gains = float(scores[first, second]), pairs[:, first, second]
        for m in (first, second):
            if js[m] >= 0:
                at[js[m]] = int(ks[m])
    return held(search, tuple(at))


def _score(search: Search, gains: Int[np.ndarray, "party *package"]) -> Float[np.ndarray, "*package"]:
    """Return what is climbed: the aim, and before that, that everybody has the least that he must have."""
    lacking = search.lacking(gains)
    return np.asarray(np.where(lacking < 0, lacking * 1e30 - 1e30, search.near(gains)))


def _columns(
    search: Search, weights: Float[np.ndarray, " party"]
) -> tuple[Int[np.ndarray, " column"], Int[np.ndarray, " column"], Float[np.ndarray, " column"]]:
    """Return every choice of every cluster, and what it is worth by the weights beside the best of its cluster."""
    tables = search.terms.tables
    worths = [np.einsum("p,pk->k", weights, t.astype(np.float64)) for t in tables]
    cluster = np.concatenate([np.full(w.size, j) for j, w in enumerate(worths)])
    return cluster, np.concatenate([np.arange(w.size) for w in worths]), np.concatenate([w - w.max() for w in worths])


def _nearest(
    at: list[int],
    cluster: Int[np.ndarray, " column"],
    choice: Int[np.ndarray, " column"],
    worth: Float[np.ndarray, " column"],
) -> Int[np.ndarray, " near"]:
    """Return the columns, other than those taken, that cost least."""
    other = np.flatnonzero(choice != np.array(at)[cluster])
    if other.size > NEAR:
        other = other[np.argpartition(-worth[other], NEAR)[:NEAR]]
    return np.asarray(other)


def _forbidden(
    unchanged: tuple[int, ...] | None, at: list[int], js: Int[np.ndarray, " m"], ks: Int[np.ndarray, " m"]
) -> np.ndarray:
    """Which pairs of changes touch one cluster twice, or lead to the package in which nothing changes?"""
    bad = (js[:, None] == js[None, :]) & (js[:, None] >= 0)
    if unchanged is None:
        return np.asarray(bad)
    apart = [j for j, (a, q) in enumerate(zip(at, unchanged, strict=True)) if a != q]
    if len(apart) > 2:
        return np.asarray(bad)
    back = [m for m in range(len(js)) if js[m] in apart and ks[m] == unchanged[js[m]]] if apart else [len(js) - 1]
    if len(apart) == 1 and back:
        bad[back[0], -1] = bad[-1, back[0]] = True
    elif len(apart) == 2 and len(back) == 2:
        bad[back[0], back[1]] = bad[back[1], back[0]] = True
    elif not apart:
        bad[-1, -1] = True
    return np.asarray(bad)
