"""Which round values mark an axis?"""

from math import ceil, floor

BASES = (1, 2, 5)


def ticks(low: float, high: float, *, most: int = 7) -> tuple[float, ...]:
    """Return round values from one end to the other, at most so many.

    >>> ticks(-33, 142)
    (0.0, 50.0, 100.0)
    >>> ticks(0, 0.3)
    (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
    """
    span = high - low
    if not span > 0:
        return (low,)
    step = next(s for s in _steps(span) if floor(high / s + 1e-9) - ceil(low / s - 1e-9) < most)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return tuple(round(step * k, 9) + 0.0 for k in range(first, last + 1))


def _steps(span: float) -> tuple[float, ...]:
    """Return steps of 1, 2 and 5 times powers of ten, from far too fine to the whole span and more."""
    power = floor(_log10(span)) - 2
    return tuple(float(f"{base}e{power + k}") for k in range(5) for base in BASES)


def _log10(value: float) -> int:
    """Return the exponent of a positive number, exactly."""
    return int(f"{value:e}".partition("e")[2])


def tick(value: float) -> str:
    """Write a round value beside its tick, with its sign.

    >>> tick(1000.0), tick(-0.5), tick(0.0)
    ('+1,000', '-0.5', '0')
    """
    if not value:
        return "0"
    return f"{value:+,.0f}" if value == round(value) else f"{value:+g}"
