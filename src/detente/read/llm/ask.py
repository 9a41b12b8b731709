"""What does the model answer to one part of a text, from the cache or asked now, in a form that can be used?"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from detente.errors import ModelError
from detente.read.llm.cache import Answer, cache_key, keep, kept
from detente.read.llm.prompt import PROMPT_VERSION, Part
from detente.read.llm.schema import Parsed, parsed, response_schema
from detente.read.llm.settings import KEY_VARIABLE, Model
from detente.read.llm.wire import Reply, Sleep, send

_UNSUITED = {400, 404, 405, 415, 422, 501}
_LONGEST_MESSAGE = 200
_LONGEST_ECHO = 20_000
Form = Literal["json_schema", "json_object", "plain"]
_WEAKER: dict[Form, Form] = {"json_schema": "json_object", "json_object": "plain"}


@dataclass(frozen=True, slots=True)
class Style:
    """How does this endpoint take a request: in which form of answer, and with a temperature?"""

    form: Form = "json_schema"
    temperature: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """What was answered, what of it is of our form, was it asked now, and how does the endpoint take requests?"""

    answer: Answer
    parsed: Parsed
    now: bool
    style: Style


class _Open(BaseModel):
    """Of what an endpoint sends we read a few fields, and take whatever else it adds."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Message(_Open):
    content: str | list[dict[str, object]] | None = None


class _Choice(_Open):
    message: _Message


class _Usage(_Open):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Completion(_Open):
    choices: list[_Choice]
    usage: _Usage | None = None


def ask(model: Model, part: Part, style: Style, *, sleep: Sleep = time.sleep) -> Asked:
    """What does the model say of this part of a text?

    An answer that cannot be used is asked for once more, with what is wrong with it. What can be used is kept under
    the question's hash, and the same question is not sent again.

    Raises: ModelError where the endpoint cannot be asked, UsageError where an answer cannot be kept.
    """
    schema = json.dumps(response_schema(), sort_keys=True)
    key = cache_key(model=model.name, prompt=PROMPT_VERSION, schema=schema, part=f"{part.system}\n{part.user}")
    found = kept(model.cache, key) if model.cache is not None else None
    if found is not None:
        return Asked(found, parsed(found.text), now=False, style=style)
    asked = _asked(model, part, style, sleep)
    if model.cache is not None and asked.parsed.whole:
        keep(model.cache, key, asked.answer)
    return asked


def _asked(model: Model, part: Part, style: Style, sleep: Sleep) -> Asked:
    messages = [{"role": "system", "content": part.system}, {"role": "user", "content": part.user}]
    first = _completed(model, messages, style, sleep)
    if not first.parsed.faults:
        return first
    wrong = " ".join(first.parsed.faults)
    again = [
        *messages,
        {"role": "assistant", "content": first.answer.text[:_LONGEST_ECHO]},
        {"role": "user", "content": f"That answer cannot be used. {wrong} Answer again, with the JSON object alone."},
    ]
    second = _completed(model, again, first.style, sleep)
    better = max((second, first), key=lambda one: (one.parsed.whole, not one.parsed.cut, len(one.parsed.claims)))
    paid = better.answer.model_copy(
        update={
            "tokens_in": _sum(first.answer.tokens_in, second.answer.tokens_in),
            "tokens_out": _sum(first.answer.tokens_out, second.answer.tokens_out),
        }
    )
    return replace(better, answer=paid, style=second.style)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _completed(model: Model, messages: Sequence[dict[str, str]], style: Style, sleep: Sleep) -> Asked:
    """Ask in the strictest form that the endpoint takes."""
    while True:
        reply = send(model, _payload(model, messages, style), sleep=sleep)
        if reply.status == 200:
            answer = _answer(model, reply)
            return Asked(answer, parsed(answer.text), now=True, style=style)
        weaker = _weaker(reply, style)
        if weaker is None:
            raise _refusal(model, reply)
        style = weaker


def _weaker(reply: Reply, style: Style) -> Style | None:
    """Which request may the endpoint take that did not take this one? None where the form is not what it minds."""
    if reply.status not in _UNSUITED or (reply.status == 404 and style.form == "json_schema" and not _minds(reply)):
        return None
    if style.temperature and b"temperature" in reply.body.lower():
        return replace(style, temperature=False)
    form = _WEAKER.get(style.form)
    return replace(style, form=form) if form is not None else None


def _minds(reply: Reply) -> bool:
    return b"response_format" in reply.body or b"schema" in reply.body


def _payload(model: Model, messages: Sequence[dict[str, str]], style: Style) -> bytes:
    payload: dict[str, object] = {"model": model.name, "messages": list(messages), "stream": False}
    if style.temperature:
        payload["temperature"] = 0
    if style.form == "json_schema":
        schema = {"name": "items", "strict": True, "schema": response_schema()}
        payload["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif style.form == "json_object":
        payload["response_format"] = {"type": "json_object"}
    return json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")


def _answer(model: Model, reply: Reply) -> Answer:
    try:
        completion = _Completion.model_validate_json(reply.body)
    except ValidationError:
        raise ModelError(
            f"'{model.endpoint}' answers, but not as the chat completions of an OpenAI-compatible endpoint do"
            f"{_message(model, reply)}. Correct --endpoint; most end in /v1."
        ) from None
    usage = completion.usage or _Usage()
    return Answer(
        model=model.name,
        prompt=PROMPT_VERSION,
        text=model.without_key(_text(completion)),
        tokens_in=usage.prompt_tokens,
        tokens_out=usage.completion_tokens,
    )


def _text(completion: _Completion) -> str:
    content = completion.choices[0].message.content if completion.choices else None
    if isinstance(content, list):
        return "".join(text for piece in content if isinstance(text := piece.get("text"), str))
    return content or ""


def _refusal(model: Model, reply: Reply) -> ModelError:
    status, where = reply.status, f"'{model.endpoint}'"
    said = _message(model, reply)
    if status in (401, 403):
        has = "the key" if model.key else "a request without a key"
        return ModelError(
            f"{where} refuses {has} (status {status}){said}. Set {KEY_VARIABLE} to a key of this service."
        )
    if status == 404:
        return ModelError(
            f"{where} has no chat completions, or no model '{model.name}' (status 404){said}. "
            "Correct --endpoint (most end in /v1), or --model."
        )
    if 300 <= status < 400:
        return ModelError(f"{where} leads elsewhere (status {status}). Give the address it leads to as --endpoint.")
    if status == 413:
        return ModelError(f"{where} finds the request too large{said}. Use a model that takes a longer text.")
    return ModelError(
        f"{where} does not take the request for '{model.name}' (status {status}){said}. "
        "Check that --model names a chat model that this endpoint serves."
    )


def _message(model: Model, reply: Reply) -> str:
    """What the endpoint says of it, in one short line, without the key."""
    try:
        body = json.loads(reply.body)
    except (ValueError, RecursionError):
        return ""
    error = body.get("error", body) if isinstance(body, dict) else None
    said = error.get("message") if isinstance(error, dict) else error
    if not isinstance(said, str):
        return ""
    line = "".join(c if c.isprintable() else " " for c in model.without_key(said))
    return f", saying: {' '.join(line.split())[:_LONGEST_MESSAGE].rstrip('.')}"
