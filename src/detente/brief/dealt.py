"""What was found out about the deals of one table on one agenda: the results as the analyses gave them."""

from dataclasses import dataclass

from detente.analyses.ally_weight import AllyWeight
from detente.analyses.blocked import Blocked
from detente.analyses.linked import Linked
from detente.analyses.motive import Motive
from detente.analyses.nash_in_nash import NashInNash
from detente.analyses.packages import Packages
from detente.analyses.robust import Robust
from detente.analyses.trades import Trades
from detente.analyses.winner import Winner
from detente.boards import Deals
from detente.brief.compared import Agenda
from detente.levers import Line, Plane, Verdict
from detente.situation.nouns import Situation


@dataclass(frozen=True, slots=True)
class Places:
    """Packages by what two parties gain beyond no deal, in points: one in `every`."""

    parties: tuple[str, str]
    packages: tuple[tuple[float, float], ...]
    excluded: tuple[tuple[float, float], ...]
    every: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealt:
    """Every answer about one table on one agenda; None or empty where a question does not arise or was not asked.

    `modes` is how each issue stands on the agenda, `held` the issues that it leaves open. `lines` and `plane` sweep
    the inputs that decide; `agendas` are the other agendas beside this one, compared with the one on which the issues
    stand as in `start`; `own` is what this one comes to in all where part of it is settled later or elsewhere. `boards`
    are those of the linked tables, `left_out` says in sentences which questions were not asked, and why.
    """

    situation: Situation
    table: str
    agenda: str
    modes: tuple[tuple[str, str, str | None], ...]
    held: tuple[str, ...]
    no_deal: str
    verdict: Verdict
    packages: Packages
    blocked: Blocked
    places: Places | None = None
    winner: Winner | None = None
    agendas: tuple[Agenda, ...] = ()
    start: tuple[tuple[str, str, str | None], ...] = ()
    own: Agenda | None = None
    motives: tuple[Motive, ...] = ()
    trades: Trades | None = None
    robust: Robust | None = None
    linked: Linked | None = None
    boards: tuple[tuple[str, Deals], ...] = ()
    weights: tuple[AllyWeight, ...] = ()
    hubs: tuple[NashInNash, ...] = ()
    lines: tuple[Line, ...] = ()
    plane: Plane | None = None
    left_out: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    draws: int = 0
    seed: int = 0
    version: str = ""
    fingerprint: str = ""
