"""What if some inputs, or the agenda, were others: before, after, and in how many draws anything changed?"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from importlib.metadata import version

from detente.boards import plain
from detente.brief.document import Brief
from detente.brief.sections.levers.trying import composed, quick
from detente.brief.tried import Tried
from detente.desk.asking import About, Asks, At, asks, table_of
from detente.desk.case import Case
from detente.desk.draws import SEED
from detente.desk.positions import USUAL
from detente.errors import SituationError, UsageError
from detente.levers.whatif import DRAWS, Held, WhatIf, hold, whatif
from detente.outlook.courses.assumed import AREA
from detente.outlook.mandates import with_mandates
from detente.situation.check import scales
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation
from detente.situation.paths import with_value
from detente.situation.values import Basis, Range

__all__ = [
    "DRAWS",
    "Base",
    "Tried",
    "WhatIfAsked",
    "as_json",
    "ask_whatif",
    "base",
    "edited",
    "quick",
    "tried",
    "write",
]
Progress = Callable[[str], None]
SCHEMA = "detente.whatif/1"
MOST_DRAWS = 100_000
TRIED = Basis(kind="entered", by="what-if")
AGENDA = "agenda."
SCALES = (scales.issues, scales.stances, scales.weights)  # what an edit of a number can break
WRITTEN = "Write PATH=25, PATH=0..50 or PATH=0,25,50 (low, best, high), or agenda.ISSUE=MODE."


@dataclass(frozen=True, slots=True)
class WhatIfAsked:
    """What is tried, of what, where, and over how many draws."""

    edits: tuple[str, ...]
    about: About = "deals"
    table: str | None = None
    agenda: tuple[str, ...] = ()
    no_deal: str = "auto"
    draws: int = DRAWS
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Base:
    """A case held ready: many what-ifs may be tried on it, and only what each edits is made anew."""

    case: Case
    at: At
    about: About
    asked: Asks
    held: Held
    fingerprint: str
    version: str


def base(case: Case, asked: WhatIfAsked) -> Base:
    """Draw and ask a case as it is.

    Raises BoardError where it cannot be put on the board that this takes.
    """
    at = At(table=table_of(case.situation, asked.table), agenda=asked.agenda, no_deal=asked.no_deal, seed=asked.seed)
    put = asks(case.situation, asked.about, at)
    held = hold(put.side, draws=asked.draws, seed=asked.seed)
    return Base(case, at, asked.about, put, held, fingerprint(case.situation), version("detente"))


def tried(ready: Base, edits: Sequence[str]) -> Iterator[Tried]:
    """Try some edits: yield what changed on the leading draws, then the same with what changed on all of them.

    Raises UsageError for an edit that is none, SituationError for a path that is no input or a value that cannot be,
    BoardError for an agenda that cannot be.
    """
    situation, at = edited(ready, edits)
    put = asks(situation, ready.about, at)
    found: tuple[WhatIf, ...] = ()
    for one in whatif(ready.held, put.side):
        found = (*found, one)
        yield Tried(
            situation=put.situation,
            table=at.table,
            edits=tuple(edits),
            agendas=(ready.asked.agenda, put.agenda),
            answers=found,
            no_deal=put.no_deal,
            seed=at.seed,
            version=ready.version,
            fingerprint=ready.fingerprint,
            texts=ready.case.texts,
        )


def ask_whatif(case: Case, asked: WhatIfAsked, *, progress: Progress | None = None) -> Iterator[Tried]:
    """Try some edits on a case, the quick answer first.

    Raises what `base` and `tried` do.
    """
    if not asked.edits:
        raise UsageError(f"Nothing is edited, so nothing can differ. {WRITTEN}")
    say = progress or (lambda _: None)
    say("as it is")
    ready = base(case, asked)
    say("as it would be")
    yield from tried(ready, asked.edits)


def write(found: Tried) -> Brief:
    """Put what changed into words and tables."""
    return composed(found)


def as_json(found: Tried) -> str:
    """Return what changed as data, for the leading draws and for all of them."""
    kept = {f.name: getattr(found, f.name) for f in fields(found) if f.name not in ("situation", "texts", "answers")}
    answers = [{**_plain(one), "edited": [_plain_edit(e) for e in one.edited]} for one in found.answers]
    told = {"schema": SCHEMA, "title": found.situation.title, **{name: plain(value) for name, value in kept.items()}}
    return json.dumps({**told, "answers": answers}, ensure_ascii=False, indent=2) + "\n"


def _plain(one: WhatIf) -> dict[str, object]:
    return {f.name: plain(getattr(one, f.name)) for f in fields(one) if f.name != "edited"}


def _plain_edit(one: object) -> dict[str, object]:
    ends = {"before": getattr(one, "before", None), "after": getattr(one, "after", None)}
    told = {name: None if r is None else [r.low, r.best, r.high] for name, r in ends.items()}
    return {"path": getattr(one, "path", ""), **told}


def edited(ready: Base, edits: Sequence[str]) -> tuple[Situation, At]:
    """Return the situation and where it is asked with every edit made.

    Raises UsageError for an edit that is none, SituationError for a path that is no input or a value that cannot be.
    """
    situation, agenda, held = ready.case.situation, list(ready.at.agenda), dict(ready.at.held)
    for edit in edits:
        path, equals, said = (part.strip() for part in edit.partition("="))
        if not equals or not path or not said:
            raise UsageError(f"'{edit}' is no edit. {WRITTEN}")
        if path.startswith(AGENDA):
            issue = path.removeprefix(AGENDA)
            agenda = [*(a for a in agenda if a.partition("=")[0].strip() != issue), f"{issue}={said}"]
        elif path.startswith(f"{AREA}."):
            held[path] = _assumption(ready, path, said)
        else:
            situation = _with(situation, path, _range(edit, said))
    if faults := [p for part in SCALES for p in part(situation) if p.severity == "fault"]:
        raise SituationError(f"With these edits the case does not hold together: {faults[0]}")
    return situation, replace(ready.at, agenda=tuple(agenda), held=held)


def _assumption(ready: Base, path: str, said: str) -> Range:
    if ready.about != "courses":
        raise UsageError(
            f"'{path}' is an assumption of the courses, and these are not asked about. Add --about courses."
        )
    return _range(f"{path}={said}", said)


def _with(situation: Situation, path: str, value: Range) -> Situation:
    """Put a value where it stands in the file, or else where a body's members or the program put one."""
    try:
        return with_value(situation, path, value)
    except SituationError:
        return with_value(with_mandates(situation, drawing=USUAL), path, value)


def _range(edit: str, said: str) -> Range:
    """Read a number, LOW..HIGH, or LOW,BEST,HIGH."""
    ends = said.split("..") if ".." in said else said.split(",")
    try:
        numbers = [float(end) for end in ends]
    except ValueError:
        raise UsageError(f"'{edit}' gives no number. {WRITTEN}") from None
    if len(numbers) == 2 and ".." in said:
        numbers = [numbers[0], sum(numbers) / 2, numbers[1]]
    if len(numbers) == 1:
        numbers *= 3
    if len(numbers) != 3 or not numbers[0] <= numbers[1] <= numbers[2] or not all(abs(n) < 1e12 for n in numbers):
        raise UsageError(f"'{edit}' is no range with low, best and high in this order. {WRITTEN}")
    return Range(low=numbers[0], best=numbers[1], high=numbers[2], basis=TRIED)
