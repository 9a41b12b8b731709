"""What a brief says about deals is true, whole and short: sentences that once were not."""

from dataclasses import replace
from pathlib import Path

import pytest

from detente.analyses.motive import Motive
from detente.brief.dealt import Dealt
from detente.brief.document import sentences
from detente.brief.register import Register
from detente.brief.sections import verdicts
from detente.brief.sections.deals import motives, why
from detente.brief.sections.deals.page import composed
from detente.brief.sections.deals.telling import Telling, signed
from detente.brief.words import Names, listed, moved, of_draws, percent
from detente.desk.case import open_case
from detente.desk.deals import ask_deals
from detente.desk.dealt import Asking, light, usual
from detente.figures.text import gain
from detente.levers import Verdict
from detente.levers.verdict import Witness

WATER = """
title: Water of two valleys
author: ana
parties: {up: {name: Upland}, low: {name: Lowland}, office: {name: Water office}, coast: {name: United Coast}}
issues:
  flow: {name: Flow, landmarks: {0: none, 50: half, 100: all}, status_quo: 0}
  fees: {name: Fees, status_quo: 100}
  dams: {name: Dams, status_quo: 0}
stances:
  up:
    flow: {position: 0, salience: [30, 40, 80]}
    fees: {position: 0, salience: [50, 90, 95]}
    dams: {position: 0, salience: 60, red_line: {at_most: 0, hardness: 1}}
  low:
    flow: {position: 100, salience: [50, 90, 95]}
    fees: {position: 100, salience: [20, 40, 80]}
    dams: {position: 40, salience: 10}
  office: {dams: {position: 60, salience: 30}, flow: {position: 50, salience: 20}}
  coast:
    dams: {position: 100, salience: 50, red_line: {at_least: 50, hardness: 1}}
    flow: {position: 100, salience: 5}
tables:
  t: {name: Valley talks, consent: [up, low], agenda: {flow: in, fees: option, dams: {mode: refused, by: [up]}}}
demands:
  d: {by: coast, to: low, table: t, issue: dams, status: condition}
"""
LAND = """
title: Lines that clash
author: ana
parties: {n: {name: Norland}, s: {name: Sudmark}}
issues:
  land: {name: Land, landmarks: {0: none, 50: half, 100: all}, status_quo: 0}
  money: {name: Money, status_quo: 50}
stances:
  n: {land: {position: 0, salience: 90, red_line: {at_most: 20, hardness: 1}}, money: {position: 0, salience: 20}}
  s: {land: {position: 100, salience: 90, red_line: {at_least: 70, hardness: 1}}, money: {position: 100, salience: 20}}
tables:
  t: {name: Land talks, consent: [n, s], agenda: {land: in, money: option}, no_deal: {n: -20, s: 0}}
"""
CABINET = """
title: A cabinet and a treaty
author: ana
parties: {nord: {name: Nord}, sud: {name: Sud}, fin: {name: Finance}, agri: {name: Farms}}
issues:
  subsidy: {name: Subsidy, landmarks: {0: none, 50: half, 100: full}, status_quo: 100}
  tolls: {name: Tolls, landmarks: {0: none, 50: half, 100: full}, status_quo: 100}
  aid: {name: Aid, landmarks: {0: none, 100: full}, status_quo: 0}
stances:
  nord: {tolls: {position: 20, salience: 80}, aid: {position: 30, salience: 50}}
  sud: {tolls: {position: 90, salience: 40}, aid: {position: 100, salience: 90}}
  fin:
    subsidy: {position: 0, salience: 90}
    tolls: {position: 0, salience: 40}
    aid: {position: 0, salience: 60}
  agri: {subsidy: {position: 60, salience: 80}, tolls: {position: 0, salience: 60}}
tables:
  treaty:
    name: Treaty talks
    consent: [nord, sud]
    agenda: {tolls: in, aid: option}
    links:
      cabinet:
        kind: mandate
        requires:
        - {issue: subsidy, at: 0, of: tolls, accepts: at_most, level: 50}
        - {issue: subsidy, at: 50, of: aid, accepts: at_most, level: 0}
    no_deal: {nord: -20, sud: 0}
  cabinet: {name: Cabinet, consent: [fin, agri], agenda: {subsidy: in}}
"""
EMPTY = """
title: Nothing but what is refused
author: ana
parties: {a: {name: A}, b: {name: B}}
issues: {x: {name: Fish, status_quo: 0}}
stances: {a: {x: {position: 100, salience: 50}}, b: {x: {position: 100, salience: 30}}}
tables: {t: {name: Talks, consent: [a, b], agenda: {x: {mode: refused, by: [b]}}}}
demands: {d: {by: a, to: b, table: t, issue: x}}
"""


def dealt(text: str, folder: Path, table: str | None = None) -> Dealt:
    file = folder / "case.yaml"
    file.write_text(text.lstrip())
    return ask_deals(open_case(file), table=table, draws=(32, 1))


def told(found: Dealt) -> list[str]:
    return [s.text for s in sentences(composed(found))]


def telling(found: Dealt) -> Telling:
    return Telling(found, Names(found.situation), Register())


@pytest.fixture(scope="module")
def water(tmp_path_factory: pytest.TempPathFactory) -> Dealt:
    return dealt(WATER, tmp_path_factory.mktemp("water"))


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Dealt:
    return dealt(LAND, tmp_path_factory.mktemp("land"))


@pytest.fixture(scope="module")
def cabinet(tmp_path_factory: pytest.TempPathFactory) -> Dealt:
    return dealt(CABINET, tmp_path_factory.mktemp("cabinet"), "cabinet")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Dealt:
    file = tmp_path_factory.mktemp("empty") / "case.yaml"
    file.write_text(EMPTY.lstrip())
    situation = open_case(file).situation
    return light(Asking(situation, "t", usual(situation, "t"), "auto", 32, 1))


def test_a_clash_of_red_lines_names_both_lines_with_their_levels(land: Dealt) -> None:
    [reason] = [t for t in told(land) if t.startswith("There is no deal because red lines")]
    assert "Norland accepts at most 20 and Sudmark accepts at least 70" in reason
    assert " leave no level of " not in reason


def test_what_each_has_without_a_deal_is_said_with_its_value(land: Dealt, water: Dealt) -> None:
    assert "Without a deal, in points beside today (as entered): Norland -20.0, Sudmark 0." in told(land)
    assert "Without a deal each keeps the status quo, which counts 0." in told(water)
    assert not any("No deal is worth" in t for t in (*told(land), *told(water)))


def test_an_agenda_with_nothing_open_speaks_of_no_packages_and_suits_nobody(empty: Dealt) -> None:
    texts = told(empty)
    assert "Nothing is open on this agenda, so there is no package to agree on." in texts
    assert not any("nobody" in t or "any deal suits" in t or ": ." in t or " 0 packages" in t for t in texts)
    opening = [t for t in texts if t.startswith("Adding Fish as an option opens one")]
    assert opening == ["Adding Fish as an option opens one: Fish: 100."]


def test_a_table_says_what_it_would_agree_on_alone_and_who_would_lose_elsewhere(cabinet: Dealt) -> None:
    [text] = {t for t in told(cabinet) if t.startswith("Alone, ")}
    assert "Alone, the table “Cabinet” would agree on Subsidy: half (50)" in text
    assert "on nothing, because Farms would lose by what that leads to: no deal at the table “Treaty talks”" in text
    [change] = [t for t in told(cabinet) if t.startswith("Because tables bind one another")]
    assert "loses" in change
    assert "-" not in change


def test_issues_at_a_table_of_their_own_leave_todays_deal_standing(water: Dealt) -> None:
    [row] = [t for t in told(water) if t.startswith("Today's deal stands; nothing")]
    assert row.startswith("Today's deal stands; nothing is settled on Dams at a table of its own")
    assert not any("At a table of its own: No" in t for t in told(water))


def test_a_declaration_has_no_first_stage_and_loses_what_it_can_lose(water: Dealt) -> None:
    grids = [b for s in composed(water).sections for b in s.blocks if hasattr(b, "rows")]
    rows = {r[0].text: [c.text for c in r[1:]] for g in grids for r in g.rows if len(r) == 6}
    for head, cells in rows.items():
        if "declaratory" in head:
            assert "first stage" not in " ".join(cells).lower()
            assert "No deal to lose." not in cells
        if "declaratory" in head and "left for later" in head:
            assert "Left for later: nothing is listed before a second deal." in cells[-1]


def test_a_verdict_that_depends_says_what_gives_the_other_answer_and_from_where(water: Dealt) -> None:
    names = Names(water.situation)
    case = Witness((("up.flow.salience", 80.0), ("low.fees.salience", 80.0)), None)
    verdict = replace(water.verdict, kind="depends", at_best=True, case_against=case, deciding=())
    assert verdicts.together(verdict, names) == (
        "There is no deal if both of these come together, the rest at its best guess: the weight that Upland gives "
        "Flow moves from 40 to 80; the weight that Lowland gives Fees moves from 40 to 80."
    )
    one = replace(verdict, at_best=False, case_for=Witness(case.values[:1], None))
    assert verdicts.together(one, names).startswith(
        "There is a deal if the weight that Upland gives Flow moves from 40"
    )


def test_the_case_that_decides_is_told_once_a_page(water: Dealt) -> None:
    said = verdicts.together(water.verdict, Names(water.situation))
    if water.verdict.kind == "depends" and said:
        assert told(water).count(said) == 1


def test_the_verdict_in_short_names_the_best_guess(water: Dealt) -> None:
    verdict: Verdict = replace(water.verdict, kind="depends", at_best=True, case_for=Witness((), None))
    assert verdicts.summary(verdict).startswith("There is a deal at the best guess, but not for all values")
    assert verdicts.summary(replace(verdict, kind="holds", proof="proved")) == (
        "There is a deal for all values in the ranges (proved)."
    )


def test_a_wash_is_one_for_everybody_that_it_is_one_for(water: Dealt) -> None:
    rooms = tuple(replace(r, kind="can_rise", by=0) for r in water.blocked.room)
    text = why.blocks(telling(replace(water, blocked=replace(water.blocked, room=rooms))))
    [head] = text[:1]
    assert "It is a wash for Upland and Lowland: if either of them had" in next(iter(head.sentences)).text  # type: ignore[union-attr]


def test_weights_say_which_answer_they_turn(water: Dealt) -> None:
    turned = [t for t in told(water) if "times what it is taken to be" in t]
    assert turned
    assert all(t.startswith("The deal disappears where the weight that ") for t in turned)


def test_offers_tell_the_two_apart_only_where_the_answer_leaves_different_labels(water: Dealt) -> None:
    [found] = water.motives
    kept = next(o for o in found.offers)
    one = replace(kept, discriminates=True, if_accepted=("self_defeating",), if_refused=("self_defeating",))
    assert not motives.tells(one)
    assert motives.tells(replace(one, if_refused=("blocks",)))
    flat = replace(found, offers=(one,))
    grids = [b for b in motives.blocks(telling(replace(water, motives=(flat,)))) if hasattr(b, "columns")]
    assert [g.columns for g in grids] == [("offer", "worth to it", "if it accepts", "if it refuses")]


def stretched(found: Motive, labels: list[str]) -> Motive:
    column = found.columns[len(found.columns) // 2]
    one = column.stretches[0]
    rows = tuple(
        replace(one, label=k, low=one.low + 100 * n, high=one.low + 100 * (n + 1)) for n, k in enumerate(labels)
    )
    return replace(found, columns=tuple(replace(c, stretches=rows) for c in found.columns))


def test_a_bargain_that_goes_to_and_fro_is_told_by_where_it_ends(water: Dealt) -> None:
    labels = ["improves", "worsens"] * 3 + ["self_defeating", "blocks"]
    found = stretched(water.motives[0], labels)
    end = float(found.columns[0].stretches[6].low)
    texts = [
        s.text for b in motives.blocks(telling(replace(water, motives=(found,)))) for s in getattr(b, "sentences", ())
    ]
    [text] = [t for t in texts if t.startswith("It turns on")]
    assert "times over" not in text
    assert f"up to {signed(end)} points, the demand gets it a better deal or gets it a worse deal, by turns" in text
    assert text.endswith("points on, the demand blocks a deal it likes less than none.")


def test_who_presses_beside_its_own_body_is_called_a_member(water: Dealt) -> None:
    parties = tuple(replace_party(p, ("coast",)) if p.id == "low" else p for p in water.situation.parties)
    known = replace(water, situation=water.situation.model_copy(update={"parties": parties}))
    assert any(t.startswith("The United Coast, a member of Lowland, presses for Dams.") for t in told(known))


def replace_party(party: object, members: tuple[str, ...]) -> object:
    return party.model_copy(update={"members": members})  # type: ignore[attr-defined]


def test_trades_that_somebody_needed_would_lose_by_stand_aside(water: Dealt) -> None:
    found = water.trades
    assert found is not None
    assert found.exchanges
    losing = replace(found.exchanges[0], losers=("low",))
    both = told(replace(water, trades=replace(found, exchanges=(found.exchanges[0], losing))))
    assert any("serve both sides and cost nobody else" in t for t in both)
    assert not any("would lose" in t and t.startswith("Upland") for t in both)
    alone = told(replace(water, trades=replace(found, exchanges=(losing,))))
    assert any("cannot pass as they are" in t for t in alone)


@pytest.mark.parametrize(
    "words", ["1 open inputs", "of 1 draws", "1 of the deals are", "it beats no deal", "flips where"]
)
def test_words_that_no_page_says(words: str, water: Dealt, land: Dealt, cabinet: Dealt, empty: Dealt) -> None:
    for found in (water, land, cabinet, empty):
        page = composed(found)
        assert not any(words in t for t in (*told(found), *(n.text for n in page.notes)))


def test_numbers_are_rounded_in_one_way() -> None:
    assert (gain(-5.25), signed(-525), moved(-5.25)) == ("-5.3", "-5.3", "loses 5.3")
    assert (percent(0.999), percent(1.0), of_draws(1.0, 512)) == ("over 99%", "100%", "all 512 draws")


def test_names_take_their_article(water: Dealt) -> None:
    names = Names(water.situation)
    assert listed([names.party("coast"), names.party("up")]) == "the United Coast and Upland"
    assert names.at("t") == "the table “Valley talks”"
