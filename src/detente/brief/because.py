"""What stands behind a computed number: the inputs on its path, what each is known from, and how far it moves it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.brief.register import Register
from detente.brief.sections.levers.telling import SHARE, Telling
from detente.brief.why import Why, why
from detente.brief.words import Names, capital, counted
from detente.figures import written
from detente.levers.claim import Open
from detente.levers.critical import Line
from detente.levers.factors import Scalar
from detente.levers.flips import Flips
from detente.levers.tornado import Drift, Moves
from detente.situation.nouns import Situation
from detente.situation.values import Range

EXACT = "Nothing else in the file moves it."
ALL = "It is computed from nothing else; not each of them must matter."
BODIES = " What the members of a body want goes in through what the body wants."
HELD = "the rest at its best guess"


@dataclass(frozen=True, slots=True)
class OnPath:
    """An input on the path of a number: what is known of it, whether a page shows it, whether it can be another."""

    why: Why
    linked: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Behind:
    """What is told at once: which number it is, what it is at the best guess, which inputs are on its path, exactly."""

    title: str
    at_best: str
    says: str
    open: tuple[OnPath, ...]
    fixed: tuple[OnPath, ...]


@dataclass(frozen=True, slots=True)
class Mover:
    """An input with what it does: the number with it low and high, over draws, and where it turns the answer."""

    one: OnPath
    moves: str
    turns: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """What is told after: the number over draws, the inputs seen to move it, most first, and those not told from luck.

    `sampled` says over how many draws; `turning` what a turning point is here, or that no input has one.
    """

    says: str
    sampled: str
    turning: str
    movers: tuple[Mover, ...]
    rest: tuple[Mover, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What inputs are known from: the ranges, the situation they are of, its texts, and the paths that a page shows.

    `exact` is whether every input on the path is known to bear; `bodies` whether what a body wants was computed.
    """

    situation: Situation
    ranges: Mapping[str, Range]
    texts: Mapping[str, str]
    linked: frozenset[str]
    exact: bool = True
    bodies: bool = False

    def telling(self, *, named: str | None = None) -> Telling:
        """Return what names answers and inputs."""
        return Telling(Names(self.situation), Register(), self.ranges, named)

    def on_path(self, path: str, *, is_open: bool) -> OnPath:
        """Return an input with all that is known of it."""
        value = self.ranges[path]
        found = why(self.situation, path, value, value="", texts=dict(self.texts))
        shown = _line(value) if path.endswith(".hardness") else found.shown
        titled = capital(self.telling().input(path))
        return OnPath(_named(found, titled, shown), path in self.linked, is_open)


def behind(
    known: Known, answer: Scalar, paths: Sequence[str], open: Sequence[Open], *, at_best: float | None
) -> Behind:
    """Tell which inputs are on the path of a number."""
    told, moving = known.telling(), {one.path for one in open}
    fixed = [path for path in paths if path not in moving]
    assumed = sum(one.basis == "assumed" for one in open)
    many = counted(len(moving), "input is open on its path", "inputs are open on its path")
    aside = f", {assumed} of them assumed" if assumed else ""
    also = f"; {counted(len(fixed), 'more is a single number', 'more are single numbers')}" if fixed else ""
    return Behind(
        title=capital(told.answer(answer)),
        at_best=_at_best(told, answer, at_best) if at_best is not None else "",
        says=f"{capital(many)}{aside}{also}. {EXACT if known.exact else ALL}{BODIES if known.bodies else ''}",
        open=tuple(known.on_path(one.path, is_open=True) for one in open),
        fixed=tuple(known.on_path(path, is_open=False) for path in fixed),
    )


def ranked(known: Known, moved: Drift, lines: Mapping[str, Line | Flips]) -> Ranked:
    """Tell how far each input moves a number, the one that moves it most first, and from where on it turns."""
    told, answer = known.telling(), moved.answer
    exact = any(isinstance(line, Line) for line in lines.values())
    rows = [(m, _mover(known, told, answer, m, lines.get(m.path))) for m in moved.moves]
    return Ranked(
        says=f"{capital(told.number(answer, moved.mean))}{'' if answer.kind == 'holds' else ' on average'}",
        sampled=f"sampled, {moved.draws:,} draws" + (f"; {SHARE}" if answer.kind == "holds" else ""),
        turning=_turning(lines, exact, any(row.turns for _, row in rows)),
        movers=tuple(row for m, row in rows if m.seen),
        rest=tuple(row for m, row in rows if not m.seen),
    )


def _turning(lines: Mapping[str, Line | Flips], exact: bool, turns: bool) -> str:
    if not lines:
        return ""
    if not turns:
        return f"No input alone begins or ends a deal, {HELD} (exact)." if exact else ""
    what = f"a deal begins or ends, {HELD} (exact)" if exact else "it is so in half of the draws (sampled)"
    return f"\u21c4 is where {what}."


def _mover(known: Known, told: Telling, answer: Scalar, moves: Moves, line: Line | Flips | None) -> Mover:
    turns = "" if line is None else _turns(line) if isinstance(line, Line) else _half(line)
    return Mover(known.on_path(moves.path, is_open=True), told.ends(answer, moves), turns)


def _turns(line: Line) -> str:
    """Say for which values of an input there is a deal, the others at their best guess.

    >>> from detente.levers.critical import Stretch
    >>> _turns(Line("a.b.position", "best", (Stretch(0, 35, "holds", False), Stretch(35, 60, "none", False)), (35,)))
    'a deal up to 35, none above'
    """
    kinds = [stretch.kind == "holds" for stretch in line.stretches]
    if len(set(kinds)) == 1:
        return ""
    if line.path.endswith(".hardness"):
        return "a deal only if it is not real" if kinds[0] else "a deal only if it is real"
    first = kinds.index(not kinds[0])
    if True not in kinds[first:] or False not in kinds[first:]:
        at = written(line.stretches[first].low)
        return f"a deal up to {at}, none above" if kinds[0] else f"no deal up to {at}, one above"
    spans = [f"{written(s.low)} and {written(s.high)}" for s, deal in zip(line.stretches, kinds, strict=True) if deal]
    return f"a deal between {', or between '.join(spans)}"


def _half(line: Flips) -> str:
    """Say from where on more than half of the draws are so."""
    sides = ((f"{'above' if flip.rises else 'below'} {written(flip.at)}") for flip in line.flips)
    return "; ".join(f"so in more than half of the draws {side}" for side in sides)


def _line(value: Range) -> str:
    """Say how hard a red line is, as it was entered."""
    best = f"hardness {written(value.best)}"
    return best if value.is_point else f"{best}, from {written(value.low)} to {written(value.high)}"


def _named(found: Why, titled: str, shown: str) -> Why:
    return Why(
        found.path, titled, shown, found.value, found.kind, found.known, found.rule, found.by, found.note,
        found.quotes, found.ranged,
    )  # fmt: skip


def _at_best(told: Telling, answer: Scalar, value: float) -> str:
    if answer.kind == "holds":
        return "it is so" if value else "it is not so"
    if answer.kind == "level":
        return told.names.level(answer.about or "", value)
    return told.number(answer, value)
