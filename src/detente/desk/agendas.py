"""Which agendas are compared at a table: as it stands, and with each contested issue as an option or a precondition?"""

from dataclasses import dataclass

from detente.boards import Mode, agenda_modes
from detente.situation.nouns import Demand, Situation, Table
from detente.situation.views import insiders

NARROW = "today's agenda"


@dataclass(frozen=True, slots=True)
class Plan:
    """One agenda to be asked about: the contested issues added, how, by whom, and every issue's mode."""

    name: str
    issues: tuple[str, ...]
    mode: str
    by: str | None
    modes: dict[str, Mode]


def plans(situation: Situation, table: str) -> tuple[Plan, ...]:
    """List the agendas: contested issues left out, each alone as option and precondition, and all of them together."""
    at = situation.table(table)
    contested = contested_issues(situation, at)
    base = {
        issue: mode if issue not in contested else Mode("left_out")
        for issue, mode in agenda_modes(situation, table).items()
        if mode.name != "precondition" or mode.by is not None
    }
    if not any(m.name in ("in", "option", "precondition") for m in base.values()) and not contested:
        return ()
    groups = [(issue,) for issue in contested] + ([contested] if len(contested) > 1 else [])
    added = [p for group in groups for p in _ways(situation, at, base, group)]
    return (Plan(NARROW, (), "left_out", None, base), *added)


def contested_issues(situation: Situation, at: Table) -> tuple[str, ...]:
    """Return the issues that somebody wants on a table's agenda and that are not on it."""
    settled = {a.issue for a in at.agenda if a.mode in ("in", "option", "declaratory")}
    pressed = [d.issue for d in situation.demands if d.table in (at.id, None)]
    off = [a.issue for a in at.agenda if a.mode in ("refused", "precondition", "later")]
    known = {i.id for i in situation.issues}
    return tuple(i for i in dict.fromkeys((*pressed, *off)) if i not in settled and i in known)


def _ways(situation: Situation, at: Table, base: dict[str, Mode], group: tuple[str, ...]) -> list[Plan]:
    title = " and ".join(situation.issue(i).name for i in group)
    found = [Plan(f"{title} as an option", group, "option", None, base | {i: Mode("option") for i in group})]
    setters = [_setter(situation, at, issue) for issue in group]
    if all(setters):
        modes = base | {i: Mode("precondition", by) for i, by in zip(group, setters, strict=True)}
        by = setters[0] if len(set(setters)) == 1 else None
        found.append(Plan(f"{title} as a precondition", group, "precondition", by, modes))
    return found


def _setter(situation: Situation, at: Table, issue: str) -> str | None:
    """Who would make this issue a precondition: who says so, else who presses from outside, else who presses at all."""
    mine = [d for d in situation.demands if d.issue == issue and d.table in (at.id, None) and d.ask != "exclude"]
    able = [d for d in mine if situation.stance(d.by, issue) is not None]

    inside = insiders(situation, at)

    def rank(demand: Demand) -> tuple[bool, bool]:
        return (demand.status != "condition", demand.by in inside)

    return min(able, key=rank).by if able else None
