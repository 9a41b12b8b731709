"""Which agendas are compared at a table: as it stands, and with the contested issues added in every mode?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.boards import MODES, Mode, agenda_modes
from detente.boards.agendas import LISTED
from detente.errors import BoardError
from detente.search.agendas.scopes import subsets
from detente.situation.nouns import Situation, Table
from detente.situation.views import insiders

NARROW = "today's agenda"
ASKED = "the agenda asked for"
ALONE = ("option", "precondition", "later", "elsewhere", "declaratory")  # what each issue is asked in
TOGETHER = ("option", "precondition", "later")  # and what several are
WORDS = {"option": "as an option", "later": "left for later", "elsewhere": "elsewhere", "declaratory": "declared only"}
ASSIGNED = "Write ISSUE=MODE, or ISSUE=precondition:PARTY."


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
    base = _base(situation, table, contested)
    if not any(m.name in ("in", "option", "precondition") for m in base.values()) and not contested:
        return ()
    added = [p for group in subsets(contested) for p in _ways(situation, at, base, group)]
    return (Plan(NARROW, (), "left_out", None, base), *added)


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
    base = _base(situation, table, (*contested, *told))
    kinds = set(told.values())
    alike = next(iter(kinds)) if len(kinds) == 1 else Mode("mixed" if kinds else "left_out")
    return Plan(_own_name(situation, told), tuple(told), alike.name, alike.by, base | told)


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


def _base(situation: Situation, table: str, left_out: Sequence[str]) -> dict[str, Mode]:
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
            for by in _setters(situation, at, group):
                modes = base | {i: Mode(mode, by) for i in group}
                found.append(Plan(f"{title} as a precondition of {situation.party(by).name}", group, mode, by, modes))
        else:
            modes = base | {i: Mode(mode) for i in group}
            found.append(Plan(f"{title} {WORDS[mode]}", group, mode, None, modes))
    return found


def _setters(situation: Situation, at: Table, group: tuple[str, ...]) -> tuple[str, ...]:
    """Who could make these issues a precondition, those who press from outside first."""
    able = [p for p in dict.fromkeys(d.by for d in situation.demands) if _able(situation, at, p, group)]
    inside = insiders(situation, at)
    return tuple(sorted(able, key=lambda p: p in inside))


def _able(situation: Situation, at: Table, party: str, group: Sequence[str]) -> bool:
    """Whether a party presses for each of these issues, and is known to want something of it."""
    here = [d for d in situation.demands if d.by == party and d.table in (at.id, None) and d.ask != "exclude"]
    already = {a.issue for a in at.agenda if a.mode == "precondition" and party in a.by}
    pressed = {d.issue for d in here} | already
    return all(i in pressed and situation.stance(party, i) is not None for i in group)


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
    able = ", ".join(_setters(situation, at, (issue,))) or "nobody: add a demand and a stance"
    if not by:
        return f"A precondition on '{issue}' is somebody's. Write {issue}=precondition:PARTY. Who could set it: {able}."
    if by not in {p.id for p in situation.parties}:
        return f"'{by}' is not a party of '{situation.title}'. Who could make '{issue}' a precondition: {able}."
    if not _able(situation, at, by, (issue,)):
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
