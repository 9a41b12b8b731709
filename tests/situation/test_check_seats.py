"""Whoever wants something and has no part in anything is a doubt; any part at all will do."""

import pytest

from detente.situation.check import check
from detente.situation.store import from_yaml

ASIDE = """\
title: Gulf talks
author: coder
parties:
  iran: {name: Iran}
  usa: {name: United States}
  china: {name: China}
issues:
  cap: {name: Cap, status_quo: 0}
stances:
  iran: {cap: {position: 0, salience: 60}}
  usa: {cap: {position: 100, salience: 70}}
  china: {cap: {position: 50, salience: 20}}
tables:
  muscat: {name: Muscat, consent: [iran, usa], agenda: {cap: in}}
"""
SEAT = "consent: [iran, usa]"
PARTS = [
    ASIDE.replace(SEAT, "consent: [iran, usa, china]"),
    ASIDE.replace(SEAT, f"{SEAT}, consulted: [china]"),
    ASIDE.replace(SEAT, f"{SEAT}, ratifiers: [china]"),
    ASIDE.replace("{cap: in}", "{cap: {mode: precondition, by: [china]}}"),
    ASIDE.replace("iran: {name: Iran}", "iran: {name: Iran, members: [china]}"),
    ASIDE + "demands:\n  d1: {by: china, to: usa, issue: cap}\n",
    ASIDE + "ties:\n  t1: {kind: rivalry, source: usa, target: china}\n",
    ASIDE + "threats:\n  t1: {by: usa, against: iran, action: strike, trigger: {actor: china, action: arm}}\n",
    ASIDE + "moves:\n  m1: {by: usa, action: strike, undone_by: [china]}\n",
    ASIDE + "moves:\n  m1: {by: usa, action: strike}\npreferences:\n- {party: china, prefers: [], over: [m1]}\n",
]


def test_wishes_of_a_party_with_no_part_in_anything_count_nowhere() -> None:
    (found,) = check(from_yaml(ASIDE))
    assert (found.severity, found.path) == ("doubt", "china")
    assert found.message.startswith("'china' has stances, but no part in anything")
    assert found.cure == "Give it a seat, a tie or a demand, or make it a ratifier."


def test_a_red_line_that_counts_nowhere_is_named() -> None:
    text = ASIDE.replace("salience: 20", "salience: 20, red_line: {at_most: 60, hardness: 1}")
    assert "stances and red lines" in check(from_yaml(text))[0].message


@pytest.mark.parametrize("text", PARTS)
def test_whoever_has_any_part_is_no_doubt(text: str) -> None:
    assert text != ASIDE
    assert [p for p in check(from_yaml(text)) if p.path == "china"] == []


def test_to_host_or_to_mediate_makes_no_wish_count() -> None:
    text = ASIDE.replace(SEAT, f"{SEAT}, host: china, mediator: china")
    assert [p.path for p in check(from_yaml(text))] == ["china"]


def test_where_there_is_no_table_yet_nobody_is_doubted() -> None:
    assert check(from_yaml(ASIDE[: ASIDE.index("tables:")])) == ()


def test_a_name_that_is_not_there_is_said_once() -> None:
    found = check(from_yaml(ASIDE.replace("  china: {cap", "  chian: {cap")))
    assert [p.path for p in found] == ["chian.cap.party"]
