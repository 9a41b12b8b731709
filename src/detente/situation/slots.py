"""With what can something be filled that nobody has said yet, by which path, and how is it written?

=========================  ================================  ==============================================
path                       what may stand there              how it is written
=========================  ================================  ==============================================
`PARTY.ISSUE.position`     a position; a stance where none   25, 0..50 or 0,25,50 (low, best, high)
`TABLE.no_deal.PARTY`      what a party has without a deal   a range, in the unit of listing costs
`TABLE.seat.PARTY`         the part of a party in a result   consents, ratifies, consulted, none
`TABLE.deadline`           by when it must be settled        2026-03-01, or words
`PARTY.own_move`           what a party would do on its own  words
`verifier.name`            who checks compliance             a name; also `ratifier.name`: who has to approve
`DOCUMENT.published`       when a document was published     2026-03-01
=========================  ================================  ==============================================

Where nothing stands, `left_out` is written; of a seat, `none`. Whatever else a path
leads to is an input (`detente.situation.paths`).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from detente.errors import SituationError, UsageError
from detente.situation.nouns import AgendaItem, Deadline, Move, NoDeal, Party, Situation, Stance, Table
from detente.situation.paths import with_value
from detente.situation.values import Basis, Range, slug

Part = Literal["consents", "ratifies", "consulted", "none"]
Kind = Literal["stance", "no_deal", "seat", "deadline", "own_move", "name", "published"]
NAMED = {"verifier": "verifier", "ratifier": "legislature"}  # parties that a page may ask the name of, and their kind
SEATS: dict[Part, str] = {"consents": "consent", "ratifies": "ratifiers", "consulted": "consulted"}
LEFT_OUT = "left_out"
LONGEST = 200
UNSTATED = Basis(kind="assumed", rule="salience-unstated")
NOT_SIGNED = Basis(kind="assumed", rule="unsigned")


@dataclass(frozen=True, slots=True)
class Seat:
    """The part that a party has in a result at a table, and how it is known who has one there."""

    part: Part
    basis: Basis


@dataclass(frozen=True, slots=True)
class Published:
    """The day on which a document was published; a document does not keep how that is known."""

    day: dt.date
    basis: Basis = NOT_SIGNED


Filling = Range | Seat | Deadline | Move | Party | Published
Piece = AgendaItem | Filling | None  # whatever a path of a form may lead to
Read = Callable[[str], Range]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that may be empty: its kind, and of which party, table or issue it is."""

    kind: Kind
    first: str
    second: str = ""


def slot(situation: Situation, path: str) -> Slot | None:
    """Return the slot that a path leads to; None where it leads to an input, or to nothing.

    >>> slot(Situation(title="Dam"), "verifier.name")
    Slot(kind='name', first='verifier', second='')
    >>> slot(Situation(title="Dam"), "dam.status_quo") is None
    True
    """
    parts, parties = path.split("."), {p.id for p in situation.parties}
    tables = {t.id for t in situation.tables}
    match parts:
        case [party, issue, "position"] if party in parties and issue in {i.id for i in situation.issues}:
            return Slot("stance", party, issue)
        case [table, "no_deal", party] if table in tables and party in situation.table(table).consent:
            return Slot("no_deal", table, party)
        case [table, "seat", party] if table in tables and party in parties:
            return Slot("seat", table, party)
        case [table, "deadline"] if table in tables:
            return Slot("deadline", table)
        case [party, "own_move"] if party in parties:
            return Slot("own_move", party)
        case [party, "name"] if party in NAMED:
            return Slot("name", party)
        case [document, "published"] if document in {d.id for d in situation.documents}:
            return Slot("published", document)
    return None


def filling(situation: Situation, at: Slot) -> Filling | None:
    """Return what stands in a slot, None where nothing does."""
    match at.kind:
        case "stance":
            found = situation.stance(at.first, at.second)
            return found.position if found is not None else None
        case "no_deal":
            return next((n.value for n in situation.table(at.first).no_deal if n.party == at.second), None)
        case "seat":
            return _seat(situation.table(at.first), at.second)
        case "deadline":
            return next((d for d in situation.deadlines if d.id == _id(at)), None)
        case "own_move":
            return next((m for m in situation.moves if m.id == _id(at)), None)
        case "name":
            return next((p for p in situation.parties if p.id == at.first), None)
        case "published":
            day = next(d.published for d in situation.documents if d.id == at.first)
            return Published(day) if day is not None else None


def filled(situation: Situation, at: Slot, by: Filling | None) -> Situation:
    """Return the situation with a slot filled, or emptied; everything else is untouched.

    Raises SituationError where what it is filled with does not belong there, or more would be lost than one value.
    """
    match at.kind, by:
        case "stance", Range() | None:
            return _with_stance(situation, at, by)
        case "no_deal", Range() | None:
            return _with_no_deal(situation, at, by)
        case "seat", Seat():
            return _with_seat(situation, at, by)
        case "deadline", Deadline() | None:
            return situation.model_copy(update={"deadlines": _put(situation.deadlines, _id(at), by)})
        case "own_move", Move() | None:
            return situation.model_copy(update={"moves": _put(situation.moves, _id(at), by)})
        case "name", Party() | None:
            return situation.model_copy(update={"parties": _put(situation.parties, at.first, by)})
        case "published", Published() | None:
            told = {"published": by.day if by is not None else None}
            documents = tuple(d.model_copy(update=told) if d.id == at.first else d for d in situation.documents)
            return situation.model_copy(update={"documents": documents})
    raise SituationError(f"What is to stand at '{at.first}' does not belong there. Give a value of the kind it has.")


def read_filling(situation: Situation, at: Slot, value: str, *, basis: Basis, read: Read) -> Filling | None:
    """Read what somebody wrote for a slot; `read` reads a range.

    Raises UsageError where it cannot stand there.
    """
    said = " ".join(value.split())
    if at.kind == "seat":
        part = next((p for p in get_args(Part) if p == said), None)
        if part is None:
            raise UsageError(f"'{said[:60]}' is no part in a result. Choose one of: {', '.join(get_args(Part))}.")
        return Seat(part, basis)
    if said == LEFT_OUT:
        return None
    if at.kind in ("stance", "no_deal"):
        return read(said)
    if at.kind == "published":
        if (day := _day(said)) is None:
            raise UsageError(f"'{said[:60]}' is no day. Write it as 2026-03-01.")
        return Published(day, basis)
    if not slug(said) or len(said) > LONGEST:
        raise UsageError(f"Write a few words, of letters or digits and up to {LONGEST} characters.")
    return _words(situation, at, said, basis)


def written_filling(found: Filling) -> str:
    """Write what stands in a slot as somebody would write it there; a range is written by who reads it.

    >>> written_filling(Seat("ratifies", UNSTATED))
    'ratifies'
    """
    match found:
        case Seat():
            return found.part
        case Published():
            return found.day.isoformat()
        case Deadline():
            return found.date.isoformat() if found.date else found.when or found.what
        case Move():
            return found.action
        case Party():
            return found.name
    return f"{found.low:g},{found.best:g},{found.high:g}"


def _words(situation: Situation, at: Slot, said: str, basis: Basis) -> Deadline | Move | Party:
    if at.kind == "deadline":
        table = situation.table(at.first)
        day = _day(said)
        return Deadline(
            id=_id(at), table=at.first, what=f"a result at {table.name}", date=day, when=None if day else said,
            basis=basis,
        )  # fmt: skip
    if at.kind == "own_move":
        return Move(id=_id(at), by=at.first, action=said, basis=basis)
    taken = next((p for p in situation.parties if p.id != at.first and _answers_to(p, said)), None)
    if taken is not None:
        raise UsageError(
            f"'{taken.name}' is a party already. Choose it where it is listed, or say in the situation file what kind "
            f"it is: {taken.id}: kind: {NAMED[at.first]}."
        )
    known = next((p for p in situation.parties if p.id == at.first), None)
    made = known or Party(id=at.first, name=said, kind=NAMED[at.first])
    return made.model_copy(update={"name": said, "basis": basis})


def _answers_to(party: Party, said: str) -> bool:
    return said.casefold() in {name.casefold() for name in (party.id, party.name, *party.aliases)}


def _day(said: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        return None


def _id(at: Slot) -> str:
    return slug(f"{at.first[:60]}-{at.kind}")


def _seat(table: Table, party: str) -> Seat:
    return Seat(next((part for part, name in SEATS.items() if party in getattr(table, name)), "none"), table.basis)


def _with_seat(situation: Situation, at: Slot, seat: Seat) -> Situation:
    """Seat a party; who else is seated stays so. How the seats are known is one basis for all of a table."""
    table = situation.table(at.first)
    update: dict[str, object] = {"basis": seat.basis}
    for part, name in SEATS.items():
        now: tuple[str, ...] = getattr(table, name)
        others = tuple(p for p in now if p != at.second)
        update[name] = (now if at.second in now else (*now, at.second)) if seat.part == part else others
    return _with_table(situation, table, update)


def _with_no_deal(situation: Situation, at: Slot, value: Range | None) -> Situation:
    table = situation.table(at.first)
    known = next((n for n in table.no_deal if n.party == at.second), None)
    if known is not None and value is not None:
        return with_value(situation, f"{at.first}.no_deal.{at.second}", value)
    if known is not None and known != _no_deal(at, known.value):
        raise _more_is_said(f"what '{at.second}' has without a deal")
    kept = tuple(n for n in table.no_deal if n.party != at.second)
    return _with_table(situation, table, {"no_deal": (*kept, _no_deal(at, value)) if value is not None else kept})


def _no_deal(at: Slot, value: Range) -> NoDeal:
    return NoDeal(party=at.second, value=value, basis=value.basis)


def _with_table(situation: Situation, table: Table, update: dict[str, object]) -> Situation:
    tables = tuple(t.model_copy(update=update) if t.id == table.id else t for t in situation.tables)
    return situation.model_copy(update={"tables": tables})


def _with_stance(situation: Situation, at: Slot, position: Range | None) -> Situation:
    known = situation.stance(at.first, at.second)
    if known is not None and position is not None:
        return with_value(situation, f"{at.first}.{at.second}.position", position)
    if known is not None and known != _stance(at, known.position):
        raise _more_is_said(f"the stance of '{at.first}' on '{at.second}'")
    kept = tuple(s for s in situation.stances if (s.party, s.issue) != (at.first, at.second))
    return situation.model_copy(update={"stances": (*kept, _stance(at, position)) if position is not None else kept})


def _stance(at: Slot, position: Range) -> Stance:
    salience = Range(low=10, best=50, high=90, basis=UNSTATED)
    return Stance(party=at.first, issue=at.second, position=position, salience=salience, basis=position.basis)


def _more_is_said(what: str) -> SituationError:
    return SituationError(
        f"More is known of {what} than one value, so it is not taken out by a form. Take it out of the situation file."
    )


Row = TypeVar("Row", Deadline, Move, Party)


def _put(rows: tuple[Row, ...], id: str, row: Row | None) -> tuple[Row, ...]:
    """Put a row in the place of the one with an id, or last; None takes it out."""
    found = [row if r.id == id else r for r in rows]
    if row is not None and not any(r.id == id for r in rows):
        found.append(row)
    return tuple(r for r in found if r is not None)
