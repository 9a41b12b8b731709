"""Name a language model to read with, and tell what came of it: light, for nothing is loaded before it is asked."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from detente.errors import UsageError
from detente.read.llm.facts import ModelFacts
from detente.read.llm.settings import KEY_VARIABLE, TIMEOUT, Model, default_cache, prices_of

_TURNED_AWAY = {
    "absent": "quoting what the text does not say",
    "shifted": "quoting other sentences than were named",
    "leaked": "copied from the example",
    "invalid": "of another form than was asked for",
    "unplaced": "on sentences that were not given",
}


@dataclass(frozen=True, slots=True)
class Asking:
    """A model to read with, and who is told what came of it."""

    model: Model
    tell: Callable[[str], None]


def asking(
    name: str | None,
    endpoint: str | None,
    *,
    price: str | None = None,
    cache: Path | None = None,
    timeout: float = TIMEOUT,
    tell: Callable[[str], None],
) -> Asking | None:
    """Return the model that is named, with the key from the environment, or None where none is.

    Raises UsageError where a name lacks its endpoint, or an endpoint its name.

    >>> asking(None, None, tell=print)
    """
    if not name and not endpoint:
        return None
    if not name or not endpoint:
        lacking = "--model NAME" if not name else "--endpoint URL, such as http://localhost:11434/v1"
        raise UsageError(f"A language model is asked by its name at its endpoint. Add {lacking}, or leave out both.")
    prices = prices_of(price) if price else None
    key = os.environ.get(KEY_VARIABLE, "").strip()
    return Asking(Model(name, endpoint, key, cache or default_cache(), prices, timeout), tell)


def account(model: Model, facts: Iterable[ModelFacts]) -> str:
    """Say what a model added to some readings, what was turned away, and what it took."""
    found = tuple(facts)

    def sum_of(field: str) -> int:
        return sum(getattr(one, field) for one in found)

    parts, both, alone = (sum_of(field) for field in ("parts", "agreed", "alone"))
    waits = "is the model's alone and waits for you to confirm it" if alone == 1 else (
        "are the model's alone and wait for you to confirm them"
    )  # fmt: skip
    lines = [
        f"{model.name}: {_many(sum_of('returned'), 'item')} in {_many(parts, 'part')} of text "
        f"({sum_of('asked')} asked now).",
        f"  The rules found {both} of them, too, and read {sum_of('differing')} of these otherwise; {alone} {waits}.",
    ]
    away = [f"{count} {why}" for field, why in _TURNED_AWAY.items() if (count := sum_of(field))]
    lines += [f"  Rejected: {', '.join(away)}."] if away else []
    for field, what in (("unread", "no usable answer"), ("cut", "an answer that broke off")):
        lines += [f"  {_many(sum_of(field), 'part')} got {what}; the rest is by the rules."] if sum_of(field) else []
    return "\n".join([*lines, f"  {_taken(model, found)}"])


def _taken(model: Model, facts: tuple[ModelFacts, ...]) -> str:
    if any(one.tokens_in is None or one.tokens_out is None for one in facts):
        return "The endpoint does not count tokens."
    sent, answered = sum(one.tokens_in or 0 for one in facts), sum(one.tokens_out or 0 for one in facts)
    cost = f"; at the prices given they cost {model.prices.cost(sent, answered):,.4g}" if model.prices else ""
    return f"All answers took {sent:,} tokens sent and {answered:,} answered{cost}."


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
