"""What a draft may say: small stories of invented states, and the stances, issues and tables that each suggests."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.read.stories import Story, rule_of, talks_of

from detente.brief import words
from detente.read.parties import load_lexicon
from detente.read.propose import rules as table
from detente.situation.check import check
from detente.situation.nouns import Situation
from detente.situation.rules import DRAFT_RULES, RULES

ROOT = Path(__file__).resolve().parents[2]


class TestStances:
    @pytest.mark.parametrize(
        ("told", "rule"),
        [
            ("grain:demand:3", "demand-firm"),
            ("grain:demand:2", "demand"),
            ("grain:demand:1", "demand-soft"),
            ("grain:condition", "condition"),
            ("grain:refuse", "refusal"),
            ("grain:offer", "offer"),
            ("grain:accept", "acceptance"),
            ("grain:accept:1:inclusion", "topic-accepted"),
            ("grain:open", "topic-accepted"),
            ("grain:only:3", "topic-accepted"),
        ],
    )
    def test_the_kind_and_strength_of_a_stance_decide_its_row(self, told: str, rule: str) -> None:
        draft = talks_of("norland", "sudland").says("Norland speaks.", "REQUEST", "norland", "sudland", on=told).draft()
        stance = draft.stance("norland", "grain")
        assert stance is not None
        assert stance.basis.kind == "read"
        assert stance.basis.rule == stance.position.basis.rule == rule
        row = table.row(rule)
        assert (stance.position.low, stance.position.best, stance.position.high) == row.position
        line = stance.red_line
        assert (line and (line.at.best, line.accepts)) == row.red_line
        assert (stance.salience.basis.rule, stance.salience.low, stance.salience.high) == ("salience-unstated", 10, 90)
        assert line is None or (line.hardness.low, line.hardness.high) == (0, 1)

    def test_what_binds_a_party_most_decides(self) -> None:
        told = talks_of("norland", "sudland")
        told.says("Norland would talk.", "AGREE", "norland", on="grain:open")
        told.says("Norland says never.", "REJECT", "norland", "sudland", on="grain:refuse:3")
        draft = told.draft()
        stance = draft.stance("norland", "grain")
        assert stance is not None
        assert stance.basis.rule == "refusal"
        assert [e.quote for e in draft.evidence if e.id in stance.evidence] == ["Norland says never."]

    @pytest.mark.parametrize(
        "more", [{"factuality": "denied"}, {"factuality": "possible"}, {"background": True}, {"negated": True}]
    )
    def test_what_is_denied_or_merely_possible_is_no_stance(self, more: dict[str, Any]) -> None:
        told = talks_of("norland", "sudland")
        draft = told.says("Norland asks.", "REQUEST", "norland", "sudland", on="grain:demand", **more).draft()
        assert draft.stances == ()

    def test_readiness_is_worded_as_a_possibility_and_counts(self) -> None:
        told = talks_of("norland", "sudland")
        draft = told.says("Ready.", "AGREE", "norland", on="grain:accept:2", factuality="possible").draft()
        assert rule_of(draft, "norland", "grain") == "acceptance"

    def test_rejecting_what_another_does_asks_for_its_end(self) -> None:
        told = talks_of("norland", "sudland")
        told.says(
            "Norland condemns raids.", "REJECT", "norland", "sudland", on="use-of-force:refuse", trigger="condemn"
        )
        draft = told.draft()
        assert rule_of(draft, "norland", "use-of-force") == "demand-to-stop"
        assert [(d.by, d.to, d.ask) for d in draft.demands] == [("norland", "sudland", "settle")]

    def test_the_other_side_is_asked_or_would_receive(self) -> None:
        told = talks_of("norland", "sudland")
        told.says("Norland wants grain.", "REQUEST", "norland", "sudland", on="grain:demand")
        told.says("Norland keeps its dam.", "REJECT", "norland", "sudland", on="dam:refuse")
        draft = told.draft()
        assert rule_of(draft, "sudland", "grain") == "addressee"
        assert rule_of(draft, "sudland", "dam") == "counterpart"

    def test_who_seeks_a_broader_deal_may_want_what_the_other_refuses(self) -> None:
        told = talks_of("norland", "sudland")
        told.says("Norland keeps its dam.", "REJECT", "norland", "sudland", on="dam:refuse")
        told.says("Sudland wants a wider deal.", "REQUEST", "sudland", "norland", on="agenda-scope:demand")
        draft = told.draft()
        stance = draft.stance("sudland", "dam")
        assert stance is not None
        assert stance.basis.kind == "read"
        assert stance.basis.rule == "broader-agenda"
        assert [e.quote for e in draft.evidence if e.id in stance.evidence] == ["Sudland wants a wider deal."]
        assert {i.id for i in draft.issues if i.basis.kind == "read"} == {"dam"}

    def test_a_third_at_the_table_is_not_taken_to_be_asked(self) -> None:
        told = talks_of("estland", "norland", "sudland")
        draft = told.says("Norland wants grain.", "REQUEST", "norland", "sudland", on="grain:demand").draft()
        assert rule_of(draft, "estland", "grain") == "unstated"
        assert rule_of(draft, "sudland", "grain") == "addressee"

    def test_a_stance_that_only_the_repetition_takes_is_kept(self) -> None:
        told = talks_of("norland", "sudland").says("Norland is open.", "AGREE", "norland", on="grain:open")
        told.says("Norland is open to dams.", "AGREE", "norland", on="grain:open dam:open", repeats=1)
        told.says("Norland is open again.", "AGREE", "norland", on="grain:open", repeats=1)
        draft = told.draft()
        assert rule_of(draft, "norland", "dam") == "topic-accepted"
        assert "Norland is open again." not in [e.quote for e in draft.evidence]


class TestIssues:
    def crossed(self) -> Situation:
        told = talks_of("norland", "sudland")
        told.says("Norland asks troops out.", "REQUEST", "norland", "sudland", on="withdrawal:demand:3")
        told.says("Sudland asks the same.", "REQUEST", "sudland", "norland", on="withdrawal:demand:2")
        return told.draft()

    def test_what_two_parties_ask_of_each_other_is_two_issues(self) -> None:
        draft = self.crossed()
        assert [i.id for i in draft.issues] == ["withdrawal-by-sudland", "withdrawal-by-norland"]
        assert [i.name for i in draft.issues] == ["withdrawal (asked of Sudland)", "withdrawal (asked of Norland)"]
        assert rule_of(draft, "norland", "withdrawal-by-sudland") == "demand-firm"
        assert rule_of(draft, "sudland", "withdrawal-by-sudland") == "addressee"

    def test_demands_and_the_agenda_follow_the_split(self) -> None:
        draft = self.crossed()
        assert [(d.by, d.to, d.issue) for d in draft.demands] == [
            ("norland", "sudland", "withdrawal-by-sudland"),
            ("sudland", "norland", "withdrawal-by-norland"),
        ]
        assert [a.issue for a in draft.tables[0].agenda] == ["withdrawal-by-sudland", "withdrawal-by-norland"]

    def test_a_topic_that_both_want_listed_stays_one_issue(self) -> None:
        told = talks_of("norland", "sudland")
        told.says("Norland wants it listed.", "REQUEST", "norland", "sudland", on="grain:demand:2:inclusion")
        told.says("So does Sudland.", "REQUEST", "sudland", "norland", on="grain:demand:2:inclusion")
        assert [i.id for i in told.draft().issues] == ["grain"]

    def test_what_one_offers_is_not_what_it_asks(self) -> None:
        told = talks_of("norland", "sudland")
        told.says("Norland claims a right.", "REQUEST", "norland", "sudland", on="dam:demand:3:inclusion")
        told.says("Norland offers limits.", "AGREE", "norland", on="dam:offer")
        draft = told.draft()
        assert rule_of(draft, "norland", "dam-by-norland") == "offer"
        assert rule_of(draft, "norland", "dam-by-sudland") == "demand-firm"
        assert rule_of(draft, "sudland", "dam-by-norland") == "counterpart"

    def test_an_outsiders_demand_goes_with_what_is_asked_of_the_other_side(self) -> None:
        told = talks_of("norland", "sudland")
        told.says("Norland asks.", "REQUEST", "norland", "sudland", on="dam:demand")
        told.says("Sudland asks.", "REQUEST", "sudland", "norland", on="dam:demand")
        told.says("Westland tells Norland.", "REQUEST", "westland", "norland", on="dam:demand", table="norland sudland")
        assert [d.issue for d in told.draft().demands if d.by == "westland"] == ["dam-by-sudland"]

    @pytest.mark.parametrize(
        ("name", "stored"),
        [("Water sharing", "water sharing"), ("Kashmir", "Kashmir"), ("UN arms embargo", "UN arms embargo")],
    )
    def test_an_issue_is_named_as_inside_a_sentence(self, name: str, stored: str) -> None:
        told = talks_of("norland", "sudland").says("Norland asks.", "REQUEST", "norland", "sudland", on="grain:demand")
        assert [i.name for i in told.touches("grain", name).draft().issues][:1] == [stored]

    def test_an_issue_that_no_lexicon_knows_is_kept(self) -> None:
        told = talks_of("norland", "sudland").says(
            "Norland asks.", "REQUEST", "norland", "sudland", on="lamp-oil:demand"
        )
        assert "lamp-oil" in [i.id for i in told.draft().issues]

    def test_issues_that_are_only_named_are_listed_and_bargained_over_by_nobody(self) -> None:
        draft = talks_of("norland", "sudland").touches("grain", "Grain").draft()
        assert [(i.id, i.basis.kind, i.basis.rule) for i in draft.issues] == [("grain", "read", "issue-named")]
        assert draft.stances == ()
        assert draft.tables[0].agenda == ()

    def test_an_issue_never_takes_the_id_of_a_party_or_a_word_of_paths(self) -> None:
        told = talks_of("norland", "sudland")
        told.says("Norland asks.", "REQUEST", "norland", "sudland", on="sudland:demand salience:demand")
        draft = told.draft()
        assert [i.id for i in draft.issues if i.basis.kind == "read"] == ["sudland-issue", "salience-named"]
        assert not [p for p in check(draft) if p.severity == "fault"]


class TestTables:
    def test_those_who_talk_consent_and_the_ally_consults(self) -> None:
        told = talks_of("norland", "sudland").says("Norland bars it.", "REJECT", "norland", "sudland", on="dam:refuse")
        told.says("Westland meets Sudland.", "CONSULT", "westland sudland", modality="future")
        told.says("Westland asks Sudland.", "REQUEST", "westland", "sudland", on="dam:demand", table="norland sudland")
        first, second = told.draft().tables
        assert (first.id, first.consent) == ("norland-sudland", ("norland", "sudland"))
        assert next((a.issue, a.mode, a.by) for a in first.agenda) == ("dam", "refused", ("norland",))
        assert [(link.table, link.kind) for link in second.links] == [("norland-sudland", "consultation")]
        assert second.agenda == ()

    def test_a_demand_about_the_talks_weighs_for_them_and_not_for_those_it_passes_between(self) -> None:
        told = Story().says("Westland met Sudland.", "CONSULT", "westland sudland")
        told.says("Talks were held.", "CONSULT", "norland sudland")
        for n in range(3):
            told.says(f"Westland asks {n}.", "REQUEST", "westland", "sudland", on="dam:demand", table="norland sudland")
        assert told.draft().tables[0].consent == ("norland", "sudland")

    def test_a_mediator_is_not_one_of_those_who_consent(self) -> None:
        told = Story().says("Estland mediated.", "CONSULT", "estland", "norland sudland", mediators="estland")
        drafted = told.draft().tables[0]
        assert drafted.consent == ("norland", "sudland")
        assert drafted.mediator is not None
        assert (drafted.mediator.party, drafted.mediator.stated) == ("estland", True)
        assert drafted.mediator.basis.rule == "stated-mediator"

    def test_a_third_who_meets_two_enemies_goes_between_them_though_nobody_says_so(self) -> None:
        told = Story().says("All three met.", "CONSULT", "norland sudland estland")
        told.says("Norland shelled Sudland.", "ASSAULT", "norland", "sudland")
        drafted = told.draft().tables[0]
        assert drafted.consent == ("norland", "sudland")
        assert drafted.mediator is not None
        assert drafted.mediator.stated is False
        assert drafted.mediator.basis.kind == "assumed"

    def test_three_who_quarrel_with_nobody_all_consent(self) -> None:
        draft = talks_of("norland", "sudland", "estland").draft()
        assert draft.tables[0].consent == ("estland", "norland", "sudland")

    def test_a_host_is_no_mediator(self) -> None:
        told = Story().says("Talks in Port were indirect.", "CONSULT", "norland sudland", table="norland sudland",
                            venue="Port", direct=False)  # fmt: skip
        drafted = told.place("host", "Port", "estland").draft().tables[0]
        assert (drafted.host, drafted.venue, drafted.mediator, drafted.direct) == ("estland", "Port", None, False)

    def test_a_host_belongs_to_the_talks_at_its_place(self) -> None:
        told = Story().says("Talks went on in Port.", "CONSULT", "norland sudland", venue="Port")
        told.says("Norland mines roads.", "ASSAULT", "norland", "sudland")
        told.says("Westland met Sudland.", "CONSULT", "westland sudland").place("host", "Port", "estland")
        assert [t.host for t in told.draft().tables] == ["estland", None]

    def test_without_talks_those_who_ask_each_other_are_put_at_a_table(self) -> None:
        told = Story().says("Norland asks Sudland.", "REQUEST", "norland", "sudland", on="grain:demand")
        drafted = told.draft().tables[0]
        assert drafted.consent == ("norland", "sudland")
        assert drafted.name.startswith("possible talks")
        assert (drafted.basis.kind, drafted.basis.rule) == ("assumed", "talks-assumed")

    def test_a_condition_of_one_at_the_table_is_a_precondition(self) -> None:
        told = talks_of("norland", "sudland")
        draft = told.says("First the dam.", "REQUEST", "norland", "sudland", on="dam:condition").draft()
        assert [(a.mode, a.by) for a in draft.tables[0].agenda if a.issue == "dam"] == [("precondition", ("norland",))]

    def test_venue_and_format_are_not_traded(self) -> None:
        told = talks_of("norland", "sudland")
        draft = told.says("Not there.", "REJECT", "norland", "sudland", on="venue-format:refuse").draft(load_lexicon())
        assert [a.mode for a in draft.tables[0].agenda if a.issue == "venue-format"] == ["declaratory"]

    def test_mediated_talks_with_one_of_the_parties_are_no_consultation(self) -> None:
        told = talks_of("norland", "sudland").says("Norland asks.", "REQUEST", "norland", "sudland", on="dam:demand")
        told.says("Estland mediated.", "CONSULT", "estland", "westland sudland", mediators="estland")
        assert [t.links for t in told.draft().tables] == [(), ()]


class TestDemands:
    def test_an_addressee_that_is_only_guessed_is_not_somebody_outside_the_table(self) -> None:
        told = talks_of("norland", "sudland").says("Norland shelled it.", "ASSAULT", "norland", "sudland")
        told.says("Norland met Westland.", "CONSULT", "norland westland")
        told.says("Its demands stand.", "REQUEST", "norland", "westland", on="dam:demand", how="table")
        assert [(d.by, d.to, d.table) for d in told.draft().demands] == [("norland", "sudland", "norland-sudland")]

    def test_an_outsiders_demand_on_somebody_at_the_table_is_about_the_talks(self) -> None:
        told = talks_of("norland", "sudland").says("Norland bars it.", "REJECT", "norland", "sudland", on="dam:refuse")
        told.says("Westland met Sudland.", "CONSULT", "westland sudland")
        told.says("Talks on the dam.", "REQUEST", "westland", "sudland", on="dam:demand")
        told.says("Arms, too.", "REQUEST", "westland", "sudland", on="arms-sales:demand")
        assert [d.table for d in told.draft().demands] == ["norland-sudland", "sudland-westland"]

    def test_a_demand_made_twice_is_one_with_both_quotes(self) -> None:
        told = talks_of("norland", "sudland")
        told.says("Norland asks.", "REQUEST", "norland", "sudland", on="dam:demand:2:inclusion")
        told.says("Norland insists.", "REQUEST", "norland", "", on="dam:demand:3")
        (only,) = told.draft().demands
        assert (only.to, only.ask, only.status, len(only.evidence)) == ("sudland", "include", "topic", 2)

    def test_confining_the_talks_to_one_issue_is_no_demand(self) -> None:
        told = talks_of("norland", "sudland").says("Only grain.", "REQUEST", "norland", "sudland", on="grain:only:3")
        assert told.draft().demands == ()


class TestRules:
    def test_every_rule_of_the_table_stands_in_the_docs_with_its_band(self) -> None:
        page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
        stated = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \| [^|]+ \|$", page, re.M)
        assert stated == [(r.name, _band(r), _line(r)) for r in table.STANCE_RULES]
        assert dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|$", page, re.M)) == DRAFT_RULES

    def test_the_docs_give_the_order_of_what_binds_most(self) -> None:
        page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
        order = page.split("in this order:")[1].split(".")[0]
        assert tuple(re.findall(r"`([a-z-]+)`", order)) == table.PRECEDENCE

    def test_the_table_in_the_module_is_the_one_that_is_used(self) -> None:
        rows = re.findall(
            r"^([a-z-]+)  +(?:\d|any|-)  +(\S.*?\S|0)  +(none|at most 0|at least 50)  ", table.__doc__ or "", re.M
        )
        assert rows == [(r.name, _band(r).replace("best ", ""), _line(r)) for r in table.STANCE_RULES]

    def test_the_brief_has_words_for_every_rule(self) -> None:
        names = {r.name for r in table.STANCE_RULES}
        assert names | set(DRAFT_RULES) <= set(RULES)
        assert names <= set(words.STANCES)

    def test_a_level_of_every_band_has_a_landmark(self) -> None:
        levels = {at for at, _ in table.LANDMARKS}
        assert {v for r in table.STANCE_RULES for v in r.position} <= levels


def _band(row: table.StanceRule) -> str:
    low, best, high = row.position
    return f"{low:g}" if low == high else f"{low:g} to {high:g}, best {best:g}"


def _line(row: table.StanceRule) -> str:
    return "none" if row.red_line is None else f"{row.red_line[1].replace('_', ' ')} {row.red_line[0]:g}"
