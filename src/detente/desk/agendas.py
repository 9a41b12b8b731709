"""Which agendas are compared at a table: as it stands, and with each contested issue as an option or a precondition?"""

from dataclasses import dataclass

from detente.boards import Mode, agenda_modes
from detente.situation.nouns import Situation, Table
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
    """Return the issues that are off a table's agenda and pressed for, or on it and unwanted."""
    here = [d for d in situation.demands if d.table in (at.id, None)]
    unwanted = {d.issue for d in here if d.ask == "exclude"}
    settled = {a.issue for a in at.agenda if a.mode in ("in", "option", "declaratory")} - unwanted
    pressed = [d.issue for d in here if d.ask != "exclude"]
    off = [a.issue for a in at.agenda if a.mode in ("refused", "precondition", "later")]
    known = {i.id for i in situation.issues}
    return tuple(i for i in dict.fromkeys((*pressed, *off)) if i not in settled and i in known)


def _ways(situation: Situation, at: Table, base: dict[str, Mode], group: tuple[str, ...]) -> list[Plan]:
    title = " and ".join(situation.issue(i).name for i in group)
    found = [Plan(f"{title} as an option", group, "option", None, base | {i: Mode("option") for i in group})]
    for by in _setters(situation, at, group):
        modes = base | {i: Mode("precondition", by) for i in group}
        found.append(Plan(f"{title} as a precondition of {by}", group, "precondition", by, modes))
    return found


def _setters(situation: Situation, at: Table, group: tuple[str, ...]) -> tuple[str, ...]:
    """Who would make these issues a precondition: those who press from outside, or else the first at the table to."""
    pressing = [d for d in situation.demands if d.issue in group and d.table in (at.id, None) and d.ask != "exclude"]
    stood = [d.by for d in pressing if all(situation.stance(d.by, i) is not None for i in group)]
    able = [p for p in dict.fromkeys(stood) if all(any(d.by == p and d.issue == i for d in pressing) for i in group)]
    inside = insiders(situation, at)
    outside = tuple(p for p in able if p not in inside)
    return outside or tuple(able[:1])
