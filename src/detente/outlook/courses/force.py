"""How do the crises of every dyad end in every world, and what do they leave each party with if there is no deal?

All equilibria of every draw's crisis are found, and one of them is drawn, each as likely as the others: which of them
two parties are in, no text says. How many there are is kept.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from detente.boards.drawn import Draws
from detente.boards.outside.dyads import Dyad
from detente.boards.scoring import rounded
from detente.ensemble import Chunk, uniform
from detente.outlook.courses.question import Question
from detente.outlook.crises import answering, stakes_of, worth_of
from detente.search.crises.boxed import Ends, ends
from detente.search.crises.signalling import Stakes
from detente.situation.nouns import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """How crises end, draw by draw.

    ==========  =====================  ======================================================================
    chances     world draw dyad end    at the equilibrium that is drawn
    equilibria  world draw dyad        how many there are
    no_deal     world draw voice       what the crises leave everybody with, beside today, in basis points
    ==========  =====================  ======================================================================

    `no_deal` adds up, over dyads and ends, the probability of the end times what is done in it is worth, as in
    `detente.outlook.no_deal`, at the equilibrium that is drawn.
    """

    chances: Float[np.ndarray, "world draw dyad end"]
    equilibria: Int[np.ndarray, "world draw dyad"]
    no_deal: Int[np.ndarray, "world draw voice"]


def force_stage(question: Question, draws: Draws, chunk: Chunk) -> Force:
    """Set out every dyad's crisis in every world, and draw one of its equilibria."""
    setting = question.setting
    shape = (len(setting.worlds), chunk.draws)
    chances = np.zeros((*shape, len(setting.dyads), 4))
    equilibria = np.zeros((*shape, len(setting.dyads)), dtype=np.int8)
    points = np.zeros((*shape, len(setting.voices)))
    for w, world in enumerate(setting.worlds):
        for k, dyad in enumerate(setting.dyads):
            payoff, stake = stakes_of(question.situation, dyad, world, draws=draws, seed=question.seed, chunk=chunk)
            found = ends(_stakes(payoff / stake[:, None, None]))
            equilibria[w, :, k] = found.count
            chances[w, :, k] = _drawn(found, _lot(question, chunk, dyad))
            if setting.no_deal == "computed":
                points[w] += _worth(question, (world, dyad), draws, (payoff, chances[w, :, k]))
    return Force(chances=chances, equilibria=equilibria, no_deal=rounded(points))


def _stakes(payoff: Float[np.ndarray, "draw end player"]) -> Stakes:
    hold, concede, back_down, war = payoff.transpose(1, 2, 0)
    return Stakes(hold[0], concede[0], war[0], back_down[0], concede[1], war[1], back_down[1])


def _drawn(found: Ends, lot: Float[np.ndarray, " draw"]) -> Float[np.ndarray, "draw end"]:
    pick = np.minimum((lot * found.count).astype(np.int64), np.maximum(found.count - 1, 0))
    return np.asarray(np.take_along_axis(found.chance, pick[:, None, None], axis=1)[:, 0])


def _lot(question: Question, chunk: Chunk, dyad: Dyad) -> Float[np.ndarray, " draw"]:
    path = f"outlook.equilibrium.{dyad.challenger}.{dyad.target}"
    return uniform(path, chunk.draws, seed=question.seed, chunk=chunk.index)


def _worth(
    question: Question, of: tuple[World, Dyad], draws: Draws, ended: tuple[np.ndarray, np.ndarray]
) -> Float[np.ndarray, "draw voice"]:
    """What one dyad's crisis leaves everybody with, on average over its ends."""
    (world, dyad), (payoff, chance) = of, ended
    situation, voices = question.situation, question.setting.voices
    found = np.zeros((len(chance), len(voices)))
    conceding = [dyad.concede] if dyad.concede else []
    carried_out = [dyad.challenge, *answering(situation, dyad)]
    both = (dyad.challenger, dyad.target)
    for v, voice in enumerate(voices):
        found[:, v] += chance[:, 1] * worth_of(situation, world, voice, conceding, draws=draws)
        found[:, v] += chance[:, 3] * worth_of(situation, world, voice, carried_out, draws=draws)
        if voice in both:
            found[:, v] += chance[:, 2] * payoff[:, 2, both.index(voice)]
    return found
