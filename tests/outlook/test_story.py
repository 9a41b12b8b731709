"""One draw told: it is the draw of the courses, and every end that is counted beside it is the same end."""

import numpy as np
import pytest
from tests.outlook.waters import TABLE, WATERS

from detente.ensemble import Chunk, Drawing
from detente.errors import UsageError
from detente.outlook.courses import FORCE_STATES, SETTLED_BY, TABLE_STATES, Courses, Question, courses, question, sums
from detente.outlook.story import Story, alike, story

DRAWS = 12


@pytest.fixture(scope="module")
def asked() -> Question:
    return question(WATERS, TABLE, seed=1)


@pytest.fixture(scope="module")
def found(asked: Question) -> Courses:
    return courses(asked, Chunk(0, DRAWS))


def same(told: Story, found: Courses, w: int, row: int) -> bool:
    """Is it the same course: what stands after every round, the agenda, the package, who waits how long?"""
    rounds, setting = told.turns[1:], found.setting
    states = all(
        [names.index(getattr(r, field)) for r in rounds] == array[w, row].tolist()
        for names, field, array in (
            (TABLE_STATES, "table", found.table),
            (FORCE_STATES, "force", found.force),
            (SETTLED_BY, "settled_by", found.settled_by),
        )
    )
    tense = np.allclose([r.tension for r in rounds], found.tension[w, row], rtol=1e-6)
    crises = [sum(e.kind in ("holds", "concedes", "backs-down", "carries-out") for e in r.events) for r in rounds]
    heads = (found.end[w, row] >= 0).sum(axis=1).tolist()
    if not (states and tense and crises == heads and told.mode == found.mode[w, row]):
        return False
    if told.mode < 0:
        return True
    offer, yields = told.draw.offers[told.mode], int(found.yields[w, row])
    clock = (float(found.clock[w, row]), setting.parties[yields] if yields >= 0 else None)
    levels = tuple(
        (i, float(at[o])) for i, at, o in zip(setting.issues, setting.levels, found.package[w, row], strict=True)
    )
    gains = [round(100 * points) for _, points in offer.gains]
    return (offer.wait(), offer.package, gains) == (clock, levels, found.gain[w, row].tolist())


@pytest.mark.parametrize("world", ["drift", "squeeze", "force"])
def test_a_story_is_the_draw_of_the_courses(asked: Question, found: Courses, world: str) -> None:
    w = asked.setting.worlds.index(world)
    for row in (1, 6, 11):
        assert same(story(asked, row, world=asked.setting.worlds[w]), found, w, row), (world, row)


def test_a_story_is_the_whole_draw_that_the_sums_keep(asked: Question) -> None:
    kept = sums(asked, drawing=Drawing(200, asked.seed)).whole()
    for place in range(3):
        number = int(kept.number[place])
        assert same(story(asked, number, world="force"), kept, 2, place), number


def test_a_draw_of_a_later_chunk_is_told_too(asked: Question) -> None:
    second = courses(asked, Chunk(1, 3, 8192))
    assert same(story(asked, 8194, world="squeeze"), second, 1, 2)


def test_draws_are_counted_that_end_as_the_one_that_is_told(asked: Question) -> None:
    ends = [story(asked, row, world="force").end for row in range(3)]
    one = alike(asked, ends[0], world="force", draws=3)
    assert (one.count, one.draws) == (ends.count(ends[0]), 3)


def test_no_draw_is_told_that_there_is_not(asked: Question) -> None:
    with pytest.raises(UsageError, match="Draws count from 0"):
        story(asked, -1, world="drift")
