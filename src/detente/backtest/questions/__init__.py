r"""How far off would classes and model have been on questions that have come out, beside a crowd and a base rate?

Every row is one question as of one day. Said of it is, by

    crowd               what a crowd or market gave on that day, where the file says so
    climatology         how often questions of this file had come out as yes before that day
    one half            one half
    classes             reference classes, for the event that its text asks for and the days until it closes; of a case
                        nothing is known, so that they are the widest ones there are
    classes of the case the same with what one case is taken to be, for questions about it from its day on
    model, WORLD        the model's share of draws in that case, world by world; no date enters it
    classes and model   the two pooled, with the weight that the model has earned by that day

Nothing is tuned on what is scored here: classes and rules are fixed, and the weight is learned before each day from
questions that had come out by then. Compared are forecasters on the same questions only, each question on the first
day on which all of them speak, unless it says "every row". Intervals are from draws of whole events, `rows.clusters`.

Source: Brier (1950), Monthly Weather Review 78, for the score; Karger et al., ForecastBench, ICLR 2025, for crowds that
are frozen on a day and scored when the question comes out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.backtest.questions.earlier import FEWEST, Learned, Spoken, climatology, learned, pool
from detente.backtest.questions.rows import (
    TOPICS,
    PastQuestion,
    class_chances,
    clusters,
    firsts,
    require_events,
    topics_of,
)
from detente.backtest.questions.scored import FreezeScores, Group, QuestionScores, Said, by_freeze, group
from detente.outlook.classes import Features
from detente.scores import CLIP, DRAWS

__all__ = [
    "CASE_CLASSES",
    "CASE_SPOKEN",
    "CLASSES",
    "CLIMATOLOGY",
    "CLIP",
    "CROWD",
    "EVERY_ROW",
    "FEWEST",
    "FIRST",
    "HALF",
    "MODEL_SPOKEN",
    "POOLED",
    "SPOKEN",
    "TOPICS",
    "FreezeScores",
    "Group",
    "Learned",
    "PastQuestion",
    "QuestionBacktest",
    "QuestionScores",
    "Said",
    "backtest_questions",
    "clusters",
    "topics_of",
]

CROWD, CLIMATOLOGY, HALF = "crowd", "climatology", "one half"
CLASSES, CASE_CLASSES, POOLED = "classes", "classes of the case", "classes and model"
EVERY_ROW, FIRST = "every row", "each at its first day"
SPOKEN, CASE_SPOKEN, MODEL_SPOKEN = "classes speak", "classes of the case speak", "the model speaks"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBacktest:
    """What was said of past questions, and how far off it was.

    `groups` are scored apart, the first ones the widest; `freezes` are the rows of each day; `path` is the weight that
    the model had earned on each day on which it speaks; `said` is every row with all chances.
    """

    groups: tuple[Group, ...]
    freezes: tuple[FreezeScores, ...]
    path: tuple[Learned, ...]
    said: tuple[Said, ...]
    seed: int
    draws: int

    def of(self, name: str) -> Group | None:
        """Return a group by its name, None where none of its questions is there."""
        return next((one for one in self.groups if one.name == name), None)


def backtest_questions(
    questions: Sequence[PastQuestion], *, case: Features | None = None, seed: int = 1, draws: int = DRAWS
) -> QuestionBacktest:
    """Try crowd, base rates, classes and model on questions that have come out.

    `case` is what the case is taken to be that rows marked `case` are about.

    Raises UsageError where there is no question.
    """
    require_events(questions)
    ordered = sorted(questions, key=lambda q: (q.frozen, q.id))
    plain = list(_plain(ordered, case))
    spoken = _spoken(plain)
    days = sorted({one.question.frozen for every in spoken.values() for one in every})
    path = tuple(learned(every, day, world=world) for world, every in spoken.items() for day in days)
    said = tuple(_pooled(plain, path))
    found = [
        group(name, rows, forecasters, against=(CLIMATOLOGY, CROWD, HALF), seed=seed, draws=draws)
        for name, rows, forecasters in _groups(said)
    ]
    return QuestionBacktest(
        groups=tuple(one for one in found if one is not None),
        freezes=tuple(by_freeze(said, (CROWD, CLIMATOLOGY, HALF, CLASSES))),
        path=path,
        said=said,
        seed=seed,
        draws=draws,
    )


def _plain(questions: Sequence[PastQuestion], case: Features | None) -> Iterator[Said]:
    """Say what everybody says who needs to learn nothing."""
    rates = climatology(questions, [one.frozen for one in questions])
    widest = class_chances(questions, Features())
    own = [None] * len(questions) if case is None else class_chances(questions, case)
    for one, rate, by_class, by_case in zip(questions, rates, widest, own, strict=True):
        chance = {CROWD: one.crowd, CLIMATOLOGY: float(rate), HALF: 0.5, CLASSES: by_class}
        if one.case and case is not None:
            chance[CASE_CLASSES] = by_case
            chance.update({_model(world): share for world, share in one.model})
        yield Said(question=one, chance={name: p for name, p in chance.items() if p is not None})


def _model(world: str) -> str:
    return f"model, {world}"


def _spoken(said: Sequence[Said]) -> dict[str, list[Spoken]]:
    """Collect, world by world, the rows of which classes of the case and model both speak."""
    found: dict[str, list[Spoken]] = {}
    for one in said:
        for world, share in one.question.model:
            if CASE_CLASSES in one.chance and _model(world) in one.chance:
                both = Spoken(question=one.question, by_class=one.chance[CASE_CLASSES], by_model=share)
                found.setdefault(world, []).append(both)
    return found


def _pooled(said: Sequence[Said], path: Sequence[Learned]) -> Iterator[Said]:
    earned = {(one.world, one.day): one for one in path}
    for one in said:
        chance = dict(one.chance)
        for world, share in one.question.model:
            weight = earned.get((world, one.question.frozen))
            if weight is not None and CASE_CLASSES in chance:
                both = pool(chance[CASE_CLASSES], share, weight.mean, weight.weight)
                chance[f"{POOLED}, {world}"] = both
        yield Said(question=one.question, chance=chance)


def _groups(said: Sequence[Said]) -> Iterator[tuple[str, Sequence[Said], tuple[str, ...]]]:
    """Yield the name of every group, its rows, and who is compared on it."""
    crowd = (CROWD,) if any(CROWD in one.chance for one in said) else ()
    base = (*crowd, CLIMATOLOGY, HALF)
    yield EVERY_ROW, said, base
    once = _first(said, base)
    yield FIRST, once, base
    for topic in TOPICS:
        yield topic, [one for one in once if topic in topics_of(one.question.text)], base
    classes = (*base, CLASSES)
    spoken = _first(said, classes)
    yield SPOKEN, spoken, classes
    for event in sorted({one.question.event for one in spoken}):
        yield f"{SPOKEN}: {event}", [one for one in spoken if one.question.event == event], classes
    case = (*classes, CASE_CLASSES)
    yield CASE_SPOKEN, _first(said, case), case
    worlds = dict.fromkeys(world for one in said for world, _ in one.question.model)
    both = tuple(name for world in worlds for name in (_model(world), f"{POOLED}, {world}"))
    if both:
        yield MODEL_SPOKEN, _first(said, (*case, *both)), (*case, *both)


def _first(said: Sequence[Said], forecasters: Sequence[str]) -> list[Said]:
    """Keep each question at the first day on which all of them speak."""
    common = {id(one.question): one for one in said if all(f in one.chance for f in forecasters)}
    return [common[id(question)] for question in firsts([one.question for one in common.values()])]
