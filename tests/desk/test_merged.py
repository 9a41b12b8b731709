"""What a person put stays; everything else follows the text, under the ids that it had."""

from detente.desk.aligned import aligned
from detente.desk.merged import merged
from detente.situation.check import check
from detente.situation.nouns import (
    AgendaItem,
    Demand,
    Document,
    Evidence,
    Issue,
    Party,
    Situation,
    Stance,
    Table,
    Threat,
)
from detente.situation.values import Basis, Range

ANN = Basis(kind="entered", by="Ann")


def read(*evidence: str, rule: str = "refusal") -> Basis:
    return Basis(kind="read", evidence=evidence, rule=rule)


def stance(at: float, basis: Basis, *, party: str = "iran") -> Stance:
    assumed = Basis(kind="assumed", rule="salience-unstated")
    return Stance(
        party=party,
        issue="missiles",
        position=Range.point(at, basis),
        salience=Range(low=10, best=50, high=90, basis=assumed),
        basis=basis,
        evidence=basis.evidence,
    )


def quote(number: int, start: int, *, document: str = "a") -> Evidence:
    return Evidence(id=f"e{number}", document=document, sentence="s1", start=start, end=start + 4, quote="word")


def threat(number: int, action: str, *evidence: str) -> Threat:
    basis = read(*evidence, rule="threat-as-made")
    return Threat(
        id=f"threat-{number}", by="iran", against="oman", action=action, basis=basis, evidence=evidence,
        trigger={"actor": "oman", "action": action},
    )  # fmt: skip


def situation(*stances: Stance, **lists: object) -> Situation:
    named = read("e1", rule="named-in-text")
    start = {
        "title": "Gulf",
        "documents": (Document(id="a"), Document(id="b")),
        "evidence": (quote(1, 0), quote(2, 10)),
        "parties": (Party(id="iran", name="Iran", basis=named), Party(id="oman", name="Oman", basis=named)),
        "issues": (Issue(id="missiles", name="missiles", status_quo=Range.point(0, ANN), basis=named),),
        "stances": stances,
    }
    return Situation.model_validate(start | lists)


OLD, NEW = situation(stance(0, read("e1"))), situation(stance(50, read("e2", rule="demand")))


def at(found: Situation, party: str = "iran") -> Range:
    held = found.stance(party, "missiles")
    assert held is not None
    return held.position


def test_what_nobody_touched_follows_the_text() -> None:
    found = merged(OLD, NEW, OLD)
    assert (at(found.situation), found.conflicts) == (at(NEW), ())


def test_what_a_person_entered_stays_and_the_difference_is_listed() -> None:
    mine = situation(stance(30, ANN))
    found = merged(OLD, NEW, mine)
    assert at(found.situation) == at(mine)
    (conflict,) = found.conflicts
    assert conflict.path == "stances.iran.missiles.position"
    assert (conflict.yours, conflict.read) == ("30 (entered by Ann)", "50 (read: demand)")


def test_an_entry_is_no_conflict_while_the_text_says_what_it_said() -> None:
    mine = situation(stance(30, ANN))
    found = merged(OLD, OLD, mine)
    assert (found.situation, found.conflicts) == (mine, ())


def test_what_a_person_added_stays_beside_what_the_text_adds() -> None:
    mine = situation(stance(0, read("e1")), stance(80, ANN, party="oman"))
    found = merged(OLD, situation(*NEW.stances, threats=(threat(1, "strike", "e2"),)), mine)
    assert at(found.situation, "oman").best == 80
    assert [t.id for t in found.situation.threats] == ["threat-1"]
    assert found.conflicts == ()


def test_what_a_person_added_first_is_not_written_over_by_the_same_thing_in_the_text() -> None:
    mine = situation(stance(80, ANN))
    found = merged(situation(), NEW, mine)
    assert at(found.situation).best == 80
    assert [c.path for c in found.conflicts] == ["stances.iran.missiles.position"]


def test_what_a_person_took_out_stays_out() -> None:
    found = merged(OLD, OLD, situation())
    assert (found.situation.stances, found.conflicts) == ((), ())
    again = merged(OLD, NEW, situation())
    assert again.situation.stances == ()
    assert [(c.path, c.yours) for c in again.conflicts] == [("stances.iran.missiles", "taken out")]


def test_a_party_that_was_taken_out_comes_back_where_something_new_names_it() -> None:
    alone = OLD.model_copy(update={"parties": OLD.parties[:1]})
    found = merged(OLD, situation(*OLD.stances, threats=(threat(1, "strike", "e2"),)), alone).situation
    assert {p.id for p in found.parties} == {"iran", "oman"}
    assert [p for p in check(found) if p.severity == "fault"] == []


def test_what_the_text_no_longer_says_goes_unless_a_person_changed_it() -> None:
    assert merged(OLD, situation(), OLD).situation.stances == ()
    mine = situation(stance(30, ANN))
    found = merged(OLD, situation(), mine)
    assert at(found.situation).best == 30
    assert [c.read for c in found.conflicts] == ["no longer suggested by the text"]


def test_an_issue_that_goes_stays_while_an_entry_rests_on_it() -> None:
    mine = situation(stance(0, read("e1")), stance(80, ANN, party="oman"))
    found = merged(OLD, situation().model_copy(update={"issues": ()}), mine).situation
    assert [i.id for i in found.issues] == ["missiles"]
    assert [p for p in check(found) if p.severity == "fault"] == []


def test_an_agenda_is_merged_issue_by_issue() -> None:
    def table(mode: str, basis: Basis) -> Situation:
        item = AgendaItem.model_validate({"issue": "missiles", "mode": mode, "basis": basis})
        return situation(tables=(Table(id="talks", name="talks", consent=("iran", "oman"), agenda=(item,)),))

    base, new = table("refused", read("e1")), table("in", read("e2"))
    assert merged(base, new, base).situation.tables[0].agenda[0].mode == "in"
    found = merged(base, new, table("option", ANN))
    assert found.situation.tables[0].agenda[0].mode == "option"
    assert [c.path for c in found.conflicts] == ["tables.talks.agenda.missiles.mode"]


def test_a_title_that_was_changed_stays() -> None:
    renamed = OLD.model_copy(update={"title": "Mine"})
    assert merged(OLD, NEW.model_copy(update={"title": "2 documents"}), renamed).situation.title == "Mine"


def test_a_quote_and_a_threat_keep_their_numbers_when_others_come_first() -> None:
    base = situation(threats=(threat(1, "strike", "e1"),))
    new = Situation.model_validate(
        base.model_dump()
        | {
            "evidence": (quote(1, 5, document="b"), quote(2, 0), quote(3, 10)),
            "threats": (threat(1, "block", "e1"), threat(2, "strike", "e2")),
        }
    )
    found = aligned(base, new, base)
    assert {(e.id, e.document, e.start) for e in found.evidence} == {("e3", "b", 5), ("e1", "a", 0), ("e2", "a", 10)}
    assert {(t.id, t.action, t.evidence) for t in found.threats} == {
        ("threat-2", "block", ("e3",)),
        ("threat-1", "strike", ("e1",)),
    }
    assert {t.basis.evidence for t in found.threats} == {("e3",), ("e1",)}


def test_a_number_that_a_person_used_is_not_given_again() -> None:
    own = Demand(id="demand-1", by="iran", to="oman", issue="missiles", basis=ANN)
    fresh = Demand(id="demand-1", by="oman", to="iran", issue="missiles", basis=read("e1"))
    found = merged(OLD, situation(*OLD.stances, demands=(fresh,)), situation(*OLD.stances, demands=(own,))).situation
    assert {(d.id, d.by) for d in found.demands} == {("demand-1", "iran"), ("demand-2", "oman")}


def test_merging_twice_changes_nothing_more() -> None:
    first = merged(OLD, NEW, situation(stance(30, ANN)))
    again = merged(first.proposal, NEW, first.situation)
    assert (again.situation, again.conflicts) == (first.situation, ())
