"""What is each move worth to whom, where the situation does not say it?

For party i and move m: what a threat says it costs to carry out; else what it is assumed to be worth by the act, the
world and the part that i has in it; for a concession, what the issues at the main table are worth to i where they end
up (the equation of `detente.boards.scoring`, at the corners of its ranges). Added as well is that there is nothing left
to gain from force against a party that has conceded.
"""

from collections.abc import Iterator
from functools import partial

from detente.boards.outside.actions import action_key, announced, kind_of
from detente.boards.outside.roles import act_of, consenting, kind_at, main_table, role_of, targets_of
from detente.boards.outside.worlds import STATED, TABLE, WORLDS, Corners, assumed
from detente.situation.nouns import Effect, Issue, Move, Situation, Stance, Threat, World
from detente.situation.values import UNSIGNED_EDIT, Basis, Range
from detente.situation.views import bargained

_NO_REASON = "no-reason-left"


def with_effects(situation: Situation) -> Situation:
    """Return the situation with an effect of every move on everybody who has a part in it, in every world.

    An effect that the situation gives stands, and keeps others from being added for that party, move and world. What
    follows from other effects is worked out anew, unless it is signed; a number that is not of the rule it names is an
    unsigned entry.

    >>> raid = Move(id="raid", by="a", action="strike", against="b")
    >>> found = with_effects(Situation(title="t", moves=(raid,)))
    >>> [(e.party, e.world, e.value.best) for e in found.effects][:2]
    [('a', 'drift', -25.0), ('a', 'squeeze', -20.0)]
    """
    voices = tuple(dict.fromkeys((*consenting(situation), *(m.by for m in situation.moves))))
    kept = tuple(_signed(e) for e in situation.effects if not _is_derived(e))
    if kept != situation.effects:
        situation = situation.model_copy(update={"effects": kept})
    known = {(e.party, e.move, e.given, e.world) for e in kept}
    found: list[Effect] = []
    for move in situation.moves:
        for party in voices:
            for row in _effects(situation, party, move):
                found += _missing(row, known)
    written = situation.model_copy(update={"effects": (*situation.effects, *found)}) if found else situation
    spent: list[Effect] = []
    for row in _spent(written):
        spent += _missing(row, known)
    return written.model_copy(update={"effects": (*written.effects, *spent)}) if spent else written


def _is_derived(row: Effect) -> bool:
    return (row.value.basis.kind, row.value.basis.rule) == ("assumed", _NO_REASON)


def _signed(row: Effect) -> Effect:
    """Return an effect, as an unsigned entry where its numbers are not those of the assumption that it names."""
    basis, value = row.value.basis, row.value
    named = [a for a in TABLE if basis.kind == "assumed" and a.rule == basis.rule]
    worlds = WORLDS if row.world is None else (row.world,)
    if not named or (value.low, value.best, value.high) in {a.corners(w) for a in named for w in worlds}:
        return row
    return row.model_copy(update={"value": value.model_copy(update={"basis": UNSIGNED_EDIT}), "basis": UNSIGNED_EDIT})


def _missing(row: Effect, known: set[tuple[str, str, str | None, World | None]]) -> Iterator[Effect]:
    """Yield an effect in the worlds for which none is known: as one where it is none of them."""
    key = (row.party, row.move, row.given)
    if (*key, None) in known:
        return
    if row.world is None:
        lacking = [w for w in WORLDS if (*key, w) not in known]
        if len(lacking) == len(WORLDS):
            yield row
        else:
            yield from (row.model_copy(update={"world": w}) for w in lacking)
    elif (*key, row.world) not in known:
        yield row


def _effects(situation: Situation, party: str, move: Move) -> Iterator[Effect]:
    """Yield what a move is worth to a party, by the first of the rules that has something to say."""
    cost = _threat_cost(situation, move) if party == move.by else None
    if cost is not None:
        yield _effect(party, move, (-cost.high, -cost.best, -cost.low), _as(cost.basis, "threat-cost"))
        return
    if kind_of(move.action) == "concession":
        conceded = _conceded(situation, party, move)
        if conceded is not None and any(conceded):
            yield _effect(party, move, conceded, Basis(kind="supplied", rule="effect-of-conceding"))
        return
    role = role_of(situation, party, move)
    row = None if role is None else assumed(act_of(situation, move), role)
    if row is not None:
        basis = Basis(kind="assumed", rule=row.rule)
        if row.drift == row.squeeze == row.force:
            yield _effect(party, move, row.drift, basis)
        else:
            yield from (_effect(party, move, row.corners(w), basis, world=w) for w in WORLDS)
        return
    sign = _stated(situation, party, move)
    if sign:
        low, best, high = STATED
        corners = STATED if sign > 0 else (-high, -best, -low)
        yield _effect(party, move, corners, Basis(kind="assumed", rule="effect-as-preferred"))


def _effect(
    party: str, move: Move, corners: Corners, basis: Basis, *, world: World | None = None, given: str | None = None
) -> Effect:
    low, best, high = (round(c, 2) + 0.0 for c in corners)
    value = Range(low=low, best=best, high=high, basis=basis)
    return Effect(party=party, move=move.id, given=given, world=world, value=value, basis=basis)


def _as(basis: Basis, rule: str) -> Basis:
    return basis.model_copy(update={"rule": rule})


def _threat_cost(situation: Situation, move: Move) -> Range | None:
    """What does the threat that announces a move say it costs to carry out?"""
    same = (
        t.cost
        for t in situation.threats
        if t.kind == "threat" and t.by == move.by and t.cost is not None and _announces(situation, t, move)
    )
    return next(same, None)


def _announces(situation: Situation, threat: Threat, move: Move) -> bool:
    if move.against not in (threat.against, None):
        return False
    forceful = kind_at(situation, move) == announced(situation.moves, threat) == "force"
    return forceful or action_key(threat.action) == action_key(move.action)


def _stated(situation: Situation, party: str, move: Move) -> int:
    """Does a party without a part in a move say that it would rather have it done (1), or not (-1)?"""
    for row in situation.preferences:
        done, undone = set(row.prefers), set(row.over)
        if row.party == party and row.strength != "indifferent" and done ^ undone == {move.id}:
            return 1 if move.id in done else -1
    return 0


def _conceded(situation: Situation, party: str, move: Move) -> Corners | None:
    """Add up what a party has when a move's maker gives the others at the table what they ask; None: no word of it.

    On an issue where what they ask is no worse for the maker than today, there is nothing to give.
    """
    table = main_table(situation)
    if table is None:
        return None
    others = tuple(p for p in consenting(situation) if p != move.by)
    bearing = bargained(situation, table)
    found = []
    for issue in (i for i in situation.issues if i.id in bearing):
        giver, own = situation.stance(move.by, issue.id), situation.stance(party, issue.id)
        asked = _asked(situation, giver, others, issue)
        if asked is None or own is None or (giver is not None and _gained(issue, giver, asked)[1] >= 0):
            continue
        low, best, high = _gained(issue, own, asked)
        found.append((low, best, min(high, 0.0) if own is giver else high))
    if not found:
        return None
    return sum(f[0] for f in found), sum(f[1] for f in found), sum(f[2] for f in found)


def _asked(situation: Situation, giver: Stance | None, others: tuple[str, ...], issue: Issue) -> Stance | None:
    """Whose stance says what is asked of who concedes? Of the others at the table, the farthest from its own."""
    stances = [s for s in (situation.stance(p, issue.id) for p in others) if s is not None]
    here = issue.status_quo.best if giver is None else giver.position.best
    return max(stances, key=lambda s: abs(s.position.best - here), default=None)


def _gained(issue: Issue, own: Stance, asked: Stance) -> Corners:
    """What is the level that is asked for worth to a party: least, best guess and most over all that is not known?"""
    width = max(issue.scale) - min(issue.scale)
    today = issue.status_quo.best
    same = own is asked

    worth = partial(_moved, today, width)
    ends = (own.position.low, own.position.best, own.position.high)
    levels = (asked.position.low, asked.position.best, asked.position.high)
    pairs = [(x, x) for x in ends] if same else [(x, level) for x in ends for level in (*levels, _within(x, asked))]
    every = [worth(x, level, s) for x, level in pairs for s in (own.salience.low, own.salience.high)]
    best = worth(own.position.best, asked.position.best, own.salience.best)
    return min(*every, best), best, max(*every, best)


def _moved(today: float, width: float, at: float, level: float, salience: float) -> float:
    """What is a level worth beside today's to who stands at one?"""
    return salience * (abs(today - at) - abs(level - at)) / width if width > 0 else 0.0


def _within(at: float, asked: Stance) -> float:
    return min(max(at, asked.position.low), asked.position.high)


def _spent(situation: Situation) -> Iterator[Effect]:
    """Yield what force loses of its worth to its maker once the one it is aimed at has conceded: all that it gained."""
    conceding = [m for m in situation.moves if kind_of(m.action) == "concession"]
    basis = Basis(kind="assumed", rule=_NO_REASON)
    for move in (m for m in situation.moves if act_of(situation, m) == "force"):
        targets = targets_of(situation, move)
        for given in (c for c in conceding if c.by in targets):
            for world, value in _to_maker(situation, move):
                lost = (-value.high, -max(value.best, 0.0), -max(value.low, 0.0))
                if value.high > 0:
                    yield _effect(move.by, move, lost, basis, world=world, given=given.id)


def _to_maker(situation: Situation, move: Move) -> Iterator[tuple[World | None, Range]]:
    """Yield what a move is worth to its maker, by world: a world's own number replaces the one for all."""
    rows = {e.world: e.value for e in situation.effects if (e.party, e.move, e.given) == (move.by, move.id, None)}
    for world, value in rows.items():
        others = [w for w in WORLDS if w not in rows]
        yield from ((w, value) for w in ((world,) if world or len(others) == len(WORLDS) else others))
