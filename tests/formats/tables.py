"""Random tables of scores, and what two tables must share to be the same negotiation."""

import itertools
from typing import Any

from hypothesis import strategies as st

from detente.formats import Matter, ScoreTable, situation_of, tabled
from detente.situation.nouns import Situation

# Names as people and programs write them: quotes, separators, formula signs, other scripts.
LETTERS = st.sampled_from(list("abcXYZ019 '\"=+-@;,.:&<>/\\#%()éß№ИرΩ漢"))
NAMES = (
    st.text(LETTERS, min_size=1, max_size=12)
    .map(lambda t: " ".join(t.split()))
    .filter(lambda t: t.strip() and t.casefold() not in {"threshold", "veto", "weight", "rule", "status quo"})
)
POINTS = st.integers(-20_000, 20_000).map(lambda n: n / 100)


def distinct(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(NAMES, min_size=least, max_size=most, unique_by=str.casefold)


# What a table is made of. It is built outside the strategy, because the check of types picks items at random.
Parts = dict[str, Any]


@st.composite
def tables(draw: st.DrawFn, *, ruled: bool = True) -> Parts:
    """A table as `tabled` makes them: what stands today, where it is an option, is worth nothing."""
    parties = draw(distinct(2, 4))
    matters = []
    for name in draw(distinct(1, 4)):
        options = draw(distinct(1, 4))
        rows = [tuple(draw(POINTS) for _ in parties) for _ in options]
        today = draw(st.none() | st.integers(0, len(options) - 1))
        if today is not None:
            rows[today] = (0.0,) * len(parties)
        matters.append({"name": name, "options": tuple(options), "worth": tuple(rows), "today": today})
    rule = draw(st.sampled_from(["unanimity", "majority", "weighted", "quorum"])) if ruled else "unanimity"
    return {
        "title": draw(NAMES),
        "parties": tuple(parties),
        "matters": matters,
        "threshold": draw(st.none() | st.tuples(*[POINTS for _ in parties])),
        "rule": rule,
        "quorum": draw(st.integers(1, len(parties))) if rule == "quorum" else None,
        "vetoes": tuple(sorted(draw(st.sets(st.integers(0, len(parties) - 1))))) if ruled else (),
        "weights": tuple(float(draw(st.integers(1, 9))) for _ in parties) if rule == "weighted" else None,
    }


def built(parts: Parts) -> ScoreTable:
    return ScoreTable(**{**parts, "matters": tuple(Matter(**m) for m in parts["matters"])})


def again(situation: Situation) -> ScoreTable:
    return tabled(situation, "table").table


def through(table: ScoreTable) -> ScoreTable:
    """The table as it comes out of the situation it makes."""
    return again(situation_of(table))


def totals(table: ScoreTable) -> list[tuple[float, ...]]:
    """What every package is worth beyond the threshold, per party."""
    need = table.threshold or (0.0,) * len(table.parties)
    return [
        tuple(sum(row[k] for row in chosen) - need[k] for k in range(len(table.parties)))
        for chosen in itertools.product(*(m.worth for m in table.matters))
    ]
