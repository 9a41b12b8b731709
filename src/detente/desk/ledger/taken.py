"""What does the process do that takes a file into a ledger? One order, within what it may take of the memory.

What is sent is a file of questions, a `ledger.jsonl`, or a packed ledger: of that nothing is unpacked but the files
that a ledger has, all of them within one bound.
"""

import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path, PurePosixPath
from typing import Final

from detente import dossier
from detente.desk.corpus.workers import end_with_parent
from detente.desk.intake.orders import Came, Refused, Said, TakeIn
from detente.desk.ledger.carried import take_in
from detente.desk.ledger.moved import acknowledged
from detente.desk.ledger.place import ROWS, clock
from detente.errors import DetenteError, FormatError
from detente.formats.ledger_file import HEAD, SITUATIONS

try:
    import resource
except ImportError:  # not a Unix system: only the time is limited, by the process that asked
    resource = None  # type: ignore[assignment]

MEMORY: Final = 2_000_000_000  # bytes
MOST_UNPACKED: Final = 60_000_000  # bytes
MOST_FILES: Final = 2_000
PACKED: Final = b"PK\x03\x04"


def work(at: Connection) -> None:
    """Answer orders until nobody asks any more."""
    end_with_parent()
    _confine()
    at.send(Came())
    while True:
        try:
            order: TakeIn = at.recv()
        except EOFError:
            return
        answer = answered(order)
        at.send(answer)
        if isinstance(answer, Said):
            at.send(Came())


def answered(order: TakeIn) -> Said | Refused:
    """Do what an order says, and say what was written; what cannot be done is told, not raised."""
    try:
        with tempfile.TemporaryDirectory(prefix="detente-") as place:
            file = _laid_out(order, Path(place))
            done, remarks = take_in(dossier.open(order.folder), [file], by=order.by, as_of=order.as_of, now=clock())
        return Said(" ".join([f"{acknowledged(done)}.", *remarks]))
    except DetenteError as fault:
        return Refused(type(fault).__name__, str(fault))
    except (MemoryError, OSError):
        return Refused("FormatError", f"'{order.called}' takes more room than there is for it. Part it.")


def _laid_out(order: TakeIn, place: Path) -> Path:
    """Put what was sent where it can be read: a file under its own name, a packed ledger into a folder."""
    if not order.content.startswith(PACKED):
        file = place / order.name
        file.write_bytes(order.content)
        return file
    folder = place / "ledger"
    for name, content in _unpacked(order):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    if not (folder / ROWS).is_file():
        raise FormatError(
            f"'{order.name}' holds no {ROWS}. Send a ledger as it was exported, or one file of questions."
        )
    return folder


def _unpacked(order: TakeIn) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a ledger; whatever else is packed with them is passed over.

    Raises FormatError for what is damaged, or unpacks to more than a ledger may be.
    """
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(order.content)) as whole:
            members = [m for m in whole.infolist() if _is_of_a_ledger(m.filename)]
            if len(members) > MOST_FILES:
                raise FormatError(
                    f"'{order.name}' holds more than {MOST_FILES:,} files. Take it in on the command line."
                )
            for member in members:
                with whole.open(member) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise FormatError(
                        f"'{order.name}' unpacks to more than {MOST_UNPACKED // 1_000_000} MB. "
                        "Take it in on the command line."
                    )
                yield member.filename, content
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise FormatError(f"'{order.name}' cannot be unpacked ({error}). Send it again, or its {ROWS}.") from None


def _is_of_a_ledger(name: str) -> bool:
    path = PurePosixPath(name)
    return name in (ROWS, HEAD) or (len(path.parts) == 2 and path.parent.name == SITUATIONS and path.suffix == ".json")


def _confine() -> None:
    if resource is not None:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    if hasattr(os, "nice"):
        os.nice(5)
