r"""Is a ledger still what was written into it, and which row is not?

Every row is sealed onto the one before it, the first onto 64 zeros:

    hash = SHA-256 (previous + "\n" + {"body":BODY,"number":N,"recorded":"TIME"})

with BODY as it is stored, no white space, and the text in UTF-8. Whoever changes, drops or moves a row has to seal all
later rows anew, and then the hash of the last one, the head, is no longer the one that was published. The chain by
itself cannot tell that rows are gone from its end: that takes a head kept elsewhere.
"""

import dataclasses
import datetime as dt
import hashlib
import itertools
import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

ZERO: Final = "0" * 64
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_HEAD: Final = re.compile(r"(0|[1-9][0-9]{0,17}):([0-9a-f]{64})")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00", re.ASCII)
# How far a row is looked for from where it stands, when many rows are not where they were written.
_NEAR: Final = 8
_FEW: Final = 40
_LONGEST: Final = 90


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row of a ledger, as it was written.

    number    its place: 1, 2, 3 ...
    recorded  when the program wrote it down, to the microsecond, in UTC
    body      what was said, as JSON
    previous  the hash of the row before it, 64 zeros for the first
    hash      what seals all of this
    """

    number: int
    recorded: str
    body: str
    previous: str
    hash: str


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row, in one sentence; of several rows, the number is that of the first."""

    number: int
    what: str


def hash_of(number: int, recorded: str, body: str, previous: str) -> str:
    """Return what seals a row onto the one before it.

    >>> hash_of(1, "2026-02-08T09:00:00.000000+00:00", '{"kind":"withdrawn"}', ZERO)[:12]
    '806935ecb163'
    """
    # Bytes that are not UTF-8 come out of a damaged database as lone surrogates: they get a hash of their own.
    text = f"{previous}\n{sealed(number, recorded, body)}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sealed(number: int, recorded: str, body: str) -> str:
    """Return what the hash of a row is taken of, beside the hash of the row before it.

    >>> sealed(1, "2026-02-08T09:00:00.000000+00:00", '{"kind":"withdrawn"}')
    '{"body":{"kind":"withdrawn"},"number":1,"recorded":"2026-02-08T09:00:00.000000+00:00"}'
    """
    return f'{{"body":{body},"number":{number},"recorded":{json.dumps(recorded)}}}'


def canonical(body: str) -> str:
    """Return the one way of writing a JSON object: keys sorted, no white space, no escapes that are not needed.

    Raises ValueError where the text is no JSON object, or holds what UTF-8 or JSON cannot.

    >>> canonical('{"by": "Ann", "as_of": "2026-02-08"}')
    '{"as_of":"2026-02-08","by":"Ann"}'
    """
    try:
        content = json.loads(body)
        if not isinstance(content, dict):
            raise ValueError("it is not a JSON object")
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        text.encode("utf-8")
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return text


def head(rows: Sequence[Row]) -> str:
    """Return what to publish, so that everybody can tell later whether these rows are still there: NUMBER:HASH.

    >>> head(()) == f"0:{ZERO}"
    True
    """
    return f"{rows[-1].number}:{rows[-1].hash}" if rows else f"0:{ZERO}"


def faults(rows: Sequence[Row], *, head: str | None = None) -> tuple[Fault, ...]:
    """List what is wrong with the rows of a ledger, in the order in which they lie, none where it is whole.

    A content, a time, a hash or a link that was changed, a row that is missing, that stands twice, that changed places
    with another or was given another number, and one that was sealed anew are told apart. With a `head` that was kept
    elsewhere, rows that are gone from the end and a chain that was written anew are seen too.

    >>> body, time = '{"kind":"withdrawn"}', "2026-02-08T09:00:00.000000+00:00"
    >>> first = Row(1, time, body, ZERO, hash_of(1, time, body, ZERO))
    >>> faults([first])
    ()
    >>> print(faults([dataclasses.replace(first, body="{}")])[0].what)
    Row 1 is not what its hash was taken of: it was changed after it was written.
    >>> print(faults([first], head=f"2:{ZERO}")[0].what)
    Row 2 is missing from the end: the head was taken of row 2, and the last one here is row 1.
    """
    fits = _written_as(rows)
    true = [fits.get(at, row.number) for at, row in enumerate(rows)]
    found = [*_malformed(rows), *_changed(rows, fits), *_missing(true), *_displaced(rows, true)]
    found += _unlinked(rows, [fits.get(at, 0) for at in range(len(rows))])
    found = found or _back_in_time(rows)
    if head is not None:
        found += _against(rows, head)
    return tuple(sorted(found, key=lambda one: one.number))


def _malformed(rows: Sequence[Row]) -> list[Fault]:
    """Name rows whose parts cannot be what the program wrote."""
    found = []
    for row in rows:
        if not _HASH.fullmatch(row.hash):
            found.append(Fault(row.number, f"The hash of row {row.number} is not 64 digits from 0 to 9 and a to f."))
        if not _HASH.fullmatch(row.previous):
            found.append(Fault(row.number, f"The link of row {row.number} to the row before it is not a hash."))
        if not is_time(row.recorded):
            found.append(Fault(row.number, f"The time in row {row.number} is not one in UTC to the microsecond."))
    return found


def is_time(text: str) -> bool:
    """Whether a text is a time as the program writes it: in UTC, to the microsecond.

    >>> is_time("2026-02-08T09:00:00.000000+00:00"), is_time("2026-02-08T09:00:00")
    (True, False)
    """
    try:
        return bool(_TIME.fullmatch(text)) and bool(dt.datetime.fromisoformat(text))
    except ValueError:
        return False


def _written_as(rows: Sequence[Row]) -> dict[int, int]:
    """Return, by its place in the list, the number that each row was sealed under; without those that fit none."""
    fits = {at: row.number for at, row in enumerate(rows) if _seals(row, row.number)}
    rest = [at for at in range(len(rows)) if at not in fits]
    others = sorted({rows[at].number for at in rest}) if len(rest) <= _FEW else []
    for at in rest:
        number = rows[at].number
        near = [number + step * sign for step in range(1, _NEAR + 1) for sign in (1, -1)]
        fitting = next((n for n in (*near, *others) if _seals(rows[at], n)), None)
        if fitting is not None:
            fits[at] = fitting
    return fits


def _seals(row: Row, number: int) -> bool:
    return hash_of(number, row.recorded, row.body, row.previous) == row.hash


def _changed(rows: Sequence[Row], fits: Mapping[int, int]) -> list[Fault]:
    """Name rows whose hash fits no number: what was changed is the content, the hash or the link."""
    rest = [at for at, row in enumerate(rows) if at not in fits and _HASH.fullmatch(row.hash)]
    found = []
    for at in rest:
        row = rows[at]
        other = next((b for b in rest if _exchanged(row, rows[b]) and len(rest) <= _FEW), None)
        if other is None:
            after = rows[at + 1].previous if at + 1 < len(rows) else None
            found.append(Fault(row.number, _how_changed(row, rows[at - 1].hash if at else ZERO, after)))
        elif at < other:
            found.append(Fault(row.number, f"Rows {row.number} and {rows[other].number} changed places."))
    return found


def _exchanged(one: Row, other: Row) -> bool:
    """Whether two rows have each other's content, and hash and link stayed where they were."""
    return one is not other and all(
        hash_of(a.number, b.recorded, b.body, a.previous) == a.hash for a, b in ((one, other), (other, one))
    )


def _how_changed(row: Row, before: str, after: str | None) -> str:
    """Say what of a row was changed, given the hash of the row before it and the link of the one after it."""
    if hash_of(row.number, row.recorded, row.body, before) == row.hash:
        return f"The link of row {row.number} to the row before it was changed after it was written."
    if hash_of(row.number, row.recorded, row.body, row.previous) == after:
        return f"The hash of row {row.number} was changed after it was written: the next row is sealed onto another."
    return f"Row {row.number} is not what its hash was taken of: it was changed after it was written."


def _displaced(rows: Sequence[Row], true: Sequence[int]) -> list[Fault]:
    """Name rows that stand twice, changed places, stand out of order, or were given another number."""
    first = {number: at for at, number in reversed(list(enumerate(true)))}
    found = [
        Fault(number, f"Row {number} stands there twice.") for at, number in enumerate(true) if first[number] != at
    ]
    stands = [number for at, number in enumerate(true) if first[number] == at]
    moved = dict(pair for pair in zip(sorted(first), stands, strict=True) if pair[0] != pair[1])
    for number, other in moved.items():
        if moved[other] != number:
            found.append(Fault(number, f"Row {other} stands in the place of row {number}: rows were moved."))
        elif number < other:
            found.append(Fault(number, f"Rows {number} and {other} changed places."))
    return found + _renumbered([pair for pair in zip(rows, true, strict=True) if pair[1] not in moved])


def _renumbered(rows: Sequence[tuple[Row, int]]) -> list[Fault]:
    """Name runs of rows that bear another number than the one that they were sealed under."""
    runs: list[list[tuple[int, int]]] = []
    for row, number in rows:
        if runs and runs[-1][-1] == (row.number - 1, number - 1):
            runs[-1].append((row.number, number))
        elif row.number != number:
            runs.append([(row.number, number)])
    return [
        Fault(
            run[0][0], f"What stands as {_named(run[0][0], run[-1][0])} was written as {_named(run[0][1], run[-1][1])}."
        )
        for run in runs
    ]


def _named(first: int, last: int) -> str:
    if first == last:
        return f"row {first}"
    return f"rows {first} {'and' if last == first + 1 else 'to'} {last}"


def _missing(true: Sequence[int]) -> list[Fault]:
    """Name the rows that should stand between others."""
    there = sorted({0, *true})
    gaps = [(a + 1, b - 1) for a, b in itertools.pairwise(there) if b - a > 1]
    return [Fault(a, f"{_named(a, b).capitalize()} {'is' if a == b else 'are'} missing.") for a, b in gaps]


def _unlinked(rows: Sequence[Row], fits: Sequence[int]) -> list[Fault]:
    """Name rows that are sealed in themselves, and that the next row is not sealed onto."""
    found = []
    if rows and fits[0] == 1 and rows[0].previous != ZERO:
        found.append(Fault(1, "Row 1 is sealed onto a row before it: it is not the first of its ledger."))
    for at in range(1, len(rows)):
        if 0 < fits[at - 1] == fits[at] - 1 and rows[at].previous != rows[at - 1].hash:
            said = f"Row {fits[at - 1]} is not the one that row {fits[at]} was sealed onto: it was written anew."
            found.append(Fault(fits[at - 1], said))
    return found


def _back_in_time(rows: Sequence[Row]) -> list[Fault]:
    return [
        Fault(row.number, f"Row {row.number} was recorded before the row before it: its time is not the program's.")
        for before, row in itertools.pairwise(rows)
        if row.recorded < before.recorded
    ]


def _against(rows: Sequence[Row], head: str) -> list[Fault]:
    """Compare rows with a head that was kept elsewhere."""
    given = _HEAD.fullmatch(head.strip())
    if given is None:
        return [
            Fault(0, f"The head {head[:_LONGEST]!r} is not the number of a row, a colon and 64 digits of its hash.")
        ]
    number, last = int(given[1]), max((row.number for row in rows), default=0)
    if number > last:
        gone = f"{_named(last + 1, number).capitalize()} {'is' if number == last + 1 else 'are'} missing from the end"
        here = f"the last one here is row {last}" if last else "there is none here"
        return [Fault(last + 1, f"{gone}: the head was taken of row {number}, and {here}.")]
    held = {row.hash for row in rows if row.number == number} if number else {ZERO}
    if not held or given[2] in held:
        return []
    said = f"Row {number} is not the one that the head was taken of: it or one before it was written anew"
    return [Fault(number, f"{said}, or the head is that of another ledger.")]
