r"""What does a principal want that decides at home by its members, and has not said so itself?

    position = the forecast of the body over draws of its members' inputs: median, and the ends of its 80 % interval
    salience = sum_m c_m s_m / sum_m c_m                                                                           (1)

for members m with influence c and salience s on the issue, at the low, best and high values of s. What a principal is
said to want itself stands; only what is missing is supplied. A member's red line is not its principal's: inside a body
that decides by weight nobody can refuse alone.

Source: two-level games, Putnam (1988), International Organization 42(3); that the inner level settles as the default
forecast of a deciding body says is a convention of ours. Influence enters here and never again: bargaining weights at
the table are equal.
"""

from collections.abc import Iterator

from detente.analyses.prevails import INTERVAL, prevails
from detente.boards.body import Body, body, within
from detente.ensemble import Drawing, Spread, spread
from detente.errors import AnalysisError
from detente.situation.nouns import Situation, Stance
from detente.situation.values import Basis, Range

RULE = "mandate-of-members"
_BASIS = Basis(kind="supplied", rule=RULE)


def with_mandates(situation: Situation, *, drawing: Drawing) -> Situation:
    """Return the situation in which every decision body has a stance where its members settle on one.

    A body whose numbers cannot be used stays silent: `detente positions` says what is wrong with them.

    >>> with_mandates(Situation(title="Empty"), drawing=Drawing(1, 0)).stances
    ()
    """
    made = tuple(stance for name in _silent(situation) for stance in _stances(situation, name, drawing))
    return situation.model_copy(update={"stances": (*situation.stances, *made)}) if made else situation


def _silent(situation: Situation) -> Iterator[Body]:
    """Yield the decision bodies at a table that have no stance of their own on something their members speak of."""
    seated = {party for table in situation.tables for party in table.consent}
    for party in situation.parties:
        if party.decision_body and party.id in seated and any(_open(situation, party.id, party.members)):
            yield body(situation, party.id)


def _open(situation: Situation, principal: str, members: tuple[str, ...]) -> Iterator[str]:
    for issue in situation.issues:
        speaking = [s for s in situation.stances if s.party in members and s.issue == issue.id]
        if (
            situation.stance(principal, issue.id) is None
            and len(speaking) > 1
            and any(s.salience.high for s in speaking)
        ):
            yield issue.id


def _stances(situation: Situation, inside: Body, drawing: Drawing) -> Iterator[Stance]:
    principal = inside.id
    issues = tuple(_open(situation, principal, inside.members))
    about = within(situation, inside, issues)
    try:
        found = spread(about, inside, {"prevails": prevails}, drawing=drawing)["prevails"]
    except AnalysisError:
        return
    for i, issue in enumerate(issues):
        yield Stance(
            party=principal, issue=issue, position=_position(found, i), salience=_salience(about, issue), basis=_BASIS
        )


def _position(found: Spread, i: int) -> Range:
    low, best, high = (
        round(float(found.quantile(share)[i]), 1) for share in ((1 - INTERVAL) / 2, 0.5, (1 + INTERVAL) / 2)
    )
    return Range(low=low, best=best, high=high, basis=_BASIS)


def _salience(about: Situation, issue: str) -> Range:
    """Equation (1), at the ends of what is known of the members' saliences."""
    stances = [s for s in about.stances if s.issue == issue]
    weights = [_influence(about, s.party, issue) for s in stances]
    total = sum(weights) or 1.0
    low, best, high = (
        round(sum(w * v for w, v in zip(weights, values, strict=True)) / total, 1)
        for values in zip(*((s.salience.low, s.salience.best, s.salience.high) for s in stances), strict=True)
    )
    return Range(low=low, best=best, high=high, basis=_BASIS)


def _influence(about: Situation, party: str, issue: str) -> float:
    rows = [w for w in about.influence if w.party == party and w.issue in (None, issue)]
    found = max(rows, key=lambda w: (w.issue is not None, w.table is not None), default=None)
    return found.weight.best if found is not None else 1.0
