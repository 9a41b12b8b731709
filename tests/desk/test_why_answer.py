"""Why an answer comes out as it does: what is not on its path moves nothing, and a turning point turns it."""

from pathlib import Path

import numpy as np
import pytest
from tests.conftest import ROOT

from detente.desk.asking import At, asks
from detente.desk.case import open_case
from detente.desk.session import Session
from detente.desk.why_answer import answer_asked, behind, ranked, without_sources
from detente.errors import AnalysisError, BoardError, SituationError, UsageError
from detente.levers.factors import open_among
from detente.levers.whatif import hold

EXAMPLE = ROOT / "examples" / "us-iran-2026"
BOUND = "missiles=precondition:israel"


@pytest.fixture(scope="module")
def session() -> Session:
    return Session(Path(EXAMPLE))


def test_what_is_not_on_the_path_moves_nothing(session: Session) -> None:
    on_path = {one.why.path for one in behind(session, answer_asked("deal", table="us-iran")).open}
    put = asks(session.now().situation, "deals", At(table="us-iran"))
    held = hold(put.side, draws=24, seed=1)
    off_path = [one for one in open_among(put.side.ranges) if one.path not in on_path and not one.is_hardness]
    assert off_path
    moved = {**held.draws, **{one.path: np.full(24, one.high) for one in off_path}}
    np.testing.assert_array_equal(put.side.asked.over(moved), held.values)


def test_the_one_that_moves_it_most_stands_first_and_turns_the_deal(session: Session) -> None:
    told = ranked(session, answer_asked("deal", table="us-iran", agenda=BOUND))
    first = told.movers[0]
    assert first.one.why.path == "iran.missiles.hardness"
    assert first.turns == "a deal only if it is not real"
    assert "sampled" in told.sampled
    assert "not a probability" in told.sampled
    assert "exact" in told.turning


def test_every_input_says_where_it_comes_from(session: Session) -> None:
    found = behind(session, answer_asked("gain.iran", table="us-iran", agenda=BOUND))
    for one in (*found.open, *found.fixed):
        assert one.why.kind is not None
        assert one.why.quotes or one.why.by or one.why.rule or one.why.kind == "read", one.why.path
    read = [one for one in found.open if one.why.quotes]
    assert all(quote.grade for one in read for quote in one.why.quotes)


def test_without_a_source_an_answer_rests_on_other_ranges(session: Session) -> None:
    document = "2026-02-08-araghchi"
    left = without_sources(open_case(Path(EXAMPLE)), (document,))
    assert document not in {d.id for d in left.situation.documents}
    with_it, without_it = (behind(session, answer_asked("deal", off=off)) for off in ((), (document,)))
    assert [o.why.shown for o in with_it.open] != [o.why.shown for o in without_it.open]


def test_where_a_crisis_leads_goes_with_what_a_concession_is_worth(session: Session) -> None:
    told = ranked(session, answer_asked("crisis.iran.united-states.squeeze.1", table="us-iran"))
    assert "concede" in told.movers[0].one.why.title
    assert not told.movers[0].one.linked, "the program proposed it, so no page of the file shows it"
    with pytest.raises(UsageError, match=r"crisis\.united-states\.iran"):
        behind(session, answer_asked("crisis.oman.iran.squeeze.1"))


@pytest.mark.parametrize(
    ("about", "more", "fault"),
    [
        ("rate", {}, UsageError),
        ("gain.nobody", {}, UsageError),
        ("deal", {"table": "nowhere"}, BoardError),
        ("deal", {"agenda": "moon=option"}, BoardError),
        ("deal", {"no_deal": "guess"}, UsageError),
        ("deal", {"off": ("lost",)}, SituationError),
    ],
)
def test_what_cannot_be_asked_is_refused(session: Session, about: str, more: dict[str, str], fault: type) -> None:
    with pytest.raises(fault):
        behind(session, answer_asked(about, **more))


def test_what_has_no_open_input_cannot_be_ranked(session: Session) -> None:
    with pytest.raises((AnalysisError, BoardError)):
        ranked(session, answer_asked("deal", table="us-israel"))
