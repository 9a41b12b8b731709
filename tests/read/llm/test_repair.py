"""JSON is found in an answer in whatever it is wrapped, and what is complete of a broken answer is kept."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.read.llm.samples import BOYCOTT, DEMAND, WARNING

from detente.read.llm.repair import mended
from detente.read.llm.schema import parsed, response_schema

ROWS = (DEMAND, WARNING, BOYCOTT)
WHOLE = json.dumps({"items": ROWS}, indent=1)


@pytest.mark.parametrize(
    "answer",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f"Here is [the] list, as {{you}} asked:\n{WHOLE}\nAnything else?",
        f"<think>Maybe {{\"items\": []}}? No.</think>\n{WHOLE}",
        WHOLE.replace("}\n ]\n}", "},\n ],\n}"),
        json.dumps(ROWS),
        f"Sure: {json.dumps(ROWS)}",
        WHOLE.replace("Zambia demanded on", "Zambia demanded\non"),
    ],
    ids=["bare", "fenced", "in prose", "after thinking", "commas", "a list", "a list in prose", "line break"],
)  # fmt: skip
def test_whatever_it_is_wrapped_in_the_list_is_found(answer: str) -> None:
    found = mended(answer)
    assert found is not None
    assert not found.cut
    assert [row["act"] for row in found.rows if isinstance(row, dict)] == ["REQUEST", "THREATEN", "REJECT"]


def test_a_comma_inside_a_quote_stays() -> None:
    row = {**DEMAND, "quote": "a,] b,}"}
    found = mended(json.dumps({"items": [row]}))
    assert found is not None
    assert found.rows == (row,)


@pytest.mark.parametrize("answer", ["", "no", "{}", '{"items": 3}', '"items"', "[1, 2", "{" * 5000, "[" * 5000])
def test_what_holds_no_list_of_items_holds_nothing(answer: str) -> None:
    found = mended(answer)
    assert found is None or found.rows == ()


@given(st.integers(0, len(WHOLE)))
def test_what_is_complete_before_the_break_is_kept_and_nothing_is_made_up(end: int) -> None:
    found = mended(WHOLE[:end])
    if found is not None:
        rows = json.loads(json.dumps(found.rows))
        assert rows == json.loads(json.dumps(ROWS))[: len(rows)]
        assert found.cut or len(rows) == 3


def test_a_field_that_nobody_asked_for_is_dropped_and_counted() -> None:
    issue = {**DEMAND["issues"][0], "strength": 3}  # type: ignore[index]
    found = parsed(json.dumps({"items": [{**DEMAND, "salience": 80, "start": 5, "issues": [issue]}], "note": "x"}))
    assert (len(found.claims), found.dropped, found.faults) == (1, 3, ())
    assert found.claims[0] == parsed(json.dumps({"items": [DEMAND]})).claims[0]


@pytest.mark.parametrize(
    "change",
    [
        {"act": "SHOUT"}, {"negated": "maybe"}, {"quote": 7}, {"quote": None}, {"actors": [0.8]}, {"sentences": [None]},
        {"condition": {"quote": "if"}}, {"trigger": ["a"]}, {"speaker": {"name": "x"}}, {"quote": "\ud800"},
        {"quote": "a" * 3000},
    ],
    ids=str,
)  # fmt: skip
def test_an_item_of_another_form_is_turned_away_with_the_reason(change: dict[str, object]) -> None:
    found = parsed(json.dumps({"items": [{**DEMAND, **change}, WARNING]}))
    assert (len(found.claims), found.invalid) == (1, 1)
    assert found.faults[0].startswith("Item 1: ")


@pytest.mark.parametrize("given", ["S2", "[S2]", "s2", "2", 2])
def test_a_sentence_is_named_in_several_ways(given: object) -> None:
    (claim,) = parsed(json.dumps({"items": [{**DEMAND, "sentences": given}]})).claims
    assert claim.sentences == ("s2",)


def test_labels_are_taken_in_any_case_and_what_is_left_out_is_filled() -> None:
    few = {
        "sentences": ["S2"],
        "quote": "a",
        "trigger": "b",
        "act": "request",
        "kind": "Condition offer",
        "actors": "x",
    }
    (claim,) = parsed(json.dumps(few)).claims
    assert (claim.act, claim.kind, claim.negated, claim.condition) == ("REQUEST", "condition-offer", False, None)
    assert claim.actors[0].name == "x"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(list(DEMAND)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(list(DEMAND)), inner, max_size=6),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*DEMAND, "salience"]), JSON), st.integers(0, 40))
def test_whatever_stands_in_an_answer_it_is_an_item_of_the_form_or_a_reason(
    change: dict[str, object], lost: int
) -> None:
    text = json.dumps({"items": [{**DEMAND, **change}, WARNING]})
    found = parsed(text[: len(text) - lost])
    assert len(found.claims) + found.invalid <= 2
    assert (found.faults != ()) == bool(found.invalid or found.cut or not found.whole)
    assert all(claim.act in ("REQUEST", "THREATEN") or "act" in change for claim in found.claims)


def test_the_form_has_no_place_for_a_number() -> None:
    text = json.dumps(response_schema())
    assert '"number"' not in text
    assert '"integer"' not in text
    assert '"additionalProperties": true' not in text
