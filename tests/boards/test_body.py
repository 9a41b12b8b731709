"""A body is found with what it can weigh, what it leaves out and who is not heard; its inputs keep their paths."""

import numpy as np
import pytest

from detente.boards import positions
from detente.boards.body import CONTROL, affinity, bodies, body, within
from detente.errors import BoardError
from detente.situation.nouns import Situation
from detente.situation.paths import inputs
from detente.situation.store import from_yaml

COUNCIL = """title: The basin
author: {by: A. Reader, date: 2026-01-01}
parties:
  mill: {name: Mill owners}
  town: {name: The town}
  farm: {name: Farms}
  port: {name: The port}
  council: {name: Basin council, members: [mill, town, farm], decision_body: true}
issues:
  level: {name: level, status_quo: 0}
  toll: {name: toll, status_quo: 0}
  name: {name: name, status_quo: 0}
  road: {name: road, status_quo: 0}
stances:
  mill:
    level: {position: 80, salience: 50}
    toll: {position: 10, salience: 50}
    name: {position: 10, salience: 0}
  town:
    level: {position: [10, 20, 40], salience: 60}
    name: {position: 90, salience: 0}
  port:
    level: {position: 50, salience: 90}
    road: {position: 50, salience: 90}
influence:
  - {party: mill, weight: 2}
  - {party: town, weight: 3, issue: level}
  - {party: port, weight: 4}
  - {party: town, weight: 9, table: quay}
ties:
  grip: {kind: patron_proxy, source: town, target: mill, control: high}
tables:
  quay: {name: Quay, consent: [council, port], agenda: {level: in}}
  hall: {name: Hall, consent: [mill, town, port], rule: majority, agenda: {level: in}}
"""


@pytest.fixture(scope="module")
def basin() -> Situation:
    return from_yaml(COUNCIL)


def test_a_body_decides_what_two_of_its_members_care_about(basin: Situation) -> None:
    (found,) = bodies(basin)
    assert (found.party, found.table, found.id, found.veto) == ("council", None, "council", False)
    assert found.issues == ("level",)
    assert found.left_out == (("toll", "mill"), ("name", None))
    assert (found.members, found.heard, found.unheard) == (("mill", "town", "farm"), ("mill", "town"), ("farm",))


def test_parties_of_a_table_are_a_body_where_none_is_declared(basin: Situation) -> None:
    free = basin.model_copy(update={"parties": tuple(p for p in basin.parties if not p.decision_body)})
    free = free.model_copy(update={"tables": tuple(t for t in free.tables if t.id == "hall")})
    (found,) = bodies(free)
    assert (found.party, found.table, found.id) == (None, "hall", "hall")
    assert found.veto is False


def test_at_a_table_that_needs_all_each_can_say_no(basin: Situation) -> None:
    rule = tuple(t.model_copy(update={"rule": "unanimity"}) for t in basin.tables)
    assert body(basin.model_copy(update={"tables": rule}), "hall").veto
    assert not body(basin, "hall").veto


def test_what_is_no_body_is_refused_with_those_there_are(basin: Situation) -> None:
    with pytest.raises(BoardError, match=r"'farm' is no body in 'The basin'\. .* tables: council, quay, hall\."):
        body(basin, "farm")
    with pytest.raises(BoardError, match=r"Inside 'quay' nothing can be weighed \(level: only port has a stance; "):
        body(basin, "quay")


def test_a_body_of_one_member_or_without_salience_says_what_it_lacks(basin: Situation) -> None:
    alone = tuple(p.model_copy(update={"members": ("mill",)}) if p.decision_body else p for p in basin.parties)
    with pytest.raises(BoardError, match=r"only mill has a stance.* at least two of its members \(mill\)"):
        body(basin.model_copy(update={"parties": alone}), "council")
    none = tuple(p.model_copy(update={"members": ("farm",)}) if p.decision_body else p for p in basin.parties)
    with pytest.raises(BoardError, match="no member has a stance"):
        body(basin.model_copy(update={"parties": none}), "council")
    idle = basin.model_copy(update={"stances": tuple(s for s in basin.stances if s.issue == "name")})
    with pytest.raises(BoardError, match=r"\(name: no salience\)"):
        body(idle, "council")
    assert bodies(idle) == ()


def test_what_is_about_a_body_keeps_its_paths_and_leaves_out_the_rest(basin: Situation) -> None:
    found = body(basin, "council")
    inside = within(basin, found)
    assert {i.path for i in inputs(inside)} < {i.path for i in inputs(basin)}
    assert [p.id for p in inside.parties] == ["mill", "town"]
    assert [i.id for i in inside.issues] == ["level"]
    assert (inside.tables, inside.moves, inside.threats) == ((), (), ())
    assert [(w.party, w.table) for w in inside.influence] == [("mill", None), ("town", None)]
    assert [t.id for t in inside.ties] == ["grip"]


def test_a_body_weighs_by_the_influence_that_is_about_it(basin: Situation) -> None:
    found = body(basin, "council")
    board = positions(within(basin, found), parties=found.heard, table=found.table)
    np.testing.assert_array_equal(board.weight, [[100.0], [180.0]])
    hall = body(basin, "hall")
    at_the_hall = positions(within(basin, hall), parties=hall.heard, table=hall.table)
    np.testing.assert_array_equal(at_the_hall.weight[:, 0], [100.0, 180.0, 360.0])


def test_a_proxy_is_drawn_to_its_patron_as_far_as_it_is_controlled(basin: Situation) -> None:
    drawn = affinity(basin, ("mill", "town"))
    assert drawn is not None
    np.testing.assert_allclose(drawn, [[1 - CONTROL["high"], CONTROL["high"]], [0.0, 1.0]])
    assert affinity(basin, ("town", "port")) is None


def test_pulls_that_are_more_than_all_leave_nothing_of_ones_own(basin: Situation) -> None:
    (tie,) = basin.ties
    two = (tie, tie.model_copy(update={"id": "hold", "source": "port"}))
    drawn = affinity(basin.model_copy(update={"ties": two}), ("mill", "town", "port"))
    assert drawn is not None
    np.testing.assert_allclose(drawn[0], [0, 0.5, 0.5])
    np.testing.assert_allclose(drawn.sum(axis=1), 1)
