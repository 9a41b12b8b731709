r"""Would the same answers have come out of a coding in which what parties want is mixed up?

A placebo: stances (position, salience and red line together) change places between the parties whose consent the table
needs, and everything is asked again.

    within    the stances of a case on one issue change hands, issue by issue
    between   all stances of all cases change places, moved onto the levels of the issue they come to

What the coding is worth shows in how few of the placebos come nearer to what happened: its rank among them is that of
one more permutation (Phipson and Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9). With five
cases it tests nothing, and no threshold belongs to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from detente.backtest.history import EXISTS, MEDIAN, NASH, distance, drawn_deal, nash_deal, share_of
from detente.backtest.past_talks import PastTalks
from detente.ensemble import stream
from detente.errors import UsageError
from detente.outlook.courses.question import agendas
from detente.situation.nouns import Issue, Situation, Stance
from detente.situation.values import Range

Mixing: TypeAlias = Literal["within", "between"]
MIXINGS: tuple[Mixing, ...] = ("within", "between")
MEASURES = (NASH, MEDIAN, EXISTS)  # distance to the terms of the first two, Brier score of the last
PLACEBOS = 200
PLACEBO_DRAWS = 128
_SAME = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Placebo:
    """How the coding does among codings that are mixed up, by the measures of `MEASURES`; less is better in each.

    ======  ===============  ======================
    own     measure          of the coding itself
    scores  placebo measure  of each placebo
    ======  ===============  ======================
    """

    mixing: Mixing
    own: Float[np.ndarray, " measure"]
    scores: Float[np.ndarray, "placebo measure"]

    @property
    def ranks(self) -> tuple[int, ...]:
        """How many do as well as the coding, itself among them, by measure; of one more than there are placebos."""
        return tuple(((self.scores <= self.own + _SAME).sum(axis=0) + 1).tolist())


def placebo(
    every: Sequence[PastTalks], mixing: Mixing, *, count: int = PLACEBOS, draws: int = PLACEBO_DRAWS, seed: int
) -> Placebo:
    """Mix the stances of cases up `count` times, and ask about each what there is a deal on.

    Raises UsageError where there is no case, and what boards raise.
    """
    if not every:
        raise UsageError("There is no case whose coding could be mixed up. Give at least one.")
    rng = stream(f"backtest.placebo.{mixing}", seed=seed)
    own = np.array(_scores(every, draws, seed))
    found = [_scores(mixed(every, mixing, rng=rng), draws, seed) for _ in range(count)]
    return Placebo(mixing=mixing, own=own, scores=np.array(found).reshape(count, len(MEASURES)))


def mixed(every: Sequence[PastTalks], mixing: Mixing, *, rng: np.random.Generator) -> tuple[PastTalks, ...]:
    """Return the cases with the stances of the parties at their tables mixed up once.

    >>> mixed([], "within", rng=np.random.default_rng(1))
    ()
    """
    if mixing == "within":
        return tuple(_with(one, _handed_on(one, rng)) for one in every)
    seats = [(one, stance) for one in every for stance in _seated(one)]
    order = rng.permutation(len(seats)).tolist()
    placed: dict[str, list[Stance]] = {one.name: [] for one in every}
    for (to, seat), k in zip(seats, order, strict=True):
        donor, stance = seats[k]
        placed[to.name].append(_onto(seat, stance, donor.situation.issue(stance.issue), to.situation.issue(seat.issue)))
    return tuple(_with(one, placed[one.name]) for one in every)


def _seated(talks: PastTalks) -> list[Stance]:
    """Return the stances of who consents at the table, in the order of the file."""
    consent = talks.situation.table(talks.table).consent
    return [s for s in talks.situation.stances if s.party in consent]


def _handed_on(talks: PastTalks, rng: np.random.Generator) -> Iterator[Stance]:
    seated = _seated(talks)
    for issue in talks.situation.issues:
        here = [s for s in seated if s.issue == issue.id]
        for seat, k in zip(here, rng.permutation(len(here)).tolist(), strict=True):
            yield _onto(seat, here[k], issue, issue)


def _with(talks: PastTalks, stances: Sequence[Stance] | Iterator[Stance]) -> PastTalks:
    placed = {(s.party, s.issue): s for s in stances}
    situation: Situation = talks.situation.model_copy(
        update={"stances": tuple(placed.get((s.party, s.issue), s) for s in talks.situation.stances)}
    )
    return PastTalks(talks.name, situation, talks.outcome)


def _onto(seat: Stance, stance: Stance, of: Issue, to: Issue) -> Stance:
    """Put what one stance says in the place of another, on the levels there."""
    line = stance.red_line
    return stance.model_copy(
        update={
            "party": seat.party,
            "issue": seat.issue,
            "position": _moved(stance.position, of, to),
            "red_line": None if line is None else line.model_copy(update={"at": _moved(line.at, of, to)}),
        }
    )


def _moved(value: Range, of: Issue, to: Issue) -> Range:
    (low, high), (least, most) = _reach(of), _reach(to)
    at = [least + (v - low) * (most - least) / (high - low) for v in (value.low, value.best, value.high)]
    ends = [min(max(v, min(to.scale)), max(to.scale)) for v in at]
    return value.model_copy(update=dict(zip(("low", "best", "high"), ends, strict=True)))


def _reach(issue: Issue) -> tuple[float, float]:
    """Return the ends of what a deal may settle on: of the levels where there are few, else of the scale."""
    every = issue.options or issue.scale
    return min(every), max(every)


def _scores(every: Sequence[PastTalks], draws: int, seed: int) -> tuple[float, float, float]:
    """Take the measures, the means over cases; a case without terms counts in the last alone."""
    far: list[tuple[float, float]] = []
    missed: list[float] = []
    for talks in every:
        plan = agendas(talks.situation, talks.table)[0]
        median, exists = drawn_deal(talks, plan, draws=draws, seed=seed)
        missed.append((share_of(*exists) - talks.outcome.agreed) ** 2)
        if talks.outcome.settled:
            named = nash_deal(talks.situation, talks.table, plan)[0]
            far.append((float(np.mean(distance(talks, named))), float(np.mean(distance(talks, median)))))
    nash, middle = np.mean(far, axis=0).tolist() if far else (0.0, 0.0)
    return nash, middle, float(np.mean(missed))
