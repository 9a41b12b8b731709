"""Do the models agree on an issue, how far apart are they, and which input decides?"""

from detente.brief.document import Sentence
from detente.brief.prevailing import OnIssue
from detente.brief.sections.prevailing.telling import BASELINES, Telling, by_model, few, model, roughly
from detente.brief.words import capital, listed
from detente.figures import written
from detente.levers.agreement import IssueAgreement

CLOSE, FAR = 0.1, 0.3  # of the scale: models that are closer agree, models that are farther apart do not
LEAST = 0.02  # of the scale: an input that moves an answer by less decides nothing
HOW = "the values that the models name, each over its draws"
ONE_BY_ONE = "every ranged position, salience and influence at either end of its range, the others at the best guess"


def in_short(one: OnIssue, told: Telling) -> tuple[Sentence, ...]:
    """Say in one sentence whether the models agree."""
    found = _named(one, told)
    if one.agreed or len(found) < 2:
        return ()
    (least, low), (most, high), apart = found[0], found[-1], _apart(found, one, told)
    ends = (told.level(one, low), told.level(one, high))
    who = f"{'Over the draws the' if told.ranged else 'The'} {len(found)} models that name a value"
    if ends[0] == ends[1]:
        text = f"{who} all name {ends[0]}."
    elif apart <= CLOSE:
        text = f"{who} agree: all name one from {ends[0]} to {ends[1]}."
    else:
        words = "apart" if apart <= FAR else "far apart"
        text = (
            f"{who} are {words}: from {ends[0]} ({model(least)}) to {ends[1]} ({model(most)}), {roughly(apart)} of "
            "the scale."
        )
    return (told.say(text, one, HOW),)


def on(one: OnIssue, told: Telling) -> tuple[Sentence, ...]:
    """Say how far the models are apart, which say nothing, and which input decides."""
    return (*in_short(one, told), *deciding(one, told), *_silent(one, told))


def deciding(one: OnIssue, told: Telling) -> tuple[Sentence, ...]:
    """Say which input moves the default most, and which one the models' agreement turns on."""
    found = _found(one, told)
    if found is None or one.agreed:
        return ()
    (low, high), parts = told.ends(one), []
    if found.decides is not None and (found.decides_by >= LEAST * (high - low)):
        parts.append(_decides(found, found.decides, one, told))
    if found.divides is not None and abs(found.divides_by) >= LEAST * (high - low):
        parts.append(_divides(found, found.divides, one, told))
    if not parts and found.swings:
        parts = ["No single input, moved over its range alone, changes much of this"]
    text = capital("; ".join(parts))
    return (told.say(f"{text}.", one, ONE_BY_ONE),) if parts else ()


def _found(one: OnIssue, told: Telling) -> IssueAgreement | None:
    held = told.found.agreement
    return next((each for each in held.issues if each.issue == one.issue), None) if held is not None else None


def _decides(found: IssueAgreement, path: str, one: OnIssue, told: Telling) -> str:
    """Say what the default would be with the deciding input at either end."""
    swing, held = found.swing(path), told.found.agreement
    at = held.models.index(held.default) if held is not None else 0
    text = f"What moves {told.default} most is {told.names.input(path)}"
    if swing.at_low is None or swing.at_high is None:
        return f"{text}, by {told.number(one, found.decides_by)} over its range"
    ends = (told.level(one, swing.at_low[at]), told.level(one, swing.at_high[at]))
    over = f"from {_value(path, swing.low, one, told)} to {_value(path, swing.high, one, told)}"
    if ends[0] == ends[1]:
        return f"{text}: by {told.number(one, found.decides_by)} over its range {over}"
    return f"{text}: over its range {over} the median goes from {ends[0]} to {ends[1]}"


def _value(path: str, at: float, one: OnIssue, told: Telling) -> str:
    """Write the value of an input: a position as fine as the scale asks for, a salience or an influence as usual."""
    return told.number(one, at) if path.endswith(".position") else written(at)


def _divides(found: IssueAgreement, path: str, one: OnIssue, told: Telling) -> str:
    """Say how far the models come apart, or together, with one input at the end that changes that most."""
    swing, closer = found.swing(path), found.divides_by < 0
    ends = [(swing.spread_low, swing.low), (swing.spread_high, swing.high)]
    known = [(apart, at) for apart, at in ends if apart is not None]
    apart, at = min(known) if closer else max(known)
    what = "the same input" if path == found.decides else told.names.input(path)
    there, usual = told.number(one, apart), told.number(one, found.spread)
    return (
        f"{what} {'brings the models closer' if closer else 'drives the models apart'} most: with it at "
        f"{_value(path, at, one, told)} they are {there} apart, against {usual} with everything at the best guess"
    )


def overall(told: Telling) -> tuple[Sentence, ...]:
    """Say on which issues the models agree."""
    told_of = [one for one in told.found.issues if not one.agreed and len(_named(one, told)) > 1]
    if len(told_of) < 2:
        return ()
    apart = {one.issue: _apart(_named(one, told), one, told) for one in told_of}
    close = [issue for issue, far in apart.items() if far <= CLOSE]
    far = [issue for issue, far in apart.items() if far > FAR]
    parts = [f"agree on {told.names.issues(close)}"] if close else []
    parts += [f"are far apart on {told.names.issues(far)}"] if far else []
    return (told.plain(f"The models {listed(parts)}.", HOW),) if parts else ()


def _named(one: OnIssue, told: Telling) -> list[tuple[str, float]]:
    """Return the models that name a value, with it, from the lowest to the highest."""
    found = [(lens.name, told.value(lens, one)) for lens in told.lenses(one) if lens.name not in BASELINES]
    return sorted(((name, at) for name, at in found if at is not None), key=lambda each: each[1])


def _apart(found: list[tuple[str, float]], one: OnIssue, told: Telling) -> float:
    """Return how far apart the values are, as a share of the scale."""
    low, high = told.ends(one)
    return (found[-1][1] - found[0][1]) / (high - low) if high > low else 0.0


def _silent(one: OnIssue, told: Telling) -> tuple[Sentence, ...]:
    silent = [lens for lens in one.lenses if lens.point is None and lens.band is None]
    if not silent:
        return ()
    names = few([by_model(lens.name) for lens in silent])
    text = f"{capital(names)} {'says' if len(silent) == 1 else 'say'} nothing here: the panel says why."
    return (told.plain(text, "models that cannot answer"),)
