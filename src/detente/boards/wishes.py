"""How much does a player like each state: by a ranking, by statements in order, by weights, by utilities, by pairs?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Int, Real, Shaped

from detente.boards.statements import holds
from detente.boards.states import States
from detente.errors import BoardError

Named: TypeAlias = int | str  # a state's label, counted from 1, or its pattern
_MOST_PAIRED = 2048  # states, where preferences are said pair by pair


@dataclass(frozen=True, slots=True)
class Ranking:
    """States from best to worst; those of one inner tuple are equally good."""

    best_first: tuple[Named | tuple[Named, ...], ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements in order of weight: the first outweighs all that follow together, and so on (powers of two)."""

    in_order: tuple[str | tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """What one level more of each choice is worth, by `owner.label`; 0 where nothing is said."""

    by_choice: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Utilities:
    """A number per state, in the order of their labels; higher is better. A leading axis of draws is allowed."""

    by_state: Real[np.ndarray, "*draw state"] | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which state is better than which; what follows from them follows, and all other pairs are not known."""

    better: tuple[tuple[Named, Named], ...]
    equal: tuple[tuple[Named, Named], ...] = field(default=())


Wish: TypeAlias = Ranking | Statements | Weights | Utilities | Pairs


def worth(wish: Wish, at: States, player: str) -> Real[np.ndarray, "*draw state"]:
    """Return a number per state that is higher for what the player likes better.

    Raises BoardError for a ranking that leaves out a state or has one twice, for unknown names, for utilities that are
    not one finite number per state, or for pairs that go round in a circle, naming it.

    >>> from detente.boards.states import Choice, states
    >>> two = states([Choice("a", "strike"), Choice("b", "yield")])
    >>> worth(Ranking((3, (1, 4), 2)), two, "a").tolist()
    [1, 0, 2, 1]
    >>> worth(Statements(("yield", "NOT strike")), two, "a").tolist()
    [1, 0, 3, 2]
    >>> worth(Weights({"a.strike": -1.0, "b.yield": 5.0}), two, "a").tolist()
    [0.0, -1.0, 5.0, 4.0]
    """
    if isinstance(wish, Ranking):
        return _ranked(wish, at, player)
    if isinstance(wish, Statements):
        return _stated(wish, at)
    if isinstance(wish, Weights):
        return _weighed(wish, at, player)
    if isinstance(wish, Utilities):
        return _given(wish, at, player)
    return _layers(beats(wish, at, player))


def _ranked(wish: Ranking, at: States, player: str) -> Int[np.ndarray, " state"]:
    groups = [g if isinstance(g, tuple) else (g,) for g in wish.best_first]
    found = np.full(len(at.codes), -1, dtype=np.int32)
    for place, group in enumerate(groups):
        for state in (at.index(n) for n in group):
            if found[state] >= 0:
                raise BoardError(f"The ranking of '{player}' has state {state + 1} twice. Keep one of them.")
            found[state] = len(groups) - 1 - place
    left = np.flatnonzero(found < 0)
    if len(left):
        raise BoardError(
            f"The ranking of '{player}' leaves out {len(left)} of {len(found)} states, the first of them "
            f"{int(left[0]) + 1} ({at.pattern(int(left[0]))}). Rank every state; equally good ones go together."
        )
    return found


def _stated(wish: Statements, at: States) -> Int[np.ndarray, " state"]:
    """Count up the statements that hold, each worth more than all after it together."""
    found = np.zeros(len(at.codes), dtype=np.int64)
    for k, statement in enumerate(wish.in_order):
        found = 2 * found + holds(at, statement)
        if k % 30 == 29:
            found = dense(found).astype(np.int64)
    return found if len(wish.in_order) < 30 else dense(found).astype(np.int64)


def _weighed(wish: Weights, at: States, player: str) -> Real[np.ndarray, " state"]:
    names = [f"{c.owner}.{c.label}" for c in at.choices]
    unknown = sorted(set(wish.by_choice) - set(names))
    if unknown:
        raise BoardError(f"'{player}' weighs '{unknown[0]}', which is no choice. There are: {', '.join(names)}.")
    found = np.zeros(len(at.codes))
    for c, name in enumerate(names):
        weight = wish.by_choice.get(name, 0.0)
        if weight:
            found += weight * at.level(c)
    return _finite(found, at, player)


def _given(wish: Utilities, at: States, player: str) -> Real[np.ndarray, "*draw state"]:
    return _finite(np.asarray(wish.by_state), at, player)


def _finite(found: Shaped[np.ndarray, "..."], at: States, player: str) -> Real[np.ndarray, "*draw state"]:
    if not found.ndim or found.shape[-1] != len(at.codes):
        raise BoardError(
            f"'{player}' has utilities of shape {found.shape}, and there are {len(at.codes)} feasible states. "
            "Give one number per state."
        )
    if not np.issubdtype(found.dtype, np.number) or not np.isfinite(found).all():
        raise BoardError(f"A utility of '{player}' is not a finite number. Give a number for every state.")
    return found


def dense(values: Real[np.ndarray, " state"]) -> Int[np.ndarray, " state"]:
    """Return the rank of every value, equal ones alike, lowest 0.

    >>> dense(np.array([2.5, -1.0, 2.5])).tolist()
    [1, 0, 1]
    """
    return np.unique(values, return_inverse=True)[1].reshape(-1).astype(np.int32)


def beats(wish: Pairs, at: States, player: str) -> Bool[np.ndarray, "state state"]:
    """Return whether the first state is better than the second, as far as the pairs say it.

    Raises BoardError where they go round in a circle.
    """
    count = len(at.codes)
    if count > _MOST_PAIRED:
        raise BoardError(
            f"Preferences of '{player}' are said pair by pair for {count} states, and the limit is {_MOST_PAIRED}. "
            "Give a ranking, statements or weights."
        )
    group = _joined(count, [(at.index(a), at.index(b)) for a, b in wish.equal])
    over: dict[int, set[int]] = {}
    for a, b in wish.better:
        over.setdefault(int(group[at.index(a)]), set()).add(int(group[at.index(b)]))
    below: dict[int, set[int]] = {}
    for head in _topological(over, at, player):
        below[head] = set().union(*({n} | below[n] for n in over.get(head, ())))
    found = np.zeros((count, count), dtype=bool)
    for head, worse in below.items():
        found[np.ix_(group == head, np.isin(group, list(worse)))] = True
    return found


def _joined(count: int, equal: Iterable[tuple[int, int]]) -> Int[np.ndarray, " state"]:
    """Give states that are said to be equal one number."""
    group = np.arange(count)
    for a, b in equal:
        group[group == group[a]] = group[b]
    return group


def _topological(over: Mapping[int, set[int]], at: States, player: str) -> list[int]:
    """Order states so that all that is worse comes first; a circle is an error."""
    done: list[int] = []
    settled: set[int] = set()
    for first in sorted(over):
        path, todo = [first], [iter(sorted(over.get(first, ())))]
        while path and first not in settled:
            step = next(todo[-1], None)
            if step is None:
                settled.add(path[-1])
                done.append(path.pop())
                todo.pop()
            elif step in path:
                raise BoardError(_circle([*path[path.index(step) :], step], at, player))
            elif step not in settled:
                path.append(step)
                todo.append(iter(sorted(over.get(step, ()))))
    return done


def _circle(round_trip: Sequence[int], at: States, player: str) -> str:
    told = " over ".join(f"{s + 1} ({at.pattern(s)})" for s in round_trip)
    return f"The preferences of '{player}' go round in a circle: {told}. Take out one of these pairs."


def _layers(better: Bool[np.ndarray, "state state"]) -> Int[np.ndarray, " state"]:
    """Return for every state the length of the longest chain below it: higher for what is known to be better."""
    found = np.zeros(len(better), dtype=np.int64)
    for state in np.argsort(better.sum(axis=1), kind="stable"):
        worse = better[state]
        found[state] = 1 + found[worse].max() if worse.any() else 0
    return found
