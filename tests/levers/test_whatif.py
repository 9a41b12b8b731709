"""What-if: what was not edited keeps its luck, the first answer is the beginning of the full one."""

import numpy as np
import pytest
from tests.conftest import ROOT

from detente.boards import agenda_modes
from detente.boards.outside.draft import drafted
from detente.desk.case import Case, open_case
from detente.ensemble import draw_inputs
from detente.ensemble.chunks import Chunk
from detente.levers.answers import course_answers, deal_answers, holding_answers
from detente.levers.claim import claim
from detente.levers.tornado import tornado
from detente.levers.whatif import Held, Side, WhatIf, columns, hold, side, sign_test, whatif
from detente.outlook.courses.course import courses
from detente.outlook.courses.question import drawn_inputs, known_ranges, question
from detente.situation.nouns import Situation
from detente.situation.paths import inputs, with_value
from detente.situation.values import Basis, Range

TABLE = "us-iran"
TRIED = Basis(kind="entered", by="what-if")
DRAWS = 600


@pytest.fixture(scope="module")
def case() -> Case:
    return open_case(ROOT / "examples" / "us-iran-2026")


def asked(situation: Situation) -> Side:
    modes = agenda_modes(situation, TABLE)
    return side(situation, deal_answers(situation, TABLE, modes, agenda="own"))


@pytest.fixture(scope="module")
def before(case: Case) -> Held:
    return hold(asked(case.situation), draws=DRAWS, seed=7)


def edited(case: Case, path: str, at: float) -> Situation:
    return with_value(case.situation, path, Range.point(at, TRIED))


def tried(case: Case, before: Held, path: str, at: float) -> list[WhatIf]:
    return list(whatif(before, asked(edited(case, path, at))))


def test_the_first_answer_is_the_beginning_of_the_full_one(case: Case, before: Held) -> None:
    quick, full = tried(case, before, "iran.enrichment.hardness", 1.0)
    assert (quick.first, quick.draws, full.first, full.draws) == (True, 256, False, DRAWS)
    assert quick.changes[0].rose <= full.changes[0].rose
    assert quick.changes[0].before == before.values[:256, 0].mean()


def test_a_red_line_that_is_meant_takes_deals_away_and_gives_none(case: Case, before: Held) -> None:
    deal = tried(case, before, "iran.enrichment.hardness", 1.0)[-1].changes[0]
    assert deal.rose == 0
    assert deal.fell > 0
    assert deal.after < deal.before
    assert deal.difference == pytest.approx(deal.after - deal.before)
    assert deal.sign < 1e-6


def test_only_what_was_edited_is_drawn_anew(case: Case, before: Held) -> None:
    after = asked(edited(case, "iran.sanctions.position", 50.0))
    made = columns(after, DRAWS, seed=7, like=before)
    changed = [path for path, column in made.items() if not np.array_equal(column, before.draws[path])]
    assert changed == ["iran.sanctions.position"]


def test_the_columns_are_those_of_the_ensemble(case: Case) -> None:
    situation = edited(case, "iran.sanctions.position", 50.0)
    made, theirs = columns(asked(situation), 300, seed=3), draw_inputs(situation, 300, seed=3)
    assert set(made) == set(theirs)
    assert all(np.array_equal(made[path], theirs[path]) for path in made)


def test_an_edit_that_changes_nothing_changes_nothing(case: Case, before: Held) -> None:
    found = list(whatif(before, asked(case.situation)))[-1]
    assert found.edited == ()
    assert {(c.difference, c.moved, c.sign) for c in found.changes} == {(0.0, 0, 1.0)}


def test_what_was_edited_is_told_with_what_it_was(case: Case, before: Held) -> None:
    found = tried(case, before, "iran.stockpile.salience", 90.0)[-1].edited
    assert [(e.path, e.before.best if e.before else None, e.after.best if e.after else None) for e in found] == [
        ("iran.stockpile.salience", 67.5, 90.0)
    ]


def test_the_sign_test_is_that_of_fair_coins() -> None:
    assert sign_test(0, 10) == pytest.approx(2 / 2**10)
    assert sign_test(10, 0) == sign_test(0, 10)
    assert sign_test(6, 4) == pytest.approx(2 * (386 / 1024))


def test_inputs_that_bear_on_no_deal_move_nothing_at_the_best_guess(case: Case) -> None:
    situation = case.situation
    modes = agenda_modes(situation, TABLE)
    opened = claim(situation, TABLE, modes).open
    found = tornado(deal_answers(situation, TABLE, modes, agenda="own"), opened)
    by_name = {t.answer.name: t for t in found}
    assert by_name["deal"].at_best == 1.0
    assert by_name["gain.iran"].bars[0].swing > by_name["gain.iran"].bars[-1].swing > 0
    assert by_name["level.missiles"].bars == ()  # it is not on this agenda


def test_what_holds_without_a_deal_can_be_moved(case: Case) -> None:
    written = drafted(case.situation)
    held = hold(side(written, holding_answers(written, ("drift",))), draws=16, seed=1)
    path = next(i.path for i in inputs(written) if i.path.endswith(".effect.drift") and i.value.high > 0)
    other = with_value(written, path, Range.point(100.0, TRIED))
    found = list(whatif(held, side(other, holding_answers(other, ("drift",))), first=8))
    assert [w.draws for w in found] == [8, 16]
    assert found[-1].changes[0].answer.where == "drift"


def test_courses_are_followed_with_the_luck_of_their_own_draws(case: Case) -> None:
    asks = question(case.situation, TABLE, seed=5)
    held = hold(side(asks.situation, course_answers(asks), beside=known_ranges(asks)), draws=128, seed=5)
    chunk = Chunk(0, 128)
    own = drawn_inputs(asks, chunk)
    assert all(np.array_equal(held.draws[path], column) for path, column in own.items())
    there = courses(asks, chunk)
    force = held.side.asked.at("force.force")
    assert np.nanmean(held.values[:, force]) == (there.force[2] > 0).any(axis=-1)[there.kept[2]].mean()
