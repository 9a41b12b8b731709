"""What is a course: what happens at the table and outside it, round by round, draw by draw, in every named world?

A round is one round of talks, or the time that one would take; it has no date, and none can be read from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.crisis import OUTCOMES
from detente.boards.outside.dyads import Dyad
from detente.situation.nouns import World

TABLE_STATES = ("none", "talks", "partial", "full", "collapsed")
FORCE_STATES = ("none", "limited", "war")
ENDS = OUTCOMES  # of a crisis: status quo, concession, back down, war (here: the challenge is carried out)
ROUNDS = 12
MOST_SEATS = 12  # at a table of more, who blocks is not told
IMPASSE = -1  # in `mode`: no agenda is agreed on
NONE, TALKS, PARTIAL, FULL, COLLAPSED = range(5)
CALM, LIMITED, WAR = range(3)
HOLD, CONCEDE, BACK_DOWN, CARRIED_OUT = range(4)
SETTLED_BY = ("nothing", "agreement", "concession")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The names of the axes, the same in every chunk.

    ========  =============================================================================================
    parties   whose consent the table needs; bit k of `Courses.blocked_by` is `parties[k]`
    voices    the parties, then who has a stake without a seat: the axis of `Courses.gain`
    issues    of the table; `levels` are those of each issue, in its unit
    modes     agendas that were looked at, the table's own first: what `Courses.mode` counts
    dyads     who could challenge whom; `forceful` says whether by force, else it is by pressure
    deadline  the deadline at this table, and who set it; None where there is none, or nobody says
    ========  =============================================================================================

    `no_deal` says what parties have without a deal: "computed" from the crises, world by world, "entered" or
    "status-quo". `left_out` are sentences on what the situation says and the courses do not use.
    """

    table: str
    parties: tuple[str, ...]
    voices: tuple[str, ...]
    issues: tuple[str, ...]
    levels: tuple[Float[np.ndarray, " _option"], ...]
    status_quo: tuple[int, ...]
    modes: tuple[str, ...]
    worlds: tuple[World, ...]
    dyads: tuple[Dyad, ...]
    forceful: tuple[bool, ...]
    proposer: str
    deadline: str | None
    deadline_by: str | None
    rounds: int
    no_deal: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Courses:
    """The courses of one chunk of draws, or of some of its draws.

    ===========  ======================  ==================================================================
    number       draw                    the draw's number among all, from 0
    kept         world draw              the draw agrees with what parties are said to prefer; others count nowhere
    table        world draw round        state of the table after the round, an index of TABLE_STATES
    force        world draw round        state of force after the round, an index of FORCE_STATES
    end          world draw round dyad   how the dyad's crisis ended in the round, an index of ENDS; -1: there was none
    incident     draw round              an incident that nobody decided on
    tension      world draw round        after the round, 0 and more
    initiator    world draw              index of the dyad that used force first; -1: nobody did
    settled_by   world draw round        what the settlement in force rests on, an index of SETTLED_BY
    proposed     world draw mode         agendas in the order put forward, indices of `Setting.modes`; -1: no more; all
                                         but the last were refused, and the last too where `mode` is -1
    mode         world draw              agenda agreed on, an index of `Setting.modes`; -1: none
    package      world draw issue        option indices of the deal on that agenda; -1: there is none
    gain         world draw voice        what it gains, beyond no deal, basis points, own scores alone; 0: no package
    blocked_by   world draw              where no agenda is agreed on: bit mask of the parties each of which alone could
                                         open a deal on the last one put forward, by setting its red lines and its
                                         no-deal value aside
    clock        world draw              rounds of talks the package takes, deadlines aside; infinite: never
    yields       world draw              index of the party that gives way then; -1: nobody
    deadline_in  draw                    round of the deadline, from 1; 0: there is none
    equilibria   world draw dyad         how many equilibria the dyad's crisis has; one of them is drawn
    chances      world draw dyad end     probabilities of the four ends at the one drawn, before any threat is dropped
    ===========  ======================  ==================================================================
    """

    setting: Setting
    number: Int[np.ndarray, " draw"]
    kept: Bool[np.ndarray, "world draw"]
    table: Int[np.ndarray, "world draw round"]
    force: Int[np.ndarray, "world draw round"]
    end: Int[np.ndarray, "world draw round dyad"]
    incident: Bool[np.ndarray, "draw round"]
    tension: Float[np.ndarray, "world draw round"]
    initiator: Int[np.ndarray, "world draw"]
    settled_by: Int[np.ndarray, "world draw round"]
    proposed: Int[np.ndarray, "world draw mode"]
    mode: Int[np.ndarray, "world draw"]
    package: Int[np.ndarray, "world draw issue"]
    gain: Int[np.ndarray, "world draw voice"]
    blocked_by: Int[np.ndarray, "world draw"]
    clock: Float[np.ndarray, "world draw"]
    yields: Int[np.ndarray, "world draw"]
    deadline_in: Int[np.ndarray, " draw"]
    equilibria: Int[np.ndarray, "world draw dyad"]
    chances: Float[np.ndarray, "world draw dyad end"]

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(self.number)

    def columns(self) -> dict[str, np.ndarray]:
        """Return every array with the draws first, by name."""
        return {name: np.moveaxis(getattr(self, name), axis, 0) for name, axis in _AXES}


def of_columns(setting: Setting, columns: Mapping[str, np.ndarray]) -> Courses:
    """Put courses together from arrays with the draws first, by name."""
    arrays: dict[str, Any] = {name: np.moveaxis(columns[name], 0, axis) for name, axis in _AXES}
    return Courses(setting=setting, **arrays)


_BY_DRAW = ("number", "incident", "deadline_in")  # no axis for worlds
_AXES = tuple((f.name, 0 if f.name in _BY_DRAW else 1) for f in fields(Courses) if f.name != "setting")
