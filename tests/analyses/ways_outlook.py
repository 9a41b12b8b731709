"""How the laws ask about where things are heading: bodies that vote, haggling, arming, incidents, dealings, advice."""

from typing import Any

import numpy as np
from tests.analyses.way import Way
from tests.analyses.ways_crisis import by_role, each, numbers, pairs, roles, sides, told

from detente.analyses.arms_race import arms_race
from detente.analyses.double_auction import double_auction
from detente.analyses.excitation import excitation
from detente.analyses.mediator import mediator
from detente.analyses.reciprocity import reciprocity
from detente.analyses.voting_power import voting_power
from detente.boards import Draws, Plain, plain
from detente.boards.armament import Armament, armament
from detente.boards.assembly import Assembly, assembly
from detente.boards.counsel import Counsel, counsel
from detente.boards.dealings import Dealings, dealings
from detente.boards.haggle import Haggle, haggle
from detente.boards.occurrences import Occurrences, occurrences
from detente.situation.nouns import Situation

WEEKS = np.arange(160)


def _assembly(situation: Situation, draws: Draws | None) -> Assembly:
    votes = {p.id: 1 + int(abs(numbers(situation, None, p.id, 1)[0]) * 9) for p in situation.parties}
    return assembly(votes, sum(votes.values()) // 2 + 1, must=roles(situation)[:1])


def _haggle(situation: Situation, draws: Draws | None) -> Haggle:
    low, wide = pairs(situation, draws, (0.0, 0.5), (0.2, 1.0))
    (worth, cost), (broad, far) = by_role(situation, low), by_role(situation, wide)
    return haggle(roles(situation), worth=(worth, worth + broad), cost=(cost, cost + far))


def _armament(situation: Situation, draws: Draws | None) -> Armament:
    spans = ((0.1, 0.8), (0.4, 1.5), (-0.3, 0.5), (0.0, 1.0))
    reaction, fatigue, grievance, start = pairs(situation, draws, *spans)
    return armament(sides(situation), reaction=reaction, fatigue=fatigue, grievance=grievance, start=start)


def _occurrences(situation: Situation, draws: Draws | None) -> Occurrences:
    background, jump, decay = (1 + numbers(situation, draws, roles(situation)[0], 3)[..., k] / 2 for k in range(3))
    weight = [1.0, 2.0, -1.0, 3.0]
    return occurrences([0.5, 1, 3, 3.5], 6, background=background, jump=jump / 2, decay=decay, weight=weight)


def _dealings(situation: Situation, draws: Draws | None) -> Dealings:
    """Weeks that hang on the inputs of either side, and on the other side's week before."""
    own = [
        np.sin(np.outer(WEEKS + 1, 1 + np.abs(numbers(situation, None, p, 3)))).sum(axis=1) for p in sides(situation)
    ]
    done = np.stack(own, axis=-1)
    done[1:] += 0.5 * done[:-1, ::-1]
    return dealings(sides(situation), done)


def _counsel(situation: Situation, draws: Draws | None) -> Counsel:
    own = numbers(situation, draws, roles(situation)[0], 6)
    share = [(1 + own[..., k]) / 2 for k in range(6)]
    parties = ("mediator", roles(situation)[0])
    return counsel(parties, shares=(share[0], share[1], share[2]), risk=share[3], cost=share[4], lean=share[5])


def _power_said(found: Any, scale: float = 1.0) -> Plain:
    members = {p: plain([v[k] for v in (found.shapley, found.banzhaf, found.normalised, found.blocks, found.idle)])
               for k, p in enumerate(found.parties)}  # fmt: skip
    return {"members": members, "passing": plain(found.passing)}


def _auction_said(found: Any, scale: float = 1.0) -> Plain:
    deals = (found.linear, found.needed, found.struck, found.worthwhile, found.gain, found.possible)
    return told(*deals, found.offer, found.ask)


def _race_said(found: Any, scale: float = 1.0) -> Plain:
    both = told(found.stable, found.roots, found.runs, found.halved)
    return {"both": both, "parties": each(found, found.rest, found.course)}


def _excitation_said(found: Any, scale: float = 1.0) -> Plain:
    rates = (found.log_likelihood, found.rate_now, found.led_to, found.branching, found.mean_rate)
    return told(*rates, found.rate, found.tension)


def _reciprocity_said(found: Any, scale: float = 1.0) -> Plain:
    effects = {
        f"{to} {by}": told(*(fit.effect[:, i, j] for fit in found.fits))
        for i, to in enumerate(found.parties)
        for j, by in enumerate(found.parties)
    }
    fits = told(*([fit.aic, fit.root] for fit in found.fits))
    parties = each(found, found.error, found.answers, found.chance, *(fit.constant for fit in found.fits))
    return {"fits": fits, "effects": effects, "parties": parties}


def _mediator_said(found: Any, scale: float = 1.0) -> Plain:
    return told(found.worth, np.minimum(found.least_lean, 1e6), found.believed, np.minimum(found.lacks, 1e6))


def _ask_reciprocity(board: Dealings) -> object:
    return reciprocity(board, lags=2, beside=(1,), held_out=30, refit=10, span=20)


WAYS = {
    "arms_race": Way(_armament, lambda b: arms_race(b, times=(1.0, 4.0)), _race_said),
    "double_auction": Way(_haggle, double_auction, _auction_said),
    "excitation": Way(_occurrences, excitation, _excitation_said),
    "mediator": Way(_counsel, mediator, _mediator_said),
    "reciprocity": Way(_dealings, _ask_reciprocity, _reciprocity_said),
    "voting_power": Way(_assembly, voting_power, _power_said),
}
