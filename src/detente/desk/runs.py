"""Do long work in the background: begin it, see how far it is, stop it, go on with it.

A run is about the situation as it stands when it begins, whatever becomes of the dossier meanwhile. It is done by a
process of its own that outlives the one that began it; what is finished stays on the disk, part by part, so that going
on does the rest alone and ends with the same bytes.
"""

import contextlib
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from importlib.metadata import version
from pathlib import Path
from typing import Final, Literal, get_args

from detente import dossier
from detente.desk.case import open_case
from detente.desk.draws import SEED
from detente.dossier.runs import SAID, RunFolder, new_run, run_folder, run_folders
from detente.errors import DossierError, UsageError
from detente.situation.fingerprint import fingerprint

__all__ = [
    "KINDS",
    "Kind",
    "Run",
    "Settings",
    "State",
    "as_json",
    "cancel",
    "result",
    "resume",
    "run",
    "runs",
    "settings_from",
    "settings_of",
    "start",
]

Kind = Literal["outlook", "levers", "brief"]
State = Literal["waiting", "running", "done", "failed", "cancelled", "broken off"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STATES: tuple[State, ...] = get_args(State)
MOST_DRAWS: dict[Kind, int] = {"outlook": 100_000_000, "levers": 100_000, "brief": 100_000}
DRAWS: dict[Kind, int] = {"outlook": 1_000_000, "levers": 4_096, "brief": 512}
MOST_WORKERS = 64
MOST_WAITING = 16
OVER: Final = ("done", "failed", "cancelled", "broken off")
RESULTS = ("result.html", "result.json")
_SOON = 1.0  # seconds for a process that was ended to be gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is asked; what a kind has no use for is left as it is.

    `draws` 0 stands for what is usual. `agenda` is one name for an outlook, and rows of ISSUE=MODE for levers, as the
    commands take them; so are `features` and `held`, of an outlook, and `answer`, of levers.
    """

    draws: int = 0
    seed: int = SEED
    workers: int = 1
    table: str | None = None
    agenda: tuple[str, ...] = ()
    no_deal: str | None = None
    answer: str = "deal"
    features: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a run stands.

    done, of  parts that are finished and kept, of how many; `of` is None where that shows only on the way
    doing     what it is at
    message   why it failed, or what its process said last where that is gone
    results   the names of what came of it, empty before it is done
    """

    id: str
    kind: Kind
    state: State
    settings: Settings
    done: int
    of: int | None
    doing: str
    begun: str
    started: str | None
    ended: str | None
    message: str
    version: str
    fingerprint: str
    results: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nobody works on it, or waits to."""
        return self.state in OVER


def start(folder: Path, kind: Kind, settings: Settings | None = None) -> Run:
    """Begin a run about a dossier as it stands; at most two of a dossier go on at once, and others wait.

    Raises UsageError for settings that cannot be, or too many that wait, DossierError where the folder is no dossier
    or cannot be written, and what `open_case` raises.
    """
    dossier.open(folder)
    asked = _checked(kind, settings or Settings())
    if sum(not one.is_over for one in runs(folder)) >= MOST_WAITING:
        raise UsageError(f"{MOST_WAITING} runs go on or wait in '{folder.name}' already. Wait, or cancel one.")
    case = open_case(folder)
    about = {
        "kind": kind,
        "slug": case.slug,
        "settings": asdict(asked),
        "review": asdict(case.review) if case.review is not None else None,
        "fingerprint": fingerprint(case.situation),
        "begun": _now(),
    }
    made = new_run(folder, case.situation, about, _waiting())
    _launch(folder, made)
    return _told(made)


def runs(folder: Path) -> tuple[Run, ...]:
    """List the runs of a dossier, the newest first; one that cannot be read is left out.

    Raises DossierError where their folder leads elsewhere.
    """
    found = []
    for one in run_folders(folder):
        with contextlib.suppress(DossierError):
            found.append(_told(one))
    return tuple(found)


def run(folder: Path, id: str) -> Run:
    """Say how a run stands.

    Raises UsageError where there is none, DossierError where it is damaged.
    """
    return _told(run_folder(folder, id))


def result(folder: Path, id: str, name: str) -> bytes:
    """Return what came of a run: `result.html`, the page, or `result.json`, the answers as data.

    Raises UsageError where there is none of that name.
    """
    made = run_folder(folder, id)
    path = made.folder / name
    if name not in RESULTS or _told(made).state != "done" or path.is_symlink() or not path.is_file():
        raise UsageError(f"Run {made.id} has no '{name[:40]}'. A run that is done has: {', '.join(RESULTS)}.")
    return path.read_bytes()


def cancel(folder: Path, id: str) -> Run:
    """End a run at once, with every process of it; what is finished stays, and `resume` goes on from there.

    Raises UsageError where there is none, or it is done, DossierError where its process cannot be ended.
    """
    made = run_folder(folder, id)
    if _told(made).state in ("done", "failed", "cancelled"):
        raise UsageError(f"Run {made.id} is over already. Only one that goes on or waits can be cancelled.")
    handle = _ended(made)
    try:
        made.sweep()
        if made.state().get("state") != "done":
            made.put_state({**made.state(), "state": "cancelled", "ended": _now()})
    finally:
        os.close(handle)
    return _told(made)


def resume(folder: Path, id: str) -> Run:
    """Go on with a run that failed, was cancelled or broke off: what is finished is not done again.

    Raises UsageError where there is none, or it goes on, or is done.
    """
    made = run_folder(folder, id)
    now = _told(made)
    if now.state == "done" or not now.is_over:
        raise UsageError(f"Run {made.id} is {now.state}. Only one that failed, was cancelled or broke off goes on.")
    _launch(folder, made)
    return _told(made)


def settings_from(rows: Sequence[str]) -> Settings:
    """Read settings written as NAME=VALUE, the commands' way; several values of one name stand side by side.

    Raises UsageError for a name that is none, or a number that is none.

    >>> settings_from(("draws=1000", "agenda=missiles=option")).agenda
    ('missiles=option',)
    """
    known = {f.name: getattr(Settings(), f.name) for f in fields(Settings)}
    found: dict[str, object] = {}
    for row in rows:
        name, equals, value = (part.strip() for part in row.partition("="))
        if not equals or name not in known:
            raise UsageError(f"'{row[:60]}' is no setting of a run. Write NAME=VALUE with one of: {', '.join(known)}.")
        if isinstance(known[name], int):
            if not value.isdigit():
                raise UsageError(f"'{row[:60]}': {name} is a whole number. Write it in digits.")
            found[name] = int(value)
        else:
            before = found.get(name, ())
            found[name] = (*before, value) if isinstance(known[name], tuple) and isinstance(before, tuple) else value
    return settings_of(found)


def as_json(found: Run | Sequence[Run]) -> str:
    """Return how runs stand as data."""
    told = [asdict(one) for one in found] if not isinstance(found, Run) else asdict(found)
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def settings_of(found: object) -> Settings:
    """Return settings that were written down."""
    known = {f.name for f in fields(Settings)}
    told = (
        {k: tuple(v) if isinstance(v, list) else v for k, v in dict(found).items()} if isinstance(found, dict) else {}
    )
    return Settings(**{k: v for k, v in told.items() if k in known})  # type: ignore[arg-type]


def _checked(kind: Kind, asked: Settings) -> Settings:
    if kind not in KINDS:
        raise UsageError(f"'{kind}' is no kind of run. Choose one of: {', '.join(KINDS)}.")
    draws = asked.draws or DRAWS[kind]
    if not 1 <= draws <= MOST_DRAWS[kind]:
        raise UsageError(f"{draws:,} draws are not from 1 to {MOST_DRAWS[kind]:,}, as {kind} takes them.")
    if not 1 <= asked.workers <= MOST_WORKERS or asked.seed < 0:
        raise UsageError(f"Workers are from 1 to {MOST_WORKERS}, and a seed is at least 0. Correct the settings.")
    if kind == "outlook" and len(asked.agenda) > 1:
        raise UsageError("An outlook holds one agenda, by the name it is told under. Give one, or none.")
    return Settings(**{**asdict(asked), "draws": draws})


def _launch(folder: Path, made: RunFolder) -> None:
    """Begin the process of a run; it holds the lock of the run from its first moment to its last."""
    handle = made.seized()
    if handle is None:
        raise UsageError(f"Run {made.id} goes on already. Wait for it, or cancel it.")
    try:
        made.sweep()
        made.put_state({**made.state(), **_waiting()})
        # Nothing is imported from where it happens to be begun (-P), and its end is not that of whoever began it.
        order = [sys.executable, "-P", "-m", "detente.desk.run_work", str(folder.absolute()), made.id, str(handle)]
        with (made.folder / SAID).open("wb") as said:
            process = subprocess.Popen(
                order,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                pass_fds=(handle,),
                start_new_session=True,
            )
        os.pwrite(handle, str(process.pid).encode(), 0)
        # Somebody has to hear of its end, or the system keeps its entry as long as this process lives.
        threading.Thread(target=process.wait, name=f"run-{made.id}", daemon=True).start()
    except OSError as error:
        raise DossierError(f"Run {made.id} cannot be begun: {error.strerror}. Make room, and resume it.") from error
    finally:
        os.close(handle)


def _ended(made: RunFolder) -> int:
    """End the processes of a run and return its lock.

    Raises DossierError where it is not free within a second.
    """
    until = time.monotonic() + _SOON
    while (handle := made.seized()) is None:
        number = made.process()
        if number is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(number, signal.SIGKILL)
        if time.monotonic() > until:
            raise DossierError(f"The process of run {made.id} does not end. End it yourself, and cancel the run again.")
        time.sleep(0.01)
    return handle


def _told(made: RunFolder) -> Run:
    asked, state, found = made.asked(), made.state(), _state(made)
    kind = next((k for k in KINDS if k == asked.get("kind")), None)
    if kind is None:
        raise DossierError(f"Run {made.id} is of a kind that this version does not know. Use the one that began it.")
    of = state.get("of")
    message = made.said() if found == "broken off" else str(state.get("message", ""))
    return Run(
        id=made.id,
        kind=kind,
        state=found,
        settings=settings_of(asked.get("settings")),
        done=made.done(),
        of=of if isinstance(of, int) else None,
        doing=str(state.get("doing", "")) if found in ("waiting", "running") else "",
        begun=str(asked.get("begun", "")),
        started=_text(state.get("started")),
        ended=_text(state.get("ended")),
        message=message,
        version=str(state.get("version", "")),
        fingerprint=str(asked.get("fingerprint", "")),
        results=tuple(n for n in RESULTS if (made.folder / n).is_file()) if found == "done" else (),
    )


def _state(made: RunFolder) -> State:
    """Say what is so: what its process wrote down last, unless that is gone and had not finished."""
    alive = made.alive()  # asked first: a process that ends in between has written down how before it let go
    said = made.state().get("state")
    found: State = next((s for s in STATES if s == said), "broken off")
    return found if alive or found in OVER else "broken off"


def _waiting() -> dict[str, object]:
    return {
        "state": "waiting",
        "started": None,
        "ended": None,
        "doing": "",
        "message": "",
        "version": version("detente"),
    }


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
