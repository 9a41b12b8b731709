"""What can be changed in a situation by its path, how is the new value written, and what does it replace?

==========================  =====================================  =======================================
path                        what stands there                      how a new one is written
==========================  =====================================  =======================================
any input (see `paths`)     a range                                25, 0..50 or 0,25,50 (low, best, high)
`TABLE.agenda.ISSUE`        how an issue stands on an agenda       in, option, later, declaratory, left_out,
                                                                   precondition:PARTY, refused:PARTY,
                                                                   elsewhere:TABLE
a slot (see `slots`)        what may be empty: a seat, a deadline  a range or words; left_out for nothing
==========================  =====================================  =======================================
"""

from functools import partial
from typing import get_args

from detente.errors import SituationError, UsageError
from detente.situation.check import check
from detente.situation.nouns import AgendaItem, Mode, Situation, Table
from detente.situation.paths import value_at, with_value
from detente.situation.slots import Piece, filled, filling, read_filling, slot, written_filling
from detente.situation.values import Basis, Range

__all__ = ["Piece", "piece_at", "read_piece", "read_range", "require_sound", "with_piece", "written"]
LEFT_OUT = "left_out"
MODES: tuple[str, ...] = (*get_args(Mode), LEFT_OUT)
WHOSE = ("precondition", "refused", "declaratory")
_FARTHEST = 1e12
_NUMBER = "Write 25, 0..50 or 0,25,50 (low, best, high)."


def piece_at(situation: Situation, path: str) -> Piece:
    """Return what stands at a path; None for an issue that is not on the agenda.

    Raises SituationError where the path leads to nothing that can be changed.
    """
    if (place := _agenda(situation, path)) is not None:
        table, issue = place
        return next((a for a in table.agenda if a.issue == issue), None)
    if (empty := slot(situation, path)) is not None:
        return filling(situation, empty)
    return value_at(situation, path)


def with_piece(situation: Situation, path: str, piece: Piece) -> Situation:
    """Return the situation with what stands at a path replaced; everything else is untouched.

    Raises SituationError where the path leads to nothing that can be changed, or the piece does not belong there.
    """
    place, empty = _agenda(situation, path), slot(situation, path)
    if place is not None and isinstance(piece, AgendaItem | None):
        return _with_item(situation, *place, piece)
    if empty is not None and not isinstance(piece, AgendaItem):
        return filled(situation, empty, piece)
    if place is None and isinstance(piece, Range):
        return with_value(situation, path, piece)
    raise SituationError(f"What is to stand at '{path}' does not belong there. Give a value of the kind it has.")


def read_piece(situation: Situation, path: str, value: str, *, basis: Basis) -> Piece:
    """Read what somebody wrote for a path.

    Raises SituationError where the path leads to nothing, UsageError where the value cannot stand there.

    >>> from detente.situation.nouns import Issue
    >>> dam = Issue(id="dam", name="the dam", status_quo=Range.point(0, Basis(kind="assumed", rule="unstated")))
    >>> said = read_piece(Situation(title="Dam", issues=(dam,)), "dam.status_quo", "0..50", basis=dam.status_quo.basis)
    >>> said.best
    25.0
    """
    place, read = _agenda(situation, path), partial(read_range, path=path, basis=basis)
    if (empty := slot(situation, path)) is not None:
        return read_filling(situation, empty, value, basis=basis, read=read)
    if place is None:
        value_at(situation, path)
        return read(value)
    return _read_item(situation, *place, value, basis)


def read_range(value: str, *, path: str, basis: Basis) -> Range:
    """Read a number, LOW..HIGH, or LOW,BEST,HIGH.

    Raises UsageError where it is none of them.
    """
    pair = ".." in value
    try:
        numbers = [float(end) for end in (value.split("..") if pair else value.split(","))]
    except ValueError:
        raise UsageError(f"'{value[:60]}' for '{path}' is no number. {_NUMBER}") from None
    if pair and len(numbers) == 2:
        numbers = [numbers[0], sum(numbers) / 2, numbers[1]]
    if len(numbers) == 1:
        numbers *= 3
    if len(numbers) != 3 or not numbers[0] <= numbers[1] <= numbers[2] or not all(abs(n) < _FARTHEST for n in numbers):
        raise UsageError(f"'{value[:60]}' for '{path}' is no range with low, best and high in this order. {_NUMBER}")
    return Range(low=numbers[0], best=numbers[1], high=numbers[2], basis=basis)


def written(piece: Piece) -> str:
    """Write what stands at a path as somebody would write it there.

    >>> written(None), written(AgendaItem(issue="dam", mode="refused", by=("karun",)))
    ('left_out', 'refused:karun')
    """
    if piece is None:
        return LEFT_OUT
    if isinstance(piece, Range):
        ends = (piece.best,) if piece.is_point else (piece.low, piece.best, piece.high)
        return ",".join(f"{end:g}" for end in ends)
    if not isinstance(piece, AgendaItem):
        return written_filling(piece)
    whose = piece.elsewhere if piece.mode == "elsewhere" else ",".join(piece.by)
    return f"{piece.mode}:{whose}" if whose else piece.mode


def require_sound(before: Situation, after: Situation) -> None:
    """Refuse a change that makes a situation wrong where it was not before.

    Raises SituationError, naming the faults that are new.
    """
    old = {str(p) for p in check(before) if p.severity == "fault"}
    new = [str(p) for p in check(after) if p.severity == "fault" and str(p) not in old]
    if new:
        raise SituationError(f"With this change the situation does not hold together: {' '.join(new[:3])}")


def _agenda(situation: Situation, path: str) -> tuple[Table, str] | None:
    """Return the table and the issue of an agenda's path, None for another path."""
    at, middle, issue = path.partition(".agenda.")
    table = next((t for t in situation.tables if middle and t.id == at), None)
    if table is None:
        return None
    if issue not in {i.id for i in situation.issues}:
        listed = ", ".join(i.id for i in situation.issues) or "none"
        raise SituationError(f"'{issue}' is not an issue of '{situation.title}'. Its issues: {listed}.")
    return table, issue


def _read_item(situation: Situation, table: Table, issue: str, value: str, basis: Basis) -> AgendaItem | None:
    mode, _, whose = (part.strip() for part in value.partition(":"))
    found = {m: m for m in get_args(Mode)}.get(mode)
    if mode == LEFT_OUT:
        return None
    if found is None:
        raise UsageError(f"'{mode[:60]}' is not a way to stand on an agenda. Choose one of: {', '.join(MODES)}.")
    if found == "elsewhere":
        return AgendaItem(issue=issue, mode=found, elsewhere=_other_table(situation, table, issue, whose), basis=basis)
    by = tuple(_party(situation, one) for one in whose.split(",") if one.strip())
    if found in ("precondition", "refused") and not by:
        raise UsageError(f"Somebody makes '{issue}' {found} at '{table.id}': say who. Write {found}:PARTY.")
    return AgendaItem(issue=issue, mode=found, by=by if found in WHOSE else (), basis=basis)


def _party(situation: Situation, said: str) -> str:
    found = next((p.id for p in situation.parties if p.id == said.strip()), None)
    if found is None:
        raise UsageError(f"'{said[:60]}' is not a party of '{situation.title}'. Give the id of one.")
    return found


def _other_table(situation: Situation, table: Table, issue: str, said: str) -> str:
    others = {t.id: t for t in situation.tables if t.id != table.id}
    listing = [t.id for t in others.values() if any(a.issue == issue for a in t.agenda)]
    chosen = said or (listing[0] if len(listing) == 1 else "")
    if chosen not in others:
        raise UsageError(f"At which table is '{issue}' settled? Write elsewhere:TABLE: {', '.join(others) or 'none'}.")
    return chosen


def _with_item(situation: Situation, table: Table, issue: str, item: AgendaItem | None) -> Situation:
    """Put an item in the place of the one of its issue, or last; or take it out."""
    rows = [item if a.issue == issue else a for a in table.agenda]
    if item is not None and not any(a.issue == issue for a in table.agenda):
        rows.append(item)
    agenda = tuple(a for a in rows if a is not None)
    tables = tuple(t.model_copy(update={"agenda": agenda}) if t.id == table.id else t for t in situation.tables)
    return situation.model_copy(update={"tables": tables})
