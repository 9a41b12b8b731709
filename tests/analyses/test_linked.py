"""Linked tables: the same as trying everything at every table, whatever binds what."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boards.linked_worlds import Deal, Plainly, random_tables, ranged, two_houses
from tests.boards.worlds import SEEDS, one_draw, sample

from detente.analyses.linked import linked
from detente.boards.linked import Tables
from detente.boards.linked import linked as linked_board
from detente.errors import AnalysisError
from detente.search.tables.foreseen import ROUNDS

tried = settings(max_examples=12, deadline=None)  # each solves several tables in plain loops
READINGS = st.sampled_from(["status_quo", "no_deal"])


@tried
@given(seed=SEEDS, reading=READINGS)
def test_foreseeing_is_the_same_as_trying_everything(seed: int, reading: Any) -> None:
    situation = random_tables(seed)
    tables = linked_board(situation)
    found = linked(tables, without=reading)
    wanted = Plainly(situation, tables, reading).solve([g[0] for g in tables.order], {})
    for t, row in enumerate(found.agreed):
        deal = wanted[t]
        assert bool(row.found) == (deal is not None)
        assert tuple(row.package.tolist()) == (deal if deal is not None else tables.boards[t].status_quo)
    assert found.certificate.holds
    assert found.converged


@tried
@given(seed=SEEDS)
def test_what_each_has_is_what_its_tables_add_up_to(seed: int) -> None:
    situation = random_tables(seed)
    tables = linked_board(situation)
    found, plainly = linked(tables), Plainly(situation, tables)
    deals = [tuple(row.package.tolist()) if row.found else None for row in found.agreed]
    for person, value in zip(found.parties, found.values.tolist(), strict=True):
        assert value == sum(plainly.gain(t, person, deal) for t, deal in enumerate(deals))


@tried
@given(seed=SEEDS)
def test_every_mandate_is_told_with_what_it_leads_to(seed: int) -> None:
    situation = random_tables(seed)
    tables = linked_board(situation)
    found, plainly = linked(tables), Plainly(situation, tables)
    first = tables.order[0][0]
    rows = [row for row in found.induced if row.table == tables.names[first]]
    if rows:
        assert [row.package for row in rows] == [(), *plainly.packages(first)]
    for row in rows:
        deal = row.package or None
        rest = [g[0] for g in tables.order[1:]]
        after = plainly.solve(rest, {first: deal})
        assert [a.package or None for a in row.after] == [after[tables.index(a.table)] for a in row.after]


@tried
@given(seed=SEEDS)
def test_a_resting_state_of_a_circle_is_one_in_which_no_table_would_change(seed: int) -> None:
    situation = random_tables(seed, circular=True)
    tables = linked_board(situation)
    found = linked(tables)
    if not tables.circular:
        return
    (circle,) = found.circles
    assert circle.tried
    assert {_bare(state) for state in circle.fixed} == set(_resting(situation, tables))
    reached = tuple(tuple(row.package.tolist()) if row.found else None for row in found.agreed)
    assert bool(found.converged) == (circle.residual == 0) == (not circle.cycle)
    if found.converged:
        assert reached in {_bare(state) for state in circle.fixed}
    assert found.certificate.holds


def _bare(state: tuple[tuple[int, ...], ...]) -> tuple[Deal, ...]:
    return tuple(package or None for package in state)


def _resting(situation: Any, tables: Tables) -> list[tuple[Deal, ...]]:
    """Try every state: each table's deal must be its answer to the others'."""
    plainly = Plainly(situation, tables)
    count = range(len(tables.names))
    every = itertools.product(*([None, *plainly.packages(t)] for t in count))
    return [
        state
        for state in every
        if all(plainly.solve([t], {o: d for o, d in enumerate(state) if o != t})[t] == state[t] for t in count)
    ]


def test_two_houses_that_wait_for_each_other_rest_in_two_states() -> None:
    found = linked(linked_board(two_houses(requires=False)))
    (circle,) = found.circles
    assert len(circle.fixed) == 2
    assert all(row.found for row in found.agreed), "each begins as if the other had agreed"
    assert found.converged
    assert circle.residual == 0


def test_two_houses_that_chase_each_other_never_rest_and_say_so() -> None:
    found = linked(linked_board(two_houses(requires=True)))
    (circle,) = found.circles
    assert not found.converged
    assert found.unsettled == 1
    assert circle.fixed == ()
    assert len(circle.cycle) > 1
    assert 0 < circle.residual <= 2
    assert circle.rounds <= ROUNDS


@tried
@given(seed=SEEDS, circular=st.booleans())
def test_over_draws_every_draw_is_solved_for_itself(seed: int, circular: bool) -> None:
    situation = ranged(random_tables(seed, circular=circular))
    drawn = sample(situation, seed, 5)
    found = linked(linked_board(situation, draws=drawn))
    assert found.certificate.holds
    for d in range(5):
        single = linked(linked_board(situation, draws=one_draw(drawn, d)))
        assert np.array_equal(found.values[d], single.values[0])
        assert found.converged[d] == single.converged[0]
        for row, alone in zip(found.agreed, single.agreed, strict=True):
            assert np.array_equal(row.package[d], alone.package[0])
            assert row.acceptable[d] == alone.acceptable[0]
    assert found.unsettled == int((~found.converged).sum())


@tried
@given(seed=SEEDS)
def test_without_mandates_nothing_is_changed_by_them(seed: int) -> None:
    tables = linked_board(random_tables(seed))
    free = replace(tables, bindings=(), mandates=(), order=tuple((t,) for t in range(len(tables.names))))
    found = linked(free)
    assert not found.change.any()
    bound = linked(tables)
    for row, alone in zip(bound.agreed, found.agreed, strict=True):
        assert np.array_equal(row.apart, alone.package)
        assert row.apart_found == alone.found


@tried
@given(seed=SEEDS)
def test_the_egalitarian_choice_leaves_the_worst_off_no_worse_than_the_nash_choice(seed: int) -> None:
    tables = linked_board(random_tables(seed))
    bound = {m.bound for m in tables.mandates} | {m.mandate for m in tables.mandates}
    nash, equal = linked(tables), linked(tables, rule="egalitarian")
    for t, (row, other) in enumerate(zip(nash.agreed, equal.agreed, strict=True)):
        if t not in bound:
            assert row.found == other.found
            assert other.gains.min() >= row.gains.min()


@tried
@given(seed=SEEDS, rule=st.sampled_from(["nash", "egalitarian"]))
def test_a_table_too_large_to_list_is_searched_and_comes_out_the_same(seed: int, rule: Any) -> None:
    tables = linked_board(random_tables(seed))
    listed = linked(tables, rule=rule)
    mandating = {m.mandate for m in tables.mandates} | {r.bound for r in tables.ratifications}
    last = max((t for t in range(len(tables.names)) if t not in mandating), key=lambda t: _size(tables, t), default=-1)
    large = [t for t in range(len(tables.names)) if _size(tables, t) >= _size(tables, last)]
    if large != [last] or tables.boards[last].rule is not None or tables.circular:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("detente.search.tables.shelves.PACKAGES", _size(tables, last) - 1)
        found = linked(tables, rule=rule)
    assert found.searched == (tables.names[last],)
    for row, other in zip(listed.agreed, found.agreed, strict=True):
        assert np.array_equal(row.package, other.package)
        assert np.array_equal(row.gains, other.gains)
    assert found.values.tolist() == listed.values.tolist()


def _size(tables: Tables, t: int) -> int:
    board = tables.boards[t]
    return int(np.prod([(o & a.all(axis=0)).sum() for o, a in zip(board.open, board.admits, strict=True)]))


def test_an_unknown_rule_or_reading_is_refused_with_a_choice() -> None:
    tables = linked_board(random_tables(3))
    with pytest.raises(AnalysisError, match="nash, egalitarian"):
        linked(tables, rule="dice")
    with pytest.raises(AnalysisError, match="status_quo, no_deal"):
        linked(tables, without="chaos")
