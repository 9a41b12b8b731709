"""What was found out about what moves an answer, before it is put into words."""

from collections.abc import Mapping
from dataclasses import dataclass

from detente.levers import Verdict
from detente.levers.claim import Open
from detente.levers.factors import Scalar
from detente.levers.flips import Flips, FlipSquare
from detente.levers.scenario import Scenario
from detente.levers.sobol import Sobol
from detente.levers.tornado import Drift, Tornado
from detente.levers.worth import Filled, Worth
from detente.situation.nouns import Situation
from detente.situation.values import Range


@dataclass(frozen=True, slots=True)
class Together:
    """What a few inputs are worth known together: shares of the variance, and of the draws named rightly."""

    paths: tuple[str, ...]
    variance: float
    right: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Levers:
    """Everything that is said about what moves one answer.

    `situation` is the one whose `inputs` are moved, `ranges` what is known of each. `others` are answers that could be
    asked for in place of this one. `corner` is what the scenario is of: None for an answer that holds or does not, else
    the value above which the answer counts. `verdict` is proved, and there for the deal alone.
    """

    situation: Situation
    table: str
    agenda: str | None
    answer: Scalar
    others: tuple[Scalar, ...]
    inputs: tuple[Open, ...]
    ranges: Mapping[str, Range]
    verdict: Verdict | None
    tornado: Tornado
    drift: Drift
    worth: Worth
    together: Together | None
    silences: tuple[Filled, ...]
    sobol: Sobol
    scenario: Scenario | None
    corner: float | None
    flips: tuple[Flips, ...]
    square: FlipSquare | None
    left_out: tuple[str, ...]
    no_deal: str
    draws: int
    seed: int
    version: str
    fingerprint: str
    texts: tuple[tuple[str, str], ...]
