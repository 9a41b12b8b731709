r"""What does everybody do who chooses the more often the better, given that everybody else does so too?

    p_a = exp(lambda u_a) / sum_b exp(lambda u_b)          at each information set                                   (1)
    u_a = sum_n mu_n v(n, a),   mu_n  ~  product of the p on the way to node n                                       (2)
    theta_a = log p_a - log p_0,    F(theta) = theta - lambda (u_a - u_0) = 0                                        (3)

Where everybody sees what was done, (1) is worked out from the end, exactly. Where a set holds several nodes, what
counts as unknown is only theta at the sets whose moves tell its nodes apart: all else follows from the end again. In
the usual crisis with one hidden move that is one number. Derivatives of F are taken by a step along the imaginary axis,
exact to the last digit; values that do not rest on an unknown are computed once.

Source: McKelvey and Palfrey (1998), "Quantal response equilibria for extensive form games", Experimental Economics 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from detente.boards.crisis import Crisis, ways
from detente.errors import BoardError

Array: TypeAlias = np.ndarray
Way: TypeAlias = tuple[tuple[int, int], ...]
STEP = 1e-30  # along the imaginary axis


@dataclass(frozen=True, slots=True)
class Plan:
    """In which order a tree is worked through, and what of it is unknown before that.

    `nodes` and `player` belong to each set; `unknown` are the sets of equation (3), `apart` the moves that tell the
    nodes of a set apart, `order` what is done:
    ("set", s) works out the choice at s, ("node", n) the value of n. `moving` says which of these rest on an unknown,
    `needed` which of those the residual needs.
    """

    game: Crisis
    nodes: tuple[tuple[int, ...], ...]
    player: tuple[int, ...]
    unknown: tuple[int, ...]
    apart: tuple[tuple[Way, ...], ...]
    order: tuple[tuple[str, int], ...]
    moving: frozenset[tuple[str, int]]
    needed: frozenset[tuple[str, int]]

    @property
    def size(self) -> int:
        """How many numbers are unknown."""
        return sum(len(self.game.actions[s]) - 1 for s in self.unknown)


@dataclass(frozen=True, slots=True)
class Worked:
    """The log of the choice at each set, the value of each node to each player, and payoffs of the actions."""

    log_choice: tuple[Array | None, ...]
    value: tuple[Array | None, ...]
    worth: tuple[Array | None, ...]


def plan(game: Crisis) -> Plan:
    """Work out which sets are unknown beforehand, and an order for the rest.

    >>> from detente.boards.crisis import four_outcomes
    >>> plan(four_outcomes("a", "b", np.zeros((4, 2)))).size
    0
    """
    nodes, player = game.nodes, tuple(game.player.tolist())
    to = {node: way for way, node in ways(game) if node < len(game.mover)}
    apart = tuple(_apart([to[n] for n in at]) for at in nodes)
    unknown = {s for ends in apart for way in ends for s, _ in way}
    while True:
        order, stuck = _order(game, unknown)
        if stuck is None:
            break
        unknown.add(stuck)
    moving = _moving(game, unknown, apart, order)
    known = tuple(sorted(unknown))
    needed = _needed(game, known, apart, order) & moving
    return Plan(game, nodes, player, known, apart, tuple(order), moving, needed)


def _apart(ends: list[Way]) -> tuple[Way, ...]:
    """Leave out of the ways to a set's nodes what all of them share."""
    shared = set(ends[0]).intersection(*map(set, ends))
    return tuple(tuple(step for step in way if step not in shared) for way in ends)


def _order(game: Crisis, unknown: set[int]) -> tuple[list[tuple[str, int]], int | None]:
    """Order the work; or name a set that waits for itself, where two sets each have a node below the other."""
    count = len(game.mover)
    children = [[c for c in row if c >= 0] for row in game.child.tolist()]
    valued, chosen = set(range(count, count + len(game.outcomes))), set(unknown)
    waiting: list[tuple[str, int]] = [("node", n) for n in reversed(range(count))]
    waiting += [("set", s) for s in range(len(game.labels))]
    order: list[tuple[str, int]] = []
    while waiting:
        left = []
        for kind, k in waiting:
            nodes = game.nodes[k] if kind == "set" else (k,)
            ready = all(c in valued for n in nodes for c in children[n])
            if kind == "node":
                ready &= int(game.information[k]) in chosen
            if not ready:
                left.append((kind, k))
                continue
            order.append((kind, k))
            (chosen if kind == "set" else valued).add(k)
        if len(left) == len(waiting):
            return order, next(k for kind, k in left if kind == "set" and k not in unknown)
        waiting = left
    return order, None


def _inputs(game: Crisis, apart: Sequence[Sequence[Way]], work: tuple[str, int]) -> set[tuple[str, int]]:
    """Return what one piece of work rests on."""
    kind, k = work
    nodes = game.nodes[k] if kind == "set" else (k,)
    found = {("node", c) for n in nodes for c in game.child[n].tolist() if 0 <= c < len(game.mover)}
    if kind == "node":
        return found | {("set", int(game.information[k]))}
    return found | {("set", s) for way in apart[k] for s, _ in way}


def _moving(
    game: Crisis, unknown: set[int], apart: Sequence[Sequence[Way]], order: list[tuple[str, int]]
) -> frozenset[tuple[str, int]]:
    moved: set[tuple[str, int]] = set()
    given = {("set", s) for s in unknown}
    for work in order:
        if _inputs(game, apart, work) & (moved | given):
            moved.add(work)
    return frozenset(moved | given)


def _needed(
    game: Crisis, unknown: tuple[int, ...], apart: Sequence[Sequence[Way]], order: list[tuple[str, int]]
) -> frozenset[tuple[str, int]]:
    wanted = {("set", s) for s in unknown}
    for work in reversed(order):
        if work in wanted:
            wanted |= {i for i in _inputs(game, apart, work) if i[0] == "node" or i[1] not in unknown}
    for work in reversed(order):  # a set that is needed for what it does may stand anywhere in the order
        if work in wanted:
            wanted |= _inputs(game, apart, work)
    return frozenset(wanted)


def work(
    plan: Plan,
    payoff: Array,
    at: tuple[Array, Array],
    *,
    steps: frozenset[tuple[str, int]] | None = None,
    given: Worked | None = None,
) -> Worked:
    """Work through the tree at `at` = (theta, lambda); `payoff` is outcome x player x draw, theta unknown x draw.

    Only `steps` are done, where given, on top of what is `given`.
    """
    game, (theta, precision) = plan.game, at
    count = len(game.mover)
    ends: list[Array | None] = [payoff[k] for k in range(len(game.outcomes))]
    none: list[Array | None] = [None] * count
    value = list(given.value) if given else none + ends
    blank: list[Array | None] = [None] * len(game.labels)
    log_choice = list(given.log_choice) if given else list(blank)
    worth = list(given.worth) if given else blank
    for s, rows in _parts(plan):
        log_choice[s] = _log_softmax(np.concatenate([0 * theta[:1], theta[rows]]))
    for kind, k in plan.order:
        if steps is not None and (kind, k) not in steps:
            continue
        if kind == "set":
            worth[k] = of = _worth(plan, k, value, log_choice)
            if k not in plan.unknown:
                log_choice[k] = _log_softmax(precision * of)
        else:
            chosen = np.exp(_there(log_choice[int(game.information[k])]))
            below = [_there(value[c]) for c in game.child[k, : len(chosen)].tolist()]
            value[k] = sum((p * v for p, v in zip(chosen, below, strict=True)), np.zeros(1))
    return Worked(tuple(log_choice), tuple(value), tuple(worth))


def _parts(plan: Plan) -> list[tuple[int, slice]]:
    """Return which rows of theta belong to which unknown set."""
    edges = np.cumsum([0, *(len(plan.game.actions[s]) - 1 for s in plan.unknown)]).tolist()
    return [(s, slice(a, b)) for s, (a, b) in zip(plan.unknown, pairwise(edges), strict=True)]


def _there(found: Array | None) -> Array:
    if found is None:
        raise BoardError("A tree was worked through out of order. Ask `plan` for the order of this game.")
    return found


def _worth(plan: Plan, s: int, value: list[Array | None], log_choice: list[Array | None]) -> Array:
    """Return what each action of a set is worth to who decides there, equation (2): action x draw."""
    game = plan.game
    nodes, player, actions = plan.nodes[s], plan.player[s], range(len(game.actions[s]))
    below = [[_there(value[int(game.child[n, a])])[player] for a in actions] for n in nodes]
    if len(nodes) == 1:
        return np.stack(np.broadcast_arrays(*below[0]))
    reach = [sum((_there(log_choice[h])[a] for h, a in way), np.zeros(1)) for way in plan.apart[s]]
    belief = np.exp(_log_softmax(np.stack(np.broadcast_arrays(*reach))))
    return np.stack([sum((m * row[a] for m, row in zip(belief, below, strict=True)), np.zeros(1)) for a in actions])


def _log_softmax(logits: Array) -> Array:
    most = np.take_along_axis(logits, logits.real.argmax(axis=0)[None], axis=0)
    off = logits - most
    return np.asarray(off - np.log(np.exp(off).sum(axis=0)))


def residual(plan: Plan, payoff: Array, at: tuple[Array, Array], given: Worked) -> Array:
    """Return F of equation (3), unknown x draw; `given` holds what does not rest on theta, at the same lambda."""
    theta, precision = at
    found = work(plan, payoff, at, steps=plan.needed, given=given)
    gains = [precision * (_there(found.worth[s])[1:] - _there(found.worth[s])[:1]) for s in plan.unknown]
    return np.asarray(theta - np.concatenate(gains))


def still(plan: Plan, payoff: Array, precision: Array) -> Worked:
    """Work out what does not rest on an unknown."""
    steps = frozenset(plan.order) - plan.moving
    theta = np.zeros((plan.size, payoff.shape[-1]))
    return work(plan, payoff, (theta, precision), steps=steps)


def linearised(plan: Plan, payoff: Array, at: tuple[Array, Array], given: Worked) -> tuple[Array, Array]:
    """Return F, unknown x draw, and its derivative by theta, draw x unknown x unknown."""
    theta, precision = at
    slopes, value = [], theta
    for k in range(plan.size):
        moved = theta.astype(complex)
        moved[k] += 1j * STEP
        found = residual(plan, payoff, (moved, precision), given)
        value = found.real
        slopes.append(found.imag / STEP)
    return value, np.stack(slopes, axis=-1).transpose(1, 0, 2)


def by_precision(plan: Plan, payoff: Array, at: tuple[Array, Array]) -> Array:
    """Return the derivative of F by lambda, unknown x draw."""
    theta, precision = at
    moved = precision + 1j * STEP
    given = still(plan, payoff, moved)
    return residual(plan, payoff, (theta.astype(complex), moved), given).imag / STEP
