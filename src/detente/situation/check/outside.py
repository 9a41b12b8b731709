"""Can the moves outside the table be made, and do preferences over what comes of them agree with one another?"""

from collections.abc import Iterator, Mapping

from detente.situation.check.problem import Problem, Problems, doubt, listed
from detente.situation.nouns import Move, Situation
from detente.situation.paths import effect_path

Made = frozenset[str]  # the moves made in a state
MOST = 1e6  # points
Better = Mapping[Made, frozenset[Made]]


def moves(situation: Situation) -> Problems:
    """Find moves that keep themselves from being made, and moves of a party against itself."""
    known = {move.id: move for move in situation.moves}
    for move in situation.moves:
        if move.against == move.by:
            yield Problem(f"{move.id}.against", f"'{move.by}' is set against itself.", "Name the other party.")
        if move.id in move.excludes:
            yield Problem(f"{move.id}.excludes", f"'{move.id}' excludes itself.", "Take it out.")
        if move.after and not _possible(move, known):
            message = f"'{move.id}' can never be made: it comes after {listed(move.after)}, which it waits for in turn."
            yield Problem(f"{move.id}.after", message, "Name a move that can be made before it, or leave 'after' out.")
        if move.undone_by and move.by not in move.undone_by:
            message = f"'{move.id}' is undone by {listed(move.undone_by)}, not by its maker, and then counts as final."
            yield doubt(f"{move.id}.undone_by", message, f"Add '{move.by}' if it can take it back.")


def effects(situation: Situation) -> Problems:
    """Find effects of a move together with itself, and effects beyond anything that an issue could be worth."""
    for effect in situation.effects:
        if max(abs(effect.value.low), abs(effect.value.high)) > MOST:
            message = (
                f"'{effect.move}' is worth more than a million points to '{effect.party}', or less than minus that."
            )
            yield Problem(effect_path(effect), message, "A full-scale move on an issue that matters 100 is 100 points.")
        if effect.given == effect.move:
            yield Problem(
                effect_path(effect), f"'{effect.move}' is valued together with itself.", "Name another move in 'given'."
            )


def states(situation: Situation) -> Problems:
    """Find comparisons of a state with itself, and states in which moves stand that exclude each other."""
    exclusions = {frozenset((m.id, other)) for m in situation.moves for other in m.excludes if other != m.id}
    for index, row in enumerate(situation.preferences):
        at = f"preferences[{index}]"
        if set(row.prefers) == set(row.over):
            yield Problem(at, f"'{row.party}' compares a state with itself.", "Name two different states.")
        for pair in exclusions:
            if pair <= set(row.prefers) or pair <= set(row.over):
                message = f"{listed(sorted(pair))} exclude each other, but stand in one state."
                yield Problem(at, message, "Take one of them out of the state.")


def preferences(situation: Situation) -> Problems:
    """Find parties whose preferences go round in a circle, so that each state in it is better than itself."""
    for party in dict.fromkeys(row.party for row in situation.preferences):
        rows = [row for row in situation.preferences if row.party == party and row.strength != "indifferent"]
        better: dict[Made, frozenset[Made]] = {}
        for row in rows:
            high, low = frozenset(row.prefers), frozenset(row.over)
            if high != low:
                better[high] = better.get(high, frozenset()) | {low}
        circle = next(_circles(better), None)
        if circle is None:
            continue
        last = max(k for k, row in enumerate(situation.preferences) if row.party == party)
        if len(circle) == 2:
            message = f"'{party}' prefers each of two states to the other."
            yield Problem(f"preferences[{last}]", message, "Keep one of the two comparisons.")
        else:
            told = " over ".join(_told(made) for made in (*circle, circle[0]))
            message = f"the preferences of '{party}' go round in a circle: {told}."
            yield Problem(f"preferences[{last}]", message, "Take one of these comparisons out.")


def _told(made: Made) -> str:
    return listed(sorted(made)) if made else "nothing done"


def _circles(better: Better) -> Iterator[tuple[Made, ...]]:
    """Yield, from each state, the shortest way back to itself, where there is one."""
    for start in better:
        ways: list[tuple[Made, ...]] = [(start,)]
        seen: set[Made] = set()
        while ways:
            way = ways.pop(0)
            after = better.get(way[-1], frozenset())
            if start in after:
                yield way
                break
            for one in sorted(after - seen, key=sorted):
                seen.add(one)
                ways.append((*way, one))


def _possible(move: Move, known: Mapping[str, Move]) -> bool:
    """Can something be made first that opens the way to the move?"""
    waiting, seen = [move], {move.id}
    while waiting:
        one = waiting.pop()
        if not one.after:
            return True
        for name in one.after:
            if name in known and name not in seen:
                seen.add(name)
                waiting.append(known[name])
    return False
