"""Questions about the future: what cannot be answered, or asks about what is not there, is found."""

import datetime as dt

import pytest

from detente.situation.check import check
from detente.situation.nouns import Issue, Party, Situation
from detente.situation.questions import About, Condition, Question
from detente.situation.values import Basis, Range

BASIS = Basis(kind="entered", by="coder")
FIRST = Question(id="strike", text="Will it strike?", basis=BASIS)


def told(*questions: Question) -> list[str]:
    dispute = Situation(
        title="Gulf",
        parties=(Party(id="iran", name="Iran", basis=BASIS),),
        issues=(Issue(id="missiles", name="missiles", status_quo=Range.point(0, BASIS), basis=BASIS),),
        questions=questions,
    )
    return [str(p) for p in check(dispute) if p.path.split(".")[0] in {q.id for q in questions}]


def asked(**fields: object) -> Question:
    return Question.model_validate({"id": "q", "text": "Will it?", "basis": BASIS, **fields})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            asked(kind="ordered", choices=("one",)),
            "q.choices: 'q' needs at least two choices. List what the answer may be.",
        ),
        (
            asked(kind="continuous", low=5, high=5),
            "q.low: 'q' asks for a number, but has no scale. Give low and high, low below high.",
        ),
        (
            asked(low=1),
            "q.low: 'q' has a scale, but is of the kind 'binary'. Take low and high out, or change the kind.",
        ),
        (
            asked(opens=dt.date(2026, 3, 2), closes=dt.date(2026, 3, 1)),
            "q.opens: 'q' opens on 2026-03-02, after it closes on 2026-03-01. Correct one of the two days.",
        ),
        (
            asked(given=Condition(question="strik", outcome="yes")),
            "q.given: 'strik' is not a question of this situation. Did you mean 'strike'?",
        ),
        (
            asked(given=Condition(question="strike", outcome="maybe")),
            "q.given: 'strike' cannot come out as 'maybe'. It can come out as 'yes', 'no'.",
        ),
        (
            asked(about=About(event="force", by="irna")),
            "q.about.by: 'irna' is not a party of this situation. Did you mean 'iran'?",
        ),
        (
            asked(about=About(event="agenda", issue="oil")),
            "q.about.issue: 'oil' is not an issue of this situation. Name an issue that is there, or take it out.",
        ),
    ],
)
def test_what_is_wrong_with_a_question_is_said_with_its_cure(question: Question, said: str) -> None:
    assert told(FIRST, question) == [said]


def test_a_question_that_waits_for_itself_is_found() -> None:
    first = Question(id="a", text="a?", given=Condition(question="b", outcome="yes"), basis=BASIS)
    second = Question(id="b", text="b?", given=Condition(question="a", outcome="no"), basis=BASIS)
    assert told(first, second) == [
        "a.given: 'a' is asked only after itself. Take one of the conditions out.",
        "b.given: 'b' is asked only after itself. Take one of the conditions out.",
    ]


def test_a_sound_pair_has_no_faults() -> None:
    pair = [asked(id=f"q-{o}", given=Condition(question="strike", outcome=o, within_days=7)) for o in ("yes", "no")]
    assert told(FIRST, *pair) == []
