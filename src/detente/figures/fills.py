"""How is an area filled so that what came of something is told apart without colour?"""

from typing import Literal, TypeAlias

from detente.figures.svg import ALARM, GAIN, INK, PAPER, SEAT, SOFT_INK, Attribute, group, tag

Fill: TypeAlias = Literal["settled", "partly", "open", "empty", "failed", "hit", "struck"]
LETTERS: dict[Fill, str] = {
    "settled": "█",
    "partly": "▓",
    "open": "░",
    "empty": "·",
    "failed": "╳",
    "hit": "◇",
    "struck": "◆",
}
_PLAIN: dict[Fill, str] = {"settled": GAIN, "open": SEAT, "empty": PAPER, "struck": ALARM}


def fill_patterns(id: str) -> str:
    """Write the fillings that are no plain colour, once in a picture.

    >>> fill_patterns("f").count("<pattern")
    3
    """
    stripes = tag("rect", width=6, height=6, fill=PAPER)
    stripes += tag("path", d="M0 6L6 0M-1.5 1.5L1.5 -1.5M4.5 7.5L7.5 4.5", stroke=GAIN, stroke_width=2.4)
    crosses = tag("rect", width=6, height=6, fill=PAPER)
    crosses += tag("path", d="M0 0L6 6M6 0L0 6", stroke=ALARM, stroke_width=1.1)
    bands = tag("rect", width=4, height=4, fill=PAPER) + tag("rect", width=4, height=2.2, fill=ALARM)
    found = (("partly", stripes, 6.0), ("failed", crosses, 6.0), ("hit", bands, 4.0))
    return tag(
        "defs",
        "".join(
            tag("pattern", drawn, id=f"{id}-{name}", width=size, height=size, patternUnits="userSpaceOnUse")
            for name, drawn, size in found
        ),
    )


def filled(id: str, fill: Fill, box: tuple[float, float, float, float], *, outlined: bool = True) -> str:
    """Draw a box (left, top, width, height) in one of the fillings.

    >>> filled("f", "partly", (0, 0, 10, 10)).count("url(#f-partly)")
    1
    """
    x, y, width, height = box
    given: dict[str, Attribute] = {"fill": _PLAIN.get(fill, f"url(#{id}-{fill})")}
    if outlined:
        given |= {"stroke": INK if fill in ("settled", "struck") else SOFT_INK, "stroke_width": 0.6}
    return tag("rect", x=x, y=y, width=width, height=height, **given)


def fill_sample(id: str, fill: Fill) -> str:
    """Draw the sample of a filling that a legend shows.

    >>> fill_sample("f", "open").startswith("<g>")
    True
    """
    return group(filled(id, fill, (1.0, -6.5, 28.0, 13.0)))
