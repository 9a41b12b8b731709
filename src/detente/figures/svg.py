"""How is a picture written down as SVG that looks right in light and in dark, on screen and on paper?

Colours are CSS variables with fallbacks, so the page decides and a file that stands alone is still readable. There are
no style attributes and no scripts: the strictest content policy lets these pictures through.
"""

from html import escape

from detente.figures.text import printable
from detente.situation.values import BasisKind

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
INK = "var(--ink, #1d232b)"
SOFT_INK = "var(--ink-soft, #55606e)"
LINE = "var(--line, #c9cfd6)"
PAPER = "var(--paper, #ffffff)"
WASH = "var(--wash, #f3f5f7)"
SEAT = "var(--seat, #dfe7ef)"
ALARM = "var(--alarm, #b3261e)"
GAIN = "var(--gain, #1b6e53)"
COLOURS: dict[BasisKind, str] = {
    "read": "var(--read, #1f5fa8)",
    "entered": "var(--entered, #0b6b4f)",
    "supplied": "var(--supplied, #7a3e9d)",
    "assumed": "var(--assumed, #935000)",
}
DASHES: dict[BasisKind, str | None] = {"read": None, "entered": "11 3 2 3", "supplied": "2 3", "assumed": "5 4"}
MEANINGS: dict[BasisKind, str] = {
    "read": "read in a source",
    "entered": "entered by an analyst",
    "supplied": "supplied by the program",
    "assumed": "assumed by default",
}

USUAL = 720.0  # the width that pictures are laid out for; a page says so where one is wider
NARROW = 328.0  # the width of a picture laid out for a telephone; a page shows it in place of the usual one

Attribute = str | float | None


def number(value: float) -> str:
    """Write a coordinate with at most one decimal.

    >>> number(12.0), number(3.14159), number(-0.01)
    ('12', '3.1', '0')
    """
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def tag(name: str, content: str = "", /, **attributes: Attribute) -> str:
    """Write one element; attribute names take `_` for `-`, and None leaves an attribute out.

    >>> tag("rect", x=1.0, stroke_width=2)
    '<rect x="1" stroke-width="2"/>'
    """
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(content: str, x: float, y: float, /, **attributes: Attribute) -> str:
    """Write one line of text, escaped."""
    given: dict[str, Attribute] = {"fill": INK, **attributes}
    return tag("text", escape(printable(content)), x=x, y=y, **given)


def hint(content: str) -> str:
    """Write what a pointer resting on an element is told."""
    return tag("title", escape(printable(content)))


def group(*parts: str, **attributes: Attribute) -> str:
    """Write a group of elements."""
    return tag("g", "".join(parts), **attributes)


def picture(*parts: str, id: str, title: str, desc: str, size: tuple[float, float], role: str = "img") -> str:
    """Wrap the parts of a picture: an image with a name and a description, scaled by its width.

    One with handles in it is a group rather than an image, whose parts nobody could reach.
    """
    width, height = size
    head = tag("title", escape(printable(title)), id=f"{id}-title") + tag(
        "desc", escape(printable(desc)), id=f"{id}-desc"
    )
    body = head + tag("defs", patterns(id)) + "".join(parts)
    return tag(
        "svg",
        body,
        xmlns="http://www.w3.org/2000/svg",
        id=id,
        class_="figure narrow" if width < 500 else "figure" if width <= USUAL else "figure wide",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role=role,
        aria_labelledby=f"{id}-title {id}-desc",
        font_family=FONT,
        font_size=13,
    )


def patterns(id: str) -> str:
    """Write the two fillings: dots for what is supplied, hatching for what is assumed."""
    dots = tag("circle", cx=2, cy=2, r=1.2, fill=COLOURS["supplied"])
    hatch = tag("path", d="M0 5L5 0M-1 1L1 -1M4 6L6 4", stroke=COLOURS["assumed"], stroke_width=1.4)
    return tag("pattern", dots, id=f"{id}-supplied", width=4, height=4, patternUnits="userSpaceOnUse") + tag(
        "pattern", hatch, id=f"{id}-assumed", width=5, height=5, patternUnits="userSpaceOnUse"
    )


def bar(id: str, basis: BasisKind, box: tuple[float, float, float, float]) -> str:
    """Draw a range so that its basis shows in filling and outline, not in colour alone."""
    x, y, width, height = box
    colour = COLOURS[basis]
    backing = tag("rect", x=x, y=y, width=width, height=height, rx=2, fill=PAPER)
    if basis == "read":
        return backing + tag("rect", x=x, y=y, width=width, height=height, rx=2, fill=colour, fill_opacity="0.55")
    if basis == "entered":
        outline = tag(
            "rect", x=x + 0.8, y=y, width=max(width - 1.6, 0.5), height=height, rx=2, fill="none", stroke=colour,
            stroke_width=1.6,
        )  # fmt: skip
        middle = y + height / 2
        return (
            backing
            + outline
            + tag("path", d=f"M{number(x)} {number(middle)}h{number(width)}", stroke=colour, stroke_width=2)
        )
    return backing + tag(
        "rect", x=x, y=y, width=width, height=height, rx=2, fill=f"url(#{id}-{basis})", stroke=colour,
        stroke_width=1, stroke_dasharray="3 2" if basis == "assumed" else None,
    )  # fmt: skip


def dot(basis: BasisKind, x: float, y: float, radius: float = 5) -> str:
    """Draw a best guess: disc (read), diamond (entered), ring (supplied) or hollow square (assumed)."""
    colour = COLOURS[basis]
    if basis == "read":
        return tag("circle", cx=x, cy=y, r=radius, fill=colour, stroke=PAPER, stroke_width=1.5)
    if basis == "entered":
        reach = radius + 1
        corners = f"M{number(x)} {number(y - reach)}l{reach} {reach}l-{reach} {reach}l-{reach} -{reach}z"
        return tag("path", d=corners, fill=colour, stroke=PAPER, stroke_width=1.5)
    if basis == "supplied":
        ring = tag("circle", cx=x, cy=y, r=radius - 0.5, fill=PAPER, stroke=colour, stroke_width=2)
        return ring + tag("circle", cx=x, cy=y, r=1.5, fill=colour)
    side = radius * 2 - 1.5
    return tag(
        "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, fill=PAPER, stroke=colour, stroke_width=2
    )
