r"""Where does the threat of force lead, dyad by dyad, in each of the named worlds?

The crisis of two parties has four ends (see `detente.analyses.crisis`). What each is worth follows from what the moves
are worth, in the unit of listing costs, today counting 0:

    hold        S_A = 0
    concede     V_A, C_B  what B's concession is worth to A and to B                                             (1)
    back down   a = -audience cost of A,  V_B = what B gains by having stood firm                                (2)
    stand firm  W_A, W_B  what the challenge and every move that answers it are worth together                   (3)

Both sides know these up to a private stake, normal with mean 0, in which all payoffs are measured. Audience cost, the
gain of having stood firm and the private stake are in no text: they are assumed by world and swept.

Source: Lewis and Schultz (2003), Political Analysis 11(4), for the game; Fearon (1994), American Political Science
Review 88(3), for the cost of backing down. That payoffs can be read off moves one by one is a convention of ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.analyses.crisis import CrisisEquilibria, crisis
from detente.boards.crisis import Crisis, four_outcomes
from detente.boards.drawn import Draws, drawn
from detente.boards.outside.dyads import Dyad
from detente.boards.outside.worlds import Corners
from detente.boards.outside.worth import counting
from detente.ensemble import Chunk, triangular
from detente.situation.nouns import Situation, World
from detente.situation.paths import effect_path
from detente.situation.values import Basis, Range

AUDIENCE_COST: dict[World, Corners] = {"drift": (0, 3, 10), "squeeze": (0, 8, 25), "force": (2, 15, 40)}
STOOD_FIRM: Corners = (0, 5, 15)
PRIVATE_STAKE: Corners = (10, 20, 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """The crisis of one dyad in one world, over draws.

    ========  ======================  ==================================================================
    kept      draw                    the draw agrees with what parties are said to prefer
    stake     draw                    standard deviation of what each keeps private, in points
    payoff    draw, outcome, player   in points; outcomes as in `detente.boards.crisis.OUTCOMES`, A first
    ========  ======================  ==================================================================

    `game` holds the payoffs in units of the private stake, `found` all its equilibria, `best` those at the best guess.
    """

    dyad: Dyad
    world: World
    answers: tuple[str, ...]
    kept: Bool[np.ndarray, " draw"]
    stake: Float[np.ndarray, " draw"]
    payoff: Float[np.ndarray, "draw outcome player"]
    game: Crisis
    found: CrisisEquilibria
    best: CrisisEquilibria


def escalation(
    situation: Situation, dyad: Dyad, world: World, *, draws: Draws, kept: Bool[np.ndarray, " draw"], seed: int
) -> Escalation:
    """Set out one dyad's crisis in one world and find all its equilibria, draw by draw; equations (1) to (3).

    `situation` is a drafted one, `draws` are those of its inputs, and `kept` marks those that count.

    >>> from detente.boards.outside.dyads import Dyad
    >>> from detente.situation.nouns import Move
    >>> pair = (Move(id="raid", by="a", action="strike", against="b"), Move(id="yield", by="b", action="concede"))
    >>> dyad = Dyad(challenger="a", target="b", challenge="raid", concede="yield")
    >>> kept = np.ones(8, dtype=bool)
    >>> found = escalation(Situation(title="t", moves=pair), dyad, "drift", draws={}, kept=kept, seed=1)
    >>> found.payoff.shape, bool(found.payoff[:, 0].any())
    ((8, 4, 2), False)
    """
    over, stake = stakes_of(situation, dyad, world, draws=draws, seed=seed, chunk=Chunk(0, len(kept)))
    game = four_outcomes(dyad.challenger, dyad.target, over / stake[:, None, None])
    return Escalation(
        dyad=dyad,
        world=world,
        answers=answering(situation, dyad),
        kept=kept,
        stake=stake,
        payoff=over,
        game=game,
        found=crisis(game),
        best=crisis(at_best(situation, dyad, world)),
    )


def stakes_of(
    situation: Situation, dyad: Dyad, world: World, *, draws: Draws, seed: int, chunk: Chunk
) -> tuple[Float[np.ndarray, "draw outcome player"], Float[np.ndarray, " draw"]]:
    """Return what the four ends are worth to both, and what each keeps private, in points; equations (1) to (3).

    Audience cost, the gain of having stood firm and the private stake come from `draws` where they are among them.

    >>> from detente.situation.nouns import Move
    >>> situation = Situation(title="t", moves=(Move(id="raid", by="a", action="strike", against="b"),))
    >>> pair = Dyad(challenger="a", target="b", challenge="raid")
    >>> payoff, stake = stakes_of(situation, pair, "drift", draws={}, seed=1, chunk=Chunk(0, 8))
    >>> payoff.shape, bool((stake >= 10).all())
    ((8, 4, 2), True)
    """
    payoff = _points(situation, dyad, world, answering(situation, dyad), draws)
    over = np.broadcast_to(payoff, (chunk.draws, 4, 2)).copy()
    cost, firm, stake = (
        draws[at] if at in draws else triangular(at, value, chunk.draws, seed=seed, chunk=chunk.index)
        for at, value in unwritten(situation, dyad, world)
    )
    over[:, 2, 0], over[:, 2, 1] = -cost, firm
    return over, np.asarray(stake)


def unwritten(situation: Situation, dyad: Dyad, world: World) -> tuple[tuple[str, Range], ...]:
    """Return what a crisis takes that is in no text, by path: audience cost, gain of having stood firm, private stake.

    >>> pair = Dyad(challenger="a", target="b", challenge="raid")
    >>> [path for path, _ in unwritten(Situation(title="t"), pair, "drift")]
    ['a.b.audience-cost.drift', 'a.b.stood-firm', 'a.b.private-stake']
    """
    name = f"{dyad.challenger}.{dyad.target}"
    return (
        _audience(situation, dyad, world),
        (f"{name}.stood-firm", assumed(STOOD_FIRM)),
        (f"{name}.private-stake", assumed(PRIVATE_STAKE)),
    )


def at_best(situation: Situation, dyad: Dyad, world: World) -> Crisis:
    """Return one dyad's crisis at the best guess, payoffs in units of the private stake.

    >>> from detente.situation.nouns import Move
    >>> raid = Move(id="raid", by="a", action="strike", against="b")
    >>> at_best(Situation(title="t", moves=(raid,)), Dyad(challenger="a", target="b", challenge="raid"), "drift").table
    'a-b'
    """
    guess = _points(situation, dyad, world, answering(situation, dyad), None)
    guess[2] = -_audience(situation, dyad, world)[1].best, STOOD_FIRM[1]
    name = f"{dyad.challenger}-{dyad.target}"
    return four_outcomes(dyad.challenger, dyad.target, guess / PRIVATE_STAKE[1], table=name)


def answering(situation: Situation, dyad: Dyad) -> tuple[str, ...]:
    """Return the moves that can be made only once the challenge has been: what stands against it.

    >>> from detente.boards.outside.dyads import Dyad
    >>> from detente.situation.nouns import Move
    >>> moves = (Move(id="raid", by="a", action="strike"), Move(id="reply", by="b", action="strike", after=("raid",)))
    >>> answering(Situation(title="t", moves=moves), Dyad(challenger="a", target="b", challenge="raid"))
    ('reply',)
    """
    return tuple(m.id for m in situation.moves if dyad.challenge in m.after and m.by != dyad.challenger)


def worth_of(
    situation: Situation, world: World, party: str, made: Iterable[str], *, draws: Draws | None
) -> Float[np.ndarray, "*draw"]:
    """Return what some moves made together are worth to a party, in points.

    >>> float(worth_of(Situation(title="t"), "drift", "a", ["raid"], draws=None))
    0.0
    """
    moves = frozenset(made)
    total = np.zeros(())
    for row in counting(situation, world):
        if row.party == party and row.move in moves and (row.given is None or row.given in moves):
            total = total + drawn(effect_path(row), row.value, draws)
    return np.asarray(total)


def assumed(corners: Corners) -> Range:
    """Return an assumed range of a crisis.

    >>> assumed(STOOD_FIRM).best
    5.0
    """
    low, best, high = corners
    return Range(low=low, best=best, high=high, basis=Basis(kind="assumed", rule="stake-of-a-crisis"))


def _points(
    situation: Situation, dyad: Dyad, world: World, answers: tuple[str, ...], draws: Draws | None
) -> Float[np.ndarray, "*draw outcome player"]:
    """Lay out what the four ends are worth to both; the third is filled in by who calls."""
    ends: tuple[tuple[str, ...], ...]
    ends = ((), (dyad.concede,) if dyad.concede else (), (), (dyad.challenge, *answers))
    both = (dyad.challenger, dyad.target)
    # What nothing is drawn for has one number and counts in every draw.
    cells = np.broadcast_arrays(*(worth_of(situation, world, p, made, draws=draws) for made in ends for p in both))
    found = np.stack(cells, axis=-1)
    return found.reshape(*found.shape[:-1], len(ends), len(both))


def _audience(situation: Situation, dyad: Dyad, world: World) -> tuple[str, Range]:
    """What would it cost A to let its threat against B drop? What the situation says, else what the world assumes."""
    for threat in situation.threats:
        said = threat.audience_cost
        if said is not None and (threat.by, threat.against) == (dyad.challenger, dyad.target):
            return f"{threat.id}.audience_cost", said
    return f"{dyad.challenger}.{dyad.target}.audience-cost.{world}", assumed(AUDIENCE_COST[world])
