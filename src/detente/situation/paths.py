"""Which inputs does a situation have, and by which path is each addressed?

==================================  =====================================================
path                                input
==================================  =====================================================
`iran.missiles.position`            what a party wants on an issue
`iran.missiles.salience`            how much the issue matters to it, 0 to 100
`iran.missiles.red_line`            the level it says it will not pass
`iran.missiles.hardness`            the probability that it means it, 0 to 1
`missiles.status_quo`               where the issue stands today
`iran.influence`                    weight of a party; also `iran.muscat.influence`, `iran.missiles.influence`
`iran.missiles.score.25`            explicit score of the level 25
`iran.missiles.25.with.cap.0`       what the level 25 and the level 0 of the issue `cap` are worth together
`muscat.missiles.listing_cost.iran` what merely listing an issue costs a party
`muscat.no_deal.iran`               what a party has without a deal
`iran.us-strike.effect`             what a move is worth to a party; also `iran.us-strike.with.iran-yield.effect`,
                                    and in one world alone `iran.us-strike.effect.force`
`lobby-1.weight`                    weight of a tie
`threat-1.cost`, `.credibility`     cost and credibility of a threat or commitment; `.audience_cost` of letting it drop
==================================  =====================================================
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from detente.errors import SituationError
from detente.situation.nouns import Effect, Influence, Interaction, Score, Situation, Stance, Table
from detente.situation.values import Range, Record


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a situation: its path and what is known about it."""

    path: str
    value: Range


def inputs(situation: Situation) -> tuple[Input, ...]:
    """List every input of a situation, in the order of the file.

    >>> inputs(Situation(title="Empty"))
    ()
    """
    return tuple(Input(path, value) for path, value in _walk(situation))


def value_at(situation: Situation, path: str) -> Range:
    """Return the input at a path.

    Raises SituationError where there is none, naming the nearest paths.
    """
    found = {i.path: i.value for i in inputs(situation)}
    if path not in found:
        raise SituationError(_unknown(path, list(found)))
    return found[path]


def with_value(situation: Situation, path: str, value: Range) -> Situation:
    """Return the situation with one input replaced; everything else is untouched.

    Raises SituationError where the path is not one of the situation's inputs.
    """
    value_at(situation, path)

    return _mapped(situation, lambda at, old: value if at == path else old)


def at_values(situation: Situation, values: Mapping[str, float]) -> Situation:
    """Return the situation with inputs held to points; the ones that `values` does not name keep their ranges."""
    ends = ("low", "best", "high")
    return _mapped(
        situation, lambda at, old: old.model_copy(update=dict.fromkeys(ends, values[at])) if at in values else old
    )


def _unknown(path: str, known: list[str]) -> str:
    first = path.split(".")[0]
    near = [k for k in known if k.split(".")[0] == first] or known
    listed = ", ".join(near[:6]) + (", ..." if len(near) > 6 else "")
    return f"'{path}' is not an input of this situation. Inputs near it: {listed or 'none; the situation is empty'}."


def _walk(situation: Situation) -> Iterator[tuple[str, Range]]:
    seen: list[tuple[str, Range]] = []
    _mapped(situation, partial(_noted, seen))
    yield from seen


def _noted(seen: list[tuple[str, Range]], path: str, value: Range) -> Range:
    seen.append((path, value))
    return value


Swap = Callable[[str, Range], Range]


def _mapped(situation: Situation, swap: Swap) -> Situation:
    """Pass every range of a situation through `swap`, with its path; the one place that knows where ranges live."""
    return situation.model_copy(
        update={
            "issues": tuple(_with(i, status_quo=swap(f"{i.id}.status_quo", i.status_quo)) for i in situation.issues),
            "stances": tuple(_stance(s, swap) for s in situation.stances),
            "influence": tuple(_with(w, weight=swap(influence_path(w), w.weight)) for w in situation.influence),
            "scores": tuple(_with(s, value=swap(score_path(s), s.value)) for s in situation.scores),
            "interactions": tuple(_with(v, value=swap(together_path(v), v.value)) for v in situation.interactions),
            "tables": tuple(_table(t, swap) for t in situation.tables),
            "effects": tuple(_with(e, value=swap(effect_path(e), e.value)) for e in situation.effects),
            "ties": tuple(_optional(t, t.id, ("weight",), swap) for t in situation.ties),
            "threats": tuple(
                _optional(t, t.id, ("cost", "audience_cost", "credibility"), swap) for t in situation.threats
            ),
        }
    )


def influence_path(row: Influence) -> str:
    """Return the path of a weight: overall, at a table, or on an issue."""
    return ".".join(p for p in (row.party, row.table, row.issue, "influence") if p)


def score_path(row: Score) -> str:
    """Return the path of an explicit score."""
    return f"{row.party}.{row.issue}.score.{row.at:g}"


def together_path(row: Interaction) -> str:
    """Return the path of what two levels are worth together."""
    return f"{row.party}.{row.issue}.{row.at:g}.with.{row.other}.{row.other_at:g}"


def effect_path(row: Effect) -> str:
    """Return the path of what a move is worth to a party."""
    together = f".with.{row.given}" if row.given else ""
    return f"{row.party}.{row.move}{together}.effect" + (f".{row.world}" if row.world else "")


def _with(record: Any, **update: object) -> Any:
    return record.model_copy(update=update)


def _stance(stance: Stance, swap: Swap) -> Stance:
    at = f"{stance.party}.{stance.issue}"
    update: dict[str, object] = {
        "position": swap(f"{at}.position", stance.position),
        "salience": swap(f"{at}.salience", stance.salience),
    }
    if stance.red_line is not None:
        line = stance.red_line
        moved = {"at": swap(f"{at}.red_line", line.at), "hardness": swap(f"{at}.hardness", line.hardness)}
        update["red_line"] = line.model_copy(update=moved)
    return stance.model_copy(update=update)


def _table(table: Table, swap: Swap) -> Table:
    costs = tuple(
        _with(c, cost=swap(f"{table.id}.{c.issue}.listing_cost.{c.party}", c.cost)) for c in table.listing_costs
    )
    no_deal = tuple(_with(n, value=swap(f"{table.id}.no_deal.{n.party}", n.value)) for n in table.no_deal)
    return table.model_copy(update={"listing_costs": costs, "no_deal": no_deal})


def _optional(record: Record, at: str, fields: tuple[str, ...], swap: Swap) -> Any:
    found = {f: getattr(record, f) for f in fields}
    return record.model_copy(update={f: swap(f"{at}.{f}", r) for f, r in found.items() if r is not None})
