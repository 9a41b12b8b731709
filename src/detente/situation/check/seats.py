"""Has everybody who wants something a place in the dispute, so that what it wants counts?"""

from collections.abc import Iterable

from detente.situation.check.problem import Problems, doubt
from detente.situation.nouns import Situation, Table


def seats(situation: Situation) -> Problems:
    """Find parties whose stances and red lines no answer takes into account.

    Without any table nobody has a seat yet, and that is not said party by party.
    """
    if not situation.tables:
        return
    placed = {*_placed(situation)}
    for party in dict.fromkeys(s.party for s in situation.stances):
        if party in placed or party not in {p.id for p in situation.parties}:
            continue
        own = [s for s in situation.stances if s.party == party]
        what = "stances and red lines" if any(s.red_line is not None for s in own) else "stances"
        message = f"'{party}' has {what}, but no part in anything: what it wants is shown, and counts nowhere."
        yield doubt(party, message, "Give it a seat, a tie or a demand, or make it a ratifier.")


def _placed(situation: Situation) -> Iterable[str | None]:
    """Walk through everybody who has a hand in something: a seat, a demand, a tie, a body, a threat or a move."""
    for table in situation.tables:
        yield from _at(table)
    for party in situation.parties:
        yield from party.members
        if party.members:
            yield party.id
    for demand in situation.demands:
        yield from (demand.by, demand.to)
    for tie in situation.ties:
        yield from (tie.source, tie.target)
    for threat in situation.threats:
        yield from (threat.by, threat.against, threat.trigger.actor if threat.trigger is not None else None)
    for move in situation.moves:
        yield from (move.by, move.against, *move.undone_by)
    yield from (row.party for row in situation.effects)
    yield from (row.party for row in situation.preferences)


def _at(table: Table) -> Iterable[str]:
    yield from (*table.consent, *table.consulted, *table.ratifiers)
    for item in table.agenda:
        yield from item.by
