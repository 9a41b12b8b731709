"""Which states hold, by which idea of holding, and how many are there?"""

from collections.abc import Iterator

import numpy as np

from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.sections.conflict.telling import HEADS, ORDER, Telling
from detente.brief.words import capital, counted, listed

FEW = 3  # states that a sentence names
MOST = 40  # states that a table shows
EVERY = 200  # states up to which the fold lists all
HOW = "stability of every state for every player; others answer in any order, nobody twice in a row"


def blocks(told: Telling) -> tuple[Block, ...]:
    """Say how many states hold and which, then show them with a mark for each idea of holding."""
    shown = _shown(told)
    concepts = _concepts(told)
    meaning = tuple(told.say(_meant(told, c), "definition, as in the page on stability") for c in concepts)
    parts: list[Block] = [Paragraph(tuple(_summary(told)))]
    parts += [Listing(meaning)] if len(concepts) > 1 else []
    parts += [_grid(told, shown)] if shown else []
    return (*parts, *_by_player(told))


def _concepts(told: Telling) -> tuple[str, ...]:
    asked = told.told.stability.concepts
    return tuple(c for c in ORDER if c in asked) + tuple(c for c in asked if c not in ORDER)


def _head(concept: str) -> str:
    return HEADS.get(concept, concept)


def _meant(told: Telling, concept: str) -> str:
    many = len(told.told.equilibria(concept))
    return f"{_head(concept)}: {told.mean(concept)}. {counted(many, 'state', 'states') if many else 'No state'}."


def _shown(told: Telling) -> list[int]:
    """Return the states of the table: today's, then those that hold by the most ideas."""
    held = told.told.stability.equilibrium
    many = held.sum(axis=0)
    order = sorted(np.flatnonzero(many).tolist(), key=lambda s: (-int(many[s]), s))
    today = [] if told.told.start is None else [told.told.start]
    return list(dict.fromkeys([*today, *order]))[:MOST]


def _summary(told: Telling) -> Iterator[Sentence]:
    found = told.told
    count = counted(found.conflict.count, "state", "states")
    held = set(found.equilibria("nash")) if "nash" in found.stability.concepts else set()
    if held:
        many = f"{len(held):,} {'holds' if len(held) == 1 else 'hold'} because nobody gains by leaving"
        yield told.say(f"Of {count} that can be, {many}: {told.states(sorted(held), FEW)}.", HOW)
    elif "nash" in found.stability.concepts:
        yield told.say(f"From each of the {count} that can be, somebody gains by leaving.", HOW)
    more = [s for s in found.equilibria(found.concept) if s not in held]
    if more:
        many = f"{len(more):,}{' more' if held else ''} {'holds' if len(more) == 1 else 'hold'}"
        why = f"because {told.mean(found.concept)}"
        many = many if "nash" in found.stability.concepts else f"Of {count} that can be, {many}"
        yield told.say(f"{capital(many)} {why}: {told.states(more, FEW)}.", HOW)
    elif not held:
        yield told.say(f"No state holds, if to hold means that {told.mean(found.concept)}.", HOW)
    yield from _today(told)
    yield from _several(told)
    yield from _unseen(told)


def _today(told: Telling) -> Iterator[Sentence]:
    found = told.told
    if found.start is None:
        return
    by = [c for c in _concepts(told) if found.start in found.equilibria(c)]
    name = f"The state at the start, {told.state(found.start)},"
    several = len(_concepts(told)) > 1
    if not by:
        yield told.say(f"{name} does not hold{', whatever is meant by it' if several else ''}.", HOW)
    elif len(by) == len(_concepts(told)):
        yield told.say(f"{name} holds{', whatever is meant by it' if several else ''}.", HOW)
    else:
        yield told.say(f"{name} holds only where {told.mean(by[0])} ({listed(_head(c) for c in by)}).", HOW)


def _several(told: Telling) -> Iterator[Sentence]:
    many = len(told.told.equilibria(told.told.concept))
    if many > 1:
        yield told.say(f"Which of these {many:,} comes about, stability alone does not say.", HOW)


def _unseen(told: Telling) -> Iterator[Sentence]:
    unseen = told.told.conflict.unseen
    for p, name in enumerate(told.told.conflict.players):
        states = [] if unseen is None else np.flatnonzero(unseen[p]).tolist()
        if states:
            who = capital(told.player(name))
            yield told.say(
                f"{who} does not reckon with {told.states(states)}, and moves neither there nor from there.", HOW
            )
    if told.told.conflict.unknown is not None:
        yield told.say(
            "Of some states it is not known which one a player likes better; such a move counts as a gain, and only a "
            "loss that is certain deters.",
            HOW,
        )


def _grid(told: Telling, shown: list[int]) -> Grid:
    concepts = _concepts(told)
    held = {c: frozenset(told.told.equilibria(c)) for c in concepts}
    rows = tuple(
        (
            told.say(told.state(s) + (" (start)" if s == told.told.start else ""), HOW),
            *(told.say("yes" if s in held[c] else "–", HOW) for c in concepts),
        )
        for s in shown
    )
    every = len(np.flatnonzero(told.told.stability.equilibrium.any(axis=0)))
    more = f"; the first {MOST} of {every:,}" if every > MOST else ""
    return Grid(told.say(f"Which states hold, by which idea{more}.", HOW), ("state", *map(_head, concepts)), rows)


def _by_player(told: Telling) -> tuple[Block, ...]:
    """Show for every state who would leave it, as detail."""
    found = told.told
    if found.conflict.count > EVERY:
        return ()
    stable = found.stability.stable[found.stability.concepts.index(found.concept)]
    rows = tuple(
        (
            told.say(told.state(s), HOW),
            *(told.say("stays" if stable[p, s] else "would leave", HOW) for p in range(len(found.conflict.players))),
        )
        for s in range(found.conflict.count)
    )
    heads = ("state", *(told.player(p) for p in found.conflict.players))
    caption = told.say(f"Who stays at each state and who would leave it, when {told.mean(found.concept)}.", HOW)
    return (Grid(caption, heads, rows, fold="Who would leave each state"),)
