"""A hub and its partners: exact shares in both readings, and what they rest on."""

import itertools
import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boards.linked_worlds import random_tables, two_houses
from tests.boards.worlds import SEEDS

from detente.analyses.nash_in_nash import nash_in_nash
from detente.boards.linked import linked
from detente.errors import AnalysisError, BoardError
from detente.search.tables.foreseen import foreseen
from detente.search.tables.hub import Hub, hub, hub_of

tried = settings(max_examples=15, deadline=None)
SURPLUS = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.fractions(-20, 20, max_denominator=6), min_size=2**n - 1, max_size=2**n - 1)
)


def laid(values: list[Fraction]) -> Hub:
    count = (len(values) + 1).bit_length() - 1
    return Hub("h", tuple(f"s{i}" for i in range(count)), (Fraction(0), *values))


def test_the_published_hub_comes_back(shared_dir: Path) -> None:
    tests = json.loads((shared_dir / "data" / "outlook" / "reference_tests.json").read_text(encoding="utf-8"))
    wanted = tests["nash_in_nash_hub"]
    found = nash_in_nash(hub("H", {("1",): wanted["v1"], ("2",): wanted["v2"], ("1", "2"): wanted["v12"]}))
    assert [float(t) for t in found.nash] == [wanted["spoke1"], wanted["spoke2"]]
    assert float(found.nash_hub) == wanted["hub"]
    assert found.shapley_hub == Fraction(14, 3)
    for name, share in zip(("H", "1", "2"), (found.shapley_hub, *found.shapley), strict=True):
        assert math.isclose(float(share), wanted["shapley"][name], rel_tol=1e-15)
    assert found.decreasing
    assert found.drops == ()


@tried
@given(values=SURPLUS)
def test_bargaining_over_again_gives_everybody_the_mean_of_what_it_adds(values: list[Fraction]) -> None:
    found = nash_in_nash(laid(values))
    count = len(found.spokes)
    means = [Fraction(0)] * (count + 1)
    orders = list(itertools.permutations(range(count + 1)))
    for order in orders:
        before = Fraction(0)
        for at, player in enumerate(order):
            here = set(order[: at + 1])
            mask = sum(1 << p for p in here if p < count) if count in here else 0
            worth = (Fraction(0), *values)[mask]
            means[player] += (worth - before) / len(orders)
            before = worth
    assert [*found.shapley, found.shapley_hub] == means
    assert found.certificate.holds


@tried
@given(values=SURPLUS, share=st.fractions(0, 1, max_denominator=5))
def test_in_both_readings_the_whole_surplus_is_handed_out(values: list[Fraction], share: Fraction) -> None:
    found = nash_in_nash(laid(values), share=share)
    assert found.nash_hub + sum(found.nash) == found.surplus == found.shapley_hub + sum(found.shapley)


def test_one_table_alone_is_split_down_the_middle_in_both_readings() -> None:
    found = nash_in_nash(hub("h", {("a",): 7}))
    assert found.nash == found.shapley == (Fraction(7, 2),)


def test_where_agreements_need_each_other_the_hub_would_rather_drop_them_and_it_is_said() -> None:
    found = nash_in_nash(hub("h", {("a",): 0, ("b",): 0, ("a", "b"): 4}), share=Fraction(3, 4))
    assert not found.decreasing
    assert found.nash_hub == -2
    assert found.drops == (("a", "b"),)


@tried
@given(seed=SEEDS)
def test_tables_give_the_surplus_of_every_set_of_them(seed: int) -> None:
    tables = linked(random_tables(seed))
    own = [t for t, board in enumerate(tables.boards) if "p0" in board.parties]
    if not own:
        with pytest.raises(BoardError, match="'p0' consents at none"):
            hub_of(tables, "p0")
        return
    laid_out = hub_of(tables, "p0")
    assert laid_out.spokes == tuple(tables.names[t] for t in own)
    who = {p for t in own for p in tables.boards[t].parties}
    at = [k for k, p in enumerate(tables.people) if p in who]
    both, none = (foreseen(tables, closed=c).sequel.value[0, at].sum() for c in ((), own))
    assert laid_out.surplus[-1] == Fraction(int(both - none), 100)
    assert nash_in_nash(laid_out).certificate.holds


@pytest.mark.parametrize(
    ("surplus", "said"),
    [
        ({("a",): 1, ("b",): 1}, "agreeing with a, b is missing"),
        ({("a", "b"): 1, ("b", "a"): 1, ("a",): 0, ("b",): 0}, "given twice"),
        ({}, "has 0 agreements"),
    ],
)
def test_a_surplus_with_holes_is_refused(surplus: dict[tuple[str, ...], int], said: str) -> None:
    with pytest.raises(BoardError, match=said):
        hub("h", surplus)


def test_a_share_beyond_the_whole_is_refused() -> None:
    with pytest.raises(AnalysisError, match="between 0 and 1"):
        nash_in_nash(hub("h", {("a",): 1}), share=Fraction(3, 2))


def test_a_party_at_no_table_is_told_who_it_could_be() -> None:
    with pytest.raises(BoardError, match="Name a party that does"):
        hub_of(linked(two_houses(requires=False)), "nobody")
