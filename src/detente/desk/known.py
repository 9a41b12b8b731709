"""What was known when: on which day could each thing in a situation first be known from its documents?"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from detente.brief.words import STANCES, Names, capital
from detente.desk.differences import (
    demand_in_words,
    incident_in_words,
    meeting_in_words,
    stance_in_words,
    threat_in_words,
    tie_in_words,
)
from detente.situation.nouns import Document, Situation, Stance
from detente.situation.values import Record

KINDS = {
    "stance": "Who wants what",
    "demand": "Demands about tables",
    "threat": "Threats and promises",
    "incident": "Done outside the table",
    "meeting": "Meetings",
    "table": "Tables",
    "tie": "Who stands behind whom",
    "party": "Parties",
    "issue": "Issues",
}


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that a document says: in words, the day of its first quote, and the quotes with their days in order."""

    kind: str
    words: str
    day: dt.date
    dated: tuple[tuple[dt.date, str], ...]

    @property
    def quotes(self) -> tuple[str, ...]:
        """The quotes by id, oldest first."""
        return tuple(id for _, id in self.dated)

    def by(self, day: dt.date | None) -> "Known":
        """Return it with the quotes that were known by the end of a day; without one, with all."""
        return self if day is None else replace(self, dated=tuple(one for one in self.dated if one[0] <= day))


def day_of(document: Document) -> dt.date | None:
    """Return the day on which a document could be known: the later of its dates, None where it has none.

    >>> day_of(Document(id="a", published=dt.date(2026, 2, 1), reported=dt.date(2026, 2, 3)))
    datetime.date(2026, 2, 3)
    """
    days = [d for d in (document.published, document.reported) if d is not None]
    return max(days) if days else None


def known(situation: Situation, days: Mapping[str, dt.date]) -> tuple[Known, ...]:
    """List what the quotes of a situation say, by the day of the first; `days` are those of the documents, by id.

    What rests on no quote, or on none with a day, is left out.

    >>> known(Situation(title="Dam"), {})
    ()
    """
    when = {e.id: days[e.document] for e in situation.evidence if e.document in days}
    found = []
    for kind, words, record in _rows(situation):
        dated = tuple(sorted({(when[q], q) for q in _cited(record) if q in when}))
        if dated:
            found.append(Known(kind, capital(words.removeprefix(f"{kind}: ")), dated[0][0], dated))
    return tuple(sorted(found, key=lambda k: (list(KINDS).index(k.kind), k.day, k.words)))


def _rows(situation: Situation) -> Iterator[tuple[str, str, Record]]:
    names = Names(situation)
    yield from (("party", p.name, p) for p in situation.parties)
    yield from (("issue", i.name, i) for i in situation.issues)
    yield from (("table", t.name, t.model_copy(update={"links": (), "no_deal": ()})) for t in situation.tables)
    yield from (("stance", _stance(s, names), s) for s in situation.stances)
    yield from (("demand", demand_in_words(d, names), d) for d in situation.demands)
    yield from (("threat", threat_in_words(t, names), t) for t in situation.threats)
    yield from (("incident", incident_in_words(i, names), i) for i in situation.incidents)
    yield from (("meeting", meeting_in_words(m, names), m) for m in situation.meetings)
    yield from (("tie", tie_in_words(t, names), t) for t in situation.ties)


def _stance(stance: Stance, names: Names) -> str:
    """What a party says; where no rule of the reader says how, that it does: its level may rest on later words."""
    if stance.position.basis.rule in STANCES:
        return stance_in_words(stance, names)
    return f"{names.party(stance.party)} takes a stance on {names.issue(stance.issue)}"


def _cited(value: object) -> Iterator[str]:
    """Every quote that something rests on, at any depth."""
    if isinstance(value, tuple):
        for one in value:
            yield from _cited(one)
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            inside = getattr(value, name)
            if name == "evidence":
                yield from inside
            else:
                yield from _cited(inside)
