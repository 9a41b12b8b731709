"""Who has how many votes in a body, how many does it take, and who can say no alone?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from detente.errors import BoardError

MOST_MEMBERS = 60
MOST_VOTES = 100_000


@dataclass(frozen=True, slots=True)
class Assembly:
    """A body that decides by votes: a proposal passes with `quota` votes and without the no of who is in `must`.

    =======  ======  ============================================
    votes    party   whole numbers, 0 or more
    quota    -       how many votes it takes, 1 or more
    must     -       parties without which nothing passes
    =======  ======  ============================================
    """

    table: str
    parties: tuple[str, ...]
    votes: tuple[int, ...]
    quota: int
    must: tuple[str, ...]


def assembly(votes: Mapping[str, int], quota: int, *, must: Collection[str] = (), table: str = "assembly") -> Assembly:
    """Set out a body by the votes of its members.

    Raises BoardError for votes below 0 or beyond the limits, a quota that nobody or everybody meets, or a veto of
    somebody who is not there.

    >>> assembly({"a": 4, "b": 2, "c": 1}, 5).votes
    (4, 2, 1)
    """
    if not 1 <= len(votes) <= MOST_MEMBERS or min(votes.values()) < 0 or sum(votes.values()) > MOST_VOTES:
        raise BoardError(
            f"The votes of '{table}' cannot be counted: it has {len(votes)} members with {sum(votes.values())} votes. "
            f"Give 1 to {MOST_MEMBERS} members 0 or more votes, {MOST_VOTES:,} together at the most."
        )
    if not 1 <= quota <= sum(votes.values()):
        raise BoardError(f"{quota} votes pass nothing or everything in '{table}'. Give 1 to {sum(votes.values())}.")
    strangers = [name for name in must if name not in votes]
    if strangers:
        raise BoardError(f"'{strangers[0]}' must agree in '{table}' and is no member of it. Give it votes, 0 or more.")
    return Assembly(table, tuple(votes), tuple(votes.values()), quota, tuple(n for n in votes if n in must))
