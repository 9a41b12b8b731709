r"""How far does one incident lead to the next, and how much tension is left of those that were?

    rate(t) = mu + alpha sum_{t_i < t} exp(-beta (t - t_i))                                                         (1)
    log L = sum_i log rate(t_i) - mu T - alpha/beta sum_i (1 - exp(-beta (T - t_i)))                                (2)
    A_i = exp(-beta (t_i - t_{i-1})) (1 + A_{i-1}),    rate(t_i) = mu + alpha A_i                                   (3)
    n = alpha / beta,    mean rate  mu / (1 - n)  where n < 1                                                       (4)
    tension(t) = sum_{t_i <= t} w_i exp(-beta (t - t_i))                                                            (5)

mu is the background, alpha the jump, beta the decay; n is how many one incident leads to at once, its own not counted.
Beside (2) stands the log likelihood of the same number of events coming at any time, each by itself: the difference
says what excitation explains. From n = 1 on incidents never die down.

Source: Hawkes (1971), "Spectra of some self-exciting and mutually exciting point processes", Biometrika 58(1); (3):
Ogata (1981), IEEE Transactions on Information Theory 27(1). Few incidents tell little of alpha and beta: sweep them.
What is not reported did not happen here, and reports come in clusters of their own.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.occurrences import Occurrences
from detente.boards.results import Certificate, Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Excitation:
    """Equations (1) to (5).

    ==============  ============  =======================================================================
    log_likelihood  *draw         equation (2)
    alone           -             the same if events come at an even rate, the one that fits best
    rate            *draw event   equation (3): the rate just before each event
    rate_now        *draw         the rate at the end of the span
    led_to          *draw         the share of events that others led to
    branching       *draw         n of equation (4)
    mean_rate       *draw         equation (4); NaN where events never die down
    tension         *draw event   equation (5) at each event, its own weight counted
    tension_now     *draw         at the end of the span
    ==============  ============  =======================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    log_likelihood: Float[np.ndarray, "*draw"]
    alone: float
    rate: Float[np.ndarray, "*draw event"]
    rate_now: Float[np.ndarray, "*draw"]
    led_to: Float[np.ndarray, "*draw"]
    branching: Float[np.ndarray, "*draw"]
    mean_rate: Float[np.ndarray, "*draw"]
    tension: Float[np.ndarray, "*draw event"]
    tension_now: Float[np.ndarray, "*draw"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def excitation(events: Occurrences) -> Excitation:
    """Work out how events may have led to one another, at the given background, jump and decay.

    >>> from detente.boards.occurrences import occurrences
    >>> found = excitation(occurrences([1, 2, 2.5, 4, 7], 10, background=0.3, jump=0.5, decay=1.2))
    >>> round(float(found.log_likelihood), 7), round(float(found.mean_rate), 4)
    (-9.4570566, 0.5143)
    """
    mu, alpha, beta = (v[..., None] for v in (events.background, events.jump, events.decay))
    count, left = events.times.size, events.span - events.times
    before = _fading(events, np.ones(count), own=False)
    rate = mu + alpha * before
    faded = np.exp(-beta * left)
    expected = events.background * events.span + ((alpha / beta) * (1 - faded)).sum(axis=-1)
    likelihood = np.log(rate).sum(axis=-1) - expected
    branching = events.jump / events.decay
    dies = branching < 1
    return Excitation(
        table=events.table,
        parties=(),
        issues=(),
        log_likelihood=np.asarray(likelihood),
        alone=float(count * np.log(count / events.span) - count) if count else 0.0,
        rate=rate,
        rate_now=np.asarray(events.background + events.jump * faded.sum(axis=-1)),
        led_to=np.asarray((1 - mu / rate).sum(axis=-1) / max(count, 1)),
        branching=np.asarray(branching),
        mean_rate=np.where(dies, events.background / np.where(dies, 1 - branching, 1.0), np.nan),
        tension=_fading(events, events.weight, own=True),
        tension_now=np.asarray((events.weight * faded).sum(axis=-1)),
        method="recursion",
        parameters={"span": events.span},
        certificate=_certificate(events, rate, np.asarray(likelihood)),
    )


def _fading(events: Occurrences, weight: np.ndarray, *, own: bool) -> np.ndarray:
    """Return what is left of earlier events at each event, from one to the next, equation (3)."""
    found = np.zeros((*events.decay.shape, events.times.size))
    held = np.zeros(events.decay.shape)
    for i, gap in enumerate(np.diff(events.times, prepend=0.0)):
        held = held * np.exp(-events.decay * gap)
        found[..., i] = held + weight[i] * own
        held = held + weight[i]
    return found


def _certificate(events: Occurrences, rate: np.ndarray, likelihood: np.ndarray) -> Certificate:
    """Say the same straight from equations (1) and (2), every pair of events by itself."""
    later = np.tri(events.times.size, k=-1)
    gaps = np.where(later > 0, events.times[:, None] - events.times[None], 0.0)
    decay, jump = events.decay[..., None, None], events.jump[..., None]
    direct = events.background[..., None] + jump * (later * np.exp(-decay * gaps)).sum(axis=-1)
    left = 1 - np.exp(-events.decay[..., None] * (events.span - events.times))
    whole = events.background * events.span + events.jump / events.decay * left.sum(axis=-1)
    again = np.log(direct).sum(axis=-1) - whole
    holds = np.allclose(direct, rate, rtol=1e-10) and np.allclose(again, likelihood, rtol=1e-10, atol=1e-10)
    return Certificate(claim="pair-by-pair-it-is-the-same", checked=int(rate.size), holds=bool(holds))
