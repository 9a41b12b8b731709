"""Who prevails inside a body that decides together? The default forecast, every other model beside it, and why."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from importlib.metadata import version

import numpy as np

from detente.analyses.baselines import Baselines, baselines
from detente.analyses.challenge import Challenge, challenge
from detente.analyses.compromise import compromise
from detente.analyses.condorcet_election import condorcet_election
from detente.analyses.exchange import Exchange, exchange
from detente.analyses.median import median
from detente.analyses.prevails import INTERVAL, prevails
from detente.analyses.spatial_bargaining import SpatialBargaining, spatial_bargaining
from detente.boards import Positions, plain, positions
from detente.boards.body import Body, affinity, bodies, body, within
from detente.brief.document import Brief
from detente.brief.prevailing import Band, Lens, OnIssue, Prevailing, Rounds, Standing
from detente.brief.sections.prevailing.page import composed
from detente.desk.draws import DRAWS, SEED
from detente.desk.opened_body import OpenedBody
from detente.ensemble import Drawing, Spread, spread, stream
from detente.ensemble.bodies import Decided, Model
from detente.errors import AnalysisError, BoardError, UsageError
from detente.levers.agreement import agreement
from detente.search.positions.spatial.settings import settings_of
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation, Stance
from detente.situation.paths import inputs

Progress = Callable[[str], None]
SCHEMA = "detente.positions/1"
DEFAULT = "prevails"
WITH_ROUNDS: Mapping[str, Callable[..., Decided]] = {
    "spatial_bargaining": spatial_bargaining,
    "challenge": challenge,
    "exchange": exchange,
}
MODELS: Mapping[str, Callable[..., Decided]] = {
    DEFAULT: prevails,
    "condorcet_election": condorcet_election,
    "compromise": compromise,
    "median": median,
    **WITH_ROUNDS,
}
NAMES = tuple(MODELS)
USUAL = Drawing(DRAWS, SEED)
MOST_DRAWS = 100_000_000
SHARES = (0.1, 0.5, 0.9)
CALIBRATED = ((1 - INTERVAL) / 2, 0.5, (1 + INTERVAL) / 2)
POINTS = ("median", "challenge")  # they name a value, and no distribution
# Draws of the slow ones: the first of those of the others, and with more members than `FULL` the fewer.
LEADING = {"spatial_bargaining": 64, "challenge": MOST_DRAWS, "exchange": 128}
PAIRED = ("spatial_bargaining", "challenge")  # their work grows with the third power of the members
FULL, MOST = 40, 160  # members: all those draws; more than these are asked about only where one asks for the model


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about the bodies of a situation: which body, issue and model, and how many draws by how many."""

    body: str | None = None
    issue: str | None = None
    model: str = DEFAULT
    drawing: Drawing = USUAL


def ask_positions(situation: Situation, asked: Asked, *, progress: Progress | None = None) -> tuple[Prevailing, ...]:
    """Answer for every decision body of a situation, or the one that is asked about.

    Raises UsageError for an unknown model or issue, BoardError where nothing can be weighed, AnalysisError where the
    numbers of a body cannot be used.
    """
    say = progress or (lambda _: None)
    if asked.model not in MODELS:
        raise UsageError(f"'{asked.model}' is no model of a body. Choose one of: {', '.join(MODELS)}.")
    found = (body(situation, asked.body),) if asked.body is not None else bodies(situation)
    declared = [p.id for p in situation.parties if p.decision_body and p.members]
    if not found and declared:
        body(situation, declared[0])  # says what it lacks
    if not found:
        raise BoardError(
            f"Nothing in '{situation.title}' is decided together: no party is a decision body whose members differ on "
            "an issue, and no table has two parties with stances on one. Give a party members and "
            "'decision_body: true', and its members stances."
        )
    return tuple(_prevailing(situation, one, asked, _bound(situation, one), say) for one in found)


def ask_file(opened: OpenedBody, asked: Asked, *, progress: Progress | None = None) -> tuple[Prevailing, ...]:
    """Answer for the one body of a file, with the settings of the bargaining model that the file holds.

    Raises what `ask_positions` does, and AnalysisError for a setting that the model does not have.
    """
    found = bodies(opened.situation)
    if not found:
        raise BoardError(
            f"In '{opened.slug}' no two actors have a position on one issue with a salience above zero, so nothing is "
            "weighed. Fill in positions and saliences."
        )
    one, settings = found[0], settings_of(opened.settings)
    rows = [i for i, member in enumerate(one.members) if member in one.heard]
    followed = None if opened.affinity is None else opened.affinity[np.ix_(rows, rows)]
    played = partial(spatial_bargaining, settings=settings, affinity=followed)
    bound = _Bound({**MODELS, "spatial_bargaining": played}, settings.transitions == "stochastic")
    told = _prevailing(opened.situation, one, asked, bound, progress or (lambda _: None))
    return (replace(told, remarks=opened.remarks),)


def drawing(draws: int, seed: int, workers: int) -> Drawing:
    """Return how the draws are made."""
    return Drawing(draws, seed, workers)


def write(found: Sequence[Prevailing], texts: tuple[tuple[str, str], ...]) -> Brief:
    """Put the answers into words and pictures."""
    return composed(tuple(found), texts)


def as_json(found: Sequence[Prevailing]) -> str:
    """Return the answers as data, one entry per body."""
    told = [
        {f.name: plain(getattr(one, f.name)) for f in fields(one) if f.name not in ("situation", "issues")}
        | {"issues": [_issue(each) for each in one.issues]}
        for one in found
    ]
    title = found[0].situation.title if found else ""
    return json.dumps({"schema": SCHEMA, "title": title, "bodies": told}, ensure_ascii=False, indent=2) + "\n"


def _issue(one: OnIssue) -> dict[str, object]:
    rest: dict[str, object] = {f.name: plain(getattr(one, f.name)) for f in fields(one) if f.name != "standings"}
    return rest | {"standings": [_stood(each) for each in one.standings]}


def _stood(one: Standing) -> dict[str, object]:
    ranges = {"position": one.position, "salience": one.salience, "influence": one.influence}
    known = {name: None if r is None else r.model_dump(mode="json", exclude_none=True) for name, r in ranges.items()}
    return {"party": one.party, **known}


@dataclass(frozen=True, slots=True)
class _Bound:
    """The models with their settings; `lots` is whether bargains are taken by lot."""

    models: Mapping[str, Model]
    lots: bool = False

    @property
    def by_lot(self) -> frozenset[str]:
        """The models that take chances of their own."""
        return frozenset(("spatial_bargaining",)) if self.lots else frozenset()

    def seeded(self, name: str, seed: int) -> Model:
        """Return a model that asks for nothing but the board: one that takes chances gets its random numbers."""
        model = self.models[name]
        return partial(model, rng=stream("bodies.best", seed=seed)) if name in self.by_lot else model

    def at_best(self, board: Positions, asked: "Asked") -> tuple[dict[str, Decided], dict[str, str]]:
        """Ask every model at the best guess; return its answers, and why the others have none."""
        found: dict[str, Decided] = {}
        failed: dict[str, str] = {}
        many, seed = len(board.parties), asked.drawing.seed
        for name in self.models:
            if name in PAIRED and name != asked.model and many > MOST:
                failed[name] = f"With {many:,} members it takes long. Ask for it alone: --model {name}."
                continue
            try:
                found[name] = self.seeded(name, seed)(board)
            except AnalysisError as why:
                failed[name] = str(why)
        if DEFAULT in failed:
            raise AnalysisError(failed[DEFAULT])
        return found, failed


def _bound(situation: Situation, one: Body) -> _Bound:
    """Return every model; a proxy's ideal is drawn to its patron."""
    drawn_to = affinity(situation, one.heard)
    if drawn_to is None:
        return _Bound(MODELS)
    return _Bound({**MODELS, "spatial_bargaining": partial(spatial_bargaining, affinity=drawn_to)})


def _prevailing(situation: Situation, one: Body, asked: Asked, bound: _Bound, say: Progress) -> Prevailing:
    if asked.issue is not None and asked.issue not in one.issues:
        raise UsageError(
            f"On '{asked.issue}' nothing is weighed inside '{one.id}'. Its issues: {', '.join(one.issues)}."
        )
    inside = within(situation, one, one.issues if asked.issue is None else (asked.issue,))
    board = positions(inside, parties=one.heard, table=one.table)
    say(f"the models at the best guess, {one.id}")
    best, failed = bound.at_best(board, asked)
    if asked.model in failed:
        raise AnalysisError(failed[asked.model])
    say(f"{asked.drawing.draws:,} draws of {one.id}")
    spreads = _spreads(inside, one, replace(bound, models={n: bound.models[n] for n in best}), asked.drawing)
    told = _Told(asked.model, spreads, failed, baselines(board))
    say(f"where the models differ, {one.id}")
    return Prevailing(
        situation=situation,
        body=one.party,
        table=one.table,
        members=one.members,
        veto=one.veto,
        chosen=asked.model,
        issues=tuple(_on_issue(inside, board, i, told) for i in range(len(board.issues))),
        rounds=_rounds(board, asked.model, best),
        agreement=agreement(inside, one, {name: bound.seeded(name, asked.drawing.seed) for name in best}),
        unheard=one.unheard,
        left_out=one.left_out,
        draws=asked.drawing.draws,
        seed=asked.drawing.seed,
        version=version("detente"),
        fingerprint=fingerprint(situation),
    )


def _spreads(inside: Situation, one: Body, bound: _Bound, drawing: Drawing) -> dict[str, Spread]:
    """Ask the models in every draw, or in one where all are the same; those that take long in the first only."""
    quick = {name: model for name, model in bound.models.items() if name not in LEADING}
    # Where things stand today moves no model of a body.
    ranged = any(not i.value.is_point for i in inputs(inside) if not i.path.endswith(".status_quo"))
    drawn = drawing if ranged else replace(drawing, draws=1)
    found = spread(inside, one, quick, drawing=drawn)
    for name in LEADING.keys() & bound.models.keys():
        most = LEADING[name] if name not in PAIRED else _leading(name, len(one.heard))
        few = replace(drawing, draws=min((drawing if name in bound.by_lot else drawn).draws, most))
        found |= spread(inside, one, {name: bound.models[name]}, drawing=few, by_lot=bound.by_lot)
    return {name: found[name] for name in bound.models}


def _leading(name: str, members: int) -> int:
    """How many draws a model that works pair by pair is asked in: the same work however many members there are."""
    full = min(LEADING[name], DRAWS)
    return LEADING[name] if members <= FULL else max(int(full * (FULL / members) ** 3), 1)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the models say over the draws, the one that is told first, and why others say nothing."""

    chosen: str
    spreads: Mapping[str, Spread]
    failed: Mapping[str, str]
    beside: Baselines


def _on_issue(inside: Situation, board: Positions, i: int, told: _Told) -> OnIssue:
    issue = board.issues[i]
    chosen = told.spreads[told.chosen]
    stances = sorted((s for s in inside.stances if s.issue == issue), key=lambda s: board.parties.index(s.party))
    standings = tuple(_standing(inside, stance) for stance in stances)
    order = (told.chosen, *(name for name in MODELS if name != told.chosen))
    lenses = tuple(
        _lens(name, told.spreads[name], i) if name in told.spreads else Lens(name, None, None, told.failed[name])
        for name in order
    )
    beside = told.beside
    past = beside.decision
    climatology = Band(*(float(past.quantile(share)[i]) for share in SHARES))
    baseline = (
        Lens("midpoint", float(beside.midpoint[i]), None),
        Lens("status quo", float(beside.status_quo[i]), None),
        Lens("climatology", climatology.median, climatology),
    )
    places = {(s.position.low, s.position.high) for s in standings}
    return OnIssue(
        issue=issue,
        standings=standings,
        shares=tuple(chosen.shares[i].tolist()),
        forecast=_band(told.chosen, chosen, i),
        compromise=float(told.spreads["compromise"].point[i]),
        climatology=climatology,
        lenses=(*lenses, *baseline),
        agreed=len(places) == 1 and standings[0].position.is_point,
    )


def _standing(inside: Situation, stance: Stance) -> Standing:
    rows = [w for w in inside.influence if w.party == stance.party and w.issue in (None, stance.issue)]
    found = max(rows, key=lambda w: (w.issue is not None, w.table is not None), default=None)
    return Standing(stance.party, stance.position, stance.salience, found.weight if found is not None else None)


def _lens(name: str, found: Spread, i: int) -> Lens:
    return Lens(name, float(found.point[i]), None if name in POINTS else _band(name, found, i))


def _band(name: str, found: Spread, i: int) -> Band:
    return Band(*(float(found.quantile(share)[i]) for share in (CALIBRATED if name == DEFAULT else SHARES)))


def _settled(found: Decided) -> bool:
    """Whether a model with rounds came to rest, by its own rule."""
    match found:
        case SpatialBargaining():
            return bool(found.settled)
        case Challenge():
            return not found.moving.any()
        case Exchange():
            return not found.traded[..., -1].any()
    return True


def _rounds(board: Positions, chosen: str, best: Mapping[str, Decided]) -> Rounds | None:
    """Tell the rounds of the model that is asked for, else of the first that has some."""
    name = next((n for n in (chosen, *WITH_ROUNDS) if n in WITH_ROUNDS and n in best), None)
    if name is None:
        return None
    found = best[name].decision
    path = found.path.tolist()
    return Rounds(
        model=name,
        parties=board.parties,
        issues=board.issues,
        path=tuple(tuple(tuple(row) for row in step) for step in path),
        shifts=found.shifts,
        settled=_settled(best[name]),
    )
