"""Into which blocks does a text fall: headline, byline, dateline, paragraphs?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.read.documents.byline import Stated, byline, first_date, is_outlet
from detente.read.documents.document import Block
from detente.read.documents.lines import Line, cut, ink, paragraphs, runs_on, wrap_width

HEADER_LINES = 6
_FURNITURE = re.compile(
    r"(?:recommended stories.*|list of \d+ items|end of list|advertisement|read more:?|share(?: this(?: article)?)?"
    r"|related(?: stories| articles| topics)?:?|sign up .{0,60}|follow us .{0,60}|(?:file )?photo:.*)$",
    re.IGNORECASE,
)
_PLACE = r"[A-Z][A-Z.'’-]{3,}(?:[ /][A-Z][A-Z.'’-]*){0,4}"
_THEN = r"(?=[\"“'‘(]?[A-Z0-9])"
_DATELINE = re.compile(
    rf"{_PLACE}(?:, [A-Z][\w.]*(?: [\w.]+){{0,2}}(?:, \d{{4}})?)?(?: ?\([\w ./-]{{2,40}}\))?(?: [-–—]+ |—){_THEN}"
    rf"|(?P<first>(?=[A-Z]{{6}}){_PLACE}: {_THEN})"
    rf"|(?:[A-Z][\w.'’-]*[ ,/]+){{0,6}}\((?P<agency>[A-Z][\w. /]{{1,30}})\) ?[-–—]+ ?{_THEN}"
)
_DATELINE_ALONE = re.compile(
    r"(?:[A-Z][\w.’'-]*(?: |, )){0,4}[A-Z][\w.’'-]*(?: [-–—|] |/)[A-Z][\w.’'-]*(?:,? [A-Z][\w.’'-]*){0,3}$"
)
_AGENCY = re.compile(r"\(([A-Z][\w. /]{1,30})\)")
_QUESTION = re.compile(r"[?!][\"'”’]*$")
_CLOSED = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which blocks did the text fall into, and what do its headline and bylines state?"""

    blocks: tuple[Block, ...]
    title: str | None
    stated: Stated


def lay_out(text: str, *, start: int = 0, markdown: bool = False, title: str | None = None) -> Layout:
    """Which blocks does the text fall into?

    A line without closing punctuation runs on into the next one; the first line of a document that closes with none
    and has text below it is the headline. A gap, a list mark or a separator always ends a block.

    start  where the text begins, after any front matter
    title  a headline known from elsewhere: a first line that equals it is the headline, whatever its punctuation

    >>> lay_out("Talks resume\\n\\nThe two sides met\\nin Muscat.").blocks
    (Block(start=0, end=12, kind='headline'), Block(start=14, end=42, kind='text'))
    """
    lines = [line for line in cut(text, start=start, markdown=markdown) if not _FURNITURE.match(line.text)]
    width = wrap_width(lines)
    count, head, stated = _header(lines, width, title)
    body, tail = lines[count:], []
    if len(body) > 1 and (credit := byline(body[-1].text)):
        tail, body, stated = [Block(body[-1].start, body[-1].end, "byline")], body[:-1], _both(stated, credit)
    blocks = list(head)
    for number, (begin, end) in enumerate(paragraphs(body, width)):
        if number < 2 and (place := _dateline(text, begin, end, first=number == 0)):
            blocks.append(place)
            stated = _both(stated, _stated_in(text[place.start : place.end]))
            begin, end = ink(text, place.end, end)
        if begin < end:
            blocks.append(Block(begin, end, "text"))
    found = next((text[block.start : block.end] for block in head if block.kind == "headline"), title)
    return Layout(tuple(blocks + tail), found, stated)


def _header(lines: Sequence[Line], width: int, title: str | None) -> tuple[int, list[Block], Stated]:
    """How many lines stand above the text, which blocks are they, and what do they state?"""
    blocks: list[Block] = []
    stated, headline, count = Stated(), False, 0
    for i, line in enumerate(lines[:HEADER_LINES]):
        credit = byline(line.text)
        if credit:
            blocks.append(Block(line.start, line.end, "byline"))
            stated = _both(stated, credit)
        elif not headline and _is_headline(lines, i, width, title):
            blocks.append(Block(line.start, line.end, "headline"))
            headline = True
        elif blocks and len(line.text) <= 45 and i + 1 < len(lines) and _DATELINE_ALONE.match(line.text):
            blocks.append(Block(line.start, line.end, "dateline"))
        else:
            break
        count = i + 1
    return count, blocks, stated


def _is_headline(lines: Sequence[Line], i: int, width: int, title: str | None) -> bool:
    """Is this line the headline: unclosed, followed by text, and not a line of prose broken by hand?"""
    line, after = lines[i], lines[i + 1] if i + 1 < len(lines) else None
    if after is None:
        return False
    if line.heading or (title is not None and line.text.split() == title.split()):
        return True
    if byline(after.text):
        return not _CLOSED.search(line.text) or bool(_QUESTION.search(line.text))
    if _CLOSED.search(line.text) or after.text[0].islower():
        return False
    return after.after_gap or not width or len(line.text) > 1.15 * width or not runs_on(line, after, width)


def _dateline(text: str, start: int, end: int, *, first: bool) -> Block | None:
    """Does the paragraph open with a place and a dash, as agency copy does? "PLACE:" only opens a first paragraph."""
    match = _DATELINE.match(text, start, end)
    if not match or (match["first"] and not first) or (match["agency"] and not is_outlet(match["agency"])):
        return None
    return Block(start, ink(text, start, match.end())[1], "dateline")


def _stated_in(dateline: str) -> Stated:
    agency = _AGENCY.search(dateline)
    return Stated(agency[1] if agency and is_outlet(agency[1]) else None, first_date(dateline))


def _both(first: Stated, second: Stated) -> Stated:
    return Stated(
        first.publisher or second.publisher,
        first.published or second.published,
        first.reported or second.reported,
    )
