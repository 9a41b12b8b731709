"""What is different once some sources are switched off together?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.brief.document import Block, Listing, Paragraph
from detente.brief.sections.evidence.page import NAMED, STILL, shifted
from detente.brief.sections.evidence.telling import HOW, Telling
from detente.brief.words import counted, listed
from detente.levers.sources import Diagnosis, Shift, Unit, Weight


def switched_off(found: Diagnosis, told: Telling, *, off: Sequence[str]) -> tuple[Block, ...]:
    """Tell every answer that moves, what is not asked any more, and what falls, without the documents that are off.

    `found` has all of these as one source.
    """
    (weight,) = found.weights
    every = sum(s.without is not None and _is_moved(s) for s in weight.shifts)
    lines = tuple(told.say(f"{text[:1].upper()}{text[1:]}.", HOW, weight.unit.quotes) for text in _moves(found, told))
    names = listed(told.source(Unit(id, id, (), True)) for id in off)
    lead = f"Switched off: {names}. {_lead(weight, every, told)}"
    blocks: list[Block] = [Paragraph((told.say(lead, HOW, weight.unit.quotes),))]
    if lines:
        blocks.append(Listing(lines))
    if lost := _lost(found, told):
        blocks.append(Paragraph((told.say(f"Nobody would ask about {listed(lost)}.", HOW, weight.unit.quotes),)))
    return tuple(blocks)


def _lead(weight: Weight, moved: int, told: Telling) -> str:
    fell = (
        f"What falls: {told.falls(weight.fallen)}" if weight.fallen else "Nothing rests on what is switched off alone"
    )
    what = counted(moved, "answer is another one", "answers are others") if moved else "No answer that is left moves"
    return f"{fell}. {what}."


def _moves(found: Diagnosis, told: Telling) -> Iterator[str]:
    """Tell what moves, the greatest difference first; agendas on which the same moves alike are told together."""
    known = {q.id: (q, r) for q, r in zip(found.questions, found.standing, strict=True)}
    moved = [s for s in found.weights[0].shifts if s.without is not None and _is_moved(s)]
    alike: dict[tuple[object, ...], list[Shift]] = {}
    for shift in sorted(moved, key=lambda s: (-round(abs(s.difference), 9), not s.turns)):
        question, reading = known[shift.question]
        whose = question.id if question.kind == "crisis" else question.kind
        alike.setdefault((whose, reading, shift.without, shift.turns), []).append(shift)
    for same in alike.values():
        question, reading = known[same[0].question]
        if len(same) > 1:
            names = [str(known[s.question][0].agenda) for s in same]
            question = replace(question, agenda=listed(_first(names, "other agendas")))
        yield shifted(question, reading, same[0], told)


def _is_moved(shift: Shift) -> bool:
    return shift.turns or abs(shift.difference) >= STILL


def _lost(found: Diagnosis, told: Telling) -> list[str]:
    known = {q.id: q for q in found.questions}
    lost = (known[s.question] for s in found.weights[0].raises)
    return _first([told.question(q) for q in lost if q.kind != "blocked"], "more")


def _first(names: list[str], rest: str) -> list[str]:
    """Name the first few, and count the rest."""
    return names if len(names) <= NAMED else [*names[: NAMED - 1], f"{len(names) - NAMED + 1} {rest}"]
