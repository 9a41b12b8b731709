r"""What would classes and the model have said of negotiations that are over, and how far off is that?

Each case is coded as of a day before its outcome; the outcome stands apart, and nothing here shows it to the model. Of
each case is told

    chances   that there is agreement, that force is used, that there is war: by reference classes, counted without the
              case itself where it is one of theirs; by how often a deal exists; by how often it is reached, world by
              world. Scored by Brier and log loss; a share of draws is taken as (count + 1/2) / (draws + 1)         (1)
    terms     distance of predicted to actual levels, as a share of the scale, mean over the issues that an agreement
              settled; an outcome on which accounts differ is an interval, within which the distance is 0           (2)
    blocks    who would have to set what aside for a deal, agenda by agenda, beside what history names

with predictions: how things stood, the middle of the scale, the mean of positions by salience, the Nash deal of
today's agenda at the best guess (red lines set aside where they leave none), its median over draws, and the median of
what courses agree on. Five cases show nothing of a rule. They were chosen because they are well known, which is no
sample; their coder knew how they ended.

Source: Brier (1950), Monthly Weather Review 78; Good (1952), JRSS B 14, for the scores; Nash (1950), Econometrica 18.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from detente.analyses.blocked import Blocked, blocked
from detente.analyses.compromise import compromise
from detente.backtest.past_talks import PAST_EVENTS, Event, PastTalks
from detente.boards import Deals, deals, positions, with_modes
from detente.ensemble import Drawing, draw_inputs
from detente.errors import UsageError
from detente.outlook.agendas import Plan
from detente.outlook.classes import Nested, ReferenceClass, classes_for, features_of, nested, proposed, rate
from detente.outlook.courses import EVENTS, Sums
from detente.outlook.courses.course import sums
from detente.outlook.courses.question import agendas, question
from detente.scores import brier, log_loss
from detente.search.packages.choice import choose
from detente.search.packages.space import space
from detente.situation.nouns import Issue, Situation, World

Kind: TypeAlias = Literal["class", "model"]
EXISTS = "a deal exists"
BASE_RATE, CLASS_RATE = "base rate", "reference class"
STOOD, MIDDLE, MEAN, NASH, MEDIAN = "as it stood", "middle", "compromise", "Nash deal", "Nash median"
ALL_CRISES = "icb/1946-2017/all"
NO_FORCE = "no-violence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What a forecaster says of an event in one case, equation (1), and how that scores.

    `count` of `of` are past cases of a class that had the event, or draws of the model; `among` names which. `bounds`
    are those of the rate of a class (95 %); a share of draws has none.
    """

    case: str
    event: Event
    forecaster: str
    kind: Kind
    value: float
    bounds: tuple[float, float] | None
    count: int
    of: int
    among: str
    happened: bool
    brier: float
    log_loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicted:
    """Levels that one way of predicting names for the issues that were settled, and their distances, equation (2).

    `aside` says that red lines had to be set aside to name any.
    """

    case: str
    way: str
    issues: tuple[str, ...]
    level: tuple[float, ...]
    distance: tuple[float, ...]
    aside: bool = False

    @property
    def mean(self) -> float:
        """The mean distance over issues."""
        return sum(self.distance) / len(self.distance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether there is a deal on one agenda at the best guess; else the least refusals to set aside for one."""

    case: str
    agenda: str
    deal: bool
    parties: tuple[str, ...]
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksTrial:
    """All that is said of one case, beside what came of it."""

    talks: PastTalks
    chances: tuple[Chance, ...]
    predicted: tuple[Predicted, ...]
    standing: tuple[Standing, ...]


def try_talks(talks: PastTalks, *, drawing: Drawing) -> TalksTrial:
    """Ask classes and model about one case, and score what they say.

    Raises UsageError for a case without a table or an outcome on issues it does not have, and what boards raise.
    """
    missing = {t.issue for t in talks.outcome.settled} - {i.id for i in talks.situation.issues}
    if missing:
        raise UsageError(
            f"The outcome of '{talks.name}' settles '{min(missing)}', which is none of its issues. Name one that is."
        )
    asked = question(talks.situation, talks.table, seed=drawing.seed)
    followed = sums(asked, drawing=drawing)
    plan = agendas(talks.situation, talks.table)[0]
    named, exists = drawn_deal(talks, plan, draws=drawing.draws, seed=drawing.seed)
    return TalksTrial(
        talks=talks,
        chances=(*_class_chances(talks), *_model_chances(talks, followed, exists)),
        predicted=tuple(_predicted(talks, plan, named, followed)) if talks.outcome.settled else (),
        standing=tuple(_standing(talks)),
    )


def nash_deal(situation: Situation, table: str, plan: Plan) -> tuple[dict[str, float], bool]:
    """Return the levels of the Nash deal at the best guess by issue, and whether red lines had to be set aside.

    Where there is none even so, everything stays as it stands.
    """
    for red_lines in ("bind", "ignore"):
        board = with_modes(deals(situation, table, red_lines=red_lines), plan.modes)
        found = choose(space(board), reach=False)
        if bool(found.found):
            at = found.chosen.tolist()
            named = {i: float(board.levels[k][at[k]]) for k, i in enumerate(board.issues)}
            return named, red_lines == "ignore"
    return {i: float(board.levels[k][board.status_quo[k]]) for k, i in enumerate(board.issues)}, True


def drawn_deal(talks: PastTalks, plan: Plan, *, draws: int, seed: int) -> tuple[dict[str, float], tuple[int, int]]:
    """Return the median levels of the Nash deal over draws, and in how many of the draws there is one.

    Where none has a deal everything stays as it stands.
    """
    drawn = draw_inputs(talks.situation, draws, seed=seed)
    board = with_modes(deals(talks.situation, talks.table, draws=drawn), plan.modes)
    found = choose(space(board), reach=False)
    if not found.found.any():
        return {}, (0, draws)
    each = np.stack([levels[found.chosen[found.found, i]] for i, levels in enumerate(board.levels)], axis=1)
    median = np.quantile(each, 0.5, axis=0, method="lower").tolist()
    return dict(zip(board.issues, median, strict=True)), (int(found.found.sum()), draws)


def in_world(world: World) -> str:
    """Return what the model in one of its named worlds is called among forecasters.

    >>> in_world("drift")
    'world drift'
    """
    return f"world {world}"


def share_of(count: int, draws: int) -> float:
    """Return a share of draws as it is scored, equation (1): never sure.

    >>> share_of(0, 9), share_of(9, 9)
    (0.05, 0.95)
    """
    return (count + 0.5) / (draws + 1)


def distance(talks: PastTalks, levels: dict[str, float]) -> tuple[float, ...]:
    """Return how far off predicted levels are from what was agreed, issue by issue, equation (2); 0 to 1."""
    found = []
    for terms in talks.outcome.settled:
        issue, (low, high) = talks.situation.issue(terms.issue), terms.interval
        at = levels.get(terms.issue, issue.status_quo.best)
        found.append(max(low - at, at - high, 0.0) / (max(issue.scale) - min(issue.scale)))
    return tuple(found)


def _class_chances(talks: PastTalks) -> Iterator[Chance]:
    chain = classes_for(proposed(features_of(talks.situation)), event="agreement").chosen
    agreed = talks.outcome.agreed
    every = [_without(talks, c.of, agreed) for c in chain.classes]
    yield _class_chance(talks, "agreement", CLASS_RATE, nested(every)[-1])
    yield _class_chance(talks, "agreement", BASE_RATE, _alone(_without(talks, rate(ALL_CRISES, "agreement"), agreed)))
    peace = _without(talks, rate(ALL_CRISES, NO_FORCE), talks.outcome.force == "none")
    force = replace(peace, k=peace.n - peace.k)
    yield _class_chance(talks, "force", BASE_RATE, _alone(force))
    war = _without(talks, rate(ALL_CRISES, "war"), talks.outcome.force == "war")
    yield _class_chance(talks, "war", BASE_RATE, _alone(war))


def _alone(one: ReferenceClass) -> Nested:
    return nested([one])[0]


def _without(talks: PastTalks, one: ReferenceClass, had: bool) -> ReferenceClass:
    """Take a case out of a class that it is among."""
    if one.condition.id not in talks.outcome.classes:
        return one
    return replace(one, k=one.k - had, n=one.n - 1)


def _class_chance(talks: PastTalks, event: Event, name: str, found: Nested) -> Chance:
    bounds = (found.bounds.low, found.bounds.high)
    return _chance(talks, event, name, _Said(found.rate, bounds, found.of.k, found.of.n, found.of.words))


def _model_chances(talks: PastTalks, followed: Sums, exists: tuple[int, int]) -> Iterator[Chance]:
    yield _shared(talks, "agreement", EXISTS, *exists)
    for event in PAST_EVENTS:
        k = EVENTS.index(event)
        for w, world in enumerate(followed.setting.worlds):
            yield _shared(talks, event, in_world(world), int(followed.ever[w, -1, k]), int(followed.count[w]))


def _shared(talks: PastTalks, event: Event, name: str, count: int, draws: int) -> Chance:
    return _chance(talks, event, name, _Said(share_of(count, draws), None, count, draws, "draws"))


@dataclass(frozen=True, slots=True)
class _Said:
    """A chance and what it rests on; fields as in `Chance`."""

    value: float
    bounds: tuple[float, float] | None
    count: int
    of: int
    among: str


def _chance(talks: PastTalks, event: Event, name: str, said: _Said) -> Chance:
    happened = talks.outcome.happened(event)
    p, y = np.array(said.value), np.array(happened)
    return Chance(
        case=talks.name,
        event=event,
        forecaster=name,
        kind="model" if said.bounds is None else "class",
        value=said.value,
        bounds=said.bounds,
        count=said.count,
        of=said.of,
        among=said.among,
        happened=happened,
        brier=float(brier(p, y)),
        log_loss=float(log_loss(p, y)),
    )


def _predicted(talks: PastTalks, plan: Plan, median: dict[str, float], followed: Sums) -> Iterator[Predicted]:
    named, aside = nash_deal(talks.situation, talks.table, plan)
    yield _told(talks, STOOD, _each_issue(talks, lambda i: i.status_quo.best))
    yield _told(talks, MIDDLE, _each_issue(talks, lambda i: sum(i.scale) / 2))
    mean = compromise(positions(talks.situation, parties=talks.situation.table(talks.table).consent))
    yield _told(talks, MEAN, dict(zip(mean.issues, mean.decision.point.tolist(), strict=True)))
    yield _told(talks, NASH, named, aside=aside)
    yield _told(talks, MEDIAN, median)
    for w, world in enumerate(followed.setting.worlds):
        if followed.settled_in[w].sum():
            counts = zip(followed.setting.issues, followed.setting.levels, followed.level, strict=True)
            yield _told(talks, in_world(world), {i: _median(at, level[w].sum(axis=0)) for i, at, level in counts})


def _each_issue(talks: PastTalks, value: Callable[[Issue], float]) -> dict[str, float]:
    return {issue.id: value(issue) for issue in talks.situation.issues}


def _median(levels: Float[np.ndarray, " _option"], counts: np.ndarray) -> float:
    return float(levels[np.searchsorted(np.cumsum(counts), counts.sum() / 2)])


def _told(talks: PastTalks, way: str, levels: dict[str, float], *, aside: bool = False) -> Predicted:
    issues = tuple(t.issue for t in talks.outcome.settled)
    stood = {i.id: i.status_quo.best for i in talks.situation.issues}
    return Predicted(
        case=talks.name,
        way=way,
        issues=issues,
        level=tuple(levels.get(i, stood[i]) for i in issues),
        distance=distance(talks, levels),
        aside=aside,
    )


def _standing(talks: PastTalks) -> Iterator[Standing]:
    board: Deals = deals(talks.situation, talks.table)
    for plan in agendas(talks.situation, talks.table):
        found: Blocked = blocked(with_modes(board, plan.modes), weights=False)
        least = len(found.openings[0]) if found.openings else 0
        refusals = [r for opening in found.openings if len(opening) == least for r in opening]
        yield Standing(
            case=talks.name,
            agenda=plan.name,
            deal=not found.is_blocked,
            parties=_once(r.party for r in refusals),
            issues=_once(r.issue for r in refusals if r.issue is not None),
        )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def mean_scores(chances: Sequence[Chance]) -> tuple[tuple[str, float, float], ...]:
    """Return the mean Brier score and log loss of every forecaster, over its cases.

    >>> mean_scores([])
    ()
    """
    names = _once(c.forecaster for c in chances)
    own = [[c for c in chances if c.forecaster == name] for name in names]
    return tuple(
        (name, sum(c.brier for c in some) / len(some), sum(c.log_loss for c in some) / len(some))
        for name, some in zip(names, own, strict=True)
    )
