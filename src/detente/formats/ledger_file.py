"""How does a ledger lie in files that any program can read, and how is it read back?

    ledger.jsonl           one row a line, in order
    head.txt               the number and the hash of the last row
    situations/HASH.json   the canonical bytes of every situation that was kept with it

A line is `{"body":{...},"number":N,"recorded":"TIME","previous":"HASH","hash":"HASH"}`. What stands before its last
`,"previous"`, closed with a brace, is what the hash was taken of, after the previous hash and a new line: whoever wants
to check a ledger needs no rule for writing JSON. That is why a line that is written in another way is refused.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from detente.dossier import Row, canonical, faults, head, sealed
from detente.errors import FormatError
from detente.formats.score_table import shown

ROWS: Final = "ledger.jsonl"
HEAD: Final = "head.txt"
SITUATIONS: Final = "situations"
_MAX_LINE: Final = 1_000_000  # bytes of one row
_MAX_ROWS: Final = 1_000_000
_MAX_SITUATION: Final = 20_000_000  # bytes of one situation
_MAX_SITUATIONS: Final = 10_000
_MAX_HEAD: Final = 200
_MAX_NAME: Final = 150  # letters of a path in a message
_LARGEST: Final = 2**53
_NAME: Final = re.compile(r"([0-9a-f]{64})\.json")
_KEYS: Final = {"number": int, "recorded": str, "body": dict, "previous": str, "hash": str}
_KINDS: Final = {int: "a whole number", str: "a text", dict: "an object"}


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A ledger as it lies in files: its rows, the bytes of situations by their fingerprint, its head where given.

    It may have been tampered with: `detente.dossier.faults` says whether the rows are whole.
    """

    rows: tuple[Row, ...]
    situations: tuple[tuple[str, bytes], ...] = ()
    head: str | None = None


def read(path: Path) -> LedgerFile:
    """Read a ledger from its folder, or from a `ledger.jsonl` alone.

    The shape of every line is checked, and every situation against its fingerprint; whether the chain holds is not.

    Raises FormatError where something is missing, is not a plain file of the folder, is too large, or is not what the
    program writes, with the line and what to do.
    """
    try:
        if not path.is_dir():
            return LedgerFile(_rows(path, _name(path)))
        rows = _rows(_inside(path, ROWS), _name(path / ROWS))
        return LedgerFile(rows, tuple(_situations(path)), _head(path))
    except OSError as error:
        raise FormatError(f"'{_name(path)}' cannot be read: {error.strerror}. Check the path and its rights.") from (
            error
        )


def written(rows: Sequence[Row], situations: Sequence[tuple[str, bytes]]) -> tuple[tuple[str, bytes], ...]:
    """Return the files of a ledger, as names and bytes; reading them gives the same ledger.

    Raises FormatError where the ledger is not whole, or a situation is not what its fingerprint says.

    >>> [name for name, _ in written((), ())]
    ['ledger.jsonl', 'head.txt']
    """
    found = faults(rows)
    if found:
        raise FormatError(f"A ledger that is not whole is not exported. {found[0].what} Restore it from a copy.")
    for fingerprint, content in situations:
        _require_same(fingerprint, content)
    lines = "".join(f"{_line(row)}\n" for row in rows)
    kept = [(f"{SITUATIONS}/{fingerprint}.json", content) for fingerprint, content in sorted(set(situations))]
    return ((ROWS, lines.encode()), (HEAD, f"{head(rows)}\n".encode()), *kept)


def _line(row: Row) -> str:
    content = sealed(row.number, row.recorded, row.body)
    return f'{content[:-1]},"previous":{json.dumps(row.previous)},"hash":{json.dumps(row.hash)}}}'


def _rows(path: Path, name: str) -> tuple[Row, ...]:
    if not path.exists():
        raise FormatError(f"There is no '{name}'. Give the folder of an exported ledger, or its {ROWS}.")
    _require_file(path, name)
    return tuple(_row(text, f"'{name}', line {number}") for number, text in _lines(path, name))


def _lines(path: Path, name: str) -> Iterator[tuple[int, str]]:
    """Walk through the lines; what a program adds around them (a mark of byte order, carriage returns) is let be."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_MAX_LINE + 1):
            number += 1
            if len(line) > _MAX_LINE:
                raise FormatError(
                    f"'{name}', line {number} is longer than {_MAX_LINE:,} bytes, which no row is. "
                    "Get the file again from where it comes from."
                )
            if number > _MAX_ROWS:
                raise FormatError(f"'{name}' has more than {_MAX_ROWS:,} lines. Give one ledger.")
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise FormatError(
                    f"'{name}', line {number} is not UTF-8 (byte {error.start + 1}): it was changed after it was "
                    "written. Get the file again from where it comes from."
                ) from None
            if text:
                yield number, text


def _row(text: str, where: str) -> Row:
    row = _parsed(text, where)
    if _line(row) != text:
        raise FormatError(
            f"{where} is not written as the program writes it, so what its hash was taken of is not there. "
            "Get the file again from where it comes from, or export the ledger again."
        )
    return row


def _parsed(text: str, where: str) -> Row:
    try:
        content: Any = json.loads(text)
        if not isinstance(content, dict):
            raise FormatError(f"{where} is not a row: it is no JSON object. Give the {ROWS} of an exported ledger.")
        _require_keys(content, where)
        body = canonical(json.dumps(content["body"], ensure_ascii=False))
    except (ValueError, RecursionError) as error:
        raise FormatError(
            f"{where} is not JSON that can be read ({shown(str(error), 80)}): it was changed after it was written. "
            "Get the file again from where it comes from."
        ) from None
    return Row(content["number"], content["recorded"], body, content["previous"], content["hash"])


def _require_keys(content: dict[str, Any], where: str) -> None:
    for key, kind in _KEYS.items():
        if key not in content:
            raise FormatError(f"{where} has no '{key}'. Get the file again from where it comes from.")
        if type(content[key]) is not kind:
            raise FormatError(f"{where}: '{key}' is not {_KINDS[kind]}. Get the file again from where it comes from.")
    more = sorted(set(content) - set(_KEYS))
    if more:
        raise FormatError(f"{where} has a key '{shown(more[0])}' that no row has. Take it out, or use a newer version.")
    if not 0 < content["number"] < _LARGEST:
        raise FormatError(f"{where}: 'number' is not that of a row. Rows are numbered from 1.")


def _head(folder: Path) -> str | None:
    path, name = _inside(folder, HEAD), _name(folder / HEAD)
    if not path.exists():
        return None
    _require_file(path, name)
    content = path.read_bytes() if path.stat().st_size <= _MAX_HEAD else b""
    if not content.strip() or not content.isascii():
        raise FormatError(f"'{name}' holds no head. A head is one line: the number of a row, a colon, and its hash.")
    return content.decode("ascii").strip()


def _situations(folder: Path) -> Iterator[tuple[str, bytes]]:
    inside = _inside(folder, SITUATIONS)
    if not inside.exists():
        return
    if not stat.S_ISDIR(inside.lstat().st_mode):
        raise FormatError(f"'{_name(inside)}' is not a folder. Get the ledger again from where it comes from.")
    names = sorted(name for name in os.listdir(inside) if not name.startswith("."))
    if len(names) > _MAX_SITUATIONS:
        raise FormatError(f"'{_name(inside)}' holds more than {_MAX_SITUATIONS:,} files. Give one ledger.")
    for name in names:
        found, at = _NAME.fullmatch(name), _name(inside / name)
        if found is None:
            raise FormatError(f"'{at}' is not named after a fingerprint, HASH.json. Take it out of the folder.")
        path = _inside(inside, name)
        _require_file(path, at)
        if path.stat().st_size > _MAX_SITUATION:
            raise FormatError(
                f"'{at}' is larger than {_MAX_SITUATION // 1_000_000} MB, which no situation is. Take it out."
            )
        content = path.read_bytes()
        _require_same(found[1], content)
        yield found[1], content


def _require_same(fingerprint: str, content: bytes) -> None:
    if hashlib.sha256(content).hexdigest() != fingerprint:
        raise FormatError(
            f"The bytes of situation {fingerprint[:12]} are not what its fingerprint was taken of: they were changed. "
            "Get the ledger again from where it comes from."
        )


def _inside(folder: Path, name: str) -> Path:
    """Return what has a name in the folder, and never what a link leads to elsewhere."""
    path = folder / name
    if path.is_symlink():
        raise FormatError(f"'{_name(path)}' is a link to another place. Put the file itself there.")
    return path


def _name(path: Path) -> str:
    """Say where a file is, its own name in any case."""
    return shown("/".join(path.parts[-2:]), _MAX_NAME)


def _require_file(path: Path, name: str) -> None:
    if not stat.S_ISREG(path.stat().st_mode):
        raise FormatError(f"'{name}' is not a plain file. Give the {ROWS} of an exported ledger.")
