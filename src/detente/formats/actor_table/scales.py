"""On which scale do the positions and saliences of a table of actors lie: the one that is stated, else which?"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from detente.formats.actor_table.found import SCALE_HIGH, SCALE_LOW, Found
from detente.formats.actors import MOST_SALIENCE, UNIT, Scale
from detente.formats.score_table import listed, shown, tidy

_WIDE = 0.2  # of 0 to 100: positions that span less of it are taken to have a scale of their own
_SHARE = (0.0, 1.0)
_THERE, _SPREAD = "as all of them lie there", "as they spread over it"


@dataclass(frozen=True, slots=True)
class Scales:
    """The scale of each issue, why it was taken (empty: it is stated), and what salience 100 is in the file."""

    scale: tuple[Scale, ...]
    why: tuple[str, ...]
    salience: float
    told: bool  # whether the file says what the greatest salience is


def scales(found: Found, stated: Scale | None) -> Scales:
    """Take the scale that is stated, for all issues or in the rows of the file; else tell it from the positions.

    What does not lie on it is added to the faults.

    >>> from detente.formats.actor_table.found import find
    >>> from detente.formats.sheet import Sheet
    >>> head = ("actor", "power", "position", "salience")
    >>> sheet = Sheet(None, (head, ("A", 1.0, 14.25, 0.5), ("B", 1.0, 12.85, 1.0)), (1, 2, 3))
    >>> scales(find(sheet, "Oil"), None)
    Scales(scale=((12.85, 14.25),), why=('from the least to the greatest of them',), salience=1.0, told=False)
    """
    pairs = _alike([_scale(found, d, stated) for d in range(len(found.dimensions))])
    greatest = max((s[2] for (what, _), s in found.spans.items() if what == "salience"), default=0.0)
    ends = {v for (end, what, _), v in found.ends.items() if end == SCALE_HIGH and what == "salience"}
    if len(ends) > 1 or 0.0 in ends:
        told = " and ".join(f"{e:g}" for e in sorted(ends))
        found.faults.append(
            f"the row '{SCALE_HIGH}' gives {told} for salience. Give one number above 0 for all issues."
        )
    most = max(ends, default=1.0 if 0 < greatest <= 1 else MOST_SALIENCE)
    made = Scales(tuple(p[0] for p in pairs), tuple(p[1] for p in pairs), most, bool(ends))
    found.faults += _off(found, made)
    return made


def remarks(found: Found, made: Scales) -> Iterator[str]:
    """Say which scales were taken without being stated, and how to state them.

    >>> from detente.formats.sheet import Sheet
    >>> next(remarks(Found(Sheet(None, (), ()), "War", dimensions=["War"]), Scales((_SHARE,), ("",), 1.0, False)))
    'The greatest salience is no more than 1, so that 1 is taken for 100 of 100.'
    """
    taken: dict[tuple[Scale, str], list[str]] = {}
    for name, scale, why in zip(found.dimensions, made.scale, made.why, strict=True):
        if why:
            taken.setdefault((scale, why), []).append(name)
    for (scale, why), names in taken.items():
        where = f" on {listed(names)}" if len(found.dimensions) > 1 else ""
        yield (
            f"Nothing says which scale the positions{where} have: {scale[0]:g} to {scale[1]:g} is taken, {why}. "
            f"State it with --scale LOW HIGH, or in rows '{SCALE_LOW}' and '{SCALE_HIGH}'."
        )
    if not made.told and made.salience != MOST_SALIENCE:
        yield "The greatest salience is no more than 1, so that 1 is taken for 100 of 100."


def _scale(found: Found, dimension: int, stated: Scale | None) -> tuple[Scale, str]:
    at = [s for (what, (_, d)), s in found.spans.items() if what == "position" and d == dimension]
    low, high = min((s[0] for s in at), default=0.0), max((s[2] for s in at), default=0.0)
    if stated is not None:
        return stated, ""
    ends = [found.ends.get((end, "position", dimension)) for end in (SCALE_LOW, SCALE_HIGH)]
    if ends[0] is not None and ends[1] is not None:
        return (ends[0], ends[1]), ""
    if ends != [None, None]:
        named = shown(found.dimensions[dimension])
        found.faults.append(
            f"one end of the scale of '{named}' is missing. Give both '{SCALE_LOW}' and '{SCALE_HIGH}'."
        )
    return _told(low, high)


def _alike(pairs: list[tuple[Scale, str]]) -> list[tuple[Scale, str]]:
    """Give an issue whose positions lie close together the scale from 0 to 100 where others have it."""
    if (UNIT, _SPREAD) not in pairs:
        return pairs
    narrow = [why not in ("", _THERE, _SPREAD) and UNIT[0] <= s[0] and s[1] <= UNIT[1] for s, why in pairs]
    return [(UNIT, "as other issues have it") if n else pair for n, pair in zip(narrow, pairs, strict=True)]


def _told(low: float, high: float) -> tuple[Scale, str]:
    """Return the scale that positions from low to high seem to have, and why."""
    if _SHARE[0] <= low and high <= _SHARE[1]:
        return _SHARE, _THERE
    hundred = UNIT[0] <= low and high <= UNIT[1]
    if hundred and high - low >= _WIDE * UNIT[1]:
        return UNIT, _SPREAD
    if low < high:
        return (low, high), "from the least to the greatest of them"
    return (UNIT if hundred else (low - 1, low + 1)), "as all of them are the same"


def _off(found: Found, made: Scales) -> Iterator[str]:
    """Find scales that run backwards, positions off their scale, and saliences above the greatest."""
    for name, (low, high) in zip(found.dimensions, made.scale, strict=True):
        if not (low < high and isfinite(high - low)):
            yield f"the scale of '{shown(name)}' runs from {low:g} to {high:g}. Give two ends, the lower one first."
    for (what, at), (least, _, most) in found.spans.items():
        if what == "capability" or at[1] is None:
            continue
        low, high = made.scale[at[1]] if what == "position" else (0.0, made.salience)
        if low < high and not (low <= least and most <= high):
            value = least if least < low else most
            said = f"the {what} {value:g} of '{shown(found.actors[at[0]])}' is not on the scale, {low:g} to {high:g}"
            yield (f"{found.places[what, at]}: {said}. Move it there, or state a wider scale.")


def salience_of(value: float, made: Scales) -> float:
    """Return a salience of the file in hundredths of the greatest.

    >>> salience_of(0.55, Scales(((0.0, 1.0),), ("",), 1.0, False))
    55.0
    """
    return value if made.salience == MOST_SALIENCE else min(tidy(value * MOST_SALIENCE / made.salience), MOST_SALIENCE)
