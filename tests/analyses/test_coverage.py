"""What the threats answer, and what they leave open."""

from detente.analyses.coverage import coverage
from detente.boards import moves
from detente.boards.outside.draft import drafted
from detente.situation.nouns import Party, Situation, Threat, Tie, Trigger


def test_an_ally_that_acts_alone_is_not_covered_by_a_threat_that_names_the_other() -> None:
    threat = Threat(
        id="bases", by="iran", against="usa", trigger=Trigger(actor="usa", action="strike"), action="hit bases"
    )
    parties = tuple(Party(id=p, name=p) for p in ("usa", "iran", "israel"))
    tie = Tie(id="tie", kind="ally", source="usa", target="israel")
    found = coverage(moves(drafted(Situation(title="Gulf", parties=parties, threats=(threat,), ties=(tie,)))))
    assert [(row.option.owner, row.threats) for row in found.rows] == [("usa", ("bases",)), ("israel", ())]
    assert [option.owner for option in found.uncovered] == ["israel"]
    assert found.certificate.holds


def test_without_threats_and_moves_there_is_nothing_to_cover() -> None:
    assert coverage(moves(Situation(title="Quiet"))).rows == ()
