"""Which numbers of a sentence say how likely something is, and which are a share of draws, a level or an interval?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from detente.desk.lint import patterns as p

_LONG = 2000  # of what a sentence holds around a number, more tells nothing


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number in a sentence; `event` where it says how likely an event is, `values` in percent.

    `kind` is "probability" for one number and "range" for two, "odds" without values, "interval" for what an interval
    runs between, "draws" for a share of draws, "other" for a level, a change, or a share of something that is named.
    """

    at: int
    text: str
    kind: Literal["probability", "range", "odds", "interval", "draws", "other"]
    values: tuple[float, ...]
    event: bool

    @property
    def end(self) -> int:
        """Where the number ends in the sentence."""
        return self.at + len(self.text)


def estimates(text: str, *, about: bool) -> tuple[Estimate, ...]:
    """Find the numbers of a sentence that are percentages, probabilities or odds; `about` where it is on a likelihood.

    >>> said = "War is unlikely (35%), whatever 10% tariffs do."
    >>> [(e.kind, e.values, e.event) for e in estimates(said, about=True)]
    [('probability', (35.0,), True), ('other', (10.0,), False)]
    """
    return tuple(sorted((*_percentages(text, about=about), *_written(text)), key=lambda e: e.at))


def _percentages(text: str, *, about: bool) -> Iterator[Estimate]:
    taken: list[range] = []
    for pattern in (p.RANGE, p.ONE):
        for found in pattern.finditer(text):
            if any(found.start() in span or found.end() - 1 in span for span in taken):
                continue
            taken.append(range(found.start(), found.end()))
            values = tuple(float(v.replace(",", ".")) for v in found.groups())
            if max(values) > 100:
                continue
            kind = _kind(text, found)
            yield Estimate(found.start(), found[0], kind, values, about and kind in ("probability", "range"))


def _kind(text: str, found: re.Match[str]) -> Literal["probability", "range", "interval", "draws", "other"]:
    before, after = text[max(0, found.start() - _LONG) : found.start()], text[found.end() : found.end() + _LONG]
    if p.OF_DRAWS.search(after):
        return "draws"
    if p.IS_LEVEL.search(after) or p.OF_ELSE.search(after) or p.CHANGED.search(before):
        return "other"
    if p.INTERVAL.search(before):
        return "interval"
    return "range" if len(found.groups()) > 1 else "probability"


def _written(text: str) -> Iterator[Estimate]:
    for found in p.DECIMAL.finditer(text):
        value = round(100 * float(found["after"] or found["formula"] or found["before"]), 6)
        yield Estimate(found.start(), found[0], "probability", (value,), event=True)
    for found in p.ODDS.finditer(text):
        yield Estimate(found.start(), found[0], "odds", (), event=True)
