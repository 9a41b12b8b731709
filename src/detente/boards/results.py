"""What does every answer carry beside its numbers, and how does it become plain data?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np

Parameter: TypeAlias = str | int | float | bool
# Lists and mappings hold plain data again; said as `object`, because run-time type checkers cannot follow a cycle.
Plain: TypeAlias = bool | int | float | str | list[object] | dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was checked again after the answer was found: the claim, on how many cases, and whether it stood.

    >>> Certificate(claim="no-admissible-package-dominates", checked=64, holds=True).holds
    True
    """

    claim: str
    checked: int
    holds: bool


def plain(result: object) -> Plain:
    """Turn any result into lists, mappings, text and numbers that JSON can carry; what is no finite number is null.

    Raises TypeError for anything that is not result data: a programming error, not a user's.

    >>> plain(Certificate(claim="shares-sum-to-one", checked=2, holds=True))
    {'claim': 'shares-sum-to-one', 'checked': 2, 'holds': True}
    >>> plain((np.array([1, 2]), np.int64(3)))
    [[1, 2], 3]
    >>> plain(Fraction(2, 15))
    {'numerator': 2, 'denominator': 15}
    """
    if isinstance(result, float) and not math.isfinite(result):
        return None
    if result is None or isinstance(result, bool | int | float | str):
        return result
    if isinstance(result, np.ndarray | np.generic):
        return plain(result.tolist())
    if isinstance(result, Fraction):
        return {"numerator": result.numerator, "denominator": result.denominator}
    if is_dataclass(result):
        return {f.name: plain(getattr(result, f.name)) for f in fields(result)}
    if isinstance(result, Mapping):
        return {str(key): plain(value) for key, value in result.items()}
    if isinstance(result, tuple | list):
        return [plain(value) for value in result]
    raise TypeError(f"{type(result).__name__} is not result data")
