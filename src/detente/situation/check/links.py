"""Do tables bear on one another in a way that can be worked out?"""

from collections.abc import Callable, Iterable, Mapping

from detente.situation.check.levels import levels_of, on_scale, same_level
from detente.situation.check.problem import Problem, Problems, doubt, link_path, listed, repeated, requirement_path
from detente.situation.nouns import Issue, Link, Requirement, Situation, Table
from detente.situation.views import bargained

Links = Mapping[str, tuple[str, ...]]


def links(situation: Situation) -> Problems:
    """Find tables linked to themselves, twice or in a circle, and requirements that speak of what is not there."""
    known = {table.id: table for table in situation.tables}
    for table in situation.tables:
        for link in table.links:
            if link.table == table.id:
                yield Problem(link_path(table, link), f"'{table.id}' is linked to itself.", "Name the other table.")
            elif link.table in known:
                yield from _requirements(situation, table, link, known[link.table])
        for twice in repeated(f"{link.table} ({link.kind})" for link in table.links):
            yield doubt(f"{table.id}.links", f"the link to {twice} stands twice.", "Keep one of the two.")
    yield from _circles(situation)


def _requirements(situation: Situation, table: Table, link: Link, other: Table) -> Problems:
    issues = {issue.id: issue for issue in situation.issues}
    for number, row in enumerate(link.requires):
        at = requirement_path(table, link, number)
        for field, name, where in (("issue", row.issue, other), ("of", row.of, table)):
            if name in issues and name not in bargained(situation, where):
                message = f"what '{other.id}' requires of '{table.id}' speaks of '{name}', no issue at '{where.id}'."
                yield Problem(f"{at}.{field}", message, f"Put it on {where.id}.agenda, or name another issue.")
        if row.issue in issues:
            yield from _agreed(situation, at, row, issues[row.issue])
        if row.of in issues and not on_scale(issues[row.of], row.level):
            low, high = issues[row.of].scale
            message = f"the required level {row.level:g} is outside the scale of '{row.of}', {low:g} to {high:g}."
            yield Problem(f"{at}.level", message, "Move it onto the scale, or widen the scale.")
    if link.kind == "consultation" and link.requires:
        message = f"'{other.id}' is only consulted, but requires something of '{table.id}'."
        yield doubt(link_path(table, link), message, "Make the kind mandate, or take the requirements out.")


def _agreed(situation: Situation, at: str, row: Requirement, issue: Issue) -> Problems:
    """Find levels on which nothing is agreed: no deal takes them, or they are how things stand."""
    levels = levels_of(situation, issue)
    if not any(same_level(issue, row.at, level) for level in levels):
        known = ", ".join(f"{level:g}" for level in levels)
        message = f"no deal puts '{issue.id}' at {row.at:g}; its levels are {known}."
        yield Problem(f"{at}.at", message, "Name one of those, or add the level to its options or landmarks.")
    elif same_level(issue, row.at, issue.status_quo.best):
        message = f"'{issue.id}' stands at {row.at:g} today, so this is required though nothing is agreed."
        yield doubt(f"{at}.at", message, "Name the level that is to be agreed on.")


def _circles(situation: Situation) -> Problems:
    """Find tables that bind one another: what comes of that may be several things, or nothing that stays."""
    for circle in _circular(_arrows(situation, lambda link: link.kind != "consultation")):
        round_trip = " -> ".join((*circle, circle[0]))
        message = f"{listed(circle)} bind one another in a circle: {round_trip}."
        cure = "Check which of them is settled first; otherwise every state in which they come to rest is told."
        yield doubt(f"{circle[0]}.links", message, cure)


def _arrows(situation: Situation, counts: Callable[[Link], bool]) -> Links:
    names = {table.id for table in situation.tables}
    return {
        table.id: tuple(k.table for k in table.links if k.table in names and k.table != table.id and counts(k))
        for table in situation.tables
    }


def _circular(arrows: Links) -> Iterable[tuple[str, ...]]:
    """Return, for each group of tables that reach one another, one circle through its first table."""
    done: set[str] = set()
    for start in arrows:
        if start in done:
            continue
        circle = _way_back(start, arrows)
        if circle:
            done |= _reached(start, arrows) & {t for t in arrows if start in _reached(t, arrows)}
            yield circle


def _reached(start: str, arrows: Links) -> set[str]:
    found: set[str] = set()
    waiting = list(arrows[start])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(arrows[one])
    return found


def _way_back(start: str, arrows: Links) -> tuple[str, ...]:
    """Return the shortest circle from a table back to itself; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for after in arrows[way[-1]]:
            if after == start:
                return way
            if after not in seen:
                seen.add(after)
                ways.append((*way, after))
    return ()
