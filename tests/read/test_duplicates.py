"""Which texts repeat another one: what is dropped resembles what is kept, and what is near is found."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.read.duplicates import BANDS, ROWS, SHINGLE, THRESHOLD, Repeat, repeats, resemblance, shingles, sketch

WORDS = [f"word{n}" for n in range(400)]
REPORT = " ".join(WORDS[:300])


def found_in(*texts: str, days: tuple[date | None, ...] = ()) -> tuple[Repeat, ...]:
    sketches = np.stack([sketch(text) for text in texts])
    return repeats(sketches, days or (None,) * len(texts), [b""] * len(texts), texts.__getitem__)


def plain(text: str) -> set[tuple[str, ...]]:
    """The definition, without hashes."""
    words = text.lower().split()
    return {tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}


@given(st.lists(st.sampled_from(WORDS[:9]), min_size=1, max_size=40), st.lists(st.sampled_from(WORDS[:9]), min_size=1))
def test_resemblance_is_the_share_of_shingles_that_both_have(one: list[str], other: list[str]) -> None:
    first, second = plain(" ".join(one)), plain(" ".join(other))
    assert resemblance(" ".join(one), " ".join(other)) == len(first & second) / len(first | second)


def test_marks_case_and_white_space_make_no_difference() -> None:
    assert np.array_equal(sketch("The  envoys MET,\nin Muscat: again!"), sketch("the envoys met in “Muscat” again"))


def test_another_word_makes_one() -> None:
    assert not np.array_equal(shingles("They agreed to meet in Muscat"), shingles("They refused to meet in Muscat"))


def test_a_text_without_words_is_a_text_too() -> None:
    assert found_in("...", "!!", "Talks failed") == (Repeat(1, 0, 1.0),)


def test_sketches_agree_as_often_as_texts_resemble_each_other() -> None:
    other = " ".join([*WORDS[:200], *WORDS[300:400]])
    agree = float((sketch(REPORT) == sketch(other)).mean())
    assert abs(agree - resemblance(REPORT, other)) < 4 * (0.25 / (BANDS * ROWS)) ** 0.5


def test_a_copy_under_another_headline_is_a_repeat() -> None:
    copy = f"Another headline for the same story ELSEWHERE (Wire) {REPORT} Additional reporting by nobody"
    (repeat,) = found_in(REPORT, "Quite another story about ships and ports and nothing else at all", copy)
    assert (repeat.number, repeat.of) == (2, 0)
    assert THRESHOLD <= repeat.resemblance < 1


def test_a_report_with_a_quarter_of_its_own_is_not() -> None:
    assert found_in(REPORT, f"{REPORT} {' '.join(WORDS[300:380])}") == ()


def test_the_one_published_first_is_kept() -> None:
    later, earlier = date(2026, 2, 9), date(2026, 2, 8)
    assert [(r.number, r.of) for r in found_in(REPORT, REPORT, REPORT, days=(None, later, earlier))] == [(0, 2), (1, 2)]
    assert [(r.number, r.of) for r in found_in(REPORT, REPORT, days=(later, later))] == [(1, 0)]


def test_the_same_bytes_are_not_compared() -> None:
    sketches = np.stack([sketch(REPORT)] * 2)

    def unread(number: int) -> str:
        raise AssertionError(number)

    assert repeats(sketches, (None, None), [b"same"] * 2, unread) == (Repeat(1, 0, 1.0),)


@given(st.lists(st.integers(0, 80), min_size=1, max_size=12), st.data())
def test_what_is_dropped_resembles_what_is_kept_and_that_is_kept(cuts: list[int], data: st.DataObject) -> None:
    texts = [" ".join([*WORDS[cut : cut + 120]]) for cut in cuts]
    days = tuple(date(2026, 1, data.draw(st.integers(1, 3))) for _ in texts)
    found = found_in(*texts, days=days)
    dropped = {r.number for r in found}
    for repeat in found:
        assert repeat.of not in dropped
        assert days[repeat.of] <= days[repeat.number]
        assert repeat.resemblance == resemblance(texts[repeat.of], texts[repeat.number]) >= THRESHOLD
    kept = [text for at, text in enumerate(texts) if at not in dropped]
    assert all(resemblance(a, b) < 0.9 for at, a in enumerate(kept) for b in kept[at + 1 :])


def test_nothing_repeats_nothing() -> None:
    assert repeats(np.zeros((0, BANDS * ROWS), np.uint32), (), (), "".__getitem__) == ()
