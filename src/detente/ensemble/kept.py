"""Which chunks of a request are done already, so that none is done twice?

One file a chunk, in a folder: numpy's own archive, nothing in it that could be run. It is written beside its place and
renamed, so that it is whole or not there, and it names the request it belongs to and the hashes of what it holds: a
file that is cut off, changed, or of another request is done again, never trusted. What belongs to a request is the
situation, the parameters, the program to the last line, the libraries, and the kind of machine.
"""

import hashlib
import json
import os
import platform
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from detente.ensemble.chunks import Chunk, Part
from detente.ensemble.executors import versions
from detente.ensemble.packed import array_digest, packed, unpacked
from detente.errors import UsageError
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation

FORM = "detente.chunk/1"
Parameter = str | int | float | bool | None
_ABOUT, _CHECK, _SUMS, _ROWS = "about", "check", "sums/", "rows/"
_DAMAGED = (OSError, ValueError, TypeError, KeyError, IndexError, EOFError, zipfile.BadZipFile)


def request_key(situation: Situation, parameters: Mapping[str, Parameter | Sequence[Parameter]]) -> str:
    """Return the name of a request: equal where the situation, the parameters and what computes are.

    Workers and executors are no parameters: they do not change an answer.

    >>> empty = Situation(title="Empty")
    >>> request_key(empty, {"seed": 1}) == request_key(empty, {"seed": 2})
    False
    """
    about = {
        "situation": fingerprint(situation),
        "parameters": {name: list(one) if isinstance(one, tuple) else one for name, one in parameters.items()},
        "versions": [*versions(), ("python", platform.python_version()), ("program", _program())],
        "machine": [platform.machine(), sys.platform],
    }
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """The chunks of one request that are kept in a folder.

    `key` is what `request_key` says; `kinds` are the dataclasses that results are made of. Requests may share a folder.
    """

    folder: Path
    key: str
    kinds: tuple[type, ...] = ()

    def path(self, chunk: Chunk) -> Path:
        """Return where a chunk is kept."""
        return self.folder / f"{self.key[:16]}-{chunk.index:07d}.npz"

    def missing(self, parts: Sequence[Chunk]) -> tuple[Chunk, ...]:
        """Return the chunks that are to be done."""
        return tuple(chunk for chunk in parts if self.load(chunk) is None)

    def load(self, chunk: Chunk) -> Any:
        """Return what came of a chunk, without its rows; None where it is not kept, or not for certain.

        Raises UsageError where it is made of classes that `kinds` does not name.
        """
        try:
            return self._loaded(chunk)
        except _DAMAGED:
            return None

    def rows(self, chunk: Chunk) -> dict[str, np.ndarray]:
        """Return the columns of a chunk, one row per draw, in the order of the draws.

        Raises UsageError where the chunk is not kept whole, or without rows.
        """
        try:
            with self.path(chunk).open("rb") as stream, np.load(stream, allow_pickle=False) as file:
                hashes = self._about(file, chunk)["hashes"]
                found = {
                    name.removeprefix(_ROWS): _whole(file, name, hashes) for name in hashes if name.startswith(_ROWS)
                }
        except _DAMAGED:
            found = {}
        if not found:
            raise UsageError(
                f"No rows of chunk {chunk.index} are kept in '{self.folder}'. Ask again for all draws, with rows."
            )
        return found

    def store(self, chunk: Chunk, found: object) -> None:
        """Keep what came of a chunk.

        Raises UsageError where it cannot be kept: it is made of something else than data and `kinds`, or the folder
        cannot be written.
        """
        tree, arrays = packed(replace(found, rows={}) if isinstance(found, Part) else found)
        unpacked(tree, arrays, (Part, *self.kinds))  # what could not be read back is refused now, not when it is needed
        members = {f"{_SUMS}{k}": array for k, array in enumerate(arrays)}
        if isinstance(found, Part):
            _, columns = packed(found.rows)
            members |= {f"{_ROWS}{name}": column for name, column in zip(found.rows, columns, strict=True)}
        about = {
            "form": FORM,
            "key": self.key,
            "chunk": [chunk.index, chunk.draws, chunk.start],
            "tree": tree,
            "hashes": {name: array_digest(array) for name, array in members.items()},
        }
        text = json.dumps(about, sort_keys=True)
        written = {_ABOUT: np.array(text), _CHECK: np.array(hashlib.sha256(text.encode()).hexdigest())}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(self.path(chunk), written | members)
        except OSError as error:
            raise UsageError(
                f"Chunk {chunk.index} cannot be kept in '{self.folder}': {error.strerror}. Name another folder, or "
                "make room."
            ) from error

    def _loaded(self, chunk: Chunk) -> Any:
        with self.path(chunk).open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            about = self._about(file, chunk)
            count = sum(name.startswith(_SUMS) for name in about["hashes"])
            arrays = [_whole(file, f"{_SUMS}{k}", about["hashes"]) for k in range(count)]
        return unpacked(about["tree"], arrays, (Part, *self.kinds))

    def _about(self, file: Any, chunk: Chunk) -> dict[str, Any]:
        text = str(file[_ABOUT])
        about: dict[str, Any] = json.loads(text)
        if hashlib.sha256(text.encode()).hexdigest() != str(file[_CHECK]):
            raise ValueError("changed")
        if [about["form"], about["key"], *about["chunk"]] != [FORM, self.key, chunk.index, chunk.draws, chunk.start]:
            raise ValueError("of another request")
        return about


def _whole(file: Any, name: str, hashes: Mapping[str, str]) -> np.ndarray:
    found: np.ndarray = file[name]
    if array_digest(found) != hashes[name]:
        raise ValueError("changed")
    return found


def _write(path: Path, members: Mapping[str, Any]) -> None:
    """Write a file beside its place and put it there in one step: a reader sees all of it or none."""
    handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, **members)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _program() -> str:
    """Return the hash of the source of the program: in a checkout it changes while the version does not."""
    root = Path(__file__).resolve().parents[1]
    found = hashlib.sha256()
    for name, path in sorted(_sources(root)):
        found.update(f"{name}\n{path.stat().st_size}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _sources(root: Path) -> Iterator[tuple[str, Path]]:
    for path in root.rglob("*.py"):
        yield path.relative_to(root).as_posix(), path
