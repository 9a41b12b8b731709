"""What is at stake when one party bargains at several tables at once: the surplus of every set of agreements?"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from detente.boards.linked import Tables
from detente.errors import BoardError
from detente.search.tables.foreseen import foreseen

SPOKES = 12  # agreements whose every combination is worked out


@dataclass(frozen=True, slots=True)
class Hub:
    """One party, its agreements with others, and the surplus of every set of agreements beside none at all.

    `surplus` is indexed by bit mask: bit i stands for the agreement with `spokes[i]`; the first one, no agreement, is
    nought.
    """

    party: str
    spokes: tuple[str, ...]
    surplus: tuple[Fraction, ...]


def hub(party: str, surplus: Mapping[tuple[str, ...], int | Fraction]) -> Hub:
    """Set out a hub from the surplus of every set of agreements that is not empty.

    Raises BoardError where a set is missing, given twice, or nothing can be agreed.

    >>> hub("h", {("a",): 6, ("b",): 4, ("a", "b"): 9}).surplus
    (Fraction(0, 1), Fraction(6, 1), Fraction(4, 1), Fraction(9, 1))
    """
    sets = [(frozenset(names), value) for names, value in surplus.items()]
    spokes = tuple(dict.fromkeys(name for names in surplus for name in sorted(names)))
    _few_enough(party, spokes)
    values: list[Fraction | None] = [Fraction(0), *[None] * ((1 << len(spokes)) - 1)]
    for names, value in sets:
        mask = sum(1 << spokes.index(name) for name in names)
        if mask and values[mask] is not None:
            raise BoardError(f"The surplus of {', '.join(sorted(names))} is given twice. Keep one of the two.")
        values[mask] = Fraction(value) if mask else Fraction(0)
    missing = [m for m, value in enumerate(values) if value is None]
    if missing:
        named = ", ".join(s for i, s in enumerate(spokes) if missing[0] >> i & 1)
        raise BoardError(f"The surplus of '{party}' agreeing with {named} is missing. Give one for every set.")
    return Hub(party, spokes, tuple(v for v in values if v is not None))


def hub_of(tables: Tables, party: str, *, rule: str = "nash", without: str = "status_quo") -> Hub:
    """Set out what a party's tables are worth together: each set of them open, the other ones closed.

    The surplus of a set is what all who consent at the party's tables gain in sum, in points, by what the linked tables
    then agree on, beside all the party's tables closed. Adding gains of different parties takes their scores to be in
    one unit.

    Raises BoardError where the party consents at no table, and for tables over draws.
    """
    if tables.draws:
        raise BoardError(f"What the tables of '{party}' are worth takes one case. Build the tables without draws.")
    own = [t for t, board in enumerate(tables.boards) if party in board.parties]
    spokes = tuple(tables.names[t] for t in own)
    if not own:
        raise BoardError(
            f"'{party}' consents at none of the tables {', '.join(tables.names)}, so it has nothing to bargain with. "
            "Name a party that does."
        )
    _few_enough(party, spokes)
    at = sorted({tables.people.index(p) for t in own for p in tables.boards[t].parties})
    values = []
    for mask in range(1 << len(own)):
        closed = [t for i, t in enumerate(own) if not mask >> i & 1]
        solved = foreseen(tables, rule=rule, without=without, closed=closed)
        values.append(Fraction(int(solved.sequel.value[0, at].sum()), 100))
    return Hub(party, spokes, tuple(v - values[0] for v in values))


def _few_enough(party: str, spokes: tuple[str, ...]) -> None:
    if not 1 <= len(spokes) <= SPOKES:
        raise BoardError(
            f"'{party}' has {len(spokes)} agreements to bargain over; from 1 to {SPOKES} can be worked out. "
            "Name fewer tables, or at least one."
        )
