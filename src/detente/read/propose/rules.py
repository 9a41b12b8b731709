"""How do words become numbers? One table, and every value names the row it came from.

An issue runs from 0, how things stand, to 100, all that is asked for. Text gives bands on that scale, never points,
except where a party says that nothing may move.

==================  ========  =================  ==================  ==================================================
rule                strength  position           red line            why
==================  ========  =================  ==================  ==================================================
demand-firm         3         75 to 100, 100     none                "must", "insists", "an end to"
demand              2         50 to 100, 75      none                "demands", "seeks", "presses for"
demand-soft         1         25 to 100, 50      none                "would like", "raises", "called for talks on"
condition           any       75 to 100, 100     at least 50         nothing else moves before this does
refusal             any       0                  at most 0           "refuses to discuss", "off the table"
topic-accepted      any       0                  none                agreeing to discuss X is not wanting X
offer               any       0                  none                what is offered is a price, not a wish
broader-agenda      any       0 to 100, 50       none                seeks "a broader deal" without naming the issue
addressee           -         0                  none                asked of it, and it has not answered
counterpart         -         25 to 100, 50      none                the other side's to give; how much is unsaid
==================  ========  =================  ==================  ==================================================

Salience is never in the text: it is assumed, 10 to 90, best 50 (rule `salience-unstated`). Hardness, the probability
that a red line is real, is assumed and swept from 0 to 1 (rule `hardness-swept`).
"""

from dataclasses import dataclass
from typing import Literal

from detente.situation.values import Basis, Range

Accepts = Literal["at_most", "at_least"]


@dataclass(frozen=True, slots=True)
class StanceRule:
    """One row of the table: the band of the position and, where there is one, the red line."""

    name: str
    position: tuple[float, float, float]
    red_line: tuple[float, Accepts] | None = None


STANCE_RULES = (
    StanceRule("demand-firm", (75, 100, 100)),
    StanceRule("demand", (50, 75, 100)),
    StanceRule("demand-soft", (25, 50, 100)),
    StanceRule("condition", (75, 100, 100), (50, "at_least")),
    StanceRule("refusal", (0, 0, 0), (0, "at_most")),
    StanceRule("topic-accepted", (0, 0, 0)),
    StanceRule("offer", (0, 0, 0)),
    StanceRule("broader-agenda", (0, 50, 100)),
    StanceRule("addressee", (0, 0, 0)),
    StanceRule("counterpart", (25, 50, 100)),
)
LANDMARKS = ((0.0, "as things stand"), (25.0, "a first step"), (50.0, "half-way"), (75.0, "most"), (100.0, "all asked"))
# Which of several statements by one party on one issue decides: the one that binds it most.
PRECEDENCE = ("refusal", "condition", "demand-firm", "demand", "demand-soft", "offer", "topic-accepted")


def rule_for(move: str | None, stance: str, strength: int) -> StanceRule | None:
    """Return the row that a stance falls under, or None where the words commit nobody to anything.

    >>> rule_for("demand", "for", 3).name
    'demand-firm'
    >>> rule_for("demand", "only-this", 3).name
    'topic-accepted'
    """
    if stance == "only-this" or move in ("accept", "open"):
        return named("topic-accepted")
    if move == "demand":
        return named(("demand-soft", "demand", "demand-firm")[strength - 1])
    return named({"refuse": "refusal", "offer": "offer", "condition": "condition"}.get(move or "", ""))


def named(name: str) -> StanceRule | None:
    """Return the row with this name."""
    return next((r for r in STANCE_RULES if r.name == name), None)


# Issues that are not bargained over but say how wide the agenda should be: a property of the table.
SCOPE = frozenset({"agenda-scope", "scope"})


def unstated_salience() -> Range:
    """How much an issue matters to a party that has not said so."""
    return Range(low=10, best=50, high=90, basis=Basis(kind="assumed", rule="salience-unstated"))


def swept_hardness() -> Range:
    """How real a red line is, which text cannot tell."""
    return Range(low=0, best=0.5, high=1, basis=Basis(kind="assumed", rule="hardness-swept"))


@dataclass(frozen=True, slots=True)
class ActionRule:
    """Words that name one kind of action outside the table."""

    action: str
    stems: tuple[str, ...]


ACTION_RULES = (
    ActionRule("strike", ("strike", "attack", "bomb", "hit ", "raid", "airstrike", "military action", "assault")),
    ActionRule("invade", ("invade", "invasion", "offensive", "incursion", "ground operation", "cross the border")),
    ActionRule("sanction", ("sanction", "tariff", "embargo", "duties", "penalt", "snapback", "economic pressure")),
    ActionRule("block", ("close the strait", "blockade", "block", "cut off", "shut ")),
    ActionRule("retaliate", ("retaliat", "respond", "response", "revenge", "target")),
    ActionRule("walk-out", ("walk away", "walk out", "leave the talks", "withdraw from the talks", "suspend")),
    ActionRule("fill", ("filling", "fill the")),
    ActionRule("enrich", ("enrich", "leave the npt", "withdraw from the npt")),
)


def action_named(words: str) -> str | None:
    """Return the kind of action that some words name.

    >>> action_named("if the army orders air strikes")
    'strike'
    """
    lowered = f" {words.lower()} "
    return next((r.action for r in ACTION_RULES if any(s in lowered for s in r.stems)), None)
