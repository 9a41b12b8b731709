"""Where is it heading, and how sure is that? The model's courses and the reference classes, kept apart."""

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from importlib.metadata import version
from pathlib import Path

from detente.boards import plain
from detente.brief.document import Brief
from detente.brief.estimative.confidence import LEVELS, Suggested, checklist, confidence
from detente.brief.outlook import Classed, Outlook, Pressed
from detente.brief.sections.outlook.page import composed
from detente.desk.draws import SEED
from detente.ensemble import Chunk, Drawing, Kept, chunks, request_key
from detente.ensemble.sampling import Correlation, Sampler, Shape
from detente.errors import BoardError, UsageError
from detente.levers import Effort, verdict
from detente.outlook.classes.chosen import EVENTS, classes_for
from detente.outlook.classes.features import VALUES, Features, features_of, proposed
from detente.outlook.classes.pooling import EARNED
from detente.outlook.courses import TABLE, Sums
from detente.outlook.courses.course import sums
from detente.outlook.courses.question import Choices, NoDealOf, Question, question
from detente.outlook.courses.sums import KINDS
from detente.read.reviewed import Tally
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation
from detente.situation.values import Basis, Range

Progress = Callable[[str], None]
Rows = Callable[[Kept, Sequence[Chunk]], None]
SCHEMA = "detente.outlook/1"
DRAWS = 2_048
MOST_DRAWS = 100_000_000
PRESSED = 1_024  # draws with each agenda held: the first of the others
USUAL = Drawing(DRAWS, SEED)
NO_DEAL: tuple[NoDealOf, ...] = ("computed", "auto", "entered", "status-quo")
CONFIDENCE = LEVELS
SAMPLERS: tuple[Sampler, ...] = ("independent", "sobol")
SHAPES: tuple[Shape, ...] = ("triangular", "pert")
Sampled = tuple[str, str, tuple[str, ...]]
SAMPLED: Sampled = ("independent", "triangular", ())
PERIOD = "period"
_APART = ("situation", "sums", "pressed", "swept")
ENTERED = "the command"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: the table, an agenda held, what no deal is worth, class features, assumptions held, the draws.

    `features` are written as `mediated=mediated` or `period=1990-2017`, `held` as `rupture=0.2,0.5,0.8` or
    `rupture=0.5`. `signed` is a level of confidence and who signs it. `supply` is whether moves that nobody names may
    be proposed, `press` whether each agenda is held in turn. `keep` is a folder in which finished chunks are kept and
    found again; `rows` takes the draws of them, one by one.
    """

    table: str | None = None
    agenda: str | None = None
    no_deal: str = "computed"
    features: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    signed: tuple[str, str] | None = None
    drawing: Drawing = USUAL
    supply: bool = True
    press: bool = True
    keep: Path | None = None
    rows: Rows | None = None


def ask_outlook(
    situation: Situation, asked: Asked, *, review: Tally | None = None, progress: Progress | None = None
) -> Outlook:
    """Answer where a case is heading; `review` says how far what was read is reviewed.

    Raises BoardError where the table or the agenda cannot be put on a board, UsageError for a feature, an assumption or
    a number that is none.
    """
    say = progress or (lambda _: None)
    table = table_of(situation, asked.table)
    known = classed(situation, asked.features)
    held = {path: span for path, span in map(_held, asked.held)}
    choices = Choices(agenda=asked.agenda, no_deal=_no_deal(asked.no_deal), held=held, supply=asked.supply)
    about = question(situation, table, seed=asked.drawing.seed, choices=choices)
    say(f"{asked.drawing.draws:,} courses")
    found = _followed(about, asked, held, say)
    pressing = asked.press and asked.agenda is None
    pressed = tuple(_pressed(situation, about, choices, asked.drawing, say)) if pressing else ()
    return Outlook(
        situation=situation,
        table=table,
        sums=found,
        pressed=pressed,
        suggested=known.suggested,
        classes=known.classes,
        chosen=known.chosen,
        weight=known.weight,
        swept=tuple((row, held.get(row.path, row.range())) for row in TABLE),
        confidence=_confidence(situation, about, review),
        signed_by=asked.signed,
        draws=asked.drawing.draws,
        pressed_draws=min(PRESSED, asked.drawing.draws),
        seed=asked.drawing.seed,
        version=version("detente"),
        fingerprint=fingerprint(situation),
    )


def classed(situation: Situation, features: Sequence[str] = ()) -> Classed:
    """Answer for the reference classes alone, which takes no draws; `features` are as in `Asked`.

    Raises UsageError for a feature or a value that is none, AnalysisError for an unknown period.

    >>> classed(Situation(title="Dam"), ("mediated=mediated",)).chosen
    (('mediated', ('mediated',)),)
    """
    suggested = features_of(situation)
    taken, chosen = _features(proposed(suggested), features)
    classes = tuple(classes_for(taken, event=event) for event in EVENTS)
    return Classed(situation=situation, suggested=suggested, classes=classes, chosen=chosen, weight=EARNED)


def with_pressed(found: Outlook, asked: Asked) -> Outlook:
    """Hold each agenda in every draw, where that has not been done.

    Raises what `ask_outlook` raises.
    """
    held = dict(map(_held, asked.held))
    choices = Choices(no_deal=_no_deal(asked.no_deal), held=held, supply=asked.supply)
    about = question(found.situation, found.table, seed=asked.drawing.seed, choices=choices)
    pressed = tuple(_pressed(found.situation, about, choices, asked.drawing, lambda _: None))
    return replace(found, pressed=pressed)


def drawing(draws: int, seed: int, workers: int, *, executor: str = "processes", sampled: Sampled = SAMPLED) -> Drawing:
    """Return how the draws are made, and by whom.

    `sampled` is how: the sampler, the shape, and pairs of inputs that move together, such as
    `iran.missiles.position,iran.proxies.position=0.6`.

    Raises UsageError for a pair that is none.
    """
    sampler, shape, together = sampled
    chosen = next((s for s in SAMPLERS if s == sampler), SAMPLERS[0])
    form = next((s for s in SHAPES if s == shape), SHAPES[0])
    pairs = tuple(_correlation(row) for row in together)
    return Drawing(draws, seed, workers, executor=executor, sampler=chosen, shape=form, correlations=pairs)


def _correlation(row: str) -> Correlation:
    paths, equals, value = row.rpartition("=")
    first, comma, second = (part.strip() for part in paths.partition(","))
    try:
        rank = float(value)
    except ValueError:
        rank = math.nan
    if not (equals and comma and first and second) or math.isnan(rank):
        raise UsageError(
            f"'{row}' is no pair of inputs. Write PATH,PATH=RANK, such as "
            "iran.missiles.position,iran.proxies.position=0.6."
        )
    return Correlation(first, second, rank)


def write(found: Outlook, texts: tuple[tuple[str, str], ...]) -> Brief:
    """Put the answers into words and pictures."""
    return composed(found, texts)


def as_json(found: Outlook) -> str:
    """Return the answers as data: counts of draws by world, and the reference classes with k and n."""
    kept = {f.name: getattr(found, f.name) for f in fields(found) if f.name not in _APART}
    told = {
        "schema": SCHEMA,
        "title": found.situation.title,
        **{name: plain(value) for name, value in kept.items()},
        "swept": [{"path": row.path, "why": row.why, **span.model_dump(mode="json")} for row, span in found.swept],
        "courses": _counts(found.sums),
        "pressed": [{"agenda": one.agenda, "courses": _counts(one.sums)} for one in found.pressed],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def table_of(situation: Situation, table: str | None) -> str:
    """Return the table that is asked about: the one that is named, else the first at which several must consent.

    Raises BoardError where there is none.
    """
    known = [t.id for t in situation.tables]
    if table is not None and table not in known:
        listed = ", ".join(known) or "none"
        raise BoardError(f"'{table}' is not a table of '{situation.title}'. Its tables: {listed}.")
    found = table or next((t.id for t in situation.tables if len(t.consent) > 1), None)
    if found is None:
        raise BoardError(
            f"'{situation.title}' has no table at which several parties must consent, so no talks can go anywhere. "
            "Add a table with the parties whose consent it takes."
        )
    return found


def _no_deal(said: str) -> NoDealOf:
    found = next((kind for kind in NO_DEAL if kind == said), None)
    if found is None:
        raise UsageError(f"'{said}' is nothing that no deal is taken to be worth. Choose one of: {', '.join(NO_DEAL)}.")
    return found


def _followed(about: Question, asked: Asked, held: Mapping[str, Range], say: Progress) -> Sums:
    """Follow the courses; in a folder that is named, what is there is not done again, and the rows go out."""
    if asked.keep is None:
        return sums(about, drawing=asked.drawing, progress=lambda done, of: say(f"courses: {done} of {of} chunks"))
    how = asked.drawing
    key = request_key(
        about.situation,
        {
            **{"what": "outlook", "table": about.setting.table, "agenda": asked.agenda, "no_deal": asked.no_deal},
            **{"draws": how.draws, "seed": how.seed, "size": how.size, "sampler": how.sampler, "shape": how.shape},
            **{"together": [f"{c.first},{c.second}={c.rank!r}" for c in how.correlations]},
            **{"rows": asked.rows is not None, "supply": asked.supply},
            **{path: (span.low, span.best, span.high) for path, span in held.items()},
        },
    )
    kept = Kept(asked.keep, key, KINDS)
    try:
        asked.keep.mkdir(parents=True, exist_ok=True)
        found = sums(
            about,
            drawing=how,
            kept=kept,
            rows=asked.rows is not None,
            progress=lambda done, of: say(f"courses: {done} of {of} chunks"),
        )
        if asked.rows is not None:
            asked.rows(kept, chunks(how.draws, how.size))
    except OSError as error:
        raise UsageError(f"'{asked.keep}' cannot be written to: {error.strerror}. Name another folder.") from error
    return found


def _pressed(
    situation: Situation, about: Question, choices: Choices, drawing: Drawing, say: Progress
) -> Iterator[Pressed]:
    few = replace(drawing, draws=min(PRESSED, drawing.draws), workers=1)
    for agenda in about.setting.modes if len(about.setting.modes) > 1 else ():
        say(f"courses on {agenda}")
        asked = question(situation, about.setting.table, seed=about.seed, choices=replace(choices, agenda=agenda))
        yield Pressed(agenda=agenda, sums=sums(asked, drawing=few))


def _features(found: Features, said: Sequence[str]) -> tuple[Features, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Take what is said in place of what is proposed."""
    told: dict[str, tuple[str, ...]] = {}
    for row in said:
        name, equals, value = (part.strip() for part in row.partition("="))
        known: Mapping[str, tuple[str, ...]] = {str(f): v for f, v in VALUES.items()}
        if not equals or name not in (*known, PERIOD):
            raise UsageError(
                f"'{row}' is no feature of a case. Write FEATURE=VALUE with one of: {', '.join((*known, PERIOD))}."
            )
        values = tuple(v.strip() for v in value.split(",") if v.strip() and v.strip() != "open")
        strange = [v for v in values if name != PERIOD and v not in known[name]]
        if strange:
            raise UsageError(f"'{strange[0]}' is no value of {name}. Choose of: {', '.join((*known[name], 'open'))}.")
        told[name] = values
    period = told.pop(PERIOD, (found.period,))
    made = replace(found, period=(period or (found.period,))[0], **told)
    return made, tuple(told.items())


def _held(row: str) -> tuple[str, Range]:
    """Read one assumption that is held, such as `rupture=0.2,0.5,0.8`."""
    name, equals, value = (part.strip() for part in row.partition("="))
    try:
        numbers = [float(v) for v in value.split(",")]
    except ValueError:
        numbers = []
    if not equals or len(numbers) not in (1, 3) or sorted(numbers) != numbers:
        raise UsageError(
            f"'{row}' holds no assumption. Write NAME=VALUE or NAME=LOW,BEST,HIGH, such as rupture=0.2,0.5,0.8."
        )
    low, best, high = (numbers * 3)[:3] if len(numbers) == 1 else numbers
    path = name if name.startswith("outlook.") else f"outlook.{name}"
    return path, Range(low=low, best=best, high=high, basis=Basis(kind="entered", by=ENTERED))


def _confidence(situation: Situation, about: Question, review: Tally | None) -> Suggested:
    """Suggest how much trust the judgement of a deal deserves, from what it rests on."""
    plan = about.plans[0]
    asked = verdict(situation, about.setting.table, plan.modes, effort=Effort(seed=about.seed))
    return confidence(checklist(situation, (asked,), review=review))


def _counts(found: Sums) -> object:
    return {f.name: plain(getattr(found, f.name)) for f in fields(found) if f.name not in ("kept", "key")}
