"""What a situation says to somebody who asks one thing of it."""

from detente.situation.nouns import AgendaItem, Issue, Score, Situation, Table
from detente.situation.values import Basis, Range
from detente.situation.views import gaining

ENTERED = Basis(kind="entered", by="test")


def test_whoever_has_a_score_above_nothing_can_gain_by_it() -> None:
    table = Table(id="t", name="T", consent=("a", "b"), agenda=(AgendaItem(issue="x", mode="option"),))
    issue = Issue(id="x", name="X", status_quo=Range.point(0, ENTERED))
    scores = tuple(
        Score(party=p, issue="x", at=1.0, value=Range.point(v, ENTERED)) for p, v in (("a", 5.0), ("b", -5.0))
    )
    situation = Situation(title="T", issues=(issue,), scores=scores, tables=(table,))
    assert [s.issue for s in gaining(situation, "t", "a")] == ["x"]
    assert gaining(situation, "t", "b") == ()
