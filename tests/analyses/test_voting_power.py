import itertools
import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analyses.voting_power import voting_power
from detente.boards.assembly import assembly
from detente.errors import BoardError


def test_the_six_of_1958_come_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())["eec1958"]
    found = voting_power(assembly(dict(zip("abcdef", told["weights"], strict=True)), told["quota"]))
    assert [float(p) for p in found.shapley] == pytest.approx(told["shapley"], abs=1e-15)
    assert [float(p) for p in found.normalised] == pytest.approx(told["banzhaf_norm"], abs=1e-15)
    assert found.idle == (False,) * 5 + (True,)


def test_the_security_council_comes_back_with_votes_or_with_vetoes(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())["unsc15"]
    permanent, elected = [f"p{k}" for k in range(5)], [f"e{k}" for k in range(10)]
    vetoes = voting_power(assembly(dict.fromkeys([*permanent, *elected], 1), 9, must=permanent))
    weights = voting_power(assembly(dict.fromkeys(permanent, 7) | dict.fromkeys(elected, 1), 39))
    assert (vetoes.shapley, vetoes.banzhaf) == (weights.shapley, weights.banzhaf)
    assert float(vetoes.shapley[0]) == pytest.approx(told["shapley_P5"], abs=1e-15)
    assert float(vetoes.shapley[5]) == pytest.approx(told["shapley_nonperm"], abs=1e-15)
    assert vetoes.blocks == (True,) * 5 + (False,) * 10


@settings(max_examples=40, deadline=None)
@given(
    votes=st.lists(st.integers(0, 6), min_size=1, max_size=6).filter(sum),
    quota=st.integers(1, 30),
    vetoes=st.sets(st.integers(0, 5)),
)
def test_power_is_that_of_counting_orders_and_groups_one_by_one(votes: list[int], quota: int, vetoes: set[int]) -> None:
    must = [f"m{k}" for k in vetoes if k < len(votes)]
    body = assembly({f"m{k}": v for k, v in enumerate(votes)}, 1 + quota % sum(votes), must=must)
    people = range(len(body.parties))

    def passes(group: frozenset[int]) -> bool:
        has_all = {body.parties.index(m) for m in body.must} <= group
        return has_all and sum(body.votes[k] for k in group) >= body.quota

    pivotal = [0] * len(people)
    for order in itertools.permutations(people):
        before = [k for k in people if passes(frozenset(order[: k + 1]))]
        pivotal[order[before[0]]] += 1
    groups = [frozenset(g) for size in range(len(people) + 1) for g in itertools.combinations(people, size)]
    swings = [sum(passes(g | {k}) and not passes(g) for g in groups if k not in g) for k in people]
    found = voting_power(body)
    assert found.shapley == tuple(Fraction(n, math.factorial(len(people))) for n in pivotal)
    assert found.banzhaf == tuple(Fraction(n, 2 ** (len(people) - 1)) for n in swings)
    assert found.passing == Fraction(sum(map(passes, groups)), len(groups))
    assert found.certificate.holds


def test_where_all_must_agree_all_are_alike_and_one_who_has_it_all_decides() -> None:
    unanimous = voting_power(assembly({"a": 3, "b": 2, "c": 1}, 6))
    assert set(unanimous.shapley) == {Fraction(1, 3)}
    assert all(unanimous.blocks)
    alone = voting_power(assembly({"a": 5, "b": 2, "c": 1}, 5))
    assert [float(p) for p in alone.normalised] == [1, 0, 0]


def test_a_large_body_is_counted_and_not_listed() -> None:
    found = voting_power(assembly({f"m{k}": k % 7 + 1 for k in range(60)}, 130))
    assert sum(found.normalised) == 1
    assert found.certificate.checked == 2**60


def test_what_is_no_body_is_refused() -> None:
    with pytest.raises(BoardError, match="cannot be counted"):
        assembly({"a": -1}, 1)
    with pytest.raises(BoardError, match="pass nothing or everything"):
        assembly({"a": 1}, 2)
    with pytest.raises(BoardError, match="is no member"):
        assembly({"a": 1}, 1, must=["b"])
