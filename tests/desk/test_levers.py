"""Levers and what-ifs on the example: what they say is so, and every sentence leads back to something."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from tests.conftest import ROOT

from detente.brief.document import Brief, block_sentences, known_ids, sentences
from detente.brief.levers import Levers
from detente.desk import levers, whatif
from detente.desk.asking import about
from detente.desk.case import Case, open_case
from detente.desk.levers import Effort, LeversAsked, ask_levers
from detente.desk.whatif import WhatIfAsked, ask_whatif, base, tried
from detente.errors import SituationError, UsageError

DRAWS = 600
LITTLE = Effort(rows=32, told=4, steps=3, swept=64, grid=3, strips=1, square=2)
LINES = ("iran.enrichment.hardness", "united-states.enrichment.hardness", "united-states.enrichment.red_line")


@pytest.fixture(scope="module")
def case() -> Case:
    return open_case(ROOT / "examples" / "us-iran-2026")


@pytest.fixture(scope="module")
def deal(case: Case) -> Levers:
    return ask_levers(case, LeversAsked(draws=DRAWS, effort=replace(LITTLE, rows=64)))


def checked(brief: Brief) -> str:
    """Every sentence leads back to something, and every percentage is of draws; return all that is said."""
    known = known_ids(brief)
    for sentence in sentences(brief):
        assert sentence.refs, sentence.text
        assert set(sentence.refs) <= known, sentence.text
        for found in re.finditer(r"\d ?%", sentence.text):
            around = sentence.text[max(0, found.start() - 80) : found.end() + 40]
            assert "draws" in around or "Shares" in around, sentence.text
    kinds = {n.id: n.kind for n in brief.notes}
    onward = {n.id: n.refs for n in brief.notes}
    for sentence in sentences(brief):
        if sentence.mark == "assumed":
            assert "assumption" in {kinds.get(r) for ref in sentence.refs for r in (ref, *onward.get(ref, ()))}
    return " ".join(s.text for s in sentences(brief))


def test_the_deal_fails_where_both_red_lines_on_enrichment_are_real(deal: Levers) -> None:
    assert deal.scenario is not None
    assert not deal.scenario.holds
    assert {b.path for b in deal.scenario.bounds} == set(LINES)
    assert deal.scenario.density > 0.9
    assert deal.together is not None
    assert deal.together.right is not None
    assert deal.together.right > max(k.right or 0.0 for k in deal.worth.known) + 0.05


def test_no_single_input_takes_the_deal_away_at_the_best_guess(deal: Levers) -> None:
    assert deal.tornado.at_best == 1.0
    assert deal.tornado.bars == ()
    assert {m.path for m in deal.drift.moves if m.seen} == set(LINES)


def test_all_that_is_said_of_a_deal_leads_back(deal: Levers) -> None:
    said = checked(levers.write(deal))
    assert "the red line of Iran on uranium enrichment is real" in said
    assert "no single input changes that" in said
    assert not re.search(r"\b(likely|unlikely|probable)\b", said)


def test_a_gain_can_be_moved_too(case: Case) -> None:
    found = ask_levers(case, LeversAsked("gain.iran", draws=200, effort=LITTLE))
    assert found.tornado.bars[0].swing > 20
    assert all(a.swing >= b.swing for a, b in pairwise(found.tornado.bars))
    assert found.corner is not None
    assert found.square is None
    assert "points on average" in checked(levers.write(found))


def test_the_json_holds_the_results(deal: Levers) -> None:
    told = json.loads(levers.as_json(deal))
    assert told["schema"] == "detente.levers/1"
    assert told["answer"]["name"] == "deal"
    assert told["sobol"]["factors"]
    assert {"tornado", "drift", "worth", "scenario", "flips", "silences"} <= set(told)


def test_what_is_no_answer_is_refused_with_those_there_are(case: Case) -> None:
    with pytest.raises(UsageError, match=r"gain\.PARTY"):
        about("peace")
    with pytest.raises(UsageError, match=r"gain\.iran"):
        ask_levers(case, LeversAsked("gain.atlantis", draws=DRAWS))


def test_the_quick_answer_comes_first_and_is_refined(case: Case) -> None:
    first, last = ask_whatif(case, WhatIfAsked(("iran.enrichment.hardness=1",), draws=DRAWS))
    assert [len(first.answers), len(last.answers)] == [1, 2]
    assert first.answers[0] == last.answers[0]
    assert whatif.quick(first).startswith("On the first 256 draws: deal")
    said = checked(whatif.write(last))
    assert "it comes" not in said
    assert "goes in" in said


def test_an_agenda_can_be_edited_like_an_input(case: Case) -> None:
    *_, found = ask_whatif(case, WhatIfAsked(("agenda.missiles=precondition:israel",), draws=DRAWS))
    change = found.answers[-1].changes[0]
    assert change.rose == 0
    assert change.after < change.before / 2
    assert "ballistic missiles as a precondition of Israel" in checked(whatif.write(found))


def test_what_the_courses_assume_can_be_edited(case: Case) -> None:
    asked = WhatIfAsked(("outlook.resumption=0.1",), about="courses", draws=64)
    *_, found = ask_whatif(case, asked)
    assert [e.path for e in found.answers[-1].edited] == ["outlook.resumption"]
    checked(whatif.write(found))


def test_many_edits_can_be_tried_on_one_base(case: Case) -> None:
    ready = base(case, WhatIfAsked(("x=1",), draws=300))
    ends = [list(tried(ready, [f"iran.enrichment.position={at}"]))[-1].answers[-1] for at in (0, 50)]
    assert ends[0].changes[0].before == ends[1].changes[0].before
    gains = [next(c for c in end.changes if c.answer.name == "gain.iran").after for end in ends]
    assert gains[1] > gains[0]


def test_an_edit_that_changes_nothing_says_so(case: Case) -> None:
    *_, found = ask_whatif(case, WhatIfAsked(("missiles.status_quo=0",), draws=300))
    assert "No answer changes in any of 300 draws" in checked(whatif.write(found))


@pytest.mark.parametrize(
    ("edit", "wrong", "said"),
    [
        ("iran.missiles.position", UsageError, "is no edit"),
        ("iran.missiles.position=high", UsageError, "no number"),
        ("iran.missiles.position=9..1", UsageError, "in this order"),
        ("iran.missiles.position=nan", UsageError, "in this order"),
        ("iran.missiles.temper=3", SituationError, "is not an input"),
        ("iran.missiles.position=300", SituationError, "outside the scale"),
        ("outlook.resumption=0.1", UsageError, "--about courses"),
    ],
)
def test_an_edit_that_cannot_be_is_refused(case: Case, edit: str, wrong: type[Exception], said: str) -> None:
    with pytest.raises(wrong, match=re.escape(said)):
        list(ask_whatif(case, WhatIfAsked((edit,), draws=64)))


def test_nothing_edited_is_refused(case: Case) -> None:
    with pytest.raises(UsageError, match="Nothing is edited"):
        list(ask_whatif(case, WhatIfAsked(())))


def test_every_block_of_a_page_holds_sentences(deal: Levers) -> None:
    for section in levers.write(deal).sections:
        for block in section.blocks:
            assert list(block_sentences(block)), section.id
