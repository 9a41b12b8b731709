"""Which of the moves of a situation fit on one board, and what keeps them from being made together?

At most MOST_MOVES, and no more states than can be listed in pairs. What is left out is what says least about the main
table: first acts of no known kind, then what passes between parties without a tie to it, then leaving the talks, denial
and pressure; among those of one kind the ones farthest from its parties, then what nobody named; last first. What is in
force today stays longest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.boards.outside.actions import Kind
from detente.boards.outside.roles import consenting, kind_at, tied
from detente.boards.states import Choice, states
from detente.errors import BoardError
from detente.situation.nouns import Move, Situation

MOST_MOVES = 12
_TIES = ("ally", "patron_proxy", "rivalry")
_WEIGHTY: tuple[Kind, ...] = ("force", "concession", "pressure", "denial", "rupture", "other")  # the last goes first


@dataclass(frozen=True, slots=True)
class Seated:
    """The moves on a board, the patterns of states that cannot be, and the moves that are left out, with why."""

    moves: tuple[Move, ...]
    infeasible: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def seated(situation: Situation, *, most_states: int) -> Seated:
    """Choose the moves of a board; what was read or entered stands first, then what is supplied.

    Raises BoardError where none is left, or no state is.

    >>> found = seated(Situation(title="t", moves=(Move(id="raid", by="a", action="strike"),)), most_states=8)
    >>> [m.id for m in found.moves], found.infeasible
    (['raid'], ())
    """
    alone = [m for m in situation.moves if m.alone]
    left_out = [(m.id, "it cannot be made alone") for m in situation.moves if not m.alone]
    kept = _waiting(alone, left_out)
    while len(kept) > MOST_MOVES:
        kept = _without_last(situation, kept, left_out)
    while len(kept) > 1 and _count(kept) > most_states:
        kept = _without_last(situation, kept, left_out)
    if not kept:
        raise BoardError(
            f"No move of '{situation.title}' can be made by one party alone: {', '.join(m for m, _ in left_out)}. "
            "Say 'alone: true' of one, or add a move."
        )
    # Of answers that do the same the first is told as the reason: what nobody named must not hide what somebody did.
    kept.sort(key=lambda m: m.basis.kind == "supplied")
    return Seated(tuple(kept), tuple(_infeasible(kept)), tuple(left_out))


def _without_last(situation: Situation, kept: Sequence[Move], left_out: list[tuple[str, str]]) -> list[Move]:
    at_table = consenting(situation)
    near = {*at_table, *(p for one in at_table for kind in _TIES for p in tied(situation, one, kind))}

    last = max(range(len(kept)), key=lambda k: (*_little(kept[k], kind_at(situation, kept[k]), at_table, near), k))
    left_out.append((kept[last].id, f"a board holds {MOST_MOVES} moves at most, and fewer where they make many states"))
    return _waiting([m for k, m in enumerate(kept) if k != last], left_out)


def _little(
    move: Move, kind: Kind, at_table: tuple[str, ...], near: set[str]
) -> tuple[bool, bool, bool, int, int, bool]:
    """How little does a move say about the main table? The greatest goes first."""
    between = [p for p in (move.by, move.against) if p is not None]
    away = sum(p not in at_table for p in between)
    far = not near.issuperset(between)
    return not move.in_force, kind == "other", far, _WEIGHTY.index(kind), away, move.basis.kind == "supplied"


def _waiting(kept: Sequence[Move], left_out: list[tuple[str, str]]) -> list[Move]:
    """Take out what waits for moves of which none is on the board."""
    left = list(kept)
    while True:
        names = {m.id for m in left}
        idle = [m for m in left if m.after and not names & set(m.after)]
        if not idle:
            return left
        left_out += [(m.id, "what it waits for is not on the board") for m in idle]
        left = [m for m in left if m not in idle]


def _count(moves: Sequence[Move]) -> int:
    choices = [Choice(m.by, m.id) for m in moves]
    return len(states(choices, infeasible=tuple(_infeasible(moves))).codes)


def _infeasible(moves: Sequence[Move]) -> Iterator[str]:
    """Yield the patterns of moves that exclude each other, and of a move without any of those it comes after."""
    names = [m.id for m in moves]
    for k, move in enumerate(moves):
        for other in (names.index(o) for o in move.excludes if o in names):
            yield _pattern(len(names), {k: "Y", other: "Y"})
        after = [names.index(a) for a in move.after if a in names]
        if after:
            yield _pattern(len(names), {k: "Y"} | dict.fromkeys(after, "N"))


def _pattern(size: int, signs: dict[int, str]) -> str:
    return "".join(signs.get(k, "-") for k in range(size))
