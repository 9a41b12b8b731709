"""What does every foreign table of actors come down to: who weighs how much, stands where, and cares how much?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from detente.boards import positions
from detente.boards.body import Body, affinity, bodies, body, within
from detente.errors import BoardError
from detente.formats.names import distinct, new_id
from detente.formats.published.shape import BODY
from detente.formats.score_table import clean, listed, shown, tidy
from detente.situation.nouns import Influence, Issue, Party, Situation, Stance, Tie
from detente.situation.paths import inputs
from detente.situation.values import Basis, Range

MAX_ACTORS = 1_000
MAX_STANCES = 20_000
MOST_SALIENCE = 100.0
UNIT = (0.0, 100.0)  # the scale of a position that no other scale is named for
_HELD = ("title", "as_of", "note", "parties", "issues", "stances", "influence", "ties", "documents", "evidence")

Quantity: TypeAlias = Literal["capability", "position", "salience"]
Scale: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spread:
    """How far one number of a table is open: of which actor, on which dimension (None: on all), from where to where."""

    what: Quantity
    actor: int
    dimension: int | None
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorTable:
    """The actors of a body that decides, and what it decides about.

    =============  =================  ==========================================================================
    capability     actor              0 or more, in any unit
    position       actor, dimension   on the scale of the dimension; None where the actor has no stance
    salience       actor, dimension   0 to 100; 0 where the actor has no stance
    scale          dimension          the two ends a position can lie at
    capability_on  actor, dimension   empty where an actor is as capable on every dimension
    affinity       actor, actor       how far the ideal of the first follows the position of the second; or None
    =============  =================  ==========================================================================

    `spreads` are the numbers that the file gives ranges for. `settings` are those that it names for the bargaining
    model, by our names. `origin` is the name of the file; `remarks` say what it holds that is read in another way.
    """

    title: str
    actors: tuple[str, ...]
    dimensions: tuple[str, ...]
    capability: tuple[float, ...]
    position: tuple[tuple[float | None, ...], ...]
    salience: tuple[tuple[float, ...], ...]
    scale: tuple[Scale, ...]
    note: str | None = None
    descriptions: tuple[str, ...] = ()
    capability_on: tuple[tuple[float, ...], ...] = ()
    spreads: tuple[Spread, ...] = ()
    affinity: tuple[tuple[float, ...], ...] | None = None
    settings: tuple[tuple[str, str], ...] = ()
    origin: str = ""
    remarks: tuple[str, ...] = ()


def situation_of_actors(table: ActorTable) -> Situation:
    """Return the situation: one body that decides, with the actors as its members and an issue per dimension.

    Every number is entered, by the file it stands in; where an issue stands today is not said. How far the ideal of one
    actor follows another becomes a lobby's tie between them.

    >>> made = situation_of_actors(ActorTable(
    ...     title="Fund", actors=("North", "South"), dimensions=("Size",), capability=(2.0, 1.0),
    ...     position=((20.0,), (90.0,)), salience=((50.0,), (80.0,)), scale=((0.0, 100.0),)))
    >>> made.party("decision-body").members, made.stance("south", "size").position.best
    (('north', 'south'), 90.0)
    """
    taken = {BODY}
    parties = [new_id(a, "party", taken) for a in table.actors]
    issues = [new_id(d, "issue", taken) for d in table.dimensions]
    basis = Basis(kind="entered", by=clean(table.origin) or "a table of actors")
    told = table.descriptions or ("",) * len(parties)
    members = [
        Party(id=i, name=clean(n), kind="member", basis=basis, note=clean(d) or None)
        for i, n, d in zip(parties, table.actors, told, strict=True)
    ]
    body = Party(id=BODY, name="Decision body", kind="body", members=tuple(parties), decision_body=True, basis=basis)
    return Situation(
        title=clean(table.title) or "A table of actors",
        note=_note(table),
        parties=(*members, body),
        issues=tuple(_issue(i, n, s, basis) for i, n, s in zip(issues, table.dimensions, table.scale, strict=True)),
        stances=tuple(_stances(table, parties, issues, basis)),
        influence=tuple(_influence(table, parties, issues, basis)),
        ties=tuple(_ties(table, parties, taken, basis)),
    )


def _note(table: ActorTable) -> str | None:
    said = clean(table.note or "")
    stop = "" if not said or said[-1] in ".!?" or not table.remarks else "."
    return " ".join([said + stop, *table.remarks]).strip() or None


def _issue(name: str, called: str, scale: Scale, basis: Basis) -> Issue:
    low, high = scale
    unstated = Basis(kind="assumed", rule="status-quo-unstated")
    today = Range(low=low, best=tidy((low + high) / 2), high=high, basis=unstated)
    return Issue(id=name, name=clean(called), scale=scale, status_quo=today, basis=basis)


def _stances(table: ActorTable, parties: list[str], issues: list[str], basis: Basis) -> Iterator[Stance]:
    open_at = {(s.what, s.actor, s.dimension): s for s in table.spreads}
    for a, party in enumerate(parties):
        for d, issue in enumerate(issues):
            at = table.position[a][d]
            if at is not None:
                position = _range(at, open_at.get(("position", a, d)), basis)
                salience = _range(table.salience[a][d], open_at.get(("salience", a, d)), basis)
                yield Stance(party=party, issue=issue, position=position, salience=salience, basis=basis)


def _influence(table: ActorTable, parties: list[str], issues: list[str], basis: Basis) -> Iterator[Influence]:
    open_at = {(s.actor, s.dimension): s for s in table.spreads if s.what == "capability"}
    for a, party in enumerate(parties):
        if not table.capability_on:
            weight = _range(table.capability[a], open_at.get((a, None)), basis)
            yield Influence(party=party, weight=weight, basis=basis)
            continue
        for d, issue in enumerate(issues):
            if table.position[a][d] is not None:
                weight = _range(table.capability_on[a][d], open_at.get((a, d)), basis)
                yield Influence(party=party, issue=issue, weight=weight, basis=basis)


def _ties(table: ActorTable, parties: list[str], taken: set[str], basis: Basis) -> Iterator[Tie]:
    for a, row in enumerate(table.affinity or ()):
        for b, pull in enumerate(row):
            if a != b and pull:
                name = new_id(f"{parties[b][:35]} pulls {parties[a][:35]}", "tie", taken)
                weight = Range.point(pull, basis)
                yield Tie(id=name, kind="lobby", source=parties[b], target=parties[a], weight=weight, basis=basis)


def _range(best: float, spread: Spread | None, basis: Basis) -> Range:
    return (
        Range.point(best, basis) if spread is None else Range(low=spread.low, best=best, high=spread.high, basis=basis)
    )


@dataclass(frozen=True, slots=True)
class Bodied:
    """A body of a situation as a table of actors, and what it holds that such a table cannot."""

    table: ActorTable
    lost: tuple[str, ...]


def bodied(situation: Situation, name: str | None = None) -> Bodied:
    """Write down who weighs how much in a body and stands where, at the best values and with their ranges.

    `name` is the id of a party with members, or of a table; without one it is the first body that decides something.

    Raises BoardError where there is none of that name, or nothing on which two of its members have a stance.

    >>> table = ActorTable(
    ...     title="Fund", actors=("North", "South"), dimensions=("Size",), capability=(2.0, 1.0),
    ...     position=((20.0,), (90.0,)), salience=((50.0,), (80.0,)), scale=((0.0, 100.0),))
    >>> bodied(situation_of_actors(table)).table.position
    ((20.0,), (90.0,))
    """
    chosen = body(situation, name) if name is not None else next(iter(bodies(situation)), None)
    if chosen is None:
        raise BoardError(
            f"Nothing in '{shown(situation.title)}' is decided together, so there are no actors to write. Give a party "
            "members and 'decision_body: true', and its members stances."
        )
    inside = within(situation, chosen)
    board = positions(inside, parties=chosen.heard, table=chosen.table)
    at, salience, weight = (
        np.where(board.stated, a, 0.0).tolist() for a in (board.at, board.salience, board.influence)
    )
    stated = board.stated.tolist()
    said = [[w for w, s in zip(row, has, strict=True) if s] for row, has in zip(weight, stated, strict=True)]
    varied = any(len(set(row)) > 1 for row in said)
    members, issues = [situation.party(m) for m in chosen.heard], [situation.issue(i) for i in chosen.issues]
    table = ActorTable(
        title=_title(situation, chosen),
        note=clean(situation.note or "") or None,
        actors=distinct([m.name for m in members]),
        descriptions=tuple(clean(m.note or "") for m in members),
        dimensions=distinct([i.name for i in issues]),
        capability=tuple(tidy(sum(row) / len(row)) if varied else row[0] for row in said),
        position=tuple(
            tuple(p if s else None for p, s in zip(r, has, strict=True)) for r, has in zip(at, stated, strict=True)
        ),
        salience=tuple(map(tuple, salience)),
        scale=tuple(i.scale for i in issues),
        capability_on=tuple(map(tuple, weight)) if varied else (),
        affinity=_affinity(inside, chosen),
    )
    return Bodied(
        replace(table, spreads=tuple(_spreads(inside, chosen, varied))), tuple(_lost(situation, inside, chosen))
    )


def _title(situation: Situation, chosen: Body) -> str:
    """Name the body beside the case, where a case is more than its body."""
    if chosen.party == BODY:
        return clean(situation.title)
    whose = situation.party(chosen.party).name if chosen.party else situation.table(chosen.table or "").name
    return clean(f"{situation.title}: {whose}")


def _affinity(inside: Situation, chosen: Body) -> tuple[tuple[float, ...], ...] | None:
    """Return how far each ideal is drawn to others: to patrons as our own model has it, to lobbies by their weight."""
    members = chosen.heard
    drawn_to = affinity(inside, members)
    pulls = [t for t in inside.ties if t.kind == "lobby" and t.weight is not None]
    if not pulls:
        return None if drawn_to is None else tuple(map(tuple, drawn_to.tolist()))
    found = np.eye(len(members)) if drawn_to is None else drawn_to
    for tie in pulls:
        a, b = members.index(tie.target), members.index(tie.source)
        found[a, b] = min(tie.weight.best, 1.0) if tie.weight is not None else 0.0
        found[a, a] = tidy(max(0.0, 1.0 - found[a].sum() + found[a, a]))
    return tuple(map(tuple, found.tolist()))


def _spreads(inside: Situation, chosen: Body, varied: bool) -> Iterator[Spread]:
    open_at = {i.path: i.value for i in inputs(inside) if not i.value.is_point}
    for a, member in enumerate(chosen.heard):
        for d, issue in enumerate(chosen.issues):
            for what in ("position", "salience"):
                if (value := open_at.get(f"{member}.{issue}.{what}")) is not None:
                    yield Spread("position" if what == "position" else "salience", a, d, value.low, value.high)
        weights = [_weight(inside, member, issue, chosen.table) for issue in chosen.issues]
        for d, weight in enumerate(weights[: None if varied else 1]):
            if weight is not None and not weight.is_point:
                yield Spread("capability", a, d if varied else None, weight.low, weight.high)


def _weight(inside: Situation, member: str, issue: str, table: str | None) -> Range | None:
    """Return what a member weighs, as a board finds it: the most particular row that applies."""
    rows = [w for w in inside.influence if w.party == member and w.issue in (None, issue) and w.table in (None, table)]
    found = max(rows, key=lambda w: (w.issue is not None, w.table is not None), default=None)
    return None if found is None else found.weight


def _lost(situation: Situation, inside: Situation, chosen: Body) -> Iterator[str]:
    red = [f"{s.party}.{s.issue}.red_line" for s in inside.stances if s.red_line is not None]
    bare = [i.path for i in inputs(inside) if i.value.basis.kind in ("assumed", "supplied") and _written(i.path)]
    marked = [i.id for i in inside.issues if i.landmarks or i.options or i.unit]
    even = [m for m in chosen.heard if not any(w.party == m for w in inside.influence)]
    others = [p.id for p in situation.parties if p.id not in (*chosen.heard, chosen.party)]
    aside = [n for n in type(situation).model_fields if n not in _HELD and getattr(situation, n)]
    for what, names in (
        ("Red lines are left out", red),
        ("Values that nobody stated stand there like any other", bare),
        ("Nobody entered what these weigh, and a capability of 1 is written", even),
        ("Landmarks, units and the levels that can be decided are left out", marked),
        ("Issues on which fewer than two of them have a stance are left out", [i for i, _ in chosen.left_out]),
        ("Other parties, and members without a stance, are left out", others),
        ("A table of actors has no place for these parts of the case", aside),
    ):
        if names:
            yield f"{what}: {listed(names, most=8)}."


def _written(path: str) -> bool:
    return path.split(".")[-1] in ("position", "salience", "influence")


def salience_remarks(table: ActorTable) -> Iterator[str]:
    """Say of whom KTAB refuses the saliences: those of 0, and those that add up to more than 100.

    >>> table = ActorTable(
    ...     title="Fund", actors=("North", "South"), dimensions=("Size", "Term"), capability=(2.0, 1.0),
    ...     position=((20.0, 5.0), (90.0, 7.0)), salience=((50.0, 60.0), (80.0, 0.0)), scale=(UNIT, UNIT))
    >>> list(salience_remarks(table))[0]
    "The saliences of 'North' add up to more than 100, which KTAB refuses; here each counts as it stands."
    """
    rows = list(zip(table.actors, table.salience, table.position, strict=True))
    if over := [name for name, row, _ in rows if sum(row) > MOST_SALIENCE + 1e-9]:
        told = f"The saliences of {listed(over)} add up to more than 100"
        yield f"{told}, which KTAB refuses; here each counts as it stands."
    if none := [n for n, row, at in rows if any(s == 0 and p is not None for s, p in zip(row, at, strict=True))]:
        yield f"A salience of {listed(none)} is 0, which KTAB refuses; here it has no weight on that dimension."


def unkept(table: ActorTable) -> Iterator[str]:
    """Say what of a table its situation has no place for.

    >>> table = ActorTable(
    ...     title="Fund", actors=("North", "South"), dimensions=("Size",), capability=(2.0, 1.0),
    ...     position=((20.0,), (90.0,)), salience=((50.0,), (80.0,)), scale=(UNIT,), settings=(("vote", "cubic"),))
    >>> list(unkept(table))
    ['A case keeps no settings of the bargaining model: ask the file itself to use them.']
    """
    if table.settings:
        yield "A case keeps no settings of the bargaining model: ask the file itself to use them."
    own = [a for k, a in enumerate(table.actors) if table.affinity is not None and table.affinity[k][k] != 1]
    if own:
        told = f"How far the ideal of {listed(own)} follows its own position"
        yield f"{told} has no place in a case: ask the file itself to use it."


def repeated(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that stand there more than once, whatever their capitals.

    >>> repeated(["North", "south", "NORTH"])
    ('NORTH',)
    """
    seen: set[str] = set()
    found: dict[str, None] = {}
    for name in names:
        if name.casefold() in seen:
            found[name] = None
        seen.add(name.casefold())
    return tuple(found)
