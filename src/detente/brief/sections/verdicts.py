"""How is a verdict over ranges said: what holds, what gives a deal and what none, and from where to where?"""

from detente.brief.words import Names, capital, number
from detente.levers import Deciding, Verdict
from detente.levers.verdict import Witness
from detente.situation.paths import inputs

NAMED = 4  # inputs of a case that are named one by one
REST = "the rest at its best guess"


def proof(verdict: Verdict) -> str:
    """Return how a verdict is known."""
    return "proved" if verdict.proof == "proved" else f"sampled, {verdict.draws} draws"


def summary(verdict: Verdict) -> str:
    """Say whether there is a deal over all values in the ranges, and at the best guess."""
    if verdict.kind == "holds":
        return f"There is a deal for all values in the ranges ({proof(verdict)})."
    if verdict.kind == "none":
        return f"There is no deal for any values in the ranges ({proof(verdict)})."
    best, other = ("a deal", "not for all values") if verdict.at_best else ("no deal", "one for some values")
    if verdict.case_for is None:
        return f"There is no deal at the best guess, and no case with one was found in {verdict.draws} draws."
    return f"There is {best} at the best guess, but {other} in the ranges: a case on each side was found."


def sentences(verdict: Verdict, names: Names, *, most: int) -> tuple[str, ...]:
    """Say what decides: first the case on the other side of the best guess, then the inputs that decide alone."""
    if verdict.kind != "depends":
        return ()
    alone = tuple(decisive(d, verdict, names) for d in verdict.deciding[:most])
    told = together(verdict, names)
    return (*((told,) if told else ()), *alone)


def together(verdict: Verdict, names: Names) -> str:
    """Say what turns the answer at the best guess into the other one: which inputs move, from what to what."""
    case = verdict.case_against if verdict.at_best else verdict.case_for
    if case is None or not case.values:
        return "" if verdict.deciding else "No single input decides; only several together."
    outcome = "There is no deal" if verdict.at_best else "There is a deal"
    moves = _moves(case, names)
    if len(moves) == 1:
        return f"{outcome} if {moves[0]}, {REST}."
    kept, more = moves[:NAMED], len(moves) - NAMED
    rest = f"; and {more} more {'input moves' if more == 1 else 'inputs move'}" if more > 0 else ""
    every = "both" if len(moves) == 2 else "all"
    return f"{outcome} if {every} of these come together, {REST}: {'; '.join(kept)}{rest}."


def _moves(case: Witness, names: Names) -> tuple[str, ...]:
    """Return each input of a case in words, from its best guess to its value there."""
    best = {i.path: i.value.best for i in inputs(names.situation)}
    return tuple(_move(path, best.get(path), value, names) for path, value in case.values)


def _move(path: str, best: float | None, value: float, names: Names) -> str:
    if path.endswith(".hardness"):
        return f"{names.line(path)} {'is real' if value >= 0.5 else 'is not real'}"
    start = f" from {number(best)}" if best is not None else ""
    return f"{names.input(path)} moves{start} to {number(value)}"


def decisive(one: Deciding, verdict: Verdict, names: Names) -> str:
    """Return what one deciding input decides, with its threshold."""
    what = capital(names.input(one.path))
    if one.path.endswith(".hardness"):
        end = "no deal whatever else" if one.settled_as == "none" else "no deal at the best guess of the rest"
        return f"{what}: if it is, {end}."
    if one.settles is not None and (one.settled_as == "none" or one.threshold is None):
        outcome = "a deal" if one.settled_as == "holds" else "no deal"
        end = number(one.low if one.settles == "low" else one.high)
        return f"{what}: at {end}, {outcome} whatever the rest."
    if one.threshold is None or one.deal_side is None:
        return f"{what}."
    return f"{what}: a deal {one.deal_side} {number(one.threshold)}, with {REST}."
