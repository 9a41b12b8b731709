"""Who may log in? A file of names and argon2 hashes; it never holds a password."""

import os
import re
import threading
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from detente.errors import UsageError

NAME = re.compile(r"[\w][\w .@'-]{0,79}")
SHORTEST = 12
LONGEST = 512
# What an unknown name is compared with, so that the time of an answer does not tell which names there are.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$ZiMnKDp3nfotnsY6RuIITg$ZSapdprHEXwr5B/qNSA69IZw0QTRDazO8+j+VIOoGJ0"


@dataclass(frozen=True, slots=True)
class Accounts:
    """The names that may log in, each with the hash of its password."""

    hashes: tuple[tuple[str, str], ...]
    # Each comparison takes 64 MB for some tens of milliseconds: two at a time, whoever asks.
    turns: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(2), compare=False)

    def admits(self, name: str, password: str) -> bool:
        """Whether a name and a password belong together."""
        known = dict(self.hashes).get(name)
        if len(password) > LONGEST:
            return False
        with self.turns:
            try:
                PasswordHasher().verify(known or _NOBODY, password)
            except (VerificationError, InvalidHashError):
                return False
        return known is not None


def read_accounts(file: Path) -> Accounts:
    """Read the file of accounts.

    Raises UsageError where it is missing, is none, is empty, or may be read by everybody.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        open_to_all = os.name == "posix" and file.stat().st_mode & 0o004
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise UsageError(
            f"'{file}' is no file of accounts. Make one: detente serve DOSSIER --accounts {file} --add-account NAME"
        ) from None
    hashes = tuple((str(name), str(made)) for name, made in told.items())
    if not hashes or any(not made.startswith("$argon2") for _, made in hashes):
        raise UsageError(f"'{file}' holds a row without an argon2 hash. Add accounts with --add-account NAME.")
    if open_to_all:
        raise UsageError(f"'{file}' may be read by everybody on this machine. Protect it: chmod 600 {file}")
    return Accounts(hashes)


def add_account(file: Path, name: str, password: str) -> None:
    """Write an account into the file, in place of one of the same name.

    Raises UsageError for a name or a password that cannot be used, or a file that cannot be written.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"'{name[:80]}' is no name of an account. Use letters, digits, spaces and . @ ' - _.")
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"The password has {len(password)} characters. Choose one of {SHORTEST} to {LONGEST}.")
    rows = dict(read_accounts(file).hashes) if file.exists() else {}
    rows[name] = PasswordHasher().hash(password)
    text = "".join(f'"{who}" = "{made}"\n' for who, made in sorted(rows.items()))
    try:
        draft = file.with_name(f".{file.name}.draft")
        draft.touch(mode=0o600)
        draft.write_text(text, encoding="utf-8")
        draft.replace(file)
    except OSError as fault:
        raise UsageError(f"'{file}' cannot be written: {fault.strerror}. Name another file.") from None
