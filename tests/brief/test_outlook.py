"""Where it is heading, told: rates with all their ground, shares of draws apart from them, worlds never averaged."""

import datetime as dt
import re
from dataclasses import replace

import numpy as np
import pytest

from detente.boards.outside.dyads import Dyad
from detente.boards.outside.worlds import WORLDS
from detente.brief.document import Block, Brief, Figure, Grid, block_sentences, known_ids, sentences
from detente.brief.estimative.confidence import Checklist, Line, Suggested
from detente.brief.outlook import Outlook, Pressed
from detente.brief.register import Register
from detente.brief.sections.outlook.page import composed, in_brief
from detente.desk.lint import lint
from detente.ensemble import Reservoir
from detente.outlook.classes.chosen import EVENTS as RATED
from detente.outlook.classes.chosen import Classes, classes_for
from detente.outlook.classes.features import Features, Suggestion
from detente.outlook.courses import TABLE, Setting, Sums
from detente.situation.nouns import Deadline, Incident, Issue, Landmark, Party, Situation
from detente.situation.nouns import Table as Talks
from detente.situation.values import Basis, Range

CODED = Basis(kind="entered", by="R. Halloran", date=dt.date(2026, 3, 2))
DRAWS, ROUNDS = 100, 12
AGENDAS = ("today's agenda", "releases as an option", "releases as a precondition of Meridia")
SITUATION = Situation(
    title="The Sarn dam",
    as_of=dt.date(2026, 3, 4),
    parties=tuple(Party(id=n.lower(), name=n) for n in ("Karun", "Delta", "Meridia")),
    issues=tuple(
        Issue(id=n, name=n, status_quo=Range.point(0, CODED), landmarks=(Landmark(at=100, name=f"all {n}"),))
        for n in ("filling", "releases")
    ),
    tables=(Talks(id="dam", name="dam talks", consent=("karun", "delta"), basis=CODED),),
    deadlines=(Deadline(id="rain", what="the rains", by="delta", table="dam", basis=CODED),),
    incidents=(Incident(id="shots", act="assault", what="shots at the gates", basis=CODED),),
)
SETTING = Setting(
    table="dam", parties=("karun", "delta"), voices=("karun", "delta", "meridia"), issues=("filling", "releases"),
    levels=(np.array([0.0, 50.0, 100.0]), np.array([0.0, 100.0])), status_quo=(0, 0), modes=AGENDAS, worlds=WORLDS,
    dyads=(Dyad(challenger="delta", target="karun", challenge="raid"),
           Dyad(challenger="meridia", target="karun", challenge="block")),
    forceful=(True, False), proposer="delta", deadline="rain", deadline_by="delta", rounds=ROUNDS, no_deal="computed",
    left_out=("what table 'visit' settles is not waited for",),
)  # fmt: skip


def counts(*shape: int) -> np.ndarray:
    return np.zeros(shape, dtype=np.int64)


def made(agreed: tuple[int, int, int] = (60, 50, 40), modes: int = 3) -> Sums:
    """Counts of 100 draws in three worlds: so many agree on today's agenda at once, the others go on talking.

    In the world force 20 draws of those that talk see limited force from the third round on, begun by Delta.
    """
    state, stage, ever = counts(3, ROUNDS, 5, 3), counts(3, modes + 1, ROUNDS, 5), counts(3, ROUNDS, 5)
    for w, many in enumerate(agreed):
        state[w, :, 2, 0], state[w, :, 1, 0], ever[w, :, 0] = many, DRAWS - many - 10, many
        state[w, :, 4, 0] = 10
        ever[w, :, 2] = 10
    state[2, 2:, 1, 1], ever[2, 2:, 3] = 20, 20
    state[2, 2:, 1, 0] -= 20
    first, by_mode = counts(3, ROUNDS, 2), counts(3, modes + 1)
    first[2, 2, 0] = 20
    by_mode[:, 0], by_mode[:, -1] = agreed, [DRAWS - many for many in agreed]
    settled = by_mode.copy()
    settled[:, -1] = 0
    gained, lost, total = counts(3, modes + 1, 3), counts(3, modes + 1, 3), counts(3, modes + 1, 3)
    gained[:, 0, :2], lost[:, 0, 2] = np.array(agreed)[:, None], agreed
    total[:, 0] = np.array(agreed)[:, None] * np.array([1000, 500, -300])
    filling, releases, blocked = counts(3, modes + 1, 3), counts(3, modes + 1, 2), counts(3, 4)
    filling[:, 0, 2], releases[:, 0, 0] = agreed, agreed
    blocked[:, 1] = by_mode[:, -1]
    return Sums(
        setting=SETTING, draws=DRAWS, count=np.full(3, DRAWS), state=state, stage=stage, ever=ever,
        ever_in=counts(3, modes + 1, 5), first=first, end=counts(3, 2, 4), several=np.array([[0, 0], [0, 0], [3, 0]]),
        modes=by_mode, settled_in=settled, level=(filling, releases), gained=gained, lost=lost, total=total,
        square=total**2, blocked=blocked, packages=np.array([[2, 0]], dtype=np.int16),
        package_count=np.array([agreed], dtype=np.int64),
        kept=Reservoir.of({"x": np.arange(3)}, first=0, seed=1, most=1),
    )  # fmt: skip


CHECKED = Checklist(
    (Line("corroboration", "Do independent publishers say the same?", "low", "none does"),
     Line("grades", "How reliable are the sources?", "moderate", "half are")),
    (("models", "one model speaks"),),
)  # fmt: skip


def rated(features: Features) -> tuple[Classes, ...]:
    return tuple(classes_for(features, event=event) for event in RATED)


FOUND = Outlook(
    situation=SITUATION, table="dam", sums=made(),
    pressed=(
        Pressed(agenda=AGENDAS[0], sums=made()),
        Pressed(agenda=AGENDAS[1], sums=made((62, 51, 41))),
        Pressed(agenda=AGENDAS[2], sums=made((2, 0, 0))),
    ),
    suggested=(Suggestion("mediated", (), "host-only", ("dam",)), Suggestion("protracted", (), "hindsight")),
    classes=rated(Features(subject=("proliferation",))), chosen=(), weight=0.0,
    swept=tuple((row, row.range()) for row in TABLE),
    confidence=Suggested("low", "corroboration low", CHECKED), signed_by=None, draws=DRAWS, pressed_draws=DRAWS, seed=1,
    version="0", fingerprint="0",
)  # fmt: skip


@pytest.fixture(scope="module")
def brief() -> Brief:
    return composed(FOUND, ())


def said(*blocks: Block) -> str:
    return " ".join(s.text for block in blocks for s in block_sentences(block))


def section(brief: Brief, id_: str) -> str:
    return said(*next(s.blocks for s in brief.sections if s.id == id_))


def test_the_order_is_rates_then_the_model_then_pressing_then_the_ground_then_trust(brief: Brief) -> None:
    assert [s.id for s in brief.sections] == ["in-short", "classes", "courses", "pressing", "ground", "confidence"]


def test_every_sentence_leads_back_and_a_mark_to_a_note_of_its_kind(brief: Brief) -> None:
    known, kinds = known_ids(brief), {n.id: n.kind for n in brief.notes}
    onward = {n.id: n.refs for n in brief.notes}
    wanted = {"assumed": "assumption", "entered": "entry", "supplied": "supplied"}
    for sentence in sentences(brief):
        assert sentence.refs, sentence.text
        assert set(sentence.refs) <= known, sentence.text
        if sentence.mark in wanted:
            reached = {r for ref in sentence.refs for r in (ref, *onward.get(ref, ()))}
            assert wanted[sentence.mark] in {kinds.get(r) for r in reached}, sentence.text


def test_the_linter_finds_nothing_to_fault(brief: Brief) -> None:
    mediated = replace(FOUND, classes=rated(Features(mediated=("mediated",))))
    blocks = [block for one in brief.sections for block in one.blocks]
    for found in (blocks, in_brief(mediated, Register())):
        assert lint("\n\n".join(said(block) for block in found)) == ()


def test_a_rate_stands_with_class_cases_weight_interval_and_definition(brief: Brief) -> None:
    lead = next(sentences(brief)).text
    assert lead.startswith("It is unlikely that this dispute ends in a formal or semi-formal agreement sooner or later")
    for part in ("35%", "interval from 30% to 45%", "136 of 377 cases", "international crises 1946 to 2017",
                 "weight of the model in this is 0", "counted is: FOROUT = 1 or 2"):  # fmt: skip
        assert part in lead


def test_the_inference_on_which_a_rate_hangs_is_named_with_the_cases_of_each_value(brief: Brief) -> None:
    told = section(brief, "in-short")
    assert "What moves this most is whether it is mediated, which is left open here: 60% if mediated (84 of 135" in told
    assert "20% if not mediated (50 of 238 cases, interval 15% to 30%)" in told
    taken = composed(replace(FOUND, classes=rated(Features(mediated=("mediated",)))), ())
    assert "whether it is mediated, taken here as mediated" in section(taken, "in-short")


def test_what_the_analyst_chose_is_marked_as_an_entry() -> None:
    chosen = replace(FOUND, chosen=(("mediated", ("mediated",)),))
    entries = [s for s in sentences(composed(chosen, ())) if s.text.endswith("as the analyst chose.")]
    assert [(s.text, s.mark) for s in entries] == [
        ("Whether it is mediated: taken as mediated, as the analyst chose.", "entered")
    ]


def test_days_come_from_a_dated_class_or_it_is_said_that_there_is_none(brief: Brief) -> None:
    assert "within 90 and" not in section(brief, "classes")
    assert "24 within 30, 59 within 90, 81 within 180 and 116 within 365 days" in section(brief, "classes")
    bare = tuple(replace(one, chosen=replace(one.chosen, dated=())) for one in FOUND.classes)
    undated = composed(replace(FOUND, classes=bare), ())
    assert section(undated, "in-short").count("No dated class") >= 2
    assert not re.search(r"within 365", section(undated, "in-short"))


def test_a_small_class_says_what_its_cases_alone_would_make() -> None:
    few = Features(mediated=("not-mediated",), protracted=("protracted",), period="1990-2017")
    told = section(composed(replace(FOUND, classes=rated(few)), ()), "in-short")
    assert "25%, with a 95% interval from 10% to 40%; 6 of 27 cases did" in told
    assert "The cases of that class alone make 20%; the rate is drawn towards the larger classes around it." in told
    assert "Of the 52 cases of the wider class (international crises 1990 to 2017, not mediated) with dates 4" in told


def test_counts_that_were_taken_over_are_marked(brief: Brief) -> None:
    told = section(brief, "classes")
    assert "GML MID 2.2.1; not recomputed: taken over" in told
    assert "ICB v14; recomputed" in told


def test_worlds_are_told_one_by_one_and_never_averaged(brief: Brief) -> None:
    told = section(brief, "in-short")
    assert "at the end an agreement is in force in about three fifths of the 100 draws" in told
    assert "at the end an agreement is in force in about half of the 100 draws" in told
    assert "“force” (force pays those who use it, unless it is answered): " in told
    assert "force is used at some time in about a fifth, war in none" in told
    assert "not averaged" in section(brief, "courses")


def test_shares_of_draws_are_no_probabilities_and_rounds_have_no_dates(brief: Brief) -> None:
    told = section(brief, "courses")
    assert "shares of 100 draws, not probabilities" in told
    assert "rounds have no dates" in told
    assert not re.search(r"\b(likely|unlikely|probability|chance)\b", told)


def test_who_begins_how_many_equilibria_and_who_blocks_is_told(brief: Brief) -> None:
    told = section(brief, "courses")
    assert "in “force”, of 20 draws, Delta against Karun in 20" in told
    assert "Delta against Karun in 3 draws of “force”" in told
    assert "in “drift”, of 40 draws, Karun in 40" in told
    assert "up to 20 of 100 draws in “force”" in told


def test_packages_are_told_in_words_with_who_gains(brief: Brief) -> None:
    told = section(brief, "courses")
    assert "Filling: all filling (100). That is all of the agreements in every world." in told
    assert "Meridia, without a seat -3.0; loses in 60" in told


def test_pressing_is_set_against_the_first_agenda_on_the_same_draws(brief: Brief) -> None:
    short, told = section(brief, "in-short"), section(brief, "pressing")
    assert "releases as a precondition of Meridia costs most agreements" in short
    assert "Releases as an option leaves about as many as today's agenda." in short
    assert "less for Karun (-5.8) and Delta (-2.9)" in told
    assert "more for Meridia (+1.7)" in told


def test_agendas_that_come_to_the_same_are_told_once() -> None:
    twice = (*FOUND.pressed[:2], replace(FOUND.pressed[1], agenda="releases too"))
    told = section(composed(replace(FOUND, pressed=twice), ()), "pressing")
    assert "Releases too: the same as releases as an option." in told


def test_an_agenda_that_is_held_is_compared_with_none() -> None:
    held = composed(replace(FOUND, pressed=()), ())
    assert "none is compared" in section(held, "pressing")
    assert "is pressed for" not in section(held, "in-short")


def test_every_assumed_range_is_set_out_and_a_held_one_is_the_analysts() -> None:
    row = TABLE[0]
    mine = Range(low=0.1, best=0.2, high=0.3, basis=Basis(kind="entered", by="the command"))
    brief = composed(replace(FOUND, swept=((row, mine), *FOUND.swept[1:])), ())
    grid = next(b for s in brief.sections if s.id == "ground" for b in s.blocks if isinstance(b, Grid))
    assert len(grid.rows) == len(TABLE)
    assert [c.text for c in grid.rows[0][1:]] == ["0.1", "0.2", "0.3", "held by the analyst"]
    assert grid.rows[0][0].mark == "entered"
    assert any(f.name == "held" and f.value == f"{row.name}=0.1,0.2,0.3" for f in brief.facts)


def test_what_is_reported_and_what_is_left_out_is_named(brief: Brief) -> None:
    told = section(brief, "ground")
    assert "A deadline set by Delta pushes" in told
    assert "1 reported incident counts as tension" in told
    assert "Left out: what table 'visit' settles is not waited for." in told
    few = replace(FOUND.sums, count=np.array([90, 100, 100]))
    assert "In “drift” 10 of 100 draws go against" in section(composed(replace(FOUND, sums=few), ()), "ground")


def test_confidence_is_a_suggestion_until_somebody_signs_one(brief: Brief) -> None:
    assert "No analyst has signed a level" in section(brief, "confidence")
    signed = composed(replace(FOUND, signed_by=("moderate", "R. Halloran")), ())
    assert "R. Halloran signs moderate confidence." in section(signed, "confidence")
    assert any("moderate, signed by R. Halloran" in f.value for f in signed.facts)
    none = composed(replace(FOUND, confidence=None), ())
    assert [s.id for s in none.sections][-1] == "ground"


def test_likelihood_and_confidence_never_stand_in_one_sentence(brief: Brief) -> None:
    for sentence in sentences(brief):
        assert not ("confidence" in sentence.text and re.search(r"\b(un)?likely\b|\d%", sentence.text)), sentence.text


def test_a_world_in_which_no_draw_counts_is_said_to_be_empty() -> None:
    sums = FOUND.sums
    empty = {name: getattr(sums, name).copy() for name in ("count", "state", "ever", "first", "modes", "settled_in")}
    for array in empty.values():
        array[1] = 0
    brief = composed(replace(FOUND, sums=replace(sums, **empty), pressed=()), ())
    assert "“squeeze” (pressure pays those who use it, and force does not): no draw agrees" in section(
        brief, "in-short"
    )
    figure = next(b for s in brief.sections if s.id == "courses" for b in s.blocks if isinstance(b, Figure))
    assert figure.id == "states-drift-force"


def test_without_any_agreement_that_is_said_in_place_of_tables() -> None:
    brief = composed(replace(FOUND, sums=made((0, 0, 0)), pressed=()), ())
    assert "No package is in force after the last round of any draw." in section(brief, "courses")


def test_in_brief_it_is_short_with_at_most_two_worlds_drawn() -> None:
    register = Register()
    blocks = in_brief(FOUND, register)
    figures = [b for b in blocks if isinstance(b, Figure)]
    assert [f.id for f in figures] == ["states-drift-force"]
    assert len(said(*(b for b in blocks if not isinstance(b, Figure))).split()) < 500
    assert {r for b in blocks for s in block_sentences(b) for r in s.refs} <= {n.id for n in register.notes.values()}


def test_every_picture_has_its_table_and_its_lines(brief: Brief) -> None:
    figures = [b for s in brief.sections for b in s.blocks if isinstance(b, Figure)]
    assert [f.id for f in figures] == [
        "classes-agreement", "dated", "classes-war", "classes-recurrence", "states-drift-squeeze-force", "pressing",
    ]  # fmt: skip
    for figure in figures:
        assert figure.grid.rows
        assert max(len(line) for line in figure.lines) <= 80
        assert 'class="figure narrow"' in figure.svg
