"""The courses of many draws: as one at a time, the same for any number of workers, and moved only by what moves."""

import re
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from tests.boards.outside.disputes import prefers
from tests.outlook.plain_course import course
from tests.outlook.waters import TABLE, WATERS, span

from detente.ensemble import Chunk, Drawing, Kept, digest
from detente.errors import BoardError, UsageError
from detente.outlook.courses import (
    ENDS,
    FORCE_STATES,
    SETTLED_BY,
    TABLE_STATES,
    Choices,
    Courses,
    Question,
    Sums,
    courses,
    drawn_inputs,
    question,
    summed,
    sums,
)
from detente.outlook.courses import TABLE as ASSUMED
from detente.outlook.courses.sums import KINDS
from detente.situation.nouns import Situation
from detente.situation.paths import with_value
from detente.situation.rules import OUTLOOK_RULES, RULES

DOCS = Path(__file__).resolve().parents[2] / "docs"
SEED = 5
CHUNK = Chunk(1, 64, start=64)


@pytest.fixture(scope="module")
def asked() -> Question:
    return question(WATERS, TABLE, seed=SEED)


@pytest.fixture(scope="module")
def found(asked: Question) -> Courses:
    return courses(asked, CHUNK)


@pytest.fixture(scope="module")
def counted(found: Courses) -> Sums:
    return summed(found, seed=SEED)


def test_a_course_is_that_of_one_draw_at_a_time(asked: Question, found: Courses) -> None:
    for row in range(0, CHUNK.draws, 7):
        world = row % 3
        plain = course(asked, CHUNK, row, world)
        at = (world, row)
        assert [m for m in found.proposed[at].tolist() if m >= 0] == plain["proposed"], row
        assert found.mode[at] == plain["mode"]
        assert found.clock[at] == pytest.approx(plain["clock"])
        assert found.yields[at] == plain["yields"]
        package = plain["package"]
        assert found.package[at].tolist() == ([-1] * 4 if package is None else list(package))
        assert [TABLE_STATES[s] for s in found.table[at]] == plain["table"]
        assert [FORCE_STATES[s] for s in found.force[at]] == plain["force"]
        assert [SETTLED_BY[s] for s in found.settled_by[at]] == plain["settled_by"]
        assert found.end[at].tolist() == plain["end"]
        assert found.tension[at].tolist() == pytest.approx(plain["tension"], rel=1e-5)
        assert found.incident[row].tolist() == plain["incident"]
        assert found.initiator[at] == plain["initiator"]


def test_the_draws_show_every_state_and_every_end(found: Courses) -> None:
    assert {TABLE_STATES[s] for s in np.unique(found.table)} == {"talks", "partial", "full", "collapsed"}
    assert {FORCE_STATES[s] for s in np.unique(found.force)} >= {"none", "limited"}
    assert set(np.unique(found.end)) == {-1, *range(len(ENDS))}


def test_a_draw_does_not_hang_on_how_many_there_are(asked: Question, found: Courses) -> None:
    few = courses(asked, replace(CHUNK, draws=10)).columns()
    assert all(np.array_equal(few[n], column[:10]) for n, column in found.columns().items())


def test_any_number_of_workers_and_any_grouping_give_the_same_bytes(asked: Question) -> None:
    drawing = Drawing(draws=20, seed=SEED, size=8)
    alone = sums(asked, drawing=drawing)
    parts = [summed(courses(asked, Chunk(k, n, 8 * k)), seed=SEED) for k, n in enumerate((8, 8, 4))]
    assert digest(parts[0] + (parts[1] + parts[2])) == digest((parts[0] + parts[1]) + parts[2]) == digest(alone)
    assert digest(sums(asked, drawing=replace(drawing, workers=2, executor="threads"))) == digest(alone)


def test_what_is_kept_is_not_done_again(asked: Question, tmp_path: Path) -> None:
    kept, drawing = Kept(tmp_path, "0" * 64, KINDS), Drawing(draws=16, seed=SEED, size=8)
    first = sums(asked, drawing=drawing, kept=kept)
    done = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert digest(sums(asked, drawing=drawing, kept=kept)) == digest(first)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == done


@pytest.mark.slow
@pytest.mark.parametrize("workers", [2, 4])
def test_processes_give_the_same_bytes(asked: Question, workers: int) -> None:
    drawing = Drawing(draws=40, seed=SEED, size=8)
    assert digest(sums(asked, drawing=replace(drawing, workers=workers))) == digest(sums(asked, drawing=drawing))


def test_counts_add_up(found: Courses, counted: Sums) -> None:
    draws = counted.count[:, None]
    assert (counted.state.sum(axis=(2, 3)) == draws).all()
    assert (counted.stage.sum(axis=(1, 3)) == draws).all()
    assert (counted.modes.sum(axis=1) == counted.count).all()
    assert (counted.first.sum(axis=(1, 2)) == counted.ever[:, -1, 3]).all()
    assert (counted.package_count.sum(axis=0) == counted.settled_in.sum(axis=1)).all()
    assert all((level.sum(axis=2) == counted.settled_in).all() for level in counted.level)
    assert (counted.blocked.sum(axis=1) == counted.modes[:, -1]).all()
    assert counted.end.sum() == (found.end >= 0).sum()
    assert ((counted.ever[:, 1:] - counted.ever[:, :-1]) >= 0).all()


def test_draws_are_kept_whole(found: Courses, counted: Sums) -> None:
    whole = counted.whole()
    at = whole.number - CHUNK.start
    for field in fields(Courses):
        if field.name != "setting":
            columns = found.columns()[field.name][at]
            assert np.array_equal(whole.columns()[field.name], columns), field.name


def test_draws_against_a_stated_preference_count_nowhere() -> None:
    wish = prefers("lower", ("lower-raid",), ("upper-reply", "lower-raid"), "strongly")
    asked = question(WATERS.model_copy(update={"preferences": (wish,)}), TABLE, seed=SEED)
    found = courses(asked, CHUNK)
    assert 0 < found.kept.sum() < found.kept.size
    assert summed(found, seed=SEED).count.tolist() == found.kept.sum(axis=1).tolist()


def test_editing_one_input_leaves_every_other_number_as_it_was(asked: Question) -> None:
    path = "upper.lower-raid.effect"
    other = question(with_value(WATERS, path, span(-90, -80, -70)), TABLE, seed=SEED)
    before, after = drawn_inputs(asked, CHUNK), drawn_inputs(other, CHUNK)
    assert before.keys() == after.keys()
    assert [p for p in before if not np.array_equal(before[p], after[p])] == [path]


def test_an_agenda_that_is_held_is_the_only_one_put_forward(asked: Question) -> None:
    for k, name in enumerate(asked.setting.modes):
        found = courses(question(WATERS, TABLE, seed=SEED, choices=Choices(agenda=name)), CHUNK)
        assert set(np.unique(found.proposed)) <= {-1, k}
        assert set(np.unique(found.mode)) <= {-1, k}


def _without_agreement(agenda: str) -> int:
    asked = question(WATERS, TABLE, seed=SEED, choices=Choices(agenda=agenda, no_deal="status-quo"))
    return int((courses(asked, CHUNK).mode < 0).sum())


def test_a_precondition_opens_no_draw_that_an_option_closes(asked: Question) -> None:
    _, option, precondition = asked.setting.modes
    assert _without_agreement(option) < _without_agreement(precondition)


def test_who_alone_could_open_a_deal_is_told_and_nobody_where_there_is_one(found: Courses) -> None:
    assert not found.blocked_by[found.mode >= 0].any()
    assert found.blocked_by[found.mode < 0].any()


def test_what_a_challenge_costs_its_maker_makes_it_rarer(asked: Question) -> None:
    dearer = with_value(WATERS, "friend.friend-raid.effect", span(-60, -35, -10))
    before, after = (courses(question(s, TABLE, seed=SEED), CHUNK) for s in (WATERS, dearer))
    calm = before.chances[:, :, 2, 0] <= after.chances[:, :, 2, 0] + 1e-6
    assert calm.all()
    assert (after.force > 0).sum() < (before.force > 0).sum()


def test_a_strike_that_no_threat_answers_never_becomes_war(asked: Question, found: Courses) -> None:
    assert asked.answered == (False, True, False)
    only_friend = (found.end[..., :2] != 3).all(axis=(2, 3))
    assert not (found.force[only_friend] == 2).any()
    assert (found.force[only_friend] == 1).any()


def test_the_uncovered_strike_stays_possible_after_an_agreement(found: Courses) -> None:
    agreed = found.settled_by[:, :, :-1] == SETTLED_BY.index("agreement")
    later = found.end[:, :, 1:]
    assert (later[..., :2][agreed] == -1).all()
    assert (later[..., 2][agreed] == 3).any()


def test_without_a_deal_computed_every_world_has_the_same_packages() -> None:
    found = courses(question(WATERS, TABLE, seed=SEED, choices=Choices(no_deal="status-quo")), CHUNK)
    assert (found.package == found.package[0]).all()
    assert question(WATERS, TABLE, seed=SEED, choices=Choices(no_deal="auto")).setting.no_deal == "status-quo"


def test_draws_may_be_given_and_what_they_leave_out_stands_at_its_best_guess(asked: Question, found: Courses) -> None:
    own = drawn_inputs(asked, CHUNK)
    again = courses(asked, CHUNK, draws=own).columns()
    assert all(np.array_equal(again[n], column) for n, column in found.columns().items())
    bare = courses(asked, CHUNK, draws={})
    assert (bare.chances == bare.chances[:, :1]).all()


def test_what_is_assumed_may_be_held_for_all_or_for_one(asked: Question) -> None:
    held = {"outlook.impatience": span(0.02, 0.02, 0.02), "outlook.impatience.lower": span(0.1, 0.1, 0.1)}
    own = question(WATERS, TABLE, seed=SEED, choices=Choices(held=held))
    columns = drawn_inputs(own, CHUNK)
    assert set(columns["outlook.impatience.upper"]) == {0.02}
    assert set(columns["outlook.impatience.lower"]) == {0.1}
    for wrong in ({"outlook.patience": span(0, 0, 0)}, {"outlook.rupture": span(0, 1, 2)}):
        with pytest.raises(UsageError, match="outlook"):
            question(WATERS, TABLE, seed=SEED, choices=Choices(held=wrong))


def test_a_table_without_talks_and_an_agenda_without_a_name_are_told() -> None:
    with pytest.raises(BoardError, match="several must consent"):
        question(Situation(title="Empty"), TABLE, seed=SEED)
    with pytest.raises(BoardError, match="dams and guns as an option"):
        question(WATERS, TABLE, seed=SEED, choices=Choices(agenda="everything"))


def test_every_assumption_is_a_rule_and_stands_on_the_pages_as_it_is() -> None:
    assert {row.rule for row in ASSUMED} == set(OUTLOOK_RULES)
    assert set(OUTLOOK_RULES) <= set(RULES)
    rules = (DOCS / "rules.md").read_text(encoding="utf-8").split("## The outlook")[1]
    said = re.findall(r"^\| `(outlook-[a-z-]+)` \| (.*?) \| (\w+) \|$", rules, re.MULTILINE)
    assert said == [(a.rule, OUTLOOK_RULES[a.rule], a.of) for a in ASSUMED]
    page = (DOCS / "outlook.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) \| (.*?) \| (\w+) \| (.*?) \|$", page, re.MULTILINE)
    assert rows == [(a.name, f"{a.low:g}", f"{a.best:g}", f"{a.high:g}", a.of, a.why) for a in ASSUMED]
