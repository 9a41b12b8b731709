"""Who stands where on one issue, as a lane that can be moved in place, with the numbers and distances behind it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente import figures as draw
from detente.brief.answers import View
from detente.brief.sections.filling import scale
from detente.brief.why import shown
from detente.brief.words import Names, capital, percent
from detente.situation.nouns import Issue, Situation, Stance
from detente.situation.slots import written_filling
from detente.situation.values import BasisKind, Range

Shares = Mapping[tuple[str, str], float]  # how far two parties are apart, as a share of the scale
SIDES = {"at_most": "at most", "at_least": "at least"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a stance: its path, how it is written where it is entered, the same in words, how it is known."""

    path: str
    written: str
    shown: str
    basis: BasisKind


@dataclass(frozen=True, slots=True)
class Stand:
    """One party on an issue; `beside` is how far it is from the party that distances are measured from."""

    party: str
    name: str
    member: bool
    position: Value
    salience: Value
    red_line: Value | None
    beside: str


@dataclass(frozen=True, slots=True)
class LaneTold:
    """An issue: its picture in two widths, who stands where, who has not said, and how far each is from each.

    `shares` names every two once, with their distance as a share of the scale; `distances` are the same as a table.
    """

    id: str
    name: str
    scale: str
    svg: str
    stands: tuple[Stand, ...]
    silent: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    distances: tuple[tuple[str, ...], ...]
    shares: tuple[tuple[str, str, float], ...]


def lane_told(issue: Issue, view: View, shares: Shares, *, beside: str | None, movable: bool) -> LaneTold:
    """Tell who stands where on an issue; `beside` is the party that distances are measured from."""
    situation, names = view.situation, Names(view.situation)
    stances = ordered(situation, issue.id)
    stands = tuple(_stand(s, names, _from(shares, s.party, beside)) for s in stances)
    speaking = tuple(dict.fromkeys(p for pair in shares for p in pair))
    heads = tuple(p for p in (s.party for s in stances) if p in speaking)
    return LaneTold(
        id=issue.id,
        name=capital(issue.name),
        scale=scale(names, issue),
        svg=_drawn(issue, view, stands, beside=beside, movable=movable) if stands else "",
        stands=stands,
        silent=tuple((p, f"{p}.{issue.id}.position") for p in _silent(situation, issue.id)),
        heads=tuple(capital(names.bare(p)) for p in heads),
        distances=tuple(
            (capital(names.bare(p)), *("" if p == q else percent(_from(shares, p, q) or 0.0) for q in heads))
            for p in heads
        ),
        shares=tuple((p, q, shares[p, q]) for p, q in shares if p < q),
    )


def ordered(situation: Situation, issue: str) -> tuple[Stance, ...]:
    """Return the stances on an issue from low to high, the members of a body right under it."""
    mine = sorted((s for s in situation.stances if s.issue == issue), key=lambda s: s.position.best)
    of = _bodies(situation, {s.party for s in mine})
    found: list[Stance] = []
    for stance in mine:
        if stance.party not in of:
            found += [stance, *(s for s in mine if of.get(s.party) == stance.party)]
    return tuple(found)


def _bodies(situation: Situation, present: set[str]) -> dict[str, str]:
    """Name the body of every member whose body has a stance, too."""
    return {m: p.id for p in situation.parties if p.decision_body and p.id in present for m in p.members if m != p.id}


def _silent(situation: Situation, issue: str) -> tuple[str, ...]:
    """Return who might be expected to have a stance: who consents somewhere, or has one on something else."""
    heard = {s.party for s in situation.stances if s.issue == issue}
    seated = {p for t in situation.tables for p in t.consent} | {s.party for s in situation.stances}
    return tuple(p.id for p in situation.parties if p.id in seated and p.id not in heard)


def _from(shares: Shares, party: str, other: str | None) -> float | None:
    return shares.get((party, other)) if other is not None else None


def _stand(stance: Stance, names: Names, apart: float | None) -> Stand:
    at, line = f"{stance.party}.{stance.issue}", stance.red_line
    red = _value(names, f"{at}.red_line", line.at, f"{SIDES[line.accepts]} ") if line is not None else None
    return Stand(
        party=stance.party,
        name=capital(names.bare(stance.party)),
        member=names.body(stance.party) is not None,
        position=_value(names, f"{at}.position", stance.position),
        salience=_value(names, f"{at}.salience", stance.salience),
        red_line=red,
        beside=percent(apart) if apart is not None else "",
    )


def _value(names: Names, path: str, value: Range, before: str = "") -> Value:
    told = before + shown(names.situation, path, value)
    written = f"{value.best:g}" if value.is_point else written_filling(value)
    return Value(path, written, told, value.basis.kind)


def _drawn(issue: Issue, view: View, stands: Sequence[Stand], *, beside: str | None, movable: bool) -> str:
    names, today, stances = Names(view.situation), issue.status_quo, ordered(view.situation, issue.id)
    of = _bodies(view.situation, {s.party for s in stances})
    rows = tuple(_row(s, told, s.party in of) for s, told in zip(stances, stands, strict=True))
    at = {s.party: k for k, s in enumerate(stances)}
    blocs = [bloc for each, blocs in view.blocs if each == issue.id for bloc in blocs]
    data = draw.Lane(
        issue=issue.name,
        low=issue.scale[0],
        high=issue.scale[1],
        landmarks=tuple(draw.Landmark(m.at, m.name) for m in issue.landmarks),
        today=draw.Level(today.low, today.best, today.high, today.basis.kind),
        rows=rows,
        beside=f"from {names.party(beside)}" if beside else "",
        blocs=tuple(tuple(at[p] for p in bloc) for bloc in blocs),
        movable=movable,
    )
    title = f"Who wants what on {names.issue(issue.id)}"
    desc = "One row for every party: from the least to the most it may want, the mark at the best guess."
    wide = draw.lane(data, id=f"lane-{issue.id}-picture", title=title, desc=desc)
    return wide + draw.lane(data, id=f"lane-{issue.id}-narrow", title=title, desc=desc, width=draw.NARROW)


def _row(stance: Stance, told: Stand, member: bool) -> draw.LaneRow:
    at, line = stance.position, stance.red_line
    post = draw.RedLine(line.at.best, line.accepts, line.at.basis.kind) if line is not None else None
    level = draw.Level(line.at.low, line.at.best, line.at.high, line.at.basis.kind) if line is not None else None
    span = draw.Span(told.name, at.low, at.best, at.high, at.basis.kind, post)
    return draw.LaneRow(f"{stance.party}.{stance.issue}", span, level, stance.salience.best, member, told.beside)


def lanes_legend(situation: Situation, view: View) -> str:
    """Say once what the signs in all lanes mean."""
    bases = frozenset(s.position.basis.kind for s in situation.stances)
    lines = any(s.red_line is not None for s in situation.stances)
    return "".join(
        draw.lane_legend(bases, lines=lines, blocs=bool(view.blocs), width=width) for width in (720.0, draw.NARROW)
    )
