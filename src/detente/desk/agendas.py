"""How is an agenda of the user's own read, and which agendas are compared beside it?"""

from collections.abc import Mapping, Sequence

from detente.boards import MODES, Mode
from detente.errors import BoardError
from detente.outlook.agendas import (
    WORDS,
    Plan,
    asks_nothing_new,
    base_modes,
    contested_issues,
    could_set,
    distinct,
    own_tables,
    plans,
    setters,
)
from detente.situation.nouns import Situation, Table

__all__ = ["Plan", "asks_nothing_new", "contested_issues", "distinct", "own_tables", "parsed", "plans"]

ASKED = "the agenda asked for"
ASSIGNED = "Write ISSUE=MODE, or ISSUE=precondition:PARTY."


def parsed(situation: Situation, table: str, specs: Sequence[str]) -> Plan:
    """Read an agenda of the user's own, such as `missiles=option` and `proxies=precondition:israel`.

    The issues named stand as they are told to; the other contested ones are left out, and the rest of the agenda is the
    table's.

    Raises BoardError, naming all that is wrong at once, for an issue, a mode or a party that is not there, for a
    precondition without a party, and for a party where none belongs.
    """
    at = next((t for t in situation.tables if t.id == table), None)
    if at is None:
        listed = ", ".join(t.id for t in situation.tables) or "none"
        raise BoardError(f"'{table}' is not a table of '{situation.title}'. Its tables: {listed}.")
    told: dict[str, Mode] = {}
    wrong: list[str] = []
    for spec in specs:
        issue, mode, problem = _assigned(situation, at, spec)
        if problem is None and issue in told:
            problem = f"'{issue}' is told twice. Name it once."
        if problem is not None:
            wrong.append(problem)
        told[issue] = mode
    if wrong:
        raise BoardError(" ".join(wrong))
    contested = tuple(i for i in contested_issues(situation, at) if i not in told)
    base = base_modes(situation, table, (*contested, *told))
    kinds = set(told.values())
    alike = next(iter(kinds)) if len(kinds) == 1 else Mode("mixed" if kinds else "left_out")
    return Plan(_own_name(situation, told), tuple(told), alike.name, alike.by, base | told)


def _assigned(situation: Situation, at: Table, spec: str) -> tuple[str, Mode, str | None]:
    """Read one assignment: the issue, its mode, and what is wrong with it."""
    issue, equals, said = (part.strip() for part in spec.partition("="))
    name, colon, by = (part.strip() for part in said.partition(":"))
    mode = Mode(name, by or None)
    if not equals or not issue or not name:
        return issue, mode, f"'{spec}' is not an assignment. {ASSIGNED}"
    if "=" in said:
        return issue, mode, f"'{spec}' has a second '='. Give each issue an --agenda of its own. {ASSIGNED}"
    if issue not in (i.id for i in situation.issues):
        return issue, mode, _unknown(situation, issue, f"{issue}={said}")
    if name not in MODES:
        return issue, mode, f"'{name}' is not a mode of an agenda (issue '{issue}'). Choose one of: {', '.join(MODES)}."
    if name != "precondition":
        meant = f"Write {issue}={name}, or {issue}=precondition:{by or 'PARTY'}."
        return issue, mode, f"Only a precondition is somebody's: '{spec}'. {meant}" if colon else None
    return issue, mode, _precondition(situation, at, issue, by)


def _unknown(situation: Situation, issue: str, spec: str) -> str:
    """Say that an issue is none, and which one was meant where its name was given instead of its id."""
    meant = next((i.id for i in situation.issues if issue.casefold() in (i.name.casefold(), i.id.casefold())), None)
    if meant is not None:
        return f"'{issue}' is not the id of an issue. Write {meant}{spec.removeprefix(issue)}."
    listed = ", ".join(i.id for i in situation.issues) or "none"
    return f"'{issue}' is not an issue of '{situation.title}'. Its issues: {listed}."


def _precondition(situation: Situation, at: Table, issue: str, by: str) -> str | None:
    """Say what is wrong with a precondition, where something is."""
    able = ", ".join(setters(situation, at, (issue,))) or "nobody: add a demand and a stance"
    if not by:
        return f"A precondition on '{issue}' is somebody's. Write {issue}=precondition:PARTY. Who could set it: {able}."
    if by not in {p.id for p in situation.parties}:
        return f"'{by}' is not a party of '{situation.title}'. Who could make '{issue}' a precondition: {able}."
    if not could_set(situation, at, by, (issue,)):
        return (
            f"'{by}' cannot make '{issue}' a precondition at table '{at.id}': that takes a demand to include it and a "
            f"stance on it. Who could: {able}."
        )
    return None


def _own_name(situation: Situation, told: Mapping[str, Mode]) -> str:
    words = [
        f"{situation.issue(i).name} {WORDS.get(m.name, m.name.replace('_', ' '))}"
        if m.name != "precondition"
        else f"{situation.issue(i).name} as a precondition of {situation.party(m.by or '').name}"
        for i, m in told.items()
    ]
    return ", ".join(words) or ASKED
