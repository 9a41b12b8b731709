"""Read a folder of any size into a run: on several processes, resumable, nothing twice, broken documents put aside."""

import hashlib
import json
import shutil
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import numpy as np
from jaxtyping import UInt

from detente.desk.corpus.places import (
    AT,
    BROKEN,
    DONE,
    DUPLICATES,
    ERRORS,
    LISTED,
    OPENED,
    READINGS,
    RUN,
    WORK,
    drafts_removed,
    one,
    rows,
    shard_file,
    shards_in,
    write_one,
    write_rows,
)
from detente.desk.corpus.records import Asked, Counted, Duplicate, Fault, Listed, Opened, Own
from detente.desk.corpus.stages import Order, broken
from detente.desk.corpus.workers import Hands, finish, hands, paced
from detente.errors import DocumentError, UsageError
from detente.read.documents import DEFAULT_LIMIT, SUFFIXES, files_in
from detente.read.documents.document import shown, slug
from detente.read.duplicates import repeats
from detente.read.extract.build import VERSION
from detente.read.items import Reading, reading_from_json

SHARD = 50  # documents: what a killed run loses at most, for each process
MOST_SHOWN = 5

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a run: where it is, how many documents, and the first that could not be read."""

    place: str
    counted: Counted
    broken: tuple[Fault, ...]


def corpus(
    folder: Path,
    run: Path,
    *,
    jobs: int = 1,
    limit_bytes: int = DEFAULT_LIMIT,
    lexicons: tuple[Path, ...] = (),
    progress: Progress | None = None,
) -> Done:
    """Read every document of a folder into a run, or go on with one that was interrupted.

    The same bytes come out on any number of processes, and however often it was interrupted.

    Raises DocumentError where the folder holds no document or cannot be looked into, UsageError where the run is of
    other documents, was asked otherwise or cannot be written.
    """
    say = progress or (lambda _: None)
    try:
        asked = _begun(folder, run, limit_bytes, lexicons, say)
        if not (run / DONE).exists():
            with hands(jobs) as lent:
                _run(asked, Order("open", run, folder, limit_bytes, lexicons), lent, say)
        shutil.rmtree(run / WORK, ignore_errors=True)
        counted = one(run / DONE, Counted)
        first = tuple(islice(rows(run / ERRORS, Fault), MOST_SHOWN))
    except OSError as fault:
        cure = "Check the rights and the room there, and give the same command again: it goes on from here."
        raise UsageError(f"'{shown(str(run))}' cannot be written: {fault.strerror}. {cure}") from fault
    return Done(run.name, counted, first)


def is_run(folder: Path) -> bool:
    """Tell whether a folder is a run that was begun, finished or not."""
    return (folder / RUN).is_file()


def readings_in(run: Path) -> Iterator[Reading]:
    """Read back what a finished run holds, one document at a time, every quote looked for again in its text.

    Raises UsageError where it is not finished, QuoteError where a quote is not in its text, DocumentError where a line
    is no reading.
    """
    if not (run / DONE).exists():
        again = "Give the command that began it again: it goes on where it was stopped."
        raise UsageError(f"'{shown(str(run))}' is not finished. {again}")
    for shard in sorted(shards_in(run, READINGS)):
        with shard_file(run, READINGS, shard).open(encoding="utf-8") as stream:
            for line in stream:
                yield reading_from_json(line)


def as_text(done: Done) -> str:
    """Return what came of a run in words."""
    counted = done.counted
    lines = [f"{shown(done.place)}: {counted.read:,} of {counted.documents:,} documents read, in {READINGS}/"]
    if counted.duplicates:
        lines.append(f"  {counted.duplicates:,} not read because another one says the same: {DUPLICATES}")
    if counted.broken:
        lines.append(f"  {counted.broken:,} cannot be read: {ERRORS}")
        lines += [f"    {_in_folder(fault)}" for fault in done.broken]
        lines += ["    ..."] if counted.broken > len(done.broken) else []
    return "\n".join(lines)


def as_json(done: Done) -> str:
    """Return what came of a run as JSON."""
    counts = done.counted.model_dump()
    return json.dumps({"schema": "detente.run/1", "place": done.place, **counts}, indent=1)


def _in_folder(fault: Fault) -> str:
    return fault.says if f"'{fault.file}'" in fault.says else f"{fault.file}: {fault.says}"


def _begun(folder: Path, run: Path, limit_bytes: int, lexicons: tuple[Path, ...], say: Progress) -> Asked:
    """Begin a run, or find that one can go on."""
    say("listing")
    if run.exists() and (
        not run.is_dir() or (any(f.name not in (WORK, RUN) for f in run.iterdir()) and not is_run(run))
    ):
        raise UsageError(f"'{shown(str(run))}' is there already and is no run. Name a new folder.")
    listed, digest = _listed(folder)
    asked = Asked(
        version=version("detente"), reader=VERSION, folder=shown(folder.resolve().name), documents=len(listed),
        listed=digest, shard=SHARD, limit_bytes=limit_bytes, lexicons=tuple(_own(file) for file in lexicons),
    )  # fmt: skip
    if is_run(run):
        _require_same(run, one(run / RUN, Asked), asked)
        drafts_removed(run)
        return asked
    for part in (READINGS, LISTED, OPENED, BROKEN, AT):
        (run / part).mkdir(parents=True, exist_ok=True)
    for shard in range(_shards(asked)):
        write_rows(shard_file(run, LISTED, shard), listed[shard * SHARD : (shard + 1) * SHARD])
    write_one(run / RUN, asked)
    return asked


def _listed(folder: Path) -> tuple[list[Listed], str]:
    """List the documents of a folder in order, each with an id of its own, and the fingerprint of the list."""
    digest, taken = hashlib.sha256(), dict[str, int]()
    listed: list[Listed] = []
    for number, file in enumerate(files_in(folder, most=None)):
        path, name = file.relative_to(folder).as_posix(), slug(shown(file.name))
        id = name
        while id in taken:
            taken[name] += 1
            id = f"{name}-{taken[name]}"
        taken[id] = 1
        size = file.lstat().st_size
        listed.append(Listed(number=number, path=path, id=id, bytes=size))
        digest.update(f"{path}\0{size}\0".encode("utf-8", "surrogateescape"))
    if not listed:
        kinds = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
        raise DocumentError(f"The folder '{shown(folder.name)}' holds no document. Put {kinds} files into it.")
    return listed, digest.hexdigest()


def _own(file: Path) -> Own:
    try:
        return Own(name=shown(file.name), sha256=hashlib.sha256(file.read_bytes()).hexdigest())
    except OSError as fault:
        raise DocumentError(f"'{shown(str(file))}' cannot be read: {fault.strerror}. Check --lexicon.") from None


def _require_same(run: Path, begun: Asked, asked: Asked) -> None:
    """Refuse to go on with other documents, or to read the rest of them otherwise than the first."""
    if begun == asked:
        return
    if begun.listed != asked.listed:
        what = f"a folder '{begun.folder}' with other files, {begun.documents:,} of them"
    else:
        now = asked.model_dump()
        differ = [name for name, value in begun.model_dump().items() if now[name] != value]
        what = f"another {' and '.join(differ)}"
    raise UsageError(f"The run in '{shown(str(run))}' was begun with {what}. Name a new folder for this one.")


def _shards(asked: Asked) -> int:
    return -(-asked.documents // asked.shard)


def _run(asked: Asked, order: Order, lent: Hands, say: Progress) -> None:
    run, shards = order.run, _shards(asked)
    _stage(asked, order, lent, say)
    if not (run / DUPLICATES).exists():
        say("looking for documents that repeat one another")
        write_rows(run / DUPLICATES, _duplicates(run, shards))
    _stage(asked, replace(order, stage="read"), lent, say)
    faults = {f.number: f for f in _unopened(run, shards)} | broken(run)
    write_rows(run / ERRORS, (faults[number] for number in sorted(faults)))
    repeated = sum(1 for _ in rows(run / DUPLICATES, Duplicate))
    read = asked.documents - repeated - len(faults)
    write_one(run / DONE, Counted(documents=asked.documents, read=read, duplicates=repeated, broken=len(faults)))


def _stage(asked: Asked, order: Order, lent: Hands, say: Progress) -> None:
    def done() -> int:
        return len(shards_in(order.run, order.part)) * asked.shard

    doing = "opening" if order.stage == "open" else "reading"
    finish(order, _shards(asked), lent=lent, tick=paced(say, doing, asked.documents, done))


def _unopened(run: Path, shards: int) -> Iterator[Fault]:
    for shard in range(shards):
        for found in rows(shard_file(run, OPENED, shard), Opened):
            if found.text is None:
                yield Fault(number=found.number, file=found.file, says=found.fault)


def _duplicates(run: Path, shards: int) -> tuple[Duplicate, ...]:
    """Find the documents that repeat another one; of the texts only those are looked at that may."""
    numbers, starts = array("q"), array("q")
    names: list[str] = []
    sketches: list[UInt[np.ndarray, " hash"]] = []
    published: list[date | None] = []
    digests: list[bytes] = []
    for shard in range(shards):
        with shard_file(run, OPENED, shard).open("rb") as stream:
            start = 0
            for line in stream:
                found = Opened.model_validate_json(line)
                if found.text is not None:
                    numbers.append(found.number)
                    starts.append(start)
                    names.append(found.file)
                    sketches.append(found.hashes())
                    published.append(found.text.published)
                    digests.append(bytes.fromhex(found.text.sha256))
                start += len(line)

    def text(at: int) -> str:
        with shard_file(run, OPENED, numbers[at] // SHARD).open("rb") as stream:
            stream.seek(starts[at])
            found = Opened.model_validate_json(stream.readline())
        return found.text.text if found.text is not None else ""

    if not sketches:
        return ()
    same = repeats(np.stack(sketches), published, digests, text)
    return tuple(
        Duplicate(
            number=numbers[r.number], file=names[r.number], repeats=names[r.of], resemblance=round(r.resemblance, 4)
        )
        for r in same
    )
