"""Can this rule be decided by: is there a quorum, is there a weight, can those with a veto accept?"""

from detente.situation.check.problem import Problem, Problems, doubt, listed
from detente.situation.nouns import Situation, Table
from detente.situation.views import weight_at


def rules(situation: Situation) -> Problems:
    """Find quorums that cannot be met or are not asked for, weights that decide nothing, and stray vetoes."""
    for table in situation.tables:
        yield from _quorum(table)
        if table.rule == "weighted":
            yield from _weighted(situation, table)
        yield from _vetoes(table)
        yield from _ratifiers(table)


def _quorum(table: Table) -> Problems:
    at, count = f"{table.id}.quorum", len(set(table.consent))
    if table.rule == "quorum" and table.quorum is None:
        message = f"'{table.id}' decides by quorum, but names none."
        yield Problem(at, message, f"Say how many of the {count} who consent must accept.")
    elif table.rule != "quorum" and table.quorum is not None:
        message = f"'{table.id}' names a quorum, but decides by {table.rule}."
        yield doubt(at, message, "Make the rule quorum, or take the quorum out.")
    elif table.quorum is not None and table.quorum > count:
        message = f"'{table.id}' needs {table.quorum} who accept, and only {count} consent there."
        yield Problem(at, message, f"Give a quorum from 1 to {count}.")


def _weighted(situation: Situation, table: Table) -> Problems:
    at = f"{table.id}.rule"
    rows = {party: weight_at(situation, table, party) for party in dict.fromkeys(table.consent)}
    without = [party for party, row in rows.items() if row is None]
    if without:
        message = f"'{table.id}' decides by influence, and nothing says what {listed(without)} weighs; it counts as 1."
        yield doubt(at, message, f"Add {{party: {without[0]}, table: {table.id}, weight: ...}} to influence.")
    elif all(row is not None and row.weight.best <= 0 for row in rows.values()):
        message = f"'{table.id}' decides by influence, and nobody who consents there has any."
        yield Problem(at, message, "Give one of them a weight above 0, or choose another rule.")


def _vetoes(table: Table) -> Problems:
    at = f"{table.id}.vetoes"
    for party in dict.fromkeys(p for p in table.vetoes if p not in table.consent):
        message = f"'{party}' has a veto at '{table.id}' but does not consent there."
        yield Problem(at, message, f"Add it to {table.id}.consent, or make it a ratifier.")
    if table.vetoes and table.rule == "unanimity":
        message = f"'{table.id}' needs everybody's acceptance, so a veto adds nothing."
        yield doubt(at, message, "Take the vetoes out, or give the rule by which the others can be outvoted.")


def _ratifiers(table: Table) -> Problems:
    for party in dict.fromkeys(p for p in table.ratifiers if p in table.consent):
        message = f"'{party}' ratifies what is agreed at '{table.id}' and is one of those who consent to it."
        yield doubt(f"{table.id}.ratifiers", message, "Keep it in one of the two.")
