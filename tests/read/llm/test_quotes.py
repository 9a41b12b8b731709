"""A quote is found as it stands, repaired in white space and quotation marks, or not found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read.items import SentenceFacts
from detente.read.llm.quotes import find

TEXT = "Iranian envoys left. Iran’s “red\n line” on the dam, Iran said, is 5.5 metres (not 6). Iran said so."


def place(number: int, start: str, end: str) -> SentenceFacts:
    return SentenceFacts(id=f"s{number}", start=TEXT.index(start), end=TEXT.index(end) + len(end))


ONE, TWO, THREE = place(1, "Iranian", "left."), place(2, "Iran’s", "6)."), place(3, "Iran said so", "so.")


@pytest.mark.parametrize("quote", ["Iran’s “red\n line”", "the dam, Iran said", "5.5 metres (not 6)", "Iran said"])
def test_what_stands_there_is_verified(quote: str) -> None:
    found = find(quote, [ONE, TWO], TEXT)
    assert found is not None
    assert (found.span.quote, found.repaired, found.sentence) == (quote, False, "s2")
    assert TEXT[found.span.start : found.span.end] == quote


@pytest.mark.parametrize(
    "quote",
    [
        'Iran\'s "red line"',
        "Iran's 'red   line'",
        " Iran’s “red line” ",
        '"Iran’s “red line”"',
        "Iran's\t“red\u00a0line",
    ],
)
def test_white_space_and_quotation_marks_are_repaired_with_the_words_of_the_text(quote: str) -> None:
    found = find(quote, [TWO], TEXT)
    assert found is not None
    assert found.repaired
    assert found.span.quote.startswith("Iran’s “red\n line")
    assert TEXT[found.span.start : found.span.end] == found.span.quote


@pytest.mark.parametrize(
    "quote",
    [
        "Iran said so.",  # in a sentence that was not named
        "iran’s", "the dams", "the dam Iran said", "red-line", "Iran … said", "5 5 metres", "the  river",
        "", " ", "“”", "'", "left. Iran’s",
    ],
)  # fmt: skip
def test_nothing_else_is_repaired(quote: str) -> None:
    assert find(quote, [ONE, TWO], TEXT) is None


def test_a_word_does_not_stand_inside_a_word() -> None:
    assert find("Iran", [ONE], TEXT) is None
    assert find("envoy", [ONE], TEXT) is None


def test_words_inside_the_clause_win_over_the_same_words_before_it() -> None:
    clause = find("Iran said, is 5.5 metres", [TWO], TEXT)
    assert clause is not None
    first, inside = find("Iran", [TWO], TEXT), find("Iran", [TWO], TEXT, near=clause.span)
    assert first is not None
    assert inside is not None
    assert first.span.start < inside.span.start == clause.span.start


def test_exact_words_in_a_later_sentence_win_over_repaired_ones_in_an_earlier() -> None:
    text = "A “b” c. A 'b' c."
    places = [SentenceFacts(id="s1", start=0, end=8), SentenceFacts(id="s2", start=9, end=17)]
    found = find("A 'b' c", places, text)
    assert found is not None
    assert (found.sentence, found.repaired) == ("s2", False)


@given(st.text(max_size=60), st.text(max_size=12))
def test_whatever_is_found_stands_in_the_text(text: str, quote: str) -> None:
    found = find(quote, [SentenceFacts(id="s1", start=0, end=len(text))], text)
    if found is not None:
        assert text[found.span.start : found.span.end] == found.span.quote != ""
        assert found.repaired or found.span.quote == quote


@given(st.text(alphabet="ab .*+?[](){}\\^$|'\"“”\n\t", max_size=40), st.data())
def test_any_run_of_whole_words_is_found_whatever_signs_are_in_it(text: str, data: st.DataObject) -> None:
    words = text.split()
    if words:
        first = data.draw(st.integers(0, len(words) - 1))
        quote = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
        found = find(quote, [SentenceFacts(id="s1", start=0, end=len(text))], text)
        assert found is not None or not quote.strip("'\"“”")
