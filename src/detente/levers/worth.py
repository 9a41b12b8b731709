r"""Which input is most worth knowing: how much less unsure would an answer be, how much better a verdict chosen?

The draws are sorted by one input and cut into K bins of equal size, as if its value were known as closely as a bin.
With n draws, V the variance of the answer, and mean and verdict found anew in every bin,

    w_i = 1 - E[ variance within a bin ] / V, corrected for the K means that are fitted                             (1)
    v_i = E[ share of the most frequent verdict within a bin ] - share of the most frequent verdict over all        (2)

(1) is the first-order index of the input: the expected share of the variance that goes when it becomes known. (2) is
the expected gain of one who has to name a verdict: in how many more of the draws it would be right. Verdicts are chosen
on one half of the draws of a bin and counted on the other, so that chance does not count as knowledge.

What several inputs are worth together is at least the sum of (1), where they are independent of each other. That
verdicts are right or wrong alike, whichever they are, is a convention.

Source: value of perfect information about one parameter, Raiffa and Schlaifer (1961), Applied Statistical Decision
Theory; from a sample of draws alone, Strong, Oakley and Brennan (2014), Medical Decision Making 34(3), who regress, and
Strong and Oakley (2013), Medical Decision Making 33(6), who bin.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int
from scipy.special import chdtri

from detente.boards import Draws
from detente.errors import AnalysisError
from detente.levers.claim import Open
from detente.levers.factors import Scalar, taken
from detente.levers.silence import Silence
from detente.situation.nouns import Situation
from detente.situation.values import BasisKind

FEWEST = 64  # draws
PER_BIN = 5  # of the rarer verdict
PER_CELL = 40  # draws
TOGETHER = 3
CLEAR = 0.05
MOST_BINS = 40
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Known:
    """What it would be worth to know one input: (1) as a share of the variance, (2) as a share of the draws.

    `spread` is the standard deviation that would remain on average, in the unit of the answer. `right` is None for an
    answer that is no verdict. `by_chance` is what (1) comes to at most for inputs without any bearing, all of those
    looked at, in 19 of 20 such tables; 1 where one verdict is too rare for anything to be told.
    """

    path: str
    basis: BasisKind
    variance: float
    by_chance: float
    spread: float
    right: float | None

    @property
    def is_seen(self) -> bool:
        """Whether (1) is more than chance would make of an input without any bearing."""
        return self.variance > self.by_chance


@dataclass(frozen=True, slots=True)
class Worth:
    """An answer with what each input is worth knowing, the most first; `spread` is its standard deviation today.

    `frequent` is the share of draws of the most frequent verdict, None for an answer that is no verdict.
    """

    answer: Scalar
    draws: int
    mean: float
    spread: float
    frequent: float | None
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A silence with the inputs that would fill it, and what these are worth together, at least; None: no input is it.

    `paths` are those of its inputs that vary, those worth most first.
    """

    silence: Silence
    paths: tuple[str, ...]
    variance: float | None
    right: float | None


def worth(
    answers: Sequence[Scalar], values: Float[np.ndarray, "draw answer"], factors: Sequence[Open], draws: Draws
) -> tuple[Worth, ...]:
    """Say what each input is worth knowing, equations (1) and (2), from draws that were made anyway.

    `values` are the answers in these very draws.

    Raises AnalysisError for fewer than 64 draws.

    >>> rng = np.random.default_rng(1)
    >>> draws = {"a": rng.random(4000), "b": rng.random(4000)}
    >>> deal = (draws["a"] > 0.5).astype(float)[:, None]
    >>> told = worth((Scalar("deal", "holds"),), deal, [Open(p, 0, 0.5, 1, "assumed") for p in "ab"], draws)[0]
    >>> [(k.path, round(k.variance, 1), round(k.right, 1), k.is_seen) for k in told.known]
    [('a', 1.0, 0.5, True), ('b', 0.0, 0.0, False)]
    """
    if len(values) < FEWEST:
        raise AnalysisError(f"{len(values)} draws are too few to say what an input is worth. Draw at least {FEWEST}.")
    columns = [taken(one, draws) for one in factors]
    return tuple(_worth(answer, values[:, k], factors, columns) for k, answer in enumerate(answers))


def together(
    answer: Scalar, values: Float[np.ndarray, " draw"], factors: Sequence[Open], draws: Draws
) -> tuple[float, float | None]:
    """Say what a few inputs are worth known together: equations (1) and (2) over bins of all of them.

    The more inputs, the fewer bins each has, so that what they are worth is understated: at most three.

    Raises AnalysisError for more inputs or for none, and for fewer than 64 draws.

    >>> rng = np.random.default_rng(1)
    >>> draws = {"a": rng.random(4000), "b": rng.random(4000)}
    >>> either = ((draws["a"] > 0.5) ^ (draws["b"] > 0.5)).astype(float)
    >>> both = [Open(p, 0, 0.5, 1, "assumed") for p in "ab"]
    >>> [round(part, 1) for part in together(Scalar("deal", "holds"), either, both, draws)]
    [0.9, 0.5]
    """
    if not 1 <= len(factors) <= TOGETHER or len(values) < FEWEST:
        raise AnalysisError(
            f"{len(factors)} inputs in {len(values)} draws: name one to {TOGETHER}, and draw at least {FEWEST} times."
        )
    there = np.isfinite(values)
    own, place = values[there], np.zeros(int(there.sum()), dtype=np.int64)
    lines = sum(one.is_hardness for one in factors)
    cells = max(2.0, len(own) / PER_CELL / 2**lines)
    many = max(2, min(MOST_BINS, int(cells ** (1 / max(1, len(factors) - lines)))))
    for one in factors:
        part = _bins(taken(one, draws)[there], 2 if one.is_hardness else many, line=one.is_hardness)
        place = place * MOST_BINS + part
    place = np.unique(place, return_inverse=True)[1].reshape(-1)
    share = _explained(own, place, among=1)[0]
    return share, _right(own, place) if _is_verdict(answer, own) else None


def filled(silences: Iterable[Silence], situation: Situation, *, table: str, told: Worth) -> tuple[Filled, ...]:
    """Tie every silence to the inputs that would fill it: which one is worth filling first?

    What a party gains is its positions, what it has without a deal its entered value, what an ally does the effects of
    its moves. Who has a veto, who checks, who ratifies and by when are no inputs.

    >>> filled((), Situation(title="Empty"), table="talks", told=Worth(Scalar("deal", "holds"), 64, 0.5, 0.5, 0.5, ()))
    ()
    """
    rows = [_filled(one, situation, table, told) for one in silences]
    return tuple(sorted(rows, key=lambda row: -(row.variance if row.variance is not None else -1.0)))


def paths_of(silence: Silence, situation: Situation, table: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Which of these inputs would fill a silence?

    >>> gone = Silence("walk_away", "iran", "silent", (), ())
    >>> paths_of(gone, Situation(title="t"), "talks", ["talks.no_deal.iran", "iran.cap.position"])
    ('talks.no_deal.iran',)
    """
    party = silence.party
    if party is None:
        return ()
    match silence.slot:
        case "benefit":
            issues = {issue.id for issue in situation.issues}
            wanted = {f"{party}.{issue}.position" for issue in issues}
            return tuple(p for p in paths if p in wanted or p.startswith(tuple(f"{party}.{i}.score." for i in issues)))
        case "walk_away":
            return tuple(p for p in paths if p == f"{table}.no_deal.{party}")
        case "ally_action":
            moves = tuple(f".{m.id}.effect" for m in situation.moves if m.by == party)
            return tuple(p for p in paths if any(one in p for one in moves))
    return ()


def _filled(silence: Silence, situation: Situation, table: str, told: Worth) -> Filled:
    by_path: Mapping[str, Known] = {k.path: k for k in told.known}
    paths = paths_of(silence, situation, table, by_path)
    if not paths:
        return Filled(silence, (), None, None)
    right = [r for path in paths if (r := by_path[path].right) is not None]
    total = sum(by_path[path].variance for path in paths if by_path[path].is_seen)
    return Filled(silence, paths, min(1.0, total), max(right) if right else None)


def _bins(column: Float[np.ndarray, " draw"], many: int, *, line: bool) -> Int[np.ndarray, " draw"]:
    """Number the bin of every draw; a red line has two."""
    if line:
        return np.asarray(column > 0.5, dtype=np.int64)
    place = np.empty(len(column), dtype=np.int64)
    place[np.argsort(column, kind="stable")] = np.arange(len(column))
    # Draws with one value are one bin: the order between them says nothing.
    _, inverse = np.unique(column, return_inverse=True)
    first = np.full(int(inverse.max()) + 1, len(column))
    np.minimum.at(first, inverse.reshape(-1), place)
    return np.asarray(first[inverse.reshape(-1)] * many // len(column))


def _is_verdict(answer: Scalar, own: Float[np.ndarray, " draw"]) -> bool:
    return answer.kind == "holds" and bool(np.isin(own, (0.0, 1.0)).all())


def _worth(
    answer: Scalar,
    values: Float[np.ndarray, " draw"],
    factors: Sequence[Open],
    columns: Sequence[Float[np.ndarray, " draw"]],
) -> Worth:
    there = np.isfinite(values)
    own = values[there]
    if not own.size:
        return Worth(answer, 0, 0.0, 0.0, None, ())
    verdict, mean = _is_verdict(answer, own), float(own.mean())
    many = max(4, min(MOST_BINS, round(len(own) ** (1 / 3))))
    if verdict:
        rare = int(min(own.sum(), len(own) - own.sum()))
        many = min(many, rare // PER_BIN)
    rows = [
        _known(one, own, _bins(column[there], many, line=one.is_hardness), (len(factors), verdict))
        if many >= 2
        else Known(one.path, one.basis, 0.0, 1.0, float(own.std()), 0.0)
        for one, column in zip(factors, columns, strict=True)
    ]
    rows.sort(key=lambda k: (-k.variance, k.path))
    return Worth(answer, len(own), mean, float(own.std()), max(mean, 1 - mean) if verdict else None, tuple(rows))


def _known(
    one: Open, own: Float[np.ndarray, " draw"], place: Int[np.ndarray, " draw"], about: tuple[int, bool]
) -> Known:
    among, verdict = about
    share, chance = _explained(own, place, among=among)
    spread = float(own.std()) * (1 - share) ** 0.5
    return Known(one.path, one.basis, share, chance, spread, _right(own, place) if verdict else None)


def _explained(own: Float[np.ndarray, " draw"], place: Int[np.ndarray, " draw"], *, among: int) -> tuple[float, float]:
    """Equation (1), and what chance alone makes of it among so many inputs, from the chi-square distribution."""
    count = np.bincount(place).astype(np.float64)
    used = count > 0
    groups, many = int(used.sum()), len(own)
    total = float(((own - own.mean()) ** 2).sum())
    if groups < 2 or groups >= many or total <= NOTHING * max(1.0, float((own**2).sum())):
        return 0.0, 0.0
    sums = np.bincount(place, weights=own)
    between = float((sums[used] ** 2 / count[used]).sum() - own.sum() ** 2 / many)
    within = (total - between) / (many - groups)
    found = (between - (groups - 1) * within) / total
    most = float(chdtri(groups - 1, CLEAR / among)) - (groups - 1)
    return min(1.0, max(0.0, found)), most / many


def _right(own: Float[np.ndarray, " draw"], place: Int[np.ndarray, " draw"]) -> float:
    """Equation (2), cross-fitted over the even and the odd draws."""
    even = np.arange(len(own)) % 2 == 0
    gained = [_scored(own, place, chosen=even), _scored(own, place, chosen=~even)]
    return max(0.0, sum(gained) / 2)


def _scored(
    own: Float[np.ndarray, " draw"], place: Int[np.ndarray, " draw"], *, chosen: Bool[np.ndarray, " draw"]
) -> float:
    size = int(place.max()) + 1
    count = np.bincount(place[chosen], minlength=size)
    mean = np.bincount(place[chosen], weights=own[chosen], minlength=size) / np.maximum(count, 1)
    overall = float(own[chosen].mean()) > 0.5
    named = np.where(count > 0, mean > 0.5, overall)[place[~chosen]]
    seen = own[~chosen] > 0.5
    return float((named == seen).mean() - (seen == overall).mean())
