"""Which texts say the same again, nearly word for word?

The resemblance of two texts is the share of their shingles that both have (Broder 1997): a shingle is `SHINGLE` words
in a row, in lower case, without marks. Which texts to compare is told by their sketches. A sketch holds, for each of
`BANDS * ROWS` hash functions, the least value over all shingles; two texts have the same value in one place with a
probability that is their resemblance. They are compared where all values of one band are alike, so that a pair of
resemblance r is missed with probability (1 - r ** ROWS) ** BANDS: 2 in 1,000 at the threshold, 3 in 10 million at 0.9.
The resemblance of what is compared is then computed exactly, so that no text is dropped on a guess.

Sources: Broder (1997), "On the resemblance and containment of documents", Proceedings of Compression and Complexity of
Sequences, 21-29; Leskovec, Rajaraman and Ullman (2014), Mining of Massive Datasets, 2nd ed., chapter 3, for the bands.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from jaxtyping import Int, UInt

SHINGLE: Final = 5  # words
BANDS: Final = 20
ROWS: Final = 6  # hash functions of a band
THRESHOLD: Final = 0.8  # a copy with another headline, dateline and last line stays above it; an update often does not
_WORD: Final = re.compile(r"\w+")
_BLOCK: Final = 4_096  # shingles hashed at one time

Texts = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A text that says again what another one says; both by their numbers."""

    number: int
    of: int
    resemblance: float


def shingles(text: str) -> UInt[np.ndarray, " shingle"]:
    """Which shingles does a text have? Their hashes, each once, in order; a shorter text is one shingle.

    >>> len(shingles("The envoys met in Muscat, again.")), len(shingles("Talks failed."))
    (2, 1)
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    codes = {word: hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest() for word in set(words)}
    hashed = np.frombuffer(b"".join(codes[word] for word in words), dtype="<u8").astype(np.uint64)
    width = min(SHINGLE, len(hashed))
    if width == 0:
        return np.zeros(1, np.uint64)
    mixed = np.zeros(len(hashed) - width + 1, np.uint64)
    for at in range(width):
        mixed = _mixed(mixed + hashed[at : at + len(mixed)])
    return np.unique(mixed)


def sketch(text: str) -> UInt[np.ndarray, " hash"]:
    """How is a text told from others in short? The least value of each hash function over its shingles.

    >>> sketch("The envoys met in Muscat, again.").shape
    (120,)
    """
    found = shingles(text)
    times, plus = _functions()
    least = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(found), _BLOCK):
        values = _mixed(found[start : start + _BLOCK, None] * times + plus)
        np.minimum(least, values.min(axis=0), out=least)
    return (least >> np.uint64(32)).astype(np.uint32)


def resemblance(one: str, other: str) -> float:
    """Which share of the shingles of two texts do both have?

    >>> resemblance("The envoys met in Muscat.", "The ENVOYS met in Muscat!")
    1.0
    """
    first, second = shingles(one), shingles(other)
    both = len(np.intersect1d(first, second, assume_unique=True))
    return both / (len(first) + len(second) - both)


def repeats(
    sketches: UInt[np.ndarray, "text hash"],
    published: Sequence[date | None],
    digests: Sequence[bytes],
    texts: Texts,
    *,
    threshold: float = THRESHOLD,
) -> tuple[Repeat, ...]:
    """Which texts repeat another one? The first published is kept, of one day the first in order; undated come last.

    Every text that is dropped resembles the very text that it is said to repeat, which is kept itself.

    =========  ==========  ================================================
    sketches   text, hash  of each text, in order
    published  text        the day, where it is known
    digests    text        alike for the same text: nothing is compared then
    texts      -           the text of a number, for those that are compared
    =========  ==========  ================================================

    >>> told = ("Talks in Muscat went on for a day.", "Talks in Muscat went on, for a day!", "No talks were held.")
    >>> days = (None, date(2026, 2, 8), None)
    >>> [(r.number, r.of) for r in repeats(np.stack([sketch(t) for t in told]), days, [b""] * 3, told.__getitem__)]
    [(0, 1)]
    """
    buckets = _shared(sketches)
    kept: dict[tuple[int, int], list[int]] = {}
    found: list[Repeat] = []
    for number in sorted(range(len(published)), key=lambda n: (published[n] is None, published[n] or date.min, n)):
        mine = [(band, int(bucket)) for band, bucket in enumerate(buckets[number]) if bucket >= 0]
        near = dict.fromkeys(other for key in mine for other in kept.get(key, ()))
        repeat = _repeated(number, near, digests, texts, threshold) if near else None
        if repeat is not None:
            found.append(repeat)
            continue
        for key in mine:
            kept.setdefault(key, []).append(number)
    return tuple(sorted(found, key=lambda r: r.number))


def _repeated(
    number: int, near: Mapping[int, None], digests: Sequence[bytes], texts: Texts, threshold: float
) -> Repeat | None:
    """Say which of the kept ones a text resembles most, where it resembles one enough."""
    same = next((other for other in near if digests[other] and digests[other] == digests[number]), None)
    if same is not None:
        return Repeat(number, same, 1.0)
    text = texts(number)
    grades = {other: resemblance(texts(other), text) for other in near}
    best = max(grades, key=lambda other: (grades[other], -other))
    return Repeat(number, best, grades[best]) if grades[best] >= threshold else None


def _shared(sketches: UInt[np.ndarray, "text hash"]) -> Int[np.ndarray, "text band"]:
    """Number the texts that are alike in a band, band by band; -1 where a text is alike to none."""
    found = np.full((len(sketches), BANDS), -1, np.int32)
    for band in range(BANDS if len(sketches) else 0):
        rows = np.ascontiguousarray(sketches[:, band * ROWS : (band + 1) * ROWS])
        keys = rows.view(np.dtype((np.void, rows.dtype.itemsize * ROWS))).ravel()
        _, bucket, count = np.unique(keys, return_inverse=True, return_counts=True)
        found[:, band] = np.where(count[bucket] > 1, bucket, -1)
    return found


def _functions() -> tuple[UInt[np.ndarray, " hash"], UInt[np.ndarray, " hash"]]:
    """Return what each hash function multiplies with and adds; the same in every process."""
    count = BANDS * ROWS
    drawn = _mixed((np.arange(1, 2 * count + 1, dtype=np.uint64)) * np.uint64(0x9E3779B97F4A7C15))
    return drawn[:count] | np.uint64(1), drawn[count:]


def _mixed(values: UInt[np.ndarray, "*any"]) -> UInt[np.ndarray, "*any"]:
    """Spread every bit over all bits: the finisher of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(values ^ (values >> np.uint64(31)))
