"""Who carries a package, and who has a stake without a seat."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boards.rich import HOUSE, LOBBY, rich
from tests.boards.worlds import SEEDS, Shape, sample, span, tried, world

from detente.boards import Rule, deals, with_modes
from detente.errors import BoardError
from detente.search.packages.space import allowed_levels
from detente.situation.nouns import Demand, Influence, NoDeal, Party, RedLine, Score, Situation, Stance


def ruled(**fields: object) -> Situation:
    situation = world(4, Shape(parties=4, issues=2))
    hall = situation.tables[0].model_copy(update=fields)
    return situation.model_copy(update={"tables": (hall,)})


def rule(situation: Situation) -> Rule:
    found = deals(situation, "hall").rule
    assert found is not None
    return found


def carries(found: Rule, accepting: tuple[int, ...]) -> bool:
    return sum(found.weights[p] for p in accepting) >= found.need and set(found.vetoes) <= set(accepting)


def test_everybodys_consent_needs_no_rule() -> None:
    assert deals(ruled(), "hall").rule is None
    assert deals(ruled(vetoes=("p0",)), "hall").rule is None


def test_a_majority_is_more_than_half() -> None:
    assert rule(ruled(rule="majority")) == Rule((1.0,) * 4, 3.0)


def test_a_quorum_is_what_the_table_says() -> None:
    found = rule(ruled(rule="quorum", quorum=2, vetoes=("p3", "p1")))
    assert found == Rule((1.0,) * 4, 2.0, (1, 3))
    assert not found.unanimous
    assert rule(ruled(rule="quorum", quorum=4)).unanimous


@tried
@given(weights=st.lists(st.floats(0, 50).map(lambda w: round(w, 3)), min_size=4, max_size=4).filter(any))
def test_by_influence_exactly_more_than_half_carries(weights: list[float]) -> None:
    rows = tuple(Influence(party=f"p{k}", weight=span(w)) for k, w in enumerate(weights))
    found = rule(ruled(rule="weighted").model_copy(update={"influence": rows}))
    exact = [Fraction(str(w)) for w in weights]
    for size in range(5):
        for accepting in itertools.combinations(range(4), size):
            more_than_half = 2 * sum(exact[p] for p in accepting) > sum(exact)
            assert carries(found, accepting) == more_than_half


def test_whole_weights_stay_as_they_are_entered() -> None:
    rows = tuple(Influence(party=f"p{k}", weight=span(w)) for k, w in enumerate((50, 30, 20, 1)))
    assert rule(ruled(rule="weighted").model_copy(update={"influence": rows})) == Rule((50.0, 30.0, 20.0, 1.0), 51.0)


def test_a_weight_at_the_table_goes_before_an_overall_one_and_none_is_one() -> None:
    rows = (
        Influence(party="p0", weight=span(9)),
        Influence(party="p0", table="hall", weight=span(4)),
        Influence(party="p1", weight=span(3)),
        Influence(party="p2", issue="i0", weight=span(8)),
    )
    found = rule(ruled(rule="weighted").model_copy(update={"influence": rows}))
    assert found.weights == (4.0, 3.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rule": "quorum"}, "decides by quorum and names none"),
        ({"rule": "quorum", "quorum": 5}, "asks for 5 of 4"),
        ({"rule": "majority", "vetoes": ("ally",)}, "'ally' has a veto at table 'hall' but does not consent"),
    ],
)
def test_a_rule_that_nobody_can_meet_says_why(fields: dict[str, object], message: str) -> None:
    with pytest.raises(BoardError, match=message):
        deals(ruled(**fields), "hall")


def test_weights_that_decide_nothing_say_so() -> None:
    rows = tuple(Influence(party=f"p{k}", weight=span(0)) for k in range(4))
    with pytest.raises(BoardError, match="no party's weight there is above zero"):
        deals(ruled(rule="weighted").model_copy(update={"influence": rows}), "hall")


@tried
@given(seed=SEEDS)
def test_a_watcher_is_scored_as_a_party_would_be(seed: int) -> None:
    situation = rich(seed, Shape(issues=2))
    board = deals(situation, "hall")
    hall = situation.tables[0]
    seated = hall.model_copy(update={"consent": (*hall.consent, HOUSE), "ratifiers": ()})
    beside = deals(situation.model_copy(update={"tables": (seated,)}), "hall")
    assert board.watchers is not None
    at, seat = board.watchers.parties.index(HOUSE), beside.parties.index(HOUSE)
    for i in range(2):
        assert (board.watchers.score[i][at] == beside.score[i][seat]).all()
        assert (board.watchers.admits[i][at] == beside.admits[i][seat]).all()
    for cross in board.watchers.interactions:
        twin = next(c for c in beside.interactions if (c.first, c.second) == (cross.first, cross.second))
        assert (cross.score[at] == twin.score[seat]).all()


def test_who_presses_ratifies_or_leans_watches() -> None:
    board = deals(rich(5), "hall")
    assert board.watchers is not None
    assert board.watchers.parties == ("ally", HOUSE, LOBBY)
    assert board.watchers.ratifies == (False, True, False)


def test_who_wants_nothing_of_the_issues_does_not_watch_unless_it_ratifies() -> None:
    base = world(5, Shape(issues=2))
    bare = base.model_copy(
        update={
            "stances": tuple(s for s in base.stances if s.party != "ally"),
            "parties": (*base.parties, Party(id="senate", name="Senate")),
        }
    )
    assert deals(bare, "hall").watchers is None
    hall = bare.tables[0].model_copy(update={"ratifiers": ("senate",)})
    found = deals(bare.model_copy(update={"tables": (hall,)}), "hall").watchers
    assert found is not None
    assert found.parties == ("senate",)
    assert not any(score.any() for score in found.score)


def test_a_watchers_score_overrides_and_brings_its_level() -> None:
    base = world(5, Shape(issues=2))
    row = Score(party="ally", issue="i0", at=61, value=span(12.5))
    board = deals(base.model_copy(update={"scores": (row,)}), "hall")
    assert board.watchers is not None
    assert board.watchers.score[0][0, board.levels[0].tolist().index(61.0)] == 1250


def test_a_watchers_no_deal_value_counts_unless_the_status_quo_is_asked_for() -> None:
    base = rich(5)
    hall = base.tables[0].model_copy(update={"no_deal": (NoDeal(party=HOUSE, value=span(7)),)})
    situation = base.model_copy(update={"tables": (hall,)})

    def without(choice: object) -> int:
        found = deals(situation, "hall", no_deal=choice).watchers  # type: ignore[arg-type]
        assert found is not None
        return int(found.no_deal[found.parties.index(HOUSE)])

    assert [without(choice) for choice in ("auto", "status-quo", np.array([1, 2, 3]))] == [700, 0, 700]


def test_the_red_line_of_a_ratifier_binds_and_that_of_another_watcher_does_not() -> None:
    base = world(5, Shape(issues=2))
    now = base.issue("i0").status_quo.best
    line = RedLine(at=span(now), accepts="at_most", hardness=span(1))
    free = tuple(s.model_copy(update={"red_line": None}) for s in base.stances if s.party != "ally")
    mine = Stance(party="ally", issue="i0", position=span(now), salience=span(50), red_line=line)
    situation = base.model_copy(update={"stances": (*free, mine)})
    hall = situation.tables[0].model_copy(update={"ratifiers": ("ally",)})
    plain, ratified = deals(situation, "hall"), deals(situation.model_copy(update={"tables": (hall,)}), "hall")
    assert allowed_levels(plain, 0).all()
    assert (allowed_levels(ratified, 0) == (ratified.levels[0] <= now)).all()
    assert not allowed_levels(with_modes(ratified, {"i0": ("in", None)}), 0)[ratified.status_quo[0]]


def test_a_demand_to_leave_an_issue_out_gives_no_stake() -> None:
    base = world(5, Shape(issues=2)).model_copy(
        update={"demands": (Demand(id="d", by="ally", issue="i0", ask="exclude"),)}
    )
    assert deals(base, "hall").watchers is None


@tried
@given(seed=SEEDS)
def test_pairs_are_valued_by_parties_then_ratifiers(seed: int) -> None:
    board = deals(rich(seed), "hall", draws=sample(rich(seed), seed, 2))
    assert board.watchers is not None
    row = board.watchers.ratifies.index(True)
    own = {(c.first, c.second): c.score for c in board.interactions}
    theirs = {(c.first, c.second): c.score[:, row] for c in board.watchers.interactions}
    valued = {(c.first, c.second): c.score for c in board.valued()}
    assert valued.keys() == own.keys() | theirs.keys()
    for pair, score in valued.items():
        assert (score[:, :-1] == own.get(pair, 0)).all()
        assert (score[:, -1] == theirs.get(pair, 0)).all()


def test_watchers_in_some_draws_are_those_of_these_draws() -> None:
    board = deals(rich(3), "hall", draws=sample(rich(3), 3, 6))
    rows = np.array([4, 1])
    fewer = deals(rich(3), "hall", draws={path: column[rows] for path, column in sample(rich(3), 3, 6).items()})
    assert board.watchers is not None
    assert fewer.watchers is not None
    some = board.watchers.in_draws(rows)
    assert (some.no_deal == fewer.watchers.no_deal).all()
    for i in range(3):
        assert (some.score[i] == fewer.watchers.score[i]).all()
        assert (some.admits[i] == fewer.watchers.admits[i]).all()
    for a, b in zip(some.interactions, fewer.watchers.interactions, strict=True):
        assert (a.score == b.score).all()
