"""What is drafted: what threats, ties, reports and talks let parties do, never against what the situation says."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from tests.boards.outside.disputes import ENTERED, READ, SEEDS, dispute, island, span, tried

from detente.boards.outside.actions import kind_of
from detente.boards.outside.draft import drafted
from detente.boards.outside.dyads import dyads
from detente.boards.outside.roles import kind_at
from detente.boards.outside.worlds import TABLE, WORLDS, Corners
from detente.boards.outside.worth import worth as worths
from detente.situation.check import check
from detente.situation.nouns import Effect, Incident, Move, Situation, Threat, Trigger
from detente.situation.paths import effect_path, value_at, with_value
from detente.situation.rules import OUTSIDE_RULES, RULES
from detente.situation.store import load, save
from detente.situation.values import Basis
from detente.situation.views import text_only

ROOT = Path(__file__).resolve().parents[3]


def move(situation: Situation, by: str, action: str) -> Move:
    return next(m for m in situation.moves if (m.by, m.action) == (by, action))


def worth(situation: Situation, party: str, of: Move, world: str, given: str | None = None) -> Corners:
    rows = [e for e in situation.effects if (e.party, e.move, e.given) == (party, of.id, given)]
    (row,) = [e for e in rows if e.world in (None, world)]
    return row.value.low, row.value.best, row.value.high


class TestMoves:
    def test_what_a_threat_announces_comes_after_what_sets_it_off(self) -> None:
        found = drafted(island())
        strike = move(found, "north", "strike")
        answer = move(found, "south", "retaliate")
        assert (answer.after, answer.against, strike.after) == ((strike.id,), "north", ())
        assert (answer.basis.kind, answer.basis.rule) == ("read", "named-in-threat")

    def test_an_ally_could_do_it_alone_and_no_threat_of_the_draft_answers_it(self) -> None:
        found = drafted(island())
        alone = move(found, "west", "strike")
        assert (alone.against, alone.basis.kind, alone.basis.rule) == ("south", "supplied", "ally-could")
        assert [(d.challenger, d.answer) for d in dyads(found)] == [("north", "south-retaliate"), ("west", None)]

    def test_pressure_that_is_reported_is_in_force_and_ends_with_its_maker(self) -> None:
        pressed = move(drafted(island()), "north", "sanction")
        assert (pressed.in_force, pressed.undone_by, pressed.against) == (True, ("north",), "south")

    def test_a_proxy_opens_a_front_only_once_its_patron_is_struck(self) -> None:
        fronts = [m for m in drafted(island()).moves if (m.by, m.action) == ("militia", "open-front")]
        assert {m.against: m.after for m in fronts} == {"north": ("north-strike",), "west": ("west-strike",)}

    def test_whoever_concedes_has_not_walked_out(self) -> None:
        found = drafted(island())
        assert move(found, "south", "concede").excludes == (move(found, "south", "walk-out").id,)

    def test_a_move_of_the_situation_stands_though_a_threat_is_conditional(self) -> None:
        own = Move(id="reply", by="south", action="strike", against="north", basis=ENTERED)
        found = drafted(island(moves=(own,)))
        assert found.moves[0] == own
        assert [m.id for m in found.moves if m.by == "south" and kind_of(m.action) == "force"] == ["reply"]

    def test_two_that_each_threaten_to_strike_if_struck_can_both_begin(self) -> None:
        back = Threat(
            id="back", by="north", against="south", trigger=Trigger(actor="south", action="strike"), action="strike"
        )
        forth = back.model_copy(
            update={
                "id": "forth",
                "by": "south",
                "against": "north",
                "trigger": Trigger(actor="north", action="strike"),
            }
        )
        found = drafted(island(threats=(back, forth)))
        assert move(found, "north", "strike").after == move(found, "south", "strike").after == ()

    def test_what_another_party_threatens_against_is_aimed_at_who_is_struck_and_not_at_who_answers(self) -> None:
        loyal = Threat(
            id="loyal", by="militia", against="north", trigger=Trigger(actor="north", action="strike"), action="raid"
        )
        threats = (loyal, *island().threats)
        assert move(drafted(island(threats=threats)), "north", "strike").against == "south"

    @given(seed=SEEDS)
    @tried
    def test_a_draft_of_a_draft_is_that_draft(self, seed: int) -> None:
        found = drafted(dispute(seed))
        assert drafted(found) == found
        bare = drafted(dispute(seed), supply=False)
        assert drafted(bare, supply=False) == bare

    @given(seed=SEEDS)
    @tried
    def test_what_the_situation_says_stands_first_and_unchanged(self, seed: int) -> None:
        said = dispute(seed)
        found = drafted(said)
        assert found.moves[: len(said.moves)] == said.moves
        assert found.effects[: len(said.effects)] == said.effects
        assert found.model_copy(update={"moves": said.moves, "effects": said.effects}) == said

    @given(seed=SEEDS)
    @tried
    def test_without_supply_no_move_is_supplied(self, seed: int) -> None:
        said = dispute(seed)
        assert not [m for m in drafted(said, supply=False).moves[len(said.moves) :] if m.basis.kind == "supplied"]

    @example(seed=149001)  # a move that waits for one that waits for a supplied one
    @given(seed=SEEDS)
    @tried
    def test_the_text_of_a_draft_has_no_supplied_move_and_holds_together(self, seed: int) -> None:
        left = text_only(drafted(dispute(seed)))
        names = {m.id for m in left.moves}
        assert all(m.basis.kind != "supplied" for m in left.moves)
        assert names.issuperset(x for m in left.moves for x in m.after + m.excludes)
        assert names.issuperset(x for e in left.effects for x in (e.move, e.given) if x)

    @given(seed=SEEDS)
    @tried
    def test_a_draft_adds_no_fault(self, seed: int) -> None:
        said = dispute(seed)
        before = {p.path for p in check(said) if p.severity == "fault"}
        assert {p.path for p in check(drafted(said)) if p.severity == "fault"} <= before

    def test_a_draft_is_read_back_as_it_was_written(self, tmp_path: Path) -> None:
        found = drafted(dispute(3))
        save(found, tmp_path / "draft.yaml")
        assert load(tmp_path / "draft.yaml") == found

    @given(seed=SEEDS)
    @tried
    def test_other_names_give_the_same_draft_under_other_names(self, seed: int) -> None:
        said = dispute(seed)
        renamed = Situation.model_validate_json(re.sub(r'"p(\d)"', r'"zz\1"', said.model_dump_json()))
        told = [(m.by, m.action, m.against, len(m.after), m.in_force) for m in drafted(said).moves]
        again = [(m.by, m.action, m.against, len(m.after), m.in_force) for m in drafted(renamed).moves]
        assert [tuple(x.replace("zz", "p") if isinstance(x, str) else x for x in row) for row in again] == told
        values = [e.value for e in drafted(said).effects]
        assert [e.value for e in drafted(renamed).effects] == values


def raid(by: str, against: str, action: str = "strike", *, more: dict[str, object] | None = None) -> Threat:
    """A threat to use force, in words of its own."""
    row = {"id": f"{by}-on-{against}", "by": by, "against": against, "action": action, "basis": READ, **(more or {})}
    return Threat.model_validate(row)


UNLESS: dict[str, object] = {
    "trigger": Trigger(actor="south", action="refuse what is asked"),
    "condition": "unless it yields",
}


class TestAnswers:
    @pytest.mark.parametrize(
        ("trigger", "kind"),
        [("strike", "force"), ("sanction", "pressure"), ("walk out", "pressure"), ("fill the reservoir", "pressure")],
    )
    def test_a_reply_is_of_the_kind_of_what_sets_it_off(self, trigger: str, kind: str) -> None:
        warned = raid("south", "north", "respond", more={"trigger": Trigger(actor="north", action=trigger)})
        found = drafted(island(threats=(warned,)))
        assert kind_at(found, move(found, "south", "respond")) == kind

    def test_a_reply_of_the_file_that_names_nothing_takes_the_trigger_of_its_threat(self) -> None:
        own = Move(id="reply", by="south", action="retaliate", against="north", basis=ENTERED)
        assert kind_at(drafted(island(moves=(own,))), own) == "force"
        assert kind_at(drafted(island(moves=(own,), threats=())), own) == "pressure"

    def test_a_trade_dispute_knows_no_force(self) -> None:
        tariffs = raid("north", "south", "tariff", more={"basis": ENTERED})
        reply = raid("south", "north", "retaliate", more={"trigger": Trigger(actor="north", action="tariff")})
        found = drafted(island(threats=(tariffs, reply), incidents=(), ties=()))
        assert {kind_at(found, m) for m in found.moves} == {"pressure", "rupture", "concession"}
        assert {e.basis.rule for e in found.effects if e.move == "south-retaliate"} == {
            "pressure-to-maker",
            "pressure-to-target",
        }

    @pytest.mark.parametrize("action", ["strike", "respond"])
    def test_a_counter_threat_without_a_condition_answers_the_force_it_is_made_against(self, action: str) -> None:
        found = drafted(island(threats=(raid("north", "south", more=UNLESS), raid("south", "north", action)), ties=()))
        answer = move(found, "south", action)
        assert (answer.after, answer.basis.rule) == (("north-strike",), "counter-threat-answers")
        assert kind_at(found, answer) == "force"
        assert [(d.challenger, d.answer) for d in dyads(found)] == [("north", answer.id)]

    def test_without_force_to_answer_a_threat_stays_without_a_condition(self) -> None:
        found = drafted(island(threats=(raid("south", "north"),), ties=()))
        assert move(found, "south", "strike").after == ()

    def test_force_that_nobody_named_puts_off_no_threat(self) -> None:
        loyal = raid("south", "north", more={"trigger": Trigger(actor="north", action="strike")})
        threats = (loyal, raid("south", "west", "bomb"))
        found = drafted(island(threats=threats, evidence=()))
        assert move(found, "west", "strike").basis.kind == "supplied"
        assert move(found, "south", "bomb").after == ()

    def test_of_two_threats_without_a_condition_the_one_told_first_begins(self) -> None:
        found = drafted(island(threats=(raid("north", "south"), raid("south", "north")), ties=()))
        assert move(found, "north", "strike").after == ()
        assert move(found, "south", "strike").after == ("north-strike",)

    def test_what_is_threatened_against_two_in_one_breath_answers_either(self) -> None:
        both = (raid("south", "north"), raid("south", "west"))
        found = drafted(island(threats=(raid("north", "south", more={**UNLESS, "evidence": ("e0",)}), *both), ties=()))
        assert {m.after for m in found.moves if (m.by, m.action) == ("south", "strike")} == {("north-strike",), ()}
        cited = tuple(t.model_copy(update={"evidence": ("e1",)}) for t in both)
        found = drafted(island(threats=(raid("north", "south", more={**UNLESS, "evidence": ("e0",)}), *cited), ties=()))
        assert {m.against: m.after for m in found.moves if (m.by, m.action) == ("south", "strike")} == {
            "north": ("north-strike",),
            "west": ("north-strike",),
        }

    def test_a_read_move_without_what_it_comes_after_is_drafted_further_and_an_entered_one_is_not(self) -> None:
        threats = (raid("north", "south", more=UNLESS), raid("south", "north"))
        basis = Basis(kind="read", evidence=("e1",), rule="named-in-threat")
        own = Move(id="own", by="south", action="strike", against="north", basis=basis)
        assert drafted(island(threats=threats, moves=(own,))).moves[0].after == ("north-strike",)
        signed = own.model_copy(update={"basis": ENTERED})
        assert drafted(island(threats=threats, moves=(signed,))).moves[0] == signed

    def test_who_is_struck_first_may_use_the_force_it_announced_for_another_reason(self) -> None:
        other = raid("south", "north", "bomb", more={"trigger": Trigger(actor="north", action="enrich")})
        threats = (other, raid("north", "south", "raid", more=UNLESS))
        found = drafted(island(threats=threats, ties=()))
        assert move(found, "south", "bomb").after == ("north-enrich", "north-raid")
        assert move(found, "south", "bomb").basis.rule == "struck-may-answer"
        said = Move(id="bomb", by="south", action="bomb", against="north", after=("isle",), basis=READ)
        isle = Move(id="isle", by="north", action="enrich", against="south", basis=READ)
        found = drafted(island(threats=threats, moves=(said, isle), ties=()))
        assert found.moves[0] == said

    @pytest.mark.parametrize(
        ("action", "undone"), [("sanction", True), ("refuse what is asked", True), ("raid", False)]
    )
    def test_who_begins_pressure_or_a_rupture_can_end_it_and_not_force(self, action: str, undone: bool) -> None:
        found = drafted(island(threats=(raid("south", "north", action),), ties=()))
        assert move(found, "south", action).undone_by == (("south",) if undone else ())

    @pytest.mark.parametrize(
        ("what", "counts"),
        [("suspended the accord", False), ("struck a depot", False), ("an embargo", True), ("something", True),
         ("refused to talk and raised tariffs", True)],
    )  # fmt: skip
    def test_only_pressure_that_is_reported_goes_on(self, what: str, counts: bool) -> None:
        told = Incident(id="n", act="coerce", actor="north", target="south", what=what)
        found = drafted(island(incidents=(told,), threats=()))
        assert bool([m for m in found.moves if m.in_force]) == counts


class TestEffects:
    def test_force_pays_in_one_world_alone_and_costs_its_target_in_all(self) -> None:
        found = drafted(island())
        strike = move(found, "north", "strike")
        assert [worth(found, "north", strike, w)[1] for w in WORLDS] == [-25, -20, 20]
        assert {worth(found, "south", strike, w) for w in WORLDS} == {(-100, -50, -15)}

    def test_conceding_costs_what_the_others_gain_by_it(self) -> None:
        found = drafted(island())
        given_up = move(found, "south", "concede")
        assert worth(found, "south", given_up, "drift") == (-90, -50, -5)
        assert worth(found, "north", given_up, "drift") == (5, 50, 90)

    def test_whoever_has_conceded_is_struck_for_nothing(self) -> None:
        found = drafted(island())
        strike, given_up = move(found, "north", "strike"), move(found, "south", "concede")
        assert worth(found, "north", strike, "force", given_up.id) == (-60, -20, 0)
        assert not [e for e in found.effects if (e.move, e.given, e.world) == (strike.id, given_up.id, "drift")]

    def test_what_is_lost_by_conceding_follows_an_edit_unless_it_is_signed(self) -> None:
        found = drafted(island())
        strike, given_up = move(found, "north", "strike"), move(found, "south", "concede")
        edited = with_value(found, f"north.{strike.id}.effect.force", span(0, 5, 10))
        assert worth(drafted(edited), "north", strike, "force", given_up.id) == (-10, -5, 0)
        signed = with_value(edited, f"north.{strike.id}.with.{given_up.id}.effect.force", span(1, 2, 3))
        assert worth(drafted(signed), "north", strike, "force", given_up.id) == (1, 2, 3)
        assert drafted(drafted(edited)) == drafted(edited)

    def test_a_number_that_its_rule_does_not_give_is_an_unsigned_entry(self) -> None:
        found = drafted(island())
        path = "north.north-strike.effect.force"
        old = value_at(found, path)
        assert old.basis.kind == "assumed"
        again = drafted(with_value(found, path, old.model_copy(update={"best": 33.0})))
        assert value_at(again, path).basis == Basis(kind="entered", by="an unsigned hand edit")
        assert [e.basis.kind for e in again.effects if effect_path(e) == path] == ["entered"]
        assert drafted(again) == again

    def test_what_counts_in_one_world_replaces_there_what_counts_in_all(self) -> None:
        own = Move(id="raid", by="north", action="strike", against="south")
        rows = (
            Effect(party="north", move="raid", value=span(1, 2, 3)),
            Effect(party="north", move="raid", world="force", value=span(-9, -8, -7)),
        )
        found = drafted(island(moves=(own,), effects=rows, ties=()))
        at = [m.id for m in found.moves].index("raid")
        assert [worths(found, w, ["north"])[0, at] for w in WORLDS] == [2, 2, -8]
        lost = {e.world: e.value.best for e in found.effects if e.given and (e.party, e.move) == ("north", "raid")}
        assert lost == {"drift": -2, "squeeze": -2}

    def test_what_a_threat_says_it_costs_counts_in_every_world(self) -> None:
        costly = island().threats[0].model_copy(update={"cost": span(5, 10, 30)})
        found = drafted(island(threats=(costly,)))
        answer = move(found, "south", "retaliate")
        assert {worth(found, "south", answer, w) for w in WORLDS} == {(-30, -10, -5)}

    def test_an_effect_of_the_situation_keeps_others_away_in_its_world_only(self) -> None:
        raid = Move(id="raid", by="north", action="strike", against="south")
        own = Effect(party="north", move="raid", world="force", value=span(1, 2, 3))
        found = drafted(island(moves=(raid,), effects=(own,)))
        assert [worth(found, "north", raid, w)[1] for w in WORLDS] == [-25, -20, 2]

    def test_pressure_that_goes_on_is_not_ended_for_nothing(self) -> None:
        found = drafted(island())
        assert min(worth(found, "north", move(found, "north", "sanction"), w)[0] for w in WORLDS) >= 0

    @given(seed=SEEDS)
    @tried
    def test_no_effect_stands_twice_in_a_world(self, seed: int) -> None:
        said = dispute(seed)
        rows = [(e.party, e.move, e.given, w) for e in drafted(said).effects for w in WORLDS if e.world in (None, w)]
        own = [(e.party, e.move, e.given, w) for e in said.effects for w in WORLDS if e.world in (None, w)]
        assert len(rows) - len(set(rows)) == len(own) - len(set(own))

    @given(seed=SEEDS)
    @tried
    def test_every_rule_that_a_draft_names_has_a_meaning(self, seed: int) -> None:
        said = dispute(seed)
        found = drafted(said)
        rows = (*found.moves[len(said.moves) :], *found.effects[len(said.effects) :])
        assert {row.basis.rule for row in rows if row.basis.kind != "entered"} <= {*RULES}


class TestWords:
    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            ("military strike", "force"),
            ("go to war", "force"),
            ("warn of consequences", "other"),
            ("refuse what is asked", "rupture"),
            ("refuse to accept the terms", "rupture"),
            ("refuse its airspace", "denial"),
            ("close the strait", "pressure"),
            ("tariffs in retaliation", "pressure"),
            ("lift the sanctions", "concession"),
            ("an action that it does not name", "other"),
            ("", "other"),
            ("retaliate", "pressure"),
            ("hit back", "pressure"),
            ("countermeasures", "pressure"),
            ("retaliate with export controls", "pressure"),
            ("respond with tariffs", "pressure"),
            ("retaliate with missiles", "force"),
            ("retaliatory strike", "force"),
            ("military response", "force"),
            ("respond by walking out", "rupture"),
            ("target soybeans", "pressure"),
            ("target its bases", "force"),
            ("war of words", "other"),
            ("trade war", "pressure"),
            ("price war", "pressure"),
            ("strike a deal", "other"),
            ("hunger strike", "other"),
            ("labour strike", "other"),
            ("a verbal attack", "other"),
            ("ban rare earths", "pressure"),
            ("rob a bank", "other"),
            ("quotas on steel", "pressure"),
            ("cut the flow", "pressure"),
            ("cutting off gas", "pressure"),
            ("cut water", "pressure"),
            ("withholding data", "pressure"),
            ("fill the reservoir", "pressure"),
            ("suspend gas deliveries", "pressure"),
            ("suspend the accord", "rupture"),
        ],
    )
    def test_words_name_a_kind(self, words: str, kind: str) -> None:
        assert kind_of(words) == kind

    def test_the_page_shows_every_rule_and_every_number(self) -> None:
        page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").split("## Without a deal")[1]
        assert dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| (?:move|worth) \|$", page, re.M)) == OUTSIDE_RULES
        rows = re.findall(r"^\| [^|`]+ \| [^|]+ \| ([^|]+) \| ([^|]+) \| ([^|]+) \| `([a-z-]+)` \|$", page, re.M)
        assert rows == [(_said(r.drift), _said(r.squeeze), _said(r.force), r.rule) for r in TABLE]
        assert {r.rule for r in TABLE} <= set(OUTSIDE_RULES)


def _said(corners: Corners) -> str:
    low, best, high = corners
    return f"{low:g} to {high:g}, best {best:g}"
