"""Which tables bear on one another, and what does a deal at one allow, demand or need at another?

Three kinds of link: a **mandate** binds a table by what was agreed at another one, a **ratification** asks whether the
parties of another table accept, a **consultation** is heard and binds nothing. Links may run in a circle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.agendas import LISTED, agenda_modes, with_modes
from detente.boards.deal_board import Cross, Deals, deals
from detente.boards.drawn import Draws, drawn
from detente.boards.frame import NoDealChoice, nearest
from detente.boards.votes import Rule, decision_rule
from detente.errors import BoardError
from detente.situation.nouns import Link, Requirement, Score, Situation, Stance, Table

NoDeals = NoDealChoice | Mapping[str, NoDealChoice]
CLOSE = 1e-6  # of the span of the levels: nearer than this, a requirement speaks of that level


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """One row of a mandate: when `issue` stands at `option` at the mandating table, `of` is held to some levels here.

    `mandate` and `bound` are the indices of the two tables; `issue`, `of` are issues of the one and of the other.
    `allowed` says per level of `of`, and per draw where the status quo is drawn, whether it may stand.
    """

    mandate: int
    bound: int
    issue: int
    option: int
    of: int
    accepts: str
    level: float
    allowed: Bool[np.ndarray, "*draw _option"]


@dataclass(frozen=True, slots=True)
class Mandate:
    """A table whose deal binds another by `rows`, indices into the bindings; without rows, no deal there: none here."""

    mandate: int
    bound: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ratification:
    """A table whose parties must approve of a deal: by its rule, None standing for everybody."""

    by: str
    bound: int
    parties: tuple[str, ...]
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Consultation:
    """A table that is heard before a deal at `bound`, and binds nothing."""

    by: str
    bound: int


@dataclass(frozen=True, slots=True)
class Interest:
    """What one table is worth to everybody it concerns: who consents, who watches, and who sits at a linked table.

    ===========  ===================================  ==========================================================
    score        per issue: *draw person option       basis points beside the status quo
    crosses      pairs of issues                      what their levels are worth together, same person axis
    no_deal      *draw person                         what it has without a deal at this table
    floor        *draw person                         the same, with the listing costs of those that consent
    voiced       per person                           has a stance or a score here; the others count as indifferent
    ===========  ===================================  ==========================================================
    """

    people: tuple[str, ...]
    score: tuple[Int[np.ndarray, "*draw person _option"], ...]
    crosses: tuple[Cross, ...]
    no_deal: Int[np.ndarray, "*draw person"]
    floor: Int[np.ndarray, "*draw person"]
    voiced: tuple[bool, ...]

    def gains(self, package: Int[np.ndarray, "*draw issue"]) -> Int[np.ndarray, "*draw person"]:
        """Add up what a package gains everybody beyond no deal, anew from the scores."""
        total = -self.floor
        for i, score in enumerate(self.score):
            total = total + _taken(score, package[..., i])
        for cross in self.crosses:
            flat = cross.score.reshape(*cross.score.shape[:-2], -1)
            total = total + _taken(flat, package[..., cross.first] * cross.score.shape[-1] + package[..., cross.second])
        return np.asarray(total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables of a situation, each a board with its own agenda, and how they hang together.

    `interests` has, per table, the worth of its levels to everybody concerned; `order` puts every table after those
    that mandate it, and tables that mandate one another, in a circle, into one group.
    """

    names: tuple[str, ...]
    boards: tuple[Deals, ...]
    interests: tuple[Interest, ...]
    bindings: tuple[Binding, ...]
    mandates: tuple[Mandate, ...]
    ratifications: tuple[Ratification, ...]
    consultations: tuple[Consultation, ...]
    order: tuple[tuple[int, ...], ...]

    @property
    def draws(self) -> tuple[int, ...]:
        """The leading axes: none for one case, one for an ensemble."""
        return self.boards[0].draws

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who has a stake at some table, in the order of the tables."""
        return tuple(dict.fromkeys(p for interest in self.interests for p in interest.people))

    @property
    def circular(self) -> tuple[tuple[int, ...], ...]:
        """The groups of tables that mandate one another in a circle."""
        return tuple(group for group in self.order if len(group) > 1)

    @property
    def twice(self) -> tuple[tuple[str, str], ...]:
        """The issues that are open at more than one table, with each of those tables."""
        opened = [
            (issue, board.table)
            for board in self.boards
            for issue, levels, now in zip(board.issues, board.open, board.status_quo, strict=True)
            if np.delete(levels, now, axis=-1).any()
        ]
        often = [issue for issue, _ in opened]
        return tuple((issue, table) for issue, table in opened if often.count(issue) > 1)

    def index(self, table: str) -> int:
        """Return the index of a table.

        Raises BoardError where it is not among these.
        """
        if table not in self.names:
            raise BoardError(f"'{table}' is not one of the linked tables: {', '.join(self.names)}. Name one of those.")
        return self.names.index(table)


def linked(
    situation: Situation,
    tables: Sequence[str] | None = None,
    *,
    no_deal: NoDeals = "auto",
    draws: Draws | None = None,
) -> Tables:
    """Set out the tables of a situation with their links, each with its own agenda.

    Without `tables`: all that have something on their agenda. An issue that is open at two tables counts at each; see
    `Tables.twice`. `no_deal` is one choice for all tables, or one per table by name.

    Raises BoardError for an unknown table, one with nothing to bargain over, a mandate from a table that is not among
    these, and a requirement that speaks of an issue or a level which is not there.

    >>> from detente.situation.nouns import Situation
    >>> linked(Situation(title="Empty"))
    Traceback (most recent call last):
    detente.errors.BoardError: 'Empty' has no table at which anything is bargained over. Add a table with an agenda.
    """
    names = tuple(tables) if tables is not None else _bargaining(situation)
    if not names:
        raise BoardError(
            f"'{situation.title}' has no table at which anything is bargained over. Add a table with an agenda."
        )
    heard = _with_everybody_heard(situation, names)
    boards = tuple(_board(heard, name, no_deal, draws) for name in names)
    bindings, mandates = _mandates(heard, names, boards, draws)
    ratifications, consultations = _approvals(situation, names)
    return Tables(
        names=names,
        boards=boards,
        interests=tuple(_interest(b, _concerned(situation, b.table), _voiced(situation)) for b in boards),
        bindings=bindings,
        mandates=mandates,
        ratifications=ratifications,
        consultations=consultations,
        order=_order(len(names), {(m.mandate, m.bound) for m in mandates}),
    )


def _bargaining(situation: Situation) -> tuple[str, ...]:
    """Return the tables that have parties and something on their agenda."""
    return tuple(t.id for t in situation.tables if t.consent and any(a.mode in LISTED for a in t.agenda))


def _with_everybody_heard(situation: Situation, names: tuple[str, ...]) -> Situation:
    """Count the parties of linked tables among those consulted, so that each board knows what it is worth to them."""
    tables = []
    for table in situation.tables:
        more = [p for p in _concerned(situation, table.id) if p not in (*table.consent, *table.consulted)]
        heard = table.model_copy(update={"consulted": (*table.consulted, *more)})
        tables.append(heard if table.id in names else table)
    return situation.model_copy(update={"tables": tuple(tables)})


def _board(situation: Situation, name: str, no_deal: NoDeals, draws: Draws | None) -> Deals:
    choice = no_deal.get(name, "auto") if isinstance(no_deal, Mapping) else no_deal
    board = deals(situation, name, draws=draws, no_deal=choice)
    modes = agenda_modes(situation, name)
    return with_modes(board, {issue: mode for issue, mode in modes.items() if issue in board.issues})


def _table(situation: Situation, name: str) -> Table:
    found = next((t for t in situation.tables if t.id == name), None)
    if found is None:
        listed = ", ".join(t.id for t in situation.tables) or "none"
        raise BoardError(f"'{name}' is not a table of '{situation.title}'. Its tables: {listed}.")
    return found


def _mandates(
    situation: Situation, names: tuple[str, ...], boards: tuple[Deals, ...], draws: Draws | None
) -> tuple[tuple[Binding, ...], tuple[Mandate, ...]]:
    bindings: list[Binding] = []
    mandates: list[Mandate] = []
    for bound, name in enumerate(names):
        for link in _table(situation, name).links:
            if link.kind != "mandate":
                continue
            mandate = _mandating(situation, link, name, names)
            rows = [_binding(situation, boards, (mandate, bound), row, draws) for row in link.requires]
            mandates.append(Mandate(mandate, bound, tuple(range(len(bindings), len(bindings) + len(rows)))))
            bindings += rows
    return tuple(bindings), tuple(mandates)


def _mandating(situation: Situation, link: Link, name: str, names: tuple[str, ...]) -> int:
    _table(situation, link.table)
    if link.table not in names:
        raise BoardError(
            f"Table '{name}' is bound by what is agreed at '{link.table}', which is not among the tables asked about "
            f"({', '.join(names)}). Ask about both, put something on the agenda of '{link.table}', or drop the link."
        )
    if link.table == name:
        raise BoardError(f"Table '{name}' has a mandate from itself. Name the table that gives the mandate.")
    return names.index(link.table)


def _binding(
    situation: Situation, boards: tuple[Deals, ...], ends: tuple[int, int], row: Requirement, draws: Draws | None
) -> Binding:
    mandate, bound = (boards[k] for k in ends)
    for board, named in ((mandate, row.issue), (bound, row.of)):
        if named not in board.issues:
            raise BoardError(
                f"The mandate of '{mandate.table}' for '{bound.table}' speaks of '{named}', which is not an issue at "
                f"'{board.table}'. Its issues: {', '.join(board.issues)}."
            )
    i, j = mandate.issues.index(row.issue), bound.issues.index(row.of)
    levels = mandate.levels[i]
    option = nearest(levels, row.at)
    if abs(levels[option] - row.at) > CLOSE * max(1.0, float(np.ptp(levels))):
        listed = ", ".join(f"{level:g}" for level in levels)
        raise BoardError(
            f"The mandate of '{mandate.table}' for '{bound.table}' speaks of '{row.issue}' at {row.at:g}, which is not "
            f"one of its levels: {listed}. Name one of those."
        )
    at = _levels(situation, bound, j, draws)
    return Binding(
        mandate=ends[0],
        bound=ends[1],
        issue=i,
        option=option,
        of=j,
        accepts=row.accepts,
        level=row.level,
        allowed=np.asarray(at <= row.level if row.accepts == "at_most" else at >= row.level),
    )


def _levels(situation: Situation, board: Deals, i: int, draws: Draws | None) -> Float[np.ndarray, "*draw _option"]:
    """Return the levels of an issue, the status quo being wherever each draw puts it."""
    issue = situation.issue(board.issues[i])
    levels = np.broadcast_to(board.levels[i], (*board.draws, board.levels[i].size)).copy()
    levels[..., board.status_quo[i]] = drawn(f"{issue.id}.status_quo", issue.status_quo, draws)
    return levels


def _approvals(
    situation: Situation, names: tuple[str, ...]
) -> tuple[tuple[Ratification, ...], tuple[Consultation, ...]]:
    ratifications: list[Ratification] = []
    consultations: list[Consultation] = []
    for bound, name in enumerate(names):
        for link in _table(situation, name).links:
            other = _table(situation, link.table)
            if link.kind == "consultation":
                consultations.append(Consultation(other.id, bound))
            elif link.kind == "ratification":
                if not other.consent:
                    raise BoardError(
                        f"'{other.id}' must ratify what is agreed at '{name}', and nobody's consent is needed there. "
                        "Name the parties that decide on it."
                    )
                ratifications.append(Ratification(other.id, bound, other.consent, decision_rule(situation, other)))
    return tuple(ratifications), tuple(consultations)


def lone(board: Deals) -> Tables:
    """Set out one board as a table that is linked to no other."""
    return Tables(
        names=(board.table,),
        boards=(board,),
        interests=(_interest(board, (), None),),
        bindings=(),
        mandates=(),
        ratifications=(),
        consultations=(),
        order=((0,),),
    )


def _voiced(situation: Situation) -> set[tuple[str, str]]:
    rows: list[Stance | Score] = [*situation.stances, *situation.scores]
    return {(row.party, row.issue) for row in rows}


def _interest(board: Deals, concerned: tuple[str, ...], voiced: set[tuple[str, str]] | None) -> Interest:
    """Put those at the table, those that watch it and the indifferent ones at linked tables beside one another."""
    watch = board.watchers
    watching = watch.parties if watch is not None else ()
    known = (*board.parties, *watching)
    silent = tuple(p for p in concerned if p not in known)
    count = len(board.parties), len(watching), len(silent)
    scores = []
    for i, own in enumerate(board.score):
        theirs = watch.score[i] if watch is not None else own[..., :0, :]
        scores.append(_padded(np.concatenate([own, theirs], axis=-2), -2, 0, count[2]))
    crosses = [replace(c, score=_padded(c.score, -3, 0, count[1] + count[2])) for c in board.interactions]
    for c in watch.interactions if watch is not None else ():
        crosses.append(replace(c, score=_padded(c.score, -3, count[0], count[2])))
    without = watch.no_deal if watch is not None else board.no_deal[..., :0]
    return Interest(
        people=(*known, *silent),
        score=tuple(scores),
        crosses=tuple(crosses),
        no_deal=_padded(np.concatenate([board.no_deal, without], axis=-1), -1, 0, count[2]),
        floor=_padded(np.concatenate([board.floor(), without], axis=-1), -1, 0, count[2]),
        voiced=tuple(voiced is None or any((p, i) in voiced for i in board.issues) for p in (*known, *silent)),
    )


def _taken(score: Int[np.ndarray, "..."], option: Int[np.ndarray, "*draw"]) -> Int[np.ndarray, "..."]:
    at = np.broadcast_to(np.asarray(option)[..., None, None], (*score.shape[:-1], 1))
    return np.asarray(np.take_along_axis(score, at, axis=-1)[..., 0])


def _padded(array: Int[np.ndarray, "..."], axis: int, before: int, after: int) -> Int[np.ndarray, "..."]:
    """Add rows of noughts along one axis."""
    width = [(0, 0)] * array.ndim
    width[axis] = (before, after)
    return np.pad(array, width)


def _concerned(situation: Situation, name: str) -> tuple[str, ...]:
    """Return the parties of the tables that this one is linked to, in either direction."""
    ends = [(t.id, link.table) for t in situation.tables for link in t.links]
    near = {a for a, b in ends if b == name} | {b for a, b in ends if a == name}
    return tuple(dict.fromkeys(p for t in situation.tables if t.id in near for p in t.consent))


def _order(count: int, arrows: set[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Group tables that reach one another, and put every group after those that mandate it."""
    reach = np.eye(count, dtype=bool)
    for a, b in arrows:
        reach[a, b] = True
    for k in range(count):
        reach |= reach[:, [k]] & reach[[k], :]
    groups = sorted({tuple(np.flatnonzero(reach[k] & reach[:, k]).tolist()) for k in range(count)})
    ordered: list[tuple[int, ...]] = []
    while groups:
        free = next(g for g in groups if not any(reach[other[0], g[0]] for other in groups if other != g))
        groups.remove(free)
        ordered.append(free)
    return tuple(ordered)
