"""How the laws ask about a body that decides: all the parties of a situation, as if they decided together."""

from dataclasses import replace
from typing import Any

import numpy as np
from tests.analyses.way import Way

from detente.analyses.baselines import baselines
from detente.analyses.challenge import challenge
from detente.analyses.compromise import compromise
from detente.analyses.condorcet_election import condorcet_election
from detente.analyses.exchange import exchange
from detente.analyses.median import median
from detente.analyses.prevails import prevails
from detente.analyses.spatial_bargaining import spatial_bargaining
from detente.boards import Draws, Plain, Positions, plain, positions
from detente.situation.nouns import Situation


def members(situation: Situation, draws: Draws | None) -> Positions:
    """Everybody with a stance, on issues that can be decided anywhere on their scales."""
    return replace(positions(situation, draws=draws), options=())


def told(*arrays: Any) -> Plain:
    """Round to nine digits; a zero has no sign."""
    return [plain(np.round(np.asarray(a, dtype=float), 9) + 0.0) for a in arrays]


def by_member(found: Any, *arrays: Any) -> Plain:
    """What each party has of arrays whose last axes are the party and the issue."""
    return {p: told(*(a[..., k, :] for a in arrays)) for k, p in enumerate(found.parties)}


def decided(found: Any, scale: float) -> Plain:
    """The shape that every model of a body answers in, in the unit that the situation had."""
    decision = found.decision
    return told(decision.levels / scale, decision.weight, decision.point / scale)


def _compromise_said(found: Any, scale: float = 1.0) -> Plain:
    levers = (found.pull, found.by_salience / scale, found.by_influence / scale)
    return {"decision": told(found.decision.point / scale), "parties": by_member(found, *levers)}


def _challenge_said(found: Any, scale: float = 1.0) -> Plain:
    rounds = told(found.decision.path / scale, found.risk, found.median / scale, found.mean / scale)
    return {"decision": decided(found, scale), "rounds": rounds, "pairs": told(found.own, found.octant, found.moving)}


def _election_said(found: Any, scale: float = 1.0) -> Plain:
    return {"decision": decided(found, scale), "parties": by_member(found, found.chance, found.power)}


def _median_said(found: Any, scale: float = 1.0) -> Plain:
    ends = told(found.lower / scale, found.upper / scale, found.below, found.above)
    return {"decision": decided(found, scale), "ends": ends, "parties": by_member(found, found.unbeaten)}


def _prevails_said(found: Any, scale: float = 1.0) -> Plain:
    parts = told(found.levels / scale, found.election)
    return {"point": told(found.decision.point / scale), "parts": parts, "parties": by_member(found, found.held)}


def _baselines_said(found: Any, scale: float = 1.0) -> Plain:
    return {"decision": decided(found, scale), "rest": told(found.midpoint / scale, found.status_quo / scale)}


def _exchange_said(found: Any, scale: float = 1.0) -> Plain:
    course = told(found.outcome / scale, found.voted / scale)
    worth = {p: told(found.gained[..., k], found.external[..., k]) for k, p in enumerate(found.parties)}
    return {"decision": told(found.decision.point / scale), "course": course, "parties": worth}


def _spatial_said(found: Any, scale: float = 1.0) -> Plain:
    rounds = told(found.decision.path / scale, found.risk, found.chance, found.rounds, found.settled)
    return {"decision": decided(found, scale), "mode": told(found.mode / scale), "rounds": rounds}


WAYS = {
    "baselines": Way(members, baselines, _baselines_said),
    # Few rounds: what divides by two numbers that nearly cancel grows from round to round, the last digit with it.
    "challenge": Way(members, lambda b: challenge(b, rounds=3), _challenge_said),
    "compromise": Way(members, compromise, _compromise_said),
    "condorcet_election": Way(members, lambda b: condorcet_election(b, candidates="positions"), _election_said),
    "exchange": Way(members, lambda b: exchange(b, rounds=3), _exchange_said),
    "median": Way(members, lambda b: median(b, tie="midpoint"), _median_said),
    "prevails": Way(members, prevails, _prevails_said),
    "spatial_bargaining": Way(members, spatial_bargaining, _spatial_said),
}
