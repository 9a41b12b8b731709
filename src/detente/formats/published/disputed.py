"""What may stand in a conflict that is written as YAML, and which board does it make?

A state is named by its number among the feasible ones, counted from 1, or by its pattern, one sign per choice; digits
alone are a number.
"""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from detente.boards.conflict import conflict
from detente.boards.states import MOST_LEVELS, Choice, Direction, states
from detente.boards.wishes import Named, Statements, Wish
from detente.formats.conflict_model import MOST_CONDITIONS, MOST_NAME, Model, chained, named
from detente.formats.score_table import MAX_PARTIES
from detente.situation.check.problem import listed
from detente.situation.values import Record

Name = Annotated[str, StringConstraints(min_length=1, max_length=MOST_NAME, strip_whitespace=True)]
Group = Name | tuple[Name, ...]
Patterns = Annotated[tuple[Name, ...], Field(max_length=MOST_CONDITIONS)]


class Chosen(Record):
    """One thing that one player decides; "up" is not taken back, "down" is not taken up again."""

    owner: Name
    label: Name
    levels: Annotated[tuple[Name, ...], Field(min_length=2, max_length=MOST_LEVELS)] = ("no", "yes")
    direction: Direction = "both"


class Disputed(Record):
    """A conflict: who decides what, what excludes what, and what each prefers.

    ===========  ============================================================================================
    preferences  player: states best first, those of an inner list equally good
    pairs        player: chains of states best first; what does not follow from them is not known
    statements   player: statements in order of weight, of those in an inner list one must hold
    unseen       player: states that it does not see
    today        the state in force today
    ===========  ============================================================================================
    """

    board: Literal["conflict"] = "conflict"
    title: Name | None = None
    source: str | None = None
    expect: dict[str, object] = Field(default_factory=dict)
    choices: tuple[Chosen, ...]
    infeasible: Patterns = ()
    preferences: dict[Name, tuple[Group, ...]] = Field(default_factory=dict)
    pairs: dict[Name, Annotated[tuple[tuple[Group, ...], ...], Field(max_length=MOST_CONDITIONS)]] = Field(
        default_factory=dict
    )
    statements: dict[Name, Annotated[tuple[Group, ...], Field(max_length=MOST_CONDITIONS)]] = Field(
        default_factory=dict
    )
    unseen: dict[Name, Patterns] = Field(default_factory=dict)
    today: Name | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Disputed":
        if not self.choices:
            raise ValueError("'choices' is empty. Say who decides what")
        players = {*self.preferences, *self.pairs, *self.statements}
        silent = sorted({c.owner for c in self.choices} - players)
        if silent:
            raise ValueError(f"nothing says what {listed(silent)} prefers. Give its states best first in 'preferences'")
        twice = sorted({*self.preferences} & {*self.pairs})
        if twice:
            raise ValueError(f"{listed(twice)} has both 'preferences' and 'pairs'. Keep one of them")
        if len(players) > MAX_PARTIES:
            raise ValueError(f"there are {len(players)} players, and at most {MAX_PARTIES} are read. Leave some out")
        return self


def model_of(case: Disputed, *, title: str) -> Model:
    """Return the conflict of a case; a ranking counts before statements that say the same.

    Raises BoardError where it is none.

    >>> case = Disputed(choices=[{"owner": "a", "label": "strike"}], pairs={"a": [["Y", "N"]]}, today="1")
    >>> model_of(case, title="A").conflict.preference.tolist()
    [[0, 1]]
    """
    choices = [Choice(c.owner, c.label, c.levels, c.direction) for c in case.choices]
    at = states(choices, infeasible=case.infeasible)
    wishes: dict[str, Wish] = {p: chained([_groups(said)], at) for p, said in case.preferences.items()}
    wishes |= {p: chained([_groups(c) for c in chains], at) for p, chains in case.pairs.items()}
    wishes |= {p: Statements(said) for p, said in case.statements.items() if p not in wishes}
    unseen = {p: [named(s) for s in said] for p, said in case.unseen.items()}
    return Model(
        title=case.title or title,
        conflict=conflict(choices, wishes, infeasible=case.infeasible, unseen=unseen),
        remarks=(),
        today=None if case.today is None else at.index(named(case.today)),
        source=None if case.source is None else " ".join(case.source.split()),
    )


def _groups(said: Sequence[str | tuple[str, ...]]) -> list[list[Named]]:
    return [[named(s) for s in (group if isinstance(group, tuple) else (group,))] for group in said]
