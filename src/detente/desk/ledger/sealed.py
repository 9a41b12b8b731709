"""Is a ledger still what was written? Its chain, its rows, and the situations that they name."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from detente.desk.ledger.place import RawLedger, read
from detente.dossier import Fault, faults
from detente.errors import DossierError, LedgerError
from detente.ledger.entries import Forecast, Opened, decode

SCHEMA = "detente.verified/1"


@dataclass(frozen=True, slots=True)
class Verified:
    """What is wrong with a ledger, row by row, and the head that can be kept elsewhere; `against` is the one kept."""

    name: str
    rows: int
    head: str | None
    against: str | None
    faults: tuple[Fault, ...]


def verify(place: Path, *, head: str | None = None) -> Verified:
    """Look at every row, and compare the end with a head that was kept elsewhere, or that lies beside the file.

    Raises UsageError where there is no ledger, FormatError where its file cannot be read.
    """
    found = read(place)
    against = head or found.head
    wrong = faults(found.rows, head=against)
    wrong = wrong or tuple(_said(found))
    last = f"{found.rows[-1].number}:{found.rows[-1].hash}" if found.rows and not wrong else None
    return Verified(found.name, len(found.rows), last, against, wrong)


def _said(found: RawLedger) -> Iterator[Fault]:
    """Find rows that are no entries, and situations that are missing or no longer what they were."""
    brought = dict(found.situations)
    for row in found.rows:
        try:
            entry = decode(row.body)
        except LedgerError as error:
            yield Fault(row.number, f"Row {row.number}: {error}")
            continue
        wanted = entry.situation if isinstance(entry, Opened | Forecast) else None
        if wanted is None:
            continue
        if found.made is None:
            content = brought.get(wanted)
            if content is None or sha256(content).hexdigest() != wanted:
                what = "is missing" if content is None else "was changed"
                yield Fault(row.number, f"Row {row.number}: the situation {wanted[:12]} that it names {what}.")
            continue
        try:
            found.made.kept(wanted)
        except DossierError as error:
            yield Fault(row.number, f"Row {row.number}: {error}")


def in_words(found: Verified) -> str:
    """Say what is wrong, or that nothing is, and what that does not show."""
    if found.faults:
        lines = [f"{found.name}: not what was written"]
        return "\n".join([*lines, *(f"  {fault.what}" for fault in found.faults)])
    if not found.rows:
        return f"{found.name}: nothing is written in its ledger yet."
    lines = [f"{found.name}: {found.rows} rows, each sealed by the one before it.", f"Head: {found.head}"]
    if found.against is None:
        lines.append("Rows missing at its end cannot be seen without a head that was kept elsewhere: keep this one.")
    else:
        lines.append(f"It still holds what it held at head {found.against.partition(':')[0]}.")
    return "\n".join(lines)


def as_json(found: Verified) -> str:
    """Return what was found as JSON."""
    return json.dumps({"schema": SCHEMA, **asdict(found)}, ensure_ascii=False, indent=2) + "\n"
