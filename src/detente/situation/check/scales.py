"""Does every level lie on its scale, and every weight within its bounds?"""

from detente.situation.check.problem import Problem, Problems, doubt, repeated
from detente.situation.nouns import Issue, Situation, Stance
from detente.situation.paths import influence_path, inputs, score_path
from detente.situation.values import Range

_PROBABILITY = (0.0, 1.0)
_SALIENCE = (0.0, 100.0)
_WEIGHT = (0.0, float("inf"))


def issues(situation: Situation) -> Problems:
    """Find scales that run backwards, and landmarks, options or a status quo outside them."""
    for issue in situation.issues:
        low, high = issue.scale
        if not low < high:
            message = f"the scale of '{issue.id}' runs from {low:g} to {high:g}."
            yield Problem(f"{issue.id}.scale", message, "Give [low, high] with low below high.")
            continue
        yield from _outside(f"{issue.id}.status_quo", "the status quo", issue.status_quo, issue)
        for mark in issue.landmarks:
            yield from _level(f"{issue.id}.landmarks.{mark.at:g}", f"the landmark '{mark.name}'", mark.at, issue)
        for option in issue.options:
            yield from _level(f"{issue.id}.options", "the option", option, issue)
        yield from _repeats(issue)


def stances(situation: Situation) -> Problems:
    """Find positions and red lines outside the scale, saliences and hardness out of bounds, and stances at odds."""
    known = {issue.id: issue for issue in situation.issues if issue.scale[0] < issue.scale[1]}
    for stance in situation.stances:
        at = f"{stance.party}.{stance.issue}"
        issue = known.get(stance.issue)
        if issue is not None:
            yield from _outside(f"{at}.position", "the position", stance.position, issue)
            if stance.red_line is not None:
                yield from _outside(f"{at}.red_line", "the red line", stance.red_line.at, issue)
        yield from _bounded(f"{at}.salience", "salience", stance.salience, _SALIENCE)
        if stance.red_line is not None:
            yield from _bounded(f"{at}.hardness", "hardness", stance.red_line.hardness, _PROBABILITY)
            yield from _at_odds(at, stance)


def weights(situation: Situation) -> Problems:
    """Find weights, costs and probabilities out of their bounds, and scores of levels that are not on the scale."""
    known = {issue.id: issue for issue in situation.issues if issue.scale[0] < issue.scale[1]}
    for weight in situation.influence:
        yield from _bounded(influence_path(weight), "a weight", weight.weight, _WEIGHT)
    for score in situation.scores:
        if score.issue in known:
            yield from _level(score_path(score), "the scored level", score.at, known[score.issue])
    for tie in situation.ties:
        if tie.weight is not None:
            yield from _bounded(f"{tie.id}.weight", "a weight", tie.weight, _WEIGHT)
    for threat in situation.threats:
        if threat.credibility is not None:
            yield from _bounded(f"{threat.id}.credibility", "credibility", threat.credibility, _PROBABILITY)


def same_paths(situation: Situation) -> Problems:
    """Find two values that stand at one path, such as two stances of a party on one issue."""
    for path in repeated(i.path for i in inputs(situation)):
        parts = path.split(".")
        if parts[-1] in ("salience", "red_line", "hardness"):
            continue  # the position of the same stance has said it
        where = ".".join(parts[:-1]) if parts[-1] == "position" else path
        what = f"'{parts[0]}' has two stances on '{parts[1]}'" if parts[-1] == "position" else f"two values at '{path}'"
        yield Problem(where, f"{what}.", "Keep one of the two.")


def _repeats(issue: Issue) -> Problems:
    for name, levels in (("landmarks", [m.at for m in issue.landmarks]), ("options", list(issue.options))):
        for level in repeated(f"{v:g}" for v in levels):
            yield doubt(f"{issue.id}.{name}", f"the level {level} stands twice in {name}.", "Keep one of the two.")


def _outside(path: str, what: str, value: Range, issue: Issue) -> Problems:
    low, high = issue.scale
    if value.low < low or value.high > high:
        given = f"{value.best:g}" if value.is_point else f"{value.low:g} to {value.high:g}"
        message = f"{what} {given} is outside the scale of '{issue.id}', {low:g} to {high:g}."
        yield Problem(path, message, "Move it onto the scale, or widen the scale.")


def _level(path: str, what: str, level: float, issue: Issue) -> Problems:
    low, high = issue.scale
    if not low <= level <= high:
        message = f"{what} at {level:g} is outside the scale of '{issue.id}', {low:g} to {high:g}."
        yield Problem(path, message, "Move it onto the scale, or widen the scale.")


def _bounded(path: str, what: str, value: Range, bounds: tuple[float, float]) -> Problems:
    low, high = bounds
    if value.low >= low and value.high <= high:
        return
    wanted = f"{low:g} or more" if high == float("inf") else f"{low:g} to {high:g}"
    given = f"{value.best:g}" if value.is_point else f"{value.low:g} to {value.high:g}"
    yield Problem(path, f"{what} is {wanted}, not {given}.", f"Give values from {wanted}.")


def _at_odds(at: str, stance: Stance) -> Problems:
    """Find a stance that wants what its own red line forbids."""
    line = stance.red_line
    if line is None:
        return
    most = line.accepts == "at_most"
    if (stance.position.low > line.at.high) if most else (stance.position.high < line.at.low):
        side = "above" if most else "below"
        message = f"'{stance.party}' wants a level {side} its own red line on '{stance.issue}'."
        yield doubt(f"{at}.red_line", message, "Check whether the red line should be at_least or at_most.")
