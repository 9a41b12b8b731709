"""What do the signs of a picture mean?"""

from detente.figures.svg import LINE, SOFT_INK, group, number, tag, text
from detente.figures.text import text_width

EDGE = 10.0
LABEL_SIZE = 11.5


def legend(entries: list[tuple[str, str]], top: float, width: float) -> tuple[str, float]:
    """Set samples and their meanings in rows; return them with the height that is used up."""
    parts: list[str] = []
    x, y = EDGE, top + 12
    for sample, meaning in entries:
        wide = 40 + text_width(meaning, LABEL_SIZE) + 16
        if x > EDGE and x + wide > width - EDGE:
            x, y = EDGE, y + 22
        words = text(meaning, 38, 4, font_size=LABEL_SIZE, fill=SOFT_INK)
        parts.append(group(sample, words, transform=f"translate({number(x)} {number(y)})"))
        x += wide
    rule = tag("path", d=f"M{EDGE} {number(top - 4)}H{number(width - EDGE)}", stroke=LINE, stroke_width=1)
    return group(rule, *parts), y + 14
