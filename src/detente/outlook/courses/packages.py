"""Which deal does each agenda come to in every draw, how far could each side get, and who stands in the way?

The deal is that of the Nash product over mandates (see `detente.outlook.courses.weighed`), at equal bargaining weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from jaxtyping import Bool, Int

from detente.boards import Deals, with_modes
from detente.outlook.agendas import Plan
from detente.search.packages.consent import ratifiers
from detente.search.packages.undominated import Best, best
from detente.search.packages.worth import in_draws


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The deal of every agenda at every floor: at what the mandates have without a deal, world by world.

    =======  ======================  ==============================================================
    found    mode world draw         there is one
    chosen   mode world draw issue   option indices; the status quo where there is none
    gains    mode world draw party   what the mandates gain, basis points; 0 where there is none
    reach    mode world draw party   the most they could gain in a deal; 0 where there is none
    =======  ======================  ==============================================================
    """

    found: Bool[np.ndarray, "mode world draw"]
    chosen: Int[np.ndarray, "mode world draw issue"]
    gains: Int[np.ndarray, "mode world draw party"]
    reach: Int[np.ndarray, "mode world draw party"]


def package_stage(mandates: Sequence[Deals], plans: Sequence[Plan]) -> Found:
    """Find the deal of the Nash product on every agenda, draw by draw; `mandates` hold those of each world.

    The worlds differ in what everybody has without a deal, and in nothing else.

    Raises AnalysisError where an agenda has more packages than are enumerated.
    """
    seen = [_best([with_modes(one, plan.modes) for one in mandates]) for plan in plans]
    return Found(
        found=np.stack([one.found for one in seen]),
        chosen=np.stack([one.chosen for one in seen]),
        gains=np.stack([one.gains for one in seen]),
        reach=np.stack([one.reach for one in seen]),
    )


def blocking(mandates: Sequence[Deals], plan: Plan, rows: Int[np.ndarray, " row"]) -> Int[np.ndarray, "world row"]:
    """Return as a bit mask who alone could open a deal by setting its red lines and its no-deal value aside."""
    asked = [in_draws(with_modes(one, plan.modes), rows) for one in mandates]
    found = np.zeros((len(asked), rows.size), dtype=np.int64)
    for p in range(len(asked[0].parties)):
        willing = [_willing(one, p) for one in asked]
        found |= _best(willing).found.astype(np.int64) << p
    return found


def _willing(asked: Deals, party: int) -> Deals:
    """Set a party's red lines and no-deal value aside."""
    no_deal = asked.no_deal.copy()
    most = sum(np.abs(score[:, party]).max(initial=0) for score in asked.score)
    no_deal[:, party] = -most - asked.listing_cost[:, party].sum(axis=-1) - 1  # below any worth
    return replace(asked, admits=tuple(_without_lines(admits, party) for admits in asked.admits), no_deal=no_deal)


def _best(asked: list[Deals]) -> Best:
    if not ratifiers(asked[0]):
        return best(asked[0], np.stack([one.floor() for one in asked]))
    each = [best(one, one.floor()[None]) for one in asked]  # what ratifiers have without a deal differs, too
    arrays = {f.name: np.concatenate([getattr(one, f.name) for one in each]) for f in fields(Best)}
    return Best(**arrays)


def _without_lines(
    admits: Bool[np.ndarray, "draw party _option"], party: int
) -> Bool[np.ndarray, "draw party _option"]:
    changed = admits.copy()
    changed[:, party] = True
    return changed
