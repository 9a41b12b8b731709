r"""How many deals that both would gain by fail, when each side alone knows what one is worth to it?

    offer  b(v) = (v + k s_0) / (1 + k),              ask  s(c) = (c + (1 - k) b_1) / (2 - k)                       (1)
    s_0 = ((1 + k) c_0 + (1 - k) v_1) / 2,            b_1 = ((2 - k) v_1 + k c_0) / 2                               (2)

One asks for something worth v to it, from v_0 to v_1, the other grants it at a cost c, from c_0 to c_1, any value as
likely. Both name a price at once; where the offer is no less than the ask it is granted at k offer + (1 - k) ask.
(1) is the equilibrium in straight lines: each shades its price, and deals that bring less than the shading fail. With
both from 0 to 1 and k one half, what it is worth must exceed the cost by a quarter.

Source: Chatterjee and Samuelson (1983), "Bargaining under incomplete information", Operations Research 31(5); that with
k one half no other way of bargaining brings more when both lie from 0 to 1: Myerson and Satterthwaite (1983), Journal
of Economic Theory 29(2). It has many other equilibria; where (1) is none, because somebody would offer more than any
ask, there is no answer here.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.boards.haggle import Haggle
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError

_NODES, _WEIGHTS = np.array([-np.sqrt(0.6), 0.0, np.sqrt(0.6)]), np.array([5.0, 8.0, 5.0]) / 18
_TYPES = np.linspace(0, 1, 5)  # which of the values of a side the certificate looks at
_OTHERS = np.linspace(0, 1, 9)  # which prices it could name instead
CLOSE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleAuction:
    """What equation (1) leads to; NaN where it is no equilibrium.

    =============  ============  =================================================================
    linear         *draw         whether equation (1) is an equilibrium
    offer, ask     *draw, 2      a price is the first number plus the second times worth, or cost
    needed         *draw         how much more than the least cost it must be worth, for a deal
    struck         *draw         the probability of a deal
    worthwhile     *draw         the probability that both would gain by one at some price
    gain           *draw         what is gained on average, by both together
    possible       *draw         what would be if no worthwhile deal failed
    =============  ============  =================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    linear: Bool[np.ndarray, "*draw"]
    offer: Float[np.ndarray, "*draw 2"]
    ask: Float[np.ndarray, "*draw 2"]
    needed: Float[np.ndarray, "*draw"]
    struck: Float[np.ndarray, "*draw"]
    worthwhile: Float[np.ndarray, "*draw"]
    gain: Float[np.ndarray, "*draw"]
    possible: Float[np.ndarray, "*draw"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def double_auction(haggle: Haggle, *, split: float = 0.5) -> DoubleAuction:
    """Work out prices, and what of the possible gain they leave; `split` is the weight k of the offer in the price.

    Raises AnalysisError for a split outside 0 to 1.

    >>> from detente.boards.haggle import haggle
    >>> found = double_auction(haggle(("a", "b"), worth=(0, 1), cost=(0, 1)))
    >>> found.offer.round(4).tolist(), found.ask.round(4).tolist(), round(float(found.struck), 5)
    ([0.0833, 0.6667], [0.25, 0.6667], 0.28125)
    """
    if not 0 <= split <= 1:
        raise AnalysisError(f"A weight of {split:g} for the offer is not between 0 and 1. Give one that is.")
    k, low = split, haggle.cost_low
    lowest_ask = ((1 + k) * low + (1 - k) * haggle.worth_high) / 2
    highest_offer = ((2 - k) * haggle.worth_high + k * low) / 2
    offer = np.stack([k * lowest_ask / (1 + k), np.full(low.shape, 1 / (1 + k))], axis=-1)
    ask = np.stack([(1 - k) * highest_offer / (2 - k), np.full(low.shape, 1 / (2 - k))], axis=-1)
    linear = (highest_offer <= _price(ask, haggle.cost_high)) & (lowest_ask >= _price(offer, haggle.worth_low))
    # The highest cost at which a worth is met: where the ask is just the offer.
    met = np.stack([(offer[..., 0] - ask[..., 0]) / ask[..., 1], offer[..., 1] / ask[..., 1]], axis=-1)
    struck, gain = _over(met, haggle)
    worthwhile, possible = _over(np.stack([np.zeros(low.shape), np.ones(low.shape)], axis=-1), haggle)
    blank = np.where(linear, 0.0, np.nan)
    return DoubleAuction(
        table=haggle.table,
        parties=haggle.parties,
        issues=(),
        linear=np.asarray(linear),
        offer=offer + blank[..., None],
        ask=ask + blank[..., None],
        needed=np.asarray((low - met[..., 0]) / met[..., 1] - low + blank),
        struck=np.asarray(struck + blank),
        worthwhile=worthwhile,
        gain=np.asarray(gain + blank),
        possible=possible,
        method="linear-equilibrium",
        parameters={"split": split},
        certificate=_certificate(haggle, offer, ask, k=split, linear=np.asarray(linear)),
    )


def _price(line: np.ndarray, value: np.ndarray) -> np.ndarray:
    return np.asarray(line[..., 0] + line[..., 1] * value)


def _over(met: np.ndarray, haggle: Haggle) -> tuple[np.ndarray, np.ndarray]:
    """Return the probability and mean gain of deals at costs up to a line in the worth, piece by piece, exactly."""
    low, high, least, most = (haggle.worth_low, haggle.worth_high, haggle.cost_low, haggle.cost_high)
    turns = [np.clip((c - met[..., 0]) / met[..., 1], low, high) for c in (least, most)]
    ends = np.stack([low, *turns, high], axis=-1)
    width = np.diff(ends, axis=-1)[..., None]
    worth = (ends[..., :-1, None] + ends[..., 1:, None]) / 2 + width / 2 * _NODES
    share = width / (high - low)[..., None, None] * _WEIGHTS
    up_to = np.clip(_price(met[..., None, None, :], worth), least[..., None, None], most[..., None, None])
    below = (up_to - least[..., None, None]) / (most - least)[..., None, None]
    gained = below * (worth - (up_to + least[..., None, None]) / 2)
    return np.asarray((share * below).sum(axis=(-2, -1))), np.asarray((share * gained).sum(axis=(-2, -1)))


def _certificate(haggle: Haggle, offer: np.ndarray, ask: np.ndarray, *, k: float, linear: np.ndarray) -> Certificate:
    """Would anybody do better by naming another price, for some of the values it may have?"""
    worth, cost = (
        low[..., None] + (high - low)[..., None] * _TYPES
        for low, high in ((haggle.worth_low, haggle.worth_high), (haggle.cost_low, haggle.cost_high))
    )
    span = np.minimum(haggle.worth_low, haggle.cost_low), np.maximum(haggle.worth_high, haggle.cost_high)
    others = (span[0][..., None] + (span[1] - span[0])[..., None] * _OTHERS)[..., None, :]
    asks = _price(ask, haggle.cost_low), _price(ask, haggle.cost_high)
    offers = _price(offer, haggle.worth_low), _price(offer, haggle.worth_high)
    named, instead = (
        _gain_of_offer(price, worth[..., None], asks, k)
        for price in (_price(offer[..., None, :], worth)[..., None], others)
    )
    wanted, rather = (
        _gain_of_ask(price, cost[..., None], offers, k)
        for price in (_price(ask[..., None, :], cost)[..., None], others)
    )
    slack = CLOSE * (span[1] - span[0])[..., None, None]
    holds = ((named >= instead - slack) & (wanted >= rather - slack))[linear]
    return Certificate(claim="nobody-gains-by-another-price", checked=int(holds.size), holds=bool(holds.all()))


def _gain_of_offer(price: np.ndarray, worth: np.ndarray, asks: tuple[np.ndarray, np.ndarray], k: float) -> np.ndarray:
    """Return what an offer brings on average, asks lying anywhere between two ends."""
    low, high = (end[..., None, None] for end in asks)
    met = np.clip(price, low, high)
    return np.asarray((met - low) / (high - low) * (worth - k * price - (1 - k) * (low + met) / 2))


def _gain_of_ask(price: np.ndarray, cost: np.ndarray, offers: tuple[np.ndarray, np.ndarray], k: float) -> np.ndarray:
    low, high = (end[..., None, None] for end in offers)
    met = np.clip(price, low, high)
    return np.asarray((high - met) / (high - low) * (k * (met + high) / 2 + (1 - k) * price - cost))
