"""How does a file come to stand on disk whole or not at all?"""

import errno
import os
import secrets
import shutil
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader, or a power cut, meets the old content or the new, never a part.

    The content goes to a file of its own in the same folder, is forced to disk, and then takes the name. Raises OSError
    where the folder cannot be written, the old file then being untouched, and FileExistsError where something is there
    that is no file, such as a device: it would be gone.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise FileExistsError(errno.EEXIST, "there is something that is not a file", str(target))
    draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    try:
        with draft.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    settle(target.parent)


def settle(folder: Path) -> None:
    """Force the names in a folder to disk, where the system lets a folder be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def drafts(folder: Path, name: str) -> tuple[Path, ...]:
    """List what an interrupted writing of a file left behind."""
    return tuple(sorted(folder.glob(f".{name}.*.tmp")))
