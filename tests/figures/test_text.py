"""Texts are measured, broken and made harmless before they are drawn."""

from hypothesis import given
from hypothesis import strategies as st

from detente.figures.text import one_line, printable, shorten, text_width, wrap


@given(st.text())
def test_what_is_shown_has_as_many_code_points_and_no_control_characters(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(ord(letter) < 32 and letter not in "\t\n\r" for letter in shown)
    assert shown.encode().decode() == shown


@given(st.text(min_size=1, max_size=60), st.integers(1, 4))
def test_a_broken_text_keeps_to_its_width_and_its_lines(text: str, lines: int) -> None:
    broken = wrap(text, 90, 12, lines=lines)
    assert 1 <= len(broken) <= lines
    assert all(text_width(line, 12) <= 90 for line in broken)


@given(st.text(alphabet="ab cd", max_size=60))
def test_a_text_that_fits_is_not_changed_by_breaking(text: str) -> None:
    assert " ".join(wrap(text, 10_000, 12, lines=2)) == one_line(text)


def test_a_word_without_end_is_cut_with_an_ellipsis() -> None:
    assert wrap("x" * 10_000, 60, 12)[-1].endswith("…")
    assert len(shorten("x" * 10_000, 60, 12)) < 12


def test_marks_that_turn_the_reading_direction_are_dropped_from_one_line_texts() -> None:
    assert one_line("abc\u202edef\u2066") == "abcdef"
