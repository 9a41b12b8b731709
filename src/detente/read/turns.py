"""Which statements say that something ended: a threat that is taken back, talks that break off?

The words of the sentence decide, together with what was read in it: who acts, and between whom the talks are.
"""

import re
from typing import Final

from detente.read.items import Item, Reading
from detente.read.summary import parties

_THREAT: Final = r"\b(?:threat|ultimatum|warning)s?\b"
_BACK: Final = (
    r"\b(?:withdr[ae]w\w*|drop\w*|lift\w*|retract\w*|rescind\w*|revok\w*|renounc\w*|abandon\w*|no longer"
    r"|back\w* (?:down|away|off)|t(?:ake|akes|aken|ook) back|not (?:carry out|make good on|follow through on|act on))"
)
_TAKES_BACK: Final = re.compile(
    rf"{_BACK}\b[^.;]{{0,40}}{_THREAT}|{_THREAT}[^.;]{{0,20}}\b(?:was|were|been|is|are) (?:withdrawn|dropped|lifted)",
    re.IGNORECASE,
)
_TALKS: Final = r"\b(?:talks|negotiations?|dialogue|round|discussions)\b"
_ENDS: Final = (
    r"\b(?:collaps\w+|br(?:oke|eak|eaks|oken|eaking) (?:down|off|up)|f[ae]ll(?:s|en)? (?:apart|through)|suspend\w*"
    r"|walk\w* (?:out|away)|end(?:s|ed)? without|called off|cancel\w*|quit|pull\w* out|fail(?:s|ed)?\b)"
)
_BREAKS_OFF: Final = re.compile(rf"{_TALKS}[^.;]{{0,60}}{_ENDS}|{_ENDS}[^.;]{{0,40}}{_TALKS}", re.IGNORECASE)
_DENIED: Final = re.compile(rf"(?:\bnot\b|\bnever\b|n't\b|n\u2019t\b|\bdenied\b)[^.;]{{0,40}}{_ENDS}", re.IGNORECASE)
_DONE: Final = ("actual", "historical")


def takes_back(item: Item, reading: Reading) -> bool:
    """Whether the sentence of an item says that a threat is taken back.

    >>> bool(_TAKES_BACK.search("Norland withdrew its threat to close the pass"))
    True
    """
    return _TAKES_BACK.search(sentence_of(item, reading)) is not None


def breaks_off(item: Item, reading: Reading) -> bool:
    """Whether an item tells of talks that ended without a result, or that somebody left.

    >>> bool(_BREAKS_OFF.search("Talks on the pass collapsed")), bool(_DENIED.search("talks did not collapse"))
    (True, True)
    """
    if item.modality not in _DONE or item.negated or item.background or len(between(item)) < 2:
        return False
    words = sentence_of(item, reading)
    return _BREAKS_OFF.search(words) is not None and _DENIED.search(words) is None


def between(item: Item) -> tuple[str, ...]:
    """Return between whom the talks are that an item tells of."""
    if item.table is not None and len(item.table.parties) > 1:
        return item.table.parties
    return parties((*item.actors, *item.recipients))


def sentence_of(item: Item, reading: Reading) -> str:
    """Return the sentence that an item stands in."""
    clause = item.clause()
    found = next((s for s in reading.sentences if s.id == clause.sentence), None)
    return reading.document.text[found.start : found.end] if found else clause.quote
