"""How is a page or PDF taken apart without harm? In a process of its own, with limits on time and memory.

    python -m detente.read.documents.worker

reads requests, a line of JSON (kind, name, seconds, characters, bytes) and then so many bytes of file, and answers each
with a line of JSON: the extract, or the fault. Files of these kinds come from strangers, and the libraries that take
them apart can be made to crash, to loop or to fill the memory; none of that may reach the process that asked.
"""

import json
import logging
import sys
import warnings
from datetime import date

from detente.errors import DocumentError
from detente.read.documents.document import Extract
from detente.read.documents.paper import pages
from detente.read.documents.web import article

try:
    import resource
except ImportError:  # not a Unix system: only the time is limited, by the process that asked
    resource = None  # type: ignore[assignment]

MEMORY = 2_000_000_000  # bytes


def confine(seconds: int) -> None:
    """Limit what this process may take for the next file."""
    if resource is not None:
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        wanted = int(used) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def extract(kind: str, data: bytes, name: str, most_characters: int) -> Extract:
    """Which text does a file of this kind hold?"""
    if kind == "pdf":
        return pages(data, name, most_characters=most_characters)
    return article(data, name)


def main() -> None:
    """Answer until nothing more is asked; a fault that no one foresaw ends the process with its own code."""
    logging.disable()
    warnings.simplefilter("ignore")
    while head := sys.stdin.buffer.readline():
        asked = json.loads(head)
        confine(asked["seconds"])
        data = sys.stdin.buffer.read(asked["bytes"])
        try:
            found = extract(asked["kind"], data, asked["name"], asked["characters"])
        except DocumentError as fault:
            answer: dict[str, str | None] = {"fault": str(fault)}
        else:
            answer = {field: _plain(getattr(found, field)) for field in Extract.__slots__}
        sys.stdout.buffer.write(json.dumps(answer).encode("ascii") + b"\n")
        sys.stdout.buffer.flush()


def _plain(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


if __name__ == "__main__":
    main()
