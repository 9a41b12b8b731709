"""What changed in a dossier since a day: who moved on what, which threats and talks began or ended, in which words?"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from detente.brief.words import Names
from detente.desk.aligned import aligned
from detente.desk.changed import SECTIONS, Change, Changes, Quote
from detente.desk.differences import incident_in_words, meeting_in_words, stance_in_words, threat_in_words
from detente.desk.record import Record, opened
from detente.errors import UsageError
from detente.read.items import Actor, Item, Reading
from detente.read.parties import load_lexicon
from detente.read.propose import propose
from detente.read.propose.actions import action_named
from detente.read.propose.collect import slug
from detente.read.reviewed import counting
from detente.read.summary import parties
from detente.read.turns import between, breaks_off, takes_back
from detente.situation.nouns import Evidence, Incident, Situation, Stance, Threat
from detente.situation.values import Noun

__all__ = ["Change", "Changes", "Quote", "as_json", "as_text", "changes", "sentence_at"]

# Which acts carry out which kinds of action; an action that no row names is carried out by words that name it.
_CARRIES = {
    "assault": ("strike", "invade", "retaliate", "go to war"),
    "sanction": ("sanction", "suspend"),
    "mobilize": ("mobilise",),
    "coerce": ("block", "annex"),
}


@dataclass(frozen=True, slots=True)
class _Told:
    """The record before a day and since, each drafted, in the same ids."""

    before: Situation
    now: Situation
    names: Names
    readings: tuple[Reading, ...]
    days: dict[str, dt.date]
    since: dt.date

    @property
    def new(self) -> tuple[Reading, ...]:
        """The readings of documents since the day."""
        return tuple(r for r in self.readings if self.days[r.document.sha256] >= self.since)

    def quotes(self, ids: Iterable[str], *, since: bool) -> tuple[Quote, ...]:
        """Return the quotes of some evidence, from the documents before the day or since."""
        fresh = {r.document.sha256 for r in self.new}
        hashes = {d.id: d.sha256 or "" for d in self.now.documents}
        wanted = set(ids)
        found = (e for e in self.now.evidence if e.id in wanted and (hashes[e.document] in fresh) == since)
        return tuple(self._quote(e, hashes[e.document]) for e in found)

    def _quote(self, one: Evidence, sha256: str) -> Quote:
        words = next(sentence_at(one, r) for r in self.readings if r.document.sha256 == sha256)
        return Quote(one.document, self.days[sha256], one.speaker, _line(one.quote), _line(words))

    def change(self, text: str, noun: Noun, *, before: Iterable[str] = ()) -> Change:
        """Return a change that a noun of the draft shows."""
        cited = (*noun.basis.evidence, *noun.evidence)
        return self.told(text, (*cited, *before), cited)

    def told(self, text: str, before: Iterable[str], since: Iterable[str]) -> Change:
        """Return a change with what stands behind it."""
        now = self.quotes(since, since=True)
        publishers = {d.id: d.publisher or d.id for d in self.now.documents}
        sources = {(q.speaker or publishers[q.document]).casefold() for q in now}
        # "The minister" of a headline is the "foreign minister" of the text.
        apart = {s for s in sources if not any(s in other for other in sources - {s})}
        return Change(text, self.quotes(before, since=False), now, len(apart))

    def cites(self, items: Iterable[Item]) -> tuple[str, ...]:
        """Return the evidence of some items."""
        wanted = {i.id for i in items}
        return tuple(e.id for e in self.now.evidence if e.item in wanted)


def changes(folder: Path, *, since: dt.date, as_of: dt.date | None = None, lexicons: tuple[Path, ...] = ()) -> Changes:
    """Tell what the documents since a day change, `as_of` a last day: what was published or reported later is left out.

    Rejected items are left out, edited ones count as edited. Raises UsageError where the days are the wrong way round,
    DossierError where nothing was read.
    """
    if as_of is not None and as_of < since:
        raise UsageError(f"--as-of {as_of} lies before --since {since}. Give a later day, or leave it out.")
    record = opened(folder)
    days = {r.document.sha256: _known_on(r, record) for r in record.readings}
    readings = tuple(_dated(r, days[r.document.sha256]) for r in record.readings)
    known = tuple(r for r in readings if as_of is None or days[r.document.sha256] <= as_of)
    new = tuple(r for r in known if days[r.document.sha256] >= since)
    told = _told(record, tuple(r for r in known if r not in new), new, days, since=since, lexicons=lexicons)
    made, back = _threats(told)
    return Changes(
        place=folder.name,
        since=since,
        as_of=as_of,
        documents=_names(new),
        left_out=_names(r for r in readings if r not in known),
        undated=_names(r for r in known if r.document.published is None and r.document.reported is None),
        moved=_moved(told),
        made=made,
        withdrawn=back,
        carried_out=_carried_out(told),
        opened=_opened(told),
        collapsed=_collapsed(told),
        met=_new(told, "meetings"),
        done=_new(told, "incidents"),
    )


def _known_on(reading: Reading, record: Record) -> dt.date:
    """The day on which a document could be known: its last date or, where it has none, the day it was added."""
    days = [d for d in (reading.document.published, reading.document.reported) if d is not None]
    return max(days) if days else record.added[reading.document.sha256]


def _dated(reading: Reading, day: dt.date) -> Reading:
    items = tuple(i.model_copy(update={"doc_date": day}) for i in reading.items)
    return reading.model_copy(update={"items": items})


def _told(
    record: Record,
    old: tuple[Reading, ...],
    new: tuple[Reading, ...],
    days: dict[str, dt.date],
    *,
    since: dt.date,
    lexicons: tuple[Path, ...],
) -> _Told:
    lexicon = load_lexicon(*lexicons)
    before = propose(old, title=record.made.folder.name, lexicon=lexicon, signed=record.signed)
    now = propose((*old, *new), title=record.made.folder.name, lexicon=lexicon, signed=record.signed)
    now = aligned(before, now, before)
    return _Told(before, now, Names(now), (*old, *new), days, since)


def _names(readings: Iterable[Reading]) -> tuple[str, ...]:
    return tuple(r.document.name for r in readings)


def _moved(told: _Told) -> tuple[Change, ...]:
    """Whose last word on an issue is another than the one before, or its first."""
    found = []
    old_names = Names(told.before)
    for stance in told.now.stances:
        before = told.before.stance(stance.party, stance.issue)
        if not _is_said(stance) or _rule(before) == _rule(stance):
            continue
        was = "" if not _is_said(before) else f"; before: {stance_in_words(before, old_names)}" if before else ""
        ids = before.position.basis.evidence if before is not None else ()
        kept = told.told(
            f"{stance_in_words(stance, told.names)}{was}", _same(told, ids), stance.position.basis.evidence
        )
        found += [kept] if kept.since else []
    return tuple(found)


def _is_said(stance: Stance | None) -> bool:
    return stance is not None and stance.position.basis.kind in ("read", "entered")


def _rule(stance: Stance | None) -> str | None:
    return stance.position.basis.rule if stance is not None else None


def _same(told: _Told, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the evidence before the day under the ids of now, which are the same."""
    here = {e.id for e in told.now.evidence}
    return tuple(i for i in ids if i in here)


def _threats(told: _Told) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Which threats were made since, and which were taken back; to take one back is not to make it."""
    back = [(i, r) for r in told.new for i in counting(r) if takes_back(i, r)]
    ended = {(a, b) for i, _ in back for a in _ids(i.actors) for b in _ids(i.recipients)}
    said_there = set(told.cites(i for i, _ in back))
    known = {t.id for t in told.before.threats}
    made, taken = [], []
    for threat in told.now.threats:
        words = threat_in_words(threat, told.names)
        own = set(threat.evidence) - said_there
        if threat.id not in known and own:
            made.append(told.told(words, (), own))
        if (threat.by, threat.against) in ended and (threat.id in known or own):
            words_since = told.cites(i for i, _ in back if threat.by in _ids(i.actors))
            taken.append(told.told(words, threat.evidence, words_since))
    return tuple(c for c in made if c.since), tuple(taken)


def _ids(actors: Sequence[Actor]) -> tuple[str, ...]:
    return tuple(slug(p) for p in parties(actors))


def _carried_out(told: _Told) -> tuple[Change, ...]:
    """Which threats were followed by an act of their kind, by who made them and against whom they were made."""
    found = []
    for threat in told.now.threats:
        for incident in told.now.incidents:
            since = told.quotes(incident.evidence, since=True)
            made = [q.day for new in (False, True) for q in told.quotes(threat.evidence, since=new)]
            if since and made and _after(incident, since, min(made)) and _carries_out(incident, threat):
                words = f"{threat_in_words(threat, told.names)}; then {incident_in_words(incident, told.names)}"
                found.append(told.told(words, threat.evidence, incident.evidence))
    return tuple(found)


def _after(incident: Incident, told: tuple[Quote, ...], day: dt.date) -> bool:
    """Whether an act was reported on a later day than a threat was made, and is not said to have come before."""
    return max(q.day for q in told) > day and (incident.date is None or incident.date >= day)


def _carries_out(incident: Incident, threat: Threat) -> bool:
    if incident.actor != threat.by or incident.target not in (threat.against, None):
        return False
    return threat.action in _CARRIES.get(incident.act, ()) or action_named(incident.what) == threat.action


def _opened(told: _Told) -> tuple[Change, ...]:
    """Which talks are reported that were not before."""
    known = {t.id for t in told.before.tables if t.basis.kind == "read"}
    tables = (t for t in told.now.tables if t.id not in known and t.basis.kind == "read")
    found = (told.change(t.name, t) for t in tables)
    return tuple(c for c in found if c.since)


def _collapsed(told: _Told) -> tuple[Change, ...]:
    """Between whom talks broke off, each pair once with all that says so."""
    found: dict[frozenset[str], list[Item]] = {}
    for reading in told.new:
        for item in counting(reading):
            if breaks_off(item, reading):
                found.setdefault(frozenset(slug(p) for p in between(item)), []).append(item)
    rows = ((f"talks of {told.names.parties(sorted(seated))}", told.cites(items)) for seated, items in found.items())
    return tuple(told.told(words, (), ids) for words, ids in rows if ids)


def _new(told: _Told, kind: str) -> tuple[Change, ...]:
    """The meetings or incidents that were not known before."""
    known = {row.id for row in getattr(told.before, kind)}
    words = meeting_in_words if kind == "meetings" else incident_in_words
    found = (told.change(words(r, told.names), r) for r in getattr(told.now, kind) if r.id not in known)
    return tuple(c for c in found if c.since)


def as_text(found: Changes) -> str:
    """Return what changed in words, with the sentences."""
    until = f", as of {found.as_of}" if found.as_of else ""
    count = len(found.documents)
    lines = [f"{found.place} since {found.since}{until}: {count} document{'s' * (count != 1)}"]
    for name, head in SECTIONS.items():
        rows: tuple[Change, ...] = getattr(found, name)
        lines += [head] if rows else []
        for row in rows:
            sources = f"{row.sources} source{'s' * (row.sources != 1)}"
            lines.append(f"  {row.text} ({sources})")
            lines += [f"    before  {_cited(q)}" for q in row.before]
            lines += [f"    since   {_cited(q)}" for q in row.since]
    if len(lines) == 1:
        lines.append("Nothing changed.")
    if found.left_out:
        lines.append(f"Left out, published or reported later: {', '.join(found.left_out)}")
    if found.undated:
        lines.append(f"Undated, so counted from the day of their adding: {', '.join(found.undated)}")
    return "\n".join(lines)


def sentence_at(one: Evidence, reading: Reading) -> str:
    """Return the sentence that a quote stands in, or the quote where it stands in none."""
    found = next((s for s in reading.sentences if s.id == one.sentence), None)
    return reading.document.text[found.start : found.end] if found else one.quote


def _line(text: str) -> str:
    return " ".join(text.split())


def _cited(one: Quote) -> str:
    said = f", {one.speaker}" if one.speaker else ""
    return f"{one.day} {one.document}{said}: \u201c{one.sentence}\u201d"


def as_json(found: Changes) -> str:
    """Return what changed as JSON."""
    told = {"schema": "detente.changes/1", **asdict(found)}
    return json.dumps(told, ensure_ascii=False, indent=1, default=str)
