"""Why there is no deal and what opens one: the recorded games, the laws, and all packages looked at."""

import json
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from tests.boards.standoffs import Slow, board
from tests.boards.worlds import SEEDS, sample, tried, world

from detente.analyses.blocked import Blocked, Room, blocked
from detente.boards import Cross, Deals, Rule, deals, scored, with_modes
from detente.errors import AnalysisError
from detente.search.packages.changes import Contradiction
from detente.search.packages.consent import admitted, without_lines
from detente.search.packages.reach import Factors


def test_a_party_opens_alone_just_when_it_is_in_every_blocking() -> None:
    for seed in range(60):
        found = blocked(board(seed), weights=False)
        if found.is_blocked:
            always = {p for p in found.parties if all(p in s for s in found.coalitions)}
            assert {room.party for room in found.alone} == always
        assert found.certificate.holds


@tried
@given(seed=SEEDS)
def test_the_reason_is_what_looking_at_all_packages_says(seed: int) -> None:
    laid = board(seed)
    found, slow = blocked(laid, weights=False), Slow(laid)
    assert (found.packages, found.admissible) == (len(slow.packages()), len(slow.admissible()))
    expected = "no-package" if not slow.packages() else "red-lines" if not slow.admissible() else "values"
    assert found.reason == ("deal" if slow.opens() else expected)


def lifted(laid: Deals, party: int, by: int) -> Slow:
    """The board with one no-deal value raised by so much; those that ratify come after those that bargain."""
    count = len(laid.parties)
    if party < count:
        return Slow(replace(laid, no_deal=laid.no_deal + by * (np.arange(count) == party)))
    watchers = laid.watchers
    assert watchers is not None
    rows = np.flatnonzero(watchers.ratifies)[party - count]
    moved = replace(watchers, no_deal=watchers.no_deal + by * (np.arange(len(watchers.parties)) == rows))
    return Slow(replace(laid, watchers=moved))


@tried
@given(seed=SEEDS)
def test_at_the_threshold_there_is_a_deal_and_above_it_none(seed: int) -> None:
    laid = board(seed)
    for p, room in enumerate(blocked(laid, weights=False).room):
        if room.threshold is not None and room.opened is not None:
            by = room.threshold - room.no_deal
            assert lifted(laid, p, by).is_deal(room.opened.package)
            assert not lifted(laid, p, by + 1).opens()
            assert abs(by) == room.by
        else:
            low, high = lifted(laid, p, -1000).opens(), lifted(laid, p, 1000).opens()
            assert (low, high) == ((False, False) if room.kind == "never_opens" else (True, True))


@tried
@given(seed=SEEDS)
def test_no_concessions_in_all_are_cheaper_and_no_uniform_one_smaller(seed: int) -> None:
    laid = board(seed)
    found, slow = blocked(laid, weights=False), Slow(laid)
    if found.reason != "values":
        assert found.together is None
        return
    lacking = []
    for k in slow.admissible():
        lacks = [max(0, -g) for g in slow.gains(k)]
        for accepting in range(1 << len(lacks)):
            who = {p for p in range(len(lacks)) if accepting >> p & 1}
            if slow.carried(who):
                lacking.append([lacks[p] for p in sorted(who)])
    assert found.together is not None
    assert found.uniform is not None
    assert found.together.amount == min(sum(x) for x in lacking) == sum(found.together.concessions)
    assert found.uniform.amount == min(max(x) for x in lacking) == max(found.uniform.concessions)
    for joint in (found.together, found.uniform):
        lower = laid.no_deal - joint.concessions[: len(laid.parties)]
        given_way = replace(laid, no_deal=lower)
        for p, gives in list(enumerate(joint.concessions))[len(laid.parties) :]:
            given_way = lifted(given_way, p, -gives).deals
        assert Slow(given_way).is_deal(joint.opened.package)


@tried
@given(seed=SEEDS)
def test_dropping_or_moving_a_red_line_does_what_it_says(seed: int) -> None:
    laid = board(seed)
    found = blocked(laid, weights=False)
    for line in found.lines:
        p, i = Slow(laid).names.index(line.party), laid.issues.index(line.issue)
        aside: frozenset[object] = frozenset({(p, i)})
        slow = Slow(laid)
        assert line.opens == slow.opens(aside)
        if line.opened is not None and line.option is not None:
            assert slow.is_deal(line.opened.package, aside=aside)
            assert line.opened.package[i] == line.option
            nearer = [k for k in slow.packages() if slow.is_deal(k, aside=aside)]
            assert away(laid, p, i, line.option) == min(away(laid, p, i, k[i]) for k in nearer)


def away(laid: Deals, p: int, i: int, option: int) -> float:
    """How far a level lies from what a red line admits."""
    kept = admitted(laid, i)[p]
    home = laid.levels[i][kept] if kept.any() else laid.levels[i][[laid.status_quo[i]]]
    return float(np.abs(home - laid.levels[i][option]).min())


@tried
@given(seed=SEEDS)
def test_admitting_a_level_or_adding_an_issue_does_what_it_says(seed: int) -> None:
    laid = board(seed)
    found = blocked(laid, weights=False)
    for level in found.admitted:
        i = laid.issues.index(level.issue)
        at = np.arange(laid.levels[i].size) == level.option
        slow = Slow(without_lines(laid, [(p, i) for p in range(len(Slow(laid).names))]))
        only = replace(slow.deals, open=tuple(at if j == i else o for j, o in enumerate(laid.open)))
        assert level.opens == Slow(only).opens()
        assert bool(level.parties) or level.by_agenda
    for added in found.added:
        i = laid.issues.index(added.issue)
        wider = replace(
            laid,
            open=tuple(o | (j == i) for j, o in enumerate(laid.open)),
            spared=tuple(s or j == i for j, s in enumerate(laid.spared)),
            listed=tuple(s or j == i for j, s in enumerate(laid.listed)),
        )
        assert added.opens == Slow(wider).opens()
        if added.opened is not None:
            assert Slow(wider).is_deal(added.opened.package)


@tried
@given(seed=SEEDS)
def test_no_smaller_payment_opens_a_deal(seed: int) -> None:
    laid = board(seed)
    found, slow = blocked(laid, transfer="points", weights=False), Slow(laid)
    smallest: dict[tuple[str, str], int] = {}
    for k in slow.admissible() if found.is_blocked else ():
        gains = slow.gains(k)
        for giver, g in enumerate(laid.parties):
            for taker, t in enumerate(laid.parties):
                amount = -gains[taker]
                if giver == taker or amount <= 0 or gains[giver] < amount:
                    continue
                paid = {p for p, gain in enumerate(gains) if gain >= 0 or p == taker}
                if slow.carried(paid):
                    smallest[g, t] = min(amount, smallest.get((g, t), amount))
    assert {(p.giver, p.taker): p.amount for p in found.payments} == smallest
    assert [p.amount for p in found.payments] == sorted(p.amount for p in found.payments)
    if found.payments:
        assert found.surplus is not None
        assert found.surplus >= 0


@tried
@given(seed=SEEDS)
def test_the_factors_of_a_weight_are_where_a_deal_comes_and_goes(seed: int) -> None:
    laid = board(seed)
    for flip in blocked(laid).flips:
        p, i = laid.parties.index(flip.party), laid.issues.index(flip.issue)
        edges = [f for f in (flip.factors.up_to, flip.factors.from_on) if f is not None]
        tries = {Fraction(0), Fraction(1), Fraction(50), *edges, *(f + s for f in edges for s in (-small(), small()))}
        for factor in [f for f in tries if f >= 0]:
            assert opens_with(laid, (p, i), factor) == within(flip.factors, factor), (flip, factor)
        assert flip.factors.always == (flip.factors.from_on == 0)
        assert flip.factors.never == (not edges)


def small() -> Fraction:
    return Fraction(1, 10_000)


def within(factors: Factors, factor: Fraction) -> bool:
    below = factors.up_to is not None and factor <= factors.up_to
    return below or (factors.from_on is not None and factor >= factors.from_on)


def opens_with(laid: Deals, cell: tuple[int, int], factor: Fraction) -> bool:
    """Is there a deal when a party's scores of an issue are multiplied?"""
    slow, (party, issue) = Slow(laid), cell
    for k in slow.admissible():
        more = (factor - 1) * int(laid.score[issue][party, k[issue]])
        gains = [g + (more if p == party else 0) for p, g in enumerate(slow.gains(k))]
        if slow.carried({p for p, g in enumerate(gains) if g >= 0}):
            return True
    return False


@tried
@given(seed=SEEDS)
def test_the_fewest_red_lines_to_drop_are_the_fewest(seed: int) -> None:
    laid = board(seed)
    found = blocked(laid, weights=False)
    assume(found.is_blocked)
    for limit in (1 << 18, 0):
        again = blocked(laid, weights=False, limit=limit)
        sizes = [len(s) for s in again.openings if all(r.issue is not None for r in s)]
        assert (again.fewest_lines is None) == (not sizes)
        assert again.fewest_lines is None or len(again.fewest_lines) == min(sizes)
        assert again.room == found.room


def test_contradictory_red_lines_are_named_with_their_issue() -> None:
    laid = scored({"cap": [[0, 10, 40], [0, 10, 20]], "oil": [[0, 5], [0, 5]]}, parties=("usa", "iran"))
    lined = replace(laid, admits=(np.array([[True, False, True], [True, True, False]]), laid.admits[1]))
    agenda = with_modes(lined, {"cap": ("in", None), "oil": ("option", None)})
    found = blocked(agenda)
    assert found.reason == "red-lines"
    assert found.contradictions == (Contradiction("cap", ("usa", "iran")),)
    assert found.coalitions == ((),)
    assert {(line.party, line.option) for line in found.lines if line.opens} == {("usa", 1), ("iran", 2)}
    assert found.fewest_lines is not None
    assert len(found.fewest_lines) == 1


def test_an_agenda_that_leaves_no_level_says_on_which_issue() -> None:
    laid = scored({"cap": [[0, 10], [0, 10]]}, parties=("usa", "iran"))
    found = blocked(replace(laid, open=(np.zeros(2, dtype=bool),)))
    assert (found.reason, found.empty, found.openings) == ("no-package", ("cap",), ())
    assert {room.kind for room in found.room} == {"never_opens"}
    assert [level.opens for level in found.admitted] == [False, True]


def test_an_agenda_on_which_nothing_stands_opens_by_an_issue_that_is_added() -> None:
    laid = scored({"cap": [[0, 10], [0, 10]], "oil": [[0, -1], [0, 5]]}, parties=("usa", "iran"))
    found = blocked(with_modes(laid, {}))
    assert found.reason == "no-package"
    assert [(a.issue, a.opens) for a in found.added] == [("cap", True), ("oil", False)]


def test_where_there_is_a_deal_nothing_blocks_and_the_room_is_told() -> None:
    found = blocked(scored({"cap": [[0, 40, 20], [0, -10, 10]]}, parties=("usa", "iran")), transfer="points")
    assert (found.reason, found.is_blocked, found.coalitions, found.alone) == ("deal", False, (), ())
    assert [(r.party, r.kind, r.by, r.threshold) for r in found.room] == [
        ("usa", "can_rise", 20, 20),
        ("iran", "can_rise", 10, 10),
    ]
    assert found.together is None
    assert found.payments == ()


def test_a_veto_blocks_where_a_mere_vote_does_not() -> None:
    laid = scored({"cap": [[0, 9], [0, 4], [0, -3]]}, parties=("a", "b", "c"))
    two = Rule(weights=(1.0, 1.0, 1.0), need=2.0)
    assert blocked(laid).coalitions == (("c",),)
    voted = blocked(replace(laid, rule=two))
    assert voted.reason == "deal"
    assert [r.kind for r in voted.room] == ["can_rise", "can_rise", "never_closes"]
    vetoed = blocked(replace(laid, rule=replace(two, vetoes=(2,))))
    assert vetoed.coalitions == (("c",),)
    assert [(r.party, r.by) for r in vetoed.alone] == [("c", 3)]
    assert vetoed.parameters["rule"] == "weights"


def test_a_quorum_is_blocked_only_by_several_together() -> None:
    laid = scored({"cap": [[0, 9], [0, -4], [0, -3]]}, parties=("a", "b", "c"))
    found = blocked(replace(laid, rule=Rule(weights=(1.0, 1.0, 1.0), need=2.0)))
    assert found.coalitions == (("b", "c"),)
    assert [(r.party, r.by) for r in found.alone] == [("c", 3), ("b", 4)]
    assert found.together is not None
    assert (found.together.amount, found.together.concessions) == (3, (0, 0, 3))


def test_a_rule_that_too_many_sets_of_parties_satisfy_is_refused_with_the_cure() -> None:
    laid = scored({"cap": [[0, -1]] * 14}, parties=[f"p{k}" for k in range(14)])
    with pytest.raises(AnalysisError, match="Merge parties that vote alike"):
        blocked(replace(laid, rule=Rule(weights=(1.0,) * 14, need=8.0)))


def test_a_payment_is_looked_for_only_where_points_are_said_to_compare() -> None:
    laid = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    assert blocked(laid).payments == ()
    assert blocked(laid).surplus is None
    found = blocked(laid, transfer="points")
    assert [(p.giver, p.taker, p.amount) for p in found.payments] == [("usa", "iran", 10)]
    assert (found.surplus, found.parameters["transfer"]) == (30, "points")
    with pytest.raises(AnalysisError, match="'euros' is no way to compare points"):
        blocked(laid, transfer="euros")


def test_draws_are_refused_with_the_cure() -> None:
    situation = world(1)
    with pytest.raises(AnalysisError, match="Build the board without draws"):
        blocked(deals(situation, "hall", draws=sample(situation, 1, 2)))


def test_an_interaction_is_no_part_of_the_weight_that_is_swept() -> None:
    laid = scored({"cap": [[0, 10], [0, 5]], "oil": [[0, -20], [0, 5]]}, parties=("usa", "iran"), no_deal=[0, 8])
    together = Cross(0, 1, np.array([[[0, 0], [0, 4]], [[0, 0], [0, 0]]]))
    found = blocked(replace(laid, interactions=(together,)))
    flip = next(f for f in found.flips if (f.party, f.issue) == ("usa", "oil"))
    assert flip.factors == Factors(Fraction(14, 20), None)


def reference(folder: Path, *names: str) -> Mapping[str, object]:
    path = folder.joinpath("data", "deals", "llm_deliberation", *names)
    if not path.exists():
        pytest.skip(f"{path.name} is not among the reference material")
    loaded: Mapping[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def game(folder: Path, thresholds: Mapping[str, int]) -> Deals:
    """A recorded game, in points; each issue has one more level, where things stand, that the agenda does not leave."""
    model = reference(folder, "base.json")
    people, scores, floor = model["parties"], model["scores"], model["threshold"]
    assert isinstance(people, list)
    assert isinstance(scores, dict)
    assert isinstance(floor, dict)
    rows = {"ABCDE"[i]: [[0, *scores[p][i]] for p in people] for i in range(5)}
    laid = scored(rows, parties=people, no_deal=[thresholds.get(p, floor[p]) for p in people])
    return with_modes(laid, {i: ("in", None) for i in rows})


def named(package: tuple[int, ...]) -> str:
    return ",".join(f"{'ABCDE'[i]}{o}" for i, o in enumerate(package))


@pytest.mark.parametrize("number", range(5))
def test_the_blocked_games_come_back(number: int, shared_dir: Path) -> None:
    cases = reference(shared_dir, "why_blocked_cases.json")["cases"]
    assert isinstance(cases, list)
    case = cases[number]
    found = blocked(game(shared_dir, case["thresholds"]))
    assert found.is_blocked == (case["feasible_all"] == 0)
    needed = case["single_party_relaxation_needed(<=0 means already open)"]
    assert {room.party: relaxation(room) for room in found.room} == needed
    assert {frozenset(s) for s in found.coalitions} == {frozenset(s) for s in case["minimal_blocking_coalitions"]}
    if found.is_blocked:
        assert found.together is not None
        assert found.uniform is not None
        assert found.together.amount == case["min_total_points_to_concede"]
        assert found.uniform.amount == case["min_uniform_concession"]
        assert named(found.together.opened.package) == case["one_such_deal"]
        gives = zip(found.parties, found.together.concessions, strict=True)
        assert {p: g for p, g in gives if g} == case["who_concedes"]


def relaxation(room: Room) -> int | None:
    return None if room.threshold is None else room.no_deal - room.threshold


@pytest.mark.parametrize(
    ("said", "party", "issue", "kept"),
    [
        ("SportCo red line E5 only", "SportCo", 4, {5}),
        ("Env league red line B3 only", "Environmental League", 1, {3}),
        ("SportCo red line E in {E4,E5}", "SportCo", 4, {4, 5}),
    ],
)
def test_the_red_lines_of_the_game_come_back(
    said: str, party: str, issue: int, kept: set[int], shared_dir: Path
) -> None:
    counts = reference(shared_dir, "why_blocked_cases.json")["red_line_counts_all6"]
    assert isinstance(counts, dict)
    laid = lined(game(shared_dir, {}), party, issue, kept)
    found = blocked(laid, weights=False)
    assert sum(Slow(laid).is_deal(k) for k in Slow(laid).admissible()) == counts[said]
    assert found.is_blocked == (counts[said] == 0)
    if found.is_blocked:
        line = found.lines[0]
        assert (line.party, line.opens, line.option) == (party, True, 4)
        assert found.fewest_lines is not None
        assert [(r.party, r.issue) for r in found.fewest_lines] == [(party, "ABCDE"[issue])]


def test_two_red_lines_of_the_game_block_together(shared_dir: Path) -> None:
    laid = lined(game(shared_dir, {}), "SportCo", 4, {5})
    found: Blocked = blocked(lined(laid, "Environmental League", 1, {3}), weights=False)
    assert found.reason == "values"
    assert found.fewest_lines is not None
    assert [r.party for r in found.fewest_lines] == ["SportCo"]


def lined(laid: Deals, party: str, issue: int, kept: set[int]) -> Deals:
    admits = [a.copy() for a in laid.admits]
    admits[issue][laid.parties.index(party)] = [o in kept for o in range(laid.levels[issue].size)]
    return replace(laid, admits=tuple(admits))
