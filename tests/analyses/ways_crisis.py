"""How the laws ask about crises: the two sides of a situation's first threat, in games drawn from what is on record.

Who presses and who answers follows from the threat, so that the order of the parties is left free to change nothing.
"""

from typing import Any

import numpy as np
from tests.analyses.way import Way

from detente.analyses.alternating_offers import alternating_offers
from detente.analyses.bargaining_range import bargaining_range
from detente.analyses.crisis import crisis
from detente.analyses.precision import precision
from detente.analyses.preventive_war import preventive_war
from detente.analyses.quantal import quantal
from detente.analyses.signalling_fit import ENDS, signalling_fit
from detente.analyses.strategic_fit import strategic_fit
from detente.analyses.war_of_attrition import war_of_attrition
from detente.boards import Draws, Plain, plain
from detente.boards.cases import Cases, cases
from detente.boards.crisis import OUTCOMES, Choice, Crisis, crisis_game, with_payoffs
from detente.boards.drawn import drawn
from detente.boards.holdout import Holdout, holdout
from detente.boards.lottery import Lottery, lottery
from detente.boards.patience import Patience, patience
from detente.boards.shift import Shift, shift
from detente.situation.nouns import Situation
from detente.situation.paths import inputs

SEEN = np.array([[14.0, 6], [3, 11], [4, 7]])


def roles(situation: Situation) -> tuple[str, str]:
    """Who threatens, and whom."""
    threat = situation.threats[0]
    return threat.by, threat.against


def sides(situation: Situation) -> tuple[str, str]:
    """The same two as they stand among the parties."""
    first, second = (p.id for p in situation.parties if p.id in roles(situation))
    return first, second


def numbers(situation: Situation, draws: Draws | None, party: str, count: int) -> np.ndarray:
    """As many numbers from -1 to 1 as are wanted, that hang on every input of a party and on nothing else."""
    nothing = np.zeros(np.shape(next(iter(draws.values()))) if draws else ())  # a party may have no input at all
    of_party = (drawn(put.path, put.value, draws) for put in inputs(situation) if put.path.startswith(f"{party}."))
    total = sum(of_party, nothing)
    return np.sin((np.asarray(total)[..., None] + 0.5) * np.arange(1, count + 1))


def pairs(situation: Situation, draws: Draws | None, *spans: tuple[float, float]) -> list[np.ndarray]:
    """For every span a number inside it for either side: `*draw party`."""
    each = np.stack([numbers(situation, draws, p, len(spans)) for p in sides(situation)], axis=-1)
    return [low + (high - low) * (1 + each[..., k, :]) / 2 for k, (low, high) in enumerate(spans)]


def by_role(situation: Situation, pair: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Turn numbers in the order of the parties into those of who threatens and who is threatened."""
    at = [sides(situation).index(p) for p in roles(situation)]
    return pair[..., at[0]], pair[..., at[1]]


def _game(situation: Situation, draws: Draws | None, root: Choice, ends: tuple[str, ...]) -> Crisis:
    """The tree with the payoffs of a draw each, players in the order of the parties."""
    players = sides(situation)
    game = crisis_game(root, {o: dict.fromkeys(players, 0.0) for o in ends}, players=players)
    return with_payoffs(game, 2 * np.stack([numbers(situation, draws, p, len(ends)) for p in players], axis=-1))


def _four(situation: Situation, draws: Draws | None) -> Crisis:
    """Press or not, concede or resist, stand firm or back down."""
    presser, target = roles(situation)
    end = Choice(presser, (("back down", OUTCOMES[2]), ("stand firm", OUTCOMES[3])))
    reply = Choice(target, (("concede", OUTCOMES[1]), ("resist", end)))
    return _game(situation, draws, Choice(presser, (("hold", OUTCOMES[0]), ("challenge", reply))), OUTCOMES)


def _hidden(situation: Situation, draws: Draws | None) -> Crisis:
    """One side arms without seeing whether the other pressed; where both did, the other stands firm or not."""
    presser, target = roles(situation)
    end = Choice(presser, (("back down", "retreat"), ("stand firm", "war")), knows="last")
    quiet = Choice(target, (("rest", "calm"), ("arm", "armed")), knows="unseen")
    loud = Choice(target, (("rest", "won"), ("arm", end)), knows="unseen")
    root = Choice(presser, (("wait", quiet), ("press", loud)), knows="first")
    return _game(situation, draws, root, ("calm", "armed", "won", "retreat", "war"))


def _lottery(situation: Situation, draws: Draws | None) -> Lottery:
    win, cost = pairs(situation, draws, (0.1, 0.9), (0.02, 0.4))
    (mine, _), (own, other) = by_role(situation, win), by_role(situation, cost)
    return lottery(*roles(situation), win=mine, cost=own, other_cost=(other / 2, other * 2))


def _holdout(situation: Situation, draws: Draws | None) -> Holdout:
    demand, impatience, stubborn = pairs(situation, draws, (0.55, 0.95), (0.02, 0.3), (0.05, 0.5))
    return holdout(sides(situation), demand=demand, impatience=impatience, stubborn=stubborn)


def _patience(situation: Situation, draws: Draws | None) -> Patience:
    discount, least = pairs(situation, draws, (0.5, 0.99), (0.0, 0.6))
    return patience(sides(situation), discount=discount, least=least)


def _shift(situation: Situation, draws: Draws | None) -> Shift:
    win, discount, cost = pairs(situation, draws, (0.05, 0.95), (0.5, 0.95), (0.0, 2.0))
    costs, (patient, _) = by_role(situation, cost), by_role(situation, discount)
    return shift(roles(situation), win=by_role(situation, win), discount=patient, costs=costs)


def _cases(*_: object) -> Cases:
    power = np.linspace(-2, 2, 60)
    pressed = power > -0.9
    ends = np.eye(3, dtype=int)[pressed.astype(int) + (np.sin(9 * power) > 0.2) * pressed]
    ends[::7] = [1, 0, 0]
    terms: dict[str, dict[str, np.ndarray | float]] = {
        "first, second yields": {"power": power},
        "second resists": {"const": 1.0},
    }
    return cases(("calm", "conceded", "war"), ends, terms, fixed={"first, second resists": 0.0})


def _past(*_: object) -> Cases:
    fixed = {"SA": 0.0, "VA": 1.0, "WA": -1.9, "a": -1.2, "CB": 0.0, "VB": 1.0}
    return cases(ENDS, np.array([[3, 1, 1, 1], [2, 0, 1, 0]]), {"WB": {"const": 1.0}}, fixed=fixed)


def told(*values: Any) -> Plain:
    """Round to nine digits, and say -1 where there is no number: that equals itself, and none does not."""
    return [plain(np.nan_to_num(np.round(np.asarray(v, dtype=float), 9), nan=-1.0)) for v in values]


def each(found: Any, *values: np.ndarray) -> dict[str, object]:
    return {p: told(*(v[..., k] for v in values)) for k, p in enumerate(found.parties)}


def _crisis_said(found: Any, scale: float = 1.0) -> Plain:
    ends = dict(zip(found.outcomes, np.moveaxis(found.outcome, -1, 0), strict=True))
    chances = told(found.challenge, found.resist, found.firm, found.slope)
    counts = told(found.count, found.closed, found.unchallenged)
    return {"all": counts, "chances": chances, "ends": {name: told(share) for name, share in ends.items()}}


def _quantal_said(found: Any, scale: float = 1.0) -> Plain:
    parties = each(found, found.value)
    rest = (found.choice, found.outcome, found.regret, found.found, found.turned, found.split, found.reached)
    return {"all": told(*rest), "parties": parties}


def _precision_said(found: Any, scale: float = 1.0) -> Plain:
    heights = (found.log_likelihood, found.chance, found.seen)
    return told(found.precision, found.low, found.high, *heights, found.choice, found.share, found.peaks)


def _range_said(found: Any, scale: float = 1.0) -> Plain:
    return told(found.low, found.high, found.width, found.sure, found.demand, found.war, found.gain, found.cut)


def _attrition_said(found: Any, scale: float = 1.0) -> Plain:
    parties = each(found, found.rate, found.alone, found.at_once, found.value, found.yielded)
    return {"all": told(found.end, found.never), "parties": parties}


def _offers_said(found: Any, scale: float = 1.0) -> Plain:
    """A side's share when it makes the first offer and when the other does; a last round hangs on who that is."""
    mine = np.stack([found.share[..., 0], found.turned[..., 1]], axis=-1)
    theirs = np.stack([found.turned[..., 0], found.share[..., 1]], axis=-1)
    return {"deal": told(found.deal), "parties": each(found, mine, theirs, found.short, found.tied, found.helped)}


def _shift_said(found: Any, scale: float = 1.0) -> Plain:
    return told(found.war, found.peace, found.fights, found.margin, found.flip)


def _fit_said(found: Any, scale: float = 1.0) -> Plain:
    return plain(found)


WAYS = {
    "alternating_offers": Way(_patience, lambda b: alternating_offers(b, rounds=3), _offers_said),
    "bargaining_range": Way(_lottery, bargaining_range, _range_said),
    "crisis": Way(_four, crisis, _crisis_said),
    "precision": Way(_four, lambda b: precision(b, SEEN), _precision_said),
    "preventive_war": Way(_shift, preventive_war, _shift_said),
    "quantal": Way(_hidden, quantal, _quantal_said),
    "signalling_fit": Way(_past, lambda b: signalling_fit(b, np.array([-2.9])), _fit_said),
    "strategic_fit": Way(_cases, lambda b: strategic_fit(b, rng=np.random.default_rng(0)), _fit_said),
    "war_of_attrition": Way(_holdout, lambda b: war_of_attrition(b, times=(0.0, 2.0, 8.0)), _attrition_said),
}
