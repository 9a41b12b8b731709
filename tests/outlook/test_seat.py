"""A seat in a draw: the model's choices give its course, others give others, and nothing before them changes."""

import itertools

import pytest
from tests.outlook.waters import TABLE, WATERS

from detente.errors import UsageError
from detente.outlook.courses import Question, question
from detente.outlook.seat import Moment, Seat, decide, moment, seated, seats, undone
from detente.outlook.seat.played import Turn, played
from detente.situation.nouns import World


@pytest.fixture(scope="module")
def asked() -> Question:
    return question(WATERS, TABLE, seed=1)


@pytest.fixture(scope="module")
def upper(asked: Question) -> Seat:
    """The one that answers agendas, in a draw in which it waits a while and is threatened."""
    return seated(asked, "upper", draw=4, world="force")


@pytest.fixture(scope="module")
def lower(asked: Question) -> Seat:
    """The one that puts agendas forward."""
    return seated(asked, "lower", draw=6, world="squeeze")


def as_the_model(seat: Seat) -> tuple[Turn, ...]:
    while (now := moment(seat)).asked is not None:
        seat = decide(seat, now.asked.usual)
    return now.turns


def met(asked: Question, party: str, kind: str, *, option: str | None = None) -> tuple[Seat, Moment]:
    """Follow the model, in the first draw in which somebody is asked something of this kind, up to that."""
    for draw in range(20):
        seat = seated(asked, party, draw=draw, world="force")
        while (now := moment(seat)).asked is not None:
            if now.asked.kind == kind and (option is None or option in now.choices):
                return seat, now
            seat = decide(seat, now.asked.usual)
    raise AssertionError(f"nobody is asked: {kind}")


def kinds(turns: tuple[Turn, ...]) -> list[str]:
    return [e.kind for t in turns for e in t.events]


@pytest.mark.parametrize(("draw", "world"), [(0, "drift"), (3, "squeeze"), (7, "force")])
def test_whoever_chooses_what_the_model_chose_gets_its_course(asked: Question, draw: int, world: World) -> None:
    for party in seats(asked):
        seat = seated(asked, party, draw=draw, world=world)
        assert as_the_model(seat) == played(seat.draw).turns, party


def test_at_a_table_of_three_the_models_choices_give_its_course_too() -> None:
    table = WATERS.tables[0].model_copy(update={"consent": ("upper", "lower", "friend")})
    three = question(WATERS.model_copy(update={"tables": (table,)}), TABLE, seed=2)
    for party in ("upper", "lower"):
        seat = seated(three, party, draw=0, world="drift")
        assert as_the_model(seat) == played(seat.draw).turns, party


def test_every_choice_that_is_listed_can_be_made(upper: Seat, lower: Seat) -> None:
    for seat in (upper, lower):
        for turn in itertools.count():
            now = moment(seat)
            if now.asked is None:
                break
            assert now.asked.usual in now.choices
            assert len(now.choices) == len(now.known) == len(set(now.choices))
            assert all(moment(decide(seat, choice)).turns[: len(now.turns)] == now.turns for choice in now.choices)
            seat = decide(seat, now.choices[turn % len(now.choices)])


def test_a_refused_agenda_is_not_talked_about(asked: Question) -> None:
    seat, now = met(asked, "upper", "answer")
    assert now.asked is not None
    name = seat.draw.offers[now.asked.about].agenda
    refused, taken = (as_the_model(decide(seat, choice))[0].events for choice in ("refuse", "take-up"))
    assert ("refuses", "upper", name) in [(e.kind, e.by, e.what) for e in refused]
    assert ("takes-up", "upper", name) not in [(e.kind, e.by, e.what) for e in refused]
    assert (taken[-1].kind, taken[-1].what) == ("takes-up", name)


def test_a_package_is_accepted_held_out_on_or_walked_out_of(asked: Question) -> None:
    seat, now = met(asked, "upper", "package", option="hold-out")
    assert now.asked is not None
    after = {c: as_the_model(decide(seat, c))[now.asked.number] for c in ("accept", "hold-out", "walk-out")}
    assert after["accept"].settled_by == "agreement"
    assert ("settles", "upper") in [(e.kind, e.by) for e in after["accept"].events]
    assert (after["hold-out"].table, after["hold-out"].settled_by) == ("talks", "nothing")
    assert after["walk-out"].table == "collapsed"
    assert ("walks-out", "upper") in [(e.kind, e.by) for e in after["walk-out"].events]


def test_a_threatened_party_gives_in_or_resists(asked: Question) -> None:
    seat, now = met(asked, "upper", "threat")
    assert now.asked is not None
    number = now.asked.number
    given, resisted = (as_the_model(decide(seat, choice)) for choice in ("concede", "resist"))
    assert ("concedes", "upper") in [(e.kind, e.by) for e in given[number].events]
    assert {"backs-down", "carries-out"} & set(kinds(resisted[number : number + 1]))
    assert given[:number] == resisted[:number]


def test_a_challenger_holds_back_or_goes_through_with_it(asked: Question) -> None:
    seat, now = met(asked, "friend", "challenge")
    assert now.asked is not None
    held = as_the_model(decide(seat, "hold"))[now.asked.number]
    assert ("holds", "friend") in [(e.kind, e.by) for e in held.events]
    bold, resisted = met(asked, "friend", "resisted")
    assert resisted.asked is not None
    number = resisted.asked.number
    firm, back = (as_the_model(decide(bold, choice)) for choice in ("stand-firm", "back-down"))
    assert "carries-out" in kinds(firm[number : number + 1])
    assert "backs-down" in kinds(back[number : number + 1])


def test_what_is_taken_back_was_never_chosen(lower: Seat) -> None:
    first = moment(lower)
    there = decide(decide(lower, first.choices[0]), moment(decide(lower, first.choices[0])).choices[-1])
    assert moment(undone(undone(there))) == first
    assert undone(lower).choices == ()


def test_what_was_not_asked_cannot_be_chosen(asked: Question, lower: Seat) -> None:
    with pytest.raises(UsageError, match=r"cannot be chosen in round 0. Choose one of: agenda:0"):
        decide(lower, "accept")
    with pytest.raises(UsageError, match=r"decides nothing at the table 'talks'.*upper, lower, friend"):
        seated(asked, "trader", draw=0, world="drift")
    over = Seat(draw=lower.draw, party="friend", choices=())
    while (now := moment(over)).asked is not None:
        over = decide(over, now.asked.usual)
    with pytest.raises(UsageError, match="nothing is left to decide"):
        decide(over, "hold")


def test_what_is_known_is_the_partys_own(asked: Question, lower: Seat) -> None:
    seat, now = met(asked, "upper", "package")
    assert now.asked is not None
    own = dict(seat.draw.offers[now.asked.about].mandates)["upper"]
    assert dict(zip(now.choices, now.known, strict=True))["accept"] == own
    assert any(offer.found for offer in lower.draw.offers)
    assert all((offer.most or 0) >= dict(offer.mandates)["lower"] for offer in lower.draw.offers if offer.found)
