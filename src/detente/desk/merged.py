"""What becomes of a situation that people have edited when the record it was drafted from changes?

Three versions meet: what the readings suggested before, what they suggest now, and what stands in the file. Where the
file still says what was suggested, it takes what is suggested now; where a person changed it, it stays as they put it,
and a difference is listed. What people added stays, and what they took out stays out unless something new names it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from detente.desk.aligned import aligned
from detente.situation.nouns import Situation
from detente.situation.store import tidy
from detente.situation.store.layout import KEYS
from detente.situation.values import Range, Record

R = TypeVar("R", bound=Record)
# Rows that others name by their id: one that is named must be there.
_NAMED: Final = ("documents", "evidence", "parties", "issues", "tables", "moves")
# Where these two differ, nothing that answers use does.
_QUIET: Final = ("basis", "evidence")
_GONE: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where the file says what a person put, and the readings now suggest something else."""

    path: str
    yours: str
    read: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The situation that comes of it, in the ids of the file; what was suggested, in the same ids; and what differs."""

    situation: Situation
    proposal: Situation
    conflicts: tuple[Conflict, ...]


def merged(base: Situation, proposed: Situation, mine: Situation) -> Merged:
    """Bring what is suggested now into a situation that was made from what was suggested before.

    >>> old, new = Situation(title="Dam", note="a"), Situation(title="Dam", note="b")
    >>> merged(old, new, old).situation.note, merged(old, new, Situation(title="Dam", note="mine")).situation.note
    ('b', 'mine')
    """
    new = aligned(base, proposed, mine).model_copy(update={"title": base.title})
    found: list[Conflict] = []
    result = _with_named(_fields(base, new, mine, "", found), new, mine)
    return Merged(tidy(result), new, tuple(found))


def _fields(base: R, new: R, mine: R, path: str, found: list[Conflict]) -> R:
    """Merge two records field by field."""
    update: dict[str, Any] = {}
    for name in type(mine).model_fields:
        was, now, here = (getattr(record, name) for record in (base, new, mine))
        if _are_rows(was, now, here):
            update[name] = _rows((was, now, here), (type(mine), name), path, found)
        elif here == was:
            update[name] = now
        elif now in (was, here):
            continue
        elif name == "evidence":
            update[name] = tuple(dict.fromkeys((*here, *now)))
        elif name not in _QUIET:
            found.append(Conflict(f"{path}{name}", _said(here), _said(now)))
    return mine.model_copy(update=update)


def _are_rows(*lists: object) -> bool:
    rows = [row for one in lists if isinstance(one, tuple) for row in one]
    return bool(rows) and all(isinstance(row, Record) for row in rows)


def _rows(
    lists: tuple[tuple[Any, ...], ...], where: tuple[type[Record], str], path: str, found: list[Conflict]
) -> tuple[Any, ...]:
    """Merge the rows of a list: the order of the file, then what is new."""
    was, now, here = ({key(row, where): row for row in rows} for rows in lists)
    kept = []
    for at in dict.fromkeys((*here, *now)):
        place = f"{path}{where[1]}.{'.'.join(at)}."
        if at in here and at in now:
            before = was.get(at, here[at] if here[at] == now[at] else None)
            kept.append(_both(before, now[at], here[at], place, found))
        elif at in here:
            if at not in was or here[at] != was[at]:
                kept.append(here[at])
            if at in was and here[at] != was[at]:
                found.append(Conflict(place[:-1], "kept as you put it", "no longer suggested by the text"))
        elif at not in was:
            kept.append(now[at])
        elif _plain(now[at]) != _plain(was[at]):
            found.append(Conflict(place[:-1], "taken out", "changed in the text"))
    return tuple(kept)


def _both(base: Record | None, new: Record, mine: Record, place: str, found: list[Conflict]) -> Record:
    """Merge a row that stands in the file and is suggested; where a person added it first, theirs stays."""
    if base is not None:
        return _fields(base, new, mine, place, found)
    for name in type(mine).model_fields:
        here, now = getattr(mine, name), getattr(new, name)
        if name not in _QUIET and not _are_rows(here, now) and _said(here) != _said(now):
            found.append(Conflict(f"{place}{name}", _said(here), _said(now)))
    return mine


def key(row: Record, where: tuple[type[Record], str]) -> tuple[str, ...]:
    """Return what tells a row of a list from the others: the fields under which the file lists it, else all it says."""
    named = KEYS.get(where) or tuple(n for n in ("id",) if n in type(row).model_fields)
    given = (getattr(row, name) for name in named)
    return tuple(f"{v:g}" if isinstance(v, float) else str(v) for v in given) or (_plain(row),)


def _plain(row: Record) -> str:
    """What a row says, without where it comes from."""
    return re.sub(r"\s+", " ", str(row.model_dump(exclude={"evidence", "basis"}, exclude_defaults=True)))


def _said(value: object) -> str:
    """A value in a line of a list."""
    if isinstance(value, Range):
        numbers = f"{value.best:g}" if value.is_point else f"{value.low:g} to {value.high:g}, best {value.best:g}"
        basis = value.basis
        return f"{numbers} ({basis.kind}{f' by {basis.by}' if basis.by else f': {basis.rule}' if basis.rule else ''})"
    if isinstance(value, Record):
        inner = ((name, getattr(value, name)) for name in type(value).model_fields if name not in _QUIET)
        return ", ".join(f"{name} {_said(one)}" for name, one in inner if one is not None)
    if isinstance(value, tuple):
        return ", ".join(_said(one) for one in value) or _GONE
    return _GONE if value is None else str(value)


def _with_named(made: Situation, new: Situation, mine: Situation) -> Situation:
    """Put back what was taken out but is named by something that stays."""
    for _ in range(len(_NAMED)):
        said = set(_strings(made))
        back: Mapping[str, tuple[Any, ...]] = {
            name: tuple(row for row in _either(new, mine, name) if row.id in said - {r.id for r in getattr(made, name)})
            for name in _NAMED
        }
        if not any(back.values()):
            break
        made = made.model_copy(update={name: (*getattr(made, name), *rows) for name, rows in back.items()})
    return made


def _either(new: Situation, mine: Situation, name: str) -> Iterable[Any]:
    return ({row.id: row for row in getattr(new, name)} | {row.id: row for row in getattr(mine, name)}).values()


def _strings(value: object) -> Iterable[str]:
    """Every text in a record but its own id."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            if name != "id":
                yield from _strings(getattr(value, name))
