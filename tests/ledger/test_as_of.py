"""The as-of guard: what was published, reported, done or entered later is refused, with its name and its days."""

import datetime as dt
from pathlib import Path

import pytest

from detente.desk.case import open_case
from detente.errors import LedgerError
from detente.ledger.as_of import require_known
from detente.situation.nouns import Document, Incident, Issue, Meeting, Situation, Stance
from detente.situation.values import Basis, Range

DAY = dt.date(2026, 2, 8)
LATER = dt.date(2026, 3, 1)
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "us-iran-2026"


def test_the_example_knows_nothing_later_than_its_day() -> None:
    situation = open_case(EXAMPLE).situation
    require_known(situation, DAY, documents=[d.id for d in situation.documents])


def test_a_planted_later_document_is_refused_with_its_name_and_days() -> None:
    situation = open_case(EXAMPLE).situation
    planted = Document(id="geneva-round", published=dt.date(2026, 2, 17), reported=dt.date(2026, 2, 18))
    with_it = situation.model_copy(update={"documents": (*situation.documents, planted)})
    with pytest.raises(LedgerError, match="'geneva-round' was published on 2026-02-17 and reported on 2026-02-18"):
        require_known(with_it, DAY)
    with pytest.raises(LedgerError, match="geneva-round"):
        require_known(with_it, DAY, documents=["2026-02-08-araghchi"])  # named or not, the situation was made from it
    with_day = with_it.model_copy(update={"as_of": DAY})
    require_known(with_day, dt.date(2026, 2, 18))


def test_a_document_of_before_that_was_reported_later_is_refused() -> None:
    leaked = Document(id="leaked-note", published=dt.date(2026, 1, 5), reported=LATER)
    with pytest.raises(LedgerError, match="published on 2026-01-05 and reported on 2026-03-01"):
        require_known(Situation(title="t", documents=(leaked,)), DAY)


def test_one_of_the_two_days_is_enough_and_none_is_not() -> None:
    require_known(
        Situation(title="t", documents=(Document(id="a", published=DAY), Document(id="b", reported=DAY))), DAY
    )
    with pytest.raises(LedgerError, match=r"'c' has no day\. Write the day it was `published`, or first `reported`"):
        require_known(Situation(title="t", documents=(Document(id="c"),)), DAY)


def test_a_situation_of_a_later_day_is_refused() -> None:
    with pytest.raises(LedgerError, match="its own day is 2026-03-01"):
        require_known(Situation(title="t", as_of=LATER), DAY)


def test_what_happened_or_was_entered_later_is_refused_all_at_once() -> None:
    entered = Basis(kind="entered", by="A. Analyst", date=LATER)
    level = Range.point(0, Basis(kind="entered", by="A. Analyst", date=DAY))
    issue = Issue(id="cap", name="cap", status_quo=level)
    stance = Stance(party="a", issue="cap", position=Range.point(1, entered), salience=level)
    raid = Incident(id="raid", act="assault", what="a raid", date=LATER)
    held = Meeting(id="round", parties=("a", "b"), status="held", date=LATER)
    planned = Meeting(id="next", parties=("a", "b"), status="planned", date=LATER)
    situation = Situation(title="t", issues=(issue,), stances=(stance,), incidents=(raid,), meetings=(held, planned))
    with pytest.raises(LedgerError) as refused:
        require_known(situation, DAY)
    said = str(refused.value)
    assert "'raid' happened on 2026-03-01" in said
    assert "'round' was held on 2026-03-01" in said
    assert "'a.cap' was made on 2026-03-01" in said
    assert "'next'" not in said
    require_known(situation, LATER)


def test_a_document_that_a_forecast_names_must_be_there() -> None:
    with pytest.raises(LedgerError, match="'nowhere' is not one of its documents"):
        require_known(Situation(title="t"), DAY, documents=["nowhere"])


def test_many_faults_are_counted_and_the_first_named() -> None:
    late = tuple(Document(id=f"d{k}", published=LATER) for k in range(9))
    with pytest.raises(LedgerError, match="and 4 more"):
        require_known(Situation(title="t", documents=late), DAY)
