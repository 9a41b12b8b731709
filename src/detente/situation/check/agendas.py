"""Can these tables be sat at: who consents, what is on the agenda, who pays for listing it?"""

from detente.situation.check.problem import (
    Problem,
    Problems,
    agenda_path,
    doubt,
    listed,
    listing_path,
    no_deal_path,
    repeated,
)
from detente.situation.nouns import AgendaItem, Situation, Table
from detente.situation.views import concerned


def tables(situation: Situation) -> Problems:
    """Find tables where fewer than two consent, agendas that repeat or leave out something, and stray values."""
    for table in situation.tables:
        yield from _consent(table)
        for item in table.agenda:
            yield from _item(table, item)
        for issue in repeated(item.issue for item in table.agenda):
            message = f"'{issue}' stands twice on the agenda of '{table.id}'."
            yield Problem(f"{table.id}.agenda.{issue}", message, "Keep one of the two.")
        yield from _values(table, concerned(situation, table))


def _consent(table: Table) -> Problems:
    at = f"{table.id}.consent"
    for party in repeated(table.consent):
        yield Problem(at, f"'{party}' stands twice among those who consent.", "Name it once.")
    if len(set(table.consent)) < 2:
        have = listed(table.consent) or "nobody"
        message = f"a deal at '{table.id}' needs at least two who consent; here is {have}."
        yield Problem(at, message, "Add the parties that can each say no.")
    for party in set(table.consent) & set(table.consulted):
        message = f"'{party}' both consents and is only consulted at '{table.id}'."
        yield doubt(f"{table.id}.consulted", message, "Keep it in one of the two.")
    if table.mediator is not None and table.mediator.party in table.consent:
        message = f"'{table.mediator.party}' mediates at '{table.id}' and is one of those who consent."
        yield doubt(f"{table.id}.mediator", message, "Check who mediates between whom.")


def _item(table: Table, item: AgendaItem) -> Problems:
    at = agenda_path(table, item)
    if item.mode in ("precondition", "refused") and not item.by:
        done = "makes it a precondition" if item.mode == "precondition" else "refuses it"
        message = f"'{item.issue}' is '{item.mode}' at '{table.id}', but nobody is named who {done}."
        yield Problem(f"{at}.by", message, f"Give {{mode: {item.mode}, by: [party]}}.")
    if item.mode == "elsewhere" and item.elsewhere is None:
        message = f"'{item.issue}' is settled elsewhere, but no table is named."
        yield Problem(f"{at}.elsewhere", message, "Give {mode: elsewhere, elsewhere: table}.")
    if item.elsewhere == table.id:
        message = f"'{item.issue}' is sent from '{table.id}' to itself."
        yield Problem(f"{at}.elsewhere", message, "Name the other table.")
    if item.mode != "elsewhere" and item.elsewhere is not None:
        message = f"'{item.issue}' names another table, but its mode is '{item.mode}'."
        yield doubt(f"{at}.elsewhere", message, "Make the mode 'elsewhere', or take the table out.")


def _values(table: Table, outside: tuple[str, ...]) -> Problems:
    for cost in table.listing_costs:
        path = listing_path(table, cost)
        if cost.party not in table.consent:
            message = f"'{cost.party}' has a listing cost at '{table.id}', but its consent is not needed there."
            yield Problem(path, message, f"Add it to {table.id}.consent, or take the cost out.")
        if cost.cost.low < 0:
            message = f"listing '{cost.issue}' may benefit '{cost.party}' (cost {cost.cost.low:g})."
            yield doubt(path, message, "A cost is positive; check the sign.")
    for value in table.no_deal:
        if value.party not in table.consent and value.party not in outside:
            message = f"'{value.party}' has a no-deal value at '{table.id}', but its consent is not needed there."
            yield Problem(no_deal_path(table, value), message, f"Add it to {table.id}.consent, or take the value out.")
    valued = {v.party for v in table.no_deal}
    without = [p for p in dict.fromkeys(table.consent) if p not in valued]
    if without and valued & set(table.consent):
        message = f"{listed(without)} has no no-deal value at '{table.id}', so those of the others are not used."
        yield doubt(f"{table.id}.no_deal", message, "Give one to every party that consents, or to none.")
