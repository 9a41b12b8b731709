"""Try the models on decisions that were taken, as a data set of past decisions tells them."""

import hashlib
import json
import math
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path

from detente.backtest import MODELS, SEED, Backtest, Trial, backtest
from detente.boards import plain
from detente.brief.backtest import told
from detente.desk.foreign import loaded
from detente.errors import FormatError, UsageError
from detente.formats import Source, deu
from detente.formats.score_table import listed, shown
from detente.formats.sheet import Cell, write_csv
from detente.situation.store import write_whole

__all__ = [
    "MODELS",
    "SCHEMA",
    "SEED",
    "Tried",
    "as_csv",
    "as_json",
    "ask_backtest",
    "in_words",
    "require_no_data",
    "save_csv",
]

SCHEMA = "detente.backtest/1"
_ENDINGS = (".csv", ".tsv", ".tab", ".txt")
_INSIDE = ("", "deu3")
_MOST_FILES = 200
_BY_CASE = ("issue", "dossier", "year", "actors", "outcome", "status_quo", "model", "point", "crps", "low", "high")


@dataclass(frozen=True, slots=True)
class Tried:
    """A backtest, the files it rests on, and what of them is not used."""

    found: Backtest
    files: tuple[Source, ...]
    remarks: tuple[str, ...]


def ask_backtest(
    place: Path,
    *,
    models: Sequence[str] | None = None,
    seed: int = SEED,
    workers: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> Tried:
    """Try models on the decisions of the European Union that a folder, the folder `deu3` in it, or a file holds.

    Raises FormatError where there are none or they cannot be read, UsageError for an unknown model.
    """
    progress("reading the decisions")
    kinds = _found(place)
    read = deu.read(kinds.get("table"), kinds.get("list"))
    progress(f"trying models on {len(read.decisions)} decisions")
    return Tried(
        backtest(read.decisions, names=models, seed=seed, workers=workers), tuple(kinds.values()), read.remarks
    )


def _found(place: Path) -> dict[str, Source]:
    """Find the table of issues and the list of who weighs what, each by the heads of its columns."""
    name = shown(str(place), 200)
    if not os.path.isdir(place):
        source = loaded(place)
        kind = deu.kind_of(source)
        if kind is None:
            raise FormatError(
                f"'{name}' is no table of decisions: its first line names neither {listed(deu.TABLE_COLUMNS)} nor "
                f"{listed(deu.LIST_COLUMNS, most=8)}. Give the folder of the data set."
            )
        return {kind: source}
    for inside in _INSIDE:
        found = _sorted(place / inside)
        if found:
            return found
    raise FormatError(
        f"'{name}' holds no table of decisions, and neither does a folder 'deu3' in it. Give the folder with the table "
        "of issues of DEU III, as text with tabs or commas."
    )


def _sorted(folder: Path) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for file in _texts(folder):
        source = loaded(file)
        kind = deu.kind_of(source)
        if kind is not None and kind in found:
            both = f"'{shown(found[kind].name)}' and '{shown(source.name)}'"
            raise FormatError(f"{both} in '{shown(str(folder), 200)}' say the same. Give the one that counts.")
        if kind is not None:
            found[kind] = source
    return found


def _texts(folder: Path) -> list[Path]:
    if not os.path.isdir(folder):
        return []
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise FormatError(f"'{shown(str(folder), 200)}' cannot be read: {error.strerror}. Check its rights.") from None
    files = [folder / name for name in names if name.lower().endswith(_ENDINGS)]
    return [file for file in files if os.path.isfile(file)][:_MOST_FILES]


def in_words(tried: Tried) -> str:
    """Tell a backtest in three tables and a few sentences."""
    names = ", ".join(shown(file.name) for file in tried.files)
    return f"From {names}: " + "\n".join([told(tried.found), *tried.remarks]).rstrip() + "\n"


def as_json(tried: Tried) -> str:
    """Return a backtest as JSON, every statistic with its interval."""
    found = tried.found
    data = {
        "schema": SCHEMA,
        "version": version("detente"),
        "scope": "legislation of the European Union; not coercion, not talks in which each party can say no",
        "files": [{"name": f.name, "sha256": hashlib.sha256(f.content).hexdigest()} for f in tried.files],
        "issues": len(found.decisions),
        "dossiers": len({one.dossier for one in found.decisions}),
        "years": [min(one.year for one in found.decisions), max(one.year for one in found.decisions)],
        "seed": found.seed,
        "draws": found.draws,
        "folds": found.folds,
        "models": [_plain(trial) for trial in found.trials],
        "remarks": list(tried.remarks),
    }
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)


def _plain(trial: Trial) -> dict[str, object]:
    return {f.name: plain(getattr(trial, f.name)) for f in fields(trial) if f.name != "scored"}


def as_csv(tried: Tried) -> bytes:
    """Return what every model says of every issue as a table, a row for each."""
    return write_csv([_BY_CASE, *_rows(tried.found)])


def _rows(found: Backtest) -> Iterator[tuple[Cell, ...]]:
    for k, one in enumerate(found.decisions):
        about = (one.issue, one.dossier, float(one.year), float(len(one.actors)), one.outcome, one.status_quo)
        for trial in found.trials:
            scored = trial.scored
            said = [float(v[k]) for v in (scored.point, scored.crps, scored.low, scored.high)]
            if not math.isnan(said[0]):
                yield (*about, trial.model, *(None if math.isnan(v) else float(f"{v:.6f}") for v in said))


def require_no_data(target: Path) -> None:
    """Refuse to write over a table of decisions.

    Raises UsageError.
    """
    if os.path.isfile(target) and deu.kind_of(loaded(target)) is not None:
        raise UsageError(f"'{shown(str(target), 200)}' is a table of decisions. Name another file.")


def save_csv(tried: Tried, target: Path) -> None:
    """Write what every model says of every issue to a file, whole or not at all.

    Raises OSError where the place cannot be written to.
    """
    write_whole(target, as_csv(tried))
