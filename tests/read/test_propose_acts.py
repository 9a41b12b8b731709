"""What a draft says of acts, meetings and ties, and what it supplies."""

from datetime import date
from typing import Any

import pytest
from tests.read.stories import LEXICON, Story, talks_of

from detente.read.propose import propose
from detente.read.propose.actions import ACTION_RULES, action_in, action_named
from detente.situation.views import text_only


class TestActs:
    def threat(self, **more: Any) -> Story:
        told = Story().says("Norland will retaliate if Sudland bombs the dam.")
        row = {"kind": "statement", "condition": "if Sudland bombs the dam", "whose": "sudland", **more}
        return told.says("Norland will retaliate if Sudland bombs the dam!", "THREATEN", "norland", "sudland", **row)

    def test_a_threat_is_made_by_its_speaker_and_set_off_by_the_act_in_its_condition(self) -> None:
        (only,) = self.threat().draft().threats
        assert (only.by, only.against, only.action) == ("norland", "sudland", "retaliate")
        assert only.trigger is not None
        assert (only.trigger.actor, only.trigger.action) == ("sudland", "strike")

    def test_moves_are_what_a_threat_names(self) -> None:
        draft = self.threat().draft()
        assert [(m.by, m.action, m.against) for m in draft.moves] == [
            ("norland", "retaliate", "sudland"),
            ("sudland", "strike", "norland"),
        ]

    def test_a_threat_without_a_named_actor_is_set_off_by_who_is_warned(self) -> None:
        (only,) = self.threat(whose="norland").draft().threats
        assert only.trigger is not None
        assert only.trigger.actor == "sudland"

    def test_what_must_be_done_to_be_spared_is_a_refusal_that_sets_it_off(self) -> None:
        (only,) = self.threat(type="unless").draft().threats
        assert only.trigger is not None
        assert only.trigger.action == "refuse what is asked"
        assert only.condition is not None
        assert only.condition.startswith("unless: ")

    @pytest.mark.parametrize("more", [{"negated": True}, {"factuality": "denied"}])
    def test_a_threat_that_is_denied_is_none(self, more: dict[str, Any]) -> None:
        draft = self.threat(**more).draft()
        assert draft.threats == ()
        assert draft.moves == ()

    def test_the_same_threat_in_two_documents_is_one(self) -> None:
        other = self.threat()
        other.name = "other"
        other.says("The end.")
        draft = propose((self.threat().reading(), other.reading()), lexicon=LEXICON)
        assert [len(t.evidence) for t in draft.threats] == [2]

    def test_an_act_told_twice_in_one_sentence_is_one_incident(self) -> None:
        told = Story().says("Norland shelled Sudland.", "ASSAULT", "norland", "sudland")
        told.rows.append(told.rows[0])
        told.says("Norland blockaded Sudland.", "COERCE", "norland", "sudland")
        assert [i.act for i in told.draft().incidents] == ["assault", "coerce"]

    def test_an_incident_keeps_to_its_own_words_and_its_unnamed_actor(self) -> None:
        told = Story().says("Deployments by Norland and the sinking of a ship")
        told.rows.append((told.span("Deployments by Norland and the sinking of a ship"),
                          {"act": "MOBILIZE", "by": "norland", "to": "", "sentence": "s1"}))  # fmt: skip
        told.rows.append((told.span("the sinking of a ship"),
                          {"act": "ASSAULT", "by": "", "to": "sudland", "sentence": "s1"}))  # fmt: skip
        first, second = told.draft().incidents
        assert (first.what, second.what, second.actor) == ("Deployments by Norland", "the sinking of a ship", None)

    @pytest.mark.parametrize(("days", "count"), [((3, 3), 1), ((3, 4), 2)])
    def test_an_event_in_two_documents_counts_once_a_day(self, days: tuple[int, int], count: int) -> None:
        stories = []
        for n, day in enumerate(days):
            told = Story(f"doc{n}").says(f"Norland shelled Sudland ({n}).", "ASSAULT", "norland", "sudland",
                                         when=date(2031, 5, day))  # fmt: skip
            stories.append(told.reading())
        assert len(propose(tuple(stories), lexicon=LEXICON).incidents) == count

    @pytest.mark.parametrize("more", [{"modality": "hypothetical"}, {"negated": True}, {"modality": "future"}])
    def test_what_was_not_done_is_no_incident(self, more: dict[str, Any]) -> None:
        assert Story().says("A raid.", "ASSAULT", "norland", "sudland", **more).draft().incidents == ()

    @pytest.mark.parametrize("rule", ACTION_RULES, ids=lambda r: r.action)
    def test_every_word_of_an_action_names_it(self, rule: Any) -> None:
        earlier = ACTION_RULES[: ACTION_RULES.index(rule)]
        for stem in rule.stems:
            assert action_named(f"if they {stem}") == rule.action, (stem, earlier)

    def test_an_action_of_no_known_kind_keeps_its_words(self) -> None:
        assert action_in("if it crowns a new king") == "it crowns a new king"
        assert action_in("if ") is None


class TestMeetings:
    def test_a_plan_spoken_of_again_is_one_meeting(self) -> None:
        told = Story().says("They will meet.", "CONSULT", "norland sudland", modality="future")
        told.says("The summit of the two matters.", "CONSULT", "sudland norland")
        (only,) = told.draft().meetings
        assert (only.status, only.date, len(only.evidence)) == ("planned", None, 2)

    def test_a_round_that_was_held_is_not_the_round_to_come(self) -> None:
        told = Story().says("They met in Port.", "CONSULT", "norland sudland", venue="Port")
        told.says("They will meet again.", "AGREE", "norland sudland", kind="statement", modality="future",
                  table="norland sudland")  # fmt: skip
        assert [m.status for m in told.draft().meetings] == ["held", "planned"]

    @pytest.mark.parametrize(("other", "count"), [("Port", 1), ("Hill", 2)])
    def test_rounds_at_two_places_are_two_meetings(self, other: str, count: int) -> None:
        told = Story().says("They met in Port.", "CONSULT", "norland sudland", venue="Port")
        told.says(f"They had met in {other}.", "CONSULT", "norland sudland", venue=other)
        assert len(told.draft().meetings) == count

    def test_a_meeting_called_off_is_cancelled(self) -> None:
        told = Story().says("They will not meet.", "CONSULT", "norland sudland", negated=True)
        assert [m.status for m in told.draft().meetings] == ["cancelled"]


class TestTies:
    def test_coordination_makes_allies_of_one_inside_and_one_outside(self) -> None:
        told = talks_of("norland", "sudland").says("Bars.", "REJECT", "norland", "sudland", on="dam:refuse")
        told.says("Sudland coordinates with Westland.", "COOPERATE", "sudland westland")
        (only,) = told.draft().ties
        assert (only.kind, only.source, only.target, only.basis.rule) == ("ally", "westland", "sudland", "coordination")
        assert only.weight is not None
        assert only.weight.basis.rule == "ally-weight-swept"
        assert not [m for m in told.draft().moves if m.by == "westland"]

    def test_counterparts_that_cooperate_are_no_allies(self) -> None:
        told = talks_of("norland", "sudland").says("They cooperate.", "COOPERATE", "norland sudland")
        assert told.draft().ties == ()

    def test_the_lexicon_knows_a_patron_when_both_are_named(self) -> None:
        told = Story().says("Norland and the Red Brigade are named.").names("norland", "Norland")
        told.names("red-brigade", "Red Brigade", "armed_group")
        (only,) = told.draft().ties
        assert (only.kind, only.source, only.target) == ("patron_proxy", "norland", "red-brigade")
        assert (only.basis.kind, only.basis.rule) == ("assumed", "lexicon-patron")

    def test_without_the_patron_there_is_no_tie(self) -> None:
        told = Story().says("The Red Brigade is named.").names("red-brigade", "Red Brigade", "armed_group")
        assert told.draft().ties == ()

    def test_backing_that_is_stated_is_read(self) -> None:
        told = Story().says("Norland arms the Red Brigade.", "AID", "norland", "red-brigade")
        told.names("red-brigade", "Red Brigade", "armed_group")
        (only,) = told.draft().ties
        assert (only.kind, only.basis.kind, only.basis.rule) == ("patron_proxy", "read", "tie-stated")


class TestCompletions:
    def test_who_gains_nothing_is_supplied_with_relief_under_pressure(self) -> None:
        told = talks_of("norland", "sudland")
        told.says("Norland asks for grain.", "REQUEST", "norland", "sudland", on="grain:demand")
        told.says("Norland squeezes Sudland.", "COERCE", "norland", "sudland")
        draft = told.draft()
        (relief,) = [i for i in draft.issues if i.basis.kind == "supplied"]
        assert relief.id == "relief-for-sudland"
        assert [e.quote for e in draft.evidence if e.id in relief.basis.evidence] == ["Norland squeezes Sudland."]

    def test_without_pressure_it_is_assurances(self) -> None:
        told = talks_of("norland", "sudland")
        draft = told.says("Norland asks.", "REQUEST", "norland", "sudland", on="grain:demand").draft()
        assert [i.id for i in draft.issues if i.basis.kind == "supplied"] == ["assurances-for-sudland"]

    def test_who_gains_already_is_supplied_with_nothing(self) -> None:
        told = talks_of("norland", "sudland").says("Asks.", "REQUEST", "norland", "sudland", on="grain:demand")
        draft = told.says("Asks back.", "REQUEST", "sudland", "norland", on="oil:demand").draft()
        assert [i.id for i in draft.issues] == ["grain", "oil"]

    def test_where_nobody_takes_a_stance_no_trade_is_made_up(self) -> None:
        assert talks_of("norland", "sudland").draft().issues == ()

    @pytest.mark.parametrize(("issue", "checked"), [("missiles", True), ("grain", False)])
    def test_limits_need_somebody_who_checks(self, issue: str, checked: bool) -> None:
        told = talks_of("norland", "sudland").says("Asks.", "REQUEST", "norland", "sudland", on=f"{issue}:demand")
        assert ("verifier" in [p.id for p in told.draft().parties]) is checked

    def test_a_checker_that_is_named_is_not_supplied_again(self) -> None:
        told = talks_of("norland", "sudland").says("Asks.", "REQUEST", "norland", "sudland", on="missiles:demand")
        told.says("The IAEA is there.").names("iaea", "IAEA", "organisation")
        assert "verifier" not in [p.id for p in told.draft().parties]

    def test_the_text_alone_holds_nothing_supplied(self) -> None:
        told = talks_of("norland", "sudland").says("Asks.", "REQUEST", "norland", "sudland", on="missiles:demand")
        assert '"supplied"' in told.draft().model_dump_json()
        assert '"supplied"' not in text_only(told.draft()).model_dump_json()


class TestEvidence:
    def test_ids_follow_the_text_and_a_quote_has_one(self) -> None:
        told = talks_of("norland", "sudland").says("Asks.", "REQUEST", "norland", "sudland", on="grain:demand")
        told.rows.append(told.rows[-1])
        told.says("In Port.").names("estland", "Port")
        draft = told.draft()
        assert [e.id for e in draft.evidence] == [f"e{n}" for n in range(1, len(draft.evidence) + 1)]
        assert [e.start for e in draft.evidence] == sorted({e.start for e in draft.evidence})
        assert all(told.text[e.start : e.end] == e.quote for e in draft.evidence)

    def test_a_party_named_in_passing_leads_to_its_name(self) -> None:
        told = talks_of("norland", "sudland").says("Farland watches.").names("farland", "Farland")
        draft = told.draft()
        passing = draft.party("farland")
        assert passing.basis.kind == "read"
        assert [e.quote for e in draft.evidence if e.id in passing.evidence] == ["Farland"]
        assert "farland" not in {p for t in draft.tables for p in (*t.consent, *t.consulted, t.host)}

    def test_a_document_given_twice_counts_once(self) -> None:
        reading = talks_of("norland", "sudland").reading()
        draft = propose((reading, reading), lexicon=LEXICON)
        assert (len(draft.documents), len(draft.meetings), len(draft.tables[0].evidence)) == (1, 1, 1)

    @pytest.mark.parametrize("status", ["rejected", "unverified"])
    def test_what_was_not_verified_is_not_drafted(self, status: str) -> None:
        told = talks_of("norland", "sudland")
        draft = told.says("Asks.", "REQUEST", "norland", "sudland", on="grain:demand", status=status).draft()
        assert draft.issues == ()
