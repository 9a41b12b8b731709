"""That an item cannot exist without the words it rests on."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DocumentError, QuoteError
from detente.read.items import (
    Actor,
    DocumentFacts,
    Evidence,
    Extractor,
    Item,
    NameFact,
    Reading,
    Span,
    make_item,
    reading_from_json,
    verified,
)

TEXT = "Ruritania’s envoy said on Monday that Graustark must withdraw. Graustark refused.\r\n"


def facts(text: str = TEXT) -> DocumentFacts:
    return DocumentFacts(id="a", name="a.txt", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


def item(start: int = 38, end: int = 61, quote: str = "Graustark must withdraw") -> Item:
    return make_item(
        Item(
            doc_id="a",
            doc_sha256=facts().sha256,
            sentences=("s1",),
            evidence=(Evidence(start=start, end=end, quote=quote, role="clause", sentence="s1"),),
            kind="position",
            act="REQUEST",
            trigger="must",
            frame="obligation",
            actors=(Actor(mention=Span(start=0, end=17, quote="Ruritania’s envoy"), head="envoy", party="ruritania"),),
            extractor=Extractor(name="rules", version="1", rule="obligation"),
        )
    )


def test_a_quote_that_stands_where_it_says_is_accepted() -> None:
    assert Reading(document=facts(), items=(item(),)).items[0].clause().quote == "Graustark must withdraw"


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (39, 62, "Graustark must withdraw"),
        (38, 61, "Graustark must withdraW"),
        (38, 38, ""),
        (-5, 3, "Rur"),
        (500, 504, "wide"),
    ],
)
def test_a_quote_that_stands_elsewhere_is_refused(start: int, end: int, quote: str) -> None:
    with pytest.raises(QuoteError, match="document 'a' has"):
        Reading(document=facts(), items=(item(start, end, quote),))


def test_every_span_is_checked_not_only_the_evidence() -> None:
    wrong = item().model_copy(
        update={"actors": (Actor(mention=Span(start=0, end=4, quote="Iran"), head="Iran", party="iran"),)}
    )
    with pytest.raises(QuoteError, match="not 'Iran'"):
        verified(wrong, TEXT)


def test_a_name_that_is_not_in_the_text_is_refused() -> None:
    fact = NameFact(party="ruritania", name="Ruritania", span=Span(start=1, end=10, quote="Ruritania"))
    with pytest.raises(QuoteError):
        Reading(document=facts(), parties=(fact,))


def test_a_stored_reading_comes_back_the_same() -> None:
    reading = Reading(document=facts(), items=(item(),))
    assert reading_from_json(reading.to_json()) == reading


def test_a_stored_reading_whose_text_was_changed_is_refused() -> None:
    stored = Reading(document=facts(), items=(item(),)).to_json()
    with pytest.raises(QuoteError, match="hash differs"):
        reading_from_json(stored.replace("on Monday", "on Sunday"))


def test_a_stored_reading_whose_quote_was_moved_is_refused() -> None:
    stored = Reading(document=facts(), items=(item(),)).to_json()
    with pytest.raises(QuoteError):
        reading_from_json(stored.replace('"start":38', '"start":37'))


def test_data_that_is_no_reading_is_refused_in_one_line() -> None:
    with pytest.raises(DocumentError, match="1 fault, at document"):
        reading_from_json("{}")


def test_the_id_is_that_of_the_content_alone() -> None:
    other_reader = Extractor(name="llm", version="9", rule="prompt")
    same = item().model_copy(update={"extractor": other_reader, "confidence": 0.1, "status": "user-confirmed"})
    assert make_item(same).id == item().id
    assert make_item(item().model_copy(update={"negated": True})).id != item().id


@given(shift=st.integers(-40, 60).filter(bool), text=st.text(min_size=1, max_size=80))
def test_a_shifted_quote_is_found_out(shift: int, text: str) -> None:
    whole = text + " | " + text[::-1]
    start, end = shift, shift + 3
    quote = whole[:3]
    stands = start >= 0 and whole[start:end] == quote
    made = item(start, end, quote)
    bare = made.model_copy(update={"actors": ()})
    if stands:
        assert verified(bare, whole) is bare
    else:
        with pytest.raises(QuoteError):
            verified(bare, whole)
