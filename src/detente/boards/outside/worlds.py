"""What is a move taken to be worth, to whom, in each of three worlds, where nobody says it?

Drift: things go on as they are, and force and pressure cost those who use them. Squeeze: pressure pays, force does not.
Force: force pays those who use it, unless it is answered. A row gives least, best guess and most, in points: 100 is a
full-scale move on an issue of salience 100. Nothing of it is measured; the ranges are wide, and each row is a rule that
the brief names. `docs/rules.md` shows the table.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.situation.nouns import World

Act: TypeAlias = Literal["force", "answer", "front", "pressure", "kept-up", "rupture", "denial", "other"]
Role: TypeAlias = Literal["maker", "target", "ally", "side", "table"]
Corners: TypeAlias = tuple[float, float, float]

WORLDS: tuple[World, ...] = ("drift", "squeeze", "force")


@dataclass(frozen=True, slots=True)
class Assumed:
    """What an act is worth to whoever has a role in it: per world least, best guess and most, in points.

    Roles are the maker, the target, an ally of the maker, the target's side (its allies, patrons and proxies), and the
    others whose consent the main table needs.
    """

    act: Act
    role: Role
    rule: str
    drift: Corners
    squeeze: Corners
    force: Corners

    def corners(self, world: World) -> Corners:
        """What it is in one world."""
        return {"drift": self.drift, "squeeze": self.squeeze, "force": self.force}[world]


def _alike(act: Act, role: Role, rule: str, corners: Corners) -> Assumed:
    return Assumed(act, role, rule, corners, corners, corners)


TABLE: tuple[Assumed, ...] = (
    Assumed("force", "maker", "force-to-maker", (-60, -25, -5), (-60, -20, 0), (0, 20, 60)),
    _alike("force", "target", "force-to-target", (-100, -50, -15)),
    Assumed("force", "ally", "force-to-ally", (-20, -5, 5), (-10, 0, 10), (0, 10, 30)),
    _alike("force", "side", "force-to-other-side", (-40, -15, 0)),
    Assumed("answer", "maker", "answer-to-maker", (-20, 0, 20), (-10, 10, 30), (0, 15, 40)),
    _alike("answer", "target", "force-to-target", (-100, -50, -15)),
    Assumed("answer", "ally", "force-to-ally", (-20, -5, 5), (-10, 0, 10), (0, 10, 30)),
    _alike("answer", "side", "force-to-other-side", (-40, -15, 0)),
    Assumed("front", "maker", "front-to-maker", (-40, -10, 10), (-40, -5, 15), (-20, 5, 30)),
    _alike("front", "target", "front-to-target", (-60, -25, -5)),
    _alike("front", "side", "front-to-other-side", (-20, -5, 0)),
    Assumed("pressure", "maker", "pressure-to-maker", (-10, -2, 2), (0, 8, 25), (-5, 2, 10)),
    Assumed("kept-up", "maker", "pressure-kept-up", (0, 1, 5), (0, 8, 25), (0, 2, 10)),
    _alike("kept-up", "target", "pressure-to-target", (-40, -15, -3)),
    _alike("pressure", "target", "pressure-to-target", (-40, -15, -3)),
    _alike("rupture", "maker", "rupture-to-maker", (-25, -8, 5)),
    _alike("rupture", "table", "rupture-to-others", (-25, -8, 5)),
    _alike("denial", "maker", "denial-to-maker", (-10, 0, 10)),
    _alike("denial", "target", "denial-to-target", (-20, -8, 0)),
    _alike("other", "maker", "other-to-maker", (-10, 0, 10)),
    _alike("other", "target", "other-to-target", (-15, -5, 0)),
)
# A party that says it would rather have a move undone, or done, is taken to lose or gain by it.
STATED: Corners = (0, 20, 60)
# What is said of two states together with 'strongly' is this much, what is indifferent no more than that, in points.
STRONGLY = 25.0
INDIFFERENT = 5.0


def assumed(act: Act, role: Role) -> Assumed | None:
    """Return what an act is taken to be worth to a role in it; None where it has no part in it.

    >>> assumed("force", "target").force
    (-100, -50, -15)
    """
    return next((row for row in TABLE if (row.act, row.role) == (act, role)), None)
