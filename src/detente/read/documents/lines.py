"""Which printed lines run on into the next one, and so form one paragraph?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Characters that print nothing: they never make a line, and never stand at the edge of a block.
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\x00-\x1f\x7f-\x9f"
)
LONG = 50  # an unfinished line of this length is prose; a shorter one may be a heading of its own
WIDEST_WRAP = 120  # wider than this, a text is not broken by hand
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_INK = re.compile(rf"[^\s{INVISIBLE}](?:.*[^\s{INVISIBLE}])?", re.DOTALL)
_WORD = re.compile(r"\w")
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_HALF_CLOSED = re.compile(r"[:;][\"'”’»)\]]*$")
_ABBREVIATED = re.compile(
    r"\b(?:(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|Prof|St|No|Adm|Amb)\.)$"
)
_DANGLING = re.compile(
    r"(?:[,–—-]|\b(?:a|an|and|as|at|but|by|for|from|if|in|into|its|of|on|or|over|that|the|their|to|which|who|with))$"
)
_MARK = re.compile(r"(?:[-*•–—▪◦·‣]|\(?\d{1,2}[.)]|\d{1,2} [-–—]|\(?[a-z]\))\s+(?=\S)")
_MARKDOWN_MARK = re.compile(r"(?:(?:>\s?)|(?P<heading>#{1,6}\s+))+")
_FENCE = re.compile(r"(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class Line:
    """Where does one printed line stand, and is it set off from the line before it?

    after_gap  a blank line or a separator precedes it
    marked     it carried a list mark, which is not part of it
    heading    it carried the mark of a Markdown heading
    """

    start: int
    end: int
    text: str
    after_gap: bool
    marked: bool = False
    heading: bool = False


def ink(text: str, start: int, end: int) -> tuple[int, int]:
    r"""Where does the visible text between two offsets begin and end? Equal offsets where there is none.

    >>> ink("a\ufeff  word \n", 1, 10)
    (4, 8)
    """
    match = _INK.search(text, start, end)
    return match.span() if match else (start, start)


def cut(text: str, *, start: int = 0, markdown: bool = False) -> Iterator[Line]:
    """Which lines does the text hold, without blank ones, separators and fenced code?"""
    position, gap, fenced = start, True, False
    for match in (*_BREAK.finditer(text, start), None):
        start, end = ink(text, position, match.start() if match else len(text))
        position = match.end() if match else len(text)
        if markdown and _FENCE.match(text, start, end):
            fenced, gap = not fenced, True
        elif fenced or not _WORD.search(text, start, end):
            gap = True
        else:
            yield _line(text, start, end, after_gap=gap, markdown=markdown)
            gap = False


def _line(text: str, start: int, end: int, *, after_gap: bool, markdown: bool) -> Line:
    prefix = _MARKDOWN_MARK.match(text, start, end) if markdown else None
    start = prefix.end() if prefix else start
    mark = _MARK.match(text, start, end)
    start = mark.end() if mark else start
    return Line(start, end, text[start:end], after_gap, bool(mark), bool(prefix and prefix["heading"]))


def wrap_width(lines: Sequence[Line]) -> int:
    """At which width was the text broken by hand, or a little below it? 0 where its lines are paragraphs.

    Broken by hand means: of the lines that are followed by another, most are nearly as wide as any, and none is much
    wider. Three in four of them are at most this wide, so that a headline of any length does not count.
    """
    followed = [len(line.text) for line, after in pairwise(lines) if not after.after_gap]
    if len(followed) < 3:
        return 0
    width = sorted(followed)[3 * (len(followed) - 1) // 4]
    near = sum(length >= 0.75 * width for length in followed)
    wide = sum(length > 1.3 * width for length in followed[1:])
    return width if width <= WIDEST_WRAP and near >= 0.6 * len(followed) and not wide else 0


def runs_on(line: Line, after: Line, width: int) -> bool:
    """Does the sentence of a line go on in the next one? `width` is the width the text was broken at, or 0."""
    if after.after_gap or after.marked or after.heading or line.heading:
        return False
    lower = after.text[0].islower()
    full = bool(width) and len(line.text) + 1 + len(after.text.split(maxsplit=1)[0]) > width
    if _ABBREVIATED.search(line.text):
        return True  # "U.S." may end a sentence; the rules for sentences look at what follows
    if _CLOSED.search(line.text):
        return full
    if _HALF_CLOSED.search(line.text):
        return lower or full
    return lower or full or len(line.text) >= LONG or bool(_DANGLING.search(line.text))


def paragraphs(lines: Sequence[Line], width: int) -> Iterator[tuple[int, int]]:
    """Where does each paragraph begin and end, in offsets of the text?"""
    if not lines:
        return
    start = lines[0].start
    for line, after in pairwise(lines):
        if not runs_on(line, after, width):
            yield start, line.end
            start = after.start
    yield start, lines[-1].end
