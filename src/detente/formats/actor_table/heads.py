"""What does a column of a table of actors hold, going by its head, and how is such a head written?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from detente.formats.score_table import clean

ACTOR, DESCRIPTION, ISSUE = "actor", "description", "issue"
NUMBERS = ("position", "salience", "capability")
LOW, HIGH = "low", "high"

# Position and salience come first: 'influence position' is a position on influence.
_WORDS: Mapping[str, str] = {
    "position": "positions?|pstn|stance|preference",
    "salience": "salienc[ey]|saliences|sal|importance|priority",
    "capability": "capability|capabilities|power|influence|resources?|weight|clout",
}
_WHOLE: Mapping[str, str] = {
    ACTOR: "actors?|names?|stakeholders?|party|player|member",
    DESCRIPTION: "descriptions?|notes?|full name",
    ISSUE: "issue|dimension|topic|question",
}
_ENDS = {LOW: "low|lowest|min|minimum", HIGH: "high|highest|max|maximum"}
_GAP = r"[\s_:]+"


@dataclass(frozen=True, slots=True)
class Head:
    """What a column holds: `what`, on which dimension (empty: all, or the only one), and which end of a range."""

    text: str
    what: str
    dimension: str = ""
    end: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other columns."""
        return self.what, self.dimension.casefold(), self.end


def head(text: str) -> Head | None:
    """Return what a column holds, None where its head says nothing that is known.

    What stands in brackets is the name of an issue as it is.

    >>> head("Policy Position"), head("salience_low missiles"), head("Legend")
    (Head(text='Policy Position', what='position', dimension='Policy', end=''), \
Head(text='salience_low missiles', what='salience', dimension='missiles', end='low'), None)
    """
    plain = clean(text)
    for what, words in _WHOLE.items():
        if re.fullmatch(words, plain.casefold()):
            return Head(plain, what)
    for what, words in _WORDS.items():
        rest = _without(plain, words)
        if rest is None and (match := re.fullmatch(rf"(?i)(?:{words})(\d+)", plain)):
            rest = match[1]
        if rest is not None:
            return _ended(plain, what, rest)
    return None


def head_of(what: str, dimension: str, end: str = "") -> Head:
    """Return a head that `head` reads back as what it is.

    >>> head_of("position", "Low seas").text
    'position [Low seas]'
    """
    lead = f"{what} {end}".strip()
    wanted = (what, dimension.casefold(), end)
    plain = f"{lead} {dimension}".strip()
    found = head(plain)
    text = plain if found is not None and found.key == wanted else f"{lead} [{dimension}]"
    return Head(text, what, dimension, end)


def _without(text: str, words: str) -> str | None:
    """Return what is left of a text without one of the words at its beginning or end; None where none is there."""
    for pattern in (rf"(?i)(?:{words})(?:{_GAP}|(?=[\[(])|,\s*|$)(.*)", rf"(?i)(.*?)(?:{_GAP}|(?<=[\])]))(?:{words})"):
        if match := re.fullmatch(pattern, text):
            return match[1].strip()
    return None


def _ended(text: str, what: str, rest: str) -> Head:
    for end, words in _ENDS.items():
        if not _bracketed(rest) and (name := _without(rest, words)) is not None:
            return Head(text, what, _unbracketed(name), end)
    return Head(text, what, _unbracketed(rest))


def _bracketed(text: str) -> bool:
    return re.fullmatch(r"\[.*\]|\(.*\)", text) is not None


def _unbracketed(text: str) -> str:
    return text[1:-1].strip() if _bracketed(text) else text
