"""What lies on disk about a piece of long work, and who may do it now?

    gulf/runs/
    ├── 0001/
    │   ├── asked.json       what was asked, never changed: kind, settings, version, fingerprint
    │   ├── situation.json   the canonical bytes of the situation it is about
    │   ├── state.json       how it stands; replaced whole
    │   ├── alive.lock       locked by the process that does it, for as long as that lives
    │   ├── chunks/          what is done of it
    │   └── result.*         what came of it
    ├── next.lock            who waits for a place first
    └── place-1.lock ...     as many as may be done at once

The system lets go of a lock when its process ends, however it ends: a run whose state says that it goes on, and whose
lock nobody holds, is broken off. Nothing has to be cleared up after a crash, and no number of a process is trusted.
"""

import fcntl
import json
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.errors import DossierError, UsageError
from detente.situation.fingerprint import canonical_bytes, from_bytes
from detente.situation.nouns import Situation
from detente.situation.store import write_whole

RUNS = "runs"
AT_ONCE = 2
ASKED, ABOUT, STATE, ALIVE, CHUNKS, SAID = (
    "asked.json",
    "situation.json",
    "state.json",
    "alive.lock",
    "chunks",
    "said.log",
)
NEXT, PLACE = "next.lock", "place-{}.lock"
PATIENCE = 0.05  # seconds between two looks for a free place
_ID = re.compile(r"[0-9]{4,8}")
Told = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of one run; holds no open files, so that it can be passed around and forgotten."""

    folder: Path

    @property
    def id(self) -> str:
        """The number of the run, as it is written."""
        return self.folder.name

    @property
    def chunks(self) -> Path:
        """Where finished parts are kept."""
        return self.folder / CHUNKS

    def asked(self) -> dict[str, object]:
        """Return what was asked.

        Raises DossierError where it cannot be read.
        """
        return _read(self.folder / ASKED)

    def situation(self) -> Situation:
        """Return the situation that the run is about.

        Raises DossierError where it is gone, SituationError where it is damaged.
        """
        path = self.folder / ABOUT
        if path.is_symlink() or not path.is_file():
            raise DossierError(f"Run {self.id} has lost the situation it is about. Start another one.")
        return from_bytes(path.read_bytes())

    def state(self) -> dict[str, object]:
        """Return how it stands, as its process left it.

        Raises DossierError where it cannot be read.
        """
        return _read(self.folder / STATE)

    def put_state(self, told: Told) -> None:
        """Replace how it stands, in one step."""
        write_whole(self.folder / STATE, _written(told))

    def put(self, name: str, content: bytes) -> None:
        """Write what came of it, whole or not at all."""
        write_whole(self.folder / name, content)

    def done(self) -> int:
        """Count the parts that are done and kept."""
        return sum(1 for one in self.chunks.glob("*.npz") if not one.name.startswith(".")) if self.is_plain else 0

    def sweep(self) -> None:
        """Take away what a process left half-written."""
        parts = self.chunks.glob(".*.part") if self.is_plain else ()
        for left in (*parts, *self.folder.glob(".*.tmp")):
            left.unlink(missing_ok=True)

    def clear(self) -> None:
        """Take away every finished part."""
        for part in self.chunks.glob("*.npz") if self.is_plain else ():
            part.unlink(missing_ok=True)

    @property
    def is_plain(self) -> bool:
        """Whether its folder for parts is one, and no link to somewhere else."""
        return not self.chunks.is_symlink()

    def said(self) -> str:
        """Return the last line that its process complained in, empty where it did not."""
        path = self.folder / SAID
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - 2000))
            lines = stream.read().decode(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else ""

    def seized(self) -> int | None:
        """Lock the run and return the open file that holds the lock, None where a process has it."""
        handle = _opened(self.folder / ALIVE)
        if _locked(handle, fcntl.LOCK_EX | fcntl.LOCK_NB):
            os.ftruncate(handle, 0)
            return handle
        os.close(handle)
        return None

    def alive(self) -> bool:
        """Whether a process does it, or waits to."""
        if not os.path.isfile(self.folder / ALIVE):
            return False
        handle = _opened(self.folder / ALIVE)
        try:
            # Shared, so that two who ask at once do not take each other for the process.
            return not _locked(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        finally:
            os.close(handle)

    def process(self) -> int | None:
        """Return the number of the process that does it; only as long as `alive` does it mean anything."""
        try:
            written = (self.folder / ALIVE).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return None
        return int(written) if written.isdigit() else None


def new_run(dossier: Path, situation: Situation, asked: Told, state: Told) -> RunFolder:
    """Make the folder of another run.

    Raises DossierError where it cannot be written.
    """
    runs = _runs(dossier)
    try:
        runs.mkdir(exist_ok=True)
        found = RunFolder(_numbered(runs))
        found.chunks.mkdir()
        write_whole(found.folder / ABOUT, canonical_bytes(situation))
        found.put_state(state)
        write_whole(found.folder / ASKED, _written(asked))  # the last: without it there is no run
    except OSError as error:
        raise DossierError(
            f"'{dossier.name}' cannot take a run: {error.strerror}. Make room, or mend its rights."
        ) from error
    return found


def run_folders(dossier: Path) -> tuple[RunFolder, ...]:
    """List the runs of a dossier, the newest first."""
    runs = _runs(dossier)
    if not runs.is_dir():
        return ()
    names = sorted((p.name for p in runs.iterdir() if _ID.fullmatch(p.name)), key=int, reverse=True)
    return tuple(RunFolder(runs / name) for name in names if _is_run(runs / name))


def run_folder(dossier: Path, id: str) -> RunFolder:
    """Return one run of a dossier.

    Raises UsageError where there is none.
    """
    path = _runs(dossier) / id if _ID.fullmatch(id) else None
    if path is None or not _is_run(path):
        raise UsageError(f"'{id[:40]}' is no run of '{dossier.name}'. List them: detente runs {dossier.name}")
    return RunFolder(path)


def wait_for_place(dossier: Path) -> tuple[int, ...]:
    """Wait until less work is done in a dossier than may be; who came first goes first.

    Returns the open file that holds the place: it is free again when that is closed, or the process ends.
    """
    runs = _runs(dossier)
    turn = _opened(runs / NEXT)
    fcntl.flock(turn, fcntl.LOCK_EX)
    try:
        while True:
            for number in range(1, AT_ONCE + 1):
                place = _opened(runs / PLACE.format(number))
                if _locked(place, fcntl.LOCK_EX | fcntl.LOCK_NB):
                    return (place,)
                os.close(place)
            time.sleep(PATIENCE)
    finally:
        os.close(turn)


def _runs(dossier: Path) -> Path:
    """Return the folder of the runs.

    Raises DossierError where it is a link: it could lead out of the dossier.
    """
    found = dossier / RUNS
    if found.is_symlink() or (found.exists() and not found.is_dir()):
        raise DossierError(f"'{found}' is no folder of this dossier. Move it away, and make the dossier whole again.")
    return found


def _is_run(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and (path / ASKED).is_file() and not (path / ASKED).is_symlink()


def _numbered(runs: Path) -> Path:
    """Make the folder with the next number; whoever makes it has it."""
    number = max((int(p.name) for p in runs.iterdir() if _ID.fullmatch(p.name)), default=0)
    while True:
        number += 1
        path = runs / f"{number:04d}"
        try:
            path.mkdir()
        except FileExistsError:
            continue
        return path


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)


def _locked(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how)
    except BlockingIOError:
        return False
    return True


def _read(path: Path) -> dict[str, object]:
    try:
        if path.is_symlink():
            raise ValueError("a link")
        found = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DossierError(
            f"'{path.parent.name}/{path.name}' of the runs cannot be read. Start that run anew."
        ) from error
    if not isinstance(found, dict):
        raise DossierError(f"'{path.parent.name}/{path.name}' of the runs is damaged. Start that run anew.")
    return found


def _written(told: Told) -> bytes:
    return (json.dumps(dict(told), ensure_ascii=False, indent=2) + "\n").encode()
