"""What a question asks for, from its text alone: sure of few wordings, silent about the others."""

import datetime as dt

import pytest

from detente.read.asked import AskedOf, asked, last_day
from detente.read.parties.lexicon import Lexicon, load_lexicon
from detente.situation.questions import Asked


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


SURE: list[tuple[str, Asked, str]] = [
    ("Will Chile strike Peru by May 31?", "force", "strike"),
    ("Chile strikes Peru by May 31?", "force", "strike"),
    ("Will Chilean forces attack targets inside Peru before June 2027?", "force", "strike"),
    ("Will Chile carry out an airstrike on Peruvian territory before 2027-04-01?", "force", "strike"),
    ("Chile military action against Peru by June 30, 2027?", "force", "strike"),
    ("Chile x Peru military clash in 2027?", "force", "clash"),
    ("Will Brazil intervene militarily in Bolivia before May 2027?", "force", "intervene"),
    ("Will Chile invade Bolivia by end of 2027?", "war", "invade"),
    ("Will Chile launch a full-scale invasion of Bolivia before 2030?", "war", "invade"),
    ("Will Chile and Bolivia go to war in 2027?", "war", "at-war"),
    ("Will Chile be at war with Bolivia before the end of 2027?", "war", "at-war"),
    ("Chile x Peru ceasefire by March 31?", "agreement", "pact-headline"),
    ("Chile-Peru nuclear deal before 2027?", "agreement", "pact-headline"),
    ("Will Chile and Peru sign a final peace agreement before May 2027?", "agreement", "pact-agreed"),
    ("Will there be a bilateral ceasefire between Chile and Peru before 2028?", "agreement", "pact-to-be"),
    ("Will any signed Chile-Peru document on the dispute exist by 2027-06-30?", "agreement", "pact-signed"),
    ("Will the Chile-Peru war end before the end of 2027?", "ended", "fighting-ends"),
    ("Will the conflict between Chile and Peru be over by June 30?", "ended", "fighting-ends"),
    ("Chile x Peru ceasefire broken by October 31?", "recurrence", "pact-broken"),
    ("Will fighting between Chile and Peru resume by May 31, 2027?", "recurrence", "fighting-again"),
    ("Will Lula and Putin meet in person before October 2027?", "talks", "meet"),
    ("Will another Chile-Peru round be held by 2027-02-28?", "talks", "round-held"),
    ("Will missiles be an agenda item at the talks of Chile and Peru by May?", "agenda", "on-the-agenda"),
    ("Will Chile carry out its stated threat against Peru by May 31?", "threat", "threat-carried-out"),
]


@pytest.mark.parametrize(("text", "event", "rule"), SURE)
def test_a_plain_wording_is_found(lexicon: Lexicon, text: str, event: Asked, rule: str) -> None:
    found = asked(text, lexicon=lexicon)
    assert (found.event, found.rule) == (event, rule)


UNSURE = [
    ("If Peru strikes Chile, will Chile invade Peru by May 31?", "conditional"),
    ("Given a strike by Chile, will Peru carry out its threat within 7 days?", "conditional"),
    ("Will Chile invade Peru before the album is out?", "another-clock"),
    ("Will Lula still be president when the war between Chile and Peru ends?", "another-clock"),
    ("Will Chile strike Peru on May 3, 2027?", "single-day"),
    ("Will at least two rounds between Chile and Peru be held by May?", "number"),
    ("Will Chile strike 3 or more ports of Peru in May?", "number"),
    ("Will a Chile-Peru ceasefire take effect by May 31 and hold for a month?", "further-demand"),
    ("Will there be a ceasefire in the Sudanese civil war in 2027?", "inner-war"),
    ("Will Chile and Peru sign a trade agreement by May 31?", "another-pact"),
    ("Will Lula and Putin speak on the phone in May?", "by-phone"),
    ("Will Chile strike a commercial vessel by May 31?", "no-rule"),
    ("Will Chile win the World Cup?", "no-rule"),
    ("Will Chile agree to give up uranium by May 31?", "no-rule"),
    ("Will Chile close its airspace by May 31?", "no-rule"),
    ("Will the conflict be over by May 31?", "nobody-named"),
]


@pytest.mark.parametrize(("text", "why"), UNSURE)
def test_what_is_not_sure_stays_other_and_says_why(lexicon: Lexicon, text: str, why: str) -> None:
    found = asked(text, lexicon=lexicon)
    assert (found.event, found.rule, found.by) == ("other", why, ())


def test_who_would_act_against_whom_is_told(lexicon: Lexicon) -> None:
    found = asked("Will Brazil, Chile, or Bolivia strike Peru by February 28?", lexicon=lexicon)
    assert found.by == ("brazil", "chile", "bolivia")
    assert found.against == ("peru",)
    assert asked("Chile x Peru military clash in 2027?", lexicon=lexicon).by == ()


def test_a_question_about_what_does_not_happen_is_turned_round(lexicon: Lexicon) -> None:
    assert asked("Will Chile not strike Peru by May 31?", lexicon=lexicon).negated
    going_on = asked("Will the war between Chile and Peru still be ongoing in May?", lexicon=lexicon)
    assert (going_on.event, going_on.negated) == ("ended", True)
    assert not asked("Will Chile strike Peru by May 31?", lexicon=lexicon).negated


def test_persons_and_capitals_stand_for_their_party(lexicon: Lexicon) -> None:
    assert asked("Will Putin and Zelensky meet by May?", lexicon=lexicon).parties == ("russia", "ukraine")


def test_words_in_brackets_say_nothing(lexicon: Lexicon) -> None:
    plain = asked("Chile x Peru ceasefire by March 31?", lexicon=lexicon)
    assert asked("[Poll 2027] Chile x Peru ceasefire by March 31? (if any)", lexicon=lexicon) == plain


@pytest.mark.parametrize("text", ["", "?", "@ % @", "by by by " * 400, "Will " + "Chile and Peru " * 200 + "meet?"])
def test_odd_texts_are_read_and_nothing_breaks(lexicon: Lexicon, text: str) -> None:
    assert isinstance(asked(text, lexicon=lexicon), AskedOf)


LAST = [
    ("by 2027-03-05", dt.date(2027, 3, 5)),
    ("before 2027-03-01", dt.date(2027, 2, 28)),
    ("by March 5, 2027", dt.date(2027, 3, 5)),
    ("by 5 March 2027", dt.date(2027, 3, 5)),
    ("before June 1st, 2026", dt.date(2026, 5, 31)),
    ("by March 5", dt.date(2026, 3, 5)),
    ("by February 1", dt.date(2027, 2, 1)),
    ("by the end of February", dt.date(2026, 2, 28)),
    ("by end of February 2028", dt.date(2028, 2, 29)),
    ("before May 2026", dt.date(2026, 4, 30)),
    ("before 2030", dt.date(2029, 12, 31)),
    ("before the end of 2026", dt.date(2026, 12, 31)),
    ("in 2027", dt.date(2027, 12, 31)),
    ("by March 5 (see by April 5)", dt.date(2026, 3, 5)),
    ("by 2035", None),
    ("by July 2027", None),
    ("by February 31", None),
    ("by March 5 or by April 5", None),
    ("before the album is out", None),
    ("one day", None),
]


@pytest.mark.parametrize(("words", "day"), LAST)
def test_the_last_day_is_read_where_the_text_is_sure_of_it(words: str, day: dt.date | None) -> None:
    assert last_day(f"Will Chile strike Peru {words}?", asked_on=dt.date(2026, 2, 8)) == day
