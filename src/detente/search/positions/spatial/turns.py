"""How do the positions of a body move, round by round, and when do they rest?

In a round everybody contests whoever promises it most, if that is more than 1e-5; the two would meet somewhere; and
every party takes one of the bargains that it is part of, or stays. Ideals then drift:

    q_i' = sum_j a_ij theta_j' + (1 - sum_j a_ij) q_i                                                                (1)

with affinities a: to one's own new position alone where nothing else is said (a_ii = 1), to a patron's or a protege's.
The rounds end after at least two, once the sum of all moves is less than 0.02 of the sum of the first moves (+ 1e-4).

Source: the Spatial Model of Politics of KAPSARC (2019), KAPSARC Toolkit for Behavioral Analysis (KTAB), version 1.4.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.search.positions.spatial.bargains import Bargains, meeting, mixed, taken, worths
from detente.search.positions.spatial.contests import Contests, contests
from detente.search.positions.spatial.settings import Settings
from detente.search.positions.spatial.views import Members, Views, estimates, in_order, seen_by, views

WORTHWHILE = 1e-5
QUIET = 0.02
SLACK = 1e-4
LEAST_ROUNDS = 2
_BLOCK = 1 << 14  # numbers in one array of actors, views and receivers: some of them stay in the cache together


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One round: what it looked like before, who pressed whom, what was proposed, and who took what.

    ========  ====================  ==========================================================
    gain      draw actor            what the best contest promises an actor, in utility
    target    draw actor            whom it contests; without meaning where that is not enough
    worth     draw actor option     what every bargain is worth to everybody
    chosen    draw actor            which option of the bargains every actor takes
    at        draw actor issue      where everybody stands after it
    ========  ====================  ==========================================================
    """

    seen: Views
    bargains: Bargains
    gain: Float[np.ndarray, "draw actor"]
    target: Int[np.ndarray, "draw actor"]
    worth: Float[np.ndarray, "draw actor option"]
    chosen: Int[np.ndarray, "draw actor"]
    at: Float[np.ndarray, "draw actor issue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All rounds of some draws: before the first, and after each; a draw that rests early keeps its last positions.

    =========  =======================  =====================================
    at         draw round actor issue   0 to 1
    ideal      draw round actor issue   0 to 1
    risk       draw round actor         attitudes to risk
    rounds     draw                     how many rounds there were
    settled    draw                     whether they ended because all was quiet
    =========  =======================  =====================================

    `turns` are the rounds of a single draw, and empty where there are several.
    """

    at: Float[np.ndarray, "draw round actor issue"]
    ideal: Float[np.ndarray, "draw round actor issue"]
    risk: Float[np.ndarray, "draw round actor"]
    rounds: Int[np.ndarray, " draw"]
    settled: Bool[np.ndarray, " draw"]
    turns: tuple[Turn, ...]


def run(
    parties: Members,
    start: Float[np.ndarray, "draw actor issue"],
    *,
    settings: Settings,
    rounds: int,
    affinity: Float[np.ndarray, "actor actor"] | None = None,
    lots: Float[np.ndarray, "draw round actor"] | None = None,
) -> Run:
    """Play rounds until every draw rests, or there were `rounds` of them; `lots` are needed where bargains go by lot.

    >>> from detente.search.positions.spatial.views import members
    >>> at = np.array([[[0.0], [0.4], [1.0]]])
    >>> done = run(members(np.ones((1, 3)), np.full((1, 3, 1), 0.5)), at, settings=Settings(), rounds=100)
    >>> done.settled, done.at[0, -1, :, 0].round(2)
    (array([ True]), array([0.4, 0.4, 0.4]))
    """
    count = len(start)
    at, ideal, open_ = start, start, np.arange(count)
    paths, ideals, risks = [start], [start], []
    ran, settled, reach = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool), np.zeros(count)
    turns: list[Turn] = []
    risk = np.zeros(start.shape[:2])
    for number in range(rounds):
        here = _only(parties, open_)
        step = turn(here, at, ideal, settings=settings, lot=None if lots is None else lots[open_, number])
        ideal = step.at if affinity is None else drift(step.at, ideal, affinity)
        moved = in_order(_lengths(step.at - at))
        at = step.at
        risk = _put(risk, open_, step.seen.risk)
        risks.append(risk)
        paths.append(_put(paths[-1], open_, at))
        ideals.append(paths[-1] if affinity is None else _put(ideals[-1], open_, ideal))
        if count == 1:
            turns.append(step)
        if number == 0:
            reach = moved + SLACK
        ran[open_] = number + 1
        quiet = (moved / reach < QUIET) & (number + 1 >= LEAST_ROUNDS)
        settled[open_[quiet]] = True
        if quiet.any():
            at, ideal, reach, open_ = at[~quiet], ideal[~quiet], reach[~quiet], open_[~quiet]
        if not open_.size:
            break
    last = views(parties, paths[-1], ideals[-1], settings).risk
    return Run(
        at=np.stack(paths, axis=1),
        ideal=np.stack(ideals, axis=1),
        risk=_with_last(risks, last, ran),
        rounds=ran,
        settled=settled,
        turns=tuple(turns),
    )


def turn(
    parties: Members,
    at: Float[np.ndarray, "draw actor issue"],
    ideal: Float[np.ndarray, "draw actor issue"],
    *,
    settings: Settings,
    lot: Float[np.ndarray, "draw actor"] | None = None,
) -> Turn:
    """Play one round: contests, bargains, choices.

    >>> from detente.search.positions.spatial.views import members
    >>> at = np.array([[[0.0], [1.0]]])
    >>> turn(members(np.array([[3.0, 1.0]]), np.full((1, 2, 1), 0.5)), at, at, settings=Settings()).at.round(2)
    array([[[0.1],
            [0.1]]])
    """
    seen = views(parties, at, ideal, settings)
    eyes = estimates(seen.risk, settings.risk_estimate)
    count, actors = seen.risk.shape
    everybody = np.broadcast_to(np.arange(actors), (count * actors, actors))
    found = _weighed(parties, seen, eyes.reshape(-1, actors), receiver=everybody, settings=settings)
    gain = found.gain.reshape(count, actors, actors).copy()
    gain[:, np.arange(actors), np.arange(actors)] = -np.inf
    target = gain.argmax(axis=2)
    best, chance = _at(gain, target), _at(found.chance.reshape(count, actors, actors), target)
    real = best > WORTHWHILE
    pairs = _pairs(at, target)
    places = [meeting(pairs, _pairs(parties.salience, target), chance, settings.interpolation)]
    if settings.bargain != "init-only":
        theirs = _receivers(parties, seen, eyes, target=target, settings=settings)
        places.append(meeting(pairs, _pairs(parties.salience, target), theirs, settings.interpolation))
    if settings.bargain == "pwcomp":
        places = [mixed(places[0], places[1], _mixing(parties, target, settings))]
    bargains = _listed(at, target, real, places)
    worth = worths(bargains, parties, seen, ideal)
    chosen = taken(bargains, worth, parties.capability, settings, lot)
    return Turn(
        seen=seen,
        bargains=bargains,
        gain=best,
        target=target,
        worth=worth,
        chosen=chosen,
        at=_moved(at, bargains, chosen),
    )


def drift(
    at: Float[np.ndarray, "draw actor issue"],
    ideal: Float[np.ndarray, "draw actor issue"],
    affinity: Float[np.ndarray, "actor actor"],
) -> Float[np.ndarray, "draw actor issue"]:
    """Let ideals drift towards the positions that parties follow, equation (1).

    >>> at, ideal = np.array([[[0.0], [1.0]]]), np.array([[[0.5], [0.5]]])
    >>> drift(at, ideal, np.array([[1.0, 0.0], [0.25, 0.25]]))
    array([[[0. ],
            [0.5]]])
    """
    total = np.zeros_like(ideal)
    for j in range(affinity.shape[1]):
        total += affinity[:, j, None] * at[:, None, j]
    lag = 1 - np.minimum(in_order(affinity), 1.0)
    return np.asarray(total + lag[:, None] * ideal)


def _weighed(
    parties: Members,
    seen: Views,
    eyes: Float[np.ndarray, "view actor"],
    *,
    receiver: Int[np.ndarray, "view receiver"],
    settings: Settings,
) -> Contests:
    """Work out contests by initiator, draw after draw, in views that come in the same order; in blocks."""
    count, actors = seen.risk.shape
    size = max(1, _BLOCK // actors**2)
    chance, gain = np.empty((2, count * actors, receiver.shape[1]))
    for begin in range(0, count * actors, size):
        rows = np.arange(begin, min(begin + size, count * actors))
        draw = rows // actors
        found = contests(
            seen_by(seen.distance[draw], eyes[rows]),
            rows % actors,
            receiver[rows],
            parties=_only(parties, draw),
            vote=settings.vote,
            third_party=settings.third_party,
        )
        chance[rows], gain[rows] = found.chance, found.gain
    return Contests(chance=chance, gain=gain)


def _receivers(
    parties: Members,
    seen: Views,
    eyes: Float[np.ndarray, "draw viewer actor"],
    *,
    target: Int[np.ndarray, "draw actor"],
    settings: Settings,
) -> Float[np.ndarray, "draw actor"]:
    """Say what every contested party expects of the contest, by initiator: its gain or its chance, as settings say."""
    count, actors = target.shape
    looked = eyes[np.arange(count)[:, None], target].reshape(-1, actors)
    found = _weighed(parties, seen, looked, receiver=target.reshape(-1, 1), settings=settings)
    return (found.gain if settings.receiver_view == "gain" else found.chance).reshape(count, actors)


def _mixing(
    parties: Members, target: Int[np.ndarray, "draw actor"], settings: Settings
) -> tuple[Float[np.ndarray, "draw actor"], Float[np.ndarray, "draw actor"]]:
    power = parties.capability
    theirs = power if settings.compromise_weight == "initiator" else np.take_along_axis(power, target, axis=1)
    return power * parties.care, theirs * np.take_along_axis(parties.care, target, axis=1)


def _listed(
    at: Float[np.ndarray, "draw actor issue"],
    target: Int[np.ndarray, "draw actor"],
    real: Bool[np.ndarray, "draw actor"],
    places: list[tuple[np.ndarray, np.ndarray]],
) -> Bargains:
    """Set the bargains out behind how things are, by initiator, its own proposal before the receiver's."""
    each = len(places)
    count, actors = target.shape
    issues = at.shape[2]
    size = 1 + each * actors
    first, second = np.zeros((2, count, size, issues))
    for row, place in enumerate(places):
        first[:, 1 + row :: each], second[:, 1 + row :: each] = place
    whom, there = np.zeros((count, size), dtype=np.int64), np.ones((count, size), dtype=bool)
    whom[:, 1:], there[:, 1:] = np.repeat(target, each, axis=1), np.repeat(real, each, axis=1)
    who = np.concatenate(([0], np.repeat(np.arange(actors), each)))
    return Bargains(who=who, whom=whom, real=there, first=first, second=second)


def _moved(
    at: Float[np.ndarray, "draw actor issue"], bargains: Bargains, chosen: Int[np.ndarray, "draw actor"]
) -> Float[np.ndarray, "draw actor issue"]:
    """Put everybody at its own side of what it chose."""
    draws, actor = np.arange(len(at))[:, None], np.arange(at.shape[1])
    own = bargains.who[chosen] == actor
    side = np.where(own[..., None], bargains.first[draws, chosen], bargains.second[draws, chosen])
    return np.where((chosen > 0)[..., None], side, at)


def _with_last(
    risks: list[Float[np.ndarray, "draw actor"]], last: Float[np.ndarray, "draw actor"], ran: Int[np.ndarray, " draw"]
) -> Float[np.ndarray, "draw round actor"]:
    """Put the attitudes in the last positions behind those of every draw's own rounds."""
    told = np.stack([*risks, last], axis=1)
    after = np.arange(told.shape[1]) >= ran[:, None]
    return np.where(after[..., None], last[:, None], told)


def _pairs(
    values: Float[np.ndarray, "draw actor issue"], target: Int[np.ndarray, "draw actor"]
) -> tuple[Float[np.ndarray, "draw actor issue"], Float[np.ndarray, "draw actor issue"]]:
    return values, values[np.arange(len(values))[:, None], target]


def _at(values: Float[np.ndarray, "draw actor option"], which: Int[np.ndarray, "draw actor"]) -> np.ndarray:
    draws, actors, _ = values.shape
    return np.asarray(values[np.arange(draws)[:, None], np.arange(actors), which])


def _only(parties: Members, rows: Int[np.ndarray, " row"]) -> Members:
    return Members(capability=parties.capability[rows], salience=parties.salience[rows], care=parties.care[rows])


def _put(before: np.ndarray, rows: Int[np.ndarray, " row"], values: np.ndarray) -> np.ndarray:
    after = before.copy()
    after[rows] = values
    return after


def _lengths(moves: Float[np.ndarray, "draw actor issue"]) -> Float[np.ndarray, "draw actor"]:
    return np.asarray(np.sqrt(in_order(moves * moves)))
