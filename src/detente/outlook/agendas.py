"""Which agendas are compared at a table: as it stands, and with the contested issues added in every mode?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.boards import Mode, agenda_modes
from detente.boards.agendas import LISTED
from detente.search.agendas.scopes import subsets
from detente.situation.nouns import Situation, Table
from detente.situation.views import insiders

NARROW = "today's agenda"
ALONE = ("option", "precondition", "later", "elsewhere", "declaratory")  # what each issue is asked in
TOGETHER = ("option", "precondition", "later")  # and what several are
WORDS = {"option": "as an option", "later": "left for later", "elsewhere": "elsewhere", "declaratory": "declared only"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One agenda to be asked about: the contested issues added, how, by whom, and every issue's mode."""

    name: str
    issues: tuple[str, ...]
    mode: str
    by: str | None
    modes: dict[str, Mode]

    @property
    def added(self) -> dict[str, Mode]:
        """How the contested issues stand."""
        return {issue: self.modes[issue] for issue in self.issues}


def plans(situation: Situation, table: str) -> tuple[Plan, ...]:
    """List the agendas: the contested issues left out, each alone in every mode, and each larger set of them."""
    at = situation.table(table)
    contested = contested_issues(situation, at)
    base = base_modes(situation, table, contested)
    if not any(m.name in ("in", "option", "precondition") for m in base.values()) and not contested:
        return ()
    added = [p for group in subsets(contested) for p in _ways(situation, at, base, group)]
    return (Plan(NARROW, (), "left_out", None, base), *added)


def contested_issues(situation: Situation, at: Table) -> tuple[str, ...]:
    """Return the issues that are off a table's agenda and pressed for, or on it and unwanted."""
    here = [d for d in situation.demands if d.table in (at.id, None)]
    unwanted = {d.issue for d in here if d.ask == "exclude"}
    settled = {a.issue for a in at.agenda if a.mode in ("in", "option", "declaratory")} - unwanted
    pressed = [d.issue for d in here if d.ask != "exclude"]
    off = [a.issue for a in at.agenda if a.mode in ("refused", "precondition", "later", "elsewhere")]
    known = {i.id for i in situation.issues}
    return tuple(i for i in dict.fromkeys((*pressed, *off)) if i not in settled and i in known)


def own_tables(situation: Situation, at: Table) -> Mapping[str, str]:
    """Name the table at which an issue would be settled elsewhere, where the agenda says which."""
    known = {t.id for t in situation.tables if len(t.consent) > 1} - {at.id}
    return {a.issue: a.elsewhere for a in at.agenda if a.elsewhere in known and a.elsewhere is not None}


def asks_nothing_new(situation: Situation, at: Table, plan: Plan) -> bool:
    """Whether the table is asked what it is asked on the narrow agenda: nothing is listed that costs anything."""
    costly = {c.issue for c in at.listing_costs}
    return all(m.name not in LISTED or (m.name == "declaratory" and i not in costly) for i, m in plan.added.items())


def distinct(situation: Situation, table: str, asked: Sequence[Plan]) -> tuple[Plan, ...]:
    """Return the agendas on which this table is asked something of its own, not what is put off or settled apart."""
    at = situation.table(table)
    return tuple(p for p in asked if not p.issues or not asks_nothing_new(situation, at, p))


def base_modes(situation: Situation, table: str, left_out: Sequence[str]) -> dict[str, Mode]:
    """Return how every issue stands on a table's own agenda, with some of them left out."""
    return {
        issue: mode if issue not in left_out else Mode("left_out")
        for issue, mode in agenda_modes(situation, table).items()
        if mode.name != "precondition" or mode.by is not None or issue in left_out
    }


def _ways(situation: Situation, at: Table, base: dict[str, Mode], group: tuple[str, ...]) -> list[Plan]:
    title = " and ".join(situation.issue(i).name for i in group)
    found = []
    for mode in ALONE if len(group) == 1 else TOGETHER:
        if mode == "precondition":
            for by in setters(situation, at, group):
                modes = base | {i: Mode(mode, by) for i in group}
                found.append(Plan(f"{title} as a precondition of {situation.party(by).name}", group, mode, by, modes))
        else:
            modes = base | {i: Mode(mode) for i in group}
            found.append(Plan(f"{title} {WORDS[mode]}", group, mode, None, modes))
    return found


def setters(situation: Situation, at: Table, group: tuple[str, ...]) -> tuple[str, ...]:
    """Return who could make these issues a precondition, those who press from outside first."""
    able = [p for p in dict.fromkeys(d.by for d in situation.demands) if could_set(situation, at, p, group)]
    inside = insiders(situation, at)
    return tuple(sorted(able, key=lambda p: p in inside))


def could_set(situation: Situation, at: Table, party: str, group: Sequence[str]) -> bool:
    """Return whether a party presses for each of these issues, and is known to want something of it."""
    here = [d for d in situation.demands if d.by == party and d.table in (at.id, None) and d.ask != "exclude"]
    already = {a.issue for a in at.agenda if a.mode == "precondition" and party in a.by}
    pressed = {d.issue for d in here} | already
    return all(i in pressed and situation.stance(party, i) is not None for i in group)
