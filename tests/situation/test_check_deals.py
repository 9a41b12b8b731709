"""What is wrong with rules, red lines, links and pairs of levels is found by name, each with a cure."""

import pytest

from detente.situation.check import Problem, check
from detente.situation.nouns import Situation
from detente.situation.store import from_yaml, to_yaml
from detente.situation.values import Basis
from detente.situation.views import text_only

SOUND = """\
title: Gulf talks
author: coder
parties:
  iran: {name: Iran}
  usa: {name: United States}
  oman: {name: Oman}
  congress: {name: Congress}
  israel: {name: Israel}
issues:
  cap: {name: Enrichment cap, status_quo: 0, options: [0, 50, 100]}
  relief: {name: Relief, status_quo: 0}
  votes: {name: Votes, status_quo: 0}
  port: {name: Port, status_quo: 0}
stances:
  iran:
    cap: {position: 0, salience: 60, red_line: {at_most: 50, hardness: 1}}
    relief: {position: 100, salience: 80}
  usa:
    cap: {position: 100, salience: 70, red_line: {at_least: 50, hardness: 1}}
    relief: {position: 0, salience: [10, 20, 30]}
  congress:
    cap: {position: 100, salience: 10}
    votes: {position: 100, salience: 10}
influence:
  - {party: iran, weight: 2}
  - {party: usa, table: muscat, weight: 3}
interactions:
  iran: {cap: {50: {relief: {100: 12}}}}
tables:
  muscat:
    name: Muscat
    consent: [iran, usa]
    rule: weighted
    vetoes: [iran]
    ratifiers: [congress]
    agenda: {cap: in, relief: option}
    no_deal: {iran: 0, usa: 0, congress: 5}
    links:
      hill:
        kind: mandate
        requires:
        - {issue: votes, at: 50, of: cap, accepts: at_least, level: 50}
  hill:
    name: Hill
    consent: [usa, congress]
    agenda: {votes: in}
demands:
  d-1: {by: israel, to: usa, table: muscat, issue: cap}
"""

FAULT, DOUBT = "fault", "doubt"
LAST = "d-1: {by: israel, to: usa, table: muscat, issue: cap}\n"

MISTAKES = [
    ("at_most: 50", "at_least: 101", FAULT, "iran.cap.red_line", "leaves no level of 'cap' that it accepts"),
    ("at_least: 50, hardness: 1", "at_least: 60, hardness: 1", DOUBT, "muscat.agenda.cap", "'usa' accepts at least 60"),
    ("at_most: 50, hardness: 1", "at_most: 0, hardness: 1", DOUBT, "muscat.agenda.cap", "'iran' accepts at most 0 on"),
    ("salience: [10, 20, 30]", "salience: 0", None, "", ""),
    ("to: usa, table: muscat", "to: oman, table: muscat", DOUBT, "d-1.to", "where it has no seat"),
    ("rule: weighted", "rule: quorum", FAULT, "muscat.quorum", "names none"),
    ("rule: weighted", "rule: quorum\n    quorum: 3", FAULT, "muscat.quorum", "only 2 consent"),
    ("rule: weighted", "rule: weighted\n    quorum: 2", DOUBT, "muscat.quorum", "decides by weighted"),
    ("rule: weighted", "rule: unanimity", DOUBT, "muscat.vetoes", "a veto adds nothing"),
    ("weight: 3", "weight: 3, issue: cap", DOUBT, "muscat.rule", "what 'usa' weighs; it counts as 1"),
    ("vetoes: [iran]", "vetoes: [oman]", FAULT, "muscat.vetoes", "does not consent there"),
    ("vetoes: [iran]", "vetoes: [irna]", FAULT, "muscat.vetoes", "Did you mean 'iran'?"),
    ("ratifiers: [congress]", "ratifiers: [congres]", FAULT, "muscat.ratifiers", "Did you mean 'congress'?"),
    ("ratifiers: [congress]", "ratifiers: [congress, usa]", DOUBT, "muscat.ratifiers", "one of those who consent"),
    ("congress: 5}", "oman: 5}", FAULT, "muscat.no_deal.oman", "not needed there"),
    (
        "{issue: votes, at: 50",
        "{issue: port, at: 50",
        FAULT,
        "muscat.links.hill.requires[0].issue",
        "no issue at 'hill'",
    ),
    ("of: cap", "of: votes", FAULT, "muscat.links.hill.requires[0].of", "no issue at 'muscat'"),
    ("{issue: votes,", "{issue: vote,", FAULT, "muscat.links.hill.requires[0].issue", "Did you mean 'votes'?"),
    ("votes, at: 50", "votes, at: 40", FAULT, "muscat.links.hill.requires[0].at", "its levels are 0, 25, 50, 75, 100"),
    ("votes, at: 50", "votes, at: 0", DOUBT, "muscat.links.hill.requires[0].at", "though nothing is agreed"),
    ("level: 50", "level: 150", FAULT, "muscat.links.hill.requires[0].level", "outside the scale of 'cap'"),
    ("kind: mandate", "kind: consultation", DOUBT, "muscat.links.hill", "only consulted"),
    ("      hill:\n", "      hall:\n", FAULT, "muscat.links.hall.table", "Did you mean 'hill'?"),
    ("50: {relief", "150: {relief", FAULT, "iran.cap.150.with.relief.100", "outside the scale of 'cap'"),
    ("{relief: {100", "{cap: {100", FAULT, "iran.cap.50.with.cap.100", "together with itself"),
    ("{relief: {100", "{port: {100", DOUBT, "iran.cap.50.with.port.100", "counts nowhere"),
    ("{relief: {100", "{relif: {100", FAULT, "iran.cap.50.with.relif.100.other", "Did you mean 'relief'?"),
    ("{cap: {50: {relief: {100", "{cap: {0: {relief: {0", DOUBT, "iran.cap.0.with.relief.0", "how things stand"),
]


def test_a_sound_situation_has_no_problem() -> None:
    assert check(from_yaml(SOUND)) == ()


@pytest.mark.parametrize(("old", "new", "severity", "path", "said"), MISTAKES)
def test_each_mistake_is_found_by_name(old: str, new: str, severity: str | None, path: str, said: str) -> None:
    assert SOUND.count(old) == 1
    found = check(from_yaml(SOUND.replace(old, new)))
    at_path = [p for p in found if p.path == path and said in str(p) and p.severity == severity]
    assert len(at_path) == (severity is not None), [str(p) for p in found]
    assert all(p.message.endswith(".") and p.cure for p in found)
    assert severity is not None or not found


def problem(text: str, path: str) -> Problem:
    (found,) = [p for p in check(from_yaml(text)) if p.path == path]
    return found


def test_who_cares_about_nothing_gains_nothing() -> None:
    text = SOUND.replace("position: 100, salience: 70", "position: 100, salience: 0")
    found = check(from_yaml(text.replace("salience: [10, 20, 30]", "salience: 0")))
    assert {(p.severity, p.path) for p in found} == {(DOUBT, "usa.cap.salience")}
    assert found[0].message.startswith("nothing matters to 'usa' at 'muscat'")


def test_weights_that_are_all_zero_decide_nothing() -> None:
    text = SOUND.replace("weight: 2", "weight: 0").replace("weight: 3", "weight: 0")
    assert problem(text, "muscat.rule").severity == FAULT


def test_red_lines_of_one_party_that_contradict_each_other_are_named() -> None:
    rows = "".join(
        f"  - {{party: iran, issue: cap, position: [0, 20, 50], salience: 1, red_line: {{{line}, hardness: 1}}}}\n"
        for line in ("at_most: 0", "at_least: 50")
    )
    start, end = SOUND.index("stances:\n"), SOUND.index("influence:\n")
    found = problem(SOUND[:start] + "stances:\n" + rows + SOUND[end:], "iran.cap.red_line")
    assert (found.severity, "at most 0 and at least 50" in found.message) == (FAULT, True)


def test_a_red_line_that_is_surely_not_meant_leaves_everything() -> None:
    assert check(from_yaml(SOUND.replace("at_most: 50, hardness: 1", "at_most: 0, hardness: 0"))) == ()


def test_three_who_leave_nothing_together_are_named_together() -> None:
    issue = "{name: Enrichment cap, status_quo: 0, options: [0, 50, 100]}"
    assert "congress:\n    cap: {position: 100, salience: 10}" in SOUND
    text = SOUND.replace(issue, issue.replace("status_quo: 0", "status_quo: 50"))
    text = text.replace("at_most: 50", "at_most: 100").replace("at_least: 50, h", "at_least: 50, h")
    line = "congress:\n    cap: {position: 0, salience: 10, red_line: {at_most: 50, hardness: 1}}"
    found = problem(text.replace("congress:\n    cap: {position: 100, salience: 10}", line), "muscat.agenda.cap")
    assert "'usa' accepts at least 50, 'congress' accepts at most 50" in found.message


CIRCLE = "    links: {muscat: {kind: KIND}}\n"
BACK = "{kind: mandate, requires: [{issue: cap, at: 50, of: votes, accepts: at_most, level: 50}]}"


def circled(link: str) -> list[Problem]:
    hill = "    agenda: {votes: in}\n"
    return list(check(from_yaml(SOUND.replace(hill, f"{hill}    links: {{muscat: {link}}}\n"))))


@pytest.mark.parametrize("link", [BACK, "ratification"])
def test_tables_that_bind_one_another_in_a_circle_are_a_doubt_that_names_it(link: str) -> None:
    (found,) = circled(link)
    assert (found.severity, found.path) == (DOUBT, "muscat.links")
    assert "in a circle: muscat -> hill -> muscat" in found.message


def test_tables_that_hear_one_another_are_no_circle() -> None:
    assert circled("consultation") == []


def test_the_same_pair_the_other_way_round_is_found() -> None:
    rows = "  iran: {cap: {50: {relief: {100: 12}}}, relief: {100: {cap: {50: 12}}}}"
    text = SOUND.replace("  iran: {cap: {50: {relief: {100: 12}}}}", rows)
    found = problem(text, "iran.relief.100.with.cap.50")
    assert (found.severity, "'iran.cap.50.with.relief.100'" in found.message) == (FAULT, True)


def test_the_same_pair_twice_is_found_once() -> None:
    row = "{party: iran, issue: cap, at: 50, other: relief, other_at: 100, value: 12}"
    text = SOUND.replace("interactions:\n  iran: {cap: {50: {relief: {100: 12}}}}", f"interactions: [{row}, {row}]")
    assert [p.path for p in check(from_yaml(text))] == ["iran.cap.50.with.relief.100"]


def test_the_text_alone_keeps_no_trace_of_what_was_supplied() -> None:
    situation = from_yaml(SOUND)
    {"basis": Basis(kind="supplied", rule="relief-issue")}
    given = {"basis": Basis(kind="supplied", rule="relief-issue")}
    gone = {"relief", "congress", "votes"}
    bare = text_only(
        situation.model_copy(
            update={
                "issues": tuple(i.model_copy(update=given) if i.id in gone else i for i in situation.issues),
                "parties": tuple(p.model_copy(update=given) if p.id in gone else p for p in situation.parties),
            }
        )
    )
    muscat = bare.table("muscat")
    assert bare.interactions == ()
    assert (muscat.ratifiers, muscat.vetoes) == ((), ("iran",))
    assert [link.requires for link in muscat.links] == [()]


def test_pairs_and_requirements_are_written_as_they_are_read() -> None:
    situation = from_yaml(SOUND)
    assert from_yaml(to_yaml(situation)) == situation
    assert "  iran:\n    cap:\n      50:\n        relief: {100: 12}\n" in to_yaml(situation)
    assert "- {issue: votes, at: 50, of: cap, accepts: at_least, level: 50}" in to_yaml(situation)


def test_a_situation_without_them_has_the_bytes_it_had() -> None:
    assert Situation(title="t").model_dump(exclude_defaults=True) == {"title": "t"}
