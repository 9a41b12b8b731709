"""What of a file is said by whoever wrote it, sentence by sentence? Quotes, code and the texts of sources are left out.

Every sentence knows its place in the file, and what stands near it: its paragraph, or its table or picture as a whole
with the caption above it. What is left out is blanked, so that no place moves.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from detente.desk.lint.markup import Stretch, text_of_page

Form: TypeAlias = Literal["html", "markdown", "plain"]

MOST = 2000  # characters that one sentence may have, so that a file of one sentence takes no longer than any other
NEAR = 20_000  # characters of a table that are near each of its cells, its caption first
_WORD = re.compile(r"\S+")
_PAGE = re.compile(r"\s*(?:<!doctype\s+html|<html\b|<\?xml\b[^>]{0,200}>\s*<(?:!doctype\s+)?html)", re.IGNORECASE)
_SPLIT = re.compile(
    r"(?<![A-Z]\.)(?<!\bMr\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\bGen\.)(?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)"
    r"(?<=[.!?])[\"”’)\]*_]*\s+(?=[“\"'(\[*_•]*[A-Z0-9])"
)
# Looked for in one paragraph at a time, so that a quote that is never closed does not hide the rest of the file.
_QUOTES = re.compile(r"“[^“”]{0,3000}”|«[^«»]{0,3000}»")
_STRAIGHT = re.compile(r"\"[^\"]{0,3000}\"")
_GAP = re.compile(r"\n(?:[ \t]*\n)+")
_ITEM = re.compile(r"^[ \t]*(?:[-*+•?]|\d{1,3}[.)])[ \t]+", re.MULTILINE)
_RECORD = re.compile(r"^ {2}(?! )[^:\n]{1,60}: ", re.MULTILINE)
_DRAWN = re.compile(r"\S {3,}\S|[│┃─━█═]|^[ \t]*\|.*\|")
_CELLS = re.compile(r" {2,}|\||\n")
_SOURCE_LINE = re.compile(r"^.*\S {2}grade [A-F][1-6].*$|^.*\S {2}grade not graded.*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~)[^\n]*\n.*?(?:^\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
_FRONT = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_CODE = re.compile(r"`[^`\n]{0,500}`")
_QUOTED_LINE = re.compile(r"^[ \t]{0,3}>.*$", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6} .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or cell: where it begins in the file, how it stands there, and what stands near it."""

    start: int
    raw: str
    near: str
    cell: bool

    @property
    def text(self) -> str:
        """The sentence with single blanks between its words."""
        return _tidy(self.raw)

    def place(self, at: int) -> int:
        """Return where a character of `text` stands in the file."""
        before = 0
        for word in _WORD.finditer(self.raw):
            length = word.end() - word.start()
            if at <= before + length:
                return self.start + word.start() + at - before
            before += length + 1
        return self.start


def form_of(name: str, text: str) -> Form:
    """Tell how a file is written, from its ending and its beginning.

    >>> form_of("brief.md", "# Dam"), form_of("brief", "<!doctype html><p>Dam"), form_of("brief.txt", "Dam")
    ('markdown', 'html', 'plain')
    """
    ending = name.rpartition(".")[2].lower()
    if ending in ("html", "htm", "xhtml") or _PAGE.match(text):
        return "html"
    return "markdown" if ending in ("md", "markdown") else "plain"


def passages(text: str, *, form: Form) -> Iterator[Said]:
    """Walk the sentences of a text, in the order of the file.

    >>> [s.text for s in passages("It rains. “It will stop.”", form="plain")]
    ['It rains.']
    """
    if form == "html":
        words, stretches = text_of_page(text)
        yield from _of_page("".join(_without(words[s.start : s.end], _QUOTES) for s in stretches), stretches)
        return
    if form == "markdown":
        text = _without(text, _FRONT, _FENCE, _CODE, _QUOTED_LINE)
        text, _ = text_of_page(text)
    yield from _of_text(_without(text, _SOURCE_LINE))


def _without(text: str, *patterns: re.Pattern[str]) -> str:
    """Blank out what is found; line ends stay."""
    for pattern in patterns:
        text = pattern.sub(_blanked, text)
    return text


def _blanked(found: re.Match[str]) -> str:
    return "\n".join(" " * len(line) for line in found[0].split("\n"))


def _of_page(words: str, stretches: tuple[Stretch, ...]) -> Iterator[Said]:
    parts: dict[int, list[str]] = {}
    for s in stretches:
        if s.group:
            parts.setdefault(s.group, []).append(words[s.start : s.end])
    near = {group: _tidy(" ".join(found))[:NEAR] for group, found in parts.items()}
    for s in stretches:
        piece = words[s.start : s.end]
        yield from _sentences(piece, s.start, near.get(s.group) or _tidy(piece)[:NEAR], cell=bool(s.group))


def _of_text(words: str) -> Iterator[Said]:
    """Paragraphs stand between empty lines; one that is drawn in columns is near the one above it, its caption."""
    caption = ""
    for start, end in _paragraphs(words):
        piece = _without(words[start:end], _QUOTES, _STRAIGHT)
        lines = [line for line in piece.splitlines() if line.strip()]
        if 2 * sum(bool(_DRAWN.search(line.rstrip())) for line in lines) >= len(lines) > 0:
            near = caption = f"{caption} {_tidy(piece)}"[-NEAR:]
            yield from _cells(piece, start, near)
            continue
        if _RECORD.search(piece):  # a table that is too wide for a terminal: one line for every cell
            near = caption = f"{caption} {_tidy(piece)}"[-NEAR:]
            for begun, ended in _items(piece, _RECORD):
                yield from _sentences(piece[begun:ended], start + begun, near, cell=True)
            continue
        caption = _tidy(piece)
        for begun, ended in _items(piece, _ITEM, _HEADING):
            item = piece[begun:ended]
            yield from _sentences(item, start + begun, _tidy(item)[:NEAR], cell=False)


def _paragraphs(words: str) -> Iterator[tuple[int, int]]:
    begun = 0
    for gap in _GAP.finditer(words):
        yield begun, gap.start()
        begun = gap.end()
    yield begun, len(words)


def _items(piece: str, *marks: re.Pattern[str]) -> Iterable[tuple[int, int]]:
    """Part a paragraph where a line begins with a bullet, is a heading, or names what follows."""
    found = [one for mark in marks for one in mark.finditer(piece)]
    cuts = {one.start() for one in found} | {one.end() for one in found if one.re is _HEADING}
    return pairwise([0, *sorted(cuts - {0, len(piece)}), len(piece)])


def _cells(piece: str, start: int, near: str) -> Iterator[Said]:
    begun = 0
    for gap in _CELLS.finditer(piece):
        yield from _sentences(piece[begun : gap.start()], start + begun, near, cell=True)
        begun = gap.end()
    yield from _sentences(piece[begun:], start + begun, near, cell=True)


def _sentences(piece: str, start: int, near: str, *, cell: bool) -> Iterator[Said]:
    begun = 0
    for gap in (*_SPLIT.finditer(piece), None):
        ended = len(piece) if gap is None else gap.start()
        yield from _parts(piece, start, begun, ended, near, cell)
        begun = ended if gap is None else gap.end()


def _parts(piece: str, start: int, begun: int, ended: int, near: str, cell: bool) -> Iterator[Said]:
    """What is longer than any sentence is parted between two words, or where it has none, anywhere."""
    while begun < ended:
        blank = piece.rfind(" ", begun + 1, begun + MOST)
        cut = ended if ended - begun <= MOST else blank if blank > 0 else begun + MOST
        if raw := piece[begun:cut].strip():
            yield Said(start + piece.index(raw, begun), raw, near, cell)
        begun = cut


def _tidy(text: str) -> str:
    return " ".join(text.split())
