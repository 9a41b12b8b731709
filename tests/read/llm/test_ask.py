"""An endpoint is asked in the strictest form it takes, again where its answer is wrong, and never twice the same."""

import json
from pathlib import Path

import pytest
from tests.read.llm.conftest import KEY, ReadWith
from tests.read.llm.samples import BOYCOTT, DEMAND, EXAMPLE, WARNING
from tests.read.llm.server import Endpoint, Json, Said, completion, fault, items, text_of

from detente.errors import ModelError, UsageError
from detente.read.items import Reading
from detente.read.llm.facts import ModelFacts
from detente.read.llm.prompt import EXAMPLE_NAMES
from detente.read.llm.reading import Reader


def facts(reading: Reading) -> ModelFacts:
    assert reading.model is not None
    return reading.model


def form(request: Json) -> str:
    asked = request.get("response_format", {})
    return str(asked.get("type", "plain")) if isinstance(asked, dict) else "?"


def test_the_strictest_form_is_asked_for_first(there: Endpoint, read_with: ReadWith) -> None:
    there.says(items([DEMAND]))
    read_with()
    (request,) = there.requests
    assert (request["model"], request["temperature"], request["stream"]) == ("small-1", 0, False)
    assert form(request) == "json_schema"
    assert there.paths == ["/v1/chat/completions"]


def test_an_endpoint_that_knows_no_schema_is_asked_in_weaker_forms(there: Endpoint, read_with: ReadWith) -> None:
    there.says(fault(400, "response_format json_schema unsupported"), fault(422, "no json_object"), items([DEMAND]))
    assert facts(read_with()).agreed == 1
    assert [form(r) for r in there.requests] == ["json_schema", "json_object", "plain"]


@pytest.mark.usefixtures("small_parts")
def test_what_an_endpoint_takes_is_remembered_for_the_next_part(there: Endpoint, read_with: ReadWith) -> None:
    there.script = [fault(400, "temperature must be 1"), fault(400, "no schema")]
    there.always = lambda _: completion(items([]))
    parts = facts(read_with()).parts
    assert parts > 2
    assert [form(r) for r in there.requests] == ["json_schema", "json_schema", *["json_object"] * parts]
    assert ["temperature" in r for r in there.requests] == [True, *[False] * (parts + 1)]


def test_an_endpoint_that_ignores_the_schema_is_understood(there: Endpoint, read_with: ReadWith) -> None:
    row = {"sentence": 2, **DEMAND, "sentences": 2, "act": "request", "salience": 0.9, "offset": 12}
    there.says(f"Of course! Here are the items:\n\n```json\n{json.dumps([row])}\n```\nHope this helps.")
    found = facts(read_with())
    assert (found.returned, found.agreed, found.dropped, found.asked) == (1, 1, 3, 1)
    assert len(there.requests) == 1


def test_an_answer_that_is_no_json_is_asked_for_once_more_with_the_reason(there: Endpoint, read_with: ReadWith) -> None:
    there.says("I would rather talk about the weather.", items([DEMAND]))
    found = facts(read_with())
    assert (found.agreed, found.tokens_in, found.tokens_out) == (1, 2000, 400)
    assert "holds no JSON object" in text_of(there.requests[1])
    messages = there.requests[1]["messages"]
    assert isinstance(messages, list)
    assert [m["role"] for m in messages] == ["system", "user", "assistant", "user"]


def test_items_of_another_form_are_named_when_asked_again(there: Endpoint, read_with: ReadWith) -> None:
    bad = {**WARNING, "act": "GROWL"}
    there.says(items([DEMAND, bad]), items([DEMAND, bad]))
    found = facts(read_with())
    assert (found.returned, found.invalid, found.agreed) == (2, 1, 1)
    assert "Item 2: act: Input should be 'AGREE'" in text_of(there.requests[1])


def test_of_two_wrong_answers_the_better_counts(there: Endpoint, read_with: ReadWith) -> None:
    there.says(items([DEMAND, {**WARNING, "act": "GROWL"}]), "Sorry, no.")
    assert facts(read_with()).agreed == 1


def test_an_answer_that_breaks_off_is_asked_for_again_and_else_kept_as_far_as_it_goes(
    there: Endpoint, read_with: ReadWith
) -> None:
    broken = items([DEMAND, WARNING, BOYCOTT])[:-200]
    there.says(broken, broken)
    found = facts(read_with())
    assert (found.cut, found.returned, found.agreed) == (1, 2, 2)
    assert "broke off" in text_of(there.requests[1])


@pytest.mark.parametrize("text", ["", None, "no", '{"items": "none"}', "[" * 100_000])
def test_a_model_that_never_answers_in_json_is_told_so(text: str | None, there: Endpoint, read_with: ReadWith) -> None:
    there.says(completion(text), completion(text))
    with pytest.raises(ModelError, match=r"'small-1' at .* gave no usable answer on 'report\.txt'.*leave out --model"):
        read_with()


@pytest.mark.usefixtures("small_parts")
def test_a_part_without_a_usable_answer_is_counted_and_the_others_are_read(
    there: Endpoint, read_with: ReadWith
) -> None:
    there.says("no", "still no")
    there.always = lambda _: completion(items([]))
    found = facts(read_with())
    assert found.unread == 1
    assert found.parts > 2


def test_a_question_asked_before_is_not_asked_again(there: Endpoint, read_with: ReadWith) -> None:
    there.says(items([DEMAND, BOYCOTT]))
    first = read_with()
    again = read_with()
    assert len(there.requests) == 1
    assert (facts(first).asked, facts(again).asked) == (1, 0)
    assert again.to_json() == first.to_json()


@pytest.mark.usefixtures("small_parts")
def test_a_run_that_stopped_goes_on_where_it_was(there: Endpoint, read_with: ReadWith, reader: Reader) -> None:
    there.says(*[items([])] * 2, *[fault(500, "down")] * reader.model.attempts)
    with pytest.raises(ModelError, match="Answers so far are kept"):
        read_with()
    asked = {text_of(r) for r in there.requests[:2]}
    before = len(there.requests)
    there.always = lambda _: completion(items([]))
    found = facts(read_with())
    assert found.asked == found.parts - 2 == len(there.requests) - before
    assert asked.isdisjoint(text_of(r) for r in there.requests[before:])


def test_another_model_another_text_or_another_lexicon_is_another_question(
    there: Endpoint, read_with: ReadWith, reader: Reader
) -> None:
    there.always = lambda _: completion(items([]))
    read_with()
    read_with("Zambia demanded that Malawi open its border.")
    read_with(frames=reader.frames)
    assert len(there.requests) == 2


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"model": "small-1"}', b"\xff\xfe"])
def test_a_damaged_answer_in_the_cache_is_asked_for_again(
    damage: bytes, there: Endpoint, read_with: ReadWith, tmp_path: Path
) -> None:
    there.says(items([DEMAND]), items([DEMAND]))
    first = read_with()
    (file,) = (tmp_path / "answers").iterdir()
    file.write_bytes(damage)
    assert read_with() == first
    assert len(there.requests) == 2


def test_a_useless_answer_is_not_kept(there: Endpoint, read_with: ReadWith, tmp_path: Path) -> None:
    there.says("no", "no")
    with pytest.raises(ModelError):
        read_with()
    assert list((tmp_path / "answers").iterdir()) == []


def test_where_answers_cannot_be_kept_nothing_is_asked(there: Endpoint, read_with: ReadWith, tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match="--model-cache"):
        read_with()
    assert there.requests == []


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (fault(401, f"Incorrect key {KEY}"), r"refuses the key \(status 401\), saying: Incorrect key \[key\]"),
        (fault(403, "no"), "refuses the key.*DETENTE_MODEL_KEY"),
        (fault(404, "model not found"), "no model 'small-1'.*--endpoint"),
        (Said(307, headers=(("Location", "http://elsewhere"),)), "leads elsewhere"),
        (fault(413, "too long"), "too large"),
        (Said(200, b"<html>Welcome</html>"), "not as the chat completions.*--endpoint"),
        (Said(200, b'{"error": {"message": "overloaded\\n\\u001b[31m"}}'), r"saying: overloaded \[31m"),
        (Said(200, b"[]"), "not as the chat completions"),
        (Said(410, b"gone"), "does not take the request.*--model"),
    ],
)
def test_a_refusal_says_where_why_and_what_to_do(reply: Said, says: str, there: Endpoint, read_with: ReadWith) -> None:
    there.says(reply)
    with pytest.raises(ModelError, match=says) as told:
        read_with()
    assert there.url in str(told.value)
    assert KEY not in str(told.value)
    assert str(told.value).isprintable()


def test_an_endpoint_that_takes_no_form_is_told_of_once_all_are_tried(there: Endpoint, read_with: ReadWith) -> None:
    there.says(*[fault(400, "context length exceeded")] * 3)
    with pytest.raises(ModelError, match="saying: context length exceeded"):
        read_with()


def test_tokens_that_nobody_counts_are_not_made_up(there: Endpoint, read_with: ReadWith) -> None:
    there.says(completion(items([]), usage=None))
    assert facts(read_with()).tokens_in is None


def test_content_in_pieces_is_put_together(there: Endpoint, read_with: ReadWith) -> None:
    text = items([DEMAND])
    pieces = [{"type": "text", "text": text[:90]}, {"type": "text", "text": text[90:]}]
    body = {"choices": [{"index": 0, "message": {"role": "assistant", "content": pieces}}]}
    there.says(Said(body=json.dumps(body).encode()))
    assert facts(read_with()).agreed == 1


def test_the_example_of_the_prompt_names_nobody_else_than_the_names_that_are_watched_for(
    there: Endpoint, read_with: ReadWith
) -> None:
    there.says(items([EXAMPLE]))
    read_with()
    system = str(there.requests[0]["messages"]).lower()
    assert all(name in system for name in EXAMPLE_NAMES if not name.endswith("llian"))
