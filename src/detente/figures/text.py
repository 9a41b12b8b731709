"""How wide is a text, where does it break, and what of it may be shown?

Pictures are laid out before any browser sees them, so widths are estimated from character classes; the estimate errs on
the wide side for the usual sans-serif faces.
"""

import re
import unicodedata

NARROW = frozenset("iljtfrI.,:;'|!()[] ’‘·")
WIDE = frozenset("mwMW@%—…")
ELLIPSIS = "…"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_DELETED = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def printable(text: str) -> str:
    """Show what cannot be shown: control characters as their pictures, broken characters as a replacement sign.

    Every code point stays one code point, so offsets into the text keep their meaning.

    >>> printable("a\\x1b[31mb")
    'a␛[31mb'
    """
    pictured = _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])), text.replace("\x0c", "\n"))
    return _DELETED.sub("\N{REPLACEMENT CHARACTER}", pictured)


def one_line(text: str) -> str:
    """Return the text on one line, without characters that turn the reading direction around.

    >>> one_line("two\\n  lines")
    'two lines'
    """
    return " ".join(_BIDI.sub("", printable(text)).split())


def tenths(points: float) -> float:
    """Round points to one decimal, halves away from nought, so that 47.75 and -47.75 read alike.

    >>> tenths(-5.25), tenths(47.75), tenths(0.04)
    (-5.3, 47.8, 0.0)
    """
    hundredths = round(points * 100)
    return (-1 if hundredths < 0 else 1) * ((abs(hundredths) + 5) // 10) / 10


def gain(points: float) -> str:
    """Write a gain with its sign and one decimal, the one rounding of every gain that is drawn.

    >>> gain(12.34), gain(-0.5), gain(0.04)
    ('+12.3', '-0.5', '0')
    """
    found = tenths(points)
    return f"{found:+.1f}" if found else "0"


def text_width(text: str, size: float) -> float:
    """Estimate how many pixels a text takes in a sans-serif face of this size.

    >>> text_width("will", 10) < text_width("WILL", 10)
    True
    """
    return size * sum(_advance(letter) for letter in text)


def _advance(letter: str) -> float:
    if letter in NARROW:
        return 0.36
    if letter in WIDE:
        return 0.92
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.02
    return 0.72 if letter.isupper() else 0.61


def shorten(text: str, width: float, size: float) -> str:
    """Cut a text to a width, with an ellipsis where something is left out.

    >>> shorten("a very long name indeed", 60, 10)
    'a very lo…'
    """
    text = one_line(text)
    if text_width(text, size) <= width:
        return text
    kept, used = [], text_width(ELLIPSIS, size)
    for letter in text:
        used += text_width(letter, size)
        if used > width:
            break
        kept.append(letter)
    # Widths added letter by letter may round otherwise than the width of the whole.
    while kept and text_width("".join(kept).rstrip() + ELLIPSIS, size) > width:
        kept.pop()
    return "".join(kept).rstrip() + ELLIPSIS


def wrap(text: str, width: float, size: float, *, lines: int = 2) -> tuple[str, ...]:
    """Break a text into at most so many lines of a width; words that are too long are broken, the rest is cut.

    >>> wrap("no limit on the fill", 70, 10)
    ('no limit on', 'the fill')
    """
    words = one_line(text).split(" ")
    done: list[str] = []
    while words and len(done) < lines - 1:
        line, words = _first_line(words, width, size)
        done.append(line)
    if words:
        done.append(shorten(" ".join(words), width, size))
    return tuple(done)


def _first_line(words: list[str], width: float, size: float) -> tuple[str, list[str]]:
    taken = 1
    while taken < len(words) and text_width(" ".join(words[: taken + 1]), size) <= width:
        taken += 1
    line = " ".join(words[:taken])
    if text_width(line, size) <= width:
        return line, words[taken:]
    cut = len(shorten(line, width, size)) - 1
    return line[: max(cut, 1)], [line[max(cut, 1) :], *words[taken:]]
