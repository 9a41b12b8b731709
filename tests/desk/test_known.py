"""What was known when: nothing counts before its first quote, and nothing of a later day is shown."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from detente.desk.known import day_of, known
from detente.situation.nouns import Document, Evidence, Issue, Party, Situation, Stance, Threat
from detente.situation.values import Basis, Range

FIRST = dt.date(2026, 2, 1)


def dam(days: tuple[int, ...]) -> Situation:
    """A dispute whose quotes stand in one document each; the stance rests on all of them, the threat on the last."""
    documents = tuple(Document(id=f"d{n}", published=FIRST + dt.timedelta(day)) for n, day in enumerate(days))
    quotes = tuple(
        Evidence(id=f"e{n}", document=f"d{n}", sentence="s1", start=0, end=1, quote="x") for n in range(len(days))
    )
    said = Basis(kind="read", evidence=tuple(e.id for e in quotes), rule="refusal-of-topic")
    at = Range(low=0, best=10, high=20, basis=said)
    return Situation(
        title="Dam",
        documents=documents,
        evidence=quotes,
        parties=(Party(id="karun", name="Karun"), Party(id="delta", name="Delta")),
        issues=(Issue(id="dam", name="the dam", status_quo=at),),
        stances=(Stance(party="karun", issue="dam", position=at, salience=at),),
        threats=(Threat(id="t", by="karun", against="delta", action="strike", evidence=(quotes[-1].id,)),),
    )


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5), st.integers(0, 30))
def test_a_thing_is_known_from_its_first_quote_on_and_shown_with_no_later_one(days: list[int], until: int) -> None:
    situation = dam(tuple(days))
    when = {d.id: day for d in situation.documents if (day := day_of(d)) is not None}
    found = {k.kind: k for k in known(situation, when)}
    assert found["stance"].day == FIRST + dt.timedelta(min(days))
    assert found["threat"].day == FIRST + dt.timedelta(days[-1])
    last = FIRST + dt.timedelta(until)
    shown = found["stance"].by(last)
    assert len(shown.quotes) == sum(day <= until for day in days)
    assert list(shown.dated) == sorted(shown.dated)
    assert found["stance"].by(None) == found["stance"]


def test_what_rests_on_no_dated_quote_is_left_out() -> None:
    assert known(dam((3,)), {}) == ()
    assert day_of(Document(id="d")) is None


def test_the_party_that_nobody_quotes_is_not_known_from_the_text() -> None:
    situation = dam((3,))
    assert {k.kind for k in known(situation, {"d0": FIRST})} == {"issue", "stance", "threat"}
