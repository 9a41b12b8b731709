"""Can anything be said about this body: is everybody somewhere on the scale, and does somebody weigh something?"""

import numpy as np
from jaxtyping import Bool

from detente.boards.position_board import Positions
from detente.errors import AnalysisError

_OFF = 1e-9  # of the width of a scale: what rounding may do


def require_body(positions: Positions, *, name: str = "this body") -> None:
    """Refuse a body about which no model of a decision can say anything, with the reason and the cure.

    Parties that all stand at one place are no reason: every model then answers that place.

    Raises AnalysisError for a number that is missing or infinite, a negative salience or influence, a position off its
    scale, an issue on which fewer than two parties have a stance, and one on which nobody carries weight.

    >>> one = np.ones((1, 1))
    >>> alone = Positions(parties=("a",), issues=("cap",), at=one, salience=one, influence=one, low=np.zeros(1),
    ...     high=np.ones(1), status_quo=np.zeros(1), stated=one > 0)
    >>> require_body(alone, name="the council")
    Traceback (most recent call last):
    detente.errors.AnalysisError: Only a has a stance on cap in the council. Add the stance of a second member, or \
leave the issue out.
    """
    _numbers(positions, name)
    _signs(positions, name)
    _places(positions, name)
    _company(positions, name)


def _numbers(positions: Positions, name: str) -> None:
    for what, values in _inputs(positions):
        at = _first(positions, ~np.isfinite(values))
        if at:
            raise AnalysisError(f"The {what} of {at} in {name} is no finite number. Enter one.")
    for what, ends in (
        ("lower end", positions.low),
        ("upper end", positions.high),
        ("status quo", positions.status_quo),
    ):
        bad = ~np.isfinite(ends).reshape(-1, len(positions.issues)).all(axis=0)
        if bad.any():
            issue = positions.issues[int(bad.argmax())]
            raise AnalysisError(f"The {what} of {issue} in {name} is no finite number. Enter one.")


def _signs(positions: Positions, name: str) -> None:
    for what, values in _inputs(positions)[1:]:
        at = _first(positions, values < 0)
        if at:
            raise AnalysisError(f"The {what} of {at} in {name} is negative. Enter zero or more.")


def _places(positions: Positions, name: str) -> None:
    low, high = positions.low, positions.high
    flat = high <= low
    if flat.any():
        issue = positions.issues[int(flat.argmax())]
        raise AnalysisError(f"The scale of {issue} in {name} has no width. Give it two different ends.")
    off = _OFF * (high - low)
    strayed = positions.stated & ((positions.at < low - off) | (positions.at > high + off))
    at = _first(positions, strayed)
    if at:
        i = int(strayed.reshape(-1, *strayed.shape[-2:]).any(axis=0).ravel().argmax()) % len(positions.issues)
        raise AnalysisError(
            f"The position of {at} in {name} lies off the scale, which goes from {low[i]:g} to {high[i]:g}. Move it, "
            "or widen the scale."
        )


def _company(positions: Positions, name: str) -> None:
    for i, issue in enumerate(positions.issues):
        speak = [p for p, said in zip(positions.parties, positions.stated[:, i], strict=True) if said]
        if not speak:
            raise AnalysisError(f"Nobody has a stance on {issue} in {name}. Add two stances, or leave the issue out.")
        if len(speak) == 1:
            raise AnalysisError(
                f"Only {speak[0]} has a stance on {issue} in {name}. Add the stance of a second member, or leave the "
                "issue out."
            )
    idle = (positions.weight.sum(axis=-2) <= 0).reshape(-1, len(positions.issues)).any(axis=0)
    if idle.any():
        listed = ", ".join(issue for issue, none in zip(positions.issues, idle, strict=True) if none)
        raise AnalysisError(
            f"No party carries weight on {listed} in {name}, so nothing can be said about a decision there. "
            "Give at least one party a salience and an influence above zero, or leave the issue out."
        )


def _inputs(positions: Positions) -> tuple[tuple[str, np.ndarray], ...]:
    return (("position", positions.at), ("salience", positions.salience), ("influence", positions.influence))


def _first(positions: Positions, wrong: Bool[np.ndarray, "*draw party issue"]) -> str:
    """Name the first party and issue where something is wrong in any draw; nothing where all is well."""
    if not wrong.any():
        return ""
    bad = wrong.reshape(-1, len(positions.parties), len(positions.issues)).any(axis=0)
    party, issue = np.unravel_index(int(bad.argmax()), bad.shape)
    return f"{positions.parties[int(party)]} on {positions.issues[int(issue)]}"
