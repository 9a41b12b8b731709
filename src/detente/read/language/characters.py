"""How does a text look to the parser, character for character: same length, plain white space, plain dashes?"""

import re

from detente.read.documents.lines import INVISIBLE

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Joiners and variation selectors belong to the emoji they build.
_HIDDEN = INVISIBLE.replace("\u200b-\u200f", "\u200b\u200e\u200f").replace("\ufe00-\ufe0f", "")
_WHITE = re.compile(rf"[{_SPACES}]")
_HIDDEN_AT_EDGE = re.compile(rf"(?<!\w)[{_HIDDEN}]+|[{_HIDDEN}]+(?!\w)")
_PLAIN = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "–",
        "\u2015": "—",
        "\u2212": "-",
        "\u201b": "‘",
        "\u201a": "‘",
        "\u201e": "“",
        "\u201f": "“",
        "\u02bc": "’",
        "\u00b4": "’",
        "\uff02": '"',
        "\uff07": "'",
    }
)
_MARKDOWN = re.compile(r"\*\*|__|(?<!\w)[*_`](?=\w)|(?<=[\w.,!?])[*_`](?!\w)|!?\[(?=[^\]\n]*\]\()|\]\([^)\s]*\)")


def plain(text: str, *, markdown: bool = False) -> str:
    r"""How does the parser see this text? The result has the same length, so offsets hold in both.

    Every white-space character becomes a space, hidden characters at the edge of a word too, rare dashes and quotes
    become common ones; with `markdown` the marks of emphasis and links become spaces.

    >>> plain("U.S.\u2011led\r\ntalks"), plain("**Iran** said", markdown=True)
    ('U.S.-led  talks', '  Iran   said')
    """
    shown = _HIDDEN_AT_EDGE.sub(_blank, _WHITE.sub(" ", text))
    shown = shown.translate(_PLAIN)
    return _MARKDOWN.sub(_blank, shown) if markdown else shown


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
