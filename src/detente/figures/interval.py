"""How is a distribution on the scale of an issue drawn in short: where its middle lies and where most of it?"""

from dataclasses import dataclass
from math import ceil, log10
from typing import Literal

from detente.figures.landmarks import Landmark, Scale
from detente.figures.scale import ticks
from detente.figures.svg import INK, LINE, PAPER, SOFT_INK, WASH, group, hint, number, tag

Weight = Literal["strong", "plain", "faint"]
STROKE: dict[Weight, float] = {"strong": 2.4, "plain": 1.6, "faint": 1.3}


@dataclass(frozen=True, slots=True)
class Interval:
    """The median of a distribution, and between which values most of it lies."""

    low: float
    median: float
    high: float


def written(value: float, width: float | None = None) -> str:
    """Write a level of an issue: whole where it is or is 10 and more, one decimal from 1 on, two below.

    On a scale of a given width it is written finer where that would lose more than a hundredth of the width.

    >>> written(47.3), written(3.14), written(0.25), written(2.98), written(1250000.0)
    ('47', '3.1', '0.25', '3', '1,250,000')
    >>> written(47.3, 100), written(13.247, 1.4), written(13.5, 1.4), written(1250000.0, 2e6)
    ('47', '13.25', '13.5', '1,250,000')
    """
    told = _usual(value)
    if not width or abs(float(told.replace(",", "")) - value) <= width / 100:
        return told
    places = max(ceil(-log10(width / 50)), 0)
    fine = f"{value:,.{places}f}"
    return fine.rstrip("0").rstrip(".") if "." in fine else fine


def _usual(value: float) -> str:
    size = abs(value)
    if size >= 10 or abs(value - round(value)) < 0.005:
        return f"{round(value):,d}"
    return f"{value:.1f}".removesuffix(".0") if size >= 1 else f"{value:.2g}"


def span_of(found: Interval, width: float | None = None) -> str:
    """Say an interval in the fewest words, as fine as `written` does on a scale of this width.

    >>> span_of(Interval(30, 47, 78)), span_of(Interval(5, 5, 5)), span_of(Interval(13.1, 13.2, 13.4), 1.4)
    ('30 to 78', '5', '13.1 to 13.4')
    """
    ends = (written(found.low, width), written(found.high, width))
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def numbered(marks: tuple[Landmark, ...], ends: tuple[float, float], *, last: bool = False) -> tuple[Landmark, ...]:
    """Put its number to every landmark, and plain numbers at the ends that have none; at round values without any.

    The number comes first, so that a name that has to be cut keeps it, or `last`, where nothing is cut.

    >>> [m.name for m in numbered((Landmark(30, "seven seasons"),), (0, 100))]
    ['0', '30: seven seasons', '100']
    """
    width = ends[1] - ends[0]
    told = [written(m.at, width) for m in marks]
    named = tuple(
        Landmark(m.at, f"{m.name} ({at})" if last else f"{at}: {m.name}") for m, at in zip(marks, told, strict=True)
    )
    bare = ends if marks else (*ends, *ticks(*ends, most=6))
    taken = {m.at for m in marks}
    plain = (Landmark(at, written(at, width)) for at in dict.fromkeys(bare) if at not in taken)
    return tuple(sorted((*named, *plain), key=lambda m: (m.at, m.name)))


def bracket(found: Interval, scale: Scale, y: float, *, weight: Weight = "plain", told: str = "") -> str:
    """Draw an interval as a line from post to post, with a higher post at the median.

    >>> bracket(Interval(10, 20, 30), Scale(0, 100, 0, 100), 8).count("<path")
    2
    """
    low, middle, high = scale.x(found.low), scale.x(found.median), scale.x(found.high)
    colour, thick = (SOFT_INK if weight == "faint" else INK), STROKE[weight]
    line = tag(
        "path", d=f"M{number(low)} {number(y)}H{number(high)}", stroke=colour, stroke_width=thick,
        stroke_dasharray="4 3" if weight == "faint" else None,
    )  # fmt: skip
    posts = tag(
        "path", d=f"M{number(low)} {number(y - 5)}v10M{number(high)} {number(y - 5)}v10", stroke=colour,
        stroke_width=thick,
    )  # fmt: skip
    post = tag("rect", x=middle - 1.8, y=y - 6, width=3.6, height=12, fill=colour, stroke=PAPER, stroke_width=1)
    return group(hint(told) if told else "", line, posts, post)


def diamond(x: float, y: float, *, reach: float = 6.0, hollow: bool = False) -> str:
    """Draw the one value that a model names.

    >>> diamond(5, 5).startswith("<path")
    True
    """
    corners = f"M{number(x)} {number(y - reach)}l{reach} {reach}l-{reach} {reach}l-{reach} -{reach}z"
    if hollow:
        return tag("path", d=corners, fill=PAPER, stroke=SOFT_INK, stroke_width=1.6)
    return tag("path", d=corners, fill=INK, stroke=PAPER, stroke_width=1.2)


def wash(found: Interval, scale: Scale, top: float, bottom: float) -> str:
    """Shade where most of the weight lies, behind everything that is compared with it.

    >>> "rect" in wash(Interval(10, 20, 30), Scale(0, 100, 0, 100), 0, 50)
    True
    """
    low, middle, high = scale.x(found.low), scale.x(found.median), scale.x(found.high)
    band = tag("rect", x=low - 1, y=top, width=high - low + 2, height=bottom - top, fill=WASH)
    course = f"M{number(middle)} {number(top)}V{number(bottom)}"
    return band + tag("path", d=course, stroke=INK, stroke_width=1, stroke_dasharray="1 3")


def guides(marks: tuple[Landmark, ...], scale: Scale, top: float, bottom: float) -> str:
    """Draw a faint line from top to bottom at every landmark.

    >>> guides((Landmark(0, "none"),), Scale(0, 100, 0, 100), 0, 50).count("<path")
    1
    """
    return group(
        *(tag("path", d=f"M{number(scale.x(m.at))} {number(top)}V{number(bottom)}", stroke=LINE) for m in marks)
    )
