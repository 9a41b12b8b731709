"""What may stand in a published case, one form per kind of board?

Each form is a table of numbers with what its rows and columns are called; `read` says where a file differs from it.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from detente.formats.score_table import LARGEST, MAX_ISSUES, MAX_OPTIONS, MAX_PARTIES
from detente.situation.check.names import PATH_WORDS
from detente.situation.check.problem import listed, repeated
from detente.situation.values import Record, Slug, slug

BODY = "decision-body"
KINDS = "scorable, division, linked or positions"

Points = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Parties = Annotated[tuple[Slug, ...], Field(min_length=2, max_length=MAX_PARTIES)]
Levels = Annotated[tuple[Points, ...], Field(min_length=1, max_length=MAX_OPTIONS)]


class Scorable(Record):
    """A table of points with a threshold per party; with `vetoes`, all but one must accept, and these in any case.

    ==========  ======================  ======
    scores      issue: party x option   points
    threshold   party                   points
    ==========  ======================  ======
    """

    board: Literal["scorable"] = "scorable"
    source: str
    expect: dict[str, object] = Field(default_factory=dict)
    parties: Parties
    threshold: tuple[Points, ...]
    vetoes: tuple[Slug, ...] = ()
    scores: Annotated[dict[Slug, tuple[Levels, ...]], Field(min_length=1, max_length=MAX_ISSUES)]

    @model_validator(mode="after")
    def _fits(self) -> "Scorable":
        _apart((*self.parties, *self.scores))
        _as_many("threshold", self.threshold, self.parties)
        for issue, rows in self.scores.items():
            _as_many(f"scores.{issue}", rows, self.parties)
            if len({len(row) for row in rows}) > 1:
                raise ValueError(f"the rows of 'scores.{issue}' differ in length. Give every party's points per option")
        _known("vetoes", self.vetoes, self.parties)
        return self


class Division(Record):
    """Issues that one of two parties wins: per issue what winning it is worth to the first, and to the second."""

    board: Literal["division"] = "division"
    source: str
    expect: dict[str, object] = Field(default_factory=dict)
    parties: tuple[Slug, Slug]
    points: Annotated[dict[Slug, tuple[Points, Points]], Field(min_length=1, max_length=MAX_ISSUES)]

    @model_validator(mode="after")
    def _fits(self) -> "Division":
        _apart((*self.parties, *self.points))
        return self


class Asked(Record):
    """What a level agreed at another table asks of an issue at this one, by the names of the levels."""

    issue: Slug
    at: Slug
    of: Slug
    at_least: Slug | None = None
    at_most: Slug | None = None

    @model_validator(mode="after")
    def _one(self) -> "Asked":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a requirement asks for 'at_least' or 'at_most'. Give one of the two")
        return self


class Mandate(Record):
    """Which table binds this one, and how."""

    by: Slug
    requires: tuple[Asked, ...]


class LinkedTable(Record):
    """One of several tables: who bargains there and who is heard, the levels of each issue, and what they are worth.

    ==========  =====================  ======
    points      party: issue: level    points
    no_deal     party                  points
    ==========  =====================  ======
    """

    parties: Parties
    consulted: tuple[Slug, ...] = ()
    no_deal: dict[Slug, Points]
    issues: Annotated[dict[Slug, tuple[Slug, ...]], Field(min_length=1, max_length=MAX_ISSUES)]
    points: dict[Slug, dict[Slug, Levels]]
    mandate: Mandate | None = None

    @model_validator(mode="after")
    def _fits(self) -> "LinkedTable":
        present = {*self.parties, *self.consulted}
        for key, found in (("no_deal", self.no_deal), ("points", self.points)):
            if {*found} != present:
                raise ValueError(f"'{key}' must name {listed(sorted(present))}, all and nobody else. Correct it")
        for party, rows in self.points.items():
            if [*rows] != [*self.issues]:
                raise ValueError(f"'points.{party}' must have {listed(self.issues)}, in this order. Correct it")
            for issue, row in rows.items():
                _as_many(f"points.{party}.{issue}", row, self.issues[issue], "levels")
        return self


class Linked(Record):
    """Several tables, of which one may bind another by a mandate."""

    board: Literal["linked"] = "linked"
    source: str
    expect: dict[str, object] = Field(default_factory=dict)
    tables: Annotated[dict[Slug, LinkedTable], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits(self) -> "Linked":
        parties = dict.fromkeys(p for table in self.tables.values() for p in table.points)
        _apart((*parties, *self.tables, *(i for table in self.tables.values() for i in table.issues)))
        for name, table in self.tables.items():
            at = f"tables.{name}.mandate"
            _known(at, (table.mandate.by,) if table.mandate else (), self.tables)
            for row in table.mandate.requires if table.mandate else ():
                _known(at, (row.issue,), {i: 0 for other in self.tables.values() for i in other.issues})
                _known(at, (row.of,), table.issues)
                _known(at, (row.at,), self.levels(row.issue))
                _known(at, (row.at_least or row.at_most or "",), table.issues[row.of])
        return self

    def levels(self, issue: str) -> tuple[str, ...]:
        """Return the names of an issue's levels, whichever table it is bargained over at."""
        return next(table.issues[issue] for table in self.tables.values() if issue in table.issues)


class Placed(Record):
    """Where the members of one body stand on one issue, how much it matters to each, and what each weighs.

    ==========  =======  ==================
    at          party    in the issue's unit
    salience    party    0 to 100
    influence   party    any unit
    ==========  =======  ==================
    """

    board: Literal["positions"] = "positions"
    source: str
    expect: dict[str, object] = Field(default_factory=dict)
    issue: Slug
    unit: str | None = None
    scale: tuple[float, float]
    parties: Annotated[tuple[str, ...], Field(min_length=2, max_length=MAX_PARTIES)]
    at: tuple[float, ...]
    influence: tuple[float, ...]
    salience: tuple[float, ...]

    @model_validator(mode="after")
    def _fits(self) -> "Placed":
        _apart((*(slug(p) for p in self.parties), self.issue, BODY))
        for key, row in (("at", self.at), ("influence", self.influence), ("salience", self.salience)):
            _as_many(key, row, self.parties)
        return self


Published: TypeAlias = Annotated[Scorable | Division | Linked | Placed, Field(discriminator="board")]


def _apart(names: Iterable[str]) -> None:
    """Parties, issues and tables share one set of ids, because a path may begin with any of them."""
    every = [*names]
    if twice := repeated(every):
        raise ValueError(f"{listed(twice)} stands for more than one thing. Give each of them its own name")
    if words := sorted({*every} & {*PATH_WORDS, "table", ""}):
        raise ValueError(f"{listed(words)} cannot be a name here. Choose another one")


def _as_many(key: str, found: Sequence[object], parties: Sequence[str], of: str = "parties") -> None:
    if len(found) != len(parties):
        raise ValueError(f"'{key}' has {len(found)} entries for {len(parties)} {of}. Give one for each")


def _known(key: str, names: Iterable[str], known: Iterable[str]) -> None:
    here = [*known]
    if missing := [n for n in names if n not in here]:
        raise ValueError(f"{listed(missing)} in '{key}' is not one of {listed(here)}. Correct the name")
