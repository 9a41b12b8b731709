"""A crisis as a small game in order of moves: who moves when, knowing what, and what each way out is worth to whom?

A tree is written as nested `Choice`s and turned into index arrays, so that a thousand draws of the payoffs cost little
more than one. Moves of chance are not part of it: where chance decides, give the expected payoff.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from jaxtyping import Float, Int

from detente.errors import BoardError

MOST_NODES = 2_000  # of one tree
DEEPEST = 100  # points of decision one after the other
OUTCOMES = ("status quo", "concession", "back down", "war")


@dataclass(frozen=True)
class Choice:
    """One point of decision: who chooses among which named moves, each leading on or ending in a named outcome.

    Choices with the same `knows` and player are one to that player: it does not see which of them it is at. Without
    `knows` it sees.
    """

    player: str
    moves: tuple[tuple[str, "Next"], ...]
    knows: str | None = None


Next: TypeAlias = "str | Choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    """A game in order of moves as arrays; nodes are the points of decision in order from the start, then the outcomes.

    ============  =================  =====================================================================
    child         node x action      where an action leads: a node, or `nodes` + outcome; -1: no such action
    mover         node               the player who decides
    information   node               the information set it is in
    player        set                the player who decides at any node of the set
    labels        set                what the set is called
    actions       set                the names of its actions
    payoff        draw outcome player  what an outcome is worth; without draws: outcome player
    ============  =================  =====================================================================
    """

    table: str
    players: tuple[str, ...]
    outcomes: tuple[str, ...]
    labels: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    child: Int[np.ndarray, "node action"]
    mover: Int[np.ndarray, " node"]
    information: Int[np.ndarray, " node"]
    payoff: Float[np.ndarray, "*draw outcome player"]

    @property
    def draws(self) -> tuple[int, ...]:
        """The shape of the draws: () for one case."""
        return self.payoff.shape[:-2]

    @property
    def player(self) -> Int[np.ndarray, " set"]:
        """Who decides at each information set."""
        first = np.unique(self.information, return_index=True)[1]
        return self.mover[first]

    @property
    def nodes(self) -> tuple[tuple[int, ...], ...]:
        """The nodes of each information set."""
        return tuple(tuple(np.flatnonzero(self.information == s).tolist()) for s in range(len(self.labels)))

    @property
    def perfect(self) -> bool:
        """Whether everybody always sees what was done before."""
        return len(self.labels) == len(self.mover)


@dataclass
class _Growth:
    """What is collected while a tree is walked."""

    player: list[str] = field(default_factory=list)
    key: list[tuple[str, str]] = field(default_factory=list)
    moves: list[tuple[str, ...]] = field(default_factory=list)
    child: list[list[int | str]] = field(default_factory=list)
    named: list[str] = field(default_factory=list)


def crisis_game(
    root: Choice,
    payoffs: Mapping[str, Mapping[str, float]],
    *,
    players: Sequence[str] | None = None,
    table: str = "crisis",
) -> Crisis:
    """Turn a tree and what its outcomes are worth into arrays.

    `payoffs` gives for every outcome a number per player. Players are ordered by their first decision, or
    as given.

    Raises BoardError for an outcome without payoffs or named twice, a set whose choices differ, a player who would meet
    one information set twice on one way, or a tree that is too large.

    >>> root = Choice("north", (("wait", "calm"), ("press", Choice("south", (("yield", "won"), ("refuse", "stuck"))))))
    >>> worth = {"calm": (0, 0), "won": (2, -1), "stuck": (-1, -2)}
    >>> game = crisis_game(root, {k: {"north": n, "south": s} for k, (n, s) in worth.items()})
    >>> game.outcomes, game.child.tolist()
    (('calm', 'won', 'stuck'), [[2, 1], [3, 4]])
    """
    grown = _Growth()
    _grow(root, grown, ())
    outcomes = tuple(grown.named)
    if len(set(outcomes)) != len(outcomes):
        twice = next(o for o in outcomes if outcomes.count(o) > 1)
        raise BoardError(f"The outcome '{twice}' ends two ways through '{table}'. Give each end a name of its own.")
    order = tuple(dict.fromkeys(grown.player)) if players is None else tuple(players)
    _known(order, grown.player, table)
    sets = list(dict.fromkeys(grown.key))
    return Crisis(
        table=table,
        players=order,
        outcomes=outcomes,
        labels=tuple(label for _, label in sets),
        actions=tuple(grown.moves[grown.key.index(key)] for key in sets),
        child=_children(grown),
        mover=np.array([order.index(p) for p in grown.player], dtype=np.int64),
        information=np.array([sets.index(key) for key in grown.key], dtype=np.int64),
        payoff=_payoff(payoffs, outcomes, order, table),
    )


def with_payoffs(game: Crisis, payoff: np.ndarray) -> Crisis:
    """Return the same tree with other payoffs: `outcome player`, or `draw outcome player` for an ensemble.

    Raises BoardError where the shape does not fit or a number is not finite.

    >>> many = with_payoffs(four_outcomes("a", "b", np.zeros((4, 2))), np.zeros((10, 4, 2)))
    >>> many.draws
    (10,)
    """
    payoff = np.asarray(payoff, dtype=float)
    wanted = (len(game.outcomes), len(game.players))
    if payoff.ndim not in (2, 3) or payoff.shape[-2:] != wanted:
        raise BoardError(
            f"Payoffs of shape {payoff.shape} do not fit '{game.table}', which has {wanted[0]} outcomes and "
            f"{wanted[1]} players. Give outcome x player, or draw x outcome x player."
        )
    _finite(payoff, game.table)
    return Crisis(
        table=game.table,
        players=game.players,
        outcomes=game.outcomes,
        labels=game.labels,
        actions=game.actions,
        child=game.child,
        mover=game.mover,
        information=game.information,
        payoff=payoff,
    )


def four_outcomes(challenger: str, target: str, payoff: np.ndarray, *, table: str = "crisis") -> Crisis:
    """Set out the crisis of four outcomes: press or not, concede or resist, stand firm or back down.

    `payoff` is `outcome player` or `draw outcome player`, outcomes as in `OUTCOMES`, the challenger first.

    Raises BoardError where the shape does not fit, a number is not finite, or both parties are one.

    >>> game = four_outcomes("usa", "iran", np.array([[0, 0], [1, -1], [-0.5, 0.5], [-0.2, -0.3]]))
    >>> game.labels
    ('press', 'answer', 'follow through')
    """
    if challenger == target:
        raise BoardError(f"'{challenger}' cannot challenge itself. Name two parties.")
    end = Choice(challenger, (("back down", OUTCOMES[2]), ("stand firm", OUTCOMES[3])), knows="follow through")
    reply = Choice(target, (("concede", OUTCOMES[1]), ("resist", end)), knows="answer")
    root = Choice(challenger, (("hold", OUTCOMES[0]), ("challenge", reply)), knows="press")
    blank = {o: {challenger: 0.0, target: 0.0} for o in OUTCOMES}
    return with_payoffs(crisis_game(root, blank, table=table), payoff)


def _grow(choice: Choice, grown: _Growth, above: tuple[tuple[str, str], ...]) -> int:
    """Walk the tree from the start, giving each choice its number before those below it."""
    number = len(grown.player)
    if number >= MOST_NODES or len(above) >= DEEPEST:
        raise BoardError(
            f"The tree has more than {MOST_NODES} points of decision, or {DEEPEST} in a row. "
            "Cut branches that matter least."
        )
    label = f"{choice.player} {number + 1}" if choice.knows is None else choice.knows
    key, names = (choice.player, label), tuple(name for name, _ in choice.moves)
    _sound(choice, key, names, grown, above)
    grown.player.append(choice.player)
    grown.key.append(key)
    grown.moves.append(names)
    grown.child.append([])
    for _, then in choice.moves:
        if isinstance(then, Choice):
            grown.child[number].append(_grow(then, grown, (*above, key)))
        else:
            grown.child[number].append(then)
            grown.named.append(then)
    return number


def _sound(
    choice: Choice, key: tuple[str, str], names: tuple[str, ...], grown: _Growth, above: tuple[tuple[str, str], ...]
) -> None:
    where = f"'{key[1]}' of '{choice.player}'"
    if not names or len(set(names)) != len(names):
        raise BoardError(f"At {where} there is no move, or two have one name. Give each move a name of its own.")
    if key in above:
        raise BoardError(f"'{choice.player}' comes to '{key[1]}' twice on one way. Tell the two apart by `knows`.")
    if key in grown.key and grown.moves[grown.key.index(key)] != names:
        raise BoardError(f"The choices called {where} have different moves. Give them the same, in the same order.")


def _known(order: tuple[str, ...], seen: Sequence[str], table: str) -> None:
    strange = [p for p in seen if p not in order]
    if strange or len(set(order)) != len(order):
        who = strange[0] if strange else next(p for p in order if order.count(p) > 1)
        raise BoardError(f"'{who}' decides in '{table}' but is not among its players, or is twice. List each once.")


def _children(grown: _Growth) -> Int[np.ndarray, "node action"]:
    width, count = max(len(row) for row in grown.child), len(grown.child)
    table = np.full((count, width), -1, dtype=np.int64)
    for node, row in enumerate(grown.child):
        for a, then in enumerate(row):
            table[node, a] = then if isinstance(then, int) else count + grown.named.index(then)
    return table


def _payoff(
    payoffs: Mapping[str, Mapping[str, float]], outcomes: tuple[str, ...], players: tuple[str, ...], table: str
) -> Float[np.ndarray, "outcome player"]:
    for outcome in outcomes:
        lacking = [p for p in players if p not in payoffs.get(outcome, {})]
        if lacking:
            raise BoardError(f"What '{outcome}' is worth to '{lacking[0]}' in '{table}' is missing. Give a number.")
    found = np.array([[float(payoffs[o][p]) for p in players] for o in outcomes])
    _finite(found, table)
    return found


def _finite(payoff: np.ndarray, table: str) -> None:
    if not np.isfinite(payoff).all():
        raise BoardError(f"A payoff of '{table}' is not a finite number. Give a low one for what is to be avoided.")


def ways(game: Crisis) -> Iterator[tuple[tuple[tuple[int, int], ...], int]]:
    """Yield every way to every node and outcome: the (set, action) pairs on it, and where it ends."""
    waiting: list[tuple[int, tuple[tuple[int, int], ...]]] = [(0, ())]
    while waiting:
        node, way = waiting.pop()
        yield way, node
        if node < len(game.mover):
            here = int(game.information[node])
            for a, then in enumerate(game.child[node].tolist()):
                if then >= 0:
                    waiting.append((then, (*way, (here, a))))
