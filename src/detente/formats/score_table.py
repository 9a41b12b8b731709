"""What does every foreign table of scores come down to: how many points has each party from each option?"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from detente.errors import FormatError

MAX_BYTES = 10_000_000
MAX_PARTIES = 64
MAX_ISSUES = 500
MAX_OPTIONS = 1_000  # of one issue
LARGEST = 1e9  # points; sums over all issues then stay far inside what a board counts exactly
POINTS = 100.0  # what utility 1 is worth; a board counts hundredths of a point
_MOST_SHOWN = 20

DecisionRule: TypeAlias = Literal["unanimity", "majority", "weighted", "quorum"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file: what it is called, and its bytes."""

    name: str
    content: bytes

    @property
    def stem(self) -> str:
        """Its name without folders and ending."""
        return PurePosixPath(self.name.replace("\\", "/")).stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One issue: its options, and what each is worth.

    =======  =================  ==================================================
    options  option             what each is called, no two alike
    worth    option, party      points
    today    -                  the option that stands today; None: a state of its own, worth nothing to anybody
    =======  =================  ==================================================
    """

    name: str
    options: tuple[str, ...]
    worth: tuple[tuple[float, ...], ...]
    today: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTable:
    """A table of scores: parties, issues, what each needs at least, and whose acceptance it takes.

    `threshold` is what each party must reach, in points; without one nobody needs more than how things stand. `origins`
    names the file of each party, `source` what stands behind them. `remarks` say what the files hold that a situation
    does not.
    """

    title: str
    parties: tuple[str, ...]
    matters: tuple[Matter, ...]
    threshold: tuple[float, ...] | None = None
    rule: DecisionRule = "unanimity"
    quorum: int | None = None
    vetoes: tuple[int, ...] = ()
    weights: tuple[float, ...] | None = None
    origins: tuple[str, ...] = ()
    source: str | None = None
    remarks: tuple[str, ...] = ()


def clean(text: str) -> str:
    r"""Return a name on one line: characters that cannot be shown and runs of white space are one blank.

    >>> clean(" Size\n of\x00 Fund ")
    'Size of Fund'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def shown(text: str, most: int = 60) -> str:
    """Return a text as it can stand in a message: on one line, and not too long."""
    plain = clean(text)
    return plain if len(plain) <= most else plain[: most - 3] + "..."


_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def number(text: str) -> float | None:
    """Return the finite number that a text writes with a point, or None.

    >>> number(" 1.5 "), number("1,5"), number("nan"), number("1e999"), number("1_000")
    (1.5, None, None, None, None)
    """
    found = text.strip()
    if len(found) > 400 or not _NUMBER.fullmatch(found):
        return None
    value = float(found)
    return value if math.isfinite(value) else None


def tidy(value: float) -> float:
    """Return a number without the noise of its last digits: twelve of them are kept.

    >>> tidy(0.1 + 0.2), tidy(60.1 - 35.05)
    (0.3, 25.05)
    """
    return float(f"{value:.12g}")


def listed(names: Iterable[str], most: int = 6) -> str:
    """Write names in a row, the first of them where there are many.

    >>> listed(["a", "b"]), listed("abcdefgh", most=3)
    ("'a', 'b'", "'a', 'b', 'c' and 5 more")
    """
    every = [f"'{shown(n)}'" for n in names]
    rest = len(every) - most
    return ", ".join(every) if rest <= 0 else f"{', '.join(every[:most])} and {rest} more"


def refuse(name: str, faults: Iterable[str]) -> None:
    """Raise FormatError where there are faults: all of them, by name, the first twenty in full."""
    found = list(dict.fromkeys(faults))
    if not found:
        return
    if len(found) == 1:
        raise FormatError(f"{shown(name)}: {found[0]}")
    told = [f"  {fault}" for fault in found[:_MOST_SHOWN]]
    if len(found) > _MOST_SHOWN:
        told.append(f"  and {len(found) - _MOST_SHOWN} more. Cure these first.")
    raise FormatError("\n".join([f"{shown(name)} has {len(found)} faults:", *told]))


def bounded(source: Source) -> bytes:
    """Return what a file holds.

    Raises FormatError where that is nothing, or more than is read.
    """
    if not source.content:
        raise FormatError(f"'{shown(source.name)}' is empty. Give a file with a table in it.")
    if len(source.content) > MAX_BYTES:
        raise FormatError(
            f"'{shown(source.name)}' is larger than {MAX_BYTES // 1_000_000} MB. Take out what is not a score."
        )
    return source.content
