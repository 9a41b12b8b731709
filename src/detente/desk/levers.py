"""What moves an answer: which inputs, from where on, in which corner, and which of them is worth knowing first?"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from importlib.metadata import version

import numpy as np

from detente.boards import plain
from detente.brief.document import Brief
from detente.brief.levers import Levers, Together
from detente.brief.sections.levers.page import composed
from detente.desk.asking import Asks, At, about, asks, bearing, table_of
from detente.desk.case import Case
from detente.desk.draws import SEED
from detente.ensemble import Keeper
from detente.errors import AnalysisError, UsageError
from detente.levers import Effort as Looking
from detente.levers import Verdict, silences, verdict
from detente.levers.claim import Open
from detente.levers.factors import Scalars, at_points, leading
from detente.levers.flips import Flips, FlipSquare, flip_square, flips
from detente.levers.remembered import remembered
from detente.levers.scenario import Scenario, scenario
from detente.levers.sobol import Sobol, sobol
from detente.levers.tornado import Drift, drift, tornado
from detente.levers.whatif import Held, hold
from detente.levers.worth import Filled, Worth, filled, together, worth
from detente.situation.fingerprint import fingerprint

Progress = Callable[[str], None]
SCHEMA = "detente.levers/1"
ANSWER = "deal"
DRAWS = 4_096
MOST_DRAWS = 100_000
TOP_FIFTH = 0.8
TOGETHER = 3
SEARCHED = 40  # inputs up to which a corner is looked for among all: beyond, chance alone finds some


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is asked: rows of Sobol points, inputs told about, steps of each, draws and grids of what is swept."""

    rows: int
    told: int
    steps: int
    swept: int
    grid: int
    strips: int
    square: int


QUICK = Effort(rows=512, told=10, steps=9, swept=512, grid=9, strips=4, square=9)
SLOW = Effort(rows=128, told=6, steps=3, swept=256, grid=5, strips=3, square=0)


@dataclass(frozen=True, slots=True)
class LeversAsked:
    """What is asked: which answer, at which table, on which agenda, with what for no deal, and how much effort."""

    answer: str = ANSWER
    table: str | None = None
    agenda: tuple[str, ...] = ()
    no_deal: str = "auto"
    draws: int = DRAWS
    seed: int = SEED
    effort: Effort | None = None


def ask_levers(
    case: Case, asked: LeversAsked, *, kept: Keeper | None = None, progress: Progress | None = None
) -> Levers:
    """Answer everything about what moves one answer; with `kept`, what is found there is not asked again.

    Raises UsageError for an answer that is none, BoardError where the case cannot be put on the board that it takes,
    AnalysisError where there are too few draws or no input that could be moved.
    """
    say = progress or (lambda _: None)
    kind = about(asked.answer)
    at = At(table=table_of(case.situation, asked.table), agenda=asked.agenda, no_deal=asked.no_deal, seed=asked.seed)
    say("the inputs that bear on it")
    put = asks(case.situation, kind, at)
    inputs = bearing(put, kind, at)
    if kept is not None:
        put = replace(put, side=replace(put.side, asked=remembered(put.side.asked, kept)))
    one = _only(put.side.asked, asked.answer)
    effort = asked.effort or (QUICK if kind == "deals" else SLOW)
    say(f"{asked.draws:,} draws")
    held = hold(put.side, draws=asked.draws, seed=asked.seed)
    values = held.values[:, [one]]
    answer = put.side.asked.answers[one]
    moved = drift((answer,), values, inputs, held.draws)[0]
    known = worth((answer,), values, inputs, held.draws)[0]
    top = _top(inputs, moved, known, effort.told)
    say("one input at a time")
    swung = tornado(_cut(put.side.asked, one), inputs if kind == "deals" else top, steps=effort.steps)[0]
    say("what each accounts for")
    parts = _parts(put, one, (inputs, top), rows=effort.rows, seed=asked.seed)
    corner, above, why_not = _corner(held, inputs if len(inputs) <= SEARCHED else top, one)
    say("where it turns")
    lines, square = _turning(held, one, _named(top, moved, known), effort)
    return Levers(
        situation=put.situation,
        table=at.table,
        agenda=put.agenda,
        answer=answer,
        others=tuple(a for a in put.side.asked.answers if a.name != answer.name),
        inputs=inputs,
        ranges=put.side.ranges,
        verdict=_verdict(put, at) if asked.answer == ANSWER else None,
        tornado=swung,
        drift=moved,
        worth=known,
        together=_together(held, (inputs, top), one, corner),
        silences=_silences(put, at, known) if kind == "deals" else (),
        sobol=parts,
        scenario=corner,
        corner=above,
        flips=lines,
        square=square,
        left_out=(why_not,) if why_not else (),
        no_deal=put.no_deal,
        draws=asked.draws,
        seed=asked.seed,
        version=version("detente"),
        fingerprint=fingerprint(case.situation),
        texts=case.texts,
    )


def write(found: Levers) -> Brief:
    """Put the answers into words and pictures."""
    return composed(found)


def as_json(found: Levers) -> str:
    """Return the answers as data: the results of the levers as they gave them, inputs by their paths."""
    unwritten = ("situation", "texts", "ranges", "silences")
    kept = {f.name: plain(getattr(found, f.name)) for f in fields(found) if f.name not in unwritten}
    slots = [
        {"slot": s.silence.slot, "party": s.silence.party, "filled": s.silence.filled, "paths": list(s.paths),
         "variance": s.variance, "right": s.right}
        for s in found.silences
    ]  # fmt: skip
    told = {"schema": SCHEMA, "title": found.situation.title, **kept, "silences": slots}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _only(asked: Scalars, answer: str) -> int:
    names = [one.name for one in asked.answers]
    if answer not in names:
        raise UsageError(f"'{answer}' is not an answer here. Answers of its kind: {', '.join(names)}.")
    return names.index(answer)


def _cut(asked: Scalars, one: int) -> Scalars:
    """Return the same question with one of its answers."""
    return Scalars((asked.answers[one],), lambda draws, chances: asked.of(draws, chances)[:, [one]], asked.lots)


def _top(inputs: Sequence[Open], moved: Drift, known: Worth, most: int) -> tuple[Open, ...]:
    """Which inputs are looked into: those worth knowing, then those it goes with most."""
    by_path = {one.path: one for one in inputs}
    seen = [k.path for k in known.known if k.is_seen] + [m.path for m in moved.moves if m.seen]
    rest = [m.path for m in moved.moves]
    return tuple(by_path[path] for path in list(dict.fromkeys((*seen, *rest)))[:most])


def _named(top: Sequence[Open], moved: Drift, known: Worth) -> tuple[Open, ...]:
    """Those of them that are values, not red lines, and that the answer is seen to go with."""
    seen = {k.path for k in known.known if k.is_seen} | {m.path for m in moved.moves if m.seen}
    return tuple(one for one in top if one.path in seen and not one.is_hardness)


def _parts(put: Asks, one: int, of: tuple[Sequence[Open], Sequence[Open]], *, rows: int, seed: int) -> Sobol:
    inputs, top = of
    ranges, asked = put.side.ranges, _cut(put.side.asked, one)
    return sobol(
        lambda points, chances: asked.over(at_points(inputs, ranges, points), chances=chances),
        [i.path for i in inputs],
        of=[i.path for i in top],
        rows=rows,
        seed=seed,
    )


def _corner(held: Held, inputs: Sequence[Open], one: int) -> tuple[Scenario | None, float | None, str | None]:
    """Find the corner of the rarer side of an answer, or of the top fifth of one that is a number."""
    answer, values = held.side.asked.answers[one], held.values[:, one]
    above, holds = None, True
    if answer.kind == "holds":
        holds = float(np.nanmean(values)) <= 0.5
    else:
        above = float(np.nanquantile(values, TOP_FIFTH))
        values = np.where(np.isfinite(values), (values > above).astype(np.float64), np.nan)
    try:
        return scenario(answer, values, inputs, held.draws, holds=holds), above, None
    except AnalysisError as why:
        return None, above, str(why)


def _turning(held: Held, one: int, top: Sequence[Open], effort: Effort) -> tuple[tuple[Flips, ...], FlipSquare | None]:
    asked = held.side.asked
    answer, draws = asked.answers[one], dict(leading(held.draws, effort.swept))
    level = 0.5 if answer.kind == "holds" else float(np.nanmean(held.values[:, one]))
    lines = flips(asked, draws, top[: effort.strips], answer=answer.name, level=level, grid=effort.grid)
    if answer.kind != "holds" or effort.square < 2 or len(top) < 2:
        return lines, None
    pair = (top[0], top[1])
    return lines, flip_square(asked, draws, pair, answer=answer.name, level=level, grid=effort.square)


def _together(
    held: Held, of: tuple[Sequence[Open], Sequence[Open]], one: int, corner: Scenario | None
) -> Together | None:
    """What those inputs are worth together that bound the corner."""
    inputs, top = of
    by_path = {i.path: i for i in inputs}
    paths = tuple(b.path for b in corner.bounds) if corner is not None else tuple(i.path for i in top[:2])
    if not 2 <= len(paths) <= TOGETHER:
        return None
    chosen = [by_path[path] for path in paths]
    variance, right = together(held.side.asked.answers[one], held.values[:, one], chosen, held.draws)
    return Together(paths, variance, right)


def _silences(put: Asks, at: At, known: Worth) -> tuple[Filled, ...]:
    found = silences(put.situation, at.table, {put.agenda: put.plan.modes})
    return filled(found, put.situation, table=at.table, told=known)


def _verdict(put: Asks, at: At) -> Verdict:
    return verdict(put.situation, at.table, put.plan.modes, no_deal=at.no_deal, effort=Looking(seed=at.seed))
