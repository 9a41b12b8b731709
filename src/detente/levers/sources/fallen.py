"""What falls when a source is switched off: which values are open again, and what is no longer there at all?"""

from collections.abc import Iterator
from dataclasses import dataclass

from detente.situation.nouns import Situation
from detente.situation.paths import effect_path, influence_path, inputs, score_path, together_path


@dataclass(frozen=True, slots=True)
class Fallen:
    """`widened`: paths of values that fall back to an assumed range; `gone`: the rows that go, by kind and name.

    A name is an id, or the path of a row that has none, such as `iran.missiles`.
    """

    widened: tuple[str, ...]
    gone: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        """Whether anything falls."""
        return bool(self.widened or self.gone)

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return how many rows go, by kind, in the order of the situation."""
        kinds = [kind for kind, _ in self.gone]
        return tuple((kind, kinds.count(kind)) for kind in dict.fromkeys(kinds))


def fallen(before: Situation, after: Situation) -> Fallen:
    """Compare a situation with what is left of it.

    >>> bool(fallen(Situation(title="Empty"), Situation(title="Empty")))
    False
    """
    there = {i.path: i.value for i in inputs(after)}
    moved = (i for i in inputs(before) if i.path in there and there[i.path].basis.kind != i.value.basis.kind)
    left = set(_rows(after))
    return Fallen(tuple(i.path for i in moved), tuple(row for row in _rows(before) if row not in left))


def _rows(situation: Situation) -> Iterator[tuple[str, str]]:
    yield from (("stance", f"{s.party}.{s.issue}") for s in situation.stances)
    yield from (("red line", f"{s.party}.{s.issue}") for s in situation.stances if s.red_line is not None)
    named = ("demand", "table", "meeting", "deadline", "incident", "tie", "threat", "move")
    yield from ((kind, row.id) for kind in named for row in getattr(situation, f"{kind}s"))
    for table in situation.tables:
        yield from (("agenda item", f"{table.id}.{a.issue}") for a in table.agenda)
        yield from (("link", f"{table.id}.{link.table}") for link in table.links)
        if table.mediator is not None:
            yield "mediator", table.id
        yield from (("listing cost", f"{table.id}.{c.issue}.{c.party}") for c in table.listing_costs)
        yield from (("no-deal value", f"{table.id}.{n.party}") for n in table.no_deal)
    yield from (("weight", influence_path(w)) for w in situation.influence)
    yield from (("score", score_path(s)) for s in situation.scores)
    yield from (("interaction", together_path(v)) for v in situation.interactions)
    yield from (("effect", effect_path(e)) for e in situation.effects)
    for wish in situation.preferences:
        yield (
            "preference",
            f"{wish.party}.{'+'.join(wish.prefers) or 'nothing'}.over.{'+'.join(wish.over) or 'nothing'}",
        )
