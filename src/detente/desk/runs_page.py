"""What is being computed in the background of a dossier, how far is it, and what can be begun there?"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from detente.brief.sections.no_deal.telling import WORLDS
from detente.brief.words import Names, capital
from detente.desk import runs
from detente.desk.draws import SEED
from detente.desk.runs import DRAWS, KINDS, MOST_DRAWS, MOST_WORKERS, RESULTS, Kind, Run, Settings
from detente.desk.session import Session
from detente.errors import UsageError
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation, World

__all__ = ["Background", "Choice", "Offer", "Row", "background", "begin", "result_name"]

TITLES: dict[Kind, str] = {
    "outlook": "An outlook over many draws",
    "levers": "What moves an answer",
    "brief": "The brief",
}
SAYS: dict[Kind, str] = {
    "outlook": "Where it is heading, round by round and world by world. More draws make the shares steadier: "
    "a million take minutes.",
    "levers": "Which inputs move an answer, from where on it turns, and which of them is worth knowing first.",
    "brief": "Everything that can be said about the dispute, as one page to hand on.",
}
STATES: dict[str, str] = {
    "waiting": "Waits: two others go first.",
    "running": "Goes on.",
    "done": "Done.",
    "failed": "It cannot be answered.",
    "cancelled": "Cancelled. What was finished is kept.",
    "broken off": "Broken off: its process is gone. What was finished is kept.",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a setting may have, in words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of run that can be begun: how many draws are usual and allowed, and what else may be chosen."""

    kind: Kind
    title: str
    says: str
    draws: int
    most: int
    seed: int
    workers: int
    tables: tuple[Choice, ...]
    answers: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A run as a page tells it.

    of       of how many parts `done` are finished, None where that shows only on the way
    is_old   the situation was changed since it was begun
    files    what came of it: the name to ask for, and the words
    """

    run: Run
    title: str
    says: str
    doing: str
    asked: str
    when: str
    is_old: bool
    files: tuple[tuple[str, str], ...]

    @property
    def can_cancel(self) -> bool:
        """Whether it can be ended."""
        return not self.run.is_over

    @property
    def can_resume(self) -> bool:
        """Whether it can be gone on with."""
        return self.run.is_over and self.run.state != "done"


@dataclass(frozen=True, slots=True)
class Background:
    """The runs that go on or wait, those that are over, and what can be begun; nothing where nobody has a say yet."""

    going: tuple[Row, ...]
    over: tuple[Row, ...]
    offers: tuple[Offer, ...]
    is_dossier: bool
    folder: str

    @property
    def counts(self) -> str:
        """How many there are, as a sentence."""
        waiting = sum(row.run.state == "waiting" for row in self.going)
        on = len(self.going) - waiting
        told = f"{on or 'No'} {'run goes' if on == 1 else 'runs go'} on"
        return f"{told}, {waiting} {'waits' if waiting == 1 else 'wait'}." if waiting else f"{told}."


def background(session: Session) -> Background:
    """Tell the runs of a dossier, the newest first, and what can be begun.

    Raises what opening the dossier raises.
    """
    situation = session.now().situation
    now, tables, is_now = dt.datetime.now(dt.UTC), {t.id: t.name for t in situation.tables}, fingerprint(situation)
    rows = tuple(_row(one, tables, now, one.fingerprint != is_now) for one in runs.runs(session.folder))
    return Background(
        going=tuple(r for r in rows if not r.run.is_over),
        over=tuple(r for r in rows if r.run.is_over),
        offers=_offers(situation) if situation.parties else (),
        is_dossier=session.is_dossier,
        folder=session.folder.name,
    )


def begin(folder: Path, kind: str, settings: Settings) -> Run:
    """Begin a run of a kind that is named in an address.

    Raises UsageError for a kind that is none, and what `runs.start` raises.
    """
    known = next((k for k in KINDS if k == kind), None)
    if known is None:
        raise UsageError(f"'{kind[:40]}' is no kind of run. Choose one of: {', '.join(KINDS)}.")
    return runs.start(folder, known, settings)


def result_name(run: Run, name: str) -> str:
    """Return under which name a file that came of a run is saved.

    Raises UsageError for a name that is none.
    """
    if name not in RESULTS:
        raise UsageError(f"'{name[:40]}' is nothing that comes of a run. Ask for one of: {', '.join(RESULTS)}.")
    return f"{run.kind}-{run.id}.{name.rpartition('.')[2]}"


def _offers(situation: Situation) -> tuple[Offer, ...]:
    several = [t for t in situation.tables if len(t.consent) > 1]
    tables = tuple(Choice(t.id, capital(t.name)) for t in several)
    answers = _answers(situation, [p for t in several for p in t.consent])
    return tuple(
        Offer(
            kind=kind,
            title=TITLES[kind],
            says=SAYS[kind],
            draws=DRAWS[kind],
            most=MOST_DRAWS[kind],
            seed=SEED,
            workers=MOST_WORKERS if kind == "outlook" else 1,
            tables=tables if kind != "brief" else (),
            answers=answers if kind == "levers" else (),
        )
        for kind in KINDS
        if tables or kind == "brief"
    )


def _answers(situation: Situation, parties: list[str]) -> tuple[Choice, ...]:
    """Name the answers that a situation can be asked what moves them."""
    names, worlds = Names(situation), get_args(World)
    gains = tuple(Choice(f"gain.{p}", f"What {names.party(p)} gains by the deal") for p in dict.fromkeys(parties))
    holds = tuple(Choice(f"holds.{w}", f"Whether today’s state holds without a deal, if {WORLDS[w]}") for w in worlds)
    ends = tuple(Choice(f"agreement.{w}", f"Whether the courses end in agreement, if {WORLDS[w]}") for w in worlds)
    wars = tuple(Choice(f"war.{w}", f"Whether the courses come to war, if {WORLDS[w]}") for w in worlds)
    return (Choice("deal", "Whether there is a deal that everybody accepts"), *gains, *holds, *ends, *wars)


def _row(run: Run, tables: Mapping[str, str], now: dt.datetime, is_old: bool) -> Row:
    kinds = {"result.html": "Save the page", "result.json": "Save the data"}
    return Row(
        run=run,
        title=f"{TITLES[run.kind]}, run {run.id}",
        says=STATES[run.state],
        doing=f"At work on {run.doing.rstrip('.')}." if run.doing else "",
        asked=_asked(run, tables),
        when=_when(run, now),
        is_old=is_old,
        files=tuple((name, kinds[name]) for name in run.results),
    )


def _asked(run: Run, tables: Mapping[str, str]) -> str:
    """Name the settings that say what the answer is about."""
    told = [f"{run.settings.draws:,} draws"]
    if run.kind == "levers":
        told.append(f"answer {run.settings.answer}")
    if run.settings.table:
        told.append(tables.get(run.settings.table, run.settings.table))
    if run.settings.workers > 1:
        told.append(f"{run.settings.workers} workers")
    return ", ".join((*told, f"seed {run.settings.seed}"))


def _when(run: Run, now: dt.datetime) -> str:
    began, ended = _day(run.started), _day(run.ended)
    told = f"begun {_written(run.begun)}"
    return f"{told}, {_lasted((ended or now) - began)}{' so far' if ended is None else ''}" if began else told


def _day(told: str | None) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(told) if told else None
    except ValueError:
        return None


def _written(told: str) -> str:
    day = _day(told)
    return f"{day:%Y-%m-%d %H:%M} UTC" if day else "on an unknown day"


def _lasted(span: dt.timedelta) -> str:
    """Say how long something took.

    >>> _lasted(dt.timedelta(seconds=5)), _lasted(dt.timedelta(seconds=7300))
    ('5 s', '2 h 1 min')
    """
    seconds = max(0, round(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds % 60} s"
