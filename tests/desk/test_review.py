"""What people decide about the record holds, is found again in a new reading, and decides what a draft says."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.desk.articles import added

from detente.brief.document import sentences
from detente.desk import review
from detente.desk.brief import write
from detente.desk.case import Case, open_case
from detente.desk.record import Entry, opened
from detente.desk.redrafted import caught_up
from detente.errors import DossierError, UsageError
from detente.read.items import Item, Reading, reading_from_json
from detente.read.reviewed import Edit, Judgement, judged, names
from detente.situation.nouns import Situation
from detente.situation.store import load

HARBOUR = Path("harbour")
ENV = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


@pytest.fixture
def harbour() -> Path:
    from tests.desk.articles import FIRST

    added(FIRST)
    return HARBOUR


def entry(act: str) -> Entry:
    return next(e for e in opened(HARBOUR).entries if e.read.act == act)


def drafted_anew() -> Situation:
    caught_up(HARBOUR)
    return load(HARBOUR / "situation.yaml")


def test_nothing_is_reviewed_at_first(harbour: Path) -> None:
    record = opened(harbour)
    assert record.entries
    assert record.tally.unreviewed == record.tally.items == len(record.entries)
    assert len({e.id for e in record.entries}) == len(record.entries)
    assert open_case(harbour).review == record.tally


def test_an_accepted_item_counts_as_reviewed_and_changes_nothing(harbour: Path) -> None:
    before = load(harbour / "situation.yaml")
    review.decide(harbour, by="Ann", accept=(entry("REJECT").id,))
    assert opened(harbour).tally.unreviewed == opened(harbour).tally.items - 1
    assert review.state(entry("REJECT").decision).startswith("accepted by Ann on 20")
    assert drafted_anew() == before


def test_a_rejected_item_is_left_out_of_the_draft_and_comes_back_when_that_is_undone(harbour: Path) -> None:
    before = load(harbour / "situation.yaml")
    review.decide(harbour, by="Ann", reject=(entry("THREATEN").id,))
    without = drafted_anew()
    assert before.threats
    assert without.threats == ()
    taken = review.undo(harbour, by="Ann")
    assert taken is not None
    assert taken.read.act == "THREATEN"
    after = drafted_anew()
    assert [(t.by, t.against, t.condition) for t in after.threats] == [
        (t.by, t.against, t.condition) for t in before.threats
    ]
    assert {e.quote for e in after.evidence} == {e.quote for e in before.evidence}


def test_an_edited_item_is_drafted_as_it_was_put_and_signed(harbour: Path) -> None:
    assert entry("REJECT").item.issues[0].move == "refuse"
    review.decide(harbour, by="Ann", edit=entry("REJECT").id, changes=("issues=water:offer",))
    found = drafted_anew().stance("kyrgyzstan", "water")
    assert found is not None
    assert found.red_line is None
    basis = found.position.basis
    assert (basis.kind, basis.by, basis.rule) == ("entered", "Ann", "offer")
    assert basis.date is not None
    assert basis.evidence
    assert entry("REJECT").item.status == "user-edited"


def test_a_second_edit_adds_to_the_first(harbour: Path) -> None:
    review.decide(harbour, by="Ann", edit=entry("REJECT").id, changes=("issues=water:offer",))
    review.decide(harbour, by="Ann", edit=entry("REJECT").id, changes=("to=Kazakhstan",))
    now = entry("REJECT").item
    assert ([s.move for s in now.issues], [a.party for a in now.recipients]) == (["offer"], ["kazakhstan"])


def test_an_edit_changes_actors_act_negation_and_condition(harbour: Path) -> None:
    changes = ("actors=russia, Norland", "act=accuse", "negated=yes", "condition=")
    review.decide(harbour, by="Ann", edit=entry("THREATEN").id, changes=changes)
    (now,) = [e.item for e in opened(harbour).entries if e.decision is not None]
    assert [(a.party, a.name) for a in now.actors] == [("russia", "Russia"), ("norland", "Norland")]
    assert (now.act, now.negated, now.condition) == ("ACCUSE", True, None)


def test_a_condition_is_found_again_in_the_sentence_or_refused(harbour: Path) -> None:
    review.decide(harbour, by="Ann", edit=entry("THREATEN").id, changes=("condition=Uzbekistan closed the border",))
    (now,) = [e.item for e in opened(harbour).entries if e.decision is not None]
    assert now.condition is not None
    text = opened(harbour).readings[0].document.text
    assert text[now.condition.span.start : now.condition.span.end] == "Uzbekistan closed the border"
    with pytest.raises(UsageError, match="does not stand in the sentence"):
        review.decide(harbour, by="Ann", edit=entry("REJECT").id, changes=("condition=if the moon is full",))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("moves=refuse", "is no change"),
        ("negated", "is no change"),
        ("negated=perhaps", "no edit"),
        ("act=SING", "no edit"),
        ("issues=water:sing", "no edit"),
        ("issues=water", "no edit"),
        ("issues=water:refuse:9", "no edit"),
        ("issues=water:refuse:2:5", "no edit"),
    ],
)
def test_a_change_that_cannot_be_understood_is_refused_and_nothing_is_decided(
    harbour: Path, change: str, complaint: str
) -> None:
    with pytest.raises(UsageError, match=complaint):
        review.decide(harbour, by="Ann", edit=entry("REJECT").id, changes=(change,))
    assert opened(harbour).made.decisions() == ()


def test_an_edit_without_a_change_is_refused(harbour: Path) -> None:
    with pytest.raises(UsageError, match="needs a change"):
        review.decide(harbour, by="Ann", edit=entry("REJECT").id)


def test_an_item_that_does_not_exist_is_named_and_nothing_is_decided(harbour: Path) -> None:
    with pytest.raises(UsageError, match=r"'ffff\\n' is no item of 'harbour'"):
        review.decide(harbour, by="Ann", accept=(entry("REJECT").id, "ffff\n"))
    with pytest.raises(UsageError, match="is no item"):
        review.decide(harbour, by="Ann", reject=("",))
    with pytest.raises(UsageError, match="decided about twice"):
        review.decide(harbour, by="Ann", accept=(entry("REJECT").id,), reject=(entry("REJECT").id[:6],))
    assert opened(harbour).made.decisions() == ()


def test_there_is_nothing_to_undo_at_first(harbour: Path) -> None:
    with pytest.raises(UsageError, match="Nothing was decided"):
        review.undo(harbour, by="Ann")


def test_a_dossier_that_nothing_was_read_into_has_nothing_to_review() -> None:
    from detente import dossier

    dossier.create(Path("empty"), Situation(title="Empty"))
    with pytest.raises(DossierError, match="Nothing was read into 'empty'"):
        opened(Path("empty"))


def again(reading: Reading, **changes: object) -> Reading:
    """What a later reader makes of the same text: every item with another id, and changed in some way."""
    items = tuple(
        Item.model_validate(i.model_dump() | {"id": f"{n:016d}", "confidence": 0.9} | changes)
        for n, i in enumerate(reading.items)
    )
    return reading_from_json(reading.model_copy(update={"items": items}).to_json())


def judgements(reading: Reading, act: str) -> dict[str, Judgement]:
    import datetime as dt

    return {n: Judgement("rejected", "Ann", dt.date(2026, 3, 1)) for n, i in names(reading).items() if i.act == act}


def test_a_decision_holds_for_a_new_reading_of_the_same_text(reading: Reading) -> None:
    made = judgements(reading, "THREATEN")
    found = judged(again(reading, red_line=True), made, parties={})
    assert [i.act for i in found.reading.items if i.status == "rejected"] == ["THREATEN"]
    assert found.lost == ()


def test_a_decision_holds_where_a_later_reader_cuts_the_clause_a_little_differently(reading: Reading) -> None:
    made = judgements(reading, "THREATEN")
    items = []
    for item in reading.items:
        clause = item.clause()
        shorter = clause.model_copy(update={"end": clause.end - 3, "quote": clause.quote[:-3]})
        evidence = tuple(shorter if e == clause else e for e in item.evidence)
        items.append(item.model_copy(update={"evidence": evidence}))
    found = judged(reading.model_copy(update={"items": tuple(items)}), made, parties={})
    assert [i.act for i in found.reading.items if i.status == "rejected"] == ["THREATEN"]


def test_a_decision_without_an_item_is_not_given_to_another(reading: Reading) -> None:
    made = judgements(reading, "THREATEN")
    rest = reading.model_copy(update={"items": tuple(i for i in reading.items if i.act != "THREATEN")})
    found = judged(rest, made, parties={})
    assert found.lost == tuple(made)
    assert [i for i in found.reading.items if i.status == "rejected"] == []


def test_what_only_a_model_found_counts_once_a_person_accepts_it(reading: Reading) -> None:
    import datetime as dt

    from detente.read.reviewed import counting, reviewable

    waiting = again(reading, status="unverified")
    assert counting(waiting) == ()
    assert reviewable(waiting) == {i.id for i in waiting.items}
    accepted = {n: Judgement("accepted", "Ann", dt.date(2026, 3, 1)) for n in names(waiting)}
    assert len(counting(judged(waiting, accepted, parties={}).reading)) == len(counting(reading))


def test_an_edit_of_nothing_changes_no_content(reading: Reading) -> None:
    import datetime as dt

    made = {n: Judgement("edited", "Ann", dt.date(2026, 3, 1), Edit()) for n in names(reading)}
    found = judged(reading, made, parties={}).reading
    assert [i.model_copy(update={"status": "verified"}) for i in found.items] == list(reading.items)


def test_the_list_in_json_has_the_quote_at_its_place(harbour: Path) -> None:
    listed = json.loads(review.as_json(opened(harbour)))
    text = opened(harbour).readings[0].document.text
    assert listed["items"] == listed["unreviewed"] == len(listed["record"])
    for row in listed["record"]:
        assert " ".join(text[row["start"] : row["end"]].split()) == row["clause"]


def test_a_page_shows_the_clause_between_the_sentences_around_it(harbour: Path) -> None:
    shown = review.page(entry("REJECT"))
    assert shown.before.startswith("Uzbekistan demanded")
    assert shown.clause == "Kyrgyzstan refused to discuss water releases"
    assert "autumn." in shown.after
    assert any("refuse" in claim for claim in shown.claims)


DECIDING = """
import sys
from pathlib import Path
from detente.desk import review
from detente.desk.record import opened
from detente.desk.redrafted import caught_up
folder = Path(sys.argv[1])
ids = [e.id for e in opened(folder).entries]
print("ready", flush=True)
for n in range(10**6):
    review.decide(folder, by="Ann", reject=(ids[n % len(ids)],))
    if n % 2:
        review.undo(folder, by="Ann")
    caught_up(folder)
"""


def test_a_killed_review_leaves_every_decision_whole_and_the_situation_before_or_after(harbour: Path) -> None:
    pause = random.Random(5)
    counts = [0]
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", DECIDING, str(harbour)], stdout=subprocess.PIPE, env=ENV) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"ready\n"
            time.sleep(pause.uniform(0.05, 0.9))
            other.send_signal(signal.SIGKILL)
        record = opened(harbour)
        numbers = [d.number for d in record.made.decisions()]
        assert numbers == list(range(1, len(numbers) + 1))
        counts.append(len(numbers))
        open_case(harbour)
        before = load(harbour / "situation.yaml")
        caught_up(harbour)
        assert opened(harbour).waiting == 0
        if record.waiting == 0:
            assert load(harbour / "situation.yaml") == before
    assert counts == sorted(counts)
    assert counts[-1] > 0


def test_the_brief_says_how_much_nobody_has_reviewed(harbour: Path) -> None:
    first = opened(harbour).tally.items
    review.decide(harbour, by="Ann", accept=(entry("REJECT").id,))
    case = open_case(harbour)
    bare = Situation(title="Harbour", documents=case.situation.documents)
    brief = write(Case(case.slug, bare, case.texts, case.review), draws=1)
    said = [line.text for line in sentences(brief)]
    assert f"Nobody has reviewed {first - 1} of the {first} items that were read." in said
