"""How soon did actors answer what set their crisis off, and how often with violence?

The counts stand in `responses.csv`, by day after the trigger. They are taken from ICB v14, actors: `MAJRES` is the main
response, `TRGRESRA` the days from the trigger to it, its own day counted as the first.
"""

import csv
from dataclasses import dataclass
from importlib.resources import files

from detente.outlook.classes.table import rates

ANSWER_DAYS = (7, 30, 90, 180, 365)
_WORDS = "actors in international crises"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How many actors of one class had answered so many days after the trigger: with violence, by military means.

    `undated` are left out of `n`, because the day of their trigger or answer is not known; `military` holds `violent`.
    """

    period: str
    condition: str
    words: str
    days: int
    violent: int
    military: int
    n: int
    undated: int

    @property
    def id(self) -> str:
        """The class, by one name."""
        return f"icb-actors/{self.period}/{self.condition}"


def responses() -> tuple[Response, ...]:
    """Return every count of answers by day that comes with the program.

    >>> [r.violent for r in responses() if r.id == "icb-actors/1946-2017/trigger-violent-act"], responses()[0].n
    ([128, 158, 175, 177, 177], 807)
    """
    words = {r.id: r.words for r in rates() if r.source.id == "icb-actors"}
    text = (files(__package__) / "responses.csv").read_text(encoding="utf-8")
    return tuple(
        Response(
            period=row["period"],
            condition=row["condition"],
            words=words.get(f"icb-actors/{row['period']}/{row['condition']}", f"{_WORDS} {row['period']}"),
            **{name: int(row[name]) for name in ("days", "violent", "military", "n", "undated")},
        )
        for row in csv.DictReader(text.splitlines())
    )
