"""Multiplying an issue's scale and all that stands on it changes no share, choice or verdict."""

from hypothesis import given
from tests.analyses.laws.claimed import claiming, tried
from tests.analyses.ways import dispute, said
from tests.boards.worlds import SEEDS

from detente.analyses import Record
from detente.situation.nouns import Issue, RedLine, Score, Situation, Stance
from detente.situation.values import Range


@tried
@claiming("rescaling")
@given(seed=SEEDS)
def test_the_unit_of_an_issue_changes_nothing(record: Record, seed: int) -> None:
    situation = dispute(seed)
    assert said(record, scaled(situation, 2.5), scale=2.5) == said(record, situation)


def scaled(situation: Situation, by: float) -> Situation:
    """The same dispute with every issue measured in another unit."""
    return situation.model_copy(
        update={
            "issues": tuple(_issue(i, by) for i in situation.issues),
            "stances": tuple(_stance(s, by) for s in situation.stances),
            "scores": tuple(Score(**{**dict(s), "at": s.at * by}) for s in situation.scores),
        }
    )


def _times(value: Range, by: float) -> Range:
    return Range(low=value.low * by, best=value.best * by, high=value.high * by, basis=value.basis)


def _issue(issue: Issue, by: float) -> Issue:
    scale = (issue.scale[0] * by, issue.scale[1] * by)
    options = tuple(o * by for o in issue.options)
    return issue.model_copy(update={"scale": scale, "options": options, "status_quo": _times(issue.status_quo, by)})


def _stance(stance: Stance, by: float) -> Stance:
    line = stance.red_line
    moved = line and RedLine(at=_times(line.at, by), accepts=line.accepts, hardness=line.hardness)
    return stance.model_copy(update={"position": _times(stance.position, by), "red_line": moved})
