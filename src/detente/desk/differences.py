"""What differs between two situations, noun by noun and value by value, in words?"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from detente.brief.words import MODES, STANCES, Names
from detente.situation.nouns import Demand, Incident, Meeting, Situation, Stance, Threat, Tie
from detente.situation.paths import inputs
from detente.situation.values import Noun, Range

_ASKS = {"include": "to include", "exclude": "to leave out", "settle": "to settle"}


@dataclass(frozen=True, slots=True)
class Differences:
    """One line each: what is new, what was assumed or supplied and is now read, what changed, what is gone."""

    added: tuple[str, ...] = field(default=())
    read: tuple[str, ...] = field(default=())
    changed: tuple[str, ...] = field(default=())
    removed: tuple[str, ...] = field(default=())


def differences(before: Situation, after: Situation) -> Differences:
    """Tell two versions of a situation apart.

    >>> differences(Situation(title="Dam"), Situation(title="Dam")).added
    ()
    """
    old, new = dict(_rows(before)), dict(_rows(after))
    known = {i.path: i.value for i in inputs(before)}
    now = {i.path: i.value for i in inputs(after) if i.path in known and _differs(known[i.path], i.value)}
    filled = {p for p, v in now.items() if v.basis.kind == "read" and known[p].basis.kind in ("assumed", "supplied")}
    lines = {p: f"{p}: {_value(known[p])}, now {_value(v)}" for p, v in now.items()}
    return Differences(
        added=tuple(words for at, words in new.items() if at not in old),
        read=tuple(lines[p] for p in lines if p in filled),
        changed=(
            *(f"{words}; before: {old[at]}" for at, words in new.items() if at in old and old[at] != words),
            *(line for p, line in lines.items() if p not in filled),
        ),
        removed=tuple(words for at, words in old.items() if at not in new),
    )


def _differs(one: Range, other: Range) -> bool:
    return (one.low, one.best, one.high, one.basis.kind) != (other.low, other.best, other.high, other.basis.kind)


def _value(value: Range) -> str:
    numbers = f"{value.best:g}" if value.is_point else f"{value.low:g} to {value.high:g}, best {value.best:g}"
    by = f" by {value.basis.by}" if value.basis.by else f": {value.basis.rule}" if value.basis.rule else ""
    return f"{numbers} ({value.basis.kind}{by})"


def _rows(situation: Situation) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every row that a reader would miss, by what identifies it, in words."""
    names = Names(situation)
    yield from ((("document", d.id), f"document {d.id}") for d in situation.documents)
    yield from ((("party", p.id), f"party: {p.name}{_mark(p)}") for p in situation.parties)
    yield from ((("issue", i.id), f"issue: {i.name}{_mark(i)}") for i in situation.issues)
    yield from ((("table", t.id), f"table: {t.name}{_mark(t)}") for t in situation.tables)
    yield from ((("demand", d.id), demand_in_words(d, names)) for d in situation.demands)
    yield from ((("threat", t.id), threat_in_words(t, names)) for t in situation.threats)
    yield from ((("incident", i.id), incident_in_words(i, names)) for i in situation.incidents)
    yield from ((("meeting", m.id), meeting_in_words(m, names)) for m in situation.meetings)
    yield from ((("tie", t.id), tie_in_words(t, names)) for t in situation.ties)
    for stance in situation.stances:
        yield ("stance", stance.party, stance.issue), f"stance: {stance_in_words(stance, names)}"
    for at, item in ((t.id, a) for t in situation.tables for a in t.agenda):
        yield ("agenda", at, item.issue), f"agenda of {at}: {names.issue(item.issue)} {MODES[item.mode]}{_mark(item)}"


def _mark(noun: Noun) -> str:
    return "" if noun.basis.kind == "read" else f" ({noun.basis.kind})"


def stance_in_words(stance: Stance, names: Names) -> str:
    """Return what a party says on an issue."""
    basis = stance.position.basis
    said = STANCES.get(basis.rule or "", "on")
    by = f" ({basis.kind} by {basis.by})" if basis.kind == "entered" else ""
    return f"{names.party(stance.party)} {said} {names.issue(stance.issue)}{by}"


def tie_in_words(tie: Tie, names: Names) -> str:
    """Return who stands how to whom."""
    return f"tie: {tie.kind.replace('_', ' and ')} {names.parties((tie.source, tie.target))}{_mark(tie)}"


def demand_in_words(demand: Demand, names: Names) -> str:
    """Return who asks whom to put what on or off the table."""
    to = f" {names.party(demand.to)}" if demand.to else ""
    return (
        f"demand: {names.party(demand.by)} {_ASKS[demand.ask].replace('asks', 'asks' + to)} {names.issue(demand.issue)}"
    )


def threat_in_words(threat: Threat, names: Names) -> str:
    """Return who threatens whom with what, on which condition."""
    condition = f": \u201c{threat.condition}\u201d" if threat.condition else ""
    return f"{threat.kind}: {names.party(threat.by)} to {names.party(threat.against)}, {threat.action}{condition}"


def incident_in_words(incident: Incident, names: Names) -> str:
    """Return what was done by whom."""
    actor = names.party(incident.actor) if incident.actor else "an actor the text does not name"
    return f"incident: {incident.act} by {actor}: \u201c{incident.what}\u201d"


def meeting_in_words(meeting: Meeting, names: Names) -> str:
    """Return who met or will meet, where and when."""
    where = f" in {meeting.venue}" if meeting.venue else ""
    when = f", {meeting.date or meeting.when}" if meeting.date or meeting.when else ""
    return f"meeting of {names.parties(meeting.parties)}{where}{when}: {meeting.status}"
