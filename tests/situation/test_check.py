"""Every mistake of meaning is found, by name and with a cure; a sound situation has none; a draft never raises."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.situation.check import Problem, check
from detente.situation.nouns import Situation
from detente.situation.store import from_yaml

SOUND = """\
title: Gulf talks
as_of: 2026-02-08
author: {by: coder, date: 2026-02-08}
documents:
  d1: {title: Talks go on, published: 2026-02-06, reported: 2026-02-07}
evidence:
  e1: {document: d1, sentence: s1, start: 10, end: 19, quote: We refuse}
parties:
  iran: {name: Iran, aliases: [Tehran]}
  united-states: {name: United States, evidence: [e1]}
  israel: {name: Israel}
  oman: {name: Oman}
  council: {name: Council, decision_body: true, members: [iran, israel]}
issues:
  nuclear: {name: Nuclear file, landmarks: {0: none, 100: all}, status_quo: 20, options: [0, 20, 100]}
  missiles: {name: Missiles, status_quo: 0}
stances:
  iran:
    missiles:
      position: {low: 0, best: 0, high: 10, basis: {read: [e1], rule: refusal}}
      salience: 90
      red_line: {at_most: 10, hardness: [0, 0.5, 1]}
  united-states:
    missiles: {position: 80, salience: 40}
demands:
  ask-1: {by: israel, to: united-states, table: muscat, issue: missiles}
influence:
  - {party: iran, weight: 2}
scores:
  iran:
    nuclear: {20: 0, 100: -50}
tables:
  muscat:
    name: Muscat talks
    consent: [iran, united-states]
    host: oman
    mediator: oman
    agenda:
      nuclear: in
      missiles: {mode: refused, by: [iran]}
    listing_costs:
      iran: {missiles: 20}
    no_deal: {iran: -10, united-states: 5}
    links: {hill: ratification}
  hill: {name: Congress, consent: [united-states, israel]}
meetings:
  round-1: {parties: [iran, united-states], table: muscat, status: held, date: 2026-02-06}
  round-2: {parties: [iran, united-states], status: planned}
deadlines:
  snapback: {what: sanctions return, date: 2026-10-18}
incidents:
  drone-1: {act: COERCE, what: a drone was shot down, target: iran, date: 2026-02-03}
ties:
  lobby-1: {kind: lobby, source: israel, target: united-states, weight: [0, 0.3, 1]}
threats:
  threat-1:
    by: iran
    against: united-states
    trigger: {actor: united-states, action: strikes}
    action: hit bases
    credibility: 0.5
moves:
  strike: {by: united-states, action: strikes, excludes: [sign]}
  sign: {by: iran, action: signs}
preferences:
  - {party: iran, prefers: [sign], over: [strike]}
questions:
  q-1: {text: Will they sign?, closes: 2026-06-30}
"""


def problems(text: str) -> list[str]:
    return [f"{p.severity} {p}" for p in check(from_yaml(text))]


def test_a_sound_situation_has_no_problem() -> None:
    assert problems(SOUND) == []


MISTAKES = [
    ("by: israel, to: united-states", "by: isreal, to: united-states", "ask-1.by", "Did you mean 'israel'?"),
    ("members: [iran, israel]", "members: [iran, eu]", "council.members", "'eu' is not a party"),
    ("members: [iran, israel]", "members: []", "council.members", "has none"),
    ("members: [iran, israel]", "members: [iran, council]", "council.members", "member of itself"),
    ("consent: [iran, united-states]", "consent: [united-states]", "muscat.consent", "at least two"),
    ("consent: [iran, united-states]", "consent: [oman, united-states]", "muscat.no_deal.iran", "not needed there"),
    (
        "consent: [iran, united-states]",
        "consent: [oman, united-states]",
        "muscat.missiles.listing_cost.iran",
        "listing",
    ),
    ("consent: [iran, united-states]", "consent: [oman, united-states]", "muscat.mediator", "mediates"),
    ("[iran, united-states]\n    host", "[iran, iran, united-states]\n    host", "muscat.consent", "twice"),
    ("nuclear: in", "nuclaer: in", "muscat.agenda.nuclaer.issue", "Did you mean 'nuclear'?"),
    ("{mode: refused, by: [iran]}", "refused", "muscat.agenda.missiles.by", "nobody is named who refuses it"),
    ("{mode: refused, by: [iran]}", "precondition", "muscat.agenda.missiles.by", "makes it a precondition"),
    ("{mode: refused, by: [iran]}", "elsewhere", "muscat.agenda.missiles.elsewhere", "no table is named"),
    ("mode: refused, by: [iran]", "mode: elsewhere, elsewhere: muscat", "muscat.agenda.missiles.elsewhere", "itself"),
    ("mode: refused, by: [iran]", "mode: in, elsewhere: hill", "muscat.agenda.missiles.elsewhere", "its mode is 'in'"),
    ("no_deal: {iran: -10, united-states: 5}", "no_deal: {iran: -10}", "muscat.no_deal", "'united-states' has no"),
    ("iran: {missiles: 20}", "iran: {missiles: -20}", "muscat.missiles.listing_cost.iran", "sign"),
    ("links: {hill:", "links: {muscat:", "muscat.links.muscat", "linked to itself"),
    ("links: {hill:", "links: {hall:", "muscat.links.hall.table", "Did you mean 'hill'?"),
    ("status_quo: 0}", "status_quo: 0, scale: [5, 5]}", "missiles.scale", "low below high"),
    ("status_quo: 0}", "status_quo: -1}", "missiles.status_quo", "outside the scale"),
    ("100: all}, status", "101: all}, status", "nuclear.landmarks.101", "the landmark 'all'"),
    ("options: [0, 20, 100]", "options: [0, 20, 120]", "nuclear.options", "at 120"),
    ("options: [0, 20, 100]", "options: [0, 20, 20]", "nuclear.options", "stands twice"),
    ("{position: 80,", "{position: [80, 90, 101],", "united-states.missiles.position", "80 to 101"),
    ("salience: 90", "salience: 190", "iran.missiles.salience", "0 to 100"),
    ("hardness: [0, 0.5, 1]", "hardness: [0, 0.5, 50]", "iran.missiles.hardness", "0 to 1"),
    ("at_most: 10", "at_most: 110", "iran.missiles.red_line", "outside"),
    ("at_most: 10", "at_least: 60", "iran.missiles.red_line", "its own red line"),
    ("read: [e1]", "read: [e2]", "iran.missiles.position", "'e2' is not evidence"),
    ("evidence: [e1]}", "evidence: [e9]}", "united-states.evidence", "'e9'"),
    ("{document: d1,", "{document: d2,", "e1.document", "'d2' is not a document"),
    ("end: 19", "end: 21", "e1.end", "9 characters"),
    ("reported: 2026-02-07", "reported: 2026-02-09", "d1.reported", "after the situation's day"),
    ("published: 2026-02-06", "published: 2026-03-01", "d1.published", "Take the document out"),
    ("published: 2026-02-06, ", "published: 2026-02-06, sha256: xyz, ", "d1.sha256", "hexadecimal"),
    ("status: held, date: 2026-02-06", "status: held, date: 2026-02-09", "round-1.date", "happened on"),
    ("status: held, date: 2026-02-06", "status: planned, date: 2026-02-06", "round-1.status", "Say what came of it"),
    ("date: 2026-02-03", "date: 2026-02-28", "drone-1.date", "happened on"),
    ("date: 2026-10-18", "date: 2026-01-18", "snapback.date", "passed on"),
    ("closes: 2026-06-30", "closes: 2026-01-30", "q-1.closes", "closed on"),
    ("{by: coder, date: 2026-02-08}", "{by: coder, date: 2026-11-08}", "as_of", "became known later"),
    ("weight: 2}", "weight: -2}", "iran.influence", "0 or more"),
    ("100: -50}", "500: -50}", "iran.nuclear.score.500", "the scored level"),
    ("credibility: 0.5", "credibility: 50", "threat-1.credibility", "0 to 1"),
    ("actor: united-states, action", "actor: usa, action", "threat-1.trigger.actor", "'usa' is not a party"),
    ("actor: united-states, action", "actor: iran, action", "threat-1.trigger", "its own author"),
    ("against: united-states\n", "against: iran\n", "threat-1.against", "against itself"),
    ("target: united-states, weight", "target: israel, weight", "lobby-1.target", "tied to itself"),
    (", weight: [0, 0.3, 1]}", "}", "lobby-1.weight", "how much"),
    ("kind: lobby", "kind: patron_proxy", "lobby-1.control", "how far"),
    (", weight: [0, 0.3, 1]}", ", weight: 1, control: low}", "lobby-1.control", "patron_proxy"),
    ("excludes: [sign]", "excludes: [strike]", "strike.excludes", "itself"),
    ("excludes: [sign]", "excludes: [sing]", "strike.excludes", "Did you mean 'sign'?"),
    ("over: [strike]", "over: [sign]", "preferences[0]", "with itself"),
    ("prefers: [sign]", "prefers: [sign, strike]", "preferences[0]", "exclude each other"),
    (
        "over: [strike]}",
        "over: [strike]}\n  - {party: iran, prefers: [strike], over: [sign]}",
        "preferences[1]",
        "each of",
    ),
    ("  lobby-1: {", "  iran: {", "iran", "in parties and ties"),
    ("  lobby-1: {", "  salience: {", "salience", "a word of paths"),
    ("aliases: [Tehran]", "aliases: [israel]", "israel", "name of two parties"),
    ("sign?, ", "sign?, kind: multiple_choice, choices: [a], ", "q-1.choices", "at least two"),
    ("sign?, ", "sign?, choices: [a, b], ", "q-1.choices", "of the kind 'binary'"),
    ("parties: [iran, united-states], status", "parties: [iran], status", "round-2.parties", "a meeting of 'iran'"),
    ("by: israel, to: united-states", "by: israel, to: israel", "ask-1.to", "of itself"),
    ("title: Gulf talks", "title: ''", "title", "no title"),
]


@pytest.mark.parametrize(("old", "new", "path", "said"), MISTAKES)
def test_each_mistake_is_found_by_name(old: str, new: str, path: str, said: str) -> None:
    assert SOUND.count(old) == 1 or old == "status_quo: 0}"
    found = check(from_yaml(SOUND.replace(old, new)))
    at_path = [p for p in found if p.path == path and said in str(p)]
    assert len(at_path) == 1, [str(p) for p in found]
    assert all(p.message.endswith(".") and p.cure for p in found)


def test_two_stances_on_one_issue_are_one_fault() -> None:
    rows = "[{party: a, issue: i, position: 1, salience: 1}, {party: a, issue: i, position: 2, salience: 2}]"
    text = f"title: t\nauthor: c\nparties:\n  a: {{name: A}}\nissues:\n  i: {{name: I, status_quo: 0}}\nstances: {rows}"
    assert problems(text) == ["fault a.i: 'a' has two stances on 'i'. Keep one of the two."]


def test_faults_come_before_doubts() -> None:
    found = check(from_yaml(SOUND.replace("title: Gulf talks", "title: ''").replace("document: d1", "document: d2")))
    assert [p.severity for p in found] == ["fault", "doubt"]


def test_the_path_of_a_value_is_the_path_of_its_input() -> None:
    found = check(from_yaml(SOUND.replace("salience: 40", "salience: 400")))
    assert found == (
        Problem(
            "united-states.missiles.salience", "salience is 0 to 100, not 400.", "Give values from 0 to 100.", "fault"
        ),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_draft_in_mid_edit_never_raises(data: st.DataObject, situations: st.SearchStrategy[Situation]) -> None:
    found = check(data.draw(situations))
    assert all(p.message and p.cure and p.severity in ("fault", "doubt") for p in found)
    assert len(set(found)) == len(found)
