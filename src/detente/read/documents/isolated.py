"""Which text does a page or a PDF hold, however hostile it is? Asked of a process that can be ended."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date

from detente.errors import DocumentError
from detente.read.documents.document import Extract

SECONDS = 30


def extracted(kind: str, data: bytes, *, name: str, most_characters: int, seconds: int = SECONDS) -> Extract:
    """Which text does the file hold, and what does it state about itself?

    kind  html or pdf

    Raises DocumentError when it holds no text, cannot be taken apart, or takes too long.
    """
    module = "detente.read.documents.worker"
    command = [sys.executable, "-P", "-m", module, kind, name, str(seconds), str(most_characters)]
    what = "PDF" if kind == "pdf" else "page"
    # The process finds the same modules as this one, whichever way this one was told where they are.
    places = {**os.environ, "PYTHONPATH": os.pathsep.join(place for place in sys.path if place)}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False, env=places)
    except subprocess.TimeoutExpired:
        raise DocumentError(
            f"'{name}' is a {what} that could not be taken apart within {seconds} s. "
            "Save its text as .txt and read that."
        ) from None
    if done.returncode:
        raise DocumentError(f"'{name}' is a {what} that cannot be taken apart. Save its text as .txt and read that.")
    answer: dict[str, str | None] = json.loads(done.stdout)
    if fault := answer.get("fault"):
        raise DocumentError(fault)
    return _extract(answer)


def _extract(answer: Mapping[str, str | None]) -> Extract:
    published, reported = answer["published"], answer["reported"]
    return Extract(
        text=answer["text"] or "",
        title=answer["title"],
        publisher=answer["publisher"],
        published=date.fromisoformat(published) if published else None,
        reported=date.fromisoformat(reported) if reported else None,
        url=answer["url"],
    )
