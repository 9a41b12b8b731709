"""That a time in words becomes days, seen from the day of the report, and stays words where it cannot."""

import datetime
from collections.abc import Callable

import pytest

from detente.read.documents import from_text
from detente.read.extract import read
from detente.read.frames import load_frames
from detente.read.items import Item
from detente.read.language import Pipeline
from detente.read.parties import Lexicon

WEDNESDAY = "11 March 2026"
DAY = datetime.date
Dated = Callable[..., Item]


@pytest.fixture(scope="module")
def dated(pipeline: Pipeline, lexicon: Lexicon) -> Dated:
    frames = load_frames()

    def first(sentence: str, *, published: str | None = WEDNESDAY) -> Item:
        head = f"Published: {published}\n\n" if published else ""
        document = from_text(head + sentence, name="text")
        return read(document, pipeline.sentences(document), lexicon=lexicon, frames=frames).items[0]

    return first


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("Israel struck a Hezbollah depot on Monday.", DAY(2026, 3, 9), DAY(2026, 3, 9)),
        ("Japan and North Korea will meet on Friday.", DAY(2026, 3, 13), DAY(2026, 3, 13)),
        ("Kenya gave Uganda until Friday to release the traders.", DAY(2026, 3, 13), DAY(2026, 3, 13)),
        ("Syria demanded that Turkey withdraw by the end of July.", DAY(2026, 7, 1), DAY(2026, 7, 31)),
        ("Russia and Ukraine met on April 23, 2025 in Istanbul.", DAY(2025, 4, 23), DAY(2025, 4, 23)),
        ("Iran and Oman met two weeks ago.", DAY(2026, 2, 25), DAY(2026, 2, 25)),
        ("Iran and Oman will meet within 30 days.", DAY(2026, 3, 11), DAY(2026, 4, 10)),
        ("Kenya bombed Somalia last month.", DAY(2026, 2, 1), DAY(2026, 2, 28)),
        ("Iran and Oman met in December.", DAY(2025, 12, 1), DAY(2025, 12, 31)),
        ("Iran and Oman will meet next week.", DAY(2026, 3, 16), DAY(2026, 3, 22)),
    ],
)
def test_a_time_is_reckoned_from_the_date_of_the_report(
    dated: Dated, sentence: str, first: datetime.date, last: datetime.date
) -> None:
    when = dated(sentence).when
    assert when is not None
    assert (when.first, when.last) == (first, last)
    assert when.span.quote in sentence


def test_a_full_date_is_stated_and_others_are_reckoned(dated: Dated) -> None:
    full = dated("Russia and Ukraine met on 23 April 2025.").when
    weekday = dated("Russia and Ukraine met on Monday.").when
    assert full is not None
    assert weekday is not None
    assert (full.basis, weekday.basis) == ("stated", "document-date")


def test_without_a_date_of_the_report_a_weekday_stays_a_word(dated: Dated) -> None:
    when = dated("Russia and Ukraine met on Monday.", published=None).when
    assert when is not None
    assert (when.span.quote, when.first, when.basis) == ("on Monday", None, "unresolved")


def test_the_day_on_which_it_was_said_is_not_the_day_of_what_was_said(dated: Dated) -> None:
    assert dated("Iran said on Tuesday that it would release the sailors.").when is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenya and Uganda met in Kampala for the first time since the border clashes last month.",
        "Russia and Ukraine met following the collapse of the truce last week.",
        "Japan and North Korea met after Monday's missile test.",
        "After the riots last week, Kenya and Uganda met.",
    ],
)
def test_the_time_of_an_earlier_event_does_not_date_the_meeting_after_it(dated: Dated, sentence: str) -> None:
    assert dated(sentence).when is None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("After the riots last week, Kenya and Uganda met on Monday.", "on Monday"),
        ("Kenya and Uganda have met since the start of last month.", "since the start of last month"),
        ("Israel went after militants on Monday and bombed a depot.", "on Monday"),
        ("Iran and Oman met after dark on Monday.", "on Monday"),
    ],
)
def test_a_time_of_its_own_still_dates_what_follows_another_event(dated: Dated, sentence: str, words: str) -> None:
    when = dated(sentence).when
    assert when is not None
    assert words.endswith(when.span.quote)


def test_an_event_told_after_another_keeps_its_own_time(dated: Dated) -> None:
    item = dated("Kenya warned Uganda after its army bombed Somalia last month.")
    assert item.trigger == "bomb"
    assert item.when is not None
    assert item.when.span.quote == "last month"
