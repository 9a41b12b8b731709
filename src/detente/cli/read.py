"""`detente read`."""

import importlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console

from detente.cli.options import given_path, megabytes, model_options, named, progress, put_json, reading_options
from detente.cli.places import require_apart, require_writable
from detente.desk import read
from detente.desk.model import Asking
from detente.errors import UsageError

FORMATS = ("jsonl", "csv", "parquet", "plover", "dna", "html")
SECONDS_BETWEEN_LINES = 30.0


@dataclass(frozen=True, slots=True)
class _Asked:
    source: Path | bytes
    limit: int
    lexicons: tuple[Path, ...]
    model: Asking | None
    as_json: bool


@click.command(name="read")
@click.argument("source", metavar="ARTICLE", default="-")
@click.option("--json", "as_json", is_flag=True, help="Print everything that was read as JSON.")
@click.option("--into", type=given_path, metavar="DOSSIER", help="Add it to this dossier; made where there is none.")
@click.option(
    "--to", type=given_path, metavar="RUN", help="Read a folder of any size into this one; it can go on later."
)
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes for --to.  [default: one per core]")
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Write what was read to -o, in this form.")
@click.option("-o", "--output", type=given_path, metavar="FILE", help="Where --format writes to.")
@click.option("--force", is_flag=True, help="Replace the file of -o where it is there.")
@reading_options
@model_options
def command(
    source: str,
    as_json: bool,
    into: Path | None,
    to: Path | None,
    jobs: int | None,
    kind: str | None,
    output: Path | None,
    force: bool,
    limit_mb: float,
    lexicons: tuple[Path, ...],
    model: Asking | None,
) -> None:
    """Say what ARTICLE says: a .txt, .md, .html or .pdf file, a folder of them, or - for standard input.

    With --into, say what it changes in a dossier instead; what you entered or edited there stays as it is. With --to,
    read a folder of any size into a run on several processes. With --format, write what was read for other programs;
    ARTICLE may then be a run, too.
    """
    _require_one_way(into=into, to=to, jobs=jobs, kind=kind, output=output, force=force, as_json=as_json, model=model)
    limit = megabytes(limit_mb)
    asked = _Asked(named(source, limit_bytes=limit), limit, lexicons, model, as_json)
    if to is not None:
        _run(asked, to, jobs)
    elif kind is not None and output is not None:
        _write(asked, kind, output, force=force)
    else:
        _read(asked, into)


def _read(asked: _Asked, into: Path | None) -> None:
    if into is not None:
        require_apart(into, source=asked.source)
    with progress() as say:
        readings = read.read(
            asked.source, limit_bytes=asked.limit, lexicons=asked.lexicons, model=asked.model, progress=say
        )
        # By name, as the commands are: what a situation is drafted with is not needed to read alone.
        told = read if into is None else importlib.import_module("detente.desk.over_time")
        found = readings if into is None else told.into(into, readings, asked.source, lexicons=asked.lexicons)
    if asked.as_json:
        put_json(told.as_json(found))
    else:
        click.echo(told.as_text(found))


def _run(asked: _Asked, run: Path, jobs: int | None) -> None:
    """Read a folder into a run."""
    if not isinstance(asked.source, Path) or not os.path.isdir(asked.source):
        raise UsageError("--to reads a folder of documents. Name one, or leave --to out to read one document.")
    require_apart(run, source=asked.source)
    corpus = importlib.import_module("detente.desk.corpus")
    with _now_and_then() as say:
        done = corpus.corpus(
            asked.source, run, jobs=jobs or _cores(), limit_bytes=asked.limit, lexicons=asked.lexicons, progress=say
        )
    if asked.as_json:
        put_json(corpus.as_json(done))
    else:
        click.echo(corpus.as_text(done))


def _write(asked: _Asked, kind: str, place: Path, *, force: bool) -> None:
    """Write what is read in a document or a folder, or what a run holds, to a file."""
    require_writable(place, "export", source=asked.source)
    corpus, out = importlib.import_module("detente.desk.corpus"), importlib.import_module("detente.desk.read_out")
    source = asked.source
    with progress() as say:
        if isinstance(source, Path) and corpus.is_run(source):
            readings = corpus.readings_in(source)
        else:
            readings = read.read(
                source, limit_bytes=asked.limit, lexicons=asked.lexicons, model=asked.model, progress=say
            )
        title = "Standard input" if isinstance(source, bytes) else source.name
        said = out.write(readings, kind=kind, place=place, title=title, force=force)
    click.echo(said)


def _require_one_way(
    *,
    into: Path | None,
    to: Path | None,
    jobs: int | None,
    kind: str | None,
    output: Path | None,
    force: bool,
    as_json: bool,
    model: Asking | None,
) -> None:
    """Refuse options that ask for two things at once, or for half of one.

    Raises UsageError.
    """
    ways = {"--into": into, "--to": to, "--format": kind}
    given = [name for name, value in ways.items() if value is not None]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} are two things. Give one, then the other.")
    if (kind is None) != (output is None) or (force and kind is None):
        raise UsageError(f"--format ({', '.join(FORMATS)}) and -o FILE belong together; --force is for them.")
    if kind is not None and as_json:
        raise UsageError("--json prints, and --format writes to a file. Leave one of them out.")
    if jobs is not None and to is None:
        raise UsageError("--jobs is for --to RUN. Leave it out, or name a folder for the run.")
    if to is not None and model is not None:
        raise UsageError("--to reads with rules alone. Leave --model out, or read fewer documents without --to.")


def _cores() -> int:
    """Count the cores that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


@contextmanager
def _now_and_then() -> Iterator[Callable[[str], None]]:
    """Show on standard error how far long work is: all the time in a terminal, a line now and then in a log."""
    if Console(stderr=True).is_terminal:
        with progress() as say:
            yield say
        return
    last = time.monotonic()

    def line(told: str) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            click.echo(told, err=True)

    yield line
