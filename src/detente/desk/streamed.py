"""How does a file come to be that is too large to hold in memory: whole, or not at all?"""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from detente.situation.store import settle


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write pieces as they come, and give the file its name once it is whole and on disk.

    Raises OSError where it cannot be written; what was there is then untouched.
    """
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    try:
        with draft.open("xb") as stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    settle(target.parent)
