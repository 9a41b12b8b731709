"""Which questions does the situation suggest, as a page shows them, and what does a class say of each?"""

import datetime as dt
from dataclasses import dataclass, replace

from detente import dossier
from detente.brief.sections.record.one import Saying, saying
from detente.brief.sections.record.telling import day
from detente.desk.ledger.asking import Suggested, suggestions
from detente.desk.session import Session
from detente.errors import DossierError, LedgerError
from detente.ledger.book import AskedQuestion, Standing
from detente.situation.nouns import Situation
from detente.situation.questions import Question

__all__ = ["Suggestion", "Suggestions", "suggested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A question that could be opened: what a reference class says of it, where one does, and whether it is open."""

    id: str
    text: str
    criteria: str
    closes: str
    given: str
    cluster: str
    quotes: tuple[str, ...]
    said: Saying | None
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The questions by the event that they hang on; `why` is why there are none.

    `undated` are the documents without a day, by id and title: nothing can be said as of a day until they have one.
    `hash` is what entering one starts from.
    """

    as_of: dt.date
    today: dt.date
    knew: dt.date | None
    groups: tuple[tuple[str, tuple[Suggestion, ...]], ...]
    undated: tuple[tuple[str, str], ...]
    hash: str
    why: str = ""

    @property
    def fresh(self) -> int:
        """How many are not open yet."""
        return sum(not one.asked for _, found in self.groups for one in found)

    @property
    def late(self) -> bool:
        """Whether what is said as of that day is recorded after it."""
        return self.as_of < self.today


def suggested(session: Session, *, as_of: dt.date | None, now: dt.datetime) -> Suggestions:
    """List the questions that a dossier suggests as of a day, today where none is given.

    Raises DossierError where nothing can be opened there.
    """
    known_now, today = session.now(), now.date()
    situation = known_now.situation
    wanted = as_of or today
    if not session.is_dossier:
        raise DossierError(f"'{session.folder.name}' is only shown as it lies on the disk. Make it a dossier first.")
    known = situation.as_of if situation.as_of != wanted else None
    made = dossier.open(session.folder)
    blank = Suggestions(
        as_of=wanted, today=today, knew=known, groups=(), undated=_undated(situation), hash=known_now.hash
    )
    try:
        found = session.answer(
            "ledger-suggested",
            wanted.isoformat(),
            dossier.head(made.ledger()),
            compute=lambda _: suggestions(made, as_of=wanted, now=now),
        )
    except LedgerError as fault:
        return replace(blank, why=str(fault))
    held = {e.id for e in situation.evidence}
    groups: dict[str, list[Suggestion]] = {}
    for each in found:
        groups.setdefault(each.question.cluster or each.question.id, []).append(_told(each, wanted, now, held))
    rows = tuple((cluster.replace("-", " "), tuple(ones)) for cluster, ones in groups.items())
    return replace(blank, groups=rows)


def _undated(situation: Situation) -> tuple[tuple[str, str], ...]:
    without = (d for d in situation.documents if d.published is None and d.reported is None)
    return tuple((d.id, d.title or d.id) for d in without)


def _told(found: Suggested, as_of: dt.date, now: dt.datetime, held: set[str]) -> Suggestion:
    asked = found.question
    given = asked.given
    return Suggestion(
        id=asked.id,
        text=asked.text,
        criteria=asked.criteria,
        closes=day(asked.closes or dt.date.max),
        given=f"only if {given.question} comes out as {given.outcome}" if given else "",
        cluster=asked.cluster or "",
        quotes=tuple(e for e in asked.evidence if e in held),
        said=_said(asked, found, as_of, now),
        asked=found.asked,
    )


def _said(asked: Question, found: Suggested, as_of: dt.date, now: dt.datetime) -> Saying | None:
    """Tell what a class says as if it were recorded now."""
    if found.forecast is None:
        return None
    standing = Standing(
        number=0, recorded=now, forecast=found.forecast, lapses=found.forecast.lapses, starts=now, ends=None, why=None,
        retrospective=as_of < now.date(),
    )  # fmt: skip
    whole = AskedQuestion(
        number=0, recorded=now, question=asked, as_of=as_of, by=found.forecast.by, situation=None,
        closes=asked.closes or as_of, forecasts=(standing,), resolutions=(), state="open", retrospective=False,
    )  # fmt: skip
    return saying(whole, standing)
