r"""Which packages would come about if each party accepted the more readily the more it gains?

With g_p(k) what party p gains in package k, and r_p the difference between the most and the least it can gain,

    share(k) = prod_p s( b g_p(k) / r_p )  /  the same summed over all admissible packages,                         (1)
    s(x) = 1 / (1 + exp(-x))

so that a package that costs a party little is not ruled out, and one that everybody likes stands out. b = 12 is how
sharp acceptance is: a party that loses a twelfth of what is at stake for it accepts with a bit more than one in four.

Source: a product of logistic choices after Luce (1959), "Individual Choice Behavior". The form and b were chosen by us
on records of language models that played scorable games (Abdelnabi 2023): in 215 runs of seven settings the mean
surprise is 5.12 nats a deal, where taking every package alike gives 6.78. That is the record b was chosen on, and
machine play: it says nothing yet about diplomats, and no share is a probability of an event.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.deal_board import Deals
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.packages.space import Space, allowed_levels, space
from detente.search.packages.stakes import Stakes, stakes

SHARPNESS = 12.0
LIMIT = 50_000_000  # packages x draws
PACKAGES = 1_000_000  # whose shares are kept
CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Weighed:
    """A package, option indices one per issue, its share, and its share if every package weighed alike."""

    package: tuple[int, ...]
    share: float
    uniform: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """What equation (1) says. All shares are the model's, 0 to 1; over draws their mean.

    ==============  =====================  ===================================================================
    draws           a number               cases; one for a board without draws
    empty           a number               cases without an admissible package, in which nothing has a share
    top             greatest share first   the packages that weigh most
    level_share     per issue: option      of the packages with this level, together
    accepted_share  a number               of the packages that cost nobody anything, together
    effective       a number               packages of equal weight that would be as hard to guess: exp(entropy)
    ==============  =====================  ===================================================================
    """

    table: str
    parties: tuple[str, ...]
    needed: tuple[str, ...]
    issues: tuple[str, ...]
    levels: tuple[Float[np.ndarray, " _option"], ...]
    draws: int
    empty: int
    top: tuple[Weighed, ...]
    level_share: tuple[Float[np.ndarray, " _option"], ...]
    accepted_share: float
    effective: float
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def likely(deals: Deals, *, sharpness: float = SHARPNESS, keep: int = 10) -> Likely:
    """Weigh every admissible package by how readily everybody whose acceptance is needed would take it.

    Raises AnalysisError where there are too many packages, and for a sharpness that is not above 0 or a `keep` below 1.

    >>> from detente.boards import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> [(w.package, round(w.share, 2)) for w in likely(board).top]
    [((1, 1), 0.85), ((1, 0), 0.13), ((0, 1), 0.02)]
    """
    held, laid = stakes(deals), space(deals)
    _check(deals, laid, held, sharpness, keep)
    options, opened = laid.decode(np.arange(laid.size)), _opened(laid, held)
    share, accepted, empty = np.zeros(laid.size), 0.0, 0
    for draw in range(held.draws):
        one, content = _one_draw(held, options, opened, now=deals.status_quo, draw=draw, sharpness=sharpness)
        share += one
        accepted += float(one[content].sum())
        empty += not one.any()
    share /= held.draws
    order = np.argsort(-share, kind="stable")[:keep]
    having = share[share > 0]
    total = float(share.sum())
    return Likely(
        table=deals.table,
        parties=deals.parties,
        needed=held.parties,
        issues=deals.issues,
        levels=deals.levels,
        draws=held.draws,
        empty=empty,
        top=tuple(
            Weighed(tuple(options[k].tolist()), float(share[k]), 1 / having.size)
            for k in order.tolist()
            if share[k] > 0
        ),
        level_share=tuple(
            np.bincount(options[:, i], weights=share, minlength=at.size).astype(float)
            for i, at in enumerate(deals.levels)
        ),
        accepted_share=accepted / held.draws,
        effective=float(np.exp(-(having * np.log(having)).sum())),
        method="enumeration",
        parameters={"no_deal": deals.no_deal_kind, "sharpness": sharpness, "keep": keep},
        certificate=Certificate(
            claim="shares-sum-to-one",
            checked=int(having.size),
            holds=abs(total - (held.draws - empty) / held.draws) < CLOSE,
        ),
    )


def surprise(
    deals: Deals, packages: Int[np.ndarray, "case issue"], *, sharpness: float = SHARPNESS
) -> Float[np.ndarray, " case"]:
    """Return how surprising packages are under equation (1), in nats: minus the logarithm of their share.

    Infinite for a package that is not admissible. The board has no draws.

    Raises AnalysisError as `likely` does, and for a board with draws.

    >>> from detente.boards import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> surprise(board, np.array([[1, 1], [0, 1]])).round(1).tolist()
    [0.2, 4.2]
    """
    if deals.draws:
        raise AnalysisError(
            f"Surprise at table '{deals.table}' is told for one case, and this board has {deals.draws[0]:,} draws. "
            "Build the board without draws."
        )
    held, laid = stakes(deals), space(deals)
    _check(deals, laid, held, sharpness, 1)
    options = laid.decode(np.arange(laid.size))
    share, _ = _one_draw(held, options, _opened(laid, held), now=deals.status_quo, draw=0, sharpness=sharpness)
    known = {tuple(k): s for k, s in zip(options.tolist(), share.tolist(), strict=True)}
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log([known.get(tuple(k), 0.0) for k in packages.tolist()]))


def _check(deals: Deals, laid: Space, held: Stakes, sharpness: float, keep: int) -> None:
    if not 0 < sharpness < np.inf:
        raise AnalysisError(f"A sharpness of {sharpness:g} was asked for. Give a number above 0; 12 is usual.")
    if keep < 1:
        raise AnalysisError(f"{keep} packages were asked for. Ask for at least 1.")
    if laid.size > PACKAGES or laid.size * held.draws > LIMIT:
        raise AnalysisError(
            f"Table '{deals.table}' has {laid.size:,} packages in {held.draws:,} draws; at most {PACKAGES:,} packages, "
            f"and {LIMIT:,} packages x draws, are weighed. Take levels or issues off, or ask for fewer draws."
        )


def _opened(laid: Space, held: Stakes) -> list[Bool[np.ndarray, "draw _option"]]:
    """Return the levels that are open, per issue."""
    return [allowed_levels(laid.deals, i).reshape(held.draws, -1) for i in range(len(laid.kept))]


def _one_draw(
    held: Stakes,
    options: Int[np.ndarray, "package issue"],
    opened: list[Bool[np.ndarray, "draw _option"]],
    *,
    now: tuple[int, ...],
    draw: int,
    sharpness: float,
) -> tuple[Float[np.ndarray, " package"], Bool[np.ndarray, " package"]]:
    """Return the shares in one draw, none where nothing is admissible, and which packages cost nobody anything."""
    gains = held.gains(np.full(len(options), draw), options)
    fine = (options != now).any(axis=1)
    for levels, option in zip(opened, options.T, strict=True):
        fine &= levels[draw][option]
    share = np.zeros(len(options))
    if fine.any():
        spread = gains[fine].max(axis=0) - gains[fine].min(axis=0)
        # Whoever gains the same in every package has no say in which it is.
        lean = np.where(spread > 0, sharpness / np.maximum(spread, 1), 0.0)
        weight = -np.logaddexp(0.0, -gains[fine] * lean).sum(axis=1)
        weight = np.exp(weight - weight.max())
        share[fine] = weight / weight.sum()
    return share, np.asarray((gains >= 0).all(axis=1))
