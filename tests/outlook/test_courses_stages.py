"""Each stage of the courses on cases small enough to be worked out by hand."""

import itertools
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outlook.waters import TABLE, WATERS

from detente.analyses.crisis import crisis
from detente.boards import deals
from detente.boards.crisis import four_outcomes
from detente.boards.scored import scored
from detente.ensemble import uniform
from detente.outlook.courses.agenda import agenda_stage
from detente.outlook.courses.result import COLLAPSED, FULL, LIMITED, NONE, PARTIAL, TALKS, WAR
from detente.outlook.courses.rounds import Lots, Played, Rules, run
from detente.outlook.courses.settling import NEVER, claims, timing_stage
from detente.outlook.courses.weighed import weighed
from detente.search.crises.boxed import ends
from detente.search.crises.signalling import Stakes

tried = settings(max_examples=25, deadline=None)
MANY = 40_000


def chances_by_hand(value: list[float], feasible: list[bool], precision: float, insistence: float) -> list[float]:
    """Go through every order in which agendas may be put forward; the last chance is that of none."""
    found = [0.0] * (len(value) + 1)
    for order in itertools.permutations(range(len(value))):
        likely, left = 1.0, list(order)
        for m in order:
            likely *= math.exp(precision * value[m]) / sum(math.exp(precision * value[k]) for k in left)
            left.remove(m)
        goes_on = likely
        for m in order:
            if feasible[m]:
                found[m] += goes_on
                break
            found[-1] += goes_on * insistence
            goes_on *= 1 - insistence
        else:
            found[-1] += goes_on
    return found


@given(
    value=st.lists(st.floats(0, 40), min_size=1, max_size=4),
    closed=st.integers(0, 15),
    precision=st.floats(0.0, 0.3),
    insistence=st.sampled_from([0.0, 0.3, 0.9]),
)
@settings(max_examples=8, deadline=None)
def test_agendas_are_agreed_on_as_often_as_every_order_of_them_says(
    value: list[float], closed: int, precision: float, insistence: float
) -> None:
    feasible = [not closed >> m & 1 for m in range(len(value))]
    expected = chances_by_hand(value, feasible, precision, insistence)
    luck = np.stack([uniform(f"test.{m}", MANY, seed=1) for m in range(len(value))], axis=1)
    found = agenda_stage(
        np.tile(value, (MANY, 1)),
        feasible=np.tile(feasible, (MANY, 1)),
        precision=np.full(MANY, precision),
        insistence=np.full(MANY, insistence),
        lots=(luck, uniform("test.stop", MANY, seed=1)),
    )
    counts = np.bincount(found.mode + 1, minlength=len(value) + 1)
    assert np.roll(counts, -1) / MANY == pytest.approx(expected, abs=5 * 0.5 / math.sqrt(MANY))


def test_rates_are_those_of_the_war_of_attrition() -> None:
    # a = (.7, .6), r = .1 each: lambda = (.1, .1333), T = (23.03, 22.47) for z = (.1, .05).
    ask = {"impatience": np.full((3, 2), 0.1), "stubbornness": np.tile([0.1, 0.05], (3, 1))}
    lots = np.array([[1 - math.exp(-1.0), 1 - math.exp(-4.0)], [0.95, 1 - math.exp(-2.0)], [0.95, 0.96]])
    found = timing_stage(np.tile([0.7, 0.6], (3, 1)), lots=lots, **ask)
    assert found.clock == pytest.approx([10.0, 15.0, NEVER])
    assert found.yields.tolist() == [0, 1, -1]


def test_who_claims_no_more_than_the_nash_division_holds_nobody_up() -> None:
    half = np.full((1, 2), 0.5)
    found = timing_stage(
        claims(np.array([[60, 20]]), np.array([[60, 20]])), impatience=half, stubbornness=half / 5, lots=half
    )
    assert (found.clock.tolist(), found.yields.tolist()) == ([0.0], [-1])


def test_who_gains_nothing_by_the_deal_hardly_ever_gives_way() -> None:
    half = np.full((1, 2), 0.5)
    found = timing_stage(
        claims(np.array([[60, 20]]), np.array([[0, 20]])), impatience=half, stubbornness=half / 5, lots=half
    )
    assert found.yields.tolist() == [1]


@given(seed=st.integers(0, 1_000), factor=st.floats(1.0, 10.0))
@tried
def test_more_patience_of_both_never_speeds_a_settlement(seed: int, factor: float) -> None:
    rng = np.random.default_rng(seed)
    claimed, lots = rng.uniform(0.5, 0.999, (20, 2)), rng.random((20, 2))
    rate, stubborn = rng.uniform(0.01, 0.5, (20, 2)), rng.uniform(0.01, 0.3, (20, 2))
    hurried = timing_stage(claimed, impatience=rate, stubbornness=stubborn, lots=lots)
    patient = timing_stage(claimed, impatience=rate / factor, stubbornness=stubborn, lots=lots)
    assert (patient.clock >= hurried.clock * (1 - 1e-12)).all()
    assert patient.clock == pytest.approx(hurried.clock * factor)


def test_of_three_the_two_that_claim_most_hold_out() -> None:
    ask = {"impatience": np.full((1, 3), 0.1), "stubbornness": np.full((1, 3), 0.05)}
    three = timing_stage(np.array([[0.6, 0.55, 0.7]]), lots=np.array([[0.2, 0.0, 0.1]]), **ask)
    two = timing_stage(np.array([[0.7, 0.6]]), lots=np.array([[0.1, 0.2]]), **{n: v[:, :2] for n, v in ask.items()})
    assert three.clock == pytest.approx(two.clock)
    assert (three.yields.tolist(), two.yields.tolist()) == ([2], [0])


def test_a_mandate_adds_the_allys_worth_and_what_it_has_without_a_deal() -> None:
    board = deals(WATERS, TABLE, draws={"lower.dams.salience": np.array([50.0, 80.0])})
    assert board.watchers is not None
    seen = replace(board.watchers, no_deal=np.array([[100, 0], [-200, 0]]))
    board = replace(board, watchers=seen)
    friend, lower = seen.parties.index("friend"), board.parties.index("lower")
    found = weighed(board, ((lower, friend, np.array([0.5, 0.25])),))
    dams = board.issues.index("dams")
    expected = board.score[dams][:, lower] + np.array([[0.5], [0.25]]) * seen.score[dams][:, friend]
    assert np.array_equal(found.score[dams][:, lower], np.rint(expected))
    assert found.no_deal[:, lower].tolist() == [50, -50]
    assert np.array_equal(found.score[dams][:, 1 - lower], board.score[dams][:, 1 - lower])


def test_a_table_without_watchers_is_its_own_mandate() -> None:
    board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    assert weighed(board, ()) is board


def _stakes(payoff: np.ndarray) -> Stakes:
    hold, concede, back, war = payoff.transpose(1, 2, 0)
    return Stakes(hold[0], concede[0], war[0], back[0], concede[1], war[1], back[1])


@pytest.mark.parametrize("width", [0.3, 1.0, 3.0])
def test_crises_end_as_the_full_search_says(width: float) -> None:
    payoff = np.random.default_rng(4).normal(0, width, size=(30, 4, 2))
    payoff[:, 0] = 0
    whole, quick = crisis(four_outcomes("a", "b", payoff)), ends(_stakes(payoff))
    for row, count in enumerate(whole.count.tolist()):
        known = whole.outcome[row, :count] if count else np.array([[1.0, 0, 0, 0]])
        found = quick.chance[row, : quick.count[row]]
        # Those that are counted as one end alike.
        assert np.allclose(known, found if len(found) == len(known) else found[:1], atol=2e-6), row


def test_all_three_equilibria_of_the_textbook_crisis_are_found() -> None:
    payoff = np.array([[[0, 0], [1, 0], [-1.2, 1], [-1.9, -2.9]]], dtype=float)
    assert ends(_stakes(payoff)).count.tolist() == [3]


CERTAIN = np.array([0.0, 0.0, 0.0, 1.0])  # a challenge is made and carried out


def rules(**changed: Any) -> Rules:
    names = ("incident", "incident_weight", "strike_weight", "memory", "relief", "lost_credibility", "answered_to_war",
             "rupture", "deal_broken", "walk_out", "resumption", "calm", "war_ends", "tension")  # fmt: skip
    plain: dict[str, Any] = {name: np.zeros(1) for name in names}
    plain |= {"deadline_push": np.ones(1), "deadline_in": np.zeros(1, dtype=np.int64), "occasion": np.zeros((1, 1))}
    plain |= {
        "forceful": (True,),
        "answered": (True,),
        "inside": (True,),
        "due": (False,),
        "target": (0,),
        "gives": (True,),
    }
    given_ = {n: np.full(1, v) if isinstance(v, float) else v for n, v in changed.items()}
    return Rules(**{**plain, "start": TALKS, "rounds": 4, **given_})


def played(
    asked: Rules, *, lot: float = 0.5, end: np.ndarray = CERTAIN, clock: float = NEVER, full: bool = True
) -> Played:
    shape = (asked.rounds, 1)
    flat = {n: np.full(shape, lot) for n in ("incident", "table", "force")}
    deep = {n: np.full((asked.rounds, 1, 1), lot) for n in ("occasion", "end", "answer", "talks")}
    chances = np.broadcast_to(end, (1, 1, 1, 4))
    at = np.full((1, 1), clock)
    return run(
        asked, Lots(**flat, **deep), chances=chances, clock=at, full=np.full((1, 1), full), agreed=np.isfinite(at)
    )


def states(found: Played) -> tuple[list[int], list[int]]:
    return found.table[0, 0].tolist(), found.force[0, 0].tolist()


def test_tension_keeps_a_share_of_itself_and_adds_what_happens() -> None:
    found = played(rules(incident=1.0, incident_weight=0.25, memory=0.5, tension=1.0))
    assert found.tension[0, 0].tolist() == [0.75, 0.625, 0.5625, 0.53125]
    settled = played(rules(memory=0.5, tension=1.0, relief=0.2), clock=1.5)
    assert settled.tension[0, 0].tolist() == pytest.approx([0.5, 0.05, 0.025, 0.0125])


def test_talks_settle_once_they_have_lasted_and_a_deadline_counts_for_more() -> None:
    assert states(played(rules(), clock=3.0))[0] == [TALKS, TALKS, FULL, FULL]
    assert states(played(rules(), clock=3.0, full=False))[0] == [TALKS, TALKS, PARTIAL, PARTIAL]
    due = rules(deadline_in=np.array([2]), deadline_push=2.0)
    assert states(played(due, clock=3.0))[0] == [TALKS, FULL, FULL, FULL]


def test_talks_without_a_package_break_off_and_come_back_a_round_later() -> None:
    assert states(played(rules(walk_out=0.9)))[0] == [COLLAPSED] * 4
    assert states(played(rules(walk_out=0.9, resumption=0.9)))[0] == [COLLAPSED, TALKS, COLLAPSED, TALKS]


def test_force_is_limited_becomes_war_where_it_is_answered_and_ends() -> None:
    used = rules(occasion=np.ones((1, 1)))
    assert states(played(used)) == ([TALKS] * 4, [LIMITED] * 4)
    assert states(played(replace(used, answered_to_war=np.full(1, 0.9))))[1] == [WAR] * 4
    assert states(played(replace(used, answered_to_war=np.full(1, 0.9), answered=(False,))))[1] == [LIMITED] * 4
    ends_again = replace(used, answered_to_war=np.full(1, 0.9), war_ends=np.full(1, 0.9))
    assert states(played(ends_again))[1] == [WAR, 0, WAR, 0]
    found = played(replace(used, forceful=(False,)))
    assert (states(found)[1], found.initiator.item()) == ([0] * 4, -1)


def test_force_breaks_off_talks_and_settlements_and_nobody_comes_back_under_fire() -> None:
    used = rules(occasion=np.ones((1, 1)), rupture=0.9, resumption=0.9)
    assert states(played(used))[0] == [COLLAPSED] * 4
    assert states(played(replace(used, rupture=np.zeros(1))))[0] == [TALKS] * 4
    outside = rules(occasion=np.ones((1, 1)), deal_broken=0.9, inside=(False,))
    assert states(played(outside, clock=1.0))[0] == [FULL, COLLAPSED, COLLAPSED, COLLAPSED]
    assert states(played(replace(outside, deal_broken=np.zeros(1)), clock=1.0))[0] == [FULL] * 4


def test_dyads_inside_the_table_rest_after_a_settlement() -> None:
    found = played(rules(occasion=np.ones((1, 1))), clock=1.0)
    assert found.end[0, 0, :, 0].tolist() == [3, -1, -1, -1]


def test_a_concession_settles_in_part_and_ends_the_quarrel_with_who_made_it() -> None:
    giving = np.array([0.0, 1.0, 0.0, 0.0])
    found = played(rules(occasion=np.ones((1, 1)), inside=(False,)), end=giving)
    assert states(found)[0] == [PARTIAL] * 4
    assert found.end[0, 0, :, 0].tolist() == [1, -1, -1, -1]


def test_a_concession_without_a_move_settles_nothing() -> None:
    found = played(rules(occasion=np.ones((1, 1)), gives=(False,)), end=np.array([0.0, 1.0, 0.0, 0.0]))
    assert states(found)[0] == [TALKS] * 4
    assert found.end[0, 0, :, 0].tolist() == [1] * 4


def test_talks_that_have_not_begun_begin_as_those_that_broke_off_come_back() -> None:
    assert states(played(rules(start=NONE, resumption=0.9), clock=2.0))[0] == [TALKS, TALKS, FULL, FULL]
    assert states(played(rules(start=NONE), clock=2.0))[0] == [NONE] * 4


def test_a_dropped_threat_makes_the_next_challenge_rarer() -> None:
    dropping = np.array([0.2, 0.0, 0.8, 0.0])
    asked = rules(occasion=np.ones((1, 1)), lost_credibility=math.log(2))
    # The odds 4, 2, 1 and one half of a challenge, against a lot of 0.4: held from odds 1.5 down.
    found = played(asked, end=dropping, lot=0.4)
    assert found.end[0, 0, :, 0].tolist() == [2, 2, 0, 0]


def test_after_a_deadline_has_passed_who_set_it_comes_to_a_head() -> None:
    asked = rules(occasion=np.full((1, 1), 0.3), deadline_in=np.array([2]), deadline_push=2.0, due=(True,))
    assert played(asked).end[0, 0, :, 0].tolist() == [-1, -1, 3, -1]
    assert played(replace(asked, due=(False,))).end[0, 0, :, 0].tolist() == [-1] * 4
