"""A difference between two forecasts is split to the last basis point, or not at all and then it says why."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.desk.articles import FIRST, LATER, added

from detente.brief.forecast_changes import ForecastChange
from detente.desk import forecast_change as change
from detente.desk.forecast_change import Ground, classes_say, forecast_changes, split, suggestions
from detente.desk.record import opened
from detente.ledger.book import AskedQuestion, Standing
from detente.ledger.entries import Forecast
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Document, Issue, Party, Situation
from detente.situation.questions import About, Question
from detente.situation.store import load
from detente.situation.values import Basis, Range

FIRST_DAY, LATER_DAY = dt.date(2026, 2, 8), dt.date(2026, 3, 8)
NOON = dt.time(12, tzinfo=dt.UTC)
ANN = Basis(kind="entered", by="Ann")
READ = Basis(kind="read", evidence=("e1",), rule="named-in-text")
QUESTION = Question(id="deal", text="Will there be a deal by 30 June?", closes=dt.date(2026, 6, 30))


def party(name: str, basis: Basis = READ) -> Party:
    return Party(id=name.lower(), name=name, basis=basis)


def issue(at: float, basis: Basis) -> Issue:
    return Issue(id="water", name="water", status_quo=Range.point(at, basis), basis=READ)


# What one document suggests, and what two; an analyst puts the status quo elsewhere in between, by hand.
ONE = Situation(title="Dam", documents=(Document(id="a", sha256="aa"),), parties=(party("Karun"),))
TWO = Situation(
    title="Dam",
    documents=(*ONE.documents, Document(id="b", title="Second round", sha256="bb")),
    parties=(party("Karun"), party("Delta")),
)
BEFORE = ONE.model_copy(update={"issues": (issue(10, ANN),)})
AFTER = TWO.model_copy(update={"issues": (issue(40, ANN),)})
KEPT = {fingerprint(s): s for s in (BEFORE, AFTER)}


def forecast(
    probabilities: tuple[float, ...], day: dt.date, situation: Situation | None, *, analysis: str = "reference class"
) -> Forecast:
    known = None if situation is None else fingerprint(situation)
    return Forecast(
        question="deal", as_of=day, by="A. Analyst", probabilities=probabilities, lapses=day, analysis=analysis,
        version="0.1.0", situation=known,
    )  # fmt: skip


def standing(number: int, one: Forecast, *, retrospective: bool = False) -> Standing:
    at = dt.datetime.combine(one.as_of, NOON)
    return Standing(
        number=number, recorded=at, forecast=one, lapses=one.lapses, starts=at, ends=None, why=None,
        retrospective=retrospective,
    )  # fmt: skip


def asked(*forecasts: Standing, question: Question = QUESTION) -> AskedQuestion:
    return AskedQuestion(
        number=1, recorded=dt.datetime.combine(FIRST_DAY, NOON), question=question, as_of=FIRST_DAY, by="A. Analyst",
        situation=None, closes=dt.date(2026, 6, 30), forecasts=forecasts, resolutions=(), state="open",
        retrospective=False,
    )  # fmt: skip


def says(situation: Situation, question: Question, day: dt.date) -> tuple[float, ...]:
    """Fewer days take 7 points, a party more gives 20, a status quo at 40 takes 3: each of them can be told apart."""
    assert question == QUESTION
    waited = 0.07 * (day == LATER_DAY)
    edited = 0.03 * any(i.status_quo.best == 40 for i in situation.issues)
    return (0.3 - waited + 0.2 * (len(situation.parties) - 1) - edited,)


def suggests(situation: Situation) -> Situation | None:
    return TWO if len(situation.documents) == 2 else ONE


READABLE = Ground(keeps=KEPT.get, says=says, suggests=suggests)
CODED = Ground(keeps=KEPT.get, says=says)


def found(p1: float, p2: float, ground: Ground = READABLE) -> ForecastChange:
    one, two = forecast((p1,), FIRST_DAY, BEFORE), forecast((p2,), LATER_DAY, AFTER)
    return split(asked(), standing(2, one), standing(5, two), ground=ground)


def parts(one: ForecastChange) -> dict[str, int]:
    return {part.cause: part.points for part in one.answers[0].parts}


def test_each_cause_is_given_what_it_makes() -> None:
    told = found(0.25, 0.4)
    assert parts(told) == {"version": 500, "time": -700, "documents": 2000, "edits": -300}
    assert told.answers[0].points == 1500
    assert told.unsplit is None
    assert (told.rows, told.days) == ((2, 5), (FIRST_DAY, LATER_DAY))


def test_two_forecasts_of_one_older_version_owe_nothing_to_the_version() -> None:
    both_lower = found(0.3 - 0.1, 0.4 - 0.1)
    assert parts(both_lower) == {"version": 0, "time": -700, "documents": 2000, "edits": -300}


def test_where_nothing_was_read_documents_and_edits_are_one() -> None:
    assert parts(found(0.25, 0.4, CODED)) == {"version": 500, "time": -700, "documents and edits": 1700}


@settings(max_examples=80, deadline=None)
@given(
    recorded=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    levels=st.lists(st.floats(0, 1), min_size=4, max_size=4),
    ground=st.sampled_from([READABLE, CODED]),
)
def test_the_parts_add_up_whatever_is_said(recorded: tuple[float, float], levels: list[float], ground: Ground) -> None:
    given_out = iter(levels)
    random = Ground(keeps=ground.keeps, says=lambda *_: (next(given_out),), suggests=ground.suggests)
    (answer,) = found(*recorded, random).answers
    assert sum(part.points for part in answer.parts) == answer.points == answer.after - answer.before
    assert answer.points == round(10_000 * recorded[1]) - round(10_000 * recorded[0])


def test_every_choice_is_split_and_adds_up() -> None:
    choices = Question(id="deal", text="Which?", kind="multiple_choice", choices=("full", "partial", "none"))

    def three(situation: Situation, _: Question, day: dt.date) -> tuple[float, ...]:
        less = 0.1 * (day == LATER_DAY)
        return (0.2 - less, 0.3, 0.5 + less) if situation == BEFORE else (0.1, 0.45, 0.45)

    one, two = forecast((0.2, 0.3, 0.5), FIRST_DAY, BEFORE), forecast((0.1, 0.45, 0.45), LATER_DAY, AFTER)
    ground = Ground(keeps=KEPT.get, says=three)
    told = split(asked(question=choices), standing(2, one), standing(3, two), ground=ground)
    assert [answer.answer for answer in told.answers] == ["full", "partial", "none"]
    assert [sum(p.points for p in answer.parts) for answer in told.answers] == [-1000, 1500, -500]


NOBODY = Ground(keeps=KEPT.get, says=lambda *_: None)
LOST = Ground(keeps=lambda _: None, says=says)
OTHER = Ground(keeps=KEPT.get, says=lambda *_: (0.5, 0.5))


@pytest.mark.parametrize(
    ("analysis", "ground", "why"),
    [
        ("judgement", READABLE, change.BY_HAND),
        ("another model", READABLE, change.BY_HAND),
        ("reference class", NOBODY, change.NOT_SAID),
        ("reference class", LOST, change.NOT_KEPT),
        ("reference class", OTHER, change.OTHERWISE),
    ],
)
def test_what_cannot_be_split_is_told_whole_with_the_reason(analysis: str, ground: Ground, why: str) -> None:
    one = forecast((0.2,), FIRST_DAY, BEFORE, analysis=analysis)
    two = forecast((0.35,), LATER_DAY, AFTER, analysis=analysis)
    told = split(asked(), standing(2, one), standing(3, two), ground=ground)
    assert told.unsplit == why
    assert told.answers[0].parts == ()
    assert told.answers[0].points == 1500


def test_classes_say_nothing_of_a_threat_that_was_not_there_yet() -> None:
    unknown = Question(
        id="carried", text="Carried out?", closes=dt.date(2026, 6, 30), about=About(event="threat", threat="threat-9")
    )
    assert classes_say(BEFORE, unknown, LATER_DAY) is None
    war = Question(id="war", text="War?", closes=dt.date(2026, 6, 30), about=About(event="war"))
    sooner, later = (classes_say(BEFORE, war, day) for day in (FIRST_DAY, LATER_DAY))
    assert sooner is not None
    assert later is not None
    assert 0 < later[0] < sooner[0] < 1


def test_of_numbers_on_a_scale_quantiles_are_compared() -> None:
    question = Question(id="deal", text="How many?", kind="continuous", low=0, high=100)
    one = forecast((), FIRST_DAY, BEFORE).model_copy(update={"quantiles": ((0.1, 5.0), (0.5, 20.0))})
    two = forecast((), LATER_DAY, AFTER).model_copy(update={"quantiles": ((0.5, 35.0), (0.9, 60.0))})
    told = split(asked(question=question), standing(2, one), standing(3, two), ground=READABLE)
    assert [(a.answer, a.before, a.after) for a in told.answers] == [("quantile 0.5", 20.0, 35.0)]
    assert told.unsplit == change.CONTINUOUS


def test_what_lies_between_the_situations_is_listed_even_where_nothing_is_split() -> None:
    told = found(0.2, 0.3, NOBODY)
    assert told.documents == ("Second round",)
    assert any(line.startswith("new: party: Delta") for line in told.differs)
    assert any("water.status_quo: 10 (entered by Ann), now 40" in line for line in told.differs)
    assert not any("document" in line for line in told.differs)


def test_only_what_one_author_said_by_one_analysis_is_compared() -> None:
    one, two = forecast((0.2,), FIRST_DAY, BEFORE), forecast((0.3,), LATER_DAY, AFTER)
    other = two.model_copy(update={"by": "B. Analyst"})
    judged = two.model_copy(update={"analysis": "judgement"})
    rows = (standing(2, one), standing(3, other), standing(4, judged), standing(5, two))
    assert [c.rows for c in forecast_changes(asked(*rows), READABLE)] == [(2, 5)]
    late = (standing(2, one), standing(3, two, retrospective=True))
    assert forecast_changes(asked(*late), READABLE) == ()


def test_what_documents_bring_is_told_from_what_people_did() -> None:
    """Two articles, read one after the other into a dossier, and a party that a person puts in."""
    added(FIRST)
    first = load(Path("harbour", "situation.yaml"))
    added(LATER, name="later.txt")
    second = load(Path("harbour", "situation.yaml"))
    edited = second.model_copy(update={"parties": (*second.parties, party("Meridia", ANN))})
    kept = {fingerprint(s): s for s in (first, edited)}
    ground = Ground(keeps=kept.get, says=_threats_and_entries, suggests=suggestions(opened(Path("harbour"))))
    one, two = (
        forecast(tuple(_threats_and_entries(s, QUESTION, day)), day, s)
        for s, day in ((first, FIRST_DAY), (edited, LATER_DAY))
    )
    told = split(asked(), standing(2, one), standing(3, two), ground=ground)
    more = len(second.threats) - len(first.threats)
    assert more != 0
    assert parts(told) == {"version": 0, "time": 0, "documents": 100 * more, "edits": 1}
    assert len(told.documents) == 1


def _threats_and_entries(situation: Situation, _: Question, __: dt.date) -> Sequence[float]:
    """A point for every threat, a hundredth of one for every party that a person put in."""
    return (0.01 * len(situation.threats) + 0.0001 * sum(p.basis.kind == "entered" for p in situation.parties),)
