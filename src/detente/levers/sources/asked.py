r"""Which answers compete, and how do they stand in one situation?

Three kinds of questions are asked, each with the answers that it may have, its hypotheses:

=========  =========================================  ======================================================
deal       on each agenda of a table                  a deal, no deal; share of draws with either, and the
                                                      verdict over all ranges: holds, depends, none
blocked    who stands in the way on that agenda       nobody, or the smallest sets of red lines and no-deal
                                                      values in the way; at the best guess, so not sampled
crisis     where the crisis of each dyad leads, in    its four ends, or one that depends on the equilibrium;
           each world                                 share of draws in which each is the likeliest
=========  =========================================  ======================================================

Draws depend on seed and path alone, so that two situations share the luck of all that they have in common. Where some
draws have a deal and others have none the verdict is "depends" by these very cases; otherwise it is the short one of
`detente.levers.verdict.answer`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal, TypeAlias

import numpy as np
from jaxtyping import Float, Int

from detente.analyses.crisis import crisis
from detente.boards import Deals, deals, with_modes
from detente.boards.crisis import OUTCOMES, four_outcomes
from detente.boards.drawn import Draws
from detente.boards.outside.draft import drafted
from detente.boards.outside.dyads import Dyad, dyads
from detente.boards.outside.lay import agreeing
from detente.boards.outside.worlds import WORLDS
from detente.ensemble import Chunk, Drawing, draw_inputs
from detente.errors import BoardError
from detente.levers.verdict import answer
from detente.outlook.agendas import Plan, distinct, plans
from detente.outlook.crises import stakes_of
from detente.outlook.mandates import with_mandates
from detente.search.agendas.outcome import outcome
from detente.search.packages.choice import choose
from detente.search.packages.space import space
from detente.situation.nouns import Situation, World

Kind: TypeAlias = Literal["deal", "blocked", "crisis"]
DEAL = ("deal", "no deal")
ENDS = (*OUTCOMES, "depends on the equilibrium")
MOST = 60_000_000  # packages x draws that one agenda is asked in
FEWEST = 32  # draws
CRISES = 128  # draws of a crisis at most: each takes a search for all equilibria


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: at which table, with what for no deal, over how many draws, from which seed.

    Without `supply` nothing is proposed that the situation does not hold: no mandate, no move outside the table.
    """

    table: str
    no_deal: str = "auto"
    draws: int = 512
    seed: int = 0
    supply: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """One question and its hypotheses: of an `agenda` with the `issues` it adds, or of a dyad's crisis in a world."""

    id: str
    kind: Kind
    hypotheses: tuple[str, ...]
    agenda: str | None = None
    issues: tuple[str, ...] = ()
    dyad: tuple[str, str] | None = None
    world: World | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question stands: the share of draws for each hypothesis, None where it is not sampled, and the verdict.

    `draws` is how many were made, 0 where none were. The verdict on deals is "holds", "depends" or "none"; of a
    blockade "free", "blocked" or "empty", where no package is on the agenda; of a crisis the end that is the likeliest
    in most draws. Each set in `blocked` would open a deal if all its refusals (party, reason) were set aside.
    """

    shares: tuple[float, ...] | None
    verdict: str
    draws: int = 0
    blocked: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found already, by what was asked: two situations that put the same question are asked once."""

    shares: dict[bytes, float] = field(default_factory=dict)
    verdicts: dict[bytes, str] = field(default_factory=dict)
    ends: dict[bytes, Int[np.ndarray, " draw"]] = field(default_factory=dict)


Readings: TypeAlias = dict[str, tuple[Question, Reading]]


def readings(situation: Situation, asked: Asked, *, seen: Seen | None = None) -> Readings:
    """Ask everything of a situation; what cannot be asked of it is left out.

    >>> readings(Situation(title="Empty"), Asked("talks"))
    {}
    """
    known = seen or Seen()
    if all(t.id != asked.table for t in situation.tables):
        return {}
    whole = with_mandates(situation, drawing=Drawing(asked.draws, asked.seed)) if asked.supply else situation
    whole = whole.model_copy(update={"tables": tuple(sorted(whole.tables, key=lambda t: t.id != asked.table))})
    found = [*_answered(_deals(whole, asked, known)), *_answered(_crises(whole, asked, known))]
    return {question.id: (question, reading) for question, reading in found}


def _answered(asking: Iterator[tuple[Question, Reading]]) -> list[tuple[Question, Reading]]:
    """Return what can be answered: a situation of which too little is left cannot be put on a board."""
    try:
        return list(asking)
    except BoardError:
        return []


def _deals(whole: Situation, asked: Asked, seen: Seen) -> Iterator[tuple[Question, Reading]]:
    listed = distinct(whole, asked.table, plans(whole, asked.table))
    guess = deals(whole, asked.table, no_deal=asked.no_deal)
    size = max(space(with_modes(guess, p.modes), red_lines=False).size for p in listed) if listed else 1
    count = min(asked.draws, max(FEWEST, MOST // max(1, size)))
    board = deals(whole, asked.table, draws=draw_inputs(whole, count, seed=asked.seed), no_deal=asked.no_deal)
    told = hashlib.blake2b(digest_size=16)
    _feed(told, (board, guess))
    for plan in listed:
        name = f"{plan.mode}.{plan.by or 'all'}.{'+'.join(plan.issues) or 'as-it-is'}"
        reading = _deal(whole, asked, plan, (with_modes(board, plan.modes), told.digest()), seen)
        yield Question(f"deal.{name}", "deal", DEAL, plan.name, plan.issues), reading
        stuck = _blocked(with_modes(guess, plan.modes))
        yield Question(f"blocked.{name}", "blocked", (), plan.name, plan.issues), stuck


def _deal(whole: Situation, asked: Asked, plan: Plan, at: tuple[Deals, bytes], seen: Seen) -> Reading:
    (board, base), count = at, at[0].draws[0] if at[0].draws else 1
    opened = hashlib.blake2b(base, digest_size=16)
    _feed(opened, (board.open, board.spared, board.listed))
    key = opened.digest()
    if key not in seen.shares:
        seen.shares[key] = float(np.mean(choose(space(board), reach=False, limit=2 * MOST).found))
    share = seen.shares[key]
    if 0 < share < 1:
        return Reading((share, 1 - share), "depends", count)
    if key not in seen.verdicts:
        seen.verdicts[key] = answer(whole, asked.table, plan.modes, no_deal=asked.no_deal).kind
    return Reading((share, 1 - share), seen.verdicts[key], count)


def _blocked(board: Deals) -> Reading:
    """Who is in the way at the best guess: the sets of refusals that would each open a deal."""
    found = outcome(board)
    if bool(found.feasible):
        return Reading(None, "free")
    groups = {tuple(sorted((r.party, r.reason) for r in group)) for group in found.blocked}
    return Reading(None, "blocked" if groups else "empty", 0, tuple(sorted(groups)))


def _crises(whole: Situation, asked: Asked, seen: Seen) -> Iterator[tuple[Question, Reading]]:
    written = drafted(whole, supply=asked.supply)
    asked = replace(asked, draws=min(asked.draws, CRISES))
    draws = draw_inputs(written, asked.draws, seed=asked.seed)
    for world in WORLDS:
        kept = agreeing(written, world, draws=draws, count=asked.draws)
        for dyad in dyads(written) if kept.any() else ():
            shares = _ends(written, dyad, world, (draws, asked), seen)[kept]
            share = tuple(float((shares == k).mean()) for k in range(len(ENDS)))
            pair = (dyad.challenger, dyad.target)
            question = Question(f"crisis.{'.'.join(pair)}.{world}", "crisis", ENDS, dyad=pair, world=world)
            yield question, Reading(share, ENDS[int(np.argmax(share))], int(kept.sum()))


def _ends(
    written: Situation, dyad: Dyad, world: World, of: tuple[Draws, Asked], seen: Seen
) -> Int[np.ndarray, " draw"]:
    """Find the likeliest end in every draw, once for the same payoffs."""
    draws, asked = of
    payoff = _payoff(written, dyad, world, draws, Chunk(0, asked.draws), seed=asked.seed)
    key = hashlib.blake2b(np.ascontiguousarray(payoff).tobytes(), digest_size=16).digest()
    if key not in seen.ends:
        seen.ends[key] = _likeliest(dyad, payoff)
    return seen.ends[key]


def likeliest_ends(
    written: Situation, dyad: Dyad, world: World, draws: Draws, *, count: int, seed: int
) -> Int[np.ndarray, " draw"]:
    """Find the likeliest end of a crisis in every draw, as its place in `ENDS`.

    The last is where equilibria differ in it; -1 where a draw goes against what parties are said to prefer.
    """
    kept = agreeing(written, world, draws=draws, count=count)
    found = _likeliest(dyad, _payoff(written, dyad, world, draws, Chunk(0, count), seed=seed))
    return np.where(kept, found, -1).astype(np.int64)


def _payoff(
    written: Situation, dyad: Dyad, world: World, draws: Draws, chunk: Chunk, *, seed: int
) -> Float[np.ndarray, "draw outcome player"]:
    over, stake = stakes_of(written, dyad, world, draws=draws, seed=seed, chunk=chunk)
    return np.asarray(over / stake[:, None, None], dtype=np.float64)


def _likeliest(dyad: Dyad, payoff: Float[np.ndarray, "draw outcome player"]) -> Int[np.ndarray, " draw"]:
    outcomes = crisis(four_outcomes(dyad.challenger, dyad.target, payoff)).outcome
    missing = np.isnan(outcomes).any(axis=-1)
    each = np.where(missing, -1, np.argmax(np.nan_to_num(outcomes, nan=-1.0), axis=-1))
    first = np.where(missing[:, 0], 0, each[:, 0])  # no equilibrium: nobody challenges
    alike = ((each == first[:, None]) | missing).all(axis=1)
    return np.where(alike, first, len(OUTCOMES)).astype(np.int64)


def _feed(told: Any, value: object) -> None:
    """Feed whatever a board holds to a hash, arrays by their bytes."""
    if isinstance(value, np.ndarray):
        told.update(repr((value.shape, value.dtype.str)).encode())
        told.update(np.ascontiguousarray(value).tobytes())
    elif isinstance(value, tuple):
        for one in value:
            _feed(told, one)
    elif is_dataclass(value):
        for f in fields(value):
            _feed(told, getattr(value, f.name))
    else:
        told.update(repr(value).encode())
