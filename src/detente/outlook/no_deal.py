r"""What does each party have if the talks fail?

    d_i = sum over dyads, sum over ends o of pi(o) u_i(o)                                                        (1)

with pi the probabilities of the four ends of each dyad's crisis (see `detente.outlook.crises`) and u_i(o) what the
moves made in that end are worth to i, today counting 0: hold 0; concede the concession; back down the audience cost of
who does, and what the other gains by it; stand firm the challenge and all that answers it. Where a crisis has several
equilibria each gives a value: all of them are kept as `low` and `high`, and `mean` weighs them alike.

Source: the endogenous disagreement point of Nash (1953), Econometrica 21(1), with crisis bargaining in place of his
threats. That dyads add up, and that worlds and equilibria count alike, are conventions of ours. The values rest on
assumed worlds: they are a range to look at a deal from, not a forecast.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.boards.drawn import Draws
from detente.outlook.crises import Escalation, worth_of
from detente.situation.nouns import NoDeal, Situation, World
from detente.situation.values import Basis, Range

RULE = "no-deal-computed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDealValues:
    """What each party has without a deal, beside today, in points; equation (1).

    =========  ==================  ===========================================================
    mean       world, draw, party  over the equilibria of each crisis, each counting alike
    low, high  world, draw, party  at the equilibria that are worst and best for the party
    several    world, draw         some crisis has more than one equilibrium
    =========  ==================  ===========================================================

    NaN in draws that go against what parties are said to prefer.
    """

    parties: tuple[str, ...]
    worlds: tuple[World, ...]
    mean: Float[np.ndarray, "world draw party"]
    low: Float[np.ndarray, "world draw party"]
    high: Float[np.ndarray, "world draw party"]
    several: Bool[np.ndarray, "world draw"]

    def ranges(self) -> tuple[Range, ...]:
        """Return a range per party: the least and the most over worlds, draws and equilibria, and the mean."""
        basis = Basis(kind="supplied", rule=RULE)
        none = np.zeros((1, 1, len(self.parties)))
        low, mean, high = (v if self.worlds else none for v in (self.low, self.mean, self.high))
        ends = (np.nanmin(low, axis=(0, 1)), np.nanmean(mean, axis=(0, 1)), np.nanmax(high, axis=(0, 1)))
        rows = zip(*ends, strict=True)
        return tuple(Range(low=_tenth(a), best=_tenth(b), high=_tenth(c), basis=basis) for a, b, c in rows)


def no_deal_values(
    situation: Situation, crises: Sequence[Escalation], parties: Sequence[str], *, draws: Draws, count: int
) -> NoDealValues:
    """Price every end of every crisis for each of the parties, equation (1).

    `crises` hold each dyad in each world; `situation` is the drafted one they were set out from.

    >>> no_deal_values(Situation(title="t"), [], ["a"], draws={}, count=2).mean.shape
    (0, 2, 1)
    """
    worlds = tuple(dict.fromkeys(c.world for c in crises))
    shape = (len(worlds), count, len(parties))
    mean, low, high = np.zeros((3, *shape))
    several = np.zeros(shape[:2], dtype=bool)
    for one in crises:
        w = worlds.index(one.world)
        several[w] |= (one.found.count > 1) & one.kept
        for p, party in enumerate(parties):
            each = np.where(one.kept[:, None], _each(situation, one, party, draws, count), np.nan)
            counted = ~np.isnan(each)
            mean[w, :, p] += np.where(one.kept, np.nansum(each, axis=-1) / np.maximum(counted.sum(axis=-1), 1), np.nan)
            low[w, :, p] += np.where(one.kept, np.min(each, axis=-1, where=counted, initial=np.inf), np.nan)
            high[w, :, p] += np.where(one.kept, np.max(each, axis=-1, where=counted, initial=-np.inf), np.nan)
    return NoDealValues(parties=tuple(parties), worlds=worlds, mean=mean, low=low, high=high, several=several)


def with_no_deal_values(situation: Situation, table: str, values: NoDealValues) -> Situation:
    """Return the situation with these values in place of what parties have without a deal at a table.

    >>> from detente.situation.nouns import Table
    >>> talks = Table(id="talks", name="talks", consent=("a", "b"))
    >>> found = no_deal_values(Situation(title="t"), [], ["a"], draws={}, count=1)
    >>> with_no_deal_values(Situation(title="t", tables=(talks,)), "talks", found).table("talks").no_deal[0].value.best
    0.0
    """
    rows = tuple(
        NoDeal(party=party, value=value, basis=value.basis)
        for party, value in zip(values.parties, values.ranges(), strict=True)
    )
    kept = (t.model_copy(update={"no_deal": rows}) if t.id == table else t for t in situation.tables)
    return situation.model_copy(update={"tables": tuple(kept)})


def _each(
    situation: Situation, one: Escalation, party: str, draws: Draws, count: int
) -> Float[np.ndarray, "draw equilibrium"]:
    """What a party has at each equilibrium, NaN beyond the last of a draw; a draw without any holds."""
    ends = np.stack([np.broadcast_to(v, (count,)) for v in _ends(situation, one, party, draws)], axis=-1)
    each: Float[np.ndarray, "draw equilibrium"] = np.einsum("deo,do->de", one.found.outcome, ends)
    none = np.isnan(each).all(axis=-1)
    each[none, 0] = 0.0
    return each


def _ends(situation: Situation, one: Escalation, party: str, draws: Draws) -> Iterator[Float[np.ndarray, "*draw"]]:
    """Yield what hold, concede, back down and stand firm are worth to a party, in that order."""
    dyad = one.dyad
    yield np.zeros(())
    yield worth_of(situation, one.world, party, [dyad.concede] if dyad.concede else [], draws=draws)
    both = (dyad.challenger, dyad.target)
    yield one.payoff[:, 2, both.index(party)] if party in both else np.zeros(())
    yield worth_of(situation, one.world, party, [dyad.challenge, *one.answers], draws=draws)


def _tenth(value: float) -> float:
    """Round to a tenth of a point: no more is meant."""
    return round(float(value), 1)
