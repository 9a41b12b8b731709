"""Which numbers of the courses stand in no text, how far is each swept, and why so far?

One table, `TABLE`. Every row is drawn as an input of its own, under the path `outlook.NAME`; a row of each party under
`outlook.NAME.PARTY`, a row of each dyad under `outlook.NAME.CHALLENGER.TARGET`. A path can be held to a range of its
own; `outlook.NAME` then holds for all parties or dyads that have none. `docs/outlook.md` shows the table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.errors import UsageError
from detente.situation.values import Basis, Range

Of: TypeAlias = Literal["all", "party", "dyad"]
Held: TypeAlias = Mapping[str, Range]
AREA = "outlook"


@dataclass(frozen=True, slots=True)
class Assumed:
    """One assumed number: least, best guess and most, what it may be at all, whose it is, and why it is swept so far.

    `limits` are the least and the most that make sense; the rule of `name` says what it is.
    """

    name: str
    low: float
    best: float
    high: float
    limits: tuple[float, float]
    of: Of
    why: str

    @property
    def rule(self) -> str:
        """The rule by which a value is put there."""
        return f"{AREA}-{self.name}"

    @property
    def path(self) -> str:
        """The path under which it is held for everybody."""
        return f"{AREA}.{self.name}"

    def range(self) -> Range:
        """Return what is assumed where nobody says otherwise."""
        return Range(low=self.low, best=self.best, high=self.high, basis=Basis(kind="assumed", rule=self.rule))


_SHARE = (0.0, 1.0)
TABLE: tuple[Assumed, ...] = (
    Assumed(
        "agenda-precision", 0.02, 0.1, 0.4, (0.0, 10.0), "all",
        "per point of gain: at 10 points more, one agenda is put forward 1.2 to 55 times as often as another",
    ),
    Assumed(
        "insistence", 0.0, 0.3, 0.8, _SHARE, "all",
        "from a bargaining chip that is dropped at the first refusal to a demand that is hardly ever dropped",
    ),
    Assumed(
        "impatience", 0.01, 0.05, 0.15, (1e-3, 5.0), "party",
        "a round of waiting costs 1 to 15 hundredths of the stake: no text tells more than who is in a hurry",
    ),
    Assumed(
        "stubbornness", 0.01, 0.05, 0.2, (1e-4, 0.99), "party",
        "the share of negotiators that never yield: the range usual in models of reputation",
    ),
    Assumed(
        "deadline-round", 3.0, 8.0, 12.0, (1.0, 12.0), "all",
        "rounds have no dates, so that a deadline that the situation names may fall in almost any of them",
    ),
    Assumed(
        "deadline-push", 1.0, 2.0, 5.0, (1.0, 100.0), "all",
        "bargains pile up at deadlines in experiments and in the field; how much differs widely",
    ),
    Assumed(
        "walk-out", 0.05, 0.15, 0.4, _SHARE, "all",
        "talks that lead nowhere break off after 2 to 20 rounds",
    ),
    Assumed(
        "resumption", 0.1, 0.3, 0.6, _SHARE, "all",
        "talks that broke off come back after 2 to 10 rounds, where nothing else intervenes",
    ),
    Assumed(
        "occasion", 0.03, 0.1, 0.25, _SHARE, "dyad",
        "without tension a crisis comes to a head in 1 of 4 to 1 of 33 rounds",
    ),
    Assumed(
        "incident", 0.1, 0.3, 0.6, _SHARE, "all",
        "a clash, a seizure or a shooting that nobody decided on, in 1 of 2 to 1 of 10 rounds",
    ),
    Assumed(
        "incident-weight", 0.1, 0.25, 0.6, (0.0, 10.0), "all",
        "one incident, or the break-off of talks, makes crises come to a head 1.1 to 1.6 times as often a round later",
    ),
    Assumed(
        "strike-weight", 0.5, 1.0, 2.0, (0.0, 10.0), "all",
        "a challenge that is carried out counts for more than an incident: up to some ten of them",
    ),
    Assumed(
        "memory", 0.5, 0.7, 0.9, (0.0, 0.999), "all",
        "tension keeps half to nine tenths of itself from round to round, as weekly series of conflict do",
    ),
    Assumed(
        "relief", 0.1, 0.3, 0.8, (0.0, 10.0), "all",
        "a concession or a settlement takes as much off the tension as one incident, or a few, put on it",
    ),
    Assumed(
        "lost-credibility", 0.0, 0.5, 1.5, (0.0, 20.0), "all",
        "whether a threat that was dropped makes the next one less likely is disputed: from not at all on",
    ),
    Assumed(
        "answered-to-war", 0.01, 0.05, 0.2, _SHARE, "all",
        "40 of 800 militarised disputes in which both sides used or showed force, 1946 to 2010, became wars",
    ),
    Assumed(
        "rupture", 0.3, 0.6, 0.95, _SHARE, "all",
        "talks have gone on under fire, and mostly have not",
    ),
    Assumed(
        "deal-broken", 0.1, 0.4, 0.8, _SHARE, "all",
        "an agreement may outlive a strike on one of its parties; few cases, so almost anything",
    ),
    Assumed(
        "calm", 0.2, 0.5, 0.9, _SHARE, "all",
        "limited strikes end after one to five rounds",
    ),
    Assumed(
        "war-ends", 0.02, 0.1, 0.3, _SHARE, "all",
        "wars outlast rounds of talks: they end after three to fifty of them",
    ),
)  # fmt: skip


def named(name: str) -> Assumed:
    """Return one row.

    Raises UsageError where there is none of that name.

    >>> named("rupture").best
    0.6
    """
    found = next((row for row in TABLE if row.name == name), None)
    if found is None:
        raise UsageError(f"'{name}' is nothing the outlook assumes. It assumes: {', '.join(r.name for r in TABLE)}.")
    return found


def ranges(held: Held, *, parties: Sequence[str] = (), dyads: Sequence[tuple[str, str]] = ()) -> dict[str, Range]:
    """Return every path that is drawn, with what is assumed or held there.

    Raises UsageError for a path that is not one of the outlook's, and for a range beyond what makes sense.

    >>> ranges({}, parties=("a", "b"))["outlook.impatience.b"].high
    0.15
    """
    found = {path: held.get(path, held.get(row.path, row.range())) for row, path in _paths(parties, dyads)}
    known = {*found, *(row.path for row in TABLE)}
    strange = [path for path in held if path not in known]
    if strange:
        raise UsageError(
            f"'{strange[0]}' is nothing the outlook assumes. It assumes: {', '.join(sorted(known))}. "
            "Name one of these, or an input of the situation."
        )
    for row, path in _paths(parties, dyads):
        least, most = row.limits
        if not least <= found[path].low <= found[path].high <= most:
            raise UsageError(
                f"'{path}' cannot run from {found[path].low:g} to {found[path].high:g}. "
                f"Give a range within {least:g} and {most:g}."
            )
    return found


def _paths(parties: Sequence[str], dyads: Sequence[tuple[str, str]]) -> Iterator[tuple[Assumed, str]]:
    for row in TABLE:
        if row.of == "party":
            yield from ((row, f"{row.path}.{party}") for party in parties)
        elif row.of == "dyad":
            yield from ((row, f"{row.path}.{one}.{other}") for one, other in dyads)
        else:
            yield row, row.path
