"""How is a page or PDF taken apart without harm? In a process of its own, with limits on time and memory.

    python -m detente.read.documents.worker KIND NAME SECONDS CHARACTERS < FILE

writes one JSON object: the extract, or the fault. Files of these kinds come from strangers, and the libraries that
take them apart can be made to crash, to loop or to fill the memory; none of that may reach the process that asked.
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
    """Limit this process for good."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def extract(kind: str, data: bytes, name: str, most_characters: int) -> Extract:
    """Which text does a file of this kind hold?"""
    if kind == "pdf":
        return pages(data, name, most_characters=most_characters)
    return article(data, name)


def main(kind: str, name: str, seconds: str, characters: str) -> None:
    """Answer on standard output; a fault that no one foresaw ends the process with its own code."""
    logging.disable()
    warnings.simplefilter("ignore")
    confine(int(seconds))
    try:
        found = extract(kind, sys.stdin.buffer.read(), name, int(characters))
    except DocumentError as fault:
        answer: dict[str, str | None] = {"fault": str(fault)}
    else:
        answer = {field: _plain(getattr(found, field)) for field in Extract.__slots__}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _plain(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


if __name__ == "__main__":
    main(*sys.argv[1:])
