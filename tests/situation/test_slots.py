"""What nobody has said can be filled in, and taken out again, without touching anything else."""

import datetime as dt

import pytest

from detente.errors import SituationError, UsageError
from detente.situation.nouns import Document, Issue, NoDeal, Party, Situation, Stance, Table
from detente.situation.slots import (
    Filling,
    filled,
    filling,
    read_filling,
    slot,
    written_filling,
)
from detente.situation.values import Basis, Range

SAID = Basis(kind="entered", by="A. Coder")
READ = Basis(kind="read", evidence=("e1",), rule="talks-reported")
DAM = Issue(id="dam", name="the dam", status_quo=Range.point(0, SAID))
STANCE = Stance(party="karun", issue="dam", position=Range.point(80, SAID), salience=Range.point(70, SAID), basis=SAID)
TALKS = Table(id="talks", name="the talks", consent=("karun", "zohre"), consulted=("upland",), basis=READ)
RIVER = Situation(
    title="River",
    parties=tuple(Party(id=p, name=p.title(), basis=SAID) for p in ("karun", "zohre", "upland")),
    issues=(DAM,),
    stances=(STANCE,),
    tables=(TALKS,),
)
FILLS = {
    "zohre.dam.position": "20,30,50",
    "talks.no_deal.karun": "-10,0,5",
    "talks.seat.upland": "ratifies",
    "talks.deadline": "2026-03-01",
    "upland.own_move": "close the gates",
    "verifier.name": "A joint commission",
}


def ranged(value: str) -> Range:
    low, best, high = (float(end) for end in value.split(","))
    return Range(low=low, best=best, high=high, basis=SAID)


def put(path: str, value: str, situation: Situation = RIVER) -> tuple[Situation, Filling | None]:
    at = slot(situation, path)
    assert at is not None
    found = read_filling(situation, at, value, basis=SAID, read=ranged)
    return filled(situation, at, found), filling(situation, at)


@pytest.mark.parametrize(("path", "value"), FILLS.items())
def test_what_is_filled_in_stands_there_signed_and_is_taken_out_again(path: str, value: str) -> None:
    after, before = put(path, value)
    at = slot(after, path)
    assert at is not None
    stands = filling(after, at)
    assert stands is not None
    assert written_filling(stands) == value
    assert stands.basis == SAID
    assert filled(after, at, before) == RIVER


def test_a_day_of_publication_is_put_and_taken_out_again() -> None:
    undated = RIVER.model_copy(update={"documents": (Document(id="report"), Document(id="other"))})
    after, before = put("report.published", "2026-02-08", undated)
    at = slot(after, "report.published")
    assert at is not None
    assert before is None
    assert [d.published for d in after.documents] == [dt.date(2026, 2, 8), None]
    stands = filling(after, at)
    assert stands is not None
    assert written_filling(stands) == "2026-02-08"
    assert filled(after, at, None) == undated
    with pytest.raises(UsageError, match="is no day"):
        put("report.published", "in winter", undated)
    assert slot(undated, "nothing.published") is None


def test_a_seat_is_taken_and_the_others_keep_theirs() -> None:
    table = put("talks.seat.upland", "consents")[0].table("talks")
    assert (table.consent, table.consulted, table.ratifiers) == (("karun", "zohre", "upland"), (), ())
    assert table.basis == SAID
    assert put("talks.seat.karun", "none")[0].table("talks").consent == ("zohre",)


def test_words_that_are_no_day_are_kept_as_words() -> None:
    made = put("talks.deadline", "before the  harvest")[0].deadlines[0]
    assert (made.when, made.date, made.table) == ("before the harvest", None, "talks")


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("talks.seat.upland", "rules", "no part in a result"),
        ("verifier.name", "UPLAND", "is a party already"),
        ("verifier.name", "?!", "a few words"),
        ("upland.own_move", "x" * 201, "a few words"),
    ],
)
def test_what_cannot_stand_there_is_refused(path: str, value: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        put(path, value)


def test_more_than_one_value_is_not_taken_out() -> None:
    at = slot(RIVER, "karun.dam.position")
    assert at is not None
    with pytest.raises(SituationError, match="More is known of the stance"):
        filled(RIVER, at, None)
    noted = NoDeal(party="karun", value=Range.point(0, SAID), basis=SAID, note="from a speech")
    situation = RIVER.model_copy(update={"tables": (TALKS.model_copy(update={"no_deal": (noted,)}),)})
    at = slot(situation, "talks.no_deal.karun")
    assert at is not None
    with pytest.raises(SituationError, match="More is known of what 'karun' has"):
        filled(situation, at, None)
    assert filled(situation, at, Range.point(5, SAID)).table("talks").no_deal[0].note == "from a speech"


def test_a_position_is_changed_and_the_rest_of_the_stance_stays() -> None:
    changed = put("karun.dam.position", "10,10,10")[0].stances[0]
    assert changed == STANCE.model_copy(update={"position": Range.point(10, SAID)})


def test_what_does_not_belong_into_a_slot_is_refused() -> None:
    at = slot(RIVER, "talks.seat.upland")
    assert at is not None
    with pytest.raises(SituationError, match="does not belong there"):
        filled(RIVER, at, None)


@pytest.mark.parametrize(
    "path", ["dam.status_quo", "nobody.own_move", "talks.seat.nobody", "talks.no_deal.upland", "karun.name", ""]
)
def test_other_paths_are_no_slots(path: str) -> None:
    assert slot(RIVER, path) is None
