"""What follows at one table on one agenda: the packages, what blocks, and what those who press for more are after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version

from detente.analyses.blocked import blocked
from detente.analyses.motive import Beside, Motive, motive
from detente.analyses.packages import packages
from detente.boards import Deals, Mode, Modes, agenda_modes, with_modes
from detente.boards import deals as board_of
from detente.brief.dealt import Dealt, Places
from detente.desk.agendas import Plan, contested_issues, plans
from detente.errors import BoardError
from detente.levers import Effort, Verdict, verdict
from detente.search.packages.space import chunks, space
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation

OPEN = ("in", "option", "precondition")
OFF = ("refused", "later", "elsewhere")  # how an issue stands on an agenda without being on it
DOTS = 3000  # packages that a picture shows
LISTED = 2_000_000  # packages up to which each is looked at for a picture, or for an ally's weight
POINTS = 100.0


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked about: a table of a situation, an agenda, and what no deal is worth there."""

    situation: Situation
    table: str
    plan: Plan
    no_deal: str
    draws: int
    seed: int

    def board(self) -> Deals:
        """Return the table at the best guess, with the agenda set."""
        return with_modes(board_of(self.situation, self.table, no_deal=self.no_deal), self.plan.modes)

    def verdict(self) -> Verdict:
        """Return the verdict over the ranges."""
        effort = Effort(seed=self.seed)
        return verdict(self.situation, self.table, self.plan.modes, no_deal=self.no_deal, effort=effort)


def light(asking: Asking, *, verdict: Verdict | None = None) -> Dealt:
    """Answer what is quick to answer: the packages, what blocks, and what those who press are after.

    `verdict` is that over the ranges, where it is known already.

    Raises BoardError where the table cannot be put on a board.
    """
    held = verdict if verdict is not None else asking.verdict()
    found = narrow(asking, verdict=held)
    return replace(found, places=_places(asking.board()), motives=tuple(_motives(asking)))


def narrow(asking: Asking, *, verdict: Verdict) -> Dealt:
    """Answer only which packages there are, and what blocks.

    Raises BoardError where the table cannot be put on a board.
    """
    board, plan = asking.board(), asking.plan
    return Dealt(
        situation=asking.situation,
        table=asking.table,
        agenda=plan.name,
        modes=tuple((issue, mode.name, mode.by) for issue, mode in _stands(asking).items()),
        held=tuple(i for i in board.issues if i in plan.modes and plan.modes[i].name in OPEN),
        no_deal=board.no_deal_kind,
        verdict=verdict,
        packages=packages(board),
        blocked=blocked(board, weights=False),
        draws=asking.draws,
        seed=asking.seed,
        version=version("detente"),
        fingerprint=fingerprint(asking.situation),
    )


def _stands(asking: Asking) -> dict[str, Mode]:
    """How does every issue stand? What the file puts off, or refuses, is told as that where nobody says otherwise."""
    own, plan = agenda_modes(asking.situation, asking.table), asking.plan
    off = {i for i, m in plan.modes.items() if m.name == "left_out" and i not in plan.issues and own[i].name in OFF}
    return {issue: own[issue] if issue in off else mode for issue, mode in plan.modes.items()}


def usual(situation: Situation, table: str) -> Plan:
    """Return the agenda that is asked about where nobody names one: the table's own, contested issues left out.

    Raises BoardError where nothing is on it.
    """
    found = plans(situation, table)
    if not found:
        raise BoardError(
            f"Nothing is bargained over at table '{table}'. Put an issue on its agenda, or name one, as in "
            "--agenda ISSUE=option."
        )
    return found[0]


def _places(board: Deals) -> Places | None:
    """Where the packages lie between two parties: all of them, or as many evenly spread as a picture can show."""
    laid = space(board, red_lines=False)
    if len(board.parties) != 2 or laid.size > LISTED:
        return None
    step = max(1, laid.size // DOTS)
    fine: list[tuple[float, float]] = []
    barred: list[tuple[float, float]] = []
    for chunk in chunks(laid):
        for k in range(-chunk.start % step, chunk.gains.shape[-1], step):
            if chunk.start + k != laid.unchanged:
                at = (float(chunk.gains[0, k]) / POINTS, float(chunk.gains[1, k]) / POINTS)
                (fine if bool(chunk.admissible[k]) else barred).append(at)
    first, second = board.parties
    return Places((first, second), tuple(dict.fromkeys(fine)), tuple(dict.fromkeys(barred)), step)


def _motives(asking: Asking) -> Iterator[Motive]:
    """Ask of every party that presses for contested issues what it may be after, those from outside first."""
    situation, at = asking.situation, asking.situation.table(asking.table)
    board = board_of(situation, asking.table, no_deal=asking.no_deal)
    contested = contested_issues(situation, at)
    base: Modes = {i: m for i, m in agenda_modes(situation, asking.table).items() if i not in contested}
    seated = set(board.watchers.parties if board.watchers is not None else ())
    for presser in sorted(board.pressers, key=lambda p: p in board.parties):
        issues = tuple(i for i in contested if _presses(board, presser, i))
        if issues and presser in seated | set(board.parties):
            beside = Beside(alone=_alone(situation, presser), linked=_elsewhere(asking, presser))
            yield motive(board, presser=presser, issues=issues, base=base, beside=beside)


def _presses(board: Deals, presser: str, issue: str) -> bool:
    if issue not in board.issues:
        return False
    i = board.issues.index(issue)
    return presser in board.pressed[i] and board.conditions[i][board.pressers.index(presser)].basis != "unknown"


def _alone(situation: Situation, party: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.action for m in situation.moves if m.by == party and m.alone))


def _elsewhere(asking: Asking, party: str) -> Deals | None:
    """Return another table at which a party consents, where something can be given to it.

    What is said about no deal does not concern it.
    """
    for table in asking.situation.tables:
        if table.id != asking.table and party in table.consent and any(a.mode in OPEN for a in table.agenda):
            board = board_of(asking.situation, table.id)
            return with_modes(board, agenda_modes(asking.situation, table.id))
    return None
