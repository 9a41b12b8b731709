"""Try crowd, classes and a case's model on questions that have come out, as a file of such questions holds them."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from textwrap import fill

from detente.backtest.questions import (
    CLIP,
    FEWEST,
    TOPICS,
    FreezeScores,
    Group,
    Learned,
    PastQuestion,
    QuestionBacktest,
    Said,
    backtest_questions,
    clusters,
)
from detente.boards import plain
from detente.brief.past_questions import WIDEST, told
from detente.desk.case import open_case
from detente.desk.draws import DRAWS
from detente.desk.foreign import loaded
from detente.errors import FormatError, UsageError
from detente.formats import Source
from detente.formats.past_questions import read_rows
from detente.formats.question_rows import QuestionRow
from detente.formats.score_table import shown
from detente.ledger.said import shares
from detente.outlook.classes import Features, features_of, proposed
from detente.read.asked import AskedOf, asked, last_day
from detente.read.parties.lexicon import load_lexicon
from detente.situation.nouns import Situation
from detente.situation.questions import About, Question

__all__ = ["DRAWS", "SCHEMA", "TriedQuestions", "as_json", "ask_past_questions", "in_words"]

SCHEMA = "detente.backtest-questions/1"
_MOST_FILES = 200
_CASE = (
    "Beside them stands the case {case}, for questions about it from its day on, as it was then; whoever coded it may "
    "have known how things came out, and nobody can tell from the file."
)
_MODELLED = ("agreement", "force", "war")


@dataclass(frozen=True, slots=True)
class TriedQuestions:
    """A backtest, the files and the case it rests on, and what of them is not used."""

    found: QuestionBacktest
    files: tuple[Source, ...]
    case: str | None
    features: Features | None
    remarks: tuple[str, ...]
    draws: int


@dataclass(frozen=True, slots=True)
class _Case:
    """A case that is asked beside the questions about it."""

    name: str
    situation: Situation
    features: Features


def ask_past_questions(
    place: Path,
    *,
    case: Path | None = None,
    seed: int = 1,
    draws: int = DRAWS,
    progress: Callable[[str], None] = lambda _: None,
) -> TriedQuestions:
    """Try forecasts on the questions of a file, or of the question and resolution sets in a folder.

    Raises FormatError where there are none or they cannot be read, UsageError where none has come out or the case has
    no day, and what opening a case raises.
    """
    progress("reading the questions")
    files = _files(place)
    read = read_rows(files, version=version("detente"))
    beside = None if case is None else _case(case)
    lexicon = load_lexicon()
    progress(f"reading what {len(read.rows)} rows ask for")
    texts = {row.text: asked(row.text, lexicon=lexicon) for row in read.rows}
    kept = [row for row in read.rows if row.outcome is not None and row.resolved is not None]
    open_before = [row for row in kept if row.resolved is not None and row.resolved >= row.frozen]
    questions = list(_questions(open_before, texts, beside, draws=draws, seed=seed, progress=progress))
    return TriedQuestions(
        found=backtest_questions(questions, case=None if beside is None else beside.features, seed=seed),
        files=files,
        case=None if beside is None else beside.name,
        features=None if beside is None else beside.features,
        remarks=(*read.remarks, *_left_out(read.rows, kept, open_before)),
        draws=draws,
    )


def _files(place: Path) -> tuple[Source, ...]:
    if not place.is_dir():
        return (loaded(place),)
    found = sorted(file for file in place.iterdir() if file.suffix.lower() == ".json" and file.is_file())
    if not found:
        raise FormatError(
            f"'{shown(str(place), 200)}' holds no question set. Give a file of questions, or a folder with question "
            "sets and resolution sets in JSON."
        )
    return tuple(loaded(file) for file in found[:_MOST_FILES])


def _left_out(rows: Sequence[QuestionRow], kept: Sequence[QuestionRow], used: Sequence[QuestionRow]) -> Iterable[str]:
    if len(kept) < len(rows):
        yield f"{len(rows) - len(kept)} of {len(rows)} rows are left out: they have not come out as yes or no."
    settled = [row.id for row in kept if row not in used]
    if settled:
        named = ", ".join(shown(name) for name in settled[:5])
        yield f"Left out because settled before the day they are asked on: {len(settled)} ({named})."


def _case(place: Path) -> _Case:
    opened = open_case(place)
    if opened.situation.as_of is None:
        raise UsageError(
            f"The case '{opened.slug}' says of no day as of which it is, so that it may know too much. Give it 'as_of'."
        )
    return _Case(opened.slug, opened.situation, proposed(features_of(opened.situation)))


def _questions(
    rows: Sequence[QuestionRow],
    texts: dict[str, AskedOf],
    beside: _Case | None,
    *,
    draws: int,
    seed: int,
    progress: Callable[[str], None],
) -> Iterable[PastQuestion]:
    """Turn rows into past questions; the model is asked once about each event."""
    known: dict[About, tuple[tuple[str, float], ...]] = {}
    for row in rows:
        found = texts[row.text]
        about = None if beside is None else _about(row, found, beside.situation)
        if about is not None and beside is not None and about not in known:
            progress(f"asking the model about {about.event}")
            known[about] = _worlds(beside.situation, about, draws=draws, seed=seed)
        yield _question(row, found, case=about is not None, model=known[about] if about is not None else ())


def _question(row: QuestionRow, found: AskedOf, *, case: bool, model: tuple[tuple[str, float], ...]) -> PastQuestion:
    if row.resolved is None or row.outcome is None:
        raise FormatError(f"The question '{shown(row.id)}' has not come out. Leave it out.")
    return PastQuestion(
        id=f"{row.source}:{row.id}",
        text=row.text,
        frozen=row.frozen,
        # What a table gives as the end of a market is at times that of another one beside it.
        closes=last_day(row.text, asked_on=row.frozen) or row.closes,
        resolved=row.resolved,
        happened=row.outcome == 1,
        crowd=row.crowd,
        cluster=row.cluster,
        event=found.event,
        parties=found.parties,
        negated=found.negated,
        case=case,
        model=tuple((world, 1 - share if found.negated else share) for world, share in model),
    )


def _about(row: QuestionRow, found: AskedOf, situation: Situation) -> About | None:
    """Say which event of the case a question is about; None where it is about another, or older than the case."""
    if found.event == "other" or situation.as_of is None or row.frozen < situation.as_of:
        return None
    named = set(found.parties)
    if len(named) < 2 or not named <= {party.id for party in situation.parties}:
        return None
    table = next((table for table in situation.tables if set(table.consent) <= named), None)
    if found.event in ("agreement", "talks"):
        return About(event=found.event, table=table.id) if table and set(table.consent) == named else None
    if not any(pair <= named for pair in _pairs(situation)):
        return None
    return About(
        event=found.event,
        table=None if table is None else table.id,
        by=found.by[0] if len(found.by) == 1 else None,
        against=found.against[0] if len(found.by) == 1 and len(found.against) == 1 else None,
    )


def _pairs(situation: Situation) -> Iterable[set[str]]:
    """Yield who stands against whom in a case: at a table, in a rivalry, by a threat."""
    yield from (set(table.consent) for table in situation.tables)
    yield from ({tie.source, tie.target} for tie in situation.ties if tie.kind == "rivalry")
    yield from ({threat.by, threat.against} for threat in situation.threats)


def _worlds(situation: Situation, about: About, *, draws: int, seed: int) -> tuple[tuple[str, float], ...]:
    """Return the model's share of draws, world by world; nothing where it does not follow the event or the parties."""
    if about.event not in _MODELLED or (about.table is None and about.by is None):
        return ()
    question = Question(id="asked", text="asked", about=about)
    found = shares(situation, question, draws=draws, seed=seed)
    return tuple((one.name.removeprefix("model, "), one.probabilities[0]) for one in found)


def in_words(tried: TriedQuestions) -> str:
    """Tell a backtest in tables and a few sentences."""
    names = ", ".join(shown(file.name) for file in tried.files[:3]) + (" and more" if len(tried.files) > 3 else "")
    beside = "" if tried.case is None else f" {_CASE.format(case=tried.case)}"
    return (
        fill(f"From {names}.{beside}", WIDEST) + "\n\n" + "\n".join([told(tried.found), *tried.remarks]).rstrip() + "\n"
    )


def as_json(tried: TriedQuestions) -> str:
    """Return a backtest as JSON: every group with intervals, the weight's path, and every row with all chances."""
    found = tried.found
    events = clusters([one.question for one in found.said])
    data = {
        "schema": SCHEMA,
        "version": version("detente"),
        "scope": "yes-or-no questions that were asked of crowds or by an analyst, and have come out",
        "files": [{"name": f.name, "sha256": hashlib.sha256(f.content).hexdigest()} for f in tried.files],
        "case": tried.case,
        "features": None if tried.features is None else plain(tried.features),
        "topics": TOPICS,
        "clip": CLIP,
        "fewest_events": FEWEST,
        "seed": found.seed,
        "draws": found.draws,
        "model_draws": tried.draws,
        "groups": [_group(one) for one in found.groups],
        "freezes": [_freeze(one) for one in found.freezes],
        "weights": [_weight(one) for one in found.path],
        "rows": [_said(one, event) for one, event in zip(found.said, events, strict=True)],
        "remarks": list(tried.remarks),
    }
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)


def _group(one: Group) -> dict[str, object]:
    forecasters = [
        {
            "name": scores.name,
            "mean_said": scores.mean_said,
            "brier": plain(scores.brier),
            "log_loss": plain(scores.log_loss),
            "murphy": plain(scores.murphy),
            "brier_less": {name: plain(gain) for name, gain in scores.gains},
        }
        for scores in one.scores
    ]
    counts = {"rows": one.rows, "questions": one.questions, "events": one.events, "happened": one.happened}
    return {"group": one.name, **counts, "forecasters": forecasters}


def _freeze(one: FreezeScores) -> dict[str, object]:
    scores = [{"name": name, "rows": rows, "brier": score} for name, rows, score in one.brier]
    return {"day": str(one.day), "rows": one.rows, "happened": one.happened, "forecasters": scores}


def _weight(one: Learned) -> dict[str, object]:
    counts = {"questions": one.questions, "events": one.events, "mean": one.mean}
    return {"day": str(one.day), "world": one.world, **counts, "weight": one.weight}


def _said(one: Said, event: str) -> dict[str, object]:
    question = one.question
    days = {"frozen": str(question.frozen), "closes": None if question.closes is None else str(question.closes)}
    about = {"event": question.event, "parties": list(question.parties), "negated": question.negated}
    return {
        "id": question.id,
        **days,
        "resolved": str(question.resolved),
        "happened": question.happened,
        "hangs_on": event,
        **about,
        "case": question.case,
        "chances": dict(one.chance),
    }
