r"""How far does each source move the balance between the hypotheses? Diagnosticity, computed and not judged.

For the share s_h of draws of hypothesis h with a source, and t_h without it, in the same draws,

    L_h = log2( max(s_h, f) / max(t_h, f) )           with the floor f = 0.05                                      (1)
    doublings  = max_h L_h - min_h L_h                                                                             (2)
    difference = s_h - t_h   at the hypothesis where it is greatest in size                                        (3)

(2) is by how many doublings the source changes the ratio between the two hypotheses that it moves apart most. A source
that fits all hypotheses alike, or none, has 0 whatever it says: it does not tell them apart. A question without shares
is moved where its verdict is another one. What could not be asked at all without the source is raised by it.

The floor keeps shares that the draws hardly tell from nought from counting as many doublings.

Source: Heuer (1999), Psychology of Intelligence Analysis, chapter 8, for hypotheses by evidence and diagnosticity,
which he has the analyst judge; (2) is the weight of evidence of Good (1950), Probability and the Weighing of Evidence,
with shares of a model's draws in the place of likelihoods.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2

from detente.levers.sources.asked import Asked, Question, Reading, Readings, Seen, readings
from detente.levers.sources.fallen import Fallen, fallen
from detente.levers.sources.taken import without
from detente.situation.nouns import Situation

FLOOR = 0.05
CLEAR = 0.05  # a difference from which on a share is said to move
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is switched off at once: a document with all its quotes, or the quotes of one sentence of it."""

    id: str
    document: str
    quotes: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """What one source does to one question; `without` is None where the question could not be asked without it.

    `at` is the hypothesis that moves most, by `difference`, equation (3); `doublings` is equation (2); `turns` says
    that the verdict is another one without the source.
    """

    question: str
    without: Reading | None
    at: int
    difference: float
    doublings: float
    turns: bool

    @property
    def is_clear(self) -> bool:
        """Whether a share moves by five draws in a hundred or more, or the verdict turns."""
        return self.turns or abs(self.difference) >= CLEAR


@dataclass(frozen=True, slots=True)
class Weight:
    """One source: what falls with it, and what it does to every question, in their order."""

    unit: Unit
    fallen: Fallen
    shifts: tuple[Shift, ...]

    @property
    def doublings(self) -> float:
        """The most that it moves any balance, equation (2)."""
        return max((s.doublings for s in self.shifts), default=0.0)

    @property
    def difference(self) -> float:
        """The greatest difference that it makes to any share, in size."""
        return max((abs(s.difference) for s in self.shifts), default=0.0)

    @property
    def turns(self) -> tuple[Shift, ...]:
        """The questions whose verdict is another one without it."""
        return tuple(s for s in self.shifts if s.turns)

    @property
    def raises(self) -> tuple[Shift, ...]:
        """The questions that could not be asked without it."""
        return tuple(s for s in self.shifts if s.without is None)

    @property
    def is_diagnostic(self) -> bool:
        """Whether it moves any balance clearly, or turns a verdict."""
        return any(s.is_clear for s in self.shifts)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Every question as it stands, and what each source does to it, the most diagnostic first."""

    questions: tuple[Question, ...]
    standing: tuple[Reading, ...]
    weights: tuple[Weight, ...]
    draws: int
    seed: int

    def question(self, id: str) -> tuple[Question, Reading]:
        """Return a question with how it stands; raises KeyError for one that is not asked."""
        return {q.id: (q, r) for q, r in zip(self.questions, self.standing, strict=True)}[id]


def sources(situation: Situation) -> tuple[Unit, ...]:
    """List the documents with their quotes.

    >>> sources(Situation(title="Empty"))
    ()
    """
    quoted = {d.id: tuple(e.id for e in situation.evidence if e.document == d.id) for d in situation.documents}
    return tuple(Unit(id, id, quotes, True) for id, quotes in quoted.items())


def sentences(situation: Situation, document: str | None = None) -> tuple[Unit, ...]:
    """List the sentences that are quoted, of one document or of all, each with its quotes, under its first quote's id.

    >>> sentences(Situation(title="Empty"))
    ()
    """
    found: dict[tuple[str, str], list[str]] = {}
    for e in situation.evidence:
        if document in (None, e.document):
            found.setdefault((e.document, e.sentence), []).append(e.id)
    return tuple(Unit(ids[0], at, tuple(ids), False) for (at, _), ids in found.items())


def diagnosis(
    situation: Situation, asked: Asked, units: Sequence[Unit], *, progress: Progress | None = None
) -> Diagnosis:
    """Switch one source off after the other, and rank them by what that does.

    Raises BoardError where the situation itself cannot be asked of what no deal is worth.

    >>> diagnosis(Situation(title="Empty"), Asked("talks"), ()).weights
    ()
    """
    say, seen = progress or (lambda _: None), Seen()
    say("as it stands")
    standing = readings(situation, asked, seen=seen)
    weights = []
    for k, unit in enumerate(units, 1):
        say(f"without {unit.id}, {k} of {len(units)}")
        weights.append(_weight(situation, asked, unit, standing, seen))
    order = sorted(weights, key=lambda w: (-round(w.doublings, 9), -len(w.turns), -len(w.raises)))
    return Diagnosis(
        tuple(q for q, _ in standing.values()), tuple(r for _, r in standing.values()), tuple(order), asked.draws,
        asked.seed,
    )  # fmt: skip


def shift(question: Question, standing: Reading, other: Reading | None) -> Shift:
    """Compare how a question stands with how it stands without a source; equations (1) to (3).

    >>> deal = Question("deal.a", "deal", ("deal", "no deal"))
    >>> found = shift(deal, Reading((0.8, 0.2), "depends"), Reading((0.5, 0.5), "depends"))
    >>> round(found.doublings, 6), round(found.difference, 6), found.turns
    (2.0, 0.3, False)
    """
    if other is None:
        return Shift(question.id, None, 0, 0.0, 0.0, False)
    turns = (standing.verdict, standing.blocked) != (other.verdict, other.blocked)
    if standing.shares is None or other.shares is None:
        return Shift(question.id, other, 0, 0.0, 0.0, turns)
    pairs = list(zip(standing.shares, other.shares, strict=True))
    logs = [log2(max(s, FLOOR) / max(t, FLOOR)) for s, t in pairs]
    apart = [s - t for s, t in pairs]
    at = max(range(len(apart)), key=lambda h: (round(abs(apart[h]), 12), -h))
    return Shift(question.id, other, at, apart[at], max(logs) - min(logs), turns)


def _weight(situation: Situation, asked: Asked, unit: Unit, standing: Readings, seen: Seen) -> Weight:
    left = without(situation, (unit.document,) if unit.whole else (), quotes=unit.quotes)
    fell = fallen(situation, left)
    then = readings(left, asked, seen=seen) if fell else standing
    shifts = (shift(q, r, then[id][1] if id in then else None) for id, (q, r) in standing.items())
    return Weight(unit, fell, tuple(shifts))
