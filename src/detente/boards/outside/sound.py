"""Do moves, effects and preferences hold together well enough to be laid out as a conflict?"""

from collections.abc import Iterator

from detente.errors import BoardError
from detente.situation.check import outside
from detente.situation.check.problem import listed
from detente.situation.nouns import Situation

_TOLD = 3


def sound(situation: Situation) -> None:
    """Raise BoardError where they do not, saying what and how it is cured.

    >>> from detente.situation.nouns import Move
    >>> sound(Situation(title="t", moves=(Move(id="raid", by="a", action="strike"),)))
    """
    if not situation.moves:
        raise BoardError(
            f"Nothing in '{situation.title}' says what anybody could do without a deal. Add a threat, a move, or talks "
            "that a party could walk out of."
        )
    faults = list(_faults(situation))
    if faults:
        more = f" There are {len(faults) - _TOLD} more." if len(faults) > _TOLD else ""
        raise BoardError(" ".join(faults[:_TOLD]) + more)


def _faults(situation: Situation) -> Iterator[str]:
    names = [m.id for m in situation.moves]
    for twice in dict.fromkeys(n for n in names if names.count(n) > 1):
        yield f"Two moves have the id '{twice}'. Rename one of them."
    for where, used in _names(situation):
        unknown = [u for u in used if u not in names]
        if unknown:
            yield f"{where} {listed(unknown)}, which the situation has no move for. Add it, or correct the name."
    for check in (outside.moves, outside.states, outside.preferences):
        yield from (f"{p.path}: {p.message} {p.cure}" for p in check(situation) if p.severity == "fault")


def _names(situation: Situation) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield where moves are named, and which."""
    for move in situation.moves:
        yield f"'{move.id}' excludes", move.excludes
        yield f"'{move.id}' comes after", move.after
    for effect in situation.effects:
        yield f"An effect on '{effect.party}' is of", tuple(n for n in (effect.move, effect.given) if n is not None)
    for wish in situation.preferences:
        yield f"A preference of '{wish.party}' is about", (*wish.prefers, *wish.over)
