"""How do words become numbers? One table, and every value names the row it came from.

An issue runs from 0, how things stand, to 100, all that is asked for. Text gives bands on that scale, never points,
except where a party says that nothing may move.

==================  ========  =================  ==================  ==================================================
rule                strength  position           red line            why
==================  ========  =================  ==================  ==================================================
demand-firm         3         75 to 100, 100     none                "must", "insists", "an end to"
demand              2         50 to 100, 75      none                "demands", "seeks", "presses for"
demand-soft         1         25 to 100, 50      none                "would like", "raises", "called for talks on"
demand-to-stop      any       50 to 100, 75      none                "rejects", "condemns" what another does
condition           any       75 to 100, 100     at least 50         nothing else moves before this does
refusal             any       0                  at most 0           "refuses to discuss", "off the table"
offer               any       0                  none                what is offered is a price, not a wish
acceptance          any       0 to 100, 50       none                goes along; as a wish or as a price is unsaid
topic-accepted      any       0                  none                agreeing to discuss X is not wanting X
broader-agenda      any       0 to 100, 50       none                seeks "a broader deal" without naming the issue
addressee           -         0                  none                asked of it, and it has not answered
counterpart         -         25 to 100, 50      none                the other side's to give; how much is unsaid
unstated            -         0 to 100, 50       none                named in the text; no word of it on this is read
==================  ========  =================  ==================  ==================================================

Salience is never in the text: it is assumed, 10 to 90, best 50 (rule `salience-unstated`). Hardness, the probability
that a red line is real, is assumed and swept from 0 to 1 (rule `hardness-swept`). Every other rule of a draft stands in
`detente.situation.rules` with its meaning. `docs/rules.md` shows both tables.
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
    StanceRule("demand-to-stop", (50, 75, 100)),
    StanceRule("condition", (75, 100, 100), (50, "at_least")),
    StanceRule("refusal", (0, 0, 0), (0, "at_most")),
    StanceRule("offer", (0, 0, 0)),
    StanceRule("acceptance", (0, 50, 100)),
    StanceRule("topic-accepted", (0, 0, 0)),
    StanceRule("broader-agenda", (0, 50, 100)),
    StanceRule("addressee", (0, 0, 0)),
    StanceRule("counterpart", (25, 50, 100)),
    StanceRule("unstated", (0, 50, 100)),
)
LANDMARKS = ((0.0, "as things stand"), (25.0, "a first step"), (50.0, "half-way"), (75.0, "most"), (100.0, "all asked"))
# Which of several statements by one party on one issue decides: the one that binds it most.
PRECEDENCE = (
    *("refusal", "condition", "demand-firm", "demand", "demand-to-stop", "demand-soft"),
    *("offer", "acceptance", "topic-accepted"),
)


# Every other rule that a draft may name, in the order in which a reader meets them.
def rule_for(move: str | None, stance: str, strength: int, on: str = "inclusion") -> StanceRule | None:
    """Return the row that a stance falls under, or None where the words commit nobody to anything.

    >>> rule_for("demand", "for", 3).name
    'demand-firm'
    >>> rule_for("demand", "only-this", 3).name
    'topic-accepted'
    >>> rule_for("accept", "for", 1, "substance").name
    'acceptance'
    """
    if stance == "only-this" or move == "open":
        return named("topic-accepted")
    if move == "accept":
        return named("acceptance" if on == "substance" else "topic-accepted")
    if move == "demand":
        return named(("demand-soft", "demand", "demand-firm")[strength - 1])
    return named({"refuse": "refusal", "offer": "offer", "condition": "condition"}.get(move or "", ""))


def named(name: str) -> StanceRule | None:
    """Return the row with this name."""
    return next((r for r in STANCE_RULES if r.name == name), None)


def row(name: str) -> StanceRule:
    """Return the row with a name that is known to stand in the table."""
    return {r.name: r for r in STANCE_RULES}[name]


# Issues that are not bargained over but say how wide the agenda should be: a property of the table.
SCOPE = frozenset({"agenda-scope", "scope"})


def unstated_salience() -> Range:
    """How much an issue matters to a party that has not said so."""
    return Range(low=10, best=50, high=90, basis=Basis(kind="assumed", rule="salience-unstated"))


def swept_hardness() -> Range:
    """How real a red line is, which text cannot tell."""
    return Range(low=0, best=0.5, high=1, basis=Basis(kind="assumed", rule="hardness-swept"))


def swept_weight() -> Range:
    """How much an ally's wish weighs, which text cannot tell."""
    return Range(low=0, best=0.5, high=1, basis=Basis(kind="assumed", rule="ally-weight-swept"))
