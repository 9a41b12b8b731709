"""Try reference classes on past crises, as a data set of crises tells them."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path

from detente.backtest.icb import CrisisBacktest, Scores, Tried, backtest_crises
from detente.boards import plain
from detente.brief.past_crises import told
from detente.desk.foreign import loaded
from detente.formats import Source, icb
from detente.formats.score_table import shown

SCHEMA = "detente.backtest-icb/1"


@dataclass(frozen=True, slots=True)
class TriedCrises:
    """A backtest, the file it rests on, and what of it is not used."""

    found: CrisisBacktest
    file: Source
    remarks: tuple[str, ...]


def ask_past_crises(place: Path, *, seed: int, progress: Callable[[str], None] = lambda _: None) -> TriedCrises:
    """Try reference classes on the crises that a file, or `icb1v14.csv` in a folder, holds.

    Raises FormatError where there are none or they cannot be read, UsageError where none can be forecast.
    """
    progress("reading the crises")
    source = loaded(place / "icb1v14.csv" if place.is_dir() else place)
    read = icb.read(source)
    progress(f"trying reference classes on {len(read.crises)} crises")
    return TriedCrises(backtest_crises(read.crises, seed=seed), source, read.remarks)


def in_words(tried: TriedCrises) -> str:
    """Tell a backtest in four tables and a few sentences."""
    return f"From {shown(tried.file.name)}: " + "\n".join([told(tried.found), *tried.remarks]).rstrip() + "\n"


def as_json(tried: TriedCrises) -> str:
    """Return a backtest as JSON, every statistic with its interval."""
    found = tried.found
    data = {
        "schema": SCHEMA,
        "version": version("detente"),
        "scope": "international crises; codes of protracted conflict and gravity are given in hindsight",
        "file": {"name": tried.file.name, "sha256": hashlib.sha256(tried.file.content).hexdigest()},
        "crises": len(found.crises),
        "tested": len(found.tested),
        "years": [min(c.triggered for c in found.tested), max(c.triggered for c in found.tested)],
        "prior_cases": found.prior,
        "model_weight": found.model_weight,
        "model_cases": found.model_cases,
        "seed": found.seed,
        "draws": found.draws,
        "blocks": found.blocks,
        "events": [_plain(one) for one in found.tried],
        "remarks": list(tried.remarks),
    }
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)


def _plain(one: Tried) -> dict[str, object]:
    forecasters = [_scores(scores) for scores in one.scores]
    return {"event": one.target, "reading": one.reading, "happened": one.happened, "forecasters": forecasters}


def _scores(scores: Scores) -> dict[str, object]:
    return {f.name: plain(getattr(scores, f.name)) for f in fields(scores) if f.name != "chance"}
