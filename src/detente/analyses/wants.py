r"""Who wants what: how far apart is everybody on every issue, who stands together, and who stands alone?

    d_pqi = |x_pi - x_qi| / w_i                                                                                    (1)

the distance of parties p and q on issue i as a share of the width w of its scale. A bloc on an issue is a set of
parties that neighbouring distances of at most `gap` connect (single linkage on a line).

Source: the spatial reading of positions, Downs (1957), An Economic Theory of Democracy; single linkage is Sneath's
(1957). It holds where positions on an issue can be put on one line. Parties without a stance on an issue take no part
in it. It does not say who prevails, nor that a bloc acts as one: blocs are computed per issue, from positions alone.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.boards.position_board import Positions
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError


@dataclass(frozen=True, slots=True)
class Apart:
    """The two parties farthest apart on an issue, and their distance as a share of the scale."""

    issue: str
    first: str
    second: str
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """What equation (1) says. Over draws the blocs are those of the median positions.

    ========  =======================  =================================================================
    distance  *draw party other issue  share of the scale, 0 to 1; 0 where one of the two has no stance
    both      party other issue        whether both have a stance
    ========  =======================  =================================================================

    `blocs` holds, per issue, the blocs in ascending order of position; `alone` the parties that are a bloc by
    themselves where there are others; `farthest` one entry per issue on which two parties have a stance.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    distance: Float[np.ndarray, "*draw party other issue"]
    both: Bool[np.ndarray, "party other issue"]
    blocs: tuple[tuple[tuple[str, ...], ...], ...]
    alone: tuple[tuple[str, ...], ...]
    farthest: tuple[Apart, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def wants(positions: Positions, *, gap: float = 0.15) -> Wants:
    """Measure how far apart everybody is on every issue, equation (1).

    Raises AnalysisError where `gap` is not a share.

    >>> one = np.ones((3, 1))
    >>> board = Positions(parties=("a", "b", "c"), issues=("cap",), at=np.array([[0.0], [10.0], [90.0]]), salience=one,
    ...     influence=one, low=np.zeros(1), high=np.full(1, 100.0), status_quo=np.zeros(1), stated=one > 0)
    >>> wants(board).blocs, wants(board).farthest[0].distance
    (((('a', 'b'), ('c',)),), 0.9)
    """
    if not 0 <= gap <= 1:
        raise AnalysisError(f"A gap of {gap:g} is not a share of a scale. Give a number between 0 and 1.")
    both = positions.stated[:, None, :] & positions.stated[None, :, :]
    share = (positions.at - positions.low) / (positions.high - positions.low)
    distance = np.where(both, np.abs(share[..., :, None, :] - share[..., None, :, :]), 0.0)
    typical = np.median(share.reshape(-1, *share.shape[-2:]), axis=0)
    blocs = tuple(_blocs(positions, typical[:, i], i, gap) for i in range(len(positions.issues)))
    return Wants(
        parties=positions.parties,
        issues=positions.issues,
        distance=distance,
        both=both,
        blocs=blocs,
        alone=tuple(tuple(b[0] for b in row if len(b) == 1 and len(row) > 1) for row in blocs),
        farthest=_farthest(positions, typical),
        method="single-linkage",
        parameters={"gap": gap},
        certificate=_certificate(positions, typical, blocs, gap),
    )


def _blocs(positions: Positions, at: Float[np.ndarray, " party"], i: int, gap: float) -> tuple[tuple[str, ...], ...]:
    present = [p for p in np.argsort(at, kind="stable") if positions.stated[p, i]]
    blocs: list[list[str]] = []
    for p, before in zip(present, [None, *present], strict=False):
        if before is None or at[p] - at[before] > gap + 1e-12:
            blocs.append([])
        blocs[-1].append(positions.parties[p])
    return tuple(tuple(b) for b in blocs)


def _farthest(positions: Positions, at: Float[np.ndarray, "party issue"]) -> tuple[Apart, ...]:
    rows = []
    for i, issue in enumerate(positions.issues):
        present = np.flatnonzero(positions.stated[:, i])
        if present.size >= 2:
            first, second = present[at[present, i].argmin()], present[at[present, i].argmax()]
            if first == second:
                second = present[1]
            apart = float(at[second, i] - at[first, i])
            rows.append(Apart(issue, positions.parties[first], positions.parties[second], apart))
    return tuple(rows)


def _certificate(
    positions: Positions,
    at: Float[np.ndarray, "party issue"],
    blocs: tuple[tuple[tuple[str, ...], ...], ...],
    gap: float,
) -> Certificate:
    """Check from the pairs that no two blocs are within reach of each other, and that everybody is in one bloc."""
    holds, checked = True, 0
    for i, row in enumerate(blocs):
        where = {party: b for b, bloc in enumerate(row) for party in bloc}
        holds &= sorted(where) == sorted(p for k, p in enumerate(positions.parties) if positions.stated[k, i])
        index = {party: positions.parties.index(party) for party in where}
        for p in where:
            for q in where:
                checked += 1
                near = abs(at[index[p], i] - at[index[q], i]) <= gap
                holds &= where[p] == where[q] or not near
    return Certificate(claim="blocs-are-apart", checked=checked, holds=bool(holds))
