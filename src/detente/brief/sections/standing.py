"""Is there a deal on one agenda, and where: at this table, at first, or at another one?"""

from detente.brief.compared import Agenda
from detente.brief.sections.verdicts import proof
from detente.brief.words import Names, capital, percent, verb
from detente.figures.text import tenths


def settled(agenda: Agenda, narrow: Agenda | None, names: Names) -> str:
    """Say whether there is a deal on an agenda, and where."""
    if agenda.mode == "elsewhere" and agenda.asked_of != "table":
        return capital(f"{apart(agenda, narrow, names)}{_over_ranges(agenda)}")
    return f"{lead(agenda)} {tail(agenda, names)}".strip()


def lead(agenda: Agenda) -> str:
    """Say whether there is a deal, over the ranges and at the best guess."""
    verdict = agenda.verdict
    match verdict.kind:
        case "holds":
            return f"Yes, for all values in the ranges ({proof(verdict)})."
        case "none":
            return f"No, for no values in the ranges ({proof(verdict)})."
    best = "only a wash" if verdict.at_best and is_wash(agenda) else "a deal" if verdict.at_best else "no deal"
    if verdict.case_for is None:
        return f"Not ruled out, but no case with a deal was found in {verdict.draws} draws; {best} at the best guess."
    return f"It depends (a case on each side was found); {best} at the best guess."


def tail(agenda: Agenda, names: Names) -> str:
    """Say what follows the verdict: the second deal of two, or how many packages all accept, and how often."""
    if agenda.asked_of == "first stage":
        second = agenda.stage_two.chosen if agenda.stage_two is not None else None
        then = f"then {names.package(second)}" if second else "no second deal on it follows at the best guess"
        return f"That is today's deal first; {then}."
    if agenda.verdict.kind != "depends" or agenda.verdict.case_for is None:
        return ""
    be = "is" if agenda.deals == 1 else "are"
    many = f"{agenda.deals:,} of {agenda.packages:,} packages {be}" if agenda.deals else "No package is"
    rule = next((t.rule for t in names.situation.tables if t.id == agenda.verdict.table), "unanimity")
    how = "acceptable to all" if rule == "unanimity" else "carried by the table's rule"
    return f"{many} {how} at the best guess.{_share(agenda)}"


def _share(agenda: Agenda) -> str:
    if agenda.share is None:
        return ""
    share = "all" if agenda.share == 1 else "none" if agenda.share == 0 else percent(agenda.share)
    return f" A deal in {share} of the model's draws."


def apart(agenda: Agenda, narrow: Agenda | None, names: Names) -> str:
    """Say what stands where issues go to another table: the deal here, and what is settled there."""
    here = narrow is not None and narrow.verdict.at_best
    what, there = names.issues(agenda.issues), _there(agenda, names)
    if agenda.verdict.at_best:
        settled = f": {names.package(agenda.chosen)}" if agenda.chosen else ""
        stands = "today's deal stands, and" if here else "there is no deal here, but"
        return f"{stands} {what} {verb(agenda.issues, 'is', 'are')} settled {there}{settled}"
    stands = "today's deal stands; nothing" if here else "there is no deal here, and nothing"
    return f"{stands} is settled on {what} {there}"


def _there(agenda: Agenda, names: Names) -> str:
    if agenda.asked_of == "own table":
        return "at a table of its own" if len(agenda.issues) == 1 else "at a table of their own"
    return f"at {names.at(agenda.asked_of)}"


def _over_ranges(agenda: Agenda) -> str:
    """Say how the answer at another table holds over the ranges, after what it is at the best guess."""
    verdict = agenda.verdict
    if verdict.kind != "depends":
        sure = "for all values" if verdict.kind == "holds" else "for any values"
        return f", {sure} in the ranges ({proof(verdict)})."
    return f" at the best guess; over the ranges it depends.{_share(agenda).replace('A deal', 'A deal there', 1)}"


def is_wash(agenda: Agenda) -> bool:
    """Return whether nobody gains and nobody loses by the deal."""
    return bool(agenda.gains) and not any(tenths(g.points) for g in agenda.gains)
