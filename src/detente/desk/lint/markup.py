"""Which characters of a page are its text? The rest is blanked out, so that every place stays where it is in the file.

Nothing is parsed into a tree and nothing is run: one walk over the tags, which takes as long as the page is.
"""

import re
from dataclasses import dataclass
from html import unescape

# What stands in these is not said by whoever wrote the page: code, or the words of somebody else.
_RAW = ("script", "style", "textarea", "template", "noscript", "iframe")
_OTHERS = frozenset({"blockquote", "q", "cite", "code", "pre", "kbd", "samp", "head", "nav"})
# Classes of a page that Detente writes: the text of sources, quotes, and the small signs that lead to them.
_OTHERS_BY_CLASS = frozenset({"source-text", "quote", "refs", "about", "speaker", "back", "mark", "sideways"})
_FIRST_OF_SOURCES = "h3"  # in a list of sources the titles are those of the documents
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "desc", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "label", "legend", "li", "main", "nav", "ol", "p", "section", "summary", "svg", "table", "tbody", "td", "text",
    "tfoot", "th", "thead", "title", "tr", "ul",
})  # fmt: skip
_GROUPS = frozenset({"figure", "table"})
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]{0,60})")
_CLASS = re.compile(r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One block of text by its place in the file, and the table or picture that it is part of, 0 for none."""

    start: int
    end: int
    group: int


@dataclass(slots=True)
class _Walk:
    """Where the walk over a page is: the text it keeps, the blocks, and what it is inside of."""

    kept: list[str]
    stretches: list[Stretch]
    begun: int = 0
    group: int = 0
    groups: int = 0
    inside: int = 0  # how many tables and pictures are open
    skipped: str = ""
    depth: int = 0
    sources: bool = False

    def cut(self, at: int) -> None:
        """End a block here."""
        if at > self.begun:
            self.stretches.append(Stretch(self.begun, at, self.group))
        self.begun = at


def text_of_page(page: str) -> tuple[str, tuple[Stretch, ...]]:
    """Return a page with all but its own words blanked out, of the same length, and its blocks.

    >>> text, blocks = text_of_page("<p>A &amp; B <q>sure</q></p><script>1</script>")
    >>> text.split(), len(blocks) > 0
    (['A', '&', 'B'], True)
    """
    walk = _Walk([], [])
    at, last = 0, page.rfind(">")
    while at < len(page):
        opening = page.find("<", at)
        _keep(walk, page, at, len(page) if opening < 0 or opening > last else opening)
        if opening < 0 or opening > last:
            break
        at = _tag(walk, page, opening, last)
    walk.cut(len(page))
    return "".join(walk.kept), tuple(walk.stretches)


def _keep(walk: _Walk, page: str, start: int, end: int) -> None:
    if walk.skipped:
        walk.kept.append(_blank(page[start:end]))
    else:
        walk.kept.append(_ENTITY.sub(_character, page[start:end]))


def _character(found: re.Match[str]) -> str:
    """A character and as many blanks as its name was longer."""
    plain = unescape(found[0])
    return plain[:1].replace("\n", " ") + " " * (len(found[0]) - len(plain[:1]))


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _tag(walk: _Walk, page: str, start: int, last: int) -> int:
    """Pass one tag or comment, and say where the walk goes on."""
    if page.startswith("<!--", start):
        end = page.find("-->", start + 4)
        end = len(page) if end < 0 else end + 3
        walk.kept.append(_blank(page[start:end]))
        return end
    named = _NAME.match(page, start)
    if named is None and not page.startswith(("<!", "<?"), start):
        _keep(walk, page, start, start + 1)
        return start + 1
    end = _tag_end(page, start, last)
    name = named[1].lower() if named else ""
    if name in _RAW and page[start + 1] != "/":
        closing = re.compile(f"</{name}", re.IGNORECASE).search(page, end)
        end = page.find(">", closing.end()) + 1 if closing else 0
        end = end or len(page)
    elif named:
        _pass(walk, name, page[start:end], start)
    walk.kept.append(_blank(page[start:end]))
    return end


def _tag_end(page: str, start: int, last: int) -> int:
    """Find the end of a tag; a `>` in a quoted attribute is none, unless the quote is never closed."""
    at = start
    while at <= last:
        found = re.compile("[>\"']").search(page, at)
        if found is None:
            break
        if found[0] == ">":
            return found.end()
        at = page.find(found[0], found.end()) + 1
        if at == 0:
            break
    return page.index(">", start) + 1


def _pass(walk: _Walk, name: str, tag: str, at: int) -> None:
    closes = tag.startswith("</")
    alone = tag.endswith("/>") or name in ("br", "hr", "img", "meta", "link", "input")
    if name in _BLOCKS:
        walk.cut(at)
    if name in _GROUPS and not alone:
        _enter(walk, closes=closes)
    if walk.skipped:
        if name == walk.skipped and not alone:
            walk.depth += -1 if closes else 1
            walk.skipped = walk.skipped if walk.depth else ""
    elif not closes and not alone and _said_by_others(walk, name, tag):
        walk.skipped, walk.depth = name, 1


def _enter(walk: _Walk, *, closes: bool) -> None:
    """A table inside a picture belongs to the picture."""
    walk.inside = max(0, walk.inside + (-1 if closes else 1))
    if walk.inside == 1 and not closes:
        walk.groups += 1
    walk.group = walk.groups if walk.inside else 0


def _said_by_others(walk: _Walk, name: str, tag: str) -> bool:
    found = _CLASS.search(tag[:2000])
    classes = set((found[1] or found[2] or found[3] or "").split()) if found else set()
    if name == "section":
        walk.sources = "sources" in classes
    return name in _OTHERS or bool(classes & _OTHERS_BY_CLASS) or (walk.sources and name == _FIRST_OF_SOURCES)
