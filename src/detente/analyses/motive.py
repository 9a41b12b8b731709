r"""Does a party that presses a condition seek a better deal, or no deal?

N is the deal chosen with the pressed issues left out, M the one chosen with the condition as a precondition. With u the
presser's gain beside the status quo and d what it has without a deal, which nobody else knows,

    improves         M exists, u(M) >= d, and N does not exist or u(M) > u(N)
    softens          both exist and u(N) < u(M) < d
    idle             neither exists, or both exist and u(M) = u(N)
    worsens          M exists, and u(M) < u(N) or N does not exist and u(M) < d
    self_defeating   N exists, M does not, and u(N) >= d
    blocks           N exists, M does not, and u(N) < d                                                              (1)

Exactly one holds. Each is found over d and over the weight of the pressed issues beside the rest, every boundary in d
as an exact fraction. For a party whose consent is needed N counts as existing where the others accept some package:
below d it refuses that deal itself, and its demand gives the reason. Beside them stands what its answer to each offer X
would show: accepting shows d <= u(X); refusing shows d > u(X), or that it expects more.

Source: conditions put forward not to be met, Iklé (1964), "How Nations Negotiate"; parties that want better terms and
parties that want none, Stedman (1997), "Spoiler Problems in Peace Processes", International Security 22(2); issues
added to reduce the zone, Sebenius (1983), "Negotiation arithmetic", International Organization 37(2). The labels are
ours. It holds for additive scores, interactions included, and consent by all. It does not say what the presser thinks:
shares of the swept box are not probabilities.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np
from jaxtyping import Int

from detente.boards.agendas import Modes
from detente.boards.deal_board import Deals
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.packages.space import LIMIT
from detente.search.pressing.bids import Presser, bids, extremes, presser_of
from detente.search.pressing.ladder import ladder
from detente.search.pressing.offers import OFFERS, Offered, agendas_of, offered
from detente.search.pressing.replayed import others_agree, replayed
from detente.search.pressing.stretches import FINE, LABELS, Column, box_shares, column, corners, label_at, label_of
from detente.search.pressing.switching import SidePayment, side_payment


@dataclass(frozen=True, slots=True)
class Sweep:
    """What is swept: no-deal values (None: from the worst to the best that any package is worth), and weights.

    `steps` are the cells along the weights, which are evenly spaced on a log scale, and along the no-deal values.
    """

    no_deal: tuple[int, int] | None = None
    weights: tuple[float, float] = (0.25, 4.0)
    steps: tuple[int, int] = (9, 41)
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies outside the table: the presser's own moves, a linked table, and whether gains can be paid over.

    With `transfer` "points" a basis point of one party can be paid to another as one; None: no rate is known.
    """

    alone: tuple[str, ...] = ()
    linked: Deals | None = None
    transfer: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What an offer leads to, and what the presser's answer to it would show, while it is on the table.

    ===============  =====================================================================================
    package          option indices, one per issue
    worth            u(X) at weight 1: accepting shows a no-deal value of at most that, refusing one above
    pressed, rest    its parts: at weight w, u(X) = w * pressed + rest
    accepting        share of the swept no-deal values at which the presser would accept, at weight 1
    discriminates    whether some swept value lies on each side
    if_accepted      the labels that remain, at whatever swept weight
    if_refused       the labels that remain, if it does not expect more
    ===============  =====================================================================================
    """

    name: str
    package: tuple[int, ...]
    worth: int
    pressed: int
    rest: int
    accepting: float
    discriminates: bool
    if_accepted: tuple[str, ...]
    if_refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Insisting:
    """What turning down every offer short of the condition would show, at weight 1.

    A no-deal value above `no_deal_above`, the worth of the best of the offers `turned_down`; or, with `better_deal`,
    that it holds out for the condition, which leads to a deal worth more to it. None where there is no offer.
    """

    turned_down: tuple[str, ...]
    no_deal_above: int | None
    better_deal: bool


@dataclass(frozen=True, slots=True)
class OwnMove:
    """Moves the presser can make alone: what it has without a deal is at least what the best of them is worth to it.

    So the narrow deal is safe from them up to a worth of `narrow_safe_up_to`, the deal on its condition up to
    `met_safe_up_to` (None: no such deal). That a deal may make the move costlier is not part of this.
    """

    moves: tuple[str, ...]
    narrow_safe_up_to: int | None
    met_safe_up_to: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Motive:
    """Equation (1) over what is not known of the presser.

    =============  ===============  ===============================================================
    seat           -                "table", "ratifies" or "outside"
    labels         label            what `cells` and `box_shares` count
    weights        weight           of the pressed issues beside the rest
    no_deal        value            swept, basis points beside the status quo
    cells          weight value     index of the label
    columns        weight           the exact boundaries
    box_shares     label            share of the swept box (log weight); not a probability
    offers         best first       by how evenly they split the swept no-deal values
    =============  ===============  ===============================================================

    Below the swept range the label of a party at the table can still change, as the bargain does; otherwise the labels
    at the ends go on for ever.
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    presser: str
    seat: str
    pressed: tuple[str, ...]
    labels: tuple[str, ...]
    weights: tuple[float, ...]
    no_deal: tuple[int, ...]
    cells: Int[np.ndarray, "weight value"]
    columns: tuple[Column, ...]
    box_shares: tuple[float, ...]
    offers: tuple[Offer, ...]
    insisting: Insisting
    payment: SidePayment | None
    own_move: OwnMove
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate

    def offer(self, name: str) -> Offer | None:
        """Return an offer by name; None where it leads to no package."""
        return next((o for o in self.offers if o.name == name), None)


SWEEP, BESIDE = Sweep(), Beside()


def motive(
    deals: Deals,
    *,
    presser: str,
    issues: Sequence[str],
    base: Modes,
    sweep: Sweep = SWEEP,
    beside: Beside = BESIDE,
) -> Motive:
    """Find where the presser's condition on `issues` gets it a better deal and where it prevents one, `base` the rest.

    Raises AnalysisError for a presser or issues that the board does not know, a sweep that is none, a board with draws,
    and too many packages; BoardError where the presser's condition on an issue is unknown.

    >>> import numpy as np
    >>> from dataclasses import replace
    >>> from detente.boards import Condition, Watchers, scored
    >>> board = scored({"cap": [[0, 40], [0, 30]], "missiles": [[0, 10], [0, -90]]}, parties=("usa", "iran"))
    >>> ally = Watchers(("ally",), tuple(np.array([row]) for row in ([0, -20], [0, 50])), np.array([0]), (False,))
    >>> wish = Condition(accepts="at_least", at=1.0, basis="red_line")
    >>> met = (np.ones((1, 2), dtype=bool), np.array([[False, True]]))
    >>> board = replace(board, watchers=ally, pressers=("ally",), conditions=((wish,), (wish,)), meets=met)
    >>> found = motive(board, presser="ally", issues=("missiles",), base={"cap": ("option", None)})
    >>> [(s.label, int(s.low), int(s.high)) for s in found.columns[4].stretches]
    [('self_defeating', -20, -20), ('blocks', -20, 200)]
    """
    who, pressed = presser_of(deals, presser), _pressed(deals, issues)
    boards = agendas_of(deals, who, issues, base)
    found = {name: bids(board, who, pressed, limit=sweep.limit) for name, board in boards.items()}
    weights = _weights(sweep)
    ends = _range(boards, who, pressed, weights, sweep)
    ladders = [tuple(ladder(found[name], who, w) for name in ("narrow", "met")) for w in weights]
    columns = tuple(column(w, one, two, ends=ends) for w, (one, two) in zip(weights, ladders, strict=True))
    axis = np.unique(np.linspace(*ends, sweep.steps[1]).round().astype(np.int64)).tolist()
    cells = [[LABELS.index(label_at(one, two, Fraction(d))) for d in axis] for one, two in ladders]
    leads = offered(boards, who, issues, base=base, found=found, limit=sweep.limit)
    offers = tuple(sorted((_offer(x, columns, ends) for x in leads), key=_evenness))
    worth = {o.name: o.worth for o in offers}
    return Motive(
        table=deals.table,
        parties=deals.parties,
        issues=deals.issues,
        presser=presser,
        seat=who.seat,
        pressed=tuple(issues),
        labels=LABELS,
        weights=tuple(float(w) for w in weights),
        no_deal=tuple(axis),
        cells=np.array(cells, dtype=np.int64),
        columns=columns,
        box_shares=box_shares(columns),
        offers=offers,
        insisting=_insisting(worth),
        payment=side_payment(boards["narrow"], who, leads, linked=beside.linked, transfer=beside.transfer),
        own_move=OwnMove(beside.alone, worth.get("narrow"), worth.get("met")),
        method="enumeration" if who.consents else "optimum",
        parameters={
            "no_deal": deals.no_deal_kind,
            "consent": "all",
            "no_deal_low": ends[0],
            "no_deal_high": ends[1],
            "weight_low": float(weights[0]),
            "weight_high": float(weights[-1]),
            "transfer": beside.transfer or "none",
        },
        certificate=_certificate(boards, who, pressed, columns),
    )


def _pressed(deals: Deals, issues: Sequence[str]) -> frozenset[int]:
    strange = [issue for issue in issues if issue not in deals.issues]
    if strange or not issues:
        listed = ", ".join(deals.issues)
        said = f"'{strange[0]}' is not an issue" if strange else "No issue is named that somebody presses"
        raise AnalysisError(f"{said} at table '{deals.table}'. Name some of its issues: {listed}.")
    return frozenset(deals.issues.index(issue) for issue in issues)


def _weights(sweep: Sweep) -> tuple[Fraction, ...]:
    """Return the weights from low to high, as fractions with small denominators, so that all that follows is exact."""
    low, high = sweep.weights
    if not 0 < low <= high or min(sweep.steps) < 1:
        raise AnalysisError(
            f"Weights from {low:g} to {high:g} in {sweep.steps[0]} x {sweep.steps[1]} steps cannot be swept. "
            "Give two weights above zero, the lower first, and at least one step each way."
        )
    spaced = np.geomspace(low, high, sweep.steps[0]) if low < high else np.array([low])
    exact = [Fraction(float(w)).limit_denominator(FINE) if w > 1 / FINE else Fraction(float(w)) for w in spaced]
    return tuple(sorted(set(exact)))


def _range(
    boards: Mapping[str, Deals], who: Presser, pressed: frozenset[int], weights: Sequence[Fraction], sweep: Sweep
) -> tuple[int, int]:
    """From the worst to the best that any package of any agenda is worth at any weight, the status quo among them."""
    if sweep.no_deal is not None:
        if sweep.no_deal[0] > sweep.no_deal[1]:
            low, high = sweep.no_deal
            raise AnalysisError(f"No-deal values from {low} to {high} cannot be swept. Give the lower one first.")
        return sweep.no_deal
    ends = [Fraction(0)]
    for board in boards.values():
        ends.extend(end for both in extremes(board, who, pressed, (weights[0], weights[-1])) for end in both)
    return floor(min(ends)), ceil(max(ends))


def _offer(leads: Offered, columns: Sequence[Column], ends: tuple[int, int]) -> Offer:
    worth = leads.pressed + leads.rest
    taken: set[str] = set()
    refused: set[str] = set()
    for one in columns:
        at = one.weight * leads.pressed + leads.rest
        taken |= {s.label for s in one.stretches if s.low < at or (s.low == at and s.low_in)}
        refused |= {s.label for s in one.stretches if s.high > at}
    width = ends[1] - ends[0]
    return Offer(
        name=leads.name,
        package=leads.package,
        worth=worth,
        pressed=leads.pressed,
        rest=leads.rest,
        accepting=min(1.0, max(0.0, (worth - ends[0]) / width)) if width else float(worth >= ends[0]),
        discriminates=ends[0] <= worth < ends[1],
        if_accepted=tuple(label for label in LABELS if label in taken),
        if_refused=tuple(label for label in LABELS if label in refused),
    )


def _evenness(offer: Offer) -> tuple[float, int]:
    return abs(offer.accepting - 0.5), OFFERS.index(offer.name)


def _insisting(worth: Mapping[str, int]) -> Insisting:
    short = tuple(name for name in OFFERS if name in worth and name != "met")
    best = max((worth[name] for name in short), default=None)
    better = "met" in worth and (best is None or worth["met"] > best)
    return Insisting(short, best, better)


def _certificate(
    boards: Mapping[str, Deals], who: Presser, pressed: frozenset[int], columns: Sequence[Column]
) -> Certificate:
    """Put corners of the regions on the board, search it anew, and compare the labels."""
    wrong = checked = 0
    refusing = who.consents and others_agree(boards["narrow"], who, pressed)
    for here in (columns[k] for k in sorted({0, len(columns) // 2, len(columns) - 1})):
        for value in sorted({v for s in here.stretches for v in corners(s)}):
            narrow, met = (
                replayed(boards[name], who, pressed, weight=here.weight, no_deal=value) for name in ("narrow", "met")
            )
            if narrow is None and refusing:
                narrow = value - 1  # the others have a deal, and it refuses
            checked += 1
            wrong += label_of(narrow, met, value, refuses=who.consents) != here.label_at(value)
    return Certificate(claim="every-label-is-found-again-at-the-corners", checked=checked, holds=not wrong)
