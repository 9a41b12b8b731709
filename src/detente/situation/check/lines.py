"""Do red lines leave anything to agree on, and does everybody at a table want something?"""

from itertools import combinations

from detente.situation.check.levels import in_words, levels_of, may_accept
from detente.situation.check.problem import Problem, Problems, agenda_path, doubt, listed
from detente.situation.nouns import Issue, RedLine, Situation, Table
from detente.situation.views import bargained

Lines = dict[str, RedLine]


def lines(situation: Situation) -> Problems:
    """Find red lines that leave their party no level at all, alone or together with another of its own."""
    known = {issue.id: issue for issue in situation.issues if issue.scale[0] < issue.scale[1]}
    held: dict[tuple[str, str], list[RedLine]] = {}
    for stance in situation.stances:
        if stance.issue in known and stance.red_line is not None:
            held.setdefault((stance.party, stance.issue), []).append(stance.red_line)
    for (party, issue), drawn in held.items():
        levels = levels_of(situation, known[issue])
        if any(all(may_accept(line, level) for line in drawn) for level in levels):
            continue
        at = f"{party}.{issue}.red_line"
        if len(drawn) > 1 and all(any(may_accept(line, level) for level in levels) for line in drawn):
            told = " and ".join(in_words(line) for line in drawn)
            message = f"the red lines of '{party}' on '{issue}' contradict each other: {told}."
            yield Problem(at, message, "Keep the one that it holds.")
        else:
            message = f"the red line of '{party}' leaves no level of '{issue}' that it accepts, not even today's."
            yield Problem(at, message, "Check the level, and whether it should be at_least or at_most.")


def shared(situation: Situation) -> Problems:
    """Find issues that must be settled at a table, though red lines there leave nothing to settle on."""
    known = {issue.id: issue for issue in situation.issues if issue.scale[0] < issue.scale[1]}
    for table in situation.tables:
        for item in table.agenda:
            if item.mode == "in" and item.issue in known:
                yield from _nothing_left(situation, table, known[item.issue], agenda_path(table, item))


def _nothing_left(situation: Situation, table: Table, issue: Issue, at: str) -> Problems:
    seated = dict.fromkeys((*table.consent, *table.ratifiers))
    held: Lines = {}
    for party in seated:
        stance = situation.stance(party, issue.id)
        if stance is not None and stance.red_line is not None:
            held[party] = stance.red_line
    levels = [level for level in levels_of(situation, issue) if level != issue.status_quo.best]
    for group in _stuck(held, levels):
        told = ", ".join(f"'{party}' accepts {in_words(held[party])}" for party in group)
        message = f"{told} on '{issue.id}', which leaves no change to agree on at '{table.id}'."
        yield doubt(at, message, "That is an answer; check the red lines, or make the issue an option.")


def _stuck(held: Lines, levels: list[float]) -> list[tuple[str, ...]]:
    """Return the parties whose red lines leave none of the levels: single ones, else pairs, else all together."""
    for groups in (combinations(held, 1), combinations(held, 2), [tuple(held)]):
        stuck = [group for group in groups if group and not _left(group, held, levels)]
        if stuck:
            return stuck
    return []


def _left(group: tuple[str, ...], held: Lines, levels: list[float]) -> bool:
    return any(all(may_accept(held[party], level) for party in group) for level in levels)


def stakes(situation: Situation) -> Problems:
    """Find parties that consent though nothing matters to them, and demands on somebody who has no seat."""
    for table in situation.tables:
        issues = bargained(situation, table)
        explicit = {s.party for s in situation.scores} | {v.party for v in situation.interactions}
        for party in dict.fromkeys(table.consent):
            own = [s for s in situation.stances if s.party == party and s.issue in issues]
            if own and party not in explicit and all(s.salience.high <= 0 for s in own):
                message = f"nothing matters to '{party}' at '{table.id}', so it gains and loses by no deal."
                yield doubt(f"{party}.{own[0].issue}.salience", message, "Give a salience above 0, or scores.")
    known = {table.id: table for table in situation.tables}
    for demand in situation.demands:
        table_asked = known.get(demand.table or "")
        if table_asked is None or demand.to is None or demand.to in _present(situation, table_asked):
            continue
        message = f"'{demand.to}' is asked for something at '{table_asked.id}', where it has no seat."
        cure = f"Add it to those who consent, are consulted or ratify there: {listed(table_asked.consent)} consent."
        yield doubt(f"{demand.id}.to", message, cure)


def _present(situation: Situation, table: Table) -> set[str]:
    """Return everybody who can answer at a table, members of bodies and the mediator included."""
    seats = {*table.consent, *table.consulted, *table.ratifiers}
    members = {m for party in situation.parties if party.id in seats for m in party.members}
    between = {table.mediator.party} if table.mediator is not None else set()
    return seats | members | between
