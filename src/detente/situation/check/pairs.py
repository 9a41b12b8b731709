"""Does what two levels are worth together speak of two issues, of levels on their scales, and once?"""

from detente.situation.check.levels import on_scale, same_level
from detente.situation.check.problem import Problem, Problems, doubt
from detente.situation.nouns import Interaction, Issue, Situation
from detente.situation.paths import together_path
from detente.situation.views import bargained

End = tuple[str, float]


def interactions(situation: Situation) -> Problems:
    """Find interactions of an issue with itself, off a scale, entered twice, or that no table can use."""
    known = {issue.id: issue for issue in situation.issues}
    together = [set(bargained(situation, table)) for table in situation.tables]
    first: dict[tuple[str, tuple[End, ...]], str] = {}
    for row in situation.interactions:
        at = together_path(row)
        if row.issue == row.other:
            message = f"'{row.party}' values '{row.issue}' together with itself."
            yield Problem(at, message, "Name two issues, or enter a score.")
            continue
        for name, level in _ends(row):
            if name in known and not on_scale(known[name], level):
                low, high = known[name].scale
                message = f"the level {level:g} is outside the scale of '{name}', {low:g} to {high:g}."
                yield Problem(at, message, "Move it onto the scale, or widen the scale.")
        other = first.setdefault((row.party, tuple(sorted(_ends(row)))), at)
        if other != at:
            yield Problem(at, f"this is '{other}' the other way round.", "Keep one of the two.")
        if {row.issue, row.other} <= {*known}:
            yield from _used(row, known, together)


def _ends(row: Interaction) -> tuple[End, End]:
    return (row.issue, row.at), (row.other, row.other_at)


def _used(row: Interaction, known: dict[str, Issue], together: list[set[str]]) -> Problems:
    if not any({row.issue, row.other} <= issues for issues in together):
        message = f"no table bargains over both '{row.issue}' and '{row.other}', so this counts nowhere."
        yield doubt(together_path(row), message, "Put both on one agenda, or take it out.")
    if all(same_level(known[name], known[name].status_quo.best, level) for name, level in _ends(row)):
        message = f"'{row.issue}' at {row.at:g} and '{row.other}' at {row.other_at:g} are how things stand."
        yield doubt(together_path(row), message, "Say what a change is worth instead; no deal is measured from today.")
