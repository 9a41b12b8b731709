"""What stands over draws: the same sums as a loop over draws and packages gives, however the draws are cut."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boards.drawn_boards import Plain, Size, random_board
from tests.boards.worlds import SEEDS, tried

from detente.analyses.robust import counts, merge, summary
from detente.analyses.robust import robust as ask
from detente.boards import Deals, Rule, plain, scored
from detente.errors import AnalysisError
from detente.search.packages.worth import in_draws

SIZES = st.sampled_from([Size(), Size(draws=7, issues=2), Size(draws=0), Size(ratifiers=0, draws=6)])


def cases(board: Deals) -> list[Plain]:
    return [Plain(board, d) for d in range(board.draws[0] if board.draws else 1)]


def coalitions(one: Plain, needed: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The minimal sets of parties of which somebody refuses every package, by trying them all."""
    accepts = [one.accepts(k) for k in one.agenda()]
    members = range(len(needed))
    found: list[tuple[int, ...]] = []
    for size in range(len(needed) + 1):
        for chosen in itertools.combinations(members, size):
            if any(set(f) <= set(chosen) for f in found):
                continue
            if all(any(not yes[p] for p in chosen) for yes in accepts):
                found.append(chosen)
    return [tuple(needed[p] for p in f) for f in found]


@tried
@given(seed=SEEDS, size=SIZES)
def test_deals_and_blockers_are_counted_as_a_loop_does(seed: int, size: Size) -> None:
    board = random_board(seed, size)
    found, drawn = ask(board), cases(board)
    blocking = [coalitions(one, found.needed) for one in drawn]
    assert found.draws == len(drawn)
    assert found.deal_share == sum(bool(one.deals()) for one in drawn) / len(drawn)
    assert found.empty_share == sum(not one.agenda() for one in drawn) / len(drawn)
    told = {c.parties: c.count for c in found.coalitions}
    every = [c for row in blocking for c in row if c]
    assert told == {c: every.count(c) for c in every}
    for p, party in enumerate(found.needed):
        assert found.involved_share[p] == sum(any(party in c for c in row) for row in blocking) / len(drawn)
        without = [[yes[:p] + yes[p + 1 :] for yes in map(one.accepts, one.agenda())] for one in drawn]
        alone = [not one.deals() and any(all(yes) for yes in rest) for one, rest in zip(drawn, without, strict=True)]
        assert found.alone_share[p] == sum(alone) / len(drawn)


@tried
@given(seed=SEEDS, size=SIZES)
def test_a_party_stands_alone_where_it_is_in_every_minimal_blocking_coalition(seed: int, size: Size) -> None:
    board = random_board(seed, size)
    found = ask(board)
    blocking = [coalitions(one, found.needed) for one in cases(board)]
    for p, party in enumerate(found.needed):
        everywhere = [bool(row) and all(party in c for c in row) for row in blocking]
        assert found.alone_share[p] == sum(everywhere) / found.draws


@tried
@given(seed=SEEDS, size=SIZES)
def test_packages_are_ranked_by_the_draws_in_which_they_are_deals(seed: int, size: Size) -> None:
    board = random_board(seed, size)
    found, drawn = ask(board, keep=1000), cases(board)
    deals = [k for one in drawn for k in one.deals()]
    assert {s.package: s.count for s in found.packages} == {k: deals.count(k) for k in deals}
    assert [s.count for s in found.packages] == sorted((s.count for s in found.packages), reverse=True)
    least = {}
    for package in {k for one in drawn for k in one.agenda()}:
        content = [one.accepts(package) for one in drawn if package in one.agenda()]
        least[package] = min(sum(column) for column in zip(*content, strict=True)) / len(drawn)
    best = max(least.values(), default=0)
    assert (found.maximin.least if found.maximin else 0) == best
    if found.maximin:
        assert least[found.maximin.package] == best


@tried
@given(seed=SEEDS, size=SIZES)
def test_choices_and_gains_are_those_of_the_draws_with_a_deal(seed: int, size: Size) -> None:
    board = random_board(seed, size)
    found = ask(board)
    chosen = [(one, one.nash()[0]) for one in cases(board) if one.nash()]
    for i, shares in enumerate(found.chosen_share):
        expected = [sum(k[i] == o for _, k in chosen) / max(1, len(chosen)) for o in range(shares.size)]
        assert shares.tolist() == expected
    assert len(found.gains) == (len(found.at) if chosen else 0)
    for p in range(size.parties):
        gains = np.array([one.gains(k)[p] for one, k in chosen])
        if chosen:
            assert found.gains[:, p].tolist() == np.quantile(gains, found.at, method="inverted_cdf").tolist()
            assert found.mean_gain[p] == pytest.approx(gains.mean())


@tried
@given(seed=SEEDS, cuts=st.lists(st.integers(0, 9), max_size=3))
def test_merging_parts_gives_the_whole_whatever_the_cuts(seed: int, cuts: list[int]) -> None:
    board = random_board(seed, Size(draws=9))
    ends = sorted({0, 9, *cuts})
    parts = [counts(in_draws(board, np.arange(a, b))) for a, b in itertools.pairwise(ends)]
    left = parts[0]
    for part in parts[1:]:
        left = merge(left, part)
    right = parts[-1]
    for part in reversed(parts[:-1]):
        right = merge(part, right)
    whole = ask(board)
    for joined in (summary(board, left), summary(board, right)):
        told, expected = plain(joined), plain(whole)
        assert isinstance(told, dict)
        assert isinstance(expected, dict)
        for name in set(told) - {"certificate", "parameters"}:
            if name != "packages":
                assert told[name] == expected[name], name
        assert joined.certificate.holds


def test_the_rule_of_a_table_carries_what_not_everybody_accepts() -> None:
    board = scored({"i": [[0, 5], [0, 5], [0, -1]]}, parties=("a", "b", "c"))
    found = ask(replace(board, rule=Rule((1, 1, 1), 2)))
    assert (found.deal_share, found.everybody_share) == (1.0, 0.0)
    assert found.coalitions == ()
    assert found.alone_share.tolist() == [0.0, 0.0, 0.0]
    assert found.certificate.holds
    vetoed = replace(board, rule=Rule((1, 1, 1), 2, vetoes=(2,)))
    assert [c.parties for c in ask(vetoed).coalitions] == [("c",)]
    assert ask(vetoed).alone_share.tolist() == [0.0, 0.0, 1.0]


@tried
@given(seed=SEEDS)
def test_the_certificate_stands(seed: int) -> None:
    found = ask(random_board(seed, Size(draws=12)))
    assert found.certificate.holds
    assert found.certificate.checked == 8


def test_what_cannot_be_asked_is_refused_in_words() -> None:
    board = scored({"i": [[0, 1], [0, 1]]}, parties=("a", "b"))
    with pytest.raises(AnalysisError, match="at least 1"):
        ask(board, keep=0)
    with pytest.raises(AnalysisError, match="fewer draws"):
        ask(board, limit=1)
    many = scored({f"i{k}": [[0, 1, 2, 3], [0, 1, 2, 3]] for k in range(12)}, parties=("a", "b"))
    with pytest.raises(AnalysisError, match="whose shares are kept"):
        ask(many)
