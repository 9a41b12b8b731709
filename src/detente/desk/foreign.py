"""What does a file of another program hold? Its bytes, no more of them than are ever read."""

import os
from pathlib import Path

from detente.errors import FormatError
from detente.formats.score_table import MAX_BYTES, Source, shown


def loaded(file: Path) -> Source:
    """Return a file with its bytes, and one byte more than the limit where it is too large.

    Raises FormatError where it is missing, no file, or may not be read.
    """
    name = shown(str(file), 200)
    if os.path.exists(file) and not os.path.isfile(file):
        raise FormatError(f"'{name}' is a folder, a device or a pipe, not a file. Name a file.")
    try:
        with file.open("rb") as stream:
            return Source(file.name, stream.read(MAX_BYTES + 1))
    except FileNotFoundError:
        raise FormatError(f"'{name}' does not exist. Check the name and the folder.") from None
    except OSError as error:
        raise FormatError(f"'{name}' cannot be read: {error.strerror}. Check its rights, or copy it.") from None
