"""Tornado and flips: what moves an answer moves it, by as much, and what does not is said to be still."""

import numpy as np
import pytest

from detente.boards import Draws
from detente.errors import AnalysisError
from detente.levers.claim import Open
from detente.levers.factors import Scalar, Scalars, at_best, held, taken
from detente.levers.flips import flip_square, flips
from detente.levers.tornado import drift, tornado

A, B = Open("a", 0, 2, 10, "assumed"), Open("b", -1, 0, 1, "read")
LINE = Open("iran.cap.hardness", 0, 1, 1, "assumed")
ANSWERS = (Scalar("gain", "points"), Scalar("deal", "holds"))


def answered(draws: Draws, chances: int) -> np.ndarray:
    real = draws["iran.cap.real"] < draws["iran.cap.hardness"]
    return np.stack([3 * draws["a"] + draws["b"] ** 2, ((draws["a"] > 7) | ~real).astype(float)], axis=1)


ASKED = Scalars(ANSWERS, answered)


def drawn(count: int = 600, seed: int = 1) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    hard = np.full(count, 0.5)
    return {"a": rng.random(count) * 10, "b": rng.random(count) * 2 - 1, "iran.cap.hardness": hard,
            "iran.cap.real": rng.random(count)}  # fmt: skip


def test_one_at_a_time_the_greatest_swing_comes_first() -> None:
    gain, deal = tornado(ASKED, (B, LINE, A))
    assert gain.at_best == 6
    assert [(b.path, b.at_low, b.at_high) for b in gain.bars] == [("a", 0, 30), ("b", 7, 7)]
    assert gain.bars[1].swing == 1  # it turns around inside
    assert gain.still == ("iran.cap.hardness",)
    assert deal.at_best == 0  # a red line binds at best
    assert {(b.path, b.at_low, b.at_high) for b in deal.bars} == {("a", 0, 1), ("iran.cap.hardness", 1, 0)}


def test_every_input_is_back_at_its_best_while_another_moves() -> None:
    seen: list[Draws] = []

    def noted(draws: Draws, chances: int) -> np.ndarray:
        seen.append(draws)
        return np.zeros((len(draws["a"]), 1))

    tornado(Scalars((ANSWERS[0],), noted), (A, B), steps=3)
    away = np.stack([seen[0]["a"] != 2, seen[0]["b"] != 0])
    assert not away.all(axis=0).any()
    assert len(seen) == 1  # one batch


def test_over_draws_ranks_and_ends_agree_with_what_was_planted() -> None:
    draws = drawn()
    gain, deal = drift(ANSWERS, ASKED.over(draws), (A, B, LINE), draws)
    assert [m.path for m in gain.moves if m.seen] == ["a"]
    assert gain.moves[0].rank > 0.99
    line = next(m for m in deal.moves if m.path == LINE.path)
    assert line.low == 1.0
    assert line.high == pytest.approx(0.3, abs=0.08)
    assert line.seen


def test_an_answer_that_takes_chances_is_averaged_over_the_same_ones() -> None:
    lots = np.random.default_rng(3).random(400)

    def lucky(draws: Draws, chances: int) -> np.ndarray:
        return (lots[: len(draws["a"])] < draws["a"] / 10).astype(float)[:, None]

    found = tornado(Scalars((ANSWERS[1],), lucky, lots=400), (A,))[0]
    assert (found.bars[0].at_low, found.bars[0].at_high) == (0.0, 1.0)
    assert found.at_best == pytest.approx(0.2, abs=0.05)


def test_a_flip_is_found_where_it_is_and_which_way() -> None:
    found = flips(ASKED, drawn(), (A, LINE), answer="deal", level=0.75)
    assert found[0].flips[0].at == pytest.approx(7, abs=0.02)
    assert found[0].flips[0].rises
    assert found[0].draws == 600
    assert [(f.low, f.high, f.rises) for f in found[1].flips] == [(0.0, 1.0, False)]


def test_the_same_draw_meets_the_same_chances_at_every_value() -> None:
    lots = np.random.default_rng(3).random(300)

    def lucky(draws: Draws, chances: int) -> np.ndarray:
        return np.asarray(lots[: len(draws["a"])] + 0 * draws["a"])[:, None]

    found = flips(Scalars((ANSWERS[0],), lucky), drawn(300), (A,), answer="gain")[0]
    assert len(set(found.means)) == 1


def test_a_square_has_the_first_row_at_the_low_end_of_the_second_input() -> None:
    found = flip_square(ASKED, drawn(200), (A, B), answer="gain", grid=3)
    assert found.across == (0, 5, 10)
    assert found.up == (-1, 0, 1)
    np.testing.assert_allclose(found.means, [[1, 16, 31], [0, 15, 30], [1, 16, 31]])


def test_a_held_line_is_real_or_not_as_told() -> None:
    both = held(LINE, np.array([0.0, 1.0]))
    assert taken(LINE, both).tolist() == [0.0, 1.0]
    assert taken(LINE, at_best((LINE,), 1)).tolist() == [1.0]


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(AnalysisError, match="Nothing can be moved"):
        tornado(ASKED, ())
    with pytest.raises(AnalysisError, match="too few"):
        drift(ANSWERS, np.zeros((3, 2)), (A,), {"a": np.zeros(3)})
    with pytest.raises(AnalysisError, match="given twice"):
        flip_square(ASKED, drawn(20), (A, A), answer="gain")
    with pytest.raises(AnalysisError, match="is not asked about"):
        flips(ASKED, drawn(20), (A,), answer="peace")
    with pytest.raises(AnalysisError, match="one row per draw"):
        Scalars(ANSWERS, lambda d, _: np.zeros((1, 2))).over(drawn(20))
