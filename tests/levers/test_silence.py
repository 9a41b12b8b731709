"""Which silences are found, and which of them change an answer."""

import pytest

from detente.levers import Silence, silences
from detente.situation.nouns import AgendaItem, Demand, Issue, Party, Situation, Stance, Table, Tie
from detente.situation.values import Basis, Range

READ = Basis(kind="read", evidence=("e1",), rule="test")
SUPPLIED = Basis(kind="supplied", rule="counterpart-benefit")


def point(at: float) -> Range:
    return Range.point(at, READ)


@pytest.fixture
def situation() -> Situation:
    """A wants x from B; what B gets is supplied; C presses from outside and is A's ally."""
    stances = [Stance(party=p, issue="x", position=point(at), salience=point(50)) for p, at in (("a", 100), ("b", 0))]
    stances += [
        Stance(party=p, issue="y", position=point(at), salience=point(s), basis=SUPPLIED)
        for p, at, s in (("a", 0, 20), ("b", 100, 60))
    ]
    items = (AgendaItem(issue="x", mode="in", basis=READ), AgendaItem(issue="y", mode="option", basis=SUPPLIED))
    return Situation(
        title="Trade",
        parties=tuple(Party(id=i, name=i.upper()) for i in "abc"),
        issues=(
            Issue(id="x", name="x", status_quo=point(0)),
            Issue(id="y", name="y", status_quo=point(0), basis=SUPPLIED),
        ),
        stances=tuple(stances),
        demands=(Demand(id="d", by="c", to="a", table="t", issue="x", basis=READ),),
        tables=(Table(id="t", name="talks", consent=("a", "b"), agenda=items),),
        ties=(Tie(id="tie", kind="ally", source="a", target="c", basis=READ),),
    )


@pytest.fixture
def found(situation: Situation) -> dict[tuple[str, str | None], Silence]:
    agendas = {"as it stands": {"x": ("in", None), "y": ("option", None)}}
    return {(s.slot, s.party): s for s in silences(situation, "t", agendas)}


def test_a_supplied_benefit_is_not_taken_for_the_text(found: dict[tuple[str, str | None], Silence]) -> None:
    silence = found["benefit", "b"]
    assert silence.filled == "supplied"
    assert silence.changes is not None
    assert [(c.before.kind, c.after.kind) for c in silence.changes] == [("holds", "none")]
    assert found["benefit", "a"].filled == "text"


def test_what_is_not_computed_is_not_called_unchanged(found: dict[tuple[str, str | None], Silence]) -> None:
    assert found["verifier", None].changes is None
    assert found["ally_action", "c"].changes is None


def test_a_walk_away_value_that_flips_the_answer_is_found(found: dict[tuple[str, str | None], Silence]) -> None:
    changes = found["walk_away", "b"].changes
    assert changes
    assert changes[0].after.kind == "none"


def test_silences_that_change_an_answer_come_first(situation: Situation) -> None:
    rows = silences(situation, "t", {"as it stands": {"x": ("in", None), "y": ("option", None)}})
    ranks = [0 if s.filled != "text" and s.changes else 1 if s.filled != "text" else 2 for s in rows]
    assert ranks == sorted(ranks)
