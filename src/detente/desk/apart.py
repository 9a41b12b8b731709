"""How far is everybody apart on every issue, and who stands together?"""

from detente.analyses.wants import Wants, wants
from detente.boards import positions
from detente.brief.answers import Gap
from detente.situation.nouns import Situation

Blocs = tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


def apart(situation: Situation) -> Wants | None:
    """Measure the distances between all that speak for themselves; None where nobody has a stance.

    The members of a decision body are left out: the body speaks for them.
    """
    members = {m for p in situation.parties if p.decision_body for m in p.members}
    speaking = {s.party for s in situation.stances} - members
    if not speaking:
        return None
    return wants(positions(situation, parties=tuple(p.id for p in situation.parties if p.id in speaking)))


def gaps(found: Wants) -> tuple[Gap, ...]:
    """Name the two that stand farthest apart on each issue, where anybody stands apart."""
    return tuple(Gap(a.issue, a.first, a.second, a.distance) for a in found.farthest if a.distance > 0)


def blocs(found: Wants) -> Blocs:
    """List the groups of two and more that stand close together, per issue."""
    grouped = (
        (issue, tuple(b for b in row if len(b) > 1)) for issue, row in zip(found.issues, found.blocs, strict=True)
    )
    return tuple((issue, row) for issue, row in grouped if row)
