"""Where do the models of a body differ, and which input decides what they say, or whether they agree?

Every model is asked at the best guess, and then once with each ranged position, salience and influence at its low end
and once at its high end, all others at their best: one batch of cases per model. Inputs are moved one at a time, so
that what two of them do together is not seen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Float

from detente.analyses.baselines import baselines
from detente.boards import Draws, Positions, positions
from detente.boards.body import Body
from detente.ensemble.bodies import Decided, Model
from detente.errors import AnalysisError
from detente.situation.nouns import Situation
from detente.situation.paths import Input, inputs

DEFAULT = "prevails"
FIELDS = ("position", "salience", "influence")


Said: TypeAlias = Mapping[str, Float[np.ndarray, "draw issue"]]


@dataclass(frozen=True, slots=True)
class Swing:
    """What one input does to the answers on one issue, all other inputs at their best.

    `at_low` and `at_high` are what each model says with the input at its ends, in the order of `Agreement.models`, and
    `spread_low` and `spread_high` how far apart they are then; None where nobody carries weight any more.
    """

    path: str
    low: float
    high: float
    at_low: tuple[float, ...] | None
    at_high: tuple[float, ...] | None
    spread_low: float | None
    spread_high: float | None


@dataclass(frozen=True, slots=True)
class IssueAgreement:
    """What the models say on one issue at the best guess, in the issue's unit, and what moves them.

    `points` are in the order of `Agreement.models` and `baselines` in that of `Agreement.baselines`. `spread` is the
    largest less the smallest of `points`, and `share` that as a share of the scale. `decides` is the input that moves
    the default most, by `decides_by`; `divides` the one that changes the spread most, by `divides_by`, below zero where
    the models come closer. Both are None where no input moves anything.
    """

    issue: str
    points: tuple[float, ...]
    baselines: tuple[float, ...]
    spread: float
    share: float
    decides: str | None
    decides_by: float
    divides: str | None
    divides_by: float
    swings: tuple[Swing, ...]

    def swing(self, path: str) -> Swing:
        """Return what one input does.

        Raises AnalysisError for an input that was not moved.
        """
        found = next((s for s in self.swings if s.path == path), None)
        if found is None:
            listed = ", ".join(s.path for s in self.swings) or "none"
            raise AnalysisError(f"'{path}' has no range, or is no input of this body. Inputs with one: {listed}.")
        return found


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where models of a body differ, issue by issue; `silent` are those that say nothing, with the reason."""

    models: tuple[str, ...]
    baselines: tuple[str, ...]
    default: str
    issues: tuple[IssueAgreement, ...]
    silent: tuple[tuple[str, str], ...]

    def on(self, issue: str) -> IssueAgreement:
        """Return what the models say on an issue.

        Raises AnalysisError for an issue that the body does not decide.
        """
        found = next((one for one in self.issues if one.issue == issue), None)
        if found is None:
            listed = ", ".join(one.issue for one in self.issues)
            raise AnalysisError(f"The body does not decide '{issue}'. It decides: {listed}.")
        return found


def agreement(situation: Situation, body: Body, models: Mapping[str, Model]) -> Agreement:
    """Ask models where they differ about a body; the first of them is the default unless `prevails` is among them.

    Raises AnalysisError where there is no model, or none says anything, and BoardError where the body cannot be put on
    a board.
    """
    if not models:
        raise AnalysisError("No model was named, so nothing can agree. Name one or more.")
    best = positions(situation, parties=body.heard, table=body.table)
    beside = baselines(best)
    rows = {"midpoint": beside.midpoint, "status quo": beside.status_quo, "climatology": beside.decision.point}
    moved = _moved(situation, body)
    board = positions(situation, parties=body.heard, table=body.table, draws=_draws(situation, moved))
    sound = (board.weight.sum(axis=-2) > 0).all(axis=-1)
    said, silent = _asked(board, models, sound)
    default = DEFAULT if DEFAULT in said else next(iter(said))
    return Agreement(
        models=tuple(said),
        baselines=tuple(rows),
        default=default,
        issues=tuple(
            _on_issue(best, i, said, default, moved, tuple(float(r[i]) for r in rows.values()))
            for i in range(len(best.issues))
        ),
        silent=silent,
    )


def _moved(situation: Situation, body: Body) -> tuple[Input, ...]:
    """List the ranged inputs of a body: positions and saliences on its issues, and influence."""
    issues = {issue.id for issue in situation.issues}
    found: list[Input] = []
    for one in inputs(situation):
        party, *middle, field = one.path.split(".")
        on = field == "influence" or (len(middle) == 1 and middle[0] in issues)
        if field in FIELDS and on and party in body.heard and not one.value.is_point:
            found.append(one)
    return tuple(found)


def _draws(situation: Situation, moved: tuple[Input, ...]) -> Draws:
    """Lay out the cases: the best guess first, then each input at its low and at its high end."""
    size = 1 + 2 * len(moved)
    columns = {one.path: np.full(size, one.value.best) for one in moved}
    for k, one in enumerate(moved):
        columns[one.path][1 + 2 * k : 3 + 2 * k] = one.value.low, one.value.high
    if not columns:
        only = inputs(situation)[0]
        columns = {only.path: np.array([only.value.best])}
    return columns


def _asked(
    board: Positions, models: Mapping[str, Model], sound: Bool[np.ndarray, " draw"]
) -> tuple[dict[str, Float[np.ndarray, "draw issue"]], tuple[tuple[str, str], ...]]:
    """Ask every model in all cases in which somebody carries weight; the others stay empty."""
    said: dict[str, Float[np.ndarray, "draw issue"]] = {}
    silent: list[tuple[str, str]] = []
    kept = _only(board, sound)
    for name, model in models.items():
        try:
            answer: Decided = model(kept)
        except AnalysisError as why:
            silent.append((name, str(why)))
            continue
        said[name] = np.full((len(sound), len(board.issues)), np.nan)
        said[name][sound] = answer.decision.point
    if not said:
        raise AnalysisError(silent[0][1])
    return said, tuple(silent)


def _only(board: Positions, kept: Bool[np.ndarray, " draw"]) -> Positions:
    """Return the board of some of its draws."""
    return replace(
        board,
        at=board.at[kept],
        salience=board.salience[kept],
        influence=board.influence[kept],
        status_quo=board.status_quo[kept],
    )


def _on_issue(
    board: Positions, i: int, said: Said, default: str, moved: tuple[Input, ...], beside: tuple[float, ...]
) -> IssueAgreement:
    points = np.stack([column[:, i] for column in said.values()])
    spread = points.max(axis=0) - points.min(axis=0)
    own = said[default][:, i]
    by = [_range(own[[0, 1 + 2 * k, 2 + 2 * k]]) for k in range(len(moved))]
    apart = [_change(spread[[0, 1 + 2 * k, 2 + 2 * k]]) for k in range(len(moved))]
    width = float(board.high[i] - board.low[i])
    most, widest = _greatest(by, width), _greatest(apart, width)
    return IssueAgreement(
        issue=board.issues[i],
        points=tuple(points[:, 0].tolist()),
        baselines=beside,
        spread=float(spread[0]),
        share=float(spread[0]) / width,
        decides=None if most is None else moved[most].path,
        decides_by=0.0 if most is None else by[most],
        divides=None if widest is None else moved[widest].path,
        divides_by=0.0 if widest is None else apart[widest],
        swings=tuple(_swings(points, spread, moved)),
    )


def _swings(
    points: Float[np.ndarray, "model draw"], spread: Float[np.ndarray, " draw"], moved: tuple[Input, ...]
) -> Iterator[Swing]:
    for k, one in enumerate(moved):
        ends = [1 + 2 * k, 2 + 2 * k]
        told = [None if np.isnan(spread[e]) else tuple(points[:, e].tolist()) for e in ends]
        apart = [None if np.isnan(spread[e]) else float(spread[e]) for e in ends]
        yield Swing(one.path, one.value.low, one.value.high, told[0], told[1], apart[0], apart[1])


def _range(values: Float[np.ndarray, " case"]) -> float:
    """How far an answer moves over the best guess and the two ends, as far as there are answers."""
    return float(np.nanmax(values) - np.nanmin(values))


def _change(values: Float[np.ndarray, " case"]) -> float:
    """The greater of the two changes from the best guess, with its sign."""
    changes = [float(v) for v in values[1:] - values[0] if not np.isnan(v)]
    return max(changes, key=abs, default=0.0)


def _greatest(sizes: list[float], width: float) -> int | None:
    """Which is the greatest in size, if any is more than rounding?"""
    at = max(range(len(sizes)), key=lambda k: abs(sizes[k]), default=None)
    return at if at is not None and abs(sizes[at]) > 1e-9 * width else None
