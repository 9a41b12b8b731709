"""What does every file of a conflict come down to: a board, what it is called, and where it stands today?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from detente.boards.conflict import Conflict
from detente.boards.states import States
from detente.boards.wishes import Named, Pairs, Ranking, Wish
from detente.errors import FormatError
from detente.formats.score_table import shown

MOST_CONDITIONS = 1_000  # patterns and statements of one kind; each is held against every state
MOST_NAME = 200  # characters of a name


@dataclass(frozen=True, slots=True)
class Model:
    """A conflict that was read, its title, and what the file holds that a conflict does not.

    `today` is the state in force today, counted from 0; None where the file does not say. `source` is what the file
    says of where it comes from.
    """

    title: str
    conflict: Conflict
    remarks: tuple[str, ...]
    today: int | None = None
    source: str | None = None


def named(text: str) -> Named:
    """Return a state as it is named in a file: digits alone are its number, all else its pattern.

    >>> named("12"), named("NY-")
    (12, 'NY-')
    """
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= 9 else text


def chained(chains: Sequence[Sequence[Sequence[Named]]], at: States) -> Wish:
    """Return the preference that chains of states say, best first; those of one group are equally good.

    One chain that names every state is a ranking; else what does not follow from the chains is not known.

    >>> from detente.boards.states import Choice, states
    >>> chained([[[2], [1]]], states([Choice("a", "strike")]))
    Ranking(best_first=((2,), (1,)))
    """
    if len(chains) == 1 and sum(len(group) for group in chains[0]) >= len(at.codes):
        return Ranking(tuple(tuple(group) for group in chains[0]))
    better = tuple((a[0], b[0]) for chain in chains for a, b in pairwise(chain))
    equal = tuple((group[0], other) for chain in chains for group in chain for other in group[1:])
    return Pairs(better, equal)


def limited(name: str, what: str, count: int) -> None:
    """Refuse more patterns or statements of one kind than are gone through.

    Raises FormatError.
    """
    if count > MOST_CONDITIONS:
        raise FormatError(
            f"'{shown(name)}' has {count:,} {what}, and at most {MOST_CONDITIONS:,} are read. Join some of them."
        )
