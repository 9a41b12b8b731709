"""How does a picture of a page leave the page: as an SVG that stands alone, and as pixels?

On a page the colours are variables that the page sets, and a narrow twin waits for telephones. Alone, a picture keeps
its usual width, its light colours and a background of its own, so that it looks the same wherever it is put.
"""

import re
import struct
import zlib
from dataclasses import dataclass

import vl_convert

from detente.errors import FormatError

SCALE = 2.0  # pixels for one of the picture: sharp on paper
MOST_PIXELS = 30_000.0  # of one side: beyond, memory rather than sharpness is what grows
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ONE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_VARIABLE = re.compile(r"var\(--[a-z-]+,\s*(#[0-9a-fA-F]{3,8})\)")
_OPEN = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"')
_NAMED = re.compile(r"<(?P<tag>title|desc)\b[^>]*>(?P<text>.*?)</(?P=tag)>", re.DOTALL)
_CLASS = re.compile(r'(<svg\b[^>]*?) class="[^"]*"')
PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a picture is, in pixels of a page: 96 to the inch."""

    width: float
    height: float


def alone(svg: str) -> str:
    """Return a picture of a page as a file of its own: one SVG, literal colours, white behind it.

    Raises FormatError where there is no picture, or it takes a colour from a page that has none to give.

    >>> alone('<svg viewBox="0 0 9 9"><path fill="var(--ink, #1d232b)"/></svg>').splitlines()[1]
    '<svg viewBox="0 0 9 9"><rect width="9" height="9" fill="#ffffff"/><path fill="#1d232b"/></svg>'
    """
    found = [one[0] for one in _ONE.finditer(svg)]
    if not found:
        raise FormatError("There is no picture in what should be one. Make the figure anew.")
    wide = next((one for one in found if "narrow" not in _OPEN.match(one)[0]), found[0])  # type: ignore[index]
    plain = _CLASS.sub(r"\1", _VARIABLE.sub(r"\1", wide), count=1)
    if "var(" in plain:
        raise FormatError("A picture takes a colour from the page it is on. Give every colour a fallback, as #hex.")
    size = size_of(plain)
    backing = f'<rect width="{size.width:g}" height="{size.height:g}" fill="{PAPER}"/>'
    return HEAD + _OPEN.sub(lambda head: head[0] + backing, plain, count=1) + "\n"


def size_of(svg: str) -> Size:
    """Return how large a picture is.

    Raises FormatError where it does not say.

    >>> size_of('<svg viewBox="0 0 720 410.5"></svg>')
    Size(width=720.0, height=410.5)
    """
    found = _SIZE.search(svg)
    if found is None:
        raise FormatError("A picture does not say how large it is. Give it a viewBox that begins at 0 0.")
    return Size(float(found["width"]), float(found["height"]))


def told(svg: str) -> tuple[str, str]:
    """Return what a picture is called and what it says it shows, empty where it does not.

    >>> told('<svg><title id="t">Who wants what</title><desc>Two parties &amp; a dam</desc></svg>')
    ('Who wants what', 'Two parties & a dam')
    """
    found: dict[str, str] = {}
    for one in _NAMED.finditer(svg):
        found.setdefault(one["tag"], _unescaped(one["text"]))
    return found.get("title", ""), found.get("desc", "")


def png(alone: str, *, scale: float = SCALE) -> bytes:
    """Return a picture that stands alone as a PNG, its fonts those of this machine.

    Raises FormatError where it cannot be drawn.
    """
    size = size_of(alone)
    fitting = min(scale, MOST_PIXELS / max(size.width, size.height, 1.0))
    try:
        drawn: bytes = vl_convert.svg_to_png(alone, scale=fitting)
    except (RuntimeError, ValueError) as error:
        said = (str(error).splitlines() or ["it says nothing"])[0]
        raise FormatError(f"A picture cannot be drawn as PNG: {said}. Take the SVG instead.") from error
    return _packed(drawn)


def _packed(drawn: bytes) -> bytes:
    """Pack the pixels of a PNG as tightly as they go: what draws it is fast rather than sparing."""
    head, at, pixels, others = drawn[:8], 8, b"", []
    while at < len(drawn):
        (length,) = struct.unpack(">I", drawn[at : at + 4])
        kind, content = drawn[at + 4 : at + 8], drawn[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IDAT":
            pixels += content
        else:
            others.append((kind, content))
    others.insert(-1, (b"IDAT", zlib.compress(zlib.decompress(pixels), 6)))
    return head + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in others
    )


def _unescaped(text: str) -> str:
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(written, meant)
    return text
