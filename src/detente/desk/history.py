"""Try classes and the model on negotiations that are over, coded by hand, as a folder of cases holds them."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from detente.backtest.history import TalksTrial, mean_scores, try_talks
from detente.backtest.past_talks import PAST_EVENTS, PastTalks
from detente.backtest.permuted import MEASURES, MIXINGS, PLACEBO_DRAWS, PLACEBOS, Placebo, placebo
from detente.boards import plain
from detente.brief.history import told
from detente.desk.case import open_case
from detente.desk.draws import DRAWS
from detente.desk.foreign import loaded
from detente.dossier import SITUATION
from detente.ensemble import Drawing
from detente.errors import FormatError
from detente.formats.outcome import OUTCOME, read_outcome
from detente.formats.score_table import shown
from detente.outlook.classes import EARNED

__all__ = ["DRAWS", "PLACEBOS", "SCHEMA", "TriedTalks", "as_json", "ask_history", "in_words"]

SCHEMA = "detente.backtest-cases/1"
_MOST_CASES = 200


@dataclass(frozen=True, slots=True)
class TriedTalks:
    """What was said of each case, the placebos, and the files that all rests on with their SHA-256."""

    trials: tuple[TalksTrial, ...]
    placebos: tuple[Placebo, ...]
    files: tuple[tuple[str, str], ...]
    draws: int
    seed: int


def ask_history(
    place: Path,
    *,
    seed: int,
    draws: int = DRAWS,
    placebos: int = PLACEBOS,
    progress: Callable[[str], None] = lambda _: None,
) -> TriedTalks:
    """Try classes and the model on the cases in a folder, or on the one that it is; outcomes are read last.

    Raises FormatError where there are none, SituationError for a case or an outcome that cannot be read.
    """
    folders = _folders(place)
    situations = [open_case(folder).situation for folder in folders]
    outcomes = [read_outcome(loaded(f / OUTCOME).content, name=f"{f.name}/{OUTCOME}") for f in folders]
    every = [PastTalks(f.name, s, o) for f, s, o in zip(folders, situations, outcomes, strict=True)]
    trials = []
    for talks in every:
        progress(f"asking about {talks.name}")
        trials.append(try_talks(talks, drawing=Drawing(draws, seed)))
    found = []
    for mixing in MIXINGS if placebos else ():
        progress(f"asking about {placebos} placebos, mixed {mixing} cases")
        found.append(placebo(every, mixing, count=placebos, seed=seed))
    return TriedTalks(tuple(trials), tuple(found), tuple(_sums(folders)), draws, seed)


def in_words(tried: TriedTalks) -> str:
    """Tell what was said of the cases in tables and a few sentences."""
    return told(tried.trials, tried.placebos, draws=tried.draws, seed=tried.seed)


def as_json(tried: TriedTalks) -> str:
    """Return everything as JSON: each case with its outcome, all forecasts, scores and placebos."""
    chances = [c for trial in tried.trials for c in trial.chances]
    data = {
        "schema": SCHEMA,
        "version": version("detente"),
        "scope": "well-known negotiations, chosen because they are; coded by one coder who knew how they ended",
        "files": [{"name": name, "sha256": digest} for name, digest in tried.files],
        "seed": tried.seed,
        "draws": tried.draws,
        "model_weight": EARNED,
        "scores": [
            {"event": event, "forecaster": name, "brier": brier, "log_loss": loss}
            for event in PAST_EVENTS
            for name, brier, loss in mean_scores([c for c in chances if c.event == event])
        ],
        "cases": [_case(trial) for trial in tried.trials],
        "placebos": [_placebo(one) for one in tried.placebos],
    }
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)


def _case(trial: TalksTrial) -> dict[str, object]:
    talks = trial.talks
    return {
        "case": talks.name,
        "title": talks.situation.title,
        "as_of": str(talks.situation.as_of),
        "outcome": talks.outcome.model_dump(mode="json"),
        "chances": plain(trial.chances),
        "predicted": plain(trial.predicted),
        "standing": plain(trial.standing),
    }


def _placebo(one: Placebo) -> dict[str, object]:
    return {
        "mixing": one.mixing,
        "placebos": one.scores.shape[0],
        "draws": PLACEBO_DRAWS,
        "measures": [
            {"measure": name, "own": float(one.own[k]), "rank": one.ranks[k], "scores": one.scores[:, k].tolist()}
            for k, name in enumerate(MEASURES)
        ],
    }


def _folders(place: Path) -> list[Path]:
    """Return the folders that hold a situation and an outcome: the place itself, or what is in it."""
    within = sorted(p for p in place.iterdir() if p.is_dir()) if place.is_dir() else []
    found = [p for p in (place, *within) if (p / OUTCOME).is_file() and (p / SITUATION).is_file()]
    if not found:
        raise FormatError(
            f"'{shown(str(place), 200)}' holds no past case. Give a folder with a {SITUATION} and an {OUTCOME}, or one "
            "that holds such folders."
        )
    return found[:_MOST_CASES]


def _sums(folders: list[Path]) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for name in (SITUATION, OUTCOME):
            yield f"{folder.name}/{name}", hashlib.sha256(loaded(folder / name).content).hexdigest()
