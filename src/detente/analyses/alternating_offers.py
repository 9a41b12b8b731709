r"""How is something divided between two sides that take turns with offers and differ in how long they can wait?

    x = (1 - d_2) / (1 - d_1 d_2)              the first side's share when it makes the first offer                  (1)
    w = log d_2 / (log d_1 + log d_2)          its share as rounds grow short                                        (2)
    n = min(max(w, m_1), 1 - m_2)              with least shares that bind; none where m_1 + m_2 > 1                 (3)
    x_T:  y_T = 1,  y_t = 1 - d_j y_{t+1}      if talks end for good after round T, j the one who answers in t       (4)

d is what a share is worth one round later. Whoever is more patient gets more; who makes the first offer gains by it,
and the less the shorter a round is. In (3) a side's hands are tied by those who ratify for it: with
all known that helps it, until it helps it to no deal at all (Schelling's conjecture).

Source: Rubinstein (1982), "Perfect equilibrium in a bargaining model", Econometrica 50(1); Binmore, Rubinstein and
Wolinsky (1986), RAND Journal of Economics 17(2), for (2); Stahl (1972) for (4); Schelling (1960), The Strategy of
Conflict, and Tarar (2001), Journal of Conflict Resolution 45(3), for (3). Least shares in (3) bind as constraints, they
do not move the point from which gains count. Discount rates are not known from text: sweep them.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.boards.patience import Patience
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError

MOST_ROUNDS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternatingOffers:
    """Both sides' shares under the four readings; NaN where there is no deal.

    ==========  ============  ===============================================================
    share       *draw party   equation (1): the first side makes the first offer
    turned      *draw party   the same if the second does
    short       *draw party   equation (2)
    tied        *draw party   equation (3)
    deal        *draw         whether the least shares leave a deal
    helped      *draw party   what a side's own least share brings it in (3), next to (2)
    last_round  *draw party   equation (4); NaN where no last round is given
    ==========  ============  ===============================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    share: Float[np.ndarray, "*draw party"]
    turned: Float[np.ndarray, "*draw party"]
    short: Float[np.ndarray, "*draw party"]
    tied: Float[np.ndarray, "*draw party"]
    deal: Bool[np.ndarray, "*draw"]
    helped: Float[np.ndarray, "*draw party"]
    last_round: Float[np.ndarray, "*draw party"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def alternating_offers(patience: Patience, *, rounds: int | None = None) -> AlternatingOffers:
    """Divide the whole under each of the four readings; `rounds` is the last round of (4), the first one being 1.

    Raises AnalysisError for a number of rounds below 1 or above 100 000.

    >>> from detente.boards.patience import patience
    >>> found = alternating_offers(patience(("a", "b"), discount=(0.95, 0.9)), rounds=1)
    >>> found.share.round(4).tolist(), found.last_round.tolist()
    ([0.6897, 0.3103], [1.0, 0.0])
    """
    if rounds is not None and not 1 <= rounds <= MOST_ROUNDS:
        raise AnalysisError(f"Talks cannot end after round {rounds}. Give a round from 1 to {MOST_ROUNDS}, or none.")
    d, least = patience.discount, patience.least
    first, second = np.asarray(d[..., 0]), np.asarray(d[..., 1])
    share = _pair(np.asarray((1 - second) / (1 - first * second)))
    turned = _pair(np.asarray(1 - (1 - first) / (1 - first * second)))
    short = _short(first, second)
    deal = least.sum(axis=-1) <= 1
    held = np.asarray(np.minimum(np.maximum(short[..., 0], least[..., 0]), 1 - least[..., 1]))
    tied = np.where(deal[..., None], _pair(held), np.nan)
    return AlternatingOffers(
        table=patience.table,
        parties=patience.parties,
        issues=(),
        share=share,
        turned=turned,
        short=short,
        tied=tied,
        deal=np.asarray(deal),
        helped=np.asarray(tied - short),
        last_round=_last_round(first, second, rounds),
        method="closed-form",
        parameters={"rounds": 0 if rounds is None else rounds},
        certificate=_certificate(first, second, share, turned),
    )


def _pair(first: np.ndarray) -> np.ndarray:
    return np.stack([first, 1 - first], axis=-1)


def _short(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return equation (2); a side that has nothing of what comes later gets nothing, and both alike halve."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(second) / np.log(first)
        found = np.where(first == second, 0.5, np.where(first == 0, 0.0, ratio / (1 + ratio)))
    return _pair(np.where((second == 0) & (first > 0), 1.0, found))


def _last_round(first: np.ndarray, second: np.ndarray, rounds: int | None) -> np.ndarray:
    """Work back from the last round; odd rounds are the first side's to offer."""
    if rounds is None:
        return np.full((*first.shape, 2), np.nan)
    offers = np.ones(first.shape)
    for t in range(rounds - 1, 0, -1):
        offers = np.asarray(1 - (second if t % 2 else first) * offers)
    return _pair(offers)


def _certificate(first: np.ndarray, second: np.ndarray, share: np.ndarray, turned: np.ndarray) -> Certificate:
    """Is each side, when it answers, just as well off by waiting to make its own offer?"""
    answered = np.allclose(share[..., 1], second * turned[..., 1], rtol=0, atol=1e-12)
    other = np.allclose(turned[..., 0], first * share[..., 0], rtol=0, atol=1e-12)
    return Certificate(claim="who-answers-is-indifferent", checked=2 * first.size, holds=bool(answered and other))
