"""What comes of scoring a ledger?"""

from dataclasses import dataclass

from detente.ledger.columns import LeftOut, Moment
from detente.ledger.scoring.cases import Score
from detente.scores import Bin, Discrimination, Estimate, Murphy, Sharpness


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The mean of one score over so many questions, which hang on so many events."""

    score: Score
    questions: int
    clusters: int
    mean: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The mean Brier score on some of the questions: those of a topic, or those with so many days to go."""

    name: str
    questions: int
    clusters: int
    brier: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """How good one forecaster was.

    `coverage` is the share of the open life of its questions for which it stood by something, where that is scored,
    else 1. `later` counts statements that knew more than the forecasts beside them. What follows `measured` is about
    yes-or-no questions, and None or empty where it said nothing of one; `murphy` goes by the bins of `bins`.
    """

    name: str
    reference: bool
    questions: int
    clusters: int
    coverage: float
    later: int
    measured: tuple[Measured, ...]
    murphy: Murphy | None
    bins: tuple[Bin, ...]
    discrimination: Discrimination | None
    sharpness: Sharpness | None
    by_topic: tuple[Part, ...]
    by_horizon: tuple[Part, ...]

    def of(self, score: Score) -> Measured | None:
        """Return the mean of a score, None where it does not apply to what was said."""
        return next((one for one in self.measured if one.score == score), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much one forecaster's mean score is above a reference's on the questions of both: of all, less is better.

    `skill` is by which share the score is better than the reference's; None where that made no error.
    """

    score: Score
    name: str
    against: str
    questions: int
    clusters: int
    difference: Estimate
    skill: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """How good everybody was: authors first, then comparisons, then what is worked out."""

    at: Moment
    retrospective: bool
    clip: float
    seed: int
    draws: int
    questions: int
    clusters: int
    tracks: tuple[Track, ...]
    differences: tuple[Difference, ...]
    left_out: LeftOut

    def track(self, name: str) -> Track | None:
        """Return the track of a forecaster, None where nothing that it said is scored."""
        return next((one for one in self.tracks if one.name == name), None)

    def against(self, name: str, reference: str, score: Score = "brier") -> Difference | None:
        """Return the difference of a forecaster to a reference, None where they have no question in common."""
        found = (d for d in self.differences if (d.name, d.against, d.score) == (name, reference, score))
        return next(found, None)
