"""May a command write where it was told to? Asked before the long work, so that nothing is lost at its end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import UsageError

_LONGEST_NAME = 200  # bytes; a draft beside the file needs some more, and most systems allow 255


def require_writable(target: Path, made: str, *, source: Path | bytes) -> None:
    """Refuse a place for a file that cannot be written to, or that would write over what is read.

    `made` is what is to be written there, such as "brief".

    Raises UsageError.
    """
    require_file(target, made)
    _require_room(target)
    if os.path.isdir(target):
        raise UsageError(f"'{target}' is a folder. Name a file for the {made}, such as {target / made}.html.")
    if os.path.islink(os.path.realpath(target)):
        raise UsageError(f"'{target}' is a link that leads back to itself. Name another file for the {made}.")
    if isinstance(source, Path) and _same(target, (source, source / "situation.yaml")):
        raise UsageError(f"'{target}' is what the {made} is made from. Name another file for the {made}.")


def require_folder(target: Path, *, source: Path | bytes) -> None:
    """Refuse a folder for several files that can neither be made nor written to, or that is read.

    Raises UsageError.
    """
    _require_room(target)
    if os.path.lexists(target) and not os.path.isdir(target):
        raise UsageError(f"'{target}' is not a folder. Name a new one, or leave out the slash.")
    if os.path.isdir(target) and not os.access(target, os.W_OK | os.X_OK):
        raise UsageError(f"'{target}' may not be written to. Name another folder.")
    if isinstance(source, Path) and os.path.isdir(source) and (_same(target, (source,)) or _inside(target, source)):
        raise UsageError(f"'{target}' lies inside '{source}', which is read. Name a folder outside it.")


def require_file(target: Path, made: str) -> None:
    """Refuse to replace what is neither a file nor a folder, such as a device or a pipe, and `-` for standard output.

    Raises UsageError.
    """
    if str(target) == "-":
        raise UsageError(f"The {made} is a file; it does not go to standard output. Name a file with -o.")
    if os.path.exists(target) and not os.path.isfile(target) and not os.path.isdir(target):
        raise UsageError(f"'{target}' is a device, a pipe or a socket, not a file. Name a file for the {made}.")


def require_apart(folder: Path, *, source: Path | bytes) -> None:
    """Refuse a place for a dossier that cannot be looked at, or inside the folder that is read.

    There its copies would be read the next time.

    Raises UsageError.
    """
    try:
        folder.exists()
    except OSError as fault:
        raise UsageError(f"'{folder}' cannot be used: {fault.strerror}. Name another new folder.") from None
    if isinstance(source, Path) and os.path.isdir(source) and _inside(folder, source):
        raise UsageError(f"'{folder}' lies inside '{source}', which is read. Name a folder outside it.")


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Put into words what the system says when a file cannot be written after all.

    Raises UsageError.
    """
    try:
        yield
    except OSError as fault:
        raise UsageError(f"'{target}' cannot be written: {fault.strerror}. Name another place with -o.") from None


def _require_room(target: Path) -> None:
    """Refuse a name that is too long, and a place below something that is no folder or may not be written."""
    if len(os.fsencode(target.name)) > _LONGEST_NAME:
        raise UsageError(f"'{target.name[:60]}...' is too long a name. Give a shorter one.")
    parent = target.absolute().parent
    if not os.path.isdir(parent):
        raise UsageError(f"There is no folder '{parent}' to write '{target.name}' in. Make it, or name another place.")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise UsageError(f"'{parent}' may not be written to. Name another place for '{target.name}'.")


def _inside(folder: Path, source: Path) -> bool:
    # Not Path.resolve: it ends in an error of its own where links lead in a circle.
    return Path(os.path.realpath(source)) in Path(os.path.realpath(folder)).parents


def _same(target: Path, others: tuple[Path, ...]) -> bool:
    return os.path.exists(target) and any(os.path.exists(o) and os.path.samefile(target, o) for o in others)
