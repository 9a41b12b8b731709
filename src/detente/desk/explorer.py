"""What does one package give everybody, who says no and why, and what near it would do better? Asked as sliders move.

The board of a table and an agenda is laid out once and held by the session; a package is then judged in far less than
it takes to draw the answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from detente.analyses.packages import Packages, packages
from detente.boards import Deals
from detente.brief.sections.deals.package import PackageTeller, Refused
from detente.brief.sections.deals.solutions import CONCEPTS
from detente.brief.sections.deals.telling import POINTS, signed
from detente.brief.words import MODES, Names, capital
from detente.desk.agendas import Plan
from detente.desk.asking import table_of
from detente.desk.bargained import Bargain, as_written, free, plan_of
from detente.desk.case import Case
from detente.desk.dealt import Asking
from detente.desk.draws import DRAWS, SEED
from detente.desk.positions import USUAL
from detente.desk.session import Session
from detente.desk.sheet import seen
from detente.figures.balance import BalanceRow, balance
from detente.outlook.mandates import with_mandates
from detente.search.packages.around import Ground, Judged, Near, ground, judged, kept
from detente.situation.nouns import Situation
from detente.situation.paths import score_path
from detente.situation.values import BasisKind

__all__ = ["Cell", "Explored", "Idea", "Laid", "Offer", "Row", "Slider", "Tick", "chosen", "explored", "laid_out"]

IDEAS = ("nash", "kalai_smorodinsky", "egalitarian")
BARRED = {"in": "has to be settled", "precondition": "does not meet the precondition"}
ONE = np.zeros(1, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Tick:
    """A level of an issue: its number, its words, and why it cannot be agreed on, if it cannot."""

    value: str
    words: str
    barred: str
    today: bool

    @property
    def label(self) -> str:
        """Return all that is said of it where a slider stands at it."""
        return f"{self.words}{', as today' if self.today else ''}{f': {self.barred}' if self.barred else ''}"


@dataclass(frozen=True, slots=True)
class Slider:
    """An issue: how it stands on the agenda, its levels, where the package has it, and whether it is to stay there."""

    issue: str
    name: str
    mode: str
    mode_path: str
    path: str
    ticks: tuple[Tick, ...]
    at: int
    free: bool
    locked: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party gets of one issue, in points, and the input behind it with how that is known."""

    words: str
    path: str | None = None
    kind: BasisKind | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of what the gains add up from."""

    name: str
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A package near this one: what is said of it, and how an address names it."""

    words: str
    package: str


@dataclass(frozen=True, slots=True)
class Idea:
    """What one idea of a reasonable bargain would choose: its key, its name, what it makes greatest, and whether it
    is the package that is looked at; `package` is None where there is no deal to choose.
    """

    concept: str
    name: str
    definition: str
    package: str | None
    here: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A table on an agenda, laid out."""

    situation: Situation
    plan: Plan
    asking: Asking
    ground: Ground
    teller: PackageTeller
    ends: tuple[tuple[float, float], ...]

    @property
    def board(self) -> Deals:
        """The board, with the agenda set."""
        return self.ground.deals


@dataclass(frozen=True, slots=True, kw_only=True)
class Explored:
    """One package, judged. `gains` are in points, by party."""

    package: str
    locked: str
    options: tuple[int, ...]
    verdict: str
    deal: bool
    frontier: bool
    gains: tuple[tuple[str, str, float], ...]
    refusals: tuple[Refused, ...]
    as_it_is: str
    better: Offer | None
    unblocked: Offer | None
    beyond_locks: Offer | None
    svg: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    unasked: tuple[tuple[str, str], ...]
    sliders: tuple[Slider, ...]
    nothing_near: str


def laid_out(session: Session, place: Bargain) -> Laid:
    """Lay a table and an agenda out, once for a situation.

    Raises BoardError where they cannot be put on a board.
    """
    return session.answer("deals-board", *place.key, compute=lambda case: _laid(case, place))


def _laid(case: Case, place: Bargain) -> Laid:
    shown = seen(case.situation, place.view)
    table = table_of(shown, place.table)
    situation = with_mandates(shown, drawing=USUAL)
    plan = plan_of(situation, table, place.agenda)
    asking = Asking(situation, table, plan, place.no_deal, DRAWS, SEED)
    on = ground(asking.board())
    modes = {issue: (mode.name, mode.by) for issue, mode in plan.modes.items()}
    teller = PackageTeller(Names(situation), on, modes)
    return Laid(situation, plan, asking, on, teller, tuple(_ends(on)))


def _ends(on: Ground) -> Iterator[tuple[float, float]]:
    """What is the least and the most that a package of the agenda gives each, in points?"""
    floor = on.held.floor[0]
    for p in range(len(on.held.parties)):
        low = high = -int(floor[p])
        for score, opened in zip(on.held.score, on.deals.open, strict=True):
            if opened.any():
                low, high = low + int(score[0, p, opened].min()), high + int(score[0, p, opened].max())
        yield low / POINTS, high / POINTS


def chosen(session: Session, place: Bargain, idea: str, package: Sequence[int], locked: Sequence[int]) -> str | None:
    """Return the package that an idea chooses with the locked issues kept, as it is written; None where it has none.

    Raises UsageError for another idea.
    """
    return next((i.package for i in ideas(session, place, package, locked) if i.concept == idea), None)


def ideas(session: Session, place: Bargain, package: Sequence[int], locked: Sequence[int]) -> tuple[Idea, ...]:
    """Say what each idea of a reasonable bargain would choose, the locked issues kept."""
    laid = laid_out(session, place)
    held = ",".join(f"{i}:{package[i]}" for i in locked)
    found: Packages = session.answer(
        "deals-ideas", *place.key, held, compute=lambda _: packages(kept(laid.board, package, locked))
    )
    every = {s.concept: s for s in found.solutions}
    return tuple(
        Idea(
            concept,
            CONCEPTS[concept],
            every[concept].definition,
            as_written(laid.board, every[concept].package) if every[concept].found else None,
            every[concept].found and tuple(every[concept].package) == tuple(package),
        )
        for concept in IDEAS
    )


def explored(laid: Laid, package: Sequence[int], *, locked: Sequence[int] = ()) -> Explored:
    """Judge a package of option indices, and look for better ones that leave the locked issues as they are."""
    found = judged(laid.ground, package, locked=locked)
    teller, board, names = laid.teller, laid.board, laid.teller.names
    return Explored(
        package=as_written(board, found.package),
        locked=",".join(board.issues[i] for i in locked),
        options=found.package,
        verdict=teller.verdict(found),
        deal=found.is_deal,
        frontier=found.on_frontier,
        gains=tuple(
            (p, capital(names.bare(p)), g / POINTS) for p, g in zip(laid.ground.held.parties, found.gains, strict=True)
        ),
        refusals=tuple(teller.refusals(found)),
        as_it_is=teller.as_it_is(found),
        better=_offer(laid, found.better, teller.better(found.better, found.package) if found.better else ""),
        unblocked=_offer(laid, found.unblocked, _unblocked(laid, found, found.unblocked)),
        beyond_locks=_offer(laid, found.beyond_locks, _beyond(laid, found, locked)),
        svg=_picture(laid, found),
        heads=tuple(capital(names.bare(p)) for p in laid.ground.held.parties),
        rows=tuple(_rows(laid, found)),
        unasked=tuple(_unasked(laid, found)),
        sliders=tuple(_slider(laid, i, found.package[i], i in locked) for i in range(len(board.issues))),
        nothing_near=_nothing(laid, found, locked),
    )


def _offer(laid: Laid, near: Near | None, words: str) -> Offer | None:
    return Offer(words, as_written(laid.board, near.package)) if near is not None else None


def _unblocked(laid: Laid, found: Judged, near: Near | None) -> str:
    return laid.teller.unblocked(near, found.package) if near is not None else ""


def _beyond(laid: Laid, found: Judged, locked: Sequence[int]) -> str:
    """Say which locks stand in the way of a better package."""
    near = found.beyond_locks
    if near is None:
        return ""
    held = laid.teller.names.issues(laid.board.issues[i] for i in near.moved if i in locked)
    said = laid.teller.better(near, found.package) if found.is_deal else laid.teller.unblocked(near, found.package)
    return f"Not with {held} locked. {said}"


def _nothing(laid: Laid, found: Judged, locked: Sequence[int]) -> str:
    """Say that no package near would do, where that is so."""
    if found.is_deal or found.unblocked is not None or found.beyond_locks is not None:
        return ""
    held = ", whatever else is unlocked" if locked else ""
    return f"No package of this agenda is a deal{held}: further down stands what blocks, and what would open one."


def _picture(laid: Laid, found: Judged) -> str:
    """Draw what everybody gains, on the scale of all packages of the agenda."""
    names, held = laid.teller.names, laid.ground.held
    crossed = {p for p, _ in found.crossed}
    rows = tuple(
        BalanceRow(
            capital(names.bare(party)),
            found.gains[p] / POINTS,
            *laid.ends[p],
            note="crosses its red line" if p in crossed else "",
        )
        for p, party in enumerate(held.parties)
    )
    title = "What this package gives everybody, beside no deal"
    return balance(rows, id="fig-package", title=title, desc="The pale band is what any package of this agenda gives.")


def _rows(laid: Laid, found: Judged) -> Iterator[Row]:
    """Add up the gains: issue by issue, what levels are worth together, what listing and no deal take off."""
    held, board, names = laid.ground.held, laid.board, laid.teller.names
    everyone = range(len(held.parties))
    for i, x in enumerate(found.package):
        if free(board, i) or x != board.status_quo[i]:
            cells = tuple(_cell(laid, p, i, x, int(held.score[i][0, p, x])) for p in everyone)
            yield Row(f"{capital(names.issue(board.issues[i]))}: {laid.teller.level(i, x)}", cells)
    package = np.array([found.package], dtype=np.int64)
    alone = sum((held.score[i][0, :, x] for i, x in enumerate(found.package)), start=np.zeros(len(everyone)))
    joint = held.worth(ONE, package)[0] - alone
    if joint.any():
        yield Row("Levels worth something together", tuple(Cell(signed(float(j))) for j in joint))
    listing = _listing(board, len(everyone))
    if listing.any():
        yield Row("Listing costs", tuple(Cell(signed(-float(c))) for c in listing))
    without = held.floor[0] - listing
    if without.any():
        yield Row("What it has without a deal", tuple(_without(laid, p, float(without[p])) for p in everyone))
    yield Row("Beside no deal", tuple(Cell(signed(g)) for g in found.gains), total=True)


def _listing(board: Deals, needed: int) -> np.ndarray:
    cost = np.zeros(needed, dtype=np.int64)
    cost[: len(board.parties)] = board.floor() - board.no_deal
    return cost


def _without(laid: Laid, party: int, worth: float) -> Cell:
    who = laid.ground.held.parties[party]
    rows = laid.situation.table(laid.board.table).no_deal
    row = next((n for n in rows if n.party == who), None)
    return Cell(signed(-worth), *((f"{laid.board.table}.no_deal.{who}", row.value.basis.kind) if row else (None, None)))


def _cell(laid: Laid, party: int, issue: int, option: int, worth: int) -> Cell:
    """Say what a level gives a party, and which input says so: a score that was entered, else what the party wants."""
    who, what, level = laid.ground.held.parties[party], laid.board.issues[issue], laid.board.levels[issue][option]
    row = next(
        (s for s in laid.situation.scores if (s.party, s.issue) == (who, what) and abs(s.at - level) < 1e-9), None
    )
    if row is not None:
        return Cell(signed(worth), score_path(row), row.value.basis.kind)
    stance = laid.situation.stance(who, what)
    if stance is None:
        return Cell(signed(worth) if worth else "no stance")
    return Cell(signed(worth), f"{who}.{what}.position", stance.position.basis.kind)


def _unasked(laid: Laid, found: Judged) -> Iterator[tuple[str, str]]:
    """Say what the package gives those who have a stake and no say."""
    seen_by = laid.board.watchers
    for k, party in enumerate(seen_by.parties if seen_by is not None else ()):
        if seen_by is not None and not seen_by.ratifies[k]:
            worth = sum(int(s[k, x]) for s, x in zip(seen_by.score, found.package, strict=True))
            worth += sum(int(c.score[k, found.package[c.first], found.package[c.second]]) for c in seen_by.interactions)
            yield capital(laid.teller.names.bare(party)), signed(worth - int(seen_by.no_deal[k]))


def _slider(laid: Laid, i: int, at: int, locked: bool) -> Slider:
    board, names = laid.board, laid.teller.names
    issue = board.issues[i]
    name, by = laid.teller.modes.get(issue, ("left_out", None))
    return Slider(
        issue=issue,
        name=capital(names.issue(issue)),
        mode="must be settled" if name == "in" else MODES[name] + (f" of {names.party(by)}" if by else ""),
        mode_path=f"{board.table}.agenda.{issue}",
        path=f"{issue}.status_quo",
        ticks=tuple(_tick(laid, i, x) for x in range(board.levels[i].size)),
        at=at,
        free=free(board, i),
        locked=locked,
    )


def _tick(laid: Laid, i: int, x: int) -> Tick:
    board, held, names = laid.board, laid.ground.held, laid.teller.names
    barring = [held.parties[p] for p in np.flatnonzero(~held.admits[i][0, :, x])]
    barred = ""
    if barring:
        barred = f"beyond the red line of {names.parties(barring)}"
    elif not board.open[i][x]:
        barred = BARRED.get(laid.teller.modes.get(board.issues[i], ("left_out", None))[0], "not on this agenda")
    return Tick(f"{float(board.levels[i][x]):g}", laid.teller.level(i, x), barred, x == board.status_quo[i])
