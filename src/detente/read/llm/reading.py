"""What does a document say by the rules and by a language model together?"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from detente.errors import ModelError
from detente.read.documents import Document
from detente.read.frames import Frames
from detente.read.items import Item, Reading
from detente.read.language import Sentence
from detente.read.llm.ask import Asked, Style, ask
from detente.read.llm.build import Source, built
from detente.read.llm.cache import open_cache
from detente.read.llm.facts import ModelFacts
from detente.read.llm.merge import together
from detente.read.llm.names import names_of
from detente.read.llm.prompt import PROMPT_VERSION, Part, Vocabulary, parts_of, vocabulary
from detente.read.llm.settings import Model
from detente.read.llm.wire import Sleep
from detente.read.parties import Lexicon, all_mentions

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Reader:
    """With which model, names and words is read; `vocabulary` stands in for our own words in a prompt."""

    model: Model
    lexicon: Lexicon
    frames: Frames
    progress: Progress = lambda _: None
    sleep: Sleep = time.sleep
    vocabulary: Vocabulary | None = None


def with_model(rules: Reading, document: Document, sentences: Sequence[Sentence], reader: Reader) -> Reading:
    """What does the document say, once the model has been asked, too?

    Everything that the rules found stays. What the model says is checked word by word against the text, and what holds
    is merged; `model` of the reading counts the rest.

    Raises: ModelError where the model cannot be asked or gives no usable answer at all; UsageError where answers
    cannot be kept.
    """
    words = reader.vocabulary or vocabulary(reader.frames, reader.lexicon, (fact.name for fact in rules.parties))
    parts = parts_of(document.text, rules.sentences, words)
    answers = _answers(reader, parts, document.name)
    mentions = all_mentions(sentences, reader.lexicon, when=document.published)
    source = Source(
        document=document,
        sentences={s.id: s for s in rules.sentences},
        names=names_of(document.text, sentences, mentions, reader.lexicon),
        frames=reader.frames,
        model=reader.model.name,
    )
    found, counts = _checked(answers, parts, source)
    merged = together(rules.items, found)
    facts = _facts(reader.model, answers, counts)
    facts = facts.model_copy(update={k: getattr(merged, k) for k in ("agreed", "differing", "alone")})
    return Reading(**{**dict(rules), "items": merged.items, "model": facts})


def _answers(reader: Reader, parts: Sequence[Part], name: str) -> tuple[Asked, ...]:
    """One answer for each part; what was answered is kept at once, so that a run that stops can go on."""
    model = reader.model
    if model.cache is not None:
        open_cache(model.cache)
    answers: list[Asked] = []
    style = Style()
    for number, part in enumerate(parts, 1):
        reader.progress(f"asking {model.name} about {name} (part {number} of {len(parts)})")
        answers.append(ask(model, part, style, sleep=reader.sleep))
        style = answers[-1].style
    if answers and not any(one.parsed.whole for one in answers):
        raise ModelError(
            f"'{model.name}' at '{model.endpoint}' gave no usable answer on '{name}': "
            f"{answers[0].parsed.faults[0]} Use a model that can answer in JSON, or leave out --model."
        )
    return tuple(answers)


def _checked(answers: Sequence[Asked], parts: Sequence[Part], source: Source) -> tuple[tuple[Item, ...], Counter[str]]:
    """Which items hold, each once, and how many of the others do not, by reason?"""
    counts: Counter[str] = Counter()
    items: dict[str, Item] = {}
    for answer, part in zip(answers, parts, strict=True):
        asked = replace(source, sentences={s.id: source.sentences[s.id] for s in part.sentences})
        for claim in answer.parsed.claims:
            item = built(claim, asked)
            if isinstance(item, str):
                counts[item] += 1
            elif item.id in items:
                counts["repeated"] += 1
            else:
                items[item.id] = item
                counts["repaired" if any(d.about == "quote-repaired" for d in item.doubts) else "verified"] += 1
    return tuple(items.values()), counts


def _facts(model: Model, answers: Sequence[Asked], counts: Counter[str]) -> ModelFacts:
    tokens_in = [one.answer.tokens_in for one in answers]
    tokens_out = [one.answer.tokens_out for one in answers]
    invalid = sum(one.parsed.invalid for one in answers)
    return ModelFacts(
        name=model.name,
        prompt=PROMPT_VERSION,
        parts=len(answers),
        unread=sum(not one.parsed.whole for one in answers),
        cut=sum(one.parsed.cut for one in answers),
        returned=invalid + sum(len(one.parsed.claims) for one in answers),
        invalid=invalid,
        dropped=sum(one.parsed.dropped for one in answers),
        tokens_in=_total(tokens_in),
        tokens_out=_total(tokens_out),
        asked=sum(one.now for one in answers),
        **counts,
    )


def _total(counts: Sequence[int | None]) -> int | None:
    """The sum, or None where one is not known."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None
