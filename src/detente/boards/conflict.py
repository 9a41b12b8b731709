"""Who can move a conflict from which state to which, and who likes which state better?

The graph model: players, what each decides, the states that can be, the moves of each player from each state, and each
player's preference over states. Without more said, a player moves to any feasible state that differs in its own choices
alone; a choice of one direction is not taken back; a state that a player does not see it moves neither from nor to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Int, Real

from detente.boards.states import ANY, Choice, States, matching, states
from detente.boards.wishes import Named, Pairs, Ranking, Utilities, Wish, beats, worth
from detente.errors import BoardError

MOST_CELLS = 2**26  # states times players: what preferences may take


@dataclass(frozen=True, slots=True)
class Barred:
    """Moves that one player cannot make, though its choices alone would allow them.

    ======  =======  ==================================
    source  (state)  where they would begin
    target  (state)  where they would end
    ======  =======  ==================================
    """

    player: int
    source: Bool[np.ndarray, " state"]
    target: Bool[np.ndarray, " state"]


@dataclass(frozen=True, slots=True)
class Joint:
    """Moves that several players make together in one step, each from one state to one other.

    =====  =========  =============================
    steps  (step, 2)  states, from and to
    =====  =========  =============================
    """

    players: tuple[int, ...]
    steps: Int[np.ndarray, "step 2"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """States, moves and preferences of a conflict; states are counted from 0 here and from 1 in their labels.

    ==========  =====================  ==============================================================
    preference  *draw, player, state   higher is better; equal numbers, equally good
    arcs        arc, 3                 player, from, to; None: whatever the player's choices allow
    unseen      player, state          the player neither moves from it nor to it; None: all are seen
    unknown     player, state, state   which of the two is better is not known; None: all is known
    gap         player                 the least difference that counts as strong; None: none is
    believed    player, player, state  what the first takes the second's preference for; None: what it is
    ==========  =====================  ==============================================================
    """

    players: tuple[str, ...]
    states: States
    preference: Real[np.ndarray, "*draw player state"]
    arcs: Int[np.ndarray, "arc 3"] | None = None
    barred: tuple[Barred, ...] = ()
    joint: tuple[Joint, ...] = ()
    unseen: Bool[np.ndarray, "player state"] | None = None
    unknown: Bool[np.ndarray, "player state state"] | None = None
    gap: Real[np.ndarray, " player"] | None = None
    believed: Real[np.ndarray, "player player state"] | None = None

    @property
    def count(self) -> int:
        """How many states there are."""
        return len(self.states.codes)

    @property
    def is_drawn(self) -> bool:
        """Whether preferences have an axis of draws."""
        return self.preference.ndim > 2

    def player(self, name: str) -> int:
        """Find a player by name; raises BoardError where there is none."""
        if name not in self.players:
            raise BoardError(f"There is no player '{name}'. There are: {', '.join(self.players)}.")
        return self.players.index(name)


def conflict(
    choices: Sequence[Choice],
    wishes: Mapping[str, Wish],
    *,
    infeasible: Sequence[str] = (),
    barred: Sequence[tuple[str, str, str]] = (),
    unseen: Mapping[str, Sequence[Named]] | None = None,
    joint: Sequence[tuple[Sequence[str], str, str]] = (),
) -> Conflict:
    """Set up a conflict from what each player decides and likes.

    `wishes` names every player, those without a choice too. `barred` are (player, pattern from, pattern to): no move of
    the player leads from a state that fits the first to one that fits the second. `joint` are (players, pattern from,
    pattern to): from a state that fits the first they move together to the one with the levels of the second, `-` left
    as it is. `unseen` names states by label or by patterns that may fit several.

    Raises BoardError for anything that names nothing, for preferences that go round in a circle, where no state is
    feasible, and where there are more choices than the limit.

    >>> from detente.boards.wishes import Weights
    >>> board = conflict(
    ...     [Choice("a", "strike"), Choice("b", "yield")],
    ...     {"a": Weights({"b.yield": 2.0, "a.strike": -1.0}), "b": Weights({"b.yield": -1.0, "a.strike": -3.0})},
    ...     infeasible=["YY"])
    >>> board.count, board.preference.tolist()
    (3, [[0.0, -1.0, 2.0], [0.0, -3.0, -1.0]])
    """
    owners = sorted({c.owner for c in choices} - set(wishes))
    if owners:
        raise BoardError(f"'{owners[0]}' owns a choice and has no preference. Give every player one.")
    at = states(choices, infeasible=infeasible)
    if len(at.codes) * len(wishes) > MOST_CELLS:
        raise BoardError(
            f"The conflict has {len(at.codes):,} feasible states for {len(wishes)} players, more than {MOST_CELLS:,} "
            "in all. Leave out choices that decide little, or players that decide nothing."
        )
    board = _bare(at, wishes)
    hidden = {p: list(names) for p, names in (unseen or {}).items() if names}
    return replace(
        board,
        barred=tuple(Barred(board.player(p), matching(at, a), matching(at, b)) for p, a, b in barred),
        joint=tuple(_together(board, who, a, b) for who, a, b in joint),
        unseen=_hidden(board, hidden) if hidden else None,
    )


def conflict_from_arcs(moves: Mapping[str, Sequence[tuple[int, int]]], wishes: Mapping[str, Wish]) -> Conflict:
    """Set up a conflict from a drawn graph: for each player its moves, from state to state by label.

    Moves need not be transitive: what takes two steps may be out of reach in one. Several players may have the same
    move. The states are those that wishes and moves name, without gaps.

    Raises BoardError for a label below 1, a move that stays where it is, or preferences as `conflict` does.

    >>> board = conflict_from_arcs({"a": [(1, 2)], "b": [(2, 3), (3, 2)]}, {"a": Ranking((2, 1, 3)),
    ...     "b": Ranking((3, 1, 2))})
    >>> board.count, board.arcs.tolist()
    (3, [[0, 0, 1], [1, 1, 2], [1, 2, 1]])
    """
    stray = sorted(set(moves) - set(wishes))
    if stray:
        raise BoardError(f"'{stray[0]}' has moves and no preference. Give every player one.")
    steps = sorted({(p, a, b) for p, own in enumerate(wishes) for a, b in moves.get(own, ())})
    wrong = [(a, b) for _, a, b in steps if a < 1 or b < 1 or a == b]
    if wrong:
        raise BoardError(f"The move {wrong[0]} is none. States are numbered from 1, and a move leads to another state.")
    largest = max([s for _, a, b in steps for s in (a, b)], default=1)
    count = max([largest, *(_named(w) for w in wishes.values())])
    board = _bare(States((), np.arange(count, dtype=np.int64)), wishes)
    arcs = np.array(steps, dtype=np.int64).reshape(-1, 3) - np.array([0, 1, 1])
    return replace(board, arcs=arcs)


def with_unknown(board: Conflict, unknown: Mapping[str, Sequence[tuple[Named, Named]]]) -> Conflict:
    """Return the conflict where for some pairs of states it is not known which of the two a player likes better.

    >>> board = conflict([Choice("a", "strike")], {"a": Ranking((1, 2))})
    >>> with_unknown(board, {"a": [(1, 2)]}).unknown.tolist()
    [[[False, True], [True, False]]]
    """
    kept = board.unknown
    found = np.zeros((len(board.players), board.count, board.count), dtype=bool) if kept is None else kept.copy()
    for name, pairs in unknown.items():
        p = board.player(name)
        for a, b in pairs:
            first, second = board.states.index(a), board.states.index(b)
            found[p, first, second] = found[p, second, first] = first != second
    return replace(board, unknown=found)


def with_strength(board: Conflict, gap: Mapping[str, float]) -> Conflict:
    """Return the conflict in which a difference of `gap` or more in a player's preference is a strong one.

    Raises BoardError for a gap that is not above zero, or where a player has none.

    >>> board = conflict([Choice("a", "strike")], {"a": Ranking((1, 2))})
    >>> with_strength(board, {"a": 2.0}).gap.tolist()
    [2.0]
    """
    for name in gap:
        board.player(name)
    lacking = [p for p in board.players if not gap.get(p, 0.0) > 0]
    if lacking:
        raise BoardError(f"'{lacking[0]}' has no gap above zero. Say from which difference on it is a strong one.")
    return replace(board, gap=np.array([gap[p] for p in board.players]))


def with_beliefs(board: Conflict, beliefs: Mapping[str, Mapping[str, Wish]]) -> Conflict:
    """Return the conflict in which players take others' preferences for what they may not be: {who: {whose: wish}}.

    Nobody is wrong about itself. What is not said is seen as it is.

    Raises BoardError for unknown names, draws, or somebody's belief about itself.

    >>> board = conflict([Choice("a", "strike")], {"a": Ranking((1, 2)), "b": Ranking((1, 2))})
    >>> with_beliefs(board, {"b": {"a": Ranking((2, 1))}}).believed.tolist()
    [[[1.0, 0.0], [1.0, 0.0]], [[0.0, 1.0], [1.0, 0.0]]]
    """
    if board.is_drawn:
        raise BoardError("Beliefs are about one case, and these preferences are drawn. Take one draw.")
    players = len(board.players)
    found = np.tile(board.preference, (players, 1, 1)).astype(np.float64)
    for who, others in beliefs.items():
        for whose, wish in others.items():
            if who == whose:
                raise BoardError(f"'{who}' has a belief about itself. Give its preference instead.")
            found[board.player(who), board.player(whose)] = worth(wish, board.states, whose)
    return replace(board, believed=found)


def seen_by(board: Conflict, player: int) -> Conflict:
    """Return the game that one player thinks it is in: only states that it sees, and others as it believes them.

    >>> board = conflict([Choice("a", "strike")], {"a": Ranking((1, 2)), "b": Ranking((1, 2))}, unseen={"b": [2]})
    >>> seen_by(board, 1).unseen.tolist()
    [[False, True], [False, True]]
    """
    unseen = None if board.unseen is None else np.tile(board.unseen[player], (len(board.players), 1))
    preference = board.preference if board.believed is None else board.believed[player]
    return replace(board, unseen=unseen, preference=preference, believed=None)


def _bare(at: States, wishes: Mapping[str, Wish]) -> Conflict:
    """Set states and preferences side by side; draws of one player are drawn for all."""
    if not wishes:
        raise BoardError("The conflict has no player. Give at least one, with its preference.")
    rows = [worth(wish, at, name) for name, wish in wishes.items()]
    lengths = {r.shape[:-1] for r in rows if r.ndim > 1}
    if len(lengths) > 1:
        raise BoardError("The players' preferences differ in their draws. Draw all of them the same number of times.")
    shape = (*next(iter(lengths), ()), len(at.codes))
    preference = np.stack([np.broadcast_to(r, shape) for r in rows], axis=-2)
    board = Conflict(players=tuple(wishes), states=at, preference=preference)
    paired = [(p, w) for p, w in enumerate(wishes.values()) if isinstance(w, Pairs)]
    if not paired:
        return board
    unknown = np.zeros((len(rows), len(at.codes), len(at.codes)), dtype=bool)
    for p, wish in paired:
        unknown[p] = _incomparable(wish, at, board.players[p])
    return replace(board, unknown=unknown)


def _incomparable(wish: Pairs, at: States, player: str) -> Bool[np.ndarray, "state state"]:
    better = beats(wish, at, player)
    same = np.eye(len(better), dtype=bool)
    # Equal states stand in the same pairs with all others, so that what follows from two equalities shows there.
    for a, b in wish.equal:
        both = same[at.index(a)] | same[at.index(b)]
        same[np.ix_(both, both)] = True
    found: Bool[np.ndarray, "state state"] = ~(better | better.T | same)
    return found


def _together(board: Conflict, who: Sequence[str], source: str, target: str) -> Joint:
    at = board.states
    starts = np.flatnonzero(matching(at, source))
    matching(at, target)
    code = at.codes[starts].copy()
    for c, sign in enumerate(target.strip().upper()):
        if sign != ANY:
            level = {"N": 0, "Y": 1}.get(sign, int(sign) if sign.isdigit() else 0)
            code += (level - at.level(c)[starts]) * at.places[c]
    ends = np.searchsorted(at.codes, code)
    there = (at.codes[np.minimum(ends, len(at.codes) - 1)] == code) & (ends != starts)
    players = tuple(sorted({board.player(p) for p in who}))
    if len(players) < 2 or not there.any():
        raise BoardError(
            f"The joint move of {', '.join(who)} from '{source}' to '{target}' is none. "
            "Name two players or more, and patterns between which feasible states lie."
        )
    return Joint(players, np.stack([starts[there], ends[there]], axis=1))


def _hidden(board: Conflict, unseen: Mapping[str, Sequence[Named]]) -> Bool[np.ndarray, "player state"]:
    found = np.zeros((len(board.players), board.count), dtype=bool)
    for name, named in unseen.items():
        p = board.player(name)
        for one in named:
            if isinstance(one, str):
                found[p] |= matching(board.states, one)
            else:
                found[p, board.states.index(one)] = True
    return found


def _named(wish: Wish) -> int:
    """Return the largest label a wish names, or how many states it rates."""
    if isinstance(wish, Utilities):
        return int(np.asarray(wish.by_state).shape[-1])
    labels: list[Named] = []
    if isinstance(wish, Pairs):
        labels = [s for pair in (*wish.better, *wish.equal) for s in pair]
    elif isinstance(wish, Ranking):
        labels = [s for g in wish.best_first for s in (g if isinstance(g, tuple) else (g,))]
    return max([n for n in labels if isinstance(n, int)], default=1)
