r"""What happens in each round: incidents and tension, crises and how they end, the table, and whether force goes on?

In round t, with T the tension before it, in this order:

    an incident happens with probability `incident`;
    the crisis of a dyad comes to a head with probability min(1, occasion (1 + T) push)                            (1)
    and ends by the chances of its equilibrium, the challenge being made with
        logit p' = logit p - lost_credibility n                                                                    (2)
    after n threats that the challenger has dropped;
    conceding settles what is moved, as part of a settlement, where there are talks; a dropped threat counts in (2);
    a challenge by force that is carried out is limited force, or war with probability `answered-to-war` where a move
        of force stands against it; talks then break off with probability `rupture`, a settlement with `deal-broken`;
    talks with a package go on by one round, by `deadline-push` rounds in that of the deadline, and settle once they
        have lasted as long as the package takes; without a package they break off with probability `walk-out`;
        talks that broke off before this round come back with probability `resumption`, but not in a war, nor in a
        round in which force is used;
    limited force that nobody used in this round ends with probability `calm`, a war with probability `war-ends`;
    T' = max(0, memory T + incident_weight (incident + broken off) + strike_weight carried out
                - relief (conceded + settled)).                                                                    (3)

`push` is `deadline-push` in the round after a deadline that passed without a settlement, for the dyads of who set it,
and 1 otherwise. While there is war no crisis comes to a head. Once there is a settlement those of dyads inside the
table rest, and those against whoever settled it by conceding; the others go on. Force is that of all dyads together. A
challenge by pressure is no force: carried out, it raises the tension and nothing else.

Source: (3) is a reciprocity series of first order in the manner of Goldstein and Freeman (1990), Three-Way Street, with
weights assumed; that talks and force go on side by side is what happens in cases.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.outlook.courses.result import (
    BACK_DOWN,
    CALM,
    CARRIED_OUT,
    COLLAPSED,
    CONCEDE,
    FULL,
    HOLD,
    LIMITED,
    NONE,
    PARTIAL,
    SETTLED_BY,
    TALKS,
    WAR,
)

_NOTHING, _AGREED, _CONCEDED = range(len(SETTLED_BY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers by which rounds go, one per draw, and what is the same in all of them.

    ================  ============  ===========================================================
    occasion          draw dyad     probability of equation (1) without tension
    others            draw          as named in `detente.outlook.courses.assumed`
    tension           draw          before the first round
    deadline_in       draw          round of the deadline, from 1; 0: none
    forceful          dyad          the challenge is by force
    answered          dyad          a move of force stands against it
    inside            dyad          both are at the table
    due               dyad          the challenger set the deadline
    target            dyad          who is challenged, by number
    gives             dyad          there is a move by which the target would concede; else conceding moves nothing
    ================  ============  ===========================================================

    `start` is the state of the table before the first round, `rounds` how many there are.
    """

    occasion: Float[np.ndarray, "draw dyad"]
    incident: Float[np.ndarray, " draw"]
    incident_weight: Float[np.ndarray, " draw"]
    strike_weight: Float[np.ndarray, " draw"]
    memory: Float[np.ndarray, " draw"]
    relief: Float[np.ndarray, " draw"]
    lost_credibility: Float[np.ndarray, " draw"]
    answered_to_war: Float[np.ndarray, " draw"]
    rupture: Float[np.ndarray, " draw"]
    deal_broken: Float[np.ndarray, " draw"]
    deadline_push: Float[np.ndarray, " draw"]
    walk_out: Float[np.ndarray, " draw"]
    resumption: Float[np.ndarray, " draw"]
    calm: Float[np.ndarray, " draw"]
    war_ends: Float[np.ndarray, " draw"]
    tension: Float[np.ndarray, " draw"]
    deadline_in: Int[np.ndarray, " draw"]
    forceful: tuple[bool, ...]
    answered: tuple[bool, ...]
    inside: tuple[bool, ...]
    due: tuple[bool, ...]
    target: tuple[int, ...]
    gives: tuple[bool, ...]
    start: int
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lots:
    """The luck of all rounds: uniform numbers in [0, 1), the same in every world.

    =========  =================  =======================================================
    incident   round draw         whether there is one
    table      round draw         whether talks break off, or come back
    force      round draw         whether force ends
    occasion   round dyad draw    whether a crisis comes to a head
    end        round dyad draw    how it ends
    answer     round dyad draw    whether what is answered becomes war
    talks      round dyad draw    whether talks or a settlement survive a challenge that is carried out
    =========  =================  =======================================================
    """

    incident: Float[np.ndarray, "round draw"]
    table: Float[np.ndarray, "round draw"]
    force: Float[np.ndarray, "round draw"]
    occasion: Float[np.ndarray, "round dyad draw"]
    end: Float[np.ndarray, "round dyad draw"]
    answer: Float[np.ndarray, "round dyad draw"]
    talks: Float[np.ndarray, "round dyad draw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What happened; arrays as in `Courses`."""

    table: Int[np.ndarray, "world draw round"]
    force: Int[np.ndarray, "world draw round"]
    end: Int[np.ndarray, "world draw round dyad"]
    incident: Bool[np.ndarray, "draw round"]
    tension: Float[np.ndarray, "world draw round"]
    initiator: Int[np.ndarray, "world draw"]
    settled_by: Int[np.ndarray, "world draw round"]


@dataclass(slots=True)
class _Now:
    """The state of every draw in every world; the only thing here that changes."""

    table: np.ndarray
    force: np.ndarray
    settled_by: np.ndarray
    tension: np.ndarray
    lasted: np.ndarray
    initiator: np.ndarray
    gave: np.ndarray  # who settled it by conceding, -1: nobody did
    dropped: np.ndarray  # world draw dyad
    raised: np.ndarray  # what this round puts on the tension
    struck: np.ndarray  # force was used in this round
    broke: np.ndarray  # the talks broke off in this round


def run(
    rules: Rules,
    lots: Lots,
    *,
    chances: Float[np.ndarray, "world draw dyad end"],
    clock: Float[np.ndarray, "world draw"],
    full: Bool[np.ndarray, "world draw"],
    agreed: Bool[np.ndarray, "world draw"],
) -> Played:
    """Play all rounds of all draws in all worlds.

    =======  ====================  =========================================================================
    chances  world draw dyad end   how a crisis ends, before any threat was dropped
    clock    world draw            rounds of talks the package takes; infinite: it is never agreed
    full     world draw            the package settles everything that is contested
    agreed   world draw            there is an agenda with a package
    =======  ====================  =========================================================================
    """
    worlds, draws, dyads = chances.shape[:3]
    now = _first(rules, (worlds, draws, dyads))
    shape = (worlds, draws, rules.rounds)
    table, force, settled_by = (np.zeros(shape, dtype=np.int8) for _ in range(3))
    end, tension = np.full((*shape, dyads), -1, dtype=np.int8), np.zeros(shape, dtype=np.float32)
    incident = np.zeros(shape[1:], dtype=bool)
    for t in range(rules.rounds):
        incident[:, t] = lots.incident[t] < rules.incident
        _begin(now, rules, incident[:, t])
        lapsed = (rules.deadline_in == t) & (t > 0) & (now.settled_by == _NOTHING)
        at_war, settled, gave = now.force == WAR, now.settled_by != _NOTHING, now.gave.copy()
        before = now.tension.copy()
        for k in range(dyads):
            idle = at_war | (settled if rules.inside[k] else gave == rules.target[k])
            heat = (1 + before) * np.where(lapsed & rules.due[k], rules.deadline_push, 1.0)
            up = ~idle & (lots.occasion[t, k] < rules.occasion[:, k] * heat)
            end[:, :, t, k] = np.where(up, _ended(now, rules, chances[:, :, k], k, lots.end[t, k]), -1)
            _felt(now, rules, k, end[:, :, t, k], (lots.answer[t, k], lots.talks[t, k]))
        _at_table(now, rules, lots.table[t], (clock, full, agreed), t + 1)
        _after(now, rules, lots.force[t])
        table[:, :, t], force[:, :, t], settled_by[:, :, t] = now.table, now.force, now.settled_by
        tension[:, :, t] = now.tension
    return Played(
        table=table,
        force=force,
        end=end,
        incident=incident,
        tension=tension,
        initiator=now.initiator.astype(np.int8),
        settled_by=settled_by,
    )


def _first(rules: Rules, shape: tuple[int, int, int]) -> _Now:
    flat = shape[:2]
    return _Now(
        table=np.full(flat, rules.start, dtype=np.int8),
        force=np.full(flat, CALM, dtype=np.int8),
        settled_by=np.full(flat, _NOTHING, dtype=np.int8),
        tension=np.broadcast_to(rules.tension, flat).copy(),
        lasted=np.zeros(flat),
        initiator=np.full(flat, -1, dtype=np.int8),
        gave=np.full(flat, -1, dtype=np.int8),
        dropped=np.zeros(shape),
        raised=np.zeros(flat),
        struck=np.zeros(flat, dtype=bool),
        broke=np.zeros(flat, dtype=bool),
    )


def _begin(now: _Now, rules: Rules, incident: np.ndarray) -> None:
    now.raised[:] = np.where(incident, rules.incident_weight, 0.0)
    now.struck[:] = False
    now.broke[:] = False


def _ended(now: _Now, rules: Rules, chances: np.ndarray, dyad: int, lot: np.ndarray) -> np.ndarray:
    """Draw how a crisis ends, equation (2)."""
    hold = chances[..., HOLD]
    made = 1.0 - hold
    # logit p' = logit p - s is p' = p / (p + (1 - p) exp(s)).
    less = made / np.maximum(made + hold * np.exp(rules.lost_credibility * now.dropped[..., dyad]), 1e-300)
    share = less / np.maximum(made, 1e-300)
    steps = np.cumsum(np.stack([1.0 - less, share * chances[..., CONCEDE], share * chances[..., BACK_DOWN]]), axis=0)
    return np.asarray((lot >= steps).sum(axis=0), dtype=np.int8)


def _felt(now: _Now, rules: Rules, dyad: int, end: np.ndarray, lots: tuple[np.ndarray, np.ndarray]) -> None:
    """Let the end of one dyad's crisis act on the table, on force and on the tension."""
    conceded, done = (end == CONCEDE) & rules.gives[dyad], end == CARRIED_OUT
    now.raised -= np.where(conceded, rules.relief, 0.0)
    settles = conceded & (now.table == TALKS)
    now.table[settles], now.settled_by[settles], now.gave[settles] = PARTIAL, _CONCEDED, rules.target[dyad]
    now.dropped[..., dyad] += end == BACK_DOWN
    now.raised += np.where(done, rules.strike_weight, 0.0)
    if not rules.forceful[dyad]:
        return
    answer, talks = lots
    now.initiator[done & (now.initiator < 0)] = dyad
    now.struck |= done
    wider = done & rules.answered[dyad] & (answer < rules.answered_to_war)
    now.force = np.where(wider, WAR, np.where(done, np.maximum(now.force, LIMITED), now.force)).astype(np.int8)
    survives = np.where(now.settled_by == _NOTHING, rules.rupture, rules.deal_broken)
    off = done & np.isin(now.table, (TALKS, PARTIAL, FULL)) & (talks < survives)
    now.table[off], now.settled_by[off], now.broke[off] = COLLAPSED, _NOTHING, True
    now.lasted[off], now.gave[off] = 0.0, -1


def _at_table(
    now: _Now, rules: Rules, lot: np.ndarray, of: tuple[np.ndarray, np.ndarray, np.ndarray], number: int
) -> None:
    """Let talks go on, settle, break off or come back."""
    clock, full, agreed = of
    talking = now.table == TALKS
    away = ((now.table == COLLAPSED) | (now.table == NONE)) & ~now.broke
    back = away & ~now.struck & (now.force != WAR) & (lot < rules.resumption)
    leaves = talking & ~agreed & (lot < rules.walk_out)
    now.raised += np.where(leaves | now.broke, rules.incident_weight, 0.0)
    now.lasted += np.where(talking & agreed, np.where(rules.deadline_in == number, rules.deadline_push, 1.0), 0.0)
    settles = talking & agreed & (now.lasted >= clock)
    now.table[settles & full], now.table[settles & ~full] = FULL, PARTIAL
    now.settled_by[settles] = _AGREED
    now.raised -= np.where(settles, rules.relief, 0.0)
    now.table[leaves], now.table[back] = COLLAPSED, TALKS


def _after(now: _Now, rules: Rules, lot: np.ndarray) -> None:
    """Let force end, and tension fade, equation (3)."""
    ends = (now.force == LIMITED) & ~now.struck & (lot < rules.calm)
    over = (now.force == WAR) & ~now.struck & (lot < rules.war_ends)
    now.force[ends | over] = CALM
    now.tension = np.maximum(0.0, rules.memory * now.tension + now.raised)
