"""Which combinations of what the players can do make up the states of a conflict, and how is one named?

A state gives every choice a level. Its code counts the first choice fastest, so that with choices of two levels bit k
of the code says whether choice k is taken. A pattern has one sign per choice: `Y` taken, `N` not taken, a digit for a
level, `-` for any.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Int

from detente.errors import BoardError

Direction: TypeAlias = Literal["both", "up", "down"]
MOST_CHOICES = 24
MOST_STATES = 2**24
MOST_LEVELS = 10  # one sign of a pattern each
ANY = "-"
_SIGNS = {"N": 0, "Y": 1, **{str(d): d for d in range(MOST_LEVELS)}}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that one player decides: whether, or how far.

    `direction` "up" cannot be taken back once taken, "down" cannot be taken up again once dropped.
    """

    owner: str
    label: str
    levels: tuple[str, ...] = ("no", "yes")
    direction: Direction = "both"


@dataclass(frozen=True, slots=True)
class States:
    """The states that can be, by ascending code.

    =====  =======  ==============================================
    codes  (state)  code of every feasible state, first choice fastest
    =====  =======  ==============================================
    """

    choices: tuple[Choice, ...]
    codes: Int[np.ndarray, " state"]

    @property
    def places(self) -> tuple[int, ...]:
        """What one level of each choice adds to a code."""
        return places(self.choices)

    @property
    def size(self) -> int:
        """How many combinations there are, feasible or not."""
        return total(self.choices)

    def level(self, choice: int) -> Int[np.ndarray, " state"]:
        """The level of one choice in every state."""
        return (self.codes // self.places[choice]) % len(self.choices[choice].levels)

    def pattern(self, state: int) -> str:
        """Write one state, a sign per choice."""
        code, signs = int(self.codes[state]), []
        for choice in self.choices:
            code, level = divmod(code, len(choice.levels))
            signs.append("NY"[level] if len(choice.levels) == 2 else str(level))
        return "".join(signs)

    def index(self, named: int | str) -> int:
        """Find a state by its label, which counts feasible states from 1, or by its pattern.

        Raises BoardError for a label or a pattern that names none, or several.

        >>> both = states([Choice("a", "strike"), Choice("b", "yield")], infeasible=["YY"])
        >>> both.index(3), both.index("NY"), both.pattern(2)
        (2, 2, 'NY')
        """
        count = len(self.codes)
        if isinstance(named, str):
            found = np.flatnonzero(matching(self, named))
            if len(found) != 1:
                what = "no feasible state" if not len(found) else f"{len(found)} states"
                raise BoardError(f"The pattern '{named}' fits {what}. Name one feasible state, a sign per choice.")
            return int(found[0])
        if not 1 <= named <= count:
            raise BoardError(f"There is no state {named}: the feasible states are numbered from 1 to {count}.")
        return named - 1


def states(choices: Sequence[Choice], *, infeasible: Sequence[str] = ()) -> States:
    """Count up the combinations of levels that no infeasible pattern excludes.

    Raises BoardError where nothing is left, where there are more choices or combinations than the limit, or for a
    pattern that does not fit the choices.

    >>> states([Choice("a", "strike"), Choice("b", "yield")], infeasible=["YY"]).codes.tolist()
    [0, 1, 2]
    """
    faults = list(_faults(choices))
    if faults:
        raise BoardError(" ".join(faults))
    every = States(tuple(choices), np.arange(total(choices), dtype=np.int64))
    keep = np.ones(every.size, dtype=bool)
    for pattern in infeasible:
        keep &= ~matching(every, pattern)
    if not keep.any():
        raise BoardError(
            f"No state is feasible: the {len(infeasible)} infeasible patterns exclude all {every.size} combinations. "
            "Take out at least one pattern."
        )
    return States(tuple(choices), every.codes[keep])


def places(choices: Sequence[Choice]) -> tuple[int, ...]:
    """Return what one level of each choice adds to a code."""
    found, place = [], 1
    for choice in choices:
        found.append(place)
        place *= len(choice.levels)
    return tuple(found)


def total(choices: Sequence[Choice]) -> int:
    """Return how many combinations of levels there are."""
    size = 1
    for choice in choices:
        size *= len(choice.levels)
    return size


def _faults(choices: Sequence[Choice]) -> Iterator[str]:
    if len(choices) > MOST_CHOICES or total(choices) > MOST_STATES:
        yield (
            f"The conflict has {len(choices)} choices and {total(choices):,} combinations; the limits are "
            f"{MOST_CHOICES} and {MOST_STATES:,}. Leave out choices that decide little, or join some into one of "
            "several levels."
        )
    names = [(c.owner, c.label) for c in choices]
    for owner, label in sorted({n for n in names if names.count(n) > 1}):
        yield f"'{owner}' has two choices called '{label}'. Give each a name of its own."
    for choice in choices:
        if not 2 <= len(choice.levels) <= MOST_LEVELS:
            yield f"The choice '{choice.label}' of '{choice.owner}' has {len(choice.levels)} levels. Give it 2 to 10."
        if choice.direction not in ("both", "up", "down"):
            yield f"'{choice.direction}' is no direction of '{choice.label}'. Choose 'both', 'up' or 'down'."


def matching(at: States, pattern: str) -> Bool[np.ndarray, " state"]:
    """Mark the states that a pattern fits.

    Raises BoardError for a pattern of another length, or with a sign that a choice does not have.

    >>> matching(states([Choice("a", "strike"), Choice("b", "yield")]), "-Y").tolist()
    [False, False, True, True]
    """
    signs = pattern.strip().upper()
    if len(signs) != len(at.choices):
        raise BoardError(
            f"The pattern '{pattern}' has {len(signs)} signs, and there are {len(at.choices)} choices. "
            "Give one of Y, N, a digit or - for each."
        )
    fits = np.ones(len(at.codes), dtype=bool)
    for c, sign in enumerate(signs):
        if sign == ANY:
            continue
        choice = at.choices[c]
        if sign not in _SIGNS or _SIGNS[sign] >= len(choice.levels):
            raise BoardError(
                f"The pattern '{pattern}' has '{sign}' for '{choice.label}' of '{choice.owner}', which has "
                f"{len(choice.levels)} levels counted from 0. Use Y, N, a level's number or -."
            )
        fits &= at.level(c) == _SIGNS[sign]
    return fits
