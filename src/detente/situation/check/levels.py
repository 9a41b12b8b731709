"""Which levels may a package take, and which of them does a red line leave?"""

from detente.situation.nouns import Issue, RedLine, Situation

_QUARTERS = 5
_CLOSE = 1e-9  # of the width of the scale


def levels_of(situation: Situation, issue: Issue) -> tuple[float, ...]:
    """Return the options of an issue, else its landmarks, else quarters of its scale, and whatever else is named.

    How things stand is a level, and so is what a score or an interaction names.
    """
    low, high = issue.scale
    quarters = [low + k * (high - low) / (_QUARTERS - 1) for k in range(_QUARTERS)]
    found = {issue.status_quo.best, *(issue.options or [m.at for m in issue.landmarks] or quarters)}
    found |= {s.at for s in situation.scores if s.issue == issue.id}
    found |= {v.at for v in situation.interactions if v.issue == issue.id}
    found |= {v.other_at for v in situation.interactions if v.other == issue.id}
    return tuple(sorted(found))


def on_scale(issue: Issue, level: float) -> bool:
    """Whether a level lies on the scale of an issue; a scale that runs backwards is another problem."""
    low, high = issue.scale
    return low >= high or low <= level <= high


def same_level(issue: Issue, one: float, other: float) -> bool:
    """Whether two numbers mean the same level of an issue, give or take the last bits."""
    return abs(one - other) <= _CLOSE * abs(issue.scale[1] - issue.scale[0])


def may_accept(line: RedLine, level: float) -> bool:
    """Whether a red line leaves a level acceptable at least where its range is at its most lenient.

    A line that is surely not meant leaves every level.
    """
    if line.hardness.high <= 0:
        return True
    return level <= line.at.high if line.accepts == "at_most" else level >= line.at.low


def in_words(line: RedLine) -> str:
    """Write what a red line accepts at its most lenient.

    >>> from detente.situation.values import Basis, Range
    >>> at, real = (Range.point(v, Basis(kind="entered", by="ana")) for v in (20, 1))
    >>> in_words(RedLine(at=at, accepts="at_most", hardness=real))
    'at most 20'
    """
    return f"at most {line.at.high:g}" if line.accepts == "at_most" else f"at least {line.at.low:g}"
